/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a person gave, on the stage; and that without that nobody is asked for anything. */

#include "asset-server.h"
#include "ph-asset-shelf.h"
#include "ph-cursor.h"
#include "ph-test.h"
#include "session-maker.h"
#include "stage-driver.h"

#include <string.h>

/* Single quotes stand for double ones. */
#define PAGE                                                                            \
  "[{'type':4,'timestamp':1000,'data':{'href':'http://%s/','width':200,'height':200}}," \
  "{'type':2,'timestamp':1001,'data':{'initialOffset':{},'node':{'type':0,'id':1,"      \
  "'childNodes':[{'type':2,'id':2,'tagName':'html','attributes':{},'childNodes':["      \
  "{'type':2,'id':3,'tagName':'head','attributes':{},'childNodes':["                    \
  "{'type':2,'id':4,'tagName':'link','attributes':{'rel':'stylesheet',"                 \
  "'href':'http://%s/css/s.css'},'childNodes':[]}]},"                                   \
  "{'type':2,'id':5,'tagName':'body','attributes':{'style':'margin:0'},"                \
  "'childNodes':["                                                                      \
  "{'type':2,'id':6,'tagName':'img','attributes':{'src':'http://%s/p.png',"             \
  "'style':'display:block;width:50px;height:50px'},'childNodes':[]},"                   \
  "{'type':2,'id':7,'tagName':'div','attributes':{},'childNodes':[]},"                  \
  "{'type':2,'id':8,'tagName':'img','attributes':{'src':'http://%s/p.png',"             \
  "'style':'display:block;width:50px;height:50px'},'childNodes':[]}]}]}]}}},"           \
  "{'type':3,'timestamp':2000,'data':{'source':3,'id':1,'x':0,'y':0}}]"

typedef struct
{
  AssetServer *one;
  AssetServer *two;
  PhSession *session;
  StageDriver *driver;
} Fixture;

/* A picture at one host, a sheet with a picture of its own, and a picture at another host. */
static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  const char *sheet = "@import 'more.css'; div{height:50px}";
  const char *more = "div{background:url(../p.png) 0 0/50px 50px no-repeat}";
  g_autofree char *picture = NULL;
  g_autofree char *text = NULL;
  gsize size;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = ph_test_fixture ("assets/red.png");

  fixture->one = asset_server_new ();
  fixture->two = asset_server_new ();
  g_assert_true (g_file_get_contents (path, &picture, &size, NULL));
  asset_server_add (fixture->one, "/p.png", picture, size);
  asset_server_add (fixture->two, "/p.png", picture, size);
  asset_server_add (fixture->one, "/css/s.css", sheet, strlen (sheet));
  asset_server_add (fixture->one, "/css/more.css", more, strlen (more));
  text = g_strdup_printf (PAGE, asset_server_get_host (fixture->one),
                          asset_server_get_host (fixture->one),
                          asset_server_get_host (fixture->one),
                          asset_server_get_host (fixture->two));
  g_strdelimit (text, "'", '"');
  fixture->session = ph_make_session_from_text (text, &error);
  g_assert_no_error (error);
  fixture->driver = stage_driver_new (200, 200);
  stage_driver_wait_ready (fixture->driver, 1);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  stage_driver_free (fixture->driver);
  g_object_unref (fixture->session);
  asset_server_free (fixture->one);
  asset_server_free (fixture->two);
}

static void
assert_asked (Fixture *fixture,
              const char *one,
              const char *two)
{
  g_autofree char *asked_one = asset_server_take_asked (fixture->one);
  g_autofree char *asked_two = asset_server_take_asked (fixture->two);

  g_assert_cmpstr (asked_one, ==, one);
  g_assert_cmpstr (asked_two, ==, two);
}

/* `r` for red, `.` for anything else, at the middle of the three boxes. */
static char *
look (Fixture *fixture,
      PhCursor *cursor)
{
  g_autoptr (GBytes) patch = ph_cursor_take_patch (cursor, TRUE);
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree guint32 *pixels = NULL;
  GString *seen = g_string_new (NULL);
  int width;

  if (patch != NULL)
    stage_driver_show (fixture->driver, g_bytes_get_data (patch, NULL));

  stage_driver_settle (fixture->driver);
  texture = stage_driver_snapshot (fixture->driver);
  width = gdk_texture_get_width (texture);
  pixels = g_new (guint32, (gsize) width * gdk_texture_get_height (texture));
  gdk_texture_download (texture, (guchar *) pixels, (gsize) width * 4);

  for (int i = 0; i < 3; i++)
    {
      guint32 pixel = pixels[(25 + 50 * i) * width + 25] & 0xffffff;

      g_string_append_c (seen, pixel == 0xdc1e1e ? 'r' : '.');
    }

  return g_string_free (seen, FALSE);
}

