/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-store-writer.h"

#include "ph-chunk.h"
#include "ph-db.h"
#include "ph-error.h"
#include "ph-identity.h"
#include "ph-schema.h"
#include "ph-squeeze.h"

#include <gio/gio.h>

/* A transaction is closed after so many bytes of rows. */
#define TRANSACTION_BYTES ((gsize) 4 * 1024 * 1024)
/* Keyframes lean on each other, so a fast level does. */
#define FRAME_LEVEL 6

/*
 * Small pages, of PH_SCHEMA_PAGE_SIZE. A file that was not finished is thrown
 * away, so nothing is done to have half of it on disk; it is written when a
 * transaction ends and not before, so that readers are kept out for moments only.
 */
#define PREPARE                                                                       \
  "PRAGMA page_size = 1024; PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; " \
  "PRAGMA cache_spill = OFF; BEGIN IMMEDIATE"
#define BUILD_SEARCH "INSERT INTO moment_text (moment_text) VALUES ('rebuild')"

enum
{
  ADD_META,
  ADD_WINDOW,
  ADD_CHUNK,
  ADD_FRAME,
  ADD_SNAPSHOT,
  ADD_FOCUS,
  ADD_PAGE,
  ADD_MOMENT,
  ADD_ASSET,
  ADD_IDLE,
  ADD_ACTIVITY,
  ADD_FINDING,
  ADD_POINTER,
  N_STATEMENTS,
};

static const char *const statements[N_STATEMENTS] = {
  [ADD_META] = "INSERT INTO meta VALUES (?, ?)",
  [ADD_WINDOW] = "INSERT INTO window VALUES (?, ?, ?, ?)",
  [ADD_CHUNK] = "INSERT INTO chunk VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
  [ADD_FRAME] = "INSERT INTO keyframe VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
  [ADD_SNAPSHOT] = "INSERT INTO snapshot VALUES (?, ?, ?, ?)",
  [ADD_FOCUS] = "INSERT INTO focus VALUES (NULL, ?, ?)",
  [ADD_PAGE] = "INSERT INTO page VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)",
  [ADD_MOMENT] = "INSERT INTO moment VALUES (NULL, ?, ?, ?, ?, ?, ?)",
  [ADD_ASSET] = "INSERT INTO asset VALUES (NULL, ?, ?, ?, ?)",
  [ADD_IDLE] = "INSERT INTO idle VALUES (?, ?)",
  [ADD_ACTIVITY] = "INSERT INTO activity VALUES (?, ?)",
  [ADD_FINDING] = "INSERT INTO finding VALUES (NULL, ?, ?, ?, ?)",
  [ADD_POINTER] = "INSERT INTO pointer VALUES (?, ?, ?, ?)",
};

/* The keyframes of one window that later ones may lean on. */
typedef struct
{
  guint n; /* written so far */
  struct
  {
    guint place; /* among the window's, PH_FRAMES_RUN × k + … */
    gint64 number;
    GBytes *packed;
  } kept[PH_FRAMES_DEPTH + 1]; /* by their place's lowest bit; the last one stands alone */
} Chain;

/* A run of events that another thread packs while more are collected. */
typedef struct
{
  GThread *thread; /* NULL: there is none */
  PhSqueezer *squeezer;
  GBytes *bytes;
  PhIdentity *identity; /* of the runs so far, or NULL */
  gint64 numbers[6];    /* its row up to the checksum */
} Packing;

struct _PhStoreWriter
{
  PhDb *db;
  PhStatement *statements[N_STATEMENTS];
  gboolean failed;
  gboolean in_transaction;
  gsize pending; /* bytes in the open transaction */

  PhChunkWriter *chunk;
  PhTime chunk_begin, chunk_end;
  guint n_chunks;
  guint n_events; /* in chunks taken */
  Packing packing;
  guint n_windows;
  gint64 n_frames;
  PhSqueezer *squeezer; /* for all but events */
  GHashTable *chains;   /* window → Chain */
};

