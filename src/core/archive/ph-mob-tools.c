/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-mob-tools.h"

#include "ph-limits.h"
#include "ph-mob-text.h"

#include <string.h>

#define BEGIN_CONSOLE "{\"type\":6,\"data\":{\"plugin\":\"rrweb/console@1\",\"payload\":{\"level\":"
#define BEGIN_NETWORK \
  "{\"type\":6,\"data\":{\"plugin\":\"rrweb/network@1\",\"payload\":{\"requests\":[{\"name\":"

/* Of one stack. */
#define MAX_FRAMES 200

/* ---- console and errors ---- */

/* The text as the console plugin has it: JSON, as a string. */
static void
put_argument (GString *out,
              const char *text,
              gsize size)
{
  g_autoptr (GString) quoted = g_string_sized_new (size + 2);

  ph_mob_put_string (quoted, text, size);
  ph_mob_put_string (out, quoted->str, quoted->len);
}

static gboolean
give_console (PhMobPage *page,
              const PhMobField *fields,
              GError **error)
{
  GString *out = ph_mob_page_begin_event (page, BEGIN_CONSOLE, error);

  if (out == NULL)
    return FALSE;

  ph_mob_put_string (out, fields[0].text, fields[0].size);
  g_string_append (out, ",\"trace\":[],\"payload\":[");
  put_argument (out, fields[1].text, fields[1].size);

  return ph_mob_page_end_event (page, "]}}", error);
}

/* A frame as error-stack-parser writes it: `functionName`, `fileName`, `lineNumber`, … */
static void
put_frame (GString *out,
           PhJsonValue frame)
{
  g_autoptr (GString) line = g_string_new (NULL);
  const char *name = "";
  const char *file = "";
  gint64 row = 0;
  gint64 column = 0;

  ph_json_member_string (frame, "functionName", &name, NULL);
  ph_json_member_string (frame, "fileName", &file, NULL);
  ph_json_member_int (frame, "lineNumber", &row);
  ph_json_member_int (frame, "columnNumber", &column);
  g_string_append_printf (line, "%s (%s:%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT ")",
                          *name != '\0' ? name : "<anonymous>", file, row, column);
  ph_mob_put_string (out, line->str, line->len);
}

static void
put_stack (GString *out,
           PhJson *json,
           const PhMobField *payload)
{
  PhJsonIter iter;
  PhJsonValue root;
  PhJsonValue frame;
  guint n = 0;

  if (!ph_json_parse (json, payload->text, payload->size, &root, NULL) ||
      ph_json_type (root) != PH_JSON_ARRAY)
    return;

  ph_json_iter_init (&iter, root);

  while (n < MAX_FRAMES && ph_json_next (&iter, NULL, &frame))
    {
      if (n++ > 0)
        g_string_append_c (out, ',');

      put_frame (out, frame);
    }
}

static gboolean
give_exception (PhMobPage *page,
                PhJson *json,
                const PhMobField *fields,
                GError **error)
{
  GString *out = ph_mob_page_begin_event (page, BEGIN_CONSOLE "\"error\",\"trace\":[", error);
  g_autoptr (GString) text = NULL;

  if (out == NULL)
    return FALSE;

  put_stack (out, json, &fields[2]);
  text = g_string_new_len (fields[0].text, (gssize) fields[0].size);

  if (text->len > 0)
    g_string_append (text, ": ");

  g_string_append_len (text, fields[1].text, (gssize) fields[1].size);
  g_string_append (out, "],\"payload\":[");
  put_argument (out, text->str, text->len);

  return ph_mob_page_end_event (page, "]}}", error);
}

/* ---- requests ---- */

static void
put_number (GString *out,
            const char *name,
            gint64 value)
{
  g_string_append_printf (out, ",\"%s\":%" G_GINT64_FORMAT, name, value);
}

static void
put_text (GString *out,
          const char *name,
          const PhMobField *field)
{
  g_string_append_printf (out, ",\"%s\":", name);
  ph_mob_put_string (out, field->text, field->size);
}

