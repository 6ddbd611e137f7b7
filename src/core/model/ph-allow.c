/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-allow.h"

#include "ph-allow-control.h"
#include "ph-allow-place.h"
#include "ph-asset-scan.h"
#include "ph-css.h"
#include "ph-custom.h"
#include "ph-limits.h"
#include "ph-srcset.h"

#include <stdlib.h>
#include <string.h>

/* Sorted by strcmp(). The elements of the HTML Standard, and old presentational ones. */
static const char *const html_names[] = {
  "a", "abbr", "acronym", "address", "area", "article", "aside", "audio", "b", "base", "bdi", "bdo",
  "big", "blockquote", "body", "br", "button", "canvas", "caption", "center", "cite", "code",
  "col", "colgroup", "data", "datalist", "dd", "del", "details", "dfn", "dialog", "dir", "div",
  "dl", "dt", "em", "fieldset", "figcaption", "figure", "font", "footer", "form", "h1", "h2", "h3",
  "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html", "i", "iframe", "img", "input", "ins",
  "kbd", "label", "legend", "li", "link", "listing", "main", "map", "mark", "marquee", "menu",
  "meta", "meter", "nav", "nobr", "noscript", "ol", "optgroup", "option", "output", "p", "picture",
  "pre", "progress", "q", "rb", "rp", "rt", "rtc", "ruby", "s", "samp", "search", "section",
  "select", "slot", "small", "source", "span", "strike", "strong", "style", "sub", "summary",
  "sup", "table", "tbody", "td", "template", "textarea", "tfoot", "th", "thead", "time", "title",
  "tr", "track", "tt", "u", "ul", "var", "video", "wbr"
};

/* Sorted by lower case, in which recorders write them. SVG 1.1 and 2, less script. */
static const char *const svg_names[] = {
  "a", "altGlyph", "animate", "animateColor", "animateMotion", "animateTransform", "circle",
  "clipPath", "defs", "desc", "ellipse", "feBlend", "feColorMatrix", "feComponentTransfer",
  "feComposite", "feConvolveMatrix", "feDiffuseLighting", "feDisplacementMap", "feDistantLight",
  "feDropShadow", "feFlood", "feFuncA", "feFuncB", "feFuncG", "feFuncR", "feGaussianBlur",
  "feImage", "feMerge", "feMergeNode", "feMorphology", "feOffset", "fePointLight",
  "feSpecularLighting", "feSpotLight", "feTile", "feTurbulence", "filter", "foreignObject", "g",
  "glyph", "glyphRef", "hkern", "image", "line", "linearGradient", "marker", "mask", "metadata",
  "mpath", "path", "pattern", "polygon", "polyline", "radialGradient", "rect", "set", "stop",
  "style", "svg", "switch", "symbol", "text", "textPath", "title", "tref", "tspan", "use", "view",
  "vkern"
};

/* Sorted. MathML Core, and what MathML 3 adds without behaviour. */
static const char *const mathml_names[] = {
  "annotation", "annotation-xml", "maction", "math", "menclose", "merror", "mfenced", "mfrac",
  "mi", "mlabeledtr", "mmultiscripts", "mn", "mo", "mover", "mpadded", "mphantom", "mprescripts",
  "mroot", "mrow", "ms", "mspace", "msqrt", "mstyle", "msub", "msubsup", "msup", "mtable", "mtd",
  "mtext", "mtr", "munder", "munderover", "none", "semantics"
};

/*
 * Never passed on: what acts, and what the stage sets itself (marks.js). Handlers
 * (`on…`) and recorder attributes (`rr_…`) go by prefix. Sorted.
 */
static const char *const dropped_names[] = {
  "_csstext", "action", "allow", "allowfullscreen", "archive", "attributionsrc",
  "autofocus", "autoplay", "classid", "code", "codebase", "crossorigin", "csp", "data",
  "download", "fetchpriority", "formaction", "formtarget", "http-equiv", "imagesizes",
  "imagesrcset", "integrity", "is", "loading", "manifest", "method", "nonce",
  "ph-active", "ph-focus", "ph-focus-visible", "ph-focus-within", "ph-hover", "ph-undefined",
  "ping", "profile", "referrerpolicy", "sandbox", "srcdoc", "target", "xml:base"
};

