/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-player.h"

#include "fake-stage.h"
#include "ph-session-private.h"
#include "session-maker.h"

#include <string.h>

#define FRAME 16667

typedef struct
{
  PhSession *session;
  PhFakeStage *stage;
  PhPlayer *player;
  gint64 now;
  guint n_ended;
} Setup;

static void
ended_cb (Setup *setup)
{
  setup->n_ended++;
}

static void
count_swapped_cb (guint *count)
{
  (*count)++;
}

static void
set_up (Setup *setup,
        gconstpointer ready)
{
  setup->session = ph_make_session_from_fixture ("rrweb/two-pages.json");
  setup->stage = ph_fake_stage_new (GPOINTER_TO_INT (ready));
  setup->player = ph_player_new (setup->session, PH_STAGE (setup->stage));
  setup->now = 1000000;
  g_signal_connect_swapped (setup->player, "ended", G_CALLBACK (ended_cb), setup);
}

static void
tear_down (Setup *setup,
           gconstpointer ready)
{
  while (ph_fake_stage_answer (setup->stage))
    ph_fake_stage_settle ();

  ph_fake_stage_settle ();
  g_assert_finalize_object (setup->player);
  g_assert_finalize_object (setup->stage);
  g_assert_finalize_object (setup->session);
}

/* One frame, and everything that follows from it. */
static void
tick (Setup *setup)
{
  setup->now += FRAME;
  ph_player_tick (setup->player, setup->now);
  ph_fake_stage_settle ();
}

/* As the frame clock does it: ticks while they are wanted. */
static guint
run (Setup *setup,
     guint max_ticks)
{
  guint n = 0;

  for (; n < max_ticks && ph_player_get_wants_tick (setup->player); n++)
    tick (setup);

  return n;
}

static guint
n_patches (Setup *setup)
{
  return ph_fake_stage_get_patches (setup->stage)->len;
}

static const char *
last_patch (Setup *setup)
{
  GPtrArray *patches = ph_fake_stage_get_patches (setup->stage);

  return g_bytes_get_data (patches->pdata[patches->len - 1], NULL);
}

/* Such a patch builds the whole page. */
static gboolean
is_whole (const char *patch)
{
  return strstr (patch, ",\"html\",") != NULL;
}

static void
test_first_picture (Setup *setup,
                    gconstpointer ready)
{
  /* The first picture is there from the start. */
  g_assert_true (ph_player_get_wants_tick (setup->player));
  g_assert_cmpuint (run (setup, 10), ==, 1);
  g_assert_cmpuint (n_patches (setup), ==, 1);
  g_assert_true (is_whole (last_patch (setup)));
  g_assert_false (ph_player_get_wants_tick (setup->player));

  /* Where nothing differs, nothing is sent. */
  ph_player_seek (setup->player, 20 * PH_MSEC);
  g_assert_true (ph_player_get_wants_tick (setup->player));
  g_assert_cmpuint (run (setup, 10), ==, 1);
  g_assert_cmpuint (n_patches (setup), ==, 1);
  g_assert_cmpint (ph_player_get_position (setup->player), ==, 20 * PH_MSEC);
}

/* However many seeks come while a patch is in flight, only the newest is shown. */
static void
test_newest_wins (Setup *setup,
                  gconstpointer ready)
{
  run (setup, 10);
  ph_fake_stage_set_prompt (setup->stage, FALSE);
  ph_player_seek (setup->player, PH_SECOND);
  tick (setup);
  g_assert_true (ph_fake_stage_is_busy (setup->stage));
  g_assert_cmpuint (n_patches (setup), ==, 2);

  for (guint i = 0; i < 50; i++)
    {
      ph_player_seek (setup->player, (PhTime) i * 10 * PH_MSEC);
      tick (setup);
    }

  ph_player_seek (setup->player, 34 * PH_SECOND);
  ph_player_seek_by (setup->player, PH_SECOND / 2);
  tick (setup);
  g_assert_cmpuint (n_patches (setup), ==, 2);
  g_assert_cmpint (ph_player_get_position (setup->player), ==, 34500 * PH_MSEC);
  g_assert_true (ph_player_get_wants_tick (setup->player));

  /* As soon as the stage is free, without another frame. */
  ph_fake_stage_set_prompt (setup->stage, TRUE);
  ph_fake_stage_answer (setup->stage);
  ph_fake_stage_settle ();
  g_assert_cmpuint (n_patches (setup), ==, 3);
  g_assert_nonnull (strstr (last_patch (setup), "Thank you"));
  g_assert_false (ph_player_get_wants_tick (setup->player));
}

