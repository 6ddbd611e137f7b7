/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-playwright-tree.h"

G_BEGIN_DECLS

/* Snapshots of Playwright for tests; in JSON, single quotes stand for double ones. */

gboolean ph_tree_add (PhPlaywrightTree *tree,
                      const char *frame,
                      const char *html,
                      const char *doctype);

/* All events at 1000 ms, each with a line end, with single quotes again. */
char *ph_tree_write (PhPlaywrightTree *tree,
                     const char *frame,
                     gboolean is_whole,
                     PhPlaywrightSheetFunc find_sheet);

void ph_has (const char *text,
             const char *part);
void ph_has_not (const char *text,
                 const char *part);

/* What is written once frame `f` has this snapshot as well. */
char *ph_tree_after (PhPlaywrightTree *tree,
                     const char *html);

G_END_DECLS
