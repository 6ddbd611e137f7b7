/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fake-stage.h"
#include "ph-timeline-draw.h"
#include "ph-timeline.h"
#include "ui-driver.h"

#define WIDTH 800
#define ABOVE 6
#define INSIDE (PH_TIMELINE_TRACK_Y + 10)
#define BELOW (PH_TIMELINE_TRACK_Y + PH_TIMELINE_TRACK_HEIGHT + 6)

typedef struct
{
  GtkWidget *window;
  PhTimeline *timeline;
  PhPlayer *player;
  gint64 frame;
} Fixture;

static void
tick (Fixture *fixture)
{
  fixture->frame += 16 * PH_MSEC;
  ph_player_tick (fixture->player, fixture->frame);
  ph_fake_stage_settle ();
}

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  g_autoptr (PhSession) session = ui_driver_session ("timeline.ndjson");
  g_autoptr (PhFakeStage) stage = ph_fake_stage_new (TRUE);

  fixture->window = gtk_window_new ();
  fixture->timeline = PH_TIMELINE (ph_timeline_new ());
  fixture->player = ph_player_new (session, PH_STAGE (stage));
  gtk_window_set_decorated (GTK_WINDOW (fixture->window), FALSE);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->timeline));
  gtk_widget_set_size_request (GTK_WIDGET (fixture->timeline), WIDTH, -1);
  gtk_window_present (GTK_WINDOW (fixture->window));
  ui_driver_spin (50);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (fixture->timeline)), ==, WIDTH);

  ph_timeline_set_player (fixture->timeline, fixture->player);
  tick (fixture);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->timeline), (gpointer *) &fixture->timeline);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  ui_driver_spin (20);
  g_assert_null (fixture->timeline);
  g_assert_finalize_object (fixture->player);
}

static void
test_accessible (Fixture *fixture,
                 gconstpointer data)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (fixture->timeline);

  gtk_test_accessible_assert_role (accessible, GTK_ACCESSIBLE_ROLE_SLIDER);
  gtk_test_accessible_assert_property (accessible, GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.0);
  gtk_test_accessible_assert_property (accessible, GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, 60.0);
  gtk_test_accessible_assert_property (accessible, GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, 0.0);
  gtk_test_accessible_assert_property (accessible, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                       "0:00 of 1:00");

  ph_player_seek (fixture->player, 12 * PH_SECOND);
  tick (fixture);
  gtk_test_accessible_assert_property (accessible, GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, 12.0);
  gtk_test_accessible_assert_property (accessible, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                       "0:12 of 1:00");
  g_assert_true (gtk_widget_get_focusable (GTK_WIDGET (fixture->timeline)));
}

/* What is idle is folded while it is jumped over, and has its place when it is not. */
static void
test_folding (Fixture *fixture,
              gconstpointer data)
{
  double width = WIDTH - 2 * PH_TIMELINE_MARGIN;
  double folded;

  g_assert_true (ph_player_get_skip_idle (fixture->player));
  folded = ph_timeline_get_x (fixture->timeline, 48 * PH_SECOND) -
           ph_timeline_get_x (fixture->timeline, 12 * PH_SECOND);
  g_assert_cmpfloat (folded, <, 25);

  ph_player_set_skip_idle (fixture->player, FALSE);
  g_assert_cmpfloat_with_epsilon (ph_timeline_get_x (fixture->timeline, 30 * PH_SECOND),
                                  PH_TIMELINE_MARGIN + width / 2, 0.01);
}

