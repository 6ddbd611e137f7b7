/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-web-policy.h"

#include "loopback.h"
#include "ph-test.h"
#include "stage-driver.h"

#include <string.h>

/*
 * Each wall of ph-web-policy.h as if the others were gone. The attacks are given
 * to the stage as they are, past the allow-list of ph-allow.h, and to bare views
 * with one wall each. The control, a view with no wall at all, shows that every
 * attack works there: a wall is not praised for what nobody attempted.
 */

typedef enum
{
  FETCHES = 1 << 0,   /* asks for `/NAME` */
  RUNS = 1 << 1,      /* runs a script that marks the top document with NAME */
  NAVIGATES = 1 << 2, /* the request is a frame's or a window's navigation */
  MOVES_TOP = 1 << 3, /* would replace the page: tried alone */
} Trait;

/* In values, @ is the origin of the world outside and $ a script that marks the page. */
typedef struct
{
  const char *name;
  guint traits;
  gboolean svg;
  const char *tag;
  const char *attributes[7]; /* names and values */
  const char *text;
} Attack;

#define FONT "@font-face { font-family: f; src: url(@/font) } b { font-family: f }"
#define MARKER "display: list-item; list-style: url(@/marker)"
#define REFRESH                                           \
  {                                                       \
    "http-equiv", "refresh", "content", "0;url=@/refresh" \
  }

static const Attack attacks[] = {
  { "img", FETCHES, FALSE, "img", { "src", "@/img" } },
  { "srcset", FETCHES, FALSE, "img", { "srcset", "@/srcset 1x" } },
  { "sheet", FETCHES, FALSE, "link", { "rel", "stylesheet", "href", "@/sheet" } },
  { "import", FETCHES, FALSE, "style", { NULL }, "@import url(@/import);" },
  { "background", FETCHES, FALSE, "style", { NULL }, "body { background: url(@/background) }" },
  { "font", FETCHES, FALSE, "style", { NULL }, FONT },
  { "useoffont", 0, FALSE, "b", { NULL }, "text" },
  { "inline", FETCHES, FALSE, "p", { "style", "background: url(@/inline)" }, "text" },
  { "marker", FETCHES, FALSE, "p", { "style", MARKER }, "text" },
  { "video", FETCHES, FALSE, "video", { "src", "@/video", "preload", "auto" } },
  { "poster", FETCHES, FALSE, "video", { "poster", "@/poster" } },
  { "audio", FETCHES, FALSE, "audio", { "src", "@/audio", "preload", "auto" } },
  { "object", FETCHES | NAVIGATES, FALSE, "object", { "data", "@/object", "type", "text/html" } },
  { "embed", FETCHES | NAVIGATES, FALSE, "embed", { "src", "@/embed", "type", "text/html" } },
  { "frame", FETCHES | NAVIGATES, FALSE, "iframe", { "src", "@/frame" } },
  { "input", FETCHES, FALSE, "input", { "type", "image", "src", "@/input" } },
  { "table", FETCHES, FALSE, "table", { "background", "@/table" } },
  { "image", FETCHES, TRUE, "image", { "href", "@/image", "width", "9", "height", "9" } },
  { "preload", FETCHES, FALSE, "link", { "rel", "preload", "as", "image", "href", "@/preload" } },
  { "script", FETCHES, FALSE, "script", { "src", "@/script" } },
  { "refresh", FETCHES | NAVIGATES | MOVES_TOP, FALSE, "meta", REFRESH },
  { "inline-script", RUNS, FALSE, "script", { NULL }, "$" },
  { "svg-script", RUNS, TRUE, "script", { NULL }, "$" },
  { "onerror", RUNS, FALSE, "img", { "src", "data:,", "onerror", "$" } },
  { "onload", RUNS, FALSE, "style", { "onload", "$" }, "q {}" },
  { "ontoggle", RUNS, FALSE, "details", { "open", "", "ontoggle", "$" } },
  { "javascript", RUNS, FALSE, "iframe", { "src", "javascript:$" } },
  { "srcdoc", RUNS, FALSE, "iframe", { "srcdoc", "<script>$</script>" } },
};

