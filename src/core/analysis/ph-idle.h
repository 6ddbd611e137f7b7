/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-event.h"

G_BEGIN_DECLS

/*
 * Stretches of time in which the user did nothing for long. Pure functions.
 *
 * What counts as doing something is rrweb's rule (its replayer's “user
 * interaction”, sources 1 to 5), and touch moves and drags, which rrweb forgets.
 */

/* A pause longer than this is an idle stretch. */
#define PH_IDLE_GAP (10 * PH_SECOND)
/* What stays on either side of it: effects of the last action are seen … */
#define PH_IDLE_AFTER (1 * PH_SECOND)
/* … and movements that are written down up to half a second late are not cut. */
#define PH_IDLE_BEFORE (1 * PH_SECOND)

gboolean ph_idle_is_activity (const PhEvent *event);

/*
 * The idle stretches (PhSpan) inside @within, sorted and apart from each other,
 * given the sorted times of what the user did.
 */
GArray *ph_idle_find (const PhTime *times,
                      guint n,
                      PhSpan within);

G_END_DECLS
