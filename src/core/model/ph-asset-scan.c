/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-asset-scan.h"

#include "ph-sheets.h"
#include "ph-srcset.h"

#include <string.h>

/* What of an element matters here. 0 is "not looked at yet". */
enum
{
  ELEMENT_PLAIN = 1,
  ELEMENT_IMG,
  ELEMENT_SOURCE,
  ELEMENT_INPUT,
  ELEMENT_MEDIA,
  ELEMENT_TRACK,
  ELEMENT_LINK,
  ELEMENT_STYLE,
  ELEMENT_FRAME,
  ELEMENT_OBJECT,
  ELEMENT_SVG_IMAGE,
};

/* And of an attribute. */
enum
{
  ATTRIBUTE_PLAIN = 1,
  ATTRIBUTE_SRC,
  ATTRIBUTE_SRCSET,
  ATTRIBUTE_HREF,
  ATTRIBUTE_POSTER,
  ATTRIBUTE_BACKGROUND,
  ATTRIBUTE_STYLE,
  ATTRIBUTE_DATA,
};

typedef struct
{
  const char *name;
  guint8 meaning;
} Meaning;

static const Meaning elements[] = {
  { "img", ELEMENT_IMG },
  { "source", ELEMENT_SOURCE },
  { "input", ELEMENT_INPUT },
  { "video", ELEMENT_MEDIA },
  { "audio", ELEMENT_MEDIA },
  { "track", ELEMENT_TRACK },
  { "link", ELEMENT_LINK },
  { "style", ELEMENT_STYLE },
  { "iframe", ELEMENT_FRAME },
  { "frame", ELEMENT_FRAME },
  { "object", ELEMENT_OBJECT },
  { "embed", ELEMENT_OBJECT },
  { "image", ELEMENT_SVG_IMAGE },
  { "feImage", ELEMENT_SVG_IMAGE },
  { "use", ELEMENT_SVG_IMAGE },
};

static const Meaning attributes[] = {
  { "src", ATTRIBUTE_SRC },
  { "rr_src", ATTRIBUTE_SRC },
  { "srcset", ATTRIBUTE_SRCSET },
  { "href", ATTRIBUTE_HREF },
  { "xlink:href", ATTRIBUTE_HREF },
  { "poster", ATTRIBUTE_POSTER },
  { "background", ATTRIBUTE_BACKGROUND },
  { "style", ATTRIBUTE_STYLE },
  { "data", ATTRIBUTE_DATA },
};

struct _PhAssetScan
{
  PhNames *names;
  PhAssetFunc func;
  gpointer user_data;
  GByteArray *elements;   /* by PhName */
  GByteArray *attributes; /* by PhName */
};

/* ---- kinds ---- */

static const char *const kind_names[PH_ASSET_N_KINDS] = {
  [PH_ASSET_IMAGE] = "image",
  [PH_ASSET_STYLE] = "style",
  [PH_ASSET_FONT] = "font",
  [PH_ASSET_MEDIA] = "media",
  [PH_ASSET_FRAME] = "frame",
  [PH_ASSET_OTHER] = "other",
};

const char *
ph_asset_kind_name (PhAssetKind kind)
{
  g_return_val_if_fail (kind < PH_ASSET_N_KINDS, NULL);

  return kind_names[kind];
}

gboolean
ph_asset_kind_from_name (const char *name,
                         PhAssetKind *kind)
{
  for (guint i = 0; i < PH_ASSET_N_KINDS; i++)
    if (strcmp (kind_names[i], name) == 0)
      {
        *kind = (PhAssetKind) i;
        return TRUE;
      }

  return FALSE;
}

const char *
ph_asset_status_name (PhAssetStatus status)
{
  static const char *const names[PH_ASSET_N_STATUSES] = {
    [PH_ASSET_PRESENT] = "present",
    [PH_ASSET_MISSING] = "missing",
    [PH_ASSET_BLOCKED] = "blocked",
  };

  g_return_val_if_fail (status < PH_ASSET_N_STATUSES, NULL);

  return names[status];
}

PhAssetStatus
ph_asset_first_status (PhAssetKind kind,
                       const char *url)
{
  return kind == PH_ASSET_FRAME || ph_asset_is_on_web (url) ? PH_ASSET_BLOCKED : PH_ASSET_MISSING;
}

/* ---- addresses ---- */

/* The length of `https:` in front of an address, or 0. */
static gsize
scheme_length (const char *url)
{
  gsize n = 0;

  if (!g_ascii_isalpha (url[0]))
    return 0;

  while (g_ascii_isalnum (url[n]) || url[n] == '+' || url[n] == '-' || url[n] == '.')
    n++;

  return url[n] == ':' ? n + 1 : 0;
}

