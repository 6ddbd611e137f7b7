/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What of a page depends on all the rest of it: see ph-patch-diff.c. */

#include "ph-allow.h"
#include "ph-patch-private.h"

#include <math.h>

static gboolean
is_control (const PhDom *dom,
            PhSlot slot)
{
  const char *name = ph_dom_node_name (dom, slot);

  return strcmp (name, "input") == 0 || strcmp (name, "textarea") == 0 ||
         strcmp (name, "select") == 0;
}

/*
 * Controls are cheap and few, and what they hold depends on attributes, options
 * and text in ways that differ by kind: whenever anything about one may have
 * changed, it is said again.
 */
static void
diff_control (PhDiff *diff,
              PhSlot slot)
{
  const PhNode *node = ph_dom_node (diff->to, slot);
  PhSlot old = diff->old_of[slot];
  const PhNode *old_node = old != 0 ? ph_dom_node (diff->from, old) : NULL;
  const char *value = ph_dom_held_value (diff->to, slot);
  const char *old_value = old != 0 ? ph_dom_held_value (diff->from, old) : NULL;
  gint8 checked = node->state != NULL ? node->state->checked : -1;
  gint8 old_checked = old_node != NULL && old_node->state != NULL ? old_node->state->checked : -1;
  gboolean attributes = old_node != NULL && !ph_diff_same_attributes (old_node, node);
  gboolean inside = diff->structure && node->first_child != 0;

  if (!ph_diff_same_string (value, old_value) || (value != NULL && (attributes || inside)) ||
      (old != 0 && attributes && strcmp (ph_dom_node_name (diff->to, slot), "input") == 0))
    {
      ph_patch_put_op (diff->patch, PH_OP_VALUE);
      ph_patch_put_int (diff->patch, node->id);

      if (value != NULL)
        ph_patch_put_string (diff->patch, value);
      else
        ph_patch_put_null (diff->patch);
    }

  if (strcmp (ph_dom_node_name (diff->to, slot), "input") == 0 &&
      (checked != old_checked || (old != 0 && attributes)))
    {
      ph_patch_put_op (diff->patch, PH_OP_CHECKED);
      ph_patch_put_int (diff->patch, node->id);
      ph_patch_put_int (diff->patch, ph_dom_is_checked (diff->to, slot));
    }
}

static void
put_scroll (PhDiff *diff,
            PhSlot slot)
{
  const PhNode *node = ph_dom_node (diff->to, slot);
  const PhNodeState *state = node->state;
  PhSlot old = diff->old_of[slot];
  const PhNodeState *before = old != 0 ? ph_dom_node (diff->from, old)->state : NULL;
  gboolean scrolled = state != NULL && state->scrolled;
  double x = scrolled ? state->scroll_x : 0;
  double y = scrolled ? state->scroll_y : 0;
  double old_x = before != NULL && before->scrolled ? before->scroll_x : 0;
  double old_y = before != NULL && before->scrolled ? before->scroll_y : 0;

  /* How far one can scroll depends on the rest of the page: said again with any change. */
  if (fabs (x - old_x) < 1e-6 && fabs (y - old_y) < 1e-6 && !(scrolled && diff->structure))
    return;

  ph_patch_put_op (diff->patch, PH_OP_SCROLL);
  ph_patch_put_int (diff->patch, node->id);
  ph_patch_put_number (diff->patch, x);
  ph_patch_put_number (diff->patch, y);
}

void
ph_diff_state (PhDiff *diff)
{
  PhSlot top = ph_dom_get_root (diff->to);

  ph_diff_sheets (diff);

  for (PhSlot slot = top; slot != 0; slot = ph_dom_next (diff->to, top, slot))
    {
      const PhNode *node = ph_dom_node (diff->to, slot);

      /* Whatever hangs on something moved has moved. */
      if (slot != top && diff->moved[node->parent])
        diff->moved[slot] = TRUE;

      if (node->type != PH_NODE_ELEMENT)
        continue;

      if (ph_allow_is_style (diff->to, slot))
        ph_diff_rules (diff, slot);
      else if (is_control (diff->to, slot))
        diff_control (diff, slot);
      else if (strcmp (ph_dom_node_name (diff->to, slot), "canvas") == 0 && !node->is_svg)
        ph_diff_canvas (diff, slot);
    }

  for (PhSlot slot = top; slot != 0; slot = ph_dom_next (diff->to, top, slot))
    put_scroll (diff, slot);
}
