/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-outline.h"

G_BEGIN_DECLS

/*
 * Goes through a session's events, in the order they are applied in, and finds
 * out what is in there. On the way it has the page of each window.
 */
typedef struct _PhWalk PhWalk;

/* Findings about the events are added to @health, which may be NULL and outlives the walk. */
PhWalk *ph_walk_new (gint64 start_time,
                     PhHealth *health);
void ph_walk_free (PhWalk *walk);

/* The next event, its time set. */
void ph_walk_add (PhWalk *walk,
                  const PhEvent *event);

/* Events added. */
guint ph_walk_get_n (const PhWalk *walk);
/* The page of a window that has had an event; it belongs to the walk. */
const PhDom *ph_walk_get_dom (const PhWalk *walk,
                              guint32 window);
/* The full snapshots of such a window so far (PhSnapshot). */
const GArray *ph_walk_get_snapshots (const PhWalk *walk,
                                     guint32 window);
/* Whether there is a page to show by now. */
gboolean ph_walk_has_picture (const PhWalk *walk);

/*
 * What is known by now, as of a session that ends at @end, @title being its name
 * when it has none of its own. The caller's. Its health is what @health has by now.
 */
PhOutline *ph_walk_get_outline (const PhWalk *walk,
                                PhTime end,
                                const char *title);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhWalk, ph_walk_free)

G_END_DECLS
