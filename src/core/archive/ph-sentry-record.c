/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-sentry-record.h"

#include "ph-event-write.h"
#include "ph-json-write.h"

#include <string.h>

typedef struct
{
  const char *name; /* as Sentry has it */
  PhFactSection section;
  const char *fact; /* as all formats have it */
} Name;

/*
 * Of the record itself: sentry-javascript packages/core/src/types/replay.ts, and
 * getsentry/sentry src/sentry/replays/post_process.py.
 */
static const Name record_names[] = {
  { "replay_id", PH_FACT_PROPERTY, "session_id" },
  { "id", PH_FACT_PROPERTY, "session_id" },
  { "project_id", PH_FACT_PROPERTY, "project" },
  { "projectId", PH_FACT_PROPERTY, "project" },
  { "release", PH_FACT_PROPERTY, "release" },
  { "releases", PH_FACT_PROPERTY, "releases" },
  { "dist", PH_FACT_PROPERTY, "dist" },
  { "environment", PH_FACT_PROPERTY, "environment" },
  { "platform", PH_FACT_PROPERTY, "platform" },
  { "tags", PH_FACT_PROPERTY, "tags" },
  { "replay_type", PH_FACT_PROPERTY, "replay_type" },
  { "started_at", PH_FACT_PROPERTY, "started_at" },
  { "finished_at", PH_FACT_PROPERTY, "finished_at" },
  { "duration", PH_FACT_PROPERTY, "duration" },
  { "activity", PH_FACT_PROPERTY, "activity" },
  { "count_errors", PH_FACT_PROPERTY, "count_errors" },
  { "count_dead_clicks", PH_FACT_PROPERTY, "count_dead_clicks" },
  { "count_rage_clicks", PH_FACT_PROPERTY, "count_rage_clicks" },
};

static const Name user_names[] = {
  { "username", PH_FACT_USER, "name" },
  { "ip", PH_FACT_USER, "ip_address" },
};

static void
set_named (PhFacts *facts,
           const Name *names,
           guint n_names,
           PhJsonValue object)
{
  for (guint i = 0; i < n_names; i++)
    ph_facts_set_json (facts, names[i].section, names[i].fact,
                       ph_json_member (object, names[i].name));
}

static void
set_user (PhFacts *facts,
          PhJsonValue user)
{
  PhJsonIter iter;
  PhJsonValue value;
  const char *key;

  if (ph_json_type (user) != PH_JSON_OBJECT)
    return;

  ph_json_iter_init (&iter, user);

  while (ph_json_next (&iter, &key, &value))
    {
      gboolean is_named = FALSE;

      for (guint i = 0; i < G_N_ELEMENTS (user_names); i++)
        is_named |= strcmp (user_names[i].name, key) == 0;

      if (!is_named)
        ph_facts_set_json (facts, PH_FACT_USER, key, value);
    }

  set_named (facts, user_names, G_N_ELEMENTS (user_names), user);
}

/* `{"name":…,"version":…}`, of the record or of its contexts. */
static void
set_versioned (PhFacts *facts,
               PhFactSection section,
               PhJsonValue object,
               const char *member,
               const char *version_fact)
{
  PhJsonValue value = ph_json_member (object, member);

  ph_facts_set_json (facts, section, member, ph_json_member (value, "name"));
  ph_facts_set_json (facts, section, version_fact, ph_json_member (value, "version"));
}

static void
set_device (PhFacts *facts,
            PhJsonValue holder)
{
  PhJsonValue device = ph_json_member (holder, "device");
  PhJsonValue model = ph_json_member (device, "model");

  set_versioned (facts, PH_FACT_DEVICE, holder, "browser", "browser_version");
  set_versioned (facts, PH_FACT_DEVICE, holder, "os", "os_version");
  ph_facts_set_json (facts, PH_FACT_DEVICE, "device",
                     ph_json_type (model) == PH_JSON_STRING ? model
                                                            : ph_json_member (device, "name"));
  ph_facts_set_json (facts, PH_FACT_DEVICE, "brand", ph_json_member (device, "brand"));
  ph_facts_set_json (facts, PH_FACT_DEVICE, "device_type", ph_json_member (device, "family"));
}

