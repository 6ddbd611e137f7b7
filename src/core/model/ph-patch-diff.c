/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * ph_patch_diff(): one page to another.
 *
 * Nodes are matched by id. A matched node is kept and only what differs is
 * changed; every other node of the new page is made, every other node of the
 * old one is taken out, but where one can become the other (ph-patch-reuse.c).
 * The order of work makes each operation possible when it comes:
 *
 *   1. out: the topmost old nodes without a match; new ids for what is reused;
 *   2. structure, from the document down, so that an ancestor always stands
 *      before what belongs under it: of the children of a matched node the
 *      longest run that is in order already stays (so least is moved), the
 *      others are placed from the last to the first before their next sibling;
 *   3. pages of iframes, which exist only once their iframe is in the page and
 *      are lost when it moves;
 *   4. sheets, form controls, scroll positions: what depends on all the rest;
 *   5. what belongs to no node: focus, selection (ph-patch-presence.c);
 *   6. ids that mean nothing any more.
 */

#include "ph-allow.h"
#include "ph-custom.h"
#include "ph-doctype.h"
#include "ph-patch-private.h"

#include <string.h>

static void make_children (PhDiff *diff,
                           PhSlot slot);
static void visit (PhDiff *diff,
                   PhSlot slot);

/* ---- making ---- */

static void
put_attributes (PhDiff *diff,
                PhSlot slot)
{
  g_autoptr (GArray) attributes = ph_allow_attributes (diff->to, slot);

  ph_patch_put_int (diff->patch, attributes->len);

  for (guint i = 0; i < attributes->len; i++)
    {
      ph_patch_put_string (diff->patch, g_array_index (attributes, PhAllowedAttribute, i).name);
      ph_patch_put_string (diff->patch, g_array_index (attributes, PhAllowedAttribute, i).value);
    }
}

static void
put_text (PhDiff *diff,
          PhSlot slot)
{
  g_autofree char *text = ph_allow_text (diff->to, slot);

  ph_patch_put_string (diff->patch, text);
}

static void
put_doctype (PhDiff *diff,
             PhSlot slot)
{
  const PhNode *node = ph_dom_node (diff->to, slot);
  g_auto (GStrv) ids = g_strsplit (node->text, "\n", 2);

  ph_patch_put_string (diff->patch, ph_dom_node_name (diff->to, slot));
  ph_patch_put_string (diff->patch, ids[0] != NULL ? ids[0] : "");
  ph_patch_put_string (diff->patch, ids[0] != NULL && ids[1] != NULL ? ids[1] : "");
}

/* A link whose sheet a person gave; @old_slot is what it was before, or 0. */
static void
put_sheet (PhDiff *diff,
           PhSlot old_slot,
           PhSlot slot)
{
  g_autofree char *before = old_slot != 0 ? ph_allow_dup_sheet (diff->from, old_slot) : NULL;
  g_autofree char *sheet = ph_allow_dup_sheet (diff->to, slot);

  if (ph_diff_same_string (before, sheet))
    return;

  ph_patch_put_op (diff->patch, PH_OP_SHEET);
  ph_patch_put_int (diff->patch, ph_dom_node (diff->to, slot)->id);
  ph_patch_put_string (diff->patch, sheet != NULL ? sheet : "");
  diff->structure = TRUE;
}

static void
make_element (PhDiff *diff,
              PhSlot slot,
              gint32 parent)
{
  const PhNode *node = ph_dom_node (diff->to, slot);
  PhAllowedElement element = ph_allow_element (diff->to, slot);

  ph_patch_put_op (diff->patch, PH_OP_ELEMENT);
  ph_patch_put_int (diff->patch, node->id);
  ph_patch_put_int (diff->patch, parent);
  ph_patch_put_int (diff->patch, element.ns);
  ph_patch_put_string (diff->patch, element.name);
  put_attributes (diff, slot);
  put_sheet (diff, 0, slot);

  if (node->inner != 0 && ph_dom_node (diff->to, node->inner)->type == PH_NODE_SHADOW_ROOT)
    {
      diff->moved[node->inner] = TRUE;
      ph_patch_put_op (diff->patch, PH_OP_SHADOW);
      ph_patch_put_int (diff->patch, ph_dom_node (diff->to, node->inner)->id);
      ph_patch_put_int (diff->patch, node->id);
      make_children (diff, node->inner);
    }
  else if (node->inner != 0)
    {
      g_array_append_val (diff->frames, slot);
    }

  make_children (diff, slot);
}

