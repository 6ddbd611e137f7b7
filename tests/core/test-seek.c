/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-seek.h"

#define SPAN ((PhSpan) { 10, 100 })

static void
test_take (void)
{
  static const struct
  {
    PhTime absolute; /* PH_TIME_NONE: none */
    PhTime relative[2];
    PhTime now;
    PhTime target; /* PH_TIME_NONE: nothing is wanted */
  } cases[] = {
    { PH_TIME_NONE, { 0, 0 }, 50, PH_TIME_NONE },
    { 70, { 0, 0 }, 50, 70 },
    { PH_TIME_NONE, { 5, 0 }, 50, 55 },
    { PH_TIME_NONE, { 5, 7 }, 50, 62 },
    { PH_TIME_NONE, { -5, -80 }, 50, 10 },
    { 70, { 5, -7 }, 50, 68 },
    { 1000, { 0, 0 }, 50, 100 },
    { -1000, { 0, 0 }, 50, 10 },
    /* What lies outside is clamped before a relative seek is added. */
    { 1000, { -5, 0 }, 50, 95 },
    { G_MAXINT64, { 0, 0 }, 50, 100 },
    { G_MAXINT64, { G_MAXINT64, G_MAXINT64 }, 50, 100 },
    { G_MININT64 + 1, { G_MININT64, G_MININT64 }, 50, 10 },
    { PH_TIME_NONE, { G_MININT64, 0 }, 50, 10 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PhSeek seek = PH_SEEK_INIT;
      PhTime target = PH_TIME_NONE;
      gboolean wanted = cases[i].target != PH_TIME_NONE;

      g_test_message ("case %u", i);

      if (cases[i].absolute != PH_TIME_NONE)
        ph_seek_to (&seek, cases[i].absolute);

      ph_seek_by (&seek, cases[i].relative[0]);
      ph_seek_by (&seek, cases[i].relative[1]);

      g_assert_cmpint (ph_seek_is_wanted (&seek), ==, wanted);
      g_assert_cmpint (ph_seek_take (&seek, cases[i].now, SPAN, &target), ==, wanted);
      g_assert_cmpint (target, ==, cases[i].target);
      g_assert_false (ph_seek_is_wanted (&seek));
    }
}

static void
test_absolute_replaces (void)
{
  PhSeek seek = PH_SEEK_INIT;
  PhTime target;

  ph_seek_by (&seek, 30);
  ph_seek_to (&seek, 20);
  ph_seek_to (&seek, 40);

  g_assert_true (ph_seek_take (&seek, 50, SPAN, &target));
  g_assert_cmpint (target, ==, 40);
}

/* A target that looks like “none” is a seek all the same. */
static void
test_none_is_the_beginning (void)
{
  PhSeek seek = PH_SEEK_INIT;
  PhTime target;

  ph_seek_to (&seek, PH_TIME_NONE);

  g_assert_true (ph_seek_take (&seek, 50, SPAN, &target));
  g_assert_cmpint (target, ==, 10);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/seek/take", test_take);
  g_test_add_func ("/seek/absolute-replaces", test_absolute_replaces);
  g_test_add_func ("/seek/none-is-the-beginning", test_none_is_the_beginning);

  return g_test_run ();
}
