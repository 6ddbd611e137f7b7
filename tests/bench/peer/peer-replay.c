/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * peer-replay FOLDER FILE [--seeks N]: what `playhead-cli bench --json` prints,
 * for rrweb's own Replayer in a WebKitGTK view of the same size. FOLDER is this
 * one, with node_modules in it; FILE an array of events as it was recorded.
 *
 * `import_s` is reading and parsing, `engine_seek_ms` the call of the replayer
 * alone, `rss_mb` this process and the web process, which holds the events.
 */

#include "ph-bench-stats.h"
#include "ph-web-graphics.h"

#include <errno.h>
#include <gtk/gtk.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <webkit/webkit.h>

#define WIDTH 1280
#define HEIGHT 900
#define MB 1e6
#define MAX_SEEKS 2000
/* As in ph-render-bench.c, so that both are asked alike. */
#define SETTLE_MSEC 500
#define PAUSE_MSEC 40
/* What takes longer is no way to watch a recording. */
#define STEP_SECONDS 180

typedef struct
{
  char *folder;
  char *file;
  int n_seeks;
  gint64 since; /* of a cold start: only the first picture, and it ends */

  GMainLoop *loop;
  GtkWindow *window;
  WebKitWebView *view;
  guint late;
  char *message; /* what went wrong, or NULL */

  gint64 asked;
  goffset bytes;
  guint n_events;
  double parsed;
  double first_picture;
  double cold_start;
  PhTime *times;
  double *calls;
  double *seeks;
  int n_done;
} Peer;

static void
finish (Peer *peer,
        const char *message)
{
  if (peer->message == NULL)
    peer->message = g_strdup (message);

  g_main_loop_quit (peer->loop);
}

static gboolean
late_cb (gpointer user_data)
{
  Peer *peer = user_data;

  peer->late = 0;
  finish (peer, "no answer in time");

  return G_SOURCE_REMOVE;
}

static void
watch (Peer *peer)
{
  g_clear_handle_id (&peer->late, g_source_remove);
  peer->late = g_timeout_add_seconds (STEP_SECONDS, late_cb, peer);
}

static double
milliseconds_since (gint64 start)
{
  return (double) (g_get_monotonic_time () - start) / 1000;
}

/* --- what the page may read ------------------------------------------------ */

static char *
find_served (Peer *peer,
             const char *path,
             const char **type)
{
  static const struct
  {
    const char *path;
    const char *file;
    const char *type;
  } served[] = {
    { "/peer.html", "peer.html", "text/html" },
    { "/peer.js", "peer.js", "text/javascript" },
    { "/rrweb.js", "node_modules/rrweb/dist/rrweb.umd.min.cjs", "text/javascript" },
    { "/rrweb.css", "node_modules/rrweb/dist/style.css", "text/css" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (served); i++)
    {
      *type = served[i].type;

      if (g_str_equal (served[i].path, path))
        return g_build_filename (peer->folder, served[i].file, NULL);
    }

  *type = "application/json";

  return g_strdup (peer->file);
}

static void
serve_cb (WebKitURISchemeRequest *request,
          gpointer user_data)
{
  const char *type;
  g_autofree char *path =
    find_served (user_data, webkit_uri_scheme_request_get_path (request), &type);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, &error);
  g_autoptr (GFileInfo) info = NULL;

  if (stream != NULL)
    info = g_file_input_stream_query_info (stream, G_FILE_ATTRIBUTE_STANDARD_SIZE, NULL, &error);

  if (info == NULL)
    webkit_uri_scheme_request_finish_error (request, error);
  else
    webkit_uri_scheme_request_finish (request, G_INPUT_STREAM (stream), g_file_info_get_size (info),
                                      type);
}

/* --- asking the page ------------------------------------------------------- */

static double
get_number (JSCValue *object,
            const char *name)
{
  g_autoptr (JSCValue) value = jsc_value_object_get_property (object, name);

  return jsc_value_to_double (value);
}

static void
call (Peer *peer,
      const char *body,
      GAsyncReadyCallback callback)
{
  watch (peer);
  peer->asked = g_get_monotonic_time ();
  webkit_web_view_call_async_javascript_function (peer->view, body, -1, NULL, NULL, NULL, NULL,
                                                  callback, peer);
}

/* NULL, and the end, when the page could not answer. */
static JSCValue *
take_answer (Peer *peer,
             GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  JSCValue *value =
    webkit_web_view_call_async_javascript_function_finish (peer->view, result, &error);

  if (value == NULL)
    finish (peer, error->message);

  return value;
}

static gboolean seek_cb (gpointer user_data);

static void
sought_cb (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  Peer *peer = user_data;
  double msec = milliseconds_since (peer->asked);
  g_autoptr (JSCValue) value = take_answer (peer, result);

  if (value == NULL)
    return;

  peer->seeks[peer->n_done] = msec;
  peer->calls[peer->n_done] = get_number (value, "called");
  g_timeout_add (PAUSE_MSEC + (guint) peer->n_done++ * 7 % 17, seek_cb, peer);
}

