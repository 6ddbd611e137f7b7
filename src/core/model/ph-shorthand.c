/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-shorthand.h"

#include "ph-css-scan.h"

#include <string.h>

typedef struct
{
  const char *name;
  guint in_row;      /* values that are simply in a row: 4, 2, or 0 for other grammars */
  const char *parts; /* what it sets, in the order of the values, with single spaces */
} Shorthand;

#define SIDES(before, after)                                                  \
  4, before "-top" after " " before "-right" after " " before "-bottom" after \
            " " before "-left" after
#define ENDS(before, after) 2, before "-start" after " " before "-end" after
#define LINE(name) 0, name "-width " name "-style " name "-color"

static const Shorthand shorthands[] = {
  { "animation", 0,
    "animation-name animation-duration animation-timing-function animation-delay "
    "animation-iteration-count animation-direction animation-fill-mode animation-play-state "
    "animation-composition animation-timeline animation-range-start animation-range-end" },
  { "background", 0,
    "background-image background-position background-position-x background-position-y "
    "background-size background-repeat background-attachment background-origin background-clip "
    "background-color" },
  { "background-position", 0, "background-position-x background-position-y" },
  { "border", 0,
    "border-width border-style border-color border-top border-right border-bottom border-left "
    "border-top-width border-right-width border-bottom-width border-left-width border-top-style "
    "border-right-style border-bottom-style border-left-style border-top-color border-right-color "
    "border-bottom-color border-left-color border-image border-image-source border-image-slice "
    "border-image-width border-image-outset border-image-repeat" },
  { "border-block", 0, "border-block-start border-block-end border-block-width border-block-style "
                       "border-block-color" },
  { "border-block-color", ENDS ("border-block", "-color") },
  { "border-block-end", LINE ("border-block-end") },
  { "border-block-start", LINE ("border-block-start") },
  { "border-block-style", ENDS ("border-block", "-style") },
  { "border-block-width", ENDS ("border-block", "-width") },
  { "border-bottom", LINE ("border-bottom") },
  { "border-color", SIDES ("border", "-color") },
  { "border-image", 0,
    "border-image-source border-image-slice border-image-width border-image-outset "
    "border-image-repeat" },
  { "border-inline", 0, "border-inline-start border-inline-end border-inline-width "
                        "border-inline-style border-inline-color" },
  { "border-inline-color", ENDS ("border-inline", "-color") },
  { "border-inline-end", LINE ("border-inline-end") },
  { "border-inline-start", LINE ("border-inline-start") },
  { "border-inline-style", ENDS ("border-inline", "-style") },
  { "border-inline-width", ENDS ("border-inline", "-width") },
  { "border-left", LINE ("border-left") },
  { "border-radius", 4,
    "border-top-left-radius border-top-right-radius border-bottom-right-radius "
    "border-bottom-left-radius" },
  { "border-right", LINE ("border-right") },
  { "border-style", SIDES ("border", "-style") },
  { "border-top", LINE ("border-top") },
  { "border-width", SIDES ("border", "-width") },
  { "column-rule", LINE ("column-rule") },
  { "columns", 0, "column-width column-count" },
  { "container", 0, "container-name container-type" },
  { "flex", 0, "flex-grow flex-shrink flex-basis" },
  { "flex-flow", 0, "flex-direction flex-wrap" },
  { "font", 0,
    "font-style font-variant font-variant-caps font-variant-ligatures font-variant-numeric "
    "font-variant-east-asian font-variant-alternates font-variant-position font-weight "
    "font-stretch font-size line-height font-family font-size-adjust font-kerning "
    "font-feature-settings font-variation-settings font-optical-sizing" },
  { "font-variant", 0,
    "font-variant-caps font-variant-ligatures font-variant-numeric font-variant-east-asian "
    "font-variant-alternates font-variant-position" },
  { "gap", 2, "row-gap column-gap" },
  { "grid", 0,
    "grid-template grid-template-rows grid-template-columns grid-template-areas grid-auto-rows "
    "grid-auto-columns grid-auto-flow" },
  { "grid-area", 0,
    "grid-row grid-column grid-row-start grid-column-start grid-row-end grid-column-end" },
  { "grid-column", 0, "grid-column-start grid-column-end" },
  { "grid-row", 0, "grid-row-start grid-row-end" },
  { "grid-template", 0, "grid-template-rows grid-template-columns grid-template-areas" },
  { "inset", 4, "top right bottom left" },
  { "inset-block", ENDS ("inset-block", "") },
  { "inset-inline", ENDS ("inset-inline", "") },
  { "list-style", 0, "list-style-type list-style-position list-style-image" },
  { "margin", SIDES ("margin", "") },
  { "margin-block", ENDS ("margin-block", "") },
  { "margin-inline", ENDS ("margin-inline", "") },
  { "mask", 0,
    "mask-image mask-position mask-size mask-repeat mask-origin mask-clip mask-composite "
    "mask-mode" },
  { "offset", 0, "offset-position offset-path offset-distance offset-rotate offset-anchor" },
  { "outline", LINE ("outline") },
  { "overflow", 2, "overflow-x overflow-y" },
  { "overscroll-behavior", 2, "overscroll-behavior-x overscroll-behavior-y" },
  { "padding", SIDES ("padding", "") },
  { "padding-block", ENDS ("padding-block", "") },
  { "padding-inline", ENDS ("padding-inline", "") },
  { "place-content", 2, "align-content justify-content" },
  { "place-items", 2, "align-items justify-items" },
  { "place-self", 2, "align-self justify-self" },
  { "scroll-margin", SIDES ("scroll-margin", "") },
  { "scroll-padding", SIDES ("scroll-padding", "") },
  { "text-decoration", 0,
    "text-decoration-line text-decoration-style text-decoration-color "
    "text-decoration-thickness" },
  { "text-emphasis", 0, "text-emphasis-style text-emphasis-color" },
  { "text-wrap", 0, "text-wrap-mode text-wrap-style" },
  { "transition", 0,
    "transition-property transition-duration transition-timing-function transition-delay "
    "transition-behavior" },
  { "white-space", 0, "white-space-collapse text-wrap-mode" },
  { "-webkit-mask", 0,
    "-webkit-mask-image -webkit-mask-position -webkit-mask-size -webkit-mask-repeat "
    "-webkit-mask-origin -webkit-mask-clip" },
  { "-webkit-text-stroke", 0, "-webkit-text-stroke-width -webkit-text-stroke-color" },
};

