/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-posthog-facts.h"

#include <string.h>

static PhJsonValue
parse (PhJson *json,
       const char *text)
{
  g_autoptr (GError) error = NULL;
  PhJsonValue root;

  ph_json_parse (json, text, strlen (text), &root, &error);
  g_assert_no_error (error);

  return root;
}

static void
check (const PhFacts *facts,
       const char *expected)
{
  g_autofree char *json = ph_facts_to_json (facts);

  g_assert_cmpstr (json, ==, expected);
}

static void
test_person (void)
{
  static const struct
  {
    const char *person;
    const char *facts;
  } cases[] = {
    { "null", "{}" },
    { "[]", "{}" },
    { "{\"distinct_ids\":[\"d\"]}", "{\"user\":{\"id\":\"d\"}}" },
    { "{\"uuid\":\"u\",\"name\":\"Ann\"}", "{\"user\":{\"id\":\"u\",\"name\":\"Ann\","
                                           "\"uuid\":\"u\"}}" },
    { "{\"distinct_ids\":[\"d\",\"e\"],\"name\":\"d\",\"created_at\":\"2025\","
      "\"is_identified\":true,"
      "\"properties\":{\"email\":\"a@b\",\"plan\":{\"x\":1},\"$browser\":\"Firefox\","
      "\"$os\":\"Linux\","
      "\"$screen_width\":1920,\"$screen_height\":1080,\"$initial_referrer\":\"$direct\"}}",
      "{\"user\":{\"id\":\"d\",\"name\":\"d\",\"email\":\"a@b\",\"distinct_ids\":[\"d\",\"e\"],"
      "\"created_at\":\"2025\",\"is_identified\":true,\"plan\":{\"x\":1},"
      "\"$screen_width\":1920,\"$screen_height\":1080,\"$initial_referrer\":\"$direct\"},"
      "\"device\":{\"browser\":\"Firefox\",\"os\":\"Linux\",\"screen\":\"1920 × 1080\"}}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PhJson) json = ph_json_new ();
      g_autoptr (PhFacts) facts = ph_facts_new ();

      g_test_message ("case %u", i);
      ph_posthog_facts_person (facts, parse (json, cases[i].person));
      check (facts, cases[i].facts);
    }
}

/* What is said first stays, and what is of one event only is none of the session's. */
static void
test_properties (void)
{
  g_autoptr (PhJson) json = ph_json_new ();
  g_autoptr (PhFacts) facts = ph_facts_new ();

  ph_posthog_facts_properties (
    facts, parse (json, "{\"$lib\":\"posthog-ios\",\"$lib_version\":\"3.2\",\"$session_id\":\"s\","
                        "\"$device_type\":\"Mobile\",\"distinct_id\":\"d\",\"$current_url\":\"x\","
                        "\"$snapshot_source\":\"mobile\",\"$screen_width\":\"wide\"}"));
  ph_posthog_facts_properties (facts, parse (json, "{\"$lib\":\"other\",\"$os\":\"iOS\"}"));
  check (facts, "{\"user\":{\"id\":\"d\"},\"device\":{\"device_type\":\"Mobile\",\"os\":\"iOS\"},"
                "\"properties\":{\"sdk\":\"posthog-ios\",\"sdk_version\":\"3.2\","
                "\"session_id\":\"s\","
                "\"snapshot_source\":\"mobile\"}}");
}

static void
test_event (void)
{
  static const char *const events[] = {
    "{\"type\":5,\"timestamp\":1,\"data\":{\"tag\":\"$recording_started\",\"payload\":"
    "{\"reason\":\"sampling_overridden\",\"status\":\"active\"}}}",
    "{\"type\":5,\"timestamp\":1,\"data\":{\"tag\":\"$recording_started\","
    "\"payload\":{\"reason\":\"x\"}}}",
    "{\"type\":5,\"timestamp\":1,\"data\":{\"tag\":\"$posthog_config\",\"payload\":{\"config\":"
    "{\"token\":\"phc\",\"api_host\":\"https://h\",\"bootstrap\":{\"a\":1}}}}}",
    "{\"type\":5,\"timestamp\":1,\"data\":{\"tag\":\"$session_options\",\"payload\":"
    "{\"activePlugins\":[\"rrweb/console@1\"]}}}",
    "{\"type\":5,\"timestamp\":1,\"data\":{\"tag\":\"reason\",\"payload\":{\"reason\":\"no\"}}}",
    "{\"type\":6,\"timestamp\":1,\"data\":{\"tag\":\"$recording_started\","
    "\"payload\":{\"reason\":\"no\"}}}",
    "{\"type\":5,\"timestamp\":1,\"data\":{\"tag\":\"$posthog_config\",\"payload\":7}}",
  };
  g_autoptr (PhJson) json = ph_json_new ();
  g_autoptr (PhFacts) facts = ph_facts_new ();

  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    {
      PhJsonValue root = parse (json, events[i]);
      PhEvent event;

      g_assert_true (ph_event_read (&event, root));
      ph_posthog_facts_event (facts, &event, root);
    }

  check (facts, "{\"properties\":{\"recording_started\":\"sampling_overridden\","
                "\"recording_status\":\"active\",\"project\":\"phc\",\"api_host\":\"https://h\","
                "\"plugins\":[\"rrweb/console@1\"]}}");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/posthog-facts/person", test_person);
  g_test_add_func ("/posthog-facts/properties", test_properties);
  g_test_add_func ("/posthog-facts/event", test_event);

  return g_test_run ();
}
