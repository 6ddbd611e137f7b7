/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-clip-queue.h"

G_BEGIN_DECLS

/*
 * A button of the header bar with the clips of a program behind it: how far they are, how
 * long it takes, and what can be done with those that are there. Not to be seen while there
 * are none.
 */
#define PH_TYPE_CLIP_LIST (ph_clip_list_get_type ())
G_DECLARE_FINAL_TYPE (PhClipList, ph_clip_list, PH, CLIP_LIST, GtkWidget)

GtkWidget *ph_clip_list_new (void);
/* NULL for none. */
void ph_clip_list_set_queue (PhClipList *self,
                             PhClipQueue *queue);

/* How far all of them are, 0 … 1; those that ended are there. 1 for none. */
double ph_clip_list_get_fraction (PhClipList *self);

/* What a row says of a clip below its name; the caller's. */
char *ph_clip_list_dup_status (PhClip *clip);

G_END_DECLS
