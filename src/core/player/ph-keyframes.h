/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-dom.h"

G_BEGIN_DECLS

/*
 * Pages kept on the way, to start from when somebody goes back: so that a seek
 * costs less than reading the stored one before it and applying all that
 * follows. They are made where a cursor comes past, spaced by work and not by
 * time, and held in memory within PH_KEYFRAMES_BYTES: when there are more, those
 * go that were of no use for the longest time.
 *
 * A keyframe is named by its window, the full snapshot it grew from, and the
 * event to apply next to it.
 */
typedef struct _PhKeyframes PhKeyframes;

/* Bytes of event text between two of them: two milliseconds of applying. */
#define PH_KEYFRAMES_WORK ((gsize) 512 * 1024)
/* All of them together, as if none of their texts were shared. */
#define PH_KEYFRAMES_BYTES ((gsize) 16 * 1024 * 1024)

PhKeyframes *ph_keyframes_new (void);
void ph_keyframes_free (PhKeyframes *keyframes);

guint ph_keyframes_get_n (const PhKeyframes *keyframes);

/*
 * The page with the highest @next that is not after @end, or NULL. It belongs to
 * @keyframes and lives until the next ph_keyframes_add(): copy it.
 */
const PhDom *ph_keyframes_find (PhKeyframes *keyframes,
                                guint32 window,
                                guint base,
                                guint end,
                                guint *next);

/* Keeps a copy of @dom, if it leaves room for another one. */
void ph_keyframes_add (PhKeyframes *keyframes,
                       guint32 window,
                       guint base,
                       guint next,
                       const PhDom *dom);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhKeyframes, ph_keyframes_free)

G_END_DECLS