static void
test_play_to_end (Setup *setup,
                  gconstpointer ready)
{
  guint n_ticks;

  run (setup, 10);
  ph_player_set_skip_idle (setup->player, FALSE);
  ph_player_set_playing (setup->player, TRUE);
  g_assert_true (ph_fake_stage_is_playing (setup->stage));
  n_ticks = run (setup, 10000);

  g_assert_cmpuint (n_ticks, >=, 35 * 1000000 / FRAME);
  g_assert_cmpuint (n_ticks, <=, 35 * 1000000 / FRAME + 3);
  g_assert_cmpint (ph_player_get_position (setup->player), ==, 35 * PH_SECOND);
  g_assert_false (ph_player_get_playing (setup->player));
  g_assert_false (ph_fake_stage_is_playing (setup->stage));
  g_assert_cmpuint (setup->n_ended, ==, 1);
  /* The last event was shown, although it happened at the very end. */
  g_assert_nonnull (strstr (last_patch (setup), "Good bye"));

  /* Playing again starts at the beginning. */
  ph_player_set_playing (setup->player, TRUE);
  tick (setup);
  g_assert_cmpint (ph_player_get_position (setup->player), ==, 0);
  tick (setup);
  g_assert_cmpint (ph_player_get_position (setup->player), ==, FRAME);
  g_assert_cmpuint (setup->n_ended, ==, 1);
}

static void
test_skip_idle (Setup *setup,
                gconstpointer ready)
{
  gboolean jumping;
  guint n_ticks = 0;

  g_assert_true (ph_player_get_skip_idle (setup->player));
  ph_player_seek (setup->player, 3200 * PH_MSEC);
  run (setup, 10);
  ph_player_set_playing (setup->player, TRUE);

  do
    {
      tick (setup);
      g_object_get (setup->player, "jumping", &jumping, NULL);
      g_assert_cmpuint (++n_ticks, <, 20);
    }
  while (!jumping);

  g_assert_cmpint (ph_player_get_position (setup->player), >=, 31 * PH_SECOND);
  g_assert_cmpint (ph_player_get_position (setup->player), <, 31 * PH_SECOND + FRAME);
  g_assert_true (g_str_has_prefix (last_patch (setup), "[22,"));
  g_assert_nonnull (strstr (last_patch (setup), "still there"));

  for (n_ticks = 0; jumping; n_ticks++)
    {
      tick (setup);
      g_object_get (setup->player, "jumping", &jumping, NULL);
    }

  g_assert_cmpuint (n_ticks, ==, 2000000 / FRAME + 1);
}

static void
test_speed (Setup *setup,
            gconstpointer ready)
{
  guint n;
  const double *speeds = ph_player_speeds (&n);

  for (guint i = 0; i < n; i++)
    {
      ph_player_set_speed (setup->player, speeds[i]);
      g_assert_cmpfloat_with_epsilon (ph_player_get_speed (setup->player), speeds[i], 1e-9);
      ph_player_seek (setup->player, 0);
      ph_player_set_playing (setup->player, TRUE);
      tick (setup);

      for (guint k = 0; k < 10; k++)
        tick (setup);

      g_assert_cmpint (ph_player_get_position (setup->player), ==,
                       (PhTime) (10 * FRAME * speeds[i]));
      ph_player_set_playing (setup->player, FALSE);
    }

  g_assert_cmpfloat_with_epsilon (speeds[0], 0.25, 1e-9);
  g_assert_cmpfloat_with_epsilon (speeds[n - 1], 16, 1e-9);
}

/* Paused time does not count, and a seek while playing goes on from there. */
static void
test_pause_and_seek (Setup *setup,
                     gconstpointer ready)
{
  run (setup, 10);
  ph_player_set_playing (setup->player, TRUE);
  tick (setup);
  tick (setup);
  ph_player_set_playing (setup->player, FALSE);
  setup->now += 60 * PH_SECOND;
  ph_player_set_playing (setup->player, TRUE);
  tick (setup);
  g_assert_cmpint (ph_player_get_position (setup->player), ==, FRAME);

  ph_player_seek (setup->player, 2 * PH_SECOND);
  tick (setup);
  g_assert_cmpint (ph_player_get_position (setup->player), ==, 2 * PH_SECOND);
  tick (setup);
  g_assert_cmpint (ph_player_get_position (setup->player), ==, 2 * PH_SECOND + FRAME);
  g_assert_true (ph_player_get_playing (setup->player));
}

