/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-event.h"

#include <math.h>

/* ±9999 years in milliseconds: outside of it a timestamp means nothing. */
#define MAX_TIMESTAMP_MS 2.5e14

static const char *const type_names[] = {
  [PH_EVENT_DOM_CONTENT_LOADED] = "dom-content-loaded",
  [PH_EVENT_LOAD] = "load",
  [PH_EVENT_FULL_SNAPSHOT] = "full-snapshot",
  [PH_EVENT_INCREMENTAL] = "incremental",
  [PH_EVENT_META] = "meta",
  [PH_EVENT_CUSTOM] = "custom",
  [PH_EVENT_PLUGIN] = "plugin",
  [PH_EVENT_ASSET] = "asset",
  [PH_EVENT_ANNOTATION] = "annotation",
};

static const char *const source_names[] = {
  [PH_SOURCE_MUTATION] = "mutation",
  [PH_SOURCE_MOUSE_MOVE] = "mouse-move",
  [PH_SOURCE_MOUSE_INTERACTION] = "mouse-interaction",
  [PH_SOURCE_SCROLL] = "scroll",
  [PH_SOURCE_VIEWPORT_RESIZE] = "viewport-resize",
  [PH_SOURCE_INPUT] = "input",
  [PH_SOURCE_TOUCH_MOVE] = "touch-move",
  [PH_SOURCE_MEDIA_INTERACTION] = "media-interaction",
  [PH_SOURCE_STYLE_SHEET_RULE] = "style-sheet-rule",
  [PH_SOURCE_CANVAS_MUTATION] = "canvas-mutation",
  [PH_SOURCE_FONT] = "font",
  [PH_SOURCE_LOG] = "log",
  [PH_SOURCE_DRAG] = "drag",
  [PH_SOURCE_STYLE_DECLARATION] = "style-declaration",
  [PH_SOURCE_SELECTION] = "selection",
  [PH_SOURCE_ADOPTED_STYLE_SHEET] = "adopted-style-sheet",
  [PH_SOURCE_CUSTOM_ELEMENT] = "custom-element",
};

/* A number; databases and hand-made archives write it as a string of digits too. */
static gboolean
read_timestamp (PhJsonValue value,
                double *timestamp)
{
  const char *text;
  char *end = NULL;

  if (ph_json_get_double (value, timestamp))
    return TRUE;

  if (!ph_json_get_string (value, &text, NULL) || !g_ascii_isdigit (*text))
    return FALSE;

  *timestamp = g_ascii_strtod (text, &end);

  return *end == '\0';
}

gboolean
ph_event_read (PhEvent *event,
               PhJsonValue root)
{
  double timestamp;
  gint64 type;
  gint64 source;

  if (!ph_json_member_int (root, "type", &type) || type < 0 || type > G_MAXINT16)
    return FALSE;

  if (!read_timestamp (ph_json_member (root, "timestamp"), &timestamp) ||
      !(fabs (timestamp) <= MAX_TIMESTAMP_MS))
    return FALSE;

  event->type = (gint16) type;
  event->source = PH_SOURCE_NONE;
  event->timestamp = llround (timestamp * 1000);

  if (type == PH_EVENT_INCREMENTAL &&
      ph_json_member_int (ph_json_member (root, "data"), "source", &source))
    event->source = (gint16) CLAMP (source, PH_SOURCE_NONE, G_MAXINT16);

  return TRUE;
}

const char *
ph_event_kind (const PhEvent *event)
{
  if (event->type == PH_EVENT_INCREMENTAL && event->source >= 0 &&
      event->source < (int) G_N_ELEMENTS (source_names))
    return source_names[event->source];

  if (event->type == PH_EVENT_INCREMENTAL || event->type < 0 ||
      event->type >= (int) G_N_ELEMENTS (type_names))
    return "unknown";

  return type_names[event->type];
}

int
ph_event_compare (const PhEvent *a,
                  const PhEvent *b)
{
  if (a->timestamp != b->timestamp)
    return a->timestamp < b->timestamp ? -1 : 1;

  if (a->order != b->order)
    return a->order < b->order ? -1 : 1;

  return 0;
}
