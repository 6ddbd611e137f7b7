/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-session.h"

#include "ph-dom-pack.h"
#include "ph-load.h"
#include "ph-recording.h"
#include "ph-session-private.h"
#include "ph-text.h"

G_DEFINE_FINAL_TYPE (PhSession, ph_session, G_TYPE_OBJECT)

static void
free_window (gpointer data)
{
  PhSessionWindow *window = data;

  g_free (window->info.name);
  ph_pointer_track_free (window->pointer);
  g_array_unref (window->snapshots);
  g_free (window);
}

static void
clear_page (gpointer data)
{
  PhPage *page = data;

  g_free (page->url);
  g_free (page->title);
}

static void
ph_session_finalize (GObject *object)
{
  PhSession *self = PH_SESSION (object);

  g_clear_object (&self->file);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->info, ph_archive_info_free);
  g_clear_pointer (&self->recorder, g_free);
  g_clear_pointer (&self->store, ph_store_free);
  g_clear_pointer (&self->names, ph_names_unref);
  g_clear_pointer (&self->events, g_array_unref);
  g_clear_pointer (&self->texts, ph_arena_free);
  g_clear_pointer (&self->windows, g_ptr_array_unref);
  g_clear_pointer (&self->active, g_array_unref);
  g_clear_pointer (&self->pages, g_array_unref);
  g_clear_pointer (&self->moments, g_array_unref);
  g_clear_pointer (&self->idle, g_array_unref);
  g_clear_pointer (&self->health, ph_health_free);

  G_OBJECT_CLASS (ph_session_parent_class)->finalize (object);
}

static void
ph_session_class_init (PhSessionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ph_session_finalize;
}

static void
ph_session_init (PhSession *self)
{
  self->names = ph_names_new ();
  self->texts = ph_arena_new ();
  self->events = g_array_new (FALSE, FALSE, sizeof (PhEvent));
  self->windows = g_ptr_array_new_with_free_func (free_window);
  self->active = g_array_new (FALSE, FALSE, sizeof (PhActiveWindow));
  self->pages = g_array_new (FALSE, FALSE, sizeof (PhPage));
  g_array_set_clear_func (self->pages, clear_page);
  self->moments = g_array_new (FALSE, FALSE, sizeof (PhMoment));
  g_array_set_clear_func (self->moments, (GDestroyNotify) ph_moment_clear);
  self->health = ph_health_new ();
}

