/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Passes on what another stream gives, and makes the SHA-256 of it on the way. */
#define PH_TYPE_HASH_STREAM (ph_hash_stream_get_type ())
G_DECLARE_FINAL_TYPE (PhHashStream, ph_hash_stream, PH, HASH_STREAM, GFilterInputStream)

PhHashStream *ph_hash_stream_new (GInputStream *base);

/*
 * Reads what is left and gives the sum of all, in hexadecimal; to be called
 * once. NULL when the rest cannot be read. Blocking.
 */
char *ph_hash_stream_finish (PhHashStream *self,
                             GCancellable *cancellable,
                             GError **error);

G_END_DECLS
