/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-record.h"

#include "ph-dom-apply.h"
#include "ph-dom-pack.h"
#include "ph-error.h"
#include "ph-idle.h"
#include "ph-session-private.h"
#include "ph-store-writer.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* How often the cancellable is looked at and progress told: so many events. */
#define EVENTS_PER_STEP 64
/* Length of a step of the activity table. */
#define ACTIVITY_STEP PH_SECOND
/* The archive is read again in pieces of this size, for its checksum. */
#define HASH_BLOCK 65536

/* The page of one window while events go by. */
typedef struct
{
  PhDom *dom;
  guint n_snapshots; /* come past */
  guint snapshot;    /* event of the last one, or G_MAXUINT */
  gsize work;        /* bytes of event text to get here from the last place to start from */
  gsize page_size;   /* of the page packed last */
} Track;

typedef struct
{
  PhSession *session;
  PhStoreWriter *writer;
  PhNames *names;
  PhJson *json;
  Track *tracks;
  PhStoreActivity activity; /* the step that is being counted */
} Record;

/* --- events and pages ------------------------------------------------------ */

/* A full snapshot is a place to start from; what it costs to start there is its own size. */
static void
note_snapshot (Record *record,
               Track *track,
               guint32 window,
               guint index,
               gsize size)
{
  GArray *snapshots =
    ((PhSessionWindow *) record->session->windows->pdata[window])->snapshots;

  if (track->n_snapshots >= snapshots->len ||
      g_array_index (snapshots, PhSnapshot, track->n_snapshots).index != index)
    return;

  track->n_snapshots++;
  track->snapshot = index;
  track->work = size;
}

static gboolean
keep_page (Record *record,
           Track *track,
           const PhEvent *event,
           guint index,
           GError **error)
{
  PhFrame frame = { event->window, track->snapshot, index + 1, event->time };
  g_autoptr (GBytes) packed = NULL;

  if (track->snapshot == G_MAXUINT || track->work < ph_frames_spacing (track->page_size))
    return TRUE;

  packed = ph_dom_pack (track->dom);
  track->page_size = g_bytes_get_size (packed);

  /* It has grown: a little later, then. */
  if (track->work < ph_frames_spacing (track->page_size))
    return TRUE;

  track->work = 0;

  return ph_store_writer_add_frame (record->writer, &frame, packed, error);
}

static gboolean
count_activity (Record *record,
                const PhEvent *event,
                GError **error)
{
  gint64 step = event->time / ACTIVITY_STEP;

  if (!ph_idle_is_activity (event))
    return TRUE;

  if (record->activity.n_events > 0 && record->activity.step != step)
    {
      if (!ph_store_writer_add_activity (record->writer, &record->activity, error))
        return FALSE;

      record->activity.n_events = 0;
    }

  record->activity.step = step;
  record->activity.n_events++;

  return TRUE;
}

static gboolean
record_event (Record *record,
              guint index,
              GError **error)
{
  const PhEvent *event = ph_session_get_event (record->session, index);
  Track *track = &record->tracks[event->window];
  PhJsonValue root;

  if (record->session->store != NULL && ph_store_is_lost (event))
    {
      g_set_error_literal (error, PH_ERROR, PH_ERROR_CORRUPT, "Some of its events are damaged");
      return FALSE;
    }

  if (!ph_store_writer_add_event (record->writer, event, error) ||
      !count_activity (record, event, error))
    return FALSE;

  track->work += event->size;

  if (ph_json_parse (record->json, event->text, event->size, &root, NULL))
    ph_dom_apply (track->dom, event, root, NULL);

  note_snapshot (record, track, event->window, index, event->size);

  return keep_page (record, track, event, index, error);
}

