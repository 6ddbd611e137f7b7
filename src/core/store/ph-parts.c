/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-parts.h"

/* A cut costs three bytes and what describes a statistic. */
#define PART_MIN 128

PhParts *
ph_parts_new (void)
{
  PhParts *parts = g_new (PhParts, 1);

  parts->bytes = g_byte_array_new ();
  parts->cuts = g_array_new (FALSE, FALSE, sizeof (gsize));

  return parts;
}

void
ph_parts_free (PhParts *parts)
{
  if (parts == NULL)
    return;

  g_byte_array_unref (parts->bytes);
  g_array_unref (parts->cuts);
  g_free (parts);
}

void
ph_parts_put_number (PhParts *parts,
                     guint64 number)
{
  ph_varint_append (parts->bytes, number);
}

void
ph_parts_put_signed (PhParts *parts,
                     gint64 number)
{
  ph_parts_put_number (parts, ph_varint_zigzag (number));
}

guint8 *
ph_parts_put_room (PhParts *parts,
                   gsize n)
{
  guint at = parts->bytes->len;

  g_byte_array_set_size (parts->bytes, at + (guint) n);

  return parts->bytes->data + at;
}

void
ph_parts_cut (PhParts *parts)
{
  gsize at = parts->bytes->len;
  gsize before = 0;

  if (parts->cuts->len > 0)
    before = g_array_index (parts->cuts, gsize, parts->cuts->len - 1);

  if (at - before >= PART_MIN)
    g_array_append_val (parts->cuts, at);
}

/* --- reading --------------------------------------------------------------- */

guint64
ph_parts_take_number (PhPartsReader *reader,
                      guint64 limit)
{
  guint64 number;

  if (ph_varint_take (&reader->at, reader->end, &number) && number <= limit)
    return number;

  reader->bad = TRUE;

  return 0;
}

gint64
ph_parts_take_signed (PhPartsReader *reader)
{
  return ph_varint_unzigzag (ph_parts_take_number (reader, G_MAXUINT64));
}

const guint8 *
ph_parts_take_bytes (PhPartsReader *reader,
                     gsize n)
{
  const guint8 *bytes = reader->at;

  if (n > (gsize) (reader->end - reader->at))
    {
      reader->bad = TRUE;
      return NULL;
    }

  reader->at += n;

  return bytes;
}