/* A new node with everything in it, at the end of @parent, or aside when that is 0. */
static void
make_node (PhDiff *diff,
           PhSlot slot,
           gint32 parent)
{
  const PhNode *node = ph_dom_node (diff->to, slot);
  PhOp op = PH_OP_TEXT;

  diff->moved[slot] = TRUE;

  if (node->type == PH_NODE_ELEMENT)
    {
      make_element (diff, slot, parent);
      return;
    }

  if (node->type == PH_NODE_DOCTYPE)
    op = PH_OP_DOCTYPE;
  else if (node->type == PH_NODE_COMMENT)
    op = PH_OP_COMMENT;

  ph_patch_put_op (diff->patch, op);
  ph_patch_put_int (diff->patch, node->id);
  ph_patch_put_int (diff->patch, parent);

  if (op == PH_OP_DOCTYPE)
    put_doctype (diff, slot);
  else
    put_text (diff, slot);
}

/* Makes a page or part of it new although its nodes are known: their iframe was moved. */
static void
forget_matches (PhDiff *diff,
                PhSlot top)
{
  for (PhSlot slot = top; slot != 0; slot = ph_dom_next (diff->to, top, slot))
    {
      PhSlot old = diff->old_of[slot];

      if (old == 0)
        continue;

      /* It may still stand somewhere else in the page. */
      if (ph_dom_node (diff->to, slot)->type != PH_NODE_DOCUMENT &&
          ph_dom_node (diff->to, slot)->type != PH_NODE_SHADOW_ROOT)
        {
          ph_patch_put_op (diff->patch, PH_OP_REMOVE);
          ph_patch_put_int (diff->patch, ph_dom_node (diff->to, slot)->id);
        }

      diff->old_of[slot] = 0;
      diff->new_of[old] = 0;
    }
}

static void
place_node (PhDiff *diff,
            PhSlot slot,
            gint32 parent,
            gint32 next)
{
  ph_patch_put_op (diff->patch, PH_OP_PLACE);
  ph_patch_put_int (diff->patch, ph_dom_node (diff->to, slot)->id);
  ph_patch_put_int (diff->patch, parent);
  ph_patch_put_int (diff->patch, next);
  diff->structure = TRUE;
}

/* A matched node comes to stand elsewhere: pages inside of its iframes are lost on the way. */
static void
move_node (PhDiff *diff,
           PhSlot slot,
           gint32 parent,
           gint32 next)
{
  place_node (diff, slot, parent, next);
  diff->moved[slot] = TRUE;

  for (PhSlot s = slot; s != 0; s = ph_dom_next (diff->to, slot, s))
    {
      PhSlot inner = ph_dom_node (diff->to, s)->inner;

      if (inner != 0 && ph_dom_node (diff->to, inner)->type == PH_NODE_DOCUMENT)
        forget_matches (diff, inner);
    }
}

static void
make_children (PhDiff *diff,
               PhSlot slot)
{
  gint32 id = ph_dom_node (diff->to, slot)->id;

  for (PhSlot child = ph_dom_node (diff->to, slot)->first_child; child != 0;
       child = ph_dom_node (diff->to, child)->next)
    {
      if (diff->old_of[child] == 0)
        {
          make_node (diff, child, id);
          continue;
        }

      move_node (diff, child, id, 0);
      visit (diff, child);
    }
}

/* ---- children ---- */

static gboolean
same_children (const PhDiff *diff,
               PhSlot old_slot,
               PhSlot slot)
{
  PhSlot old = ph_dom_node (diff->from, old_slot)->first_child;
  PhSlot child = ph_dom_node (diff->to, slot)->first_child;

  while (old != 0 && child != 0 && diff->old_of[child] == old)
    {
      old = ph_dom_node (diff->from, old)->next;
      child = ph_dom_node (diff->to, child)->next;
    }

  return old == 0 && child == 0;
}

/*
 * Of the new children that stood under the same parent before, marks in @stays
 * a longest run whose old order is the new one (patience sorting).
 */
static void
find_staying (const PhDiff *diff,
              PhSlot old_parent,
              const PhSlot *children,
              guint n,
              gboolean *stays)
{
  g_autofree guint *tails = g_new (guint, n + 1); /* by length − 1: index of the last child */
  g_autofree guint *before = g_new (guint, n + 1);
  guint length = 0;

  for (guint i = 0; i < n; i++)
    {
      PhSlot old = diff->old_of[children[i]];
      guint low = 0;
      guint high = length;

      if (old == 0 || ph_dom_node (diff->from, old)->parent != old_parent)
        continue;

      while (low < high)
        {
          guint middle = (low + high) / 2;
          PhSlot tail = diff->old_of[children[tails[middle]]];

          if (diff->place_of[tail] < diff->place_of[old])
            low = middle + 1;
          else
            high = middle;
        }

      before[i] = low > 0 ? tails[low - 1] : G_MAXUINT;
      tails[low] = i;
      length = MAX (length, low + 1);
    }

  for (guint i = length > 0 ? tails[length - 1] : G_MAXUINT; i != G_MAXUINT; i = before[i])
    stays[i] = TRUE;
}

