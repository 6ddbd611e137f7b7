/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-clarity-tree.h"

G_BEGIN_DECLS

/* For ph-clarity-apply.c, which says what each kind of node does to the tree. */

/* Ids from here on are ours; ph-dom-build.c takes up to 2³⁰. */
#define PH_CLARITY_FIRST_OWN_ID 0x20000000

/* A node outside of the page; NULL at the limit. */
PhClarityItem *ph_clarity_add_item (PhClarityTree *tree,
                                    gint32 id,
                                    PhClarityKind kind);
/* The same, of one that Clarity has no id for. */
PhClarityItem *ph_clarity_add_own (PhClarityTree *tree,
                                   PhClarityKind kind);
/* Where a new node goes; @next NULL is the end. */
void ph_clarity_link_before (PhClarityItem *item,
                             PhClarityItem *parent,
                             PhClarityItem *next);
/* Takes the node out of the page, and keeps it. */
void ph_clarity_park (PhClarityTree *tree,
                      PhClarityItem *item);
/* To where @node says it goes, as insertAfter() of visualize has it. */
void ph_clarity_put_item (PhClarityTree *tree,
                          PhClarityItem *item,
                          const PhClarityNode *node,
                          PhClarityItem *parent);

/* Those in @attributes (PhClarityAttribute) are all it has now. */
void ph_clarity_set_attributes (PhClarityTree *tree,
                                PhClarityItem *item,
                                const GArray *attributes);
void ph_clarity_set_text (PhClarityTree *tree,
                          PhClarityItem *item,
                          const PhClarityNode *node);
void ph_clarity_set_box (PhClarityTree *tree,
                         PhClarityItem *item,
                         const PhClarityNode *node);

/* The sheets that were said to be @item's before it came, under @id. */
void ph_clarity_take_awaited (PhClarityTree *tree,
                              PhClarityItem *item,
                              gint32 id);
/* The same page begins anew: which sheets it adopts was said before that. */
void ph_clarity_tree_renew (PhClarityTree *tree);

G_END_DECLS
