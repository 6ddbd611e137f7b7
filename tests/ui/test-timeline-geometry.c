/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-timeline-geometry.h"

#include <math.h>

#define SEC(n) ((PhTime) ((n) *1000000))

#define assert_near(a, b) g_assert_cmpfloat_with_epsilon (a, b, 0.01)

static const PhSpan minute = { 0, 60 * PH_SECOND };

/* A quarter of an hour with two long idle stretches and one short one. */
static const PhSpan long_span = { 0, 900 * PH_SECOND };
static const PhSpan long_idle[] = {
  { 60 * PH_SECOND, 360 * PH_SECOND },
  { 400 * PH_SECOND, 402 * PH_SECOND },
  { 500 * PH_SECOND, 800 * PH_SECOND },
};

static void
test_plain_axis (void)
{
  static const struct
  {
    PhTime time;
    double x;
  } cases[] = {
    { SEC (-5), 10 },
    { 0, 10 },
    { SEC (15), 160 },
    { SEC (30), 310 },
    { SEC (60), 610 },
    { SEC (99), 610 },
  };
  PhAxis axis;

  ph_axis_init (&axis, minute, NULL, 0, 10, 600, TRUE);
  g_assert_cmpuint (axis.n_pieces, ==, 1);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %u", i);
      assert_near (ph_axis_to_x (&axis, cases[i].time), cases[i].x);
      g_assert_cmpint (ph_axis_from_x (&axis, cases[i].x), ==,
                       ph_span_clamp (minute, cases[i].time));
    }

  g_assert_cmpint (ph_axis_from_x (&axis, -1000), ==, 0);
  g_assert_cmpint (ph_axis_from_x (&axis, 10000), ==, SEC (60));
  ph_axis_clear (&axis);
}

static void
test_unfolded_axis_is_a_scale (void)
{
  PhAxis axis;

  ph_axis_init (&axis, long_span, long_idle, G_N_ELEMENTS (long_idle), 0, 900, FALSE);
  g_assert_cmpuint (axis.n_pieces, ==, 7);

  for (int i = 0; i <= 900; i += 50)
    assert_near (ph_axis_to_x (&axis, SEC (i)), i);

  for (guint i = 0; i < axis.n_pieces; i++)
    g_assert_false (axis.pieces[i].folded);

  ph_axis_clear (&axis);
}

/* 302 s are not folded and share what the two folds leave. */
static void
test_folded_axis (void)
{
  double scale = (900 - 2 * PH_AXIS_FOLD) / 300;
  PhAxis axis;

  ph_axis_init (&axis, long_span, long_idle, G_N_ELEMENTS (long_idle), 0, 900, TRUE);
  g_assert_cmpuint (axis.n_pieces, ==, 7);
  g_assert_true (axis.pieces[1].folded);
  g_assert_false (axis.pieces[3].folded);
  g_assert_true (axis.pieces[3].idle);
  g_assert_true (axis.pieces[5].folded);

  assert_near (ph_axis_to_x (&axis, SEC (60)), 60 * scale);
  assert_near (ph_axis_to_x (&axis, SEC (210)), 60 * scale + PH_AXIS_FOLD / 2);
  assert_near (ph_axis_to_x (&axis, SEC (360)), 60 * scale + PH_AXIS_FOLD);
  assert_near (ph_axis_to_x (&axis, SEC (900)), 900);
  g_assert_cmpint (ph_axis_from_x (&axis, 60 * scale + PH_AXIS_FOLD / 2), ==, SEC (210));
  ph_axis_clear (&axis);
}

static void
check_axis (const PhAxis *axis)
{
  double x = axis->left;
  PhTime time = axis->span.begin;

  for (guint i = 0; i < axis->n_pieces; i++)
    {
      const PhAxisPiece *piece = &axis->pieces[i];

      g_assert_cmpint (piece->span.begin, ==, time);
      g_assert_cmpfloat (piece->end, >=, piece->begin);
      assert_near (piece->begin, x);
      time = piece->span.end;
      x = piece->end;
    }

  g_assert_cmpint (time, ==, axis->span.end);
  assert_near (x, axis->left + axis->width);

  for (int i = 0; i < 50; i++)
    {
      PhTime a = axis->span.begin + ph_span_length (axis->span) * i / 50;
      PhTime b = axis->span.begin + ph_span_length (axis->span) * (i + 1) / 50;

      g_assert_cmpfloat (ph_axis_to_x (axis, a), <=, ph_axis_to_x (axis, b));
      /* Half a pixel there and back is no more than what a pixel stands for. */
      assert_near (ph_axis_to_x (axis, ph_axis_from_x (axis, ph_axis_to_x (axis, a))),
                   ph_axis_to_x (axis, a));
    }
}

