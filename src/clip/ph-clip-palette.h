/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * A picture in few colours, for GIFs. Pages are made of few: where all of them fit,
 * nothing is lost. Else the most frequent stay as they are, the others share what is
 * left, and between these a fixed pattern mixes: so a place that did not change looks
 * the same in the next picture, and text and grounds have no dots in them.
 */
#define PH_CLIP_COLOURS 255 /* and one that is none: as it was before */

typedef struct
{
  guint n_colours;
  guint8 colours[3 * (PH_CLIP_COLOURS + 1)]; /* red, green, blue */
  guint n_changed;                           /* pixels that have a colour */
  guint8 *indexes;                           /* of each pixel; n_colours: as it was before */
} PhClipIndexed;

/*
 * Rows of @width pixels follow each other without a gap; their highest eight bits do
 * not count. Pixels that are the same in @before, which may be NULL, get no colour.
 * @indexed has room for all of them and is written over.
 */
void ph_clip_index (const guint32 *pixels,
                    const guint32 *before,
                    int width,
                    int height,
                    PhClipIndexed *indexed);

G_END_DECLS
