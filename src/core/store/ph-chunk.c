/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-chunk.h"

#include "ph-error.h"
#include "ph-limits.h"

#include <string.h>

/*
 * A format byte; then for each event, column by column, LEB128 numbers: what its
 * timestamp and its order are above the event's before it (zigzag), window, type
 * and source (zigzag), size of its text; then the texts.
 */
#define FORMAT 1
#define N_COLUMNS 6

struct _PhChunkWriter
{
  GByteArray *columns[N_COLUMNS];
  GByteArray *texts;
  guint n_events;
  gint64 timestamp; /* of the event added last */
  guint64 order;
};

struct _PhChunk
{
  GBytes *bytes;
  PhEvent *events;
  guint n_events;
};

/* --- writing --------------------------------------------------------------- */

PhChunkWriter *
ph_chunk_writer_new (void)
{
  PhChunkWriter *writer = g_new0 (PhChunkWriter, 1);

  for (guint i = 0; i < N_COLUMNS; i++)
    writer->columns[i] = g_byte_array_new ();

  writer->texts = g_byte_array_new ();

  return writer;
}

void
ph_chunk_writer_free (PhChunkWriter *writer)
{
  if (writer == NULL)
    return;

  for (guint i = 0; i < N_COLUMNS; i++)
    g_byte_array_unref (writer->columns[i]);

  g_byte_array_unref (writer->texts);
  g_free (writer);
}

static void
put_number (GByteArray *column,
            guint64 number)
{
  guint8 bytes[10];
  guint n = 0;

  while (number >= 0x80)
    {
      bytes[n++] = (guint8) (number | 0x80);
      number >>= 7;
    }

  bytes[n++] = (guint8) number;
  g_byte_array_append (column, bytes, n);
}

static void
put_signed (GByteArray *column,
            gint64 number)
{
  put_number (column, ((guint64) number << 1) ^ (guint64) (number >> 63));
}

/* Differences may wrap around: they are added up in the same way. */
static gint64
find_difference (guint64 a,
                 guint64 b)
{
  return (gint64) (a - b);
}

void
ph_chunk_writer_add (PhChunkWriter *writer,
                     const PhEvent *event)
{
  put_signed (writer->columns[0],
              find_difference ((guint64) event->timestamp, (guint64) writer->timestamp));
  put_signed (writer->columns[1], find_difference (event->order, writer->order));
  put_number (writer->columns[2], event->window);
  put_signed (writer->columns[3], event->type);
  put_signed (writer->columns[4], event->source);
  put_number (writer->columns[5], event->size);
  g_byte_array_append (writer->texts, (const guint8 *) event->text, (guint) event->size);
  writer->timestamp = event->timestamp;
  writer->order = event->order;
  writer->n_events++;
}

guint
ph_chunk_writer_n_events (const PhChunkWriter *writer)
{
  return writer->n_events;
}

gboolean
ph_chunk_writer_is_full (const PhChunkWriter *writer,
                         gsize size)
{
  return writer->n_events > 0 && (writer->n_events >= PH_CHUNK_EVENTS ||
                                  writer->texts->len + size > PH_CHUNK_BYTES);
}

GBytes *
ph_chunk_writer_take (PhChunkWriter *writer)
{
  GByteArray *out = g_byte_array_sized_new (writer->texts->len + writer->n_events * 8 + 1);
  guint8 format = FORMAT;

  g_byte_array_append (out, &format, 1);

  for (guint i = 0; i < N_COLUMNS; i++)
    {
      g_byte_array_append (out, writer->columns[i]->data, writer->columns[i]->len);
      g_byte_array_set_size (writer->columns[i], 0);
    }

  g_byte_array_append (out, writer->texts->data, writer->texts->len);
  g_byte_array_set_size (writer->texts, 0);
  writer->n_events = 0;
  writer->timestamp = 0;
  writer->order = 0;

  return g_byte_array_free_to_bytes (out);
}

/* --- reading --------------------------------------------------------------- */

typedef struct
{
  const guint8 *at;
  const guint8 *end;
  gboolean bad;
} Reader;