static gboolean
record_events (Record *record,
               PhSessionProgress progress,
               gpointer user_data,
               GCancellable *cancellable,
               GError **error)
{
  guint n = ph_session_get_n_events (record->session);

  for (guint i = 0; i < n; i++)
    {
      if (i % EVENTS_PER_STEP == 0)
        {
          if (g_cancellable_set_error_if_cancelled (cancellable, error))
            return FALSE;

          if (progress != NULL)
            progress ((double) i / n, user_data);
        }

      if (!record_event (record, i, error))
        return FALSE;
    }

  return record->activity.n_events == 0 ||
         ph_store_writer_add_activity (record->writer, &record->activity, error);
}

/* --- lists ----------------------------------------------------------------- */

static gboolean
record_window (Record *record,
               guint32 number,
               GError **error)
{
  const PhSessionWindow *window = record->session->windows->pdata[number];
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
record_page (Record *record,
             const PhPage *page,
             GError **error)
{
  PhStorePage row = { page->window, page->span, page->url, page->title, page->width, page->height };

  return ph_store_writer_add_page (record->writer, &row, error);
}

static gboolean
record_moment (Record *record,
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

static gboolean
record_lists (Record *record,
              GError **error)
{
  PhSession *self = record->session;

  for (guint i = 0; i < self->windows->len; i++)
    {
      if (!record_window (record, i, error))
        return FALSE;
    }

  for (guint i = 0; i < self->active->len; i++)
    {
      const PhActiveWindow *active = &g_array_index (self->active, PhActiveWindow, i);
      PhStoreFocus row = { active->time, active->window };

      if (!ph_store_writer_add_focus (record->writer, &row, error))
        return FALSE;
    }

  for (guint i = 0; i < self->pages->len; i++)
    {
      if (!record_page (record, &g_array_index (self->pages, PhPage, i), error))
        return FALSE;
    }

  for (guint i = 0; i < self->moments->len; i++)
    {
      if (!record_moment (record, &g_array_index (self->moments, PhMoment, i), error))
        return FALSE;
    }

  for (guint i = 0; i < self->idle->len; i++)
    {
      if (!ph_store_writer_add_idle (record->writer, &g_array_index (self->idle, PhSpan, i), error))
        return FALSE;
    }

  return ph_store_writer_add_health (record->writer, self->health, error);
}

/* --- what it was made from ------------------------------------------------- */

/* NULL when it cannot be read any more. */
static char *
hash_file (GFile *file,
           GCancellable *cancellable)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, NULL);
  g_autofree guint8 *buffer = g_malloc (HASH_BLOCK);
  GInputStream *input;
  gssize n = 0;

  if (stream == NULL)
    return NULL;

  input = G_INPUT_STREAM (stream);

  while ((n = g_input_stream_read (input, buffer, HASH_BLOCK, cancellable, NULL)) > 0)
    g_checksum_update (sum, buffer, n);

  return n == 0 ? g_strdup (g_checksum_get_string (sum)) : NULL;
}

/* A recording made from a recording still says which archive it came from. */
static gboolean
copy_origin (Record *record,
             PhStore *store,
             GError **error)
{
  static const char *const keys[] = { "origin", "archive_format", "archive_packing",
                                      "archive_sha256" };
  gint64 bytes = ph_store_get_number (store, "archive_bytes", -1);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *text = ph_store_dup_text (store, keys[i]);

      if (!ph_store_writer_set_text (record->writer, keys[i], text, error))
        return FALSE;
    }

  return bytes < 0 || ph_store_writer_set_number (record->writer, "archive_bytes", bytes, error);
}

static gboolean
record_origin (Record *record,
               GCancellable *cancellable,
               GError **error)
{
  PhSession *self = record->session;
  g_autofree char *name = NULL;
  g_autofree char *sum = NULL;

  if (self->store != NULL)
    return copy_origin (record, self->store, error);

  /* The name only: folders are nobody else's business. */
  name = ph_session_dup_file_name (self->file);
  sum = hash_file (self->file, cancellable);

  return ph_store_writer_set_text (record->writer, "origin", name, error) &&
         ph_store_writer_set_text (record->writer, "archive_format", self->info->format, error) &&
         ph_store_writer_set_text (record->writer, "archive_packing", self->info->packing, error) &&
         ph_store_writer_set_number (record->writer, "archive_bytes", self->info->bytes, error) &&
         ph_store_writer_set_text (record->writer, "archive_sha256", sum, error);
}

