/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bench-text.h"
#include "ph-archive.h"

/* How fast an archive of 200 MB is read: cut, parsed, its events given out. */

#define ROUNDS 200

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
  g_autoptr (PhArchiveInfo) info = NULL;
  g_autoptr (GError) error = NULL;
  gsize size = 0;
  g_autofree char *text = bench_make_events (&size);
  gint64 begin;
  double seconds;

  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (text + (i > 0), size - (i > 0));

      g_memory_input_stream_add_bytes (G_MEMORY_INPUT_STREAM (stream), bytes);
    }

  begin = g_get_monotonic_time ();
  info = ph_archive_read_stream (stream, 0, &sink, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  seconds = (double) (g_get_monotonic_time () - begin) / (double) G_USEC_PER_SEC;
  g_print ("{\"bench\":\"archive\",\"mb_per_s\":%.0f,\"events\":%d}\n",
           (double) info->bytes / 1e6 / seconds, (int) info->n_events);

  return 0;
}