static void
free_chain (gpointer data)
{
  Chain *chain = data;

  for (guint i = 0; i < G_N_ELEMENTS (chain->kept); i++)
    g_clear_pointer (&chain->kept[i].packed, g_bytes_unref);

  g_free (chain);
}

/* --- opening --------------------------------------------------------------- */

static gboolean
prepare_file (PhStoreWriter *writer,
              GError **error)
{
  gint64 n_objects;

  if (!ph_db_get_int (writer->db, "SELECT count (*) FROM sqlite_schema", &n_objects, error))
    return FALSE;

  if (n_objects > 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "There is a recording already");
      return FALSE;
    }

  return ph_db_run (writer->db, PREPARE, error) &&
         ph_schema_create (writer->db, error) && ph_db_run (writer->db, "COMMIT", error);
}

PhStoreWriter *
ph_store_writer_new (const char *path,
                     GError **error)
{
  g_autoptr (PhStoreWriter) writer = g_new0 (PhStoreWriter, 1);

  writer->chunk = ph_chunk_writer_new ();
  writer->packing.squeezer = ph_squeezer_new (PH_CHUNK_LEVEL);
  writer->squeezer = ph_squeezer_new (FRAME_LEVEL);
  writer->chains = g_hash_table_new_full (NULL, NULL, NULL, free_chain);
  writer->db = ph_db_open (path, PH_DB_WRITE, error);

  if (writer->db == NULL || !prepare_file (writer, error))
    return NULL;

  for (guint i = 0; i < N_STATEMENTS; i++)
    {
      writer->statements[i] = ph_db_prepare (writer->db, statements[i], error);

      if (writer->statements[i] == NULL)
        return NULL;
    }

  return g_steal_pointer (&writer);
}

void
ph_store_writer_identify (PhStoreWriter *writer)
{
  g_return_if_fail (ph_store_writer_n_events (writer) == 0);

  if (writer->packing.identity == NULL)
    writer->packing.identity = ph_identity_new ();
}

/* What was packed, or NULL when nothing was. */
static GBytes *
join_packing (PhStoreWriter *writer)
{
  GBytes *squeezed = NULL;

  if (writer->packing.thread != NULL)
    squeezed = g_thread_join (g_steal_pointer (&writer->packing.thread));

  g_clear_pointer (&writer->packing.bytes, g_bytes_unref);

  return squeezed;
}

void
ph_store_writer_free (PhStoreWriter *writer)
{
  if (writer == NULL)
    return;

  g_bytes_unref (join_packing (writer));

  for (guint i = 0; i < N_STATEMENTS; i++)
    ph_statement_free (writer->statements[i]);

  /* An open transaction is rolled back. */
  ph_db_free (writer->db);
  ph_chunk_writer_free (writer->chunk);
  ph_squeezer_free (writer->packing.squeezer);
  ph_identity_free (writer->packing.identity);
  ph_squeezer_free (writer->squeezer);
  g_hash_table_unref (writer->chains);
  g_free (writer);
}

/* --- rows ------------------------------------------------------------------ */

/* After an error nothing more is written: the file stays unfinished. */
static gboolean
note_result (PhStoreWriter *writer,
             gboolean done)
{
  if (!done)
    writer->failed = TRUE;

  return done;
}

static gboolean
begin (PhStoreWriter *writer,
       GError **error)
{
  if (writer->failed)
    {
      g_set_error_literal (error, PH_ERROR, PH_ERROR_STORE, "Writing the recording failed before");
      return FALSE;
    }

  if (writer->in_transaction)
    return TRUE;

  writer->in_transaction = TRUE;

  return note_result (writer, ph_db_run (writer->db, "BEGIN IMMEDIATE", error));
}

static gboolean
commit (PhStoreWriter *writer,
        GError **error)
{
  writer->pending = 0;
  writer->in_transaction = FALSE;

  return note_result (writer, ph_db_run (writer->db, "COMMIT", error));
}

