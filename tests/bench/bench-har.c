/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bench-text.h"
#include "ph-archive.h"
#include "ph-json-write.h"

/* How fast a network log of 100 MB is read whose requests carry the events of a session. */

#define ROUNDS 100

static gboolean
count_cb (const PhEvent *event,
          PhJsonValue root,
          gpointer user_data,
          GError **error)
{
  return TRUE;
}

int
main (void)
{
  static const PhSink sink = { count_cb, NULL };
  g_autoptr (GInputStream) stream = g_memory_input_stream_new ();
  g_autoptr (GString) entry = g_string_new (NULL);
  g_autoptr (PhArchiveInfo) info = NULL;
  g_autoptr (GError) error = NULL;
  gsize size = 0;
  g_autofree char *text = bench_make_events (&size);
  const char *head = "{\"log\":{\"creator\":{},\"entries\":[";
  gint64 begin;
  double seconds;

  text[size - 1] = ']';
  g_string_append (entry, "{\"startedDateTime\":\"2023-11-14T22:13:20Z\",\"request\":{\"url\":"
                          "\"https://a.example/\",\"postData\":{\"text\":");
  ph_json_write_string (entry, text, (gssize) size);
  g_string_append (entry, "}}},");
  g_memory_input_stream_add_data (G_MEMORY_INPUT_STREAM (stream), head, -1, NULL);

  for (guint i = 0; i < ROUNDS; i++)
    g_memory_input_stream_add_data (G_MEMORY_INPUT_STREAM (stream), entry->str,
                                    (gssize) entry->len, NULL);

  begin = g_get_monotonic_time ();
  info = ph_archive_read_stream (stream, 0, &sink, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  seconds = (double) (g_get_monotonic_time () - begin) / (double) G_USEC_PER_SEC;
  g_print ("{\"bench\":\"har\",\"mb_per_s\":%.0f,\"events\":%d}\n",
           (double) info->bytes / 1e6 / seconds, (int) info->n_events);

  return 0;
}
