/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-asset-list.h"

#include "ph-hash.h"
#include "ph-limits.h"
#include "ph-whole-page.h"

#include <string.h>

typedef struct
{
  PhAsset asset;
  /* The only node that names it so far, or 0: what the archive brings for it may still come. */
  gint32 node;
  guint64 epoch;
  gboolean carried;
} Entry;

struct _PhAssetList
{
  PhHealth *health;
  PhAssetScan *scan;
  GArray *entries;    /* Entry */
  GHashTable *by_url; /* address, of an entry → its index + 1 */
  GArray *journal;    /* PhSlot: touched by the event */
  gboolean is_full;

  /* While an event is looked at. */
  const PhDom *dom;
  const PhEvent *event;
};

static void
clear_entry (gpointer data)
{
  g_free (((Entry *) data)->asset.url);
}

static void
note_again (PhAssetList *list,
            Entry *entry,
            const PhAssetUse *use)
{
  gboolean is_same = entry->node != 0 && entry->node == use->node &&
                     entry->epoch == ph_dom_get_epoch (list->dom) &&
                     entry->asset.window == list->event->window;

  if (is_same)
    {
      entry->carried = use->carried;
    }
  else if (!use->carried)
    {
      /* Named for the first time by a node that goes without it. */
      if (entry->carried)
        entry->asset.time = list->event->time;

      entry->node = 0;
      entry->carried = FALSE;
    }
}

static void
use_cb (const PhAssetUse *use,
        gpointer user_data)
{
  PhAssetList *list = user_data;
  guint at = GPOINTER_TO_UINT (g_hash_table_lookup (list->by_url, use->url));
  Entry entry = {
    .asset = { NULL, use->kind, list->event->window, list->event->time },
    .node = use->node,
    .epoch = ph_dom_get_epoch (list->dom),
    .carried = use->carried,
  };

  if (at != 0)
    {
      note_again (list, &g_array_index (list->entries, Entry, at - 1), use);
      return;
    }

  if (strlen (use->url) > PH_LIMIT_URL_BYTES)
    {
      ph_health_add (list->health, PH_HEALTH_LIMIT, list->event->time,
                     "an address of more than %d bytes: it is not listed", PH_LIMIT_URL_BYTES);
      return;
    }

  if (list->entries->len >= PH_LIMIT_ASSETS)
    {
      if (!list->is_full)
        ph_health_add (list->health, PH_HEALTH_LIMIT, list->event->time,
                       "more than %d addresses: the later ones are not listed", PH_LIMIT_ASSETS);

      list->is_full = TRUE;
      return;
    }

  entry.asset.url = g_strdup (use->url);
  g_array_append_val (list->entries, entry);
  g_hash_table_insert (list->by_url, entry.asset.url, GUINT_TO_POINTER (list->entries->len));
}

PhAssetList *
ph_asset_list_new (PhNames *names,
                   PhHealth *health)
{
  PhAssetList *list = g_new0 (PhAssetList, 1);

  list->health = health;
  list->scan = ph_asset_scan_new (names, use_cb, list);
  list->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_array_set_clear_func (list->entries, clear_entry);
  list->by_url = g_hash_table_new (ph_hash_text, g_str_equal);
  list->journal = g_array_new (FALSE, FALSE, sizeof (PhSlot));

  return list;
}

void
ph_asset_list_free (PhAssetList *list)
{
  if (list == NULL)
    return;

  ph_asset_scan_free (list->scan);
  g_hash_table_unref (list->by_url);
  g_array_unref (list->entries);
  g_array_unref (list->journal);
  g_free (list);
}

void
ph_asset_list_watch (PhAssetList *list,
                     PhDom *dom)
{
  ph_dom_set_journal (dom, list->journal);
}

/* ---- what is no text of a node ---- */

static void
scan_text (PhAssetList *list,
           PhSlot slot,
           PhJsonValue value)
{
  const char *text;

  if (ph_json_get_string (value, &text, NULL))
    ph_asset_scan_css (list->scan, list->dom, slot, text);
}

