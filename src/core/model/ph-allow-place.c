/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-allow-place.h"

#include <stdlib.h>
#include <string.h>

/* Labels are cut to this many characters; pixels that each takes, and that an empty one takes. */
#define MAX_LABEL 60
#define CHARACTER_WIDTH 7
#define MIN_LABEL_WIDTH 24
#define LABEL_HEIGHT 16
/* What HTML gives to what has no size of its own. */
#define DEFAULT_WIDTH "300px"
#define DEFAULT_HEIGHT "150px"

static void
put_style (GArray *attributes,
           const char *before,
           const char *after)
{
  const PhAllowedAttribute *style = ph_allow_find (attributes, "style");
  const char *own = style != NULL ? style->value : "";
  gboolean open = own[0] != '\0' && own[strlen (own) - 1] != ';';
  gboolean apart = before[0] != '\0' && own[0] != '\0';

  ph_allow_put (attributes, "style",
                g_strconcat (before, apart ? " " : "", own, open && after[0] != '\0' ? "; " : "",
                             after, NULL));
}

/* ---- labels: a picture of a text, since no style can give such an element one ---- */

/* A picture with @text in its middle; sizes of 0 are the text's own. */
static char *
dup_label (const char *text,
           guint width,
           guint height)
{
  g_autofree char *valid = g_utf8_make_valid (text, (gssize) strnlen (text, 8UL * MAX_LABEL));
  g_autofree char *cut = g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), MAX_LABEL));
  g_autofree char *markup = g_markup_escape_text (g_strdelimit (cut, "\n\r\t\f\v", ' '), -1);
  guint own_width = (guint) g_utf8_strlen (cut, -1) * CHARACTER_WIDTH;
  g_autofree char *svg = g_strdup_printf (
    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%u\" height=\"%u\"><text x=\"50%%\" "
    "y=\"50%%\" dy=\"4\" text-anchor=\"middle\" font-family=\"sans-serif\" font-size=\"12\" "
    "fill=\"#808080\">%s</text></svg>",
    width > 0 ? width : MAX (own_width, MIN_LABEL_WIDTH), height > 0 ? height : LABEL_HEIGHT,
    markup);
  g_autofree char *escaped = g_uri_escape_string (svg, NULL, FALSE);

  return g_strdup_printf ("--ph-label: url(\"data:image/svg+xml,%s\");", escaped);
}

/* The host of an address, NULL when it has none. */
static char *
dup_host (const char *address)
{
  const char *at = strstr (address, "//");
  gsize n;

  if (at == NULL || (at > address && at[-1] != ':'))
    return NULL;

  at += 2;
  n = strcspn (at, "/?#\\");

  for (gsize i = n; i > 0; i--)
    if (at[i - 1] == '@')
      {
        at += i;
        n -= i;
        break;
      }

  return n > 0 ? g_strndup (at, n) : NULL;
}

/* ---- blocked ---- */

/* Lengths as recorders write them: `123.5px`. */
static gboolean
is_length (const char *value)
{
  gsize n = value != NULL ? strspn (value, "0123456789.") : 0;

  return n > 0 && n < 32 && strcmp (value + n, "px") == 0;
}

static gboolean
is_zero (const char *length)
{
  return strspn (length, "0.") == strlen (length) - strlen ("px");
}

/* The size was measured around the border: nothing may stretch or shrink it again. */
static void
hide_blocked (GArray *attributes,
              const char *width,
              const char *height)
{
  g_autofree char *style = NULL;

  ph_allow_put (attributes, "ph-hidden", g_strdup (""));

  /* What took no room was not there to be seen. */
  if (is_zero (width) && is_zero (height))
    {
      put_style (attributes, "", "display: none !important;");
      return;
    }

  style = g_strdup_printf ("box-sizing: border-box !important; width: %s !important; "
                           "height: %s !important; min-width: 0 !important; "
                           "min-height: 0 !important; max-width: none !important; "
                           "max-height: none !important; flex: none !important;",
                           width, height);
  put_style (attributes, "", style);
}

/* ---- pictures ---- */

static gboolean
is_given (const PhDom *dom,
          PhSlot slot,
          const char *name)
{
  const char *value = ph_dom_attribute (dom, slot, name);

  return value != NULL && value[0] != '\0';
}

/* `width` or `height` in pixels, 0 when it says something else. */
static guint
get_pixels (const PhDom *dom,
            PhSlot slot,
            const char *name)
{
  const char *value = ph_dom_attribute (dom, slot, name);
  gsize n = value != NULL ? strspn (value, "0123456789") : 0;

  if (n == 0 || n > 5 || (value[n] != '\0' && strcmp (value + n, "px") != 0))
    return 0;

  return (guint) strtoul (value, NULL, 10);
}