static PhAssetShelf *
gather (Fixture *fixture,
        PhAssetGrants *grants)
{
  guint n;
  const PhAsset *assets = ph_session_get_assets (fixture->session, &n);

  return ph_asset_shelf_gather (assets, n, NULL, grants, NULL);
}

/* Nothing without leave; one host, and it alone; and without it nothing again. */
static void
test_hosts (Fixture *fixture,
            gconstpointer data)
{
  g_autoptr (PhCursor) cursor = ph_cursor_new (fixture->session);
  g_autoptr (PhAssetGrants) grants = ph_asset_grants_new ();
  g_autoptr (PhAssetShelf) none = gather (fixture, grants);
  g_autoptr (PhAssetShelf) shelf = NULL;
  g_autofree char *before = NULL;
  g_autofree char *between = NULL;
  g_autofree char *after = NULL;

  ph_web_stage_set_assets (fixture->driver->stage, none);
  ph_cursor_set_assets (cursor, ph_asset_shelf_get_table (none));
  before = look (fixture, cursor);
  g_assert_cmpstr (before, ==, "...");
  assert_asked (fixture, "", "");

  ph_asset_grants_add (grants, PH_GRANT_HOST, asset_server_get_host (fixture->one), NULL);
  shelf = gather (fixture, grants);
  assert_asked (fixture, "/css/s.css /p.png /css/more.css", "");
  ph_web_stage_set_assets (fixture->driver->stage, shelf);
  ph_cursor_set_assets (cursor, ph_asset_shelf_get_table (shelf));
  between = look (fixture, cursor);
  g_assert_cmpstr (between, ==, "rr.");

  /* What the web process shows it has from us. */
  assert_asked (fixture, "", "");

  ph_web_stage_set_assets (fixture->driver->stage, none);
  ph_cursor_set_assets (cursor, NULL);
  after = look (fixture, cursor);
  g_assert_cmpstr (after, !=, "rr.");
  g_assert_cmpint (after[0], ==, '.');
  assert_asked (fixture, "", "");
}

/* A folder, with the other host's picture too: addresses of both fit it. */
static void
test_folder (Fixture *fixture,
             gconstpointer data)
{
  g_autoptr (PhCursor) cursor = ph_cursor_new (fixture->session);
  g_autoptr (PhAssetGrants) grants = ph_asset_grants_new ();
  g_autoptr (PhAssetShelf) shelf = NULL;
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "p.png", NULL);
  g_autofree char *fixture_path = ph_test_fixture ("assets/red.png");
  g_autofree char *picture = NULL;
  g_autofree char *seen = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (fixture_path, &picture, &size, NULL));
  g_assert_true (g_file_set_contents (path, picture, (gssize) size, NULL));
  ph_asset_grants_add (grants, PH_GRANT_FOLDER, folder, NULL);
  shelf = gather (fixture, grants);
  ph_web_stage_set_assets (fixture->driver->stage, shelf);
  ph_cursor_set_assets (cursor, ph_asset_shelf_get_table (shelf));
  seen = look (fixture, cursor);

  /* The sheet is not there: the box between has no height. */
  g_assert_cmpstr (seen, ==, "rr.");
  assert_asked (fixture, "", "");

  ph_test_remove_tree (folder);
}

/* A number of another shelf, or none at all, brings nothing: the answer is what is on the shelf. */
static void
test_numbers (Fixture *fixture,
              gconstpointer data)
{
  static const char *const addresses[] = { "999999", "0", "-1", "", "1x", "../stage.html", "1/2" };
  g_autoptr (PhAssetGrants) grants = ph_asset_grants_new ();
  g_autoptr (PhAssetShelf) shelf = NULL;

  ph_asset_grants_add (grants, PH_GRANT_HOST, asset_server_get_host (fixture->one), NULL);
  shelf = gather (fixture, grants);
  assert_asked (fixture, "/css/s.css /p.png /css/more.css", "");
  ph_web_stage_set_assets (fixture->driver->stage, shelf);

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autofree char *patch = g_strdup_printf (
        "[0,1,false,1,200,200,2,2,1,0,\"html\",0,2,4,2,0,\"body\",1,\"style\",\"margin:0\","
        "2,6,4,0,\"img\",2,\"style\",\"width:50px;height:50px\",\"src\",\"" PH_ASSET_ADDRESS
        "%s\"]",
        addresses[i]);
      g_autoptr (PhCursor) cursor = ph_cursor_new (fixture->session);
      g_autoptr (GdkTexture) texture = NULL;

      g_test_message ("%s", addresses[i]);
      stage_driver_show (fixture->driver, patch);
      stage_driver_settle (fixture->driver);
      assert_asked (fixture, "", "");
    }
}

int
main (int argc,
      char *argv[])
{
  stage_driver_init (&argc, &argv);

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ADD ("/web-assets/hosts", test_hosts);
  ADD ("/web-assets/folder", test_folder);
  ADD ("/web-assets/numbers", test_numbers);

  return g_test_run ();
}