/* `$` and `@` filled in. */
static char *
fill (const char *text,
      const char *origin,
      const char *name)
{
  g_autofree char *mark =
    g_strdup_printf ("{ const root = top.document.documentElement;"
                     "  const ran = root.getAttribute(`data-ran`) ?? ``;"
                     "  root.setAttribute(`data-ran`, ran + ` %s`) }",
                     name);
  g_autofree char *root = g_strconcat (origin, "/", NULL);
  g_autoptr (GString) filled = g_string_new (text);

  g_string_replace (filled, "@/", root, 0);
  g_string_replace (filled, "$", mark, 0);

  return g_string_free (g_steal_pointer (&filled), FALSE);
}

static char *
html_of_attack (const Attack *attack,
                const char *origin)
{
  g_autoptr (GString) html = g_string_new (attack->svg ? "<svg>" : "");
  g_autofree char *text = attack->text != NULL ? fill (attack->text, origin, attack->name) : NULL;

  g_string_append_printf (html, "<%s", attack->tag);
  for (guint i = 0; attack->attributes[i] != NULL; i += 2)
    {
      g_autofree char *value = fill (attack->attributes[i + 1], origin, attack->name);
      g_autofree char *escaped = g_markup_escape_text (value, -1);

      g_string_append_printf (html, " %s=\"%s\"", attack->attributes[i], escaped);
    }
  g_string_append_printf (html, ">%s</%s>%s", text != NULL ? text : "", attack->tag,
                          attack->svg ? "</svg>" : "");

  return g_string_free (g_steal_pointer (&html), FALSE);
}

/* A page of all attacks but those that would replace it. */
static char *
html_of_attacks (const char *origin)
{
  g_autoptr (GString) html = g_string_new ("<!DOCTYPE html><html><head></head><body>");

  for (guint i = 0; i < G_N_ELEMENTS (attacks); i++)
    {
      g_autofree char *one = html_of_attack (&attacks[i], origin);

      if (!(attacks[i].traits & MOVES_TOP))
        g_string_append (html, one);
    }
  g_string_append (html, "</body></html>");

  return g_string_free (g_steal_pointer (&html), FALSE);
}

static void
add_element (JsonArray *patch,
             int id,
             int parent,
             gboolean svg,
             const char *tag,
             guint n)
{
  json_array_add_int_element (patch, 2);
  json_array_add_int_element (patch, id);
  json_array_add_int_element (patch, parent);
  json_array_add_int_element (patch, svg ? 1 : 0);
  json_array_add_string_element (patch, tag);
  json_array_add_int_element (patch, n);
}

/* The same page as a patch, past the allow-list. */
static char *
patch_of_attacks (const char *origin)
{
  g_autoptr (JsonNode) root = json_from_string (
    "[0,1,false, 1,800,600, 5,2,1,\"html\",\"\",\"\", "
    "2,3,1,0,\"html\",0, 2,4,3,0,\"body\",0]",
    NULL);
  JsonArray *patch = json_node_get_array (root);
  int id = 10;

  for (guint i = 0; i < G_N_ELEMENTS (attacks); i++, id += 10)
    {
      const Attack *attack = &attacks[i];
      guint n = g_strv_length ((char **) attack->attributes) / 2;

      if (attack->svg)
        add_element (patch, id + 1, 4, TRUE, "svg", 0);
      add_element (patch, id, attack->svg ? id + 1 : 4, attack->svg, attack->tag, n);
      for (guint at = 0; at < 2 * n; at += 2)
        {
          g_autofree char *value = fill (attack->attributes[at + 1], origin, attack->name);

          json_array_add_string_element (patch, attack->attributes[at]);
          json_array_add_string_element (patch, value);
        }
      if (attack->text != NULL)
        {
          g_autofree char *text = fill (attack->text, origin, attack->name);

          json_array_add_int_element (patch, 3);
          json_array_add_int_element (patch, id + 2);
          json_array_add_int_element (patch, id);
          json_array_add_string_element (patch, text);
        }
    }

  return json_to_string (root, FALSE);
}

