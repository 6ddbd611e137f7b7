/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-varint.h"

G_BEGIN_DECLS

/*
 * Bytes in the making, with cuts where what follows looks different: each part
 * is squeezed with a statistic of its own. Reading knows nothing of cuts.
 */
typedef struct
{
  GByteArray *bytes;
  GArray *cuts; /* gsize: offsets in @bytes, rising */
} PhParts;

PhParts *ph_parts_new (void);
void ph_parts_free (PhParts *parts);

/* See ph-varint.h. */
void ph_parts_put_number (PhParts *parts,
                          guint64 number);
void ph_parts_put_signed (PhParts *parts,
                          gint64 number);
/* Room for @n more bytes, to be filled before anything else is put. */
guint8 *ph_parts_put_room (PhParts *parts,
                           gsize n);
/* From here on it looks different. Parts too small for a statistic are not cut. */
void ph_parts_cut (PhParts *parts);

/* What is left of such bytes; @bad once they were not what was written. */
typedef struct
{
  const guint8 *at;
  const guint8 *end;
  gboolean bad;
} PhPartsReader;

/* At most @limit, else @bad and 0. */
guint64 ph_parts_take_number (PhPartsReader *reader,
                              guint64 limit);
gint64 ph_parts_take_signed (PhPartsReader *reader);
/* Where the next @n bytes are; NULL and @bad when there are fewer. */
const guint8 *ph_parts_take_bytes (PhPartsReader *reader,
                                   gsize n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhParts, ph_parts_free)

G_END_DECLS