/* NULL, with an error set, when writing failed before. */
static PhStatement *
begin_row (PhStoreWriter *writer,
           guint statement,
           GError **error)
{
  return begin (writer, error) ? writer->statements[statement] : NULL;
}

static gboolean
end_row (PhStoreWriter *writer,
         PhStatement *statement,
         gsize size,
         GError **error)
{
  if (!note_result (writer, ph_statement_run (statement, error)))
    return FALSE;

  writer->pending += size;

  return writer->pending < TRANSACTION_BYTES || commit (writer, error);
}

static void
bind_time (PhStatement *row,
           guint index,
           PhTime time)
{
  if (time != PH_TIME_NONE)
    ph_statement_bind_int (row, index, time);
  else
    ph_statement_bind_null (row, index);
}

static void
bind_event (PhStatement *row,
            guint index,
            guint event)
{
  if (event != G_MAXUINT)
    ph_statement_bind_int (row, index, event);
  else
    ph_statement_bind_null (row, index);
}

/* Binds @n numbers from parameter 0 on, then size, checksum and data. */
static void
bind_packed (PhStatement *row,
             const gint64 *numbers,
             guint n,
             GBytes *squeezed)
{
  ph_statement_bind_int (row, n,
                         ph_checksum (numbers, n, g_bytes_get_data (squeezed, NULL),
                                      g_bytes_get_size (squeezed)));
  ph_statement_bind_blob (row, n + 1, squeezed);

  for (guint i = 0; i < n; i++)
    ph_statement_bind_int (row, i, numbers[i]);
}

/* --- events ---------------------------------------------------------------- */

/* Runs are packed one after the other, so this is in order. */
static void
identify (Packing *packing)
{
  guint n = (guint) packing->numbers[2];
  g_autoptr (PhChunk) chunk = ph_chunk_new (packing->bytes, n, 0, (PhSpan) { 0, 0 }, NULL);

  for (guint i = 0; i < n; i++)
    ph_identity_add (packing->identity, ph_chunk_get_event (chunk, i));
}

static gpointer
pack_in_thread (gpointer data)
{
  Packing *packing = data;
  g_autoptr (PhParts) parts = ph_chunk_pack (packing->bytes, (guint) packing->numbers[2]);

  if (packing->identity != NULL)
    identify (packing);

  packing->numbers[5] = parts->bytes->len;

  return ph_squeeze_parts (packing->squeezer, parts);
}

/* Writes the run that was packed meanwhile. */
static gboolean
end_packing (PhStoreWriter *writer,
             GError **error)
{
  g_autoptr (GBytes) squeezed = join_packing (writer);
  PhStatement *row;

  if (squeezed == NULL)
    return TRUE;

  row = begin_row (writer, ADD_CHUNK, error);

  if (row == NULL)
    return FALSE;

  bind_packed (row, writer->packing.numbers, G_N_ELEMENTS (writer->packing.numbers), squeezed);

  return end_row (writer, row, g_bytes_get_size (squeezed), error);
}

/* Packing takes about as long as applying the same events: one run at a time is ahead. */
static gboolean
write_chunk (PhStoreWriter *writer,
             GError **error)
{
  guint n = ph_chunk_writer_n_events (writer->chunk);
  gint64 *numbers = writer->packing.numbers;

  if (!end_packing (writer, error))
    return FALSE;

  writer->packing.bytes = ph_chunk_writer_take (writer->chunk);
  numbers[0] = writer->n_chunks++;
  numbers[1] = writer->n_events;
  numbers[2] = n;
  numbers[3] = writer->chunk_begin;
  numbers[4] = writer->chunk_end;
  writer->n_events += n;
  writer->packing.thread = g_thread_new ("ph-pack", pack_in_thread, &writer->packing);

  return TRUE;
}

gboolean
ph_store_writer_add_event (PhStoreWriter *writer,
                           const PhEvent *event,
                           GError **error)
{
  if (!begin (writer, error))
    return FALSE;

  if (ph_chunk_writer_is_full (writer->chunk, event->size) && !write_chunk (writer, error))
    return FALSE;

  if (ph_chunk_writer_n_events (writer->chunk) == 0)
    writer->chunk_begin = event->time;

  writer->chunk_end = event->time;
  ph_chunk_writer_add (writer->chunk, event);

  return TRUE;
}

