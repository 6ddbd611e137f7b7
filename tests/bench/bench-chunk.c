/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bench-text.h"
#include "ph-archive.h"
#include "ph-chunk.h"
#include "ph-squeeze.h"

#include <string.h>

/*
 * How fast runs of events are packed and unpacked on one core, and how small they
 * get beside `gzip -6` of the same texts. `bench-chunk [FILE…]`: of archives.
 */

#define UNPACK_ROUNDS 3

typedef struct
{
  PhChunkWriter *writer;
  GPtrArray *plain; /* GBytes */
  GArray *counts;   /* guint: events of each */
  GString *texts;
} Runs;

static void
end_run (Runs *runs)
{
  guint n = ph_chunk_writer_n_events (runs->writer);

  if (n == 0)
    return;

  g_array_append_val (runs->counts, n);
  g_ptr_array_add (runs->plain, ph_chunk_writer_take (runs->writer));
}

static gboolean
add_event_cb (const PhEvent *event,
              PhJsonValue root,
              gpointer user_data,
              GError **error)
{
  Runs *runs = user_data;

  if (ph_chunk_writer_is_full (runs->writer, event->size))
    end_run (runs);

  ph_chunk_writer_add (runs->writer, event);
  g_string_append_len (runs->texts, event->text, (gssize) event->size);
  g_string_append_c (runs->texts, '\n');

  return TRUE;
}

static gsize
find_gzip_size (const GString *texts)
{
  g_autoptr (GZlibCompressor) gzip = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6);
  g_autofree char *room = g_malloc (1024 * 1024);
  gsize sum = 0;
  gsize at = 0;
  GConverterResult result;

  do
    {
      gsize n_read = 0;
      gsize n_written = 0;

      result = g_converter_convert (G_CONVERTER (gzip), texts->str + at, texts->len - at, room,
                                    1024 * 1024, G_CONVERTER_INPUT_AT_END, &n_read, &n_written,
                                    NULL);
      at += n_read;
      sum += n_written;
    }
  while (result == G_CONVERTER_CONVERTED);

  return sum;
}

static double
find_mb_per_s (gsize bytes,
               gint64 since)
{
  return (double) bytes / (double) (g_get_monotonic_time () - since);
}

static gsize
pack (const Runs *runs,
      GPtrArray *squeezed,
      GArray *sizes)
{
  g_autoptr (PhSqueezer) squeezer = ph_squeezer_new (PH_CHUNK_LEVEL);
  gsize sum = 0;

  for (guint i = 0; i < runs->plain->len; i++)
    {
      g_autoptr (PhParts) parts =
        ph_chunk_pack (runs->plain->pdata[i], g_array_index (runs->counts, guint, i));
      gsize size = parts->bytes->len;
      GBytes *bytes = ph_squeeze_parts (squeezer, parts);

      sum += g_bytes_get_size (bytes);
      g_ptr_array_add (squeezed, bytes);
      g_array_append_val (sizes, size);
    }

  return sum;
}

/* The longest that one of them took, in seconds. */
static double
unpack (const Runs *runs,
        const GPtrArray *squeezed,
        const GArray *sizes)
{
  gint64 longest = 0;

  for (guint i = 0; i < squeezed->len; i++)
    {
      gint64 begin = g_get_monotonic_time ();
      gsize size;
      gconstpointer data = g_bytes_get_data (squeezed->pdata[i], &size);
      g_autoptr (GBytes) bytes =
        ph_unsqueeze (data, size, g_array_index (sizes, gsize, i), NULL, NULL);
      g_autoptr (PhChunk) chunk = ph_chunk_new (bytes, g_array_index (runs->counts, guint, i), 0,
                                                (PhSpan) { 0, 0 }, NULL);

      g_assert_nonnull (chunk);
      longest = MAX (longest, g_get_monotonic_time () - begin);
    }

  return (double) longest / 1e6;
}

static void
measure (Runs *runs,
         const char *name)
{
  g_autoptr (GPtrArray) squeezed = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GArray) sizes = g_array_new (FALSE, FALSE, sizeof (gsize));
  gsize gzip_size = find_gzip_size (runs->texts);
  gint64 begin = g_get_monotonic_time ();
  gsize packed = pack (runs, squeezed, sizes);
  double pack_speed = find_mb_per_s (runs->texts->len, begin);
  double longest = G_MAXDOUBLE;

  begin = g_get_monotonic_time ();

  for (guint i = 0; i < UNPACK_ROUNDS; i++)
    longest = MIN (longest, unpack (runs, squeezed, sizes));

  g_print ("{\"bench\":\"chunk\",\"of\":\"%s\",\"bytes\":%" G_GSIZE_FORMAT
           ",\"gzip\":%" G_GSIZE_FORMAT ",\"packed\":%" G_GSIZE_FORMAT
           ",\"of_gzip\":%.3f,\"pack_mb_per_s\":%.0f,\"unpack_mb_per_s\":%.0f,"
           "\"unpack_max_ms\":%.2f}\n",
           name, runs->texts->len, gzip_size, packed, (double) packed / (double) gzip_size,
           pack_speed, find_mb_per_s (runs->texts->len * UNPACK_ROUNDS, begin), longest * 1e3);
}

static void
run (GInputStream *stream,
     const char *name)
{
  static const PhSink sink = { add_event_cb, NULL };
  g_autoptr (PhArchiveInfo) info = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *base = g_path_get_basename (name);
  Runs runs = { 0 };

  runs.writer = ph_chunk_writer_new ();
  runs.plain = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  runs.counts = g_array_new (FALSE, FALSE, sizeof (guint));
  runs.texts = g_string_new ("");
  info = ph_archive_read_stream (stream, 0, &sink, &runs, NULL, NULL, &error);
  end_run (&runs);

  if (info != NULL)
    measure (&runs, base);
  else
    g_printerr ("%s: %s\n", base, error->message);

  ph_chunk_writer_free (runs.writer);
  g_ptr_array_unref (runs.plain);
  g_array_unref (runs.counts);
  g_string_free (runs.texts, TRUE);
}

int
main (int argc,
      char **argv)
{
  for (int i = 1; i < argc; i++)
    {
      g_autoptr (GFile) file = g_file_new_for_commandline_arg (argv[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, &error);

      if (stream != NULL)
        run (G_INPUT_STREAM (stream), argv[i]);
      else
        g_printerr ("%s\n", error->message);
    }

  if (argc < 2)
    {
      gsize size = 0;
      char *text = bench_make_events (&size);
      g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, size, g_free);

      run (stream, "text");
    }

  return 0;
}
