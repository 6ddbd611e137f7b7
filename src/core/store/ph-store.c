/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-store.h"

#include "ph-chunk.h"
#include "ph-error.h"
#include "ph-hash.h"
#include "ph-limits.h"
#include "ph-schema.h"
#include "ph-squeeze.h"
#include "ph-store-private.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

/* Unpacked runs of events and pages that are kept: so many, and so many bytes. */
#define KEPT_CHUNKS 8
#define KEPT_CHUNK_BYTES ((gsize) 24 * 1024 * 1024)
#define KEPT_PAGES (PH_FRAMES_DEPTH * 2)
#define KEPT_PAGE_BYTES ((gsize) 24 * 1024 * 1024)

typedef struct
{
  guint index;
  gpointer item; /* PhChunk or GBytes */
} Kept;

gboolean
ph_store_is_recording (const guint8 *head,
                       gsize size)
{
  return ph_schema_is_recording (head, size);
}

/* --- opening --------------------------------------------------------------- */

/* A number of table meta that must be there. */
static gboolean
need_number (PhStore *store,
             const char *key,
             gint64 *out,
             GError **error)
{
  g_autoptr (PhStatement) statement =
    ph_db_prepare (store->db, "SELECT value FROM meta WHERE key = ?", error);
  gboolean row;

  if (statement == NULL)
    return FALSE;

  ph_statement_bind_text (statement, 0, key);

  if (!ph_statement_step (statement, &row, error))
    return FALSE;

  if (!row || ph_statement_type (statement, 0) != PH_DB_INT)
    return ph_store_set_damaged (error, key);

  *out = ph_statement_int (statement, 0);

  return TRUE;
}

static gboolean
read_span (PhStore *store,
           GError **error)
{
  if (!need_number (store, "start_time", &store->start_time, error) ||
      !need_number (store, "begin", &store->span.begin, error) ||
      !need_number (store, "end", &store->span.end, error))
    return FALSE;

  /* Bounded so that no difference of times overflows. */
  if (store->span.begin < 0 || store->span.end < store->span.begin ||
      store->span.end > G_MAXINT64 / 4)
    return ph_store_set_damaged (error, "length");

  return TRUE;
}

static gboolean
check_complete (PhStore *store,
                GError **error)
{
  if (ph_store_get_number (store, "complete", 0) == 1)
    return TRUE;

  g_set_error_literal (error, PH_ERROR, PH_ERROR_CORRUPT,
                       N_ ("The recording was never finished: open its archive again"));

  return FALSE;
}

static gboolean
read_whole (PhStore *store,
            GError **error)
{
  gint64 n_windows = 0;
  gint64 n_events = 0;

  if (!check_complete (store, error) || !read_span (store, error) ||
      !ph_db_get_int (store->db, "SELECT count (*) FROM window", &n_windows, error) ||
      !need_number (store, "events", &n_events, error))
    return FALSE;

  if (n_windows < 1 || n_windows > PH_LIMIT_WINDOWS)
    return ph_store_set_damaged (error, "list of windows");

  if (n_events < 1 || n_events > G_MAXUINT / 2)
    return ph_store_set_damaged (error, "index of events");

  store->n_windows = (guint) n_windows;

  return ph_store_read_index (store, (guint) n_events, error);
}

/* A file with the right tables, of which nothing is read yet. */
static PhStore *
open_file (const char *path,
           GError **error)
{
  g_autoptr (PhStore) store = g_new0 (PhStore, 1);
  gint64 version = 0;

  store->chunks = g_array_new (FALSE, FALSE, sizeof (PhChunkEntry));
  store->frames = g_array_new (FALSE, FALSE, sizeof (PhFrame));
  store->entries = g_array_new (FALSE, FALSE, sizeof (PhFrameEntry));
  store->kept_chunks = g_array_new (FALSE, FALSE, sizeof (Kept));
  store->kept_pages = g_array_new (FALSE, FALSE, sizeof (Kept));
  store->path = g_strdup (path);
  store->db = ph_db_open (path, PH_DB_READ, error);

  if (store->db == NULL || !ph_schema_check (store->db, error) ||
      !ph_db_get_int (store->db, "PRAGMA user_version", &version, error))
    return NULL;

  store->version = version;
  store->read_chunk =
    ph_db_prepare (store->db, "SELECT data FROM chunk WHERE number = ?", error);

  if (store->read_chunk == NULL)
    return NULL;

  store->read_frame =
    ph_db_prepare (store->db, "SELECT data FROM keyframe WHERE number = ?", error);

  return store->read_frame != NULL ? g_steal_pointer (&store) : NULL;
}

