/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-sentry.h"

#include "ph-taken.h"

#include <string.h>

#define META \
  "{\"type\":4,\"data\":{\"href\":\"https://a.example/b/c?d\"},\"timestamp\":1700000000000}"
#define CRUMB(outer, category, rest)                                      \
  "{\"type\":5,\"timestamp\":" outer ",\"data\":{\"tag\":\"breadcrumb\"," \
  "\"payload\":{\"timestamp\":1700000001.5,\"category\":\"" category "\"" rest "}}}"
#define SPAN(op, description, rest)                                              \
  "{\"type\":5,\"timestamp\":1700000001.5,\"data\":{"                            \
  "\"tag\":\"performanceSpan\",\"payload\":{\"startTimestamp\":1700000001.5,"    \
  "\"endTimestamp\":1700000002,\"op\":\"" op "\",\"description\":\"" description \
  "\"" rest "}}}"

/* What is left of an event without what the recorder wrote itself. */
static char *
without_recorded (const char *text)
{
  const char *recorded = strstr (text, ",\"recorded\":");

  return recorded != NULL ? g_strndup (text, (gsize) (recorded - text)) : g_strdup (text);
}

#define AT "\"timestamp\":1700000001500"
#define CONSOLE(level, arguments)                                             \
  "{\"type\":6," AT ",\"data\":{\"plugin\":\"rrweb/console@1\",\"payload\":{" \
  "\"level\":\"" level "\",\"trace\":[],\"payload\":[" arguments "]}"
#define ADDRESS(url) \
  "{\"type\":5," AT ",\"data\":{\"tag\":\"$pageview\",\"payload\":{\"href\":\"" url "\"}"
#define SIGNAL(name, rest)                                                 \
  "{\"type\":5," AT ",\"data\":{\"tag\":\"playhead/signal\",\"payload\":{" \
  "\"signal\":\"" name "\"" rest "}"

