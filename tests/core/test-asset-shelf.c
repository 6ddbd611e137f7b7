/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-asset-shelf.h"

#include "asset-server.h"
#include "ph-test.h"
#include "session-maker.h"

#include <string.h>

static char *folder;

static void
write_file (const char *name,
            gconstpointer data,
            gssize size)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, data, size, NULL));
}

static const char *
status_of (const PhAssetShelf *shelf,
           PhAssetKind kind,
           const char *url)
{
  PhAsset asset = { (char *) url, kind, 0, 0 };

  return ph_asset_status_name (ph_asset_shelf_get_status (shelf, &asset));
}

/* Sheets bring what they name; what is not what it should be is missing. */
static void
test_folder (void)
{
  PhAsset assets[] = {
    { (char *) "https://a.example/p.png", PH_ASSET_IMAGE, 0, 5 },
    { (char *) "https://a.example/css/s.css", PH_ASSET_STYLE, 0, 6 },
    { (char *) "https://a.example/page.html", PH_ASSET_FRAME, 0, 7 },
    { (char *) "https://a.example/text.png", PH_ASSET_IMAGE, 0, 8 },
    { (char *) "https://a.example/none.png", PH_ASSET_IMAGE, 0, 9 },
    { (char *) "blob:https://a.example/1", PH_ASSET_IMAGE, 0, 9 },
  };
  g_autoptr (PhAssetGrants) grants = ph_asset_grants_new ();
  g_autoptr (PhAssetShelf) shelf = NULL;
  g_autoptr (GBytes) sheet = NULL;
  g_autofree char *wanted = NULL;
  const PhAsset *more;
  const char *type;
  guint number;
  guint n;

  write_file ("a.example/p.png", asset_pixel, (gssize) asset_pixel_size);
  write_file ("a.example/page.html", "<html>", -1);
  write_file ("a.example/text.png", "text", -1);
  write_file ("a.example/css/s.css",
              "@import 'deep/t.css'; a{background:url(../p.png),url(none2.png)}", -1);
  write_file ("a.example/css/deep/t.css", "@import '../s.css'; @font-face{src:url(f.woff2)}", -1);
  write_file ("a.example/css/deep/f.woff2", "wOF2....", -1);
  g_assert_true (ph_asset_grants_add (grants, PH_GRANT_FOLDER, folder, NULL));
  shelf = ph_asset_shelf_gather (assets, G_N_ELEMENTS (assets), NULL, grants, NULL);

  g_assert_cmpstr (status_of (shelf, PH_ASSET_IMAGE, assets[0].url), ==, "present");
  g_assert_cmpstr (status_of (shelf, PH_ASSET_STYLE, assets[1].url), ==, "present");
  g_assert_cmpstr (status_of (shelf, PH_ASSET_FRAME, assets[2].url), ==, "blocked");
  g_assert_cmpstr (status_of (shelf, PH_ASSET_IMAGE, assets[3].url), ==, "missing");
  g_assert_cmpstr (status_of (shelf, PH_ASSET_IMAGE, assets[4].url), ==, "blocked");
  g_assert_cmpstr (status_of (shelf, PH_ASSET_IMAGE, assets[5].url), ==, "missing");
  g_assert_nonnull (ph_asset_shelf_get_problem (shelf, assets[3].url));
  g_assert_null (ph_asset_shelf_get_problem (shelf, assets[0].url));

  more = ph_asset_shelf_get_more (shelf, &n);
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpstr (more[0].url, ==, "https://a.example/css/deep/t.css");
  g_assert_cmpint (more[0].time, ==, 6);
  g_assert_cmpstr (more[1].url, ==, "https://a.example/css/none2.png");
  g_assert_cmpint (more[2].kind, ==, PH_ASSET_FONT);
  g_assert_cmpstr (status_of (shelf, PH_ASSET_FONT, more[2].url), ==, "present");
  g_assert_null (ph_asset_shelf_get_failures (shelf)[0]);

  number = ph_asset_table_find (ph_asset_shelf_get_table (shelf), assets[1].url);
  sheet = ph_asset_shelf_read (shelf, number, &type);
  g_assert_cmpstr (type, ==, "text/css");
  wanted = g_strdup_printf (
    "@import url(\"" PH_ASSET_ADDRESS "%u\"); "
    "a{background:url(\"" PH_ASSET_ADDRESS "%u\"),url(\"data:,\")}",
    ph_asset_table_find (ph_asset_shelf_get_table (shelf), more[0].url),
    ph_asset_table_find (ph_asset_shelf_get_table (shelf), assets[0].url));
  g_assert_cmpmem (g_bytes_get_data (sheet, NULL), g_bytes_get_size (sheet), wanted,
                   strlen (wanted));
  g_assert_null (ph_asset_shelf_read (shelf, 0, &type));
  g_assert_null (ph_asset_shelf_read (shelf, number + 1000, &type));
}