/* SQLite gives up a file that ends early as a whole: then that is what to say. */
static void
explain_cut (const char *path,
             GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, NULL);
  guint8 head[PH_SCHEMA_HEAD];
  gsize size = 0;
  gint64 wanted;
  g_autoptr (GFileInfo) info = NULL;

  if (stream == NULL ||
      !g_input_stream_read_all (G_INPUT_STREAM (stream), head, sizeof head, &size, NULL, NULL))
    return;

  wanted = ph_schema_file_bytes (head, size);
  info = g_file_input_stream_query_info (stream, G_FILE_ATTRIBUTE_STANDARD_SIZE, NULL, NULL);

  if (info == NULL || g_file_info_get_size (info) >= wanted)
    return;

  g_clear_error (error);
  g_set_error (error, PH_ERROR, PH_ERROR_CORRUPT,
               "The recording is cut off: %" G_GINT64_FORMAT " of its %" G_GINT64_FORMAT
               " bytes are there",
               (gint64) g_file_info_get_size (info), wanted);
}

PhStore *
ph_store_open (const char *path,
               GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (PhStore) store = open_file (path, &local_error);

  if (store != NULL && read_whole (store, &local_error))
    return g_steal_pointer (&store);

  if (g_error_matches (local_error, PH_ERROR, PH_ERROR_CORRUPT))
    explain_cut (path, &local_error);

  g_propagate_error (error, g_steal_pointer (&local_error));

  return NULL;
}

PhStore *
ph_store_open_growing (const char *path,
                       GError **error)
{
  PhStore *store = open_file (path, error);

  if (store != NULL)
    store->is_growing = TRUE;

  return store;
}

static void
drop_kept (GArray *list,
           guint n,
           GDestroyNotify drop)
{
  while (list->len > n)
    {
      drop (g_array_index (list, Kept, list->len - 1).item);
      g_array_set_size (list, list->len - 1);
    }
}

gboolean
ph_store_grow (PhStore *store,
               guint n_events,
               guint n_windows,
               gint64 start_time,
               PhSpan span,
               GError **error)
{
  guint n_frames = store->frames->len;

  store->start_time = start_time;
  store->span = span;
  store->n_windows = n_windows;

  if (!ph_store_read_index (store, n_events, error))
    return FALSE;

  /* They are known by their places, which may be others now. */
  if (store->frames->len > n_frames)
    drop_kept (store->kept_pages, 0, (GDestroyNotify) g_bytes_unref);

  return TRUE;
}

void
ph_store_free (PhStore *store)
{
  if (store == NULL)
    return;

  drop_kept (store->kept_chunks, 0, (GDestroyNotify) ph_chunk_free);
  drop_kept (store->kept_pages, 0, (GDestroyNotify) g_bytes_unref);
  g_array_unref (store->kept_chunks);
  g_array_unref (store->kept_pages);
  g_array_unref (store->chunks);
  g_array_unref (store->frames);
  g_array_unref (store->entries);
  ph_statement_free (store->read_chunk);
  ph_statement_free (store->read_frame);
  ph_db_free (store->db);
  g_free (store->path);
  g_free (store);
}

void
ph_store_set_damage_func (PhStore *store,
                          PhStoreDamage func,
                          gpointer user_data)
{
  store->damage = func;
  store->damage_data = user_data;
}

/* --- what is known of the whole -------------------------------------------- */

guint
ph_store_n_events (PhStore *store)
{
  return store->n_events;
}

const char *
ph_store_get_path (PhStore *store)
{
  return store->path;
}

gboolean
ph_store_is_old (PhStore *store)
{
  return store->version < PH_SCHEMA_VERSION;
}

gint64
ph_store_get_file_bytes (PhStore *store)
{
  gint64 pages;
  gint64 size;

  if (!ph_db_get_int (store->db, "PRAGMA page_count", &pages, NULL) ||
      !ph_db_get_int (store->db, "PRAGMA page_size", &size, NULL))
    return 0;

  return pages * size;
}

guint
ph_store_n_windows (PhStore *store)
{
  return store->n_windows;
}

