/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-cut.h"
#include "ph-event-write.h"
#include "ph-limits.h"
#include "ph-reader.h"

#include <stdlib.h>
#include <string.h>

/*
 * What Grafana Faro's SDK sends (grafana/faro-web-sdk packages/core/src/transports, and
 * experimental/instrumentation-replay): `{"meta", "events", "exceptions", "logs",
 * "measurements"}`. rrweb's events stand in events of Faro's, each as a string.
 */

#define CHUNK ((gsize) 256 * 1024)
#define EVENT_NAME "faro.session_recording.event"

typedef enum
{
  PATH_META,
  PATH_EVENT,
  PATH_EXCEPTION,
  PATH_LOG,
} Path;

static const char *const paths[] = { "meta", "events[]", "exceptions[]", "logs[]", NULL };

typedef struct
{
  PhReading *reading;
  PhJson *json;
  GString *out;
} Read;

static gboolean
emit_text (Read *read,
           const char *text,
           gsize size,
           GError **error)
{
  gboolean is_json;

  if (!ph_reading_emit (read->reading, text, size, NULL, &is_json, error))
    return FALSE;

  if (!is_json)
    ph_health_add (ph_reading_get_health (read->reading), PH_HEALTH_DAMAGED, PH_TIME_NONE,
                   "an event that is no JSON");

  return TRUE;
}

static gboolean
emit_written (Read *read,
              GError **error)
{
  return emit_text (read, read->out->str, read->out->len, error);
}

static void
read_meta (Read *read,
           PhJsonValue meta)
{
  static const struct
  {
    const char *object;
    const char *member;
    PhFactSection section;
    const char *fact;
  } names[] = {
    { "user", "id", PH_FACT_USER, "id" },
    { "user", "username", PH_FACT_USER, "name" },
    { "user", "email", PH_FACT_USER, "email" },
    { "browser", "name", PH_FACT_DEVICE, "browser" },
    { "browser", "version", PH_FACT_DEVICE, "browser_version" },
    { "browser", "os", PH_FACT_DEVICE, "os" },
    { "browser", "userAgent", PH_FACT_DEVICE, "user_agent" },
    { "browser", "language", PH_FACT_DEVICE, "language" },
    { "session", "id", PH_FACT_PROPERTY, "session_id" },
    { "app", "name", PH_FACT_PROPERTY, "project" },
    { "app", "version", PH_FACT_PROPERTY, "release" },
    { "app", "environment", PH_FACT_PROPERTY, "environment" },
    { "sdk", "name", PH_FACT_PROPERTY, "sdk" },
    { "sdk", "version", PH_FACT_PROPERTY, "sdk_version" },
    { "page", "url", PH_FACT_PROPERTY, "url" },
    { "view", "name", PH_FACT_PROPERTY, "view" },
  };
  PhFacts *facts = ph_reading_get_facts (read->reading);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    ph_facts_set_json (facts, names[i].section, names[i].fact,
                       ph_json_member (ph_json_member (meta, names[i].object), names[i].member));

  ph_facts_set_members (facts, PH_FACT_USER,
                        ph_json_member (ph_json_member (meta, "user"), "attributes"));
}

/* Numbers are strings in the attributes of Faro's events. */
static double
get_number (PhJsonValue attributes,
            const char *name)
{
  PhJsonValue value = ph_json_member (attributes, name);
  const char *text;
  double number = -1;

  if (ph_json_get_string (value, &text, NULL))
    return g_ascii_strtod (text, NULL);

  ph_json_get_double (value, &number);

  return number;
}

static gboolean
emit_resource (Read *read,
               double time,
               PhJsonValue event,
               GError **error)
{
  PhJsonValue attributes = ph_json_member (event, "attributes");
  PhRequest request = { .time = time, .status = -1, .duration = -1, .size = -1 };

  if (!ph_json_member_string (attributes, "name", &request.url, NULL))
    return TRUE;

  ph_json_member_string (attributes, "initiatorType", &request.initiator, NULL);
  request.duration = get_number (attributes, "duration");
  request.size = get_number (attributes, "transferSize");
  request.status = (gint64) CLAMP (get_number (attributes, "responseStatus"), -1, 999);
  ph_event_write_request (read->out, &request, event);

  return emit_written (read, error);
}

