/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-import.h"

#include "ph-archive.h"
#include "ph-error.h"
#include "ph-hold.h"
#include "ph-limits.h"
#include "ph-outlier.h"
#include "ph-record.h"
#include "ph-salvage.h"
#include "ph-store-writer.h"

#include <glib/gi18n.h>

/* News come so often, microseconds, … */
#define NEWS_INTERVAL (250 * PH_MSEC)
/* … take no larger part of the time than this, … */
#define NEWS_SHARE 20
/* … and do not wait longer than this for a place where they cost nothing. */
#define NEWS_LATEST (1000 * PH_MSEC)
/* How often the cancellable is looked at and progress told while sorted events go by. */
#define EVENTS_PER_STEP 64

typedef struct
{
  GFile *archive;
  gboolean is_recording; /* what is left of one */
  const char *folder;
  char *name;
  const PhImportFuncs *funcs;
  gpointer user_data;
  GCancellable *cancellable;

  double progress;        /* told last */
  double base, share;     /* what reading the archive is of the whole */
  gboolean has_news;      /* some were given */
  gint64 news_at;         /* not before, monotonic */
  gint64 news_latest;     /* at the latest */
  gboolean needs_sorting; /* why reading stopped, when it did */

  PhHealth *health;
  gint64 newest; /* timestamp read */
  gboolean has_read;

  PhHold *hold;
  guint n_snapshots; /* read */
  gboolean has_start;
  gint64 start; /* timestamp of time 0 */
  PhTime end;   /* of the last event */
  PhOutlierWatch watch;

  PhScratch *file;
  PhRecord *record;
  PhWalk *walk;

  PhStoreWriter *unsorted;
  GArray *stamps; /* PhStamp */
} Import;

static void
clear_pass (Import *import)
{
  g_clear_pointer (&import->hold, ph_hold_free);
  g_clear_pointer (&import->record, ph_record_free);
  g_clear_pointer (&import->walk, ph_walk_free);
  g_clear_pointer (&import->file, ph_scratch_unref);
  g_clear_pointer (&import->health, ph_health_free);
  g_clear_pointer (&import->unsorted, ph_store_writer_free);
}

static void
tell_progress (Import *import,
               double fraction)
{
  if (import->funcs->progress == NULL || fraction <= import->progress)
    return;

  import->progress = MIN (fraction, 1);
  import->funcs->progress (import->progress, import->user_data);
}

static void
read_progress_cb (goffset done,
                  goffset total,
                  gpointer user_data)
{
  Import *import = user_data;

  if (total > 0)
    tell_progress (import, import->base + import->share * (double) done / (double) total);
}

/* --- recording ------------------------------------------------------------- */

/* The file, and what goes through the events on their way into it. */
static gboolean
begin_recording (Import *import,
                 gint64 start,
                 GError **error)
{
  import->start = start;
  import->walk = ph_walk_new (start, import->health);
  import->file = ph_scratch_new (import->folder, 0600, error);

  if (import->file != NULL)
    import->record = ph_record_new (ph_scratch_get_path (import->file), error);

  return import->record != NULL;
}

static gboolean
give_news (Import *import,
           GError **error)
{
  gint64 begin = g_get_monotonic_time ();
  gint64 end;

  if (!ph_record_flush (import->record, error))
    return FALSE;

  import->funcs->news (import->file, ph_walk_get_n (import->walk),
                       ph_walk_get_outline (import->walk, import->end, import->name),
                       import->user_data);

  end = g_get_monotonic_time ();
  import->has_news = TRUE;
  import->news_at = end + MAX (NEWS_INTERVAL, (end - begin) * NEWS_SHARE);
  import->news_latest = MAX (import->news_at, end + NEWS_LATEST);

  return TRUE;
}

/* Before the next event: there, the file can be cut for nothing. */
static gboolean
consider_news (Import *import,
               const PhEvent *next,
               GError **error)
{
  gint64 now;

  if (!import->has_news || import->funcs->news == NULL)
    return TRUE;

  now = g_get_monotonic_time ();

  if (now < import->news_at ||
      (now < import->news_latest && !ph_record_is_even (import->record, next)))
    return TRUE;

  return give_news (import, error);
}

/* The next event in order, its time set. */
static gboolean
take_event (Import *import,
            const PhEvent *event,
            gboolean gives_news,
            GError **error)
{
  if (gives_news && !consider_news (import, event, error))
    return FALSE;

  ph_walk_add (import->walk, event);
  import->end = event->time;

  if (!ph_record_add (import->record, event, import->walk, error))
    return FALSE;

  /* The first picture. */
  if (gives_news && !import->has_news && import->funcs->news != NULL &&
      ph_walk_has_picture (import->walk))
    return give_news (import, error);

  return TRUE;
}

