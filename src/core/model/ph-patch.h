/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-dom.h"
#include "ph-pointer.h"

G_BEGIN_DECLS

/*
 * A compact list of operations that takes the page the stage shows to another
 * page: one flat JSON array, `[op, argument…, op, argument…]`, with the
 * operations below. Every name, attribute, URL and style text in it has passed
 * ph-allow.h: the stage decides nothing.
 *
 * `id` is a node id as in PhDom (−id: shadow root or own text of node id).
 * `parent` is the id of an element, a document or a shadow root; 0 leaves the
 * new node aside until a PLACE. `next` is the id of the following sibling or 0
 * for the end. Within a patch, operations are in an order in which each can be
 * carried out when it comes.
 *
 * Sheets made by script have numbers of their own. What is adopted may be made
 * in a later patch, or never: it counts from then on.
 *
 * A run is an array of commands as in ph-canvas-commands.h. The size of a canvas is
 * that of its bitmap; 0 × 0 is one with nothing in it.
 *
 * `mode` is a PhMode (ph-doctype.h).
 *
 * Namespaces: 0 HTML, 1 SVG, 2 MathML, 3 unknown (`urn:x-playhead:unknown`, an
 * element that no engine gives a behaviour to).
 */
typedef enum
{
  PH_OP_RESET = 0,         /* id, mode: forget everything, a fresh page; id is its document */
  PH_OP_VIEWPORT = 1,      /* width, height: CSS pixels */
  PH_OP_ELEMENT = 2,       /* id, parent, namespace, name, n, n × (name, value): appended */
  PH_OP_TEXT = 3,          /* id, parent, text: appended */
  PH_OP_COMMENT = 4,       /* id, parent, text: appended */
  PH_OP_DOCTYPE = 5,       /* id, parent, name, public id, system id: appended */
  PH_OP_SHADOW = 6,        /* id, host: an open shadow root */
  PH_OP_DOCUMENT = 7,      /* id, iframe, mode: a fresh page inside a placed iframe */
  PH_OP_PLACE = 8,         /* id, parent, next: insert or move */
  PH_OP_REMOVE = 9,        /* id: take out of the page; its node may be placed again */
  PH_OP_FORGET = 10,       /* n, n × id: these ids mean nothing any more */
  PH_OP_SET = 11,          /* id, name, value; `xlink:` and `xml:` name their namespace */
  PH_OP_UNSET = 12,        /* id, name */
  PH_OP_DATA = 13,         /* id, text: of a text or comment */
  PH_OP_VALUE = 14,        /* id, value of a form control; null: what its attributes say */
  PH_OP_CHECKED = 15,      /* id, boolean */
  PH_OP_RULES = 16,        /* id, n, n × rule: the whole sheet of a style element */
  PH_OP_RULES_SPLICE = 17, /* id, index, n removed, n, n × rule */
  PH_OP_RULES_RESET = 18,  /* id: the sheet is what the element's text says again */
  PH_OP_SCROLL = 19,       /* id, x, y: after layout; a document's id is its window */
  PH_OP_POINTER = 20,      /* n, n × (x, y, kind (PhPointerKind), pressed): all that are seen */
  PH_OP_CLICKS = 21,       /* n, n × (x, y, progress, kind): all that are seen */
  PH_OP_JUMP = 22,         /* milliseconds: what follows is no playing on; finish transitions */
  PH_OP_RENAME = 23,       /* n, n × (id, id): nodes and their new ids, all at once */
  PH_OP_HOVER = 24,        /* id under the pointer, id it is pressed on; 0 for none */
  PH_OP_FOCUS = 25,        /* id that has the focus, 0 for none; whether it shows */
  PH_OP_SELECTION = 26,    /* n, n × (id, offset, id, offset): all that is selected */
  PH_OP_MADE = 27,         /* sheet, n, n × rule: the whole of a sheet made by script */
  PH_OP_MADE_SPLICE = 28,  /* sheet, index, n removed, n, n × rule */
  PH_OP_MADE_FORGET = 29,  /* n, n × sheet: these mean nothing any more */
  PH_OP_ADOPT = 30,        /* id of a document or shadow root, n, n × sheet: all it adopts */
  PH_OP_FONTS = 31,        /* index, n, n × rule: the fonts loaded by script, from there on */
  PH_OP_DIALOG = 32,       /* n, n × (id, place): all modal dialogs; 0 lies lowest */
  PH_OP_POPOVER = 33,      /* n, n × (id, place, id of its button or 0): all that are shown */
  PH_OP_CANVAS = 35,       /* id, width, height, PhCanvasContext, n, n × run: all there is */
  PH_OP_CANVAS_MORE = 36,  /* id, n, n × run: drawn after what is there */
  PH_OP_SHEET = 38,        /* id, text: of a style element that has no recorded text */
  PH_OP_MEDIA = 34,        /* n, n × (id, playing, seconds, rate, volume, muted, loop): all */
  PH_OP_TRAIL = 37,        /* n, n × (x, y, age, begins): the way of the pointer */
} PhOp;

/* The viewport of a page whose size no event says. */
#define PH_PATCH_UNKNOWN_WIDTH 1024
#define PH_PATCH_UNKNOWN_HEIGHT 768

typedef struct _PhPatch PhPatch;

PhPatch *ph_patch_new (void);
void ph_patch_free (PhPatch *patch);

/*
 * Appends what takes @from to @to. @from may be NULL, or of another epoch: then
 * the page is built from nothing. Nothing is appended when they are equal. The
 * result depends on the two pages and on whether a jump came before only: after
 * one, nodes that go are made into nodes that come where nobody can tell.
 */
void ph_patch_diff (PhPatch *patch,
                    const PhDom *from,
                    const PhDom *to);
void ph_patch_pointer (PhPatch *patch,
                       const PhPointer *pointer);
void ph_patch_trail (PhPatch *patch,
                     const PhTrail *trail);
/* What of it shows on the page: ids of nodes that are in it, or 0. */
void ph_patch_hover (PhPatch *patch,
                     gint32 hover,
                     gint32 active);
/* Where all sounds and films of a page are at @time, and what they do. */
void ph_patch_media (PhPatch *patch,
                     const PhDom *dom,
                     PhTime time);
void ph_patch_jump (PhPatch *patch,
                    PhTime time);

gboolean ph_patch_is_empty (const PhPatch *patch);
/* The JSON text, NUL-terminated beyond its size; frees @patch. */
GBytes *ph_patch_finish (PhPatch *patch);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhPatch, ph_patch_free)

G_END_DECLS
