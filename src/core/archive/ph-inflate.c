/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-inflate.h"

#define ZLIB_CONST
#include <zlib.h>

/* Of zlib: the largest window, and which of the two it is told from the data. */
#define ZLIB_OR_GZIP (MAX_WBITS + 32)

#define ROOM ((gsize) 64 * 1024)

struct _PhInflate
{
  PhInflateFunc func;
  gpointer user_data;
  z_stream zlib;
  guint8 *room;
  gboolean has_ended;
  gboolean is_damaged;
};

PhInflate *
ph_inflate_new (PhInflateFunc func,
                gpointer user_data)
{
  PhInflate *self;

  g_return_val_if_fail (func != NULL, NULL);

  self = g_new0 (PhInflate, 1);
  self->func = func;
  self->user_data = user_data;
  /* Without memory for it every stream counts as damaged. */
  self->is_damaged = inflateInit2 (&self->zlib, ZLIB_OR_GZIP) != Z_OK;
  self->room = g_malloc (ROOM);

  return self;
}

void
ph_inflate_free (PhInflate *self)
{
  if (self == NULL)
    return;

  inflateEnd (&self->zlib);
  g_free (self->room);
  g_free (self);
}

gboolean
ph_inflate_is_head (guint8 first,
                    guint8 second)
{
  /* Deflate with a window of 32 kB, no dictionary, and the check of the two (RFC 1950). */
  return first == 0x78 && (second & 0x20) == 0 && (first << 8 | second) % 31 == 0;
}

void
ph_inflate_begin (PhInflate *self)
{
  g_return_if_fail (self != NULL);

  self->has_ended = FALSE;
  self->is_damaged = inflateReset (&self->zlib) != Z_OK;
}

gboolean
ph_inflate_has_ended (const PhInflate *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->has_ended;
}

gboolean
ph_inflate_is_damaged (const PhInflate *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_damaged;
}

gssize
ph_inflate_feed (PhInflate *self,
                 const char *data,
                 gsize size,
                 GError **error)
{
  z_stream *zlib;
  int result = Z_OK;

  g_return_val_if_fail (self != NULL && size <= G_MAXUINT, -1);

  zlib = &self->zlib;
  zlib->next_in = (const Bytef *) data;
  zlib->avail_in = (uInt) size;
  zlib->avail_out = 0;

  /* A full room may have left more behind, though all bytes are taken. */
  while ((zlib->avail_in > 0 || zlib->avail_out == 0) && result == Z_OK && !self->is_damaged)
    {
      gsize n_out;

      zlib->next_out = self->room;
      zlib->avail_out = (uInt) ROOM;
      result = inflate (zlib, Z_NO_FLUSH);
      self->has_ended = result == Z_STREAM_END;
      self->is_damaged = result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR;

      n_out = ROOM - zlib->avail_out;

      if (n_out > 0 && !self->func ((const char *) self->room, n_out, self->user_data, error))
        return -1;
    }

  return (gssize) (size - zlib->avail_in);
}