/* A view with the walls a test picks, and no others */

typedef struct
{
  WebKitWebView *view;
  WebKitUserContentManager *manager;
  GtkWindow *window;
  gboolean done;
  char *text; /* of the last evaluation */
} Bare;

static void
filter_added_cb (GObject *source,
                 GAsyncResult *result,
                 gpointer user_data)
{
  Bare *bare = user_data;
  g_autoptr (GError) error = NULL;

  ph_web_policy_add_filter_finish (WEBKIT_USER_CONTENT_MANAGER (source), result, &error);
  g_assert_no_error (error);
  bare->done = TRUE;
}

static Bare *
bare_new (WebKitWebContext *context,
          WebKitNetworkSession *session,
          WebKitSettings *settings,
          gboolean filter)
{
  Bare *bare = g_new0 (Bare, 1);
  g_autoptr (WebKitWebContext) own_context =
    context != NULL ? g_object_ref (context) : webkit_web_context_new ();
  g_autoptr (WebKitNetworkSession) own_session =
    session != NULL ? g_object_ref (session) : webkit_network_session_new_ephemeral ();
  g_autoptr (WebKitSettings) own_settings =
    settings != NULL ? g_object_ref (settings) : webkit_settings_new ();

  webkit_settings_set_javascript_can_open_windows_automatically (own_settings, settings == NULL);
  webkit_settings_set_hardware_acceleration_policy (own_settings,
                                                    WEBKIT_HARDWARE_ACCELERATION_POLICY_NEVER);
  bare->manager = webkit_user_content_manager_new ();
  if (filter)
    {
      ph_web_policy_add_filter_async (bare->manager, NULL, filter_added_cb, bare);
      ph_test_wait (&bare->done, 30);
    }

  bare->view = g_object_new (WEBKIT_TYPE_WEB_VIEW, "web-context", own_context, "network-session",
                             own_session, "settings", own_settings, "user-content-manager",
                             bare->manager, NULL);
  bare->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_default_size (bare->window, 900, 700);
  gtk_window_set_child (bare->window, GTK_WIDGET (bare->view));
  gtk_window_present (bare->window);

  return bare;
}

static void
bare_free (Bare *bare)
{
  gtk_window_destroy (bare->window);
  g_object_unref (bare->manager);
  g_free (bare->text);
  g_free (bare);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Bare, bare_free)

static void
load_changed_cb (WebKitWebView *view,
                 WebKitLoadEvent event,
                 Bare *bare)
{
  if (event == WEBKIT_LOAD_FINISHED)
    bare->done = TRUE;
}

/* @html NULL: @uri is loaded, else @html as if it came from there. */
static void
bare_load (Bare *bare,
           const char *html,
           const char *uri)
{
  gulong handler =
    g_signal_connect (bare->view, "load-changed", G_CALLBACK (load_changed_cb), bare);

  bare->done = FALSE;
  if (html != NULL)
    webkit_web_view_load_html (bare->view, html, uri);
  else
    webkit_web_view_load_uri (bare->view, uri);
  ph_test_wait (&bare->done, 30);
  g_signal_handler_disconnect (bare->view, handler);
}

static void
evaluated_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  Bare *bare = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JSCValue) value = webkit_web_view_call_async_javascript_function_finish (
    WEBKIT_WEB_VIEW (source), result, &error);

  g_assert_no_error (error);
  g_free (bare->text);
  bare->text = jsc_value_to_string (value);
  bare->done = TRUE;
}

static const char *
bare_evaluate (Bare *bare,
               const char *script,
               const char *patch)
{
  g_autofree char *whole = NULL;
  GVariantDict arguments;

  g_variant_dict_init (&arguments, NULL);
  if (patch != NULL)
    g_variant_dict_insert (&arguments, "patch", "s", patch);
  whole = g_strconcat (script, ";\nreturn '';", NULL);
  bare->done = FALSE;
  webkit_web_view_call_async_javascript_function (bare->view, whole, -1,
                                                  g_variant_dict_end (&arguments), PH_STAGE_WORLD,
                                                  NULL, NULL, evaluated_cb, bare);
  ph_test_wait (&bare->done, 30);

  return bare->text;
}

