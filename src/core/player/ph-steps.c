/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-steps.h"

/* The part of an idle stretch that is inside; of no length when none is. */
static PhSpan
get_idle (const PhSteps *steps,
          guint index)
{
  PhSpan idle = steps->idle[index];

  idle.begin = ph_span_clamp (steps->span, idle.begin);
  idle.end = ph_span_clamp (steps->span, idle.end);

  return idle;
}

PhSteps
ph_steps_new (PhSpan span,
              guint fps,
              guint speed,
              const PhSpan *idle,
              guint n_idle)
{
  PhSteps steps = { span, fps, speed, ph_span_length (span), n_idle, idle };

  g_return_val_if_fail (fps >= 1 && fps <= PH_STEPS_MAX_FPS, steps);
  g_return_val_if_fail (speed >= PH_STEPS_MIN_SPEED && speed <= PH_STEPS_MAX_SPEED, steps);

  for (guint i = 0; i < n_idle; i++)
    steps.length -= ph_span_length (get_idle (&steps, i));

  return steps;
}

guint64
ph_steps_count (const PhSteps *steps)
{
  PhTime unit = (PhTime) 1000 * steps->speed;
  PhTime n = (steps->length * steps->fps + unit - 1) / unit;

  return (guint64) MAX (n, 1);
}

/* The time when so much of the span was played. */
static PhTime
find_time (const PhSteps *steps,
           PhTime played)
{
  PhTime time = steps->span.begin + MIN (played, MAX (steps->length, 0));

  for (guint i = 0; i < steps->n_idle; i++)
    {
      PhSpan idle = get_idle (steps, i);

      if (idle.begin > time)
        break;

      time += ph_span_length (idle);
    }

  return MIN (time, steps->span.end);
}

PhTime
ph_steps_at (const PhSteps *steps,
             guint64 index)
{
  return find_time (steps, (PhTime) (index * 1000 * steps->speed / steps->fps));
}

PhTime
ph_steps_spread (const PhSteps *steps,
                 guint64 index,
                 guint64 n)
{
  if (n < 2)
    return find_time (steps, 0);

  return find_time (steps, steps->length * (PhTime) index / (PhTime) (n - 1));
}