/* Brings the children of a matched node into their new order. */
static void
place_children (PhDiff *diff,
                PhSlot old_slot,
                PhSlot slot)
{
  g_autoptr (GArray) children = g_array_new (FALSE, FALSE, sizeof (PhSlot));
  g_autofree gboolean *stays = NULL;
  gint32 id = ph_dom_node (diff->to, slot)->id;
  gint32 next = 0;
  guint place = 0;

  if (same_children (diff, old_slot, slot))
    return;

  for (PhSlot old = ph_dom_node (diff->from, old_slot)->first_child; old != 0;
       old = ph_dom_node (diff->from, old)->next)
    diff->place_of[old] = place++;

  for (PhSlot child = ph_dom_node (diff->to, slot)->first_child; child != 0;
       child = ph_dom_node (diff->to, child)->next)
    g_array_append_val (children, child);

  stays = g_new0 (gboolean, children->len + 1);
  find_staying (diff, old_slot, (const PhSlot *) (gpointer) children->data, children->len, stays);

  for (guint i = children->len; i > 0; i--)
    {
      PhSlot child = g_array_index (children, PhSlot, i - 1);

      if (diff->old_of[child] == 0)
        {
          make_node (diff, child, 0);
          place_node (diff, child, id, next);
        }
      else if (!stays[i - 1])
        {
          move_node (diff, child, id, next);
        }

      next = ph_dom_node (diff->to, child)->id;
    }
}

/* ---- matched nodes ---- */

/*
 * What stands in for a frame's page shows in its attributes, and so may what a
 * control holds, and whether an element is defined: see ph-allow-place.h,
 * ph-allow-control.h and ph-custom.h.
 */
static gboolean
shows_otherwise (const PhDiff *diff,
                 PhSlot old_slot,
                 PhSlot slot)
{
  const PhNode *old = ph_dom_node (diff->from, old_slot);
  const PhNode *node = ph_dom_node (diff->to, slot);

  if (old->state != node->state &&
      !ph_diff_same_string (ph_dom_held_value (diff->from, old_slot),
                            ph_dom_held_value (diff->to, slot)))
    return TRUE;

  if (node->type == PH_NODE_ELEMENT &&
      ph_custom_is_defined (diff->from, old_slot) != ph_custom_is_defined (diff->to, slot))
    return TRUE;

  return (old->inner == 0) != (node->inner == 0);
}

static void
diff_attributes (PhDiff *diff,
                 PhSlot old_slot,
                 PhSlot slot)
{
  g_autoptr (GArray) before = NULL;
  g_autoptr (GArray) after = NULL;
  gint32 id = ph_dom_node (diff->to, slot)->id;

  /* A page that was stored shares no list with another one. */
  if (ph_diff_same_attributes (ph_dom_node (diff->from, old_slot), ph_dom_node (diff->to, slot)) &&
      !shows_otherwise (diff, old_slot, slot))
    return;

  /* Its own text, should it have one, comes later. */
  put_sheet (diff, old_slot, slot);

  before = ph_allow_attributes (diff->from, old_slot);
  after = ph_allow_attributes (diff->to, slot);

  for (guint i = 0; i < before->len; i++)
    {
      const char *name = g_array_index (before, PhAllowedAttribute, i).name;

      if (ph_allow_find (after, name) != NULL)
        continue;

      ph_patch_put_op (diff->patch, PH_OP_UNSET);
      ph_patch_put_int (diff->patch, id);
      ph_patch_put_string (diff->patch, name);
      diff->structure = TRUE;
    }

  for (guint i = 0; i < after->len; i++)
    {
      const PhAllowedAttribute *attribute = &g_array_index (after, PhAllowedAttribute, i);
      const PhAllowedAttribute *old = ph_allow_find (before, attribute->name);

      if (old != NULL && strcmp (old->value, attribute->value) == 0)
        continue;

      ph_patch_put_op (diff->patch, PH_OP_SET);
      ph_patch_put_int (diff->patch, id);
      ph_patch_put_string (diff->patch, attribute->name);
      ph_patch_put_string (diff->patch, attribute->value);
      diff->structure = TRUE;
    }
}