/* The marks of scripts that ran. */
static const char *
bare_marks (Bare *bare)
{
  return bare_evaluate (bare, "return document.documentElement.getAttribute('data-ran') ?? '';",
                        NULL);
}

static gboolean
late_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

/* Time for an attack to succeed: many times what the control takes. */
static void
wait_for_attacks (void)
{
  gboolean late = FALSE;

  g_timeout_add (1200, late_cb, &late);
  while (!late)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
has_word (const char *words,
          const char *word)
{
  g_auto (GStrv) list = g_strsplit (words, " ", -1);

  return g_strv_contains ((const char *const *) list, word);
}

/* No attack with one of @traits came through. */
static void
assert_nothing (Loopback *loopback,
                Bare *bare,
                guint traits)
{
  g_autofree char *asked = NULL;
  const char *marks;

  wait_for_attacks ();
  asked = loopback_dup_asked (loopback);
  marks = bare != NULL ? bare_marks (bare) : "";
  g_test_message ("asked: %s, ran: %s", asked, marks);

  for (guint i = 0; i < G_N_ELEMENTS (attacks); i++)
    {
      g_autofree char *path = g_strconcat ("/", attacks[i].name, NULL);

      if (attacks[i].traits & traits & (FETCHES | NAVIGATES))
        g_assert_false (has_word (asked, path));
      if (attacks[i].traits & traits & RUNS)
        g_assert_false (has_word (marks, attacks[i].name));
    }
  if (traits & FETCHES)
    g_assert_cmpstr (asked, ==, "");
  if (traits & RUNS)
    g_assert_cmpstr (marks, ==, "");
}

/* Sooner or later: the machine may be busy. */
static void
assert_asked (Loopback *loopback,
              const char *path)
{
  for (guint i = 0; i < 20 && !loopback_was_asked (loopback, path); i++)
    wait_for_attacks ();

  g_test_message ("asked for %s?", path);
  g_assert_true (loopback_was_asked (loopback, path));
}

/* Every attack with one of @traits, and none of @without, came through. */
static void
assert_everything (Loopback *loopback,
                   Bare *bare,
                   guint traits,
                   guint without)
{
  g_autofree char *asked = NULL;
  const char *marks;

  wait_for_attacks ();
  asked = loopback_dup_asked (loopback);
  marks = bare_marks (bare);
  g_test_message ("asked: %s, ran: %s", asked, marks);

  for (guint i = 0; i < G_N_ELEMENTS (attacks); i++)
    {
      g_autofree char *path = g_strconcat ("/", attacks[i].name, NULL);

      if (attacks[i].traits & (without | MOVES_TOP))
        continue;

      g_test_message ("attack %s", attacks[i].name);
      if (attacks[i].traits & traits & FETCHES)
        g_assert_true (has_word (asked, path));
      if (attacks[i].traits & traits & RUNS)
        g_assert_true (has_word (marks, attacks[i].name));
    }
}

static const Attack *
find_attack (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (attacks); i++)
    {
      if (strcmp (attacks[i].name, name) == 0)
        return &attacks[i];
    }

  g_assert_not_reached ();
}

static void
test_no_wall (void)
{
  g_autoptr (Loopback) loopback = loopback_new ();
  const char *origin = loopback_get_origin (loopback);
  g_autofree char *html = html_of_attacks (origin);
  g_autofree char *refresh = html_of_attack (find_attack ("refresh"), origin);
  g_autoptr (Bare) bare = bare_new (NULL, NULL, NULL, FALSE);

  loopback_set_page (loopback, html, NULL);
  bare_load (bare, NULL, origin);
  assert_everything (loopback, bare, FETCHES | RUNS, 0);

  bare_load (bare, refresh, origin);
  wait_for_attacks ();
  g_assert_true (loopback_was_asked (loopback, "/refresh"));
}

