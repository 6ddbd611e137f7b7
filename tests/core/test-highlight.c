/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-highlight.h"

#include "ph-unpack.h"

#include <string.h>

static gboolean
event_cb (const PhEvent *event,
          PhJsonValue root,
          gpointer user_data,
          GError **error)
{
  const char *recorded = g_strstr_len (event->text, (gssize) event->size, ",\"recorded\"");

  g_string_append_len (user_data, event->text,
                       recorded != NULL ? recorded - event->text : (gssize) event->size);

  return TRUE;
}

typedef gboolean (*Take) (PhHighlight *highlight,
                          const char *text,
                          gsize size,
                          GError **error);

#define CONSOLE(time, level, trace, arguments)                                                \
  "{\"type\":6,\"timestamp\":" time ",\"data\":{\"plugin\":\"rrweb/console@1\",\"payload\":{" \
  "\"level\":\"" level "\",\"trace\":[" trace "],\"payload\":[" arguments "]}"

static void
test_table (void)
{
  static const struct
  {
    Take take;
    const char *text;
    const char *wanted;
  } cases[] = {
    { ph_highlight_take_messages,
      "\"{\\\"messages\\\":[{\\\"time\\\":5,\\\"value\\\":[\\\"a\\\",1]}]}\"",
      CONSOLE ("5", "log", "", "\"\\\"a\\\"\",\"1\"") },
    { ph_highlight_take_messages,
      "[{\"time\":5,\"type\":\"warn\",\"value\":[\"a\",\"b\"],"
      "\"trace\":[{\"functionName\":\"f\"}]}]",
      CONSOLE ("5", "warn", "\"at f (:0:0)\"", "\"\\\"a b\\\"\"") },
    { ph_highlight_take_messages,
      "[{\"time\":5,\"type\":\"log\",\"value\":[\"\\\"a\\\"\"],\"attributes\":\"{\\\"b\\\":1}\","
      "\"trace\":[{\"functionName\":\"f\"}]}]",
      CONSOLE ("5", "log", "\"at f (:0:0)\"", "\"\\\"a {\\\\\\\"b\\\\\\\":1}\\\"\"") },
    { ph_highlight_take_messages, "\"\"", "" },
    { ph_highlight_take_messages, "7", "" },
    { ph_highlight_take_error, "{\"event\":\"no\",\"timestamp\":\"1970-01-01T00:00:05Z\"}",
      CONSOLE ("5000", "error", "", "\"\\\"no\\\"\"") },
    { ph_highlight_take_error,
      "{\"event\":\"\\\"no\\\"\",\"timestamp\":\"1970-01-01T00:00:05Z\"}",
      CONSOLE ("5000", "error", "", "\"\\\"no\\\"\"") },
    { ph_highlight_take_error, "{\"event\":\"no\"}", "" },
    { ph_highlight_take_resources,
      "{\"resources\":[{\"name\":\"/a\",\"initiatorType\":\"img\",\"startTimeAbs\":5,"
      "\"responseEndAbs\":7.5}]}",
      "{\"type\":6,\"timestamp\":5,\"data\":{\"plugin\":\"rrweb/network@1\","
      "\"payload\":{\"requests\":"
      "[{\"name\":\"/a\",\"initiatorType\":\"img\",\"timestamp\":5,\"duration\":2.5}]}" },
    { ph_highlight_take_resources,
      "[{\"name\":\"/a\"},{\"name\":\"/b\",\"initiatorType\":\"img\"}]", "" },
    { ph_highlight_take,
      "{\"name\":\"/a\",\"initiatorType\":\"img\",\"startTimeAbs\":5,"
      "\"requestResponsePairs\":{"
      "\"request\":{\"verb\":\"PUT\"},\"response\":{\"status\":404,\"size\":3}}}",
      "{\"type\":6,\"timestamp\":5,\"data\":{\"plugin\":\"rrweb/network@1\","
      "\"payload\":{\"requests\":"
      "[{\"name\":\"/a\",\"method\":\"PUT\",\"initiatorType\":\"img\",\"status\":404,"
      "\"timestamp\":5,"
      "\"transferSize\":3}]}" },
    { ph_highlight_take, "{\"type\":4,\"timestamp\":5,\"data\":{}}",
      "{\"type\":4,\"timestamp\":5,\"data\":{}}" },
  };
  static const PhSink sink = { event_cb, NULL };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);
      g_autoptr (GInputStream) stream = g_memory_input_stream_new ();
      g_autoptr (PhUnpack) unpack = ph_unpack_new (stream);
      g_autoptr (PhReading) reading = ph_reading_new (unpack, 0, &sink, out, NULL, NULL);
      g_autoptr (PhHighlight) highlight = ph_highlight_new (reading);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].text);
      g_assert_true (cases[i].take (highlight, cases[i].text, strlen (cases[i].text), &error));
      g_assert_no_error (error);
      g_assert_cmpstr (out->str, ==, cases[i].wanted);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/highlight/table", test_table);

  return g_test_run ();
}
