/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-clock.h"

#include <math.h>

void
ph_clock_start (PhClock *clock,
                PhTime position,
                double rate)
{
  *clock = (PhClock) {
    .start_frame = PH_TIME_NONE,
    .last_frame = PH_TIME_NONE,
    .start = position,
    .rate = rate,
  };
}

void
ph_clock_move (PhClock *clock,
               PhTime position,
               double rate)
{
  gint64 frame = clock->last_frame;

  ph_clock_start (clock, position, rate);
  clock->start_frame = frame;
  clock->last_frame = frame;
}

/* The idle time jumped over when @played microseconds are played from @start. */
static PhTime
idle_before (PhTime start,
             PhTime played,
             const PhSpan *idle,
             guint n_idle)
{
  PhTime skipped = 0;

  for (guint i = 0; i < n_idle && start + played + skipped >= idle[i].begin; i++)
    {
      if (start < idle[i].end)
        skipped += idle[i].end - MAX (start, idle[i].begin);
    }

  return skipped;
}

/* The same when it is played backwards. */
static PhTime
idle_behind (PhTime start,
             PhTime played,
             const PhSpan *idle,
             guint n_idle)
{
  PhTime skipped = 0;

  for (guint i = n_idle; i > 0 && start - played - skipped <= idle[i - 1].end; i--)
    {
      if (start > idle[i - 1].begin)
        skipped += MIN (start, idle[i - 1].end) - idle[i - 1].begin;
    }

  return skipped;
}

PhTime
ph_clock_tick (PhClock *clock,
               gint64 frame_time,
               PhSpan within,
               const PhSpan *idle,
               guint n_idle,
               gboolean *jumped)
{
  gboolean is_back = clock->rate < 0;
  PhTime left = is_back ? clock->start - within.begin : within.end - clock->start;
  PhTime played = 0;
  PhTime skipped;

  if (clock->start_frame == PH_TIME_NONE)
    clock->start_frame = clock->last_frame = frame_time;

  if (frame_time - clock->last_frame > PH_CLOCK_MAX_FRAME)
    clock->start_frame += frame_time - clock->last_frame - PH_CLOCK_MAX_FRAME;

  clock->last_frame = MAX (clock->last_frame, frame_time);
  played = (PhTime) ((double) (clock->last_frame - clock->start_frame) * fabs (clock->rate));
  /* Keeps sums far from overflow; nothing is longer. */
  played = CLAMP (played, 0, MAX (left, 0));
  skipped = is_back ? idle_behind (clock->start, played, idle, n_idle)
                    : idle_before (clock->start, played, idle, n_idle);

  if (jumped != NULL)
    *jumped = skipped > clock->skipped;

  clock->skipped = skipped;

  if (is_back)
    return MAX (clock->start - played - skipped, within.begin);

  return MIN (clock->start + played + skipped, within.end);
}
