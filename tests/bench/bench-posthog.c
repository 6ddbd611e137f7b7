/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bench-text.h"
#include "ph-archive.h"
#include "ph-pack.h"

#include <string.h>
#include <time.h>

/*
 * How fast recordings of PostHog are read: exported, one event per line, the same with
 * packed snapshots, and packed with snappy. Megabytes are those of the events unpacked.
 */

#define WANTED ((gsize) 40 * 1024 * 1024)

static gboolean
count_cb (const PhEvent *event,
          PhJsonValue root,
          gpointer user_data,
          GError **error)
{
  gsize *bytes = user_data;

  *bytes += event->size;

  return TRUE;
}

/* Every event another one: those that come twice are taken once. */
static char *
make_event (guint i)
{
  GString *text;

  if (i % 200 > 0)
    return g_strdup_printf ("{\"type\":3,\"data\":{\"source\":1,\"positions\":[{\"x\":%u,\"y\":34,"
                            "\"id\":7,\"timeOffset\":0}]},\"timestamp\":%u}",
                            i % 1000, 1700000000 + i);

  text = g_string_new (NULL);
  bench_append_snapshot (text);
  g_string_truncate (text, text->len - 2);
  g_string_append_printf (text, ",\"n\":%u}", i);

  return g_string_free (text, FALSE);
}

/* `"data":…` of a snapshot, which goes up to its time, as posthog-js packs it. */
static char *
pack_event (const char *event)
{
  const char *begin = g_strstr_len (event, -1, "\"data\":");
  const char *end = g_strrstr (event, ",\"timestamp\":");
  g_autofree char *data = g_strndup (begin + 7, (gsize) (end - begin) - 7);
  g_autofree char *packed = ph_pack_gzip_string (data, TRUE);

  return g_strdup_printf ("{\"type\":2,\"cv\":\"2024-10\",\"data\":%s%s", packed, end);
}

static GString *
make_text (const char *kind)
{
  gboolean is_export = g_str_equal (kind, "export");
  GString *text = g_string_new (is_export ? "{\"version\":\"2023-04-28\","
                                            "\"data\":{\"snapshots\":["
                                          : "");
  gsize size = 0;

  for (guint i = 0; size < WANTED; i++)
    {
      g_autofree char *event = make_event (i);
      g_autofree char *packed = g_str_equal (kind, "packe"
                                                   "d") &&
                                    i % 200 == 0
                                  ? pack_event (event)
                                  : NULL;

      size += strlen (event);
      g_string_append_printf (text, is_export ? "%s%s," : "[\"%s\",%s]\n",
                              is_export ? "" : "window",
                              packed != NULL ? packed : event);
    }

  if (is_export)
    g_string_append (text, "]}}");

  return text;
}

static void
run (const char *kind)
{
  static const PhSink sink = { count_cb, NULL };
  GString *text = make_text (kind);
  g_autoptr (GBytes) bytes = g_string_free_to_bytes (text);
  g_autoptr (GBytes) block = NULL;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (PhArchiveInfo) info = NULL;
  g_autoptr (GError) error = NULL;
  gsize n_bytes = 0;
  clock_t begin;
  double seconds;

  if (g_str_equal (kind, "snappy"))
    block = ph_pack_snappy (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  stream = g_memory_input_stream_new_from_bytes (block != NULL ? block : bytes);
  /* Time of the processor: what else the machine does is not counted. */
  begin = clock ();
  info = ph_archive_read_stream (stream, 0, &sink, &n_bytes, NULL, NULL, &error);
  g_assert_no_error (error);
  seconds = (double) (clock () - begin) / CLOCKS_PER_SEC;
  g_print ("{\"bench\":\"posthog\",\"kind\":\"%s\",\"mb_per_s\":%.0f,\"events\":%d}\n", kind,
           (double) n_bytes / 1e6 / seconds, (int) info->n_events);
}

int
main (void)
{
  static const char *const kinds[] = { "export", "lines", "packed", "snappy" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    run (kinds[i]);

  return 0;
}
