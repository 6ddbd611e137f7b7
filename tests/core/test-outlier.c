/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-outlier.h"

#include <string.h>

#define HOUR G_GINT64_CONSTANT (3600)
#define DAY (24 * HOUR)

static GArray *
make_stamps (const char *kinds,
             const gint64 *seconds)
{
  GArray *stamps = g_array_new (FALSE, FALSE, sizeof (PhStamp));

  for (guint i = 0; kinds[i] != '\0'; i++)
    {
      PhEvent event = {
        .type = kinds[i] == 'F' ? PH_EVENT_FULL_SNAPSHOT : PH_EVENT_INCREMENTAL,
        .timestamp = seconds[i] * PH_SECOND,
        .order = i,
      };
      PhStamp stamp = ph_stamp (&event);

      g_array_append_val (stamps, stamp);
    }

  return stamps;
}

static void
test_table (void)
{
  static const struct
  {
    const char *kinds; /* F: full snapshot, anything else: not */
    gint64 seconds[24];
    guint begin;
    guint end;
  } cases[] = {
    { "", { 0 }, 0, 0 },
    { "F", { 5 }, 0, 1 },
    { "x", { 5 }, 0, 1 },
    { "mFxxx", { 0, 1, 2, 3, 4 }, 0, 5 },
    /* Changes of a page that was not recorded, long before the first one that was. */
    { "xxmFxx", { 0, 1, 60, 61, 62, 63 }, 2, 6 },
    { "mFxx", { 0, 5, 6, 7 }, 0, 4 },
    { "mFxx", { 0, 6, 7, 8 }, 1, 4 },
    /* A last event three days later, and a few of them. */
    { "mFx", { 0, 1, 3 * DAY }, 0, 2 },
    { "mFxxxx", { 0, 1, 2, 3 * DAY, 3 * DAY + 1, 6 * DAY }, 0, 3 },
    /* Long pauses that people do make. */
    { "mFxx", { 0, 1, 2 * HOUR, 2 * HOUR + 1 }, 0, 4 },
    /* Too many to be an accident. */
    { "mFxxxxxxxxxxx", { 0, 1, DAY, DAY, DAY, DAY, DAY, DAY, DAY, DAY, DAY, DAY, DAY }, 0, 13 },
    /* A page the next day is seen, and not by mistake. */
    { "mFxxmF", { 0, 1, 2, 3, DAY, DAY }, 0, 6 },
    /* A clock that stood at the epoch, or a century ahead, when a page was written down. */
    { "mFxxxFx", { 0, 0, 999 * DAY, 999 * DAY, 999 * DAY, 999 * DAY, 999 * DAY + 1 }, 2, 7 },
    { "mFxxxmF", { 0, 1, 2, 3, 4, 36500 * DAY, 36500 * DAY }, 0, 5 },
    /* Neither half of it is an outlier. */
    { "FxFx", { 0, 1, 99 * DAY, 99 * DAY }, 0, 4 },
    /* Without any page, gaps decide. */
    { "xxx", { 0, 1, 3 * DAY }, 0, 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GArray) stamps = make_stamps (cases[i].kinds, cases[i].seconds);
      guint begin = 99;
      guint end = 99;

      g_test_message ("case %u: %s", i, cases[i].kinds);
      ph_outliers_find ((const PhStamp *) (gpointer) stamps->data, stamps->len, &begin, &end);
      g_assert_cmpuint (begin, ==, cases[i].begin);
      g_assert_cmpuint (end, ==, cases[i].end);
    }
}

/* A session of random pauses; @seconds has room for 64. */
static guint
make_random (char *kinds,
             gint64 *seconds)
{
  guint n = (guint) g_test_rand_int_range (1, 64);
  gint64 now = 0;

  for (guint i = 0; i < n; i++)
    {
      gint64 days = g_test_rand_int_range (0, 400);

      now += g_test_rand_int_range (0, 12) == 0 ? days * DAY : 1;
      seconds[i] = now;
      kinds[i] = g_test_rand_int_range (0, 4) == 0 ? 'F' : 'x';
    }

  kinds[n] = '\0';

  return n;
}

/* Events that go by are judged as those that are kept. */
static void
test_watch (void)
{
  guint n_all = 0;

  for (guint round = 0; round < 4000; round++)
    {
      char kinds[65];
      gint64 seconds[64] = { 0 };
      guint n = make_random (kinds, seconds);
      g_autoptr (GArray) stamps = make_stamps (kinds, seconds);
      PhOutlierWatch watch = { .n = 0 };
      guint begin;
      guint end;

      ph_outliers_find ((const PhStamp *) (gpointer) stamps->data, n, &begin, &end);

      /* Rule 1 is decided before. */
      if (seconds[0] + 5 < seconds[strcspn (kinds, "F") % n])
        continue;

      for (guint i = 0; i < n; i++)
        ph_outlier_watch_add (&watch, g_array_index (stamps, PhStamp, i));

      g_assert_cmpint (ph_outlier_watch_all_count (&watch), ==, begin == 0 && end == n);
      n_all += ph_outlier_watch_all_count (&watch);
    }

  g_assert_cmpuint (n_all, >, 100);
}

/* Whatever comes: the range lies inside, and something is left. */
static void
test_something_is_left (void)
{
  for (guint round = 0; round < 2000; round++)
    {
      guint n = (guint) g_test_rand_int_range (1, 24);
      char kinds[25] = { 0 };
      gint64 seconds[24];
      gint64 now = 0;
      g_autoptr (GArray) stamps = NULL;
      guint begin;
      guint end;

      for (guint i = 0; i < n; i++)
        {
          gint64 days = g_test_rand_int_range (0, 400);

          now += g_test_rand_int_range (0, 3) == 0 ? days * DAY : 1;
          seconds[i] = now;
          kinds[i] = g_test_rand_int_range (0, 4) == 0 ? 'F' : 'x';
        }

      stamps = make_stamps (kinds, seconds);
      ph_outliers_find ((const PhStamp *) (gpointer) stamps->data, n, &begin, &end);
      g_assert_cmpuint (begin, <, end);
      g_assert_cmpuint (end, <=, n);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/outlier/table", test_table);
  g_test_add_func ("/outlier/watch", test_watch);
  g_test_add_func ("/outlier/something-is-left", test_something_is_left);

  return g_test_run ();
}