static void
diff_text (PhDiff *diff,
           PhSlot old_slot,
           PhSlot slot)
{
  const PhNode *node = ph_dom_node (diff->to, slot);

  if (ph_diff_same_string (ph_dom_node (diff->from, old_slot)->text, node->text))
    return;

  ph_patch_put_op (diff->patch, PH_OP_DATA);
  ph_patch_put_int (diff->patch, node->id);
  put_text (diff, slot);
  diff->structure = TRUE;
}

/* A matched node where it belongs: what it says itself, then what is in it. */
static void
visit (PhDiff *diff,
       PhSlot slot)
{
  const PhNode *node = ph_dom_node (diff->to, slot);
  PhSlot old = diff->old_of[slot];
  PhSlot inner = node->inner;

  if (node->type == PH_NODE_ELEMENT)
    diff_attributes (diff, old, slot);
  else if (node->type == PH_NODE_TEXT || node->type == PH_NODE_CDATA ||
           node->type == PH_NODE_COMMENT)
    diff_text (diff, old, slot);

  if (inner != 0 && diff->old_of[inner] != 0)
    {
      visit (diff, inner);
    }
  else if (inner != 0 && ph_dom_node (diff->to, inner)->type == PH_NODE_SHADOW_ROOT)
    {
      diff->moved[inner] = TRUE;
      ph_patch_put_op (diff->patch, PH_OP_SHADOW);
      ph_patch_put_int (diff->patch, ph_dom_node (diff->to, inner)->id);
      ph_patch_put_int (diff->patch, node->id);
      make_children (diff, inner);
    }
  else if (inner != 0)
    {
      g_array_append_val (diff->frames, slot);
    }

  place_children (diff, old, slot);

  for (PhSlot child = node->first_child; child != 0;
       child = ph_dom_node (diff->to, child)->next)
    {
      /* What was made or came from elsewhere in this place is visited where that was decided. */
      if (diff->old_of[child] != 0)
        visit (diff, child);
    }
}

/* ---- pages of iframes ---- */

static void
make_frames (PhDiff *diff)
{
  /* Making one may add more. */
  for (guint i = 0; i < diff->frames->len; i++)
    {
      PhSlot slot = g_array_index (diff->frames, PhSlot, i);
      PhSlot document = ph_dom_node (diff->to, slot)->inner;

      diff->moved[document] = TRUE;
      diff->structure = TRUE;
      ph_patch_put_op (diff->patch, PH_OP_DOCUMENT);
      ph_patch_put_int (diff->patch, ph_dom_node (diff->to, document)->id);
      ph_patch_put_int (diff->patch, ph_dom_node (diff->to, slot)->id);
      ph_patch_put_int (diff->patch, ph_doctype_get_mode (diff->to, document));
      make_children (diff, document);
    }
}

/* ---- taking out ---- */

static void
remove_old (PhDiff *diff)
{
  PhSlot top = ph_dom_get_root (diff->from);

  for (PhSlot slot = top; slot != 0; slot = ph_dom_next (diff->from, top, slot))
    {
      const PhNode *node = ph_dom_node (diff->from, slot);

      if (diff->new_of[slot] != 0 || node->type == PH_NODE_DOCUMENT ||
          node->type == PH_NODE_SHADOW_ROOT || diff->new_of[node->parent] == 0)
        continue;

      ph_patch_put_op (diff->patch, PH_OP_REMOVE);
      ph_patch_put_int (diff->patch, node->id);
      diff->structure = TRUE;
    }
}

static void
forget_old (PhDiff *diff)
{
  PhSlot top = ph_dom_get_root (diff->from);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint32));

  for (PhSlot slot = top; slot != 0; slot = ph_dom_next (diff->from, top, slot))
    {
      gint32 id = ph_dom_node (diff->from, slot)->id;

      if (diff->new_of[slot] == 0 && ph_dom_find (diff->to, id) == 0)
        g_array_append_val (ids, id);
    }

  if (ids->len == 0)
    return;

  ph_patch_put_op (diff->patch, PH_OP_FORGET);
  ph_patch_put_int (diff->patch, ids->len);

  for (guint i = 0; i < ids->len; i++)
    ph_patch_put_int (diff->patch, g_array_index (ids, gint32, i));
}

/* ---- all of it ---- */

