/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What of a recording file is known without unpacking anything. */

#include "ph-chunk.h"
#include "ph-hash.h"
#include "ph-limits.h"
#include "ph-store-private.h"

#define CHUNK_INDEX                                                                \
  "SELECT number, first_event, events, begin, \"end\", size, checksum FROM chunk " \
  "WHERE number >= %u AND first_event < %u ORDER BY number"
#define FRAME_INDEX                                                                           \
  "SELECT number, window, snapshot, next_event, time, against, size, checksum FROM keyframe " \
  "WHERE number >= %u AND next_event <= %u ORDER BY number"

/* A frame while they are sorted. */
typedef struct
{
  PhFrame frame;
  PhFrameEntry entry;
} FrameRow;

static void
take_chunk_entry (PhStore *store,
                  PhStatement *row,
                  gboolean *is_bad,
                  gpointer user_data)
{
  PhChunkEntry entry = { 0 };
  PhTime earliest = store->span.begin;

  if (store->chunks->len > 0)
    earliest = g_array_index (store->chunks, PhChunkEntry, store->chunks->len - 1).end;

  /* Runs follow each other without a gap. */
  ph_store_take_int (row, 0, store->chunks->len, store->chunks->len, is_bad);
  entry.first = (guint) ph_store_take_int (row, 1, store->n_events, store->n_events, is_bad);
  entry.n = (guint) ph_store_take_int (row, 2, 1, PH_CHUNK_EVENTS, is_bad);
  entry.begin = ph_store_take_int (row, 3, earliest, store->span.end, is_bad);
  entry.end = ph_store_take_int (row, 4, entry.begin, store->span.end, is_bad);
  entry.size = (gsize) ph_store_take_int (row, 5, 1, 2 * PH_LIMIT_EVENT_BYTES, is_bad);
  entry.checksum = (guint32) ph_store_take_int (row, 6, 0, G_MAXUINT32, is_bad);

  if (store->n_events > G_MAXUINT / 2 - entry.n)
    *is_bad = TRUE;

  store->n_events += entry.n;
  g_array_append_val (store->chunks, entry);
}

static void
take_frame_entry (PhStore *store,
                  PhStatement *row,
                  gboolean *is_bad,
                  gpointer user_data)
{
  GArray *rows = user_data;
  FrameRow frame = { .entry.leans_on = -1 };

  frame.entry.number = ph_store_take_int (row, 0, 0, G_MAXINT32, is_bad);
  frame.frame.window = ph_store_take_window (store, row, 1, is_bad);
  frame.frame.snapshot = ph_store_take_event (store, row, 2, is_bad);
  frame.frame.next =
    (guint) ph_store_take_int (row, 3, frame.frame.snapshot, store->n_events, is_bad);
  frame.frame.time = ph_store_take_time (store, row, 4, is_bad);
  frame.entry.size = (gsize) ph_store_take_int (row, 6, 1, PH_LIMIT_STORE_PAGE, is_bad);
  frame.entry.checksum = (guint32) ph_store_take_int (row, 7, 0, G_MAXUINT32, is_bad);

  if (!ph_store_is_null (row, 5))
    frame.entry.leans_on = ph_store_take_int (row, 5, 0, frame.entry.number - 1, is_bad);

  g_array_append_val (rows, frame);
}

static int
compare_frames (gconstpointer a,
                gconstpointer b)
{
  const PhFrame *x = &((const FrameRow *) a)->frame;
  const PhFrame *y = &((const FrameRow *) b)->frame;

  if (x->window != y->window)
    return x->window < y->window ? -1 : 1;

  return (x->next > y->next) - (x->next < y->next);
}

/* Sorted as they are looked for, and leaning on each other by index. */
static void
sort_frames (PhStore *store,
             GArray *rows)
{
  g_autoptr (GHashTable) indexes = g_hash_table_new (ph_hash_int, NULL);

  g_array_sort (rows, compare_frames);
  g_array_set_size (store->frames, 0);
  g_array_set_size (store->entries, 0);

  for (guint i = 0; i < rows->len; i++)
    g_hash_table_insert (
      indexes, GINT_TO_POINTER ((int) g_array_index (rows, FrameRow, i).entry.number),
      GUINT_TO_POINTER (i));

  for (guint i = 0; i < rows->len; i++)
    {
      FrameRow *row = &g_array_index (rows, FrameRow, i);
      gpointer index;

      row->entry.against = -1;

      if (row->entry.leans_on >= 0 &&
          g_hash_table_lookup_extended (indexes, GINT_TO_POINTER ((int) row->entry.leans_on), NULL,
                                        &index))
        row->entry.against = (int) GPOINTER_TO_UINT (index);
      else if (row->entry.leans_on >= 0)
        row->entry.is_damaged = TRUE;

      g_array_append_val (store->frames, row->frame);
      g_array_append_val (store->entries, row->entry);
    }
}

gboolean
ph_store_read_index (PhStore *store,
                     guint n_events,
                     GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (FrameRow));
  guint limit = store->is_growing ? n_events : G_MAXINT32;
  g_autofree char *chunks = g_strdup_printf (CHUNK_INDEX, store->chunks->len, limit);
  g_autofree char *frames = g_strdup_printf (FRAME_INDEX, store->frames->len, limit);

  if (!ph_store_each_row (store, chunks, "index of events", take_chunk_entry, NULL, error))
    return FALSE;

  if (store->n_events == 0 || store->n_events != n_events)
    return ph_store_set_damaged (error, "index of events");

  for (guint i = 0; i < store->frames->len; i++)
    {
      FrameRow row = { g_array_index (store->frames, PhFrame, i),
                       g_array_index (store->entries, PhFrameEntry, i) };

      g_array_append_val (rows, row);
    }

  if (!ph_store_each_row (store, frames, "index of pages", take_frame_entry, rows, error))
    return FALSE;

  if (rows->len > store->frames->len)
    sort_frames (store, rows);

  return TRUE;
}
