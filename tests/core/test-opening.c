/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-session-private.h"

#include "ph-cursor.h"
#include "ph-db.h"
#include "ph-dom-pack.h"
#include "ph-flaky-file.h"
#include "ph-recordings.h"
#include "ph-save.h"
#include "ph-test.h"
#include "ph-verify.h"
#include "session-maker.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  char *folder;
  GFile *file;
  PhSession *session;
  GError *error;
  gboolean done;
  guint n_changes;
  double progress;
  guint n_progress;
} Fixture;

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  g_autofree char *path = NULL;

  fixture->folder = ph_test_tmp_dir ();
  path = g_build_filename (fixture->folder, "archive.ndjson", NULL);
  fixture->file = g_file_new_for_path (path);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  g_clear_object (&fixture->session);
  g_clear_error (&fixture->error);
  g_object_unref (fixture->file);
  ph_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static void
put (FILE *file,
     int type,
     gint64 ms,
     const char *data)
{
  g_autofree char *event = ph_make_event (type, ms, data);

  fputs (event, file);
  fputc ('\n', file);
}

/* A page and @n changes of it, of about ten kilobytes each. */
static void
write_archive (Fixture *fixture,
               guint n,
               gint64 page_ms)
{
  FILE *file = fopen (g_file_peek_path (fixture->file), "w");
  g_autofree char *snapshot = ph_make_snapshot ("text");
  g_autofree char *filler = g_strnfill (10000, 'x');

  put (file, 4, page_ms, "{\"href\":\"https://a.example/\",\"width\":640,\"height\":480}");
  put (file, 2, page_ms + 1, snapshot);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *data = g_strdup_printf (
        "{\"source\":0,\"texts\":[{\"id\":6,\"value\":\"%u %s\"}],\"attributes\":[],"
        "\"removes\":[],\"adds\":[]}",
        i, filler);

      put (file, 3, 2000 + 20 * i, data);
    }

  fclose (file);
}

static void
opened_cb (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->session = ph_session_open_finish (result, &fixture->error);
  fixture->done = TRUE;
}

/* Before the answer only, and never back. */
static void
progress_cb (double fraction,
             gpointer user_data)
{
  Fixture *fixture = user_data;

  g_assert_false (fixture->done);
  g_assert_cmpfloat (fraction, >=, fixture->progress);
  fixture->progress = fraction;
  fixture->n_progress++;
}

static void
changed_cb (PhSession *session,
            Fixture *fixture)
{
  fixture->n_changes++;
}

static void
open_archive (Fixture *fixture,
              PhOpenFlags flags)
{
  fixture->done = FALSE;
  fixture->progress = 0;
  g_clear_object (&fixture->session);
  ph_session_open_async (fixture->file, flags, progress_cb, fixture, NULL, opened_cb, fixture);
  ph_test_wait (&fixture->done, 30);
  g_assert_no_error (fixture->error);
  g_signal_connect (fixture->session, "changed", G_CALLBACK (changed_cb), fixture);
}