static void
set_first (PhFacts *facts,
           const char *fact,
           PhJsonValue list)
{
  PhJsonIter iter;
  PhJsonValue value;

  ph_json_iter_init (&iter, list);

  if (ph_json_type (list) == PH_JSON_ARRAY && ph_json_next (&iter, NULL, &value))
    ph_facts_set_json (facts, PH_FACT_PROPERTY, fact, value);
}

static const char *
find_property (const PhFacts *facts,
               const char *name)
{
  for (guint i = 0; i < ph_facts_get_n (facts, PH_FACT_PROPERTY); i++)
    if (strcmp (ph_facts_get_name (facts, PH_FACT_PROPERTY, i), name) == 0)
      return ph_facts_get_json (facts, PH_FACT_PROPERTY, i);

  return NULL;
}

/* Each segment's record lists what was new in it: what it has is added to what was said before. */
static void
add_list (PhFacts *facts,
          const char *name,
          PhJsonValue list)
{
  const char *before = find_property (facts, name);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (PhJson) json = ph_json_new ();
  PhJsonIter iter;
  PhJsonValue value;

  if (ph_json_type (list) != PH_JSON_ARRAY)
    return;

  g_string_append_len (out, before != NULL ? before : "[",
                       before != NULL ? (gssize) strlen (before) - 1 : 1);
  ph_json_iter_init (&iter, list);

  while (ph_json_next (&iter, NULL, &value))
    {
      g_autoptr (GString) item = g_string_new (NULL);

      ph_json_write_value (item, value);

      if (before == NULL || strstr (before, item->str) == NULL)
        g_string_append_printf (out, "%s%s", g_str_has_suffix (out->str, "[") ? "" : ",",
                                item->str);
    }

  g_string_append_c (out, ']');

  if (ph_json_parse (json, out->str, out->len, &value, NULL))
    ph_facts_set_json (facts, PH_FACT_PROPERTY, name, value);
}

static void
set_record (PhFacts *facts,
            PhJsonValue record)
{
  static const char *const lists[] = { "urls", "error_ids", "trace_ids" };
  PhJsonValue request = ph_json_member (record, "request");
  PhJsonValue headers = ph_json_member (request, "headers");
  PhJsonValue contexts = ph_json_member (record, "contexts");

  set_named (facts, record_names, G_N_ELEMENTS (record_names), record);

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    add_list (facts, lists[i], ph_json_member (record, lists[i]));

  set_user (facts, ph_json_member (record, "user"));
  set_device (facts, record);
  set_device (facts, contexts);
  ph_facts_set_json (facts, PH_FACT_DEVICE, "language",
                     ph_json_member (ph_json_member (contexts, "culture"), "locale"));
  set_versioned (facts, PH_FACT_PROPERTY, record, "sdk", "sdk_version");
  set_first (facts, "release", ph_json_member (record, "releases"));
  set_first (facts, "url", ph_json_member (record, "urls"));
  ph_facts_set_json (facts, PH_FACT_PROPERTY, "url", ph_json_member (request, "url"));
  ph_facts_set_json (facts, PH_FACT_DEVICE, "user_agent", ph_json_member (headers, "User-Agent"));
}

static gboolean
has_type (PhJsonValue object,
          const char *name,
          PhJsonType type)
{
  return ph_json_type (ph_json_member (object, name)) == type;
}

static gboolean
is_record (PhJsonValue object)
{
  return has_type (object, "replay_type", PH_JSON_STRING) ||
         (has_type (object, "replay_id", PH_JSON_STRING) &&
          has_type (object, "urls", PH_JSON_ARRAY)) ||
         (has_type (object, "count_segments", PH_JSON_NUMBER) &&
          has_type (object, "trace_ids", PH_JSON_ARRAY));
}