/* Whatever the idle stretches: no gaps, the whole line is used, time never runs back. */
static void
test_any_axis (void)
{
  for (guint round = 0; round < 300; round++)
    {
      PhSpan span = { 0, g_test_rand_int_range (1, 2000) * PH_SECOND };
      g_autoptr (GArray) idle = g_array_new (FALSE, FALSE, sizeof (PhSpan));
      int n = g_test_rand_int_range (0, 60);
      PhTime at = -5 * PH_SECOND;
      PhAxis axis;

      for (int i = 0; i < n; i++)
        {
          PhSpan stretch;

          at += g_test_rand_int_range (1, 40) * PH_SECOND;
          stretch.begin = at;
          at += g_test_rand_int_range (1, 90) * PH_SECOND;
          stretch.end = at;
          g_array_append_val (idle, stretch);
        }

      ph_axis_init (&axis, span, (const PhSpan *) (gpointer) idle->data, idle->len, 8,
                    g_test_rand_int_range (20, 1500), round % 2);
      check_axis (&axis);
      ph_axis_clear (&axis);
    }
}

static void
test_odd_axes (void)
{
  static const PhSpan none = { 0, 0 };
  static const PhSpan all[] = { { -10 * PH_SECOND, 999 * PH_SECOND } };
  PhAxis axis;

  ph_axis_init (&axis, none, NULL, 0, 5, 100, TRUE);
  assert_near (ph_axis_to_x (&axis, SEC (3)), 5);
  g_assert_cmpint (ph_axis_from_x (&axis, 50), ==, 0);
  g_assert_null (ph_axis_piece_at (&axis, 50));
  ph_axis_clear (&axis);

  /* Nothing but idle time: there is nothing to make room for. */
  ph_axis_init (&axis, minute, all, 1, 0, 600, TRUE);
  g_assert_cmpuint (axis.n_pieces, ==, 1);
  g_assert_true (axis.pieces[0].idle);
  g_assert_false (axis.pieces[0].folded);
  assert_near (ph_axis_to_x (&axis, SEC (30)), 300);
  ph_axis_clear (&axis);

  ph_axis_init (&axis, minute, NULL, 0, 0, 0, TRUE);
  assert_near (ph_axis_to_x (&axis, SEC (30)), 0);
  ph_axis_clear (&axis);
}

static void
test_groups (void)
{
  static const PhTime times[] = { 0, SEC (1), SEC (1.2), SEC (20), SEC (20), SEC (40), SEC (60) };
  static const struct
  {
    double x;
    guint first, count;
  } wanted[] = {
    { 0, 0, 3 },
    { 200, 3, 2 },
    { 400, 5, 1 },
    { 600, 6, 1 },
  };
  PhMarkGroup groups[G_N_ELEMENTS (times)];
  PhAxis axis;

  ph_axis_init (&axis, minute, NULL, 0, 0, 600, TRUE);
  g_assert_cmpuint (ph_axis_group (&axis, times, G_N_ELEMENTS (times), 16, groups), ==,
                    G_N_ELEMENTS (wanted));

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      g_test_message ("case %u", i);
      assert_near (groups[i].x, wanted[i].x);
      g_assert_cmpuint (groups[i].first, ==, wanted[i].first);
      g_assert_cmpuint (groups[i].count, ==, wanted[i].count);
    }

  g_assert_cmpuint (ph_axis_group (&axis, NULL, 0, 16, groups), ==, 0);
  ph_axis_clear (&axis);
}

