/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-timeline-geometry.h"

#include <math.h>

/* Folds never take more than this share of the line. */
#define FOLD_SHARE 0.5

static void
add_piece (GArray *pieces,
           PhTime begin,
           PhTime end,
           gboolean idle)
{
  PhAxisPiece piece = { .span = { begin, end }, .idle = idle };

  if (end > begin)
    g_array_append_val (pieces, piece);
}

static GArray *
cut_pieces (PhSpan span,
            const PhSpan *idle,
            guint n_idle)
{
  GArray *pieces = g_array_new (FALSE, FALSE, sizeof (PhAxisPiece));
  PhTime at = span.begin;

  for (guint i = 0; i < n_idle; i++)
    {
      PhTime begin = MAX (idle[i].begin, at);
      PhTime end = MIN (idle[i].end, span.end);

      if (end <= begin)
        continue;

      add_piece (pieces, at, begin, FALSE);
      add_piece (pieces, begin, end, TRUE);
      at = end;
    }

  add_piece (pieces, at, span.end, FALSE);

  return pieces;
}

/*
 * Decides which idle pieces are folded: those that would be wider than a fold
 * at the scale the others get. Unfolding one changes the scale, so it is looked
 * at again until nothing changes; every round unfolds at least one.
 * Returns pixels per microsecond of what is not folded.
 */
static double
fold_pieces (PhAxisPiece *pieces,
             guint n,
             double width,
             double *fold)
{
  for (guint i = 0; i < n; i++)
    pieces[i].folded = pieces[i].idle;

  while (TRUE)
    {
      double time = 0;
      double scale;
      guint n_folds = 0;
      gboolean changed = FALSE;

      for (guint i = 0; i < n; i++)
        {
          if (pieces[i].folded)
            n_folds++;
          else
            time += (double) ph_span_length (pieces[i].span);
        }

      *fold = n_folds == 0 ? 0 : MIN (PH_AXIS_FOLD, width * FOLD_SHARE / n_folds);
      scale = time > 0 ? (width - *fold * n_folds) / time : 0;

      for (guint i = 0; i < n; i++)
        {
          double natural = (double) ph_span_length (pieces[i].span) * scale;

          /* With nothing but idle time there is nothing to make room for. */
          if (pieces[i].folded && (time <= 0 || natural <= *fold))
            {
              pieces[i].folded = FALSE;
              changed = TRUE;
            }
        }

      if (!changed)
        return scale;
    }
}

void
ph_axis_init (PhAxis *axis,
              PhSpan span,
              const PhSpan *idle,
              guint n_idle,
              double left,
              double width,
              gboolean folded)
{
  GArray *pieces = cut_pieces (span, idle, n_idle);
  double x = left;
  double fold = 0;
  double scale = 0;

  *axis = (PhAxis) { .span = span, .left = left, .width = MAX (width, 0) };
  axis->n_pieces = pieces->len;
  axis->pieces = (PhAxisPiece *) (gpointer) g_array_free (pieces, FALSE);

  if (folded)
    scale = fold_pieces (axis->pieces, axis->n_pieces, axis->width, &fold);
  else if (ph_span_length (span) > 0)
    scale = axis->width / (double) ph_span_length (span);

  for (guint i = 0; i < axis->n_pieces; i++)
    {
      PhAxisPiece *piece = &axis->pieces[i];

      piece->begin = x;
      x += piece->folded ? fold : (double) ph_span_length (piece->span) * scale;
      piece->end = x;
    }

  if (axis->n_pieces > 0)
    axis->pieces[axis->n_pieces - 1].end = left + axis->width;
}

void
ph_axis_clear (PhAxis *axis)
{
  g_clear_pointer (&axis->pieces, g_free);
  axis->n_pieces = 0;
}

static const PhAxisPiece *
piece_of_time (const PhAxis *axis,
               PhTime time)
{
  guint low = 0;
  guint high = axis->n_pieces;

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (axis->pieces[middle].span.begin <= time)
        low = middle;
      else
        high = middle;
    }

  return axis->n_pieces == 0 ? NULL : &axis->pieces[low];
}

const PhAxisPiece *
ph_axis_piece_at (const PhAxis *axis,
                  double x)
{
  guint low = 0;
  guint high = axis->n_pieces;

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (axis->pieces[middle].begin <= x)
        low = middle;
      else
        high = middle;
    }

  return axis->n_pieces == 0 ? NULL : &axis->pieces[low];
}

