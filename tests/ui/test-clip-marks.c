/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-clip-marks.h"

#define NONE PH_TIME_NONE

static const PhSpan all = { 0, 100 * PH_SECOND };

static PhTime
seconds (PhTime n)
{
  return n == NONE ? NONE : n * PH_SECOND;
}

static PhClipMarks
make (PhTime in,
      PhTime out)
{
  return (PhClipMarks) { seconds (in), seconds (out), PH_CLIP_IN };
}

/* In seconds: what there was, what is set, what there is then. */
static const struct
{
  PhTime in, out;
  PhClipSide side;
  PhTime time;
  PhTime in_then, out_then;
} sets[] = {
  { NONE, NONE, PH_CLIP_IN, 10, 10, NONE },
  { NONE, NONE, PH_CLIP_OUT, 10, NONE, 10 },
  { 10, NONE, PH_CLIP_OUT, 20, 10, 20 },
  { NONE, 20, PH_CLIP_IN, 10, 10, 20 },
  { 10, 20, PH_CLIP_IN, 15, 15, 20 },
  { 10, 20, PH_CLIP_OUT, 30, 10, 30 },
  { 10, NONE, PH_CLIP_OUT, 5, NONE, 5 },
  { NONE, 20, PH_CLIP_IN, 20, 20, NONE },
  /* Past the other: it moves away, and the length stays. */
  { 10, 20, PH_CLIP_IN, 40, 40, 50 },
  { 50, 60, PH_CLIP_OUT, 30, 20, 30 },
  { 10, 20, PH_CLIP_IN, 20, 20, 30 },
  { 10, 20, PH_CLIP_OUT, 10, 0, 10 },
  /* As far as there is room. */
  { 10, 40, PH_CLIP_IN, 90, 90, 100 },
  { 50, 90, PH_CLIP_OUT, 5, 0, 5 },
  { 10, 20, PH_CLIP_IN, 100, 100, NONE },
  { 10, 20, PH_CLIP_OUT, 0, NONE, 0 },
  /* Outside of the recording there is nothing. */
  { 10, 20, PH_CLIP_OUT, 200, 10, 100 },
  { 10, 20, PH_CLIP_IN, -5, 0, 20 },
};

static void
test_set (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    {
      PhClipMarks marks = make (sets[i].in, sets[i].out);

      g_test_message ("case %u", i);
      ph_clip_marks_set (&marks, sets[i].side, seconds (sets[i].time), all);
      g_assert_cmpint (marks.in, ==, seconds (sets[i].in_then));
      g_assert_cmpint (marks.out, ==, seconds (sets[i].out_then));
      g_assert_cmpint (marks.held, ==, sets[i].side);
    }
}

static void
test_drag (void)
{
  PhClipMarks marks = make (10, 20);

  ph_clip_marks_drag (&marks, PH_CLIP_IN, seconds (15), all);
  g_assert_cmpint (marks.in, ==, seconds (15));
  g_assert_cmpint (marks.out, ==, seconds (20));

  /* Never past the other, nor on it. */
  ph_clip_marks_drag (&marks, PH_CLIP_IN, seconds (30), all);
  g_assert_cmpint (marks.in, ==, seconds (20) - PH_CLIP_MARKS_GAP);
  ph_clip_marks_drag (&marks, PH_CLIP_OUT, seconds (1), all);
  g_assert_cmpint (marks.out, ==, seconds (20));
  g_assert_cmpint (marks.held, ==, PH_CLIP_OUT);
  ph_clip_marks_drag (&marks, PH_CLIP_OUT, seconds (500), all);
  g_assert_cmpint (marks.out, ==, seconds (100));

  marks = make (NONE, 20);
  ph_clip_marks_drag (&marks, PH_CLIP_OUT, seconds (3), all);
  g_assert_cmpint (marks.out, ==, seconds (3));
  g_assert_cmpint (marks.in, ==, NONE);
}