/* GLib's messages name the whole path once more; ours say what the matter is. */
static void
simplify_error (GError **error)
{
  const char *message = NULL;

  if (g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    message = "There is no such file";
  else if (g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY))
    message = "This is a folder, not a file";
  else if (g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    message = "You may not read this file";

  if (message != NULL)
    {
      g_free ((*error)->message);
      (*error)->message = g_strdup (message);
    }
}

char *
ph_session_dup_file_name (GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = base != NULL ? g_filename_display_name (base) : g_file_get_uri (file);

  return ph_text_visible (name);
}

/* What a file is, is decided by its content. */
static gboolean
fill (PhSession *self,
      PhSessionProgress progress,
      gpointer user_data,
      GCancellable *cancellable,
      GError **error)
{
  if (ph_recording_is_one (self->file, cancellable))
    return ph_recording_load (self, error);

  return ph_load (self, progress, user_data, cancellable, error);
}

PhSession *
ph_session_open (GFile *file,
                 PhSessionProgress progress,
                 gpointer user_data,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (PhSession) self = g_object_new (PH_TYPE_SESSION, NULL);
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  self->file = g_object_ref (file);

  if (!fill (self, progress, user_data, cancellable, &local_error))
    {
      if (!g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          g_autofree char *name = ph_session_dup_file_name (file);

          simplify_error (&local_error);
          g_prefix_error (&local_error, "%s: ", name);
        }

      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  return g_steal_pointer (&self);
}

static void
open_in_thread (GTask *task,
                gpointer source_object,
                gpointer task_data,
                GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PhSession) self = ph_session_open (task_data, NULL, NULL, cancellable, &error);

  if (self != NULL)
    g_task_return_pointer (task, g_steal_pointer (&self), g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
ph_session_open_async (GFile *file,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, ph_session_open_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, open_in_thread);
}

PhSession *
ph_session_open_finish (GAsyncResult *result,
                        GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

GFile *
ph_session_get_file (PhSession *self)
{
  g_return_val_if_fail (PH_IS_SESSION (self), NULL);

  return self->file;
}

const char *
ph_session_get_title (PhSession *self)
{
  g_return_val_if_fail (PH_IS_SESSION (self), NULL);

  return self->title;
}

const char *
ph_session_get_format (PhSession *self)
{
  g_return_val_if_fail (PH_IS_SESSION (self), NULL);

  return self->info->format;
}

const char *
ph_session_get_packing (PhSession *self)
{
  g_return_val_if_fail (PH_IS_SESSION (self), NULL);

  return self->info->packing;
}

const char *
ph_session_get_recorder (PhSession *self)
{
  g_return_val_if_fail (PH_IS_SESSION (self), NULL);

  return self->info->recorder;
}

goffset
ph_session_get_archive_bytes (PhSession *self)
{
  g_return_val_if_fail (PH_IS_SESSION (self), 0);

  return self->info->bytes;
}

PhSpan
ph_session_get_span (PhSession *self)
{
  g_return_val_if_fail (PH_IS_SESSION (self), (PhSpan) { 0 });

  return self->span;
}

gint64
ph_session_get_start_time (PhSession *self)
{
  g_return_val_if_fail (PH_IS_SESSION (self), 0);

  return self->start_time;
}

PhNames *
ph_session_get_names (PhSession *self)
{
  g_return_val_if_fail (PH_IS_SESSION (self), NULL);

  return self->names;
}

guint
ph_session_get_n_events (PhSession *self)
{
  g_return_val_if_fail (PH_IS_SESSION (self), 0);

  return self->store != NULL ? ph_store_n_events (self->store) : self->events->len;
}

const PhEvent *
ph_session_get_event (PhSession *self,
                      guint index)
{
  g_return_val_if_fail (PH_IS_SESSION (self), NULL);
  g_return_val_if_fail (index < ph_session_get_n_events (self), NULL);

  if (self->store != NULL)
    return ph_store_get_event (self->store, index);

  return &g_array_index (self->events, PhEvent, index);
}

gboolean
ph_session_is_lost (PhSession *self,
                    const PhEvent *event)
{
  g_return_val_if_fail (PH_IS_SESSION (self), FALSE);

  return self->store != NULL && ph_store_is_lost (event);
}

guint
ph_session_events_until (PhSession *self,
                         PhTime time)
{
  guint low = 0;
  guint high;

  g_return_val_if_fail (PH_IS_SESSION (self), 0);

  if (self->store != NULL)
    return ph_store_events_until (self->store, time);

  high = self->events->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->events, PhEvent, middle).time <= time)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

/* The index of the stored page to start from, or -1. */
static int
find_frame (PhSession *self,
            guint32 window,
            guint snapshot,
            guint end)
{
  const PhFrame *frames;
  guint n;
  int i;

  if (self->store == NULL || snapshot == G_MAXUINT)
    return -1;

  frames = ph_store_get_frames (self->store, &n);
  i = ph_frames_find (frames, n, window, snapshot, end);

  while (i >= 0 && ph_store_is_frame_damaged (self->store, (guint) i))
    {
      i--;

      if (i >= 0 && (frames[i].window != window || frames[i].snapshot != snapshot))
        i = -1;
    }

  return i;
}

guint
ph_session_find_keyframe (PhSession *self,
                          guint32 window,
                          guint snapshot,
                          guint end)
{
  guint n;
  int i;

  g_return_val_if_fail (PH_IS_SESSION (self), G_MAXUINT);

  i = find_frame (self, window, snapshot, end);

  return i >= 0 ? ph_store_get_frames (self->store, &n)[i].next : G_MAXUINT;
}

PhDom *
ph_session_read_keyframe (PhSession *self,
                          guint32 window,
                          guint snapshot,
                          guint end,
                          guint *next)
{
  int i;

  g_return_val_if_fail (PH_IS_SESSION (self), NULL);

  while ((i = find_frame (self, window, snapshot, end)) >= 0)
    {
      g_autoptr (GBytes) bytes = ph_store_read_frame (self->store, (guint) i);
      g_autoptr (GError) error = NULL;
      PhDom *dom = bytes != NULL ? ph_dom_unpack (bytes, self->names, &error) : NULL;
      guint n;

      if (dom != NULL)
        {
          *next = ph_store_get_frames (self->store, &n)[i].next;
          return dom;
        }

      if (bytes != NULL)
        ph_store_set_frame_damaged (self->store, (guint) i, error->message);
    }

  return NULL;
}

/* The last snapshot of @window before event @end, or NULL. */
static const PhSnapshot *
find_snapshot (PhSession *self,
               guint32 window,
               guint end)
{
  GArray *snapshots = ((PhSessionWindow *) self->windows->pdata[window])->snapshots;
  guint low = 0;
  guint high = snapshots->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (snapshots, PhSnapshot, middle).index < end)
        low = middle + 1;
      else
        high = middle;
    }

  return low > 0 ? &g_array_index (snapshots, PhSnapshot, low - 1) : NULL;
}