/* `{"headers":{…},"body":…}` of a request or an answer; anything else is a body. */
static void
put_message (GString *out,
             PhJson *json,
             const char *which,
             const PhMobField *field)
{
  PhJsonValue root;
  PhJsonValue headers;
  PhJsonValue value;
  PhJsonIter iter;
  const char *name;
  const char *text;
  gsize size;
  gboolean any = FALSE;

  if (field->size == 0)
    return;

  if (!ph_json_parse (json, field->text, field->size, &root, NULL) ||
      ph_json_type (root) != PH_JSON_OBJECT ||
      (ph_json_type (ph_json_member (root, "headers")) == PH_JSON_NONE &&
       ph_json_type (ph_json_member (root, "body")) == PH_JSON_NONE))
    {
      g_string_append_printf (out, ",\"%sBody\":", which);
      ph_mob_put_string (out, field->text, field->size);
      return;
    }

  headers = ph_json_member (root, "headers");
  ph_json_iter_init (&iter, headers);
  g_string_append_printf (out, ",\"%sHeaders\":{", which);

  while (ph_json_type (headers) == PH_JSON_OBJECT && ph_json_next (&iter, &name, &value))
    if (ph_json_get_string (value, &text, &size))
      {
        if (any)
          g_string_append_c (out, ',');

        any = TRUE;
        ph_mob_put_string (out, name, strlen (name));
        g_string_append_c (out, ':');
        ph_mob_put_string (out, text, size);
      }

  g_string_append_c (out, '}');

  if (ph_json_member_string (root, "body", &text, &size))
    {
      g_string_append_printf (out, ",\"%sBody\":", which);
      ph_mob_put_string (out, text, size);
    }
}

/* The words of the Resource Timing specification. */
static void
put_initiator (GString *out,
               const PhMobField *field)
{
  static const PhMobField xhr = { .text = "xmlhttprequest", .size = 14 };

  put_text (out, "initiatorType",
            field->size == 3 && memcmp (field->text, "xhr", 3) == 0 ? &xhr : field);
}

/* Messages 83, 21 (without the size) and 39 (without the type). */
static gboolean
give_request (PhMobPage *page,
              PhJson *json,
              guint type,
              const PhMobField *fields,
              GError **error)
{
  static const PhMobField fetch = { .text = "fetch", .size = 5 };
  const PhMobField *initiator = type == PH_MOB_FETCH ? &fetch : fields;
  const PhMobField *rest = type == PH_MOB_FETCH ? fields : fields + 1;
  GString *out = ph_mob_page_begin_event (page, BEGIN_NETWORK, error);

  if (out == NULL)
    return FALSE;

  ph_mob_put_string (out, rest[1].text, rest[1].size);
  put_text (out, "method", &rest[0]);
  put_initiator (out, initiator);
  put_number (out, "status", rest[4].number);
  put_number (out, "timestamp", rest[5].number);
  put_number (out, "duration", rest[6].number);

  if (type == PH_MOB_NETWORK_REQUEST)
    put_number (out, "transferSize", rest[7].number);

  put_message (out, json, "request", &rest[2]);
  put_message (out, json, "response", &rest[3]);

  return ph_mob_page_end_event (page, "}]}}", error);
}

/* Messages 85, 116 and 53: each an older one with more fields behind. */
static gboolean
give_timing (PhMobPage *page,
             guint type,
             const PhMobField *fields,
             GError **error)
{
  static const char *const more[] = { "queueing", "dnsLookup", "initialConnection", "ssl",
                                      "contentDownload", "total", "stalled" };
  GString *out = ph_mob_page_begin_event (page, BEGIN_NETWORK, error);

  if (out == NULL)
    return FALSE;

  ph_mob_put_string (out, fields[6].text, fields[6].size);
  put_initiator (out, &fields[7]);
  put_number (out, "timestamp", fields[0].number);
  put_number (out, "duration", fields[1].number);
  put_number (out, "ttfb", fields[2].number);
  put_number (out, "headerSize", fields[3].number);
  put_number (out, "encodedBodySize", fields[4].number);
  put_number (out, "decodedBodySize", fields[5].number);

  if (type != PH_MOB_RESOURCE_TIMING_OLDEST)
    {
      put_number (out, "transferSize", fields[8].number);
      g_string_append (out, fields[9].number != 0 ? ",\"cached\":true" : ",\"cached\":false");
    }

  for (guint i = 0; type == PH_MOB_RESOURCE_TIMING && i < G_N_ELEMENTS (more); i++)
    put_number (out, more[i], fields[10 + i].number);

  return ph_mob_page_end_event (page, "}]}}", error);
}

/* ---- everything else ---- */