static gboolean
is_row (PhJsonValue object)
{
  return has_type (object, "title", PH_JSON_STRING) &&
         (has_type (object, "issue.id", PH_JSON_NUMBER) ||
          has_type (object, "error.type", PH_JSON_ARRAY)) &&
         ph_json_type (ph_json_member (object, "timestamp")) != PH_JSON_NONE;
}

static PhJsonValue
get_first (PhJsonValue list)
{
  PhJsonValue first = {};
  PhJsonIter iter;

  if (ph_json_type (list) == PH_JSON_ARRAY)
    {
      ph_json_iter_init (&iter, list);
      ph_json_next (&iter, NULL, &first);
    }

  return first;
}

gboolean
ph_sentry_record_is_replay (PhJsonValue object)
{
  PhJsonValue data = ph_json_member (object, "data");

  return is_record (object) || is_record (data) || is_record (get_first (data));
}

gboolean
ph_sentry_record_is_errors (PhJsonValue object)
{
  return is_row (object) || is_row (get_first (ph_json_member (object, "data")));
}

static gboolean
emit_error (PhReading *reading,
            double time,
            const char *text,
            const char *stack,
            PhJsonValue recorded,
            GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);
  gboolean is_json;

  ph_event_write_console (out, time, "error", text, stack, recorded);

  return ph_reading_emit (reading, out->str, out->len, NULL, &is_json, error);
}

/* `{"exception":{"values":[{"type","value","stacktrace":{"frames"}}]}}`: the last was thrown. */
static gboolean
emit_event (PhReading *reading,
            PhJsonValue object,
            GError **error)
{
  PhJsonValue thrown = {};
  PhJsonIter iter;
  const char *type = "Error";
  const char *value = "";
  double time;
  g_autofree char *stack = NULL;
  g_autofree char *text = NULL;

  ph_json_iter_init (&iter, ph_json_member (ph_json_member (object, "exception"), "values"));

  while (ph_json_next (&iter, NULL, &thrown))
    continue;

  if (ph_json_type (thrown) != PH_JSON_OBJECT ||
      !ph_event_time (ph_json_member (object, "timestamp"), 1000, &time))
    return TRUE;

  ph_json_member_string (thrown, "type", &type, NULL);
  ph_json_member_string (thrown, "value", &value, NULL);
  /* Sentry has the outermost first. */
  stack = ph_event_stack (ph_json_member (ph_json_member (thrown, "stacktrace"), "frames"), TRUE);
  text = g_strconcat (type, *value != '\0' ? ": " : "", value, NULL);

  return emit_error (reading, time, text, stack, (PhJsonValue) {}, error);
}

static gboolean
emit_row (PhReading *reading,
          PhJsonValue row,
          GError **error)
{
  const char *title = "";
  double time;

  if (!ph_event_time (ph_json_member (row, "timestamp"), 1000, &time))
    return TRUE;

  ph_json_member_string (row, "title", &title, NULL);

  return emit_error (reading, time, title, NULL, row, error);
}

static gboolean
take_one (PhReading *reading,
          PhJsonValue object,
          GError **error)
{
  if (is_record (object))
    set_record (ph_reading_get_facts (reading), object);
  else if (has_type (object, "exception", PH_JSON_OBJECT))
    return emit_event (reading, object, error);
  else if (is_row (object))
    return emit_row (reading, object, error);

  return TRUE;
}

gboolean
ph_sentry_record_take (PhReading *reading,
                       PhJsonValue object,
                       GError **error)
{
  PhJsonValue data = ph_json_member (object, "data");
  PhJsonIter iter;
  PhJsonValue element;

  g_return_val_if_fail (reading != NULL, FALSE);

  if (ph_json_type (data) != PH_JSON_ARRAY)
    return take_one (reading, ph_json_type (data) == PH_JSON_OBJECT ? data : object, error);

  ph_json_iter_init (&iter, data);

  while (ph_json_next (&iter, NULL, &element))
    if (!take_one (reading, element, error))
      return FALSE;

  return TRUE;
}
