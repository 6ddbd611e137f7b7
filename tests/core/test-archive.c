/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-archive.h"
#include "ph-error.h"
#include "ph-flaky-stream.h"
#include "ph-limits.h"
#include "ph-test.h"

#include <string.h>

#define EVENT_1 "{\"type\":4,\"data\":{\"href\":\"a\"},\"timestamp\":1000}"
#define EVENT_2 "{\"type\":2,\"data\":{\"node\":{\"t\":\"}{][\\\"\"}},\"timestamp\":1001.5}"
#define EVENT_3 "{\"timestamp\":900,\"type\":3,\"data\":{\"source\":1}}"
#define ARRAY "[" EVENT_1 "," EVENT_2 "," EVENT_3 "]"
#define SUMMARY "0/0/meta@1000000 1/0/full-snapshot@1001500 2/0/mouse-move@900000 "

typedef struct
{
  GString *events; /* `order/window/kind@timestamp ` of each */
  guint stop_after;
  GCancellable *cancellable;
  goffset done, total;
  gboolean went_back;
} Taken;

static gboolean
event_cb (const PhEvent *event,
          PhJsonValue root,
          gpointer user_data,
          GError **error)
{
  Taken *taken = user_data;

  g_assert_cmpint (ph_json_type (root), ==, PH_JSON_OBJECT);
  g_assert_cmpint (event->text[0], ==, '{');
  g_assert_cmpint (event->text[event->size - 1], ==, '}');
  g_string_append_printf (taken->events, "%d/%u/%s@%" G_GINT64_FORMAT " ", (int) event->order,
                          event->window, ph_event_kind (event), event->timestamp);

  if (taken->stop_after > 0 && event->order + 1 == taken->stop_after)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "no more");
      return FALSE;
    }

  if (taken->cancellable != NULL)
    g_cancellable_cancel (taken->cancellable);

  return TRUE;
}

static void
progress_cb (goffset done,
             goffset total,
             gpointer user_data)
{
  Taken *taken = user_data;

  taken->went_back |= done < taken->done || done > total;
  taken->done = done;
  taken->total = total;
}

static const PhSink sink = { event_cb, progress_cb };

static void
clear_taken (Taken *taken)
{
  g_string_free (taken->events, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Taken, clear_taken)

static PhArchiveInfo *
read_bytes (const char *data,
            gsize size,
            Taken *taken,
            PhHealth *health,
            GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GInputStream) stream = ph_flaky_stream_new (bytes, 0);

  return ph_archive_read_stream (stream, (goffset) size, &sink, taken, health, NULL, error);
}

