/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A program that is killed while it imports or converts. Whenever that is, the
 * library holds either nothing or a whole recording, what is left is swept away
 * at the next opening, and a file that was to be written is not there, is as it
 * was, or is whole. `-m slow` does it with a longer archive.
 */

#include "fault-driver.h"

#include "ph-recordings.h"
#include "ph-test.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#define ROUNDS_STREAMED 30
#define ROUNDS_SORTED 20
#define ROUNDS_CONVERT 12

typedef struct
{
  char *folder;
  char *archive;
  GPtrArray *events;
  char *library; /* where the archive's recording will be */
} Fixture;

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  g_autoptr (GFile) file = NULL;

  fixture->folder = ph_test_tmp_dir ();
  fixture->archive =
    fault_make_archive (fixture->folder, "table", g_test_slow () ? "40M" : "4M");
  fixture->events = fault_read_events (fixture->archive);

  if (data != NULL)
    {
      g_autofree char *ordered = g_steal_pointer (&fixture->archive);

      fixture->archive = fault_make_disordered (ordered);
      g_unlink (ordered);
    }

  file = g_file_new_for_path (fixture->archive);
  fixture->library = ph_recordings_dup_path (file, NULL);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  ph_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->archive);
  g_ptr_array_unref (fixture->events);
  g_free (fixture->library);
}

static void
clear_library (Fixture *fixture)
{
  g_autofree char *folder = g_path_get_dirname (fixture->library);

  ph_test_remove_tree (folder);
}

/* How long it takes at best until @path is there, and until the program ends, microseconds. */
static void
measure (const char *const *argv,
         const char *path,
         gint64 *there,
         gint64 *end)
{
  *there = G_MAXINT64;

  for (guint i = 0; i < 3; i++)
    {
      gint64 start = g_get_monotonic_time ();
      GPid pid;

      g_unlink (path);
      pid = fault_spawn (argv);

      while (!g_file_test (path, G_FILE_TEST_EXISTS))
        g_usleep (100);

      if (g_get_monotonic_time () - start < *there)
        {
          *there = g_get_monotonic_time () - start;
          g_assert_cmpint (fault_wait (pid), ==, 0);
          *end = g_get_monotonic_time () - start;
        }
      else
        g_assert_cmpint (fault_wait (pid), ==, 0);
    }
}

typedef enum
{
  ANY_TIME,    /* between the program's start and end */
  AROUND_MOVE, /* near when the recording comes to its place */
  AFTER_MOVE,  /* right after that */
} Instant;

static void
run_and_kill (const char *const *argv,
              const char *path,
              Instant instant,
              gint64 there,
              gint64 end)
{
  gint64 start = g_get_monotonic_time ();
  gint64 after = (gint64) (g_test_rand_double () * (double) end);
  GPid pid = fault_spawn (argv);

  if (instant == AROUND_MOVE)
    after = (gint64) ((0.9 + 0.2 * g_test_rand_double ()) * (double) there);

  if (instant == AFTER_MOVE)
    {
      while (!g_file_test (path, G_FILE_TEST_EXISTS))
        g_usleep (50);

      g_usleep ((gulong) g_test_rand_int_range (0, 2000));
    }
  else
    {
      g_usleep ((gulong) MAX (start + after - g_get_monotonic_time (), 1));
    }

  kill (pid, SIGKILL);
  fault_wait (pid);
}

/* --- importing ------------------------------------------------------------- */