static gboolean
record_meta (Record *record,
             GError **error)
{
  PhSession *self = record->session;

  return ph_store_writer_set_text (record->writer, "title", self->title, error) &&
         ph_store_writer_set_text (record->writer, "recorder", self->info->recorder, error) &&
         ph_store_writer_set_number (record->writer, "start_time", self->start_time, error) &&
         ph_store_writer_set_number (record->writer, "begin", self->span.begin, error) &&
         ph_store_writer_set_number (record->writer, "end", self->span.end, error) &&
         ph_store_writer_set_number (record->writer, "activity_step", ACTIVITY_STEP, error);
}

/* --- the file -------------------------------------------------------------- */

static gboolean
write_file (PhSession *session,
            const char *path,
            PhSessionProgress progress,
            gpointer user_data,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (PhStoreWriter) writer = ph_store_writer_new (path, error);
  g_autoptr (PhNames) names = ph_names_new ();
  g_autoptr (PhJson) json = ph_json_new ();
  Record record = { .session = session, .writer = writer, .names = names, .json = json };
  gboolean done;

  if (writer == NULL)
    return FALSE;

  record.tracks = g_new0 (Track, session->windows->len);

  for (guint i = 0; i < session->windows->len; i++)
    {
      record.tracks[i].dom = ph_dom_new (names);
      record.tracks[i].snapshot = G_MAXUINT;
    }

  done = record_events (&record, progress, user_data, cancellable, error) &&
         record_lists (&record, error) && record_origin (&record, cancellable, error) &&
         record_meta (&record, error) && ph_store_writer_finish (writer, error);

  for (guint i = 0; i < session->windows->len; i++)
    ph_dom_free (record.tracks[i].dom);

  g_free (record.tracks);

  return done;
}

static gboolean
set_errno (GError **error)
{
  int code = errno;

  g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (code), g_strerror (code));

  return FALSE;
}

/* A new file of a name nobody has, beside @path. */
static char *
make_temporary (const char *path,
                GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *template = g_strdup_printf ("%s/.%s.XXXXXX", folder, name);
  int fd = g_mkstemp_full (template, O_RDWR | O_CLOEXEC, 0666);

  if (fd < 0)
    {
      set_errno (error);
      return NULL;
    }

  close (fd);

  return g_steal_pointer (&template);
}

/* So that the name is on disk as well. */
static void
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = g_open (folder, O_RDONLY | O_CLOEXEC, 0);

  if (fd >= 0)
    {
      fsync (fd);
      close (fd);
    }
}

gboolean
ph_session_write_recording (PhSession *session,
                            GFile *file,
                            PhSessionProgress progress,
                            gpointer user_data,
                            GCancellable *cancellable,
                            GError **error)
{
  const char *path;
  g_autofree char *temporary = NULL;
  g_autofree char *journal = NULL;

  g_return_val_if_fail (PH_IS_SESSION (session), FALSE);
  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  path = g_file_peek_path (file);

  if (path == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                           "A recording can be written on this machine only");
      return FALSE;
    }

  temporary = make_temporary (path, error);

  if (temporary == NULL)
    return FALSE;

  if (write_file (session, temporary, progress, user_data, cancellable, error) &&
      (g_rename (temporary, path) == 0 || set_errno (error)))
    {
      sync_folder (path);

      if (progress != NULL)
        progress (1, user_data);

      return TRUE;
    }

  journal = g_strconcat (temporary, "-journal", NULL);
  g_unlink (journal);
  g_unlink (temporary);

  return FALSE;
}
