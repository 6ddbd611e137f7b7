/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-json.h"
#include "ph-names.h"

G_BEGIN_DECLS

/*
 * The events of Microsoft Clarity, an array of tokens each: `[time, number, …]`.
 * Sources: clarity-js types/data.d.ts (the numbers), clarity-decode src/layout.ts
 * (what the tokens of a change of the page mean), both 0.8.70.
 */
typedef enum
{
  PH_CLARITY_METRIC = 0,
  PH_CLARITY_DIMENSION = 1,
  PH_CLARITY_UPLOAD = 2,
  PH_CLARITY_UPGRADE = 3,
  PH_CLARITY_BASELINE = 4,
  PH_CLARITY_DISCOVER = 5,
  PH_CLARITY_MUTATION = 6,
  PH_CLARITY_REGION = 7,
  PH_CLARITY_DOCUMENT = 8,
  PH_CLARITY_CLICK = 9,
  PH_CLARITY_SCROLL = 10,
  PH_CLARITY_RESIZE = 11,
  PH_CLARITY_MOUSE_MOVE = 12,
  PH_CLARITY_MOUSE_DOWN = 13,
  PH_CLARITY_MOUSE_UP = 14,
  PH_CLARITY_MOUSE_WHEEL = 15,
  PH_CLARITY_DOUBLE_CLICK = 16,
  PH_CLARITY_TOUCH_START = 17,
  PH_CLARITY_TOUCH_END = 18,
  PH_CLARITY_TOUCH_MOVE = 19,
  PH_CLARITY_TOUCH_CANCEL = 20,
  PH_CLARITY_SELECTION = 21,
  PH_CLARITY_TIMELINE = 22,
  PH_CLARITY_PAGE = 23,
  PH_CLARITY_CUSTOM = 24,
  PH_CLARITY_PING = 25,
  PH_CLARITY_UNLOAD = 26,
  PH_CLARITY_INPUT = 27,
  PH_CLARITY_VISIBILITY = 28,
  PH_CLARITY_NAVIGATION = 29,
  PH_CLARITY_CONNECTION = 30,
  PH_CLARITY_SCRIPT_ERROR = 31,
  PH_CLARITY_IMAGE_ERROR = 32,
  PH_CLARITY_LOG = 33,
  PH_CLARITY_VARIABLE = 34,
  PH_CLARITY_LIMIT = 35,
  PH_CLARITY_SUMMARY = 36,
  PH_CLARITY_BOX = 37,
  PH_CLARITY_CLIPBOARD = 38,
  PH_CLARITY_SUBMIT = 39,
  PH_CLARITY_EXTRACT = 40,
  PH_CLARITY_FRAUD = 41,
  PH_CLARITY_CHANGE = 42,
  PH_CLARITY_SNAPSHOT = 43,
  PH_CLARITY_ANIMATION = 44,
  PH_CLARITY_SHEET_ADOPTION = 45,
  PH_CLARITY_SHEET_UPDATE = 46,
  PH_CLARITY_CONSENT = 47,
  PH_CLARITY_CONTEXT_MENU = 48,
  PH_CLARITY_RESERVED = 49,
  PH_CLARITY_FOCUS = 50,
  PH_CLARITY_CUSTOM_ELEMENT = 51,
  PH_CLARITY_CHAT = 52,
  PH_CLARITY_POINTER_DOWN = 53,
  PH_CLARITY_N_EVENTS,
} PhClarityEvent;

/* The tokens of one event. The values belong to the parsed document. */
typedef struct
{
  GArray *values; /* PhJsonValue */
} PhClarityTokens;

void ph_clarity_tokens_init (PhClarityTokens *tokens);
void ph_clarity_tokens_clear (PhClarityTokens *tokens);
/* Takes those of @event in place of what was there. */
void ph_clarity_tokens_read (PhClarityTokens *tokens,
                             PhJsonValue event);

/* No value past the end. */
PhJsonValue ph_clarity_token (const PhClarityTokens *tokens,
                              guint index);
/* Nothing changes in @number when the token is none. */
gboolean ph_clarity_token_double (const PhClarityTokens *tokens,
                                  guint index,
                                  double *number);
gint64 ph_clarity_token_int (const PhClarityTokens *tokens,
                             guint index,
                             gint64 fallback);
/* NULL when the token is no string. */
const char *ph_clarity_token_text (const PhClarityTokens *tokens,
                                   guint index);

/* One attribute; the value has no NUL behind it. */
typedef struct
{
  PhName name;
  const char *value;
  gsize value_size;
} PhClarityAttribute;

/* A node as an event says it now is. Everything is lent, up to the next one. */
typedef struct
{
  gint64 id;
  gint64 parent;   /* 0: none, so it was taken out of the page */
  gint64 previous; /* 0: none, so it is the first in its parent */
  const char *tag; /* `DIV`, `svg:path`, `*T`, `iframe:HTML`; no NUL behind it */
  gsize tag_size;
  GArray *attributes; /* PhClarityAttribute; no name twice */
  gboolean has_box;   /* of a picture that is not to be seen */
  double width, height;
  const char *value; /* of a text or a style, or NULL */
  gsize value_size;
} PhClarityNode;

/* A name that was looked up before. */
typedef struct
{
  char text[24];
  guint size;
  PhName name;
} PhClarityKnown;

#define PH_CLARITY_N_KNOWN 64

/* Goes through the nodes of a Discover, Mutation or Snapshot event. */
typedef struct
{
  const PhClarityTokens *tokens;
  guint next;
  PhNames *names;
  GArray *parts; /* PhJsonValue: the tokens of one node, references followed */
  GArray *attributes;
  GArray *places; /* by name: the node that had it last, and where among its attributes */
  guint64 serial; /* of that node */
  PhClarityKnown known[PH_CLARITY_N_KNOWN];
  GString *text; /* drawn in place of masked text */
} PhClarityNodes;

/* Names of attributes are added to @names. */
void ph_clarity_nodes_init (PhClarityNodes *nodes,
                            PhNames *names);
void ph_clarity_nodes_clear (PhClarityNodes *nodes);
/* @tokens must outlive what is read from them. */
void ph_clarity_nodes_start (PhClarityNodes *nodes,
                             const PhClarityTokens *tokens);
/* FALSE at the end. Nodes without an id or a tag are left out. */
gboolean ph_clarity_nodes_next (PhClarityNodes *nodes,
                                PhClarityNode *node);

/*
 * What stands for masked text: its length is all that was recorded, in base 36, so
 * words of five bullets are drawn. Text of another form comes out as it is.
 */
void ph_clarity_unmask (GString *out,
                        const char *text,
                        gsize size);

/* Appends @before and @number, which is not negative: far cheaper than a format. */
void ph_clarity_put_number (GString *out,
                            const char *before,
                            gint64 number);

typedef enum
{
  PH_CLARITY_VERSION_NONE, /* no version at all */
  PH_CLARITY_VERSION_KNOWN,
  PH_CLARITY_VERSION_NEWER,
} PhClarityVersion;

/* Of the text in a payload's envelope, as `0.8.70` or `0.8.70-b3`. */
PhClarityVersion ph_clarity_version (const char *text);

G_END_DECLS
