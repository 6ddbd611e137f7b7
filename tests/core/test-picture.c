/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-picture.h"

#include <string.h>

static void
test_formats (void)
{
  static const struct
  {
    const char *bytes;
    gsize size;
    guint64 width, height; /* 0 × 0: none */
  } rows[] = {
    { "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\x02\0\0\0\x03\x08\x06\0\0\0----", 33, 258, 3 },
    { "GIF89a\x02\x01\x03\0------------------------", 34, 258, 3 },
    { "BM----------------\x02\x01\0\0\xfd\xff\xff\xff--------", 34, 258, 3 },
    /* A segment of four bytes, then the header of a frame. */
    { "\xff\xd8\xff\xe0\0\4--\xff\xff\xc2\0\x11\x08\0\x03\x01\x02----------------", 35, 258, 3 },
    { "\xff\xd8\xff\xe0\xff\xff--------------------------", 34, 0, 0 },
    { "\xff\xd8--------------------------------", 34, 0, 0 },
    { "RIFF----WEBPVP8 ----------\x02\x01\x03\0--", 32, 258, 3 },
    { "RIFF----WEBPVP8L----/\x01\x81\0\0------", 31, 258, 5 - 3 + 1 },
    { "RIFF----WEBPVP8X--------\x01\x01\0\x02\0\0-", 31, 258, 3 },
    { "RIFF----WEBPVP9 ------------------", 34, 0, 0 },
    { "<svg xmlns='http://www.w3.org/2000/svg'/>", 41, 0, 0 },
    { "\x89PNG\r\n\x1a\n", 8, 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint64 width = 0;
      guint64 height = 0;
      gboolean known =
        ph_picture_size ((const guint8 *) rows[i].bytes, rows[i].size, &width, &height);

      g_test_message ("row %u", i);
      g_assert_cmpint (known, ==, rows[i].width > 0);

      if (!known)
        continue;

      g_assert_cmpuint (width, ==, rows[i].width);
      g_assert_cmpuint (height, ==, rows[i].height);
    }
}

/* Cut off anywhere, and with any byte in any place, nothing beyond is read. */
static void
test_any_bytes (void)
{
  static const char heads[][16] = { "\x89PNG\r\n\x1a\n", "GIF89a", "BM", "\xff\xd8\xff",
                                    "RIFF----WEBPVP8" };

  for (guint i = 0; i < 20000; i++)
    {
      gsize size = (gsize) g_test_rand_int_range (1, 64);
      g_autofree guint8 *bytes = g_malloc (size);
      guint64 width;
      guint64 height;

      for (gsize at = 0; at < size; at++)
        bytes[at] = (guint8) g_test_rand_int_range (0, 256);

      memcpy (bytes, heads[i % G_N_ELEMENTS (heads)], MIN (size, 15));
      ph_picture_size (bytes, size, &width, &height);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture/formats", test_formats);
  g_test_add_func ("/picture/any-bytes", test_any_bytes);

  return g_test_run ();
}
