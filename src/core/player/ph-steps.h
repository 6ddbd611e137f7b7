/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-span.h"

G_BEGIN_DECLS

/*
 * Which times of a recording the pictures of a film show, so many a second: a
 * value that reads no clock, in whole numbers throughout. Where picture k stands
 * depends on k only, not on the pictures before it, so nothing adds up.
 *
 * Idle stretches take no time, as in ph-clock.h: whoever comes to the begin of
 * one goes on at its end.
 */
typedef struct
{
  PhSpan span;
  guint fps;          /* pictures a second of the film */
  guint speed;        /* thousandths: 2000 plays twice as fast */
  PhTime length;      /* of the span that is played, idle time left out */
  guint n_idle;       /* 0 plays idle time as it was */
  const PhSpan *idle; /* sorted, apart from each other; not copied */
} PhSteps;

#define PH_STEPS_MAX_FPS 60
#define PH_STEPS_SPEED 1000
#define PH_STEPS_MIN_SPEED 100
#define PH_STEPS_MAX_SPEED 100000

/* @fps from 1 to 60, @speed from 0.1 to 100, in thousandths. */
PhSteps ph_steps_new (PhSpan span,
                      guint fps,
                      guint speed,
                      const PhSpan *idle,
                      guint n_idle);

/* How many pictures the film has: at least one; the last is before the span's end. */
guint64 ph_steps_count (const PhSteps *steps);

/* The time that picture @index shows, microseconds rounded down, never outside the span. */
PhTime ph_steps_at (const PhSteps *steps,
                    guint64 index);

/*
 * The time of picture @index of @n that are spread evenly: the first is the span's begin,
 * the last its end.
 */
PhTime ph_steps_spread (const PhSteps *steps,
                        guint64 index,
                        guint64 n);

G_END_DECLS
