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
 * Adds to @spans (PhSpan) the stretch between *@last, when the user last did
 * something, and @time, if it is one; *@last becomes @time. To be called with the
 * times of what the user did, ascending, and at last with the session's end.
 */
void ph_idle_add (GArray *spans,
                  PhTime *last,
                  PhTime time);

G_END_DECLS
