/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-library.h"

#include "ph-db.h"
#include "ph-error.h"
#include "ph-test.h"

#include <glib/gstdio.h>

#define START ((gint64) 1700000000 * PH_SECOND)

typedef struct
{
  char *folder;
  char *path;
  PhLibrary *library;
  PhLibrary *other; /* another program's */
} Fixture;

static const PhLibraryRecording recording = { "r", "Shop", "file:///a.json", START };

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  fixture->folder = ph_test_tmp_dir ();
  fixture->path = g_build_filename (fixture->folder, "deep", "library.db", NULL);
  fixture->library = ph_library_new (fixture->path, PH_LIBRARY_WRITE);
  fixture->other = ph_library_new (fixture->path, PH_LIBRARY_WRITE);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  ph_db_fail_step (0);
  g_assert_finalize_object (fixture->library);
  g_assert_finalize_object (fixture->other);
  ph_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static PhNote *
make_note (PhTime begin,
           const char *text)
{
  PhNote *note = ph_note_new (begin);

  ph_note_set_text (note, text);

  return note;
}

/* From @before to @after; both are lent. */
static gboolean
write_note (PhLibrary *library,
            const PhNote *before,
            const PhNote *after,
            GError **error)
{
  PhNoteEdit edit = { before != NULL ? ph_note_copy (before) : NULL,
                      after != NULL ? ph_note_copy (after) : NULL };
  gboolean done = ph_library_write (library, &recording, &edit, 1, FALSE, error);

  ph_note_edit_clear (&edit);

  return done;
}

static GPtrArray *
read_notes (PhLibrary *library)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *notes = ph_library_read_notes (library, &recording, &error);

  g_assert_no_error (error);

  return notes;
}

static void
test_empty (Fixture *fixture,
            gconstpointer data)
{
  g_autoptr (PhLibrary) reader = ph_library_new (fixture->path, PH_LIBRARY_READ);
  g_autoptr (GPtrArray) notes = read_notes (reader);
  g_autoptr (PhNote) note = make_note (0, "x");
  g_autoptr (GError) error = NULL;

  /* Reading makes nothing. */
  g_assert_cmpuint (notes->len, ==, 0);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  g_assert_false (write_note (reader, NULL, note, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
}

static void
test_edits (Fixture *fixture,
            gconstpointer data)
{
  g_autoptr (PhNote) late = make_note (9 * PH_SECOND, "late");
  g_autoptr (PhNote) early = make_note (PH_SECOND, "early");
  g_autoptr (PhNote) changed = NULL;

  ph_note_parse_tags (late, "b, a");
  late->end = 10 * PH_SECOND;
  late->has_spot = TRUE;
  late->x = -5;
  g_assert_true (write_note (fixture->library, NULL, late, NULL));
  g_assert_true (write_note (fixture->library, NULL, early, NULL));

  {
    g_autoptr (GPtrArray) notes = read_notes (fixture->other);

    g_assert_cmpuint (notes->len, ==, 2);
    g_assert_true (ph_note_equal (notes->pdata[0], early));
    g_assert_true (ph_note_equal (notes->pdata[1], late));
  }

  changed = ph_note_copy (late);
  ph_note_parse_tags (changed, "c");
  changed->begin = 0;
  g_assert_true (write_note (fixture->library, late, changed, NULL));
  g_assert_true (write_note (fixture->library, early, NULL, NULL));

  {
    g_autoptr (GPtrArray) notes = read_notes (fixture->other);
    g_autoptr (GHashTable) deleted =
      ph_library_read_deleted (fixture->other, &recording, NULL);

    g_assert_cmpuint (notes->len, ==, 1);
    g_assert_true (ph_note_equal (notes->pdata[0], changed));
    g_assert_cmpuint (g_hash_table_size (deleted), ==, 1);
    g_assert_true (g_hash_table_contains (deleted, early->id));
  }

  /* Undone. */
  g_assert_true (write_note (fixture->library, NULL, early, NULL));

  {
    g_autoptr (GPtrArray) notes = read_notes (fixture->other);

    g_assert_cmpuint (notes->len, ==, 2);
  }
}

/* Times stand, whatever a later version takes for the session's start. */
static void
test_other_start (Fixture *fixture,
                  gconstpointer data)
{
  PhLibraryRecording moved = recording;
  g_autoptr (PhNote) note = make_note (9 * PH_SECOND, "");
  g_autoptr (GPtrArray) notes = NULL;

  g_assert_true (write_note (fixture->library, NULL, note, NULL));
  moved.start_time -= 2 * PH_SECOND;
  notes = ph_library_read_notes (fixture->library, &moved, NULL);
  g_assert_cmpint (((PhNote *) notes->pdata[0])->begin, ==, 11 * PH_SECOND);
}

/* Two programs that change one note: what both changed is there. */
static void
test_two (Fixture *fixture,
          gconstpointer data)
{
  g_autoptr (PhNote) base = make_note (0, "base");
  g_autoptr (PhNote) mine = ph_note_copy (base);
  g_autoptr (PhNote) theirs = ph_note_copy (base);
  g_autoptr (GPtrArray) notes = NULL;
  const PhNote *found;

  g_assert_true (write_note (fixture->library, NULL, base, NULL));
  g_ptr_array_unref (read_notes (fixture->library));
  g_assert_false (ph_library_was_changed (fixture->library));
  theirs->severity = PH_NOTE_LOW;
  theirs->changed = g_get_real_time () + 1000000000;
  g_assert_true (write_note (fixture->other, base, theirs, NULL));
  g_assert_true (ph_library_was_changed (fixture->library));
  g_assert_false (ph_library_was_changed (fixture->library));

  ph_note_set_text (mine, "mine");
  g_assert_true (write_note (fixture->library, base, mine, NULL));
  notes = read_notes (fixture->other);
  found = notes->pdata[0];
  g_assert_cmpstr (found->text, ==, "mine");
  g_assert_cmpint (found->severity, ==, PH_NOTE_LOW);
  g_assert_cmpint (found->changed, >, theirs->changed);
}

static void
test_merge (Fixture *fixture,
            gconstpointer data)
{
  g_autoptr (GPtrArray) brought = g_ptr_array_new_with_free_func ((GDestroyNotify) ph_note_free);
  PhNote *note = make_note (0, "from afar");
  g_autoptr (PhNote) ours = ph_note_copy (note);
  guint n;

  g_ptr_array_add (brought, note);

  /* Not twice. */
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GPtrArray) notes = NULL;

      g_assert_true (ph_library_merge (fixture->library, &recording, brought, &n, NULL));
      g_assert_cmpuint (n, ==, !i);
      notes = read_notes (fixture->library);
      g_assert_cmpuint (notes->len, ==, 1);
    }

  /* The later change wins. */
  ours->changed = note->changed + 1;
  g_assert_true (write_note (fixture->library, note, ours, NULL));
  ph_note_set_text (note, "older");
  g_assert_true (ph_library_merge (fixture->library, &recording, brought, &n, NULL));
  g_assert_cmpuint (n, ==, 0);
  note->changed += 2;
  g_assert_true (ph_library_merge (fixture->library, &recording, brought, &n, NULL));
  g_assert_cmpuint (n, ==, 1);

  /* A time that cannot be never wins. */
  note->changed = G_MAXINT64 / 4;
  ph_note_set_text (note, "from the future");
  g_assert_true (ph_library_merge (fixture->library, &recording, brought, &n, NULL));
  g_assert_cmpuint (n, ==, 0);

  /* What was deleted stays so. */
  g_assert_true (write_note (fixture->library, note, NULL, NULL));
  note->changed = g_get_real_time () + PH_SECOND;
  g_assert_true (ph_library_merge (fixture->library, &recording, brought, &n, NULL));
  g_assert_cmpuint (n, ==, 0);
}

