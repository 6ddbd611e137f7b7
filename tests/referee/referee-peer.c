/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "referee-peer.h"

#include "ph-test.h"
#include "ph-web-policy.h"

#include <string.h>

#define SECONDS 60
#define SCHEME "referee"
#define PAGE SCHEME ":///referee.html"

/* Nothing but our own scheme and what the archive carries; what a list says last counts. */
#define LET_THROUGH(scheme)                          \
  ",{\"trigger\":{\"url-filter\":\"^" scheme ":\"}," \
  "\"action\":{\"type\":\"ignore-previous-rules\"}}"
#define FILTER                                                                                  \
  "[{\"trigger\":{\"url-filter\":\".*\"},\"action\":{\"type\":\"block\"}}" LET_THROUGH (SCHEME) \
    LET_THROUGH ("data")                                                                        \
      LET_THROUGH ("blob") "]"

/*
 * As frames.css of the stage has it: bars for both or for none, and what a browser
 * draws of its own in one colour. Where a caret is depends on more than focus. The
 * colour of blocked blocks is rrweb's own, as the hatching is the stage's.
 */
#define SHEET                                                   \
  "* { scrollbar-width: none !important; }"                     \
  ":focus-visible { outline: auto 1px #1a73e8; }"               \
  "* { caret-color: transparent; }"                             \
  "::selection { background-color: rgba(51, 144, 255, 0.45); }" \
  ".rr-block { background: none !important; }"

struct _RefereePeer
{
  char *modules;
  GBytes *events; /* what the page may read */

  GtkWindow *window;
  WebKitWebView *view;
  gboolean loaded;
};

typedef struct
{
  GAsyncResult *result;
  gboolean done;
} Answer;

static void
answered_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  Answer *answer = user_data;

  answer->result = g_object_ref (result);
  answer->done = TRUE;
}

/* What the page may read */

static GBytes *
read_served (RefereePeer *peer,
             const char *path,
             const char **type,
             GError **error)
{
  static const struct
  {
    const char *path;
    const char *module; /* in node_modules, else a file beside this one */
    const char *type;
  } served[] = {
    { "/referee.html", NULL, "text/html" },
    { "/referee.js", NULL, "text/javascript" },
    { "/rrweb.js", "rrweb/dist/rrweb.umd.min.cjs", "text/javascript" },
    { "/rrweb.css", "rrweb/dist/style.css", "text/css" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (served); i++)
    {
      g_autofree char *file = NULL;
      char *text;
      gsize size;

      if (!g_str_equal (served[i].path, path))
        continue;

      *type = served[i].type;
      file = served[i].module != NULL
               ? g_build_filename (peer->modules, served[i].module, NULL)
               : g_test_build_filename (G_TEST_DIST, "referee", path + 1, NULL);

      return g_file_get_contents (file, &text, &size, error) ? g_bytes_new_take (text, size) : NULL;
    }

  *type = "application/json";
  if (g_str_equal (path, "/events") && peer->events != NULL)
    return g_bytes_ref (peer->events);

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "%s is not here", path);

  return NULL;
}

static void
serve_cb (WebKitURISchemeRequest *request,
          gpointer user_data)
{
  const char *type;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
    read_served (user_data, webkit_uri_scheme_request_get_path (request), &type, &error);
  g_autoptr (GInputStream) stream = NULL;

  if (bytes == NULL)
    {
      webkit_uri_scheme_request_finish_error (request, error);
      return;
    }

  stream = g_memory_input_stream_new_from_bytes (bytes);
  webkit_uri_scheme_request_finish (request, stream, g_bytes_get_size (bytes), type);
}

/* The view */

static void
load_changed_cb (WebKitWebView *view,
                 WebKitLoadEvent event,
                 RefereePeer *peer)
{
  if (event == WEBKIT_LOAD_FINISHED)
    peer->loaded = TRUE;
}

