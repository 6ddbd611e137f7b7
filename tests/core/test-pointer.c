/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-pointer.h"

#include <string.h>

static PhPointerTrack *
make_track (const char *const *events)
{
  PhPointerTrack *track = ph_pointer_track_new ();
  g_autoptr (PhJson) json = ph_json_new ();

  for (guint i = 0; events[i] != NULL; i++)
    {
      PhEvent event = { .order = i };
      PhJsonValue root;

      g_assert_true (ph_json_parse (json, events[i], strlen (events[i]), &root, NULL));
      g_assert_true (ph_event_read (&event, root));
      event.time = event.timestamp;
      ph_pointer_track_add (track, &event, root);
    }

  ph_pointer_track_finish (track);

  return track;
}

#define MOVES(time, positions) \
  "{\"type\":3,\"timestamp\":" #time ",\"data\":{\"source\":1,\"positions\":[" positions "]}}"
#define AT(x, y, offset) "{\"x\":" #x ",\"y\":" #y ",\"id\":1,\"timeOffset\":" #offset "}"
#define MOUSE(time, type, x, y)                                                \
  "{\"type\":3,\"timestamp\":" #time ",\"data\":{\"source\":2,\"type\":" #type \
  ",\"id\":1,\"x\":" #x ",\"y\":" #y "}}"

static void
assert_at (PhPointerTrack *track,
           PhTime msec,
           double x,
           double y)
{
  PhPointer pointer;

  ph_pointer_track_at (track, msec * PH_MSEC, &pointer);
  g_assert_true (pointer.visible);
  g_assert_cmpfloat_with_epsilon (pointer.x, x, 0.01);
  g_assert_cmpfloat_with_epsilon (pointer.y, y, 0.01);
}

/* A batch is written when it is over: its points belong to the times before. */
static void
test_negative_offsets (void)
{
  static const char *const events[] = {
    MOVES (500, AT (10, 20, -400) "," AT (30, 40, -300) "," AT (50, 60, 0)), NULL
  };
  g_autoptr (PhPointerTrack) track = make_track (events);
  PhPointer pointer;

  ph_pointer_track_at (track, 99 * PH_MSEC, &pointer);
  g_assert_false (pointer.visible);
  assert_at (track, 100, 10, 20);
  assert_at (track, 150, 20, 30);
  assert_at (track, 200, 30, 40);
  /* Too far apart to be one movement: the pointer waits. */
  assert_at (track, 499, 30, 40);
  assert_at (track, 500, 50, 60);
  assert_at (track, 5000, 50, 60);

  g_assert_cmpint (ph_pointer_track_seen (track, 99 * PH_MSEC), ==, PH_TIME_NONE);
  g_assert_cmpint (ph_pointer_track_seen (track, 499 * PH_MSEC), ==, 200 * PH_MSEC);
  g_assert_cmpint (ph_pointer_track_seen (track, 5000 * PH_MSEC), ==, 500 * PH_MSEC);
}

static void
test_clicks (void)
{
  static const char *const events[] = { MOUSE (1000, 1, 5, 6), MOUSE (1100, 0, 5, 6),
                                        MOUSE (1100, 2, 5, 6), MOUSE (1400, 2, 7, 8), NULL };
  g_autoptr (PhPointerTrack) track = make_track (events);
  PhPointer pointer;

  ph_pointer_track_at (track, 1050 * PH_MSEC, &pointer);
  g_assert_true (pointer.pressed);
  g_assert_cmpuint (pointer.n_clicks, ==, 0);

  ph_pointer_track_at (track, 1100 * PH_MSEC, &pointer);
  g_assert_false (pointer.pressed);
  g_assert_cmpuint (pointer.n_clicks, ==, 1);
  g_assert_cmpfloat_with_epsilon (pointer.clicks[0].progress, 0, 0.001);

  ph_pointer_track_at (track, 1400 * PH_MSEC, &pointer);
  g_assert_cmpuint (pointer.n_clicks, ==, 2);
  g_assert_cmpfloat_with_epsilon (pointer.clicks[0].x, 7, 0.001);
  g_assert_cmpfloat_with_epsilon (pointer.clicks[1].progress, 0.5, 0.001);

  ph_pointer_track_at (track, 2000 * PH_MSEC, &pointer);
  g_assert_cmpuint (pointer.n_clicks, ==, 0);
}

