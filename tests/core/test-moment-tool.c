/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-moment-tool.h"

#include <string.h>

#define CRUMB(category, rest) "breadcrumb", "{\"category\":\"" category "\"" rest "}"
#define SPAN(op, rest) "performanceSpan", "{\"op\":\"" op "\",\"description\":\"d\"" rest "}"

/* `kind/severity: text` of what a tag is worth. */
static void
test_table (void)
{
  static const struct
  {
    const char *tag;
    const char *payload;
    const char *wanted; /* NULL: nobody knows it, "": known, and of no interest */
  } cases[] = {
    { CRUMB ("ui.focus", ""), "" },
    { CRUMB ("ui.click", ",\"message\":\"body > a\""), "" },
    { CRUMB ("ui.keyDown", ",\"data\":{\"key\":\"Enter\"}"), "custom/0: ui.keyDown: Enter" },
    { CRUMB ("replay.mutations", ",\"data\":{\"limit\":true}"),
      "custom/1: replay.mutations: so much changed at once that the recorder stopped" },
    { CRUMB ("replay.mutations", ""), "custom/1: replay.mutations: much changed at once" },
    { CRUMB ("device.battery", ",\"level\":\"warning\""), "custom/1: device.battery" },
    { CRUMB ("auth", ",\"level\":\"fatal\",\"message\":\"a\\nb\""), "custom/2: auth: a b" },
    { "breadcrumb", "{}", NULL },
    { "breadcrumb", "7", NULL },
    { SPAN ("memory", ""), "" },
    { SPAN ("paint", ""), "custom/0: paint: d" },
    { SPAN ("web-vital", ",\"data\":{\"value\":2600.25,\"rating\":\"poor\"}"),
      "custom/1: web-vital: d 2600 (poor)" },
    { SPAN ("web-vital", ",\"data\":\"odd\""), "custom/0: web-vital: d" },
    { "performanceSpan", "[]", NULL },
    { "Click", "{\"clickTarget\":\"a\"}", "" },
    { "Referrer", "\"https://x/\"", "custom/0: Referrer: https://x/" },
    { "TabHidden", "true", "custom/0: TabHidden: true" },
    { "Identify", "{\"a\":1}", "custom/0: Identify" },
    { "Jank", "\"{}\"", "custom/1: Jank: {}" },
    { "Stop", "7", "custom/0: Stop" },
    { "debug-info", "{}", "" },
    { "anything", "{}", NULL },
  };
  g_autoptr (PhJson) json = ph_json_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PhMomentTool told;
      PhJsonValue payload;
      g_autofree char *got = NULL;

      g_test_message ("%s %s", cases[i].tag, cases[i].payload);
      g_assert_true (
        ph_json_parse (json, cases[i].payload, strlen (cases[i].payload), &payload, NULL));

      if (ph_moment_tool_read (cases[i].tag, payload, TRUE, &told))
        got = told.text == NULL ? g_strdup ("")
                                : g_strdup_printf ("%s/%d: %s", ph_moment_kind_name (told.kind),
                                                   told.severity, told.text);

      g_assert_cmpstr (got, ==, cases[i].wanted);
      g_free (told.text);
    }
}

/* Where no page was recorded, what the tool wrote is all there is of a click. */
static void
test_no_page (void)
{
  static const char click[] = "{\"category\":\"ui.tap\",\"message\":\"button_buy\"}";
  static const char input[] = "{\"category\":\"ui.input\",\"message\":\"field\"}";
  g_autoptr (PhJson) json = ph_json_new ();
  PhMomentTool told;
  PhJsonValue payload;

  g_assert_true (ph_json_parse (json, click, strlen (click), &payload, NULL));
  g_assert_true (ph_moment_tool_read ("breadcrumb", payload, FALSE, &told));
  g_assert_cmpint (told.kind, ==, PH_MOMENT_CLICK);
  g_assert_cmpstr (told.text, ==, "button_buy");
  g_free (told.text);

  g_assert_true (ph_json_parse (json, input, strlen (input), &payload, NULL));
  g_assert_true (ph_moment_tool_read ("breadcrumb", payload, FALSE, &told));
  g_assert_cmpint (told.kind, ==, PH_MOMENT_INPUT);
  g_assert_cmpstr (told.text, ==, "field");
  g_free (told.text);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/moment-tool/table", test_table);
  g_test_add_func ("/moment-tool/no-page", test_no_page);

  return g_test_run ();
}
