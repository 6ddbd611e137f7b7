/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-recording.h"

#include "ph-cursor.h"
#include "ph-db.h"
#include "ph-dom-pack.h"
#include "ph-error.h"
#include "ph-save.h"
#include "ph-squeeze.h"
#include "ph-test.h"
#include "session-maker.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <string.h>
#include <unistd.h>

/* That a recording is the same session as its archive: test-record. */

static char *folder;
static char *path;

static PhSession *
open_path (GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return ph_session_open (file, NULL, NULL, NULL, error);
}

/* A recording of a fixture, changed. */
static void
make (const char *sql)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (PhSession) session = ph_make_session_from_fixture ("rrweb/three-windows.ndjson");
  g_autoptr (GError) error = NULL;

  ph_session_save (session, file, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);

  if (sql != NULL)
    {
      g_autoptr (PhDb) db = ph_db_open (path, PH_DB_WRITE, &error);

      ph_db_run (db, sql, &error);
      g_assert_no_error (error);
    }
}

static void
test_is_one (void)
{
  g_autofree char *archive = ph_test_fixture ("rrweb/two-pages.json");
  g_autoptr (GFile) a = g_file_new_for_path (archive);
  g_autoptr (GFile) b = g_file_new_for_path (path);
  g_autoptr (GFile) none = g_file_new_for_path ("/nowhere/at/all");
  g_autoptr (GFile) far = g_file_new_for_uri ("https://a.example/a.playhead");

  make (NULL);
  g_assert_true (ph_recording_is_one (b, NULL));
  g_assert_false (ph_recording_is_one (a, NULL));
  g_assert_false (ph_recording_is_one (none, NULL));
  g_assert_false (ph_recording_is_one (far, NULL));

  /* A database of another program's is read as an archive, and told for what it is. */
  make ("PRAGMA application_id = 1");
  g_assert_false (ph_recording_is_one (b, NULL));

  {
    g_autoptr (GError) error = NULL;

    g_assert_null (open_path (&error));
    g_assert_error (error, PH_ERROR, PH_ERROR_UNSUPPORTED);
  }
}

/* A pipe gives its bytes once: they are the archive reader's, not those of a question. */
static void
test_pipe (void)
{
  g_autofree char *archive = ph_test_fixture ("rrweb/two-pages.json");
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (PhSession) session = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;
  int ends[2];

  g_assert_true (g_file_get_contents (archive, &text, &length, NULL));
  g_assert_cmpuint (length, <, 60000);
  g_assert_true (g_unix_open_pipe (ends, FD_CLOEXEC, NULL));
  g_assert_cmpint (write (ends[1], text, length), ==, length);
  close (ends[1]);

  name = g_strdup_printf ("/dev/fd/%d", ends[0]);
  file = g_file_new_for_path (name);
  session = ph_session_open (file, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ph_session_get_n_events (session), >, 0);
  close (ends[0]);
}

