/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-aside.h"
#include "ph-json.h"

G_BEGIN_DECLS

/*
 * The pages of a Playwright trace, as it has them: snapshots of frames, each a tree in
 * which what has not changed stands for a subtree of an earlier snapshot of the same
 * frame. Here they become rrweb's full snapshots and mutations, with an id that a
 * node keeps for as long as it can be told to be the same. Source: microsoft/playwright
 * packages/isomorphic/trace/snapshotRenderer.ts and
 * packages/playwright-core/src/server/trace/recorder/snapshotterInjected.ts.
 *
 * Later snapshots may name nodes of any earlier one, but hardly ever do where a node has
 * left the page. So memory holds what is in the page, and what came lately; the rest is
 * read again when it is named. Where it cannot be (a full disk), all of it stays in memory,
 * at most PH_LIMIT_NODES nodes.
 */
typedef struct _PhPlaywrightTree PhPlaywrightTree;

/* The text of the sheet at @url as the page had changed it, or NULL. The caller frees it. */
typedef char *(*PhPlaywrightSheetFunc) (const char *url,
                                        gpointer user_data);

/* @aside keeps the lines of snapshots and outlives the tree; NULL: all stays in memory. */
PhPlaywrightTree *ph_playwright_tree_new (PhAside *aside);
void ph_playwright_tree_free (PhPlaywrightTree *tree);

/* A snapshot of a frame, as a trace has it. */
typedef struct
{
  const char *frame;
  PhJsonValue html;
  const char *doctype; /* or NULL */
  const char *url;
  const char *line; /* the trace's, whose `snapshot` it is; NULL: it is never read again */
  gsize line_size;
} PhPlaywrightFrameSnapshot;

/* FALSE when there is no room for it, something it names cannot be read again, or it is none. */
gboolean ph_playwright_tree_add (PhPlaywrightTree *tree,
                                 const PhPlaywrightFrameSnapshot *added);

/*
 * Lets go of nodes that are not in the page, once all take more than @room bytes and more
 * than twice what the last time had to stay. To be called when what was added is written.
 */
void ph_playwright_tree_trim (PhPlaywrightTree *tree,
                              gsize room);

/* How many snapshots of @frame there are: those counted back from by references. */
guint ph_playwright_tree_get_n (PhPlaywrightTree *tree,
                                const char *frame);

/*
 * The newest snapshots of @frame and of the frames in it: rrweb events as JSON, one
 * after the other, all at @timestamp (milliseconds). The first time, and where @is_whole
 * asks for it, a full snapshot comes first, and behind it the frames in the page, the
 * sheets documents adopted and the names of its custom elements. Later it is what
 * changed since, or nothing. The caller unrefs it.
 */
GPtrArray *ph_playwright_tree_write (PhPlaywrightTree *tree,
                                     const char *frame,
                                     gboolean is_whole,
                                     double timestamp,
                                     PhPlaywrightSheetFunc find_sheet,
                                     gpointer user_data);

/*
 * The id of the node that action @call was aimed at in the newest snapshots, as last
 * written; 0 when there is none.
 */
guint ph_playwright_tree_find_target (PhPlaywrightTree *tree,
                                      const char *call);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhPlaywrightTree, ph_playwright_tree_free)

G_END_DECLS
