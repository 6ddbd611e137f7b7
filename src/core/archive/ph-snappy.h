/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * One block of Snappy's raw format (google/snappy format_description.txt): how long
 * it is unpacked, then literals and copies. Not the framing format.
 */
typedef enum
{
  PH_SNAPPY_WHOLE,
  PH_SNAPPY_TRUNCATED, /* the data ends in the middle */
  PH_SNAPPY_DAMAGED,   /* wrong bytes, or more of them than it says */
  PH_SNAPPY_TOO_LARGE, /* it says it is longer than the limit given */
} PhSnappyResult;

/*
 * What @data says its length unpacked is; FALSE when it does not begin like a
 * block. @header is how many bytes say so.
 */
gboolean ph_snappy_length (const guint8 *data,
                           gsize size,
                           gsize *length,
                           gsize *header);

/*
 * Unpacks into @out, which is emptied first: all of it, or as much as came before
 * the end or the damage. Memory is @limit bytes at most, and no more than 64 times
 * @size whatever the block says of itself.
 */
PhSnappyResult ph_snappy_unpack (const guint8 *data,
                                 gsize size,
                                 gsize limit,
                                 GByteArray *out);

G_END_DECLS
