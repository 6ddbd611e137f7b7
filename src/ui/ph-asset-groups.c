/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-asset-groups.h"

#include <glib/gi18n.h>
#include <string.h>

static void
free_group (gpointer data)
{
  PhAssetGroup *group = data;

  g_free (group->host);
  g_ptr_array_unref (group->assets);
  g_free (group);
}

static gboolean
matches (const char *url,
         char **words)
{
  g_autofree char *folded = g_utf8_casefold (url, -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (folded, words[i]) == NULL)
      return FALSE;

  return TRUE;
}

typedef struct
{
  const PhAssetShelf *shelf;
  char **words; /* folded */
  GPtrArray *groups;
  GHashTable *by_host;
} Sorting;

static void
add_asset (Sorting *sorting,
           const PhAsset *asset)
{
  g_autofree char *host = NULL;
  PhAssetGroup *group;

  if (!matches (asset->url, sorting->words))
    return;

  host = ph_asset_dup_host (asset->url);
  group = g_hash_table_lookup (sorting->by_host, host != NULL ? host : "");

  if (group == NULL)
    {
      group = g_new0 (PhAssetGroup, 1);
      group->host = host != NULL ? g_steal_pointer (&host) : g_strdup ("");
      group->assets = g_ptr_array_new ();
      g_ptr_array_add (sorting->groups, group);
      g_hash_table_insert (sorting->by_host, group->host, group);
    }

  group->counts[ph_asset_shelf_get_status (sorting->shelf, asset)]++;
  g_ptr_array_add (group->assets, (gpointer) asset);
}

static int
compare_assets (gconstpointer a,
                gconstpointer b,
                gpointer shelf)
{
  const PhAsset *x = *(const PhAsset *const *) a;
  const PhAsset *y = *(const PhAsset *const *) b;
  PhAssetStatus first = ph_asset_shelf_get_status (shelf, x);
  PhAssetStatus second = ph_asset_shelf_get_status (shelf, y);

  return first != second ? (int) second - (int) first : strcmp (x->url, y->url);
}

static guint
count_absent (const PhAssetGroup *group)
{
  return group->counts[PH_ASSET_MISSING] + group->counts[PH_ASSET_BLOCKED];
}

static int
compare_groups (gconstpointer a,
                gconstpointer b)
{
  const PhAssetGroup *x = *(const PhAssetGroup *const *) a;
  const PhAssetGroup *y = *(const PhAssetGroup *const *) b;

  if ((x->host[0] == '\0') != (y->host[0] == '\0'))
    return x->host[0] == '\0' ? 1 : -1;

  if (count_absent (x) != count_absent (y))
    return count_absent (x) > count_absent (y) ? -1 : 1;

  return strcmp (x->host, y->host);
}

static char **
split_words (const char *search)
{
  g_autofree char *folded = g_utf8_casefold (search != NULL ? search : "", -1);
  g_auto (GStrv) all = g_strsplit_set (folded, " \t\n", -1);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  for (guint i = 0; all[i] != NULL; i++)
    if (all[i][0] != '\0')
      g_strv_builder_add (words, all[i]);

  return g_strv_builder_end (words);
}

GPtrArray *
ph_asset_groups_new (PhSession *session,
                     const PhAssetShelf *shelf,
                     const char *search)
{
  g_auto (GStrv) words = split_words (search);
  g_autoptr (GHashTable) by_host = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *groups = g_ptr_array_new_with_free_func (free_group);
  Sorting sorting = { shelf, words, groups, by_host };
  const PhAsset *list;
  guint n;

  list = ph_session_get_assets (session, &n);

  for (guint i = 0; i < n; i++)
    add_asset (&sorting, &list[i]);

  list = shelf != NULL ? ph_asset_shelf_get_more (shelf, &n) : NULL;

  for (guint i = 0; list != NULL && i < n; i++)
    add_asset (&sorting, &list[i]);

  g_ptr_array_sort (groups, compare_groups);

  for (guint i = 0; i < groups->len; i++)
    g_ptr_array_sort_with_data (((PhAssetGroup *) groups->pdata[i])->assets, compare_assets,
                                (gpointer) shelf);

  return groups;
}

void
ph_asset_groups_count (const GPtrArray *groups,
                       guint *counts)
{
  memset (counts, 0, PH_ASSET_N_STATUSES * sizeof *counts);

  for (guint i = 0; i < groups->len; i++)
    for (guint k = 0; k < PH_ASSET_N_STATUSES; k++)
      counts[k] += ((const PhAssetGroup *) groups->pdata[i])->counts[k];
}

static void
add_part (GString *text,
          char *part)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
  g_free (part);
}

char *
ph_asset_groups_describe (const guint *counts)
{
  GString *text = g_string_new (NULL);
  guint n = counts[PH_ASSET_BLOCKED];

  if (n > 0)
    add_part (text, g_strdup_printf (ngettext ("%u blocked", "%u blocked", n), n));

  n = counts[PH_ASSET_MISSING];

  if (n > 0)
    add_part (text, g_strdup_printf (ngettext ("%u missing", "%u missing", n), n));

  n = counts[PH_ASSET_PRESENT];

  if (n > 0)
    add_part (text, g_strdup_printf (ngettext ("%u present", "%u present", n), n));

  return g_string_free (text, FALSE);
}

const char *
ph_asset_status_title (PhAssetStatus status)
{
  static const char *const titles[PH_ASSET_N_STATUSES] = {
    [PH_ASSET_PRESENT] = N_ ("Present"),
    [PH_ASSET_MISSING] = N_ ("Missing"),
    [PH_ASSET_BLOCKED] = N_ ("Blocked"),
  };

  g_return_val_if_fail (status < PH_ASSET_N_STATUSES, NULL);

  return gettext (titles[status]);
}

const char *
ph_asset_kind_title (PhAssetKind kind)
{
  static const char *const titles[PH_ASSET_N_KINDS] = {
    [PH_ASSET_IMAGE] = N_ ("Picture"),
    [PH_ASSET_STYLE] = N_ ("Style sheet"),
    [PH_ASSET_FONT] = N_ ("Font"),
    [PH_ASSET_MEDIA] = N_ ("Sound or film"),
    [PH_ASSET_FRAME] = N_ ("Page in a frame"),
    [PH_ASSET_OTHER] = N_ ("Something else"),
  };

  g_return_val_if_fail (kind < PH_ASSET_N_KINDS, NULL);

  return gettext (titles[kind]);
}
