/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-verify.h"

#include "ph-db.h"
#include "ph-save.h"
#include "ph-test.h"
#include "session-maker.h"

#include <glib/gstdio.h>
#include <string.h>

static void
report_cb (PhTime time,
           const char *text,
           gpointer user_data)
{
  g_string_append_printf (user_data, "%s\n", text);
}

/* Each part of a recording that is damaged is named. */
static void
test_recording (void)
{
  static const struct
  {
    const char *sql;
    const char *report; /* "" when it is sound */
  } cases[] = {
    { NULL, "" },
    { "INSERT INTO note VALUES (1, 'a', 0, NULL, NULL, NULL, NULL, NULL, 'idea', 'none', 'mine', "
      "'', 0, 0)",
      "" },
    { "UPDATE chunk SET data = zeroblob (9)", "Events 0 to " },
    { "INSERT INTO keyframe VALUES (0, 0, 1, 2, 0, NULL, 9, 9, x'00')",
      "The stored page before event 2 cannot be read" },
    { "UPDATE pointer SET data = zeroblob (9)", "pointer track is damaged" },
    { "UPDATE page SET title = 'x'", "list of contents is damaged" },
    { "UPDATE finding SET events = 7", "" },
    { "UPDATE meta SET value = replace (hex (zeroblob (32)), '0', 'a') WHERE key = 'identity'",
      "It is not the session it says it is" },
    { "DELETE FROM moment", "list of contents is damaged" },
    { "INSERT INTO moment_text (moment_text) VALUES ('delete-all')", "search index is damaged" },
  };
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "a.playhead", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (PhSession) source = ph_make_session_from_fixture ("rrweb/two-pages.json");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) report = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (PhSession) session = NULL;
      gboolean sound;

      g_assert_true (ph_session_save (source, file, NULL, NULL, NULL, NULL, &error));

      if (cases[i].sql != NULL)
        {
          g_autoptr (PhDb) db = ph_db_open (path, PH_DB_WRITE, &error);

          ph_db_run (db, cases[i].sql, &error);
        }

      g_assert_no_error (error);
      session = ph_session_open (file, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      sound = ph_session_verify (session, report_cb, report);
      g_test_message ("%s: %s", cases[i].sql, report->str);
      g_assert_nonnull (strstr (report->str, cases[i].report));
      g_assert_cmpint (sound, ==, report->len == 0);
      g_assert_cmpint (sound, ==, cases[i].report[0] == '\0');
    }

  ph_test_remove_tree (folder);
}

/* The file is looked at anew: it may have changed since it was opened. */
static void
test_gone (void)
{
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "a.playhead", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (PhSession) source = ph_make_session_from_fixture ("rrweb/two-pages.json");
  g_autoptr (GString) report = g_string_new (NULL);
  g_autoptr (PhSession) session = NULL;

  g_assert_true (ph_session_save (source, file, NULL, NULL, NULL, NULL, NULL));
  session = ph_session_open (file, NULL, NULL, NULL, NULL);
  g_assert_cmpuint (ph_session_n_keyframes (session), ==, 0);
  g_assert_true (ph_session_verify (session, report_cb, report));
  g_unlink (path);
  g_assert_false (ph_session_verify (session, report_cb, report));
  g_assert_cmpuint (report->len, >, 0);

  ph_test_remove_tree (folder);
}

static void
test_archive (void)
{
  g_autofree char *path = ph_test_fixture ("rrweb/two-pages.json");
  g_autoptr (PhSession) whole = ph_make_session_from_fixture ("rrweb/two-pages.json");
  g_autoptr (PhSession) cut = NULL;
  g_autoptr (GString) report = g_string_new (NULL);
  g_autofree char *text = NULL;
  gsize size;

  g_assert_cmpuint (ph_session_n_keyframes (whole), ==, 0);
  g_assert_true (ph_session_verify (whole, report_cb, report));
  g_assert_cmpuint (report->len, ==, 0);

  g_assert_true (g_file_get_contents (path, &text, &size, NULL));
  text[size / 2] = '\0';
  cut = ph_make_session_from_text (text, NULL);
  g_assert_false (ph_session_verify (cut, report_cb, report));
  g_assert_cmpuint (report->len, >, 0);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/verify/recording", test_recording);
  g_test_add_func ("/verify/gone", test_gone);
  g_test_add_func ("/verify/archive", test_archive);

  return g_test_run ();
}
