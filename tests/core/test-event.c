/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-event.h"

#include <string.h>

static void
test_read (void)
{
  static const struct
  {
    const char *text;
    gboolean ok;
    gint16 type, source;
    gint64 timestamp;
    const char *kind;
  } cases[] = {
    { "{\"type\":4,\"timestamp\":1000}", TRUE, 4, -1, 1000000, "meta" },
    { "{\"type\":2,\"timestamp\":1000.5}", TRUE, 2, -1, 1000500, "full-snapshot" },
    { "{\"type\":3,\"timestamp\":1,\"data\":{\"source\":0}}", TRUE, 3, 0, 1000, "mutation" },
    { "{\"type\":3,\"timestamp\":1,\"data\":{\"source\":99}}", TRUE, 3, 99, 1000, "unknown" },
    { "{\"type\":3,\"timestamp\":1,\"data\":{}}", TRUE, 3, -1, 1000, "unknown" },
    { "{\"type\":99,\"timestamp\":1}", TRUE, 99, -1, 1000, "unknown" },
    { "{\"type\":4,\"timestamp\":-5}", TRUE, 4, -1, -5000, "meta" },
    { "{\"type\":4,\"timestamp\":\"1700000000000.5\"}", TRUE, 4, -1, 1700000000000500, "meta" },
    { "{\"type\":4,\"timestamp\":\"2024-01-01\"}", FALSE, 0, 0, 0, NULL },
    { "{\"type\":4,\"timestamp\":\"\"}", FALSE, 0, 0, 0, NULL },
    { "{\"type\":4,\"timestamp\":\" 1\"}", FALSE, 0, 0, 0, NULL },
    { "{\"type\":4,\"timestamp\":null}", FALSE, 0, 0, 0, NULL },
    { "{\"type\":4}", FALSE, 0, 0, 0, NULL },
    { "{\"timestamp\":4}", FALSE, 0, 0, 0, NULL },
    { "{\"type\":\"4\",\"timestamp\":1}", FALSE, 0, 0, 0, NULL },
    { "{\"type\":-1,\"timestamp\":1}", FALSE, 0, 0, 0, NULL },
    { "{\"type\":4,\"timestamp\":1e300}", FALSE, 0, 0, 0, NULL },
    { "[4,1]", FALSE, 0, 0, 0, NULL },
    { "7", FALSE, 0, 0, 0, NULL },
  };
  g_autoptr (PhJson) json = ph_json_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PhEvent event = { 0 };
      PhJsonValue root;

      g_test_message ("%s", cases[i].text);
      g_assert_true (ph_json_parse (json, cases[i].text, strlen (cases[i].text), &root, NULL));
      g_assert_cmpint (ph_event_read (&event, root), ==, cases[i].ok);

      if (!cases[i].ok)
        continue;

      g_assert_cmpint (event.type, ==, cases[i].type);
      g_assert_cmpint (event.source, ==, cases[i].source);
      g_assert_cmpint (event.timestamp, ==, cases[i].timestamp);
      g_assert_cmpstr (ph_event_kind (&event), ==, cases[i].kind);
    }
}

static void
test_compare (void)
{
  PhEvent early = { .timestamp = 1, .order = 5 };
  PhEvent late = { .timestamp = 2, .order = 0 };
  PhEvent second = { .timestamp = 1, .order = 6 };

  g_assert_cmpint (ph_event_compare (&early, &late), <, 0);
  g_assert_cmpint (ph_event_compare (&late, &early), >, 0);
  g_assert_cmpint (ph_event_compare (&early, &second), <, 0);
  g_assert_cmpint (ph_event_compare (&early, &early), ==, 0);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/event/read", test_read);
  g_test_add_func ("/event/compare", test_compare);

  return g_test_run ();
}