static gboolean
seek_cb (gpointer user_data)
{
  Peer *peer = user_data;
  g_autofree char *body = NULL;
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  if (peer->n_done == peer->n_seeks)
    {
      finish (peer, NULL);
      return G_SOURCE_REMOVE;
    }

  g_ascii_formatd (number, sizeof number, "%.3f", (double) peer->times[peer->n_done] / 1000);
  body = g_strdup_printf ("return await peer.seek(%s);", number);
  call (peer, body, sought_cb);

  return G_SOURCE_REMOVE;
}

static void
opened_cb (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  Peer *peer = user_data;
  double msec = milliseconds_since (peer->since != 0 ? peer->since : peer->asked);
  g_autoptr (JSCValue) value = take_answer (peer, result);

  if (value == NULL)
    return;

  if (peer->since != 0)
    {
      printf ("%.3f\n", msec);
      finish (peer, NULL);
      return;
    }

  peer->first_picture = msec;
  peer->n_events = (guint) get_number (value, "events");
  peer->parsed = get_number (value, "parsed");
  ph_bench_times ((PhTime) (get_number (value, "duration") * 1000), peer->times,
                  (guint) peer->n_seeks);
  g_timeout_add (SETTLE_MSEC, seek_cb, peer);
}

static gboolean
open_cb (gpointer user_data)
{
  call (user_data, "return await peer.open();", opened_cb);

  return G_SOURCE_REMOVE;
}

static void
load_changed_cb (WebKitWebView *view,
                 WebKitLoadEvent event,
                 Peer *peer)
{
  if (event != WEBKIT_LOAD_FINISHED)
    return;

  if (peer->since != 0)
    open_cb (peer);
  else
    g_timeout_add (SETTLE_MSEC, open_cb, peer);
}

static void
terminated_cb (WebKitWebView *view,
               WebKitWebProcessTerminationReason reason,
               Peer *peer)
{
  finish (peer, reason == WEBKIT_WEB_PROCESS_EXCEEDED_MEMORY_LIMIT
                  ? "the web process took more memory than it may"
                  : "the web process ended");
}

static void
show (Peer *peer)
{
  g_autoptr (WebKitWebContext) context = webkit_web_context_new ();
  g_autoptr (WebKitNetworkSession) session = webkit_network_session_new_ephemeral ();

  webkit_web_context_register_uri_scheme (context, "peer", serve_cb, peer, NULL);
  peer->view = g_object_new (WEBKIT_TYPE_WEB_VIEW,
                             "web-context", context,
                             "network-session", session,
                             NULL);

  /* Painted as our stage is: then painted means the same for both. */
  if (ph_web_graphics_are_emulated ())
    webkit_settings_set_hardware_acceleration_policy (
      webkit_web_view_get_settings (peer->view), WEBKIT_HARDWARE_ACCELERATION_POLICY_NEVER);

  g_signal_connect (peer->view, "load-changed", G_CALLBACK (load_changed_cb), peer);
  g_signal_connect (peer->view, "web-process-terminated", G_CALLBACK (terminated_cb), peer);
  gtk_widget_set_size_request (GTK_WIDGET (peer->view), WIDTH, HEIGHT);

  peer->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_decorated (peer->window, FALSE);
  gtk_window_set_child (peer->window, GTK_WIDGET (peer->view));
  gtk_window_present (peer->window);
  webkit_web_view_load_uri (peer->view, "peer:///peer.html");
}

/* --- memory ---------------------------------------------------------------- */

/* The parent of a process, and the pages of it that are in memory. */
static guint64
read_process (const char *process,
              guint64 *resident)
{
  g_autofree char *path = g_build_filename ("/proc", process, "stat", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) fields = NULL;
  const char *rest;

  /* The name, between parentheses, may hold anything. */
  if (!g_file_get_contents (path, &text, NULL, NULL) || (rest = strrchr (text, ')')) == NULL)
    return 0;

  fields = g_strsplit (rest + 1, " ", -1);

  if (g_strv_length (fields) < 24)
    return 0;

  *resident = g_ascii_strtoull (fields[22], NULL, 10);

  return g_ascii_strtoull (fields[2], NULL, 10);
}

/* Of this process and all that it started, in MB. */
static double
read_rss (void)
{
  g_autoptr (GDir) folder = g_dir_open ("/proc", 0, NULL);
  g_autofree char *own = g_strdup_printf ("%d", (int) getpid ());
  guint64 pages = 0;
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *up = g_strdup (name);
      guint64 resident = 0;
      guint64 ignored;
      guint64 parent;

      if (!g_ascii_isdigit (name[0]))
        continue;

      parent = read_process (name, &resident);

      while (parent > 1 && !g_str_equal (up, own))
        {
          g_free (up);
          up = g_strdup_printf ("%" G_GUINT64_FORMAT, parent);
          parent = read_process (up, &ignored);
        }

      if (g_str_equal (up, own))
        pages += resident;
    }

  return (double) pages * (double) sysconf (_SC_PAGESIZE) / MB;
}

