/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-varint.h"

void
ph_varint_append (GByteArray *out,
                  guint64 number)
{
  guint8 bytes[10];
  guint n = 0;

  while (number >= 0x80)
    {
      bytes[n++] = (guint8) (number | 0x80);
      number >>= 7;
    }

  bytes[n++] = (guint8) number;
  g_byte_array_append (out, bytes, n);
}

gboolean
ph_varint_take (const guint8 **at,
                const guint8 *end,
                guint64 *number)
{
  *number = 0;

  for (guint shift = 0; shift < 64 && *at < end; shift += 7)
    {
      guint8 byte = *(*at)++;

      *number |= (guint64) (byte & 0x7f) << shift;

      if ((byte & 0x80) == 0)
        return TRUE;
    }

  return FALSE;
}
