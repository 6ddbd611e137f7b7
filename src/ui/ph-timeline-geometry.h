/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-span.h"

G_BEGIN_DECLS

/*
 * All arithmetic between times and pixels of the time line, apart from any
 * widget: pure functions over plain values.
 */

/* A folded idle stretch is this wide, in pixels, however long it took. */
#define PH_AXIS_FOLD 20.0

/* A stretch of the axis that is either all idle or not idle at all. */
typedef struct
{
  PhSpan span;
  double begin, end; /* pixels */
  gboolean idle;
  gboolean folded; /* drawn narrower than it lasted */
} PhAxisPiece;

/*
 * Time laid out on a line. Without folding it is a scale like any other; with
 * it, long idle stretches are narrow and the rest has the room. Both ways it
 * never runs backwards. All zero is an empty axis; ph_axis_clear() frees.
 */
typedef struct
{
  PhSpan span;
  double left, width; /* pixels */
  guint n_pieces;
  PhAxisPiece *pieces;
} PhAxis;

/* @idle is sorted and without overlaps; parts outside @span are ignored. */
void ph_axis_init (PhAxis *axis,
                   PhSpan span,
                   const PhSpan *idle,
                   guint n_idle,
                   double left,
                   double width,
                   gboolean folded);
void ph_axis_clear (PhAxis *axis);

/* Both clamp to the axis. */
double ph_axis_to_x (const PhAxis *axis,
                     PhTime time);
PhTime ph_axis_from_x (const PhAxis *axis,
                       double x);
/* The piece under @x, or NULL when the axis is empty. */
const PhAxisPiece *ph_axis_piece_at (const PhAxis *axis,
                                     double x);

/* Marks too close to be told apart: shown as one, with a count. */
typedef struct
{
  double x;    /* of the first */
  guint first; /* index of the first */
  guint count; /* 1 or more, consecutive */
} PhMarkGroup;

/*
 * Puts the @n sorted @times in groups at least @reach pixels apart. @groups has
 * room for @n; returns how many there are.
 */
guint ph_axis_group (const PhAxis *axis,
                     const PhTime *times,
                     guint n,
                     double reach,
                     PhMarkGroup *groups);
/* The group nearest to @x and at most @radius away, or -1. */
int ph_axis_hit (const PhMarkGroup *groups,
                 guint n,
                 double x,
                 double radius);

/* How much went on from @begin to @end; at one time when the two are the same. */
typedef struct
{
  PhTime begin, end;
  guint n;
} PhAxisLoad;

/*
 * How much of the @n @loads falls on each of @n_bars equal parts of the axis, as
 * heights from 0 to 1: the square root of the share of the largest, so that quiet
 * parts beside a busy one can still be seen. What a load counts is spread evenly
 * over the room it takes; what is outside the axis is not counted.
 */
void ph_axis_histogram (const PhAxis *axis,
                        const PhAxisLoad *loads,
                        guint n,
                        float *bars,
                        guint n_bars);

/*
 * Where a recording will end of which there is @end and @progress (0 … 1) of the
 * archive so far. Stays at @before, the last answer, while that is not far off, so
 * that what stands on the axis moves seldom. Never less than @end.
 */
PhTime ph_axis_estimate_end (PhTime before,
                             PhTime end,
                             double progress);

/* How much of its size a page has when it is made to fit, at most 1. */
double ph_fit_scale (int page_width,
                     int page_height,
                     int width,
                     int height);

G_END_DECLS
