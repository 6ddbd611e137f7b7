/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * HTML clips in WebKit as a browser has it: with scripts, without anything of ours around
 * it. What it shows is what the engine says the page is.
 */

#include "ph-state-compare.h"
#include "ph-test.h"

#include <gtk/gtk.h>
#include <string.h>
#include <webkit/webkit.h>

#define WIDTH 1024
#define HEIGHT 768
#define SECONDS 60
#define N_TIMES 10

static char *program;
static char *dump;
static GtkWindow *window;
static WebKitWebView *view;

/* --- running --------------------------------------------------------------- */

static char *
run (const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process =
    g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  char *output = NULL;

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));

  return output;
}

typedef struct
{
  char *text;
  GdkTexture *picture;
  gboolean done;
} Answer;

static void
said_cb (GObject *source,
         GAsyncResult *result,
         gpointer user_data)
{
  Answer *answer = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JSCValue) value = webkit_web_view_call_async_javascript_function_finish (
    WEBKIT_WEB_VIEW (source), result, &error);

  g_assert_no_error (error);
  answer->text = jsc_value_to_string (value);
  answer->done = TRUE;
}

/* What @script, the body of an asynchronous function, returns. */
static char *
evaluate (const char *script)
{
  Answer answer = { NULL };

  webkit_web_view_call_async_javascript_function (view, script, -1, NULL, NULL, NULL, NULL,
                                                  said_cb, &answer);
  ph_test_wait (&answer.done, SECONDS);

  return answer.text;
}

static void
seen_cb (GObject *source,
         GAsyncResult *result,
         gpointer user_data)
{
  Answer *answer = user_data;
  g_autoptr (GError) error = NULL;

  answer->picture =
    webkit_web_view_get_snapshot_finish (WEBKIT_WEB_VIEW (source), result, &error);
  g_assert_no_error (error);
  answer->done = TRUE;
}

/* The colour at a place of the view, as 0xrrggbb. */
static guint
see (int x,
     int y)
{
  Answer answer = { NULL };
  g_autofree guint32 *pixels = g_new (guint32, WIDTH * HEIGHT);
  guint pixel;

  webkit_web_view_get_snapshot (view, WEBKIT_SNAPSHOT_REGION_VISIBLE, WEBKIT_SNAPSHOT_OPTIONS_NONE,
                                NULL, seen_cb, &answer);
  ph_test_wait (&answer.done, SECONDS);
  g_assert_cmpint (gdk_texture_get_width (answer.picture), ==, WIDTH);
  g_assert_cmpint (gdk_texture_get_height (answer.picture), ==, HEIGHT);
  gdk_texture_download (answer.picture, (guchar *) pixels, WIDTH * 4);
  pixel = pixels[y * WIDTH + x] & 0xffffff;
  g_object_unref (answer.picture);

  return pixel;
}

static void
loaded_cb (WebKitWebView *shown,
           WebKitLoadEvent event,
           gboolean *done)
{
  *done |= event == WEBKIT_LOAD_FINISHED;
}

/* Makes the clip and opens it, up to where its first picture is shown. */
static void
open_clip (const char *folder,
           const char *file,
           const char *from,
           const char *to)
{
  g_autofree char *path = g_build_filename (folder, "a.html", NULL);
  g_autofree char *address = g_filename_to_uri (path, NULL, NULL);
  const char *const argv[] = { program, "clip", file, "--from", from, "--to", to,
                               "-o", path, NULL };
  g_autofree char *output = run (argv);
  g_autofree char *ready = NULL;
  gboolean done = FALSE;
  gulong handler = g_signal_connect (view, "load-changed", G_CALLBACK (loaded_cb), &done);

  webkit_web_view_load_uri (view, address);
  ph_test_wait (&done, SECONDS);
  g_signal_handler_disconnect (view, handler);
  ready = evaluate ("for (let n = 0; n < 1500 && !globalThis.playhead?.player; n++)"
                    "  await new Promise((done) => setTimeout(done, 20));"
                    "await playhead.player.ready; return 'ready';");
  g_assert_cmpstr (ready, ==, "ready");
}

/* --- the same page --------------------------------------------------------- */

static JsonObject *
parse (JsonParser *parser,
       const char *text)
{
  g_autoptr (GError) error = NULL;

  json_parser_load_from_data (parser, text, -1, &error);
  g_assert_no_error (error);

  return json_node_get_object (json_parser_get_root (parser));
}

