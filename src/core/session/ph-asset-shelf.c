/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-asset-shelf.h"

#include "ph-asset-sheet.h"
#include "ph-asset-source.h"
#include "ph-asset-type.h"
#include "ph-hash.h"
#include "ph-limits.h"

#include <string.h>

/* Sheets that name sheets that name sheets … */
#define MAX_ROUNDS 6

typedef struct
{
  PhAsset asset; /* its url is in @wanted */
  PhAssetWanted wanted;
  const char *type; /* of what was found, or NULL */
  guint number;     /* in the table, or 0 */
} Item;

struct _PhAssetShelf
{
  gatomicrefcount ref_count;
  GArray *items;      /* Item */
  GHashTable *by_url; /* address, of an item → its index + 1 */
  GArray *more;       /* PhAsset, their urls in @items */
  GPtrArray *failures;
  PhAssetTable *table;
  guint first;     /* number */
  GArray *numbers; /* number − first → index of the item */
};

static void
clear_item (gpointer data)
{
  ph_asset_wanted_clear (&((Item *) data)->wanted);
}

static PhAssetShelf *
shelf_new (void)
{
  PhAssetShelf *shelf = g_new0 (PhAssetShelf, 1);

  g_atomic_ref_count_init (&shelf->ref_count);
  shelf->items = g_array_new (FALSE, TRUE, sizeof (Item));
  g_array_set_clear_func (shelf->items, clear_item);
  shelf->by_url = g_hash_table_new (ph_hash_text, g_str_equal);
  shelf->more = g_array_new (FALSE, FALSE, sizeof (PhAsset));
  shelf->failures = g_ptr_array_new_with_free_func (g_free);
  shelf->numbers = g_array_new (FALSE, FALSE, sizeof (guint));

  return shelf;
}

PhAssetShelf *
ph_asset_shelf_ref (PhAssetShelf *shelf)
{
  g_atomic_ref_count_inc (&shelf->ref_count);

  return shelf;
}

void
ph_asset_shelf_unref (PhAssetShelf *shelf)
{
  if (shelf == NULL || !g_atomic_ref_count_dec (&shelf->ref_count))
    return;

  g_hash_table_unref (shelf->by_url);
  g_array_unref (shelf->more);
  g_array_unref (shelf->items);
  g_ptr_array_unref (shelf->failures);
  g_array_unref (shelf->numbers);
  ph_asset_table_unref (shelf->table);
  g_free (shelf);
}

/* ---- gathering ---- */

static Item *
find_item (const PhAssetShelf *shelf,
           const char *url)
{
  guint at = GPOINTER_TO_UINT (g_hash_table_lookup (shelf->by_url, url));

  return at > 0 ? &g_array_index (shelf->items, Item, at - 1) : NULL;
}

static void
add_item (PhAssetShelf *shelf,
          const PhAsset *asset)
{
  Item item = { *asset, { g_strdup (asset->url) }, NULL, 0 };

  item.asset.url = item.wanted.url;
  g_array_append_val (shelf->items, item);
  g_hash_table_insert (shelf->by_url, item.wanted.url, GUINT_TO_POINTER (shelf->items->len));
}

typedef struct
{
  PhAssetShelf *shelf;
  PhAsset sheet;
} Reading;

static void
named_cb (const char *url,
          PhAssetKind kind,
          gpointer user_data)
{
  Reading *reading = user_data;
  PhAsset asset = { (char *) url, kind, reading->sheet.window, reading->sheet.time };

  if (find_item (reading->shelf, url) == NULL &&
      reading->shelf->items->len < 2 * PH_LIMIT_ASSETS)
    add_item (reading->shelf, &asset);
}

/* What is no picture, font or whatever was looked for is as good as nothing. */
static void
check_type (Item *item,
            gsize *room)
{
  gsize size;
  const guint8 *data;

  if (item->wanted.bytes == NULL || item->type != NULL)
    return;

  data = g_bytes_get_data (item->wanted.bytes, &size);
  item->type = ph_asset_type (item->asset.kind, data, size);

  if (item->type != NULL)
    return;

  *room += size;
  g_clear_pointer (&item->wanted.bytes, g_bytes_unref);
  g_free (item->wanted.problem);
  item->wanted.problem = g_strdup ("What is there is something else");
}

