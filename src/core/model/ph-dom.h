/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-asset-table.h"
#include "ph-canvas.h"
#include "ph-health.h"
#include "ph-names.h"
#include "ph-presence.h"
#include "ph-sheets.h"

G_BEGIN_DECLS

/*
 * The page of one window as C data, as recorded: ids, names and attributes are
 * those of the archive. What the stage may be given of it is decided later, in
 * ph-allow.h.
 *
 * Nodes live in one array and are named by their place in it, a PhSlot, which
 * stays the same while the node lives. The node of a recorded id is found with
 * ph_dom_find(). Only nodes that are in the page are kept: removing a node
 * forgets its subtree.
 *
 * A shadow root and the text of a <style>, <link> or <textarea> that was
 * recorded as an attribute have no recorded id; they get −(id of the owner),
 * so that an id is the same however the node came to be.
 *
 * Strings and attribute lists are shared and never changed in place, so
 * ph_dom_copy() costs a few reference counts per node. A PhDom belongs to one
 * thread at a time; copies may go to other threads.
 */
typedef struct _PhDom PhDom;
typedef guint32 PhSlot; /* 0 is "no node" */

typedef enum
{
  PH_NODE_DOCUMENT = 0,
  PH_NODE_DOCTYPE = 1,
  PH_NODE_ELEMENT = 2,
  PH_NODE_TEXT = 3,
  PH_NODE_CDATA = 4,
  PH_NODE_COMMENT = 5,
  PH_NODE_SHADOW_ROOT = 6, /* ours */
  PH_NODE_FREE = 255,      /* ours: a slot without a node */
} PhNodeType;

typedef struct
{
  PhName name;
  GRefString *value; /* never NULL */
} PhAttribute;

/* An immutable, shared list in recorded order. */
typedef struct
{
  gatomicrefcount ref_count;
  guint n;
  PhAttribute items[];
} PhAttributes;

/* What only some nodes have. Shared and immutable like PhAttributes. */
typedef struct
{
  gatomicrefcount ref_count;
  GRefString *value; /* of a form control, NULL while it is what the attributes say */
  gint8 checked;     /* −1 while it is what the attributes say */
  gboolean scrolled; /* scroll_x and scroll_y were recorded */
  double scroll_x, scroll_y;
  /*
   * GRefString: the top-level rules of a sheet that a script changed, or NULL.
   * The array belongs to this state alone, so that it may be changed in place.
   */
  GPtrArray *rules;
  PhCanvas *canvas; /* of a <canvas> that was drawn into; NULL: its `rr_dataURL`, or blank */
} PhNodeState;

/* An iframe's page that was recorded before its iframe: see ph-dom-park.h. */
typedef struct
{
  gint32 parent;    /* id of the iframe */
  GRefString *json; /* the event */
} PhParked;

/*
 * What of a page belongs to none of its nodes; it ends with the next full
 * snapshot. Shared and immutable like PhAttributes.
 */
typedef struct
{
  gatomicrefcount ref_count;
  gint32 focus; /* id of the element that has the focus, 0 for none */
  PhPresence presence;
  /* PhParked, or NULL; the list belongs to this state alone. */
  GPtrArray *parked;
  PhSheets *sheets; /* made by script, or NULL */
  GPtrArray *fonts; /* GRefString: @font-face rules of those loaded by script, or NULL */
  GArray *defined;  /* PhName, sorted: custom elements known to be defined, or NULL */
} PhPageState;

typedef struct
{
  gint32 id;
  guint8 type; /* PhNodeType, or PH_NODE_FREE */
  guint is_svg : 1;
  guint is_custom : 1;
  guint quirks : 1; /* documents: recorded in BackCompat mode */
  guint depth : 16;
  PhName name; /* elements and doctypes */
  PhSlot parent, first_child, last_child, prev, next;
  PhSlot inner;             /* shadow root of a host, document of an iframe */
  PhAttributes *attributes; /* elements; NULL when there are none */
  GRefString *text;         /* texts and comments; a doctype's public id, newline, system id */
  PhNodeState *state;       /* NULL for most */
} PhNode;

PhDom *ph_dom_new (PhNames *names);
PhDom *ph_dom_copy (const PhDom *dom);
void ph_dom_free (PhDom *dom);

/* Changes whenever the page does; equal serials of copies mean equal pages. */
guint64 ph_dom_get_serial (const PhDom *dom);
/*
 * Which full snapshot the page grew from: its place in the archive plus 1, or
 * 0 before the first. Ids mean the same node only within one epoch.
 */
guint64 ph_dom_get_epoch (const PhDom *dom);

PhNames *ph_dom_get_names (const PhDom *dom);
/* The top document, or 0 before the first full snapshot. */
PhSlot ph_dom_get_root (const PhDom *dom);
const PhNode *ph_dom_node (const PhDom *dom,
                           PhSlot slot);
PhSlot ph_dom_find (const PhDom *dom,
                    gint32 id);
/* Slots are 1 … n_slots − 1, some of them free. */
guint ph_dom_n_slots (const PhDom *dom);
guint ph_dom_n_nodes (const PhDom *dom);

/* NULL while there is nothing to say. */
const PhPageState *ph_dom_get_page (const PhDom *dom);

/* NULL when the element has no such attribute. */
GRefString *ph_dom_attribute (const PhDom *dom,
                              PhSlot slot,
                              const char *name);
/* The tag name as recorded, `#text` and the like for others. */
const char *ph_dom_node_name (const PhDom *dom,
                              PhSlot slot);

/*
 * What a form control holds that a browser would not take from its attributes; NULL
 * when they say all. The value of a file input is its file's name, and that of a select
 * with nothing selected is what was recorded of it, masked perhaps.
 */
const char *ph_dom_held_value (const PhDom *dom,
                               PhSlot slot);
/* Whether a box or button is checked, by input or by its attribute. */
gboolean ph_dom_is_checked (const PhDom *dom,
                            PhSlot slot);

/* The bitmap of a <canvas> as its attributes have it; FALSE when it is too large to be shown. */
gboolean ph_dom_canvas_size (const PhDom *dom,
                             PhSlot slot,
                             guint *width,
                             guint *height);

/* CSS pixels; 0 × 0 until known. */
void ph_dom_get_viewport (const PhDom *dom,
                          int *width,
                          int *height);
/* Of the last meta event; "" until known. */
const char *ph_dom_get_href (const PhDom *dom);
/* Text of the first <title>, "" when there is none. The caller frees it. */
char *ph_dom_dup_title (const PhDom *dom);

/*
 * The node after @slot in the subtree of @top, in document order, or 0. What
 * is inside a host or an iframe comes before its children.
 */
PhSlot ph_dom_next (const PhDom *dom,
                    PhSlot top,
                    PhSlot slot);

/*
 * What a person gave for addresses the page names: with it what may be shown of
 * the page is decided (ph-allow.h). NULL, the default: nothing. Copies have the
 * same; it is not part of a packed page.
 */
void ph_dom_set_assets (PhDom *dom,
                        PhAssetTable *assets);
const PhAssetTable *ph_dom_get_assets (const PhDom *dom);

/*
 * From now on the slots of nodes that are made or changed are appended to
 * @slots (PhSlot), some more than once, some of nodes that are gone by the time
 * it is read. NULL: no more. The caller's, which must outlive the page or be
 * taken back.
 */
void ph_dom_set_journal (PhDom *dom,
                         GArray *slots);

/* Stops the program when a rule of this data structure is broken; for tests and fuzzing. */
void ph_dom_check (const PhDom *dom);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhDom, ph_dom_free)

G_END_DECLS
