/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-web-policy.h"

#include "ph-stage-resources.h"

#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <string.h>

#define SCHEME "playhead-stage"
#define RESOURCES "/io/github/playhead_viewer/Playhead/stage"
#define LOAD_WANTED "ph-stage-load-wanted"
#define SHELF "ph-stage-shelf"
#define ANSWERS "ph-stage-answers"

/* Of what a person gave: a drawing has styles, and pictures and fonts of its own inside it. */
#define ASSET_CSP \
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; sandbox"

/*
 * No proxy of this name exists, so no connection is ever made, not even to the
 * address of the proxy itself.
 */
#define NO_PROXY "playhead-none://0.0.0.0:1"

/* What a filter rule list says last counts. */
#define FILTER                                                              \
  "[{\"trigger\":{\"url-filter\":\".*\"},\"action\":{\"type\":\"block\"}}," \
  "{\"trigger\":{\"url-filter\":\"^" SCHEME ":\"},"                         \
  "\"action\":{\"type\":\"ignore-previous-rules\"}},"                       \
  "{\"trigger\":{\"url-filter\":\"^data:\"},"                               \
  "\"action\":{\"type\":\"ignore-previous-rules\"}}]"

typedef struct
{
  const char *name;
  gboolean enabled;
} Feature;

/* Features of WebKit without a setting of their own; names it does not know do nothing. */
static const Feature features[] = {
  /* Requests that are made ahead of need, some of them past the content filter. */
  { "LinkPreconnect", FALSE },
  { "LinkPreconnectEarlyHints", FALSE },
  { "LinkPreload", FALSE },
  { "LinkPrefetch", FALSE },
  { "LinkDNSPrefetch", FALSE },
  /* Requests that outlive the page. */
  { "BeaconAPI", FALSE },
  { "ServiceWorkers", FALSE },
  { "SharedWorker", FALSE },
  { "PushAPI", FALSE },
  { "Notifications", FALSE },
  { "NotificationEvent", FALSE },
  /* Doors to the machine; scripts alone could use them, and none run. */
  { "AsyncClipboardAPI", FALSE },
  { "GeolocationAPI", FALSE },
  { "Gamepads", FALSE },
  { "ScreenWakeLockAPI", FALSE },
  { "SpeechSynthesisAPI", FALSE },
  { "IndexedDBAPI", FALSE },
  { "LocalStorage", FALSE },
  /* A picture depends on the recording alone, not on whether and when someone looks. */
  { "DOMTimersThrottling", FALSE },
  { "HiddenPageDOMTimerThrottling", FALSE },
  { "HiddenPageCSSAnimationSuspension", FALSE },
  { "LazyImageLoading", FALSE },
  { "LazyIframeLoading", FALSE },
};

static const Feature decoding[] = {
  { "AnimatedImageAsyncDecoding", FALSE },
  { "LargeImageAsyncDecoding", FALSE },
};

/* The stage's own document */

static GBytes *
load_resource (const char *name)
{
  g_autofree char *path = g_strconcat (RESOURCES, name, NULL);
  GBytes *bytes = g_resource_lookup_data (ph_stage_get_resource (), path,
                                          G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  g_assert (bytes != NULL);

  return bytes;
}

/* Wall 4: every answer carries the policy, a refusal too. */
static SoupMessageHeaders *
answer_headers (void)
{
  SoupMessageHeaders *headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);

  soup_message_headers_append (headers, "Content-Security-Policy", PH_STAGE_CSP);
  soup_message_headers_append (headers, "X-Content-Type-Options", "nosniff");
  soup_message_headers_append (headers, "X-DNS-Prefetch-Control", "off");
  soup_message_headers_append (headers, "Referrer-Policy", "no-referrer");

  return headers;
}

/*
 * What was given is a document of nobody's: should it ever come to be one, it may
 * not even show a picture that is not in it. A font is asked for with CORS.
 */
static SoupMessageHeaders *
asset_headers (const char *type)
{
  SoupMessageHeaders *headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);

  /* WebKit takes the type of a sheet from here, not from the answer. */
  soup_message_headers_append (headers, "Content-Type", type);
  soup_message_headers_append (headers, "Content-Security-Policy", ASSET_CSP);
  soup_message_headers_append (headers, "X-Content-Type-Options", "nosniff");
  soup_message_headers_append (headers, "Access-Control-Allow-Origin", "*");
  soup_message_headers_append (headers, "Cache-Control", "no-store");
  soup_message_headers_append (headers, "Referrer-Policy", "no-referrer");

  return headers;
}