static gboolean
read_event (Read *read,
            PhJsonValue event,
            GError **error)
{
  PhJsonValue attributes = ph_json_member (event, "attributes");
  const char *name = "";
  const char *text;
  gsize size;
  double time;
  g_autoptr (GString) payload = NULL;

  ph_json_member_string (event, "name", &name, NULL);

  if (strcmp (name, EVENT_NAME) == 0)
    return !ph_json_member_string (attributes, "event", &text, &size) ||
           emit_text (read, text, size, error);

  if (!ph_event_time (ph_json_member (event, "timestamp"), 1, &time))
    return TRUE;

  if (strcmp (name, "faro.performance.resource") == 0)
    return emit_resource (read, time, event, error);

  payload = g_string_new (NULL);
  ph_json_write_value (payload, attributes);
  ph_event_write_custom (read->out, time, name, payload->str, (gssize) payload->len);

  return emit_written (read, error);
}

static gboolean
read_exception (Read *read,
                PhJsonValue exception,
                GError **error)
{
  const char *type = "Error";
  const char *value = "";
  double time;
  g_autofree char *stack = NULL;
  g_autofree char *text = NULL;

  if (!ph_event_time (ph_json_member (exception, "timestamp"), 1, &time))
    return TRUE;

  ph_json_member_string (exception, "type", &type, NULL);
  ph_json_member_string (exception, "value", &value, NULL);
  stack = ph_event_stack (ph_json_member (ph_json_member (exception, "stacktrace"), "frames"),
                          FALSE);
  text = g_strconcat (type, *value != '\0' ? ": " : "", value, NULL);
  ph_event_write_console (read->out, time, "error", text, stack, exception);

  return emit_written (read, error);
}

static gboolean
read_log (Read *read,
          PhJsonValue log,
          GError **error)
{
  const char *level = "log";
  const char *message = "";
  double time;

  if (!ph_event_time (ph_json_member (log, "timestamp"), 1, &time))
    return TRUE;

  ph_json_member_string (log, "level", &level, NULL);
  ph_json_member_string (log, "message", &message, NULL);
  ph_event_write_console (read->out, time, level, message, NULL, log);

  return emit_written (read, error);
}

static gboolean
read_value (guint path,
            const char *const *names,
            const char *text,
            gsize size,
            gpointer user_data,
            GError **error)
{
  Read *read = user_data;
  PhJsonValue root;

  if (!ph_json_parse (read->json, text, size, &root, NULL))
    {
      ph_health_add (ph_reading_get_health (read->reading), PH_HEALTH_DAMAGED, PH_TIME_NONE,
                     "an element that is no JSON");
      return TRUE;
    }

  switch ((Path) path)
    {
    case PATH_META:
      read_meta (read, root);
      return TRUE;
    case PATH_EVENT:
      return read_event (read, root, error);
    case PATH_EXCEPTION:
      return read_exception (read, root, error);
    case PATH_LOG:
      return read_log (read, root, error);
    }

  g_assert_not_reached ();
}

static gboolean
read_faro (PhReading *reading,
           GError **error)
{
  g_autoptr (PhJson) json = ph_json_new ();
  g_autoptr (GString) out = g_string_new (NULL);
  Read read = { reading, json, out };
  g_autoptr (PhCut) cut = ph_cut_new (paths, PH_LIMIT_EVENT_BYTES, read_value, &read,
                                      ph_reading_get_health (reading));
  g_autofree char *chunk = g_malloc (CHUNK);
  gssize n;

  while ((n = ph_reading_pull (reading, chunk, CHUNK, error)) > 0)
    if (!ph_cut_feed (cut, chunk, (gsize) n, error))
      return FALSE;

  return n == 0 && ph_cut_end (cut, error);
}

/* The name of its events stands in front of what they hold. */
static PhRank
probe_faro (const char *head,
            gsize size,
            gboolean whole)
{
  gsize at = 0;

  while (at < size && g_ascii_isspace (head[at]))
    at++;

  if (at == size || head[at] != '{' ||
      memmem (head, size, "\"" EVENT_NAME "\"", strlen ("\"" EVENT_NAME "\"")) == NULL)
    return PH_RANK_NONE;

  return memmem (head, size, "\"attributes\"", strlen ("\"attributes\"")) != NULL
           ? PH_RANK_OWN
           : PH_RANK_LIKELY;
}

const PhReader ph_reader_faro = {
  .name = "faro",
  .title = "Grafana Faro session",
  .probe = probe_faro,
  .read = read_faro,
};