/* The page that was loaded first stays: recorded frames and forms lead nowhere. */
static gboolean
decide_policy_cb (WebKitWebView *view,
                  WebKitPolicyDecision *decision,
                  WebKitPolicyDecisionType type,
                  RefereePeer *peer)
{
  WebKitNavigationAction *action;
  const char *uri;

  if (type == WEBKIT_POLICY_DECISION_TYPE_RESPONSE)
    return FALSE;

  action = webkit_navigation_policy_decision_get_navigation_action (
    WEBKIT_NAVIGATION_POLICY_DECISION (decision));
  uri = webkit_uri_request_get_uri (webkit_navigation_action_get_request (action));
  if (g_str_equal (uri, PAGE) || g_str_has_prefix (uri, "about:"))
    return FALSE;

  webkit_policy_decision_ignore (decision);

  return TRUE;
}

static void
add_filter (WebKitUserContentManager *manager)
{
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autoptr (WebKitUserContentFilterStore) store = webkit_user_content_filter_store_new (folder);
  g_autoptr (GBytes) source = g_bytes_new_static (FILTER, strlen (FILTER));
  g_autoptr (GError) error = NULL;
  WebKitUserContentFilter *filter;
  Answer answer = { NULL };

  webkit_user_content_filter_store_save (store, "network", source, NULL, answered_cb, &answer);
  ph_test_wait (&answer.done, SECONDS);
  filter = webkit_user_content_filter_store_save_finish (store, answer.result, &error);
  g_assert_no_error (error);
  webkit_user_content_manager_add_filter (manager, filter);
  webkit_user_content_filter_unref (filter);
  g_object_unref (answer.result);
  ph_test_remove_tree (folder);
}

static WebKitUserContentManager *
make_manager (void)
{
  WebKitUserContentManager *manager = webkit_user_content_manager_new ();
  WebKitUserStyleSheet *sheet =
    webkit_user_style_sheet_new (SHEET, WEBKIT_USER_CONTENT_INJECT_ALL_FRAMES,
                                 WEBKIT_USER_STYLE_LEVEL_USER, NULL, NULL);

  webkit_user_content_manager_add_style_sheet (manager, sheet);
  webkit_user_style_sheet_unref (sheet);
  add_filter (manager);

  return manager;
}

RefereePeer *
referee_peer_new (const char *modules)
{
  RefereePeer *peer = g_new0 (RefereePeer, 1);
  g_autoptr (WebKitWebContext) context = webkit_web_context_new ();
  g_autoptr (WebKitNetworkSession) session = ph_web_policy_session_new ();
  g_autoptr (WebKitUserContentManager) manager = make_manager ();
  WebKitSettings *settings;

  peer->modules = g_strdup (modules);
  webkit_web_context_register_uri_scheme (context, SCHEME, serve_cb, peer, NULL);
  peer->view = g_object_new (WEBKIT_TYPE_WEB_VIEW,
                             "web-context", context,
                             "network-session", session,
                             "user-content-manager", manager,
                             "is-muted", TRUE,
                             NULL);

  settings = webkit_web_view_get_settings (peer->view);
  webkit_settings_set_hardware_acceleration_policy (settings,
                                                    WEBKIT_HARDWARE_ACCELERATION_POLICY_NEVER);
  g_signal_connect (peer->view, "load-changed", G_CALLBACK (load_changed_cb), peer);
  g_signal_connect (peer->view, "decide-policy", G_CALLBACK (decide_policy_cb), peer);

  peer->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_decorated (peer->window, FALSE);
  gtk_window_set_child (peer->window, GTK_WIDGET (peer->view));
  gtk_window_present (peer->window);

  return peer;
}

void
referee_peer_free (RefereePeer *peer)
{
  if (peer == NULL)
    return;

  gtk_window_destroy (peer->window);
  g_clear_pointer (&peer->events, g_bytes_unref);
  g_free (peer->modules);
  g_free (peer);
}

