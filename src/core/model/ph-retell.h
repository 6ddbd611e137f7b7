/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-dom.h"
#include "ph-pointer.h"

G_BEGIN_DECLS

/*
 * A page told anew as rrweb events, as if recording had begun with it: a meta event,
 * a full snapshot, the pages of its iframes, adopted sheets, custom elements, drawn
 * canvases, scroll positions, selection, focus and the pointer; at last all of it once
 * more as ph-whole-page.h says it, as not everything can be told so. Any program that
 * plays rrweb shows that page, or nearly; this one shows exactly it.
 */
typedef struct
{
  PhTime time;              /* what is told is the page at this time of its session */
  gint64 timestamp;         /* what events say: microseconds since the Unix epoch */
  const char *window;       /* name of the window for `windowId`, or NULL to leave it out */
  const PhPointer *pointer; /* or NULL */
  /* Where it was seen last and how long ago: from there to its next place it moves, or jumps. */
  float seen_x, seen_y;
  PhTime seen_before;
} PhRetelling;

/*
 * The events as JSON texts (char *), in order, for the caller. Of a page without a
 * root the meta event at most, and nothing when that has nothing to say.
 */
GPtrArray *ph_retell_page (const PhDom *dom,
                           const PhRetelling *how);

G_END_DECLS
