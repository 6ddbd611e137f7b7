/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

#include <string.h>

/*
 * Gives every file of the folders named, seeds and past crashes, to the target once. What
 * a page was, beside a recorded archive (`*.truth.*`), is no archive.
 */

static void
test_file (gconstpointer user_data)
{
  g_autofree char *data = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (user_data, &data, &size, NULL));
  LLVMFuzzerTestOneInput ((const guint8 *) data, size);
}

static void
add_folder (GPtrArray *paths,
            const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autofree char *group = g_path_get_basename (folder);
  const char *name;

  g_assert_nonnull (dir);

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *test = g_strconcat ("/replay/", group, "/", name, NULL);

      if (strstr (name, ".truth.") != NULL || !g_file_test (path, G_FILE_TEST_IS_REGULAR))
        continue;

      g_ptr_array_add (paths, g_steal_pointer (&path));
      g_test_add_data_func (test, paths->pdata[paths->len - 1], test_file);
    }
}

int
main (int argc,
      char **argv)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, >, 1);

  for (int i = 1; i < argc; i++)
    add_folder (paths, argv[i]);

  g_assert_cmpuint (paths->len, >, 0);

  return g_test_run ();
}
