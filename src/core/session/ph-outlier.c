/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-outlier.h"

static gboolean
is_snapshot (const PhEvent *event)
{
  return event->type == PH_EVENT_FULL_SNAPSHOT;
}

/* The first event that stands close enough before the first full snapshot. */
static guint
find_lead (const PhEvent *events,
           guint n)
{
  guint snapshot = 0;
  guint begin = 0;

  while (snapshot < n && !is_snapshot (&events[snapshot]))
    snapshot++;

  if (snapshot == n)
    return 0;

  while (events[snapshot].timestamp - events[begin].timestamp > PH_OUTLIER_LEAD)
    begin++;

  return begin;
}

/* Whether @n_apart of @n events, parted from the others by @gap, do not count. */
static gboolean
is_apart (gint64 gap,
          gboolean has_snapshot,
          guint n_apart,
          guint n)
{
  if (has_snapshot)
    return gap > PH_OUTLIER_FAR && n_apart < n - n_apart;

  return gap > PH_OUTLIER_GAP;
}

void
ph_outliers_find (const PhEvent *events,
                  guint n,
                  guint *begin,
                  guint *end)
{
  guint first = find_lead (events, n);
  guint last = n;
  gboolean has_snapshot = FALSE;

  for (guint i = n; i > first + 1 && n - i < PH_OUTLIER_EVENTS; i--)
    {
      gint64 gap = events[i - 1].timestamp - events[i - 2].timestamp;

      has_snapshot |= is_snapshot (&events[i - 1]);

      if (is_apart (gap, has_snapshot, n - i + 1, n - first))
        last = i - 1;
    }

  has_snapshot = FALSE;
  *begin = first;
  *end = last;

  for (guint i = first; i + 1 < last && i - first < PH_OUTLIER_EVENTS; i++)
    {
      gint64 gap = events[i + 1].timestamp - events[i].timestamp;

      has_snapshot |= is_snapshot (&events[i]);

      if (is_apart (gap, has_snapshot, i - first + 1, last - first))
        *begin = i + 1;
    }
}
