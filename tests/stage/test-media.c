/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "live-driver.h"
#include "ph-test.h"

#include <math.h>

/*
 * Films on a real stage: see media.js. The film of the fixture is red for a second, then
 * green, then blue.
 */

#define FIXTURE "stage/media.json"

static gboolean
has_red (guint colour)
{
  return (colour >> 16) > 200 && (colour >> 8 & 0xff) < 60 && (colour & 0xff) < 60;
}

static gboolean
has_green (guint colour)
{
  return (colour >> 16) < 60 && (colour >> 8 & 0xff) > 200 && (colour & 0xff) < 60;
}

static gboolean
has_blue (guint colour)
{
  return (colour >> 16) < 60 && (colour >> 8 & 0xff) < 60 && (colour & 0xff) > 200;
}

static double
time_of (Live *live,
         gint64 id)
{
  return json_object_get_double_member (
    json_object_get_object_member (live_node (live, id), "media"), "time");
}

static double
rate_of (Live *live,
         gint64 id)
{
  return json_object_get_double_member (
    json_object_get_object_member (live_node (live, id), "media"), "rate");
}

/* Wherever one comes from, a picture shows the frame of its time; what stands keeps its rate. */
static void
test_frames (void)
{
  static const struct
  {
    gint64 time;
    gint64 id;
    double at;
    double rate;
    int y;
    gboolean (*is_right) (guint colour);
  } rows[] = {
    { 1100, 21, 0.5, 1, 75, has_red },
    { 1100, 22, 0.398, 2, 275, has_red },
    { 1600, 22, 1.398, 2, 275, has_green },
    { 2100, 21, 1.5, 1, 75, has_green },
    { 3700, 21, 2.2, 1, 75, has_blue },
    { 4100, 21, 2.5, 1, 75, has_blue },
    { 5100, 22, 2.248, 0.5, 275, has_blue },
    { 2400, 22, 2.998, 2, 275, has_blue },
    /* It began anew twice. */
    { 3400, 22, 1.998, 2, 275, NULL },
    { 3100, 22, 1.398, 2, 275, has_green },
    { 1100, 21, 0.5, 1, 75, has_red },
  };
  g_autoptr (Live) live = live_new_fixture (FIXTURE);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = g_strdup_printf ("media-%d.png", (int) rows[i].time);

      live_seek (live, rows[i].time);
      stage_driver_settle (live->driver);
      live_save (live, name);
      live_seek (live, rows[i].time);
      g_test_message ("at %d: %d", (int) rows[i].time, (int) rows[i].id);
      g_assert_cmpfloat_with_epsilon (time_of (live, rows[i].id), rows[i].at, 0.01);
      g_assert_cmpfloat_with_epsilon (rate_of (live, rows[i].id), rows[i].rate, 0.001);

      if (rows[i].is_right != NULL)
        g_assert_true (rows[i].is_right (live_colour (live, 100, rows[i].y)));
    }
}

/* What is not there keeps its place. */
static void
test_missing (void)
{
  g_autoptr (Live) live = live_new_fixture (FIXTURE);

  live_seek (live, 1100);
  g_assert_cmphex (live_colour (live, 100, 475), ==, 0x1c1c1e);
  g_assert_cmphex (live_colour (live, 400, 475), !=, 0x1c1c1e);
}

static gboolean
late_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

static void
wait_msec (guint msec)
{
  gboolean late = FALSE;

  g_timeout_add (msec, late_cb, &late);
  while (!late)
    g_main_context_iteration (NULL, TRUE);
}

/* While the player plays, a film runs by itself, as fast as that, and stands when it stands. */
static void
test_runs (void)
{
  g_autoptr (Live) live = live_new_fixture (FIXTURE);
  PhStage *stage = PH_STAGE (live->driver->stage);
  double before;

  live_seek (live, 5100);
  stage_driver_settle (live->driver);
  live_seek (live, 5101);
  before = time_of (live, 22);
  ph_stage_set_playing (stage, TRUE);
  wait_msec (700);
  live_play (live, 5102);
  g_assert_cmpfloat (fabs (time_of (live, 22) - before), >, 0.05);

  ph_stage_set_speed (stage, 2);
  wait_msec (100);
  live_play (live, 5103);
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (json_object_get_object_member (
                                                                   live_node (live, 22), "media"),
                                                                 "rate"),
                                  1, 0.01);
  ph_stage_set_speed (stage, 1);
  ph_stage_set_playing (stage, FALSE);
  wait_msec (100);
  live_play (live, 5104);
  before = time_of (live, 22);
  wait_msec (300);
  live_play (live, 5105);
  g_assert_cmpfloat_with_epsilon (time_of (live, 22), before, 0.001);
  /* What was paused in the recording never ran. */
  live_seek (live, 1100);
  ph_stage_set_playing (stage, TRUE);
  wait_msec (200);
  live_play (live, 1101);
  g_assert_true (json_object_get_boolean_member (
    json_object_get_object_member (live_node (live, 21), "media"), "paused"));
  ph_stage_set_playing (stage, FALSE);
}

int
main (int argc,
      char **argv)
{
  stage_driver_init (&argc, &argv);

  g_test_add_func ("/media/frames", test_frames);
  g_test_add_func ("/media/missing", test_missing);
  g_test_add_func ("/media/runs", test_runs);

  return g_test_run ();
}
