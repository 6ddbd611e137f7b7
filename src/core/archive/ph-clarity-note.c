/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-clarity-session-private.h"

#include "ph-clarity-facts.h"
#include "ph-event.h"
#include "ph-json-write.h"

#include <string.h>

/* A name and where its token is, for the payload of a custom event. */
typedef struct
{
  const char *name;
  guint token;
} Member;

/* A custom event: @members ends with one that has no name; tokens that are missing are left out. */
static gboolean
tell_custom (PhClaritySession *session,
             const PhClarityMoment *moment,
             const char *tag,
             const Member *members,
             GError **error)
{
  gboolean has_some = FALSE;

  if (!ph_clarity_begin (session, PH_EVENT_CUSTOM, moment->time, error))
    return FALSE;

  g_string_append (session->out, "{\"tag\":");
  ph_json_write_string (session->out, tag, -1);
  g_string_append (session->out, ",\"payload\":{");

  for (; members->name != NULL; members++)
    {
      PhJsonValue value = ph_clarity_token (&session->tokens, members->token);

      if (ph_json_type (value) == PH_JSON_NONE || ph_json_type (value) == PH_JSON_NULL)
        continue;

      if (has_some)
        g_string_append_c (session->out, ',');

      has_some = TRUE;
      ph_json_write_key (session->out, members->name);
      ph_json_write_value (session->out, value);
    }

  g_string_append (session->out, "}}");

  return ph_clarity_end (session, error);
}

/* One token as a word: of @names, that of its number; else as it is. */
static gboolean
tell_word (PhClaritySession *session,
           const PhClarityMoment *moment,
           const char *tag,
           const char *name,
           const char *word,
           GError **error)
{
  if (!ph_clarity_begin (session, PH_EVENT_CUSTOM, moment->time, error))
    return FALSE;

  g_string_append (session->out, "{\"tag\":");
  ph_json_write_string (session->out, tag, -1);
  g_string_append (session->out, ",\"payload\":{");
  ph_json_write_key (session->out, name);
  ph_json_write_string (session->out, word, -1);
  g_string_append (session->out, "}}");

  return ph_clarity_end (session, error);
}

/* ---- the console ---- */

/* Console lines hold their arguments as JSON text, so strings are quoted twice. */
static void
write_argument (GString *out,
                const char *text)
{
  g_autoptr (GString) quoted = g_string_new (NULL);

  ph_json_write_string (quoted, text, -1);
  ph_json_write_string (out, quoted->str, (gssize) quoted->len);
}

static gboolean
tell_console (PhClaritySession *session,
              const PhClarityMoment *moment,
              const char *level,
              const char *message,
              const char *trace,
              GError **error)
{
  g_auto (GStrv) lines = g_strsplit (trace != NULL ? trace : "", "\n", -1);
  gboolean has_some = FALSE;

  if (!ph_clarity_begin (session, PH_EVENT_PLUGIN, moment->time, error))
    return FALSE;

  g_string_append (session->out, "{\"plugin\":\"rrweb/console@1\",\"payload\":{\"level\":");
  ph_json_write_string (session->out, level, -1);
  g_string_append (session->out, ",\"trace\":[");

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *line = g_strstrip (lines[i]);

      /* The first line of a stack says again what went wrong. */
      if (*line == '\0' || (i == 0 && strstr (line, message) != NULL && lines[1] != NULL))
        continue;

      if (has_some)
        g_string_append_c (session->out, ',');

      has_some = TRUE;
      ph_json_write_string (session->out, line, -1);
    }

  g_string_append (session->out, "],\"payload\":[");
  write_argument (session->out, message);
  g_string_append (session->out, "]}}");

  return ph_clarity_end (session, error);
}

static gboolean
tell_script_error (PhClaritySession *session,
                   const PhClarityMoment *moment,
                   GError **error)
{
  const PhClarityTokens *tokens = &session->tokens;
  const char *message = ph_clarity_token_text (tokens, 2);
  const char *stack = ph_clarity_token_text (tokens, 5);
  const char *source = ph_clarity_token_text (tokens, 6);
  g_autofree char *place = NULL;

  if (stack == NULL || *stack == '\0')
    {
      place = g_strdup_printf ("%s:%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT,
                               source != NULL ? source : "",
                               ph_clarity_token_int (tokens, 3, 0),
                               ph_clarity_token_int (tokens, 4, 0));
      stack = source != NULL ? place : "";
    }

  return tell_console (session, moment, "error", message != NULL ? message : "", stack, error);
}

static gboolean
tell_image_error (PhClaritySession *session,
                  const PhClarityMoment *moment,
                  GError **error)
{
  const char *source = ph_clarity_token_text (&session->tokens, 2);
  g_autofree char *text = g_strdup_printf ("Image not loaded: %s", source != NULL ? source : "");

  return tell_console (session, moment, "error", text, NULL, error);
}

