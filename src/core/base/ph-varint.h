/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Numbers as bytes: LEB128, seven bits a byte, low ones first, the high bit of a
 * byte saying that more follow. Signed ones are zigzag before: 0, −1, 1, −2 …
 */

void ph_varint_append (GByteArray *out,
                       guint64 number);
/* Moves *@at behind the number; FALSE, *@at being anywhere, when it does not end by @end. */
gboolean ph_varint_take (const guint8 **at,
                         const guint8 *end,
                         guint64 *number);

static inline guint64
ph_varint_zigzag (gint64 number)
{
  return ((guint64) number << 1) ^ (guint64) (number >> 63);
}

static inline gint64
ph_varint_unzigzag (guint64 number)
{
  return (gint64) ((number >> 1) ^ (0 - (number & 1)));
}

G_END_DECLS
