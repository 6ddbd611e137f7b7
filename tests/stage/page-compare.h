/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-differences.h"
#include "ph-truth.h"

G_BEGIN_DECLS

/*
 * A moment of a live page beside what the stage shows of it. The comparison walks both trees
 * together; afterwards it knows which node is which.
 */
typedef struct
{
  PhDifferences *differences;
  PhTruth *truth;
  const PhTruthMoment *moment;
  JsonObject *states; /* by id, of looks.js */
  GHashTable *nodes;  /* id → the live node (JsonObject) */
} PageCompare;

/*
 * The structure, texts, attributes, values, checks and scroll positions. @shown is the tree
 * of dump.js.
 */
void page_compare_tree (PageCompare *compare,
                        JsonObject *shown);

/* What looks.js found otherwise, and the boxes. */
void page_compare_looks (PageCompare *compare,
                         JsonObject *answer);

/* The mean colours of the fields of the picture, which is as large as the page's viewport. */
void page_compare_picture (PageCompare *compare,
                           GBytes *pixels,
                           gsize stride);

/* What looks.js is asked, as JSON text. */
char *page_compare_question (PageCompare *compare);

G_END_DECLS
