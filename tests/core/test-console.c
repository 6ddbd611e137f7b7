/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-console.h"

#include "ph-limits.h"

#include <string.h>

static gboolean
read_line (PhJson *json,
           const char *text,
           gint16 type,
           gint16 source,
           PhConsoleLine *line)
{
  PhEvent event = { .type = type, .source = source, .text = text, .size = strlen (text) };
  PhJsonValue root;

  g_assert_true (ph_json_parse (json, text, strlen (text), &root, NULL));

  return ph_console_read (&event, root, line);
}

static void
test_lines (void)
{
  static const struct
  {
    const char *payload; /* of the plugin */
    const char *level;   /* NULL: no console line */
    const char *text;
  } cases[] = {
    { "{\"level\":\"log\",\"payload\":[\"\\\"hello\\\"\",\"1\",\"true\"]}", "log", "hello 1 true" },
    { "{\"level\":\"warn\",\"payload\":[\"\\\"a\\\\nb\\\"\",\"{\\\"x\\\":[1,2]}\"]}", "warn",
      "a b {\"x\":[1,2]}" },
    { "{\"level\":\"error\",\"trace\":[\"f (a.js:1:2)\"],"
      "\"payload\":[\"\\\"TypeError: x is undefined\\\\n    at f (a.js:1:2)\\\\n    at g\\\"\"]}",
      "error", "TypeError: x is undefined" },
    { "{\"level\":\"error\",\"payload\":[\"\\\"Error: no\\\\nEnd of stack for Error object\\\"\","
      "\"\\\"then\\\"\"]}",
      "error", "Error: no then" },
    { "{\"level\":\"log\",\"payload\":[\"\\\"%cBig %cred\\\"\",\"\\\"font-size:9em\\\"\","
      "\"\\\"color:red\\\"\",\"\\\"rest\\\"\"]}",
      "log", "Big red rest" },
    /* Errors that a recorder took apart; an object that is none is shown as it is. */
    { "{\"level\":\"error\",\"payload\":[\"{\\\"message\\\":\\\"no\\\",\\\"name\\\":\\\"Error\\\","
      "\\\"stack\\\":\\\"Error: no\\\\n    at f (a.js:1:2)\\\"}\"]}",
      "error", "Error: no" },
    { "{\"level\":\"error\",\"payload\":[\"{\\\"message\\\":\\\"no\\\",\\\"name\\\":\\\"Error\\\","
      "\\\"stack\\\":\\\"f@a.js:1:2\\\"}\"]}",
      "error", "Error: no" },
    { "{\"level\":\"log\",\"payload\":[\"{\\\"name\\\":\\\"Ann\\\"}\"]}", "log",
      "{\"name\":\"Ann\"}" },
    /* Quotes that do not close are shown as they are. */
    { "{\"level\":\"log\",\"payload\":[\"\\\"open\"]}", "log", "\"open" },
    { "{\"level\":\"clear\",\"payload\":[]}", "clear", "" },
    { "{}", "log", "" },
    { "{\"level\":7,\"payload\":{\"a\":\"b\"}}", "log", "b" },
    { "{\"level\":\"log\",\"payload\":[1,null,\"2\"]}", "log", "2" },
    { "[]", NULL, NULL },
    { "\"x\"", NULL, NULL },
  };
  g_autoptr (PhJson) json = ph_json_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text =
        g_strdup_printf ("{\"data\":{\"plugin\":\"rrweb/console@1\",\"payload\":%s}}",
                         cases[i].payload);
      PhConsoleLine line;

      g_test_message ("%s", text);
      g_assert_cmpint (read_line (json, text, PH_EVENT_PLUGIN, PH_SOURCE_NONE, &line), ==,
                       cases[i].level != NULL);

      if (cases[i].level != NULL)
        {
          g_assert_cmpstr (line.level, ==, cases[i].level);
          g_assert_cmpstr (line.text, ==, cases[i].text);
          ph_console_clear (&line);
          g_assert_null (line.text);
        }
    }
}

