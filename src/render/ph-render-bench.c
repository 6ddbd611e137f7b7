/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-render-bench.h"

#include "ph-error.h"
#include "ph-input.h"
#include "ph-player.h"
#include "ph-timed-stage.h"
#include "ph-web-stage.h"

#include <errno.h>
#include <gtk/gtk.h>
#include <stdio.h>

#define WIDTH 1280
#define HEIGHT 900
/* After `ready`, what the start of a web process still has to do is over. */
#define SETTLE_MSEC 500
/* Between two seeks; the rest differs, so that they come at all phases of a frame. */
#define PAUSE_MSEC 40
/* No step takes longer on a machine that works at all. */
#define STEP_SECONDS 300
/* Dragging across a session: for how long, and how often the pointer is heard of. */
#define SCRUB_SPAN (5 * G_USEC_PER_SEC)
#define SCRUB_HZ 120

typedef struct
{
  GFile *file;
  gint64 since; /* 0: the stage is made ready first */

  GMainLoop *loop;
  GtkWindow *window;
  PhWebStage *web_stage;
  PhTimedStage *stage;
  PhPlayer *player;
  guint tick;
  guint late;
  GError *error; /* what went wrong, or NULL */

  gint64 asked;        /* 0 while nothing is asked for */
  const char *what;    /* what is asked for */
  gboolean is_waiting; /* for the rest of the session */
  guint n_seeks;
  guint64 refused; /* operations, as far as said */

  PhSpan scrub;
  gint64 scrub_begin;   /* by the monotonic clock */
  guint scrub_pictures; /* painted before */
} Bench;

static void
finish (Bench *bench,
        GError *error)
{
  if (bench->error == NULL)
    bench->error = error;
  else
    g_clear_error (&error);

  bench->asked = 0;
  g_main_loop_quit (bench->loop);
}

static void
fail (Bench *bench,
      const char *message)
{
  finish (bench, g_error_new_literal (PH_ERROR, PH_ERROR_STAGE, message));
}

static gboolean
late_cb (gpointer user_data)
{
  Bench *bench = user_data;

  bench->late = 0;
  fail (bench, "the page was not shown in time");

  return G_SOURCE_REMOVE;
}

static void
watch (Bench *bench)
{
  g_clear_handle_id (&bench->late, g_source_remove);
  bench->late = g_timeout_add_seconds (STEP_SECONDS, late_cb, bench);
}

/* --- seeks ----------------------------------------------------------------- */

static gboolean seek_cb (gpointer user_data);

/* Where a pointer is that goes across the time line at one speed; at its end what came is told. */
static gboolean
scrub_cb (gpointer user_data)
{
  Bench *bench = user_data;
  gint64 gone = g_get_monotonic_time () - bench->scrub_begin;
  guint n = ph_timed_stage_get_pictures (bench->stage) - bench->scrub_pictures;
  double share = (double) gone / (double) SCRUB_SPAN;

  if (gone < SCRUB_SPAN)
    {
      double length = (double) (bench->scrub.end - bench->scrub.begin);

      ph_player_seek (bench->player, bench->scrub.begin + (PhTime) (length * share));
      return G_SOURCE_CONTINUE;
    }

  printf ("scrub %.3f\n", (double) n / ((double) gone / G_USEC_PER_SEC));
  fflush (stdout);
  g_timeout_add (PAUSE_MSEC, seek_cb, bench);

  return G_SOURCE_REMOVE;
}

static void
start_scrub (Bench *bench)
{
  watch (bench);
  bench->scrub = ph_session_get_span (ph_player_get_session (bench->player));
  bench->scrub_begin = g_get_monotonic_time ();
  bench->scrub_pictures = ph_timed_stage_get_pictures (bench->stage);
  g_timeout_add (1000 / SCRUB_HZ, scrub_cb, bench);
}

static gboolean
seek_cb (gpointer user_data)
{
  Bench *bench = user_data;
  char line[64];

  if (fgets (line, sizeof line, stdin) == NULL)
    {
      finish (bench, NULL);
      return G_SOURCE_REMOVE;
    }

  if (g_str_has_prefix (line, "scrub"))
    {
      start_scrub (bench);
      return G_SOURCE_REMOVE;
    }

  watch (bench);
  bench->what = "seek";
  bench->asked = g_get_monotonic_time ();
  ph_player_seek (bench->player, g_ascii_strtoll (line, NULL, 10));

  return G_SOURCE_REMOVE;
}

/* Times are those of the whole session: all of it has to be there. */
static void
go_on (Bench *bench)
{
  bench->is_waiting = ph_session_get_importing (ph_player_get_session (bench->player));

  if (!bench->is_waiting)
    g_timeout_add (PAUSE_MSEC + bench->n_seeks++ * 7 % 17, seek_cb, bench);
}

/* What was asked for is on the screen when nothing is on its way and nothing left to do. */
static void
check_arrived (Bench *bench)
{
  gint64 painted;

  if (bench->asked == 0 || ph_timed_stage_is_busy (bench->stage) ||
      ph_player_get_wants_tick (bench->player))
    return;

  /* A seek to where nothing differs paints nothing. */
  painted = ph_timed_stage_get_painted (bench->stage);

  if (painted < bench->asked)
    painted = g_get_monotonic_time ();

  if (ph_web_stage_get_refused (bench->web_stage) > bench->refused)
    {
      bench->refused = ph_web_stage_get_refused (bench->web_stage);
      printf ("refused %" G_GUINT64_FORMAT "\n", bench->refused);
    }

  printf ("%s %.3f\n", bench->what, (double) (painted - bench->asked) / 1000);
  fflush (stdout);
  bench->asked = 0;

  if (bench->since != 0)
    finish (bench, NULL);
  else
    go_on (bench);
}

