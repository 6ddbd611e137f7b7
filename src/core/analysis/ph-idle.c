/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-idle.h"

gboolean
ph_idle_is_activity (const PhEvent *event)
{
  if (event->type != PH_EVENT_INCREMENTAL)
    return FALSE;

  return (event->source >= PH_SOURCE_MOUSE_MOVE && event->source <= PH_SOURCE_TOUCH_MOVE) ||
         event->source == PH_SOURCE_DRAG;
}

void
ph_idle_add (GArray *spans,
             PhTime *last,
             PhTime time)
{
  PhSpan span = { *last + PH_IDLE_AFTER, time - PH_IDLE_BEFORE };

  if (time - *last > PH_IDLE_GAP)
    g_array_append_val (spans, span);

  *last = MAX (*last, time);
}
