/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-steps.h"

#define SEC(s) ((PhTime) ((s) *1e6))

static const PhSpan idle[] = {
  { SEC (10), SEC (40) },
  { SEC (41), SEC (60) },
  { SEC (90), SEC (95) },
};

static void
test_times (void)
{
  static const struct
  {
    PhSpan span;
    guint fps;
    guint speed;
    gboolean cut;
    guint64 count;
    guint64 index;
    PhTime time;
  } cases[] = {
    { { 0, SEC (1) }, 1, 1000, FALSE, 1, 0, 0 },
    { { 0, SEC (30) }, 30, 1000, FALSE, 900, 899, 29966666 },
    { { 0, SEC (30) }, 60, 1000, FALSE, 1800, 1, 16666 },
    { { 0, SEC (30) }, 7, 1000, FALSE, 210, 70, SEC (10) },
    { { SEC (5), SEC (6) }, 24, 1000, FALSE, 24, 12, SEC (5.5) },
    /* The last picture is before the end, a part of one is a whole one. */
    { { 0, SEC (1) + 1 }, 25, 1000, FALSE, 26, 25, SEC (1) },
    { { 0, SEC (1) - 1 }, 25, 1000, FALSE, 25, 24, SEC (0.96) },
    /* A moment is one picture. */
    { { SEC (3), SEC (3) }, 30, 1000, FALSE, 1, 0, SEC (3) },
    /* Faster and slower. */
    { { 0, SEC (30) }, 30, 2000, FALSE, 450, 449, 29933333 },
    { { 0, SEC (30) }, 30, 500, FALSE, 1800, 1799, 29983333 },
    { { 0, SEC (30) }, 30, 16000, FALSE, 57, 56, 29866666 },
    { { 0, SEC (30) }, 30, 1500, FALSE, 600, 100, SEC (5) },
    /* Up to an idle stretch, to its begin, and over it. */
    { { SEC (9), SEC (42) }, 10, 1000, TRUE, 20, 9, SEC (9.9) },
    { { SEC (9), SEC (42) }, 10, 1000, TRUE, 20, 10, SEC (40) },
    { { SEC (9), SEC (42) }, 10, 1000, TRUE, 20, 19, SEC (40.9) },
    /* From the middle of one, and to the middle of one. */
    { { SEC (20), SEC (50) }, 10, 1000, TRUE, 10, 0, SEC (40) },
    { { SEC (20), SEC (50) }, 10, 1000, TRUE, 10, 9, SEC (40.9) },
    /* Over two of them, at a speed. */
    { { SEC (9), SEC (61) }, 10, 2000, TRUE, 15, 10, SEC (60) },
    /* Nothing but idle time. */
    { { SEC (12), SEC (14) }, 30, 1000, TRUE, 1, 0, SEC (14) },
    /* Not asked for. */
    { { SEC (9), SEC (42) }, 10, 1000, FALSE, 330, 10, SEC (10) },
    /* Beyond the last there is only the end. */
    { { 0, SEC (1) }, 30, 1000, FALSE, 30, 1000, SEC (1) },
    /* Long ones do not overflow. */
    { { 0, SEC (1e7) }, 60, 100, FALSE, 6000000000, 5999999999, SEC (1e7) - 1667 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint n = cases[i].cut ? G_N_ELEMENTS (idle) : 0;
      PhSteps steps = ph_steps_new (cases[i].span, cases[i].fps, cases[i].speed, idle, n);

      g_test_message ("case %u", i);
      g_assert_cmpuint (ph_steps_count (&steps), ==, cases[i].count);
      g_assert_cmpint (ph_steps_at (&steps, cases[i].index), ==, cases[i].time);
    }
}

/* At every rate and speed: in order, inside, out of idle time, exact after a second. */
static void
test_any_rate (void)
{
  static const guint speeds[] = { 100, 250, 1000, 1500, 3333, 16000, 100000 };
  const PhSpan span = { SEC (2.5), SEC (97) };

  for (guint fps = 1; fps <= PH_STEPS_MAX_FPS; fps++)
    for (guint s = 0; s < G_N_ELEMENTS (speeds); s++)
      {
        PhSteps plain = ph_steps_new (span, fps, speeds[s], NULL, 0);
        PhSteps cut = ph_steps_new (span, fps, speeds[s], idle, G_N_ELEMENTS (idle));
        guint64 n = ph_steps_count (&cut);
        PhTime last = span.begin - 1;

        g_assert_cmpint (cut.length, ==, SEC (94.5 - 54));
        g_assert_cmpint (ph_steps_at (&plain, fps), ==,
                         MIN (span.begin + 1000 * (PhTime) speeds[s], span.end));

        for (guint64 k = 0; k < n; k++)
          {
            PhTime time = ph_steps_at (&cut, k);

            g_assert_cmpint (time, >, last);
            g_assert_cmpint (time, <, span.end);
            last = time;

            for (guint i = 0; i < G_N_ELEMENTS (idle); i++)
              g_assert_false (ph_span_contains (idle[i], time));
          }
      }
}

static void
test_spread (void)
{
  const PhSpan span = { SEC (9), SEC (42) };
  PhSteps plain = ph_steps_new (span, 1, 1000, NULL, 0);
  PhSteps cut = ph_steps_new (span, 1, 1000, idle, G_N_ELEMENTS (idle));

  g_assert_cmpint (ph_steps_spread (&plain, 0, 1), ==, SEC (9));
  g_assert_cmpint (ph_steps_spread (&plain, 0, 12), ==, SEC (9));
  g_assert_cmpint (ph_steps_spread (&plain, 5, 12), ==, SEC (24));
  g_assert_cmpint (ph_steps_spread (&plain, 11, 12), ==, SEC (42));

  g_assert_cmpint (ph_steps_spread (&cut, 0, 5), ==, SEC (9));
  g_assert_cmpint (ph_steps_spread (&cut, 1, 5), ==, SEC (9.5));
  g_assert_cmpint (ph_steps_spread (&cut, 3, 5), ==, SEC (40.5));
  g_assert_cmpint (ph_steps_spread (&cut, 4, 5), ==, SEC (42));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/steps/times", test_times);
  g_test_add_func ("/steps/any-rate", test_any_rate);
  g_test_add_func ("/steps/spread", test_spread);

  return g_test_run ();
}
