/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-asset-shelf.h"
#include "ph-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * Small pictures of a session at a few times, taken one after the other from a web view of
 * its own; of what is asked for at a place only the newest is made. Main thread only.
 * Signal `picture` (place as uint, GdkTexture).
 */
#define PH_TYPE_CLIP_PREVIEW (ph_clip_preview_get_type ())
G_DECLARE_FINAL_TYPE (PhClipPreview, ph_clip_preview, PH, CLIP_PREVIEW, GObject)

#define PH_CLIP_PREVIEW_PLACES 2

/* @assets may be NULL; @window as in PhClipOrder; a picture is @width × @height device pixels. */
PhClipPreview *ph_clip_preview_new (PhSession *session,
                                    PhAssetShelf *assets,
                                    guint32 window,
                                    int width,
                                    int height);
/* Nothing more comes. */
void ph_clip_preview_stop (PhClipPreview *self);

void ph_clip_preview_show (PhClipPreview *self,
                           guint place,
                           PhTime time);

/* The size of the page at @time, in CSS pixels; 0 × 0 when there is none. */
void ph_clip_preview_get_viewport (PhClipPreview *self,
                                   PhTime time,
                                   int *width,
                                   int *height);

G_END_DECLS
