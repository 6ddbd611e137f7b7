/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-ssim.h"

#define WINDOW 8
#define STEP 4

/* Keep a quotient from being that of two nothings. */
#define C1 (0.01 * 255 * 0.01 * 255)
#define C2 (0.03 * 255 * 0.03 * 255)

static double
compare_window (const guint8 *a,
                const guint8 *b,
                int stride)
{
  const double n = WINDOW * WINDOW;
  double sum_a = 0;
  double sum_b = 0;
  double sum_aa = 0;
  double sum_bb = 0;
  double sum_ab = 0;
  double mean_a;
  double mean_b;

  for (int y = 0; y < WINDOW; y++)
    for (int x = 0; x < WINDOW; x++)
      {
        double p = a[y * stride + x];
        double q = b[y * stride + x];

        sum_a += p;
        sum_b += q;
        sum_aa += p * p;
        sum_bb += q * q;
        sum_ab += p * q;
      }

  mean_a = sum_a / n;
  mean_b = sum_b / n;

  return (2 * mean_a * mean_b + C1) * (2 * (sum_ab / n - mean_a * mean_b) + C2) /
         ((mean_a * mean_a + mean_b * mean_b + C1) *
          (sum_aa / n - mean_a * mean_a + sum_bb / n - mean_b * mean_b + C2));
}

double
ph_ssim (const guint8 *a,
         const guint8 *b,
         int width,
         int height)
{
  double sum = 0;
  guint n = 0;

  for (int y = 0; y + WINDOW <= height; y += STEP)
    for (int x = 0; x + WINDOW <= width; x += STEP)
      {
        sum += compare_window (a + y * width + x, b + y * width + x, width);
        n++;
      }

  return n > 0 ? sum / n : 0;
}

void
ph_ssim_grey (const guint32 *pixels,
              gsize n,
              guint8 *grey)
{
  for (gsize i = 0; i < n; i++)
    grey[i] = (guint8) (((pixels[i] >> 16 & 0xff) * 54 + (pixels[i] >> 8 & 0xff) * 183 +
                         (pixels[i] & 0xff) * 19) >>
                        8);
}
