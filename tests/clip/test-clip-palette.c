/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-clip-palette.h"

#include <stdlib.h>
#include <string.h>

#define WIDTH 96
#define HEIGHT 64
#define N (WIDTH * HEIGHT)

typedef struct
{
  guint32 pixels[N];
  guint32 before[N];
  guint8 indexes[N];
  PhClipIndexed indexed;
} Picture;

static Picture *
new_picture (void)
{
  Picture *picture = g_new0 (Picture, 1);

  picture->indexed.indexes = picture->indexes;

  return picture;
}

/* The colour that pixel @i is shown in. */
static guint32
shown (const Picture *picture,
       guint i)
{
  const guint8 *colour = picture->indexed.colours + 3 * picture->indexes[i];

  g_assert_cmpuint (picture->indexes[i], <, picture->indexed.n_colours);

  return (guint32) colour[0] << 16 | (guint32) colour[1] << 8 | colour[2];
}

/* Where all colours fit, all of them stay. */
static void
test_few (void)
{
  g_autofree Picture *picture = new_picture ();

  for (guint i = 0; i < N; i++)
    picture->pixels[i] = 0xff000000 | (i % PH_CLIP_COLOURS) * 0x10305;

  ph_clip_index (picture->pixels, NULL, WIDTH, HEIGHT, &picture->indexed);
  g_assert_cmpuint (picture->indexed.n_colours, ==, PH_CLIP_COLOURS);
  g_assert_cmpuint (picture->indexed.n_changed, ==, N);

  for (guint i = 0; i < N; i++)
    g_assert_cmphex (shown (picture, i), ==, picture->pixels[i] & 0xffffff);
}

/* Only what differs has a colour. */
static void
test_changed (void)
{
  g_autofree Picture *picture = new_picture ();

  for (guint i = 0; i < N; i++)
    picture->pixels[i] = picture->before[i] = i * 7;

  picture->pixels[100] = 0xabcdef;
  picture->pixels[N - 1] = 0x123456;
  /* What does not count is no difference. */
  picture->before[5] |= 0xff000000;
  ph_clip_index (picture->pixels, picture->before, WIDTH, HEIGHT, &picture->indexed);
  g_assert_cmpuint (picture->indexed.n_colours, ==, 2);
  g_assert_cmpuint (picture->indexed.n_changed, ==, 2);

  for (guint i = 0; i < N; i++)
    if (i != 100 && i != N - 1)
      g_assert_cmpuint (picture->indexes[i], ==, 2);

  g_assert_cmphex (shown (picture, 100), ==, 0xabcdef);
  g_assert_cmphex (shown (picture, N - 1), ==, 0x123456);
}

static void
test_nothing (void)
{
  g_autofree Picture *picture = new_picture ();

  ph_clip_index (picture->pixels, picture->before, WIDTH, HEIGHT, &picture->indexed);
  g_assert_cmpuint (picture->indexed.n_colours, ==, 0);
  g_assert_cmpuint (picture->indexed.n_changed, ==, 0);
}

static int
distance (guint32 a,
          guint32 b)
{
  int most = 0;

  for (guint shift = 0; shift < 24; shift += 8)
    most = MAX (most, abs ((int) (a >> shift & 0xff) - (int) (b >> shift & 0xff)));

  return most;
}

/* A gradient below a flat ground: the ground stays, the gradient is near. */
static void
test_many (void)
{
  g_autofree Picture *picture = new_picture ();
  gint64 error = 0;

  for (guint i = 0; i < N; i++)
    {
      guint x = i % WIDTH;
      guint y = i / WIDTH;

      picture->pixels[i] =
        y < HEIGHT / 2 ? 0xfefdfb : (x * 255 / WIDTH) << 16 | (y * 4) << 8 | 0x40;
    }

  ph_clip_index (picture->pixels, NULL, WIDTH, HEIGHT, &picture->indexed);
  g_assert_cmpuint (picture->indexed.n_colours, <=, PH_CLIP_COLOURS);
  g_assert_cmpuint (picture->indexed.n_colours, >, 100);

  for (guint i = 0; i < N; i++)
    {
      int d = distance (shown (picture, i), picture->pixels[i]);

      if (i < N / 2)
        g_assert_cmpint (d, ==, 0);

      g_assert_cmpint (d, <=, 28);
      error += d;
    }

  g_assert_cmpint (error / (N / 2), <=, 9);
}

/* The same twice; and a place that is changed looks as it would alone. */
static void
test_noise (void)
{
  g_autofree Picture *picture = new_picture ();
  g_autofree guint8 *first = g_malloc (N);

  for (guint i = 0; i < N; i++)
    picture->pixels[i] = (guint32) g_test_rand_int ();

  ph_clip_index (picture->pixels, NULL, WIDTH, HEIGHT, &picture->indexed);
  memcpy (first, picture->indexes, N);
  g_assert_cmpuint (picture->indexed.n_colours, ==, PH_CLIP_COLOURS);

  for (guint i = 0; i < N; i++)
    g_assert_cmpint (distance (shown (picture, i), picture->pixels[i]), <=, 96);

  ph_clip_index (picture->pixels, NULL, WIDTH, HEIGHT, &picture->indexed);
  g_assert_cmpmem (first, N, picture->indexes, N);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/clip-palette/few", test_few);
  g_test_add_func ("/clip-palette/changed", test_changed);
  g_test_add_func ("/clip-palette/nothing", test_nothing);
  g_test_add_func ("/clip-palette/many", test_many);
  g_test_add_func ("/clip-palette/noise", test_noise);

  return g_test_run ();
}
