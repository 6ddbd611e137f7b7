/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-record.h"

#include "ph-dom-pack.h"
#include "ph-session-private.h"
#include "ph-store-writer.h"

/* The page of one window while events go by. */
typedef struct
{
  guint n_snapshots; /* come past */
  gsize work;        /* bytes of event text to get here from the last place to start from */
  gsize page_size;   /* of the page packed last */
} Track;

struct _PhRecord
{
  PhStoreWriter *writer;
  GArray *tracks; /* Track of each window */
};

void
ph_origin_clear (PhOrigin *origin)
{
  g_free (origin->name);
  g_free (origin->format);
  g_free (origin->packing);
  g_free (origin->recorder);
  g_free (origin->sha256);
  g_free (origin->facts);
}

gboolean
ph_origin_read (PhOrigin *origin,
                PhSession *session,
                GError **error)
{
  PhStore *store = session->store;

  origin->bytes = -1;

  return ph_store_read_number (store, "archive_bytes", &origin->bytes, error) &&
         ph_store_read_text (store, "origin", &origin->name, error) &&
         ph_store_read_text (store, "archive_format", &origin->format, error) &&
         ph_store_read_text (store, "archive_packing", &origin->packing, error) &&
         ph_store_read_text (store, "recorder", &origin->recorder, error) &&
         ph_store_read_text (store, "facts", &origin->facts, error) &&
         ph_store_read_text (store, "archive_sha256", &origin->sha256, error);
}

PhRecord *
ph_record_new (const char *path,
               GError **error)
{
  g_autoptr (PhRecord) record = g_new0 (PhRecord, 1);

  record->tracks = g_array_new (FALSE, TRUE, sizeof (Track));
  record->writer = ph_store_writer_new (path, error);

  if (record->writer == NULL)
    return NULL;

  ph_store_writer_identify (record->writer);

  return g_steal_pointer (&record);
}

void
ph_record_free (PhRecord *record)
{
  if (record == NULL)
    return;

  ph_store_writer_free (record->writer);
  g_array_unref (record->tracks);
  g_free (record);
}

/* --- events and pages ------------------------------------------------------ */

static gboolean
keep_page (PhRecord *record,
           Track *track,
           const PhEvent *event,
           const PhWalk *walk,
           GError **error)
{
  const GArray *snapshots = ph_walk_get_snapshots (walk, event->window);
  PhFrame frame = { event->window, 0, ph_walk_get_n (walk), event->time };
  g_autoptr (GBytes) packed = NULL;

  if (snapshots->len == 0 || track->work < ph_frames_spacing (track->page_size))
    return TRUE;

  packed = ph_dom_pack (ph_walk_get_dom (walk, event->window));
  track->page_size = g_bytes_get_size (packed);

  /* It has grown: a little later, then. */
  if (track->work < ph_frames_spacing (track->page_size))
    return TRUE;

  track->work = 0;
  frame.snapshot = g_array_index (snapshots, PhSnapshot, snapshots->len - 1).index;

  return ph_store_writer_add_frame (record->writer, &frame, packed, error);
}

gboolean
ph_record_add (PhRecord *record,
               const PhEvent *event,
               const PhWalk *walk,
               GError **error)
{
  const GArray *snapshots = ph_walk_get_snapshots (walk, event->window);
  Track *track;

  if (!ph_store_writer_add_event (record->writer, event, error))
    return FALSE;

  if (record->tracks->len <= event->window)
    g_array_set_size (record->tracks, event->window + 1);

  track = &g_array_index (record->tracks, Track, event->window);
  track->work += event->size;

  /* A full snapshot is a place to start from; what it costs to start there is its own size. */
  if (track->n_snapshots < snapshots->len)
    {
      track->n_snapshots = snapshots->len;
      track->work = event->size;
    }

  return keep_page (record, track, event, walk, error);
}

gboolean
ph_record_is_even (PhRecord *record,
                   const PhEvent *event)
{
  return ph_store_writer_is_even (record->writer, event);
}

gboolean
ph_record_flush (PhRecord *record,
                 GError **error)
{
  return ph_store_writer_flush (record->writer, error);
}

/* --- lists ----------------------------------------------------------------- */

