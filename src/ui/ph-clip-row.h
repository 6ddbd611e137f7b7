/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-clip-queue.h"

G_BEGIN_DECLS

/* What is shown of one clip of @queue: its name, how far it is, what can be done with it. */
#define PH_TYPE_CLIP_ROW (ph_clip_row_get_type ())
G_DECLARE_FINAL_TYPE (PhClipRow, ph_clip_row, PH, CLIP_ROW, GtkListBoxRow)

GtkWidget *ph_clip_row_new (PhClipQueue *queue,
                            PhClip *clip);

G_END_DECLS
