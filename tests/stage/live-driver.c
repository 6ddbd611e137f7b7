/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "live-driver.h"

#include "ph-cursor.h"
#include "ph-test-dom.h"
#include "ph-test.h"
#include "ph-web-policy.h"
#include "session-maker.h"

static StageDriver *shared_driver;

static Live *
live_new_for (PhSession *session)
{
  Live *live = g_new0 (Live, 1);

  if (shared_driver == NULL)
    {
      shared_driver = stage_driver_new (800, 600);
      ph_web_stage_set_plain (shared_driver->stage, FALSE);
    }

  live->driver = shared_driver;
  live->session = session;
  live->cursor = ph_cursor_new (session);

  return live;
}

Live *
live_new (const char *body,
          const char *events)
{
  g_autofree char *quoted = g_strdup_printf (
    "[{'type':4,'timestamp':1000,'data':{'href':'https://a.example/','width':800,'height':600}},"
    "{'type':2,'timestamp':1001,'data':{'node':{'type':0,'id':1,'childNodes':["
    "{'type':1,'name':'html','publicId':'','systemId':'','id':2},"
    "{'type':2,'tagName':'html','attributes':{},'id':3,'childNodes':[%s]}]},"
    "'initialOffset':{'left':0,'top':0}}}%s%s]",
    body, events[0] != '\0' ? "," : "", events);
  g_autofree char *text = ph_test_json (quoted);
  g_autoptr (GError) error = NULL;
  PhSession *session = ph_make_session_from_text (text, &error);

  g_assert_no_error (error);

  return live_new_for (session);
}

Live *
live_new_fixture (const char *name)
{
  return live_new_for (ph_make_session_from_fixture (name));
}

Live *
live_new_shared (const char *name)
{
  g_autofree char *path = ph_test_shared (name);
  g_autoptr (GFile) file = path != NULL ? g_file_new_for_path (path) : NULL;
  g_autoptr (GError) error = NULL;
  PhSession *session;

  if (path == NULL)
    return NULL;

  session = ph_session_open (file, NULL, NULL, NULL, &error);
  g_assert_no_error (error);

  return live_new_for (session);
}

void
live_free (Live *live)
{
  if (live == NULL)
    return;

  ph_cursor_free (live->cursor);
  g_clear_pointer (&live->tree, json_node_unref);
  g_object_unref (live->session);
  g_free (live);
}

static void
show (Live *live,
      gint64 timestamp,
      gboolean jump)
{
  gint64 start = ph_session_get_start_time (live->session);
  g_autoptr (GBytes) patch = NULL;

  ph_cursor_seek (live->cursor, timestamp * PH_MSEC - start);
  patch = ph_cursor_take_patch (live->cursor, jump);

  if (patch != NULL)
    stage_driver_show (live->driver, g_bytes_get_data (patch, NULL));

  g_clear_pointer (&live->tree, json_node_unref);
  live->tree = stage_driver_tree (live->driver);
}

void
live_seek (Live *live,
           gint64 timestamp)
{
  show (live, timestamp, TRUE);
}

void
live_play (Live *live,
           gint64 timestamp)
{
  show (live, timestamp, FALSE);
}

JsonObject *
live_node (Live *live,
           gint64 id)
{
  JsonObject *node = stage_tree_find (live->tree, id);

  g_assert_nonnull (node);

  return node;
}

char *
live_list (Live *live,
           gint64 id,
           const char *member)
{
  JsonObject *node = live_node (live, id);
  GString *text = g_string_new (NULL);
  JsonArray *list;

  if (!json_object_has_member (node, member))
    return g_string_free (text, FALSE);

  list = json_object_get_array_member (node, member);
  for (guint i = 0; i < json_array_get_length (list); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "," : "",
                            json_array_get_string_element (list, i));

  return g_string_free (text, FALSE);
}

char *
live_said (Live *live,
           const char *member)
{
  JsonNode *node = json_object_get_member (json_node_get_object (live->tree), member);

  return json_to_string (node, FALSE);
}

typedef struct
{
  char *text;
  gboolean done;
} Said;

static void
said_cb (GObject *view,
         GAsyncResult *result,
         gpointer user_data)
{
  Said *said = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JSCValue) value = webkit_web_view_call_async_javascript_function_finish (
    WEBKIT_WEB_VIEW (view), result, &error);

  g_assert_no_error (error);
  said->text = jsc_value_to_string (value);
  said->done = TRUE;
}

char *
live_evaluate (Live *live,
               const char *script)
{
  GtkWidget *view = ph_web_stage_get_widget (live->driver->stage);
  Said said = { NULL };

  webkit_web_view_call_async_javascript_function (WEBKIT_WEB_VIEW (view), script, -1, NULL,
                                                  PH_STAGE_WORLD, NULL, NULL, said_cb, &said);
  ph_test_wait (&said.done, 60);

  return said.text;
}

void
live_save (Live *live,
           const char *name)
{
  const char *folder = g_getenv ("PH_LIVE_PICTURES");
  g_autofree char *path = folder != NULL ? g_build_filename (folder, name, NULL) : NULL;
  g_autoptr (GdkTexture) texture = path != NULL ? stage_driver_snapshot (live->driver) : NULL;

  if (texture != NULL)
    gdk_texture_save_to_png (texture, path);
}

guint
live_colour (Live *live,
             int x,
             int y)
{
  g_autoptr (GdkTexture) texture = stage_driver_snapshot (live->driver);
  int width = gdk_texture_get_width (texture);
  gsize stride = (gsize) width * 4;
  g_autofree guchar *pixels = g_malloc (stride * (gsize) gdk_texture_get_height (texture));
  const guchar *pixel = pixels + (gsize) y * stride + (gsize) x * 4;

  g_assert_cmpint (x, <, width);
  g_assert_cmpint (y, <, gdk_texture_get_height (texture));
  gdk_texture_download (texture, pixels, stride);

  /* In memory blue comes first. */
  return (guint) pixel[2] << 16 | (guint) pixel[1] << 8 | pixel[0];
}