static void
test_adopt (Fixture *fixture,
            gconstpointer data)
{
  PhLibraryRecording real = recording;
  g_autoptr (PhNote) note = make_note (0, "early");
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;

  ph_note_parse_tags (note, "x");
  g_assert_true (write_note (fixture->library, NULL, note, NULL));
  real.identity = "real";
  g_assert_true (ph_library_adopt (fixture->library, &real, recording.identity, NULL));
  before = read_notes (fixture->library);
  after = ph_library_read_notes (fixture->library, &real, NULL);
  g_assert_cmpuint (before->len, ==, 0);
  g_assert_cmpuint (after->len, ==, 1);
  g_assert_true (ph_note_equal (after->pdata[0], note));
}

/* Whichever step fails, a note is as it was before or as it was to be, and the next try works. */
static void
test_fails (Fixture *fixture,
            gconstpointer data)
{
  g_autoptr (PhNote) old = make_note (0, "old");
  g_autoptr (PhNote) new = ph_note_copy (old);
  gboolean done = FALSE;
  guint n;

  ph_note_parse_tags (old, "a, b");
  ph_note_parse_tags (new, "c");
  ph_note_set_text (new, "new");
  g_assert_true (write_note (fixture->library, NULL, old, NULL));

  for (n = 1; !done; n++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) notes = NULL;

      ph_db_fail_step (n);
      done = write_note (fixture->library, old, new, &error);
      ph_db_fail_step (0);
      g_assert_cmpint (done, ==, error == NULL);
      notes = read_notes (fixture->other);
      g_assert_cmpuint (notes->len, ==, 1);
      g_assert_true (ph_note_equal (notes->pdata[0], done ? new : old));
    }

  g_assert_cmpuint (n, >, 6);
}

static void
test_odd_files (Fixture *fixture,
                gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);
  g_autoptr (PhNote) note = make_note (0, "x");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);

  {
    g_autoptr (PhDb) db = ph_db_open (fixture->path, PH_DB_WRITE, NULL);

    g_assert_true (
      ph_db_run (db, "PRAGMA application_id = 1346915377; PRAGMA user_version = 99", NULL));
  }

  g_assert_false (write_note (fixture->library, NULL, note, &error));
  g_assert_error (error, PH_ERROR, PH_ERROR_UNSUPPORTED);
  g_clear_error (&error);
  g_assert_null (ph_library_read_notes (fixture->library, &recording, &error));
  g_assert_error (error, PH_ERROR, PH_ERROR_UNSUPPORTED);
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (fixture->path, "Dear diary", -1, NULL));
  g_assert_false (write_note (fixture->library, NULL, note, &error));
  g_assert_error (error, PH_ERROR, PH_ERROR_CORRUPT);
  g_assert_cmpstr (error->message, ==, "The library is damaged");
  g_clear_error (&error);

  /* It is tried anew each time. */
  g_unlink (fixture->path);
  g_assert_true (write_note (fixture->library, NULL, note, &error));
  g_assert_no_error (error);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ADD ("/library/empty", test_empty);
  ADD ("/library/edits", test_edits);
  ADD ("/library/other-start", test_other_start);
  ADD ("/library/two", test_two);
  ADD ("/library/merge", test_merge);
  ADD ("/library/adopt", test_adopt);
  ADD ("/library/fails", test_fails);
  ADD ("/library/odd-files", test_odd_files);
#undef ADD

  return g_test_run ();
}
