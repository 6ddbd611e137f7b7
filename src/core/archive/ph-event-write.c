/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-event-write.h"

#include "ph-event.h"
#include "ph-signal.h"

#include <math.h>

/* Calls of one stack that are kept. */
#define MAX_FRAMES 100

static void
begin (GString *out,
       PhEventType type,
       double time)
{
  g_string_truncate (out, 0);
  g_string_append (out, "{\"type\":");
  ph_json_write_int (out, (gint64) type);
  g_string_append (out, ",\"timestamp\":");
  ph_json_write_number (out, time);
  g_string_append (out, ",\"data\":{");
}

static void
end (GString *out,
     PhJsonValue recorded)
{
  if (ph_json_type (recorded) != PH_JSON_NONE)
    {
      g_string_append (out, ",\"recorded\":");
      ph_json_write_value (out, recorded);
    }

  g_string_append (out, "}}");
}

static void
write_member (GString *out,
              const char *name,
              const char *text)
{
  ph_json_write_key (out, name);
  ph_json_write_string (out, text, -1);
}

/* JSON text of @text, once more as a string: rrweb's console plugin has it so. */
static void
write_quoted (GString *out,
              const char *text)
{
  g_autoptr (GString) json = g_string_new (NULL);

  ph_json_write_string (json, text, -1);
  ph_json_write_string (out, json->str, (gssize) json->len);
}

static void
write_stack (GString *out,
             const char *stack)
{
  g_auto (GStrv) lines = stack != NULL ? g_strsplit (stack, "\n", -1) : NULL;
  gboolean has_some = FALSE;

  g_string_append (out, ",\"trace\":[");

  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    {
      char *line = g_strstrip (lines[i]);

      if (*line == '\0')
        continue;

      if (has_some)
        g_string_append_c (out, ',');

      has_some = TRUE;
      ph_json_write_string (out, line, -1);
    }

  g_string_append (out, "],");
}

static void
begin_console (GString *out,
               double time,
               const char *level,
               const char *stack)
{
  begin (out, PH_EVENT_PLUGIN, time);
  g_string_append (out, "\"plugin\":\"rrweb/console@1\",\"payload\":{");
  write_member (out, "level", level);
  write_stack (out, stack);
  g_string_append (out, "\"payload\":[");
}

void
ph_event_write_console (GString *out,
                        double time,
                        const char *level,
                        const char *text,
                        const char *stack,
                        PhJsonValue recorded)
{
  begin_console (out, time, level, stack);
  write_quoted (out, text);
  g_string_append (out, "]}");
  end (out, recorded);
}

void
ph_event_write_console_call (GString *out,
                             double time,
                             const char *level,
                             PhJsonValue arguments,
                             PhJsonValue recorded)
{
  g_autoptr (GString) json = g_string_new (NULL);
  PhJsonIter iter;
  PhJsonValue argument;
  gboolean has_some = FALSE;

  begin_console (out, time, level, NULL);
  ph_json_iter_init (&iter, arguments);

  while (ph_json_next (&iter, NULL, &argument))
    {
      if (has_some)
        g_string_append_c (out, ',');

      has_some = TRUE;
      g_string_truncate (json, 0);
      ph_json_write_value (json, argument);
      ph_json_write_string (out, json->str, (gssize) json->len);
    }

  g_string_append (out, "]}");
  end (out, recorded);
}

static void
write_number_member (GString *out,
                     const char *name,
                     double number)
{
  g_string_append_c (out, ',');
  ph_json_write_key (out, name);
  ph_json_write_number (out, number);
}

void
ph_event_write_request (GString *out,
                        const PhRequest *request,
                        PhJsonValue recorded)
{
  begin (out, PH_EVENT_PLUGIN, request->time);
  g_string_append (out, "\"plugin\":\"rrweb/network@1\",\"payload\":{\"requests\":[{");
  write_member (out, "name", request->url);

  if (request->method != NULL)
    {
      g_string_append_c (out, ',');
      write_member (out, "method", request->method);
    }

  if (request->initiator != NULL)
    {
      g_string_append_c (out, ',');
      write_member (out, "initiatorType", request->initiator);
    }

  if (request->status >= 0)
    write_number_member (out, "status", (double) request->status);

  write_number_member (out, "timestamp", request->time);

  if (request->duration >= 0)
    write_number_member (out, "duration", rint (request->duration * 1000) / 1000);

  if (request->size >= 0)
    write_number_member (out, "transferSize", request->size);

  g_string_append (out, "}]}");
  end (out, recorded);
}

