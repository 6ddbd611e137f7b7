/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-json-write.h"

G_BEGIN_DECLS

/*
 * Nodes of Datadog's recorder (DataDog/browser-sdk packages/browser-rum/src/types/
 * sessionReplay.ts, format 0) as rrweb has them. They differ in shadow roots, which are
 * nodes of their own here, and in the sheets a document has adopted.
 */
typedef struct
{
  GHashTable *hosts;    /* id of a shadow root → id of its host */
  GHashTable *children; /* ids of nodes in a shadow root, directly */
  gint64 n_sheets;
} PhDatadogTree;

PhDatadogTree *ph_datadog_tree_new (void);
void ph_datadog_tree_free (PhDatadogTree *tree);
/* Before a full snapshot. */
void ph_datadog_tree_reset (PhDatadogTree *tree);

void ph_datadog_tree_write_node (PhDatadogTree *tree,
                                 GString *out,
                                 PhJsonValue node);
/* The data of a mutation; FALSE for what is none. */
gboolean ph_datadog_tree_write_mutation (PhDatadogTree *tree,
                                         GString *out,
                                         PhJsonValue data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhDatadogTree, ph_datadog_tree_free)

G_END_DECLS
