/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-web-stage.h"

G_BEGIN_DECLS

/*
 * Pages taken from what the view of a stage shows, which needs no painting but of what
 * changed (ph_web_stage_draw()). Whether the view is right is looked at whenever a snapshot
 * is taken as well: once it was not, it is not asked any more. The memory of pages is used
 * again: to give it back to the system and take it anew for each costs more than to paint.
 *
 * WebKit takes what a view shows for dispensable when its window is not in front: every ten
 * seconds it lets go of it, and has it painted once more. What is shown until then has clear
 * spots, which the stage's ground never has, and is not taken.
 */
typedef struct _PhClipView PhClipView;

PhClipView *ph_clip_view_new (PhWebStage *stage,
                              int width,
                              int height);
/* Pages that are still held stay. */
void ph_clip_view_free (PhClipView *view);

/* Compares a snapshot with what is shown at the same time. */
void ph_clip_view_check (PhClipView *view,
                         GdkTexture *snapshot);
/* FALSE before the first check, and once one failed. */
gboolean ph_clip_view_is_right (PhClipView *view);
/* FALSE once a check failed. */
gboolean ph_clip_view_may_be_right (PhClipView *view);

/*
 * After a step that was shown: the page (ph-clip-page.h), which nobody changes while it is
 * held, on any thread; NULL when it is as the one taken last. FALSE when not all of it is shown.
 */
gboolean ph_clip_view_take (PhClipView *view,
                            cairo_surface_t **page);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhClipView, ph_clip_view_free)

G_END_DECLS
