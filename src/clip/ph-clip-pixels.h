/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Pictures are rows of pixels as cairo has them: 32 bits, 0xXXRRGGBB in the machine's order. */

typedef enum
{
  PH_CLIP_BT601,
  PH_CLIP_BT709,
} PhClipMatrix;

/* Where the planes of a picture in Y′CbCr 4:2:0, limited range, are, and how long rows are. */
typedef struct
{
  guint8 *data[3];
  int stride[3];
} PhClipPlanes;

/*
 * @width and @height are even. Colours are taken from the four pixels they cover. The
 * greatest error of a value is 1.
 */
void ph_clip_pixels_to_yuv (const guint8 *pixels,
                            int stride,
                            int width,
                            int height,
                            PhClipMatrix matrix,
                            const PhClipPlanes *planes);

G_END_DECLS
