/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-spool.h"

#include "ph-error.h"

#include <string.h>

typedef struct
{
  guint64 left;
  gboolean fails;
} Source;

static gssize
read_cb (void *buffer,
         gsize size,
         gpointer user_data,
         GError **error)
{
  Source *source = user_data;
  gsize n = (gsize) MIN (source->left, MIN (size, 1000));

  if (source->fails && source->left == 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "no more");
      return -1;
    }

  memset (buffer, 'x', n);
  source->left -= n;

  return (gssize) n;
}

static guint
count_left_behind (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "playhead", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

static void
test_fill (void)
{
  Source source = { 123456, FALSE };
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = ph_spool_fill (read_cb, &source, 123456, &error);
  char piece[10];

  g_assert_no_error (error);
  g_assert_true (g_seekable_can_seek (G_SEEKABLE (stream)));
  g_assert_true (g_seekable_seek (G_SEEKABLE (stream), -1, G_SEEK_END, NULL, NULL));
  g_assert_cmpint (g_input_stream_read (stream, piece, sizeof piece, NULL, NULL), ==, 1);
  g_assert_cmpint (g_seekable_tell (G_SEEKABLE (stream)), ==, 123456);
  g_assert_cmpuint (count_left_behind (), ==, 0);
}

static void
test_refused (void)
{
  Source long_one = { 1001, FALSE };
  Source failing = { 500, TRUE };
  g_autoptr (GError) error = NULL;

  g_assert_null (ph_spool_fill (read_cb, &long_one, 1000, &error));
  g_assert_error (error, PH_ERROR, PH_ERROR_TOO_LARGE);
  g_clear_error (&error);
  g_assert_null (ph_spool_fill (read_cb, &failing, 1000, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_cmpuint (count_left_behind (), ==, 0);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/spool/fill", test_fill);
  g_test_add_func ("/spool/refused", test_refused);

  return g_test_run ();
}