/* Without leave nobody is asked; with leave for a host, nobody else. */
static void
test_hosts (void)
{
  g_autoptr (AssetServer) one = asset_server_new ();
  g_autoptr (AssetServer) two = asset_server_new ();
  g_autofree char *url_one = asset_server_dup_url (one, "/p.png");
  g_autofree char *url_gone = asset_server_dup_url (one, "/gone.png");
  g_autofree char *url_two = asset_server_dup_url (two, "/p.png");
  PhAsset assets[] = {
    { url_one, PH_ASSET_IMAGE, 0, 0 },
    { url_gone, PH_ASSET_IMAGE, 0, 0 },
    { url_two, PH_ASSET_IMAGE, 0, 0 },
  };
  g_autoptr (PhAssetGrants) grants = ph_asset_grants_new ();
  g_autoptr (PhAssetShelf) none = NULL;
  g_autoptr (PhAssetShelf) shelf = NULL;
  g_autofree char *asked_none = NULL;
  g_autofree char *asked_one = NULL;
  g_autofree char *asked_two = NULL;

  asset_server_add (one, "/p.png", asset_pixel, asset_pixel_size);
  asset_server_add (two, "/p.png", asset_pixel, asset_pixel_size);
  none = ph_asset_shelf_gather (assets, G_N_ELEMENTS (assets), NULL, grants, NULL);
  g_assert_null (ph_asset_shelf_get_table (none));
  asked_none = asset_server_take_asked (one);
  g_assert_cmpstr (asked_none, ==, "");
  g_assert_cmpstr (status_of (none, PH_ASSET_IMAGE, url_one), ==, "blocked");

  g_assert_true (
    ph_asset_grants_add (grants, PH_GRANT_HOST, asset_server_get_host (one), NULL));
  shelf = ph_asset_shelf_gather (assets, G_N_ELEMENTS (assets), NULL, grants, NULL);
  g_assert_cmpstr (status_of (shelf, PH_ASSET_IMAGE, url_one), ==, "present");
  g_assert_cmpstr (status_of (shelf, PH_ASSET_IMAGE, url_gone), ==, "missing");
  g_assert_cmpstr (status_of (shelf, PH_ASSET_IMAGE, url_two), ==, "blocked");
  asked_one = asset_server_take_asked (one);
  asked_two = asset_server_take_asked (two);
  g_assert_cmpstr (asked_one, ==, "/p.png /gone.png");
  g_assert_cmpstr (asked_two, ==, "");
}

/* The first place that has the right thing counts, and one that is gone is told of. */
static void
test_order (void)
{
  g_autoptr (AssetServer) server = asset_server_new ();
  g_autofree char *url = asset_server_dup_url (server, "/first.png");
  PhAsset asset = { url, PH_ASSET_IMAGE, 0, 0 };
  g_autoptr (PhAssetGrants) grants = ph_asset_grants_new ();
  g_autoptr (PhAssetShelf) shelf = NULL;
  g_autofree char *asked = NULL;

  write_file ("first.png", "no picture", -1);
  asset_server_add (server, "/first.png", asset_pixel, asset_pixel_size);
  ph_asset_grants_add (grants, PH_GRANT_FOLDER, "/nowhere/at/all", NULL);
  ph_asset_grants_add (grants, PH_GRANT_FOLDER, folder, NULL);
  ph_asset_grants_add (grants, PH_GRANT_HOST, asset_server_get_host (server), NULL);
  shelf = ph_asset_shelf_gather (&asset, 1, NULL, grants, NULL);
  g_assert_cmpstr (status_of (shelf, PH_ASSET_IMAGE, url), ==, "present");
  g_assert_null (ph_asset_shelf_get_problem (shelf, url));
  g_assert_cmpuint (g_strv_length ((char **) ph_asset_shelf_get_failures (shelf)), ==, 1);
  asked = asset_server_take_asked (server);
  g_assert_cmpstr (asked, ==, "/first.png");
}

static void
gathered_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  *(PhAssetShelf **) user_data = ph_asset_shelf_gather_finish (PH_SESSION (source), result, NULL);
}

static void
test_async (void)
{
  g_autoptr (PhSession) session = ph_make_session_from_fixture ("rrweb/two-pages.json");
  g_autoptr (PhAssetGrants) grants = ph_asset_grants_new ();
  PhAssetShelf *shelf = NULL;

  ph_asset_shelf_gather_async (session, grants, NULL, gathered_cb, &shelf);

  while (shelf == NULL)
    g_main_context_iteration (NULL, TRUE);

  g_assert_null (ph_asset_shelf_get_table (shelf));
  ph_asset_shelf_unref (shelf);
}

int
main (int argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  folder = ph_test_tmp_dir ();
  g_test_add_func ("/asset-shelf/folder", test_folder);
  g_test_add_func ("/asset-shelf/hosts", test_hosts);
  g_test_add_func ("/asset-shelf/order", test_order);
  g_test_add_func ("/asset-shelf/async", test_async);
  status = g_test_run ();
  ph_test_remove_tree (folder);
  g_free (folder);

  return status;
}