/* --- the program ----------------------------------------------------------- */

static void
print_spread (const char *name,
              PhBenchSpread spread)
{
  printf (",\n  \"%s\" : { \"p50\" : %.3f, \"p95\" : %.3f, \"max\" : %.3f }", name, spread.p50,
          spread.p95, spread.max);
}

static void
print_figures (Peer *peer)
{
  printf ("{\n  \"archive_bytes\" : %" G_GOFFSET_FORMAT ",\n  \"events\" : %u", peer->bytes,
          peer->n_events);
  printf (",\n  \"import_s\" : %.3f,\n  \"import_mb_per_s\" : %.3f", peer->parsed / 1000,
          (double) peer->bytes / MB / (peer->parsed / 1000));
  printf (",\n  \"first_picture_ms\" : %.3f,\n  \"cold_start_ms\" : %.3f,\n  \"seeks\" : %d",
          peer->first_picture, peer->cold_start, peer->n_seeks);
  print_spread ("engine_seek_ms", ph_bench_spread (peer->calls, (guint) peer->n_seeks));
  print_spread ("seek_ms", ph_bench_spread (peer->seeks, (guint) peer->n_seeks));
  printf (",\n  \"rss_mb\" : %.3f\n}\n", read_rss ());
}

/* In a process of its own, which is where a cold start begins. */
static gboolean
measure_cold_start (Peer *peer)
{
  g_autofree char *since =
    g_strdup_printf ("--since=%" G_GINT64_FORMAT, g_get_monotonic_time ());
  const char *argv[] = { "/proc/self/exe", peer->folder, peer->file, since, NULL };
  g_autofree char *output = NULL;
  int status;

  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL,
                     &status, NULL) ||
      status != 0)
    return FALSE;

  peer->cold_start = g_ascii_strtod (output, NULL);

  return TRUE;
}

static gboolean
run (Peer *peer)
{
  if (peer->since == 0 && !measure_cold_start (peer))
    return FALSE;

  if (!gtk_init_check ())
    {
      fputs ("peer-replay: there is no display to draw on\n", stderr);
      return FALSE;
    }

  peer->loop = g_main_loop_new (NULL, FALSE);
  watch (peer);
  show (peer);
  g_main_loop_run (peer->loop);

  if (peer->message != NULL)
    fprintf (stderr, "peer-replay: %s\n", peer->message);
  else if (peer->since == 0)
    print_figures (peer);

  gtk_window_destroy (peer->window);

  return peer->message == NULL;
}

/* FALSE, and said why, when what is needed is not there. */
static gboolean
check_files (Peer *peer)
{
  g_autofree char *script =
    g_build_filename (peer->folder, "node_modules", "rrweb", "dist", "rrweb.umd.min.cjs", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (peer->file);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = NULL;

  if (!g_file_test (script, G_FILE_TEST_EXISTS))
    {
      fprintf (stderr, "peer-replay: rrweb is not installed; run npm ci in %s\n", peer->folder);
      return FALSE;
    }

  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, NULL,
                            &error);

  if (info == NULL)
    {
      fprintf (stderr, "peer-replay: %s\n", error->message);
      return FALSE;
    }

  peer->bytes = g_file_info_get_size (info);

  return TRUE;
}

int
main (int argc,
      char **argv)
{
  Peer peer = { .n_seeks = 100 };
  const GOptionEntry entries[] = {
    { "seeks", 0, 0, G_OPTION_ARG_INT, &peer.n_seeks, NULL, NULL },
    { "since", 0, 0, G_OPTION_ARG_INT64, &peer.since, NULL, NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("FOLDER FILE");
  gboolean ok;

  g_option_context_add_main_entries (context, entries, NULL);

  if (!g_option_context_parse (context, &argc, &argv, NULL) || argc != 3 || peer.n_seeks < 1 ||
      peer.n_seeks > MAX_SEEKS)
    {
      fputs ("usage: peer-replay FOLDER FILE [--seeks N]\n", stderr);
      return 2;
    }

  peer.folder = g_canonicalize_filename (argv[1], NULL);
  peer.file = g_canonicalize_filename (argv[2], NULL);
  peer.times = g_new (PhTime, (gsize) peer.n_seeks);
  peer.calls = g_new0 (double, (gsize) peer.n_seeks);
  peer.seeks = g_new0 (double, (gsize) peer.n_seeks);

  ok = check_files (&peer) && run (&peer);

  g_clear_handle_id (&peer.late, g_source_remove);
  g_clear_pointer (&peer.loop, g_main_loop_unref);
  g_free (peer.folder);
  g_free (peer.file);
  g_free (peer.times);
  g_free (peer.calls);
  g_free (peer.seeks);
  g_free (peer.message);

  return ok ? 0 : 1;
}
