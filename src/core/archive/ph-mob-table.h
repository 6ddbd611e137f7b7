/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The messages of OpenReplay's trackers, and how one is read. Source of numbers
 * and fields: mobs/messages.rb and mobs/ios_messages.rb of openreplay/openreplay,
 * and tracker/tracker/src/common/messages.gen.d.ts for what older files have.
 */
typedef enum
{
  PH_MOB_TIMESTAMP = 0,
  PH_MOB_SESSION_START = 1,
  PH_MOB_PAGE_LOCATION_OLD = 4,
  PH_MOB_VIEWPORT_SIZE = 5,
  PH_MOB_VIEWPORT_SCROLL = 6,
  PH_MOB_CREATE_DOCUMENT = 7,
  PH_MOB_CREATE_ELEMENT = 8,
  PH_MOB_CREATE_TEXT = 9,
  PH_MOB_MOVE_NODE = 10,
  PH_MOB_REMOVE_NODE = 11,
  PH_MOB_ATTRIBUTE = 12,
  PH_MOB_REMOVE_ATTRIBUTE = 13,
  PH_MOB_NODE_DATA = 14,
  PH_MOB_CSS_DATA = 15,
  PH_MOB_NODE_SCROLL = 16,
  PH_MOB_INPUT_VALUE = 18,
  PH_MOB_INPUT_CHECKED = 19,
  PH_MOB_MOUSE_MOVE = 20,
  PH_MOB_NETWORK_REQUEST_OLD = 21,
  PH_MOB_CONSOLE_LOG = 22,
  PH_MOB_EXCEPTION_OLD = 25,
  PH_MOB_CUSTOM_EVENT = 27,
  PH_MOB_USER_ID = 28,
  PH_MOB_USER_ANONYMOUS_ID = 29,
  PH_MOB_METADATA = 30,
  PH_MOB_STRING_DICT_GLOBAL = 34,
  PH_MOB_ATTRIBUTE_DICT_GLOBAL = 35,
  PH_MOB_ANIMATION_RESULT = 36,
  PH_MOB_INSERT_RULE_OLD = 37,
  PH_MOB_DELETE_RULE_OLD = 38,
  PH_MOB_FETCH = 39,
  PH_MOB_STRING_DICT = 43,
  PH_MOB_STRING_DICT_OLD = 50,
  PH_MOB_ATTRIBUTE_DICT_OLD = 51,
  PH_MOB_ATTRIBUTE_DICT = 52,
  PH_MOB_RESOURCE_TIMING_OLDEST = 53,
  PH_MOB_LOAD_FONT = 57,
  PH_MOB_NODE_FOCUS = 58,
  PH_MOB_ATTRIBUTE_URL = 60,
  PH_MOB_CSS_DATA_URL = 61,
  PH_MOB_TECHNICAL_INFO = 63,
  PH_MOB_CUSTOM_ISSUE = 64,
  PH_MOB_NODE_SLOT = 65,
  PH_MOB_INSERT_RULE_URL_OLD = 67,
  PH_MOB_MOUSE_CLICK = 68,
  PH_MOB_MOUSE_CLICK_OLD = 69,
  PH_MOB_CREATE_ROOT = 70, /* the page of an iframe, or a shadow root */
  PH_MOB_SHEET_REPLACE_URL = 71,
  PH_MOB_SHEET_REPLACE = 72,
  PH_MOB_SHEET_INSERT_URL = 73,
  PH_MOB_SHEET_INSERT = 74,
  PH_MOB_SHEET_DELETE = 75,
  PH_MOB_SHEET_ADD_OWNER = 76,
  PH_MOB_SHEET_REMOVE_OWNER = 77,
  PH_MOB_EXCEPTION = 78,
  PH_MOB_BATCH_META_OLD = 80,
  PH_MOB_BATCH_META = 81,
  PH_MOB_PARTITIONED = 82,
  PH_MOB_NETWORK_REQUEST = 83,
  PH_MOB_RESOURCE_TIMING = 85,
  PH_MOB_SELECTION = 113,
  PH_MOB_RESOURCE_TIMING_OLD = 116,
  PH_MOB_TAB_CHANGE = 117,
  PH_MOB_TAB_DATA = 118,
  PH_MOB_CANVAS_NODE = 119,
  PH_MOB_REDUX = 121,
  PH_MOB_PAGE_LOCATION = 122,
  PH_MOB_ISSUE_EVENT = 125,
  PH_MOB_N_TYPES = 128,
} PhMobType;

/* Numbers of sessions of mobile apps, which are films. */
#define PH_MOB_FIRST_MOBILE 90
#define PH_MOB_LAST_MOBILE 111

#define PH_MOB_MAX_FIELDS 20

/* What becomes of a message that draws nothing. */
typedef enum
{
  PH_MOB_USE_OWN,    /* has a translation of its own, or is of no use */
  PH_MOB_USE_CUSTOM, /* something that happened: a custom event */
  PH_MOB_USE_PLUGIN, /* a measure, kept but nothing to list */
} PhMobUse;

typedef struct
{
  const char *name;   /* NULL: no message that is known */
  const char *fields; /* a letter each: `u` number, `i` signed number, `s` text, `b` boolean */
  const char *labels; /* names of the fields, by spaces, where PhMobUse needs them */
  PhMobUse use;
} PhMobKind;

/* One field: a number, or @size bytes of @text, which belong to the message. */
typedef struct
{
  gint64 number;
  const char *text; /* not NUL-terminated, not checked to be UTF-8 */
  gsize size;
} PhMobField;

typedef enum
{
  PH_MOB_FITS,
  PH_MOB_SHORT, /* more bytes are needed */
  PH_MOB_ODD,   /* no such message, or one that is longer than any may be */
} PhMobFit;

/* The kind of a number, or NULL. */
const PhMobKind *ph_mob_kind (guint64 type);

/*
 * Reads the fields of a message of @kind at *@at, which then is behind them.
 * @fields has room for PH_MOB_MAX_FIELDS, or is NULL.
 */
PhMobFit ph_mob_read_fields (const PhMobKind *kind,
                             const guint8 **at,
                             const guint8 *end,
                             PhMobField *fields);

/* A LEB128 number of at most 64 bits. */
PhMobFit ph_mob_read_number (const guint8 **at,
                             const guint8 *end,
                             guint64 *number);

G_END_DECLS
