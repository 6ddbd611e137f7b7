/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-clarity.h"
#include "ph-health.h"

G_BEGIN_DECLS

/*
 * The page as Clarity's events build it: the rules by which a node finds its
 * place are those of clarity-visualize (src/layout.ts, 0.8.70). What an event changed
 * is remembered until ph-clarity-tell.h tells it in rrweb's words.
 *
 * A node that was taken out of the page is kept, as scripts put such nodes back; of
 * those, the oldest are forgotten when they are many.
 */
typedef enum
{
  PH_CLARITY_ELEMENT,
  PH_CLARITY_TEXT,
  PH_CLARITY_DOCTYPE,
  PH_CLARITY_SHADOW,    /* the root of a shadow tree; its owner is the host */
  PH_CLARITY_PAGE_NODE, /* a document; its owner is an iframe, but for the main one */
} PhClarityKind;

typedef struct
{
  PhName name;
  guint is_changed : 1;
  guint is_kept : 1;
  char *value; /* NULL: taken away, which is not told yet */
} PhClarityHeld;

typedef struct _PhClarityItem PhClarityItem;

/* One node. `sent` is what was told of, and not taken back since. */
struct _PhClarityItem
{
  gint32 id;
  PhName tag; /* in lower case, without prefix; 0 for all but elements */
  guint kind : 3;
  guint is_svg : 1;
  guint is_frame : 1;
  guint is_style : 1;
  guint is_opaque : 1; /* a script or sheet: what is in it is not told */
  guint is_input : 1;
  guint sent : 1;
  guint moved : 1;
  guint text_changed : 1;
  guint attributes_changed : 1;
  guint is_touched : 1;
  guint has_place : 1; /* an event said where it goes: `said_…` */
  guint has_box : 1;
  guint box_changed : 1;
  guint is_parked : 1; /* in the queue of nodes outside of the page */
  guint n_attributes;
  gint32 said_parent;
  gint32 said_previous;
  PhClarityItem *parent; /* the owner, of a shadow root and an iframe's document */
  PhClarityItem *prev, *next, *first, *last;
  PhClarityItem *inner; /* shadow root or document */
  PhClarityHeld *attributes;
  char *text;           /* of a text; of a style, its sheet */
  GArray *adopted;      /* gint32: numbers of sheets, of a shadow root or document; or NULL */
  double width, height; /* of the box; of a document, how far it is scrolled */
};

typedef struct
{
  PhNames *names;
  PhHealth *health;
  GHashTable *items;   /* id → PhClarityItem, owned */
  GHashTable *aliases; /* id → id: shadow roots that a browser without them has in the open */
  PhClarityItem *page; /* the main document */
  gint32 root;         /* id of its root element, 0 for none yet */
  gint32 next_own;     /* the next id for nodes that Clarity has no ids for */
  GPtrArray *touched;  /* not owned */
  GQueue parked;       /* ids of roots outside of the page, oldest first */
  GHashTable *defined; /* names of custom elements */
  GHashTable *awaited; /* id of a document or shadow root that is not there → its sheets */
  PhClarityNodes nodes;
  PhName name_base, name_href, name_same_origin, name_integrity, name_src;
} PhClarityTree;

PhClarityTree *ph_clarity_tree_new (PhHealth *health);
void ph_clarity_tree_free (PhClarityTree *tree);

/* Forgets the page, and what was said of things that are to come. */
void ph_clarity_tree_reset (PhClarityTree *tree);

/* ---- ph-clarity-apply.c ---- */

/*
 * Applies a Discover, Mutation or Snapshot event. TRUE when it begins the page
 * anew: then all of it is to be told again.
 */
gboolean ph_clarity_tree_apply (PhClarityTree *tree,
                                const PhClarityTokens *tokens,
                                gboolean is_discover);

/* ---- ph-clarity-tree.c ---- */

/* The node of an id as Clarity gave it, or NULL. */
PhClarityItem *ph_clarity_tree_find (const PhClarityTree *tree,
                                     gint64 id);
/*
 * The sheets a document or shadow root adopts, by their numbers. Clarity names the main
 * document −1 and others by ids that no node has: the one before that of its first child.
 * NULL when it is not there yet; it has them when it comes.
 */
PhClarityItem *ph_clarity_tree_adopt (PhClarityTree *tree,
                                      gint64 id,
                                      GArray *numbers);
/* Whether the node is in the page: in the main document, or in one within, but not in a script. */
gboolean ph_clarity_tree_holds (const PhClarityTree *tree,
                                const PhClarityItem *item);
/* The value of an attribute, or NULL. */
const char *ph_clarity_item_attribute (const PhClarityTree *tree,
                                       const PhClarityItem *item,
                                       const char *name);
/* The document of an iframe, or of the main window, whose root @item is; else NULL. */
PhClarityItem *ph_clarity_item_rooted (const PhClarityItem *item);
/* Whether the document has no doctype. */
gboolean ph_clarity_item_has_quirks (const PhClarityItem *page);

/* Names a custom element that is defined from now on. */
void ph_clarity_tree_define (PhClarityTree *tree,
                             const char *name);

/* What has been told, or cannot be: nothing is touched any more. */
void ph_clarity_tree_settle (PhClarityTree *tree);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhClarityTree, ph_clarity_tree_free)

G_END_DECLS
