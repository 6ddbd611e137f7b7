/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What of a page depends on all the rest of it: see ph-patch-diff.c. */

#include "ph-allow.h"
#include "ph-patch-private.h"

#include <math.h>

static void
put_rules (PhDiff *diff,
           PhSlot slot,
           const GPtrArray *rules,
           guint begin,
           guint end)
{
  ph_patch_put_int (diff->patch, end - begin);

  for (guint i = begin; i < end; i++)
    {
      g_autofree char *rule = ph_allow_rule_of (diff->to, slot, rules->pdata[i]);

      ph_patch_put_string (diff->patch, rule);
    }
}

static void
splice_rules (PhDiff *diff,
              PhSlot slot,
              const GPtrArray *old,
              const GPtrArray *rules)
{
  guint head = 0;
  guint tail = 0;

  while (head < old->len && head < rules->len &&
         ph_diff_same_string (old->pdata[head], rules->pdata[head]))
    head++;

  while (tail < old->len - head && tail < rules->len - head &&
         ph_diff_same_string (old->pdata[old->len - tail - 1], rules->pdata[rules->len - tail - 1]))
    tail++;

  if (head == old->len && head == rules->len)
    return;

  ph_patch_put_op (diff->patch, PH_OP_RULES_SPLICE);
  ph_patch_put_int (diff->patch, ph_dom_node (diff->to, slot)->id);
  ph_patch_put_int (diff->patch, head);
  ph_patch_put_int (diff->patch, old->len - head - tail);
  put_rules (diff, slot, rules, head, rules->len - tail);
  diff->structure = TRUE;
}

/* Whether the browser has parsed the element's own text anew. */
static gboolean
was_restyled (const PhDiff *diff,
              PhSlot old_slot,
              PhSlot slot)
{
  PhSlot old = ph_dom_node (diff->from, old_slot)->first_child;
  PhSlot child = ph_dom_node (diff->to, slot)->first_child;

  if (!ph_diff_same_attributes (ph_dom_node (diff->from, old_slot), ph_dom_node (diff->to, slot)))
    return TRUE;

  for (; old != 0 && child != 0; old = ph_dom_node (diff->from, old)->next,
                                 child = ph_dom_node (diff->to, child)->next)
    if (diff->old_of[child] != old ||
        !ph_diff_same_string (ph_dom_node (diff->from, old)->text,
                              ph_dom_node (diff->to, child)->text))
      return TRUE;

  return old != child;
}

static void
diff_rules (PhDiff *diff,
            PhSlot slot,
            gboolean moved)
{
  const PhNode *node = ph_dom_node (diff->to, slot);
  PhSlot old_slot = diff->old_of[slot];
  const PhNodeState *old_state = old_slot != 0 ? ph_dom_node (diff->from, old_slot)->state : NULL;
  const GPtrArray *old = old_state != NULL ? old_state->rules : NULL;
  const GPtrArray *rules = node->state != NULL ? node->state->rules : NULL;
  gboolean restyled = old_slot == 0 || moved || was_restyled (diff, old_slot, slot);

  if (rules == NULL && (old == NULL || restyled))
    return;

  if (rules == NULL)
    {
      ph_patch_put_op (diff->patch, PH_OP_RULES_RESET);
      ph_patch_put_int (diff->patch, node->id);
      diff->structure = TRUE;
    }
  else if (old == NULL || restyled)
    {
      ph_patch_put_op (diff->patch, PH_OP_RULES);
      ph_patch_put_int (diff->patch, node->id);
      put_rules (diff, slot, rules, 0, rules->len);
      diff->structure = TRUE;
    }
  else if (old != rules)
    {
      splice_rules (diff, slot, old, rules);
    }
}

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

  for (PhSlot slot = top; slot != 0; slot = ph_dom_next (diff->to, top, slot))
    {
      const PhNode *node = ph_dom_node (diff->to, slot);

      /* Whatever hangs on something moved has moved. */
      if (slot != top && diff->moved[node->parent])
        diff->moved[slot] = TRUE;

      if (node->type != PH_NODE_ELEMENT)
        continue;

      if (ph_allow_is_style (diff->to, slot))
        diff_rules (diff, slot, diff->moved[slot]);
      else if (is_control (diff->to, slot))
        diff_control (diff, slot);
      else if (strcmp (ph_dom_node_name (diff->to, slot), "canvas") == 0 && !node->is_svg)
        ph_diff_canvas (diff, slot);
    }

  for (PhSlot slot = top; slot != 0; slot = ph_dom_next (diff->to, top, slot))
    put_scroll (diff, slot);
}