static void
test_kinds (void)
{
  static const char *const events[] = {
    "{\"type\":3,\"timestamp\":1,\"data\":{\"source\":2,\"type\":7,\"id\":1,\"x\":1,\"y\":1}}",
    "{\"type\":3,\"timestamp\":2,\"data\":{\"source\":2,\"type\":2,\"id\":1,\"x\":1,"
    "\"y\":1,\"pointerType\":1}}",
    NULL
  };
  g_autoptr (PhPointerTrack) track = make_track (events);
  PhPointer pointer;

  ph_pointer_track_at (track, 1 * PH_MSEC, &pointer);
  g_assert_cmpint (pointer.kind, ==, PH_POINTER_TOUCH);
  g_assert_true (pointer.pressed);
  ph_pointer_track_at (track, 2 * PH_MSEC, &pointer);
  g_assert_cmpint (pointer.kind, ==, PH_POINTER_PEN);
}

/* Odd input is left out and does no harm. */
static void
test_odd (void)
{
  static const char *const events[] = {
    MOVES (10, "{\"x\":1},{\"y\":2},7,{\"x\":1e9,\"y\":1,\"timeOffset\":0},{\"x\":null,\"y\":1}"),
    "{\"type\":3,\"timestamp\":11,\"data\":{\"source\":1,\"positions\":5}}",
    "{\"type\":3,\"timestamp\":12,\"data\":{\"source\":2,\"type\":5,\"id\":1}}",
    "{\"type\":3,\"timestamp\":13,\"data\":{\"source\":3,\"id\":1,\"x\":1,\"y\":1}}",
    "{\"type\":4,\"timestamp\":14}",
    NULL
  };
  g_autoptr (PhPointerTrack) track = make_track (events);
  PhPointer pointer;

  ph_pointer_track_at (track, 1000 * PH_MSEC, &pointer);
  g_assert_false (pointer.visible);
}

#define EVENT(time, source, rest) \
  "{\"type\":3,\"timestamp\":" #time ",\"data\":{\"source\":" #source "," rest "}}"
#define ON(id, offset) \
  "{\"x\":1,\"y\":1,\"id\":" #id ",\"timeOffset\":" #offset "}"
#define PRESS(time, type, id) EVENT (time, 2, "\"type\":" #type ",\"id\":" #id ",\"x\":1,\"y\":1")
#define FINGER(time, type, pointer, x) \
  EVENT (time, 2, "\"type\":" #type ",\"id\":1,\"pointerId\":" #pointer ",\"x\":" #x ",\"y\":1")
#define FINGER_MOVE(time, pointer, x) \
  EVENT (time, 6, "\"pointerId\":" #pointer ",\"positions\":[{\"id\":1,\"x\":" #x ",\"y\":1}]")

static void
test_aim (void)
{
  static const char *const events[] = {
    MOVES (500, ON (7, -400) "," ON (8, -300) "," ON (-1, -200) "," ON (0, -100)),
    PRESS (1000, 1, 9),
    MOVES (1200, ON (10, 0)),
    PRESS (1300, 0, 10),
    PRESS (1400, 7, -2),
    NULL,
  };
  static const struct
  {
    PhTime msec;
    gint32 hover, active;
  } cases[] = {
    { 99, 0, 0 },
    { 100, 7, 0 },
    { 200, 8, 0 },
    /* A node that was not recorded says nothing: what was known stays. */
    { 300, 8, 0 },
    { 450, 8, 0 },
    /* What was pressed stays active wherever the pointer goes. */
    { 1000, 9, 9 },
    { 1200, 10, 9 },
    { 1300, 10, 0 },
    { 1400, 10, 0 },
  };
  g_autoptr (PhPointerTrack) track = make_track (events);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PhPointer pointer;

      g_test_message ("case %u", i);
      ph_pointer_track_at (track, cases[i].msec * PH_MSEC, &pointer);
      g_assert_cmpint (pointer.hover, ==, cases[i].hover);
      g_assert_cmpint (pointer.active, ==, cases[i].active);
    }
}

/* After a full snapshot the same id is another node: what was under the pointer is not known. */
static void
test_aim_ends_with_page (void)
{
  static const char *const events[] = {
    PRESS (100, 1, 9), "{\"type\":2,\"timestamp\":200,\"data\":{}}",
    MOVES (300, ON (4, -150) "," ON (5, 0)), NULL
  };
  g_autoptr (PhPointerTrack) track = make_track (events);
  PhPointer pointer;

  ph_pointer_track_at (track, 199 * PH_MSEC, &pointer);
  g_assert_cmpint (pointer.hover, ==, 4);
  g_assert_cmpint (pointer.active, ==, 9);
  ph_pointer_track_at (track, 200 * PH_MSEC, &pointer);
  g_assert_true (pointer.visible);
  g_assert_true (pointer.pressed);
  g_assert_cmpint (pointer.hover, ==, 0);
  g_assert_cmpint (pointer.active, ==, 0);
  ph_pointer_track_at (track, 300 * PH_MSEC, &pointer);
  g_assert_cmpint (pointer.hover, ==, 5);
}

/* Two fingers: both are seen while they are down, each on its own way. */
static void
test_several (void)
{
  static const char *const events[] = {
    FINGER (0, 7, 11, 10), FINGER (10, 7, 12, 100), FINGER_MOVE (100, 11, 20),
    FINGER_MOVE (110, 12, 200), FINGER (300, 9, 11, 20), FINGER (400, 9, 12, 200), NULL
  };
  static const struct
  {
    PhTime msec;
    double x;
    gboolean pressed;
    guint n_others;
    double other;
  } cases[] = {
    { 5, 10.5, TRUE, 0, 0 },
    { 50, 140, TRUE, 1, 15 },
    { 105, 20, TRUE, 1, 195 },
    { 200, 200, TRUE, 1, 20 },
    { 300, 20, FALSE, 1, 200 },
    { 400, 200, FALSE, 0, 0 },
  };
  g_autoptr (PhPointerTrack) track = make_track (events);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PhPointer pointer;

      g_test_message ("case %u", i);
      ph_pointer_track_at (track, cases[i].msec * PH_MSEC, &pointer);
      g_assert_cmpint (pointer.pressed, ==, cases[i].pressed);
      g_assert_cmpuint (pointer.n_others, ==, cases[i].n_others);
      g_assert_cmpfloat_with_epsilon (pointer.x, cases[i].x, 0.6);

      if (cases[i].n_others > 0)
        {
          g_assert_cmpfloat_with_epsilon (pointer.others[0].x, cases[i].other, 0.6);
          g_assert_true (pointer.others[0].pressed);
          g_assert_cmpint (pointer.others[0].kind, ==, PH_POINTER_TOUCH);
        }
    }
}