/* The items from @begin on are looked for in @source. */
static void
ask_source (PhAssetShelf *shelf,
            guint begin,
            PhAssetSource *source,
            gsize *room,
            GCancellable *cancellable)
{
  g_autoptr (GArray) wanted = g_array_new (FALSE, FALSE, sizeof (PhAssetWanted));
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = begin; i < shelf->items->len; i++)
    {
      const Item *item = &g_array_index (shelf->items, Item, i);

      if (item->asset.kind == PH_ASSET_FRAME || item->asset.kind == PH_ASSET_OTHER)
        continue;

      g_array_append_val (wanted, item->wanted);
      g_array_append_val (places, i);
    }

  ph_asset_source_fetch (source, wanted, room, cancellable);

  for (guint i = 0; i < places->len; i++)
    {
      Item *item = &g_array_index (shelf->items, Item, g_array_index (places, guint, i));

      item->wanted = g_array_index (wanted, PhAssetWanted, i);
      check_type (item, room);
    }
}

/* The items from @begin on are looked for in the recording. */
static void
ask_recording (PhAssetShelf *shelf,
               guint begin,
               PhAssetCarried *carried,
               gsize *room)
{
  for (guint i = begin; i < shelf->items->len; i++)
    {
      Item *item = &g_array_index (shelf->items, Item, i);

      if (item->asset.kind == PH_ASSET_FRAME || item->asset.kind == PH_ASSET_OTHER)
        continue;

      item->wanted.bytes = ph_asset_carried_read (carried, item->wanted.url);

      if (item->wanted.bytes != NULL && g_bytes_get_size (item->wanted.bytes) > *room)
        g_clear_pointer (&item->wanted.bytes, g_bytes_unref);

      if (item->wanted.bytes == NULL)
        continue;

      *room -= g_bytes_get_size (item->wanted.bytes);
      check_type (item, room);
    }
}

/* Sheets found from @begin on name more. */
static void
read_sheets (PhAssetShelf *shelf,
             guint begin)
{
  guint end = shelf->items->len;

  for (guint i = begin; i < end; i++)
    {
      Reading reading = { shelf, g_array_index (shelf->items, Item, i).asset };
      GBytes *bytes = g_array_index (shelf->items, Item, i).wanted.bytes;

      if (bytes != NULL && reading.sheet.kind == PH_ASSET_STYLE)
        ph_asset_sheet_each (reading.sheet.url, bytes, named_cb, &reading);
    }
}

static GPtrArray *
open_sources (PhAssetShelf *shelf,
              const PhAssetGrants *grants,
              GCancellable *cancellable)
{
  GPtrArray *sources = g_ptr_array_new_with_free_func ((GDestroyNotify) ph_asset_source_free);
  guint n;
  const PhGrant *list = ph_asset_grants_get (grants, &n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;
      PhAssetSource *source = ph_asset_source_open (&list[i], cancellable, &error);

      if (source != NULL)
        g_ptr_array_add (sources, source);
      else
        g_ptr_array_add (shelf->failures, g_strdup (error->message));
    }

  return sources;
}

/* Tables of one program share no number: see ph_asset_table_new(). */
static guint
take_numbers (guint n)
{
  static gsize next = 1;

  return (guint) (g_atomic_pointer_add (&next, n) % (G_MAXUINT / 2)) + 1;
}

static void
make_table (PhAssetShelf *shelf)
{
  shelf->first = take_numbers (shelf->items->len);

  for (guint i = 0; i < shelf->items->len; i++)
    {
      Item *item = &g_array_index (shelf->items, Item, i);
      g_autofree char *sheet = NULL;

      if (item->type == NULL)
        continue;

      if (shelf->table == NULL)
        shelf->table = ph_asset_table_new (shelf->first);

      if (item->asset.kind == PH_ASSET_STYLE)
        sheet = ph_asset_sheet_dup_text (item->wanted.bytes);

      item->number = ph_asset_table_add (shelf->table, item->wanted.url, sheet);
      g_array_append_val (shelf->numbers, i);
    }
}

PhAssetShelf *
ph_asset_shelf_gather (const PhAsset *assets,
                       guint n_assets,
                       PhAssetCarried *carried,
                       const PhAssetGrants *grants,
                       GCancellable *cancellable)
{
  PhAssetShelf *shelf = shelf_new ();
  g_autoptr (GPtrArray) sources = open_sources (shelf, grants, cancellable);
  gsize room = PH_LIMIT_SHELF_BYTES;
  guint begin = 0;
  guint n_given;

  for (guint i = 0; i < n_assets; i++)
    if (find_item (shelf, assets[i].url) == NULL)
      add_item (shelf, &assets[i]);

  n_given = shelf->items->len;

  for (guint round = 0; round < MAX_ROUNDS && begin < shelf->items->len; round++)
    {
      guint end = shelf->items->len;

      if (carried != NULL)
        ask_recording (shelf, begin, carried, &room);

      for (guint i = 0; i < sources->len; i++)
        ask_source (shelf, begin, sources->pdata[i], &room, cancellable);

      read_sheets (shelf, begin);
      begin = end;
    }

  for (guint i = n_given; i < shelf->items->len; i++)
    g_array_append_val (shelf->more, g_array_index (shelf->items, Item, i).asset);

  g_ptr_array_add (shelf->failures, NULL);
  make_table (shelf);

  return shelf;
}

