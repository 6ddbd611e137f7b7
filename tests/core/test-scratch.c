/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-scratch.h"

#include "ph-test.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

/* It is there while somebody holds it. */
static void
test_life (void)
{
  g_autofree char *folder = ph_test_tmp_dir ();
  PhScratch *scratch = ph_scratch_new (folder, 0600, NULL);
  PhScratch *other = ph_scratch_new (folder, 0600, NULL);

  g_assert_cmpstr (ph_scratch_get_path (scratch), !=, ph_scratch_get_path (other));
  g_assert_cmpuint (count_files (folder), ==, 2);
  ph_scratch_unref (other);
  g_assert_cmpuint (count_files (folder), ==, 1);
  ph_scratch_unref (ph_scratch_ref (scratch));
  g_assert_cmpuint (count_files (folder), ==, 1);
  ph_scratch_unref (scratch);
  g_assert_cmpuint (count_files (folder), ==, 0);
  ph_test_remove_tree (folder);
}

static void
test_move (void)
{
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "here", NULL);
  g_autofree char *nowhere = g_build_filename (folder, "no", "where", NULL);
  g_autofree char *text = NULL;
  PhScratch *scratch = ph_scratch_new (folder, 0600, NULL);
  g_autoptr (GError) error = NULL;
  struct stat facts;
  FILE *file = fopen (ph_scratch_get_path (scratch), "w");

  g_assert_true (g_file_set_contents (path, "before", -1, NULL));
  fputs ("after", file);
  fclose (file);

  g_assert_false (ph_scratch_move (scratch, nowhere, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (ph_scratch_move (scratch, path, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (ph_scratch_get_path (scratch), ==, path);
  ph_scratch_unref (scratch);

  g_assert_cmpuint (count_files (folder), ==, 1);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "after");
  g_assert_cmpint (stat (path, &facts), ==, 0);
  g_assert_cmpuint (facts.st_mode & 0777, ==, 0600);
  ph_test_remove_tree (folder);
}

/* What a killed program left goes; what another one, or this one, is making stays. */
static void
test_sweep (void)
{
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *kept = g_build_filename (folder, "kept.playhead", NULL);
  g_autoptr (PhScratch) mine = ph_scratch_new (folder, 0600, NULL);
  pid_t child;
  int status;

  g_assert_true (g_file_set_contents (kept, "x", -1, NULL));
  child = fork ();

  if (child == 0)
    {
      ph_scratch_new (folder, 0600, NULL);
      pause ();
      _exit (0);
    }

  while (count_files (folder) < 3)
    g_usleep (1000);

  /* It may not have its lock yet: that is why it makes another when it is swept away. */
  g_usleep (100000);
  ph_scratch_sweep (folder);
  g_assert_cmpuint (count_files (folder), ==, 3);

  kill (child, SIGKILL);
  waitpid (child, &status, 0);
  ph_scratch_sweep (folder);
  g_assert_cmpuint (count_files (folder), ==, 2);
  g_assert_true (g_file_test (ph_scratch_get_path (mine), G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (kept, G_FILE_TEST_EXISTS));

  ph_scratch_sweep ("/nowhere/at/all");
  ph_test_remove_tree (folder);
}

static int is_done;

static gpointer
sweep_in_thread (gpointer data)
{
  while (!g_atomic_int_get (&is_done))
    ph_scratch_sweep (data);

  return NULL;
}

/* What was given is there and stays, however often others sweep meanwhile. */
static void
test_sweep_while_making (void)
{
  g_autofree char *folder = ph_test_tmp_dir ();
  GThread *threads[3];
  g_autoptr (PhScratch) before = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("sweep", sweep_in_thread, folder);

  for (guint i = 0; i < 5000; i++)
    {
      g_autoptr (PhScratch) scratch = ph_scratch_new (folder, 0600, NULL);

      g_assert_nonnull (scratch);
      g_assert_true (before == NULL ||
                     g_file_test (ph_scratch_get_path (before), G_FILE_TEST_EXISTS));
      g_clear_pointer (&before, ph_scratch_unref);
      before = g_steal_pointer (&scratch);
    }

  g_atomic_int_set (&is_done, TRUE);

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);

  ph_test_remove_tree (folder);
}

static void
test_no_folder (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (ph_scratch_new ("/nowhere/at/all", 0600, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/scratch/life", test_life);
  g_test_add_func ("/scratch/move", test_move);
  g_test_add_func ("/scratch/sweep", test_sweep);
  g_test_add_func ("/scratch/sweep-while-making", test_sweep_while_making);
  g_test_add_func ("/scratch/no-folder", test_no_folder);

  return g_test_run ();
}