/* A finger whose end was never recorded does not stay for ever beside the others. */
static void
test_lost_finger (void)
{
  static const char *const events[] = { FINGER (0, 7, 1, 10), FINGER (5000, 7, 2, 20),
                                        FINGER (12000, 7, 3, 20), NULL };
  g_autoptr (PhPointerTrack) track = make_track (events);
  PhPointer pointer;

  ph_pointer_track_at (track, 5000 * PH_MSEC, &pointer);
  g_assert_cmpuint (pointer.n_others, ==, 1);
  ph_pointer_track_at (track, 12000 * PH_MSEC, &pointer);
  g_assert_cmpuint (pointer.n_others, ==, 1);
}

/* What is dragged swallows the `up`; the next plain move says that it was dropped. */
static void
test_drop (void)
{
  static const char *const events[] = {
    PRESS (0, 1, 3),
    EVENT (100, 12, "\"positions\":[" ON (4, 0) "]"),
    EVENT (200, 12, "\"positions\":[" ON (5, 0) "]"),
    MOVES (300, ON (6, 0)),
    NULL,
  };
  g_autoptr (PhPointerTrack) track = make_track (events);
  PhPointer pointer;

  ph_pointer_track_at (track, 200 * PH_MSEC, &pointer);
  g_assert_true (pointer.pressed);
  g_assert_cmpint (pointer.active, ==, 3);
  g_assert_cmpint (pointer.hover, ==, 5);
  ph_pointer_track_at (track, 300 * PH_MSEC, &pointer);
  g_assert_false (pointer.pressed);
  g_assert_cmpint (pointer.active, ==, 0);
}

static void
test_pen_moves (void)
{
  static const char *const events[] = {
    MOVES (0, AT (1, 1, 0)),
    EVENT (100, 2, "\"type\":1,\"id\":1,\"x\":1,\"y\":1,\"pointerType\":1"),
    MOVES (200, AT (5, 5, 0)), PRESS (300, 1, 1), MOVES (400, AT (5, 5, 0)), NULL
  };
  g_autoptr (PhPointerTrack) track = make_track (events);
  static const PhPointerKind kinds[] = { PH_POINTER_MOUSE, PH_POINTER_PEN, PH_POINTER_PEN,
                                         PH_POINTER_MOUSE, PH_POINTER_MOUSE };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      PhPointer pointer;

      ph_pointer_track_at (track, i * 100 * PH_MSEC, &pointer);
      g_assert_cmpint (pointer.kind, ==, kinds[i]);
    }
}

