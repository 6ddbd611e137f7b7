/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-picture.h"

#include <string.h>

static guint64
read_big (const guint8 *bytes,
          guint n)
{
  guint64 number = 0;

  for (guint i = 0; i < n; i++)
    number = number << 8 | bytes[i];

  return number;
}

static guint64
read_little (const guint8 *bytes,
             guint n)
{
  guint64 number = 0;

  for (guint i = n; i > 0; i--)
    number = number << 8 | bytes[i - 1];

  return number;
}

/* ITU-T T.81, B.1.1: markers, each with its length, up to a frame header. */
static gboolean
read_jpeg (const guint8 *bytes,
           gsize size,
           guint64 *width,
           guint64 *height)
{
  gsize at = 2;

  while (at + 9 <= size && bytes[at] == 0xff)
    {
      guint8 marker = bytes[at + 1];

      if (marker == 0xff)
        {
          at++;
          continue;
        }

      if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc)
        {
          *height = read_big (bytes + at + 5, 2);
          *width = read_big (bytes + at + 7, 2);
          return TRUE;
        }

      at += 2 + read_big (bytes + at + 2, 2);
    }

  return FALSE;
}

/* RFC 9649: one of three kinds of chunk comes first. */
static gboolean
read_webp (const guint8 *bytes,
           guint64 *width,
           guint64 *height)
{
  guint64 bits;

  if (memcmp (bytes + 12, "VP8 ", 4) == 0)
    {
      *width = read_little (bytes + 26, 2) & 0x3fff;
      *height = read_little (bytes + 28, 2) & 0x3fff;
      return TRUE;
    }

  if (memcmp (bytes + 12, "VP8L", 4) == 0)
    {
      bits = read_little (bytes + 21, 4);
      *width = (bits & 0x3fff) + 1;
      *height = (bits >> 14 & 0x3fff) + 1;
      return TRUE;
    }

  *width = read_little (bytes + 24, 3) + 1;
  *height = read_little (bytes + 27, 3) + 1;

  return memcmp (bytes + 12, "VP8X", 4) == 0;
}

gboolean
ph_picture_size (const guint8 *bytes,
                 gsize size,
                 guint64 *width,
                 guint64 *height)
{
  static const guint8 png[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };

  if (size < 30)
    return FALSE;

  if (memcmp (bytes, png, sizeof png) == 0)
    {
      *width = read_big (bytes + 16, 4);
      *height = read_big (bytes + 20, 4);
      return TRUE;
    }

  if (memcmp (bytes, "GIF8", 4) == 0)
    {
      *width = read_little (bytes + 6, 2);
      *height = read_little (bytes + 8, 2);
      return TRUE;
    }

  if (memcmp (bytes, "BM", 2) == 0)
    {
      gint32 rows = (gint32) read_little (bytes + 22, 4);

      *width = read_little (bytes + 18, 4);
      *height = (guint64) ABS ((gint64) rows);
      return TRUE;
    }

  if (bytes[0] == 0xff && bytes[1] == 0xd8)
    return read_jpeg (bytes, size, width, height);

  return memcmp (bytes, "RIFF", 4) == 0 && memcmp (bytes + 8, "WEBP", 4) == 0 &&
         read_webp (bytes, width, height);
}
