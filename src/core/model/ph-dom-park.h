/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-dom-build.h"

G_BEGIN_DECLS

/*
 * Pages of iframes that were recorded before their iframe was: they wait in the
 * page's state (PhPageState.parked) until it comes. For ph-dom-mutate.c and
 * ph-dom-build.c only.
 */

/*
 * Keeps the event that @build is about, whose Document belongs into the unknown
 * element @parent. FALSE when no more can be kept.
 */
gboolean ph_park (PhBuild *build,
                  gint32 parent);

/* Called with an element that has just come: puts into it what waits for it. */
void ph_unpark (PhBuild *build,
                PhSlot slot);

/* For copies of a PhPageState, and its end. */
GPtrArray *ph_parked_copy (GPtrArray *parked);
/* An empty list. */
GPtrArray *ph_parked_new (void);
/* @json is taken over. */
void ph_parked_add (GPtrArray *parked,
                    gint32 parent,
                    GRefString *json);

G_END_DECLS