PhSpan
ph_store_get_span (PhStore *store)
{
  return store->span;
}

gint64
ph_store_get_start_time (PhStore *store)
{
  return store->start_time;
}

/* The value of @key; *@row says whether there is one of this type. */
static PhStatement *
find_meta (PhStore *store,
           const char *key,
           PhDbType type,
           gboolean *row,
           GError **error)
{
  g_autoptr (PhStatement) statement =
    ph_db_prepare (store->db, "SELECT value FROM meta WHERE key = ?", error);

  if (statement == NULL)
    return NULL;

  ph_statement_bind_text (statement, 0, key);

  if (!ph_statement_step (statement, row, error))
    return NULL;

  *row = *row && ph_statement_type (statement, 0) == type;

  return g_steal_pointer (&statement);
}

gboolean
ph_store_read_text (PhStore *store,
                    const char *key,
                    char **text,
                    GError **error)
{
  gboolean row;
  g_autoptr (PhStatement) statement = find_meta (store, key, PH_DB_TEXT, &row, error);

  if (statement == NULL)
    return FALSE;

  *text = row ? g_strdup (ph_statement_text (statement, 0)) : NULL;

  return TRUE;
}

char *
ph_store_dup_text (PhStore *store,
                   const char *key)
{
  char *text = NULL;

  ph_store_read_text (store, key, &text, NULL);

  return text;
}

gboolean
ph_store_read_number (PhStore *store,
                      const char *key,
                      gint64 *number,
                      GError **error)
{
  gboolean row;
  g_autoptr (PhStatement) statement = find_meta (store, key, PH_DB_INT, &row, error);

  if (statement == NULL)
    return FALSE;

  if (row)
    *number = ph_statement_int (statement, 0);

  return TRUE;
}

gint64
ph_store_get_number (PhStore *store,
                     const char *key,
                     gint64 fallback)
{
  gint64 number = fallback;

  ph_store_read_number (store, key, &number, NULL);

  return number;
}

/* --- what is kept unpacked ------------------------------------------------- */

/* Moves it to the front; NULL when it is not there. */
static gpointer
find_kept (GArray *list,
           guint index)
{
  for (guint i = 0; i < list->len; i++)
    {
      Kept kept = g_array_index (list, Kept, i);

      if (kept.index != index)
        continue;

      if (i > 0)
        {
          g_array_remove_index (list, i);
          g_array_prepend_val (list, kept);
        }

      return kept.item;
    }

  return NULL;
}

/* Takes @item. */
static void
keep (GArray *list,
      guint index,
      gpointer item)
{
  Kept kept = { index, item };

  g_array_prepend_val (list, kept);
}

/* How many of the last used fit into @bytes; the very last one always does. */
static guint
count_fitting (GArray *list,
               guint most,
               gsize bytes,
               gsize (*weigh) (gpointer item))
{
  gsize sum = 0;
  guint n = 0;

  while (n < list->len && n < most)
    {
      sum += weigh (g_array_index (list, Kept, n).item);

      if (n > 0 && sum > bytes)
        break;

      n++;
    }

  return n;
}

static gsize
weigh_chunk (gpointer item)
{
  return ph_chunk_get_bytes (item);
}

static gsize
weigh_page (gpointer item)
{
  return g_bytes_get_size (item);
}

/* --- unpacking ------------------------------------------------------------- */

/* The frame in row @number, checked and unpacked. */
static GBytes *
read_packed (PhStatement *statement,
             gint64 number,
             const gint64 *numbers,
             guint n,
             guint32 checksum,
             GBytes *prefix,
             GError **error)
{
  GBytes *bytes = NULL;
  gboolean row = FALSE;

  ph_statement_bind_int (statement, 0, number);

  if (ph_statement_step (statement, &row, error))
    {
      gsize size = 0;
      gconstpointer data = row ? ph_statement_data (statement, 0, &size) : NULL;

      if (data != NULL && ph_checksum (numbers, n, data, size) == checksum)
        bytes = ph_unsqueeze (data, size, (gsize) numbers[n - 1], prefix, error);
      else
        ph_store_set_damaged (error, "data");
    }

  ph_statement_reset (statement);

  return bytes;
}