double
ph_axis_to_x (const PhAxis *axis,
              PhTime time)
{
  const PhAxisPiece *piece = piece_of_time (axis, ph_span_clamp (axis->span, time));

  if (piece == NULL)
    return axis->left;

  return piece->begin + ph_span_to_x (piece->span, time, piece->end - piece->begin);
}

PhTime
ph_axis_from_x (const PhAxis *axis,
                double x)
{
  const PhAxisPiece *piece;

  x = CLAMP (x, axis->left, axis->left + axis->width);
  piece = ph_axis_piece_at (axis, x);
  if (piece == NULL)
    return axis->span.begin;

  return ph_span_from_x (piece->span, x - piece->begin, piece->end - piece->begin);
}

guint
ph_axis_group (const PhAxis *axis,
               const PhTime *times,
               guint n,
               double reach,
               PhMarkGroup *groups)
{
  guint n_groups = 0;

  for (guint i = 0; i < n; i++)
    {
      double x = ph_axis_to_x (axis, times[i]);

      if (n_groups > 0 && x - groups[n_groups - 1].x < reach)
        groups[n_groups - 1].count++;
      else
        groups[n_groups++] = (PhMarkGroup) { .x = x, .first = i, .count = 1 };
    }

  return n_groups;
}

int
ph_axis_hit (const PhMarkGroup *groups,
             guint n,
             double x,
             double radius)
{
  int best = -1;

  for (guint i = 0; i < n; i++)
    {
      double distance = fabs (groups[i].x - x);

      if (distance <= radius && (best < 0 || distance < fabs (groups[best].x - x)))
        best = (int) i;
    }

  return best;
}

/* Adds @n to the bars between two places, counted in bars from the left end. */
static void
spread (float *bars,
        guint n_bars,
        double begin,
        double end,
        guint n)
{
  guint first = MIN ((guint) MAX (begin, 0), n_bars - 1);
  guint last = MIN ((guint) MAX (end, 0), n_bars - 1);
  double each = n / MAX (end - begin, 1e-9);

  if (first == last)
    {
      bars[first] += (float) n;
      return;
    }

  bars[first] += (float) ((first + 1 - begin) * each);
  for (guint i = first + 1; i < last; i++)
    bars[i] += (float) each;
  bars[last] += (float) (MIN (end - last, 1) * each);
}

void
ph_axis_histogram (const PhAxis *axis,
                   const PhAxisLoad *loads,
                   guint n,
                   float *bars,
                   guint n_bars)
{
  double largest = 0;
  double scale;

  for (guint i = 0; i < n_bars; i++)
    bars[i] = 0;

  if (n_bars == 0 || axis->width <= 0)
    return;

  scale = n_bars / axis->width;
  for (guint i = 0; i < n; i++)
    {
      if (loads[i].end < axis->span.begin || loads[i].begin > axis->span.end)
        continue;

      spread (bars, n_bars, (ph_axis_to_x (axis, loads[i].begin) - axis->left) * scale,
              (ph_axis_to_x (axis, loads[i].end) - axis->left) * scale, loads[i].n);
    }

  for (guint i = 0; i < n_bars; i++)
    largest = MAX (largest, (double) bars[i]);
  for (guint i = 0; i < n_bars && largest > 0; i++)
    bars[i] = (float) sqrt ((double) bars[i] / largest);
}

/* No estimate is further away than this many times what is there. */
#define MOST_TIMES_AHEAD 20.0
#define FAR_OFF 1.25

PhTime
ph_axis_estimate_end (PhTime before,
                      PhTime end,
                      double progress)
{
  double share = progress > 1 / MOST_TIMES_AHEAD ? MIN (progress, 1) : 1 / MOST_TIMES_AHEAD;
  double guess = (double) end / share;

  if (end <= 0 || progress >= 1)
    return MAX (end, 0);

  if (before >= end && (double) before * FAR_OFF >= guess && (double) before <= guess * FAR_OFF)
    return before;

  /* As a double the largest times are a little larger. */
  return guess < (double) (G_MAXINT64 / 2) ? MAX ((PhTime) guess, end) : end;
}

double
ph_fit_scale (int page_width,
              int page_height,
              int width,
              int height)
{
  if (page_width <= 0 || page_height <= 0 || width <= 0 || height <= 0)
    return 1;

  return MIN (1, MIN ((double) width / page_width, (double) height / page_height));
}
