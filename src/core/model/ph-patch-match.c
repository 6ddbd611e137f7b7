/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which nodes of two pages are the same: see ph-patch-diff.c. */

#include "ph-allow.h"
#include "ph-doctype.h"
#include "ph-patch-private.h"

gboolean
ph_diff_same_attributes (const PhNode *a,
                         const PhNode *b)
{
  guint n = a->attributes != NULL ? a->attributes->n : 0;

  if (a->attributes == b->attributes)
    return TRUE;

  if (n != (b->attributes != NULL ? b->attributes->n : 0))
    return FALSE;

  for (guint i = 0; i < n; i++)
    if (a->attributes->items[i].name != b->attributes->items[i].name ||
        !ph_diff_same_string (a->attributes->items[i].value, b->attributes->items[i].value))
      return FALSE;

  return TRUE;
}

gboolean
ph_diff_is_compatible (const PhDiff *diff,
                       PhSlot old_slot,
                       PhSlot slot)
{
  const PhNode *old = ph_dom_node (diff->from, old_slot);
  const PhNode *node = ph_dom_node (diff->to, slot);

  if (old->type != node->type)
    return FALSE;

  switch ((PhNodeType) node->type)
    {
    case PH_NODE_ELEMENT:
      {
        PhAllowedElement a = ph_allow_element (diff->from, old_slot);
        PhAllowedElement b = ph_allow_element (diff->to, slot);

        /* What is inside a host or an iframe cannot be taken out again. */
        return a.ns == b.ns && strcmp (a.name, b.name) == 0 &&
               (old->inner == 0 ||
                (node->inner != 0 && ph_dom_node (diff->from, old->inner)->type ==
                                       ph_dom_node (diff->to, node->inner)->type));
      }
    case PH_NODE_DOCTYPE:
      return old->name == node->name && ph_diff_same_string (old->text, node->text);
    case PH_NODE_DOCUMENT:
      return ph_doctype_get_mode (diff->from, old_slot) == ph_doctype_get_mode (diff->to, slot);
    case PH_NODE_TEXT:
    case PH_NODE_CDATA:
    case PH_NODE_COMMENT:
    case PH_NODE_SHADOW_ROOT:
      return TRUE;
    case PH_NODE_FREE:
      break;
    }

  return FALSE;
}

static PhSlot
find_old (const PhDiff *diff,
          PhSlot slot)
{
  gint32 id = ph_dom_node (diff->to, slot)->id;

  /* Copies of one page keep their slots. */
  if (slot < ph_dom_n_slots (diff->from) && ph_dom_node (diff->from, slot)->id == id &&
      ph_dom_node (diff->from, slot)->type != PH_NODE_FREE)
    return slot;

  return ph_dom_find (diff->from, id);
}

/* Matches in document order: what is inside a host or an iframe needs its owner matched. */
void
ph_diff_match (PhDiff *diff)
{
  PhSlot top = ph_dom_get_root (diff->to);

  for (PhSlot slot = top; slot != 0; slot = ph_dom_next (diff->to, top, slot))
    {
      const PhNode *node = ph_dom_node (diff->to, slot);
      PhSlot old = find_old (diff, slot);
      gboolean is_inner = slot != top && ph_dom_node (diff->to, node->parent)->inner == slot;

      if (old == 0 || !ph_diff_is_compatible (diff, old, slot))
        continue;

      if (is_inner && (diff->old_of[node->parent] == 0 ||
                       ph_dom_node (diff->from, diff->old_of[node->parent])->inner != old))
        continue;

      if (!is_inner && slot != top &&
          (node->type == PH_NODE_DOCUMENT || node->type == PH_NODE_SHADOW_ROOT))
        continue;

      diff->old_of[slot] = old;
      diff->new_of[old] = slot;
    }
}