/* What @body answers, or NULL: a script that failed. */
static JSCValue *
call (RefereePeer *peer,
      const char *body,
      GError **error)
{
  Answer answer = { NULL };
  JSCValue *value;

  webkit_web_view_call_async_javascript_function (peer->view, body, -1, NULL, NULL, NULL, NULL,
                                                  answered_cb, &answer);
  ph_test_wait (&answer.done, SECONDS);
  value =
    webkit_web_view_call_async_javascript_function_finish (peer->view, answer.result, error);
  g_object_unref (answer.result);

  return value;
}

gboolean
referee_peer_open (RefereePeer *peer,
                   GBytes *events,
                   GError **error)
{
  g_autoptr (JSCValue) value = NULL;

  g_clear_pointer (&peer->events, g_bytes_unref);
  peer->events = g_bytes_ref (events);

  /* A fresh page: nothing of the archive before may be left. */
  peer->loaded = FALSE;
  webkit_web_view_load_uri (peer->view, PAGE);
  ph_test_wait (&peer->loaded, SECONDS);
  value = call (peer, "return await referee.open();", error);

  return value != NULL;
}

gboolean
referee_peer_seek (RefereePeer *peer,
                   double stamp,
                   double time,
                   RefereeShown *shown,
                   GError **error)
{
  char first[G_ASCII_DTOSTR_BUF_SIZE];
  char second[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *body = NULL;
  g_autoptr (JSCValue) value = NULL;
  g_autoptr (JSCValue) width = NULL;
  g_autoptr (JSCValue) height = NULL;
  g_autoptr (JSCValue) warnings = NULL;

  g_ascii_formatd (first, sizeof first, "%.3f", stamp);
  g_ascii_formatd (second, sizeof second, "%.3f", time);
  body = g_strdup_printf ("return await referee.seek(%s, %s);", first, second);
  value = call (peer, body, error);
  if (value == NULL)
    return FALSE;

  width = jsc_value_object_get_property (value, "width");
  height = jsc_value_object_get_property (value, "height");
  warnings = jsc_value_object_get_property (value, "warnings");
  referee_shown_clear (shown);
  shown->width = jsc_value_to_int32 (width);
  shown->height = jsc_value_to_int32 (height);
  shown->warnings = jsc_value_to_string (warnings);

  return TRUE;
}

char *
referee_peer_html (RefereePeer *peer)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JSCValue) value = call (peer, "return referee.html();", &error);

  return value != NULL ? jsc_value_to_string (value) : g_strdup (error->message);
}

static gboolean
late_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

/* A window's default size is held within the display, what its widget asks for is not. */
void
referee_fit (GtkWindow *window,
             GtkWidget *view,
             int width,
             int height)
{
  gboolean late = FALSE;
  guint source = g_timeout_add_seconds (SECONDS, late_cb, &late);

  gtk_widget_set_size_request (view, width, height);
  gtk_window_set_default_size (window, 1, 1);
  while ((gtk_widget_get_width (view) != width || gtk_widget_get_height (view) != height) && !late)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpint (gtk_widget_get_width (view), ==, width);
  g_assert_cmpint (gtk_widget_get_height (view), ==, height);
  g_source_remove (source);
}

void
referee_peer_resize (RefereePeer *peer,
                     int width,
                     int height)
{
  referee_fit (peer->window, GTK_WIDGET (peer->view), width, height);
}

GdkTexture *
referee_peer_snapshot (RefereePeer *peer)
{
  Answer answer = { NULL };
  g_autoptr (GError) error = NULL;
  GdkTexture *texture;

  webkit_web_view_get_snapshot (peer->view, WEBKIT_SNAPSHOT_REGION_VISIBLE,
                                WEBKIT_SNAPSHOT_OPTIONS_INCLUDE_SELECTION_HIGHLIGHTING, NULL,
                                answered_cb, &answer);
  ph_test_wait (&answer.done, SECONDS);
  texture = webkit_web_view_get_snapshot_finish (peer->view, answer.result, &error);
  g_assert_no_error (error);
  g_object_unref (answer.result);

  return texture;
}

void
referee_shown_clear (RefereeShown *shown)
{
  g_clear_pointer (&shown->warnings, g_free);
}
