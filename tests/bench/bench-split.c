/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bench-text.h"
#include "ph-split.h"

/* How fast a stream is cut into events. */

#define CHUNK ((gsize) 256 * 1024)
#define ROUNDS 200

static gboolean
count_cb (const char *text,
          gsize size,
          gpointer user_data,
          GError **error)
{
  guint *n = user_data;

  ++*n;

  return TRUE;
}

int
main (void)
{
  g_autofree char *text = NULL;
  guint n_events = 0;
  g_autoptr (PhSplit) split = ph_split_new (PH_SPLIT_ARRAY, NULL, CHUNK, count_cb, &n_events, NULL);
  gsize size = 0;
  gint64 begin;
  double seconds;

  text = bench_make_events (&size);
  begin = g_get_monotonic_time ();

  for (guint i = 0; i < ROUNDS; i++)
    for (gsize at = i > 0 ? 1 : 0; at < size; at += CHUNK)
      ph_split_feed (split, text + at, MIN (CHUNK, size - at), NULL);

  seconds = (double) (g_get_monotonic_time () - begin) / (double) G_USEC_PER_SEC;
  g_print ("{\"bench\":\"split\",\"mb_per_s\":%.0f,\"events\":%u}\n",
           (double) size * ROUNDS / 1e6 / seconds, n_events);

  return 0;
}
