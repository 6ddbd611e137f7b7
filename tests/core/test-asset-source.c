/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-asset-source.h"

#include "asset-server.h"
#include "ph-limits.h"
#include "ph-test.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static char *folder;

static char *
write_file (const char *name,
            const char *text)
{
  char *path = g_build_filename (folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));

  return path;
}

/* What @source has for each of the addresses, `-` for nothing, `!` for something refused. */
static char *
fetch (PhGrantKind kind,
       const char *value,
       const char *const *urls,
       gsize room)
{
  PhGrant grant = { kind, (char *) value };
  g_autoptr (GError) error = NULL;
  g_autoptr (PhAssetSource) source = ph_asset_source_open (&grant, NULL, &error);
  g_autoptr (GArray) wanted = g_array_new (FALSE, TRUE, sizeof (PhAssetWanted));
  GString *out = g_string_new (NULL);

  g_assert_no_error (error);
  g_array_set_clear_func (wanted, (GDestroyNotify) ph_asset_wanted_clear);

  for (guint i = 0; urls[i] != NULL; i++)
    {
      PhAssetWanted one = { g_strdup (urls[i]) };

      g_array_append_val (wanted, one);
    }

  ph_asset_source_fetch (source, wanted, &room, NULL);

  for (guint i = 0; i < wanted->len; i++)
    {
      const PhAssetWanted *one = &g_array_index (wanted, PhAssetWanted, i);

      if (one->bytes != NULL)
        g_string_append_len (out, g_bytes_get_data (one->bytes, NULL),
                             (gssize) g_bytes_get_size (one->bytes));
      else
        g_string_append_c (out, one->problem != NULL ? '!' : '-');

      g_string_append_c (out, ' ');
    }

  return g_string_free (out, FALSE);
}

static void
test_folder (void)
{
  static const char *const urls[] = { "https://a.example/x/one.png", "https://a.example/two.png",
                                      "https://a.example/secret", "https://a.example/l/in",
                                      "https://a.example/none", NULL };
  g_autofree char *secret = write_file ("outside/secret", "secret");
  g_autofree char *inside = write_file ("outside/dir/in", "in");
  g_autofree char *one = write_file ("f/x/one.png", "1");
  g_autofree char *two = write_file ("f/deep/two.png", "22");
  g_autofree char *given = g_build_filename (folder, "f", NULL);
  g_autofree char *outer = g_build_filename (folder, "outside", "dir", NULL);
  g_autofree char *link = g_build_filename (folder, "f", "secret", NULL);
  g_autofree char *folder_link = g_build_filename (folder, "f", "l", NULL);
  g_autofree char *all = NULL;
  g_autofree char *little = NULL;

  g_assert_cmpint (symlink (secret, link), ==, 0);
  g_assert_cmpint (symlink (outer, folder_link), ==, 0);
  all = fetch (PH_GRANT_FOLDER, given, urls, 100);
  g_assert_cmpstr (all, ==, "1 22 - - - ");
  little = fetch (PH_GRANT_FOLDER, given, urls, 2);
  g_assert_cmpstr (little, ==, "1 ! - - - ");
}

static void
test_zip (void)
{
  static const char *const names[] = { "site/x/one.png", "../two.png", "big.png" };
  static const char *const urls[] = { "https://a.example/x/one.png", "https://b.example/x/one.png",
                                      "https://a.example/two.png", "https://a.example/big.png",
                                      NULL };
  g_autofree char *path = g_build_filename (folder, "a.zip", NULL);
  g_autofree char *filler = g_strnfill (100, 'x');
  g_autoptr (GBytes) small = g_bytes_new_static ("1", 1);
  g_autoptr (GBytes) big = g_bytes_new (filler, 100);
  GBytes *contents[] = { small, small, big };
  g_autofree char *found = NULL;

  asset_zip_write (path, names, contents, G_N_ELEMENTS (names));
  found = fetch (PH_GRANT_ZIP, path, urls, 50);
  g_assert_cmpstr (found, ==, "1 1 - ! ");
}

static void
test_host (void)
{
  g_autoptr (AssetServer) server = asset_server_new ();
  g_autofree char *url = asset_server_dup_url (server, "/a.png?v=1");
  const char *const urls[] = { url, "https://b.example/a.png?v=1", "blob:x", NULL };
  g_autofree char *found = NULL;
  g_autofree char *other = NULL;
  g_autofree char *asked = NULL;

  asset_server_add (server, "/a.png?v=1", "A", 1);
  found = fetch (PH_GRANT_HOST, asset_server_get_host (server), urls, 100);
  g_assert_cmpstr (found, ==, "A - - ");
  asked = asset_server_take_asked (server);
  g_assert_cmpstr (asked, ==, "/a.png?v=1");

  /* Another port is another host. */
  other = fetch (PH_GRANT_HOST, "127.0.0.1:1", urls, 100);
  g_assert_cmpstr (other, ==, "- - - ");
}

/* Below a base address: by the path, then by host and path. */
static void
test_address (void)
{
  static const char *const urls[] = { "https://a.example/x/1?q", "https://a.example/y/2",
                                      "https://b.example/none", "blob:https://c.example/1", NULL };
  g_autoptr (AssetServer) server = asset_server_new ();
  g_autofree char *base = asset_server_dup_url (server, "/copy");
  g_autofree char *found = NULL;
  g_autofree char *asked = NULL;

  asset_server_add (server, "/copy/x/1?q", "1", 1);
  asset_server_add (server, "/copy/a.example/y/2", "2", 1);
  asset_server_redirect (server, "/copy/none", "http://evil.example/");
  found = fetch (PH_GRANT_ADDRESS, base, urls, 100);
  g_assert_cmpstr (found, ==, "1 2 ! - ");
  asked = asset_server_take_asked (server);
  g_assert_cmpstr (asked, ==,
                   "/copy/x/1?q /copy/y/2 /copy/a.example/y/2 /copy/none /copy/b.example/none");
}

static void
test_missing (void)
{
  static const PhGrantKind kinds[] = { PH_GRANT_FOLDER, PH_GRANT_ZIP };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path = g_build_filename (folder, "gone", NULL);
      PhGrant grant = { kinds[i], path };
      g_autoptr (GError) error = NULL;

      g_assert_null (ph_asset_source_open (&grant, NULL, &error));
      g_assert_nonnull (error);
    }
}

int
main (int argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = ph_test_tmp_dir ();
  g_test_add_func ("/asset-source/folder", test_folder);
  g_test_add_func ("/asset-source/zip", test_zip);
  g_test_add_func ("/asset-source/host", test_host);
  g_test_add_func ("/asset-source/address", test_address);
  g_test_add_func ("/asset-source/missing", test_missing);
  status = g_test_run ();
  ph_test_remove_tree (folder);
  g_free (folder);

  return status;
}
