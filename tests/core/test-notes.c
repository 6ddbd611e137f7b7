/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-notes.h"

#include "ph-db.h"
#include "ph-error.h"
#include "ph-test.h"
#include "session-maker.h"

#include <glib/gstdio.h>

typedef struct
{
  char *folder;
  char *path;
  PhSession *session;
  PhLibrary *library;
  PhNotes *notes;
} Fixture;

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  fixture->folder = ph_test_tmp_dir ();
  fixture->path = g_build_filename (fixture->folder, "library.db", NULL);
  fixture->session = ph_make_session_from_fixture ("rrweb/two-pages.json");
  fixture->library = ph_library_new (fixture->path, PH_LIBRARY_WRITE);
  fixture->notes = ph_notes_new (fixture->library);
  ph_notes_set_session (fixture->notes, fixture->session);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  ph_db_fail_step (0);
  g_assert_finalize_object (fixture->notes);
  g_assert_finalize_object (fixture->library);
  g_assert_finalize_object (fixture->session);
  ph_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static PhNotes *
open_again (Fixture *fixture)
{
  g_autoptr (PhLibrary) library = ph_library_new (fixture->path, PH_LIBRARY_WRITE);
  PhNotes *notes = ph_notes_new (library);

  ph_notes_set_session (notes, fixture->session);

  return notes;
}

/* Adds one; its id is the caller's. */
static char *
add (PhNotes *notes,
     PhTime begin,
     const char *text)
{
  g_autoptr (PhNote) draft = ph_note_new (begin);

  ph_note_set_text (draft, text);

  return g_strdup (ph_notes_add (notes, draft)->id);
}

static void
set_text (PhNotes *notes,
          const char *id,
          const char *text,
          PhNotesFlags flags)
{
  g_autoptr (PhNote) note = ph_note_copy (ph_notes_find (notes, id, NULL));

  ph_note_set_text (note, text);
  g_assert_true (ph_notes_change (notes, note, flags));
}

/* The texts, in order. */
static char *
describe (PhNotes *notes)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (notes)); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "," : "", ph_notes_get_note (notes, i)->text);

  return g_string_free (text, FALSE);
}

static void
assert_notes (Fixture *fixture,
              const char *wanted)
{
  g_autoptr (PhNotes) again = open_again (fixture);
  g_autofree char *here = describe (fixture->notes);
  g_autofree char *there = describe (again);

  g_assert_cmpstr (here, ==, wanted);
  g_assert_cmpstr (there, ==, wanted);
}

static void
test_edits (Fixture *fixture,
            gconstpointer data)
{
  PhNotes *notes = fixture->notes;
  g_autofree char *b = add (notes, 2 * PH_SECOND, "b");
  g_autofree char *a = add (notes, PH_SECOND, "a");
  g_autofree char *c = add (notes, 3 * PH_SECOND, "c");
  guint position;

  assert_notes (fixture, "a,b,c");
  set_text (notes, b, "B", PH_NOTES_DEFAULT);
  assert_notes (fixture, "a,B,c");
  g_assert_nonnull (ph_notes_find (notes, c, &position));
  g_assert_cmpuint (position, ==, 2);
  g_assert_cmpuint (ph_notes_find_next (notes, PH_SECOND), ==, 1);
  g_assert_cmpuint (ph_notes_find_next (notes, 3 * PH_SECOND), ==, G_MAXUINT);
  g_assert_cmpuint (ph_notes_find_previous (notes, 2 * PH_SECOND), ==, 0);
  g_assert_cmpuint (ph_notes_find_previous (notes, PH_SECOND), ==, G_MAXUINT);

  g_assert_true (ph_notes_remove (notes, a));
  g_assert_false (ph_notes_remove (notes, a));
  assert_notes (fixture, "B,c");
}

static void
test_undo (Fixture *fixture,
           gconstpointer data)
{
  PhNotes *notes = fixture->notes;
  g_autofree char *a = NULL;

  g_assert_false (ph_notes_can_undo (notes));
  g_assert_null (ph_notes_undo (notes));
  a = add (notes, PH_SECOND, "a");
  set_text (notes, a, "ab", PH_NOTES_CONTINUE);
  /* Typing: undone at once. */
  set_text (notes, a, "abc", PH_NOTES_CONTINUE);
  set_text (notes, a, "abcd", PH_NOTES_CONTINUE);
  set_text (notes, a, "other", PH_NOTES_DEFAULT);
  g_assert_true (ph_notes_remove (notes, a));

  g_assert_cmpstr (ph_notes_undo (notes), ==, a);
  assert_notes (fixture, "other");
  ph_notes_undo (notes);
  assert_notes (fixture, "abcd");
  ph_notes_undo (notes);
  assert_notes (fixture, "a");
  ph_notes_undo (notes);
  assert_notes (fixture, "");
  g_assert_false (ph_notes_can_undo (notes));

  for (guint i = 0; i < 4; i++)
    g_assert_cmpstr (ph_notes_redo (notes), ==, a);

  g_assert_null (ph_notes_redo (notes));
  assert_notes (fixture, "");
  ph_notes_undo (notes);
  assert_notes (fixture, "other");

  /* Another edit: what was undone is gone. */
  set_text (notes, a, "new", PH_NOTES_DEFAULT);
  g_assert_false (ph_notes_can_redo (notes));
}

