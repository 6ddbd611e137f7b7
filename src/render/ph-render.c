/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * playhead-render: pictures, HTML and state of a rendered page at a time, for
 * playhead-cli, which keeps GTK and WebKit out of itself; clips (ph-render-clip.h); and
 * what playhead-cli measures on a stage (ph-render-bench.h). One job, then it ends.
 * Exit status: 0 done, 1 failed with one line on standard error, 2 wrong usage.
 */

#include "ph-cursor.h"
#include "ph-error.h"
#include "ph-input.h"
#include "ph-limits.h"
#include "ph-memory.h"
#include "ph-render-assets.h"
#include "ph-render-bench.h"
#include "ph-render-clip.h"
#include "ph-web-stage.h"

#include <gtk/gtk.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

/* Where a recording does not say how large its window was. */
#define DEFAULT_WIDTH 1280
#define DEFAULT_HEIGHT 720
/* Nothing here takes longer on a machine that works at all. */
#define JOB_SECONDS 120

typedef enum
{
  WANT_SHOT,
  WANT_HTML,
  WANT_STATE,
} Want;

typedef struct
{
  Want want;
  const char *file;
  gint64 at;
  int width, height; /* 0: as recorded */
  gboolean plain;
  gint64 window; /* −1: the active one */
  const char *output;
  char **assets; /* folders, archives of files, addresses; or NULL */
  char **hosts;  /* or NULL */
} Order;

typedef struct
{
  Order order;
  PhSession *session;
  PhCursor *cursor;
  PhAssetShelf *shelf; /* or NULL */
  PhWebStage *stage;
  GtkWindow *holder;
  GMainLoop *loop;
  GError *error; /* what went wrong, or NULL */
} Job;

static void
finish (Job *job,
        GError *error)
{
  if (job->error == NULL)
    job->error = error;
  else
    g_clear_error (&error);
  g_main_loop_quit (job->loop);
}

/* Standard output stays clean: only the file is written. */
static void
write_output (Job *job,
              GBytes *bytes)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (job->order.output);
  GError *error = NULL;

  if (!g_file_replace_contents (file, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION, NULL, NULL,
                                &error))
    g_prefix_error (&error, "%s: ", job->order.output);
  finish (job, error);
}

/* What the page does not cover is a quiet grey, as in the window. */
static GBytes *
paint_ground (GdkTexture *texture)
{
  int width = gdk_texture_get_width (texture);
  int height = gdk_texture_get_height (texture);
  cairo_surface_t *page = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_surface_t *whole = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  g_autoptr (GdkTexture) painted = NULL;
  g_autoptr (GBytes) pixels = NULL;
  cairo_t *cr;

  gdk_texture_download (texture, cairo_image_surface_get_data (page),
                        cairo_image_surface_get_stride (page));
  cairo_surface_mark_dirty (page);

  cr = cairo_create (whole);
  cairo_set_source_rgb (cr, 0.94, 0.94, 0.94);
  cairo_paint (cr);
  cairo_set_source_surface (cr, page, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_flush (whole);

  pixels = g_bytes_new (cairo_image_surface_get_data (whole),
                        (gsize) cairo_image_surface_get_stride (whole) * height);
  painted = gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, pixels,
                                    cairo_image_surface_get_stride (whole));
  cairo_surface_destroy (page);
  cairo_surface_destroy (whole);

  return gdk_texture_save_to_png_bytes (painted);
}

static void
snapshot_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  Job *job = user_data;
  GError *error = NULL;
  g_autoptr (GdkTexture) texture =
    ph_web_stage_snapshot_finish (PH_WEB_STAGE (source), result, &error);
  g_autoptr (GBytes) png = NULL;

  if (texture == NULL)
    {
      finish (job, error);
      return;
    }

  png = paint_ground (texture);
  write_output (job, png);
}

static void
dump_cb (GObject *source,
         GAsyncResult *result,
         gpointer user_data)
{
  Job *job = user_data;
  GError *error = NULL;
  char *html = ph_web_stage_dump_finish (PH_WEB_STAGE (source), result, &error);
  g_autoptr (GBytes) bytes = NULL;

  if (html == NULL)
    {
      finish (job, error);
      return;
    }

  bytes = g_bytes_new_take (html, strlen (html));
  write_output (job, bytes);
}

