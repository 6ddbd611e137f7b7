/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "referee-pixels.h"

#include <stdlib.h>

/* One pixel of so many is asked for its colour. */
#define SAMPLE 7

typedef struct
{
  guint8 *data; /* blue, green, red, alpha: premultiplied */
  int width, height;
} Pixels;

static void
pixels_init (Pixels *pixels,
             GdkTexture *texture)
{
  pixels->width = gdk_texture_get_width (texture);
  pixels->height = gdk_texture_get_height (texture);
  pixels->data = g_malloc0_n ((gsize) pixels->width * 4, (gsize) pixels->height);
  gdk_texture_download (texture, pixels->data, (gsize) pixels->width * 4);
}

/* On white, which a browser shows behind a page. */
static int
channel_at (const guint8 *pixel,
            guint channel)
{
  return pixel[channel] + 255 - pixel[3];
}

/* NULL beyond an edge. */
static const guint8 *
pixel_at (const Pixels *pixels,
          int x,
          int y)
{
  return x < pixels->width && y < pixels->height
           ? pixels->data + ((gsize) y * (gsize) pixels->width + (gsize) x) * 4
           : NULL;
}

static gboolean
is_same (const guint8 *one,
         const guint8 *other)
{
  if (one == NULL || other == NULL)
    return FALSE;

  for (guint i = 0; i < 3; i++)
    if (abs (channel_at (one, i) - channel_at (other, i)) > REFEREE_TOLERANCE)
      return FALSE;

  return TRUE;
}

static guint
colour_of (const guint8 *pixel)
{
  return (guint) (channel_at (pixel, 0) << 16 | channel_at (pixel, 1) << 8 |
                  channel_at (pixel, 2));
}

/* Of a sample: which colour it is matters where it is most of the page only. */
static guint
find_background (const Pixels *pixels)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);
  gsize n = (gsize) pixels->width * (gsize) pixels->height;
  guint best = 0;
  guint most = 0;

  for (gsize i = 0; i < n; i += SAMPLE)
    {
      guint colour = colour_of (pixels->data + i * 4);
      guint count =
        GPOINTER_TO_UINT (g_hash_table_lookup (counts, GUINT_TO_POINTER (colour))) + 1;

      g_hash_table_insert (counts, GUINT_TO_POINTER (colour), GUINT_TO_POINTER (count));
      if (count > most)
        {
          most = count;
          best = colour;
        }
    }

  return best;
}

static void
paint (guint8 *to,
       const guint8 *from,
       gboolean same)
{
  for (guint i = 0; i < 3; i++)
    to[i] = same ? (guint8) (192 + channel_at (from, i) / 4) : i == 2 ? 255
                                                                      : 0;
  to[3] = 255;
}

RefereeDifference
referee_pixels_compare (GdkTexture *one,
                        GdkTexture *other,
                        int width,
                        int height,
                        GdkTexture **picture)
{
  RefereeDifference result = { 0 };
  Pixels first, second;
  guint64 n_different = 0;
  guint64 n_ink = 0;
  guint background;
  gsize stride = (gsize) width * 4;
  guint8 *data;
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (width > 0 && height > 0, result);

  pixels_init (&first, one);
  pixels_init (&second, other);
  background = find_background (&first);
  data = g_malloc_n (stride, (gsize) height);
  bytes = g_bytes_new_take (data, stride * (gsize) height);

  for (int y = 0; y < height; y++)
    {
      for (int x = 0; x < width; x++)
        {
          const guint8 *a = pixel_at (&first, x, y);
          gboolean same = is_same (a, pixel_at (&second, x, y));

          n_different += same ? 0 : 1;
          n_ink += same && colour_of (a) == background ? 0 : 1;
          paint (data + (gsize) y * stride + (gsize) x * 4, a, same);
        }
    }

  *picture = gdk_memory_texture_new (width, height, GDK_MEMORY_B8G8R8A8_PREMULTIPLIED, bytes,
                                     stride);
  g_free (first.data);
  g_free (second.data);

  result.n = n_different;
  result.share = (double) n_different / ((double) width * height);
  result.ink = n_ink > 0 ? (double) n_different / (double) n_ink : 0;

  return result;
}
