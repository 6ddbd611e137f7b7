/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * How alike two grey pictures look: 1 when they are the same, near 0 when they have nothing
 * in common. The mean of the structural similarity (Wang et al., 2004) of windows of 8 × 8
 * pixels, every fourth of them. Rows follow each other without a gap.
 */
double ph_ssim (const guint8 *a,
                const guint8 *b,
                int width,
                int height);

/* The grey of pixels as cairo has them, 0xXXRRGGBB. @grey has room for them. */
void ph_ssim_grey (const guint32 *pixels,
                   gsize n,
                   guint8 *grey);

G_END_DECLS
