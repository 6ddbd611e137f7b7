/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-playwright-tree.h"

G_BEGIN_DECLS

/*
 * The nodes of a trace's pages: shared by ph-playwright-tree.c, which reads them,
 * ph-playwright-state.c, which says what they show, and those that write them.
 */

/* What stands in a list of children. */
typedef enum
{
  PH_PLAYWRIGHT_SHOWN,
  PH_PLAYWRIGHT_SHADOW,   /* a template: its children are those of a shadow root */
  PH_PLAYWRIGHT_SHEET,    /* a template: a sheet that was adopted */
  PH_PLAYWRIGHT_LEFT_OUT, /* a script */
} PhPlaywrightPart;

typedef struct _PhPlaywrightNode PhPlaywrightNode;

struct _PhPlaywrightNode
{
  const char *tag; /* NULL: text */
  union
  {
    const char *text;        /* of a text */
    const char **attributes; /* names and values in turn, ends with NULL; NULL for none */
  };
  PhPlaywrightNode **children;
  PhPlaywrightNode *parent; /* where it is live: what it is in, or its shadow root's host */
  guint n_children;
  guint id;    /* 0 until it is written, and once another has taken its place */
  guint seen;  /* the last round in which the newest snapshot had it */
  guint stamp; /* of the list it was last found in, and where there */
  guint place;
  guint live : 1; /* in the page as it was written */
  guint is_host : 1;
  guint part : 2; /* PhPlaywrightPart */
};

typedef struct
{
  guint place; /* as references count: children before their parent */
  PhPlaywrightNode *node;
} PhPlaywrightKept;

typedef struct
{
  PhPlaywrightNode *root;
  GPtrArray *nodes; /* all of its own; NULL once it was trimmed */
  GArray *kept;     /* PhPlaywrightKept, ascending: those that are left then, or NULL */
  guint64 at;       /* its line, put aside */
  gsize size;       /* of that; 0: it is not, and all nodes stay */
} PhPlaywrightSnapshot;

typedef struct
{
  char *name;
  char *url;
  char *doctype;
  GArray *snapshots;         /* PhPlaywrightSnapshot */
  PhPlaywrightNode *written; /* root of the one written last; NULL: not in the page */
  char *written_doctype;
  PhPlaywrightNode *holder; /* the element it is in */
  guint document_id;
  guint doctype_id;
} PhPlaywrightFrame;

#define PH_PLAYWRIGHT_N_SCRATCH 5

struct _PhPlaywrightTree
{
  GHashTable *frames;    /* name → PhPlaywrightFrame */
  GPtrArray *frame_list; /* the same, in the order they came */
  GHashTable *targets;   /* call → the newest node it was aimed at */
  GStringChunk *texts;
  GPtrArray *blocks; /* of nodes and their lists; the last has @room bytes at @free */
  guint8 *free;
  gsize room;
  guint n_nodes;
  const char *defined;                       /* custom elements, as written last, or NULL */
  GString *scratch[PH_PLAYWRIGHT_N_SCRATCH]; /* for what is being written */
  GPtrArray *stack;                          /* lists of children being read or compared */
  GArray *numbers;                           /* int, beside those */
  PhAside *aside;                            /* lines of snapshots, or NULL */
  guint64 n_aside;                           /* bytes that were put there */
  guint64 n_recalled;                        /* bytes that were read from there */
  gsize n_bytes;                             /* of nodes, lists and texts */
  gsize n_left;                              /* of those what the last trimming left */
  guint last_id;
  guint round;
  guint stamp;
};

/* That frame, made when it is new; NULL when there are too many. */
PhPlaywrightFrame *ph_playwright_tree_frame (PhPlaywrightTree *tree,
                                             const char *name);

/* @size bytes that live as long as the tree, or until it is trimmed; and so a text. */
gpointer ph_playwright_tree_take (PhPlaywrightTree *tree,
                                  gsize size);
const char *ph_playwright_tree_take_text (PhPlaywrightTree *tree,
                                          const char *text);

/* The node of @snapshot at @place, when it is in memory, or NULL. */
PhPlaywrightNode *ph_playwright_snapshot_get (const PhPlaywrightSnapshot *snapshot,
                                              guint place);
/* Of one that was trimmed: @node is at @place, unless one is there. */
void ph_playwright_snapshot_keep (PhPlaywrightSnapshot *snapshot,
                                  guint place,
                                  PhPlaywrightNode *node);

/* The newest there is a tree of, or NULL. */
PhPlaywrightNode *ph_playwright_frame_root (const PhPlaywrightFrame *frame);

G_END_DECLS
