/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-unpack.h"

#include "ph-error.h"
#include "ph-limits.h"

#include <string.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

/*
 * A chain of stages. Each packed one keeps a buffer of bytes it has from below
 * and not yet understood; the buffer of the stage to come is also where its
 * first bytes are looked at to see whether there is such a stage at all.
 */
#define MAX_STAGES 3
#define FEED_SIZE ((gsize) 128 * 1024)
#define MAGIC_SIZE 4
/* How far back a zstd frame may reach, as a power of two: 128 MB of memory. */
#define MAX_WINDOW_LOG 27
#define BLOCK_HEADER_SIZE 3
/* So much of what may be zlib data is unpacked to see whether it is. */
#define TRIAL_SIZE 256

static const guint8 zstd_magic[] = { 0x28, 0xb5, 0x2f, 0xfd };

typedef enum
{
  PACKING_NONE,
  PACKING_GZIP,
  PACKING_ZSTD,
  PACKING_ZLIB,
} Packing;

typedef struct
{
  guint8 *data; /* FEED_SIZE, or NULL while never used */
  gsize pos;
  gsize size;
  gboolean ended; /* below has no more */
} Feed;

typedef struct
{
  Packing packing;
  z_stream zlib;
  ZSTD_DStream *zstd;
  gsize wanted; /* zstd: how much it asks for next */
  guint64 n_out;
  gboolean too_wide; /* zstd: the frame reaches back further than it may */
  gboolean inside;   /* in the middle of a member or frame */
  gboolean ended;
} Stage;

struct _PhUnpack
{
  GInputStream *stream;
  guint64 n_taken;
  PhUnpackCondition condition;
  gboolean is_open;
  guint n_stages;
  Stage stages[MAX_STAGES];
  Feed feeds[MAX_STAGES + 1]; /* feeds[i] is read by stage i, the last by the caller */
};

static gssize pull (PhUnpack *unpack,
                    guint level,
                    guint8 *buffer,
                    gsize size,
                    GCancellable *cancellable,
                    GError **error);

/*
 * Zlib has no magic number: text may begin with the same two bytes. It is told by
 * its beginning, which must unpack to something.
 */
static gboolean
is_zlib (const guint8 *data,
         gsize size)
{
  static const guint8 levels[] = { 0x01, 0x5e, 0x9c, 0xda };
  guint8 out[4 * TRIAL_SIZE];
  z_stream zlib = {};
  int result;

  if (size < 3 || data[0] != 0x78 || memchr (levels, data[1], sizeof levels) == NULL ||
      inflateInit (&zlib) != Z_OK)
    return FALSE;

  zlib.next_in = (guint8 *) data;
  zlib.avail_in = (guint) MIN (size, TRIAL_SIZE);
  zlib.next_out = out;
  zlib.avail_out = sizeof out;
  result = inflate (&zlib, Z_SYNC_FLUSH);
  inflateEnd (&zlib);

  return result == Z_STREAM_END || ((result == Z_OK || result == Z_BUF_ERROR) &&
                                    (zlib.total_out > 0 || size >= TRIAL_SIZE));
}

static Packing
recognise (const guint8 *data,
           gsize size)
{
  static const guint8 gzip[] = { 0x1f, 0x8b };
  /* A zstd frame to be skipped, as seekable archives begin with: 50…5f 2a 4d 18. */
  static const guint8 skippable[] = { 0x2a, 0x4d, 0x18 };

  if (size >= sizeof gzip && memcmp (data, gzip, sizeof gzip) == 0)
    return PACKING_GZIP;

  if (size >= MAGIC_SIZE && memcmp (data, zstd_magic, MAGIC_SIZE) == 0)
    return PACKING_ZSTD;

  if (size >= MAGIC_SIZE && data[0] >> 4 == 5 &&
      memcmp (data + 1, skippable, sizeof skippable) == 0)
    return PACKING_ZSTD;

  return is_zlib (data, size) ? PACKING_ZLIB : PACKING_NONE;
}

PhUnpack *
ph_unpack_new (GInputStream *stream)
{
  PhUnpack *unpack;

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);

  unpack = g_new0 (PhUnpack, 1);
  unpack->stream = g_object_ref (stream);

  return unpack;
}

void
ph_unpack_free (PhUnpack *unpack)
{
  if (unpack == NULL)
    return;

  for (guint i = 0; i < MAX_STAGES; i++)
    {
      if (unpack->stages[i].packing == PACKING_GZIP || unpack->stages[i].packing == PACKING_ZLIB)
        inflateEnd (&unpack->stages[i].zlib);

      ZSTD_freeDStream (unpack->stages[i].zstd);
    }

  for (guint i = 0; i <= MAX_STAGES; i++)
    g_free (unpack->feeds[i].data);

  g_object_unref (unpack->stream);
  g_free (unpack);
}

/* The first thing found wrong is what is told. */
static void
set_condition (PhUnpack *unpack,
               PhUnpackCondition condition)
{
  if (unpack->condition == PH_UNPACK_WHOLE)
    unpack->condition = condition;
}