static const Shorthand *
look_up (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (shorthands); i++)
    if (strcmp (shorthands[i].name, name) == 0)
      return &shorthands[i];

  return NULL;
}

/* The place of the word @name in @words, or −1. */
static int
find_word (const char *words,
           const char *name)
{
  gsize n = strlen (name);

  for (int place = 0; *words != '\0'; place++)
    {
      gsize length = strcspn (words, " ");

      if (length == n && memcmp (words, name, n) == 0)
        return place;

      words += length + (words[length] == ' ');
    }

  return -1;
}

void
ph_shorthand_foreach (const char *shorthand,
                      PhShorthandFunc func,
                      gpointer user_data)
{
  const Shorthand *found = look_up (shorthand);
  g_auto (GStrv) parts = found != NULL ? g_strsplit (found->parts, " ", -1) : NULL;

  for (guint i = 0; parts != NULL && parts[i] != NULL; i++)
    func (parts[i], user_data);
}

const char *
ph_shorthand_of (const char *name,
                 guint i)
{
  for (guint at = 0; at < G_N_ELEMENTS (shorthands); at++)
    if (find_word (shorthands[at].parts, name) >= 0 && i-- == 0)
      return shorthands[at].name;

  return NULL;
}

int
ph_shorthand_place (const char *shorthand,
                    const char *name)
{
  const Shorthand *found = look_up (shorthand);

  return found != NULL && found->in_row > 0 ? find_word (found->parts, name) : -1;
}

char *
ph_shorthand_dup_name (const char *shorthand,
                       guint place)
{
  const Shorthand *found = look_up (shorthand);
  g_auto (GStrv) parts = found != NULL ? g_strsplit (found->parts, " ", -1) : NULL;

  return parts != NULL && place < g_strv_length (parts) ? g_strdup (parts[place]) : NULL;
}

/* The values between white space, outside of brackets; NULL where they are not simply that. */
static GPtrArray *
split_values (const char *text)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  const char *begin = NULL;
  guint depth = 0;
  PhCssToken token;

  for (token = ph_css_scan (text);; token = ph_css_scan (token.end))
    {
      gboolean is_between = token.kind == PH_CSS_END ||
                            (depth == 0 && (token.kind == PH_CSS_SPACE ||
                                            token.kind == PH_CSS_COMMENT));

      if (is_between && begin != NULL)
        {
          g_ptr_array_add (values, g_strndup (begin, (gsize) (token.begin - begin)));
          begin = NULL;
        }

      if (token.kind == PH_CSS_END)
        break;

      if (is_between)
        continue;

      begin = begin != NULL ? begin : token.begin;

      if (ph_css_token_is (&token, '/') || ph_css_token_is (&token, ','))
        {
          if (depth == 0)
            return NULL;
        }
      else if (token.kind == PH_CSS_FUNCTION)
        {
          /* What a variable holds may be one value or several. */
          if (g_ascii_strncasecmp (token.begin, "var(", 4) == 0)
            return NULL;
          depth++;
        }
      else if (ph_css_token_is (&token, '('))
        depth++;
      else if (ph_css_token_is (&token, ')') && depth > 0)
        depth--;
    }

  return g_steal_pointer (&values);
}

char *
ph_shorthand_dup_value (const char *shorthand,
                        const char *value,
                        guint place)
{
  /* By how many values there are and the place: which of them counts (CSS 2, 8.3). */
  static const guint8 sides[4][4] = {
    { 0, 0, 0, 0 },
    { 0, 1, 0, 1 },
    { 0, 1, 2, 1 },
    { 0, 1, 2, 3 },
  };
  const Shorthand *found = look_up (shorthand);
  g_autoptr (GPtrArray) values = found != NULL && found->in_row > 0 ? split_values (value) : NULL;

  if (values == NULL || values->len == 0 || values->len > found->in_row || place >= found->in_row)
    return NULL;

  return g_strdup (values->pdata[sides[values->len - 1][place]]);
}