/* What is on the shelf of the view's context under the number in @uri, or NULL. */
static GBytes *
read_asset (WebKitURISchemeRequest *request,
            const char *uri,
            const char **type)
{
  WebKitWebView *view = webkit_uri_scheme_request_get_web_view (request);
  PhAssetShelf *shelf = NULL;
  g_autofree char *number = NULL;
  guint64 value;

  if (view != NULL)
    shelf = g_object_get_data (G_OBJECT (webkit_web_view_get_context (view)), SHELF);

  if (shelf == NULL || !g_str_has_prefix (uri, PH_ASSET_ADDRESS))
    return NULL;

  uri += strlen (PH_ASSET_ADDRESS);
  number = g_strndup (uri, strcspn (uri, "#"));

  if (!g_ascii_string_to_unsigned (number, 10, 1, G_MAXUINT, &value, NULL))
    return NULL;

  return ph_asset_shelf_read (shelf, (guint) value, type);
}

static void
note_answer (WebKitWebContext *context)
{
  guint n = ph_web_policy_get_answers (context);

  g_object_set_data (G_OBJECT (context), ANSWERS, GUINT_TO_POINTER (n + 1));
}

guint
ph_web_policy_get_answers (WebKitWebContext *context)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (context), ANSWERS));
}

/* FALSE when nothing was given for it. */
static gboolean
answer_asset (WebKitURISchemeRequest *request,
              const char *uri)
{
  const char *type = NULL;
  g_autoptr (GBytes) bytes = read_asset (request, uri, &type);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (WebKitURISchemeResponse) response = NULL;

  if (bytes == NULL)
    return FALSE;

  stream = g_memory_input_stream_new_from_bytes (bytes);
  response = webkit_uri_scheme_response_new (stream, (gint64) g_bytes_get_size (bytes));
  webkit_uri_scheme_response_set_content_type (response, type);
  webkit_uri_scheme_response_set_http_headers (response, asset_headers (type));
  webkit_uri_scheme_request_finish_with_response (request, response);
  note_answer (webkit_web_view_get_context (webkit_uri_scheme_request_get_web_view (request)));

  return TRUE;
}

/* There is one file of ours; the scripts and the style sheets come another way. */
static void
scheme_request_cb (WebKitURISchemeRequest *request,
                   gpointer user_data)
{
  const char *uri = webkit_uri_scheme_request_get_uri (request);
  gboolean known = g_strcmp0 (uri, PH_STAGE_URI) == 0;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (WebKitURISchemeResponse) response = NULL;
  gsize size = 0;

  if (answer_asset (request, uri))
    return;

  stream = g_memory_input_stream_new ();

  if (known)
    {
      g_autoptr (GBytes) bytes = load_resource ("/stage.html");

      size = g_bytes_get_size (bytes);
      g_memory_input_stream_add_bytes (G_MEMORY_INPUT_STREAM (stream), bytes);
    }

  response = webkit_uri_scheme_response_new (stream, size);
  webkit_uri_scheme_response_set_content_type (response, known ? "text/html" : "text/plain");
  webkit_uri_scheme_response_set_http_headers (response, answer_headers ());
  if (!known)
    webkit_uri_scheme_response_set_status (response, SOUP_STATUS_NOT_FOUND, "Not Found");

  webkit_uri_scheme_request_finish_with_response (request, response);
}

WebKitWebContext *
ph_web_policy_context_new (void)
{
  WebKitWebContext *context = webkit_web_context_new ();

  /* No cache of pages or resources: nothing is ever loaded twice. */
  webkit_web_context_set_cache_model (context, WEBKIT_CACHE_MODEL_DOCUMENT_VIEWER);
  webkit_web_context_set_spell_checking_enabled (context, FALSE);
  webkit_web_context_register_uri_scheme (context, SCHEME, scheme_request_cb, NULL, NULL);

  return context;
}

void
ph_web_policy_set_assets (WebKitWebContext *context,
                          PhAssetShelf *shelf)
{
  g_return_if_fail (WEBKIT_IS_WEB_CONTEXT (context));

  g_object_set_data_full (G_OBJECT (context), SHELF,
                          shelf != NULL ? ph_asset_shelf_ref (shelf) : NULL,
                          (GDestroyNotify) ph_asset_shelf_unref);
}

/* Wall 6: the network */