static gboolean
tick_cb (GtkWidget *widget,
         GdkFrameClock *frame_clock,
         gpointer user_data)
{
  Bench *bench = user_data;

  ph_player_tick (bench->player, gdk_frame_clock_get_frame_time (frame_clock));
  check_arrived (bench);

  return G_SOURCE_CONTINUE;
}

static void
wants_tick_changed_cb (Bench *bench)
{
  gboolean wanted = ph_player_get_wants_tick (bench->player);

  if (wanted && bench->tick == 0)
    {
      bench->tick =
        gtk_widget_add_tick_callback (GTK_WIDGET (bench->window), tick_cb, bench, NULL);
    }
  else if (!wanted && bench->tick != 0)
    {
      gtk_widget_remove_tick_callback (GTK_WIDGET (bench->window), bench->tick);
      bench->tick = 0;
    }
}

/* --- opening --------------------------------------------------------------- */

static void
session_changed_cb (PhSession *session,
                    Bench *bench)
{
  const GError *error = ph_session_get_import_error (session);

  watch (bench);

  if (error != NULL)
    finish (bench, g_error_copy (error));
  else if (bench->is_waiting)
    go_on (bench);
}

static void
opened_cb (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  Bench *bench = user_data;
  GError *error = NULL;
  g_autoptr (PhSession) session = ph_session_open_finish (result, &error);

  if (session == NULL)
    {
      finish (bench, error);
      return;
    }

  g_signal_connect (session, "changed", G_CALLBACK (session_changed_cb), bench);
  bench->player = ph_player_new (session, PH_STAGE (bench->stage));
  g_signal_connect_swapped (bench->player, "notify::wants-tick",
                            G_CALLBACK (wants_tick_changed_cb), bench);
  wants_tick_changed_cb (bench);
}

static void
open_file (Bench *bench,
           gint64 asked,
           const char *what)
{
  watch (bench);
  bench->asked = asked;
  bench->what = what;
  ph_session_open_async (bench->file, PH_OPEN_DEFAULT, NULL, NULL, NULL, opened_cb, bench);
}

static gboolean
settled_cb (gpointer user_data)
{
  open_file (user_data, g_get_monotonic_time (), "first-picture");

  return G_SOURCE_REMOVE;
}

static void
ready_cb (Bench *bench)
{
  if (bench->since == 0 && bench->player == NULL)
    g_timeout_add (SETTLE_MSEC, settled_cb, bench);
}

static void
lost_cb (Bench *bench)
{
  fail (bench, "the web view could not be used");
}

static void
answered_cb (Bench *bench)
{
  if (bench->player != NULL)
    check_arrived (bench);
}

static void
show (Bench *bench)
{
  GtkWidget *view;

  bench->web_stage = ph_web_stage_new ();
  bench->stage = ph_timed_stage_new (PH_STAGE (bench->web_stage));
  g_signal_connect_swapped (bench->stage, "ready", G_CALLBACK (ready_cb), bench);
  g_signal_connect_swapped (bench->stage, "lost", G_CALLBACK (lost_cb), bench);
  g_signal_connect_swapped (bench->stage, "answered", G_CALLBACK (answered_cb), bench);

  view = ph_web_stage_get_widget (bench->web_stage);
  gtk_widget_set_size_request (view, WIDTH, HEIGHT);
  bench->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_decorated (bench->window, FALSE);
  gtk_window_set_child (bench->window, view);
  gtk_window_present (bench->window);
}

static void
clear (Bench *bench)
{
  g_clear_handle_id (&bench->late, g_source_remove);

  if (bench->player != NULL)
    {
      g_signal_handlers_disconnect_by_data (ph_player_get_session (bench->player), bench);
      g_signal_handlers_disconnect_by_data (bench->player, bench);
    }

  g_clear_object (&bench->player);

  if (bench->window != NULL)
    gtk_window_destroy (bench->window);

  if (bench->stage != NULL)
    g_signal_handlers_disconnect_by_data (bench->stage, bench);

  g_clear_object (&bench->stage);
  g_clear_object (&bench->web_stage);
  g_clear_object (&bench->file);
  g_clear_pointer (&bench->loop, g_main_loop_unref);
  g_clear_error (&bench->error);
}

static gboolean
parse (Bench *bench,
       int argc,
       char **argv)
{
  const GOptionEntry entries[] = {
    { "since", 0, 0, G_OPTION_ARG_INT64, &bench->since, NULL, NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, NULL);

  if (!g_option_context_parse (context, &argc, &argv, NULL) || argc != 3 || bench->since < 0)
    return FALSE;

  bench->file = ph_input_new_for_argument (argv[2]);

  return TRUE;
}

int
ph_render_bench (int argc,
                 char **argv)
{
  Bench bench = { 0 };
  int status = 0;

  if (!parse (&bench, argc, argv))
    {
      fputs ("playhead-render: usage: playhead-render bench FILE [--since MICROSECONDS]\n", stderr);
      return 2;
    }

  if (!gtk_init_check ())
    {
      fputs ("playhead-render: there is no display to draw on\n", stderr);
      return 1;
    }

  bench.loop = g_main_loop_new (NULL, FALSE);
  watch (&bench);
  show (&bench);

  if (bench.since != 0)
    open_file (&bench, bench.since, "cold-start");

  g_main_loop_run (bench.loop);

  if (bench.error != NULL)
    {
      fprintf (stderr, "playhead-render: %s\n", bench.error->message);
      status = 1;
    }

  clear (&bench);

  return status;
}