static void
build_page (PhDiff *diff)
{
  PhSlot root = ph_dom_get_root (diff->to);
  const PhNode *document = ph_dom_node (diff->to, root);

  ph_patch_put_op (diff->patch, PH_OP_RESET);
  ph_patch_put_int (diff->patch, document->id);
  ph_patch_put_int (diff->patch, ph_doctype_get_mode (diff->to, root));

  /* Put together aside and placed once: a browser does less for that. */
  for (PhSlot child = document->first_child; child != 0;
       child = ph_dom_node (diff->to, child)->next)
    {
      make_node (diff, child, 0);
      place_node (diff, child, document->id, 0);
    }
}

/* A page whose size no event says must not get that of another, shown before. */
static void
get_viewport (const PhDom *dom,
              int *width,
              int *height)
{
  ph_dom_get_viewport (dom, width, height);

  if (*width <= 0 || *height <= 0)
    {
      *width = PH_PATCH_UNKNOWN_WIDTH;
      *height = PH_PATCH_UNKNOWN_HEIGHT;
    }
}

static void
put_viewport (PhDiff *diff)
{
  int width;
  int height;
  int old_width = 0;
  int old_height = 0;

  get_viewport (diff->to, &width, &height);

  /* A page that is none yet was never put on the stage, and its size neither. */
  if (diff->from != NULL && ph_dom_get_root (diff->from) != 0)
    get_viewport (diff->from, &old_width, &old_height);

  if (width == old_width && height == old_height)
    return;

  ph_patch_put_op (diff->patch, PH_OP_VIEWPORT);
  ph_patch_put_int (diff->patch, width);
  ph_patch_put_int (diff->patch, height);
  diff->structure = TRUE;
}

/* Whether one page grew into the other, so that ids and names mean the same. */
static gboolean
is_same_page (const PhDom *from,
              const PhDom *to)
{
  PhSlot old = ph_dom_get_root (from);
  PhSlot root = ph_dom_get_root (to);

  return old != 0 && root != 0 && ph_dom_get_names (from) == ph_dom_get_names (to) &&
         ph_dom_get_epoch (from) == ph_dom_get_epoch (to) &&
         ph_dom_get_assets (from) == ph_dom_get_assets (to) &&
         ph_dom_node (from, old)->id == ph_dom_node (to, root)->id &&
         ph_doctype_get_mode (from, old) == ph_doctype_get_mode (to, root);
}

/* A window without a page yet: nothing is shown. */
static void
show_nothing (PhPatch *patch,
              const PhDom *from)
{
  if (from != NULL && ph_dom_get_root (from) == 0)
    return;

  ph_patch_put_op (patch, PH_OP_RESET);
  ph_patch_put_int (patch, 0);
  ph_patch_put_int (patch, 0);
}

void
ph_patch_diff (PhPatch *patch,
               const PhDom *from,
               const PhDom *to)
{
  PhDiff diff = { .patch = patch, .from = from, .to = to };
  g_autofree PhSlot *old_of = g_new0 (PhSlot, ph_dom_n_slots (to));
  g_autofree guint8 *moved = g_new0 (guint8, ph_dom_n_slots (to));
  g_autofree PhSlot *new_of = g_new0 (PhSlot, from != NULL ? ph_dom_n_slots (from) : 1);
  g_autofree guint32 *place_of = g_new0 (guint32, from != NULL ? ph_dom_n_slots (from) : 1);
  g_autoptr (GArray) frames = g_array_new (FALSE, FALSE, sizeof (PhSlot));
  g_autoptr (GArray) reused = NULL;

  if (from != NULL && ph_dom_get_serial (from) == ph_dom_get_serial (to))
    return;

  if (ph_dom_get_root (to) == 0)
    {
      show_nothing (patch, from);
      return;
    }

  diff.old_of = old_of;
  diff.new_of = new_of;
  diff.place_of = place_of;
  diff.moved = moved;
  diff.frames = frames;
  put_viewport (&diff);

  if (from != NULL && is_same_page (from, to))
    {
      ph_diff_match (&diff);
      reused = ph_patch_is_jump (patch) ? ph_diff_reuse (&diff) : NULL;
      remove_old (&diff);

      if (reused != NULL)
        ph_diff_rename (&diff, reused);

      visit (&diff, ph_dom_get_root (to));
      make_frames (&diff);
      ph_diff_state (&diff);
      ph_diff_presence (&diff);
      forget_old (&diff);
      return;
    }

  diff.from = NULL;
  build_page (&diff);
  make_frames (&diff);
  ph_diff_state (&diff);
  ph_diff_presence (&diff);
}
