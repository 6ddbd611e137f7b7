/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-web-stage.h"

G_BEGIN_DECLS

/*
 * A window that never comes to the screen: it gives the view of @stage a size in device
 * pixels, so that pictures of it can be taken.
 */
GtkWindow *ph_clip_holder_new (PhWebStage *stage,
                               int width,
                               int height);
void ph_clip_holder_destroy (GtkWindow *holder);

/*
 * A view that is mapped, in a window that is not, makes frames, which some of what a page
 * shows needs. It paints them as well, for nobody: so only for that long.
 */
void ph_clip_holder_set_mapped (PhWebStage *stage,
                                gboolean mapped);

G_END_DECLS
