/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-playwright-events.h"

#include "ph-json-write.h"
#include "ph-limits.h"

#include <string.h>

/* What a call was given is kept up to this; bodies of answers can be long. */
#define MAX_PARAMS ((gsize) 16 * 1024)
#define MAX_STACK_LINES 100

static void
end_event (GString *out,
           double timestamp)
{
  g_string_append (out, ",\"timestamp\":");
  ph_json_write_number (out, timestamp);
  g_string_append_c (out, '}');
}

static const char *
get_text (PhJsonValue object,
          const char *name)
{
  const char *text = NULL;

  ph_json_member_string (object, name, &text, NULL);

  return text;
}

/* --- actions --------------------------------------------------------------- */

/* What it is done to, as far as that fits into a line. */
static const char *
get_object (PhJsonValue params)
{
  static const char *const names[] = { "selector", "url", "key", "event", "name" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *text = get_text (params, names[i]);

      if (text != NULL && *text != '\0')
        return text;
    }

  return NULL;
}

static char *
dup_title (PhJsonValue line)
{
  const char *title = get_text (line, "title");
  const char *object = get_object (ph_json_member (line, "params"));
  const char *method = get_text (line, "method");

  if (title == NULL || *title == '\0')
    title = get_text (line, "apiName");

  if (title == NULL || *title == '\0')
    title = method;

  if (title == NULL)
    return NULL;

  return object != NULL ? g_strdup_printf ("%s %s", title, object) : g_strdup (title);
}

char *
ph_playwright_action (PhJsonValue line,
                      double timestamp)
{
  static const char *const members[] = { "class", "method", "callId", "parentId", "pageId" };
  g_autofree char *title = dup_title (line);
  g_autoptr (GString) params = g_string_new (NULL);
  GString *out;

  if (title == NULL)
    return NULL;

  out = g_string_new ("{\"type\":5,\"data\":{\"tag\":\"playwright\",\"payload\":{\"title\":");
  ph_json_write_string (out, title, -1);

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *text = get_text (line, members[i]);

      if (text == NULL)
        continue;

      g_string_append_c (out, ',');
      ph_json_write_key (out, members[i]);
      ph_json_write_string (out, text, -1);
    }

  ph_json_write_value (params, ph_json_member (line, "params"));

  if (params->len <= MAX_PARAMS)
    g_string_append_printf (out, ",\"params\":%s", params->str);

  g_string_append (out, "}}");
  end_event (out, timestamp);

  return g_string_free (out, FALSE);
}

/* --- lines ----------------------------------------------------------------- */

static void
write_stack (GString *out,
             const char *stack)
{
  g_auto (GStrv) lines = g_strsplit (stack, "\n", MAX_STACK_LINES + 1);
  gboolean has_some = FALSE;

  for (guint i = 0; lines[i] != NULL && i < MAX_STACK_LINES; i++)
    {
      const char *line = g_strstrip (lines[i]);

      if (!g_str_has_prefix (line, "at "))
        continue;

      if (has_some)
        g_string_append_c (out, ',');

      has_some = TRUE;
      ph_json_write_string (out, line + strlen ("at "), -1);
    }
}

/* rrweb's console plugin has each argument as JSON, in a string. */
static char *
write_line (const char *level,
            const char *text,
            const char *stack,
            const char *place,
            double timestamp)
{
  GString *out = g_string_new ("{\"type\":6,\"data\":{\"plugin\":\"rrweb/console@1\","
                               "\"payload\":{\"level\":");
  g_autoptr (GString) quoted = g_string_new (NULL);

  ph_json_write_string (out, level, -1);
  g_string_append (out, ",\"trace\":[");

  if (stack != NULL)
    write_stack (out, stack);
  else if (place != NULL)
    ph_json_write_string (out, place, -1);

  ph_json_write_string (quoted, text, -1);
  g_string_append (out, "],\"payload\":[");
  ph_json_write_string (out, quoted->str, (gssize) quoted->len);
  g_string_append (out, "]}}");
  end_event (out, timestamp);

  return g_string_free (out, FALSE);
}

