/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-clip-pixels.h"

/* Rows are gone over in pieces of this many pixels: loops of one shape, that compilers unroll. */
#define PIECE 64

/*
 * Of each matrix, in 1/256: how much of red, green and blue is in Y′, and of colours less
 * their luma in Cb and Cr. Sixteen bits hold every sum: compilers then do eight at once.
 */
typedef struct
{
  guint16 y[3];
  gint16 cb[3];
  gint16 cr[3];
} Factors;

static const Factors factors[] = {
  [PH_CLIP_BT601] = { { 66, 129, 25 }, { -38, -74, 112 }, { 112, -94, -18 } },
  [PH_CLIP_BT709] = { { 47, 157, 16 }, { -26, -86, 112 }, { 112, -102, -10 } },
};

static void
convert_luma (const guint32 *restrict from,
              int n,
              const Factors *f,
              guint8 *restrict to)
{
  const guint16 r = f->y[0];
  const guint16 g = f->y[1];
  const guint16 b = f->y[2];

  for (int i = 0; i < n; i++)
    {
      guint16 red = from[i] >> 16 & 0xff;
      guint16 green = from[i] >> 8 & 0xff;
      guint16 blue = from[i] & 0xff;
      guint16 sum = (guint16) (r * red + g * green + b * blue + 128);

      to[i] = (guint8) ((sum >> 8) + 16);
    }
}

/* @n colours, of twice as many pixels in two rows. */
static void
convert_colour (const guint32 *restrict upper,
                const guint32 *restrict lower,
                int n,
                const Factors *f,
                guint8 *restrict cb,
                guint8 *restrict cr)
{
  gint16 red[PIECE];
  gint16 green[PIECE];
  gint16 blue[PIECE];

  for (int i = 0; i < n; i++)
    {
      /* Two channels at a time: sums of four bytes do not reach into each other. */
      guint32 outer = (upper[2 * i] & 0xff00ff) + (upper[2 * i + 1] & 0xff00ff) +
                      (lower[2 * i] & 0xff00ff) + (lower[2 * i + 1] & 0xff00ff) + 0x020002;
      guint32 inner = (upper[2 * i] >> 8 & 0xff) + (upper[2 * i + 1] >> 8 & 0xff) +
                      (lower[2 * i] >> 8 & 0xff) + (lower[2 * i + 1] >> 8 & 0xff) + 2;

      red[i] = (gint16) (outer >> 18);
      green[i] = (gint16) (inner >> 2);
      blue[i] = (gint16) ((outer & 0xffff) >> 2);
    }

  for (int i = 0; i < n; i++)
    {
      gint16 b = (gint16) (f->cb[0] * red[i] + f->cb[1] * green[i] + f->cb[2] * blue[i] + 128);
      gint16 r = (gint16) (f->cr[0] * red[i] + f->cr[1] * green[i] + f->cr[2] * blue[i] + 128);

      cb[i] = (guint8) ((b >> 8) + 128);
      cr[i] = (guint8) ((r >> 8) + 128);
    }
}

void
ph_clip_pixels_to_yuv (const guint8 *pixels,
                       int stride,
                       int width,
                       int height,
                       PhClipMatrix matrix,
                       const PhClipPlanes *planes)
{
  const Factors *f = &factors[matrix];

  g_return_if_fail (width % 2 == 0 && height % 2 == 0);

  for (int y = 0; y < height; y += 2)
    {
      /* cairo aligns its rows. */
      const guint32 *upper = (const guint32 *) (gconstpointer) (pixels + (gsize) y * stride);
      const guint32 *lower = (const guint32 *) (gconstpointer) (pixels + (gsize) (y + 1) * stride);
      guint8 *luma = planes->data[0] + (gsize) y * planes->stride[0];
      guint8 *cb = planes->data[1] + (gsize) (y / 2) * planes->stride[1];
      guint8 *cr = planes->data[2] + (gsize) (y / 2) * planes->stride[2];

      convert_luma (upper, width, f, luma);
      convert_luma (lower, width, f, luma + planes->stride[0]);

      for (int x = 0; x < width / 2; x += PIECE)
        convert_colour (upper + 2 * x, lower + 2 * x, MIN (PIECE, width / 2 - x), f, cb + x,
                        cr + x);
    }
}
