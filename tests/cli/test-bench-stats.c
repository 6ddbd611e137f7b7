/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-bench-stats.h"

/* Worked out elsewhere, with numbers of any length. */
static void
test_times (void)
{
  static const struct
  {
    PhTime duration;
    PhTime times[5];
  } cases[] = {
    { 2147483648, { 1406932606, 654583775, 1449466924, 229283573, 1109335178 } },
    { 1000000, { 655154, 304814, 674960, 106768, 516574 } },
    { G_GINT64_CONSTANT (2520000000),
      { 1650988202, 768132094, 1700900797, 269056579, 1301767606 } },
    { G_GINT64_CONSTANT (864000000000),
      { G_GINT64_CONSTANT (566053097873), G_GINT64_CONSTANT (263359575346),
        G_GINT64_CONSTANT (583165987551), G_GINT64_CONSTANT (92247969970),
        G_GINT64_CONSTANT (446320322245) } },
    { 1, { 0, 0, 0, 0, 0 } },
    { 0, { 0, 0, 0, 0, 0 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PhTime times[5];

      ph_bench_times (cases[i].duration, times, 5);
      g_test_message ("case %u", i);

      for (guint k = 0; k < 5; k++)
        g_assert_cmpint (times[k], ==, cases[i].times[k]);
    }
}

/* All over the session, never outside of it, however long it is. */
static void
test_times_are_spread (void)
{
  static const PhTime durations[] = { 10, 87700000, G_MAXINT64 / 4 };

  for (guint i = 0; i < G_N_ELEMENTS (durations); i++)
    {
      PhTime times[1000];
      guint tenths[10] = { 0 };

      ph_bench_times (durations[i], times, 1000);

      for (guint k = 0; k < 1000; k++)
        {
          g_assert_cmpint (times[k], >=, 0);
          g_assert_cmpint (times[k], <, durations[i]);
          tenths[times[k] / (durations[i] / 10) < 10 ? times[k] / (durations[i] / 10) : 9]++;
        }

      for (guint k = 0; k < 10; k++)
        g_assert_cmpuint (tenths[k], >, 60);
    }
}

static void
check_spread (const PhBenchSpread *spread,
              double p50,
              double p95,
              double max)
{
  g_assert_cmpfloat_with_epsilon (spread->p50, p50, 1e-9);
  g_assert_cmpfloat_with_epsilon (spread->p95, p95, 1e-9);
  g_assert_cmpfloat_with_epsilon (spread->max, max, 1e-9);
}

static void
test_spread (void)
{
  double one[] = { 7 };
  double two[] = { 3, 1 };
  double five[] = { 5, 1, 4, 2, 3 };
  PhBenchSpread spread;

  spread = ph_bench_spread (NULL, 0);
  check_spread (&spread, 0, 0, 0);
  spread = ph_bench_spread (one, 1);
  check_spread (&spread, 7, 7, 7);
  spread = ph_bench_spread (two, 2);
  check_spread (&spread, 1, 3, 3);
  spread = ph_bench_spread (five, 5);
  check_spread (&spread, 3, 5, 5);
}

/* With a hundred of them a percentile is that many. */
static void
test_spread_of_hundred (void)
{
  double samples[100];
  PhBenchSpread spread;

  for (guint i = 0; i < 100; i++)
    samples[i] = (i * 37) % 100 + 1;

  spread = ph_bench_spread (samples, 100);
  check_spread (&spread, 50, 95, 100);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/bench-stats/times", test_times);
  g_test_add_func ("/bench-stats/times-are-spread", test_times_are_spread);
  g_test_add_func ("/bench-stats/spread", test_spread);
  g_test_add_func ("/bench-stats/spread-of-hundred", test_spread_of_hundred);

  return g_test_run ();
}
