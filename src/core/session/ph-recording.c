/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-recording.h"

#include "ph-input.h"
#include "ph-store-notes.h"
#include "ph-store.h"

#include <string.h>

gboolean
ph_recording_is_one (GFile *file,
                     GCancellable *cancellable)
{
  g_autoptr (GFileInputStream) stream = NULL;
  guint8 head[PH_STORE_HEAD];
  gsize size = 0;

  /* SQLite reads files of this machine only, and a pipe could not be read once more. */
  if (g_file_peek_path (file) == NULL || ph_input_get_n_files (file) > 1 ||
      g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, cancellable) != G_FILE_TYPE_REGULAR)
    return FALSE;

  stream = g_file_read (file, cancellable, NULL);

  if (stream == NULL)
    return FALSE;

  g_input_stream_read_all (G_INPUT_STREAM (stream), head, sizeof head, &size, cancellable, NULL);

  return ph_store_is_recording (head, size);
}

/* What can be done without becomes a finding. */
static void
note_list (PhOutline *outline,
           GError *error)
{
  if (error != NULL)
    {
      outline->is_damaged = TRUE;
      ph_health_add (outline->health, PH_HEALTH_DAMAGED, PH_TIME_NONE, "%s", error->message);
    }

  g_clear_error (&error);
}

/* --- lists ----------------------------------------------------------------- */

static void
add_window_cb (const PhStoreWindow *row,
               gpointer user_data)
{
  PhSessionWindow *window = ph_outline_add_window (user_data, row->name);

  window->info.first_picture = row->first_picture;
  window->info.n_events = row->n_events;
}

static void
add_snapshot_cb (const PhStoreSnapshot *row,
                 gpointer user_data)
{
  PhOutline *outline = user_data;
  PhSessionWindow *window = outline->windows->pdata[row->window];
  PhSnapshot snapshot = { row->event, row->meta, row->resize };

  g_array_append_val (window->snapshots, snapshot);
}

static void
add_focus_cb (const PhStoreFocus *row,
              gpointer user_data)
{
  PhOutline *outline = user_data;
  PhActiveWindow active = { row->time, row->window };

  g_array_append_val (outline->active, active);
}

static void
add_page_cb (const PhStorePage *row,
             gpointer user_data)
{
  PhOutline *outline = user_data;
  PhPage page = {
    .url = g_strdup (row->url),
    .title = g_strdup (row->title),
    .window = row->window,
    .span = row->span,
    .width = row->width,
    .height = row->height,
  };

  g_array_append_val (outline->pages, page);
}

static void
add_moment_cb (const PhStoreMoment *row,
               gpointer user_data)
{
  PhOutline *outline = user_data;
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
  g_array_append_val (outline->moments, moment);
}

static void
add_asset_cb (const PhStoreAsset *row,
              gpointer user_data)
{
  PhOutline *outline = user_data;
  PhAsset asset = { .window = row->window, .time = row->time };

  /* A kind this version does not know. */
  if (!ph_asset_kind_from_name (row->kind, &asset.kind))
    return;

  asset.url = g_strdup (row->url);
  g_array_append_val (outline->assets, asset);
}

static void
add_idle_cb (const PhSpan *span,
             gpointer user_data)
{
  PhOutline *outline = user_data;

  g_array_append_val (outline->idle, *span);
}

static void
add_activity_cb (const PhStoreActivity *row,
                 gpointer user_data)
{
  PhOutline *outline = user_data;
  PhActivity activity = { row->step, row->n_events };

  g_array_append_val (outline->activity, activity);
}

static void
read_activity (PhStore *store,
               PhOutline *outline,
               GError **error)
{
  PhTime step = ph_store_get_number (store, "activity_step", 0);

  /* Else no time can be told from it. */
  if (step <= 0 || step > G_MAXINT64 / G_MAXINT32)
    return;

  outline->activity_step = step;
  ph_store_read_activity (store, add_activity_cb, outline, error);
}

static void
read_pointers (PhStore *store,
               PhOutline *outline)
{
  for (guint i = 0; i < outline->windows->len; i++)
    {
      PhSessionWindow *window = outline->windows->pdata[i];
      GError *error = NULL;
      g_autoptr (GBytes) bytes = ph_store_read_pointer (store, i, &error);

      if (bytes != NULL)
        window->pointer = ph_pointer_track_unpack (bytes, &error);

      if (window->pointer == NULL)
        {
          window->pointer = ph_pointer_track_new ();
          ph_pointer_track_finish (window->pointer);
        }

      note_list (outline, error);
    }
}

/* Nothing of the recording itself: that they are odd does not make it damaged. */
static void
read_notes (PhStore *store,
            PhOutline *outline)
{
  g_autoptr (GError) error = NULL;
  guint n_odd = 0;

  if (!ph_store_read_notes (store, outline->notes, &n_odd, &error))
    ph_health_add (outline->health, PH_HEALTH_DAMAGED, PH_TIME_NONE,
                   "Notes in the file cannot be read (%s)", error->message);
  else if (n_odd > 0)
    ph_health_add (outline->health, PH_HEALTH_LIMIT, PH_TIME_NONE,
                   "Notes in the file that are left out or cut: %u", n_odd);
}

static void
read_carried (PhStore *store,
              PhOutline *outline)
{
  g_autofree char *text = ph_store_dup_text (store, "carried");

  if (text != NULL)
    ph_outline_carried_add_json (outline, text, strlen (text));
}

static void
read_rest (PhStore *store,
           PhOutline *outline)
{
  GError *error = NULL;

  ph_store_read_focus (store, add_focus_cb, outline, &error);
  note_list (outline, g_steal_pointer (&error));
  ph_store_read_pages (store, add_page_cb, outline, &error);
  note_list (outline, g_steal_pointer (&error));
  ph_store_read_moments (store, add_moment_cb, outline, &error);
  note_list (outline, g_steal_pointer (&error));
  ph_store_read_assets (store, add_asset_cb, outline, &error);
  note_list (outline, g_steal_pointer (&error));
  ph_store_read_idle (store, add_idle_cb, outline, &error);
  note_list (outline, g_steal_pointer (&error));
  read_activity (store, outline, &error);
  note_list (outline, g_steal_pointer (&error));
  ph_store_read_health (store, outline->health, &error);
  note_list (outline, g_steal_pointer (&error));
  read_carried (store, outline);
  read_pointers (store, outline);
  read_notes (store, outline);
  ph_store_check_lists (store, &error);
  note_list (outline, g_steal_pointer (&error));
}

PhOutline *
ph_recording_read (PhStore *store,
                   GError **error)
{
  g_autoptr (PhOutline) outline = ph_outline_new ();

  outline->span = ph_store_get_span (store);
  outline->is_old = ph_store_is_old (store);
  outline->start_time = ph_store_get_start_time (store);
  outline->title = ph_store_dup_text (store, "title");

  /* Without these no page can be made. */
  if (!ph_store_read_windows (store, add_window_cb, outline, error) ||
      !ph_store_read_snapshots (store, add_snapshot_cb, outline, error))
    return NULL;

  read_rest (store, outline);

  return g_steal_pointer (&outline);
}
