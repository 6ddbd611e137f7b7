/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The nodes of a page as OpenReplay describes them: a tree in which a place is a
 * number of siblings. No step takes longer than the logarithm of those, however
 * many they are; the depth is bounded.
 */
typedef enum
{
  PH_MOB_ELEMENT,
  PH_MOB_TEXT,
  PH_MOB_DOCUMENT, /* of an iframe */
  PH_MOB_SHADOW,
} PhMobNodeKind;

typedef struct _PhMobNode PhMobNode;

struct _PhMobNode
{
  gint32 id; /* as in events; a shadow root has none there */
  guint8 kind;
  guint is_svg : 1;
  guint is_known : 1;   /* an event has it, or will have it at the next flush */
  guint is_new : 1;     /* it will have it: what changes goes into that */
  guint is_removed : 1; /* it goes at the next flush */
  guint has_value : 1;  /* what it holds was told */
  gint64 time;          /* when it came, in milliseconds since the Unix epoch */

  PhMobNode *parent; /* of a root: its host */
  PhMobNode *root;   /* the root it hosts, or NULL */
  GSequenceIter *place;
  GSequence *children; /* NULL: none yet */

  char *tag;             /* of an element, lower case */
  GPtrArray *attributes; /* name, value, name, value …; NULL: none yet */
  char *text;            /* of a text */
  gsize text_size;
};

/* The number of a node in events: the document and its doctype come first. */
#define PH_MOB_ID_DOCUMENT 1
#define PH_MOB_ID_DOCTYPE 2
#define PH_MOB_ID_FIRST 3

PhMobNode *ph_mob_node_new (PhMobNodeKind kind,
                            gint32 id);
/* Frees the node alone, which has neither place nor children. */
void ph_mob_node_free (PhMobNode *node);

/* Whether @node is @other or inside of it, or so deep that nobody should ask. */
gboolean ph_mob_node_is_inside (const PhMobNode *node,
                                const PhMobNode *other);
/* Gives it a place, the last where @index is too large; takes it out of its old one. */
void ph_mob_node_insert (PhMobNode *node,
                         PhMobNode *parent,
                         gint64 index);
void ph_mob_node_take_out (PhMobNode *node);
/* The sibling behind it, or NULL. */
PhMobNode *ph_mob_node_next (const PhMobNode *node);
/* The node behind @node in the tree below @top, parents before children; NULL at its end. */
PhMobNode *ph_mob_node_after (const PhMobNode *node,
                              const PhMobNode *top);
/* Calls @func for each node in the tree, children before parents; it may free them. */
void ph_mob_node_each (PhMobNode *node,
                       void (*func) (PhMobNode *node,
                                     gpointer user_data),
                       gpointer user_data);

/* The value, NUL-terminated, or NULL. */
const char *ph_mob_node_attribute (const PhMobNode *node,
                                   const char *name);
/* Takes @value; NULL takes the attribute away. FALSE when it has as many as it may. */
gboolean ph_mob_node_set_attribute (PhMobNode *node,
                                    const char *name,
                                    char *value);

/* Whether pages here can have an attribute of that name. */
gboolean ph_mob_node_may_have (const char *name,
                               gsize size);
/*
 * The value as it means something here; the caller frees it. NULL where the
 * attribute is better left out. @value need not be UTF-8 nor NUL-terminated.
 */
char *ph_mob_node_adapt (const PhMobNode *node,
                         const char *name,
                         const char *value,
                         gsize size);

/* Appends the node alone as rrweb has it in what is added to a page. */
void ph_mob_node_write (const PhMobNode *node,
                        gboolean is_shadow,
                        GString *out);

G_END_DECLS
