/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-playwright-state.h"

G_BEGIN_DECLS

/*
 * The page of a trace being told as rrweb events: shared by ph-playwright-write.c, which
 * writes whole pages, and ph-playwright-change.c, which writes what changed in one.
 */

typedef struct
{
  PhPlaywrightTree *tree;
  PhPlaywrightFrame *main;
  GPtrArray *events; /* char * */
  GPtrArray *later;  /* those that come behind the mutation being written */
  GString *out;
  PhPlaywrightSheetFunc find_sheet;
  gpointer user_data;
  double timestamp;

  const PhPlaywrightFrame *frame; /* whose page it is */
  GArray *sheets;                 /* adopted ones; see ph_playwright_writer_adopt() */
  GArray *list;                   /* PhPlaywrightAttribute, for a moment */
  GArray *old_list;
} PhPlaywrightWriter;

/* Where a node stands. */
typedef struct
{
  PhPlaywrightNode *parent; /* NULL: the document */
  gboolean in_svg;
  gboolean in_shadow; /* directly in a shadow root */
  guint owner;        /* of the sheets adopted here: a document, or a shadow root's host */
  guint depth;
} PhPlaywrightPlace;

/* Where the children of @node stand that is at @place: those of its shadow root, or its own. */
PhPlaywrightPlace ph_playwright_writer_inside (PhPlaywrightNode *node,
                                               const PhPlaywrightPlace *place,
                                               gboolean in_shadow);

/*
 * Writes @node up to where its children come, which are to be followed by `]}`; a text is
 * whole. It is live from then on. FALSE when it is in the page already or does not belong
 * there; nothing is written then.
 */
gboolean ph_playwright_writer_open (PhPlaywrightWriter *writer,
                                    GString *out,
                                    PhPlaywrightNode *node,
                                    const PhPlaywrightPlace *place);

/* The page of @name is in @holder, unless it is in another element. */
void ph_playwright_writer_hold (PhPlaywrightWriter *writer,
                                const char *name,
                                PhPlaywrightNode *holder);

/* The next sheet of @owner; NULL for @text: it has those given, which may be none. */
void ph_playwright_writer_adopt (PhPlaywrightWriter *writer,
                                 guint owner,
                                 const char *text);

/* An event of @type, whose data is appended to @out in between, and given to @events. */
void ph_playwright_writer_begin (const PhPlaywrightWriter *writer,
                                 GString *out,
                                 int type);
void ph_playwright_writer_end (GString *out,
                               GPtrArray *events);

/* @node and what is in it are out of the page. */
void ph_playwright_writer_drop (PhPlaywrightNode *node);

/* ph-playwright-change.c */

/*
 * From the page of @frame as it was written to @root: one mutation and what comes with
 * it, or nothing. FALSE when that cannot be told and it has to be written whole.
 */
gboolean ph_playwright_change (PhPlaywrightWriter *writer,
                               PhPlaywrightFrame *frame,
                               PhPlaywrightNode *root);

G_END_DECLS
