/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Nodes that go and nodes that come, in the same place and of the same kind:
 * see ph-patch-diff.c. In a live table, a chat or a list that is scrolled, two
 * pages far apart share hardly an id, yet the one row looks like the other. To
 * give an old node the new one's id and texts costs a browser a fraction of
 * taking it out and making another.
 *
 * Only where the node has nothing in it that its attributes and children do not
 * say: no form control, picture, sound, page, sheet, scroll position. Animations
 * would begin in a new node and transitions would not: the stage ends both when
 * it jumps, so this is for jumps alone.
 */

#include "ph-allow.h"
#include "ph-patch-private.h"

#include <stdlib.h>

/* How many old nodes are passed over in search of one of the same kind. */
#define MAX_PASSED 16

/* Without a life of their own, whatever the attributes. Sorted by strcmp(). */
static const char *const plain_names[] = {
  "a", "abbr", "address", "article", "aside", "b", "blockquote", "body", "br", "caption", "center",
  "cite", "code", "dd", "del", "div", "dl", "dt", "em", "figcaption", "figure", "footer", "h1",
  "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "ins", "kbd", "label", "li", "main", "mark",
  "nav", "ol", "p", "pre", "s", "samp", "section", "small", "span", "strong", "sub", "sup",
  "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "var"
};

static int
compare_names (gconstpointer key,
               gconstpointer element)
{
  return strcmp (key, *(const char *const *) element);
}

static gboolean
is_plain (const PhDom *dom,
          PhSlot slot)
{
  const PhNode *node = ph_dom_node (dom, slot);

  return node->type == PH_NODE_ELEMENT && node->inner == 0 && !node->is_svg && !node->is_custom &&
         bsearch (ph_dom_node_name (dom, slot), plain_names, G_N_ELEMENTS (plain_names),
                  sizeof *plain_names, compare_names) != NULL;
}

static gboolean
same_attribute_names (const PhAttributes *a,
                      const PhAttributes *b)
{
  guint n = a != NULL ? a->n : 0;

  if (n != (b != NULL ? b->n : 0))
    return FALSE;

  for (guint i = 0; i < n; i++)
    if (a->items[i].name != b->items[i].name)
      return FALSE;

  return TRUE;
}

static gboolean
can_become (const PhDiff *diff,
            PhSlot old_slot,
            PhSlot slot)
{
  const PhNode *old = ph_dom_node (diff->from, old_slot);
  const PhNode *node = ph_dom_node (diff->to, slot);

  if (old->type != node->type || old->name != node->name)
    return FALSE;

  if (node->type == PH_NODE_TEXT)
    return TRUE;

  return old->state == NULL && node->state == NULL && is_plain (diff->from, old_slot) &&
         is_plain (diff->to, slot) && ph_diff_is_compatible (diff, old_slot, slot) &&
         same_attribute_names (old->attributes, node->attributes);
}

/* The first of the unmatched siblings from @old on that can become @slot, or 0. */
static PhSlot
find_reusable (const PhDiff *diff,
               PhSlot old,
               PhSlot slot)
{
  guint passed = 0;

  for (; old != 0 && passed < MAX_PASSED; old = ph_dom_node (diff->from, old)->next)
    {
      if (diff->new_of[old] != 0)
        continue;

      if (can_become (diff, old, slot))
        return old;

      passed++;
    }

  return 0;
}

/* In their order, so that none of them has to move past another. */
static void
reuse_children (PhDiff *diff,
                PhSlot slot,
                GArray *reused)
{
  PhSlot old = ph_dom_node (diff->from, diff->old_of[slot])->first_child;

  for (PhSlot child = ph_dom_node (diff->to, slot)->first_child; child != 0 && old != 0;
       child = ph_dom_node (diff->to, child)->next)
    {
      PhSlot found;

      while (old != 0 && diff->new_of[old] != 0)
        old = ph_dom_node (diff->from, old)->next;

      found = diff->old_of[child] == 0 ? find_reusable (diff, old, child) : 0;

      if (found == 0)
        continue;

      diff->old_of[child] = found;
      diff->new_of[found] = child;
      g_array_append_val (reused, child);
      old = ph_dom_node (diff->from, found)->next;
    }
}

GArray *
ph_diff_reuse (PhDiff *diff)
{
  GArray *reused = g_array_new (FALSE, FALSE, sizeof (PhSlot));
  PhSlot top = ph_dom_get_root (diff->to);

  /* Owners come before what is in them, so what was reused is looked into in its turn. */
  for (PhSlot slot = top; slot != 0; slot = ph_dom_next (diff->to, top, slot))
    if (diff->old_of[slot] != 0 && is_plain (diff->to, slot) &&
        is_plain (diff->from, diff->old_of[slot]))
      reuse_children (diff, slot, reused);

  return reused;
}

void
ph_diff_rename (PhDiff *diff,
                const GArray *reused)
{
  if (reused->len == 0)
    return;

  ph_patch_put_op (diff->patch, PH_OP_RENAME);
  ph_patch_put_int (diff->patch, reused->len);

  for (guint i = 0; i < reused->len; i++)
    {
      PhSlot slot = g_array_index (reused, PhSlot, i);

      ph_patch_put_int (diff->patch, ph_dom_node (diff->from, diff->old_of[slot])->id);
      ph_patch_put_int (diff->patch, ph_dom_node (diff->to, slot)->id);
    }
}