typedef enum
{
  PASS,
  DROP,
  LINK,     /* where a click would lead; it never does */
  PICTURE,  /* data: of a picture, a font, sound or film, or what was given */
  FRAGMENT, /* inside the page */
  DRAWING,  /* the same, or a picture that was given */
  PICTURES, /* srcset */
  STYLE,
  META, /* `content` */
} Rule;

/* ---- names ---- */

static int
compare_names (gconstpointer key,
               gconstpointer element)
{
  return g_ascii_strcasecmp (key, *(const char *const *) element);
}

static const char *
look_up (const char *name,
         const char *const *names,
         gsize n)
{
  const char *const *found = bsearch (name, names, n, sizeof *names, compare_names);

  return found != NULL ? *found : NULL;
}

/* Names createElement() takes and a style sheet can select by. */
static gboolean
is_valid_name (const char *name)
{
  if (!g_ascii_isalpha (name[0]))
    return FALSE;

  for (const char *c = name; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && strchr ("-_.:", *c) == NULL && (guchar) *c < 0x80)
      return FALSE;

  return strlen (name) <= PH_LIMIT_NAME_BYTES;
}

static gboolean
is_valid_attribute_name (const char *name)
{
  if (name[0] == '\0' || strlen (name) > PH_LIMIT_NAME_BYTES)
    return FALSE;

  for (const char *c = name; *c != '\0'; c++)
    if ((guchar) *c <= 0x20 || *c == 0x7f || strchr ("\"'<>/=", *c) != NULL)
      return FALSE;

  return TRUE;
}

/* ---- what a person gave ---- */

/* What stands for an address in node @slot, or NULL. */
static char *
dup_given (const PhDom *dom,
           PhSlot slot,
           const char *url)
{
  const PhAssetTable *assets = ph_dom_get_assets (dom);

  return assets != NULL ? ph_asset_table_dup_address (assets, ph_asset_base (dom, slot), url)
                        : NULL;
}

typedef struct
{
  const PhDom *dom;
  PhSlot slot;
} Place;

static char *
given_cb (const char *url,
          gpointer user_data)
{
  const Place *place = user_data;

  return dup_given (place->dom, place->slot, url);
}

/* Style text of node @slot (0: of the page), or NULL when it can stay as it is. */
static char *
filter_css (const PhDom *dom,
            PhSlot slot,
            const char *text)
{
  Place place = { dom, slot };

  return ph_css_filter_with (text, ph_dom_get_assets (dom) != NULL ? given_cb : NULL, &place);
}

/* The number of the sheet that was given for a link without a recorded text, or 0. */
static guint
find_given_sheet (const PhDom *dom,
                  PhSlot slot)
{
  const PhAssetTable *assets = ph_dom_get_assets (dom);
  const char *href;
  g_autofree char *url = NULL;
  PhAssetKind kind;
  guint number;

  if (assets == NULL || g_ascii_strcasecmp (ph_dom_node_name (dom, slot), "link") != 0 ||
      ph_dom_attribute (dom, slot, "_cssText") != NULL ||
      !ph_asset_link_kind (dom, slot, &kind) || kind != PH_ASSET_STYLE)
    return 0;

  href = ph_dom_attribute (dom, slot, "href");
  url = href != NULL ? ph_asset_resolve (dom, slot, href) : NULL;

  number = url != NULL ? ph_asset_table_find (assets, url) : 0;

  return ph_asset_table_is_sheet (assets, number) ? number : 0;
}

char *
ph_allow_dup_sheet (const PhDom *dom,
                    PhSlot slot)
{
  guint number = find_given_sheet (dom, slot);

  return number != 0 ? ph_asset_table_dup_sheet (ph_dom_get_assets (dom), number) : NULL;
}

gboolean
ph_allow_is_style (const PhDom *dom,
                   PhSlot slot)
{
  const char *name = ph_dom_node_name (dom, slot);

  if (ph_dom_node (dom, slot)->type != PH_NODE_ELEMENT)
    return FALSE;

  return g_ascii_strcasecmp (name, "style") == 0 ||
         (g_ascii_strcasecmp (name, "link") == 0 &&
          (ph_dom_attribute (dom, slot, "_cssText") != NULL || find_given_sheet (dom, slot) != 0));
}