/* Wall 1: WebKit's processes live in namespaces of their own. */
static void
test_process_sandbox (void)
{
  static const char *const namespaces[] = { "mnt", "pid" };
  g_autoptr (StageDriver) driver = stage_driver_new (800, 600);
  int pid = stage_driver_find_web_process ();

  g_assert_nonnull (driver);
  g_assert_cmpint (pid, >, 0);

  for (guint i = 0; i < G_N_ELEMENTS (namespaces); i++)
    {
      g_autofree char *path = g_strdup_printf ("/proc/%d/ns/%s", pid, namespaces[i]);
      g_autofree char *own = g_strdup_printf ("/proc/self/ns/%s", namespaces[i]);
      g_autofree char *theirs = g_file_read_link (path, NULL);
      g_autofree char *ours = g_file_read_link (own, NULL);

      g_test_message ("%s: %s, ours %s", namespaces[i], theirs, ours);
      g_assert_nonnull (theirs);
      g_assert_cmpstr (theirs, !=, ours);
    }
}

/* Wall 2: what the parser makes of HTML text has no scripts and no handlers. */
static void
test_markup_alone (void)
{
  g_autoptr (Loopback) loopback = loopback_new ();
  const char *origin = loopback_get_origin (loopback);
  g_autofree char *html = html_of_attacks (origin);
  g_autoptr (WebKitSettings) ours = ph_web_policy_settings_new ();
  g_autoptr (WebKitSettings) settings = webkit_settings_new ();
  g_autoptr (Bare) bare = NULL;

  webkit_settings_set_enable_javascript_markup (
    settings, webkit_settings_get_enable_javascript_markup (ours));
  bare = bare_new (NULL, NULL, settings, FALSE);
  loopback_set_page (loopback, html, NULL);
  bare_load (bare, NULL, origin);
  assert_nothing (loopback, bare, RUNS);
}

/* What of stage.html the scripts look for. */
#define EMPTY_STAGE                                               \
  "<div id=page></div><svg id=overlay><g id=carets /><g id=pins " \
  "/><g id=trail /><g id=others /><g id=clicks /><g id=pointer /></svg>"

/* Wall 3: nothing runs in the frame the applier makes, whatever a patch puts there. */
static void
test_frame_alone (void)
{
  g_autoptr (Loopback) loopback = loopback_new ();
  const char *origin = loopback_get_origin (loopback);
  g_autofree char *patch = patch_of_attacks (origin);
  g_autoptr (Bare) bare = bare_new (NULL, NULL, NULL, FALSE);

  ph_web_policy_add_scripts (bare->manager);
  bare_load (bare, EMPTY_STAGE, origin);
  bare_evaluate (bare, "return playhead.applier.apply(patch);", patch);
  assert_nothing (loopback, bare, RUNS);

  /* The same patch does reach the network here: it is what the next walls are for. */
  assert_asked (loopback, "/img");
  assert_asked (loopback, "/background");
}

/* Wall 4, in a page that has it as a header, from where everything is reachable. */
static void
test_csp_alone (void)
{
  g_autoptr (Loopback) loopback = loopback_new ();
  const char *origin = loopback_get_origin (loopback);
  g_autofree char *html = html_of_attacks (origin);
  g_autoptr (Bare) bare = bare_new (NULL, NULL, NULL, FALSE);

  loopback_set_page (loopback, html, PH_STAGE_CSP);
  bare_load (bare, NULL, origin);
  assert_nothing (loopback, bare, FETCHES | RUNS);
}