/* Schemes that hold what they name, or name nothing that is shown. */
static gboolean
needs_nothing (const char *url)
{
  static const char *const schemes[] = { "data:", "javascript:", "about:", "mailto:", "tel:" };

  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (g_ascii_strncasecmp (url, schemes[i], strlen (schemes[i])) == 0)
      return TRUE;

  return url[0] == '\0' || url[0] == '#';
}

gboolean
ph_asset_is_on_web (const char *url)
{
  return g_ascii_strncasecmp (url, "https://", 8) == 0 ||
         g_ascii_strncasecmp (url, "http://", 7) == 0;
}

/*
 * Recorders make `url(#name)`, which means a place in the page, absolute like
 * everything else: then it is the page or its folder with a fragment.
 */
static gboolean
is_place_in_page (const char *base,
                  const char *url,
                  gsize size)
{
  return url[size] == '#' &&
         (size == 0 || url[size - 1] == '/' ||
          (strcspn (base, "#") == size && strncmp (base, url, size) == 0));
}

static char *
dup_relative (const char *base,
              const char *url)
{
  const GUriFlags flags = G_URI_FLAGS_PARSE_RELAXED | G_URI_FLAGS_ENCODED;
  char *resolved = NULL;

  if (strstr (base, "://") != NULL)
    resolved = g_uri_resolve_relative (base, url, flags, NULL);

  return resolved != NULL ? resolved : g_strdup (url);
}

char *
ph_asset_resolve_against (const char *base,
                          const char *url)
{
  g_autofree char *trimmed = NULL;
  gsize size;

  /* Data can be long: nothing of it is copied. */
  url += strspn (url, " \t\n\r\f");

  if (needs_nothing (url))
    return NULL;

  trimmed = g_strdup (url);
  g_strchomp (trimmed);
  size = strcspn (trimmed, "#");

  if (is_place_in_page (base, trimmed, size))
    return NULL;

  trimmed[size] = '\0';

  return scheme_length (trimmed) > 0 ? g_steal_pointer (&trimmed) : dup_relative (base, trimmed);
}

/* The address of the document @slot is in: the page's, or that of a page in it. */
static const char *
find_base (const PhDom *dom,
           PhSlot slot)
{
  for (; slot != 0; slot = ph_dom_node (dom, slot)->parent)
    {
      PhSlot frame = ph_dom_node (dom, slot)->parent;
      const char *url;

      if (frame == 0 || ph_dom_node (dom, slot)->type != PH_NODE_DOCUMENT)
        continue;

      url = ph_dom_attribute (dom, frame, "src");
      url = url != NULL ? url : ph_dom_attribute (dom, frame, "rr_src");

      if (url != NULL && scheme_length (url) > 0 && !needs_nothing (url))
        return url;
    }

  return ph_dom_get_href (dom);
}

const char *
ph_asset_base (const PhDom *dom,
               PhSlot slot)
{
  PhSlot parent = slot != 0 ? ph_dom_node (dom, slot)->parent : 0;
  const char *href = NULL;

  if (parent != 0 && ph_dom_node (dom, parent)->type == PH_NODE_ELEMENT &&
      g_ascii_strcasecmp (ph_dom_node_name (dom, parent), "link") == 0)
    href = ph_dom_attribute (dom, parent, "href");

  return href != NULL && scheme_length (href) > 0 ? href : find_base (dom, slot);
}

char *
ph_asset_resolve (const PhDom *dom,
                  PhSlot slot,
                  const char *url)
{
  return ph_asset_resolve_against (ph_asset_base (dom, slot), url);
}

/* ---- names ---- */

PhAssetScan *
ph_asset_scan_new (PhNames *names,
                   PhAssetFunc func,
                   gpointer user_data)
{
  PhAssetScan *scan = g_new0 (PhAssetScan, 1);

  scan->names = ph_names_ref (names);
  scan->func = func;
  scan->user_data = user_data;
  scan->elements = g_byte_array_new ();
  scan->attributes = g_byte_array_new ();

  return scan;
}

void
ph_asset_scan_free (PhAssetScan *scan)
{
  if (scan == NULL)
    return;

  g_byte_array_unref (scan->elements);
  g_byte_array_unref (scan->attributes);
  ph_names_unref (scan->names);
  g_free (scan);
}

static guint8
find_meaning (const char *name,
              const Meaning *meanings,
              guint n)
{
  for (guint i = 0; i < n; i++)
    if (g_ascii_strcasecmp (name, meanings[i].name) == 0)
      return meanings[i].meaning;

  return 1;
}

