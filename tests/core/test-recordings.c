/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-recordings.h"

#include "ph-input.h"
#include "ph-test.h"

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <utime.h>

static char *
write_file (const char *folder,
            const char *name,
            const char *text,
            gsize size)
{
  struct utimbuf times = { 1700000000, 1700000000 };
  char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, (gssize) size, NULL));
  g_assert_cmpint (utime (path, &times), ==, 0);

  return path;
}

static char *
find (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return ph_recordings_dup_path (file, NULL);
}

/* The same contents are the same archive, whatever they are called; any change makes another. */
static void
test_identity (void)
{
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *library = ph_recordings_dup_folder ();
  g_autofree char *text = g_strnfill (300000, 'x');
  g_autofree char *path = write_file (folder, "a.json", text, 300000);
  g_autofree char *copy = write_file (folder, "b.json", text, 300000);
  g_autofree char *first = find (path);
  g_autofree char *second = find (copy);
  struct utimbuf later = { 1700000001, 1700000001 };

  g_assert_true (g_str_has_prefix (first, library));
  g_assert_true (g_str_has_suffix (first, ".playhead"));
  g_assert_cmpstr (first, ==, second);

  for (guint i = 0; i < 4; i++)
    {
      static const gsize places[] = { 0, 65535, 300000 - 65536, 299999 };
      g_autofree char *other = NULL;
      g_autofree char *found = NULL;

      text[places[i]] = 'y';
      other = write_file (folder, "c.json", text, 300000);
      found = find (other);
      g_assert_cmpstr (first, !=, found);
      text[places[i]] = 'x';
    }

  {
    g_autofree char *shorter = write_file (folder, "d.json", text, 299999);
    g_autofree char *found = find (shorter);

    g_assert_cmpstr (first, !=, found);
  }

  g_clear_pointer (&second, g_free);
  g_assert_cmpint (utime (copy, &later), ==, 0);
  second = find (copy);
  g_assert_cmpstr (first, !=, second);
  ph_test_remove_tree (folder);
}

/* A folder is known by its files, and each session in anything by its key. */
static void
test_parts (void)
{
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *a = write_file (folder, "a.json", "x", 1);
  g_autofree char *whole = find (folder);
  g_autofree char *again = find (folder);
  g_autofree char *b = NULL;
  g_autofree char *more = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (a);
  g_autoptr (GFile) part = ph_input_new (file, "p");
  g_autoptr (GFile) other = ph_input_new (file, "q");
  g_autoptr (GFile) none = ph_input_new (file, NULL);
  GFile *files[] = { file, file };
  g_autoptr (GFile) both = ph_input_new_for_files (files, 2, NULL);
  g_autofree char *of_file = find (a);
  g_autofree char *of_part = ph_recordings_dup_path (part, NULL);
  g_autofree char *of_other = ph_recordings_dup_path (other, NULL);
  g_autofree char *of_none = ph_recordings_dup_path (none, NULL);
  g_autofree char *of_both = ph_recordings_dup_path (both, NULL);

  g_assert_nonnull (whole);
  g_assert_cmpstr (whole, ==, again);
  b = write_file (folder, "b.json", "y", 1);
  more = find (folder);
  g_assert_cmpstr (whole, !=, more);
  g_assert_cmpstr (of_file, ==, of_none);
  g_assert_cmpstr (of_file, !=, of_part);
  g_assert_cmpstr (of_part, !=, of_other);
  g_assert_nonnull (of_both);
  g_assert_cmpstr (of_file, !=, of_both);
  ph_test_remove_tree (folder);
}

/* What cannot be known again has no place. */
static void
test_none (void)
{
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *empty = write_file (folder, "empty", "", 0);
  g_autofree char *pipe = g_build_filename (folder, "missing", NULL);
  g_autofree char *nothing = ph_test_tmp_dir ();
  const char *paths[] = { nothing, empty, pipe, "/dev/zero" };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *found = find (paths[i]);

      g_test_message ("%s", paths[i]);
      g_assert_null (found);
    }

  ph_test_remove_tree (nothing);
  ph_test_remove_tree (folder);
}

static void
assert_left (const char *folder,
             const char *wanted)
{
  static const char *const names[] = { "a.playhead", "b.playhead", "c.playhead", "other" };
  g_autoptr (GString) left = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        g_string_append_c (left, names[i][0]);
    }

  g_assert_cmpstr (left->str, ==, wanted);
}

/* Those opened last stay; what is no recording is nobody's business. */
static void
test_tidy (void)
{
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *text = g_strnfill (1000, 'x');
  g_autofree char *a = write_file (folder, "a.playhead", text, 1000);
  g_autofree char *b = write_file (folder, "b.playhead", text, 1000);
  g_autofree char *c = write_file (folder, "c.playhead", text, 1000);
  g_autofree char *other = write_file (folder, "other", text, 1000);

  ph_recordings_touch (b);
  g_usleep (20000);
  ph_recordings_touch (a);
  ph_recordings_tidy (folder, 3000);
  assert_left (folder, "abco");
  ph_recordings_tidy (folder, 2999);
  assert_left (folder, "abo");
  ph_recordings_tidy (folder, 1500);
  assert_left (folder, "ao");
  /* The one that is being looked at is not taken away. */
  ph_recordings_tidy (folder, 10);
  assert_left (folder, "ao");
  ph_recordings_tidy ("/nowhere/at/all", 10);
  ph_recordings_touch ("/nowhere/at/all");
  ph_test_remove_tree (folder);
}

static void
test_folders (void)
{
  g_autofree char *library = ph_recordings_dup_folder ();
  g_autofree char *scratch = ph_recordings_dup_scratch_folder ();

  g_assert_true (g_str_has_prefix (library, g_get_user_data_dir ()));
  g_assert_true (g_str_has_prefix (scratch, g_get_user_cache_dir ()));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/recordings/identity", test_identity);
  g_test_add_func ("/recordings/parts", test_parts);
  g_test_add_func ("/recordings/none", test_none);
  g_test_add_func ("/recordings/tidy", test_tidy);
  g_test_add_func ("/recordings/folders", test_folders);

  return g_test_run ();
}