/* What is in the library after a kill; TRUE when it is a recording, a whole one then. */
static gboolean
check_library (Fixture *fixture)
{
  g_autofree char *folder = g_path_get_dirname (fixture->library);
  g_autoptr (GFile) file = g_file_new_for_path (fixture->library);
  g_autoptr (PhSession) session = NULL;
  g_autoptr (GError) error = NULL;
  guint n = fault_count (folder, "", ".playhead");

  g_assert_cmpuint (n, <=, 1);

  if (n == 0)
    return FALSE;

  session = ph_session_open (file, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  fault_assert_whole (session, fixture->events);

  return TRUE;
}

/* The next opening gives all of it, keeps it, and sweeps. */
static void
open_again (Fixture *fixture)
{
  g_autofree char *folder = g_path_get_dirname (fixture->library);
  g_autoptr (GError) error = NULL;
  g_autoptr (PhSession) session = fault_open (fixture->archive, PH_OPEN_KEEP, &error);

  g_assert_no_error (error);
  fault_assert_whole (session, fixture->events);
  g_assert_true (g_file_test (fixture->library, G_FILE_TEST_EXISTS));
  fault_assert_swept ();
  g_assert_cmpuint (fault_count (folder, "", ""), ==, 1);
}

static void
test_import (Fixture *fixture,
             gconstpointer data)
{
  const char *const argv[] = { fault_opener, fixture->archive, NULL };
  guint n_rounds = data != NULL ? ROUNDS_SORTED : ROUNDS_STREAMED;
  guint n_whole = 0;
  guint n_left = 0;
  gint64 there;
  gint64 end;

  measure (argv, fixture->library, &there, &end);

  for (guint i = 0; i < n_rounds; i++)
    {
      g_autofree char *folder = g_path_get_dirname (fixture->library);
      Instant instant = i % 5 == 3 ? AROUND_MOVE : i % 10 == 9 ? AFTER_MOVE
                                                               : ANY_TIME;

      clear_library (fixture);
      run_and_kill (argv, fixture->library, instant, there, end);
      n_left += fault_count (folder, ".", "") > 0;
      n_whole += check_library (fixture);
      open_again (fixture);
    }

  g_test_message ("%u killed: %u left a file in the making, %u a whole recording; "
                  "%.3f s to the recording, %.3f s to the end",
                  n_rounds, n_left, n_whole, (double) there / 1e6, (double) end / 1e6);
  g_assert_cmpuint (n_whole, >=, n_rounds / 10);
  g_assert_cmpuint (n_whole, <, n_rounds);
  g_assert_cmpuint (n_left, >, 0);
}

/* --- converting ------------------------------------------------------------ */

#define BEFORE "as it was"

static gboolean
check_output (Fixture *fixture,
              const char *path,
              gboolean was_there)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (PhSession) session = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *head = NULL;
  gsize size = 0;

  if (!g_file_get_contents (path, &head, &size, NULL))
    {
      g_assert_false (was_there);
      return FALSE;
    }

  if (was_there && size == strlen (BEFORE))
    {
      g_assert_cmpstr (head, ==, BEFORE);
      return FALSE;
    }

  session = ph_session_open (file, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  fault_assert_whole (session, fixture->events);

  return TRUE;
}

static void
test_convert (Fixture *fixture,
              gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "out", NULL);
  g_autofree char *path = g_build_filename (folder, "out.playhead", NULL);
  const char *const argv[] = { fault_cli, "convert", fixture->archive, "-o", path, NULL };
  guint n_whole = 0;
  gint64 there;
  gint64 end;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  measure (argv, path, &there, &end);

  for (guint i = 0; i < ROUNDS_CONVERT; i++)
    {
      gboolean was_there = i % 2 == 1;
      Instant instant = i % 4 == 2 ? AROUND_MOVE : i % 8 == 4 ? AFTER_MOVE
                                                              : ANY_TIME;

      g_unlink (path);

      if (was_there)
        g_assert_true (g_file_set_contents (path, BEFORE, -1, NULL));

      run_and_kill (argv, path, instant, there, end);
      n_whole += check_output (fixture, path, was_there);

      /* The next one ends well, and sweeps. */
      g_assert_cmpint (fault_run (argv, NULL), ==, 0);
      g_assert_true (check_output (fixture, path, FALSE));
      g_assert_cmpuint (fault_count (folder, "", ""), ==, 1);
      fault_assert_swept ();
    }

  g_test_message ("%u killed: %u left a whole file", ROUNDS_CONVERT, n_whole);
  g_assert_cmpuint (n_whole, >, 0);
  g_assert_cmpuint (n_whole, <, ROUNDS_CONVERT);
}

int
main (int argc,
      char **argv)
{
  fault_init (&argc, &argv);

#define ADD(name, data, func) g_test_add (name, Fixture, data, set_up, func, tear_down)
  ADD ("/killed/import", NULL, test_import);
  ADD ("/killed/import-sorting", GINT_TO_POINTER (TRUE), test_import);
  ADD ("/killed/convert", NULL, test_convert);
#undef ADD

  return g_test_run ();
}
