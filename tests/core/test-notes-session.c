/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-db.h"
#include "ph-error.h"
#include "ph-notes.h"
#include "ph-save.h"
#include "ph-test.h"
#include "session-maker.h"

#include <glib/gstdio.h>

#define FIXTURE "rrweb/two-pages.json"

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  fixture->folder = ph_test_tmp_dir ();
  fixture->path = g_build_filename (fixture->folder, "library.db", NULL);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  ph_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static PhNotes *
open_notes (Fixture *fixture,
            const char *name,
            PhLibraryMode mode,
            PhSession *session)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (PhLibrary) library = ph_library_new (path, mode);
  PhNotes *notes = ph_notes_new (library);

  ph_notes_set_session (notes, session);

  return notes;
}

static guint
count (PhNotes *notes)
{
  return g_list_model_get_n_items (G_LIST_MODEL (notes));
}

static PhSession *
save_and_open (Fixture *fixture,
               PhSession *session,
               const GPtrArray *notes)
{
  g_autofree char *path = g_build_filename (fixture->folder, "a.playhead", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  PhSession *opened;

  g_assert_true (ph_session_save (session, file, notes, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  opened = ph_session_open (file, NULL, NULL, NULL, &error);
  g_assert_no_error (error);

  return opened;
}

/* In a file to somebody else, and back. */
static void
test_travel (Fixture *fixture,
             gconstpointer data)
{
  g_autoptr (PhSession) mine = ph_make_session_from_fixture (FIXTURE);
  g_autoptr (PhNotes) notes = open_notes (fixture, "a.db", PH_LIBRARY_WRITE, mine);
  g_autoptr (PhNote) draft = ph_note_new (2 * PH_SECOND);
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (PhSession) sent = NULL;
  g_autofree char *id = NULL;

  ph_note_set_text (draft, "look here");
  id = g_strdup (ph_notes_add (notes, draft)->id);
  all = ph_notes_copy_all (notes);
  sent = save_and_open (fixture, mine, all);
  g_assert_cmpuint (ph_session_get_notes (sent)->len, ==, 1);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (PhNotes) theirs = open_notes (fixture, "b.db", PH_LIBRARY_WRITE, sent);

      g_assert_cmpuint (count (theirs), ==, 1);
      g_assert_cmpuint (ph_notes_get_n_unsaved (theirs), ==, 0);
      g_assert_cmpstr (ph_notes_get_note (theirs, 0)->id, ==, id);
      g_assert_cmpstr (ph_notes_get_note (theirs, 0)->text, ==, "look here");
    }

  /* They find it with the archive they have themselves, too. */
  {
    g_autoptr (PhSession) own = ph_make_session_from_fixture (FIXTURE);
    g_autoptr (PhNotes) theirs = open_notes (fixture, "b.db", PH_LIBRARY_WRITE, own);

    g_assert_cmpuint (count (theirs), ==, 1);
    g_assert_true (ph_notes_remove (theirs, id));
  }

  /* Deleted, it does not come back with the file; nobody else's library is of interest. */
  {
    g_autoptr (PhNotes) theirs = open_notes (fixture, "b.db", PH_LIBRARY_WRITE, sent);
    g_autoptr (PhNotes) reader = open_notes (fixture, "b.db", PH_LIBRARY_READ, sent);
    g_autoptr (PhNotes) fresh = open_notes (fixture, "c.db", PH_LIBRARY_READ, sent);

    g_assert_cmpuint (count (theirs), ==, 0);
    g_assert_cmpuint (count (reader), ==, 0);
    g_assert_cmpuint (count (fresh), ==, 1);
  }

  /* A file without notes of its own keeps those it came with. */
  {
    g_autoptr (PhSession) again = save_and_open (fixture, sent, NULL);

    g_assert_cmpuint (ph_session_get_notes (again)->len, ==, 1);
  }
}

/* A library that cannot be read: what came with the file is shown, and what is typed stays. */
static void
test_unreadable (Fixture *fixture,
                 gconstpointer data)
{
  g_autoptr (PhSession) mine = ph_make_session_from_fixture (FIXTURE);
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func ((GDestroyNotify) ph_note_free);
  g_autoptr (PhNote) draft = ph_note_new (PH_SECOND);
  g_autoptr (PhSession) sent = NULL;
  g_autoptr (PhNotes) theirs = NULL;

  g_ptr_array_add (notes, ph_note_new (0));
  sent = save_and_open (fixture, mine, notes);
  g_assert_true (g_file_set_contents (fixture->path, "Dear diary", -1, NULL));
  theirs = open_notes (fixture, "library.db", PH_LIBRARY_WRITE, sent);
  g_assert_error (ph_notes_get_error (theirs), PH_ERROR, PH_ERROR_CORRUPT);
  g_assert_cmpuint (count (theirs), ==, 1);
  ph_notes_add (theirs, draft);
  g_assert_cmpuint (count (theirs), ==, 2);
  g_assert_cmpuint (ph_notes_get_n_unsaved (theirs), ==, 1);
  ph_notes_check (theirs);
  g_assert_cmpuint (count (theirs), ==, 2);

  g_unlink (fixture->path);
  g_assert_true (ph_notes_save (theirs));
  g_assert_cmpuint (count (theirs), ==, 2);
}

/* Annotations are in the list, cannot be changed, and do not travel as notes. */
static void
test_recorded (Fixture *fixture,
               gconstpointer data)
{
  g_autofree char *snapshot = ph_make_snapshot ("x");
  g_autofree char *page = ph_make_event (2, 1000, snapshot);
  g_autofree char *text =
    g_strdup_printf ("[%s,{\"type\":8,\"timestamp\":1500,\"data\":{\"type\":\"caption\","
                     "\"text\":\"Paying\"}},{\"type\":8,\"timestamp\":1700,\"data\":"
                     "{\"type\":\"timelineMarker\",\"text\":\"Paid\"}},"
                     "{\"type\":3,\"timestamp\":1900,\"data\":{\"source\":4,\"width\":5,"
                     "\"height\":5}}]",
                     page);
  g_autoptr (GError) error = NULL;
  g_autoptr (PhSession) session = ph_make_session_from_text (text, &error);
  g_autoptr (PhNotes) notes = open_notes (fixture, "a.db", PH_LIBRARY_WRITE, session);
  g_autoptr (PhNote) draft = ph_note_new (600 * PH_MSEC);
  g_autoptr (PhNote) copy = NULL;
  g_autoptr (PhSession) opened = NULL;
  g_autoptr (GPtrArray) all = NULL;
  const PhNote *note;

  g_assert_cmpuint (count (notes), ==, 2);
  note = ph_notes_get_note (notes, 0);
  g_assert_true (note->is_recorded);
  g_assert_cmpstr (note->text, ==, "Paying");
  g_assert_cmpint (note->begin, ==, 500 * PH_MSEC);
  copy = ph_note_copy (note);
  ph_note_set_text (copy, "Not paying");
  g_assert_false (ph_notes_change (notes, copy, PH_NOTES_DEFAULT));
  g_assert_false (ph_notes_remove (notes, copy->id));

  ph_notes_add (notes, draft);
  g_assert_cmpuint (count (notes), ==, 3);
  g_assert_false (ph_notes_get_note (notes, 1)->is_recorded);
  all = ph_notes_copy_all (notes);
  opened = save_and_open (fixture, session, all);
  g_assert_cmpuint (ph_session_get_notes (opened)->len, ==, 1);
}

static void
opened_cb (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  *(PhSession **) user_data = ph_session_open_finish (result, &error);
  g_assert_no_error (error);
}

/* Written while the archive is being read; and found by who reads it again, and else. */
static void
test_importing (Fixture *fixture,
                gconstpointer data)
{
  g_autofree char *path = ph_test_fixture (FIXTURE);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (PhNotes) notes = open_notes (fixture, "a.db", PH_LIBRARY_WRITE, NULL);
  g_autoptr (PhNote) draft = ph_note_new (PH_SECOND);
  g_autoptr (PhSession) again = NULL;
  PhSession *session = NULL;
  gint64 begin;

  ph_session_open_async (file, PH_OPEN_DEFAULT, NULL, NULL, NULL, opened_cb, &session);

  while (session == NULL)
    g_main_context_iteration (NULL, TRUE);

  ph_notes_set_session (notes, session);
  ph_note_set_text (draft, "early");
  begin = ph_session_get_start_time (session) + ph_notes_add (notes, draft)->begin;
  g_assert_cmpuint (ph_notes_get_n_unsaved (notes), ==, 0);
  ph_wait_for_import (session);
  g_assert_nonnull (ph_session_get_identity (session));
  g_assert_cmpuint (count (notes), ==, 1);
  g_assert_cmpint (ph_session_get_start_time (session) + ph_notes_get_note (notes, 0)->begin, ==,
                   begin);
  g_object_unref (session);

  again = ph_make_session_from_fixture (FIXTURE);
  ph_notes_set_session (notes, again);
  g_assert_cmpuint (count (notes), ==, 1);
  g_assert_cmpstr (ph_notes_get_note (notes, 0)->text, ==, "early");
}

/* A recording that does not say what it is known by: it is found out. */
static void
test_older (Fixture *fixture,
            gconstpointer data)
{
  g_autoptr (PhSession) session = ph_make_session_from_fixture (FIXTURE);
  g_autoptr (PhNotes) notes = open_notes (fixture, "a.db", PH_LIBRARY_WRITE, session);
  g_autoptr (PhNote) draft = ph_note_new (PH_SECOND);
  g_autoptr (PhNote) second = ph_note_new (2 * PH_SECOND);
  g_autofree char *path = g_build_filename (fixture->folder, "a.playhead", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (PhSession) older = NULL;

  ph_notes_add (notes, draft);
  g_object_unref (save_and_open (fixture, session, NULL));

  {
    g_autoptr (PhDb) db = ph_db_open (path, PH_DB_WRITE, NULL);

    g_assert_true (ph_db_run (db, "DELETE FROM meta WHERE key = 'identity'", NULL));
  }

  older = ph_session_open (file, NULL, NULL, NULL, NULL);
  ph_notes_set_session (notes, older);
  /* One more before it is known. */
  ph_notes_add (notes, second);

  while (ph_session_get_identity (older) == NULL)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpuint (count (notes), ==, 2);
  g_assert_cmpuint (ph_notes_get_n_unsaved (notes), ==, 0);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ADD ("/notes-session/travel", test_travel);
  ADD ("/notes-session/unreadable", test_unreadable);
  ADD ("/notes-session/recorded", test_recorded);
  ADD ("/notes-session/importing", test_importing);
  ADD ("/notes-session/older", test_older);
#undef ADD

  return g_test_run ();
}
