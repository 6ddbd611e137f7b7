/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-snappy.h"

#include <string.h>

/* A copy of 64 bytes takes two. */
#define MAX_RATIO ((gsize) 64)

/* The length is 32 bits in groups of seven. */
#define MAX_HEADER 5

typedef struct
{
  const guint8 *data;
  gsize size;
  gsize pos;
  GByteArray *out;
  gsize length;
} Unpack;

gboolean
ph_snappy_length (const guint8 *data,
                  gsize size,
                  gsize *length,
                  gsize *header)
{
  guint64 value = 0;

  for (gsize i = 0; i < MIN (size, MAX_HEADER); i++)
    {
      value |= (guint64) (data[i] & 0x7f) << (7 * i);

      if (data[i] < 0x80)
        {
          *length = (gsize) value;
          *header = i + 1;
          return value <= G_MAXUINT32;
        }
    }

  return FALSE;
}

/* A little-endian number of @n bytes; FALSE when they are not there. */
static gboolean
read_number (Unpack *unpack,
             gsize n,
             guint32 *number)
{
  *number = 0;

  if (unpack->size - unpack->pos < n)
    return FALSE;

  for (gsize i = 0; i < n; i++)
    *number |= (guint32) unpack->data[unpack->pos + i] << (8 * i);

  unpack->pos += n;

  return TRUE;
}

static PhSnappyResult
add_literal (Unpack *unpack,
             guint8 tag)
{
  guint32 number = tag >> 2;
  gsize length;
  gsize there;

  if (number >= 60 && !read_number (unpack, number - 59, &number))
    return PH_SNAPPY_TRUNCATED;

  length = (gsize) number + 1;
  there = MIN (length, unpack->size - unpack->pos);

  if (length > unpack->length - unpack->out->len)
    return PH_SNAPPY_DAMAGED;

  g_byte_array_append (unpack->out, unpack->data + unpack->pos, (guint) there);
  unpack->pos += there;

  return there < length ? PH_SNAPPY_TRUNCATED : PH_SNAPPY_WHOLE;
}

/* What is copied may run into what it writes: then it repeats. */
static PhSnappyResult
add_copy (Unpack *unpack,
          guint8 tag)
{
  static const guint8 n_bytes[] = { 0, 1, 2, 4 };
  gsize length = (tag >> 2) + 1U;
  gsize from = unpack->out->len;
  guint32 offset;

  if (!read_number (unpack, n_bytes[tag & 3], &offset))
    return PH_SNAPPY_TRUNCATED;

  if ((tag & 3) == 1)
    {
      length = ((tag >> 2) & 7) + 4U;
      offset |= (guint32) (tag >> 5) << 8;
    }

  if (offset == 0 || offset > from || length > unpack->length - from)
    return PH_SNAPPY_DAMAGED;

  g_byte_array_set_size (unpack->out, (guint) (from + length));

  if (offset >= length)
    memcpy (unpack->out->data + from, unpack->out->data + from - offset, length);
  else
    for (gsize i = from; i < from + length; i++)
      unpack->out->data[i] = unpack->out->data[i - offset];

  return PH_SNAPPY_WHOLE;
}

PhSnappyResult
ph_snappy_unpack (const guint8 *data,
                  gsize size,
                  gsize limit,
                  GByteArray *out)
{
  Unpack unpack = { .data = data, .size = size, .out = out };
  PhSnappyResult result = PH_SNAPPY_WHOLE;

  g_return_val_if_fail (data != NULL && out != NULL && limit <= G_MAXUINT, PH_SNAPPY_DAMAGED);

  g_byte_array_set_size (out, 0);

  if (!ph_snappy_length (data, size, &unpack.length, &unpack.pos))
    return size < MAX_HEADER ? PH_SNAPPY_TRUNCATED : PH_SNAPPY_DAMAGED;

  if (unpack.length > limit)
    return PH_SNAPPY_TOO_LARGE;

  g_byte_array_set_size (out, (guint) MIN (unpack.length, size * MAX_RATIO));
  g_byte_array_set_size (out, 0);

  while (result == PH_SNAPPY_WHOLE && unpack.pos < size && out->len < unpack.length)
    {
      guint8 tag = data[unpack.pos++];

      result = (tag & 3) == 0 ? add_literal (&unpack, tag) : add_copy (&unpack, tag);
    }

  if (result != PH_SNAPPY_WHOLE)
    return result;

  if (out->len < unpack.length)
    return PH_SNAPPY_TRUNCATED;

  return unpack.pos < size ? PH_SNAPPY_DAMAGED : PH_SNAPPY_WHOLE;
}