/* Gets @feed at least @wanted bytes unless below ends before. */
static gboolean
fill (PhUnpack *unpack,
      guint level,
      gsize wanted,
      GCancellable *cancellable,
      GError **error)
{
  Feed *feed = &unpack->feeds[level];

  if (feed->data == NULL)
    feed->data = g_malloc0 (FEED_SIZE);

  if (feed->pos > 0)
    {
      memmove (feed->data, feed->data + feed->pos, feed->size - feed->pos);
      feed->size -= feed->pos;
      feed->pos = 0;
    }

  while (feed->size < wanted && !feed->ended)
    {
      gssize n = pull (unpack, level, feed->data + feed->size, FEED_SIZE - feed->size,
                       cancellable, error);

      if (n < 0)
        return FALSE;

      feed->ended = n == 0;
      feed->size += (gsize) n;
    }

  return TRUE;
}

/* One step; FALSE when the data is wrong. */
static gboolean
step_zlib (Stage *stage,
           Feed *feed,
           guint8 *buffer,
           gsize size,
           gsize *n_out)
{
  z_stream *zlib = &stage->zlib;
  int result;

  zlib->next_in = feed->data + feed->pos;
  zlib->avail_in = (guint) (feed->size - feed->pos);
  zlib->next_out = buffer;
  zlib->avail_out = (guint) size;

  result = inflate (zlib, Z_NO_FLUSH);

  feed->pos = feed->size - zlib->avail_in;
  *n_out = size - zlib->avail_out;
  stage->inside = result != Z_STREAM_END;

  if (result == Z_STREAM_END)
    inflateReset (zlib);

  return result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR;
}

/*
 * Gives zstd one block at a time, without the header of the next that it asks
 * for too: when it fails it tells of nothing that it wrote in the same call.
 */
static gboolean
step_zstd (Stage *stage,
           Feed *feed,
           guint8 *buffer,
           gsize size,
           gsize *n_out)
{
  gsize wanted = stage->wanted - (stage->wanted > BLOCK_HEADER_SIZE ? BLOCK_HEADER_SIZE : 0);
  ZSTD_inBuffer in = { feed->data, MIN (feed->size, feed->pos + wanted), feed->pos };
  ZSTD_outBuffer out = { buffer, size, 0 };
  gsize result = ZSTD_decompressStream (stage->zstd, &out, &in);

  feed->pos = in.pos;
  *n_out = out.pos;

  if (ZSTD_isError (result))
    {
      stage->too_wide = ZSTD_getErrorCode (result) == ZSTD_error_frameParameter_windowTooLarge;
      return FALSE;
    }

  stage->inside = result != 0;
  stage->wanted = result;

  return TRUE;
}

/* What follows the last member. Zeros are padding, as tapes and block devices leave it. */
static gboolean
skip_padding (PhUnpack *unpack,
              guint index,
              GCancellable *cancellable,
              GError **error)
{
  Feed *feed = &unpack->feeds[index];

  do
    {
      for (; feed->pos < feed->size; feed->pos++)
        if (feed->data[feed->pos] != 0)
          {
            set_condition (unpack, PH_UNPACK_TRAILING);
            return TRUE;
          }

      if (!fill (unpack, index, 1, cancellable, error))
        return FALSE;
    }
  while (feed->size > 0);

  return TRUE;
}

/* Between two members: is there another one? */
static gboolean
begin_member (PhUnpack *unpack,
              guint index,
              GCancellable *cancellable,
              GError **error)
{
  Stage *stage = &unpack->stages[index];
  Feed *feed = &unpack->feeds[index];

  if (!fill (unpack, index, TRIAL_SIZE, cancellable, error))
    return FALSE;

  if (recognise (feed->data, feed->size) == stage->packing)
    {
      stage->wanted = MAGIC_SIZE;
      stage->inside = TRUE;
      return TRUE;
    }

  stage->ended = TRUE;

  return skip_padding (unpack, index, cancellable, error);
}

static gboolean
check_ratio (PhUnpack *unpack,
             guint index,
             GError **error)
{
  const Feed *first = &unpack->feeds[0];
  guint64 understood = unpack->n_taken - (first->size - first->pos);

  if (unpack->stages[index].n_out <= PH_LIMIT_UNPACK_FREE ||
      unpack->stages[index].n_out / PH_LIMIT_UNPACK_RATIO <= understood)
    return TRUE;

  g_set_error (error, PH_ERROR, PH_ERROR_TOO_LARGE,
               "The file unpacks to more than %d times its size", PH_LIMIT_UNPACK_RATIO);

  return FALSE;
}