static guint
compare_at (const char *file,
            double begin,
            double time)
{
  char at[G_ASCII_DTOSTR_BUF_SIZE];
  char ms[G_ASCII_DTOSTR_BUF_SIZE];
  const char *const argv[] = { program, "state", file, "--at", at, NULL };
  g_autofree char *script = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *found = NULL;
  g_autoptr (JsonParser) wanted = json_parser_new ();
  g_autoptr (JsonParser) shown = json_parser_new ();

  g_ascii_formatd (at, sizeof at, "%.6f", begin + time);
  g_ascii_formatd (ms, sizeof ms, "%.3f", time * 1000);
  expected = run (argv);
  script = g_strdup_printf ("await playhead.player.seek(%s); return playhead.dump('state');", ms);
  found = evaluate (script);

  return ph_state_compare (parse (wanted, expected), parse (shown, found), FALSE);
}

static void
test_same (void)
{
  g_autofree char *demo = ph_test_demo ("acme-shop.json.gz");
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *script = NULL;
  g_autofree char *taken = NULL;
  g_autofree char *with = NULL;

  open_clip (folder, demo, "20", "50");
  g_assert_true (g_file_get_contents (dump, &script, NULL, NULL));
  with = g_strconcat (script, "\nreturn 1;", NULL);
  taken = evaluate (with);

  for (guint i = 0; i < N_TIMES; i++)
    g_assert_cmpuint (compare_at (demo, 20, 30.0 * ((i * 7) % N_TIMES) / (N_TIMES - 1)), >=, 200);

  ph_test_remove_tree (folder);
}

/* --- what is seen ---------------------------------------------------------- */

/* Pages in pages are drawn, which WebKit does not do for every address. */
static void
test_frames (void)
{
  g_autofree char *file = ph_test_fixture ("clip/frames.ndjson");
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *place = NULL;
  g_auto (GStrv) numbers = NULL;
  double x;
  double y;
  double scale;

  open_clip (folder, file, "0", "2");
  place = evaluate ("await playhead.player.seek(1500);"
                    "const { left, top } = document.getElementById('view').getBoundingClientRect();"
                    "const { x, y, scale } = playhead.overlay.look().place;"
                    "return `${left + x} ${top + y} ${scale}`;");
  numbers = g_strsplit (place, " ", -1);
  g_assert_cmpuint (g_strv_length (numbers), ==, 3);
  x = g_ascii_strtod (numbers[0], NULL);
  y = g_ascii_strtod (numbers[1], NULL);
  scale = g_ascii_strtod (numbers[2], NULL);
  g_assert_cmpfloat (scale, >, 0);
  g_assert_cmphex (see ((int) (x + 100 * scale), (int) (y + 100 * scale)), ==, 0x00c800);
  g_assert_cmphex (see ((int) (x + 500 * scale), (int) (y + 100 * scale)), ==, 0xc80000);
  g_assert_cmphex (see ((int) (x + 620 * scale), (int) (y + 100 * scale)), ==, 0x0000c8);
  ph_test_remove_tree (folder);
}

/* It goes on by itself, and stops at its end. */
static void
test_plays (void)
{
  g_autofree char *file = ph_test_fixture ("clip/frames.ndjson");
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *end = NULL;

  open_clip (folder, file, "0", "2");
  end = evaluate ("playhead.player.setSpeed(4); playhead.player.play();"
                  "for (let n = 0; n < 200 && playhead.player.look().playing; n++)"
                  "  await new Promise((done) => setTimeout(done, 50));"
                  "return JSON.stringify(playhead.player.look());");
  g_assert_cmpstr (end, ==, "{\"position\":2000,\"playing\":false,\"speed\":4}");
  ph_test_remove_tree (folder);
}

int
main (int argc,
      char **argv)
{
  g_autoptr (WebKitNetworkSession) session = NULL;
  int status;

  gtk_test_init (&argc, &argv, NULL);
  ph_test_spare_children ();
  g_assert_cmpint (argc, ==, 3);
  program = argv[1];
  dump = argv[2];

  window = GTK_WINDOW (gtk_window_new ());
  /* What it keeps has the program's name in it. */
  g_set_prgname ("test-clip-webkit");
  session = webkit_network_session_new_ephemeral ();
  view = g_object_new (WEBKIT_TYPE_WEB_VIEW, "network-session", session, NULL);
  /* As in stage_driver_new(). */
  webkit_settings_set_hardware_acceleration_policy (webkit_web_view_get_settings (view),
                                                    WEBKIT_HARDWARE_ACCELERATION_POLICY_NEVER);
  gtk_window_set_decorated (window, FALSE);
  gtk_window_set_default_size (window, WIDTH, HEIGHT);
  gtk_window_set_child (window, GTK_WIDGET (view));
  gtk_window_present (window);

  g_test_add_func ("/clip-webkit/same", test_same);
  g_test_add_func ("/clip-webkit/frames", test_frames);
  g_test_add_func ("/clip-webkit/plays", test_plays);
  status = g_test_run ();
  gtk_window_destroy (window);

  return status;
}