/* The stack an error brings goes before where the console was called. */
static void
test_stacks (void)
{
  static const struct
  {
    const char *payload;
    const char *stack;
  } cases[] = {
    { "{\"trace\":[\"f (a.js:1:2)\"],"
      "\"payload\":[\"\\\"TypeError: x\\\\n    at f (a.js:1:2)\\\\n    at g\\\"\"]}",
      "at f (a.js:1:2)\nat g" },
    { "{\"payload\":[\"\\\"Error: no\\\\n    at h\\\\nEnd of stack for Error object\\\"\"]}",
      "at h" },
    { "{\"payload\":[\"{\\\"message\\\":\\\"no\\\",\\\"name\\\":\\\"Error\\\","
      "\\\"stack\\\":\\\"Error: no\\\\n    at f (a.js:1:2)\\\"}\"]}",
      "at f (a.js:1:2)" },
    { "{\"trace\":[\"f (a.js:1:2)\",7,\"\",\"  g \"],\"payload\":[\"\\\"no\\\"\"]}",
      "f (a.js:1:2)\ng" },
    { "{\"trace\":[],\"payload\":[\"\\\"no\\\"\"]}", NULL },
    { "{\"trace\":{\"a\":1},\"payload\":[]}", NULL },
    { "{}", NULL },
  };
  g_autoptr (PhJson) json = ph_json_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text =
        g_strdup_printf ("{\"data\":{\"plugin\":\"rrweb/console@1\",\"payload\":%s}}",
                         cases[i].payload);
      PhConsoleLine line;

      g_test_message ("%s", text);
      g_assert_true (read_line (json, text, PH_EVENT_PLUGIN, PH_SOURCE_NONE, &line));
      g_assert_cmpstr (line.stack, ==, cases[i].stack);
      ph_console_clear (&line);
      g_assert_null (line.stack);
    }
}

static void
test_sources (void)
{
  g_autoptr (PhJson) json = ph_json_new ();
  PhConsoleLine line;

  g_assert_true (read_line (json, "{\"data\":{\"level\":\"info\",\"payload\":[\"1\"]}}",
                            PH_EVENT_INCREMENTAL, PH_SOURCE_LOG, &line));
  g_assert_cmpstr (line.level, ==, "info");
  g_assert_cmpstr (line.text, ==, "1");
  ph_console_clear (&line);

  g_assert_false (read_line (json, "{\"data\":{\"source\":2,\"level\":\"info\",\"payload\":[]}}",
                             PH_EVENT_INCREMENTAL, PH_SOURCE_MOUSE_INTERACTION, &line));
  g_assert_false (read_line (json, "{\"data\":{\"plugin\":\"rrweb/network@1\",\"payload\":{}}}",
                             PH_EVENT_PLUGIN, PH_SOURCE_NONE, &line));
  g_assert_false (read_line (json, "{\"type\":6}", PH_EVENT_PLUGIN, PH_SOURCE_NONE, &line));
}

/* A megabyte in each of many arguments is one short line, of whole characters. */
static void
test_bounded (void)
{
  g_autoptr (PhJson) json = ph_json_new ();
  g_autoptr (GString) text = g_string_new ("{\"data\":{\"level\":\"log\",\"payload\":[");
  PhConsoleLine line;

  for (guint i = 0; i < 200; i++)
    {
      g_string_append (text, i > 0 ? ",\"\\\"" : "\"\\\"");

      for (guint k = 0; k < 20000; k++)
        g_string_append (text, "ä€");

      g_string_append (text, "\\\"\"");
    }

  g_string_append (text, "]}}");
  g_assert_true (read_line (json, text->str, PH_EVENT_INCREMENTAL, PH_SOURCE_LOG, &line));
  g_assert_true (g_utf8_validate (line.text, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (line.text, -1), ==, PH_LIMIT_LABEL_CHARS + 1);
  ph_console_clear (&line);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/console/lines", test_lines);
  g_test_add_func ("/console/stacks", test_stacks);
  g_test_add_func ("/console/sources", test_sources);
  g_test_add_func ("/console/bounded", test_bounded);

  return g_test_run ();
}