static gboolean
record_window (PhRecord *record,
               const PhSessionWindow *window,
               guint32 number,
               GError **error)
{
  PhStoreWindow row = { window->info.name, window->info.first_picture, window->info.n_events };
  g_autoptr (GBytes) pointer = ph_pointer_track_pack (window->pointer);

  if (!ph_store_writer_add_window (record->writer, &row, error) ||
      !ph_store_writer_add_pointer (record->writer, number, pointer, error))
    return FALSE;

  for (guint i = 0; i < window->snapshots->len; i++)
    {
      const PhSnapshot *snapshot = &g_array_index (window->snapshots, PhSnapshot, i);
      PhStoreSnapshot line = { snapshot->index, number, snapshot->meta, snapshot->resize };

      if (!ph_store_writer_add_snapshot (record->writer, &line, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
record_page (PhRecord *record,
             const PhPage *page,
             GError **error)
{
  PhStorePage row = { page->window, page->span, page->url, page->title, page->width, page->height };

  return ph_store_writer_add_page (record->writer, &row, error);
}

static gboolean
record_moment (PhRecord *record,
               const PhMoment *moment,
               GError **error)
{
  PhStoreMoment row = {
    .time = moment->time,
    .window = moment->window,
    .kind = ph_moment_kind_name (moment->kind),
    .severity = moment->severity,
    .node = moment->node,
    .text = moment->text,
  };

  return ph_store_writer_add_moment (record->writer, &row, error);
}

/* Calls @add for each element of @list. */
#define RECORD_EACH(record, list, Type, add, error)              \
  G_STMT_START                                                   \
  {                                                              \
    for (guint i_ = 0; i_ < (list)->len; i_++)                   \
      if (!add (record, &g_array_index (list, Type, i_), error)) \
        return FALSE;                                            \
  }                                                              \
  G_STMT_END

static gboolean
record_focus (PhRecord *record,
              const PhActiveWindow *active,
              GError **error)
{
  PhStoreFocus row = { active->time, active->window };

  return ph_store_writer_add_focus (record->writer, &row, error);
}

static gboolean
record_idle (PhRecord *record,
             const PhSpan *span,
             GError **error)
{
  return ph_store_writer_add_idle (record->writer, span, error);
}

static gboolean
record_activity (PhRecord *record,
                 const PhActivity *activity,
                 GError **error)
{
  PhStoreActivity row = { activity->step, activity->n_events };

  return ph_store_writer_add_activity (record->writer, &row, error);
}

static gboolean
record_asset (PhRecord *record,
              const PhAsset *asset,
              GError **error)
{
  PhStoreAsset row = { asset->url, ph_asset_kind_name (asset->kind), asset->time, asset->window };

  return ph_store_writer_add_asset (record->writer, &row, error);
}

static gboolean
record_lists (PhRecord *record,
              const PhOutline *outline,
              GError **error)
{
  for (guint i = 0; i < outline->windows->len; i++)
    {
      if (!record_window (record, outline->windows->pdata[i], i, error))
        return FALSE;
    }

  RECORD_EACH (record, outline->active, PhActiveWindow, record_focus, error);
  RECORD_EACH (record, outline->pages, PhPage, record_page, error);
  RECORD_EACH (record, outline->moments, PhMoment, record_moment, error);
  RECORD_EACH (record, outline->assets, PhAsset, record_asset, error);
  RECORD_EACH (record, outline->idle, PhSpan, record_idle, error);
  RECORD_EACH (record, outline->activity, PhActivity, record_activity, error);

  return ph_store_writer_add_health (record->writer, outline->health, error);
}

static gboolean
record_origin (PhRecord *record,
               const PhOrigin *origin,
               GError **error)
{
  PhStoreWriter *writer = record->writer;

  return ph_store_writer_set_text (writer, "origin", origin->name, error) &&
         ph_store_writer_set_text (writer, "archive_format", origin->format, error) &&
         ph_store_writer_set_text (writer, "archive_packing", origin->packing, error) &&
         ph_store_writer_set_text (writer, "archive_sha256", origin->sha256, error) &&
         ph_store_writer_set_text (writer, "recorder", origin->recorder, error) &&
         ph_store_writer_set_text (writer, "facts", origin->facts, error) &&
         (origin->bytes < 0 ||
          ph_store_writer_set_number (writer, "archive_bytes", origin->bytes, error));
}

gboolean
ph_record_finish (PhRecord *record,
                  const PhOutline *outline,
                  const PhOrigin *origin,
                  GError **error)
{
  PhStoreWriter *writer = record->writer;
  g_autofree char *carried = ph_outline_carried_to_json (outline);

  return record_lists (record, outline, error) && record_origin (record, origin, error) &&
         ph_store_writer_set_text (writer, "title", outline->title, error) &&
         ph_store_writer_set_text (writer, "carried", carried, error) &&
         ph_store_writer_set_number (writer, "start_time", outline->start_time, error) &&
         ph_store_writer_set_number (writer, "begin", outline->span.begin, error) &&
         ph_store_writer_set_number (writer, "end", outline->span.end, error) &&
         ph_store_writer_set_number (writer, "activity_step", outline->activity_step, error) &&
         ph_store_writer_finish (writer, error);
}
