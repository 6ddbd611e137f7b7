/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-test.h"

#include <glib/gstdio.h>
#include <string.h>

char *
ph_test_fixture (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "fixtures", name, NULL);
}

char *
ph_test_demo (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "..", "data", "demo", name, NULL);
}

char *
ph_test_shared (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "..", "shared", name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS) ? g_steal_pointer (&path) : NULL;
}

static int
compare_paths (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
collect (const char *folder,
         const char *suffix,
         GPtrArray *paths)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  if (dir == NULL)
    return;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        collect (path, suffix, paths);
      else if (g_str_has_suffix (name, suffix))
        g_ptr_array_add (paths, g_steal_pointer (&path));
    }
}

void
ph_test_each_shared (const char *folder,
                     const char *suffix,
                     void (*func) (const char *path,
                                   gpointer user_data),
                     gpointer user_data)
{
  g_autofree char *root = ph_test_shared (folder);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  if (root == NULL)
    return;

  collect (root, suffix, paths);
  g_ptr_array_sort (paths, compare_paths);

  for (guint i = 0; i < paths->len; i++)
    func (paths->pdata[i], user_data);
}

void
ph_test_golden (const char *fixture,
                const char *actual)
{
  g_autofree char *path = ph_test_fixture (fixture);
  g_autofree char *expected = NULL;

  if (g_strcmp0 (g_getenv ("PH_GOLDEN_UPDATE"), "1") == 0)
    {
      g_autofree char *folder = g_path_get_dirname (path);

      g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
      g_assert_true (g_file_set_contents (path, actual, -1, NULL));
    }

  g_test_message ("golden %s", fixture);
  g_assert_true (g_file_get_contents (path, &expected, NULL, NULL));
  g_assert_cmpstr (actual, ==, expected);
}

static gboolean
timeout_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

void
ph_test_wait (const gboolean *done,
              guint seconds)
{
  gboolean late = FALSE;
  guint source = g_timeout_add_seconds (seconds, timeout_cb, &late);

  while (!*done && !late)
    g_main_context_iteration (NULL, TRUE);

  g_assert_false (late);
  g_source_remove (source);
}

char *
ph_test_tmp_dir (void)
{
  char *path = g_dir_make_tmp ("playhead-test-XXXXXX", NULL);

  g_assert_nonnull (path);

  return path;
}

void
ph_test_remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (!g_file_test (child, G_FILE_TEST_IS_SYMLINK) && g_file_test (child, G_FILE_TEST_IS_DIR))
        ph_test_remove_tree (child);
      else
        g_unlink (child);
    }

  g_rmdir (path);
}

void
ph_test_spare_children (void)
{
  g_unsetenv ("G_DEBUG");
  g_unsetenv ("MALLOC_PERTURB_");
}