/* What troubled the recorder, not the page: never an error of the page's. */
static gboolean
tell_log (PhClaritySession *session,
          const PhClarityMoment *moment,
          GError **error)
{
  const PhClarityTokens *tokens = &session->tokens;
  static const char *const codes[] = {
    "RunTask",
    "CssRules",
    "MutationObserver",
    "PerformanceObserver",
    "CallStackDepth",
    "Selector",
    "Metric",
    "ContentSecurityPolicy",
    "Config",
    "FunctionExecutionTime",
    "LeanLimit",
    "BFCache",
  };
  gint64 code = ph_clarity_token_int (tokens, 2, -1);
  const char *name = ph_clarity_token_text (tokens, 3);
  const char *message = ph_clarity_token_text (tokens, 4);
  g_autofree char *text =
    g_strdup_printf ("Clarity: %s %s %s",
                     code >= 0 && code < (gint64) G_N_ELEMENTS (codes) ? codes[code] : "",
                     name != NULL ? name : "", message != NULL ? message : "");

  return tell_console (session, moment,
                       ph_clarity_token_int (tokens, 6, 0) > 0 ? "warn" : "info",
                       g_strstrip (text), ph_clarity_token_text (tokens, 5), error);
}

/* ---- the request for the page ---- */

static gboolean
tell_navigation (PhClaritySession *session,
                 const PhClarityMoment *moment,
                 GError **error)
{
  static const Member members[] = {
    { "startTime", 2 },
    { "connectStart", 3 },
    { "connectEnd", 4 },
    { "requestStart", 5 },
    { "responseStart", 6 },
    { "responseEnd", 7 },
    { "endTime", 7 },
    { "domInteractive", 8 },
    { "domComplete", 9 },
    { "loadEventStart", 10 },
    { "loadEventEnd", 11 },
    { "redirectCount", 12 },
    { "transferSize", 13 },
    { "navigationType", 14 },
    { "nextHopProtocol", 15 },
    { "encodedBodySize", 16 },
    { "decodedBodySize", 17 },
  };
  const PhClarityTokens *tokens = &session->tokens;
  double start = 0, end = 0;

  ph_clarity_token_double (tokens, 2, &start);
  ph_clarity_token_double (tokens, 7, &end);

  if (!ph_clarity_begin (session, PH_EVENT_PLUGIN, moment->time, error))
    return FALSE;

  g_string_append (session->out, "{\"plugin\":\"rrweb/network@1\",\"payload\":{\"requests\":[{"
                                 "\"name\":");
  ph_json_write_string (session->out, session->url != NULL ? session->url : "", -1);
  g_string_append_printf (session->out,
                          ",\"entryType\":\"navigation\",\"initiatorType\":\"navigation\","
                          "\"timestamp\":%" G_GINT64_FORMAT ",\"duration\":",
                          session->begin);
  ph_json_write_number (session->out, end >= start ? end - start : 0);

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      PhJsonValue value = ph_clarity_token (tokens, members[i].token);

      if (ph_json_type (value) != PH_JSON_NUMBER && ph_json_type (value) != PH_JSON_STRING)
        continue;

      g_string_append_c (session->out, ',');
      ph_json_write_key (session->out, members[i].name);
      ph_json_write_value (session->out, value);
    }

  g_string_append (session->out, "}]}}");

  return ph_clarity_end (session, error);
}

/* ---- the rest ---- */

/* Visible or not: a number, and up to 0.8.20 a word. */
static gboolean
tell_visibility (PhClaritySession *session,
                 const PhClarityMoment *moment,
                 GError **error)
{
  const char *word = ph_clarity_token_text (&session->tokens, 2);
  gboolean is_visible = word != NULL ? strcmp (word, "visible") == 0
                                     : ph_clarity_token_int (&session->tokens, 2, 1) != 0;

  return tell_word (session, moment, "visibility", "state", is_visible ? "visible" : "hidden",
                    error);
}

static gboolean
tell_clipboard (PhClaritySession *session,
                const PhClarityMoment *moment,
                GError **error)
{
  static const char *const actions[] = { "cut", "copy", "paste" };
  gint64 action = ph_clarity_token_int (&session->tokens, 3, -1);

  return tell_word (session, moment, "clipboard", "action",
                    action >= 0 && action < (gint64) G_N_ELEMENTS (actions) ? actions[action]
                                                                            : "unknown",
                    error);
}

static gboolean
tell_limit (PhClaritySession *session,
            const PhClarityMoment *moment,
            GError **error)
{
  static const char *const checks[] = {
    "none",
    "payloads",
    "time",
    "retries",
    "bytes",
    "collection",
    "server",
    "pages",
  };
  gint64 check = ph_clarity_token_int (&session->tokens, 2, -1);
  const char *word =
    check >= 0 && check < (gint64) G_N_ELEMENTS (checks) ? checks[check] : "unknown";

  ph_health_add (session->health, PH_HEALTH_LIMIT, PH_TIME_NONE,
                 "the recorder stopped at a limit of its own: %s", word);

  return tell_word (session, moment, "limit", "check", word, error);
}