gboolean
ph_store_writer_is_even (PhStoreWriter *writer,
                         const PhEvent *event)
{
  return ph_chunk_writer_is_full (writer->chunk, event->size);
}

gboolean
ph_store_writer_flush (PhStoreWriter *writer,
                       GError **error)
{
  if (ph_chunk_writer_n_events (writer->chunk) > 0 && !write_chunk (writer, error))
    return FALSE;

  if (!end_packing (writer, error))
    return FALSE;

  return !writer->in_transaction || commit (writer, error);
}

guint
ph_store_writer_n_events (PhStoreWriter *writer)
{
  return writer->n_events + ph_chunk_writer_n_events (writer->chunk);
}

/* --- keyframes ------------------------------------------------------------- */

static Chain *
find_chain (PhStoreWriter *writer,
            guint32 window)
{
  Chain *chain = g_hash_table_lookup (writer->chains, GUINT_TO_POINTER (window));

  if (chain == NULL)
    {
      chain = g_new0 (Chain, 1);
      g_hash_table_insert (writer->chains, GUINT_TO_POINTER (window), chain);
    }

  return chain;
}

/* Where in a chain the page at @place is kept while others may need it. */
static guint
find_slot (guint place)
{
  guint bit = 0;

  place %= PH_FRAMES_RUN;

  while (bit < PH_FRAMES_DEPTH && (place >> bit & 1) == 0)
    bit++;

  return bit;
}

gboolean
ph_store_writer_add_frame (PhStoreWriter *writer,
                           const PhFrame *frame,
                           GBytes *packed,
                           GError **error)
{
  Chain *chain = find_chain (writer, frame->window);
  PhStatement *row = begin_row (writer, ADD_FRAME, error);
  int parent = ph_frames_parent (chain->n);
  guint slot = find_slot (chain->n);
  GBytes *prefix = NULL;
  gint64 against = -1;
  g_autoptr (GBytes) squeezed = NULL;

  if (row == NULL)
    return FALSE;

  if (parent >= 0)
    {
      guint at = find_slot ((guint) parent);

      g_assert (chain->kept[at].packed != NULL && chain->kept[at].place == (guint) parent);
      prefix = chain->kept[at].packed;
      against = chain->kept[at].number;
    }

  squeezed = ph_squeeze (writer->squeezer, g_bytes_get_data (packed, NULL),
                         g_bytes_get_size (packed), prefix);

  {
    const gint64 numbers[] = { writer->n_frames, frame->window, frame->snapshot,
                               frame->next, frame->time, against,
                               (gint64) g_bytes_get_size (packed) };

    bind_packed (row, numbers, G_N_ELEMENTS (numbers), squeezed);
  }

  if (against < 0)
    ph_statement_bind_null (row, 5);

  g_clear_pointer (&chain->kept[slot].packed, g_bytes_unref);
  chain->kept[slot].packed = g_bytes_ref (packed);
  chain->kept[slot].number = writer->n_frames++;
  chain->kept[slot].place = chain->n++;

  return end_row (writer, row, g_bytes_get_size (squeezed), error);
}

/* --- lists ----------------------------------------------------------------- */

gboolean
ph_store_writer_add_window (PhStoreWriter *writer,
                            const PhStoreWindow *window,
                            GError **error)
{
  PhStatement *row = begin_row (writer, ADD_WINDOW, error);

  if (row == NULL)
    return FALSE;

  ph_statement_bind_int (row, 0, writer->n_windows++);
  ph_statement_bind_text (row, 1, window->name);
  bind_time (row, 2, window->first_picture);
  ph_statement_bind_int (row, 3, window->n_events);

  return end_row (writer, row, 0, error);
}

