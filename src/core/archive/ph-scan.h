/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Finds the end of a JSON object or array without reading it: strings and
 * brackets are all it looks at, 64 bytes at a time. Pure functions over bytes;
 * no block border, and no border between two calls, changes the answer.
 */
typedef enum
{
  PH_SCAN_LINES_UNKNOWN, /* decided by the first newline */
  PH_SCAN_LINES_YES,     /* each value has a line of its own, so a newline is an end */
  PH_SCAN_LINES_NO,
} PhScanLines;

typedef enum
{
  PH_SCAN_MORE,   /* all bytes are used up */
  PH_SCAN_END,    /* stopped behind the closing bracket */
  PH_SCAN_BROKEN, /* stopped at a newline that cannot be inside a value */
} PhScanResult;

/* What is known at the place the scan has come to. All zero is before a value. */
typedef struct
{
  gint64 depth;
  guint64 in_string; /* all ones or none */
  guint64 escaped;   /* one or none: the next byte has a backslash before it */
} PhScan;

/* Scans @size bytes and tells in @used where it stopped. Begin at a bracket. */
PhScanResult ph_scan_value (PhScan *scan,
                            PhScanLines *lines,
                            const guint8 *data,
                            gsize size,
                            gsize *used);

/* How far behind a bracket ph_scan_is_event() looks. */
#define PH_SCAN_LOOK_AHEAD 256

/*
 * Whether the `{` at @text begins an rrweb event rather than a node of a page:
 * those have a numeric `type` too, but never `data` or `timestamp` next to it.
 * For finding back into a text that has lost bytes.
 */
gboolean ph_scan_is_event (const char *text,
                           gsize size);

/* How far behind its quote ph_scan_is_packed() and ph_scan_is_quoted() look. */
#define PH_SCAN_LOOK_PACKED 8

/* Whether the `"` at @text begins a string of rrweb's packer: zlib data, a character a byte. */
gboolean ph_scan_is_packed (const char *text,
                            gsize size);
/* Whether the `"` at @text begins a string that holds a JSON object with members. */
gboolean ph_scan_is_quoted (const char *text,
                            gsize size);

/* The first event beginning in @text, plain or packed, or -1. */
gssize ph_scan_find_event (const char *text,
                           gsize size);

G_END_DECLS
