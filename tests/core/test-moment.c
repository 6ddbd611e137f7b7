/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-moment.h"

#include "ph-dom-apply.h"
#include "ph-limits.h"

#include <string.h>

typedef struct
{
  PhJson *json;
  PhDom *dom;
  GArray *moments;
} Setup;

/* A page at https://a.example/ of 640 × 480 with a button, a field and two radio buttons. */
static const char *const page[] = {
  "{\"type\":4,\"timestamp\":0,\"data\":{\"href\":\"https://a.example/\",\"width\":640,"
  "\"height\":480}}",
  "{\"type\":2,\"timestamp\":0,\"data\":{\"node\":{\"type\":0,\"id\":1,\"childNodes\":["
  "{\"type\":2,\"id\":2,\"tagName\":\"html\",\"attributes\":{},\"childNodes\":["
  "{\"type\":2,\"id\":4,\"tagName\":\"body\",\"attributes\":{},\"childNodes\":["
  "{\"type\":2,\"id\":5,\"tagName\":\"button\",\"attributes\":{},\"childNodes\":["
  "{\"type\":3,\"id\":6,\"textContent\":\"Buy\"}]},"
  "{\"type\":2,\"id\":7,\"tagName\":\"input\",\"attributes\":{\"name\":\"mail\"},"
  "\"childNodes\":[]},"
  "{\"type\":2,\"id\":8,\"tagName\":\"input\",\"attributes\":{\"type\":\"radio\",\"name\":\"r1\"},"
  "\"childNodes\":[]},"
  "{\"type\":2,\"id\":9,\"tagName\":\"input\",\"attributes\":{\"type\":\"radio\",\"name\":\"r2\"},"
  "\"childNodes\":[]}]}]}]}}}",
};

static void
feed (Setup *setup,
      const char *text)
{
  PhEvent event = { .text = text, .size = strlen (text) };
  PhJsonValue root;

  g_assert_true (ph_json_parse (setup->json, text, strlen (text), &root, NULL));
  g_assert_true (ph_event_read (&event, root));
  event.time = event.timestamp;
  ph_moments_extract (&event, root, setup->dom, setup->moments);
  ph_dom_apply (setup->dom, &event, root, NULL);
}

static void
set_up (Setup *setup,
        gconstpointer data)
{
  g_autoptr (PhNames) names = ph_names_new ();

  setup->json = ph_json_new ();
  setup->dom = ph_dom_new (names);
  setup->moments = g_array_new (FALSE, FALSE, sizeof (PhMoment));
  g_array_set_clear_func (setup->moments, (GDestroyNotify) ph_moment_clear);

  for (guint i = 0; i < G_N_ELEMENTS (page); i++)
    feed (setup, page[i]);

  g_assert_cmpuint (setup->moments->len, ==, 1);
  g_array_set_size (setup->moments, 0);
}

static void
tear_down (Setup *setup,
           gconstpointer data)
{
  g_array_unref (setup->moments);
  ph_dom_free (setup->dom);
  ph_json_free (setup->json);
}

/* `kind/severity/node: text` of each moment. */
static char *
describe (GArray *moments)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < moments->len; i++)
    {
      const PhMoment *moment = &g_array_index (moments, PhMoment, i);

      g_string_append_printf (text, "%s%s/%d/%d: %s", i > 0 ? " | " : "",
                              ph_moment_kind_name (moment->kind), moment->severity, moment->node,
                              moment->text);
    }

  return g_string_free (text, FALSE);
}

#define EVENT(type, data) "{\"type\":" #type ",\"timestamp\":5,\"data\":" data "}"
#define CONSOLE(level, text)                                                        \
  EVENT (6, "{\"plugin\":\"rrweb/console@1\",\"payload\":{\"level\":\"" level "\"," \
            "\"trace\":[],\"payload\":[\"\\\"" text "\\\"\"]}}")
#define NETWORK(requests) \
  EVENT (6, "{\"plugin\":\"rrweb/network@1\",\"payload\":{\"requests\":[" requests "]}}")

