/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-chunk.h"

#include "ph-columns-read.h"
#include "ph-columns.h"
#include "ph-error.h"
#include "ph-limits.h"
#include "ph-numbers.h"

#include <string.h>

/*
 * A format byte. After PLAIN for each event, column by column, LEB128 numbers:
 * what its timestamp and its order are above the event's before it (zigzag),
 * window, type and source (zigzag), size of its text; then the texts.
 *
 * After PACKED microseconds per unit of the timestamps (1 or 1000), then columns
 * of numbers (ph-numbers.h): timestamps, orders; then the texts (ph-columns.h);
 * then how many kinds of event there are (255 at most; an event of more is PLAIN),
 * window, type and source (zigzag) of each; then a column of numbers: 0 when the
 * event is of the kind that the one before it was whose text began with the same
 * literal, else its kind counted from 1.
 */
#define PLAIN 1
#define PACKED 2
#define N_COLUMNS 6
#define MAX_KINDS 255

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
  GBytes *bytes; /* where the texts are when they were plain */
  char *texts;   /* else */
  gsize size;    /* of either */
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
put_signed (GByteArray *column,
            gint64 number)
{
  ph_varint_append (column, ph_varint_zigzag (number));
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
  ph_varint_append (writer->columns[2], event->window);
  put_signed (writer->columns[3], event->type);
  put_signed (writer->columns[4], event->source);
  ph_varint_append (writer->columns[5], event->size);
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
  guint8 format = PLAIN;

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

static gint16
take_small (PhPartsReader *reader)
{
  return (gint16) ph_varint_unzigzag (ph_parts_take_number (reader, G_MAXUINT16));
}

static void
take_columns (PhPartsReader *reader,
              PhEvent *events,
              guint n)
{
  gint64 timestamp = 0;
  guint64 order = 0;

  for (guint i = 0; i < n && !reader->bad; i++)
    {
      timestamp = (gint64) ((guint64) timestamp + (guint64) ph_parts_take_signed (reader));
      events[i].timestamp = timestamp;
    }

  for (guint i = 0; i < n && !reader->bad; i++)
    {
      order += (guint64) ph_parts_take_signed (reader);
      events[i].order = order;
    }

  for (guint i = 0; i < n && !reader->bad; i++)
    events[i].window = (guint32) ph_parts_take_number (reader, PH_LIMIT_WINDOWS - 1);

  for (guint i = 0; i < n && !reader->bad; i++)
    events[i].type = take_small (reader);

  for (guint i = 0; i < n && !reader->bad; i++)
    events[i].source = take_small (reader);

  for (guint i = 0; i < n && !reader->bad; i++)
    events[i].size = (gsize) ph_parts_take_number (reader, PH_LIMIT_EVENT_BYTES);
}

/* Of a PLAIN run, all but the format byte. */
static void
take_plain (PhPartsReader *reader,
            PhEvent *events,
            guint n)
{
  take_columns (reader, events, n);

  for (guint i = 0; i < n && !reader->bad; i++)
    events[i].text = (const char *) ph_parts_take_bytes (reader, events[i].size);

  reader->bad |= reader->at != reader->end;
}

static void
take_headers (PhPartsReader *reader,
              PhEvent *events,
              guint n)
{
  guint64 unit = ph_parts_take_number (reader, 1000);

  for (guint column = 0; column < 2; column++)
    {
      g_auto (PhNumbers) numbers = { 0 };

      ph_numbers_take (&numbers, reader, n);

      for (guint i = 0; i < n && !numbers.bad; i++)
        {
          guint64 number = (guint64) ph_numbers_next (&numbers, 0);

          if (column == 0)
            events[i].timestamp = (gint64) (number * unit);
          else
            events[i].order = number;
        }

      reader->bad |= numbers.bad;
    }
}

/* @firsts: the literal each event's text begins with. */
static void
take_kinds (PhPartsReader *reader,
            PhEvent *events,
            guint n,
            const guint32 *firsts)
{
  g_autofree guint8 *guesses = g_new0 (guint8, PH_COLUMNS_LITERALS);
  g_auto (PhNumbers) numbers = { 0 };
  PhEvent kinds[MAX_KINDS + 1] = { 0 };
  guint n_kinds = (guint) ph_parts_take_number (reader, MAX_KINDS);

  for (guint i = 1; i <= n_kinds; i++)
    {
      kinds[i].window = (guint32) ph_parts_take_number (reader, PH_LIMIT_WINDOWS - 1);
      kinds[i].type = take_small (reader);
      kinds[i].source = take_small (reader);
    }

  ph_numbers_take (&numbers, reader, n);

  for (guint i = 0; i < n && !numbers.bad; i++)
    {
      guint64 kind = (guint64) ph_numbers_next (&numbers, 0);

      if (kind == 0)
        kind = guesses[firsts[i]];

      reader->bad |= kind == 0 || kind > n_kinds;

      if (reader->bad)
        return;

      guesses[firsts[i]] = (guint8) kind;
      events[i].window = kinds[kind].window;
      events[i].type = kinds[kind].type;
      events[i].source = kinds[kind].source;
    }

  reader->bad |= numbers.bad;
}

/* Of a PACKED run. */
static void
take_packed (PhPartsReader *reader,
             PhChunk *chunk)
{
  g_autofree guint32 *firsts = g_new0 (guint32, chunk->n_events);

  take_headers (reader, chunk->events, chunk->n_events);

  if (!reader->bad)
    chunk->texts =
      ph_columns_unpack (reader, chunk->events, chunk->n_events, firsts, &chunk->size);

  if (!reader->bad)
    take_kinds (reader, chunk->events, chunk->n_events, firsts);

  reader->bad |= reader->at != reader->end;
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

static void
take_run (PhPartsReader *reader,
          PhChunk *chunk,
          GBytes *bytes)
{
  gsize size = (gsize) (reader->end - reader->at);
  guint64 format = ph_parts_take_number (reader, PACKED);

  /* Before memory is taken. */
  reader->bad |= format == PLAIN && size < 1 + (gsize) chunk->n_events * N_COLUMNS;
  reader->bad |= chunk->n_events == 0 || chunk->n_events > PH_CHUNK_EVENTS || format == 0;

  if (reader->bad)
    return;

  chunk->events = g_new0 (PhEvent, chunk->n_events);

  if (format == PACKED)
    {
      take_packed (reader, chunk);
      return;
    }

  chunk->bytes = g_bytes_ref (bytes);
  chunk->size = size;
  take_plain (reader, chunk->events, chunk->n_events);
}

PhChunk *
ph_chunk_new (GBytes *bytes,
              guint n,
              gint64 start_time,
              PhSpan span,
              GError **error)
{
  g_autoptr (PhChunk) chunk = g_new0 (PhChunk, 1);
  PhPartsReader reader = { 0 };
  gsize size;

  chunk->n_events = n;
  reader.at = g_bytes_get_data (bytes, &size);
  reader.end = reader.at + size;
  take_run (&reader, chunk, bytes);

  if (reader.bad)
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

  g_clear_pointer (&chunk->bytes, g_bytes_unref);
  g_free (chunk->texts);
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
  return chunk->size + chunk->n_events * sizeof (PhEvent);
}

/* --- packing --------------------------------------------------------------- */

static void
put_headers (PhParts *parts,
             const PhEvent *events,
             guint n)
{
  g_autofree gint64 *numbers = g_new (gint64, n);
  gint64 unit = 1000;

  for (guint i = 0; i < n; i++)
    if (events[i].timestamp % 1000 != 0)
      unit = 1;

  for (guint i = 0; i < n; i++)
    numbers[i] = events[i].timestamp / unit;

  ph_parts_put_number (parts, (guint64) unit);
  ph_numbers_put (parts, numbers, NULL, n);

  for (guint i = 0; i < n; i++)
    numbers[i] = (gint64) events[i].order;

  ph_numbers_put (parts, numbers, NULL, n);
}

static gboolean
is_of_kind (const PhEvent *event,
            const PhEvent *kind)
{
  return event->window == kind->window && event->type == kind->type &&
         event->source == kind->source;
}

/* FALSE when there are too many kinds. */
static gboolean
put_kinds (PhParts *parts,
           const PhEvent *events,
           guint n,
           const guint32 *firsts)
{
  g_autofree guint8 *guesses = g_new0 (guint8, PH_COLUMNS_LITERALS);
  g_autofree gint64 *numbers = g_new (gint64, n);
  const PhEvent *kinds[MAX_KINDS + 1];
  guint n_kinds = 0;

  for (guint i = 0; i < n; i++)
    {
      guint kind = guesses[firsts[i]];

      numbers[i] = 0;

      if (kind > 0 && is_of_kind (&events[i], kinds[kind]))
        continue;

      for (kind = 1; kind <= n_kinds && !is_of_kind (&events[i], kinds[kind]); kind++)
        ;

      if (kind > MAX_KINDS)
        return FALSE;

      if (kind > n_kinds)
        kinds[++n_kinds] = &events[i];

      guesses[firsts[i]] = (guint8) kind;
      numbers[i] = kind;
    }

  ph_parts_put_number (parts, n_kinds);

  for (guint i = 1; i <= n_kinds; i++)
    {
      ph_parts_put_number (parts, kinds[i]->window);
      ph_parts_put_signed (parts, kinds[i]->type);
      ph_parts_put_signed (parts, kinds[i]->source);
    }

  ph_numbers_put (parts, numbers, NULL, n);

  return TRUE;
}

PhParts *
ph_chunk_pack (GBytes *plain,
               guint n)
{
  g_autoptr (PhChunk) chunk = ph_chunk_new (plain, n, 0, (PhSpan) { 0, 0 }, NULL);
  g_autoptr (PhParts) parts = ph_parts_new ();
  g_autofree guint32 *firsts = g_new0 (guint32, n);
  gconstpointer data;
  gsize size;

  g_return_val_if_fail (chunk != NULL, NULL);

  ph_parts_put_number (parts, PACKED);
  put_headers (parts, chunk->events, n);
  ph_columns_pack (parts, chunk->events, n, firsts);

  if (put_kinds (parts, chunk->events, n, firsts))
    return g_steal_pointer (&parts);

  g_byte_array_set_size (parts->bytes, 0);
  g_array_set_size (parts->cuts, 0);
  data = g_bytes_get_data (plain, &size);
  g_byte_array_append (parts->bytes, data, (guint) size);

  return g_steal_pointer (&parts);
}
