/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-db.h"
#include "ph-test.h"
#include "program.h"

#include <glib/gstdio.h>
#include <string.h>

/* What people wrote down, on the command line. */

#define NOTE                                                                                  \
  "INSERT INTO note VALUES (1, '0b8c4e6a-1f2d-4c3b-9a8e-7d6c5b4a3f2e', 2450000, NULL, NULL, " \
  "NULL, 120, 48, 'problem', 'high', 'The button does nothing' || char (10) || 'Really "      \
  "nothing\xe2\x80\xae', 'checkout', 1767225600000000, 1767225600000000)"

/* Notes that came with a file, in each form; and they go on with another one. */
static void
test_notes (void)
{
  static const struct
  {
    const char *arguments;
    const char *golden;
  } cases[] = {
    { "notes a.playhead", "notes.txt" },
    { "notes a.playhead --json", "notes.json" },
    { "notes a.playhead --csv", "notes.csv" },
    { "notes --markdown a.playhead", "notes.md" },
    { "notes b.playhead --json", "notes.json" },
    { "notes b.json.gz --json", "notes-none.json" },
  };
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *pages = ph_test_fixture (PAGES);
  g_autofree char *path = g_build_filename (folder, "a.playhead", NULL);
  g_autofree char *make = g_strdup_printf ("convert %s -o a.playhead", pages);
  g_auto (Result) made = run_in (folder, make);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (made.status, ==, 0);

  {
    g_autoptr (PhDb) db = ph_db_open (path, PH_DB_WRITE, &error);

    g_assert_true (ph_db_run (db, NOTE, &error));
    g_assert_no_error (error);
  }

  {
    g_auto (Result) again = run_in (folder, "convert a.playhead -o b.playhead");
    g_auto (Result) events = run_in (folder, "convert a.playhead -o b.json.gz");

    g_assert_cmpint (again.status, ==, 0);
    g_assert_cmpint (events.status, ==, 0);
  }

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Result) result = run_in (folder, cases[i].arguments);
      g_autofree char *golden = g_strconcat ("cli/", cases[i].golden, NULL);

      g_assert_cmpstr (result.err, ==, "");
      g_assert_cmpint (result.status, ==, 0);
      ph_test_golden (golden, result.out);
    }

  ph_test_remove_tree (folder);
}

/* A picture of each note, made by the helper and named in the text. */
static void
test_notes_pictures (void)
{
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *pages = ph_test_fixture (PAGES);
  g_autofree char *recording = g_build_filename (folder, "a.playhead", NULL);
  g_autofree char *make = g_strdup_printf ("convert %s -o a.playhead", pages);
  g_autofree char *path =
    install_helper (folder, "#!/bin/sh\nfor last; do :; done\necho \"$@\" >\"$last\"\n");
  g_autofree char *picture = g_build_filename (folder, "out", "note-001-2450ms.png", NULL);
  g_autoptr (GSubprocessLauncher) launcher = new_launcher ();
  g_auto (Result) made = run_in (folder, make);
  g_autofree char *passed = NULL;

  g_assert_cmpint (made.status, ==, 0);

  {
    g_autoptr (PhDb) db = ph_db_open (recording, PH_DB_WRITE, NULL);

    g_assert_true (ph_db_run (db, NOTE, NULL));
  }

  g_subprocess_launcher_setenv (launcher, "DISPLAY", ":no", TRUE);

  {
    g_auto (Result) result =
      run_program (path, folder, launcher, "notes a.playhead --markdown --pictures out");

    g_assert_cmpstr (result.err, ==, "");
    g_assert_cmpint (result.status, ==, 0);
    g_assert_nonnull (strstr (result.out, "![The page at 0:02.4](out/note-001-2450ms.png)\n"));
  }

  g_assert_true (g_file_get_contents (picture, &passed, NULL, NULL));
  g_assert_true (g_str_has_prefix (passed, "shot a.playhead --at 2450000 "));
  ph_test_remove_tree (folder);
}

/* A library of a later version: said, and the file is written all the same. */
static void
test_notes_later_version (void)
{
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *pages = ph_test_fixture (PAGES);
  g_autofree char *data = g_build_filename (folder, "playhead", NULL);
  g_autofree char *library = g_build_filename (data, "library.db", NULL);
  g_autofree char *out = g_build_filename (folder, "a.playhead", NULL);
  g_autofree char *convert = g_strdup_printf ("convert %s -o a.playhead", pages);
  g_autoptr (GSubprocessLauncher) launcher = new_launcher ();

  g_assert_cmpint (g_mkdir (data, 0700), ==, 0);

  {
    g_autoptr (PhDb) db = ph_db_open (library, PH_DB_WRITE, NULL);

    g_assert_true (
      ph_db_run (db, "PRAGMA application_id = 1346915377; PRAGMA user_version = 7", NULL));
  }

  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", folder, TRUE);

  {
    g_auto (Result) result = run_program (NULL, folder, launcher, convert);

    g_assert_cmpint (result.status, ==, 1);
    g_assert_nonnull (strstr (result.err, "A later version of Playhead made the library"));
    g_assert_true (g_file_test (out, G_FILE_TEST_EXISTS));
  }

  ph_test_remove_tree (folder);
}

int
main (int argc,
      char **argv)
{
  program_init (&argc, &argv);

  g_test_add_func ("/cli-notes/notes", test_notes);
  g_test_add_func ("/cli-notes/pictures", test_notes_pictures);
  g_test_add_func ("/cli-notes/later-version", test_notes_later_version);

  return g_test_run ();
}
