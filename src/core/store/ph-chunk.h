/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-event.h"

G_BEGIN_DECLS

/*
 * A run of consecutive events ⇄ bytes: their headers column by column, then
 * their texts as recorded. Bytes are what gets squeezed into the file.
 *
 * About PH_CHUNK_BYTES of text fill one: measured on recordings of tables and
 * shops, larger ones hardly get smaller but take longer to unpack for a seek.
 */
#define PH_CHUNK_BYTES ((gsize) 1024 * 1024)
#define PH_CHUNK_EVENTS 65536
/* zstd's level for it: above, packing falls below 50 MB a second on one core. */
#define PH_CHUNK_LEVEL 9

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
/* The bytes of all events collected; it is empty afterwards. */
GBytes *ph_chunk_writer_take (PhChunkWriter *writer);

/* The events of one chunk; immutable. */
typedef struct _PhChunk PhChunk;

/*
 * @n events are expected, at least one. PH_ERROR_CORRUPT when the bytes are not
 * what a writer wrote. Times are timestamps less @start_time, clamped to @span.
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