static char *
find_in_library (Fixture *fixture)
{
  return ph_recordings_dup_path (fixture->file, NULL);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

/* With the session gone its worker goes as well, and the file: soon. */
static void
assert_nothing_left (const char *folder)
{
  for (guint i = 0; i < 1000 && count_files (folder) > 0; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (10000);
    }

  g_assert_cmpuint (count_files (folder), ==, 0);
}

static GBytes *
pack_page (PhSession *session,
           PhTime time)
{
  g_autoptr (PhCursor) cursor = ph_cursor_new (session);

  ph_cursor_seek (cursor, time);

  return ph_dom_pack (ph_cursor_get_dom (cursor));
}

/* The first picture comes before the end, can be looked at, and more comes later. */
static void
test_grows (Fixture *fixture,
            gconstpointer data)
{
  g_autoptr (PhSession) whole = NULL;
  g_autoptr (PhCursor) cursor = NULL;
  g_autoptr (GBytes) early = NULL;
  guint n_first;
  PhTime end;

  write_archive (fixture, 4000, 1000);
  open_archive (fixture, PH_OPEN_DEFAULT);
  g_assert_true (ph_session_get_importing (fixture->session));
  g_assert_cmpfloat (ph_session_get_progress (fixture->session), <, 0.5);
  g_assert_cmpuint (ph_session_get_generation (fixture->session), ==, 0);
  n_first = ph_session_get_n_events (fixture->session);
  end = ph_session_get_span (fixture->session).end;
  g_assert_cmpuint (n_first, >=, 2);
  g_assert_cmpuint (n_first, <, 4002);
  early = pack_page (fixture->session, end);

  /* A place in it stays one while it grows. */
  cursor = ph_cursor_new (fixture->session);
  ph_wait_for_import (fixture->session);
  g_assert_cmpuint (fixture->n_changes, >=, 1);
  g_assert_cmpfloat (ph_session_get_progress (fixture->session), >=, 1);
  g_assert_null (ph_session_get_import_error (fixture->session));
  g_assert_cmpuint (ph_session_get_generation (fixture->session), ==, 0);
  g_assert_cmpuint (ph_session_get_n_events (fixture->session), ==, 4002);

  whole = ph_session_open (fixture->file, NULL, NULL, NULL, NULL);

  for (guint i = 0; i <= 10; i++)
    {
      PhTime time = ph_session_get_span (whole).end * i / 10;
      g_autoptr (GBytes) wanted = pack_page (whole, time);
      g_autoptr (GBytes) got = NULL;

      ph_cursor_seek (cursor, time);
      got = ph_dom_pack (ph_cursor_get_dom (cursor));
      g_assert_true (g_bytes_equal (wanted, got));
    }

  {
    g_autoptr (GBytes) late = pack_page (whole, end);

    g_assert_true (g_bytes_equal (early, late));
  }
}

/* Put in order after all: what was there before has other numbers, and says so. */
static void
test_sorted_later (Fixture *fixture,
                   gconstpointer data)
{
  g_autoptr (PhCursor) cursor = NULL;

  write_archive (fixture, 3000, 900000);

  {
    FILE *file = fopen (g_file_peek_path (fixture->file), "a");
    g_autofree char *snapshot = ph_make_snapshot ("later");

    put (file, 2, 1000, snapshot);
    put (file, 5, 960000, "{\"tag\":\"x\"}");
    fclose (file);
  }

  open_archive (fixture, PH_OPEN_DEFAULT);
  cursor = ph_cursor_new (fixture->session);
  ph_cursor_get_dom (cursor);
  ph_wait_for_import (fixture->session);
  g_assert_cmpuint (ph_session_get_n_events (fixture->session), ==, 3004);
  ph_cursor_seek (cursor, 30 * PH_SECOND);

  {
    g_autoptr (GBytes) wanted = pack_page (fixture->session, 30 * PH_SECOND);
    g_autoptr (GBytes) got = ph_dom_pack (ph_cursor_get_dom (cursor));

    g_assert_true (g_bytes_equal (wanted, got));
  }
}

/* Nothing to see before all of it is sorted: how far that is can be shown. */
static void
test_progress (Fixture *fixture,
               gconstpointer data)
{
  FILE *file;
  g_autofree char *snapshot = ph_make_snapshot ("text");
  g_autofree char *filler = g_strnfill (10000, 'x');

  file = fopen (g_file_peek_path (fixture->file), "w");

  for (guint i = 0; i < 3000; i++)
    {
      g_autofree char *custom = g_strdup_printf ("{\"tag\":\"%s\",\"payload\":{}}", filler);

      put (file, 5, 2000 + i, custom);
    }

  put (file, 2, 1000, snapshot);
  fclose (file);

  open_archive (fixture, PH_OPEN_DEFAULT);
  g_assert_cmpuint (fixture->n_progress, >=, 1);
  ph_wait_for_import (fixture->session);
  g_assert_null (ph_session_get_import_error (fixture->session));
  g_assert_cmpuint (ph_session_get_n_events (fixture->session), ==, 3001);
}

static void
damage_cb (PhTime time,
           const char *text,
           gpointer user_data)
{
  g_error ("damaged: %s", text);
}

/* An archive is imported once, wherever it lies the next time. */
static void
test_library (Fixture *fixture,
              gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autofree char *moved = g_build_filename (fixture->folder, "moved.json", NULL);
  g_autofree char *folder = ph_recordings_dup_folder ();
  struct stat before;
  struct stat after;

  write_archive (fixture, 300, 1000);
  path = find_in_library (fixture);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  open_archive (fixture, PH_OPEN_KEEP);
  ph_wait_for_import (fixture->session);
  g_assert_cmpint (stat (path, &before), ==, 0);
  g_assert_cmpuint (before.st_mode & 077, ==, 0);
  g_assert_cmpuint (count_files (folder), ==, 1);
  g_assert_cmpstr (ph_session_get_format (fixture->session), ==, "rrweb-ndjson");

  g_assert_cmpint (g_rename (g_file_peek_path (fixture->file), moved), ==, 0);
  g_object_unref (fixture->file);
  fixture->file = g_file_new_for_path (moved);
  open_archive (fixture, PH_OPEN_KEEP);
  g_assert_false (ph_session_get_importing (fixture->session));
  g_assert_cmpuint (ph_session_get_n_events (fixture->session), ==, 302);
  g_assert_true (g_file_equal (ph_session_get_file (fixture->session), fixture->file));
  g_assert_cmpstr (ph_session_get_format (fixture->session), ==, "rrweb-ndjson");
  g_assert_cmpint (ph_session_get_archive_bytes (fixture->session), >, 3000000);
  g_assert_cmpint (stat (path, &after), ==, 0);
  g_assert_cmpuint (before.st_ino, ==, after.st_ino);
  g_assert_cmpuint (count_files (folder), ==, 1);
  g_assert_true (ph_session_verify (fixture->session, damage_cb, NULL));
}

/* A recording in the library that cannot be read is made anew. */
static void
test_library_damaged (Fixture *fixture,
                      gconstpointer data)
{
  static const char *const contents[] = { "", "SQLite format 3", "nonsense" };
  g_autofree char *path = NULL;

  write_archive (fixture, 300, 1000);
  path = find_in_library (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      g_autofree char *folder = g_path_get_dirname (path);

      g_mkdir_with_parents (folder, 0700);
      g_assert_true (g_file_set_contents (path, contents[i], -1, NULL));
      open_archive (fixture, PH_OPEN_KEEP);
      ph_wait_for_import (fixture->session);
      g_assert_null (ph_session_get_import_error (fixture->session));
      g_assert_cmpuint (ph_session_get_n_events (fixture->session), ==, 302);
      open_archive (fixture, PH_OPEN_KEEP);
      g_assert_false (ph_session_get_importing (fixture->session));
    }
}

/* One with damage in it plays, but is no reason to have less than the archive the next time. */
static void
test_library_rotten (Fixture *fixture,
                     gconstpointer data)
{
  static const struct
  {
    const char *sql;
    gboolean is_found_at_once;
  } cases[] = {
    { "UPDATE page SET title = 'x'", TRUE },
    { "UPDATE chunk SET data = zeroblob (9) WHERE number > 0", FALSE },
  };
  g_autofree char *path = NULL;

  write_archive (fixture, 300, 1000);
  path = find_in_library (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      open_archive (fixture, PH_OPEN_KEEP);
      ph_wait_for_import (fixture->session);

      {
        g_autoptr (PhDb) db = ph_db_open (path, PH_DB_WRITE, NULL);

        g_assert_true (ph_db_run (db, cases[i].sql, NULL));
      }

      open_archive (fixture, PH_OPEN_KEEP);
      ph_wait_for_import (fixture->session);

      if (!cases[i].is_found_at_once)
        {
          g_assert_false (ph_session_is_lost (fixture->session,
                                              ph_session_get_event (fixture->session, 0)));
          g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
          g_assert_true (ph_session_is_lost (fixture->session,
                                             ph_session_get_event (fixture->session, 301)));
          g_assert_cmpuint (ph_health_count (ph_session_get_health (fixture->session),
                                             PH_HEALTH_DAMAGED),
                            ==, 1);
          g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
          open_archive (fixture, PH_OPEN_KEEP);
          ph_wait_for_import (fixture->session);
        }

      g_assert_cmpuint (ph_session_get_n_events (fixture->session), ==, 302);
      g_assert_true (ph_session_verify (fixture->session, damage_cb, NULL));
      g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
    }
}

/* What is there when it is stopped stays, plays, and is not kept for the next time. */
static void
test_stop (Fixture *fixture,
           gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autofree char *folder = ph_recordings_dup_folder ();
  guint n;

  write_archive (fixture, 6000, 1000);
  path = find_in_library (fixture);
  open_archive (fixture, PH_OPEN_KEEP);
  g_assert_true (ph_session_get_importing (fixture->session));
  ph_session_stop_import (fixture->session);
  ph_wait_for_import (fixture->session);
  g_assert_error (ph_session_get_import_error (fixture->session), G_IO_ERROR,
                  G_IO_ERROR_CANCELLED);
  n = ph_session_get_n_events (fixture->session);
  g_assert_cmpuint (n, >=, 2);
  g_assert_cmpuint (n, <, 6002);
  g_assert_false (ph_session_is_lost (fixture->session,
                                      ph_session_get_event (fixture->session, n - 1)));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_clear_object (&fixture->session);

  assert_nothing_left (folder);
}

/* The session goes while its worker is at work: the worker goes as well, and its file. */
static void
test_close (Fixture *fixture,
            gconstpointer data)
{
  g_autofree char *folder = ph_recordings_dup_folder ();

  write_archive (fixture, 6000, 1000);
  open_archive (fixture, PH_OPEN_KEEP);
  g_assert_finalize_object (g_steal_pointer (&fixture->session));

  assert_nothing_left (folder);
}

static void
test_cancel (Fixture *fixture,
             gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  write_archive (fixture, 300, 1000);
  ph_session_open_async (fixture->file, PH_OPEN_DEFAULT, NULL, NULL, cancellable, opened_cb,
                         fixture);
  g_cancellable_cancel (cancellable);
  ph_test_wait (&fixture->done, 30);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (fixture->session);
}

/* Each read fails once: nothing to open before there is a picture, after it that stays. */
static void
test_any_read_fails (Fixture *fixture,
                     gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  guint n_reads = 40;
  guint n_refused = 0;
  guint n_parts = 0;
  gsize size;

  write_archive (fixture, 600, 1000);
  g_assert_true (g_file_get_contents (g_file_peek_path (fixture->file), &text, &size, NULL));
  bytes = g_bytes_new_static (text, size);
  g_object_unref (fixture->file);
  fixture->file = ph_flaky_file_new (bytes);

  for (guint n = 0; n < n_reads; n++)
    {
      const GError *error;

      ph_flaky_file_fail_at (PH_FLAKY_FILE (fixture->file), n);
      fixture->done = FALSE;
      ph_session_open_async (fixture->file, PH_OPEN_KEEP, NULL, NULL, NULL, opened_cb, fixture);
      ph_test_wait (&fixture->done, 30);

      if (fixture->session != NULL)
        ph_wait_for_import (fixture->session);

      error = fixture->session != NULL ? ph_session_get_import_error (fixture->session)
                                       : fixture->error;
      n_refused += fixture->session == NULL;

      if (error == NULL)
        {
          /* There were not so many. */
          n_reads = ph_flaky_file_get_n_reads (PH_FLAKY_FILE (fixture->file));
          g_assert_cmpuint (n, ==, n_reads);
          g_assert_cmpuint (ph_session_get_n_events (fixture->session), ==, 602);
        }
      else
        {
          g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
          g_assert_nonnull (strstr (error->message, "was made to fail"));
        }

      if (error != NULL && fixture->session != NULL)
        {
          guint n_events = ph_session_get_n_events (fixture->session);

          g_assert_cmpuint (n_events, <, 602);
          g_assert_false (ph_session_is_lost (
            fixture->session, ph_session_get_event (fixture->session, n_events - 1)));
          n_parts++;
        }

      g_clear_object (&fixture->session);
      g_clear_error (&fixture->error);
    }

  g_test_message ("%u reads: %u refused, %u shown in part", n_reads, n_refused, n_parts);
  g_assert_cmpuint (n_refused, >, 0);
  g_assert_cmpuint (n_parts, >, 0);
}

/* A recording is not imported, and is there at once. */
static void
test_recording (Fixture *fixture,
                gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "a.playhead", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *folder = ph_recordings_dup_folder ();

  write_archive (fixture, 300, 1000);

  {
    g_autoptr (PhSession) whole = ph_session_open (fixture->file, NULL, NULL, NULL, NULL);

    g_assert_true (ph_session_save (whole, file, NULL, NULL, NULL, NULL, NULL));
    g_assert_cmpint (ph_session_get_recording_bytes (whole), >, 10000);
  }

  g_set_object (&fixture->file, file);
  open_archive (fixture, PH_OPEN_KEEP);
  g_assert_false (ph_session_get_importing (fixture->session));
  g_assert_cmpstr (ph_session_get_format (fixture->session), ==, "playhead");
  g_assert_cmpuint (count_files (folder), ==, 0);
}

/* Without a place to keep it, it is shown all the same. */
static void
test_no_library (Fixture *fixture,
                 gconstpointer data)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "playhead", NULL);

  g_mkdir_with_parents (g_get_user_data_dir (), 0700);
  g_assert_true (g_file_set_contents (folder, "not a folder", -1, NULL));
  write_archive (fixture, 300, 1000);
  open_archive (fixture, PH_OPEN_KEEP);
  ph_wait_for_import (fixture->session);
  g_assert_null (ph_session_get_import_error (fixture->session));
  g_assert_cmpuint (ph_session_get_n_events (fixture->session), ==, 302);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ADD ("/opening/grows", test_grows);
  ADD ("/opening/sorted-later", test_sorted_later);
  ADD ("/opening/progress", test_progress);
  ADD ("/opening/library", test_library);
  ADD ("/opening/library-damaged", test_library_damaged);
  ADD ("/opening/library-rotten", test_library_rotten);
  ADD ("/opening/stop", test_stop);
  ADD ("/opening/close", test_close);
  ADD ("/opening/cancel", test_cancel);
  ADD ("/opening/any-read-fails", test_any_read_fails);
  ADD ("/opening/recording", test_recording);
  ADD ("/opening/no-library", test_no_library);
#undef ADD

  return g_test_run ();
}
