/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-event-write.h"

#include "ph-event.h"
#include "ph-signal.h"

#include <string.h>

/* What was written is an event, and says this. */
static void
check (GString *out,
       int type,
       const char *wanted)
{
  g_autoptr (PhJson) json = ph_json_new ();
  PhJsonValue root;
  PhEvent event;

  g_assert_true (ph_json_parse (json, out->str, out->len, &root, NULL));
  g_assert_true (ph_event_read (&event, root));
  g_assert_cmpint (event.type, ==, type);
  g_assert_cmpint (event.timestamp, ==, 1700000000000500);
  g_assert_cmpstr (out->str, ==, wanted);
}

#define T 1700000000000.5
#define REQUESTS "\"plugin\":\"rrweb/network@1\",\"payload\":{\"requests\":["
#define HEAD(type) "{\"type\":" #type ",\"timestamp\":1700000000000.5,\"data\":"

static void
test_console (void)
{
  g_autoptr (GString) out = g_string_new ("rubbish");
  g_autoptr (PhJson) json = ph_json_new ();
  PhJsonValue recorded;

  g_assert_true (ph_json_parse (json, "[\"a\",{\"b\":1}]", 13, &recorded, NULL));

  ph_event_write_console (out, T, "error", "no \"x\"", "  at f (a.js:1)\n\n at g\n", recorded);
  check (out, PH_EVENT_PLUGIN,
         HEAD (6) "{\"plugin\":\"rrweb/console@1\",\"payload\":{\"level\":\"error\","
                  "\"trace\":[\"at f (a.js:1)\",\"at g\"],"
                  "\"payload\":[\"\\\"no \\\\\\\"x\\\\\\\"\\\"\"]},"
                  "\"recorded\":[\"a\",{\"b\":1}]}}");

  ph_event_write_console_call (out, T, "log", recorded, (PhJsonValue) {});
  check (out, PH_EVENT_PLUGIN,
         HEAD (6) "{\"plugin\":\"rrweb/console@1\",\"payload\":{\"level\":\"log\",\"trace\":[],"
                  "\"payload\":[\"\\\"a\\\"\",\"{\\\"b\\\":1}\"]}}}");
}

static void
test_request (void)
{
  g_autoptr (GString) out = g_string_new (NULL);
  PhRequest request = { "https://x/", "POST", "fetch", 500, T, 12.5, 99 };
  PhRequest bare = { "https://x/", NULL, NULL, -1, T, -1, -1 };

  ph_event_write_request (out, &request, (PhJsonValue) {});
  check (out, PH_EVENT_PLUGIN,
         HEAD (6) "{" REQUESTS "{\"name\":\"https://x/\","
                  "\"method\":\"POST\",\"initiatorType\":\"fetch\",\"status\":500,"
                  "\"timestamp\":1700000000000.5,\"duration\":12.5,\"transferSize\":99}]}}}");
  ph_event_write_request (out, &bare, (PhJsonValue) {});
  check (out, PH_EVENT_PLUGIN,
         HEAD (6) "{" REQUESTS "{\"name\":\"https://x/\","
                  "\"timestamp\":1700000000000.5}]}}}");
}

static void
test_others (void)
{
  g_autoptr (GString) out = g_string_new (NULL);

  ph_event_write_address (out, T, "/a", (PhJsonValue) {});
  check (out, PH_EVENT_CUSTOM, HEAD (5) "{\"tag\":\"$pageview\",\"payload\":{\"href\":\"/a\"}}}");
  ph_event_write_custom (out, T, "Jank", "{\"a\":1} ", 7);
  check (out, PH_EVENT_CUSTOM, HEAD (5) "{\"tag\":\"Jank\",\"payload\":{\"a\":1}}}");
  ph_event_write_custom (out, T, "Stop", NULL, 0);
  check (out, PH_EVENT_CUSTOM, HEAD (5) "{\"tag\":\"Stop\",\"payload\":null}}");
  ph_event_write_signal (out, T, PH_SIGNAL_RAGE_CLICK, 7, 5, "a", (PhJsonValue) {});
  check (out, PH_EVENT_CUSTOM,
         HEAD (5) "{\"tag\":\"playhead/signal\",\"payload\":{\"signal\":\"rage click\",\"node\":7,"
                  "\"count\":5,\"label\":\"a\"}}}");
  ph_event_write_signal (out, T, PH_SIGNAL_DEAD_CLICK, 0, 0, NULL, (PhJsonValue) {});
  check (out, PH_EVENT_CUSTOM,
         HEAD (5) "{\"tag\":\"playhead/signal\",\"payload\":{\"signal\":\"dead click\"}}}");
  ph_event_write_meta (out, T, "https://x/", 640, 480.5);
  check (out, PH_EVENT_META,
         HEAD (4) "{\"href\":\"https://x/\",\"width\":640,\"height\":480.5}}");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/event-write/console", test_console);
  g_test_add_func ("/event-write/request", test_request);
  g_test_add_func ("/event-write/others", test_others);

  return g_test_run ();
}