static void
download_started_cb (WebKitNetworkSession *session,
                     WebKitDownload *download,
                     gpointer user_data)
{
  webkit_download_cancel (download);
}

WebKitNetworkSession *
ph_web_policy_session_new (void)
{
  WebKitNetworkSession *session = webkit_network_session_new_ephemeral ();
  WebKitNetworkProxySettings *proxy = webkit_network_proxy_settings_new (NO_PROXY, NULL);

  webkit_network_session_set_proxy_settings (session, WEBKIT_NETWORK_PROXY_MODE_CUSTOM, proxy);
  webkit_network_proxy_settings_free (proxy);

  webkit_network_session_set_persistent_credential_storage_enabled (session, FALSE);
  webkit_network_session_set_tls_errors_policy (session, WEBKIT_TLS_ERRORS_POLICY_FAIL);
  webkit_cookie_manager_set_accept_policy (webkit_network_session_get_cookie_manager (session),
                                           WEBKIT_COOKIE_POLICY_ACCEPT_NEVER);
  g_signal_connect (session, "download-started", G_CALLBACK (download_started_cb), NULL);

  return session;
}

typedef struct
{
  char *folder;
  WebKitUserContentFilterStore *store;
} FilterJob;

/* The compiled filter is shared memory by now; its file is not needed any more. */
static void
filter_job_free (FilterJob *job)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_clear_object (&job->store);
  if (job->folder != NULL)
    {
      dir = g_dir_open (job->folder, 0, NULL);
      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *path = g_build_filename (job->folder, name, NULL);

          g_unlink (path);
        }
      g_rmdir (job->folder);
    }
  g_free (job->folder);
  g_free (job);
}

