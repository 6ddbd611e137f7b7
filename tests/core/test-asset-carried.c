/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-asset-carried.h"

#include "ph-asset-shelf.h"
#include "ph-carried.h"
#include "ph-save.h"
#include "ph-test.h"
#include "session-maker.h"

#include <string.h>

#define PICTURE "https://a.example/p.png"
#define SHEET "https://a.example/s.css"

static const guint8 png[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

#define PAGE                                                                              \
  "[{\"type\":4,\"data\":{\"href\":\"https://a.example/\",\"width\":800,\"height\":600}," \
  "\"timestamp\":1},{\"type\":2,\"data\":{\"node\":{\"type\":0,\"id\":1,\"childNodes\":[" \
  "{\"type\":2,\"id\":2,\"tagName\":\"html\",\"attributes\":{},\"childNodes\":["          \
  "{\"type\":2,\"id\":3,\"tagName\":\"link\",\"attributes\":{\"rel\":\"stylesheet\","     \
  "\"href\":\"" SHEET "\"},\"childNodes\":[]},"                                           \
  "{\"type\":2,\"id\":4,\"tagName\":\"img\",\"attributes\":{\"src\":\"" PICTURE "\"},"    \
  "\"childNodes\":[]}]}]},\"initialOffset\":{\"top\":0,\"left\":0}},\"timestamp\":2},"

#define NONE                                                                                 \
  "{\"type\":7,\"data\":{\"url\":\"https://a.example/none\",\"failed\":{\"message\":\"\"}}," \
  "\"timestamp\":9}]"

/* A page with a picture and a sheet, and events that bring them: the picture twice. */
static char *
make_archive (void)
{
  g_autofree char *old = ph_carried_write (PICTURE, "image/png", "old", 3, 3);
  g_autofree char *picture = ph_carried_write (PICTURE, "image/png", png, sizeof png, 4);
  g_autofree char *sheet = ph_carried_write (SHEET, "text/css", "a{}", 3, 5);

  return g_strconcat (PAGE, old, ",", picture, ",", sheet, ",", NONE, NULL);
}

static void
check_session (PhSession *session)
{
  g_autoptr (PhAssetCarried) carried = ph_asset_carried_new (session);
  g_autoptr (GBytes) bytes = NULL;

  g_assert_nonnull (carried);
  bytes = ph_asset_carried_read (carried, PICTURE);
  g_assert_nonnull (bytes);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), png, sizeof png);
  g_assert_null (ph_asset_carried_read (carried, "https://a.example/none"));
  g_assert_null (ph_asset_carried_read (carried, "https://a.example/other"));
}

static void
test_read (void)
{
  g_autofree char *text = make_archive ();
  g_autoptr (GError) error = NULL;
  g_autoptr (PhSession) session = ph_make_session_from_text (text, &error);

  g_assert_no_error (error);
  check_session (session);
}

/* A recording made of it brings the same. */
static void
test_saved (void)
{
  g_autofree char *text = make_archive ();
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "saved.playhead", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (PhSession) session = ph_make_session_from_text (text, &error);
  g_autoptr (PhSession) again = NULL;

  g_assert_no_error (error);
  g_assert_true (ph_session_save (session, file, NULL, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  again = ph_session_open (file, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  check_session (again);
  g_clear_object (&again);
  ph_test_remove_tree (folder);
}

/* Without leave for anything, what the archive brings is there, and nothing else. */
static void
test_shelf (void)
{
  g_autofree char *text = make_archive ();
  g_autoptr (PhAssetGrants) grants = ph_asset_grants_new ();
  g_autoptr (PhSession) session = ph_make_session_from_text (text, NULL);
  g_autoptr (PhAssetCarried) carried = ph_asset_carried_new (session);
  g_autoptr (PhAssetShelf) shelf = NULL;
  const PhAsset *assets;
  guint n;

  g_assert_true (ph_asset_shelf_is_wanted (session, grants));
  assets = ph_session_get_assets (session, &n);
  g_assert_cmpuint (n, ==, 2);
  shelf = ph_asset_shelf_gather (assets, n, carried, grants, NULL);

  for (guint i = 0; i < n; i++)
    g_assert_cmpint (ph_asset_shelf_get_status (shelf, &assets[i]), ==, PH_ASSET_PRESENT);

  g_assert_cmpuint (ph_asset_table_find (ph_asset_shelf_get_table (shelf), PICTURE), !=, 0);
  g_assert_cmpuint (ph_asset_table_find (ph_asset_shelf_get_table (shelf), SHEET), !=, 0);
}

static void
test_nothing (void)
{
  g_autoptr (PhSession) session = ph_make_session_from_fixture ("rrweb/two-pages.json");
  g_autoptr (PhAssetGrants) grants = ph_asset_grants_new ();

  g_assert_null (ph_asset_carried_new (session));
  g_assert_false (ph_asset_shelf_is_wanted (session, grants));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/asset-carried/read", test_read);
  g_test_add_func ("/asset-carried/saved", test_saved);
  g_test_add_func ("/asset-carried/shelf", test_shelf);
  g_test_add_func ("/asset-carried/nothing", test_nothing);

  return g_test_run ();
}