static void
begin_custom (GString *out,
              double time,
              const char *tag)
{
  begin (out, PH_EVENT_CUSTOM, time);
  write_member (out, "tag", tag);
  g_string_append (out, ",\"payload\":");
}

void
ph_event_write_address (GString *out,
                        double time,
                        const char *url,
                        PhJsonValue recorded)
{
  begin_custom (out, time, "$pageview");
  g_string_append_c (out, '{');
  write_member (out, "href", url);
  g_string_append_c (out, '}');
  end (out, recorded);
}

void
ph_event_write_custom (GString *out,
                       double time,
                       const char *tag,
                       const char *payload,
                       gssize size)
{
  begin_custom (out, time, tag);

  if (payload != NULL)
    g_string_append_len (out, payload, size);
  else
    g_string_append (out, "null");

  end (out, (PhJsonValue) {});
}

void
ph_event_write_signal (GString *out,
                       double time,
                       const char *name,
                       gint64 node,
                       gint64 count,
                       const char *label,
                       PhJsonValue recorded)
{
  begin_custom (out, time, PH_SIGNAL_TAG);
  g_string_append_c (out, '{');
  write_member (out, "signal", name);

  if (node > 0)
    write_number_member (out, "node", (double) node);

  if (count > 0)
    write_number_member (out, "count", (double) count);

  if (label != NULL)
    {
      g_string_append_c (out, ',');
      write_member (out, "label", label);
    }

  g_string_append_c (out, '}');
  end (out, recorded);
}

void
ph_event_write_meta (GString *out,
                     double time,
                     const char *url,
                     double width,
                     double height)
{
  begin (out, PH_EVENT_META, time);
  write_member (out, "href", url);
  write_number_member (out, "width", width);
  write_number_member (out, "height", height);
  end (out, (PhJsonValue) {});
}

gboolean
ph_event_time (PhJsonValue value,
               double unit,
               double *time)
{
  g_autoptr (GTimeZone) utc = NULL;
  g_autoptr (GDateTime) date = NULL;
  const char *text;

  if (ph_json_get_double (value, time))
    {
      *time *= unit;
      return *time > 0;
    }

  if (!ph_json_get_string (value, &text, NULL))
    return FALSE;

  utc = g_time_zone_new_utc ();
  date = g_date_time_new_from_iso8601 (text, utc);

  if (date == NULL)
    return FALSE;

  *time = (double) g_date_time_to_unix (date) * 1000 +
          g_date_time_get_microsecond (date) / 1000.0;

  return *time > 0;
}

static char *
describe_call (PhJsonValue frame)
{
  const char *function = "?";
  const char *file = "";
  gint64 line = 0;
  gint64 column = 0;

  if (!ph_json_member_string (frame, "function", &function, NULL))
    ph_json_member_string (frame, "functionName", &function, NULL);

  if (!ph_json_member_string (frame, "filename", &file, NULL) &&
      !ph_json_member_string (frame, "fileName", &file, NULL))
    ph_json_member_string (frame, "abs_path", &file, NULL);

  if (!ph_json_member_int (frame, "lineno", &line))
    ph_json_member_int (frame, "lineNumber", &line);

  if (!ph_json_member_int (frame, "colno", &column))
    ph_json_member_int (frame, "columnNumber", &column);

  return g_strdup_printf ("at %s (%s:%d:%d)", function, file, (int) CLAMP (line, 0, G_MAXINT),
                          (int) CLAMP (column, 0, G_MAXINT));
}

char *
ph_event_stack (PhJsonValue frames,
                gboolean outermost_first)
{
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func (g_free);
  GString *stack = g_string_new (NULL);
  PhJsonIter iter;
  PhJsonValue frame;

  ph_json_iter_init (&iter, frames);

  while (ph_json_type (frames) == PH_JSON_ARRAY && ph_json_next (&iter, NULL, &frame))
    {
      if (!outermost_first && calls->len == MAX_FRAMES)
        break;

      if (calls->len == MAX_FRAMES)
        g_ptr_array_remove_index (calls, 0);

      g_ptr_array_add (calls, describe_call (frame));
    }

  for (guint i = 0; i < calls->len; i++)
    g_string_append_printf (
      stack, "%s\n",
      (const char *) calls->pdata[outermost_first ? calls->len - 1 - i : i]);

  return g_string_free (stack, stack->len == 0);
}
