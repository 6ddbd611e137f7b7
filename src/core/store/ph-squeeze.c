/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-squeeze.h"

#include "ph-error.h"

#include <zstd.h>

/* Frames with a prefix need a window that reaches over both; zstd's own bounds. */
#define WINDOW_LOG_MIN 10
#define WINDOW_LOG_MAX 30

struct _PhSqueezer
{
  ZSTD_CCtx *context;
  int level;
};

PhSqueezer *
ph_squeezer_new (int level)
{
  PhSqueezer *squeezer = g_new0 (PhSqueezer, 1);

  squeezer->context = ZSTD_createCCtx ();
  squeezer->level = level;

  return squeezer;
}

void
ph_squeezer_free (PhSqueezer *squeezer)
{
  if (squeezer == NULL)
    return;

  ZSTD_freeCCtx (squeezer->context);
  g_free (squeezer);
}

static int
find_window_log (gsize reach)
{
  int log = WINDOW_LOG_MIN;

  while (log < WINDOW_LOG_MAX && (gsize) 1 << log < reach)
    log++;

  return log;
}

/* Cannot fail: the room is enough and the parameters are in bounds. */
static gsize
check (gsize result)
{
  if (ZSTD_isError (result))
    g_error ("zstd: %s", ZSTD_getErrorName (result));

  return result;
}

GBytes *
ph_squeeze (PhSqueezer *squeezer,
            gconstpointer data,
            gsize size,
            GBytes *prefix)
{
  ZSTD_CCtx *context = squeezer->context;
  gsize room = ZSTD_compressBound (size);
  guint8 *out = g_malloc (room);
  gsize n;

  ZSTD_CCtx_reset (context, ZSTD_reset_session_and_parameters);
  check (ZSTD_CCtx_setParameter (context, ZSTD_c_compressionLevel, squeezer->level));
  check (ZSTD_CCtx_setParameter (context, ZSTD_c_checksumFlag, 1));

  if (prefix != NULL && g_bytes_get_size (prefix) > 0)
    {
      gsize reach = size + g_bytes_get_size (prefix);

      check (ZSTD_CCtx_setParameter (context, ZSTD_c_windowLog, find_window_log (reach)));
      check (ZSTD_CCtx_setParameter (context, ZSTD_c_enableLongDistanceMatching, 1));
      check (ZSTD_CCtx_refPrefix (context, g_bytes_get_data (prefix, NULL),
                                  g_bytes_get_size (prefix)));
    }

  n = check (ZSTD_compress2 (context, out, room, data, size));

  return g_bytes_new_take (g_realloc (out, n), n);
}

/* Of a block that a cut ends early, and what zstd holds back in its buffers. */
#define BLOCK_ROOM 32

GBytes *
ph_squeeze_parts (PhSqueezer *squeezer,
                  const PhParts *parts)
{
  ZSTD_CCtx *context = squeezer->context;
  guint n_cuts = parts->cuts->len;
  gsize size = parts->bytes->len;
  ZSTD_outBuffer out = { 0 };
  ZSTD_inBuffer in = { parts->bytes->data, 0, 0 };

  out.size = ZSTD_compressBound (size) + (gsize) n_cuts * BLOCK_ROOM;
  out.dst = g_malloc (out.size);
  ZSTD_CCtx_reset (context, ZSTD_reset_session_and_parameters);
  check (ZSTD_CCtx_setParameter (context, ZSTD_c_compressionLevel, squeezer->level));
  check (ZSTD_CCtx_setParameter (context, ZSTD_c_checksumFlag, 1));
  check (ZSTD_CCtx_setPledgedSrcSize (context, size));

  for (guint i = 0; i <= n_cuts; i++)
    {
      gboolean last = i == n_cuts;
      gsize left = 1;

      in.size = last ? size : g_array_index (parts->cuts, gsize, i);

      while (left > 0)
        left = check (ZSTD_compressStream2 (context, &out, &in, last ? ZSTD_e_end : ZSTD_e_flush));
    }

  return g_bytes_new_take (g_realloc (out.dst, out.pos), out.pos);
}

GBytes *
ph_unsqueeze (gconstpointer data,
              gsize size,
              gsize unpacked,
              GBytes *prefix,
              GError **error)
{
  ZSTD_DCtx *context;
  guint8 *out;
  gsize n;

  /* Before memory is taken. */
  if (ZSTD_getFrameContentSize (data, size) != unpacked)
    {
      g_set_error_literal (error, PH_ERROR, PH_ERROR_CORRUPT, "Packed data has another size");
      return NULL;
    }

  context = ZSTD_createDCtx ();
  out = g_try_malloc (MAX (unpacked, 1));
  ZSTD_DCtx_setParameter (context, ZSTD_d_windowLogMax, WINDOW_LOG_MAX);

  if (prefix != NULL && g_bytes_get_size (prefix) > 0)
    ZSTD_DCtx_refPrefix (context, g_bytes_get_data (prefix, NULL), g_bytes_get_size (prefix));

  n = out != NULL ? ZSTD_decompressDCtx (context, out, unpacked, data, size) : 0;
  ZSTD_freeDCtx (context);

  if (out == NULL || ZSTD_isError (n) || n != unpacked)
    {
      g_free (out);
      g_set_error_literal (error, PH_ERROR, PH_ERROR_CORRUPT, "Packed data is damaged");
      return NULL;
    }

  return g_bytes_new_take (out, unpacked);
}

/* --- checksum -------------------------------------------------------------- */

/* Eight bytes at a time: table k is for a byte with k bytes behind it. */
static guint32 tables[8][256];

static gpointer
make_tables (gpointer data)
{
  for (guint32 i = 0; i < 256; i++)
    {
      guint32 sum = i;

      for (guint bit = 0; bit < 8; bit++)
        sum = (sum >> 1) ^ ((sum & 1) != 0 ? 0xedb88320U : 0);

      tables[0][i] = sum;
    }

  for (guint k = 1; k < 8; k++)
    for (guint i = 0; i < 256; i++)
      tables[k][i] = (tables[k - 1][i] >> 8) ^ tables[0][tables[k - 1][i] & 0xff];

  return NULL;
}

static guint32
add_byte (guint32 sum,
          guint8 byte)
{
  return (sum >> 8) ^ tables[0][(sum ^ byte) & 0xff];
}

static guint32
add_bytes (guint32 sum,
           const guint8 *data,
           gsize size)
{
  for (; size >= 8; data += 8, size -= 8)
    {
      sum ^= (guint32) data[0] | (guint32) data[1] << 8 | (guint32) data[2] << 16 |
             (guint32) data[3] << 24;
      sum = tables[7][sum & 0xff] ^ tables[6][(sum >> 8) & 0xff] ^ tables[5][(sum >> 16) & 0xff] ^
            tables[4][sum >> 24] ^ tables[3][data[4]] ^ tables[2][data[5]] ^ tables[1][data[6]] ^
            tables[0][data[7]];
    }

  for (gsize i = 0; i < size; i++)
    sum = add_byte (sum, data[i]);

  return sum;
}

guint32
ph_checksum (const gint64 *numbers,
             guint n,
             gconstpointer data,
             gsize size)
{
  static GOnce once = G_ONCE_INIT;
  guint32 sum = 0xffffffff;

  g_once (&once, make_tables, NULL);

  for (guint i = 0; i < n; i++)
    for (guint k = 0; k < 8; k++)
      sum = add_byte (sum, (guint8) ((guint64) numbers[i] >> (8 * k)));

  return ~add_bytes (sum, data, size);
}