static PhAllowedElement
unknown_element (const char *name)
{
  return (PhAllowedElement) { PH_NS_UNKNOWN, is_valid_name (name) ? name : "ph-unnamed" };
}

/* How far above a MathML element its <math> is looked for; formulas nest less. */
#define MATHML_DEPTH 64

/* Recorders do not write MathML's namespace: an element is MathML inside of <math>. */
static gboolean
is_in_mathml (const PhDom *dom,
              PhSlot slot)
{
  for (guint i = 0; slot != 0 && i < MATHML_DEPTH; i++, slot = ph_dom_node (dom, slot)->parent)
    {
      const PhNode *node = ph_dom_node (dom, slot);
      const char *name = ph_dom_node_name (dom, slot);

      if (node->type != PH_NODE_ELEMENT || node->is_svg)
        return FALSE;

      if (strcmp (name, "math") == 0)
        return TRUE;

      if (look_up (name, mathml_names, G_N_ELEMENTS (mathml_names)) == NULL)
        return FALSE;
    }

  return FALSE;
}

PhAllowedElement
ph_allow_element (const PhDom *dom,
                  PhSlot slot)
{
  const char *name = ph_dom_node_name (dom, slot);
  const char *known;

  if (ph_dom_node (dom, slot)->is_svg)
    {
      known = look_up (name, svg_names, G_N_ELEMENTS (svg_names));

      return known != NULL ? (PhAllowedElement) { PH_NS_SVG, known } : unknown_element (name);
    }

  if (ph_allow_is_style (dom, slot))
    return (PhAllowedElement) { PH_NS_HTML, "style" };

  if (g_ascii_strcasecmp (name, "script") == 0)
    return (PhAllowedElement) { PH_NS_HTML, "noscript" };

  if (ph_allow_is_place (dom, slot))
    return (PhAllowedElement) { PH_NS_HTML, PH_ALLOW_PLACE };

  if ((known = look_up (name, html_names, G_N_ELEMENTS (html_names))) != NULL)
    return (PhAllowedElement) { PH_NS_HTML, known };

  if ((known = look_up (name, mathml_names, G_N_ELEMENTS (mathml_names))) != NULL &&
      is_in_mathml (dom, slot))
    return (PhAllowedElement) { PH_NS_MATHML, known };

  if (strchr (name, '-') != NULL && is_valid_name (name))
    return (PhAllowedElement) { PH_NS_HTML, name };

  return unknown_element (name);
}

/* ---- addresses ---- */

/* What a link may say. It cannot be followed; only its looks depend on it. */
static gboolean
is_link (const char *url)
{
  static const char *const schemes[] = { "http:", "https:", "mailto:", "tel:" };

  if (strchr ("/#?.", url[0]) != NULL)
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (g_ascii_strncasecmp (url, schemes[i], strlen (schemes[i])) == 0)
      return TRUE;

  return FALSE;
}

/* The candidates that may pass, with what stands for them; NULL when none may. */
static char *
allow_candidates (const PhDom *dom,
                  PhSlot slot,
                  const char *srcset)
{
  g_autoptr (GString) out = g_string_new (NULL);
  PhCandidate candidate;

  while (ph_srcset_next (&srcset, &candidate))
    {
      g_autofree char *url = g_strndup (candidate.url, candidate.url_size);
      g_autofree char *given = NULL;

      if (!g_str_has_prefix (url, "data:image/"))
        {
          given = dup_given (dom, slot, url);

          if (given == NULL)
            continue;
        }

      g_string_append_printf (out, "%s%s %.*s", out->len > 0 ? ", " : "",
                              given != NULL ? given : url, (int) candidate.descriptor_size,
                              candidate.descriptor);
    }

  return out->len > 0 ? g_strdup (g_strchomp (out->str)) : NULL;
}

/* ---- attributes ---- */

static gboolean
is_media (const char *element)
{
  static const char *const names[] = { "img", "input", "audio", "video", "source", "track", "image",
                                       "feImage", NULL };

  return g_strv_contains (names, element);
}

