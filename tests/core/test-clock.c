/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-clock.h"

#define SEC(s) ((PhTime) ((s) *1e6))
#define FRAME 16667
#define WITHIN ((PhSpan) { 0, SEC (100) })

static const PhSpan idle[] = {
  { SEC (10), SEC (40) },
  { SEC (41), SEC (60) },
  { SEC (90), SEC (95) },
};

static void
test_table (void)
{
  static const struct
  {
    PhTime start;
    double rate;
    PhTime elapsed;
    gboolean skip;
    PhTime position;
  } cases[] = {
    { 0, 1, 0, FALSE, 0 },
    { 0, 1, SEC (0.5), FALSE, SEC (0.5) },
    { SEC (5), 0.25, SEC (1), FALSE, SEC (5.25) },
    { SEC (5), 16, SEC (1), FALSE, SEC (21) },
    { SEC (99.5), 1, SEC (1), FALSE, SEC (100) },
    { SEC (100), 1, SEC (1), FALSE, SEC (100) },
    /* Up to an idle stretch, to its begin, and over it. */
    { SEC (9), 1, SEC (0.999), TRUE, SEC (9.999) },
    { SEC (9), 1, SEC (1), TRUE, SEC (40) },
    { SEC (9.5), 1, SEC (1), TRUE, SEC (40.5) },
    /* Over two of them in one frame. */
    { SEC (9.5), 2, SEC (1), TRUE, SEC (60.5) },
    /* From the middle of one, and from its end. */
    { SEC (20), 1, 0, TRUE, SEC (40) },
    { SEC (20), 1, SEC (0.25), TRUE, SEC (40.25) },
    { SEC (40), 1, SEC (0.25), TRUE, SEC (40.25) },
    { SEC (89.5), 16, SEC (1), TRUE, SEC (100) },
    /* Backwards, and no further than the begin. */
    { SEC (5), -1, 0, FALSE, SEC (5) },
    { SEC (5), -1, SEC (0.5), FALSE, SEC (4.5) },
    { SEC (21), -16, SEC (1), FALSE, SEC (5) },
    { SEC (0.5), -1, SEC (1), FALSE, 0 },
    { 0, -1, SEC (1), FALSE, 0 },
    /* Back to the end of an idle stretch, and to its begin. */
    { SEC (40.5), -1, SEC (0.499), TRUE, SEC (40.001) },
    { SEC (40.5), -1, SEC (0.5), TRUE, SEC (10) },
    { SEC (40.5), -1, SEC (1), TRUE, SEC (9.5) },
    { SEC (60.5), -2, SEC (1), TRUE, SEC (9.5) },
    { SEC (20), -1, SEC (0.25), TRUE, SEC (9.75) },
    { SEC (10), -1, SEC (0.25), TRUE, SEC (9.75) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PhClock clock;
      guint n = cases[i].skip ? G_N_ELEMENTS (idle) : 0;

      g_test_message ("case %u", i);
      ph_clock_start (&clock, cases[i].start, cases[i].rate);
      ph_clock_tick (&clock, 777, WITHIN, idle, n, NULL);

      g_assert_cmpint (ph_clock_tick (&clock, 777 + cases[i].elapsed, WITHIN, idle, n, NULL), ==,
                       cases[i].position);
    }
}

/* A clock stands until its first frame, however late that is. */
static void
test_first_frame (void)
{
  PhClock clock;

  ph_clock_start (&clock, SEC (3), 8);

  g_assert_cmpint (ph_clock_tick (&clock, SEC (5000), WITHIN, NULL, 0, NULL), ==, SEC (3));
  g_assert_cmpint (ph_clock_tick (&clock, SEC (5000.5), WITHIN, NULL, 0, NULL), ==, SEC (7));
}

/* At whatever rate frames come, the same moment shows the same picture. */
static void
test_any_frame_rate (void)
{
  static const double rates[] = { 0.25, 1, 1.5, 16 };
  static const gint64 frames[] = { 4000, FRAME, 33333, 250000, 999999 };

  for (guint r = 0; r < G_N_ELEMENTS (rates); r++)
    for (guint f = 0; f < G_N_ELEMENTS (frames); f++)
      {
        PhClock fine;
        PhClock coarse;
        gint64 now = 0;

        ph_clock_start (&fine, SEC (2), rates[r]);
        ph_clock_start (&coarse, SEC (2), rates[r]);

        for (guint i = 0; i < 400; i++)
          {
            PhTime a = ph_clock_tick (&coarse, now, WITHIN, idle, G_N_ELEMENTS (idle), NULL);
            PhTime b;

            for (gint64 t = MAX (now - frames[f] + 1000, 0); t <= now; t += 1000)
              ph_clock_tick (&fine, t, WITHIN, idle, G_N_ELEMENTS (idle), NULL);

            b = ph_clock_tick (&fine, now, WITHIN, idle, G_N_ELEMENTS (idle), NULL);
            g_assert_cmpint (a, ==, b);
            now += frames[f];
          }
      }
}

static void
test_jumped_once (void)
{
  PhClock clock;
  guint n_jumps = 0;
  PhTime position = 0;

  ph_clock_start (&clock, 0, 4);

  for (gint64 now = 0; position < WITHIN.end; now += FRAME)
    {
      gboolean jumped;
      PhTime next = ph_clock_tick (&clock, now, WITHIN, idle, G_N_ELEMENTS (idle), &jumped);

      g_assert_cmpint (next, >=, position);
      g_assert_false (ph_span_contains (idle[0], next));
      g_assert_cmpint (jumped, ==, next - position > 4 * FRAME + 1);
      position = next;
      n_jumps += jumped;
    }

  g_assert_cmpuint (n_jumps, ==, G_N_ELEMENTS (idle));
}

/* Another rate, or a seek, goes on from the last frame and not from the next. */
static void
test_move (void)
{
  PhClock clock;
  PhTime position;

  ph_clock_start (&clock, 0, 1);
  ph_clock_tick (&clock, SEC (7), WITHIN, NULL, 0, NULL);
  position = ph_clock_tick (&clock, SEC (7.5), WITHIN, NULL, 0, NULL);
  ph_clock_move (&clock, position, 2);

  g_assert_cmpint (ph_clock_tick (&clock, SEC (8), WITHIN, NULL, 0, NULL), ==, SEC (1.5));
}

/* After the machine slept for an hour, the recording has not run on for an hour. */
static void
test_long_gap (void)
{
  PhClock clock;

  ph_clock_start (&clock, 0, 1);
  ph_clock_tick (&clock, 0, WITHIN, NULL, 0, NULL);

  g_assert_cmpint (ph_clock_tick (&clock, SEC (3600), WITHIN, NULL, 0, NULL), ==,
                   PH_CLOCK_MAX_FRAME);
  g_assert_cmpint (ph_clock_tick (&clock, SEC (3600.5), WITHIN, NULL, 0, NULL), ==, SEC (1.5));
}

/* A frame clock that goes back moves nothing. */
static void
test_backwards (void)
{
  PhClock clock;

  ph_clock_start (&clock, 0, 1);
  ph_clock_tick (&clock, SEC (5), WITHIN, NULL, 0, NULL);
  ph_clock_tick (&clock, SEC (6), WITHIN, NULL, 0, NULL);

  g_assert_cmpint (ph_clock_tick (&clock, SEC (4), WITHIN, NULL, 0, NULL), ==, SEC (1));
  g_assert_cmpint (ph_clock_tick (&clock, SEC (6.5), WITHIN, NULL, 0, NULL), ==, SEC (1.5));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/clock/table", test_table);
  g_test_add_func ("/clock/first-frame", test_first_frame);
  g_test_add_func ("/clock/any-frame-rate", test_any_frame_rate);
  g_test_add_func ("/clock/jumped-once", test_jumped_once);
  g_test_add_func ("/clock/move", test_move);
  g_test_add_func ("/clock/long-gap", test_long_gap);
  g_test_add_func ("/clock/backwards", test_backwards);

  return g_test_run ();
}