static void
test_hover (Fixture *fixture,
            gconstpointer data)
{
  static const struct
  {
    int time, y;
    const char *heading, *detail;
  } cases[] = {
    { 5, INSIDE, "0:05.0", "" },
    { 3, ABOVE, "0:03.0 · 2 errors", "<b>first</b> ⟨U+202E⟩ & more\nsecond" },
    { 3, INSIDE, "0:03.0 · 2 errors", "<b>first</b> ⟨U+202E⟩ & more\nsecond" },
    { 55, ABOVE, "0:55.0 · Error", "third" },
    { 50, BELOW, "0:50.0 · New page", "https://a.example/two" },
    { 30, INSIDE, "0:30.0", "Idle for 0:38" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      double x = ph_timeline_get_x (fixture->timeline, cases[i].time * PH_SECOND);
      g_autofree char *heading = NULL;
      g_autofree char *detail = NULL;

      g_test_message ("case %u", i);
      ph_timeline_look_up (fixture->timeline, x, cases[i].y, &heading, &detail);
      g_assert_cmpstr (heading, ==, cases[i].heading);
      g_assert_cmpstr (detail, ==, cases[i].detail);
    }
}

static void
test_press (Fixture *fixture,
            gconstpointer data)
{
  double x = ph_timeline_get_x (fixture->timeline, 6 * PH_SECOND);

  ph_timeline_press (fixture->timeline, x, INSIDE);
  tick (fixture);
  g_assert_cmpint (ABS (ph_player_get_position (fixture->player) - 6 * PH_SECOND), <, PH_MSEC);

  x = ph_timeline_get_x (fixture->timeline, 52 * PH_SECOND);
  ph_timeline_drag (fixture->timeline, x);
  tick (fixture);
  g_assert_cmpint (ABS (ph_player_get_position (fixture->player) - 52 * PH_SECOND), <, PH_MSEC);

  /* Past the ends is the end. */
  ph_timeline_drag (fixture->timeline, 10000);
  tick (fixture);
  g_assert_cmpint (ph_player_get_position (fixture->player), ==, 60 * PH_SECOND);

  ph_timeline_release (fixture->timeline);
  ph_timeline_drag (fixture->timeline, x);
  tick (fixture);
  g_assert_cmpint (ph_player_get_position (fixture->player), ==, 60 * PH_SECOND);
}

/* A click near a mark goes to it exactly, also when the hand shakes. */
static void
test_press_on_mark (Fixture *fixture,
                    gconstpointer data)
{
  double x = ph_timeline_get_x (fixture->timeline, 55 * PH_SECOND);

  ph_timeline_press (fixture->timeline, x + 6, ABOVE);
  ph_timeline_drag (fixture->timeline, x + 8);
  tick (fixture);
  g_assert_cmpint (ph_player_get_position (fixture->player), ==, 55 * PH_SECOND);

  ph_timeline_drag (fixture->timeline, ph_timeline_get_x (fixture->timeline, 58 * PH_SECOND));
  tick (fixture);
  g_assert_cmpint (ABS (ph_player_get_position (fixture->player) - 58 * PH_SECOND), <, PH_MSEC);
  ph_timeline_release (fixture->timeline);
}

static void
test_scrub_while_playing (Fixture *fixture,
                          gconstpointer data)
{
  ph_player_set_playing (fixture->player, TRUE);
  ph_timeline_press (fixture->timeline, 100, INSIDE);
  g_assert_false (ph_player_get_playing (fixture->player));
  ph_timeline_release (fixture->timeline);
  g_assert_true (ph_player_get_playing (fixture->player));

  ph_player_set_playing (fixture->player, FALSE);
  ph_timeline_press (fixture->timeline, 100, INSIDE);
  ph_timeline_release (fixture->timeline);
  g_assert_false (ph_player_get_playing (fixture->player));
}

/* Errors and pages are drawn: what is there differs from what would be without them. */
static void
test_drawing (Fixture *fixture,
              gconstpointer data)
{
  static const PhMarkGroup group = { 100, 0, 1 };
  PhAxis axis;
  g_autofree guint32 *counts = g_new0 (guint32, 3);

  ph_axis_init (&axis, (PhSpan) { 0, 60 * PH_SECOND }, NULL, 0, 8, 300, FALSE);

  for (guint i = 0; i < 3; i++)
    {
      cairo_surface_t *surface =
        cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 320, PH_TIMELINE_HEIGHT);
      cairo_t *cr = cairo_create (surface);
      PhTimelineLook look = {
        .axis = &axis,
        .errors = &group,
        .n_errors = i == 1,
        .pages = &group,
        .n_pages = i == 2,
        .color = { 0, 0, 0, 1 },
        .error = { 1, 0, 0, 1 },
      };
      guchar *pixels = cairo_image_surface_get_data (surface);
      int stride = cairo_image_surface_get_stride (surface);

      ph_timeline_draw_rest (cr, &look);
      cairo_surface_flush (surface);
      for (int y = 0; y < PH_TIMELINE_HEIGHT; y++)
        {
          gboolean outside = y < PH_TIMELINE_TRACK_Y - 1 ||
                             y > PH_TIMELINE_TRACK_Y + PH_TIMELINE_TRACK_HEIGHT;

          for (int x = 85; outside && x < 115; x++)
            counts[i] += pixels[y * stride + x * 4 + 3] > 128;
        }

      cairo_destroy (cr);
      cairo_surface_destroy (surface);
    }

  g_assert_cmpuint (counts[0], ==, 0);
  g_assert_cmpuint (counts[1], >, 30);
  g_assert_cmpuint (counts[2], >, 30);
  ph_axis_clear (&axis);
}

static void
test_without_player (Fixture *fixture,
                     gconstpointer data)
{
  g_autofree char *heading = NULL;

  ph_timeline_set_player (fixture->timeline, NULL);
  ui_driver_spin (30);
  g_assert_null (ph_timeline_get_track (fixture->timeline));
  ph_timeline_press (fixture->timeline, 100, INSIDE);
  ph_timeline_release (fixture->timeline);
  ph_timeline_look_up (fixture->timeline, 100, INSIDE, &heading, NULL);
  g_assert_cmpstr (heading, ==, "");
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc,
      char **argv)
{
  ui_driver_init (&argc, &argv, TRUE);

  ADD ("/timeline/accessible", test_accessible);
  ADD ("/timeline/folding", test_folding);
  ADD ("/timeline/hover", test_hover);
  ADD ("/timeline/press", test_press);
  ADD ("/timeline/press-on-mark", test_press_on_mark);
  ADD ("/timeline/scrub-while-playing", test_scrub_while_playing);
  ADD ("/timeline/drawing", test_drawing);
  ADD ("/timeline/without-player", test_without_player);

  return ui_driver_run ();
}
