/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-parts.h"

G_BEGIN_DECLS

/*
 * Bytes ⇄ one zstd frame, which may lean on other bytes (zstd's prefix
 * reference): what is like them costs next to nothing. A frame carries zstd's
 * own checksum of what is in it. One thread at a time.
 */
typedef struct _PhSqueezer PhSqueezer;

/* @level is zstd's. */
PhSqueezer *ph_squeezer_new (int level);
void ph_squeezer_free (PhSqueezer *squeezer);

/* @prefix may be NULL and must not overlap @data; the same bytes are needed to unpack. */
GBytes *ph_squeeze (PhSqueezer *squeezer,
                    gconstpointer data,
                    gsize size,
                    GBytes *prefix);

/* As well, each part with a statistic of its own: still one frame. */
GBytes *ph_squeeze_parts (PhSqueezer *squeezer,
                          const PhParts *parts);

/*
 * What was squeezed: exactly @unpacked bytes, which the caller has checked
 * against a limit. The frame may come from a damaged file: PH_ERROR_CORRUPT.
 */
GBytes *ph_unsqueeze (gconstpointer data,
                      gsize size,
                      gsize unpacked,
                      GBytes *prefix,
                      GError **error);

/* CRC-32 (ISO 3309) over @n numbers, low byte first, and @size bytes after them. */
guint32 ph_checksum (const gint64 *numbers,
                     guint n,
                     gconstpointer data,
                     gsize size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhSqueezer, ph_squeezer_free)

G_END_DECLS