static Rule
address_rule (PhAllowedElement element)
{
  if (strcmp (element.name, "a") == 0 || strcmp (element.name, "area") == 0)
    return LINK;

  if (is_media (element.name))
    return PICTURE;

  if (element.ns == PH_NS_SVG)
    return strcmp (element.name, "use") == 0 ? DRAWING : FRAGMENT;

  return DROP;
}

static Rule
find_rule (PhAllowedElement element,
           const char *name)
{
  if (g_ascii_strncasecmp (name, "on", 2) == 0 || g_ascii_strncasecmp (name, "rr_", 3) == 0 ||
      g_ascii_strncasecmp (name, "xmlns", 5) == 0 ||
      look_up (name, dropped_names, G_N_ELEMENTS (dropped_names)) != NULL)
    return DROP;

  if (g_ascii_strcasecmp (name, "style") == 0 || g_ascii_strcasecmp (name, "media") == 0)
    return STYLE;

  if (strcmp (element.name, "meta") == 0 && g_ascii_strcasecmp (name, "content") == 0)
    return META;

  if (g_ascii_strcasecmp (name, "src") == 0 || g_ascii_strcasecmp (name, "href") == 0 ||
      g_ascii_strcasecmp (name, "xlink:href") == 0)
    return address_rule (element);

  if (g_ascii_strcasecmp (name, "poster") == 0 || g_ascii_strcasecmp (name, "background") == 0)
    return PICTURE;

  if (g_ascii_strcasecmp (name, "srcset") == 0)
    return PICTURES;

  /* A form control's value is state (PH_OP_VALUE), not an attribute, on these two. */
  if (g_ascii_strcasecmp (name, "value") == 0 &&
      (strcmp (element.name, "textarea") == 0 || strcmp (element.name, "select") == 0))
    return DROP;

  /* Presentation attributes and what an animation sets them to may hold url(). */
  return element.ns == PH_NS_SVG ? STYLE : PASS;
}

/* Animations may change how things look, never where they point or what they do. */
static gboolean
animates_address (const char *name,
                  const char *value)
{
  return g_ascii_strcasecmp (name, "attributeName") == 0 &&
         (strcasestr (value, "href") != NULL || strcasestr (value, "src") != NULL ||
          strcasestr (value, "style") != NULL || g_ascii_strncasecmp (value, "on", 2) == 0);
}

/* `<meta name="color-scheme" content="light dark">` is settled as ph_css_filter() settles it. */
static char *
settle_meta (const char *value)
{
  g_autofree char *declaration = g_strconcat ("color-scheme:", value, NULL);
  g_autofree char *filtered = strpbrk (value, "{};") == NULL ? ph_css_filter (declaration) : NULL;

  return g_strdup (filtered != NULL ? filtered + strlen ("color-scheme:") : value);
}

/* The value that may pass, or NULL when the attribute may not. */
static char *
allow_value (const PhDom *dom,
             PhSlot slot,
             PhAllowedElement element,
             const char *name,
             const char *value)
{
  char *filtered;

  switch (find_rule (element, name))
    {
    case PASS:
      return g_strdup (value);
    case DROP:
      return NULL;
    case LINK:
      return g_strdup (is_link (value) ? value : "#");
    case PICTURE:
      return ph_css_url_is_inline (value) ? g_strdup (value) : dup_given (dom, slot, value);
    case FRAGMENT:
      return value[0] == '#' ? g_strdup (value) : NULL;
    case DRAWING:
      return value[0] == '#' ? g_strdup (value) : dup_given (dom, slot, value);
    case PICTURES:
      return allow_candidates (dom, slot, value);
    case META:
      return settle_meta (value);
    case STYLE:
      if (animates_address (name, value))
        return NULL;
      filtered = filter_css (dom, slot, value);
      return filtered != NULL ? filtered : g_strdup (value);
    }

  g_return_val_if_reached (NULL);
}

PhAllowedAttribute *
ph_allow_find (const GArray *attributes,
               const char *name)
{
  for (guint i = 0; i < attributes->len; i++)
    if (strcmp (g_array_index (attributes, PhAllowedAttribute, i).name, name) == 0)
      return &g_array_index (attributes, PhAllowedAttribute, i);

  return NULL;
}

static void
clear_attribute (gpointer data)
{
  g_free (((PhAllowedAttribute *) data)->value);
}

