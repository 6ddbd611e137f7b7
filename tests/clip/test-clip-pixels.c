/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-clip-pixels.h"

#include <math.h>
#include <stdlib.h>

#define WIDTH 150 /* more than one piece, and a part of one */
#define HEIGHT 6

typedef struct
{
  guint32 pixels[WIDTH * HEIGHT];
  guint8 planes[3][WIDTH * HEIGHT];
} Picture;

static void
convert (Picture *picture,
         PhClipMatrix matrix)
{
  const PhClipPlanes planes = {
    .data = { picture->planes[0], picture->planes[1], picture->planes[2] },
    .stride = { WIDTH, WIDTH / 2, WIDTH / 2 },
  };

  ph_clip_pixels_to_yuv ((const guint8 *) picture->pixels, WIDTH * 4, WIDTH, HEIGHT, matrix,
                         &planes);
}

/* As the recommendations have it, in floating point. */
static void
check (const Picture *picture,
       double kr,
       double kb)
{
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      {
        guint32 pixel = picture->pixels[y * WIDTH + x];
        double luma = kr * (pixel >> 16 & 0xff) + (1 - kr - kb) * (pixel >> 8 & 0xff) +
                      kb * (pixel & 0xff);

        g_assert_cmpfloat_with_epsilon (picture->planes[0][y * WIDTH + x],
                                        16 + luma * 219 / 255, 1.5);
      }

  for (int y = 0; y < HEIGHT / 2; y++)
    for (int x = 0; x < WIDTH / 2; x++)
      {
        double c[3] = { 0 };
        double luma;

        for (int i = 0; i < 4; i++)
          {
            guint32 pixel = picture->pixels[(2 * y + i / 2) * WIDTH + 2 * x + i % 2];

            for (int k = 0; k < 3; k++)
              c[k] += (pixel >> (16 - 8 * k) & 0xff) / 4.0;
          }

        luma = kr * c[0] + (1 - kr - kb) * c[1] + kb * c[2];
        g_assert_cmpfloat_with_epsilon (picture->planes[1][y * (WIDTH / 2) + x],
                                        128 + (c[2] - luma) / (2 - 2 * kb) * 224 / 255, 2);
        g_assert_cmpfloat_with_epsilon (picture->planes[2][y * (WIDTH / 2) + x],
                                        128 + (c[0] - luma) / (2 - 2 * kr) * 224 / 255, 2);
      }
}

static void
test_random (void)
{
  g_autofree Picture *picture = g_new0 (Picture, 1);

  for (guint run = 0; run < 50; run++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (picture->pixels); i++)
        picture->pixels[i] = (guint32) g_test_rand_int ();

      convert (picture, PH_CLIP_BT601);
      check (picture, 0.299, 0.114);
      convert (picture, PH_CLIP_BT709);
      check (picture, 0.2126, 0.0722);
    }
}

/* Grey is grey, and both ends are what they should be. */
static void
test_grey (void)
{
  g_autofree Picture *picture = g_new0 (Picture, 1);

  for (guint value = 0; value < 256; value++)
    for (guint matrix = 0; matrix < 2; matrix++)
      {
        for (guint i = 0; i < G_N_ELEMENTS (picture->pixels); i++)
          picture->pixels[i] = value * 0x10101;

        convert (picture, matrix);
        g_assert_cmpint (abs (picture->planes[0][7] - (int) lround (16 + value * 219 / 255.0)), <=,
                         1);
        g_assert_cmpuint (picture->planes[1][7], ==, 128);
        g_assert_cmpuint (picture->planes[2][7], ==, 128);
      }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/clip-pixels/random", test_random);
  g_test_add_func ("/clip-pixels/grey", test_grey);

  return g_test_run ();
}