static void
settled_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  Job *job = user_data;
  GError *error = NULL;

  if (!ph_web_stage_settle_finish (PH_WEB_STAGE (source), result, &error))
    finish (job, error);
  else if (job->order.want != WANT_SHOT)
    ph_web_stage_dump_async (job->stage,
                             job->order.want == WANT_HTML ? PH_DUMP_HTML : PH_DUMP_STATE, NULL,
                             dump_cb, job);
  else
    ph_web_stage_snapshot_async (job->stage, NULL, snapshot_cb, job);
}

static void
presented_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  Job *job = user_data;
  GError *error = NULL;

  if (ph_stage_present_finish (PH_STAGE (source), result, &error))
    ph_web_stage_settle_async (job->stage, NULL, settled_cb, job);
  else
    finish (job, error);
}

static void
ready_cb (PhStage *stage,
          Job *job)
{
  g_autoptr (GBytes) patch = ph_cursor_take_patch (job->cursor, TRUE);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("[]", 2);

  ph_stage_present_async (stage, patch != NULL ? patch : nothing, NULL, presented_cb, job);
}

static void
lost_cb (PhStage *stage,
         Job *job)
{
  finish (job, g_error_new_literal (PH_ERROR, PH_ERROR_STAGE, "the web view could not be used"));
}

static gboolean
late_cb (gpointer user_data)
{
  Job *job = user_data;

  finish (job, g_error_new_literal (PH_ERROR, PH_ERROR_STAGE, "the page was not shown in time"));

  return G_SOURCE_REMOVE;
}

/* The picture's size: what was asked for, else the recorded one. */
static void
get_size (const Job *job,
          int *width,
          int *height)
{
  const PhDom *dom = ph_cursor_get_dom (job->cursor);

  ph_dom_get_viewport (dom, width, height);
  if (*width <= 0 || *height <= 0)
    {
      *width = DEFAULT_WIDTH;
      *height = DEFAULT_HEIGHT;
    }
  if (job->order.width > 0)
    {
      *width = job->order.width;
      *height = job->order.height;
    }
}

/*
 * The view gets its size without ever coming to the screen: the page is drawn by
 * the web process, and whoever works at this machine sees nothing flash. It is
 * mapped in a window that is not: else WebKit takes the page for hidden and makes no
 * frames, and what is settled only while one is made, such as highlights, is missing.
 */
static void
show (Job *job)
{
  GtkWidget *view;
  int width, height;

  get_size (job, &width, &height);
  job->stage = ph_web_stage_new_software ();
  ph_web_stage_set_assets (job->stage, job->shelf);
  ph_web_stage_set_plain (job->stage, job->order.plain);
  ph_web_stage_set_enlarge (job->stage, job->order.width > 0);
  g_signal_connect (job->stage, "ready", G_CALLBACK (ready_cb), job);
  g_signal_connect (job->stage, "lost", G_CALLBACK (lost_cb), job);

  view = ph_web_stage_get_widget (job->stage);
  job->holder = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_child (job->holder, view);
  gtk_widget_realize (GTK_WIDGET (job->holder));
  gtk_widget_measure (view, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  gtk_widget_measure (view, GTK_ORIENTATION_VERTICAL, width, NULL, NULL, NULL, NULL);
  gtk_widget_allocate (view, width, height, -1, NULL);
  gtk_widget_map (view);
}

static gboolean
open_session (Job *job,
              GError **error)
{
  g_autoptr (GFile) file = ph_input_new_for_argument (job->order.file);
  guint n;

  job->session = ph_session_open (file, NULL, NULL, NULL, error);
  if (job->session == NULL)
    return FALSE;

  n = ph_session_get_n_windows (job->session);
  if (job->order.window >= n)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                   "%s: there is no window %" G_GINT64_FORMAT, job->order.file, job->order.window);
      return FALSE;
    }

  job->cursor = ph_cursor_new (job->session);
  if (job->order.window >= 0)
    ph_cursor_set_window (job->cursor, (guint32) job->order.window);
  ph_cursor_seek (job->cursor, ph_span_clamp (ph_session_get_span (job->session), job->order.at));

  if (!ph_render_gather (job->session, job->order.assets, job->order.hosts, &job->shelf, error))
    return FALSE;

  if (job->shelf != NULL)
    ph_cursor_set_assets (job->cursor, ph_asset_shelf_get_table (job->shelf));

  return TRUE;
}