/* Every mark is in one group, groups keep their distance. */
static void
test_any_groups (void)
{
  for (guint round = 0; round < 100; round++)
    {
      PhTime times[64];
      PhMarkGroup groups[64];
      guint n = (guint) g_test_rand_int_range (0, 64);
      PhTime at = 0;
      guint n_groups;
      guint next = 0;
      PhAxis axis;

      for (guint i = 0; i < n; i++)
        times[i] = at += g_test_rand_int_range (0, 2000) * PH_MSEC;

      ph_axis_init (&axis, minute, NULL, 0, 8, 700, TRUE);
      n_groups = ph_axis_group (&axis, times, n, 16, groups);

      for (guint i = 0; i < n_groups; i++)
        {
          g_assert_cmpuint (groups[i].first, ==, next);
          g_assert_cmpuint (groups[i].count, >, 0);
          if (i > 0)
            g_assert_cmpfloat (groups[i].x - groups[i - 1].x, >=, 16);
          next += groups[i].count;
        }

      g_assert_cmpuint (next, ==, n);
      ph_axis_clear (&axis);
    }
}

static void
test_hit (void)
{
  static const PhMarkGroup groups[] = { { 100, 0, 1 }, { 120, 1, 1 }, { 300, 2, 4 } };
  static const struct
  {
    double x, radius;
    int index;
  } cases[] = {
    { 100, 9, 0 },
    { 109, 9, 0 },
    { 110, 9, -1 },
    { 112, 9, 1 },
    { 109, 15, 0 },
    { 111, 15, 1 },
    { 295, 9, 2 },
    { 500, 9, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %u", i);
      g_assert_cmpint (ph_axis_hit (groups, G_N_ELEMENTS (groups), cases[i].x, cases[i].radius),
                       ==, cases[i].index);
    }

  g_assert_cmpint (ph_axis_hit (NULL, 0, 5, 100), ==, -1);
}

static void
test_histogram (void)
{
  static const PhAxisLoad loads[] = {
    { 0, 0, 1 },
    { SEC (1), SEC (1), 1 },
    { SEC (2), SEC (2), 2 },
    { SEC (16), SEC (16), 1 },
    { SEC (60), SEC (60), 1 },
    { SEC (61), SEC (70), 100 },
    { -SEC (9), -SEC (1), 100 },
  };
  float bars[4];
  PhAxis axis;

  ph_axis_init (&axis, minute, NULL, 0, 8, 600, TRUE);
  ph_axis_histogram (&axis, loads, G_N_ELEMENTS (loads), bars, 4);
  assert_near ((double) bars[0], 1);
  assert_near ((double) bars[1], 0.5);
  assert_near ((double) bars[2], 0);
  assert_near ((double) bars[3], 0.5);

  ph_axis_histogram (&axis, NULL, 0, bars, 4);
  assert_near ((double) bars[0], 0);
  ph_axis_clear (&axis);
}

/* A step of time that is wider than a bar fills the bars it covers, no others. */
static void
test_histogram_spreads (void)
{
  static const PhAxisLoad loads[] = {
    { SEC (15), SEC (45), 8 },
    { SEC (45), SEC (60), 1 },
  };
  static const PhAxisLoad half = { SEC (5), SEC (20), 9 };
  float bars[4];
  PhAxis axis;

  ph_axis_init (&axis, minute, NULL, 0, 8, 600, TRUE);
  ph_axis_histogram (&axis, loads, 2, bars, 4);
  assert_near ((double) bars[0], 0);
  assert_near ((double) bars[1], 1);
  assert_near ((double) bars[2], 1);
  assert_near ((double) bars[3], 0.5);

  ph_axis_histogram (&axis, &half, 1, bars, 4);
  assert_near ((double) bars[0], 1);
  assert_near ((double) bars[1], sqrt (0.5));
  assert_near ((double) bars[2], 0);
  ph_axis_clear (&axis);
}

/* Halves of what happened, told one after the other, are the whole. */
static void
test_any_histogram (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint round = 0; round < 200; round++)
    {
      PhAxisLoad whole[20];
      PhAxisLoad halves[40];
      float bars[50];
      float same[50];
      float largest = 0;
      PhAxis axis;

      for (guint i = 0; i < G_N_ELEMENTS (whole); i++)
        {
          PhTime begin = g_rand_int_range (rand, 0, 50000) * PH_MSEC;
          PhTime half = g_rand_int_range (rand, 0, 5000) * PH_MSEC;
          guint n = (guint) g_rand_int_range (rand, 1, 9);

          whole[i] = (PhAxisLoad) { begin, begin + 2 * half, 2 * n };
          halves[2 * i] = (PhAxisLoad) { begin, begin + half, n };
          halves[2 * i + 1] = (PhAxisLoad) { begin + half, begin + 2 * half, n };
        }

      ph_axis_init (&axis, minute, NULL, 0, 8, g_rand_double_range (rand, 1, 900), FALSE);
      ph_axis_histogram (&axis, whole, G_N_ELEMENTS (whole), bars, G_N_ELEMENTS (bars));
      ph_axis_histogram (&axis, halves, G_N_ELEMENTS (halves), same, G_N_ELEMENTS (same));
      for (guint i = 0; i < G_N_ELEMENTS (bars); i++)
        {
          g_assert_cmpfloat (fabs ((double) bars[i] - (double) same[i]), <, 1e-3);
          largest = MAX (largest, bars[i]);
        }

      assert_near ((double) largest, 1);
      ph_axis_clear (&axis);
    }
}

