/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-event.h"

G_BEGIN_DECLS

/*
 * Which events make the time line. Clocks jump, recorders write a last word
 * days later, and changes arrive for a page nobody recorded: such events are
 * kept and applied, but the time line does not stretch out to them. A pure
 * function of the sorted events.
 *
 * 1. What happened more than PH_OUTLIER_LEAD before the first full snapshot
 *    does not count: there is nothing to see yet.
 * 2. Up to PH_OUTLIER_EVENTS events at either end do not count when a gap of
 *    more than PH_OUTLIER_GAP parts them from the rest; when one of them is a
 *    full snapshot, so that there is a page to see, only when the gap is longer
 *    than PH_OUTLIER_FAR and they are the smaller part.
 */
#define PH_OUTLIER_LEAD (5 * PH_SECOND)
#define PH_OUTLIER_EVENTS 10
#define PH_OUTLIER_GAP ((PhTime) 3 * 3600 * PH_SECOND)
#define PH_OUTLIER_FAR ((PhTime) 30 * 86400 * PH_SECOND)

/* What of an event decides. */
typedef struct
{
  gint64 timestamp;
  guint32 order;
  guint32 is_snapshot;
} PhStamp;

PhStamp ph_stamp (const PhEvent *event);

/* Stamps @begin up to but not including @end count; at least one does when there is one. */
void ph_outliers_find (const PhStamp *stamps,
                       guint n,
                       guint *begin,
                       guint *end);

/*
 * The same question of events that go by and are not kept: whether all of them
 * count. The first to be added is the first that counts by rule 1.
 */
#define PH_OUTLIER_WATCHED (PH_OUTLIER_EVENTS + 1)

typedef struct
{
  PhStamp head[PH_OUTLIER_WATCHED];
  PhStamp tail[PH_OUTLIER_WATCHED]; /* stamp i is at i modulo its length */
  guint n;
} PhOutlierWatch;

void ph_outlier_watch_add (PhOutlierWatch *watch,
                           PhStamp stamp);
gboolean ph_outlier_watch_all_count (const PhOutlierWatch *watch);

G_END_DECLS
