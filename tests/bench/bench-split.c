/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-split.h"

#include <string.h>

/* How fast a stream is cut into events: a full snapshot now and then, many small ones. */

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

static void
append_snapshot (GString *text)
{
  g_string_append (text, "{\"type\":2,\"data\":{\"node\":{\"type\":0,\"childNodes\":[");

  for (guint i = 0; i < 400; i++)
    g_string_append_printf (text,
                            "%s{\"type\":2,\"tagName\":\"div\",\"attributes\":{\"class\":\"row "
                            "item-%u\",\"style\":\"width: 12px; height: %upx;\"},\"childNodes\":"
                            "[{\"type\":3,\"textContent\":\"Some \\\"text\\\" of a page, %u\","
                            "\"id\":%u}],\"id\":%u}",
                            i > 0 ? "," : "", i, i, i, 2 * i + 1, 2 * i + 2);

  g_string_append (text, "],\"id\":1}},\"timestamp\":1700000000000},");
}

static GString *
make_text (void)
{
  GString *text = g_string_new ("[");

  while (text->len < 1024 * 1024)
    {
      append_snapshot (text);

      for (guint i = 0; i < 400; i++)
        g_string_append_printf (text,
                                "{\"type\":3,\"data\":{\"source\":1,\"positions\":[{\"x\":%u,"
                                "\"y\":34,\"id\":7,\"timeOffset\":0}]},\"timestamp\":%u},",
                                i, 1700000000 + i);
    }

  return text;
}

int
main (void)
{
  g_autofree char *text = NULL;
  guint n_events = 0;
  g_autoptr (PhSplit) split = ph_split_new (PH_SPLIT_ARRAY, NULL, CHUNK, count_cb, &n_events, NULL);
  GString *made = make_text ();
  gsize size = made->len;
  gint64 begin;
  double seconds;

  text = g_string_free (made, FALSE);
  begin = g_get_monotonic_time ();

  for (guint i = 0; i < ROUNDS; i++)
    for (gsize at = i > 0 ? 1 : 0; at < size; at += CHUNK)
      ph_split_feed (split, text + at, MIN (CHUNK, size - at), NULL);

  seconds = (double) (g_get_monotonic_time () - begin) / (double) G_USEC_PER_SEC;
  g_print ("{\"bench\":\"split\",\"mb_per_s\":%.0f,\"events\":%u}\n",
           (double) size * ROUNDS / 1e6 / seconds, n_events);

  return 0;
}
