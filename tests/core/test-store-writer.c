/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-store-writer.h"

#include "ph-db.h"
#include "ph-error.h"
#include "ph-store-maker.h"
#include "ph-test.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

static char *
make_path (char **folder)
{
  *folder = ph_test_tmp_dir ();

  return g_build_filename (*folder, "a.playhead", NULL);
}

/* Everything that goes in comes out: ph_assert_small_store() looks at each list. */
static void
test_round_trip (void)
{
  g_autofree char *folder = NULL;
  g_autofree char *path = make_path (&folder);
  g_autoptr (GError) error = NULL;
  g_autoptr (PhStore) store = NULL;

  g_assert_true (ph_make_small_store (path, &error));
  g_assert_no_error (error);
  store = ph_store_open (path, &error);
  g_assert_no_error (error);
  ph_assert_small_store (store);

  ph_test_remove_tree (folder);
}

/* The same session gives the same bytes, wherever and whenever it is written. */
static void
test_same_bytes (void)
{
  g_autofree char *folder = NULL;
  g_autofree char *path = make_path (&folder);
  g_autofree char *other = g_strconcat (path, "2", NULL);
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;
  gsize size_a;
  gsize size_b;

  g_assert_true (ph_make_small_store (path, NULL));
  g_assert_true (ph_make_small_store (other, NULL));
  g_assert_true (g_file_get_contents (path, &a, &size_a, NULL));
  g_assert_true (g_file_get_contents (other, &b, &size_b, NULL));
  g_assert_cmpmem (a, size_a, b, size_b);

  ph_test_remove_tree (folder);
}

/* Each step made to fail once: an error every time, and never a file taken for whole. */
static void
test_any_step_fails (void)
{
  g_autofree char *folder = NULL;
  g_autofree char *path = make_path (&folder);
  guint n_steps;

  ph_db_fail_step (0);
  g_assert_true (ph_make_small_store (path, NULL));
  n_steps = ph_db_count_steps ();
  g_assert_cmpuint (n_steps, >, 40);

  for (guint n = 1; n <= n_steps; n++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) open_error = NULL;
      g_autoptr (PhStore) store = NULL;

      g_unlink (path);
      ph_db_fail_step (n);
      g_assert_false (ph_make_small_store (path, &error));
      g_assert_error (error, PH_ERROR, PH_ERROR_STORE);
      ph_db_fail_step (0);

      store = ph_store_open (path, &open_error);
      g_assert_null (store);
      g_assert_nonnull (open_error);
    }

  ph_test_remove_tree (folder);
}

/* A writer that never finished, at any length. */
static void
test_unfinished (void)
{
  g_autofree char *folder = NULL;
  g_autofree char *path = make_path (&folder);
  g_autoptr (GError) error = NULL;
  g_autoptr (PhStoreWriter) writer = ph_store_writer_new (path, &error);

  g_assert_no_error (error);
  ph_fill_small_store (writer, &error);
  g_assert_no_error (error);
  g_clear_pointer (&writer, ph_store_writer_free);
  g_assert_null (ph_store_open (path, &error));
  g_assert_error (error, PH_ERROR, PH_ERROR_CORRUPT);

  ph_test_remove_tree (folder);
}

/* A second one does not write into the first one's file. */
static void
test_two_writers (void)
{
  g_autofree char *folder = NULL;
  g_autofree char *path = make_path (&folder);
  g_autoptr (GError) error = NULL;
  g_autoptr (PhStoreWriter) writer = ph_store_writer_new (path, &error);
  g_autoptr (PhStore) store = NULL;

  g_assert_no_error (error);
  g_assert_null (ph_store_writer_new (path, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_clear_error (&error);

  g_assert_true (ph_fill_small_store (writer, &error));
  g_assert_true (ph_store_writer_finish (writer, &error));
  g_assert_null (ph_store_writer_new (path, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_clear_error (&error);
  store = ph_store_open (path, &error);
  ph_assert_small_store (store);

  ph_test_remove_tree (folder);
}

/* The system lets no file grow beyond a size, as a full disk does. */
static void
test_no_space (void)
{
  static const rlim_t sizes[] = { 0, 2000, 20000, 40000, 200000, 600000 };
  g_autofree char *folder = NULL;
  g_autofree char *path = make_path (&folder);
  struct rlimit old;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old), ==, 0);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      struct rlimit limit = { sizes[i], old.rlim_max };
      g_autoptr (GError) error = NULL;
      gboolean done;

      g_unlink (path);
      g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
      done = ph_make_noisy_store (path, &error);
      g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old), ==, 0);

      g_assert_false (done);
      g_assert_nonnull (error);
      g_assert_null (ph_store_open (path, NULL));
    }

  g_unlink (path);
  g_assert_true (ph_make_noisy_store (path, NULL));
  ph_test_remove_tree (folder);
}

