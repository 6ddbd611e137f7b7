/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-dom-edit.h"

G_BEGIN_DECLS

/* What ph-dom.c and ph-dom-edit.c share: the structure itself and its table of ids. */
#define PH_DOM_TOMB G_MAXUINT32

struct _PhDom
{
  PhNames *names;
  PhNode *nodes; /* by slot; slot 0 is never used */
  guint n_slots;
  guint capacity;
  PhSlot free_slots; /* linked by next */
  guint n_nodes;

  /* id → slot, open addressing, so that a copy is one memcpy(). */
  PhSlot *table;
  guint table_size;  /* a power of two */
  guint table_shift; /* of a hash of 32 bits, to get a place in it */
  guint table_used;  /* with tombs */

  guint64 n_walked; /* see ph_dom_get_walked() */
  PhAssetTable *assets;
  GArray *journal; /* see ph_dom_set_journal(); copies have none */
  guint64 serial;
  guint64 epoch;
  PhSlot root;
  int width, height;
  GRefString *href;
  PhPageState *page; /* NULL for none */
};

/* Gives the page a serial no other page has. */
void ph_dom_touch (PhDom *dom);
/* Drops what the nodes refer to; they are to be forgotten. */
void ph_dom_clear_nodes (PhDom *dom);
void ph_dom_clear_node (PhNode *node);
void ph_dom_state_unref (PhNodeState *state);
void ph_dom_page_unref (PhPageState *page);

/* The table of ids: room for all nodes, which are put in; one more; its place or G_MAXUINT. */
void ph_dom_table_grow (PhDom *dom);
void ph_dom_table_put (PhDom *dom,
                       gint32 id,
                       PhSlot slot);
guint ph_dom_table_find (const PhDom *dom,
                         gint32 id);

G_END_DECLS