static void
note_outlier (Import *import,
              const PhEvent *event)
{
  gint64 away = event->timestamp - import->start - event->time;

  ph_health_add (import->health, PH_HEALTH_TIME_OUTLIER, event->time,
                 "Event %" G_GUINT64_FORMAT " is %.0f s away from the others", event->order,
                 (double) ABS (away) / (double) PH_SECOND);
}

/* Names are known when all has been read; windows without a page are told of by theirs. */
static gboolean
finish_windows (PhOutline *outline,
                const PhArchiveInfo *info,
                GError **error)
{
  gboolean has_picture = FALSE;
  guint n_told = 0;
  const PhFinding *told =
    ph_health_examples (outline->health, PH_HEALTH_NO_FULL_SNAPSHOT, &n_told);
  g_autofree char *reason = n_told > 0 ? g_strdup (told[0].text) : NULL;

  for (guint i = 0; i < outline->windows->len; i++)
    {
      PhSessionWindow *window = outline->windows->pdata[i];

      if (i < info->windows->len)
        {
          g_free (window->info.name);
          window->info.name = g_strdup (info->windows->pdata[i]);
        }

      if (window->snapshots->len > 0)
        has_picture = TRUE;
      else
        ph_health_add (outline->health, PH_HEALTH_NO_FULL_SNAPSHOT, PH_TIME_NONE,
                       "Window %u “%s” (events: %u)", i + 1, window->info.name,
                       window->info.n_events);
    }

  /* Its reader may know where the page is. */
  if (!has_picture && reason != NULL)
    g_set_error (error, PH_ERROR, PH_ERROR_CORRUPT, "There is no page to show: %s", reason);
  else if (!has_picture)
    g_set_error_literal (error, PH_ERROR, PH_ERROR_CORRUPT,
                         N_ ("The recording has no full snapshot, so there is no page to show"));

  return has_picture;
}

static gboolean
finish_recording (Import *import,
                  const PhArchiveInfo *info,
                  GError **error)
{
  g_autoptr (PhOutline) outline = ph_walk_get_outline (import->walk, import->end, import->name);
  const PhOrigin origin = {
    .name = import->name,
    .format = (char *) info->format,
    .packing = (char *) info->packing,
    .recorder = (char *) info->recorder,
    .sha256 = info->sha256,
    .facts = info->facts,
    .bytes = info->bytes,
  };

  return finish_windows (outline, info, error) &&
         ph_record_finish (import->record, outline, &origin, error);
}

/* --- reading --------------------------------------------------------------- */

static void
note_order (Import *import,
            const PhEvent *event)
{
  if (import->has_read && event->timestamp < import->newest)
    ph_health_add (import->health, PH_HEALTH_OUT_OF_ORDER, PH_TIME_NONE,
                   "Event %" G_GUINT64_FORMAT " is %.3f s older than one before it",
                   event->order,
                   (double) (import->newest - event->timestamp) / (double) PH_SECOND);
  else
    import->newest = event->timestamp;

  import->has_read = TRUE;
}

static gboolean
check_number (const PhEvent *event,
              GError **error)
{
  if (event->order < G_MAXUINT / 2)
    return TRUE;

  g_set_error_literal (error, PH_ERROR, PH_ERROR_TOO_LARGE, "It has too many events");

  return FALSE;
}

typedef gboolean (*EventFunc) (const PhEvent *event,
                               gpointer user_data,
                               GError **error);

typedef struct
{
  Import *import;
  EventFunc func;
} Reading;

static gboolean
archive_event_cb (const PhEvent *event,
                  PhJsonValue root,
                  gpointer user_data,
                  GError **error)
{
  Reading *reading = user_data;

  return reading->func (event, reading->import, error);
}

static void
archive_progress_cb (goffset done,
                     goffset total,
                     gpointer user_data)
{
  Reading *reading = user_data;

  read_progress_cb (done, total, reading->import);
}

static PhArchiveInfo *
read_recording (Import *import,
                EventFunc func,
                GError **error)
{
  const PhSalvageFuncs funcs = { .event = func, .progress = read_progress_cb };
  PhSalvaged salvaged;
  g_autoptr (PhArchiveInfo) info = ph_archive_info_new ("playhead");

  if (!ph_salvage (import->archive, &funcs, import, &salvaged, import->cancellable, error))
    return NULL;

  if (salvaged.n_lost > 0)
    ph_health_add (import->health, PH_HEALTH_DAMAGED, PH_TIME_NONE,
                   "%" G_GUINT64_FORMAT " events between others cannot be read", salvaged.n_lost);

  info->bytes = salvaged.bytes;
  info->n_events = salvaged.n_events;

  return g_steal_pointer (&info);
}

