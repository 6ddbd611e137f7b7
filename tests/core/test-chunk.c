/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-chunk.h"

#include "ph-error.h"
#include "ph-limits.h"

#include <string.h>

#define SPAN ((PhSpan) { 0, 1000 })

static const PhEvent events[] = {
  { .timestamp = 5000, .order = 3, .window = 0, .type = 4, .source = -1, .text = "{}", .size = 2 },
  { .timestamp = 4000,
    .order = 1,
    .window = 255,
    .type = 3,
    .source = 16,
    .text = "a\0b",
    .size = 3 },
  { .timestamp = G_MAXINT64, .order = 0, .type = G_MAXINT16, .source = G_MININT16, .text = "" },
  { .timestamp = G_MININT64, .order = G_MAXUINT64, .type = -1, .text = "{ }", .size = 3 },
  { .timestamp = 5500, .order = 4, .type = 2, .source = -1, .text = "{\"type\":2}", .size = 10 },
};

static GBytes *
make_bytes (void)
{
  g_autoptr (PhChunkWriter) writer = ph_chunk_writer_new ();

  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    ph_chunk_writer_add (writer, &events[i]);

  g_assert_cmpuint (ph_chunk_writer_n_events (writer), ==, G_N_ELEMENTS (events));

  return ph_chunk_writer_take (writer);
}

static GBytes *
make_packed (void)
{
  g_autoptr (GBytes) plain = make_bytes ();
  g_autoptr (PhParts) parts = ph_chunk_pack (plain, G_N_ELEMENTS (events));

  return g_bytes_new (parts->bytes->data, parts->bytes->len);
}