/* Wall 4 as our scheme sends it, inherited by the applier's frame. */
static void
test_csp_of_stage (void)
{
  g_autoptr (Loopback) loopback = loopback_new ();
  g_autofree char *patch = patch_of_attacks (loopback_get_origin (loopback));
  g_autoptr (WebKitWebContext) context = ph_web_policy_context_new ();
  g_autoptr (Bare) bare = bare_new (context, NULL, NULL, FALSE);

  ph_web_policy_add_scripts (bare->manager);
  bare_load (bare, NULL, PH_STAGE_URI);
  bare_evaluate (bare, "return playhead.applier.apply(patch);", patch);
  g_assert_cmpstr (bare_evaluate (bare, "return document.querySelector('iframe').contentDocument"
                                        ".querySelectorAll('img').length",
                                  NULL),
                   ==, "3");
  assert_nothing (loopback, bare, FETCHES | RUNS);
}

/* Wall 6, one part after the other. */
static void
test_proxy_alone (void)
{
  g_autoptr (Loopback) loopback = loopback_new ();
  const char *origin = loopback_get_origin (loopback);
  g_autofree char *html = html_of_attacks (origin);
  g_autofree char *refresh = html_of_attack (find_attack ("refresh"), origin);
  g_autoptr (WebKitNetworkSession) session = ph_web_policy_session_new ();
  g_autoptr (Bare) bare = bare_new (NULL, session, NULL, FALSE);

  bare_load (bare, html, origin);
  bare_evaluate (bare, "for (const rel of ['preconnect', 'prefetch', 'dns-prefetch']) {"
                       "  const link = document.createElement('link');"
                       "  link.rel = rel; link.href = '/ahead'; document.head.append(link); }",
                 NULL);
  assert_nothing (loopback, NULL, FETCHES);
  bare_load (bare, refresh, origin);
  assert_nothing (loopback, NULL, FETCHES);
  g_assert_cmpuint (loopback_n_connections (loopback), ==, 0);
}

static void
test_filter_alone (void)
{
  g_autoptr (Loopback) loopback = loopback_new ();
  const char *origin = loopback_get_origin (loopback);
  g_autofree char *html = html_of_attacks (origin);
  g_autofree char *refresh = html_of_attack (find_attack ("refresh"), origin);
  g_autoptr (Bare) bare = bare_new (NULL, NULL, NULL, TRUE);

  bare_load (bare, html, origin);
  assert_nothing (loopback, NULL, FETCHES);
  bare_load (bare, refresh, origin);
  assert_nothing (loopback, NULL, FETCHES);
}

/* Without the guard a window is made: WebKit itself would refuse all. */
static GtkWidget *
create_cb (WebKitWebView *view,
           WebKitNavigationAction *action,
           gpointer user_data)
{
  return g_object_new (WEBKIT_TYPE_WEB_VIEW, "related-view", view, NULL);
}

/* Navigation, windows and downloads, tried by scripts that nothing else holds back. */
static void
test_guard_alone (void)
{
  static const char *const moves[] = {
    "location.href = '/move';",
    "window.open('/move');",
    "const a = document.createElement('a'); a.href = '/move'; document.body.append(a); a.click();",
    "const a = document.createElement('a'); a.href = '/move'; a.target = '_blank';"
    "document.body.append(a); a.click();",
    "const a = document.createElement('a'); a.href = '/move'; a.download = 'x';"
    "document.body.append(a); a.click();",
    "const f = document.createElement('form'); f.action = '/move'; f.method = 'post';"
    "document.body.append(f); f.submit();",
    "const f = document.createElement('iframe'); f.src = '/move'; document.body.append(f);",
    "const m = document.createElement('meta'); m.httpEquiv = 'refresh';"
    "m.content = '0;url=/move'; document.head.append(m);",
  };
  g_autoptr (Loopback) loopback = loopback_new ();
  const char *origin = loopback_get_origin (loopback);

  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    {
      for (guint guarded = 0; guarded < 2; guarded++)
        {
          g_autoptr (Bare) bare = bare_new (NULL, NULL, NULL, FALSE);

          g_test_message ("%s: %s", guarded ? "guarded" : "free", moves[i]);
          bare_load (bare, "<body></body>", origin);
          loopback_forget (loopback);
          if (guarded)
            ph_web_policy_guard (bare->view);
          else
            g_signal_connect (bare->view, "create", G_CALLBACK (create_cb), NULL);
          bare_evaluate (bare, moves[i], NULL);
          wait_for_attacks ();
          g_assert_cmpint (loopback_was_asked (loopback, "/move"), ==, !guarded);
        }
    }
}

