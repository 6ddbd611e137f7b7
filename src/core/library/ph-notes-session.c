/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the notes are about: following a session until it is known what it is. */

#include "ph-identify.h"
#include "ph-notes-private.h"
#include "ph-recordings.h"

#define PROVISIONAL "archive:"

gboolean
ph_notes_get_recording (PhNotes *self,
                        PhLibraryRecording *recording,
                        char **path)
{
  if (self->key == NULL)
    return FALSE;

  *path = g_file_get_uri (ph_session_get_file (self->session));
  *recording = (PhLibraryRecording) {
    .identity = self->key,
    .title = ph_session_get_title (self->session),
    .path = *path,
    .start_time = self->start_time,
  };

  return TRUE;
}

/* --- annotations ----------------------------------------------------------- */

static guint
count_recorded (PhNotes *self)
{
  guint n = 0;
  guint n_recorded = 0;
  const PhMoment *moments = self->session != NULL ? ph_session_get_moments (self->session, &n)
                                                  : NULL;

  for (guint i = 0; i < n; i++)
    n_recorded += moments[i].kind == PH_MOMENT_ANNOTATION;

  return n_recorded;
}

void
ph_notes_append_recorded (PhNotes *self,
                          GPtrArray *notes)
{
  guint n = 0;
  guint number = 0;
  const PhMoment *moments = self->session != NULL ? ph_session_get_moments (self->session, &n)
                                                  : NULL;

  for (guint i = 0; i < n; i++)
    {
      const PhMoment *moment = &moments[i];
      PhNote *note;

      if (moment->kind != PH_MOMENT_ANNOTATION)
        continue;

      note = ph_note_new (moment->time);
      g_free (note->id);
      note->id = g_strdup_printf ("recorded:%u", number++);
      note->window = moment->window;
      note->is_recorded = TRUE;
      note->created = note->changed = self->start_time + moment->time;
      ph_note_set_text (note, moment->text);
      g_ptr_array_add (notes, note);
    }

  self->n_recorded = number;
}

/* --- what the file brought ------------------------------------------------- */

/*
 * Mostly they are in the library by then and nothing is left to do; but a library may
 * not be there, or not be written to.
 */
void
ph_notes_append_brought (PhNotes *self,
                         GPtrArray *notes)
{
  const GPtrArray *brought = self->session != NULL ? ph_session_get_notes (self->session) : NULL;
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) deleted = NULL;
  g_autofree char *path = NULL;
  PhLibraryRecording recording;

  if (brought == NULL || brought->len == 0)
    return;

  if (ph_notes_get_recording (self, &recording, &path))
    deleted = ph_library_read_deleted (self->library, &recording, NULL);

  for (guint i = 0; i < notes->len; i++)
    g_hash_table_add (known, ((PhNote *) notes->pdata[i])->id);

  for (guint i = 0; i < brought->len; i++)
    {
      const PhNote *note = brought->pdata[i];

      if (!g_hash_table_contains (known, note->id) &&
          (deleted == NULL || !g_hash_table_contains (deleted, note->id)))
        g_ptr_array_add (notes, ph_note_copy (note));
    }
}

/* --- identity -------------------------------------------------------------- */

/* What was written while it was not known is its too. */
static void
adopt (PhNotes *self,
       const char *provisional)
{
  g_autofree char *path = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  PhLibraryRecording recording;
  GError *error = NULL;

  ph_notes_get_recording (self, &recording, &path);

  {
    PhLibraryRecording before = recording;

    before.identity = provisional;
    notes = ph_library_read_notes (self->library, &before, &error);
  }

  if (notes != NULL && notes->len > 0 && !ph_library_is_read_only (self->library))
    ph_library_adopt (self->library, &recording, provisional, &error);

  ph_notes_take_error (self, error);
}