static void
test_resolve (void)
{
  static const struct
  {
    PhTime in, out, position, begin, end;
    gboolean marked;
  } cases[] = {
    { 10, 20, 50, 10, 20, TRUE },
    { 10, NONE, 50, 10, 50, TRUE },
    { 10, NONE, 5, 10, 25, TRUE },
    { 95, NONE, 5, 95, 100, TRUE },
    { NONE, 50, 40, 40, 50, TRUE },
    { NONE, 50, 60, 35, 50, TRUE },
    { NONE, 5, 60, 0, 5, TRUE },
    { NONE, NONE, 0, 0, 15, FALSE },
    { NONE, NONE, 100, 85, 100, FALSE },
  };
  PhClipMarks none = PH_CLIP_MARKS_NONE;
  PhSpan span;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PhClipMarks marks = make (cases[i].in, cases[i].out);

      g_test_message ("case %u", i);
      g_assert_cmpint (ph_clip_marks_resolve (&marks, seconds (cases[i].position), all, &span), ==,
                       cases[i].marked);
      g_assert_cmpint (span.begin, ==, seconds (cases[i].begin));
      g_assert_cmpint (span.end, ==, seconds (cases[i].end));
    }

  /* Around the playhead, and of a short recording all. */
  g_assert_false (ph_clip_marks_resolve (&none, seconds (50), all, &span));
  g_assert_cmpint (span.begin, ==, seconds (50) - PH_CLIP_MARKS_DEFAULT / 2);
  g_assert_cmpint (ph_span_length (span), ==, PH_CLIP_MARKS_DEFAULT);
  g_assert_false (ph_clip_marks_resolve (&none, seconds (2), (PhSpan) { 0, seconds (4) }, &span));
  g_assert_cmpint (span.begin, ==, 0);
  g_assert_cmpint (span.end, ==, seconds (4));
}

/* One second is ten pixels, from 8 on. */
static void
test_handles (void)
{
  PhAxis axis;
  PhClipMarks marks = make (20, 40);
  PhClipMarks none = PH_CLIP_MARKS_NONE;
  PhClipSide side;

  ph_axis_init (&axis, all, NULL, 0, 8, 1000, FALSE);
  g_assert_true (ph_clip_marks_hit (&marks, &axis, 208 - 4, &side));
  g_assert_cmpint (side, ==, PH_CLIP_IN);
  g_assert_true (ph_clip_marks_hit (&marks, &axis, 208 - 4 - 8, &side));
  g_assert_false (ph_clip_marks_hit (&marks, &axis, 208 - 4 - 8.5, &side));
  /* Most of what is inside of the span is not the handle. */
  g_assert_false (ph_clip_marks_hit (&marks, &axis, 208 + 5, &side));
  g_assert_true (ph_clip_marks_hit (&marks, &axis, 408 + 4, &side));
  g_assert_cmpint (side, ==, PH_CLIP_OUT);
  g_assert_false (ph_clip_marks_hit (&marks, &axis, 308, &side));
  g_assert_false (ph_clip_marks_hit (&none, &axis, 308, &side));

  g_assert_cmpint (ph_clip_marks_snap (&axis, 308, seconds (31)), ==, seconds (30));
  g_assert_cmpint (ph_clip_marks_snap (&axis, 313, seconds (31)), ==, seconds (31));
  ph_axis_clear (&axis);
}

static void
test_loop (void)
{
  static const struct
  {
    PhTime before, now;
    gboolean reverse;
    PhTime there;
  } cases[] = {
    { 19, 20, FALSE, 10 },
    /* Over idle time, in one go. */
    { 15, 60, FALSE, 10 },
    { 15, 16, FALSE, NONE },
    /* From outside nothing holds it. */
    { 20, 21, FALSE, NONE },
    { 5, 6, FALSE, NONE },
    { 11, 10, TRUE, 20 },
    { 10, 9, TRUE, NONE },
  };
  PhClipMarks marks = make (10, 20);
  PhClipMarks half = make (10, NONE);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %u", i);
      g_assert_cmpint (ph_clip_marks_loop (&marks, seconds (cases[i].before),
                                           seconds (cases[i].now), cases[i].reverse),
                       ==, seconds (cases[i].there));
    }

  g_assert_cmpint (ph_clip_marks_loop (&half, seconds (19), seconds (20), FALSE), ==, NONE);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/clip-marks/set", test_set);
  g_test_add_func ("/clip-marks/drag", test_drag);
  g_test_add_func ("/clip-marks/resolve", test_resolve);
  g_test_add_func ("/clip-marks/handles", test_handles);
  g_test_add_func ("/clip-marks/loop", test_loop);

  return g_test_run ();
}
