/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-playwright-tree.h"

G_BEGIN_DECLS

/* Shared by ph-playwright-tree.c, which reads snapshots, and ph-playwright-write.c. */

typedef struct _PhPlaywrightNode PhPlaywrightNode;

struct _PhPlaywrightNode
{
  const char *tag;         /* NULL: text */
  const char *text;        /* of a text */
  const char **attributes; /* names and values in turn, ends with NULL; NULL for none */
  PhPlaywrightNode **children;
  guint n_children;
  guint id;      /* 0 until it is written */
  guint seen;    /* the last round it was met in */
  guint written; /* and in which it was written */
};

/* Its own nodes in the order in which references count them: children before their parent. */
typedef struct
{
  PhPlaywrightNode *root;
  GPtrArray *nodes;
} PhPlaywrightSnapshot;

typedef struct
{
  char *name;
  char *url;
  char *doctype;
  GArray *snapshots;         /* PhPlaywrightSnapshot */
  PhPlaywrightNode *written; /* root of the one written last */
  guint document_id;
  guint doctype_id;
  guint round; /* in which it was written */
} PhPlaywrightFrame;

struct _PhPlaywrightTree
{
  GHashTable *frames; /* name → PhPlaywrightFrame */
  GStringChunk *texts;
  GPtrArray *all; /* every node */
  guint last_id;
  guint round;
};

/* The newest there is a tree of, or NULL. */
PhPlaywrightNode *ph_playwright_frame_root (const PhPlaywrightFrame *frame);

G_END_DECLS