static guint64
take_number (Reader *reader,
             guint64 limit)
{
  guint64 number = 0;

  for (guint shift = 0; shift < 64 && reader->at < reader->end; shift += 7)
    {
      guint8 byte = *reader->at++;

      number |= (guint64) (byte & 0x7f) << shift;

      if ((byte & 0x80) == 0 && number <= limit)
        return number;

      if ((byte & 0x80) == 0)
        break;
    }

  reader->bad = TRUE;

  return 0;
}

static gint64
take_signed (Reader *reader,
             guint64 limit)
{
  guint64 number = take_number (reader, limit);

  return (gint64) ((number >> 1) ^ (0 - (number & 1)));
}

static void
take_columns (Reader *reader,
              PhEvent *events,
              guint n)
{
  gint64 timestamp = 0;
  guint64 order = 0;

  for (guint i = 0; i < n && !reader->bad; i++)
    {
      timestamp = (gint64) ((guint64) timestamp + (guint64) take_signed (reader, G_MAXUINT64));
      events[i].timestamp = timestamp;
    }

  for (guint i = 0; i < n && !reader->bad; i++)
    {
      order += (guint64) take_signed (reader, G_MAXUINT64);
      events[i].order = order;
    }

  for (guint i = 0; i < n && !reader->bad; i++)
    events[i].window = (guint32) take_number (reader, PH_LIMIT_WINDOWS - 1);

  for (guint i = 0; i < n && !reader->bad; i++)
    events[i].type = (gint16) take_signed (reader, G_MAXUINT16);

  for (guint i = 0; i < n && !reader->bad; i++)
    events[i].source = (gint16) take_signed (reader, G_MAXUINT16);

  for (guint i = 0; i < n && !reader->bad; i++)
    events[i].size = (gsize) take_number (reader, PH_LIMIT_EVENT_BYTES);
}

static void
take_texts (Reader *reader,
            PhEvent *events,
            guint n)
{
  for (guint i = 0; i < n && !reader->bad; i++)
    {
      if (events[i].size > (gsize) (reader->end - reader->at))
        {
          reader->bad = TRUE;
          return;
        }

      events[i].text = (const char *) reader->at;
      reader->at += events[i].size;
    }
}

/* Kept within what a time can be, however odd the file. */
static PhTime
find_time (gint64 timestamp,
           gint64 start_time,
           PhSpan span)
{
  PhTime time;

  if (__builtin_sub_overflow (timestamp, start_time, &time))
    return timestamp < start_time ? span.begin : span.end;

  return ph_span_clamp (span, time);
}

PhChunk *
ph_chunk_new (GBytes *bytes,
              guint n,
              gint64 start_time,
              PhSpan span,
              GError **error)
{
  g_autoptr (PhChunk) chunk = g_new0 (PhChunk, 1);
  Reader reader = { 0 };
  gsize size;

  chunk->bytes = g_bytes_ref (bytes);
  reader.at = g_bytes_get_data (bytes, &size);
  reader.end = reader.at + size;
  reader.bad = n == 0 || size < 1 + (gsize) n * N_COLUMNS || *reader.at++ != FORMAT;

  if (!reader.bad)
    {
      chunk->n_events = n;
      chunk->events = g_new0 (PhEvent, n);
      take_columns (&reader, chunk->events, n);
      take_texts (&reader, chunk->events, n);
    }

  if (reader.bad || reader.at != reader.end)
    {
      g_set_error_literal (error, PH_ERROR, PH_ERROR_CORRUPT, "A run of events is damaged");
      return NULL;
    }

  for (guint i = 0; i < n; i++)
    chunk->events[i].time = find_time (chunk->events[i].timestamp, start_time, span);

  return g_steal_pointer (&chunk);
}

void
ph_chunk_free (PhChunk *chunk)
{
  if (chunk == NULL)
    return;

  g_bytes_unref (chunk->bytes);
  g_free (chunk->events);
  g_free (chunk);
}

guint
ph_chunk_n_events (const PhChunk *chunk)
{
  return chunk->n_events;
}

const PhEvent *
ph_chunk_get_event (const PhChunk *chunk,
                    guint index)
{
  return &chunk->events[index];
}

gsize
ph_chunk_get_bytes (const PhChunk *chunk)
{
  return g_bytes_get_size (chunk->bytes) + chunk->n_events * sizeof (PhEvent);
}
