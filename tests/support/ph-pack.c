/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-pack.h"

#include <string.h>
#include <zlib.h>
#include <zstd.h>

static GBytes *
deflate_all (GBytes *bytes,
             int window_bits)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);
  gsize bound = compressBound (size) + 64;
  guint8 *out = g_malloc (bound);
  z_stream zlib = { .next_in = (Bytef *) data, .avail_in = (guint) size, .next_out = out };

  g_assert_cmpint (deflateInit2 (&zlib, 6, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY), ==,
                   Z_OK);
  zlib.avail_out = (guint) bound;
  g_assert_cmpint (deflate (&zlib, Z_FINISH), ==, Z_STREAM_END);
  deflateEnd (&zlib);

  return g_bytes_new_take (out, zlib.total_out);
}

GBytes *
ph_pack_gzip (GBytes *bytes)
{
  return deflate_all (bytes, 16 + MAX_WBITS);
}

GBytes *
ph_pack_zlib (GBytes *bytes)
{
  return deflate_all (bytes, MAX_WBITS);
}

GBytes *
ph_pack_zstd (GBytes *bytes)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);
  gsize bound = ZSTD_compressBound (size);
  void *out = g_malloc (bound);
  gsize packed = ZSTD_compress (out, bound, data, size, 3);

  g_assert_false (ZSTD_isError (packed));

  return g_bytes_new_take (out, packed);
}

static char *
quote_bytes (const guint8 *data,
             gsize size,
             gboolean is_ascii)
{
  GString *out = g_string_new ("\"");

  for (gsize i = 0; i < size; i++)
    {
      if (data[i] == '"' || data[i] == '\\')
        g_string_append_printf (out, "\\%c", data[i]);
      else if (data[i] == '\n')
        g_string_append (out, "\\n");
      else if (data[i] < ' ' || (is_ascii && data[i] >= 0x7f))
        g_string_append_printf (out, "\\u%04x", data[i]);
      else
        g_string_append_unichar (out, data[i]);
    }

  g_string_append_c (out, '"');

  return g_string_free (out, FALSE);
}

char *
ph_pack_string (const char *text,
                gboolean is_ascii)
{
  uLongf size = compressBound (strlen (text));
  g_autofree guint8 *data = g_malloc (size);

  g_assert_cmpint (compress (data, &size, (const Bytef *) text, strlen (text)), ==, Z_OK);

  return quote_bytes (data, size, is_ascii);
}

char *
ph_pack_gzip_string (const char *text,
                     gboolean is_ascii)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GBytes) gzip = ph_pack_gzip (bytes);
  gsize size;
  const guint8 *data = g_bytes_get_data (gzip, &size);

  return quote_bytes (data, size, is_ascii);
}

static void
add_snappy_length (GByteArray *out,
                   gsize length)
{
  while (length >= 0x80)
    {
      guint8 byte = (guint8) (length | 0x80);

      g_byte_array_append (out, &byte, 1);
      length >>= 7;
    }

  {
    guint8 byte = (guint8) length;

    g_byte_array_append (out, &byte, 1);
  }
}

static void
add_snappy_literal (GByteArray *out,
                    const char *text,
                    gsize size)
{
  while (size > 0)
    {
      gsize n = MIN (size, 65536);
      const guint8 tag[] = { 61 << 2, (guint8) (n - 1), (guint8) ((n - 1) >> 8) };
      guint8 short_tag = (guint8) ((n - 1) << 2);

      if (n <= 60)
        g_byte_array_append (out, &short_tag, 1);
      else
        g_byte_array_append (out, tag, sizeof tag);

      g_byte_array_append (out, (const guint8 *) text, (guint) n);
      text += n;
      size -= n;
    }
}

/* Greedy: what begins like something less than 64 KB back is copied from there. */
GBytes *
ph_pack_snappy (const char *text,
                gsize size)
{
  GByteArray *out = g_byte_array_new ();
  g_autofree gsize *places = g_new0 (gsize, 4096); /* behind where four bytes were seen last */
  gsize begin = 0;
  gsize at = 0;

  add_snappy_length (out, size);

  while (at + 4 <= size)
    {
      guint32 four;
      gsize *place;
      gsize from;
      gsize n = 0;

      memcpy (&four, text + at, 4);
      place = &places[(four * 2654435761U) >> 20];
      from = *place;
      *place = at + 1;

      if (from > 0 && at + 1 - from < 65536)
        while (n < 64 && at + n < size && text[from - 1 + n] == text[at + n])
          n++;

      if (n < 4)
        {
          at++;
          continue;
        }

      {
        gsize offset = at + 1 - from;
        const guint8 copy[] = { (guint8) ((n - 1) << 2 | 2), (guint8) offset,
                                (guint8) (offset >> 8) };

        add_snappy_literal (out, text + begin, at - begin);
        g_byte_array_append (out, copy, sizeof copy);
      }

      at += n;
      begin = at;
    }

  add_snappy_literal (out, text + begin, size - begin);

  return g_byte_array_free_to_bytes (out);
}

GBytes *
ph_pack_snappy_prefixed (const char *text,
                         gsize size)
{
  g_autoptr (GBytes) block = ph_pack_snappy (text, size);
  guint32 length = GUINT32_TO_BE ((guint32) g_bytes_get_size (block));
  g_autoptr (GBytes) prefix = g_bytes_new (&length, sizeof length);

  return ph_pack_join (prefix, block);
}

GBytes *
ph_pack_join (GBytes *a,
              GBytes *b)
{
  GByteArray *out = g_byte_array_new ();

  g_byte_array_append (out, g_bytes_get_data (a, NULL), (guint) g_bytes_get_size (a));
  g_byte_array_append (out, g_bytes_get_data (b, NULL), (guint) g_bytes_get_size (b));

  return g_byte_array_free_to_bytes (out);
}

GBytes *
ph_pack_zstd_run (char byte,
                  guint64 size)
{
  ZSTD_CStream *stream = ZSTD_createCStream ();
  GByteArray *out = g_byte_array_new ();
  gsize chunk_size = 1024UL * 1024;
  g_autofree char *chunk = g_malloc (chunk_size);
  gsize left = 1;

  memset (chunk, byte, chunk_size);

  while (size > 0 || left > 0)
    {
      ZSTD_inBuffer in = { chunk, (gsize) MIN (size, chunk_size), 0 };
      guint8 space[4096];

      size -= in.size;

      do
        {
          ZSTD_outBuffer packed = { space, sizeof space, 0 };

          left = ZSTD_compressStream2 (stream, &packed, &in,
                                       size > 0 ? ZSTD_e_continue : ZSTD_e_end);
          g_assert_false (ZSTD_isError (left));
          g_byte_array_append (out, space, (guint) packed.pos);
        }
      while (in.pos < in.size || (size == 0 && left > 0));
    }

  ZSTD_freeCStream (stream);

  return g_byte_array_free_to_bytes (out);
}