/* Every shape an archive of bare rrweb events comes in. */
static void
test_shapes (void)
{
  static const struct
  {
    const char *text;
    const char *format;
    gboolean healthy;
  } cases[] = {
    { ARRAY, "rrweb-array", TRUE },
    { "\xef\xbb\xbf " ARRAY "\n\n", "rrweb-array", TRUE },
    { "[\n  " EVENT_1 ",\n  " EVENT_2 ",\n " EVENT_3 ",\n]\n", "rrweb-array", TRUE },
    { "{\"events\":" ARRAY "}", "rrweb-object", TRUE },
    { "{\"a\":{\"events\":[1]},\"b\":\"]}\\\"\",\"n\":-1.5,\"t\":null,\"events\" : " ARRAY
      ",\"z\":[{}]}",
      "rrweb-object", TRUE },
    { EVENT_1 "\n" EVENT_2 "\n" EVENT_3 "\n", "rrweb-ndjson", TRUE },
    { EVENT_1 "\r\n" EVENT_2 "\r\n\r\n" EVENT_3, "rrweb-ndjson", TRUE },
    { EVENT_1 EVENT_2 EVENT_3, "rrweb-ndjson", TRUE },
    { "{\"type\":4,\n\"timestamp\":1000}\n" EVENT_2 "\n" EVENT_3, "rrweb-ndjson", TRUE },
    /* Not whole, but all there. */
    { "[" EVENT_1 "," EVENT_2 "," EVENT_3, "rrweb-array", FALSE },
    { "[" EVENT_1 "," EVENT_2 "," EVENT_3 ",", "rrweb-array", FALSE },
    { "{\"events\":[" EVENT_1 "," EVENT_2 "," EVENT_3, "rrweb-object", FALSE },
    { ARRAY ";", "rrweb-array", FALSE },
    { "[" EVENT_1 ",null," EVENT_2 ",{}," EVENT_3 "]", "rrweb-array", FALSE },
    { EVENT_1 "\n{\"type\":3,\"da\n" EVENT_2 "\n" EVENT_3 "\n", "rrweb-ndjson", FALSE },
    { EVENT_1 "\n# \"note\"\n" EVENT_2 "\n" EVENT_3 "\n", "rrweb-ndjson", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Taken) taken = { .events = g_string_new (NULL) };
      g_autoptr (PhHealth) health = ph_health_new ();
      g_autoptr (PhArchiveInfo) info = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("case %u", i);
      info = read_bytes (cases[i].text, strlen (cases[i].text), &taken, health, &error);
      g_assert_no_error (error);
      g_assert_nonnull (info);
      g_assert_cmpstr (taken.events->str, ==, SUMMARY);
      g_assert_cmpstr (info->format, ==, cases[i].format);
      g_assert_null (info->packing);
      g_assert_null (info->recorder);
      g_assert_cmpuint (info->n_events, ==, 3);
      g_assert_cmpint (info->bytes, ==, strlen (cases[i].text));
      g_assert_cmpuint (info->windows->len, ==, 1);
      g_assert_cmpstr (info->windows->pdata[0], ==, "");
      g_assert_cmpint (ph_health_total (health) == 0, ==, cases[i].healthy);
    }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *text;
    PhError code;
    const char *message;
  } cases[] = {
    { "", PH_ERROR_UNKNOWN_FORMAT, "The file is empty" },
    { " \n", PH_ERROR_UNKNOWN_FORMAT, "This file is not a session archive Playhead knows" },
    { "hello", PH_ERROR_UNKNOWN_FORMAT, "This file is not a session archive Playhead knows" },
    { "<!doctype html>", PH_ERROR_UNKNOWN_FORMAT,
      "This file is not a session archive Playhead knows" },
    { "{foo", PH_ERROR_UNKNOWN_FORMAT, "This file is not a session archive Playhead knows" },
    { "\x89PNG\r\n", PH_ERROR_UNKNOWN_FORMAT, "This file is not a session archive Playhead knows" },
    { "[]", PH_ERROR_UNKNOWN_FORMAT, "This is JSON, but not a recorded session" },
    { "{}", PH_ERROR_UNKNOWN_FORMAT, "This is JSON, but not a recorded session" },
    { "42", PH_ERROR_UNKNOWN_FORMAT, "This is JSON, but not a recorded session" },
    { "null", PH_ERROR_UNKNOWN_FORMAT, "This is JSON, but not a recorded session" },
    { "\"text\"", PH_ERROR_UNKNOWN_FORMAT, "This is JSON, but not a recorded session" },
    { "[1,2,3]", PH_ERROR_UNKNOWN_FORMAT, "This is JSON, but not a recorded session" },
    { "[{\"a\":1}]", PH_ERROR_UNKNOWN_FORMAT, "This is JSON, but not a recorded session" },
    { "[{\"type\":\"click\",\"timestamp\":5}]", PH_ERROR_UNKNOWN_FORMAT,
      "This is JSON, but not a recorded session" },
    { "{\"events\":{}}", PH_ERROR_UNKNOWN_FORMAT, "This is JSON, but not a recorded session" },
    { "{\"name\":\"x\",\"version\":1}", PH_ERROR_UNKNOWN_FORMAT,
      "This is JSON, but not a recorded session" },
    { "{\"a\":1}\n{\"a\":2}\n", PH_ERROR_UNKNOWN_FORMAT,
      "This is JSON, but not a recorded session" },
    { "[\"x\\u009c\\u0001\"]", PH_ERROR_UNSUPPORTED, NULL },
    { "{\"version\":2,\"events\":[\"x\xc2\x9c\"]}", PH_ERROR_UNSUPPORTED, NULL },
    { "\xff\xfe[\x01", PH_ERROR_UNSUPPORTED, NULL },
    { "PK\003\004zip", PH_ERROR_UNKNOWN_FORMAT, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Taken) taken = { .events = g_string_new (NULL) };
      g_autoptr (PhArchiveInfo) info = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("case %u", i);
      info = read_bytes (cases[i].text, strlen (cases[i].text), &taken, NULL, &error);
      g_assert_error (error, PH_ERROR, (int) cases[i].code);
      g_assert_null (info);
      g_assert_cmpstr (taken.events->str, ==, "");

      if (cases[i].message != NULL)
        g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

static void
test_files (void)
{
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "recording.txt.png", NULL);
  g_autoptr (GFile) dir = g_file_new_for_path (folder);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_auto (Taken) taken = { .events = g_string_new (NULL) };
  g_autoptr (PhArchiveInfo) info = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (ph_archive_read (dir, &sink, &taken, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY);
  g_assert_cmpstr (error->message, ==, "This is a folder, not a session archive");
  g_clear_error (&error);

  g_assert_null (ph_archive_read (file, &sink, &taken, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);

  /* The name says nothing. */
  g_assert_true (g_file_set_contents (path, ARRAY, -1, NULL));
  info = ph_archive_read (file, &sink, &taken, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (taken.events->str, ==, SUMMARY);
  g_assert_cmpint (info->bytes, ==, strlen (ARRAY));
  g_assert_cmpint (taken.done, ==, strlen (ARRAY));
  g_assert_cmpint (taken.total, ==, strlen (ARRAY));

  ph_test_remove_tree (folder);
}

/* How many of the three events lie before @cut in @text. */
static guint
count_whole (const char *text,
             gsize cut)
{
  static const char *const events[] = { EVENT_1, EVENT_2, EVENT_3 };
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    n += strstr (text, events[i]) + strlen (events[i]) <= text + cut;

  return n;
}

/* Cut anywhere, an archive plays up to there and says so. */
static void
test_cut (void)
{
  static const char *const shapes[] = {
    ARRAY,
    "{\"v\":1,\"events\":" ARRAY "}",
    EVENT_1 "\n" EVENT_2 "\n" EVENT_3,
  };

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      gsize size = strlen (shapes[i]);

      for (gsize cut = 0; cut < size; cut++)
        {
          g_auto (Taken) taken = { .events = g_string_new (NULL) };
          g_autoptr (PhHealth) health = ph_health_new ();
          g_autoptr (PhArchiveInfo) info = NULL;
          g_autoptr (GError) error = NULL;
          guint n_events = count_whole (shapes[i], cut);

          info = read_bytes (shapes[i], cut, &taken, health, &error);

          if (n_events == 0)
            {
              g_assert_null (info);
              g_assert_true (g_error_matches (error, PH_ERROR, PH_ERROR_UNKNOWN_FORMAT) ||
                             g_error_matches (error, PH_ERROR, PH_ERROR_CORRUPT));
              continue;
            }

          g_assert_no_error (error);
          g_assert_cmpuint (info->n_events, ==, n_events);
          g_assert_true (g_str_has_prefix (SUMMARY, taken.events->str));
          g_assert_cmpuint (ph_health_total (health), ==,
                            ph_health_count (health, PH_HEALTH_TRUNCATED));

          /* Between two lines there is nothing to see it by. */
          if (shapes[i][cut - 1] != '}' && shapes[i][cut - 1] != '\n')
            g_assert_cmpuint (ph_health_count (health, PH_HEALTH_TRUNCATED), ==, 1);
        }
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/archive/shapes", test_shapes);
  g_test_add_func ("/archive/refused", test_refused);
  g_test_add_func ("/archive/files", test_files);
  g_test_add_func ("/archive/cut", test_cut);

  return g_test_run ();
}
