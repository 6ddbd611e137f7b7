/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-highlight.h"

#include "ph-event-write.h"

#include <string.h>

/* The tag of an event stands in its first bytes. */
#define IDENTITY_BYTES ((gsize) 256)

struct _PhHighlight
{
  PhReading *reading;
  PhJson *json;
  PhJson *inner; /* of a string that holds JSON */
  GString *out;
  double start; /* of the first event, for times that are relative to it; 0: none yet */
};

PhHighlight *
ph_highlight_new (PhReading *reading)
{
  PhHighlight *highlight;

  g_return_val_if_fail (reading != NULL, NULL);

  highlight = g_new0 (PhHighlight, 1);
  highlight->reading = reading;
  highlight->json = ph_json_new ();
  highlight->inner = ph_json_new ();
  highlight->out = g_string_new (NULL);

  return highlight;
}

void
ph_highlight_free (PhHighlight *highlight)
{
  if (highlight == NULL)
    return;

  ph_json_free (highlight->json);
  ph_json_free (highlight->inner);
  g_string_free (highlight->out, TRUE);
  g_free (highlight);
}

static gboolean
emit (PhHighlight *highlight,
      const char *text,
      gsize size,
      GError **error)
{
  gboolean is_json;

  if (!ph_reading_emit (highlight->reading, text, size, NULL, &is_json, error))
    return FALSE;

  if (!is_json)
    ph_health_add (ph_reading_get_health (highlight->reading), PH_HEALTH_DAMAGED, PH_TIME_NONE,
                   "an event that is no JSON");

  return TRUE;
}

static gboolean
emit_written (PhHighlight *highlight,
              GError **error)
{
  return emit (highlight, highlight->out->str, highlight->out->len, error);
}

static gboolean
is_resource (PhJsonValue object)
{
  return ph_json_type (ph_json_member (object, "name")) == PH_JSON_STRING &&
         (ph_json_type (ph_json_member (object, "initiatorType")) == PH_JSON_STRING ||
          ph_json_type (ph_json_member (object, "requestResponsePairs")) == PH_JSON_OBJECT);
}

/* When it began and how long it took. FALSE when there is nothing to reckon from. */
static gboolean
read_times (PhHighlight *highlight,
            PhJsonValue resource,
            PhRequest *request)
{
  double begin;
  double end;

  if (ph_json_member_double (resource, "startTimeAbs", &begin) && begin > 0)
    {
      request->time = begin;

      if (ph_json_member_double (resource, "responseEndAbs", &end))
        request->duration = end - begin;

      return TRUE;
    }

  if (highlight->start <= 0 || !ph_json_member_double (resource, "startTime", &begin))
    return FALSE;

  request->time = highlight->start + begin;

  if (ph_json_member_double (resource, "responseEnd", &end))
    request->duration = end - begin;

  return TRUE;
}

static gboolean
take_resource (PhHighlight *highlight,
               PhJsonValue resource,
               GError **error)
{
  PhJsonValue pair = ph_json_member (resource, "requestResponsePairs");
  PhJsonValue response = ph_json_member (pair, "response");
  PhRequest request = { .status = -1, .duration = -1, .size = -1 };

  if (!is_resource (resource))
    return TRUE;

  if (!read_times (highlight, resource, &request))
    {
      ph_health_add (ph_reading_get_health (highlight->reading), PH_HEALTH_ODD_VALUE,
                     PH_TIME_NONE, "a request without a time");
      return TRUE;
    }

  ph_json_member_string (resource, "name", &request.url, NULL);
  ph_json_member_string (resource, "initiatorType", &request.initiator, NULL);
  ph_json_member_string (ph_json_member (pair, "request"), "verb", &request.method, NULL);
  ph_json_member_int (response, "status", &request.status);

  if (!ph_json_member_double (resource, "transferSize", &request.size))
    ph_json_member_double (response, "size", &request.size);

  ph_event_write_request (highlight->out, &request, resource);

  return emit_written (highlight, error);
}

/* Texts are written as JSON once more than they need to be: what stands between the quotes. */
static char *
dup_unquoted (const char *text)
{
  g_autoptr (PhJson) json = ph_json_new ();
  const char *string = text;
  PhJsonValue value;

  if (text[0] == '"' && ph_json_parse (json, text, strlen (text), &value, NULL))
    ph_json_get_string (value, &string, NULL);

  return g_strdup (string);
}

/* Objects among what was logged stand beside the texts, as one. */
static void
append_attributes (GString *joined,
                   PhJsonValue message)
{
  const char *attributes = "{}";

  if (ph_json_member_string (message, "attributes", &attributes, NULL) &&
      strcmp (attributes, "{}") != 0)
    g_string_append_printf (joined, "%s%s", joined->len > 0 ? " " : "", attributes);
}

static gboolean
take_message (PhHighlight *highlight,
              PhJsonValue message,
              GError **error)
{
  PhJsonValue values = ph_json_member (message, "value");
  const char *level = "log";
  const char *text = "";
  double time;
  g_autofree char *stack = NULL;

  if (!ph_event_time (ph_json_member (message, "time"), 1, &time))
    return TRUE;

  if (!ph_json_member_string (message, "type", &level, NULL))
    ph_json_member_string (message, "level", &level, NULL);

  stack = ph_event_stack (ph_json_member (message, "trace"), FALSE);

  if (stack == NULL && ph_json_type (values) == PH_JSON_ARRAY)
    ph_event_write_console_call (highlight->out, time, level, values, message);
  else
    {
      g_autoptr (GString) joined = g_string_new (NULL);
      PhJsonIter iter;
      PhJsonValue value;

      ph_json_iter_init (&iter, values);

      while (ph_json_next (&iter, NULL, &value))
        if (ph_json_get_string (value, &text, NULL))
          {
            g_autofree char *unquoted = dup_unquoted (text);

            g_string_append_printf (joined, "%s%s", joined->len > 0 ? " " : "", unquoted);
          }

      append_attributes (joined, message);
      ph_event_write_console (highlight->out, time, level, joined->str, stack, message);
    }

  return emit_written (highlight, error);
}

