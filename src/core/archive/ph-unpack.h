/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * The bytes of a file without its packing. Gzip, zstd and zlib are recognised by
 * their first bytes, never by a name, also inside each other; several members
 * or frames in a row are one text. Memory does not grow with the file.
 *
 * What comes out is bounded by PH_LIMIT_UNPACK_RATIO. Packed data that ends
 * early or goes wrong gives the bytes that could be read and then the end; ask
 * ph_unpack_get_condition() how it went. Blocking, one thread.
 */
typedef struct _PhUnpack PhUnpack;

typedef enum
{
  PH_UNPACK_WHOLE,
  PH_UNPACK_TRUNCATED, /* the packed data ends in the middle */
  PH_UNPACK_DAMAGED,   /* wrong bytes or a wrong checksum; the rest was left out */
  PH_UNPACK_TRAILING,  /* bytes that belong to nothing follow the packed data */
} PhUnpackCondition;

/* Keeps a reference on @stream, which is never closed. */
PhUnpack *ph_unpack_new (GInputStream *stream);
void ph_unpack_free (PhUnpack *unpack);

/*
 * Up to @size bytes into @buffer: how many, 0 at the end, or -1 with a
 * G_IO_ERROR of the stream, PH_ERROR_TOO_LARGE or PH_ERROR_UNSUPPORTED.
 */
gssize ph_unpack_read (PhUnpack *unpack,
                       void *buffer,
                       gsize size,
                       GCancellable *cancellable,
                       GError **error);

/* `gzip`, `zstd`, `zlib` or NULL for plain: the outermost. Known after the first read. */
const char *ph_unpack_get_packing (const PhUnpack *unpack);
/* Bytes taken from the stream so far. */
guint64 ph_unpack_get_taken (const PhUnpack *unpack);
PhUnpackCondition ph_unpack_get_condition (const PhUnpack *unpack);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhUnpack, ph_unpack_free)

G_END_DECLS
