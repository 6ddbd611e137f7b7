/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-pointer-private.h"

#include "ph-error.h"
#include "ph-limits.h"

#include <math.h>
#include <string.h>

/* A format byte, the full snapshots with their number, then one column after the other. */
#define FORMAT 2
/* No session is so long; times nearer than this can be subtracted. */
#define FAR_TIME (G_MAXINT64 / 4)

#define HEAD_BYTES (1 + 4)
#define RESET_BYTES 8

/* A column of 8, 4 or 1 byte numbers, low bytes first. */
static void
put_column (GByteArray *out,
            guint64 number,
            guint size)
{
  for (guint i = 0; i < size; i++)
    {
      guint8 byte = (guint8) (number >> (8 * i));

      g_byte_array_append (out, &byte, 1);
    }
}

static guint64
take_column (const guint8 *at,
             guint size)
{
  guint64 number = 0;

  for (guint i = 0; i < size; i++)
    number |= (guint64) at[i] << (8 * i);

  return number;
}

static guint32
float_to_bits (float number)
{
  guint32 bits;

  memcpy (&bits, &number, sizeof bits);

  return bits;
}

static float
float_from_bits (guint32 bits)
{
  float number;

  memcpy (&number, &bits, sizeof number);

  return number;
}

/* What a sample takes: time, x, y, order, target, pointer, and five small ones. */
#define SAMPLE_BYTES (8 + 5 * 4 + 1)

static guint8
pack_flags (const PhPointerSample *sample)
{
  return (guint8) (sample->kind | sample->press << 2 | sample->is_click << 4 |
                   sample->is_move << 5 | sample->is_drag << 6);
}

GBytes *
ph_pointer_track_pack (const PhPointerTrack *track)
{
  const PhPointerSample *samples = (const PhPointerSample *) (gpointer) track->samples->data;
  guint n = track->samples->len;
  GByteArray *out = g_byte_array_sized_new (HEAD_BYTES + n * SAMPLE_BYTES);
  PhTime before = 0;

  put_column (out, FORMAT, 1);
  put_column (out, track->resets->len, 4);

  for (guint i = 0; i < track->resets->len; i++)
    put_column (out, (guint64) g_array_index (track->resets, PhTime, i), RESET_BYTES);

  for (guint i = 0; i < n; i++)
    {
      put_column (out, (guint64) samples[i].time - (guint64) before, 8);
      before = samples[i].time;
    }

  for (guint i = 0; i < n; i++)
    put_column (out, float_to_bits (samples[i].x), 4);

  for (guint i = 0; i < n; i++)
    put_column (out, float_to_bits (samples[i].y), 4);

  for (guint i = 0; i < n; i++)
    put_column (out, samples[i].order - i, 4);

  for (guint i = 0; i < n; i++)
    put_column (out, (guint32) samples[i].target, 4);

  for (guint i = 0; i < n; i++)
    put_column (out, (guint32) samples[i].pointer, 4);

  for (guint i = 0; i < n; i++)
    put_column (out, pack_flags (&samples[i]), 1);

  return g_byte_array_free_to_bytes (out);
}

static gboolean
is_far (PhTime time)
{
  return time <= -FAR_TIME || time >= FAR_TIME;
}

/* FALSE when nothing that was added could look so. */
static gboolean
unpack_sample (const guint8 *columns,
               guint n,
               guint i,
               PhTime before,
               PhPointerSample *sample)
{
  const guint8 *xs = columns + (gsize) n * 8;
  const guint8 *ys = xs + (gsize) n * 4;
  const guint8 *orders = ys + (gsize) n * 4;
  const guint8 *targets = orders + (gsize) n * 4;
  const guint8 *pointers = targets + (gsize) n * 4;
  guint8 flags = pointers[(gsize) n * 4 + i];

  sample->time = (PhTime) ((guint64) before + take_column (columns + (gsize) i * 8, 8));
  sample->x = float_from_bits ((guint32) take_column (xs + (gsize) i * 4, 4));
  sample->y = float_from_bits ((guint32) take_column (ys + (gsize) i * 4, 4));
  sample->order = (guint32) take_column (orders + (gsize) i * 4, 4) + i;
  sample->kind = flags & 3;
  sample->press = (flags >> 2) & 3;
  sample->is_click = (flags >> 4) & 1;
  sample->is_move = (flags >> 5) & 1;
  sample->is_drag = (flags >> 6) & 1;
  sample->target = (gint32) take_column (targets + (gsize) i * 4, 4);
  sample->pointer = (gint32) take_column (pointers + (gsize) i * 4, 4);

  return (i == 0 || sample->time >= before) && !is_far (sample->time) &&
         fabsf (sample->x) <= PH_LIMIT_PIXELS &&
         fabsf (sample->y) <= PH_LIMIT_PIXELS && sample->kind <= PH_POINTER_TOUCH &&
         sample->press <= PH_PRESS_UP && sample->target >= 0 && flags >> 7 == 0;
}

/* What is left of the bytes after the head and the full snapshots; NULL when these are damaged. */
static GBytes *
unpack_resets (GBytes *bytes,
               GArray *resets)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  guint64 n = size >= HEAD_BYTES ? take_column (data + 1, 4) : 0;

  if (size < HEAD_BYTES || data[0] != FORMAT || n > (size - HEAD_BYTES) / RESET_BYTES)
    return NULL;

  for (guint64 i = 0; i < n; i++)
    {
      PhTime time = (PhTime) take_column (data + HEAD_BYTES + i * RESET_BYTES, RESET_BYTES);

      if (is_far (time) || (i > 0 && time < g_array_index (resets, PhTime, i - 1)))
        return NULL;

      g_array_append_val (resets, time);
    }

  n = HEAD_BYTES + n * RESET_BYTES;

  return g_bytes_new_from_bytes (bytes, n, size - n);
}

PhPointerTrack *
ph_pointer_track_unpack (GBytes *bytes,
                         GError **error)
{
  g_autoptr (PhPointerTrack) track = ph_pointer_track_new ();
  g_autoptr (GBytes) rest = unpack_resets (bytes, track->resets);
  gsize size = 0;
  const guint8 *columns = rest != NULL ? g_bytes_get_data (rest, &size) : NULL;
  guint n = (guint) (size / SAMPLE_BYTES);
  gboolean good = rest != NULL && size % SAMPLE_BYTES == 0;
  PhTime before = 0;

  for (guint i = 0; good && i < n; i++)
    {
      PhPointerSample sample = { 0 };

      good = unpack_sample (columns, n, i, before, &sample);
      before = sample.time;
      g_array_append_val (track->samples, sample);
    }

  if (!good)
    {
      g_set_error_literal (error, PH_ERROR, PH_ERROR_CORRUPT, "A stored pointer track is damaged");
      return NULL;
    }

  ph_pointer_track_derive (track);

  return g_steal_pointer (&track);
}