static void
filter_saved_cb (GObject *source,
                 GAsyncResult *result,
                 gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  WebKitUserContentFilter *filter;

  filter = webkit_user_content_filter_store_save_finish (WEBKIT_USER_CONTENT_FILTER_STORE (source),
                                                         result, &error);
  if (filter == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  webkit_user_content_manager_add_filter (g_task_get_source_object (task), filter);
  webkit_user_content_filter_unref (filter);
  g_task_return_boolean (task, TRUE);
}

void
ph_web_policy_add_filter_async (WebKitUserContentManager *manager,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (manager, cancellable, callback, user_data);
  g_autoptr (GBytes) source = g_bytes_new_static (FILTER, strlen (FILTER));
  g_autoptr (GError) error = NULL;
  FilterJob *job = g_new0 (FilterJob, 1);

  g_return_if_fail (WEBKIT_IS_USER_CONTENT_MANAGER (manager));

  g_task_set_source_tag (task, ph_web_policy_add_filter_async);
  g_task_set_task_data (task, job, (GDestroyNotify) filter_job_free);

  job->folder = g_dir_make_tmp ("playhead-filter-XXXXXX", &error);
  if (job->folder == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  job->store = webkit_user_content_filter_store_new (job->folder);
  webkit_user_content_filter_store_save (job->store, "network", source, cancellable,
                                         filter_saved_cb, g_steal_pointer (&task));
}

gboolean
ph_web_policy_add_filter_finish (WebKitUserContentManager *manager,
                                 GAsyncResult *result,
                                 GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, manager), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Wall 2, and powers */

static void
apply_features (WebKitSettings *settings,
                const Feature *wanted,
                guint n_wanted)
{
  WebKitFeatureList *list = webkit_settings_get_all_features ();

  for (gsize i = 0; i < webkit_feature_list_get_length (list); i++)
    {
      WebKitFeature *feature = webkit_feature_list_get (list, i);

      for (guint j = 0; j < n_wanted; j++)
        {
          if (strcmp (webkit_feature_get_identifier (feature), wanted[j].name) == 0)
            webkit_settings_set_feature_enabled (settings, feature, wanted[j].enabled);
        }
    }
  webkit_feature_list_unref (list);
}

WebKitSettings *
ph_web_policy_settings_new (void)
{
  WebKitSettings *settings = webkit_settings_new ();

  /* The applier is a script; pages have none. Wall 2. */
  webkit_settings_set_enable_javascript (settings, TRUE);
  webkit_settings_set_enable_javascript_markup (settings, FALSE);
  webkit_settings_set_javascript_can_open_windows_automatically (settings, FALSE);
  webkit_settings_set_javascript_can_access_clipboard (settings, FALSE);
  webkit_settings_set_allow_modal_dialogs (settings, FALSE);

  /* Origins keep apart what they keep apart on the web, files above all. */
  webkit_settings_set_disable_web_security (settings, FALSE);
  webkit_settings_set_allow_file_access_from_file_urls (settings, FALSE);
  webkit_settings_set_allow_universal_access_from_file_urls (settings, FALSE);
  webkit_settings_set_allow_top_navigation_to_data_urls (settings, FALSE);

  /* Nothing is kept, by the page or by WebKit. */
  webkit_settings_set_enable_html5_local_storage (settings, FALSE);
  webkit_settings_set_enable_html5_database (settings, FALSE);
  webkit_settings_set_enable_page_cache (settings, FALSE);

  /* Cameras, microphones, connections between machines. */
  webkit_settings_set_enable_media_stream (settings, FALSE);
  webkit_settings_set_enable_webrtc (settings, FALSE);
  webkit_settings_set_enable_mediasource (settings, FALSE);
  webkit_settings_set_enable_encrypted_media (settings, FALSE);
  webkit_settings_set_enable_media_capabilities (settings, FALSE);

  /* For the applier, which draws what a recorded script drew. No other script runs. */
  webkit_settings_set_enable_webgl (settings, TRUE);
  webkit_settings_set_enable_webaudio (settings, FALSE);

  /*
   * A film plays when the recording says so: nobody can click, no script runs, and
   * `autoplay` never passes, so nothing but the applier starts one. The view is muted:
   * whoever opens a recording does not expect a stranger's page to make a noise.
   */
  webkit_settings_set_media_playback_requires_user_gesture (settings, FALSE);

  /* The view takes no input. */
  webkit_settings_set_enable_fullscreen (settings, FALSE);
  webkit_settings_set_enable_caret_browsing (settings, FALSE);
  webkit_settings_set_enable_spatial_navigation (settings, FALSE);
  webkit_settings_set_enable_tabs_to_links (settings, FALSE);
  webkit_settings_set_enable_back_forward_navigation_gestures (settings, FALSE);

  /* Scrolling to a recorded place is no movement; sites get no special treatment. */
  webkit_settings_set_enable_smooth_scrolling (settings, FALSE);
  webkit_settings_set_enable_site_specific_quirks (settings, FALSE);
  webkit_settings_set_enable_developer_extras (settings, FALSE);
  webkit_settings_set_enable_write_console_messages_to_stdout (settings, FALSE);

  apply_features (settings, features, G_N_ELEMENTS (features));

  return settings;
}

void
ph_web_policy_decode_at_once (WebKitSettings *settings)
{
  apply_features (settings, decoding, G_N_ELEMENTS (decoding));
}

/* Wall 6: what a page may ask of the program around it. Nothing. */

static gboolean
decide_policy_cb (WebKitWebView *view,
                  WebKitPolicyDecision *decision,
                  WebKitPolicyDecisionType type,
                  gpointer user_data)
{
  WebKitNavigationAction *action;
  const char *uri;

  if (type == WEBKIT_POLICY_DECISION_TYPE_RESPONSE)
    {
      uri = webkit_uri_request_get_uri (webkit_response_policy_decision_get_request (
        WEBKIT_RESPONSE_POLICY_DECISION (decision)));
      if (g_strcmp0 (uri, PH_STAGE_URI) == 0)
        webkit_policy_decision_use (decision);
      else
        webkit_policy_decision_ignore (decision);
      return TRUE;
    }

  action = webkit_navigation_policy_decision_get_navigation_action (
    WEBKIT_NAVIGATION_POLICY_DECISION (decision));
  uri = webkit_uri_request_get_uri (webkit_navigation_action_get_request (action));

  if (type == WEBKIT_POLICY_DECISION_TYPE_NAVIGATION_ACTION && g_strcmp0 (uri, PH_STAGE_URI) == 0 &&
      g_object_steal_data (G_OBJECT (view), LOAD_WANTED) != NULL)
    webkit_policy_decision_use (decision);
  else
    webkit_policy_decision_ignore (decision);

  return TRUE;
}

static GtkWidget *
create_cb (WebKitWebView *view,
           WebKitNavigationAction *action,
           gpointer user_data)
{
  return NULL;
}

static gboolean
permission_request_cb (WebKitWebView *view,
                       WebKitPermissionRequest *request,
                       gpointer user_data)
{
  webkit_permission_request_deny (request);

  return TRUE;
}

static gboolean
query_permission_state_cb (WebKitWebView *view,
                           WebKitPermissionStateQuery *query,
                           gpointer user_data)
{
  webkit_permission_state_query_finish (query, WEBKIT_PERMISSION_STATE_DENIED);

  return TRUE;
}

static gboolean
authenticate_cb (WebKitWebView *view,
                 WebKitAuthenticationRequest *request,
                 gpointer user_data)
{
  webkit_authentication_request_cancel (request);

  return TRUE;
}

static gboolean
run_file_chooser_cb (WebKitWebView *view,
                     WebKitFileChooserRequest *request,
                     gpointer user_data)
{
  webkit_file_chooser_request_cancel (request);

  return TRUE;
}

static gboolean
run_color_chooser_cb (WebKitWebView *view,
                      WebKitColorChooserRequest *request,
                      gpointer user_data)
{
  webkit_color_chooser_request_cancel (request);

  return TRUE;
}

static gboolean
swallow_cb (void)
{
  return TRUE;
}

void
ph_web_policy_guard (WebKitWebView *view)
{
  /* Handled, with nothing done: no dialog, print, notification, menu or full screen. */
  static const char *const swallowed[] = {
    "script-dialog",
    "print",
    "show-notification",
    "context-menu",
    "show-option-menu",
    "enter-fullscreen",
  };

  g_return_if_fail (WEBKIT_IS_WEB_VIEW (view));

  g_signal_connect (view, "decide-policy", G_CALLBACK (decide_policy_cb), NULL);
  g_signal_connect (view, "create", G_CALLBACK (create_cb), NULL);
  g_signal_connect (view, "permission-request", G_CALLBACK (permission_request_cb), NULL);
  g_signal_connect (view, "query-permission-state", G_CALLBACK (query_permission_state_cb), NULL);
  g_signal_connect (view, "authenticate", G_CALLBACK (authenticate_cb), NULL);
  g_signal_connect (view, "run-file-chooser", G_CALLBACK (run_file_chooser_cb), NULL);
  g_signal_connect (view, "run-color-chooser", G_CALLBACK (run_color_chooser_cb), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (swallowed); i++)
    g_signal_connect (view, swallowed[i], G_CALLBACK (swallow_cb), NULL);
}

void
ph_web_policy_load_stage (WebKitWebView *view)
{
  g_return_if_fail (WEBKIT_IS_WEB_VIEW (view));

  g_object_set_data (G_OBJECT (view), LOAD_WANTED, GINT_TO_POINTER (TRUE));
  webkit_web_view_load_uri (view, PH_STAGE_URI);
}

static void
add_style (WebKitUserContentManager *manager,
           const char *name,
           WebKitUserContentInjectedFrames frames)
{
  g_autoptr (GBytes) css = load_resource (name);
  WebKitUserStyleSheet *sheet;

  sheet = webkit_user_style_sheet_new (g_bytes_get_data (css, NULL), frames,
                                       WEBKIT_USER_STYLE_LEVEL_USER, NULL, NULL);
  webkit_user_content_manager_add_style_sheet (manager, sheet);
  webkit_user_style_sheet_unref (sheet);
}

void
ph_web_policy_add_scripts (WebKitUserContentManager *manager)
{
  /* In an order in which each finds what it needs. */
  static const char *const scripts[] = {
    "/overlay.js",
    "/applier.js",
    "/assets.js",
    "/sheets.js",
    "/forms.js",
    "/canvas.js",
    "/top.js",
    "/media.js",
    "/marks.js",
    "/time.js",
    "/scroll.js",
    "/selection.js",
    "/pins.js",
    "/dump.js",
  };

  g_return_if_fail (WEBKIT_IS_USER_CONTENT_MANAGER (manager));

  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      g_autoptr (GBytes) bytes = load_resource (scripts[i]);
      WebKitUserScript *script;

      script = webkit_user_script_new_for_world (g_bytes_get_data (bytes, NULL),
                                                 WEBKIT_USER_CONTENT_INJECT_TOP_FRAME,
                                                 WEBKIT_USER_SCRIPT_INJECT_AT_DOCUMENT_END,
                                                 PH_STAGE_WORLD, NULL, NULL);
      webkit_user_content_manager_add_script (manager, script);
      webkit_user_script_unref (script);
    }

  add_style (manager, "/applier.css", WEBKIT_USER_CONTENT_INJECT_TOP_FRAME);
  add_style (manager, "/frames.css", WEBKIT_USER_CONTENT_INJECT_ALL_FRAMES);
}
