/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-json.h"

G_BEGIN_DECLS

/*
 * Events that are each a JSON string of their own: packed by rrweb's packer
 * (packages/packer/src: zlib data of the event's text, one character for each
 * byte), or merely quoted once more. Keeps its memory between events, and lends
 * it. Belongs to one thread.
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

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhPacked, ph_packed_free)

G_END_DECLS