static PhChunk *
load_chunk (PhStore *store,
            guint index,
            GError **error)
{
  const PhChunkEntry *entry = &g_array_index (store->chunks, PhChunkEntry, index);
  const gint64 numbers[] = { index, entry->first, entry->n,
                             entry->begin, entry->end, (gint64) entry->size };
  g_autoptr (GBytes) bytes =
    read_packed (store->read_chunk, index, numbers, G_N_ELEMENTS (numbers), entry->checksum, NULL,
                 error);

  if (bytes == NULL)
    return NULL;

  return ph_chunk_new (bytes, entry->n, store->start_time, store->span, error);
}

static void
tell_damaged_chunk (PhStore *store,
                    PhChunkEntry *entry,
                    const GError *error)
{
  g_autofree char *text =
    g_strdup_printf ("Events %u to %u cannot be read (%s)", entry->first,
                     entry->first + entry->n - 1, error->message);

  entry->is_damaged = TRUE;

  if (store->damage != NULL)
    store->damage (entry->begin, text, store->damage_data);
}

/* NULL when it is damaged. */
static PhChunk *
find_chunk (PhStore *store,
            guint index)
{
  PhChunkEntry *entry = &g_array_index (store->chunks, PhChunkEntry, index);
  PhChunk *chunk = find_kept (store->kept_chunks, index);
  g_autoptr (GError) error = NULL;

  if (chunk != NULL || entry->is_damaged)
    return chunk;

  chunk = load_chunk (store, index, &error);

  if (chunk == NULL)
    {
      tell_damaged_chunk (store, entry, error);
      return NULL;
    }

  keep (store->kept_chunks, index, chunk);
  drop_kept (store->kept_chunks,
             count_fitting (store->kept_chunks, KEPT_CHUNKS, KEPT_CHUNK_BYTES, weigh_chunk),
             (GDestroyNotify) ph_chunk_free);

  return chunk;
}

/* --- events ---------------------------------------------------------------- */

/* The last run whose first event is not after @index. */
static guint
find_run (PhStore *store,
          guint index)
{
  guint low = 0;
  guint high = store->chunks->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (store->chunks, PhChunkEntry, middle).first <= index)
        low = middle + 1;
      else
        high = middle;
    }

  return low - 1;
}

const PhEvent *
ph_store_get_event (PhStore *store,
                    guint index)
{
  guint run = find_run (store, index);
  const PhChunkEntry *entry = &g_array_index (store->chunks, PhChunkEntry, run);
  PhChunk *chunk = find_chunk (store, run);
  const PhEvent *event;

  if (chunk != NULL)
    {
      event = ph_chunk_get_event (chunk, index - entry->first);

      /* A window that is not there would be looked for in lists. */
      if (event->window < store->n_windows)
        return event;
    }

  store->lost = (PhEvent) {
    .timestamp = (gint64) ((guint64) store->start_time + (guint64) entry->begin),
    .time = entry->begin,
    .order = G_MAXUINT64,
    .type = -1,
    .source = PH_SOURCE_NONE,
    .text = "{}",
    .size = 2,
  };

  return &store->lost;
}

gboolean
ph_store_is_lost (const PhEvent *event)
{
  return event->type == -1 && event->order == G_MAXUINT64;
}

guint
ph_store_events_until (PhStore *store,
                       PhTime time)
{
  guint n_runs = 0;
  guint high = store->chunks->len;
  const PhChunkEntry *entry;

  /* Runs that begin in time, and of the last of them the events. */
  while (n_runs < high)
    {
      guint middle = n_runs + (high - n_runs) / 2;

      if (g_array_index (store->chunks, PhChunkEntry, middle).begin <= time)
        n_runs = middle + 1;
      else
        high = middle;
    }

  if (n_runs == 0)
    return 0;

  entry = &g_array_index (store->chunks, PhChunkEntry, n_runs - 1);

  if (entry->end > time)
    {
      guint low = entry->first;
      guint end = entry->first + entry->n;

      while (low < end)
        {
          guint middle = low + (end - low) / 2;

          if (ph_store_get_event (store, middle)->time <= time)
            low = middle + 1;
          else
            end = middle;
        }

      return low;
    }

  return entry->first + entry->n;
}

/* --- keyframes ------------------------------------------------------------- */

const PhFrame *
ph_store_get_frames (PhStore *store,
                     guint *n)
{
  *n = store->frames->len;

  return (const PhFrame *) (gpointer) store->frames->data;
}

