/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

static inline void
bench_append_snapshot (GString *text)
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

/* A snapshot now and then and many small events, about a megabyte: an array without its end. */
static inline char *
bench_make_events (gsize *size)
{
  GString *text = g_string_new ("[");

  while (text->len < 1024 * 1024)
    {
      bench_append_snapshot (text);

      for (guint i = 0; i < 400; i++)
        g_string_append_printf (text,
                                "{\"type\":3,\"data\":{\"source\":1,\"positions\":[{\"x\":%u,"
                                "\"y\":34,\"id\":7,\"timeOffset\":0}]},\"timestamp\":%u},",
                                i, 1700000000 + i);
    }

  *size = text->len;

  return g_string_free (text, FALSE);
}
