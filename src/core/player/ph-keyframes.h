/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-dom.h"

G_BEGIN_DECLS

/*
 * Pages kept on the way, to start from when somebody goes back: so that a seek
 * costs a bounded amount of work, however long the session is. They are made
 * where a cursor comes past, spaced by work and not by time, and held in memory
 * within PH_KEYFRAMES_NODES nodes: when there are more, every other one goes and
 * the rest stand twice as far apart.
 *
 * A keyframe is named by its window, the full snapshot it grew from, and the
 * event to apply next to it.
 */
typedef struct _PhKeyframes PhKeyframes;

/* Bytes of event text between two of them at first: a few milliseconds of applying. */
#define PH_KEYFRAMES_WORK ((gsize) 512 * 1024)
/* Nodes of all of them together, at about a hundred bytes each. */
#define PH_KEYFRAMES_NODES 1000000

PhKeyframes *ph_keyframes_new (void);
void ph_keyframes_free (PhKeyframes *keyframes);

/* How much work should lie between two of them now. */
gsize ph_keyframes_get_spacing (const PhKeyframes *keyframes);
guint ph_keyframes_get_n (const PhKeyframes *keyframes);

/*
 * The page with the highest @next that is not after @end, or NULL. It belongs to
 * @keyframes and lives until the next ph_keyframes_add(): copy it.
 */
const PhDom *ph_keyframes_find (const PhKeyframes *keyframes,
                                guint32 window,
                                guint base,
                                guint end,
                                guint *next);

/* Keeps a copy of @dom. */
void ph_keyframes_add (PhKeyframes *keyframes,
                       guint32 window,
                       guint base,
                       guint next,
                       const PhDom *dom);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhKeyframes, ph_keyframes_free)

G_END_DECLS