#define SIGNAL(members) EVENT (5, "{\"tag\":\"playhead/signal\",\"payload\":{" members "}}")

static void
test_table (void)
{
  static const struct
  {
    const char *event;
    const char *moments;
  } cases[] = {
    { EVENT (4, "{\"href\":\"https://a.example/\",\"width\":1,\"height\":1}"), "" },
    { EVENT (8, "{\"type\":\"caption\",\"text\":\"Now\\nlook\"}"), "annotation/0/0: Now look" },
    { EVENT (8, "{\"type\":\"timelineMarker\",\"text\":\"Paid\"}"), "annotation/0/0: Paid" },
    { EVENT (8, "{\"type\":\"caption\",\"text\":false}"), "" },
    { EVENT (8, "{\"type\":\"caption\",\"text\":\"\"}"), "" },
    { EVENT (8, "{\"type\":\"other\",\"text\":\"x\"}"), "" },
    { EVENT (4, "{\"href\":\"https://a.example/2\",\"width\":1,\"height\":1}"),
      "page/0/0: https://a.example/2" },
    { EVENT (4, "{\"width\":1,\"height\":1}"), "" },
    { EVENT (5, "{\"tag\":\"$pageview\",\"payload\":{\"href\":\"https://a.example/#x\"}}"),
      "page/0/0: https://a.example/#x" },
    { EVENT (5, "{\"tag\":\"$pageview\",\"payload\":{\"href\":\"https://a.example/\"}}"), "" },
    { EVENT (5, "{\"tag\":\"thumbs\\nup\",\"payload\":7}"), "custom/0/0: thumbs up" },
    { EVENT (5, "{}"), "" },
    { EVENT (3, "{\"source\":2,\"type\":2,\"id\":6,\"x\":1,\"y\":1}"),
      "click/0/6: button “Buy”" },
    { EVENT (3, "{\"source\":2,\"type\":1,\"id\":5,\"x\":1,\"y\":1}"), "" },
    { EVENT (3, "{\"source\":2,\"type\":2,\"id\":77}"), "click/0/77: " },
    { EVENT (3, "{\"source\":2,\"type\":2,\"id\":-1}"), "click/0/0: " },
    { EVENT (3, "{\"source\":2,\"type\":2,\"id\":9e99}"), "click/0/2147483647: " },
    { EVENT (3, "{\"source\":5,\"id\":7,\"text\":\"secret\",\"isChecked\":false}"),
      "input/0/7: input “mail”" },
    { EVENT (3, "{\"source\":5,\"id\":8,\"text\":\"on\",\"isChecked\":true}"),
      "input/0/8: input “r1”" },
    { EVENT (3, "{\"source\":5,\"id\":9,\"text\":\"on\",\"isChecked\":false}"), "" },
    { EVENT (3, "{\"source\":4,\"width\":640,\"height\":480}"), "" },
    { EVENT (3, "{\"source\":4,\"width\":641,\"height\":480}"), "resize/0/0: 641 × 480" },
    { EVENT (3, "{\"source\":4,\"width\":-5,\"height\":480}"), "" },
    { EVENT (3, "{\"source\":4,\"width\":1e9,\"height\":480}"), "" },
    { CONSOLE ("log", "hi"), "console/0/0: log: hi" },
    { CONSOLE ("warn", "hm"), "console/1/0: warn: hm" },
    { CONSOLE ("error", "no\\\\n    at f"), "error/2/0: no · at f" },
    { EVENT (6, "{\"plugin\":\"rrweb/console@1\",\"payload\":{\"level\":\"error\",\"trace\":["
                "\"at a\",\"at b\",\"at c\",\"at d\"],\"payload\":[\"\\\"no\\\"\"]}}"),
      "error/2/0: no · at a · at b · at c" },
    { CONSOLE ("assert", "false"), "error/2/0: false" },
    { EVENT (3, "{\"source\":11,\"level\":\"error\",\"payload\":[\"\\\"old\\\"\"]}"),
      "error/2/0: old" },
    { NETWORK ("{\"name\":\"https://x/a\",\"status\":200},{\"name\":\"/b\",\"method\":\"PUT\","
               "\"status\":404}"),
      "request/0/0: GET 200 https://x/a | request/2/0: PUT 404 /b" },
    { NETWORK ("{\"name\":\"/c\",\"status\":0,\"initiatorType\":\"fetch\"}"),
      "request/2/0: GET /c" },
    { NETWORK ("{\"name\":\"/d\",\"status\":0,\"initiatorType\":\"img\"},{\"name\":\"/e\"}"),
      "request/0/0: GET /d | request/0/0: GET /e" },
    { NETWORK ("{\"name\":\"/f\",\"status\":200,\"duration\":34.6},"
               "{\"name\":\"/g\",\"duration\":-1},{\"name\":\"/h\",\"duration\":1e99}"),
      "request/0/0: GET 200 /f (35 ms) | request/0/0: GET /g | request/0/0: GET /h" },
    { NETWORK ("{\"name\":\"/f\",\"responseStatus\":503,\"initiatorType\":\"img\"},"
               "{\"name\":\"/g\",\"responseStatus\":0,\"initiatorType\":\"fetch\"}"),
      "request/2/0: GET 503 /f | request/0/0: GET /g" },
    { NETWORK ("7,{\"status\":500}"), "" },
    { SIGNAL ("\"signal\":\"dead click\",\"node\":5,\"label\":\"x\""),
      "signal/1/5: dead click: button “Buy”" },
    { SIGNAL ("\"signal\":\"rage click\",\"count\":5,\"label\":\"body > a\""),
      "signal/1/0: rage click (5): body > a" },
    { SIGNAL ("\"signal\":\"slow click\",\"node\":77"), "signal/0/77: slow click" },
    { SIGNAL ("\"signal\":7"), "" },
    { EVENT (5, "{\"tag\":\"breadcrumb\",\"payload\":{\"category\":\"a\",\"message\":\"b\"}}"),
      "custom/0/0: a: b" },
    { EVENT (5, "{\"tag\":\"fetch-request\",\"payload\":{\"method\":\"POST\",\"url\":\"/a\","
                "\"status\":404,\"duration\":9}}"),
      "request/2/0: POST 404 /a (9 ms)" },
    { EVENT (5, "{\"tag\":\"fetch-request\",\"payload\":7}"), "" },
    { EVENT (5, "{\"tag\":\"breadcrumb\",\"payload\":{\"category\":\"ui.click\"}}"), "" },
    { EVENT (6, "{\"plugin\":\"other\",\"payload\":{}}"), "" },
    { EVENT (6, "{\"plugin\":\"amplitude/url-tracking@1\",\"payload\":{\"href\":\"https://b/\"}}"),
      "page/0/0: https://b/" },
    { EVENT (6, "{\"plugin\":\"amplitude/url-tracking@1\","
                "\"payload\":{\"href\":\"about:srcdoc\"}}"),
      "" },
    { EVENT (6, "{\"plugin\":\"other\",\"payload\":{\"href\":\"https://b/\"}}"), "" },
    { EVENT (0, "{}"), "" },
    { EVENT (3, "{\"source\":0,\"adds\":[],\"removes\":[],\"texts\":[],\"attributes\":[]}"), "" },
    { EVENT (99, "{}"), "" },
    { EVENT (3, "[]"), "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Setup setup;
      g_autofree char *text = NULL;

      set_up (&setup, NULL);
      feed (&setup, cases[i].event);
      text = describe (setup.moments);
      g_test_message ("%s", cases[i].event);
      g_assert_cmpstr (text, ==, cases[i].moments);
      tear_down (&setup, NULL);
    }
}

/* Typing a word is one moment, whatever the console says meanwhile; another field is another. */
static void
test_typing (Setup *setup,
             gconstpointer data)
{
  g_autofree char *text = NULL;

  feed (setup, EVENT (3, "{\"source\":5,\"id\":7,\"text\":\"a\",\"isChecked\":false}"));
  feed (setup, CONSOLE ("log", "x"));
  feed (setup, EVENT (3, "{\"source\":5,\"id\":7,\"text\":\"ab\",\"isChecked\":false}"));
  feed (setup, EVENT (3, "{\"source\":5,\"id\":8,\"text\":\"on\",\"isChecked\":true}"));
  feed (setup, EVENT (3, "{\"source\":5,\"id\":7,\"text\":\"abc\",\"isChecked\":false}"));
  text = describe (setup->moments);
  g_assert_cmpstr (text, ==,
                   "input/0/7: input “mail” | console/0/0: log: x | "
                   "input/0/8: input “r1” | "
                   "input/0/7: input “mail”");
}

static void
test_dragging_the_border (Setup *setup,
                          gconstpointer data)
{
  g_autofree char *text = NULL;

  feed (setup, EVENT (3, "{\"source\":4,\"width\":700,\"height\":480}"));
  feed (setup, EVENT (3, "{\"source\":4,\"width\":800,\"height\":480}"));
  text = describe (setup->moments);
  g_assert_cmpstr (text, ==, "resize/0/0: 800 × 480");
}

/* When a recorder says when a request was sent, that is its time. */
static void
test_request_time (Setup *setup,
                   gconstpointer data)
{
  static const struct
  {
    const char *timestamp;
    PhTime time;
  } cases[] = {
    { "900", 900 * PH_MSEC },
    { "1000", 1000 * PH_MSEC },
    { "2000", 1000 * PH_MSEC },
    { "-1e300", 1000 * PH_MSEC },
    { "0", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text =
        g_strdup_printf ("{\"type\":6,\"timestamp\":1000,\"data\":{\"plugin\":\"rrweb/network@1\","
                         "\"payload\":{\"requests\":[{\"name\":\"/\",\"timestamp\":%s}]}}}",
                         cases[i].timestamp);

      g_array_set_size (setup->moments, 0);
      feed (setup, text);
      g_assert_cmpint (g_array_index (setup->moments, PhMoment, 0).time, ==, cases[i].time);
    }
}

static void
test_long_text (Setup *setup,
                gconstpointer data)
{
  g_autofree char *long_text = g_strnfill (100000, 'x');
  g_autofree char *event =
    g_strdup_printf ("{\"type\":4,\"timestamp\":1,\"data\":{\"href\":\"%s\"}}", long_text);

  feed (setup, event);
  g_assert_cmpint (g_utf8_strlen (g_array_index (setup->moments, PhMoment, 0).text, -1), ==,
                   PH_LIMIT_LABEL_CHARS + 1);
}

static void
test_kind_names (void)
{
  for (int i = PH_MOMENT_PAGE; i < PH_MOMENT_N_KINDS; i++)
    for (int k = PH_MOMENT_PAGE; k < i; k++)
      g_assert_cmpstr (ph_moment_kind_name ((PhMomentKind) i), !=,
                       ph_moment_kind_name ((PhMomentKind) k));

  for (int i = PH_MOMENT_PAGE; i < PH_MOMENT_N_KINDS; i++)
    {
      PhMomentKind kind;

      g_assert_true (ph_moment_kind_from_name (ph_moment_kind_name ((PhMomentKind) i), &kind));
      g_assert_cmpint (kind, ==, i);
      g_assert_false (ph_moment_kind_from_name ("unknown", &kind));
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/moment/table", test_table);
  g_test_add ("/moment/typing", Setup, NULL, set_up, test_typing, tear_down);
  g_test_add ("/moment/dragging-the-border", Setup, NULL, set_up, test_dragging_the_border,
              tear_down);
  g_test_add ("/moment/request-time", Setup, NULL, set_up, test_request_time, tear_down);
  g_test_add ("/moment/long-text", Setup, NULL, set_up, test_long_text, tear_down);
  g_test_add_func ("/moment/kind-names", test_kind_names);

  return g_test_run ();
}
