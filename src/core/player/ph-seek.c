/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-seek.h"

void
ph_seek_to (PhSeek *seek,
            PhTime target)
{
  /* PH_TIME_NONE means “none” in here; as a target it is simply the beginning. */
  *seek = (PhSeek) { .target = MAX (target, PH_TIME_NONE + 1) };
}

static PhTime
add_saturated (PhTime a,
               PhTime b)
{
  PhTime sum;

  if (__builtin_add_overflow (a, b, &sum))
    return b > 0 ? G_MAXINT64 : G_MININT64;

  return sum;
}

void
ph_seek_by (PhSeek *seek,
            PhTime offset)
{
  seek->offset = add_saturated (seek->offset, offset);
}

gboolean
ph_seek_is_wanted (const PhSeek *seek)
{
  return seek->target != PH_TIME_NONE || seek->offset != 0;
}

gboolean
ph_seek_take (PhSeek *seek,
              PhTime now,
              PhSpan within,
              PhTime *target)
{
  PhTime from = seek->target != PH_TIME_NONE ? seek->target : now;

  if (!ph_seek_is_wanted (seek))
    return FALSE;

  from = ph_span_clamp (within, from);
  *target = ph_span_clamp (within, add_saturated (from, seek->offset));
  *seek = PH_SEEK_INIT;

  return TRUE;
}