/* Each name is looked up once: pages have millions of nodes and few names. */
static guint8
look_up (PhAssetScan *scan,
         GByteArray *known,
         PhName name,
         const Meaning *meanings,
         guint n)
{
  guint old = known->len;

  if (name >= old)
    {
      g_byte_array_set_size (known, name + 64);
      memset (known->data + old, 0, known->len - old);
    }

  if (known->data[name] == 0)
    known->data[name] = find_meaning (ph_names_text (scan->names, name), meanings, n);

  return known->data[name];
}

static guint8
element_meaning (PhAssetScan *scan,
                 const PhNode *node)
{
  return look_up (scan, scan->elements, node->name, elements, G_N_ELEMENTS (elements));
}

/* ---- telling ---- */

typedef struct
{
  PhAssetScan *scan;
  const PhDom *dom;
  PhSlot slot;
  gint32 node;
  gboolean carried;
} Place;

static void
tell (const Place *place,
      PhAssetKind kind,
      const char *url)
{
  g_autofree char *resolved = ph_asset_resolve (place->dom, place->slot, url);
  PhAssetUse use = { resolved, kind, place->node, place->carried };

  if (resolved != NULL)
    place->scan->func (&use, place->scan->user_data);
}

static void
tell_candidates (const Place *place,
                 const char *srcset)
{
  PhCandidate candidate;

  while (ph_srcset_next (&srcset, &candidate))
    {
      g_autofree char *url = NULL;

      if (g_ascii_strncasecmp (candidate.url, "data:", 5) == 0)
        continue;

      url = g_strndup (candidate.url, candidate.url_size);
      tell (place, PH_ASSET_IMAGE, url);
    }
}

PhAssetKind
ph_asset_css_kind (PhAssetCssPlace place)
{
  static const PhAssetKind kinds[] = {
    [PH_ASSET_CSS_IMAGE] = PH_ASSET_IMAGE,
    [PH_ASSET_CSS_FONT] = PH_ASSET_FONT,
    [PH_ASSET_CSS_SHEET] = PH_ASSET_STYLE,
  };

  return kinds[place];
}

static void
css_cb (const char *url,
        PhAssetCssPlace css_place,
        gpointer user_data)
{
  tell (user_data, ph_asset_css_kind (css_place), url);
}

void
ph_asset_scan_css (PhAssetScan *scan,
                   const PhDom *dom,
                   PhSlot slot,
                   const char *text)
{
  Place place = { scan, dom, slot, slot != 0 ? ph_dom_node (dom, slot)->id : 0, FALSE };

  ph_asset_css_each (text, css_cb, &place);
}

/* ---- elements ---- */

gboolean
ph_asset_link_kind (const PhDom *dom,
                    PhSlot slot,
                    PhAssetKind *kind)
{
  static const char *const icons[] = { "icon", "apple-touch-icon", "mask-icon", NULL };
  const char *rel = ph_dom_attribute (dom, slot, "rel");
  g_auto (GStrv) words = NULL;
  gboolean is_sheet = FALSE;
  gboolean is_icon = FALSE;

  if (rel == NULL)
    return FALSE;

  words = g_strsplit_set (rel, " \t\n\r\f", 16);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *word = g_ascii_strdown (words[i], -1);

      /* An alternate sheet is one nobody chose. */
      if (strcmp (word, "alternate") == 0)
        return FALSE;

      is_sheet = is_sheet || strcmp (word, "stylesheet") == 0;
      is_icon = is_icon || g_strv_contains (icons, word);
    }

  *kind = is_sheet ? PH_ASSET_STYLE : PH_ASSET_IMAGE;

  return is_sheet || is_icon;
}

/* What an element's address stands for; FALSE when for nothing that is loaded. */
static gboolean
find_kind (const Place *place,
           guint8 element,
           guint8 attribute,
           PhAssetKind *kind)
{
  const char *type;

  *kind = PH_ASSET_IMAGE;

  if (attribute == ATTRIBUTE_BACKGROUND)
    return TRUE;

  switch (element)
    {
    case ELEMENT_IMG:
      return attribute == ATTRIBUTE_SRC;
    case ELEMENT_INPUT:
      type = ph_dom_attribute (place->dom, place->slot, "type");
      return attribute == ATTRIBUTE_SRC && type != NULL && g_ascii_strcasecmp (type, "image") == 0;
    case ELEMENT_SVG_IMAGE:
      return attribute == ATTRIBUTE_HREF;
    case ELEMENT_MEDIA:
      *kind = attribute == ATTRIBUTE_POSTER ? PH_ASSET_IMAGE : PH_ASSET_MEDIA;
      return attribute == ATTRIBUTE_SRC || attribute == ATTRIBUTE_POSTER;
    case ELEMENT_SOURCE:
    case ELEMENT_TRACK:
      *kind = PH_ASSET_MEDIA;
      return attribute == ATTRIBUTE_SRC;
    case ELEMENT_LINK:
      return attribute == ATTRIBUTE_HREF && ph_asset_link_kind (place->dom, place->slot, kind);
    case ELEMENT_FRAME:
      *kind = PH_ASSET_FRAME;
      return attribute == ATTRIBUTE_SRC;
    case ELEMENT_OBJECT:
      *kind = PH_ASSET_OTHER;
      return attribute == ATTRIBUTE_SRC || attribute == ATTRIBUTE_DATA;
    default:
      return FALSE;
    }
}