/* Both sizes give it its shape, also where the page stretches it. */
static void
mark_missing (const PhDom *dom,
              PhSlot slot,
              GArray *attributes)
{
  const char *alt = ph_dom_attribute (dom, slot, "alt");
  guint width = get_pixels (dom, slot, "width");
  guint height = get_pixels (dom, slot, "height");
  g_autofree char *label = NULL;

  if ((!is_given (dom, slot, "src") && !is_given (dom, slot, "srcset")) ||
      ph_allow_find (attributes, "src") != NULL || ph_allow_find (attributes, "srcset") != NULL)
    return;

  if (width == 0 || height == 0)
    width = height = 0;

  ph_allow_put (attributes, "ph-missing", g_strdup (""));
  label = dup_label (alt != NULL ? alt : "", width, height);
  put_style (attributes, "", label);
}

/* ---- frames and plugins ---- */

static void
mark_frame (const PhDom *dom,
            PhSlot slot,
            GArray *attributes)
{
  const char *address = ph_dom_attribute (dom, slot, "rr_src");
  g_autofree char *host = NULL;
  g_autofree char *label = NULL;

  if (address == NULL)
    address = ph_dom_attribute (dom, slot, "src");

  host = address != NULL && ph_dom_node (dom, slot)->inner == 0 ? dup_host (address) : NULL;

  if (host == NULL)
    return;

  ph_allow_put (attributes, "ph-elsewhere", g_strdup (""));
  label = dup_label (host, 0, 0);
  put_style (attributes, "", label);
}

static gboolean
is_plugin (const PhDom *dom,
           PhSlot slot)
{
  static const char *const names[] = { "applet", "embed", "object", NULL };

  return g_strv_contains (names, ph_dom_node_name (dom, slot));
}

/* `width` or `height` of a plugin as CSS has it: digits are pixels. */
static char *
dup_size (const PhDom *dom,
          PhSlot slot,
          const char *name,
          const char *fallback)
{
  const char *value = ph_dom_attribute (dom, slot, name);
  gsize n = value != NULL ? strspn (value, "0123456789.") : 0;

  if (n == 0 || n > 8)
    return g_strdup (fallback);

  return g_strdup_printf ("%.*s%s", (int) n, value, value[n] == '%' ? "%" : "px");
}

/* Whether there is something to show where a plugin cannot run. */
static gboolean
has_fallback (const PhDom *dom,
              PhSlot slot)
{
  for (PhSlot child = ph_dom_node (dom, slot)->first_child; child != 0;
       child = ph_dom_node (dom, child)->next)
    {
      const PhNode *node = ph_dom_node (dom, child);

      if (node->type == PH_NODE_ELEMENT && strcmp (ph_dom_node_name (dom, child), "param") != 0)
        return TRUE;

      if (node->type == PH_NODE_TEXT && node->text[strspn (node->text, " \t\n\r\f")] != '\0')
        return TRUE;
    }

  return FALSE;
}

static void
mark_plugin (const PhDom *dom,
             PhSlot slot,
             GArray *attributes)
{
  g_autofree char *width = NULL;
  g_autofree char *height = NULL;
  g_autofree char *style = NULL;

  if (has_fallback (dom, slot))
    return;

  width = dup_size (dom, slot, "width", DEFAULT_WIDTH);
  height = dup_size (dom, slot, "height", DEFAULT_HEIGHT);
  style = g_strdup_printf ("width: %s; height: %s;", width, height);
  ph_allow_put (attributes, "ph-elsewhere", g_strdup (""));
  put_style (attributes, style, "");
}

static gboolean
is_hidden (const PhDom *dom,
           PhSlot slot)
{
  return is_length (ph_dom_attribute (dom, slot, "rr_width")) &&
         is_length (ph_dom_attribute (dom, slot, "rr_height"));
}

gboolean
ph_allow_is_place (const PhDom *dom,
                   PhSlot slot)
{
  /* Without scripts a browser shows controls of its own, or what is in a canvas. */
  static const char *const names[] = { "audio", "canvas", "video", NULL };

  return is_plugin (dom, slot) || (g_strv_contains (names, ph_dom_node_name (dom, slot)) &&
                                   is_hidden (dom, slot));
}

void
ph_allow_add_place (const PhDom *dom,
                    PhSlot slot,
                    PhAllowedElement element,
                    GArray *attributes)
{
  const char *width = ph_dom_attribute (dom, slot, "rr_width");
  const char *height = ph_dom_attribute (dom, slot, "rr_height");

  if (is_hidden (dom, slot))
    hide_blocked (attributes, width, height);
  else if (strcmp (element.name, "img") == 0)
    mark_missing (dom, slot, attributes);
  else if (strcmp (element.name, "iframe") == 0)
    mark_frame (dom, slot, attributes);
  else if (is_plugin (dom, slot))
    mark_plugin (dom, slot, attributes);
}