/* Playwright's names of console messages, and rrweb's. */
static const char *
get_level (const char *type)
{
  static const char *const pairs[][2] = {
    { "warning", "warn" },
    { "verbose", "debug" },
    { "startGroup", "group" },
    { "startGroupCollapsed", "groupCollapsed" },
    { "endGroup", "groupEnd" },
    { "profile", "log" },
    { "profileEnd", "log" },
  };

  for (guint i = 0; type != NULL && i < G_N_ELEMENTS (pairs); i++)
    if (strcmp (type, pairs[i][0]) == 0)
      return pairs[i][1];

  return type != NULL && *type != '\0' ? type : "log";
}

char *
ph_playwright_console (PhJsonValue line,
                       double timestamp)
{
  PhJsonValue location = ph_json_member (line, "location");
  const char *type = get_text (line, "messageType");
  const char *text = get_text (line, "text");
  const char *url = get_text (location, "url");
  g_autofree char *place = NULL;
  gint64 row = 0;
  gint64 column = 0;

  if (text == NULL)
    return NULL;

  ph_json_member_int (location, "lineNumber", &row);
  ph_json_member_int (location, "columnNumber", &column);

  if (url != NULL && *url != '\0')
    place = g_strdup_printf ("%s:%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT, url, row, column);

  /* Old traces say `type` in the object itself. */
  if (type == NULL)
    type = get_text (line, "type");

  return write_line (get_level (type), text, NULL, place, timestamp);
}

char *
ph_playwright_error (PhJsonValue error,
                     const char *where,
                     double timestamp)
{
  PhJsonValue inner = ph_json_member (error, "error");
  const char *message;
  const char *name;
  g_autofree char *text = NULL;

  /* Serialised twice in some versions. */
  if (ph_json_type (inner) == PH_JSON_OBJECT)
    error = inner;

  message = get_text (error, "message");
  name = get_text (error, "name");

  if (message == NULL && ph_json_type (ph_json_member (error, "value")) != PH_JSON_NONE)
    {
      GString *value = g_string_new (NULL);

      ph_json_write_value (value, ph_json_member (error, "value"));
      text = g_string_free (value, FALSE);
    }
  else if (message == NULL)
    {
      return NULL;
    }
  else if (name != NULL && *name != '\0' && !g_str_has_prefix (message, name))
    {
      text = g_strdup_printf ("%s: %s", name, message);
    }
  else
    {
      text = g_strdup (message);
    }

  if (where != NULL)
    {
      g_autofree char *full = g_strdup_printf ("%s: %s", where, text);

      return write_line ("error", full, get_text (error, "stack"), NULL, timestamp);
    }

  return write_line ("error", text, get_text (error, "stack"), NULL, timestamp);
}

char *
ph_playwright_printed (PhJsonValue line,
                       double timestamp)
{
  const char *text = get_text (line, "text");
  const char *base64 = get_text (line, "base64");
  const char *type = get_text (line, "type");
  const char *level = g_strcmp0 (type, "stderr") == 0 ? "warn" : "log";
  g_autofree char *valid = NULL;

  if (text != NULL)
    return write_line (level, text, NULL, NULL, timestamp);

  if (base64 != NULL)
    {
      gsize size;
      g_autofree guchar *bytes = g_base64_decode (base64, &size);

      valid = g_utf8_make_valid ((const char *) bytes, (gssize) size);
    }

  return valid != NULL ? write_line (level, valid, NULL, NULL, timestamp) : NULL;
}

/* --- network --------------------------------------------------------------- */

char *
ph_playwright_request (PhJsonValue snapshot,
                       double timestamp)
{
  PhJsonValue request = ph_json_member (snapshot, "request");
  PhJsonValue response = ph_json_member (snapshot, "response");
  const char *url = get_text (request, "url");
  const char *method = get_text (request, "method");
  const char *initiator = get_text (snapshot, "_resourceType");
  double duration = 0;
  gint64 status = 0;
  GString *out;

  if (url == NULL)
    return NULL;

  ph_json_member_double (snapshot, "time", &duration);
  ph_json_member_int (response, "status", &status);
  out = g_string_new ("{\"type\":6,\"data\":{\"plugin\":\"rrweb/network@1\",\"payload\":"
                      "{\"requests\":[{\"name\":");
  ph_json_write_string (out, url, -1);
  g_string_append (out, ",\"method\":");
  ph_json_write_string (out, method != NULL ? method : "GET", -1);
  g_string_append (out, ",\"initiatorType\":");
  ph_json_write_string (out, initiator != NULL ? initiator : "other", -1);
  /* -1: there is no answer. */
  g_string_append_printf (out, ",\"status\":%d,\"duration\":", (int) CLAMP (status, 0, 999));
  ph_json_write_number (out, MAX (duration, 0));
  g_string_append (out, ",\"timestamp\":");
  ph_json_write_number (out, timestamp);
  g_string_append (out, "}]}}");
  end_event (out, timestamp);

  return g_string_free (out, FALSE);
}

/* --- pages ----------------------------------------------------------------- */

char *
ph_playwright_meta (const char *url,
                    int width,
                    int height,
                    double timestamp)
{
  GString *out = g_string_new ("{\"type\":4,\"data\":{\"href\":");

  ph_json_write_string (out, url, -1);
  g_string_append_printf (out, ",\"width\":%d,\"height\":%d}", width, height);
  end_event (out, timestamp);

  return g_string_free (out, FALSE);
}

char *
ph_playwright_resize (int width,
                      int height,
                      double timestamp)
{
  GString *out = g_string_new ("{\"type\":3,\"data\":{\"source\":4,");

  g_string_append_printf (out, "\"width\":%d,\"height\":%d}", width, height);
  end_event (out, timestamp);

  return g_string_free (out, FALSE);
}

char *
ph_playwright_still (double timestamp)
{
  GString *out = g_string_new ("{\"type\":3,\"data\":{\"source\":0,\"texts\":[],"
                               "\"attributes\":[],\"removes\":[],\"adds\":[]}");

  end_event (out, timestamp);

  return g_string_free (out, FALSE);
}

static void
write_place (GString *out,
             guint node,
             double x,
             double y)
{
  g_string_append_printf (out, "\"id\":%u,\"x\":", node);
  ph_json_write_number (out, x);
  g_string_append (out, ",\"y\":");
  ph_json_write_number (out, y);
}

char *
ph_playwright_pointer (int type,
                       guint node,
                       double x,
                       double y,
                       double timestamp)
{
  GString *out = g_string_new ("{\"type\":3,\"data\":{");

  if (type < 0)
    {
      g_string_append (out, "\"source\":1,\"positions\":[{");
      write_place (out, node, x, y);
      g_string_append (out, ",\"timeOffset\":0}]}");
    }
  else
    {
      g_string_append_printf (out, "\"source\":2,\"type\":%d,", type);
      write_place (out, node, x, y);
      g_string_append_c (out, '}');
    }

  end_event (out, timestamp);

  return g_string_free (out, FALSE);
}

#define PICTURE_ID "5"

char *
ph_playwright_first_picture (const char *picture,
                             double timestamp)
{
  GString *out = g_string_new (
    "{\"type\":2,\"data\":{\"node\":{\"type\":0,\"id\":1,\"childNodes\":["
    "{\"type\":1,\"id\":2,\"name\":\"html\",\"publicId\":\"\",\"systemId\":\"\"},"
    "{\"type\":2,\"id\":3,\"tagName\":\"html\",\"attributes\":{},\"childNodes\":["
    "{\"type\":2,\"id\":4,\"tagName\":\"body\",\"attributes\":{\"style\":\"margin:0\"},"
    "\"childNodes\":[{\"type\":2,\"id\":" PICTURE_ID ",\"tagName\":\"img\",\"attributes\":{"
    "\"alt\":\"\",\"style\":\"display:block;width:100vw\",\"src\":");

  ph_json_write_string (out, picture, -1);
  g_string_append (out, "},\"childNodes\":[]}]}]}]},\"initialOffset\":{\"left\":0,\"top\":0}}");
  end_event (out, timestamp);

  return g_string_free (out, FALSE);
}

char *
ph_playwright_next_picture (const char *picture,
                            double timestamp)
{
  GString *out = g_string_new ("{\"type\":3,\"data\":{\"source\":0,\"texts\":[],\"removes\":[],"
                               "\"adds\":[],\"attributes\":[{\"id\":" PICTURE_ID
                               ",\"attributes\":{\"src\":");

  ph_json_write_string (out, picture, -1);
  g_string_append (out, "}}]}");
  end_event (out, timestamp);

  return g_string_free (out, FALSE);
}