static gboolean
run (Job *job)
{
  guint late;

  if (!open_session (job, &job->error))
    return FALSE;

  job->loop = g_main_loop_new (NULL, FALSE);
  late = g_timeout_add_seconds (JOB_SECONDS, late_cb, job);
  show (job);
  g_main_loop_run (job->loop);

  g_source_remove (late);

  return job->error == NULL;
}

static void
job_clear (Job *job)
{
  if (job->holder != NULL)
    gtk_window_destroy (job->holder);
  g_clear_object (&job->stage);
  g_clear_pointer (&job->cursor, ph_cursor_free);
  g_clear_pointer (&job->shelf, ph_asset_shelf_unref);
  g_strfreev (job->order.assets);
  g_strfreev (job->order.hosts);
  g_clear_object (&job->session);
  g_clear_pointer (&job->loop, g_main_loop_unref);
  g_clear_error (&job->error);
}

static gboolean
parse_size (const char *text,
            int *width,
            int *height)
{
  char *end;
  gint64 w = g_ascii_strtoll (text, &end, 10);
  gint64 h = *end == 'x' ? g_ascii_strtoll (end + 1, &end, 10) : 0;

  if (*end != '\0' || w < 1 || w > PH_LIMIT_VIEWPORT || h < 1 || h > PH_LIMIT_VIEWPORT)
    return FALSE;

  *width = (int) w;
  *height = (int) h;

  return TRUE;
}

static gboolean
parse_want (const char *command,
            Want *want)
{
  static const char *const commands[] = {
    [WANT_SHOT] = "shot",
    [WANT_HTML] = "html",
    [WANT_STATE] = "state",
  };

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (command, commands[i]) == 0)
      {
        *want = i;
        return TRUE;
      }

  return FALSE;
}

static gboolean
parse_order (Order *order,
             int *argc,
             char ***argv)
{
  g_autofree char *size = NULL;
  gint64 at = -1;
  gint64 window = -1;
  const GOptionEntry entries[] = {
    { "at", 0, 0, G_OPTION_ARG_INT64, &at, NULL, NULL },
    { "size", 0, 0, G_OPTION_ARG_STRING, &size, NULL, NULL },
    { "plain", 0, 0, G_OPTION_ARG_NONE, &order->plain, NULL, NULL },
    { "window", 0, 0, G_OPTION_ARG_INT64, &window, NULL, NULL },
    { "assets", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &order->assets, NULL, NULL },
    { "allow-host", 0, 0, G_OPTION_ARG_STRING_ARRAY, &order->hosts, NULL, NULL },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &order->output, NULL, NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, NULL) || *argc != 3)
    return FALSE;

  if (!parse_want ((*argv)[1], &order->want))
    return FALSE;
  if (size != NULL &&
      (order->want != WANT_SHOT || !parse_size (size, &order->width, &order->height)))
    return FALSE;

  order->file = (*argv)[2];
  order->at = at;
  order->window = window;

  return at >= 0 && window >= -1 && order->output != NULL &&
         (order->want == WANT_SHOT || !order->plain);
}

int
main (int argc,
      char **argv)
{
  Job job = { .order = { .window = -1 } };
  int status = 0;

  ph_memory_set_up ();
  setlocale (LC_ALL, "");
  /* A picture has the pixels that were asked for, whatever the screen has. */
  g_setenv ("GDK_SCALE", "1", TRUE);

  if (argc > 1 && strcmp (argv[1], "bench") == 0)
    return ph_render_bench (argc, argv);

  if (argc > 1 && strcmp (argv[1], "clip") == 0)
    return ph_render_clip (argc, argv);

  if (!parse_order (&job.order, &argc, &argv))
    {
      fputs ("playhead-render: usage: playhead-render shot FILE --at MICROSECONDS [--size WxH] "
             "[--plain] [--window W] -o OUT.png, or html|state FILE --at MICROSECONDS "
             "[--window W] -o OUT\n",
             stderr);
      return 2;
    }
  if (!gtk_init_check ())
    {
      fputs ("playhead-render: there is no display to draw on\n", stderr);
      return 1;
    }
  if (!run (&job))
    {
      fprintf (stderr, "playhead-render: %s\n", job.error->message);
      status = 1;
    }

  job_clear (&job);

  return status;
}
