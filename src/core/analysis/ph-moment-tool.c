/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-moment-tool.h"

#include "ph-limits.h"
#include "ph-text.h"

#include <string.h>

typedef enum
{
  WORTH_NOTHING, /* told elsewhere, or of no interest to a person */
  WORTH_TAG,     /* the tag says it */
  WORTH_TEXT,    /* the tag, and the payload when that is a text */
  WORTH_WARNING, /* the same, as a warning */
} Worth;

static const struct
{
  const char *tag;
  Worth worth;
} tags[] = {
  /* Highlight: rrweb itself records clicks, fields and the size of the window. */
  { "Click", WORTH_NOTHING },
  { "Focus", WORTH_NOTHING },
  { "Viewport", WORTH_NOTHING },
  { "Performance", WORTH_NOTHING },
  { "Referrer", WORTH_TEXT },
  { "TabHidden", WORTH_TEXT },
  { "Page Unload", WORTH_TAG },
  { "Stop", WORTH_TAG },
  { "Identify", WORTH_TEXT },
  { "Track", WORTH_TEXT },
  { "Jank", WORTH_WARNING },
  /* Amplitude, of how it was set up. */
  { "get-sr-props", WORTH_NOTHING },
  { "debug-info", WORTH_NOTHING },
  { "metadata", WORTH_NOTHING },
  { "targeting-decision", WORTH_NOTHING },
  { "replay-gate-decision", WORTH_NOTHING },
};

static char *
make_line (const char *head,
           const char *text)
{
  g_autofree char *joined = g_strconcat (head, *text != '\0' ? ": " : "", text, NULL);

  return ph_text_line (joined, PH_LIMIT_LABEL_CHARS);
}

/* A payload as a person reads it; "" for an object or a list. */
static const char *
get_text (PhJsonValue payload)
{
  const char *text = "";
  gboolean is_true = FALSE;

  if (ph_json_get_bool (payload, &is_true))
    return is_true ? "true" : "false";

  ph_json_get_string (payload, &text, NULL);

  return text;
}

static PhSeverity
get_severity (PhJsonValue payload)
{
  const char *level = "";

  ph_json_member_string (payload, "level", &level, NULL);

  if (strcmp (level, "error") == 0 || strcmp (level, "fatal") == 0)
    return PH_SEVERITY_ERROR;

  return strcmp (level, "warning") == 0 ? PH_SEVERITY_WARNING : PH_SEVERITY_INFO;
}

static gboolean
read_breadcrumb (PhJsonValue payload,
                 gboolean has_page,
                 PhMomentTool *moment)
{
  PhJsonValue details = ph_json_member (payload, "data");
  const char *category;
  const char *message = "";
  const char *key = "";
  gboolean is_limit = FALSE;

  if (!ph_json_member_string (payload, "category", &category, NULL))
    return FALSE;

  ph_json_member_string (payload, "message", &message, NULL);
  moment->severity = get_severity (payload);

  /* A change of address has an event of its own, where it says which. */
  if (strcmp (category, "ui.focus") == 0 || strcmp (category, "ui.blur") == 0 ||
      (strcmp (category, "navigation") == 0 &&
       ph_json_type (ph_json_member (details, "to")) == PH_JSON_STRING))
    return TRUE;

  if (strcmp (category, "ui.click") == 0 || strcmp (category, "ui.tap") == 0 ||
      strcmp (category, "ui.input") == 0)
    {
      moment->kind = category[3] == 'i' ? PH_MOMENT_INPUT : PH_MOMENT_CLICK;
      moment->text = has_page ? NULL : ph_text_line (message, PH_LIMIT_LABEL_CHARS);
      return TRUE;
    }

  if (strcmp (category, "replay.mutations") == 0)
    {
      ph_json_member_bool (details, "limit", &is_limit);
      message = is_limit ? "so much changed at once that the recorder stopped"
                         : "much changed at once";
      moment->severity = PH_SEVERITY_WARNING;
    }
  else if (strcmp (category, "ui.keyDown") == 0 &&
           ph_json_member_string (details, "key", &key, NULL))
    message = key;

  moment->text = make_line (category, message);

  return TRUE;
}

static gboolean
read_span (PhJsonValue payload,
           PhMomentTool *moment)
{
  PhJsonValue details = ph_json_member (payload, "data");
  const char *op;
  const char *description = "";
  const char *rating = NULL;
  double value;
  g_autofree char *text = NULL;

  if (!ph_json_member_string (payload, "op", &op, NULL))
    return FALSE;

  /* Every few seconds; and an address, which has an event of its own. */
  if (strcmp (op, "memory") == 0 || strcmp (op, "navigation.push") == 0)
    return TRUE;

  ph_json_member_string (payload, "description", &description, NULL);
  ph_json_member_string (details, "rating", &rating, NULL);

  if (rating != NULL && ph_json_member_double (details, "value", &value))
    {
      text = g_strdup_printf ("%s %.4g (%s)", description, value, rating);
      moment->severity = strcmp (rating, "poor") == 0 ? PH_SEVERITY_WARNING : PH_SEVERITY_INFO;
    }

  moment->text = make_line (op, text != NULL ? text : description);

  return TRUE;
}

gboolean
ph_moment_tool_read (const char *tag,
                     PhJsonValue payload,
                     gboolean has_page,
                     PhMomentTool *moment)
{
  g_return_val_if_fail (tag != NULL && moment != NULL, FALSE);

  *moment = (PhMomentTool) { PH_MOMENT_CUSTOM, PH_SEVERITY_INFO, NULL };

  if (strcmp (tag, "breadcrumb") == 0)
    return read_breadcrumb (payload, has_page, moment);

  if (strcmp (tag, "performanceSpan") == 0)
    return read_span (payload, moment);

  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      if (strcmp (tags[i].tag, tag) != 0)
        continue;

      if (tags[i].worth == WORTH_WARNING)
        moment->severity = PH_SEVERITY_WARNING;

      if (tags[i].worth == WORTH_TAG)
        moment->text = make_line (tag, "");
      else if (tags[i].worth != WORTH_NOTHING)
        moment->text = make_line (tag, get_text (payload));

      return TRUE;
    }

  return FALSE;
}
