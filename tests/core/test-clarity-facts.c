/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "clarity-feed.h"

static void
test_facts (void)
{
  static const struct
  {
    const char *events;
    const char *expected;
  } cases[] = {
    { "", "{\"user\":{\"id\":\"user\"},\"properties\":{\"sdk\":\"clarity-js\","
          "\"sdk_version\":\"0.8.70\",\"project\":\"project\",\"session_id\":\"session\","
          "\"url\":\"http://a.example/\"}}" },
    { "[3,0,14,1280,15,720,27,1,2,999]", "\"device\":{\"device_type\":\"mobile\","
                                         "\"screen\":\"1280 × 720\"}" },
    { "[3,0,14,1280]", "{\"user\":{\"id\":\"user\"},\"properties\"" },
    { "[3,1,0,[\"Mozilla\"],9,[\"en\",\"de\"],22,[\"Linux\"]]",
      "\"device\":{\"user_agent\":\"Mozilla\",\"language\":[\"en\",\"de\"],\"os\":\"Linux\"}" },
    { "[3,1,24,[\"Not=A?Brand~24\",\"Chromium~140\",\"Google Chrome~140\"]]",
      "\"browser\":\"Google Chrome\",\"browser_version\":\"140\"" },
    { "[3,1,24,[\"Chromium~140\",\"Not=A?Brand~24\"]]", "\"browser\":\"Chromium\"" },
    { "[3,1,3,[\"A garden\"],2,[\"http://b/\"]]",
      "\"page_title\":\"A garden\",\"referrer\":\"http://b/\"" },
    { "[3,34,\"plan\",[\"yearly\"],\"userHint\",[\"Ada\"],\"userId\",[\"f00\"]]",
      "\"user\":{\"id\":\"user\",\"name\":\"Ada\",\"custom_id\":\"f00\"}" },
    { "[3,34,\"plan\",[\"yearly\"]]", "\"plan\":\"yearly\"}}" },
    { "[3,47,0,1,0]",
      "\"user\":{\"id\":\"user\",\"consent_ads\":\"granted\",\"consent_analytics\":\"denied\"}" },
    { "[3,1,-1,[\"x\"],999,[\"y\"],3],[3,0,-5,1,999,1,\"x\",1],[3,34,5,[\"x\"]]",
      "{\"user\":{\"id\":\"user\"},\"properties\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PhFacts) facts = ph_facts_new ();
      g_autofree char *events = clarity_feed (cases[i].events, NULL, facts);
      g_autofree char *json = ph_facts_to_json (facts);

      if (strstr (json, cases[i].expected) == NULL)
        g_error ("case %u: no “%s” in %s", i, cases[i].expected, json);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/clarity-facts/facts", test_facts);

  return g_test_run ();
}
