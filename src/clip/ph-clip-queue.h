/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-clip.h"

G_BEGIN_DECLS

/*
 * Clips that are made one after the other, in the order they were added: two at a time would
 * only be half as fast each. A GListModel of PhClip, in that order; those that ended stay
 * until they are removed. One for a whole program. Main thread only.
 */
#define PH_TYPE_CLIP_QUEUE (ph_clip_queue_get_type ())
G_DECLARE_FINAL_TYPE (PhClipQueue, ph_clip_queue, PH, CLIP_QUEUE, GObject)

PhClipQueue *ph_clip_queue_new (void);

/* One that waits; it is started when those before it have ended. */
void ph_clip_queue_add (PhClipQueue *self,
                        PhClip *clip);
/* One that waits or runs is cancelled. */
void ph_clip_queue_remove (PhClipQueue *self,
                           PhClip *clip);
/* Waiting and running ones, which an end of the program would cancel. */
guint ph_clip_queue_get_n_left (PhClipQueue *self);

G_END_DECLS