static gboolean
is_carried (const PhDom *dom,
            PhSlot slot,
            guint8 element)
{
  switch (element)
    {
    case ELEMENT_IMG:
      return ph_dom_attribute (dom, slot, "rr_dataURL") != NULL;
    case ELEMENT_LINK:
      return ph_dom_attribute (dom, slot, "_cssText") != NULL;
    case ELEMENT_FRAME:
      return ph_dom_node (dom, slot)->inner != 0;
    default:
      return FALSE;
    }
}

static void
scan_attribute (Place *place,
                guint8 element,
                guint8 attribute,
                const char *value)
{
  PhAssetKind kind;

  if (attribute == ATTRIBUTE_STYLE)
    {
      ph_asset_css_each (value, css_cb, place);
      return;
    }

  if (attribute == ATTRIBUTE_SRCSET)
    {
      if (element == ELEMENT_IMG || element == ELEMENT_SOURCE)
        tell_candidates (place, value);

      return;
    }

  if (find_kind (place, element, attribute, &kind))
    tell (place, kind, value);
}

static void
scan_element (PhAssetScan *scan,
              const PhDom *dom,
              PhSlot slot)
{
  const PhNode *node = ph_dom_node (dom, slot);
  guint8 element = element_meaning (scan, node);
  Place place = { scan, dom, slot, node->id, FALSE };

  if (node->attributes == NULL)
    return;

  place.carried = is_carried (dom, slot, element);

  for (guint i = 0; i < node->attributes->n; i++)
    {
      const PhAttribute *item = &node->attributes->items[i];
      guint8 attribute = look_up (scan, scan->attributes, item->name, attributes,
                                  G_N_ELEMENTS (attributes));

      if (attribute != ATTRIBUTE_PLAIN)
        scan_attribute (&place, element, attribute, item->value);
      else if (node->is_svg)
        ph_asset_css_each (item->value, css_cb, &place);
    }
}

void
ph_asset_scan_node (PhAssetScan *scan,
                    const PhDom *dom,
                    PhSlot slot)
{
  const PhNode *node = ph_dom_node (dom, slot);
  guint8 parent;

  if (node->type == PH_NODE_ELEMENT)
    {
      scan_element (scan, dom, slot);
      return;
    }

  if (node->parent == 0 || ph_dom_node (dom, node->parent)->type != PH_NODE_ELEMENT)
    return;

  parent = element_meaning (scan, ph_dom_node (dom, node->parent));

  if ((parent == ELEMENT_STYLE || parent == ELEMENT_LINK) && node->text != NULL &&
      node->type != PH_NODE_COMMENT)
    ph_asset_scan_css (scan, dom, slot, node->text);
}

static void
scan_rules (PhAssetScan *scan,
            const PhDom *dom,
            PhSlot slot,
            const GPtrArray *rules)
{
  for (guint i = 0; rules != NULL && i < rules->len; i++)
    ph_asset_scan_css (scan, dom, slot, rules->pdata[i]);
}

void
ph_asset_scan_page (PhAssetScan *scan,
                    const PhDom *dom)
{
  PhSlot root = ph_dom_get_root (dom);
  const PhPageState *page = ph_dom_get_page (dom);

  for (PhSlot slot = root; slot != 0; slot = ph_dom_next (dom, root, slot))
    {
      const PhNodeState *state = ph_dom_node (dom, slot)->state;

      ph_asset_scan_node (scan, dom, slot);
      scan_rules (scan, dom, slot, state != NULL ? state->rules : NULL);
    }

  if (page == NULL)
    return;

  for (guint i = 0; page->sheets != NULL && i < ph_sheets_n (page->sheets); i++)
    scan_rules (scan, dom, 0, ph_sheets_find (page->sheets, ph_sheets_id (page->sheets, i)));

  scan_rules (scan, dom, 0, page->fonts);
}