guint
ph_session_last_snapshot (PhSession *self,
                          guint32 window,
                          guint end)
{
  const PhSnapshot *snapshot;

  g_return_val_if_fail (PH_IS_SESSION (self), G_MAXUINT);
  g_return_val_if_fail (window < self->windows->len, G_MAXUINT);

  snapshot = find_snapshot (self, window, end);

  return snapshot != NULL ? snapshot->index : G_MAXUINT;
}

void
ph_session_get_lead (PhSession *self,
                     guint32 window,
                     guint index,
                     guint *meta,
                     guint *resize)
{
  const PhSnapshot *snapshot;

  g_return_if_fail (PH_IS_SESSION (self));
  g_return_if_fail (window < self->windows->len);

  snapshot = find_snapshot (self, window, index + 1);
  g_return_if_fail (snapshot != NULL && snapshot->index == index);

  *meta = snapshot->meta;
  *resize = snapshot->resize;
}

guint
ph_session_get_n_windows (PhSession *self)
{
  g_return_val_if_fail (PH_IS_SESSION (self), 0);

  return self->windows->len;
}

const PhWindowInfo *
ph_session_get_window (PhSession *self,
                       guint32 window)
{
  g_return_val_if_fail (PH_IS_SESSION (self), NULL);
  g_return_val_if_fail (window < self->windows->len, NULL);

  return &((PhSessionWindow *) self->windows->pdata[window])->info;
}

guint32
ph_session_active_window (PhSession *self,
                          PhTime time)
{
  guint low = 0;
  guint high;

  g_return_val_if_fail (PH_IS_SESSION (self), 0);

  high = self->active->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->active, PhActiveWindow, middle).time <= time)
        low = middle + 1;
      else
        high = middle;
    }

  return low > 0 ? g_array_index (self->active, PhActiveWindow, low - 1).window : 0;
}

const PhPointerTrack *
ph_session_get_pointer (PhSession *self,
                        guint32 window)
{
  g_return_val_if_fail (PH_IS_SESSION (self), NULL);
  g_return_val_if_fail (window < self->windows->len, NULL);

  return ((PhSessionWindow *) self->windows->pdata[window])->pointer;
}

const PhPage *
ph_session_get_pages (PhSession *self,
                      guint *n)
{
  g_return_val_if_fail (PH_IS_SESSION (self), NULL);

  *n = self->pages->len;

  return (const PhPage *) (gpointer) self->pages->data;
}

const PhMoment *
ph_session_get_moments (PhSession *self,
                        guint *n)
{
  g_return_val_if_fail (PH_IS_SESSION (self), NULL);

  *n = self->moments->len;

  return (const PhMoment *) (gpointer) self->moments->data;
}

const PhSpan *
ph_session_get_idle (PhSession *self,
                     guint *n)
{
  g_return_val_if_fail (PH_IS_SESSION (self), NULL);

  *n = self->idle->len;

  return (const PhSpan *) (gpointer) self->idle->data;
}

const PhHealth *
ph_session_get_health (PhSession *self)
{
  g_return_val_if_fail (PH_IS_SESSION (self), NULL);

  return self->health;
}