/* @prefix: the page it leans on, or NULL. */
static GBytes *
load_frame (PhStore *store,
            guint index,
            GBytes *prefix,
            GError **error)
{
  const PhFrame *frame = &g_array_index (store->frames, PhFrame, index);
  const PhFrameEntry *entry = &g_array_index (store->entries, PhFrameEntry, index);
  gint64 against = entry->against < 0
                     ? -1
                     : g_array_index (store->entries, PhFrameEntry, entry->against).number;
  const gint64 numbers[] = { entry->number, frame->window, frame->snapshot,
                             frame->next, frame->time, against,
                             (gint64) entry->size };

  return read_packed (store->read_frame, entry->number, numbers, G_N_ELEMENTS (numbers),
                      entry->checksum, prefix, error);
}

gboolean
ph_store_is_frame_damaged (PhStore *store,
                           guint index)
{
  return g_array_index (store->entries, PhFrameEntry, index).is_damaged;
}

void
ph_store_set_frame_damaged (PhStore *store,
                            guint index,
                            const char *why)
{
  const PhFrame *frame = &g_array_index (store->frames, PhFrame, index);
  g_autofree char *text =
    g_strdup_printf ("The stored page before event %u cannot be read (%s)", frame->next, why);

  g_array_index (store->entries, PhFrameEntry, index).is_damaged = TRUE;

  if (store->damage != NULL)
    store->damage (frame->time, text, store->damage_data);
}

GBytes *
ph_store_read_frame (PhStore *store,
                     guint index)
{
  guint steps[PH_FRAMES_DEPTH + 1];
  guint n = 0;
  g_autoptr (GBytes) page = NULL;

  g_return_val_if_fail (index < store->frames->len, NULL);

  /* Down to one that is kept or stands alone … */
  for (int i = (int) index; i >= 0 && page == NULL;
       i = g_array_index (store->entries, PhFrameEntry, i).against)
    {
      GBytes *kept = find_kept (store->kept_pages, (guint) i);

      if (kept != NULL)
        page = g_bytes_ref (kept);
      else if (n == G_N_ELEMENTS (steps) || ph_store_is_frame_damaged (store, (guint) i))
        {
          g_array_index (store->entries, PhFrameEntry, index).is_damaged = TRUE;
          return NULL;
        }
      else
        steps[n++] = (guint) i;
    }

  /* … and up again. */
  while (n > 0)
    {
      guint i = steps[--n];
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) prefix = g_steal_pointer (&page);

      page = load_frame (store, i, prefix, &error);

      if (page == NULL)
        {
          ph_store_set_frame_damaged (store, i, error->message);
          g_array_index (store->entries, PhFrameEntry, index).is_damaged = TRUE;
          return NULL;
        }

      keep (store->kept_pages, i, g_bytes_ref (page));
    }

  drop_kept (store->kept_pages,
             count_fitting (store->kept_pages, KEPT_PAGES, KEPT_PAGE_BYTES, weigh_page),
             (GDestroyNotify) g_bytes_unref);

  return g_steal_pointer (&page);
}

/* --- checks ---------------------------------------------------------------- */

static gboolean
check_digest (PhStore *store,
              PhDigest digest,
              const char *what,
              GError **error)
{
  g_autofree char *wanted = ph_store_dup_text (store, ph_schema_digest_key (digest));
  g_autofree char *found = ph_schema_digest (store->db, digest, error);

  if (found == NULL)
    return FALSE;

  return g_strcmp0 (wanted, found) == 0 || ph_store_set_damaged (error, what);
}

gboolean
ph_store_check_lists (PhStore *store,
                      GError **error)
{
  return check_digest (store, PH_DIGEST_LISTS, "list of contents", error);
}

gboolean
ph_store_check_file (PhStore *store,
                     GError **error)
{
  g_autoptr (PhStatement) statement =
    ph_db_prepare (store->db, "PRAGMA integrity_check (1)", error);
  gboolean row;

  if (statement == NULL || !ph_statement_step (statement, &row, error))
    return FALSE;

  if (!row || !g_str_equal (ph_statement_text (statement, 0), "ok"))
    {
      g_set_error (error, PH_ERROR, PH_ERROR_CORRUPT, "The file is damaged: %s",
                   row ? ph_statement_text (statement, 0) : "it cannot be checked");
      return FALSE;
    }

  return check_digest (store, PH_DIGEST_SEARCH, "search index", error);
}