/* Connections made ahead of need. */
static void
test_settings_alone (void)
{
  g_autoptr (Loopback) loopback = loopback_new ();
  const char *origin = loopback_get_origin (loopback);
  g_autofree char *html = g_strdup_printf ("<link rel=preconnect href=%s>"
                                           "<link rel=preload as=image href=%s/preload>",
                                           origin, origin);

  for (guint ours = 0; ours < 2; ours++)
    {
      g_autoptr (WebKitSettings) settings = ours ? ph_web_policy_settings_new () : NULL;
      g_autoptr (Bare) bare = bare_new (NULL, NULL, settings, FALSE);

      loopback_forget (loopback);
      bare_load (bare, html, "http://example.invalid/");
      wait_for_attacks ();
      g_assert_cmpint (loopback_n_connections (loopback) == 0, ==, ours);
    }
}

/* Our scheme serves one document. */
static void
test_scheme (void)
{
  static const struct
  {
    const char *uri;
    guint status;
  } cases[] = {
    { PH_STAGE_URI, 200 },
    { "playhead-stage:///", 404 },
    { "playhead-stage:///applier.js", 404 },
    { "playhead-stage:///a/../stage.html", 200 },
    { "playhead-stage:///a/..%2fstage.html", 404 },
    { "playhead-stage:///etc/passwd", 404 },
    { "playhead-stage://host/stage.html", 404 },
    { "playhead-stage:///stage.html?x", 404 },
  };
  g_autoptr (WebKitWebContext) context = ph_web_policy_context_new ();
  g_autoptr (Bare) bare = bare_new (context, NULL, NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      WebKitURIResponse *response;

      g_test_message ("%s", cases[i].uri);
      bare_load (bare, NULL, cases[i].uri);
      response =
        webkit_web_resource_get_response (webkit_web_view_get_main_resource (bare->view));
      g_assert_cmpuint (webkit_uri_response_get_status_code (response), ==, cases[i].status);
    }
}

/* All of them, as the program has them. */
static void
test_all_walls (void)
{
  g_autoptr (Loopback) loopback = loopback_new ();
  g_autofree char *patch = patch_of_attacks (loopback_get_origin (loopback));
  g_autoptr (StageDriver) driver = stage_driver_new (900, 700);
  Bare bare = { .view = WEBKIT_WEB_VIEW (ph_web_stage_get_widget (driver->stage)) };
  g_autofree char *html = NULL;

  stage_driver_present (driver, patch, NULL);
  assert_nothing (loopback, &bare, FETCHES | RUNS);
  g_assert_cmpuint (loopback_n_connections (loopback), ==, 0);
  g_free (bare.text);

  /* The attacks were there. */
  html = stage_driver_html (driver);
  g_assert_nonnull (strstr (html, "onerror="));
  g_assert_cmpuint (driver->n_lost, ==, 0);
}

int
main (int argc,
      char **argv)
{
  stage_driver_init (&argc, &argv);

  g_test_add_func ("/walls/none", test_no_wall);
  g_test_add_func ("/walls/1-process-sandbox", test_process_sandbox);
  g_test_add_func ("/walls/2-markup-alone", test_markup_alone);
  g_test_add_func ("/walls/3-frame-alone", test_frame_alone);
  g_test_add_func ("/walls/4-csp-alone", test_csp_alone);
  g_test_add_func ("/walls/4-csp-of-stage", test_csp_of_stage);
  g_test_add_func ("/walls/6-proxy-alone", test_proxy_alone);
  g_test_add_func ("/walls/6-filter-alone", test_filter_alone);
  g_test_add_func ("/walls/6-guard-alone", test_guard_alone);
  g_test_add_func ("/walls/6-settings-alone", test_settings_alone);
  g_test_add_func ("/walls/scheme", test_scheme);
  g_test_add_func ("/walls/all", test_all_walls);

  return g_test_run ();
}