void
ph_allow_put (GArray *attributes,
              const char *name,
              char *value)
{
  PhAllowedAttribute *old = ph_allow_find (attributes, name);
  PhAllowedAttribute added = { name, value };

  if (old == NULL)
    {
      g_array_append_val (attributes, added);
      return;
    }

  g_free (old->value);
  old->value = value;
}

/* A picture that the recorder kept is the only one there is. */
static void
put_kept_picture (const PhDom *dom,
                  PhSlot slot,
                  PhAllowedElement element,
                  GArray *attributes)
{
  const char *picture = ph_dom_attribute (dom, slot, "rr_dataURL");

  if (picture == NULL || strcmp (element.name, "img") != 0 || !ph_css_url_is_inline (picture))
    return;

  ph_allow_put (attributes, "src", g_strdup (picture));

  for (guint i = attributes->len; i > 0; i--)
    if (g_ascii_strcasecmp (g_array_index (attributes, PhAllowedAttribute, i - 1).name,
                            "srcset") == 0)
      g_array_remove_index (attributes, i - 1);
}

/* What ph_css_filter() asks for in place of `:defined`, and a sheet that is switched off. */
static void
put_state (const PhDom *dom,
           PhSlot slot,
           PhAllowedElement element,
           GArray *attributes)
{
  if (element.ns == PH_NS_HTML && !ph_custom_is_defined (dom, slot))
    ph_allow_put (attributes, "ph-undefined", g_strdup (""));

  /* Of a link it is the attribute that says so; a style element knows none. */
  if (ph_allow_is_style (dom, slot) &&
      g_ascii_strcasecmp (ph_dom_node_name (dom, slot), "link") == 0 &&
      ph_dom_attribute (dom, slot, "disabled") != NULL)
    ph_allow_put (attributes, "media", g_strdup ("not all"));
}

GArray *
ph_allow_attributes (const PhDom *dom,
                     PhSlot slot)
{
  PhAllowedElement element = ph_allow_element (dom, slot);
  const PhNode *node = ph_dom_node (dom, slot);
  PhNames *names = ph_dom_get_names (dom);
  GArray *attributes = g_array_new (FALSE, FALSE, sizeof (PhAllowedAttribute));

  g_array_set_clear_func (attributes, clear_attribute);

  for (guint i = 0; node->attributes != NULL && i < node->attributes->n; i++)
    {
      const PhAttribute *attribute = &node->attributes->items[i];
      const char *name = ph_names_text (names, attribute->name);
      char *value;

      if (!is_valid_attribute_name (name))
        continue;

      value = allow_value (dom, slot, element, name, attribute->value);

      if (value != NULL)
        ph_allow_put (attributes, name, value);
    }

  put_state (dom, slot, element, attributes);
  put_kept_picture (dom, slot, element, attributes);
  ph_allow_add_place (dom, slot, element, attributes);
  ph_allow_add_control (dom, slot, attributes);

  return attributes;
}

/* ---- texts ---- */

char *
ph_allow_text (const PhDom *dom,
               PhSlot slot)
{
  const PhNode *node = ph_dom_node (dom, slot);
  const char *text = node->text != NULL ? node->text : "";
  char *filtered = NULL;

  if (node->type != PH_NODE_COMMENT && ph_allow_is_style (dom, node->parent))
    filtered = filter_css (dom, slot, text);

  return filtered != NULL ? filtered : g_strdup (text);
}

char *
ph_allow_css (const PhDom *dom,
              PhSlot slot,
              const char *text)
{
  char *filtered = filter_css (dom, slot, text);

  return filtered != NULL ? filtered : g_strdup (text);
}

/* @filtered, or NULL when @rule can stay as it is. */
static char *
finish_rule (char *filtered,
             const char *rule)
{
  if (filtered != NULL && filtered[strspn (filtered, " \t\n\r\f")] == '\0')
    {
      g_free (filtered);
      return g_strdup ("@media not all {}");
    }

  return filtered != NULL ? filtered : g_strdup (rule);
}

char *
ph_allow_rule (const PhDom *dom,
               PhSlot slot,
               const char *rule)
{
  return finish_rule (filter_css (dom, slot, rule), rule);
}
