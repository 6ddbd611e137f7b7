/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/*
 * Every hard limit in one place. An archive is hostile: each size it names is
 * checked against these before memory is taken. What passes a limit becomes a
 * health finding (PhHealth) while the rest plays, or PH_ERROR_TOO_LARGE when
 * nothing is left to play.
 */

/* One event as JSON text. The largest seen in the field is 67 MB. */
#define PH_LIMIT_EVENT_BYTES ((gsize) 128 * 1024 * 1024)

/* Brackets inside brackets in one event: two levels per level of the page. */
#define PH_LIMIT_JSON_DEPTH 2048

/* Nodes of one window's page, and how deep they may nest. */
#define PH_LIMIT_NODES 2000000
#define PH_LIMIT_TREE_DEPTH 900

/* Attributes of one element, and one attribute or text in bytes. */
#define PH_LIMIT_ATTRIBUTES 1024
#define PH_LIMIT_VALUE_BYTES ((gsize) 64 * 1024 * 1024)
#define PH_LIMIT_NAME_BYTES 256

/* Rules of one style sheet, and how deep grouping rules may nest. */
#define PH_LIMIT_RULES 200000
#define PH_LIMIT_RULE_DEPTH 32

/* Sheets made by script, nodes that adopt some, sheets adopted by one node. */
#define PH_LIMIT_SHEETS 20000
#define PH_LIMIT_ADOPTED 1000

/* Names of custom elements that are defined. */
#define PH_LIMIT_DEFINED 10000

/* Fonts loaded by script, and their text in bytes, all together. */
#define PH_LIMIT_FONTS 1000
#define PH_LIMIT_FONT_BYTES ((gsize) 64 * 1024 * 1024)

/* Bytes read again or nodes gone over again, to apply one event. */
#define PH_LIMIT_EVENT_WORK ((guint64) 64 * 1024 * 1024)

/* Pages of iframes that wait for their iframe, and the event that brought one in bytes. */
#define PH_LIMIT_PARKED 16
#define PH_LIMIT_PARKED_BYTES ((gsize) 4 * 1024 * 1024)

/* Of one page: ranges selected, what is in the top layer, audio and video elements. */
#define PH_LIMIT_RANGES 16
#define PH_LIMIT_TOP 64
#define PH_LIMIT_MEDIA 256
/* How long a recording of sound or pictures may be, and how much faster it may be played. */
#define PH_LIMIT_MEDIA_SECONDS 1e7
#define PH_LIMIT_MEDIA_RATE 64

/*
 * What is drawn into one canvas since it was last painted over: commands, and their
 * bytes as text; its area, and that of all canvases of a page that were drawn into;
 * what a context of WebGL is made to hold; states put aside in a 2D context.
 */
#define PH_LIMIT_CANVAS_COMMANDS 400000
#define PH_LIMIT_CANVAS_BYTES ((gsize) 64 * 1024 * 1024)
#define PH_LIMIT_CANVAS_PIXELS (36 * 1024 * 1024)
#define PH_LIMIT_CANVASES_PIXELS (128 * 1024 * 1024)
#define PH_LIMIT_CANVAS_MEMORY ((guint64) 512 * 1024 * 1024)
#define PH_LIMIT_CANVAS_DEPTH 64

/* Browser windows of one session. */
#define PH_LIMIT_WINDOWS 256

/* What an archive says of its user, its device and itself: how many each, and one in bytes. */
#define PH_LIMIT_FACTS 1000
#define PH_LIMIT_FACT_BYTES ((gsize) 64 * 1024)

/*
 * Notes of one session; of one of them bytes of text, tags, characters of a tag, and
 * the latest time, of which sums do not overflow.
 */
#define PH_LIMIT_NOTES 100000
#define PH_LIMIT_NOTE_BYTES ((gsize) 64 * 1024)
#define PH_LIMIT_NOTE_TAGS 32
#define PH_LIMIT_TAG_CHARS 64
#define PH_LIMIT_NOTE_TIME (G_MAXINT64 / 4)

/* Moments listed of one session. */
#define PH_LIMIT_MOMENTS 500000

/* Addresses of things a session's pages name and do not bring, and one of them in bytes. */
#define PH_LIMIT_ASSETS 20000
#define PH_LIMIT_URL_BYTES 8192

/* And of those that events bring. */
#define PH_LIMIT_CARRIED 5000

/*
 * What a person gives for them: files looked at in a folder or an archive of
 * files, how deep folders may nest, bytes of one file, bytes of all that are taken.
 */
#define PH_LIMIT_ASSET_FILES 200000
#define PH_LIMIT_ASSET_DEPTH 32
#define PH_LIMIT_ASSET_BYTES ((gsize) 32 * 1024 * 1024)
#define PH_LIMIT_SHELF_BYTES ((gsize) 384 * 1024 * 1024)

/* CSS pixels: viewport sides, scroll and pointer positions. */
#define PH_LIMIT_PIXELS 1000000
#define PH_LIMIT_VIEWPORT 16384

/* Unpacked bytes per packed byte, once more than the free amount came out. */
#define PH_LIMIT_UNPACK_RATIO 1100
#define PH_LIMIT_UNPACK_FREE ((guint64) 64 * 1024 * 1024)

/*
 * Archives of files and folders: their members, how deep folders may nest, an archive's
 * own list in bytes, and what is written to a temporary file to be read at random.
 */
#define PH_LIMIT_BUNDLE_MEMBERS 200000
#define PH_LIMIT_BUNDLE_DEPTH 32
#define PH_LIMIT_BUNDLE_LIST_BYTES ((guint64) 128 * 1024 * 1024)
#define PH_LIMIT_BUNDLE_SPOOL ((guint64) 16 * 1024 * 1024 * 1024)

/* Files that are opened together as one session. */
#define PH_LIMIT_INPUT_FILES 1000

/* Archives inside archives inside the file. */
#define PH_LIMIT_NESTED 4

/* Findings kept with their text, per kind; the rest is only counted. */
#define PH_LIMIT_FINDING_EXAMPLES 5

/* Archive text shown in the program's own widgets, in characters. */
#define PH_LIMIT_LABEL_CHARS 400

/* One value of a recording file, packed, and one page or pointer track in it, unpacked. */
#define PH_LIMIT_STORE_VALUE ((gsize) 512 * 1024 * 1024)
#define PH_LIMIT_STORE_PAGE ((gsize) 1024 * 1024 * 1024)