/* What came with the file. */
static void
merge_brought (PhNotes *self)
{
  const GPtrArray *brought = ph_session_get_notes (self->session);
  g_autofree char *path = NULL;
  PhLibraryRecording recording;
  GError *error = NULL;

  if (brought->len == 0 || ph_library_is_read_only (self->library))
    return;

  ph_notes_get_recording (self, &recording, &path);
  ph_library_merge (self->library, &recording, brought, NULL, &error);
  ph_notes_take_error (self, error);
}

static void
identify (PhNotes *self,
          const char *identity)
{
  g_autofree char *provisional = g_steal_pointer (&self->key);

  self->key = g_strdup (identity);
  self->is_identified = TRUE;

  if (provisional != NULL)
    adopt (self, provisional);

  merge_brought (self);
  ph_notes_reload (self);
  ph_notes_save (self);
}

static void
identified_cb (GObject *source,
               GAsyncResult *result,
               gpointer user_data)
{
  g_autoptr (PhNotes) self = user_data;
  g_autoptr (GError) error = NULL;
  const char *identity =
    ph_session_load_identity_finish (PH_SESSION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      (GObject *) self->session != source)
    return;

  g_clear_object (&self->identifying);

  if (identity != NULL && !self->is_identified)
    identify (self, identity);
  else if (identity == NULL)
    ph_notes_take_error (self, g_steal_pointer (&error));
}

/* Until then: what the archive is known by. */
static void
set_provisional (PhNotes *self)
{
  g_autofree char *path = ph_recordings_dup_path (ph_session_get_file (self->session), NULL);
  g_autofree char *name = path != NULL ? g_path_get_basename (path) : NULL;

  if (name == NULL)
    return;

  self->key = g_strconcat (PROVISIONAL, name, NULL);
  ph_notes_reload (self);
}

static void
look_for_identity (PhNotes *self)
{
  const char *identity = ph_session_get_identity (self->session);

  if (identity != NULL)
    {
      identify (self, identity);
      return;
    }

  if (self->key == NULL)
    set_provisional (self);

  if (self->identifying == NULL && !ph_session_get_importing (self->session) &&
      ph_session_get_import_error (self->session) == NULL)
    {
      self->identifying = g_cancellable_new ();
      ph_session_load_identity_async (self->session, self->identifying, identified_cb,
                                      g_object_ref (self));
    }
}

/* --- the session ----------------------------------------------------------- */

void
ph_notes_follow (PhNotes *self)
{
  gint64 start_time = ph_session_get_start_time (self->session);
  gboolean is_moved = start_time != self->start_time;

  /* It was put in order since. */
  if (is_moved)
    {
      ph_notes_shift (self, self->start_time - start_time);
      self->start_time = start_time;
    }

  if (!self->is_identified)
    look_for_identity (self);

  if (is_moved || count_recorded (self) != self->n_recorded)
    ph_notes_reload (self);
}

void
ph_notes_set_session (PhNotes *self,
                      PhSession *session)
{
  g_return_if_fail (PH_IS_NOTES (self));
  g_return_if_fail (session == NULL || PH_IS_SESSION (session));

  if (session == self->session)
    return;

  if (self->session != NULL)
    {
      /* The last chance for what could not be written so far. */
      ph_notes_save (self);
      g_signal_handler_disconnect (self->session, self->session_changed);
      g_cancellable_cancel (self->identifying);
      g_clear_object (&self->identifying);
      g_clear_object (&self->session);
      g_clear_pointer (&self->key, g_free);
      self->is_identified = FALSE;
      self->n_recorded = 0;
      ph_notes_clear (self);
    }

  if (session == NULL)
    return;

  self->session = g_object_ref (session);
  self->start_time = ph_session_get_start_time (session);
  self->session_changed = g_signal_connect_swapped (session, "changed",
                                                    G_CALLBACK (ph_notes_follow), self);
  ph_notes_follow (self);
}

PhSession *
ph_notes_get_session (PhNotes *self)
{
  g_return_val_if_fail (PH_IS_NOTES (self), NULL);

  return self->session;
}
