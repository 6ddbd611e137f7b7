/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-asset-table.h"

#include "ph-asset-scan.h"
#include "ph-css.h"
#include "ph-hash.h"

#include <string.h>

typedef struct
{
  char *url;
  char *sheet; /* or NULL */
} Entry;

struct _PhAssetTable
{
  gatomicrefcount ref_count;
  guint first;
  GArray *entries;    /* Entry, by number − first */
  GHashTable *by_url; /* address, of an entry → its number */
};

static void
clear_entry (gpointer data)
{
  g_free (((Entry *) data)->url);
  g_free (((Entry *) data)->sheet);
}

PhAssetTable *
ph_asset_table_new (guint first)
{
  PhAssetTable *table = g_new0 (PhAssetTable, 1);

  g_return_val_if_fail (first > 0, NULL);

  g_atomic_ref_count_init (&table->ref_count);
  table->first = first;
  table->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_array_set_clear_func (table->entries, clear_entry);
  table->by_url = g_hash_table_new (ph_hash_text, g_str_equal);

  return table;
}

PhAssetTable *
ph_asset_table_ref (PhAssetTable *table)
{
  g_atomic_ref_count_inc (&table->ref_count);

  return table;
}

void
ph_asset_table_unref (PhAssetTable *table)
{
  if (table == NULL || !g_atomic_ref_count_dec (&table->ref_count))
    return;

  g_hash_table_unref (table->by_url);
  g_array_unref (table->entries);
  g_free (table);
}

guint
ph_asset_table_add (PhAssetTable *table,
                    const char *url,
                    const char *sheet)
{
  guint number = ph_asset_table_find (table, url);
  Entry entry;

  if (number != 0)
    return number;

  entry = (Entry) { g_strdup (url), g_strdup (sheet) };
  number = table->first + table->entries->len;
  g_array_append_val (table->entries, entry);
  g_hash_table_insert (table->by_url, entry.url, GUINT_TO_POINTER (number));

  return number;
}

guint
ph_asset_table_find (const PhAssetTable *table,
                     const char *url)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (table->by_url, url));
}

static const Entry *
find_entry (const PhAssetTable *table,
            guint number)
{
  if (number < table->first || number - table->first >= table->entries->len)
    return NULL;

  return &g_array_index (table->entries, Entry, number - table->first);
}

const char *
ph_asset_table_get_url (const PhAssetTable *table,
                        guint number)
{
  const Entry *entry = find_entry (table, number);

  return entry != NULL ? entry->url : NULL;
}

gboolean
ph_asset_table_is_sheet (const PhAssetTable *table,
                         guint number)
{
  const Entry *entry = find_entry (table, number);

  return entry != NULL && entry->sheet != NULL;
}

/* ---- addresses ---- */

/* The part of a picture or a font that is meant; an odd one means nothing. */
static const char *
find_fragment (const char *url)
{
  const char *fragment = strchr (url, '#');

  if (fragment == NULL)
    return "";

  for (const char *c = fragment + 1; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && strchr ("-_.:=&,%", *c) == NULL)
      return "";

  return fragment;
}

char *
ph_asset_table_dup_address (const PhAssetTable *table,
                            const char *base,
                            const char *url)
{
  g_autofree char *resolved = ph_asset_resolve_against (base, url);
  guint number = resolved != NULL ? ph_asset_table_find (table, resolved) : 0;

  if (number == 0)
    return NULL;

  return g_strdup_printf (PH_ASSET_ADDRESS "%u%s", number, find_fragment (url));
}

typedef struct
{
  const PhAssetTable *table;
  const char *base;
} Context;

static char *
resolve_cb (const char *url,
            gpointer user_data)
{
  const Context *context = user_data;

  return ph_asset_table_dup_address (context->table, context->base, url);
}

char *
ph_asset_table_dup_sheet (const PhAssetTable *table,
                          guint number)
{
  const Entry *entry = find_entry (table, number);
  Context context = { table, NULL };
  char *filtered;

  if (entry == NULL || entry->sheet == NULL)
    return NULL;

  context.base = entry->url;
  filtered = ph_css_filter_with (entry->sheet, resolve_cb, &context);

  return filtered != NULL ? filtered : g_strdup (entry->sheet);
}
