/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-asset-grants.h"

#include "ph-test.h"

#include <glib/gstdio.h>

static void
test_add (void)
{
  static const struct
  {
    PhGrantKind kind;
    const char *value;
    const char *kept; /* NULL: refused */
  } cases[] = {
    { PH_GRANT_HOST, "cdn.example", "cdn.example" },
    { PH_GRANT_HOST, "CDN.example:443", "cdn.example:443" },
    { PH_GRANT_HOST, "cdn.example:80", "cdn.example" },
    { PH_GRANT_HOST, "127.0.0.1:8080", "127.0.0.1:8080" },
    { PH_GRANT_HOST, "https://cdn.example", NULL },
    { PH_GRANT_HOST, "cdn.example/x", NULL },
    { PH_GRANT_HOST, "a b", NULL },
    { PH_GRANT_HOST, "me@cdn.example", NULL },
    { PH_GRANT_HOST, "", NULL },
    { PH_GRANT_ADDRESS, "https://cdn.example/a/", "https://cdn.example/a/" },
    { PH_GRANT_ADDRESS, "ftp://cdn.example/a/", NULL },
    { PH_GRANT_ADDRESS, "https://me:secret@cdn.example/", NULL },
    { PH_GRANT_ADDRESS, "https:///a", NULL },
    { PH_GRANT_FOLDER, "/a/b", "/a/b" },
    { PH_GRANT_FOLDER, "a/b", NULL },
    { PH_GRANT_ZIP, "/a.zip", "/a.zip" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PhAssetGrants) grants = ph_asset_grants_new ();
      g_autoptr (GError) error = NULL;
      gboolean added = ph_asset_grants_add (grants, cases[i].kind, cases[i].value, &error);
      guint n;
      const PhGrant *list = ph_asset_grants_get (grants, &n);

      g_test_message ("%s", cases[i].value);
      g_assert_cmpint (added, ==, cases[i].kept != NULL);

      if (cases[i].kept == NULL)
        {
          g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
          g_assert_cmpuint (n, ==, 0);
          continue;
        }

      g_assert_cmpuint (n, ==, 1);
      g_assert_cmpstr (list[0].value, ==, cases[i].kept);
      g_assert_true (ph_asset_grants_add (grants, cases[i].kind, cases[i].value, NULL));
      ph_asset_grants_get (grants, &n);
      g_assert_cmpuint (n, ==, 1);
    }
}

static void
test_host (void)
{
  static const struct
  {
    const char *url;
    const char *host;
  } cases[] = {
    { "https://A.example/b", "a.example" },
    { "https://a.example:443/b", "a.example" },
    { "http://a.example:443/b", "a.example:443" },
    { "http://[::1]:8080/", "[::1]:8080" },
    { "http://u@a.example/", NULL },
    { "ftp://a.example/", NULL },
    { "blob:https://a.example/1", NULL },
    { "a.example", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *host = ph_asset_dup_host (cases[i].url);

      g_test_message ("%s", cases[i].url);
      g_assert_cmpstr (host, ==, cases[i].host);
    }
}

/* What a person types is a folder, a file or an address. */
static void
test_any (void)
{
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *file = g_build_filename (folder, "a.zip", NULL);
  g_autoptr (PhAssetGrants) grants = ph_asset_grants_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  g_assert_true (ph_asset_grants_add_any (grants, ".", folder, NULL));
  g_assert_true (ph_asset_grants_add_any (grants, "a.zip", folder, NULL));
  g_assert_true (ph_asset_grants_add_any (grants, "http://a.example/x", folder, NULL));
  g_assert_false (ph_asset_grants_add_any (grants, "nowhere", folder, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_true (ph_asset_grants_has (grants, PH_GRANT_FOLDER, folder));
  g_assert_true (ph_asset_grants_has (grants, PH_GRANT_ZIP, file));
  g_assert_true (ph_asset_grants_has (grants, PH_GRANT_ADDRESS, "http://a.example/x"));

  ph_test_remove_tree (folder);
}

static void
test_options (void)
{
  char *any[] = { (char *) "http://a.example/", NULL };
  char *hosts[] = { (char *) "b.example", (char *) "c.example", NULL };
  char *bad[] = { (char *) "b.example", (char *) "c/d", NULL };
  g_autoptr (PhAssetGrants) none = ph_asset_grants_from_options (NULL, NULL, NULL);
  g_autoptr (PhAssetGrants) some = ph_asset_grants_from_options (any, hosts, NULL);
  g_autoptr (GError) error = NULL;
  guint n;

  ph_asset_grants_get (none, &n);
  g_assert_cmpuint (n, ==, 0);
  ph_asset_grants_get (some, &n);
  g_assert_cmpuint (n, ==, 3);
  g_assert_null (ph_asset_grants_from_options (any, bad, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
}

/* Remembered with an archive, whatever it is called; taken back; the archive stays as it is. */
static void
test_remember (void)
{
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "a.json", NULL);
  g_autofree char *moved = g_build_filename (folder, "b.json", NULL);
  g_autofree char *after = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) other = g_file_new_for_path (moved);
  g_autoptr (PhAssetGrants) grants = ph_asset_grants_new ();
  g_autoptr (PhAssetGrants) read = NULL;
  g_autoptr (PhAssetGrants) gone = NULL;
  g_autoptr (GError) error = NULL;
  guint n;

  g_assert_true (g_file_set_contents (path, "[archive]", -1, NULL));
  ph_asset_grants_add (grants, PH_GRANT_FOLDER, "/a;b/ü c", NULL);
  ph_asset_grants_add (grants, PH_GRANT_HOST, "one.example", NULL);
  ph_asset_grants_add (grants, PH_GRANT_HOST, "two.example:81", NULL);
  g_assert_true (ph_asset_grants_save (grants, file, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_rename (path, moved), ==, 0);
  read = ph_asset_grants_load (other);
  ph_asset_grants_get (read, &n);
  g_assert_cmpuint (n, ==, 3);
  g_assert_true (ph_asset_grants_has (read, PH_GRANT_FOLDER, "/a;b/ü c"));
  g_assert_true (ph_asset_grants_has (read, PH_GRANT_HOST, "two.example:81"));

  g_assert_true (ph_asset_grants_remove (read, PH_GRANT_HOST, "one.example"));
  g_assert_false (ph_asset_grants_remove (read, PH_GRANT_HOST, "one.example"));
  g_assert_true (ph_asset_grants_remove (read, PH_GRANT_HOST, "two.example:81"));
  g_assert_true (ph_asset_grants_remove (read, PH_GRANT_FOLDER, "/a;b/ü c"));
  g_assert_true (ph_asset_grants_save (read, other, NULL));
  gone = ph_asset_grants_load (other);
  ph_asset_grants_get (gone, &n);
  g_assert_cmpuint (n, ==, 0);
  g_assert_true (g_file_get_contents (moved, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, "[archive]");

  ph_test_remove_tree (folder);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/asset-grants/add", test_add);
  g_test_add_func ("/asset-grants/host", test_host);
  g_test_add_func ("/asset-grants/any", test_any);
  g_test_add_func ("/asset-grants/options", test_options);
  g_test_add_func ("/asset-grants/remember", test_remember);

  return g_test_run ();
}
