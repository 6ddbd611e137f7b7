/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-json.h"
#include "ph-span.h"

G_BEGIN_DECLS

/*
 * One recorded thing, in rrweb's vocabulary, kept as the JSON text it was
 * recorded as. Source of the numbers: rrweb packages/types/src/index.ts.
 */
typedef enum
{
  PH_EVENT_DOM_CONTENT_LOADED = 0,
  PH_EVENT_LOAD = 1,
  PH_EVENT_FULL_SNAPSHOT = 2,
  PH_EVENT_INCREMENTAL = 3,
  PH_EVENT_META = 4,
  PH_EVENT_CUSTOM = 5,
  PH_EVENT_PLUGIN = 6,
  PH_EVENT_ASSET = 7,
  PH_EVENT_ANNOTATION = 8,
} PhEventType;

/* `data.source` of an incremental event. */
typedef enum
{
  PH_SOURCE_NONE = -1,
  PH_SOURCE_MUTATION = 0,
  PH_SOURCE_MOUSE_MOVE = 1,
  PH_SOURCE_MOUSE_INTERACTION = 2,
  PH_SOURCE_SCROLL = 3,
  PH_SOURCE_VIEWPORT_RESIZE = 4,
  PH_SOURCE_INPUT = 5,
  PH_SOURCE_TOUCH_MOVE = 6,
  PH_SOURCE_MEDIA_INTERACTION = 7,
  PH_SOURCE_STYLE_SHEET_RULE = 8,
  PH_SOURCE_CANVAS_MUTATION = 9,
  PH_SOURCE_FONT = 10,
  PH_SOURCE_LOG = 11,
  PH_SOURCE_DRAG = 12,
  PH_SOURCE_STYLE_DECLARATION = 13,
  PH_SOURCE_SELECTION = 14,
  PH_SOURCE_ADOPTED_STYLE_SHEET = 15,
  PH_SOURCE_CUSTOM_ELEMENT = 16,
} PhSource;

/* `data.type` of a mouse interaction. */
typedef enum
{
  PH_MOUSE_UP = 0,
  PH_MOUSE_DOWN = 1,
  PH_MOUSE_CLICK = 2,
  PH_MOUSE_CONTEXT_MENU = 3,
  PH_MOUSE_DBL_CLICK = 4,
  PH_MOUSE_FOCUS = 5,
  PH_MOUSE_BLUR = 6,
  PH_MOUSE_TOUCH_START = 7,
  PH_MOUSE_TOUCH_MOVE_DEPARTED = 8,
  PH_MOUSE_TOUCH_END = 9,
  PH_MOUSE_TOUCH_CANCEL = 10,
} PhMouseType;

/* `data.type` of a media interaction. */
typedef enum
{
  PH_MEDIA_PLAY = 0,
  PH_MEDIA_PAUSE = 1,
  PH_MEDIA_SEEKED = 2,
  PH_MEDIA_VOLUME_CHANGE = 3,
  PH_MEDIA_RATE_CHANGE = 4,
} PhMediaType;

/*
 * The header of an event and its text. Whoever made the event owns the text;
 * readers lend it for the length of the call.
 */
typedef struct
{
  gint64 timestamp; /* microseconds since the Unix epoch, as recorded */
  PhTime time;      /* since the session's start; set when the order is known */
  guint64 order;    /* place in the archive, from 0 */
  guint32 window;   /* which browser window, from 0 */
  gint16 type;      /* PhEventType, or a number we do not know */
  gint16 source;    /* PhSource of an incremental event, else PH_SOURCE_NONE */
  const char *text; /* the event as JSON, not NUL-terminated */
  gsize size;
} PhEvent;

/*
 * Reads type, source and timestamp from a parsed event; the rest of @event is
 * left alone. FALSE when it is no rrweb event: type or timestamp missing.
 */
gboolean ph_event_read (PhEvent *event,
                        PhJsonValue root);

/* A stable lower-case name such as `mutation`, `meta`, `style-sheet-rule`; `unknown` else. */
const char *ph_event_kind (const PhEvent *event);

/* By timestamp, then by order: the order events are applied in. */
int ph_event_compare (const PhEvent *a,
                      const PhEvent *b);

G_END_DECLS
