/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Opening a session: at once, or on a worker that goes on after the first picture. */

#include "ph-error.h"
#include "ph-import.h"
#include "ph-memory.h"
#include "ph-recording.h"
#include "ph-recordings.h"
#include "ph-session-private.h"

#include <glib/gstdio.h>
#include <sys/resource.h>

/* Linux gives each thread its own. */
#define WORKER_NICE 10
/* Progress is told so often, microseconds. */
#define PROGRESS_INTERVAL (100 * PH_MSEC)

/* --- blocking -------------------------------------------------------------- */

static gboolean
can_write (const char *folder)
{
  return g_mkdir_with_parents (folder, 0700) == 0 && g_access (folder, W_OK) == 0;
}

/*
 * The recording, made where nobody keeps it. Where the user's home has no room
 * or leave for it there is the system's folder.
 */
static PhScratch *
import_unkept (GFile *file,
               PhImporter importer,
               const PhImportFuncs *funcs,
               gpointer user_data,
               GCancellable *cancellable,
               GError **error)
{
  g_autofree char *folder = ph_recordings_dup_scratch_folder ();

  if (can_write (folder))
    {
      g_autoptr (GError) local_error = NULL;
      PhScratch *scratch;

      ph_scratch_sweep (folder);
      scratch = importer (file, folder, funcs, user_data, cancellable, &local_error);

      if (scratch != NULL)
        return scratch;

      if (!g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
    }

  ph_scratch_sweep (g_get_tmp_dir ());

  return importer (file, g_get_tmp_dir (), funcs, user_data, cancellable, error);
}

static gboolean
read_all (GFile *file,
          PhImporter importer,
          const PhImportFuncs *funcs,
          gpointer user_data,
          PhContents *contents,
          GCancellable *cancellable,
          GError **error)
{
  g_autoptr (PhScratch) scratch =
    import_unkept (file, importer, funcs, user_data, cancellable, error);

  return scratch != NULL &&
         ph_contents_read (contents, ph_scratch_get_path (scratch), scratch, error);
}

/* As it is; or, when it is damaged where everything hangs together, made anew of what is left. */
static gboolean
read_recording (GFile *file,
                const PhImportFuncs *funcs,
                gpointer user_data,
                PhContents *contents,
                GCancellable *cancellable,
                GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (ph_contents_read (contents, g_file_peek_path (file), NULL, &local_error))
    return TRUE;

  if (g_error_matches (local_error, PH_ERROR, PH_ERROR_CORRUPT) &&
      read_all (file, ph_import_salvaged, funcs, user_data, contents, cancellable, NULL))
    {
      ph_health_add (contents->outline->health, PH_HEALTH_DAMAGED, PH_TIME_NONE, "%s",
                     local_error->message);
      return TRUE;
    }

  if (!g_cancellable_set_error_if_cancelled (cancellable, error))
    g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

typedef struct
{
  PhSessionProgress progress;
  gpointer user_data;
} Watcher;

static void
watcher_progress_cb (double fraction,
                     gpointer user_data)
{
  Watcher *watcher = user_data;

  if (watcher->progress != NULL)
    watcher->progress (fraction, watcher->user_data);
}

PhSession *
ph_session_open (GFile *file,
                 PhSessionProgress progress,
                 gpointer user_data,
                 GCancellable *cancellable,
                 GError **error)
{
  static const PhImportFuncs funcs = { .progress = watcher_progress_cb };
  Watcher watcher = { progress, user_data };
  g_autoptr (PhSession) self = NULL;
  g_autoptr (GError) local_error = NULL;
  g_auto (PhContents) contents = { NULL };
  gboolean is_recording;
  gboolean done;

  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  is_recording = ph_recording_is_one (file, cancellable);

  if (is_recording)
    done = read_recording (file, &funcs, &watcher, &contents, cancellable, &local_error);
  else
    done = read_all (file, ph_import, &funcs, &watcher, &contents, cancellable, &local_error);

  if (!done)
    {
      ph_session_prefix_error (file, &local_error);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  self = ph_session_new (file, is_recording);
  ph_session_take_contents (self, &contents);

  return g_steal_pointer (&self);
}

/* --- on a worker ----------------------------------------------------------- */

/* Shared by the worker and the thread that asked. */
typedef struct
{
  GFile *file;
  PhOpenFlags flags;
  GMainContext *context;
  GCancellable *cancellable; /* the worker's */

  /* Of the thread that asked. */
  GTask *task; /* NULL once it was answered */
  gulong cancelled_id;
  PhSessionProgress progress_func;
  gpointer progress_data;
  GWeakRef session;

  GMutex mutex;
  /* What the worker has to tell, and nobody has heard. */
  gboolean is_scheduled;
  PhStore *growing; /* the first time */
  PhScratch *scratch;
  guint n_events;
  PhOutline *outline; /* or NULL: no news */
  double progress;
  gint64 progress_told; /* monotonic time */
  gboolean is_done;
  gboolean is_recording;
  PhContents contents; /* when it is done */
  GError *error;       /* or this */
} Opening;

static void
clear_opening (Opening *opening)
{
  g_object_unref (opening->file);
  g_main_context_unref (opening->context);
  g_object_unref (opening->cancellable);
  g_clear_object (&opening->task);
  g_weak_ref_clear (&opening->session);
  g_mutex_clear (&opening->mutex);
  g_clear_pointer (&opening->growing, ph_store_free);
  g_clear_pointer (&opening->scratch, ph_scratch_unref);
  g_clear_pointer (&opening->outline, ph_outline_free);
  ph_contents_clear (&opening->contents);
  g_clear_error (&opening->error);
}

static void
unref_opening (gpointer opening)
{
  g_atomic_rc_box_release_full (opening, (GDestroyNotify) clear_opening);
}

/* What is told at once. */
typedef struct
{
  PhStore *growing;
  PhScratch *scratch;
  guint n_events;
  PhOutline *outline;
  double progress;
  gboolean is_done;
  PhContents contents;
  GError *error;
} News;

static void
take_news (Opening *opening,
           News *news)
{
  g_mutex_lock (&opening->mutex);
  opening->is_scheduled = FALSE;
  news->growing = g_steal_pointer (&opening->growing);
  news->scratch = opening->scratch != NULL ? ph_scratch_ref (opening->scratch) : NULL;
  news->n_events = opening->n_events;
  news->outline = g_steal_pointer (&opening->outline);
  news->progress = opening->progress;
  news->is_done = opening->is_done;
  news->contents = opening->contents;
  opening->contents = (PhContents) { NULL };
  news->error = g_steal_pointer (&opening->error);
  g_mutex_unlock (&opening->mutex);
}

/* The session of the first news: the caller's then, who is told of it after it is filled. */
static PhSession *
begin_session (Opening *opening)
{
  PhSession *session = ph_session_new (opening->file, opening->is_recording);

  session->import = g_object_ref (opening->cancellable);
  g_weak_ref_set (&opening->session, session);

  return session;
}

static gboolean
fill_session (PhSession *session,
              News *news)
{
  g_autoptr (GError) error = NULL;

  session->progress = news->progress;

  if (news->growing != NULL)
    ph_session_take_growing (session, g_steal_pointer (&news->growing), news->scratch);

  if (news->outline != NULL &&
      !ph_session_grow (session, news->n_events, g_steal_pointer (&news->outline), &error))
    {
      g_cancellable_cancel (session->import);
      ph_session_end_import (session, error);
      return FALSE;
    }

  if (news->contents.store != NULL)
    ph_session_take_contents (session, &news->contents);
  else if (news->is_done)
    ph_session_end_import (session, news->error);

  return TRUE;
}

static void
answer (Opening *opening,
        PhSession *session,
        GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&opening->task);

  g_cancellable_disconnect (g_task_get_cancellable (task), opening->cancelled_id);

  if (session != NULL)
    g_task_return_pointer (task, g_object_ref (session), g_object_unref);
  else
    g_task_return_error (task, error);
}

/* On the thread that asked. */
static gboolean
tell_cb (gpointer user_data)
{
  Opening *opening = user_data;
  g_autoptr (PhSession) session = g_weak_ref_get (&opening->session);
  News news = { NULL };

  take_news (opening, &news);

  if (session != NULL)
    {
      if (session->is_importing)
        {
          fill_session (session, &news);
          ph_session_emit_changed (session);
        }
    }
  else if (opening->task != NULL && (news.outline != NULL || news.contents.store != NULL))
    {
      session = begin_session (opening);

      if (fill_session (session, &news))
        answer (opening, session, NULL);
      else
        answer (opening, NULL, g_error_copy (session->import_error));
    }
  else if (opening->task != NULL && news.is_done)
    {
      ph_session_prefix_error (opening->file, &news.error);
      answer (opening, NULL, g_steal_pointer (&news.error));
    }
  else if (opening->task != NULL && opening->progress_func != NULL &&
           !g_cancellable_is_cancelled (opening->cancellable))
    {
      opening->progress_func (news.progress, opening->progress_data);
    }

  g_clear_pointer (&news.growing, ph_store_free);
  g_clear_pointer (&news.scratch, ph_scratch_unref);
  g_clear_pointer (&news.outline, ph_outline_free);
  ph_contents_clear (&news.contents);
  g_clear_error (&news.error);

  return G_SOURCE_REMOVE;
}

/* With the lock held, which is given up. */
static void
schedule (Opening *opening)
{
  gboolean is_scheduled = opening->is_scheduled;
  GSource *source;

  opening->is_scheduled = TRUE;
  g_mutex_unlock (&opening->mutex);

  if (is_scheduled)
    return;

  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, tell_cb, g_atomic_rc_box_acquire (opening), unref_opening);
  g_source_attach (source, opening->context);
  g_source_unref (source);
}

static void
progress_cb (double fraction,
             gpointer user_data)
{
  Opening *opening = user_data;
  gint64 now = g_get_monotonic_time ();

  g_mutex_lock (&opening->mutex);
  /* It begins anew where there was no room. */
  opening->progress = MAX (opening->progress, fraction);

  if (now - opening->progress_told >= PROGRESS_INTERVAL)
    {
      opening->progress_told = now;
      schedule (opening);
    }
  else
    g_mutex_unlock (&opening->mutex);
}

static void
news_cb (PhScratch *file,
         guint n_events,
         PhOutline *outline,
         gpointer user_data)
{
  Opening *opening = user_data;
  PhStore *growing = NULL;

  if (opening->scratch == NULL)
    {
      growing = ph_store_open_growing (ph_scratch_get_path (file), NULL);

      /* There is no way to look at it yet; it will be seen when it is whole. */
      if (growing == NULL)
        {
          ph_outline_free (outline);
          return;
        }
    }
  else if (opening->scratch != file)
    {
      /* What is shown is there already, in another file. */
      ph_outline_free (outline);
      return;
    }

  g_mutex_lock (&opening->mutex);

  if (growing != NULL)
    {
      opening->growing = growing;
      opening->scratch = ph_scratch_ref (file);
    }

  g_clear_pointer (&opening->outline, ph_outline_free);
  opening->n_events = n_events;
  opening->outline = outline;
  schedule (opening);
}

static const PhImportFuncs salvage_funcs = { .progress = progress_cb };
static const PhImportFuncs import_funcs = { .progress = progress_cb, .news = news_cb };

/* Among those kept, so that it is found the next time. */
static gboolean
import_to (Opening *opening,
           const char *path,
           PhContents *contents,
           GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (PhScratch) scratch =
    ph_import (opening->file, folder, &import_funcs, opening, opening->cancellable, error);

  if (scratch == NULL || !ph_scratch_move (scratch, path, error))
    return FALSE;

  ph_recordings_tidy (folder, PH_RECORDINGS_BYTES);

  return ph_contents_read (contents, path, scratch, error);
}

static gboolean
open_kept (Opening *opening,
           const char *path,
           PhContents *contents,
           GError **error)
{
  contents->is_kept = TRUE;

  /* One that cannot be read, or not all of it, or is of an earlier version is made anew. */
  if (ph_contents_read (contents, path, NULL, NULL))
    {
      if (!contents->outline->is_damaged && !contents->outline->is_old)
        {
          ph_recordings_touch (path);
          return TRUE;
        }

      ph_contents_clear (contents);
    }

  return import_to (opening, path, contents, error);
}

static gboolean
open_archive (Opening *opening,
              PhContents *contents,
              GError **error)
{
  g_autofree char *path = NULL;
  g_autofree char *folder = ph_recordings_dup_folder ();

  if (opening->flags & PH_OPEN_KEEP)
    path = ph_recordings_dup_path (opening->file, opening->cancellable);

  if (path != NULL && can_write (folder))
    {
      g_autoptr (GError) local_error = NULL;

      ph_scratch_sweep (folder);

      if (open_kept (opening, path, contents, &local_error))
        return TRUE;

      contents->is_kept = FALSE;

      if (!g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
    }
  else if (path != NULL && ph_contents_read (contents, path, NULL, NULL))
    {
      return TRUE;
    }

  return read_all (opening->file, ph_import, &import_funcs, opening, contents,
                   opening->cancellable, error);
}

static gpointer
open_in_thread (gpointer data)
{
  Opening *opening = data;
  PhContents contents = { NULL };
  GError *error = NULL;
  gboolean done;

  /* Of this thread and those it starts: whoever is waiting for a picture goes first. */
  setpriority (PRIO_PROCESS, 0, WORKER_NICE);

  opening->is_recording = ph_recording_is_one (opening->file, opening->cancellable);

  if (opening->is_recording)
    done = read_recording (opening->file, &salvage_funcs, opening, &contents,
                           opening->cancellable, &error);
  else
    done = open_archive (opening, &contents, &error);

  /* Else the heap of a thread that is gone stays as large as it ever was. */
  ph_memory_give_back ();
  g_mutex_lock (&opening->mutex);
  opening->is_done = TRUE;
  opening->contents = contents;
  opening->error = done ? NULL : error;
  schedule (opening);
  unref_opening (opening);

  return NULL;
}

static void
cancelled_cb (GCancellable *cancellable,
              GCancellable *own)
{
  g_cancellable_cancel (own);
}

void
ph_session_open_async (GFile *file,
                       PhOpenFlags flags,
                       PhSessionProgress progress,
                       gpointer progress_data,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  Opening *opening;

  g_return_if_fail (G_IS_FILE (file));

  opening = g_atomic_rc_box_new0 (Opening);
  opening->file = g_object_ref (file);
  opening->flags = flags;
  opening->progress_func = progress;
  opening->progress_data = progress_data;
  opening->context = g_main_context_ref_thread_default ();
  opening->cancellable = g_cancellable_new ();
  opening->task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (opening->task, ph_session_open_async);
  g_weak_ref_init (&opening->session, NULL);
  g_mutex_init (&opening->mutex);

  if (cancellable != NULL)
    opening->cancelled_id =
      g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb),
                             g_object_ref (opening->cancellable), g_object_unref);

  g_thread_unref (g_thread_new ("ph-open", open_in_thread, opening));
}

PhSession *
ph_session_open_finish (GAsyncResult *result,
                        GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