static void
check_round_trip (GBytes *bytes)
{
  static const PhTime times[] = { 0, 0, 1000, 0, 500 };
  g_autoptr (GError) error = NULL;
  g_autoptr (PhChunk) chunk = ph_chunk_new (bytes, G_N_ELEMENTS (events), 5000, SPAN, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (ph_chunk_n_events (chunk), ==, G_N_ELEMENTS (events));
  g_assert_cmpuint (ph_chunk_get_bytes (chunk), >=, sizeof events);

  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    {
      const PhEvent *event = ph_chunk_get_event (chunk, i);

      g_assert_cmpint (event->timestamp, ==, events[i].timestamp);
      g_assert_cmpint (event->time, ==, times[i]);
      g_assert_cmpuint (event->order, ==, events[i].order);
      g_assert_cmpuint (event->window, ==, events[i].window);
      g_assert_cmpint (event->type, ==, events[i].type);
      g_assert_cmpint (event->source, ==, events[i].source);
      g_assert_cmpmem (event->text, event->size, events[i].text, events[i].size);
    }
}

static void
test_plain (void)
{
  g_autoptr (GBytes) bytes = make_bytes ();

  check_round_trip (bytes);
}

static void
test_packed (void)
{
  g_autoptr (GBytes) bytes = make_packed ();

  check_round_trip (bytes);
}

/* More kinds of event than are told apart are kept plain. */
static void
test_kinds (void)
{
  for (guint n = 250; n < 260; n++)
    {
      g_autoptr (PhChunkWriter) writer = ph_chunk_writer_new ();
      g_autoptr (PhChunk) chunk = NULL;
      g_autoptr (PhParts) parts = NULL;
      g_autoptr (GBytes) plain = NULL;
      g_autoptr (GBytes) bytes = NULL;

      for (guint i = 0; i < 3 * n; i++)
        {
          PhEvent event = { .timestamp = i, .type = (gint16) (i % n), .text = "{}", .size = 2 };

          ph_chunk_writer_add (writer, &event);
        }

      plain = ph_chunk_writer_take (writer);
      parts = ph_chunk_pack (plain, 3 * n);
      bytes = g_bytes_new (parts->bytes->data, parts->bytes->len);
      g_assert_cmpint (g_bytes_equal (bytes, plain), ==, n > 255);
      chunk = ph_chunk_new (bytes, 3 * n, 0, SPAN, NULL);
      g_assert_nonnull (chunk);

      for (guint i = 0; i < 3 * n; i++)
        g_assert_cmpint (ph_chunk_get_event (chunk, i)->type, ==, (int) (i % n));
    }
}

/* A writer starts anew: the same events give the same bytes again. */
static void
test_take_twice (void)
{
  g_autoptr (PhChunkWriter) writer = ph_chunk_writer_new ();
  g_autoptr (GBytes) bytes = make_bytes ();

  for (guint round = 0; round < 2; round++)
    {
      g_autoptr (GBytes) again = NULL;

      for (guint i = 0; i < G_N_ELEMENTS (events); i++)
        ph_chunk_writer_add (writer, &events[i]);

      again = ph_chunk_writer_take (writer);
      g_assert_true (g_bytes_equal (bytes, again));
      g_assert_cmpuint (ph_chunk_writer_n_events (writer), ==, 0);
    }
}

/* A large event gets a chunk of its own; an empty one takes anything. */
static void
test_full (void)
{
  g_autoptr (PhChunkWriter) writer = ph_chunk_writer_new ();

  g_assert_false (ph_chunk_writer_is_full (writer, PH_LIMIT_EVENT_BYTES));
  ph_chunk_writer_add (writer, &events[0]);
  g_assert_false (ph_chunk_writer_is_full (writer, PH_CHUNK_BYTES - 2));
  g_assert_true (ph_chunk_writer_is_full (writer, PH_CHUNK_BYTES - 1));

  for (guint i = 1; i < PH_CHUNK_EVENTS; i++)
    {
      g_assert_false (ph_chunk_writer_is_full (writer, 0));
      ph_chunk_writer_add (writer, &events[0]);
    }

  g_assert_true (ph_chunk_writer_is_full (writer, 0));
}

/* Cut anywhere, any byte changed, another number of events: an error, or events within bounds. */
static void
check_damaged (GBytes *bytes,
               gboolean is_plain)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  for (gsize i = 0; i < size; i++)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (bytes, 0, i);
      g_autoptr (GError) error = NULL;

      g_assert_null (ph_chunk_new (cut, G_N_ELEMENTS (events), 5000, SPAN, &error));
      g_assert_error (error, PH_ERROR, PH_ERROR_CORRUPT);
    }

  for (gsize i = 0; i < size * 256; i++)
    {
      guint8 *copy = g_memdup2 (data, size);
      g_autoptr (GBytes) changed = g_bytes_new_take (copy, size);
      g_autoptr (PhChunk) chunk = NULL;

      copy[i / 256] = (guint8) i;
      chunk = ph_chunk_new (changed, G_N_ELEMENTS (events), 5000, SPAN, NULL);

      for (guint k = 0; chunk != NULL && k < G_N_ELEMENTS (events); k++)
        {
          const PhEvent *event = ph_chunk_get_event (chunk, k);

          g_assert_cmpuint (event->window, <, PH_LIMIT_WINDOWS);
          g_assert_true (event->time >= 0 && event->time <= 1000);
          g_assert_cmpuint (event->size, <=, PH_LIMIT_EVENT_BYTES);
          g_assert_true (!is_plain ||
                         ((const guint8 *) event->text >= copy &&
                          (const guint8 *) event->text + event->size <= copy + size));
        }
    }

  g_assert_null (ph_chunk_new (bytes, 0, 5000, SPAN, NULL));
  g_assert_null (ph_chunk_new (bytes, G_N_ELEMENTS (events) - 1, 5000, SPAN, NULL));
  g_assert_null (ph_chunk_new (bytes, G_N_ELEMENTS (events) + 1, 5000, SPAN, NULL));
  g_assert_null (ph_chunk_new (bytes, G_MAXUINT, 5000, SPAN, NULL));
}

static void
test_damaged (void)
{
  g_autoptr (GBytes) plain = make_bytes ();
  g_autoptr (GBytes) packed = make_packed ();

  check_damaged (plain, TRUE);
  check_damaged (packed, FALSE);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/chunk/plain", test_plain);
  g_test_add_func ("/chunk/packed", test_packed);
  g_test_add_func ("/chunk/kinds", test_kinds);
  g_test_add_func ("/chunk/take-twice", test_take_twice);
  g_test_add_func ("/chunk/full", test_full);
  g_test_add_func ("/chunk/damaged", test_damaged);

  return g_test_run ();
}
