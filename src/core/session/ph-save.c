/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-save.h"

#include "ph-error.h"
#include "ph-record.h"
#include "ph-session-private.h"
#include "ph-store-notes.h"

/* How often the cancellable is looked at and progress told: so many events. */
#define EVENTS_PER_STEP 64

/* An archive has been imported: that is the recording. */
static gboolean
copy_file (PhSession *session,
           const char *path,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GFile) from = g_file_new_for_path (ph_scratch_get_path (session->scratch));
  g_autoptr (GFile) to = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) input = g_file_read (from, cancellable, error);
  g_autoptr (GFileOutputStream) output = NULL;

  if (input != NULL)
    output = g_file_append_to (to, G_FILE_CREATE_NONE, cancellable, error);

  return output != NULL &&
         g_output_stream_splice (G_OUTPUT_STREAM (output), G_INPUT_STREAM (input),
                                 G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, cancellable, error) >= 0;
}

typedef struct
{
  PhSession *session;
  PhRecord *record;
  PhWalk *walk;
  PhSessionProgress progress;
  gpointer user_data;
  GCancellable *cancellable;
} Save;

static gboolean
save_events (Save *save,
             GError **error)
{
  guint n = ph_session_get_n_events (save->session);

  for (guint i = 0; i < n; i++)
    {
      const PhEvent *event = ph_session_get_event (save->session, i);

      if (i % EVENTS_PER_STEP == 0)
        {
          if (g_cancellable_set_error_if_cancelled (save->cancellable, error))
            return FALSE;

          if (save->progress != NULL)
            save->progress ((double) i / n, save->user_data);
        }

      if (ph_session_is_lost (save->session, event))
        {
          g_set_error_literal (error, PH_ERROR, PH_ERROR_CORRUPT,
                               "Some of its events are damaged");
          return FALSE;
        }

      ph_walk_add (save->walk, event);

      if (!ph_record_add (save->record, event, save->walk, error))
        return FALSE;
    }

  return TRUE;
}

/* A recording is written anew, which mends what its lists and stored pages lack. */
static gboolean
save_anew (Save *save,
           const char *path,
           GError **error)
{
  PhSession *session = save->session;
  g_autoptr (PhRecord) record = ph_record_new (path, error);
  g_autoptr (PhWalk) walk = ph_walk_new (ph_session_get_start_time (session), NULL);
  g_autoptr (PhOutline) outline = NULL;
  g_auto (PhOrigin) origin = { NULL };

  if (record == NULL)
    return FALSE;

  save->record = record;
  save->walk = walk;

  if (!save_events (save, error))
    return FALSE;

  /* What reading the archive found is known from then only, as are names. */
  outline = ph_walk_get_outline (walk, ph_session_get_span (session).end,
                                 ph_session_get_title (session));
  ph_health_free (outline->health);
  outline->health = ph_health_copy (ph_session_get_health (session));

  for (guint i = 0; i < outline->windows->len; i++)
    {
      PhSessionWindow *window = outline->windows->pdata[i];

      g_free (window->info.name);
      window->info.name = g_strdup (ph_session_get_window (session, i)->name);
    }

  return ph_origin_read (&origin, session, error) &&
         ph_record_finish (record, outline, &origin, error);
}

gboolean
ph_session_save (PhSession *session,
                 GFile *file,
                 const GPtrArray *notes,
                 PhSessionProgress progress,
                 gpointer user_data,
                 GCancellable *cancellable,
                 GError **error)
{
  Save save = { session, NULL, NULL, progress, user_data, cancellable };
  const char *path;
  g_autofree char *folder = NULL;
  g_autoptr (PhScratch) scratch = NULL;
  gboolean done;

  g_return_val_if_fail (PH_IS_SESSION (session) && !session->is_importing, FALSE);
  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  path = g_file_peek_path (file);

  if (path == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                           "A recording can be written on this machine only");
      return FALSE;
    }

  folder = g_path_get_dirname (path);
  ph_scratch_sweep (folder);
  scratch = ph_scratch_new (folder, 0666, error);

  if (scratch == NULL)
    return FALSE;

  if (session->scratch != NULL)
    done = copy_file (session, ph_scratch_get_path (scratch), cancellable, error);
  else
    done = save_anew (&save, ph_scratch_get_path (scratch), error);

  /* Those that a copied file has are replaced. */
  done = done && ph_store_put_notes (ph_scratch_get_path (scratch),
                                     notes != NULL ? notes : ph_session_get_notes (session), error);

  if (!done || !ph_scratch_move (scratch, path, error))
    return FALSE;

  if (progress != NULL)
    progress (1, user_data);

  return TRUE;
}