gboolean
ph_store_writer_add_snapshot (PhStoreWriter *writer,
                              const PhStoreSnapshot *snapshot,
                              GError **error)
{
  PhStatement *row = begin_row (writer, ADD_SNAPSHOT, error);

  if (row == NULL)
    return FALSE;

  ph_statement_bind_int (row, 0, snapshot->event);
  ph_statement_bind_int (row, 1, snapshot->window);
  bind_event (row, 2, snapshot->meta);
  bind_event (row, 3, snapshot->resize);

  return end_row (writer, row, 0, error);
}

gboolean
ph_store_writer_add_focus (PhStoreWriter *writer,
                           const PhStoreFocus *focus,
                           GError **error)
{
  PhStatement *row = begin_row (writer, ADD_FOCUS, error);

  if (row == NULL)
    return FALSE;

  ph_statement_bind_int (row, 0, focus->time);
  ph_statement_bind_int (row, 1, focus->window);

  return end_row (writer, row, 0, error);
}

gboolean
ph_store_writer_add_page (PhStoreWriter *writer,
                          const PhStorePage *page,
                          GError **error)
{
  PhStatement *row = begin_row (writer, ADD_PAGE, error);

  if (row == NULL)
    return FALSE;

  ph_statement_bind_int (row, 0, page->window);
  ph_statement_bind_int (row, 1, page->span.begin);
  ph_statement_bind_int (row, 2, page->span.end);
  ph_statement_bind_text (row, 3, page->url);
  ph_statement_bind_text (row, 4, page->title);
  ph_statement_bind_int (row, 5, page->width);
  ph_statement_bind_int (row, 6, page->height);

  return end_row (writer, row, 0, error);
}

gboolean
ph_store_writer_add_moment (PhStoreWriter *writer,
                            const PhStoreMoment *moment,
                            GError **error)
{
  PhStatement *row = begin_row (writer, ADD_MOMENT, error);

  if (row == NULL)
    return FALSE;

  ph_statement_bind_int (row, 0, moment->time);
  ph_statement_bind_int (row, 1, moment->window);
  ph_statement_bind_text (row, 2, moment->kind);
  ph_statement_bind_int (row, 3, moment->severity);

  if (moment->node != 0)
    ph_statement_bind_int (row, 4, moment->node);
  else
    ph_statement_bind_null (row, 4);

  ph_statement_bind_text (row, 5, moment->text);

  return end_row (writer, row, 0, error);
}

gboolean
ph_store_writer_add_asset (PhStoreWriter *writer,
                           const PhStoreAsset *asset,
                           GError **error)
{
  PhStatement *row = begin_row (writer, ADD_ASSET, error);

  if (row == NULL)
    return FALSE;

  ph_statement_bind_text (row, 0, asset->url);
  ph_statement_bind_text (row, 1, asset->kind);
  ph_statement_bind_int (row, 2, asset->time);
  ph_statement_bind_int (row, 3, asset->window);

  return end_row (writer, row, 0, error);
}

gboolean
ph_store_writer_add_idle (PhStoreWriter *writer,
                          const PhSpan *span,
                          GError **error)
{
  PhStatement *row = begin_row (writer, ADD_IDLE, error);

  if (row == NULL)
    return FALSE;

  ph_statement_bind_int (row, 0, span->begin);
  ph_statement_bind_int (row, 1, span->end);

  return end_row (writer, row, 0, error);
}

gboolean
ph_store_writer_add_activity (PhStoreWriter *writer,
                              const PhStoreActivity *activity,
                              GError **error)
{
  PhStatement *row = begin_row (writer, ADD_ACTIVITY, error);

  if (row == NULL)
    return FALSE;

  ph_statement_bind_int (row, 0, activity->step);
  ph_statement_bind_int (row, 1, activity->n_events);

  return end_row (writer, row, 0, error);
}

static gboolean
add_finding (PhStoreWriter *writer,
             const char *kind,
             const PhFinding *finding,
             guint64 n,
             GError **error)
{
  PhStatement *row = begin_row (writer, ADD_FINDING, error);

  if (row == NULL)
    return FALSE;

  ph_statement_bind_text (row, 0, kind);
  bind_time (row, 1, finding->time);
  ph_statement_bind_text (row, 2, finding->text);
  ph_statement_bind_int (row, 3, (gint64) n);

  return end_row (writer, row, 0, error);
}