gboolean
ph_asset_shelf_is_wanted (PhSession *session,
                          const PhAssetGrants *grants)
{
  g_autoptr (PhAssetCarried) carried = ph_asset_carried_new (session);
  guint n;

  ph_asset_grants_get (grants, &n);

  return n > 0 || carried != NULL;
}

/* ---- on a worker ---- */

typedef struct
{
  GArray *assets;          /* PhAsset */
  PhAssetCarried *carried; /* or NULL */
  PhAssetGrants *grants;
} Job;

static void
job_free (Job *job)
{
  for (guint i = 0; i < job->assets->len; i++)
    g_free (g_array_index (job->assets, PhAsset, i).url);

  g_array_unref (job->assets);
  ph_asset_carried_free (job->carried);
  ph_asset_grants_free (job->grants);
  g_free (job);
}

static void
gather_in_thread (GTask *task,
                  gpointer source_object,
                  gpointer task_data,
                  GCancellable *cancellable)
{
  Job *job = task_data;
  PhAssetShelf *shelf =
    ph_asset_shelf_gather ((const PhAsset *) (gpointer) job->assets->data, job->assets->len,
                           job->carried, job->grants, cancellable);

  g_task_return_pointer (task, shelf, (GDestroyNotify) ph_asset_shelf_unref);
}

void
ph_asset_shelf_gather_async (PhSession *session,
                             const PhAssetGrants *grants,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (session, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);
  guint n;
  const PhAsset *assets;

  g_return_if_fail (PH_IS_SESSION (session));

  assets = ph_session_get_assets (session, &n);
  job->assets = g_array_sized_new (FALSE, FALSE, sizeof (PhAsset), n);
  job->carried = ph_asset_carried_new (session);
  job->grants = ph_asset_grants_copy (grants);

  for (guint i = 0; i < n; i++)
    {
      PhAsset asset = assets[i];

      asset.url = g_strdup (asset.url);
      g_array_append_val (job->assets, asset);
    }

  g_task_set_source_tag (task, ph_asset_shelf_gather_async);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  g_task_run_in_thread (task, gather_in_thread);
}

PhAssetShelf *
ph_asset_shelf_gather_finish (PhSession *session,
                              GAsyncResult *result,
                              GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- what is on it ---- */

PhAssetTable *
ph_asset_shelf_get_table (const PhAssetShelf *shelf)
{
  return shelf->table;
}

GBytes *
ph_asset_shelf_read (const PhAssetShelf *shelf,
                     guint number,
                     const char **type)
{
  const Item *item;
  char *sheet;

  if (number < shelf->first || number - shelf->first >= shelf->numbers->len)
    return NULL;

  item = &g_array_index (shelf->items, Item,
                         g_array_index (shelf->numbers, guint, number - shelf->first));
  *type = item->type;
  sheet = ph_asset_table_dup_sheet (shelf->table, number);

  if (sheet != NULL)
    return g_bytes_new_take (sheet, strlen (sheet));

  return g_bytes_ref (item->wanted.bytes);
}

GBytes *
ph_asset_shelf_find (const PhAssetShelf *shelf,
                     const char *url,
                     const char **type)
{
  const Item *item = find_item (shelf, url);

  if (item == NULL || item->type == NULL)
    return NULL;

  *type = item->type;

  return g_bytes_ref (item->wanted.bytes);
}

PhAssetStatus
ph_asset_shelf_get_status (const PhAssetShelf *shelf,
                           const PhAsset *asset)
{
  const Item *item = shelf != NULL ? find_item (shelf, asset->url) : NULL;

  if (item != NULL && item->type != NULL)
    return PH_ASSET_PRESENT;

  if (item != NULL && (item->wanted.asked || item->wanted.problem != NULL))
    return PH_ASSET_MISSING;

  return ph_asset_first_status (asset->kind, asset->url);
}

const char *
ph_asset_shelf_get_problem (const PhAssetShelf *shelf,
                            const char *url)
{
  const Item *item = find_item (shelf, url);

  return item != NULL && item->type == NULL ? item->wanted.problem : NULL;
}

const PhAsset *
ph_asset_shelf_get_more (const PhAssetShelf *shelf,
                         guint *n)
{
  *n = shelf->more->len;

  return (const PhAsset *) (gpointer) shelf->more->data;
}

const char *const *
ph_asset_shelf_get_failures (const PhAssetShelf *shelf)
{
  return (const char *const *) shelf->failures->pdata;
}