/* The way of the last second, and where the pointer is at its end. */
static void
test_trail (void)
{
  static const char *const events[] = {
    MOVES (1000, AT (0, 0, -1000) "," AT (10, 0, -900) "," AT (20, 0, -800) "," AT (90, 0, -100)),
    FINGER (1100, 7, 5, 300), NULL
  };
  static const struct
  {
    PhTime msec;
    guint n;
    double first, last; /* x */
    guint n_begin;
  } rows[] = {
    { -1, 0, 0, 0, 0 },
    { 0, 2, 0, 0, 1 },
    { 150, 3, 0, 15, 1 },
    { 950, 5, 0, 90, 2 },
    { 1050, 4, 10, 90, 2 },
    { 1100, 2, 300, 300, 1 },
    { 1900, 2, 300, 300, 1 },
    { 2100, 0, 0, 0, 0 },
  };
  g_autoptr (PhPointerTrack) track = make_track (events);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      PhTrail trail;
      guint n_begin = 0;

      g_test_message ("row %u", i);
      ph_pointer_track_trail (track, rows[i].msec * PH_MSEC, &trail);
      g_assert_cmpuint (trail.n, ==, rows[i].n);

      if (trail.n == 0)
        continue;

      for (guint j = 0; j < trail.n; j++)
        {
          n_begin += trail.points[j].begins != 0;
          g_assert_cmpfloat (trail.points[j].age, >=, 0);
          g_assert_cmpfloat (trail.points[j].age, <, 1);
        }

      g_assert_cmpuint (n_begin, ==, rows[i].n_begin);
      g_assert_cmpfloat_with_epsilon (trail.points[0].x, rows[i].first, 0.01);
      g_assert_cmpfloat_with_epsilon (trail.points[trail.n - 1].x, rows[i].last, 0.01);
    }
}

/* However many samples there are, so many points at most. */
static void
test_trail_bounded (void)
{
  g_autoptr (GString) positions = g_string_new (NULL);
  g_autofree char *event = NULL;
  g_autoptr (PhPointerTrack) track = NULL;
  PhTrail trail;

  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (positions, "%s{\"x\":%u,\"y\":0,\"id\":1,\"timeOffset\":-%u}",
                            i > 0 ? "," : "", i, 1000 - i);

  event = g_strdup_printf (
    "{\"type\":3,\"timestamp\":1000,\"data\":{\"source\":1,\"positions\":[%s]}}", positions->str);
  track = make_track ((const char *const[]) { event, NULL });
  ph_pointer_track_trail (track, 999 * PH_MSEC, &trail);
  g_assert_cmpuint (trail.n, ==, PH_TRAIL_POINTS);
  g_assert_cmpfloat_with_epsilon (trail.points[PH_TRAIL_POINTS - 1].x, 999, 0.01);
}

/* A look on the way sees what was there, and does not disturb what comes. */
static void
test_finished (void)
{
  static const char *const texts[] = {
    MOVES (100, AT (10, 20, 0)), MOVES (500, AT (30, 40, -50) "," AT (50, 60, 0)), NULL
  };
  g_autoptr (PhPointerTrack) track = ph_pointer_track_new ();
  g_autoptr (PhPointerTrack) whole = make_track (texts);
  g_autoptr (PhJson) json = ph_json_new ();
  g_autoptr (GBytes) a = NULL;
  g_autoptr (GBytes) b = NULL;

  for (guint i = 0; texts[i] != NULL; i++)
    {
      PhEvent event = { .order = i };
      PhJsonValue root;
      g_autoptr (PhPointerTrack) early = NULL;

      g_assert_true (ph_json_parse (json, texts[i], strlen (texts[i]), &root, NULL));
      g_assert_true (ph_event_read (&event, root));
      event.time = event.timestamp;
      ph_pointer_track_add (track, &event, root);
      early = ph_pointer_track_finished (track);
      assert_at (early, 1000, i == 0 ? 10 : 50, i == 0 ? 20 : 60);
    }

  ph_pointer_track_finish (track);
  a = ph_pointer_track_pack (track);
  b = ph_pointer_track_pack (whole);
  g_assert_true (g_bytes_equal (a, b));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/pointer/negative-offsets", test_negative_offsets);
  g_test_add_func ("/pointer/clicks", test_clicks);
  g_test_add_func ("/pointer/kinds", test_kinds);
  g_test_add_func ("/pointer/odd", test_odd);
  g_test_add_func ("/pointer/aim", test_aim);
  g_test_add_func ("/pointer/aim-ends-with-page", test_aim_ends_with_page);
  g_test_add_func ("/pointer/several", test_several);
  g_test_add_func ("/pointer/lost-finger", test_lost_finger);
  g_test_add_func ("/pointer/trail", test_trail);
  g_test_add_func ("/pointer/trail-bounded", test_trail_bounded);
  g_test_add_func ("/pointer/drop", test_drop);
  g_test_add_func ("/pointer/pen-moves", test_pen_moves);
  g_test_add_func ("/pointer/finished", test_finished);

  return g_test_run ();
}