/* A disk that is full: text stays on screen, is told to be unsaved, and is saved when it can be. */
static void
test_unsaved (Fixture *fixture,
              gconstpointer data)
{
  PhNotes *notes = fixture->notes;
  g_autofree char *a = add (notes, PH_SECOND, "a");
  g_autofree char *b = NULL;
  g_autoptr (PhNoteItem) item = NULL;

  ph_db_fail_step (2);
  set_text (notes, a, "A", PH_NOTES_DEFAULT);
  g_assert_error (ph_notes_get_error (notes), PH_ERROR, PH_ERROR_STORE);
  ph_db_fail_step (1);
  b = add (notes, 2 * PH_SECOND, "b");
  ph_db_fail_step (0);
  g_assert_cmpuint (ph_notes_get_n_unsaved (notes), ==, 2);
  item = g_list_model_get_item (G_LIST_MODEL (notes), 0);
  g_assert_true (ph_note_item_get_unsaved (item));

  {
    g_autofree char *here = describe (notes);
    g_autoptr (PhNotes) again = open_again (fixture);
    g_autofree char *there = describe (again);

    g_assert_cmpstr (here, ==, "A,b");
    g_assert_cmpstr (there, ==, "a");
  }

  /* Reading anew does not lose them. */
  ph_notes_check (notes);
  g_assert_cmpuint (ph_notes_get_n_unsaved (notes), ==, 2);

  g_assert_true (ph_notes_save (notes));
  g_assert_null (ph_notes_get_error (notes));
  g_assert_false (ph_note_item_get_unsaved (item));
  assert_notes (fixture, "A,b");

  /* One that was added and removed meanwhile never was. */
  ph_db_fail_step (1);
  g_free (add (notes, 0, "x"));
  ph_db_fail_step (0);
  ph_notes_undo (notes);
  assert_notes (fixture, "A,b");
  g_assert_cmpuint (ph_notes_get_n_unsaved (notes), ==, 0);
}

static void
count_cb (PhNotes *notes,
          gpointer user_data)
{
  ++*(guint *) user_data;
}

/* Another program. */
static void
test_elsewhere (Fixture *fixture,
                gconstpointer data)
{
  g_autofree char *a = add (fixture->notes, PH_SECOND, "a");
  g_autofree char *b = add (fixture->notes, 2 * PH_SECOND, "b");
  g_autoptr (PhNotes) other = open_again (fixture);
  g_autoptr (PhNoteItem) before = g_list_model_get_item (G_LIST_MODEL (fixture->notes), 1);
  g_autoptr (PhNoteItem) after = NULL;
  g_autofree char *c = NULL;
  guint n = 0;

  g_signal_connect (fixture->notes, "changed-elsewhere", G_CALLBACK (count_cb), &n);
  ph_notes_check (fixture->notes);
  g_assert_cmpuint (n, ==, 0);
  set_text (other, b, "B", PH_NOTES_DEFAULT);
  g_assert_true (ph_notes_remove (other, a));
  c = add (other, 3 * PH_SECOND, "c");
  ph_notes_check (fixture->notes);
  g_assert_cmpuint (n, ==, 1);
  assert_notes (fixture, "B,c");

  /* It is the same item as before. */
  after = g_list_model_get_item (G_LIST_MODEL (fixture->notes), 0);
  g_assert_true (before == after);

  /* Undoing my own edits leaves theirs. */
  ph_notes_undo (fixture->notes);
  assert_notes (fixture, "c");
}

/* Nothing said anywhere but once, and bounded. */
static void
test_bounds (Fixture *fixture,
             gconstpointer data)
{
  g_autoptr (PhNote) draft = ph_note_new (-4);
  const PhNote *note;

  g_free (draft->id);
  draft->id = g_strdup ("mine");
  draft->is_recorded = TRUE;
  note = ph_notes_add (fixture->notes, draft);
  g_assert_true (ph_note_is_id (note->id));
  g_assert_cmpint (note->begin, ==, 0);
  g_assert_false (note->is_recorded);
  g_free (draft->id);
  draft->id = g_strdup (note->id);
  note = ph_notes_add (fixture->notes, draft);
  g_assert_cmpstr (note->id, !=, draft->id);
  g_assert_false (ph_notes_change (fixture->notes, &(PhNote) { .id = (char *) "none" }, 0));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ADD ("/notes/edits", test_edits);
  ADD ("/notes/undo", test_undo);
  ADD ("/notes/unsaved", test_unsaved);
  ADD ("/notes/elsewhere", test_elsewhere);
  ADD ("/notes/bounds", test_bounds);
#undef ADD

  return g_test_run ();
}
