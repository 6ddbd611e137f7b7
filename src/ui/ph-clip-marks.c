/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-clip-marks.h"

#include <math.h>

PhTime
ph_clip_marks_get (const PhClipMarks *marks,
                   PhClipSide side)
{
  return side == PH_CLIP_IN ? marks->in : marks->out;
}

gboolean
ph_clip_marks_get_span (const PhClipMarks *marks,
                        PhSpan *span)
{
  if (marks->in == PH_TIME_NONE || marks->out == PH_TIME_NONE)
    return FALSE;

  *span = (PhSpan) { marks->in, marks->out };

  return TRUE;
}

static void
put (PhClipMarks *marks,
     PhClipSide side,
     PhTime time)
{
  if (side == PH_CLIP_IN)
    marks->in = time;
  else
    marks->out = time;
}

void
ph_clip_marks_set (PhClipMarks *marks,
                   PhClipSide side,
                   PhTime time,
                   PhSpan all)
{
  PhClipSide other = side == PH_CLIP_IN ? PH_CLIP_OUT : PH_CLIP_IN;
  PhSpan before = { 0, 0 };
  PhTime length;

  /* One alone has no length that could stay. */
  ph_clip_marks_get_span (marks, &before);
  length = ph_span_length (before);
  time = ph_span_clamp (all, time);
  put (marks, side, time);
  marks->held = side;

  if (ph_clip_marks_get (marks, other) == PH_TIME_NONE || marks->in < marks->out)
    return;

  put (marks, other, ph_span_clamp (all, side == PH_CLIP_IN ? time + length : time - length));

  if (marks->in >= marks->out)
    put (marks, other, PH_TIME_NONE);
}

void
ph_clip_marks_drag (PhClipMarks *marks,
                    PhClipSide side,
                    PhTime time,
                    PhSpan all)
{
  PhSpan span;

  if (ph_clip_marks_get_span (marks, &span))
    {
      /* Those nearer than that already are not torn apart. */
      PhTime gap = MIN (PH_CLIP_MARKS_GAP, ph_span_length (span));

      if (side == PH_CLIP_IN)
        time = MIN (time, span.end - gap);
      else
        time = MAX (time, span.begin + gap);
    }

  put (marks, side, ph_span_clamp (all, time));
  marks->held = side;
}

/* As long as what nobody marked, or as there is room for. */
static PhSpan
default_from (PhTime begin,
              PhSpan all)
{
  PhSpan span;

  span.begin = MAX (MIN (begin, all.end - PH_CLIP_MARKS_DEFAULT), all.begin);
  span.end = MIN (span.begin + PH_CLIP_MARKS_DEFAULT, all.end);

  return span;
}

gboolean
ph_clip_marks_resolve (const PhClipMarks *marks,
                       PhTime position,
                       PhSpan all,
                       PhSpan *span)
{
  if (ph_clip_marks_get_span (marks, span))
    return TRUE;

  if (marks->in != PH_TIME_NONE)
    {
      PhTime end = position > marks->in ? position : marks->in + PH_CLIP_MARKS_DEFAULT;

      *span = (PhSpan) { marks->in, MIN (end, all.end) };
    }
  else if (marks->out != PH_TIME_NONE)
    {
      PhTime begin = position < marks->out ? position : marks->out - PH_CLIP_MARKS_DEFAULT;

      *span = (PhSpan) { MAX (begin, all.begin), marks->out };
    }
  else
    {
      *span = default_from (position - PH_CLIP_MARKS_DEFAULT / 2, all);
      return FALSE;
    }

  return TRUE;
}

PhTime
ph_clip_marks_snap (const PhAxis *axis,
                    double x,
                    PhTime position)
{
  if (fabs (ph_axis_to_x (axis, position) - x) <= PH_CLIP_SNAP)
    return position;

  return ph_axis_from_x (axis, x);
}

/* How far @x is from a handle's middle; a lot where there is none. */
static double
get_distance (const PhClipMarks *marks,
              PhClipSide side,
              const PhAxis *axis,
              double x)
{
  PhTime time = ph_clip_marks_get (marks, side);
  double half = PH_CLIP_HANDLE_WIDTH / 2;

  if (time == PH_TIME_NONE)
    return INFINITY;

  return fabs (ph_axis_to_x (axis, time) + (side == PH_CLIP_IN ? -half : half) - x);
}

gboolean
ph_clip_marks_hit (const PhClipMarks *marks,
                   const PhAxis *axis,
                   double x,
                   PhClipSide *side)
{
  double in = get_distance (marks, PH_CLIP_IN, axis, x);
  double out = get_distance (marks, PH_CLIP_OUT, axis, x);

  *side = in <= out ? PH_CLIP_IN : PH_CLIP_OUT;

  return MIN (in, out) <= PH_CLIP_HANDLE_WIDTH / 2 + PH_CLIP_HANDLE_SLACK;
}

PhTime
ph_clip_marks_loop (const PhClipMarks *marks,
                    PhTime before,
                    PhTime now,
                    gboolean reverse)
{
  PhSpan span;

  if (!ph_clip_marks_get_span (marks, &span))
    return PH_TIME_NONE;

  if (!reverse && before < span.end && now >= span.end && now > before)
    return span.begin;

  if (reverse && before > span.begin && now <= span.begin && now < before)
    return span.end;

  return PH_TIME_NONE;
}