static gssize
unpack_some (PhUnpack *unpack,
             guint index,
             guint8 *buffer,
             gsize size,
             GCancellable *cancellable,
             GError **error)
{
  Stage *stage = &unpack->stages[index];
  Feed *feed = &unpack->feeds[index];

  for (;;)
    {
      gsize n_out = 0;
      gsize had;
      gboolean good;

      if (!stage->inside && !stage->ended && !begin_member (unpack, index, cancellable, error))
        return -1;

      if (stage->ended)
        return 0;

      had = feed->size - feed->pos;

      if (stage->packing != PACKING_ZSTD)
        good = step_zlib (stage, feed, buffer, size, &n_out);
      else
        good = step_zstd (stage, feed, buffer, size, &n_out);

      stage->n_out += n_out;

      if (stage->too_wide)
        {
          g_set_error (error, PH_ERROR, PH_ERROR_UNSUPPORTED,
                       "The file was packed with a zstd window over %d MB",
                       1 << (MAX_WINDOW_LOG - 20));
          return -1;
        }

      if (!good)
        {
          stage->ended = TRUE;
          set_condition (unpack, PH_UNPACK_DAMAGED);
        }

      if (!check_ratio (unpack, index, error))
        return -1;

      if (n_out > 0)
        return (gssize) n_out;

      if (!good || !stage->inside || feed->size - feed->pos < had)
        continue;

      if (!fill (unpack, index, feed->size - feed->pos + 1, cancellable, error))
        return -1;

      if (feed->size == had)
        {
          stage->ended = TRUE;
          set_condition (unpack, PH_UNPACK_TRUNCATED);
        }
    }
}

/* Bytes as they leave stage @level - 1, or the file itself for 0. */
static gssize
pull (PhUnpack *unpack,
      guint level,
      guint8 *buffer,
      gsize size,
      GCancellable *cancellable,
      GError **error)
{
  gssize n;

  if (level > 0)
    return unpack_some (unpack, level - 1, buffer, size, cancellable, error);

  n = g_input_stream_read (unpack->stream, buffer, size, cancellable, error);

  if (n > 0)
    unpack->n_taken += (guint64) n;

  return n;
}

static gboolean
add_stage (PhUnpack *unpack,
           Packing packing,
           GError **error)
{
  Stage *stage = &unpack->stages[unpack->n_stages];
  gboolean made;

  if (packing == PACKING_ZSTD)
    {
      stage->zstd = ZSTD_createDStream ();
      made = stage->zstd != NULL && !ZSTD_isError (ZSTD_DCtx_setParameter (
                                      stage->zstd, ZSTD_d_windowLogMax, MAX_WINDOW_LOG));
    }
  else if (packing == PACKING_GZIP)
    made = inflateInit2 (&stage->zlib, 16 + MAX_WBITS) == Z_OK;
  else
    made = inflateInit (&stage->zlib) == Z_OK;

  if (!made)
    {
      g_set_error (error, PH_ERROR, PH_ERROR_TOO_LARGE, "There is no memory to unpack with");
      return FALSE;
    }

  stage->packing = packing;
  unpack->n_stages++;

  return TRUE;
}

static gboolean
open_stages (PhUnpack *unpack,
             GCancellable *cancellable,
             GError **error)
{
  for (;;)
    {
      Feed *feed = &unpack->feeds[unpack->n_stages];
      Packing packing;

      if (!fill (unpack, unpack->n_stages, TRIAL_SIZE, cancellable, error))
        return FALSE;

      packing = recognise (feed->data, feed->size);

      if (packing == PACKING_NONE)
        break;

      if (unpack->n_stages == MAX_STAGES)
        {
          g_set_error (error, PH_ERROR, PH_ERROR_UNSUPPORTED,
                       "The file is packed more than %d times over", MAX_STAGES);
          return FALSE;
        }

      if (!add_stage (unpack, packing, error))
        return FALSE;
    }

  unpack->is_open = TRUE;

  return TRUE;
}

gssize
ph_unpack_read (PhUnpack *unpack,
                void *buffer,
                gsize size,
                GCancellable *cancellable,
                GError **error)
{
  Feed *feed;

  g_return_val_if_fail (unpack != NULL, -1);
  g_return_val_if_fail (size > 0, -1);

  size = MIN (size, (gsize) G_MAXINT);

  if (!unpack->is_open && !open_stages (unpack, cancellable, error))
    return -1;

  feed = &unpack->feeds[unpack->n_stages];

  if (feed->pos < feed->size)
    {
      size = MIN (size, feed->size - feed->pos);
      memcpy (buffer, feed->data + feed->pos, size);
      feed->pos += size;
      return (gssize) size;
    }

  return pull (unpack, unpack->n_stages, buffer, size, cancellable, error);
}

const char *
ph_unpack_get_packing (const PhUnpack *unpack)
{
  static const char *const names[] = { NULL, "gzip", "zstd", "zlib" };

  g_return_val_if_fail (unpack != NULL, NULL);

  return unpack->n_stages > 0 ? names[unpack->stages[0].packing] : NULL;
}

guint64
ph_unpack_get_taken (const PhUnpack *unpack)
{
  g_return_val_if_fail (unpack != NULL, 0);

  return unpack->n_taken;
}

PhUnpackCondition
ph_unpack_get_condition (const PhUnpack *unpack)
{
  g_return_val_if_fail (unpack != NULL, PH_UNPACK_WHOLE);

  return unpack->condition;
}
