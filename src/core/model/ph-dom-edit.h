/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-dom.h"

G_BEGIN_DECLS

/*
 * Changing a PhDom: for ph-dom-apply and its parts only. Every function keeps
 * the structure whole and gives the page a new serial.
 */

/* Forgets every node and starts @epoch. Names, viewport and address stay. */
void ph_dom_clear (PhDom *dom,
                   guint64 epoch);
void ph_dom_set_root (PhDom *dom,
                      PhSlot root);
/*
 * The page becomes what @from is, which is taken over and has names of the same
 * table. Epoch, assets and journal stay; every node counts as changed.
 */
void ph_dom_take_over (PhDom *dom,
                       PhDom *from);

/* A new node without a place; 0 when the id is taken or PH_LIMIT_NODES is reached. */
PhSlot ph_dom_add (PhDom *dom,
                   gint32 id,
                   PhNodeType type,
                   PhName name);
PhNode *ph_dom_edit (PhDom *dom,
                     PhSlot slot);

/*
 * Puts a node with its subtree before @next, or at the end when @next is 0, or
 * moves it there. FALSE, and nothing changes, when the parent is inside the
 * subtree or the tree would get deeper than PH_LIMIT_TREE_DEPTH.
 */
gboolean ph_dom_insert (PhDom *dom,
                        PhSlot parent,
                        PhSlot slot,
                        PhSlot next);
/* Nodes gone over so far because trees were moved to another depth: what moving costs. */
guint64 ph_dom_get_walked (const PhDom *dom);
/* Makes a node the shadow root or document inside @owner; what was there is removed. */
gboolean ph_dom_set_inner (PhDom *dom,
                           PhSlot owner,
                           PhSlot slot);
/* Takes a node out and forgets it with its subtree. */
void ph_dom_remove (PhDom *dom,
                    PhSlot slot);

void ph_dom_set_text (PhDom *dom,
                      PhSlot slot,
                      GRefString *text);
/* @attributes is taken over; NULL for none. */
void ph_dom_set_attributes (PhDom *dom,
                            PhSlot slot,
                            PhAttributes *attributes);
/* @value NULL removes. FALSE when PH_LIMIT_ATTRIBUTES is reached. */
gboolean ph_dom_set_attribute (PhDom *dom,
                               PhSlot slot,
                               PhName name,
                               GRefString *value);
/* The node's own state, to be written to. */
PhNodeState *ph_dom_edit_state (PhDom *dom,
                                PhSlot slot);

/* The page's own state, to be written to. */
PhPageState *ph_dom_edit_page (PhDom *dom);

void ph_dom_set_viewport (PhDom *dom,
                          int width,
                          int height);
void ph_dom_set_href (PhDom *dom,
                      const char *href);

/* A new list with room for @n attributes, all unset. */
PhAttributes *ph_attributes_new (guint n);
void ph_attributes_unref (PhAttributes *attributes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhAttributes, ph_attributes_unref)

G_END_DECLS
