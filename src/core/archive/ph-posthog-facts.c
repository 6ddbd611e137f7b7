/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-posthog-facts.h"

#include <string.h>

/* posthog-js packages/browser/src/utils/event-utils.ts and the mobile libraries' likes. */
static const struct
{
  const char *property;
  PhFactSection section;
  const char *name;
} known[] = {
  { "$browser", PH_FACT_DEVICE, "browser" },
  { "$browser_version", PH_FACT_DEVICE, "browser_version" },
  { "$os", PH_FACT_DEVICE, "os" },
  { "$os_name", PH_FACT_DEVICE, "os" },
  { "$os_version", PH_FACT_DEVICE, "os_version" },
  { "$device", PH_FACT_DEVICE, "device" },
  { "$device_name", PH_FACT_DEVICE, "device" },
  { "$device_model", PH_FACT_DEVICE, "device" },
  { "$device_type", PH_FACT_DEVICE, "device_type" },
  { "$raw_user_agent", PH_FACT_DEVICE, "user_agent" },
  { "$browser_language", PH_FACT_DEVICE, "language" },
  { "$locale", PH_FACT_DEVICE, "language" },
  { "$geoip_country_name", PH_FACT_DEVICE, "country" },
  { "$session_id", PH_FACT_PROPERTY, "session_id" },
  { "$lib", PH_FACT_PROPERTY, "sdk" },
  { "$lib_version", PH_FACT_PROPERTY, "sdk_version" },
  { "$app_version", PH_FACT_PROPERTY, "release" },
  { "$snapshot_source", PH_FACT_PROPERTY, "snapshot_source" },
  { "distinct_id", PH_FACT_USER, "id" },
};

static int
find_known (const char *property)
{
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (strcmp (known[i].property, property) == 0)
      return (int) i;

  return -1;
}

static gboolean
is_set (const PhFacts *facts,
        PhFactSection section,
        const char *name)
{
  for (guint i = 0; i < ph_facts_get_n (facts, section); i++)
    if (strcmp (ph_facts_get_name (facts, section, i), name) == 0)
      return TRUE;

  return FALSE;
}

/* What was said first stays: later events may be of another page, or of nobody yet. */
static void
set_first (PhFacts *facts,
           PhFactSection section,
           const char *name,
           PhJsonValue value)
{
  if (!is_set (facts, section, name))
    ph_facts_set_json (facts, section, name, value);
}

static void
set_screen (PhFacts *facts,
            PhJsonValue properties)
{
  double width = 0;
  double height = 0;
  g_autofree char *text = NULL;

  if (!ph_json_member_double (properties, "$screen_width", &width) ||
      !ph_json_member_double (properties, "$screen_height", &height) ||
      !(width > 0 && width < 1e6 && height > 0 && height < 1e6) ||
      is_set (facts, PH_FACT_DEVICE, "screen"))
    return;

  text = g_strdup_printf ("%.0f × %.0f", width, height);
  ph_facts_set_text (facts, PH_FACT_DEVICE, "screen", text);
}

void
ph_posthog_facts_properties (PhFacts *facts,
                             PhJsonValue properties)
{
  PhJsonIter iter;
  PhJsonValue value;
  const char *name;

  g_return_if_fail (facts != NULL);

  ph_json_iter_init (&iter, properties);

  while (ph_json_next (&iter, &name, &value))
    {
      int i = find_known (name);

      if (i >= 0)
        set_first (facts, known[i].section, known[i].name, value);
    }

  set_screen (facts, properties);
}

/* The person's own: `email` and the like, and what is of no device by its own name. */
static void
set_person_properties (PhFacts *facts,
                       PhJsonValue properties)
{
  PhJsonIter iter;
  PhJsonValue value;
  const char *name;

  ph_json_iter_init (&iter, properties);

  while (ph_json_next (&iter, &name, &value))
    if (find_known (name) < 0)
      set_first (facts, PH_FACT_USER, name, value);
}

void
ph_posthog_facts_person (PhFacts *facts,
                         PhJsonValue person)
{
  PhJsonValue properties = ph_json_member (person, "properties");
  PhJsonValue ids = ph_json_member (person, "distinct_ids");
  PhJsonIter iter;
  PhJsonValue id = { 0 };

  g_return_if_fail (facts != NULL);

  if (ph_json_type (person) != PH_JSON_OBJECT)
    return;

  ph_json_iter_init (&iter, ids);

  if (ph_json_next (&iter, NULL, &id))
    set_first (facts, PH_FACT_USER, "id", id);

  set_first (facts, PH_FACT_USER, "id", ph_json_member (person, "distinct_id"));
  set_first (facts, PH_FACT_USER, "id", ph_json_member (person, "uuid"));
  set_first (facts, PH_FACT_USER, "name", ph_json_member (properties, "name"));
  set_first (facts, PH_FACT_USER, "name", ph_json_member (person, "name"));
  set_first (facts, PH_FACT_USER, "email", ph_json_member (properties, "email"));

  if (ph_json_size (ids) > 1)
    set_first (facts, PH_FACT_USER, "distinct_ids", ids);

  set_first (facts, PH_FACT_USER, "uuid", ph_json_member (person, "uuid"));
  set_first (facts, PH_FACT_USER, "created_at", ph_json_member (person, "created_at"));
  set_first (facts, PH_FACT_USER, "is_identified", ph_json_member (person, "is_identified"));
  ph_posthog_facts_properties (facts, properties);
  set_person_properties (facts, properties);
}

void
ph_posthog_facts_event (PhFacts *facts,
                        const PhEvent *event,
                        PhJsonValue root)
{
  static const struct
  {
    const char *tag;
    const char *member; /* of its payload, or of the object named by the one before */
    const char *inner;
    const char *name;
  } members[] = {
    { "$recording_started", "reason", NULL, "recording_started" },
    { "$recording_started", "status", NULL, "recording_status" },
    { "$session_id_change", "changeReason", NULL, "session_id_change" },
    { "$session_id_change", "sessionId", NULL, "session_id" },
    { "$session_options", "activePlugins", NULL, "plugins" },
    { "$session_options", "sessionRecordingOptions", NULL, "recording_options" },
    { "$posthog_config", "config", "token", "project" },
    { "$posthog_config", "config", "api_host", "api_host" },
    { "$posthog_config", "config", "person_profiles", "person_profiles" },
    { "$posthog_config", "config", "persistence", "persistence" },
    { "$remote_config_received", "sessionRecording", NULL, "remote_recording_config" },
  };
  PhJsonValue data = ph_json_member (root, "data");
  PhJsonValue payload = ph_json_member (data, "payload");
  const char *tag = NULL;

  g_return_if_fail (facts != NULL && event != NULL);

  if (event->type != PH_EVENT_CUSTOM || !ph_json_member_string (data, "tag", &tag, NULL))
    return;

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      PhJsonValue value;

      if (strcmp (members[i].tag, tag) != 0)
        continue;

      value = ph_json_member (payload, members[i].member);

      if (members[i].inner != NULL)
        value = ph_json_member (value, members[i].inner);

      set_first (facts, PH_FACT_PROPERTY, members[i].name, value);
    }
}