static PhArchiveInfo *
read_archive (Import *import,
              EventFunc func,
              GError **error)
{
  const PhSink sink = { .event = archive_event_cb, .progress = archive_progress_cb };
  Reading reading = { import, func };

  import->health = ph_health_new ();
  import->has_read = FALSE;

  if (import->is_recording)
    return read_recording (import, func, error);

  return ph_archive_read (import->archive, &sink, &reading, import->health, import->cancellable,
                          error);
}

/* --- nearly in order: once through ----------------------------------------- */

/* Reading ends here; the error is not for anybody. */
static gboolean
stop_to_sort (Import *import,
              GError **error)
{
  import->needs_sorting = TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "To be sorted");

  return FALSE;
}

typedef struct
{
  const PhEvent *snapshot; /* the first */
  gint64 start;
} Start;

static void
find_snapshot_cb (const PhEvent *event,
                  gpointer user_data)
{
  Start *start = user_data;

  if (event->type == PH_EVENT_FULL_SNAPSHOT &&
      (start->snapshot == NULL || ph_event_compare (event, start->snapshot) < 0))
    start->snapshot = event;
}

static void
find_start_cb (const PhEvent *event,
               gpointer user_data)
{
  Start *start = user_data;

  if (event->timestamp < start->start &&
      start->snapshot->timestamp - event->timestamp <= PH_OUTLIER_LEAD)
    start->start = event->timestamp;
}

/* Rule 1 of ph-outlier.h, among the events held. */
static gboolean
begin_stream (Import *import,
              GError **error)
{
  Start start = { NULL, 0 };

  ph_hold_each (import->hold, find_snapshot_cb, &start);

  /* Nothing to see among so many: what comes first is to be thought over with all known. */
  if (start.snapshot == NULL)
    return stop_to_sort (import, error);

  start.start = start.snapshot->timestamp;
  ph_hold_each (import->hold, find_start_cb, &start);
  import->has_start = TRUE;

  return begin_recording (import, start.start, error);
}

static gboolean
pass_on (Import *import,
         GError **error)
{
  PhEvent event;

  if (!import->has_start && !begin_stream (import, error))
    return FALSE;

  event = *ph_hold_take (import->hold);
  event.time = MAX (event.timestamp - import->start, 0);

  if (event.timestamp < import->start)
    note_outlier (import, &event);
  else
    ph_outlier_watch_add (&import->watch, ph_stamp (&event));

  return take_event (import, &event, TRUE, error);
}

static gboolean
stream_event_cb (const PhEvent *event,
                 gpointer user_data,
                 GError **error)
{
  Import *import = user_data;
  PhEvent copy = *event;

  if (!check_number (event, error))
    return FALSE;

  note_order (import, event);
  copy.window = MIN (copy.window, PH_LIMIT_WINDOWS - 1);

  if (!ph_hold_add (import->hold, &copy))
    return stop_to_sort (import, error);

  import->n_snapshots += event->type == PH_EVENT_FULL_SNAPSHOT;

  /* Time 0 is not known before there is a page; many events without one are held for long. */
  while (ph_hold_is_due (import->hold) &&
         (import->n_snapshots > 0 || ph_hold_get_bytes (import->hold) > PH_HOLD_BYTES))
    if (!pass_on (import, error))
      return FALSE;

  return TRUE;
}

static gboolean
stream (Import *import,
        GError **error)
{
  g_autoptr (PhArchiveInfo) info = NULL;

  import->hold = ph_hold_new ();
  import->share = 1;
  info = read_archive (import, stream_event_cb, error);

  if (info == NULL)
    return FALSE;

  while (ph_hold_get_bytes (import->hold) > 0)
    if (!pass_on (import, error))
      return FALSE;

  if (!ph_outlier_watch_all_count (&import->watch))
    return stop_to_sort (import, error);

  return finish_recording (import, info, error);
}

/* --- out of order: sorted -------------------------------------------------- */

static gboolean
keep_event_cb (const PhEvent *event,
               gpointer user_data,
               GError **error)
{
  Import *import = user_data;
  PhStamp stamp = ph_stamp (event);
  PhEvent copy = *event;

  if (!check_number (event, error))
    return FALSE;

  note_order (import, event);
  copy.window = MIN (copy.window, PH_LIMIT_WINDOWS - 1);
  copy.time = 0;
  g_array_append_val (import->stamps, stamp);

  return ph_store_writer_add_event (import->unsorted, &copy, error);
}

static int
compare_stamps (gconstpointer a,
                gconstpointer b)
{
  const PhStamp *x = a;
  const PhStamp *y = b;

  if (x->timestamp != y->timestamp)
    return x->timestamp < y->timestamp ? -1 : 1;

  return (x->order > y->order) - (x->order < y->order);
}

