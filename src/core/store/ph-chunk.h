/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-event.h"
#include "ph-parts.h"

G_BEGIN_DECLS

/*
 * A run of consecutive events ⇄ bytes. While they are collected the bytes are
 * plain: headers column by column, then texts as recorded. Packed, the texts are
 * taken apart (ph-columns.h): that is what gets squeezed into the file.
 *
 * About PH_CHUNK_BYTES of text fill one: measured on recordings of tables and
 * shops, larger ones hardly get smaller but take longer to unpack for a seek.
 */
#define PH_CHUNK_BYTES ((gsize) 1024 * 1024)
#define PH_CHUNK_EVENTS 65536
/* zstd's level for it. */
#define PH_CHUNK_LEVEL 6

/* Collects events. */
typedef struct _PhChunkWriter PhChunkWriter;

PhChunkWriter *ph_chunk_writer_new (void);
void ph_chunk_writer_free (PhChunkWriter *writer);

/* Takes a copy of @event, but not its time: that follows from its timestamp. */
void ph_chunk_writer_add (PhChunkWriter *writer,
                          const PhEvent *event);
guint ph_chunk_writer_n_events (const PhChunkWriter *writer);
/* Whether @size more bytes of text should go into another chunk. */
gboolean ph_chunk_writer_is_full (const PhChunkWriter *writer,
                                  gsize size);
/* The plain bytes of all events collected; it is empty afterwards. */
GBytes *ph_chunk_writer_take (PhChunkWriter *writer);

/* Packs the @n events that a writer gave. Any thread. */
PhParts *ph_chunk_pack (GBytes *plain,
                        guint n);

/* The events of one chunk; immutable. */
typedef struct _PhChunk PhChunk;

/*
 * @bytes are plain or packed. @n events are expected, at least one and at most
 * PH_CHUNK_EVENTS. PH_ERROR_CORRUPT when that is not what they are. Times are
 * timestamps less @start_time, clamped to @span.
 */
PhChunk *ph_chunk_new (GBytes *bytes,
                       guint n,
                       gint64 start_time,
                       PhSpan span,
                       GError **error);
void ph_chunk_free (PhChunk *chunk);

guint ph_chunk_n_events (const PhChunk *chunk);
const PhEvent *ph_chunk_get_event (const PhChunk *chunk,
                                   guint index);
/* Memory taken. */
gsize ph_chunk_get_bytes (const PhChunk *chunk);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhChunkWriter, ph_chunk_writer_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhChunk, ph_chunk_free)

G_END_DECLS