/* Errors have the file's name in front. */
static void
test_errors (void)
{
  static const struct
  {
    const char *sql;
    int code;
    const char *message;
  } cases[] = {
    { "PRAGMA user_version = 4", PH_ERROR_UNSUPPORTED,
      "a.playhead: A later version of Playhead made this recording (format 4; this one reads up "
      "to 3)" },
    /* With nothing left that could be shown, what was wrong in the first place is said. */
    { "DELETE FROM chunk; DELETE FROM meta WHERE key = 'complete'", PH_ERROR_CORRUPT,
      "a.playhead: The recording was never finished: open its archive again" },
    { "UPDATE chunk SET checksum = 1; CREATE TABLE more (a)", PH_ERROR_CORRUPT,
      "a.playhead: The recording does not have the tables it should have" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      make (cases[i].sql);
      g_assert_null (open_path (&error));
      g_assert_error (error, PH_ERROR, cases[i].code);
      g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

/* Where the file cannot do without what is damaged, it is made anew of its events. */
static void
test_made_anew (void)
{
  static const struct
  {
    const char *sql;
    const char *finding;
  } cases[] = {
    { "DELETE FROM meta WHERE key = 'complete'",
      "The recording was never finished: open its archive again" },
    { "UPDATE snapshot SET window = 9", "The recording’s list of snapshots is damaged" },
    { "UPDATE window SET events = -1", "The recording’s list of windows is damaged" },
    { "CREATE TABLE more (a)", "The recording does not have the tables it should have" },
  };
  guint n_events;

  make (NULL);
  {
    g_autoptr (PhSession) sound = open_path (NULL);

    n_events = ph_session_get_n_events (sound);
  }

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PhSession) session = NULL;
      g_autoptr (GError) error = NULL;
      const PhFinding *findings;
      guint n;

      make (cases[i].sql);
      session = open_path (&error);
      g_assert_no_error (error);
      g_assert_cmpuint (ph_session_get_n_events (session), ==, n_events);
      findings = ph_health_examples (ph_session_get_health (session), PH_HEALTH_DAMAGED, &n);
      g_assert_cmpuint (n, ==, 1);
      g_assert_cmpstr (findings[0].text, ==, cases[i].finding);
    }
}

/* Each list that can be done without becomes a finding, and all is shown. */
static void
test_damaged_lists (void)
{
  static const struct
  {
    const char *sql;
    const char *finding; /* NULL: that something was changed */
  } cases[] = {
    { "UPDATE focus SET window = 9", "The recording’s list of windows used is damaged" },
    { "UPDATE page SET window = 9", "The recording’s list of pages is damaged" },
    { "UPDATE moment SET window = 9", "The recording’s list of moments is damaged" },
    { "INSERT INTO asset VALUES (1, '', 'image', 0, 0)",
      "The recording’s list of assets is damaged" },
    { "UPDATE pointer SET data = x''", "The recording’s pointer track is damaged" },
    { "DELETE FROM pointer", "The recording’s pointer track is damaged" },
    { "UPDATE moment SET kind = 'later'", NULL },
    { "UPDATE meta SET value = 'Other' WHERE key = 'title'", NULL },
    { "DELETE FROM meta WHERE key = 'title'", NULL },
    { "DELETE FROM snapshot WHERE event = (SELECT max (event) FROM snapshot)", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PhSession) session = NULL;
      g_autoptr (PhCursor) cursor = NULL;
      g_autoptr (GError) error = NULL;
      const PhFinding *findings;
      guint n;

      g_test_message ("%s", cases[i].sql);
      make (cases[i].sql);
      session = open_path (&error);
      g_assert_no_error (error);
      findings = ph_health_examples (ph_session_get_health (session), PH_HEALTH_DAMAGED, &n);
      g_assert_cmpuint (n, >=, 1);

      if (cases[i].finding != NULL)
        g_assert_cmpstr (findings[0].text, ==, cases[i].finding);
      else
        g_assert_cmpstr (findings[n - 1].text, ==, "The recording’s list of contents is damaged");

      cursor = ph_cursor_new (session);
      ph_cursor_seek (cursor, ph_session_get_span (session).end);
      g_assert_cmpuint (ph_dom_get_root (ph_cursor_get_dom (cursor)), !=, 0);
    }
}

/* Runs of events that are damaged change nothing, and are told of once. */
static void
test_damaged_events (void)
{
  g_autoptr (PhSession) session = NULL;
  g_autoptr (PhCursor) cursor = NULL;
  guint n;

  make ("UPDATE chunk SET data = x'00'");
  session = open_path (NULL);
  g_assert_nonnull (session);
  n = ph_session_get_n_events (session);
  g_assert_cmpuint (n, >, 5);

  for (guint i = 0; i < n; i++)
    g_assert_true (ph_session_is_lost (session, ph_session_get_event (session, i)));

  cursor = ph_cursor_new (session);
  g_assert_cmpuint (ph_dom_get_root (ph_cursor_get_dom (cursor)), ==, 0);
  ph_cursor_seek (cursor, ph_session_get_span (session).end);
  ph_cursor_get_dom (cursor);
  g_assert_cmpuint (ph_health_count (ph_session_get_health (session), PH_HEALTH_DAMAGED), ==, 1);
}

/* Puts a page into the file that is no page, with a checksum that fits. */
static void
forge_page (guint snapshot)
{
  g_autoptr (PhSqueezer) squeezer = ph_squeezer_new (1);
  g_autoptr (GBytes) data = ph_squeeze (squeezer, "no page", 7, NULL);
  g_autoptr (PhDb) db = ph_db_open (path, PH_DB_WRITE, NULL);
  g_autoptr (PhStatement) add =
    ph_db_prepare (db, "INSERT INTO keyframe VALUES (0, 0, ?, ?, 0, NULL, 7, ?, ?)", NULL);
  const gint64 numbers[] = { 0, 0, snapshot, snapshot + 1, 0, -1, 7 };

  ph_statement_bind_int (add, 0, snapshot);
  ph_statement_bind_int (add, 1, snapshot + 1);
  ph_statement_bind_int (add, 2,
                         ph_checksum (numbers, G_N_ELEMENTS (numbers),
                                      g_bytes_get_data (data, NULL), g_bytes_get_size (data)));
  ph_statement_bind_blob (add, 3, data);
  g_assert_true (ph_statement_run (add, NULL));
}

static void
test_forged_page (void)
{
  guint snapshot;
  g_autoptr (PhSession) session = NULL;
  g_autoptr (PhCursor) cursor = NULL;
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;

  make (NULL);
  session = open_path (NULL);
  cursor = ph_cursor_new (session);
  ph_cursor_set_window (cursor, 0);
  ph_cursor_seek (cursor, ph_session_get_span (session).end);
  snapshot = ph_session_last_snapshot (session, 0, ph_session_get_n_events (session));
  before = ph_dom_pack (ph_cursor_get_dom (cursor));
  g_clear_pointer (&cursor, ph_cursor_free);
  g_clear_object (&session);

  make (NULL);
  forge_page (snapshot);
  session = open_path (NULL);
  g_assert_nonnull (session);
  cursor = ph_cursor_new (session);
  ph_cursor_set_window (cursor, 0);
  ph_cursor_seek (cursor, ph_session_get_span (session).end);
  g_assert_cmpuint (ph_session_find_keyframe (session, 0, snapshot, G_MAXUINT), ==, snapshot + 1);
  after = ph_dom_pack (ph_cursor_get_dom (cursor));
  g_assert_true (g_bytes_equal (before, after));
  g_assert_cmpuint (ph_session_find_keyframe (session, 0, snapshot, G_MAXUINT), ==, G_MAXUINT);
}

/* How long a step is, is said by the recording. */
static void
test_activity_step (void)
{
  g_autofree char *place = ph_test_tmp_dir ();
  g_autofree char *own = g_build_filename (place, "a.playhead", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (own);
  g_autoptr (PhSession) session = ph_make_session_from_fixture ("rrweb/two-pages.json");
  static const struct
  {
    const char *step; /* of the table's numbers, microseconds */
    guint n;
  } cases[] = {
    { "1000000", 3 },
    { "1", 3 },
    /* Nothing a program would write. */
    { "0", 0 },
    { "-5", 0 },
    { "9000000000000000000", 0 },
  };

  g_assert_true (ph_session_save (session, file, NULL, NULL, NULL, NULL, NULL));

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *sql = g_strdup_printf (
        "DELETE FROM activity; INSERT INTO activity VALUES (0, 1), (1, 2), (9, 3);"
        "UPDATE meta SET value = %s WHERE key = 'activity_step'",
        cases[i].step);
      g_autoptr (PhSession) again = NULL;
      const PhActivity *activity;
      PhTime step;
      guint n;

      {
        g_autoptr (PhDb) db = ph_db_open (own, PH_DB_WRITE, NULL);

        g_assert_true (ph_db_run (db, sql, NULL));
      }

      again = ph_session_open (file, NULL, NULL, NULL, NULL);
      activity = ph_session_get_activity (again, &step, &n);
      g_test_message ("%s", cases[i].step);
      g_assert_cmpuint (n, ==, cases[i].n);

      if (n > 0)
        {
          g_assert_cmpint (step, ==, g_ascii_strtoll (cases[i].step, NULL, 10));
          g_assert_cmpint (activity[2].step, ==, 9);
          g_assert_cmpuint (activity[2].n_events, ==, 3);
        }
    }

  ph_test_remove_tree (place);
}

int
main (int argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = ph_test_tmp_dir ();
  path = g_build_filename (folder, "a.playhead", NULL);

  g_test_add_func ("/recording/is-one", test_is_one);
  g_test_add_func ("/recording/pipe", test_pipe);
  g_test_add_func ("/recording/activity-step", test_activity_step);
  g_test_add_func ("/recording/errors", test_errors);
  g_test_add_func ("/recording/made-anew", test_made_anew);
  g_test_add_func ("/recording/damaged-lists", test_damaged_lists);
  g_test_add_func ("/recording/damaged-events", test_damaged_events);
  g_test_add_func ("/recording/forged-page", test_forged_page);

  status = g_test_run ();
  ph_test_remove_tree (folder);
  g_free (folder);
  g_free (path);

  return status;
}
