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

static void
add_gap (GArray *spans,
         PhTime begin,
         PhTime end)
{
  PhSpan span = { begin + PH_IDLE_AFTER, end - PH_IDLE_BEFORE };

  if (end - begin > PH_IDLE_GAP)
    g_array_append_val (spans, span);
}

GArray *
ph_idle_find (const PhTime *times,
              guint n,
              PhSpan within)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (PhSpan));
  PhTime last = within.begin;

  for (guint i = 0; i < n; i++)
    {
      PhTime time = ph_span_clamp (within, times[i]);

      add_gap (spans, last, time);
      last = MAX (last, time);
    }

  add_gap (spans, last, within.end);

  return spans;
}