static void
test_table (void)
{
  static const struct
  {
    const char *event;
    const char *wanted; /* NULL: as it is, at the right time */
  } cases[] = {
    { CRUMB ("1", "console", ",\"level\":\"warning\",\"message\":\"hm\""),
      CONSOLE ("warn", "\"\\\"hm\\\"\"") },
    { CRUMB ("1", "console", ",\"level\":\"error\",\"data\":{\"arguments\":[1,\"b\"]}"),
      CONSOLE ("error", "\"1\",\"\\\"b\\\"\"") },
    { CRUMB ("1", "console", ",\"level\":\"odd\",\"data\":{\"arguments\":[]}"),
      CONSOLE ("log", "\"\\\"\\\"\"") },
    { CRUMB ("1", "replay.hydrate-error", ",\"data\":{\"url\":\"/x\"}"),
      CONSOLE ("error", "\"\\\"Hydration error: /x\\\"\"") },
    { CRUMB ("1", "navigation", ",\"data\":{\"from\":\"/b/c\",\"to\":\"../e#f\"}"),
      ADDRESS ("https://a.example/e#f") },
    { CRUMB ("1", "navigation", ",\"data\":{\"screen\":\"Main\"}"), NULL },
    { SPAN ("navigation.push", "https://b.example/", ""), ADDRESS ("https://b.example/") },
    { CRUMB ("1", "ui.slowClickDetected",
             ",\"message\":\"m\",\"data\":{\"nodeId\":7,\"endReason\":\"timeout\"}"),
      SIGNAL ("dead click", ",\"node\":7,\"label\":\"m\"") },
    { CRUMB ("1", "ui.slowClickDetected",
             ",\"data\":{\"node\":{\"id\":7},\"endreason\":\"timeout\",\"clickcount\":5}"),
      SIGNAL ("rage click", ",\"node\":7,\"count\":5") },
    { CRUMB ("1", "ui.slowClickDetected", ",\"data\":{\"nodeId\":-1,\"endReason\":\"mutation\"}"),
      SIGNAL ("slow click", "") },
    { CRUMB ("1", "ui.multiClick", ",\"data\":{\"nodeId\":7,\"clickCount\":4}"), NULL },
    { CRUMB ("1", "ui.multiClick", ",\"data\":{\"nodeId\":7,\"clickCount\":6}"),
      SIGNAL ("rage click", ",\"node\":7,\"count\":6") },
    { CRUMB ("1", "ui.click", ",\"data\":{}"), NULL },
    { CRUMB ("1700000000", "ui.blur", ""), NULL },
    { SPAN ("memory", "memory", ",\"data\":{}"), NULL },
    { SPAN ("web-vital", "largest-contentful-paint", ",\"data\":\"odd\""), NULL },
    { SPAN ("resource.fetch", "/api", ",\"data\":{\"method\":\"PUT\",\"statusCode\":204}"),
      "{\"type\":6," AT ",\"data\":{\"plugin\":\"rrweb/network@1\",\"payload\":{\"requests\":[{"
      "\"name\":\"/api\",\"method\":\"PUT\",\"initiatorType\":\"fetch\",\"status\":204," AT
      ",\"duration\":500}]}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *array = g_strdup_printf ("[" META ",%s]", cases[i].event);
      g_autoptr (PhTaken) taken = ph_taken_read (array, strlen (array), 0);
      g_autofree char *got = NULL;

      g_test_message ("%s", cases[i].event);
      g_assert_no_error (taken->error);
      g_assert_cmpuint (taken->events->len, ==, 2);
      g_assert_cmpstr (taken->events->pdata[0], ==, META);
      g_assert_cmpstr (taken->info->recorder, ==, "sentry");
      g_assert_nonnull (strstr (taken->kinds->str, "@1700000001500 "));
      got = without_recorded (taken->events->pdata[1]);

      if (cases[i].wanted != NULL)
        {
          g_assert_cmpstr (got, ==, cases[i].wanted);
          g_assert_nonnull (strstr (taken->events->pdata[1], "\"recorded\":{\"tag\":\""));
        }
      else
        g_assert_cmpstr (strstr (got, "\"data\":"), ==, strstr (cases[i].event, "\"data\":"));
    }
}

/* Other recorders use the same words for other things: those stay as they are. */
static void
test_others (void)
{
  static const char *const events[] = {
    "{\"type\":5,\"data\":{\"tag\":\"breadcrumb\",\"payload\":7},\"timestamp\":5000}",
    "{\"type\":5,\"data\":{\"tag\":\"performanceSpan\",\"payload\":{}},\"timestamp\":5000}",
    "{\"type\":5,\"data\":{\"tag\":\"options\",\"payload\":{\"a\":1}},\"timestamp\":5000}",
    "{\"type\":5,\"data\":{\"tag\":7},\"timestamp\":5000}",
    "{\"type\":5,\"data\":{\"tag\":\"video\",\"payload\":{}},\"timestamp\":5000}",
    "{\"type\":3,\"data\":{\"source\":0,\"x\":\"tag\",\"tag\":\"breadcrumb\"},\"timestamp\":5000}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    {
      g_autofree char *array = g_strdup_printf ("[%s]", events[i]);
      g_autoptr (PhTaken) taken = ph_taken_read (array, strlen (array), 0);

      g_assert_no_error (taken->error);
      g_assert_cmpstr (taken->events->pdata[0], ==, events[i]);
      g_assert_null (taken->info->facts);
    }
}

/* Times that are missing, or in the other unit. */
static void
test_times (void)
{
  static const struct
  {
    const char *outer;
    const char *inner;
    gint64 wanted;
  } cases[] = {
    { "1700000000000", "1700000001.5", 1700000001500 },
    { "1700000000000", "1700000001500", 1700000001500 },
    { "1700000000000", "-3", 1700000000000 },
    { "1700000000000", "null", 1700000000000 },
    { "1700000000", "\"x\"", 1700000000000 },
    { "12345678901", "12345678.901", 12345678901 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *array =
        g_strdup_printf ("[{\"type\":5,\"timestamp\":%s,\"data\":{\"tag\":\"breadcrumb\","
                         "\"payload\":{\"timestamp\":%s,\"category\":\"ui.focus\"}}}]",
                         cases[i].outer, cases[i].inner);
      g_autofree char *wanted = g_strdup_printf ("0/custom@%" G_GINT64_FORMAT " ", cases[i].wanted);
      g_autoptr (PhTaken) taken = ph_taken_read (array, strlen (array), 0);

      g_test_message ("%s", array);
      g_assert_no_error (taken->error);
      g_assert_cmpstr (taken->kinds->str, ==, wanted);
    }
}

static void
test_options (void)
{
  static const char array[] =
    "[{\"type\":5,\"timestamp\":1700000000000,\"data\":{\"tag\":\"options\",\"payload\":{"
    "\"errorSampleRate\":0.5,\"nativeSdkName\":\"sentry.java\",\"nativeSdkVersion\":\"7\"}}}]";
  g_autoptr (PhTaken) taken = ph_taken_read (array, strlen (array), 0);

  g_assert_no_error (taken->error);
  g_assert_cmpstr (taken->info->facts, ==,
                   "{\"properties\":{\"sdk\":\"sentry.java\",\"sdk_version\":\"7\",\"options\":{"
                   "\"errorSampleRate\":0.5,\"nativeSdkName\":\"sentry.java\","
                   "\"nativeSdkVersion\":\"7\"}}}");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sentry/table", test_table);
  g_test_add_func ("/sentry/others", test_others);
  g_test_add_func ("/sentry/times", test_times);
  g_test_add_func ("/sentry/options", test_options);

  return g_test_run ();
}
