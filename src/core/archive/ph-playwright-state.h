/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-playwright-nodes.h"

G_BEGIN_DECLS

/*
 * What a node of a trace shows, in rrweb's words: its attributes, with what the recorder
 * says of its state in attributes of its own (`__playwright_value_` and such). Pure.
 */

/* How rrweb tells of a change. */
typedef enum
{
  PH_PLAYWRIGHT_PLAIN,  /* as a mutation of the attribute */
  PH_PLAYWRIGHT_FORM,   /* as an input */
  PH_PLAYWRIGHT_SCROLL, /* as scrolling; the value is a number */
} PhPlaywrightKind;

typedef struct
{
  const char *name;
  const char *value; /* NULL: true */
  PhPlaywrightKind kind;
} PhPlaywrightAttribute;

/* Of an element that was read: its `part`, and `is_host` once its children are known. */
PhPlaywrightPart ph_playwright_state_part (const PhPlaywrightNode *node);
gboolean ph_playwright_state_is_host (const PhPlaywrightNode *node);
gboolean ph_playwright_state_is_tag (const PhPlaywrightNode *node,
                                     const char *tag);
/* As recorded; NULL where there is none. */
const char *ph_playwright_state_get (const PhPlaywrightNode *node,
                                     const char *name);
/* The text of a PH_PLAYWRIGHT_SHEET. */
const char *ph_playwright_state_sheet (const PhPlaywrightNode *node);
/* The call that was aimed at it, or NULL. */
const char *ph_playwright_state_target (const PhPlaywrightNode *node);
/* Names of custom elements with commas between, or NULL. */
const char *ph_playwright_state_defined (const PhPlaywrightNode *node);
/* The name of the frame whose page is in it, or NULL. */
const char *ph_playwright_state_held (const PhPlaywrightNode *node);

/* CSS pixels; 0 where nothing is said. */
double ph_playwright_state_scroll (const PhPlaywrightNode *node,
                                   gboolean is_top);

/* Appends the node's to @list, of PhPlaywrightAttribute that live as long as @node. */
void ph_playwright_state_list (const PhPlaywrightNode *node,
                               GArray *list);

/*
 * Whether @node can be @old, changed: an element of the same name whose differences
 * mutations can tell. What only a new element shows (a dialog that opens, another option
 * chosen, another page in a frame, another sheet) makes it another.
 */
gboolean ph_playwright_state_may_be_same (const PhPlaywrightNode *node,
                                          const PhPlaywrightNode *old);

G_END_DECLS