/* A slow stage costs frames, never the right picture at the end. */
static void
test_slow_stage (Setup *setup,
                 gconstpointer ready)
{
  run (setup, 10);
  ph_fake_stage_set_prompt (setup->stage, FALSE);
  ph_player_set_playing (setup->player, TRUE);

  for (guint i = 0; i < 2000 && ph_player_get_wants_tick (setup->player); i++)
    {
      tick (setup);

      if (i % 10 == 9)
        ph_fake_stage_answer (setup->stage);
    }

  g_assert_cmpint (ph_player_get_position (setup->player), ==, 35 * PH_SECOND);
  g_assert_cmpuint (n_patches (setup), <, 60);
  g_assert_nonnull (strstr (last_patch (setup), "Good bye"));
}

static void
test_not_ready (Setup *setup,
                gconstpointer ready)
{
  /* Nothing can be shown, but a seek moves the position. */
  g_assert_false (ph_player_get_wants_tick (setup->player));
  ph_player_seek (setup->player, PH_SECOND);
  g_assert_cmpuint (run (setup, 10), ==, 1);
  g_assert_cmpint (ph_player_get_position (setup->player), ==, PH_SECOND);
  g_assert_cmpuint (n_patches (setup), ==, 0);

  /* Playing waits. */
  ph_player_set_playing (setup->player, TRUE);

  for (guint i = 0; i < 10; i++)
    tick (setup);

  g_assert_cmpint (ph_player_get_position (setup->player), ==, PH_SECOND);
  ph_player_set_playing (setup->player, FALSE);

  ph_fake_stage_become_ready (setup->stage);
  g_assert_cmpuint (run (setup, 10), ==, 1);
  g_assert_true (is_whole (last_patch (setup)));
}

static void
test_lost (Setup *setup,
           gconstpointer in_flight)
{
  run (setup, 10);
  ph_player_seek (setup->player, PH_SECOND);
  ph_fake_stage_set_prompt (setup->stage, FALSE);
  tick (setup);
  ph_player_seek (setup->player, 900 * PH_MSEC);
  tick (setup);
  ph_fake_stage_lose (setup->stage);
  ph_fake_stage_settle ();
  g_assert_false (ph_player_get_wants_tick (setup->player));
  g_assert_cmpuint (n_patches (setup), ==, 2);

  ph_fake_stage_set_prompt (setup->stage, TRUE);
  ph_fake_stage_become_ready (setup->stage);
  g_assert_true (ph_player_get_wants_tick (setup->player));
  g_assert_cmpuint (run (setup, 10), ==, 1);
  g_assert_cmpuint (n_patches (setup), ==, 3);
  g_assert_true (is_whole (last_patch (setup)));
  g_assert_cmpint (ph_player_get_position (setup->player), ==, 900 * PH_MSEC);
}

static void
test_refused_once (Setup *setup,
                   gconstpointer ready)
{
  ph_player_seek (setup->player, PH_SECOND);
  run (setup, 10);
  g_assert_cmpuint (n_patches (setup), ==, 1);

  ph_fake_stage_fail (setup->stage, 1);
  ph_player_seek (setup->player, 2450 * PH_MSEC);
  run (setup, 10);
  g_assert_cmpuint (n_patches (setup), ==, 3);
  g_assert_true (is_whole (last_patch (setup)));
  g_assert_nonnull (strstr (last_patch (setup), "Things for you"));
  g_assert_false (ph_player_get_wants_tick (setup->player));
}

/* A page that is always refused costs two patches for each position, not a busy loop. */
static void
test_refused_always (Setup *setup,
                     gconstpointer ready)
{
  run (setup, 10);
  ph_fake_stage_fail (setup->stage, 1000);

  for (guint i = 1; i <= 5; i++)
    {
      guint n = n_patches (setup);

      ph_player_seek (setup->player, i * PH_SECOND / 2);
      g_assert_cmpuint (run (setup, 100), <=, 3);
      g_assert_cmpuint (n_patches (setup), ==, n + 2);
      g_assert_false (ph_player_get_wants_tick (setup->player));
    }

  ph_fake_stage_fail (setup->stage, 0);
  ph_player_seek (setup->player, 20 * PH_MSEC);
  run (setup, 100);
  g_assert_true (is_whole (last_patch (setup)));
}