/* After an error nothing else is written, whatever is asked for. */
static void
test_after_error (void)
{
  g_autofree char *folder = NULL;
  g_autofree char *path = make_path (&folder);
  g_autoptr (GError) error = NULL;
  g_autoptr (PhStoreWriter) writer = ph_store_writer_new (path, &error);
  PhSpan span = { 0, 1 };

  ph_db_fail_step (2);
  g_assert_false (ph_store_writer_add_idle (writer, &span, &error));
  g_assert_error (error, PH_ERROR, PH_ERROR_STORE);
  g_clear_error (&error);
  ph_db_fail_step (0);
  g_assert_false (ph_store_writer_add_idle (writer, &span, &error));
  g_assert_error (error, PH_ERROR, PH_ERROR_STORE);
  g_clear_error (&error);
  g_assert_false (ph_store_writer_finish (writer, &error));
  g_assert_error (error, PH_ERROR, PH_ERROR_STORE);

  ph_test_remove_tree (folder);
}

/* What was flushed can be read while more is written, in whatever portions. */
static void
test_growing (void)
{
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "a.playhead", NULL);
  g_autoptr (PhStoreWriter) writer = ph_store_writer_new (path, NULL);
  g_autoptr (PhStore) store = NULL;
  GError *error = NULL;
  guint n_frames = 0;
  guint next = 1;

  for (guint i = 0; i < PH_SMALL_EVENTS; i++)
    {
      const PhEvent event = ph_small_event (i);
      PhSpan span = { 0, (i + 1) / 2 * PH_MSEC };
      guint n;

      g_assert_true (ph_store_writer_add_event (writer, &event, &error));

      while (n_frames < PH_SMALL_FRAMES && ph_small_frame (n_frames).next <= i + 1)
        {
          PhFrame frame = ph_small_frame (n_frames);
          g_autoptr (GBytes) page = ph_small_page (n_frames);

          g_assert_true (ph_store_writer_add_frame (writer, &frame, page, &error));
          n_frames++;
        }

      if (i + 1 != next)
        continue;

      next += (guint) g_test_rand_int_range (1, 400);
      g_assert_true (ph_store_writer_flush (writer, &error));

      if (store == NULL)
        store = ph_store_open_growing (path, &error);

      g_assert_no_error (error);
      ph_store_grow (store, i + 1, 2, ph_small_event (0).timestamp, span, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (ph_store_n_events (store), ==, i + 1);
      ph_store_get_frames (store, &n);
      g_assert_cmpuint (n, ==, n_frames);

      for (guint k = 0; k <= i; k += 1 + i / 7)
        {
          const PhEvent wanted = ph_small_event (k);
          const PhEvent *got = ph_store_get_event (store, k);

          g_assert_cmpmem (wanted.text, wanted.size, got->text, got->size);
        }

      for (guint k = 0; k < n; k++)
        {
          g_autoptr (GBytes) page = ph_store_read_frame (store, k);

          g_assert_nonnull (page);
        }
    }

  g_clear_pointer (&store, ph_store_free);
  ph_test_remove_tree (folder);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store-writer/round-trip", test_round_trip);
  g_test_add_func ("/store-writer/same-bytes", test_same_bytes);
  g_test_add_func ("/store-writer/any-step-fails", test_any_step_fails);
  g_test_add_func ("/store-writer/unfinished", test_unfinished);
  g_test_add_func ("/store-writer/two-writers", test_two_writers);
  g_test_add_func ("/store-writer/no-space", test_no_space);
  g_test_add_func ("/store-writer/after-error", test_after_error);
  g_test_add_func ("/store-writer/growing", test_growing);

  return g_test_run ();
}
