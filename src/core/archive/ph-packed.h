/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-json.h"

G_BEGIN_DECLS

/*
 * Events that are each a JSON string of their own: packed by rrweb's packer
 * (packages/packer/src: zlib data of the event's text, one character for each
 * byte), or merely quoted once more; and members that are packed alike, with gzip
 * or zlib. Keeps its memory between events, and lends it. Belongs to one thread.
 */
typedef struct _PhPacked PhPacked;

PhPacked *ph_packed_new (void);
void ph_packed_free (PhPacked *packed);

/*
 * The text of the event in the JSON string @text, quotes and all; lent until
 * the next call. NULL with PH_ERROR_CORRUPT when there is none, or with
 * PH_ERROR_TOO_LARGE when it is longer than PH_LIMIT_EVENT_BYTES.
 */
const char *ph_packed_open (PhPacked *packed,
                            const char *text,
                            gsize size,
                            gsize *out_size,
                            GError **error);

/*
 * What a string packs that was read already: @text has one character for each byte
 * of zlib or gzip data. Lent, and fails, as above.
 */
const char *ph_packed_open_text (PhPacked *packed,
                                 const char *text,
                                 gsize size,
                                 gsize *out_size,
                                 GError **error);
/* The same of the bytes themselves. */
const char *ph_packed_open_bytes (PhPacked *packed,
                                  const guint8 *bytes,
                                  gsize size,
                                  gsize *out_size,
                                  GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhPacked, ph_packed_free)

G_END_DECLS