gboolean
ph_store_writer_add_health (PhStoreWriter *writer,
                            const PhHealth *health,
                            GError **error)
{
  static const PhFinding untold = { PH_TIME_NONE, NULL };

  for (guint kind = 0; kind < PH_HEALTH_N_KINDS; kind++)
    {
      guint n;
      const PhFinding *examples = ph_health_examples (health, kind, &n);
      guint64 rest = ph_health_count (health, kind) - n;
      const char *name = ph_health_kind_name (kind);

      for (guint i = 0; i < n; i++)
        {
          if (!add_finding (writer, name, &examples[i], 1, error))
            return FALSE;
        }

      if (rest > 0 && !add_finding (writer, name, &untold, rest, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
ph_store_writer_add_pointer (PhStoreWriter *writer,
                             guint32 window,
                             GBytes *packed,
                             GError **error)
{
  PhStatement *row = begin_row (writer, ADD_POINTER, error);
  g_autoptr (GBytes) squeezed = NULL;

  if (row == NULL)
    return FALSE;

  squeezed = ph_squeeze (writer->squeezer, g_bytes_get_data (packed, NULL),
                         g_bytes_get_size (packed), NULL);

  {
    const gint64 numbers[] = { window, (gint64) g_bytes_get_size (packed) };

    bind_packed (row, numbers, G_N_ELEMENTS (numbers), squeezed);
  }

  return end_row (writer, row, g_bytes_get_size (squeezed), error);
}

gboolean
ph_store_writer_set_text (PhStoreWriter *writer,
                          const char *key,
                          const char *text,
                          GError **error)
{
  PhStatement *row = begin_row (writer, ADD_META, error);

  if (row == NULL)
    return FALSE;

  if (text == NULL)
    return TRUE;

  ph_statement_bind_text (row, 0, key);
  ph_statement_bind_text (row, 1, text);

  return end_row (writer, row, 0, error);
}

gboolean
ph_store_writer_set_number (PhStoreWriter *writer,
                            const char *key,
                            gint64 number,
                            GError **error)
{
  PhStatement *row = begin_row (writer, ADD_META, error);

  if (row == NULL)
    return FALSE;

  ph_statement_bind_text (row, 0, key);
  ph_statement_bind_int (row, 1, number);

  return end_row (writer, row, 0, error);
}

/* --- finishing ------------------------------------------------------------- */

static gboolean
write_identity (PhStoreWriter *writer,
                GError **error)
{
  g_autofree char *text = NULL;

  if (writer->packing.identity == NULL)
    return TRUE;

  text = ph_identity_finish (writer->packing.identity);

  return ph_store_writer_set_text (writer, PH_STORE_IDENTITY, text, error);
}

static gboolean
write_digest (PhStoreWriter *writer,
              PhDigest digest,
              GError **error)
{
  g_autofree char *text = ph_schema_digest (writer->db, digest, error);

  return note_result (writer, text != NULL) &&
         ph_store_writer_set_text (writer, ph_schema_digest_key (digest), text, error);
}

gboolean
ph_store_writer_finish (PhStoreWriter *writer,
                        GError **error)
{
  if (!ph_store_writer_flush (writer, error) || !begin (writer, error))
    return FALSE;

  if (!note_result (writer, ph_db_run (writer->db, BUILD_SEARCH, error)) ||
      !ph_store_writer_set_number (writer, "events", writer->n_events, error) ||
      !write_identity (writer, error) ||
      !commit (writer, error))
    return FALSE;

  /* What came before is in the file now: this is what says so. */
  return write_digest (writer, PH_DIGEST_SEARCH, error) &&
         ph_store_writer_set_number (writer, "complete", 1, error) &&
         write_digest (writer, PH_DIGEST_LISTS, error) && commit (writer, error);
}
