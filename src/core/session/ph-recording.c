/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-recording.h"

#include "ph-error.h"
#include "ph-session-private.h"
#include "ph-store.h"

gboolean
ph_recording_is_one (GFile *file,
                     GCancellable *cancellable)
{
  g_autoptr (GFileInputStream) stream = NULL;
  guint8 head[PH_STORE_HEAD];
  gsize size = 0;

  /* SQLite reads files of this machine only, and a pipe could not be read once more. */
  if (g_file_peek_path (file) == NULL ||
      g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, cancellable) != G_FILE_TYPE_REGULAR)
    return FALSE;

  stream = g_file_read (file, cancellable, NULL);

  if (stream == NULL)
    return FALSE;

  g_input_stream_read_all (G_INPUT_STREAM (stream), head, sizeof head, &size, cancellable, NULL);

  return ph_store_is_recording (head, size);
}

static void
damage_cb (PhTime time,
           const char *text,
           gpointer user_data)
{
  PhSession *self = user_data;

  ph_health_add (self->health, PH_HEALTH_DAMAGED, time, "%s", text);
}

/* What can be done without becomes a finding. */
static void
note_list (PhSession *self,
           GError *error)
{
  if (error != NULL)
    ph_health_add (self->health, PH_HEALTH_DAMAGED, PH_TIME_NONE, "%s", error->message);

  g_clear_error (&error);
}

/* --- lists ----------------------------------------------------------------- */

static void
add_window_cb (const PhStoreWindow *row,
               gpointer user_data)
{
  PhSession *self = user_data;
  PhSessionWindow *window = g_new0 (PhSessionWindow, 1);

  window->info.name = g_strdup (row->name);
  window->info.first_picture = row->first_picture;
  window->info.n_events = row->n_events;
  window->snapshots = g_array_new (FALSE, FALSE, sizeof (PhSnapshot));
  g_ptr_array_add (self->windows, window);
}

static void
add_snapshot_cb (const PhStoreSnapshot *row,
                 gpointer user_data)
{
  PhSession *self = user_data;
  PhSessionWindow *window = self->windows->pdata[row->window];
  PhSnapshot snapshot = { row->event, row->meta, row->resize };

  g_array_append_val (window->snapshots, snapshot);
}

static void
add_focus_cb (const PhStoreFocus *row,
              gpointer user_data)
{
  PhSession *self = user_data;
  PhActiveWindow active = { row->time, row->window };

  g_array_append_val (self->active, active);
}

static void
add_page_cb (const PhStorePage *row,
             gpointer user_data)
{
  PhSession *self = user_data;
  PhPage page = {
    .url = g_strdup (row->url),
    .title = g_strdup (row->title),
    .window = row->window,
    .span = row->span,
    .width = row->width,
    .height = row->height,
  };

  g_array_append_val (self->pages, page);
}

static void
add_moment_cb (const PhStoreMoment *row,
               gpointer user_data)
{
  PhSession *self = user_data;
  PhMoment moment = {
    .time = row->time,
    .window = row->window,
    .severity = (PhSeverity) row->severity,
    .node = row->node,
  };

  /* A kind this version does not know. */
  if (!ph_moment_kind_from_name (row->kind, &moment.kind))
    return;

  moment.text = g_strdup (row->text);
  g_array_append_val (self->moments, moment);
}

static void
add_idle_cb (const PhSpan *span,
             gpointer user_data)
{
  PhSession *self = user_data;

  g_array_append_val (self->idle, *span);
}

static void
load_pointers (PhSession *self)
{
  for (guint i = 0; i < self->windows->len; i++)
    {
      PhSessionWindow *window = self->windows->pdata[i];
      GError *error = NULL;
      g_autoptr (GBytes) bytes = ph_store_read_pointer (self->store, i, &error);

      if (bytes != NULL)
        window->pointer = ph_pointer_track_unpack (bytes, &error);

      if (window->pointer == NULL)
        {
          window->pointer = ph_pointer_track_new ();
          ph_pointer_track_finish (window->pointer);
        }

      note_list (self, error);
    }
}

/* Without them no page can be made. */
static gboolean
load_needed (PhSession *self,
             GError **error)
{
  return ph_store_read_windows (self->store, add_window_cb, self, error) &&
         ph_store_read_snapshots (self->store, add_snapshot_cb, self, error);
}

static void
load_rest (PhSession *self)
{
  GError *error = NULL;

  ph_store_read_focus (self->store, add_focus_cb, self, &error);
  note_list (self, g_steal_pointer (&error));
  ph_store_read_pages (self->store, add_page_cb, self, &error);
  note_list (self, g_steal_pointer (&error));
  ph_store_read_moments (self->store, add_moment_cb, self, &error);
  note_list (self, g_steal_pointer (&error));
  ph_store_read_idle (self->store, add_idle_cb, self, &error);
  note_list (self, g_steal_pointer (&error));
  ph_store_read_health (self->store, self->health, &error);
  note_list (self, g_steal_pointer (&error));
  load_pointers (self);
  ph_store_check_lists (self->store, &error);
  note_list (self, g_steal_pointer (&error));
}

static void
load_info (PhSession *self)
{
  g_autoptr (GFileInfo) info = g_file_query_info (self->file, G_FILE_ATTRIBUTE_STANDARD_SIZE,
                                                  G_FILE_QUERY_INFO_NONE, NULL, NULL);

  self->recorder = ph_store_dup_text (self->store, "recorder");
  self->info = g_new0 (PhArchiveInfo, 1);
  self->info->format = "playhead";
  self->info->recorder = self->recorder;
  self->info->bytes = info != NULL ? g_file_info_get_size (info) : 0;
  self->info->n_events = ph_store_n_events (self->store);
  self->title = ph_store_dup_text (self->store, "title");

  if (self->title == NULL || self->title[0] == '\0')
    {
      g_free (self->title);
      self->title = ph_session_dup_file_name (self->file);
    }
}

gboolean
ph_recording_load (PhSession *self,
                   GError **error)
{
  self->store = ph_store_open (g_file_peek_path (self->file), error);

  if (self->store == NULL)
    return FALSE;

  ph_store_set_damage_func (self->store, damage_cb, self);
  self->span = ph_store_get_span (self->store);
  self->start_time = ph_store_get_start_time (self->store);
  self->idle = g_array_new (FALSE, FALSE, sizeof (PhSpan));

  if (!load_needed (self, error))
    return FALSE;

  load_rest (self);
  load_info (self);

  return TRUE;
}