static void
test_estimate_end (void)
{
  static const struct
  {
    PhTime before, end;
    double progress;
    PhTime estimate;
  } cases[] = {
    { 0, SEC (10), 0.5, SEC (20) },
    { SEC (20), SEC (11), 0.5, SEC (20) },
    { SEC (20), SEC (16), 0.5, SEC (32) },
    { SEC (90), SEC (16), 0.5, SEC (32) },
    { SEC (20), SEC (21), 0.99, SEC (21) * 100 / 99 },
    { SEC (40), SEC (20), 1, SEC (20) },
    { SEC (40), SEC (20), 7, SEC (20) },
    { 0, SEC (1), 0, SEC (20) },
    { 0, SEC (1), -1, SEC (20) },
    { SEC (5), 0, 0.5, 0 },
    { 0, G_MAXINT64, 0.5, G_MAXINT64 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PhTime estimate = ph_axis_estimate_end (cases[i].before, cases[i].end, cases[i].progress);

      g_test_message ("case %u", i);
      g_assert_cmpint (ABS (estimate - cases[i].estimate), <=, 1);
    }
}

/* Read evenly, a recording's axis is laid out a few times only. */
static void
test_estimate_rests (void)
{
  PhTime estimate = 0;
  guint changes = 0;

  for (guint i = 1; i <= 1000; i++)
    {
      PhTime end = SEC (i) + (i % 7) * SEC (3);
      PhTime next = ph_axis_estimate_end (estimate, end, i / 1000.0);

      g_assert_cmpint (next, >=, end);
      changes += next != estimate;
      estimate = next;
    }

  g_assert_cmpuint (changes, <=, 40);
}

static void
test_fit_scale (void)
{
  static const struct
  {
    int page_width, page_height, width, height;
    double scale;
  } cases[] = {
    { 1280, 800, 1280, 800, 1 },
    { 1280, 800, 640, 800, 0.5 },
    { 1280, 800, 1280, 200, 0.25 },
    { 320, 200, 1280, 800, 1 },
    { 0, 0, 100, 100, 1 },
    { 1280, 800, 0, 0, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %u", i);
      assert_near (ph_fit_scale (cases[i].page_width, cases[i].page_height, cases[i].width,
                                 cases[i].height),
                   cases[i].scale);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/timeline-geometry/plain-axis", test_plain_axis);
  g_test_add_func ("/timeline-geometry/unfolded-axis-is-a-scale", test_unfolded_axis_is_a_scale);
  g_test_add_func ("/timeline-geometry/folded-axis", test_folded_axis);
  g_test_add_func ("/timeline-geometry/any-axis", test_any_axis);
  g_test_add_func ("/timeline-geometry/odd-axes", test_odd_axes);
  g_test_add_func ("/timeline-geometry/groups", test_groups);
  g_test_add_func ("/timeline-geometry/any-groups", test_any_groups);
  g_test_add_func ("/timeline-geometry/hit", test_hit);
  g_test_add_func ("/timeline-geometry/histogram", test_histogram);
  g_test_add_func ("/timeline-geometry/histogram-spreads", test_histogram_spreads);
  g_test_add_func ("/timeline-geometry/any-histogram", test_any_histogram);
  g_test_add_func ("/timeline-geometry/estimate-end", test_estimate_end);
  g_test_add_func ("/timeline-geometry/estimate-rests", test_estimate_rests);
  g_test_add_func ("/timeline-geometry/fit-scale", test_fit_scale);

  return g_test_run ();
}
