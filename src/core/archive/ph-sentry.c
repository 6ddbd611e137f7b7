/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-sentry.h"

#include "ph-event-write.h"
#include "ph-limits.h"
#include "ph-sentry-span.h"
#include "ph-signal.h"

#include <string.h>

/* Five clicks make rage of it (getsentry/sentry static/app/utils/replays/types.tsx). */
#define RAGE_CLICKS 5

/* A smaller time of a recorder is in seconds; one that stands outside may be a test's. */
#define MIN_MILLISECONDS 1e12
#define MAX_SECONDS 2e9

/* A longer event is no page's address. */
#define MAX_META_BYTES ((gsize) 64 * 1024)

struct _PhSentry
{
  PhReading *reading;
  PhJson *json;
  GString *out;
  char *href; /* where the user is, for addresses that are relative to it */
  guint64 n_snapshots;
  guint64 n_videos;
};

PhSentry *
ph_sentry_new (PhReading *reading)
{
  PhSentry *sentry;

  g_return_val_if_fail (reading != NULL, NULL);

  sentry = g_new0 (PhSentry, 1);
  sentry->reading = reading;
  sentry->json = ph_json_new ();
  sentry->out = g_string_new (NULL);

  return sentry;
}

void
ph_sentry_free (PhSentry *sentry)
{
  if (sentry == NULL)
    return;

  ph_json_free (sentry->json);
  g_string_free (sentry->out, TRUE);
  g_free (sentry->href);
  g_free (sentry);
}

guint64
ph_sentry_get_n_snapshots (PhSentry *sentry)
{
  g_return_val_if_fail (sentry != NULL, 0);

  return sentry->n_snapshots;
}

guint64
ph_sentry_get_n_videos (PhSentry *sentry)
{
  g_return_val_if_fail (sentry != NULL, 0);

  return sentry->n_videos;
}

/* The member that says when, in seconds; what stands outside is seconds or milliseconds. */
static double
get_time (PhJsonValue root,
          PhJsonValue payload,
          const char *member)
{
  double time = 0;

  if (ph_json_member_double (payload, member, &time) && time > 0)
    return time < MIN_MILLISECONDS ? time * 1000 : time;

  ph_json_member_double (root, "timestamp", &time);

  return time > 0 && time < MAX_SECONDS ? time * 1000 : time;
}

/* Takes @href. */
static void
set_href (PhSentry *sentry,
          char *href)
{
  g_free (sentry->href);
  sentry->href = href;
}

/* @to as a whole address, seen from where the user is. */
static char *
resolve (PhSentry *sentry,
         const char *to)
{
  static const GUriFlags flags = G_URI_FLAGS_PARSE_RELAXED | G_URI_FLAGS_ENCODED;
  char *whole = NULL;

  if (strlen (to) <= PH_LIMIT_URL_BYTES)
    whole = g_uri_resolve_relative (sentry->href, to, flags, NULL);

  return whole != NULL ? whole : g_strdup (to);
}

/* FALSE when the user is there already: each change of address is written down twice. */
static gboolean
write_address (PhSentry *sentry,
               double time,
               const char *to,
               PhJsonValue data)
{
  char *href = resolve (sentry, to);

  if (g_strcmp0 (href, sentry->href) == 0)
    {
      g_free (href);
      return FALSE;
    }

  set_href (sentry, href);
  ph_event_write_address (sentry->out, time, href, data);

  return TRUE;
}

