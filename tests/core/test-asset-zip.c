/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-asset-zip.h"

#include "asset-server.h"
#include "ph-error.h"
#include "ph-test.h"

#include <string.h>

static gboolean
name_cb (const char *name,
         gpointer user_data)
{
  g_string_append_printf (user_data, "%s;", name);

  return TRUE;
}

static gsize
ask_cb (const char *name,
        gpointer user_data)
{
  return strstr (name, "no") != NULL ? 0 : 1000;
}

static void
take_cb (const char *name,
         GBytes *bytes,
         gpointer user_data)
{
  g_string_append_printf (user_data, "%s=%d;", name,
                          bytes != NULL ? (int) g_bytes_get_size (bytes) : -1);
}

static void
test_read (void)
{
  static const char *const names[] = { "a.png", "x/no.png", "../up.png", "/abs.png", "big", "ü" };
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "a.zip", NULL);
  g_autofree char *zeros = g_malloc0 (1000 * 1000);
  g_autoptr (GBytes) small = g_bytes_new_static ("12345", 5);
  g_autoptr (GBytes) big = g_bytes_new (zeros, 1000 * 1000);
  GBytes *contents[] = { small, small, small, small, big, small };
  g_autoptr (GString) listed = g_string_new (NULL);
  g_autoptr (GString) taken = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  asset_zip_write (path, names, contents, G_N_ELEMENTS (names));
  g_assert_true (ph_asset_zip_list (path, name_cb, listed, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (listed->str, ==, "a.png;x/no.png;../up.png;/abs.png;big;ü;");
  g_assert_true (ph_asset_zip_read (path, ask_cb, take_cb, taken, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (taken->str, ==, "a.png=5;../up.png=5;/abs.png=5;big=-1;ü=5;");

  ph_test_remove_tree (folder);
}

/* Cut anywhere, or something else: an error or what is left, never more. */
static void
test_damaged (void)
{
  static const char *const names[] = { "a.png", "b.png" };
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "a.zip", NULL);
  g_autoptr (GBytes) small = g_bytes_new_static ("12345", 5);
  GBytes *contents[] = { small, small };
  g_autofree char *data = NULL;
  gsize size;

  asset_zip_write (path, names, contents, G_N_ELEMENTS (names));
  g_assert_true (g_file_get_contents (path, &data, &size, NULL));

  for (gsize i = 0; i < size; i++)
    {
      g_autoptr (GString) listed = g_string_new (NULL);
      g_autoptr (GString) taken = g_string_new (NULL);

      g_assert_true (g_file_set_contents_full (path, data, (gssize) i,
                                               G_FILE_SET_CONTENTS_NONE, 0600, NULL));
      ph_asset_zip_list (path, name_cb, listed, NULL, NULL);
      ph_asset_zip_read (path, ask_cb, take_cb, taken, NULL, NULL);
      g_assert_cmpuint (listed->len, <=, strlen ("a.png;b.png;"));
    }

  {
    g_autoptr (GString) listed = g_string_new (NULL);
    g_autoptr (GError) error = NULL;

    g_assert_true (g_file_set_contents (path, "no archive of anything, but long enough", -1, NULL));
    g_assert_false (ph_asset_zip_list (path, name_cb, listed, NULL, &error));
    g_assert_error (error, PH_ERROR, PH_ERROR_CORRUPT);
    g_assert_nonnull (strstr (error->message, "a.zip"));
  }

  ph_test_remove_tree (folder);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/asset-zip/read", test_read);
  g_test_add_func ("/asset-zip/damaged", test_damaged);

  return g_test_run ();
}
