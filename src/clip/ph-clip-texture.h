/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * The pixels of a texture, premultiplied, as cairo has them; NULL when @texture is not in
 * this process's memory, or not such. GTK before 4.10 has no other way to them than
 * gdk_texture_download(), which takes every value to floating point and back: 15 ms for
 * 1280 × 720, and a clip has thousands. So this looks into the object, at places found by
 * looking into one whose contents are known; whoever uses it compares once.
 *
 * The bytes are @texture's own and are not to be changed.
 */
const guint8 *ph_clip_texture_peek (GdkTexture *texture,
                                    int *stride);

/*
 * A picture of the same pixels: those of the texture, which must live as long, or a copy.
 */
cairo_surface_t *ph_clip_texture_to_surface (GdkTexture *texture);

G_END_DECLS