/* Calls for the member of that name in each element of an array. */
static void
scan_each (PhAssetList *list,
           PhSlot slot,
           PhJsonValue array,
           const char *member)
{
  PhJsonIter iter;
  PhJsonValue item;

  ph_json_iter_init (&iter, array);

  while (ph_json_next (&iter, NULL, &item))
    scan_text (list, slot, ph_json_member (item, member));
}

static void
scan_adopted (PhAssetList *list,
              PhSlot slot,
              PhJsonValue styles)
{
  PhJsonIter iter;
  PhJsonValue sheet;

  ph_json_iter_init (&iter, styles);

  while (ph_json_next (&iter, NULL, &sheet))
    scan_each (list, slot, ph_json_member (sheet, "rules"), "rule");
}

static void
scan_font (PhAssetList *list,
           PhJsonValue data)
{
  gboolean is_bytes = FALSE;
  const char *source;
  g_autofree char *face = NULL;

  ph_json_member_bool (data, "buffer", &is_bytes);

  if (is_bytes || !ph_json_member_string (data, "fontSource", &source, NULL))
    return;

  face = g_strconcat ("@font-face{src:", source, "}", NULL);
  ph_asset_scan_css (list->scan, list->dom, 0, face);
}

static void
scan_data (PhAssetList *list,
           PhJsonValue data)
{
  gint64 id = 0;
  PhSlot slot = 0;

  ph_json_member_int (data, "id", &id);

  if (id > 0 && id <= G_MAXINT32)
    slot = ph_dom_find (list->dom, (gint32) id);

  switch (list->event->source)
    {
    case PH_SOURCE_STYLE_SHEET_RULE:
      scan_each (list, slot, ph_json_member (data, "adds"), "rule");
      scan_text (list, slot, ph_json_member (data, "replace"));
      scan_text (list, slot, ph_json_member (data, "replaceSync"));
      break;
    case PH_SOURCE_STYLE_DECLARATION:
      scan_text (list, slot, ph_json_member (ph_json_member (data, "set"), "value"));
      break;
    case PH_SOURCE_ADOPTED_STYLE_SHEET:
      scan_adopted (list, slot, ph_json_member (data, "styles"));
      break;
    case PH_SOURCE_FONT:
      scan_font (list, data);
      break;
    default:
      break;
    }
}

void
ph_asset_list_add (PhAssetList *list,
                   const PhDom *dom,
                   const PhEvent *event,
                   PhJsonValue root)
{
  list->dom = dom;
  list->event = event;

  for (guint i = 0; i < list->journal->len; i++)
    {
      PhSlot slot = g_array_index (list->journal, PhSlot, i);

      if (slot < ph_dom_n_slots (dom) && ph_dom_node (dom, slot)->type != PH_NODE_FREE)
        ph_asset_scan_node (list->scan, dom, slot);
    }

  g_array_set_size (list->journal, 0);

  if (event->type == PH_EVENT_INCREMENTAL)
    scan_data (list, ph_json_member (root, "data"));
  else if (event->type == PH_EVENT_CUSTOM && ph_whole_page_is (ph_json_member (root, "data")))
    ph_asset_scan_page (list->scan, dom);
}

/* ---- results ---- */

static int
compare_assets (gconstpointer a,
                gconstpointer b)
{
  PhTime x = ((const PhAsset *) a)->time;
  PhTime y = ((const PhAsset *) b)->time;

  return (x > y) - (x < y);
}

void
ph_asset_list_copy (const PhAssetList *list,
                    GArray *assets)
{
  for (guint i = 0; i < list->entries->len; i++)
    {
      const Entry *entry = &g_array_index (list->entries, Entry, i);
      PhAsset asset = entry->asset;

      if (entry->carried)
        continue;

      asset.url = g_strdup (asset.url);
      g_array_append_val (assets, asset);
    }

  g_array_sort (assets, compare_assets);
}
