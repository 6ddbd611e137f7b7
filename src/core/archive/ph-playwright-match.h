/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-playwright-nodes.h"

G_BEGIN_DECLS

/*
 * Two lists of children, the one before and the one now, and which of them are the same.
 * Both are on the tree's stacks, which may move while lists below them are compared.
 */
typedef struct
{
  PhPlaywrightTree *tree;
  guint old_at, n_old;
  guint now_at, n_now;
  guint match_at;
} PhPlaywrightLists;

PhPlaywrightNode *ph_playwright_lists_old (const PhPlaywrightLists *lists,
                                           guint i);
PhPlaywrightNode *ph_playwright_lists_now (const PhPlaywrightLists *lists,
                                           guint i);
/* Once matched: of the @i-th now its index among the old, or −1. */
int ph_playwright_lists_match (const PhPlaywrightLists *lists,
                               guint i);

/* Whether @node, new to the page, can be @old, which the newest snapshot has no more. */
gboolean ph_playwright_may_replace (const PhPlaywrightTree *tree,
                                    const PhPlaywrightNode *node,
                                    const PhPlaywrightNode *old);

/*
 * Matches those that stand in both lists, and new nodes with old ones they can be, in an
 * order that rises in both: what is matched stays where it is, and as much as can be is.
 * An old node is in its list once.
 */
void ph_playwright_match (const PhPlaywrightLists *lists);

G_END_DECLS