/* The stage may answer when the player is gone. */
static void
test_answer_to_nobody (void)
{
  g_autoptr (PhSession) session = ph_make_session_from_fixture ("rrweb/two-pages.json");
  g_autoptr (PhFakeStage) stage = ph_fake_stage_new (TRUE);
  PhPlayer *player = ph_player_new (session, PH_STAGE (stage));

  ph_fake_stage_set_prompt (stage, FALSE);
  ph_player_seek (player, PH_SECOND);
  ph_player_tick (player, 1);
  g_assert_true (ph_fake_stage_is_busy (stage));
  g_assert_finalize_object (player);

  ph_fake_stage_answer (stage);
  ph_fake_stage_settle ();
  ph_fake_stage_lose (stage);
  ph_fake_stage_become_ready (stage);
}

static void
count_cb (GObject *object,
          GParamSpec *pspec,
          gpointer user_data)
{
  (*(guint *) user_data)++;
}

static void
test_notify (Setup *setup,
             gconstpointer ready)
{
  static const char *const names[] = { "position", "playing", "speed", "skip-idle", "wants-tick" };
  guint counts[G_N_ELEMENTS (names)] = { 0 };
  PhSession *session = NULL;
  guint window = 99;
  gint64 position;

  run (setup, 10);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *signal = g_strdup_printf ("notify::%s", names[i]);

      g_signal_connect (setup->player, signal, G_CALLBACK (count_cb), &counts[i]);
    }

  g_object_set (setup->player, "playing", TRUE, "speed", 4.0, "skip-idle", FALSE, NULL);
  g_object_set (setup->player, "playing", TRUE, "speed", 4.0, "skip-idle", FALSE, NULL);
  tick (setup);
  tick (setup);
  g_object_set (setup->player, "playing", FALSE, NULL);

  g_assert_cmpuint (counts[0], ==, 1);
  g_assert_cmpuint (counts[1], ==, 2);
  g_assert_cmpuint (counts[2], ==, 1);
  g_assert_cmpuint (counts[3], ==, 1);
  g_assert_cmpuint (counts[4], ==, 2);

  g_object_get (setup->player, "session", &session, "window", &window, "position", &position,
                NULL);
  g_assert_true (session == setup->session);
  g_assert_cmpuint (window, ==, 0);
  g_assert_cmpint (position, ==, (PhTime) 4 * FRAME);
  g_object_unref (session);
}

static void
test_window (Setup *setup,
             gconstpointer ready)
{
  ph_player_seek (setup->player, PH_SECOND);
  run (setup, 10);
  ph_player_set_window (setup->player, 0);
  g_assert_cmpuint (ph_player_get_window (setup->player), ==, 0);
  g_assert_cmpuint (run (setup, 10), ==, 1);
  /* It is the window shown already. */
  g_assert_cmpuint (n_patches (setup), ==, 1);
}

/* The viewport is that of the page shown, and every change of it is told once. */
static void
test_viewport (Setup *setup,
               gconstpointer ready)
{
  guint changed = 0;
  int width;
  int height;

  g_signal_connect_swapped (setup->player, "viewport-changed", G_CALLBACK (count_swapped_cb),
                            &changed);
  ph_player_get_viewport (setup->player, &width, &height);
  g_assert_cmpint (width, ==, 1024);
  g_assert_cmpint (height, ==, 768);

  ph_player_seek (setup->player, ph_session_get_span (setup->session).end);
  run (setup, 10);
  ph_player_get_viewport (setup->player, &width, &height);
  g_assert_cmpint (width, ==, 800);
  g_assert_cmpint (height, ==, 600);
  g_assert_cmpuint (changed, ==, 1);

  ph_player_seek (setup->player, 0);
  run (setup, 10);
  g_assert_cmpuint (changed, ==, 2);
}