/* `"{\"messages\":[…]}"`, or the same without quotes around. */
static gboolean
take_list (PhHighlight *highlight,
           const char *text,
           gsize size,
           const char *member,
           gboolean (*take) (PhHighlight *highlight,
                             PhJsonValue element,
                             GError **error),
           GError **error)
{
  PhJsonValue root;
  PhJsonIter iter;
  PhJsonValue element;
  const char *string;
  gsize string_size;

  if (!ph_json_parse (highlight->json, text, size, &root, NULL))
    return TRUE;

  if (ph_json_get_string (root, &string, &string_size) &&
      !ph_json_parse (highlight->inner, string, string_size, &root, NULL))
    {
      if (string_size > 0)
        ph_health_add (ph_reading_get_health (highlight->reading), PH_HEALTH_DAMAGED,
                       PH_TIME_NONE, "`%s` is no JSON", member);

      return TRUE;
    }

  if (ph_json_type (root) == PH_JSON_OBJECT)
    root = ph_json_member (root, member);

  ph_json_iter_init (&iter, root);

  while (ph_json_type (root) == PH_JSON_ARRAY && ph_json_next (&iter, NULL, &element))
    if (!take (highlight, element, error))
      return FALSE;

  return TRUE;
}

gboolean
ph_highlight_take_messages (PhHighlight *highlight,
                            const char *text,
                            gsize size,
                            GError **error)
{
  g_return_val_if_fail (highlight != NULL, FALSE);

  return take_list (highlight, text, size, "messages", take_message, error);
}

gboolean
ph_highlight_take_resources (PhHighlight *highlight,
                             const char *text,
                             gsize size,
                             GError **error)
{
  g_return_val_if_fail (highlight != NULL, FALSE);

  return take_list (highlight, text, size, "resources", take_resource, error);
}

gboolean
ph_highlight_take_error (PhHighlight *highlight,
                         const char *text,
                         gsize size,
                         GError **error)
{
  PhJsonValue root;
  const char *event = "";
  double time;
  g_autofree char *unquoted = NULL;
  g_autofree char *stack = NULL;

  g_return_val_if_fail (highlight != NULL, FALSE);

  if (!ph_json_parse (highlight->json, text, size, &root, NULL) ||
      !ph_event_time (ph_json_member (root, "timestamp"), 1, &time))
    return TRUE;

  ph_json_member_string (root, "event", &event, NULL);
  stack = ph_event_stack (ph_json_member (root, "stackTrace"), FALSE);
  unquoted = dup_unquoted (event);
  ph_event_write_console (highlight->out, time, "error", unquoted, stack, root);

  return emit_written (highlight, error);
}

void
ph_highlight_take_user (PhHighlight *highlight,
                        PhJsonValue identifier,
                        PhJsonValue properties)
{
  PhFacts *facts;
  const char *name = "";

  g_return_if_fail (highlight != NULL);

  facts = ph_reading_get_facts (highlight->reading);
  ph_json_get_string (identifier, &name, NULL);
  ph_facts_set_text (facts, PH_FACT_USER, strchr (name, '@') != NULL ? "email" : "name", name);
  ph_facts_set_members (facts, PH_FACT_USER, properties);
}

/* What the page identified the user with is written down as an event too. */
static void
note_identity (PhHighlight *highlight,
               const char *text,
               gsize size)
{
  PhJsonValue root, value;
  const char *tag, *payload;
  PhJsonIter iter;
  const char *key;
  gsize payload_size;

  if (memmem (text, MIN (size, IDENTITY_BYTES), "\"Identify\"", strlen ("\"Identify\"")) == NULL ||
      !ph_json_parse (highlight->json, text, size, &root, NULL) ||
      !ph_json_member_string (ph_json_member (root, "data"), "tag", &tag, NULL) ||
      strcmp (tag, "Identify") != 0 ||
      !ph_json_member_string (ph_json_member (root, "data"), "payload", &payload, &payload_size) ||
      !ph_json_parse (highlight->inner, payload, payload_size, &root, NULL))
    return;

  ph_highlight_take_user (highlight, ph_json_member (root, "userIdentifier"), (PhJsonValue) {});
  ph_json_iter_init (&iter, root);

  while (ph_json_type (root) == PH_JSON_OBJECT && ph_json_next (&iter, &key, &value))
    if (strcmp (key, "userIdentifier") != 0)
      ph_facts_set_json (ph_reading_get_facts (highlight->reading), PH_FACT_USER, key, value);
}

gboolean
ph_highlight_take (PhHighlight *highlight,
                   const char *text,
                   gsize size,
                   GError **error)
{
  PhJsonValue root;

  g_return_val_if_fail (highlight != NULL, FALSE);

  /* Without its head a request is like nothing else; events are not parsed twice. */
  if (text[0] == '{' &&
      memmem (text, MIN (size, 4096), "\"initiatorType\"", strlen ("\"initiatorType\"")) != NULL &&
      ph_json_parse (highlight->json, text, size, &root, NULL) && is_resource (root) &&
      ph_json_type (ph_json_member (root, "type")) != PH_JSON_NUMBER)
    return take_resource (highlight, root, error);

  if (highlight->start <= 0 && ph_json_parse (highlight->json, text, size, &root, NULL))
    ph_json_member_double (root, "timestamp", &highlight->start);

  note_identity (highlight, text, size);

  return emit (highlight, text, size, error);
}
