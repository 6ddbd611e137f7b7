/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-web-stage.h"

G_BEGIN_DECLS

/*
 * A page as it is in pictures: CAIRO_FORMAT_ARGB32, without a clear spot as the stage has a
 * ground, of the size of a picture without the strip. What comes in another size is scaled.
 */
cairo_surface_t *ph_clip_page_new (int width,
                                   int height);

/* What was taken as a snapshot. */
void ph_clip_page_paint (cairo_surface_t *page,
                         GdkTexture *snapshot);
/* What the view of @stage shows: ph_web_stage_draw(). FALSE when that is nothing. */
gboolean ph_clip_page_paint_shown (cairo_surface_t *page,
                                   PhWebStage *stage);
/* Whether no spot is clear. */
gboolean ph_clip_page_is_whole (cairo_surface_t *page);
/* Whether both, of one size, have the same pixels. */
gboolean ph_clip_page_equal (cairo_surface_t *page,
                             cairo_surface_t *other);

G_END_DECLS