/* A name of the application's own, and JSON or text: messages 27 and 64. */
static gboolean
give_named (PhMobPage *page,
            PhJson *json,
            const PhMobField *name,
            const PhMobField *payload,
            GError **error)
{
  GString *out = ph_mob_page_begin_event (page, "{\"type\":5,\"data\":{\"tag\":", error);

  if (out == NULL)
    return FALSE;

  ph_mob_put_string (out, name->text, name->size);
  g_string_append (out, ",\"payload\":");
  ph_mob_put_value (out, json, payload->text, payload->size);

  return ph_mob_page_end_event (page, "}", error);
}

static void
put_field (GString *out,
           PhJson *json,
           char letter,
           const PhMobField *field)
{
  if (letter == 's')
    ph_mob_put_value (out, json, field->text, field->size);
  else if (letter == 'b')
    g_string_append (out, field->number != 0 ? "true" : "false");
  else
    g_string_append_printf (out, "%" G_GINT64_FORMAT, field->number);
}

static gboolean
give_fields (PhMobPage *page,
             PhJson *json,
             const PhMobKind *kind,
             const PhMobField *fields,
             GError **error)
{
  gboolean is_custom = kind->use == PH_MOB_USE_CUSTOM;
  GString *out = ph_mob_page_begin_event (page,
                                          is_custom
                                            ? "{\"type\":5,\"data\":{\"tag\":\""
                                            : "{\"type\":6,\"data\":{\"plugin\":\"openreplay/",
                                          error);
  const char *label = kind->labels;

  if (out == NULL)
    return FALSE;

  g_string_append (out, kind->name);
  g_string_append (out, is_custom ? "\",\"payload\":{" : "@1\",\"payload\":{");

  for (guint i = 0; kind->fields[i] != '\0'; i++)
    {
      gsize size = strcspn (label, " ");

      g_string_append (out, i > 0 ? ",\"" : "\"");
      g_string_append_len (out, label, (gssize) size);
      g_string_append (out, "\":");
      put_field (out, json, kind->fields[i], &fields[i]);
      label += size + (label[size] == ' ' ? 1 : 0);
    }

  return ph_mob_page_end_event (page, "}}", error);
}

/* What OpenReplay noticed itself: `dead_click`, `click_rage`, … */
static gboolean
give_issue (PhMobPage *page,
            PhJson *json,
            const PhMobField *fields,
            GError **error)
{
  static const char *const names[] = { "contextString", "context", "payload", "url" };
  GString *out = ph_mob_page_begin_event (page, "{\"type\":5,\"data\":{\"tag\":", error);

  if (out == NULL)
    return FALSE;

  ph_mob_put_string (out, fields[2].text, fields[2].size);
  g_string_append (out, ",\"payload\":{\"timestamp\":");
  g_string_append_printf (out, "%" G_GINT64_FORMAT, fields[1].number);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_string_append_printf (out, ",\"%s\":", names[i]);
      ph_mob_put_value (out, json, fields[3 + i].text, fields[3 + i].size);
    }

  return ph_mob_page_end_event (page, "}}", error);
}

gboolean
ph_mob_tools_apply (PhMobPage *page,
                    PhJson *json,
                    guint type,
                    const PhMobField *fields,
                    GError **error)
{
  const PhMobKind *kind = ph_mob_kind (type);

  g_return_val_if_fail (page != NULL && kind != NULL, FALSE);

  switch (type)
    {
    case PH_MOB_CONSOLE_LOG:
      return give_console (page, fields, error);
    case PH_MOB_EXCEPTION:
    case PH_MOB_EXCEPTION_OLD:
      return give_exception (page, json, fields, error);
    case PH_MOB_NETWORK_REQUEST:
    case PH_MOB_NETWORK_REQUEST_OLD:
    case PH_MOB_FETCH:
      return give_request (page, json, type, fields, error);
    case PH_MOB_RESOURCE_TIMING:
    case PH_MOB_RESOURCE_TIMING_OLD:
    case PH_MOB_RESOURCE_TIMING_OLDEST:
      return give_timing (page, type, fields, error);
    case PH_MOB_CUSTOM_EVENT:
    case PH_MOB_CUSTOM_ISSUE:
      return give_named (page, json, &fields[0], &fields[1], error);
    case PH_MOB_ISSUE_EVENT:
      return give_issue (page, json, fields, error);
    default:
      return kind->use == PH_MOB_USE_OWN || give_fields (page, json, kind, fields, error);
    }
}