/* The words of rrweb's console plugin. */
static const char *
get_console_level (PhJsonValue payload)
{
  static const char *const levels[][2] = {
    { "warning", "warn" },
    { "fatal", "error" },
    { "log", "log" },
    { "info", "info" },
    { "debug", "debug" },
    { "error", "error" },
    { "assert", "assert" },
    { "trace", "trace" },
  };
  const char *level = "log";

  ph_json_member_string (payload, "level", &level, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    if (strcmp (levels[i][0], level) == 0)
      return levels[i][1];

  return "log";
}

static void
write_console (PhSentry *sentry,
               double time,
               PhJsonValue payload,
               PhJsonValue data)
{
  PhJsonValue arguments = ph_json_member (ph_json_member (payload, "data"), "arguments");
  const char *level = get_console_level (payload);
  const char *message = "";

  if (ph_json_size (arguments) > 0)
    {
      ph_event_write_console_call (sentry->out, time, level, arguments, data);
      return;
    }

  ph_json_member_string (payload, "message", &message, NULL);
  ph_event_write_console (sentry->out, time, level, message, NULL, data);
}

static gint64
get_int (PhJsonValue object,
         const char *name,
         const char *other_name)
{
  gint64 number = 0;

  if (!ph_json_member_int (object, name, &number) && other_name != NULL)
    ph_json_member_int (object, other_name, &number);

  return number;
}

/* Without a signal in it a click that was answered late, or twice, is only that. */
static const char *
find_signal (const char *category,
             PhJsonValue details)
{
  gint64 n_clicks = get_int (details, "clickCount", "clickcount");
  const char *reason = "";

  if (strcmp (category, "ui.multiClick") == 0)
    return n_clicks >= RAGE_CLICKS ? PH_SIGNAL_RAGE_CLICK : NULL;

  if (strcmp (category, "ui.slowClickDetected") != 0)
    return NULL;

  if (!ph_json_member_string (details, "endReason", &reason, NULL))
    ph_json_member_string (details, "endreason", &reason, NULL);

  if (strcmp (reason, "timeout") != 0)
    return PH_SIGNAL_SLOW_CLICK;

  return n_clicks >= RAGE_CLICKS ? PH_SIGNAL_RAGE_CLICK : PH_SIGNAL_DEAD_CLICK;
}

static void
write_signal (PhSentry *sentry,
              double time,
              const char *signal,
              PhJsonValue payload,
              PhJsonValue data)
{
  PhJsonValue details = ph_json_member (payload, "data");
  gint64 node = get_int (details, "nodeId", NULL);
  const char *label = NULL;

  ph_json_member_string (payload, "message", &label, NULL);

  if (node <= 0)
    node = get_int (ph_json_member (details, "node"), "id", NULL);

  ph_event_write_signal (sentry->out, time, signal, node,
                         get_int (details, "clickCount", "clickcount"), label, data);
}

static void
write_hydration_error (PhSentry *sentry,
                       double time,
                       PhJsonValue payload,
                       PhJsonValue data)
{
  const char *url = "";
  g_autofree char *text = NULL;

  ph_json_member_string (ph_json_member (payload, "data"), "url", &url, NULL);
  text = g_strdup_printf ("Hydration error%s%s", *url != '\0' ? ": " : "", url);
  ph_event_write_console (sentry->out, time, "error", text, NULL, data);
}

/* The event again, with the right time. */
static void
write_again (PhSentry *sentry,
             double time,
             PhJsonValue root)
{
  PhJsonIter iter;
  PhJsonValue value;
  const char *key;

  g_string_assign (sentry->out, "{\"type\":5,\"timestamp\":");
  ph_json_write_number (sentry->out, time);
  ph_json_iter_init (&iter, root);

  while (ph_json_next (&iter, &key, &value))
    {
      if (strcmp (key, "type") == 0 || strcmp (key, "timestamp") == 0)
        continue;

      g_string_append_c (sentry->out, ',');
      ph_json_write_key (sentry->out, key);
      ph_json_write_value (sentry->out, value);
    }

  g_string_append_c (sentry->out, '}');
}

static void
write_breadcrumb (PhSentry *sentry,
                  PhJsonValue root,
                  PhJsonValue data,
                  PhJsonValue payload)
{
  PhJsonValue details = ph_json_member (payload, "data");
  double time = get_time (root, payload, "timestamp");
  const char *category = "";
  const char *to = NULL;
  const char *signal;

  ph_json_member_string (payload, "category", &category, NULL);
  signal = find_signal (category, details);

  if (strcmp (category, "console") == 0)
    write_console (sentry, time, payload, data);
  else if (signal != NULL)
    write_signal (sentry, time, signal, payload, data);
  else if (strcmp (category, "replay.hydrate-error") == 0)
    write_hydration_error (sentry, time, payload, data);
  else if (strcmp (category, "navigation") != 0 ||
           !ph_json_member_string (details, "to", &to, NULL) || *to == '\0' ||
           !write_address (sentry, time, to, data))
    write_again (sentry, time, root);
}

static void
write_span (PhSentry *sentry,
            PhJsonValue root,
            PhJsonValue data,
            PhJsonValue payload)
{
  double time = get_time (root, payload, "startTimestamp");
  const char *op = "";
  const char *description = NULL;

  ph_json_member_string (payload, "op", &op, NULL);
  ph_json_member_string (payload, "description", &description, NULL);

  if (strcmp (op, "navigation.push") == 0 && description != NULL &&
      write_address (sentry, time, description, data))
    return;

  if (!ph_sentry_span_write_request (sentry->out, time, payload, data))
    write_again (sentry, time, root);
}

/* What the recorder was told to do. */
static void
take_options (PhSentry *sentry,
              PhJsonValue payload)
{
  PhFacts *facts = ph_reading_get_facts (sentry->reading);
  const char *name = NULL;
  const char *version = NULL;

  if (ph_json_type (payload) != PH_JSON_OBJECT)
    return;

  ph_json_member_string (payload, "nativeSdkName", &name, NULL);
  ph_json_member_string (payload, "nativeSdkVersion", &version, NULL);
  ph_facts_set_text (facts, PH_FACT_PROPERTY, "sdk", name);
  ph_facts_set_text (facts, PH_FACT_PROPERTY, "sdk_version", version);
  ph_facts_set_json (facts, PH_FACT_PROPERTY, "options", payload);
}

/* Whether @sentry->out has the event to hand on instead. */
static gboolean
translate (PhSentry *sentry,
           PhJsonValue root)
{
  PhJsonValue data = ph_json_member (root, "data");
  PhJsonValue payload = ph_json_member (data, "payload");
  const char *tag = "";
  const char *category;
  gint64 type = -1;
  double time;

  ph_json_member_int (root, "type", &type);

  if (type != PH_EVENT_CUSTOM || !ph_json_member_string (data, "tag", &tag, NULL))
    return FALSE;

  if (strcmp (tag, "breadcrumb") == 0 &&
      ph_json_member_string (payload, "category", &category, NULL))
    write_breadcrumb (sentry, root, data, payload);
  else if (strcmp (tag, "performanceSpan") == 0 &&
           ph_json_member_double (payload, "startTimestamp", &time))
    write_span (sentry, root, data, payload);
  else if (strcmp (tag, "options") == 0 &&
           ph_json_member_double (payload, "errorSampleRate", &time))
    {
      take_options (sentry, payload);
      return FALSE;
    }
  else
    {
      sentry->n_videos += strcmp (tag, "video") == 0 &&
                          ph_json_type (ph_json_member (payload, "container")) == PH_JSON_STRING;
      return FALSE;
    }

  return TRUE;
}

/* Where the user is, and whether there is a page at all. */
static void
look_at (PhSentry *sentry,
         const char *text,
         gsize size)
{
  const char *head = g_strstr_len (text, (gssize) MIN (size, 4096), "\"node\"");
  PhJsonValue root;
  gint64 type = -1;
  const char *href = NULL;

  if (head != NULL)
    sentry->n_snapshots++;

  if (size > MAX_META_BYTES || memmem (text, size, "\"href\"", 6) == NULL ||
      !ph_json_parse (sentry->json, text, size, &root, NULL))
    return;

  ph_json_member_int (root, "type", &type);

  if (type == PH_EVENT_META &&
      ph_json_member_string (ph_json_member (root, "data"), "href", &href, NULL))
    set_href (sentry, g_strdup (href));
}

gboolean
ph_sentry_emit (PhSentry *sentry,
                const char *text,
                gsize size,
                const char *window,
                gboolean *is_json,
                GError **error)
{
  PhJsonValue root;

  g_return_val_if_fail (sentry != NULL, FALSE);

  if (memmem (text, size, "\"tag\"", 5) == NULL)
    look_at (sentry, text, size);
  else if (ph_json_parse (sentry->json, text, size, &root, NULL) && translate (sentry, root))
    return ph_reading_emit (sentry->reading, sentry->out->str, sentry->out->len, window, is_json,
                            error);

  return ph_reading_emit (sentry->reading, text, size, window, is_json, error);
}
