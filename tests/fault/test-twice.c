/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The same archive opened by several at the same time: each gets all of it, and
 * the library has one whole recording at the end and nothing else.
 */

#include "fault-driver.h"

#include "ph-recordings.h"
#include "ph-test.h"
#include "session-maker.h"

#include <glib/gstdio.h>

#define N_OPENERS 3
#define ROUNDS 4

typedef struct
{
  char *folder;
  char *archive;
  GPtrArray *events;
  char *library;
} Fixture;

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  fixture->folder = ph_test_tmp_dir ();
  fixture->archive = fault_make_archive (fixture->folder, "chat", "4M");
  fixture->events = fault_read_events (fixture->archive);
  fixture->library = ph_recordings_dup_folder ();
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  ph_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->archive);
  g_free (fixture->library);
  g_ptr_array_unref (fixture->events);
}

static void
assert_one_whole (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PhSession) session = NULL;

  fault_assert_swept ();
  g_assert_cmpuint (fault_count (fixture->library, "", ".playhead"), ==, 1);
  g_assert_cmpuint (fault_count (fixture->library, "", ""), ==, 1);
  session = fault_open (fixture->archive, PH_OPEN_KEEP, &error);
  g_assert_no_error (error);
  fault_assert_whole (session, fixture->events);
}

typedef struct
{
  const char *archive;
  char *output;
  int status;
} Program;

static gpointer
run_in_thread (gpointer data)
{
  Program *program = data;
  const char *const argv[] = { fault_opener, program->archive, NULL };

  program->status = fault_run (argv, &program->output);

  return NULL;
}

static void
test_programs (Fixture *fixture,
               gconstpointer data)
{
  g_autofree char *wanted =
    g_strdup_printf ("opened 1\nevents %u\nlost 0\nleft 0\n", fixture->events->len);

  for (guint round = 0; round < ROUNDS; round++)
    {
      Program programs[N_OPENERS];
      GThread *threads[N_OPENERS];

      for (guint i = 0; i < N_OPENERS; i++)
        {
          programs[i] = (Program) { fixture->archive, NULL, -1 };
          threads[i] = g_thread_new ("run", run_in_thread, &programs[i]);
          g_usleep ((gulong) g_test_rand_int_range (0, 30000));
        }

      for (guint i = 0; i < N_OPENERS; i++)
        {
          g_thread_join (threads[i]);
          g_assert_cmpint (programs[i].status, ==, 0);
          g_assert_cmpstr (programs[i].output, ==, wanted);
          g_free (programs[i].output);
        }

      assert_one_whole (fixture);
      ph_test_remove_tree (fixture->library);
    }
}

typedef struct
{
  PhSession *sessions[N_OPENERS];
  guint n;
  gboolean done;
} Windows;

static void
opened_cb (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  Windows *windows = user_data;
  g_autoptr (GError) error = NULL;

  windows->sessions[windows->n] = ph_session_open_finish (result, &error);
  g_assert_no_error (error);
  windows->done = ++windows->n == N_OPENERS;
}

/* One of them stops on the way: that is no matter for the others. */
static void
test_windows (Fixture *fixture,
              gconstpointer data)
{
  g_autoptr (GFile) file = g_file_new_for_path (fixture->archive);

  for (guint round = 0; round < ROUNDS; round++)
    {
      Windows windows = { { NULL }, 0, FALSE };
      gboolean stops = round % 2 == 1;

      for (guint i = 0; i < N_OPENERS; i++)
        ph_session_open_async (file, PH_OPEN_KEEP, NULL, NULL, NULL, opened_cb, &windows);

      ph_test_wait (&windows.done, 60);

      if (stops)
        g_clear_object (&windows.sessions[0]);

      for (guint i = stops; i < N_OPENERS; i++)
        ph_wait_for_import (windows.sessions[i]);

      for (guint i = stops; i < N_OPENERS; i++)
        {
          fault_assert_whole (windows.sessions[i], fixture->events);
          g_assert_finalize_object (g_steal_pointer (&windows.sessions[i]));
        }

      assert_one_whole (fixture);
      ph_test_remove_tree (fixture->library);
    }
}

/* Two that write the same file: it is one or the other, whole. */
static gpointer
convert_in_thread (gpointer data)
{
  Program *program = data;
  const char *const argv[] = { fault_cli, "convert", program->archive, "-o", program->output,
                               NULL };

  program->status = fault_run (argv, NULL);

  return NULL;
}

static void
test_convert (Fixture *fixture,
              gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "out", NULL);
  g_autofree char *path = g_build_filename (folder, "out.playhead", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);

  for (guint round = 0; round < ROUNDS / 2; round++)
    {
      Program programs[2];
      GThread *threads[2];
      g_autoptr (PhSession) session = NULL;
      g_autoptr (GError) error = NULL;

      for (guint i = 0; i < G_N_ELEMENTS (programs); i++)
        {
          programs[i] = (Program) { fixture->archive, path, -1 };
          threads[i] = g_thread_new ("convert", convert_in_thread, &programs[i]);
        }

      for (guint i = 0; i < G_N_ELEMENTS (programs); i++)
        {
          g_thread_join (threads[i]);
          g_assert_cmpint (programs[i].status, ==, 0);
        }

      session = ph_session_open (file, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      fault_assert_whole (session, fixture->events);
      g_assert_cmpuint (fault_count (folder, "", ""), ==, 1);
    }
}

int
main (int argc,
      char **argv)
{
  fault_init (&argc, &argv);

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ADD ("/twice/programs", test_programs);
  ADD ("/twice/windows", test_windows);
  ADD ("/twice/convert", test_convert);
#undef ADD

  return g_test_run ();
}
