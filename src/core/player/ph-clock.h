/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-span.h"

G_BEGIN_DECLS

/*
 * Turns the time of frames into the time of the recording: a value without a
 * clock of its own. Where a run has come to depends on when it started and on
 * the frame's time only, not on how many frames there were, so a slow machine
 * plays exactly as fast as a quick one.
 *
 * A negative rate plays backwards. Idle stretches take no time: whoever comes to
 * the begin of one goes on at its end, and backwards the other way round. What
 * must be seen before the next action is left out of the stretch by
 * whoever made it (ph-idle.h).
 */
typedef struct
{
  gint64 start_frame; /* PH_TIME_NONE while it stands or waits for its first frame */
  gint64 last_frame;
  PhTime start;   /* position at start_frame */
  PhTime skipped; /* idle time jumped over since then */
  double rate;
} PhClock;

/* A gap between two frames counts for this much at most: the machine slept, or we did. */
#define PH_CLOCK_MAX_FRAME PH_SECOND

/* Starts at @position with the next frame. */
void ph_clock_start (PhClock *clock,
                     PhTime position,
                     double rate);
/* Goes on from @position without losing a frame: after a seek, or at another rate. */
void ph_clock_move (PhClock *clock,
                    PhTime position,
                    double rate);

/*
 * The position at @frame_time, in microseconds of any clock that never goes
 * back; never outside @within. @idle is sorted; pass none to play idle time as it
 * was. @jumped, which may be NULL, says that an idle stretch was jumped over
 * since the last frame.
 */
PhTime ph_clock_tick (PhClock *clock,
                      gint64 frame_time,
                      PhSpan within,
                      const PhSpan *idle,
                      guint n_idle,
                      gboolean *jumped);

G_END_DECLS