/* All events as the file has them, at random access. */
static PhStore *
open_unsorted (Import *import,
               PhScratch *file,
               GError **error)
{
  g_autoptr (PhStore) store = NULL;

  if (!ph_store_writer_flush (import->unsorted, error))
    return NULL;

  store = ph_store_open_growing (ph_scratch_get_path (file), error);

  if (store == NULL || !ph_store_grow (store, import->stamps->len, PH_LIMIT_WINDOWS, 0,
                                       (PhSpan) { 0, 0 }, error))
    return NULL;

  return g_steal_pointer (&store);
}

static gboolean
record_sorted (Import *import,
               PhStore *store,
               gboolean gives_news,
               GError **error)
{
  const PhStamp *stamps = (const PhStamp *) (gpointer) import->stamps->data;
  guint n = import->stamps->len;
  guint begin;
  guint end;
  double read = import->base + import->share;
  PhSpan span = { 0, 0 };

  ph_outliers_find (stamps, n, &begin, &end);
  span.end = stamps[end - 1].timestamp - stamps[begin].timestamp;

  if (!begin_recording (import, stamps[begin].timestamp, error))
    return FALSE;

  for (guint i = 0; i < n; i++)
    {
      PhEvent event = *ph_store_get_event (store, stamps[i].order);

      if (i % EVENTS_PER_STEP == 0)
        {
          if (g_cancellable_set_error_if_cancelled (import->cancellable, error))
            return FALSE;

          tell_progress (import, read + (1 - read) * (double) i / (double) n);
        }

      if (ph_store_is_lost (&event))
        {
          g_set_error_literal (error, PH_ERROR, PH_ERROR_STORE, "A temporary file is damaged");
          return FALSE;
        }

      event.time = ph_span_clamp (span, event.timestamp - import->start);

      if (i < begin || i >= end)
        note_outlier (import, &event);

      if (!take_event (import, &event, gives_news, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
sort (Import *import,
      GError **error)
{
  g_autoptr (PhScratch) file = ph_scratch_new (import->folder, 0600, error);
  g_autoptr (GArray) stamps = g_array_new (FALSE, FALSE, sizeof (PhStamp));
  g_autoptr (PhArchiveInfo) info = NULL;
  g_autoptr (PhStore) store = NULL;

  if (file == NULL)
    return FALSE;

  import->stamps = stamps;
  import->base = import->progress;
  import->share = (1 - import->base) / 2;
  import->unsorted = ph_store_writer_new (ph_scratch_get_path (file), error);

  if (import->unsorted == NULL)
    return FALSE;

  info = read_archive (import, keep_event_cb, error);

  if (info == NULL)
    return FALSE;

  store = open_unsorted (import, file, error);

  if (store == NULL)
    return FALSE;

  g_array_sort (stamps, compare_stamps);

  /* What was shown on the first way through is more than what would be shown now for long. */
  return record_sorted (import, store, !import->has_news, error) &&
         finish_recording (import, info, error);
}

/* ---- */

/* Whether it can be read twice. */
static gboolean
is_regular (Import *import)
{
  GFileType type = g_file_query_file_type (import->archive, G_FILE_QUERY_INFO_NONE,
                                           import->cancellable);

  return type == G_FILE_TYPE_REGULAR || type == G_FILE_TYPE_UNKNOWN;
}

static gboolean
run (Import *import,
     GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (is_regular (import))
    {
      if (stream (import, &local_error))
        return TRUE;

      if (!import->needs_sorting)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }

      clear_pass (import);
    }

  return sort (import, error);
}

static PhScratch *
import_file (Import *import,
             GError **error)
{
  PhScratch *file = NULL;

  import->name = ph_session_dup_file_name (import->archive);

  if (run (import, error))
    {
      tell_progress (import, 1);
      file = ph_scratch_ref (import->file);
    }

  clear_pass (import);
  g_free (import->name);

  return file;
}

PhScratch *
ph_import (GFile *archive,
           const char *folder,
           const PhImportFuncs *funcs,
           gpointer user_data,
           GCancellable *cancellable,
           GError **error)
{
  Import import = {
    .archive = archive,
    .folder = folder,
    .funcs = funcs,
    .user_data = user_data,
    .cancellable = cancellable,
  };

  return import_file (&import, error);
}

PhScratch *
ph_import_salvaged (GFile *recording,
                    const char *folder,
                    const PhImportFuncs *funcs,
                    gpointer user_data,
                    GCancellable *cancellable,
                    GError **error)
{
  Import import = {
    .archive = recording,
    .is_recording = TRUE,
    .folder = folder,
    .funcs = funcs,
    .user_data = user_data,
    .cancellable = cancellable,
  };

  return import_file (&import, error);
}
