/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-dom-edit.h"
#include "ph-event.h"

G_BEGIN_DECLS

/*
 * Serialized nodes (rrweb packages/rrweb-snapshot/src/types.ts) → nodes of a
 * PhDom. For ph-dom-apply only.
 */
typedef struct
{
  PhDom *dom;
  PhHealth *health; /* may be NULL */
  PhTime time;      /* of the event, for findings */
  const PhEvent *event;
  gint32 next_odd; /* ids for nodes that have none of their own: going down */
  guint64 work;    /* what was done beyond reading the event */
} PhBuild;

PhBuild ph_build_begin (PhDom *dom,
                        PhHealth *health,
                        const PhEvent *event);

/*
 * Called before what may cost far more than the event is long: @amount in bytes
 * read again or nodes gone over again. FALSE with a finding when that makes more
 * than PH_LIMIT_EVENT_WORK; then it is not to be done.
 */
gboolean ph_build_take_work (PhBuild *build,
                             guint64 amount);

/*
 * Makes the node and everything in it and puts it where it belongs under
 * @parent: into its shadow root, inside an iframe, or among its children, and
 * there before @next (0: at the end). @parent 0 makes it the root. 0 when it
 * could not be placed.
 */
PhSlot ph_build_node (PhBuild *build,
                      PhJsonValue value,
                      PhSlot parent,
                      PhSlot next);

/*
 * Brings a node that is there already to what @value says and to a new place:
 * recorders add moved nodes again. Its children stay. FALSE when it cannot be
 * placed there; then it stays where it is.
 */
gboolean ph_build_again (PhBuild *build,
                         PhSlot slot,
                         PhJsonValue value,
                         PhSlot parent,
                         PhSlot next);

/*
 * Where a child of @parent really goes: its shadow root when @is_shadow, which
 * is made when it is missing.
 */
PhSlot ph_build_parent (PhBuild *build,
                        PhSlot parent,
                        gboolean is_shadow);

/* Reads a node id; FALSE when it is none. */
gboolean ph_build_read_id (PhJsonValue object,
                           const char *name,
                           gint32 *id);

/* JSON text as the page has it: no NUL, no longer than PH_LIMIT_VALUE_BYTES. */
GRefString *ph_build_string (PhBuild *build,
                             PhJsonValue value);
/* An attribute's value: text, number or true; NULL for false, null and the rest. */
GRefString *ph_build_attribute_value (PhBuild *build,
                                      PhJsonValue value);

/* Gives a style, link or textarea the text that was recorded as an attribute. */
void ph_build_own_text (PhBuild *build,
                        PhSlot owner,
                        GRefString *text);

/* An element stands at its own beginning: new, moved, or said to by its window. */
void ph_build_forget_scroll (PhDom *dom,
                             PhSlot slot);

/* After @owner's text changed: what scripts did to its sheet is gone. */
void ph_build_drop_rules (PhDom *dom,
                          PhSlot owner);

G_END_DECLS