/* An event of the site's own: a key and a value, or a value alone. */
static gboolean
tell_own (PhClaritySession *session,
          const PhClarityMoment *moment,
          GError **error)
{
  static const Member members[] = { { "value", 3 }, {} };
  const char *key = ph_clarity_token_text (&session->tokens, 2);

  return tell_custom (session, moment, key != NULL ? key : "custom", members, error);
}

static gboolean
tell_focus (PhClaritySession *session,
            const PhClarityMoment *moment,
            GError **error)
{
  return tell_word (session, moment, "focus", "state",
                    ph_clarity_token_int (&session->tokens, 2, 1) != 0 ? "focused" : "blurred",
                    error);
}

static gboolean
tell_animation (PhClaritySession *session,
                const PhClarityMoment *moment,
                GError **error)
{
  static const Member members[] = {
    { "animation", 2 },
    { "operation", 3 },
    { "keyframes", 4 },
    { "timing", 5 },
    { "timeline", 6 },
    { "target", 7 },
    {},
  };

  return tell_custom (session, moment, "animation", members, error);
}

/* What a later Clarity, or one in an application, has besides: its tokens, as they are. */
static gboolean
tell_unknown (PhClaritySession *session,
              const PhClarityMoment *moment,
              GError **error)
{
  ph_health_add (session->health, PH_HEALTH_EVENT_UNKNOWN, PH_TIME_NONE,
                 "the Clarity event %" G_GINT64_FORMAT, moment->kind);

  if (!ph_clarity_begin (session, PH_EVENT_CUSTOM, moment->time, error))
    return FALSE;

  g_string_append_printf (session->out,
                          "{\"tag\":\"clarity %" G_GINT64_FORMAT "\",\"payload\":{\"tokens\":",
                          moment->kind);
  ph_json_write_value (session->out, moment->value);
  g_string_append (session->out, "}}");

  return ph_clarity_end (session, error);
}

/* What says how the recorder is doing, or says again what other events say. */
static gboolean
is_nothing_new (gint64 kind)
{
  static const gint64 kinds[] = {
    PH_CLARITY_UPLOAD,
    PH_CLARITY_BASELINE,
    PH_CLARITY_REGION,
    PH_CLARITY_DOCUMENT,
    PH_CLARITY_TIMELINE,
    PH_CLARITY_PAGE,
    PH_CLARITY_PING,
    PH_CLARITY_CONNECTION,
    PH_CLARITY_SUMMARY,
    PH_CLARITY_BOX,
    PH_CLARITY_EXTRACT,
    PH_CLARITY_FRAUD,
    PH_CLARITY_POINTER_DOWN,
    PH_CLARITY_RESERVED,
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i] == kind)
      return TRUE;

  return FALSE;
}

gboolean
ph_clarity_note (PhClaritySession *session,
                 const PhClarityMoment *moment,
                 GError **error)
{
  static const Member submitted[] = { { "target", 2 }, {} };
  static const Member unloaded[] = { { "event", 2 }, { "persisted", 3 }, {} };
  static const Member upgraded[] = { { "key", 2 }, {} };
  static const Member chat[] = { { "action", 2 }, {} };
  double begin = 0;

  switch (moment->kind)
    {
    case PH_CLARITY_METRIC:
      ph_clarity_facts_metrics (session->facts, &session->tokens, &begin);
      return TRUE;
    case PH_CLARITY_DIMENSION:
      ph_clarity_facts_dimensions (session->facts, &session->tokens);
      return TRUE;
    case PH_CLARITY_VARIABLE:
      ph_clarity_facts_variables (session->facts, &session->tokens);
      return TRUE;
    case PH_CLARITY_CONSENT:
      ph_clarity_facts_consent (session->facts, &session->tokens);
      return TRUE;
    case PH_CLARITY_SCRIPT_ERROR:
      return tell_script_error (session, moment, error);
    case PH_CLARITY_IMAGE_ERROR:
      return tell_image_error (session, moment, error);
    case PH_CLARITY_LOG:
      return tell_log (session, moment, error);
    case PH_CLARITY_NAVIGATION:
      return tell_navigation (session, moment, error);
    case PH_CLARITY_VISIBILITY:
      return tell_visibility (session, moment, error);
    case PH_CLARITY_FOCUS:
      return tell_focus (session, moment, error);
    case PH_CLARITY_CLIPBOARD:
      return tell_clipboard (session, moment, error);
    case PH_CLARITY_SUBMIT:
      return tell_custom (session, moment, "submit", submitted, error);
    case PH_CLARITY_UNLOAD:
      return tell_custom (session, moment, "unload", unloaded, error);
    case PH_CLARITY_UPGRADE:
      return tell_custom (session, moment, "upgrade", upgraded, error);
    case PH_CLARITY_CHAT:
      return tell_custom (session, moment, "chat", chat, error);
    case PH_CLARITY_CUSTOM:
      return tell_own (session, moment, error);
    case PH_CLARITY_ANIMATION:
      return tell_animation (session, moment, error);
    case PH_CLARITY_LIMIT:
      return tell_limit (session, moment, error);
    default:
      return is_nothing_new (moment->kind) || tell_unknown (session, moment, error);
    }
}
