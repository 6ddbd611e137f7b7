/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-outlier.h"

PhStamp
ph_stamp (const PhEvent *event)
{
  return (PhStamp) { event->timestamp, (guint32) event->order,
                     event->type == PH_EVENT_FULL_SNAPSHOT };
}

/* The first event that stands close enough before the first full snapshot. */
static guint
find_lead (const PhStamp *stamps,
           guint n)
{
  guint snapshot = 0;
  guint begin = 0;

  while (snapshot < n && !stamps[snapshot].is_snapshot)
    snapshot++;

  if (snapshot == n)
    return 0;

  while (stamps[snapshot].timestamp - stamps[begin].timestamp > PH_OUTLIER_LEAD)
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

/* Rule 2. Between the two ends of @stamps @n_between more may have been left out. */
static void
find_apart (const PhStamp *stamps,
            guint n,
            guint n_between,
            guint *begin,
            guint *end)
{
  gboolean has_snapshot = FALSE;

  *begin = 0;
  *end = n;

  for (guint i = n; i > 1 && n - i < PH_OUTLIER_EVENTS; i--)
    {
      gint64 gap = stamps[i - 1].timestamp - stamps[i - 2].timestamp;

      has_snapshot |= stamps[i - 1].is_snapshot != 0;

      if (is_apart (gap, has_snapshot, n - i + 1, n + n_between))
        *end = i - 1;
    }

  has_snapshot = FALSE;

  for (guint i = 0; i + 1 < *end && i < PH_OUTLIER_EVENTS; i++)
    {
      gint64 gap = stamps[i + 1].timestamp - stamps[i].timestamp;

      has_snapshot |= stamps[i].is_snapshot != 0;

      if (is_apart (gap, has_snapshot, i + 1, *end + n_between))
        *begin = i + 1;
    }
}

void
ph_outliers_find (const PhStamp *stamps,
                  guint n,
                  guint *begin,
                  guint *end)
{
  guint first = find_lead (stamps, n);

  find_apart (stamps + first, n - first, 0, begin, end);
  *begin += first;
  *end += first;
}

void
ph_outlier_watch_add (PhOutlierWatch *watch,
                      PhStamp stamp)
{
  if (watch->n < PH_OUTLIER_WATCHED)
    watch->head[watch->n] = stamp;

  watch->tail[watch->n % PH_OUTLIER_WATCHED] = stamp;
  watch->n++;
}

gboolean
ph_outlier_watch_all_count (const PhOutlierWatch *watch)
{
  PhStamp stamps[2 * PH_OUTLIER_WATCHED];
  guint n = MIN (watch->n, 2 * PH_OUTLIER_WATCHED);
  guint begin;
  guint end;

  for (guint i = 0; i < n; i++)
    {
      if (i < PH_OUTLIER_WATCHED)
        stamps[i] = watch->head[i];
      else
        stamps[i] = watch->tail[(watch->n - n + i) % PH_OUTLIER_WATCHED];
    }

  find_apart (stamps, n, watch->n - n, &begin, &end);

  return begin == 0 && end == n;
}