/* While more may come, the end is no end: playing waits there, and goes on without a jump. */
static void
test_waits_for_import (Setup *setup,
                       gconstpointer data)
{
  PhSpan *span = &setup->session->outline->span;
  PhTime end = span->end;
  PhTime position;

  setup->session->is_importing = TRUE;
  span->end = PH_SECOND;
  ph_player_set_playing (setup->player, TRUE);
  run (setup, 200);
  g_assert_cmpint (ph_player_get_position (setup->player), ==, PH_SECOND);
  g_assert_true (ph_player_get_playing (setup->player));
  g_assert_true (ph_player_get_wants_tick (setup->player));
  g_assert_cmpuint (setup->n_ended, ==, 0);

  /* Pausing and playing again there does not begin anew. */
  ph_player_set_playing (setup->player, FALSE);
  ph_player_set_playing (setup->player, TRUE);
  run (setup, 100);
  g_assert_cmpint (ph_player_get_position (setup->player), ==, PH_SECOND);

  span->end = end;
  ph_session_emit_changed (setup->session);
  run (setup, 7);
  position = ph_player_get_position (setup->player);
  g_assert_cmpint (position, >, PH_SECOND);
  g_assert_cmpint (position, <, PH_SECOND + 10 * FRAME);

  /* And at the end that is one, it ends. */
  setup->session->is_importing = FALSE;
  ph_player_seek (setup->player, end - 2 * FRAME);
  run (setup, 200);
  g_assert_cmpuint (setup->n_ended, ==, 1);
  g_assert_false (ph_player_get_playing (setup->player));
}

/* Backwards is as far and as fast as forwards, over idle time as well, and ends at the begin. */
static void
test_reverse (Setup *setup,
              gconstpointer data)
{
  run (setup, 10);
  ph_player_seek (setup->player, 3 * PH_SECOND);
  run (setup, 3);
  ph_player_set_reverse (setup->player, TRUE);
  ph_player_set_playing (setup->player, TRUE);
  g_assert_false (ph_fake_stage_is_playing (setup->stage));
  tick (setup);
  tick (setup);
  g_assert_cmpint (ph_player_get_position (setup->player), ==, 3 * PH_SECOND - FRAME);
  run (setup, 59);
  g_assert_cmpint (ph_player_get_position (setup->player), ==, 3 * PH_SECOND - 60 * FRAME);

  /* Turned round, it goes on from there. */
  ph_player_set_reverse (setup->player, FALSE);
  g_assert_true (ph_fake_stage_is_playing (setup->stage));
  run (setup, 10);
  g_assert_cmpint (ph_player_get_position (setup->player), ==, 3 * PH_SECOND - 50 * FRAME);

  /* From behind the idle stretch of 3.3 to 31 s to before it. */
  ph_player_seek (setup->player, 31 * PH_SECOND + 2 * FRAME);
  ph_player_set_reverse (setup->player, TRUE);
  run (setup, 5);
  g_assert_cmpint (ph_player_get_position (setup->player), <=, 3300 * PH_MSEC);
  g_assert_cmpint (ph_player_get_position (setup->player), >, 3200 * PH_MSEC);

  run (setup, 10000);
  g_assert_cmpint (ph_player_get_position (setup->player), ==, 0);
  g_assert_false (ph_player_get_playing (setup->player));
  g_assert_cmpuint (setup->n_ended, ==, 1);
}

int
main (int argc,
      char **argv)
{
  gconstpointer ready = GINT_TO_POINTER (TRUE);

  g_test_init (&argc, &argv, NULL);

#define ADD(name, data, func) \
  g_test_add ("/player/" name, Setup, data, set_up, func, tear_down)

  ADD ("first-picture", ready, test_first_picture);
  ADD ("newest-wins", ready, test_newest_wins);
  ADD ("play-to-end", ready, test_play_to_end);
  ADD ("skip-idle", ready, test_skip_idle);
  ADD ("speed", ready, test_speed);
  ADD ("pause-and-seek", ready, test_pause_and_seek);
  ADD ("slow-stage", ready, test_slow_stage);
  ADD ("not-ready", NULL, test_not_ready);
  ADD ("lost", ready, test_lost);
  ADD ("refused-once", ready, test_refused_once);
  ADD ("refused-always", ready, test_refused_always);
  ADD ("notify", ready, test_notify);
  ADD ("window", ready, test_window);
  ADD ("viewport", ready, test_viewport);
  g_test_add ("/player/reverse", Setup, GINT_TO_POINTER (TRUE), set_up, test_reverse, tear_down);
  g_test_add ("/player/waits-for-import", Setup, GINT_TO_POINTER (TRUE), set_up,
              test_waits_for_import, tear_down);
  g_test_add_func ("/player/answer-to-nobody", test_answer_to_nobody);

  return g_test_run ();
}
