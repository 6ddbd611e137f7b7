/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Style sheets that scripts changed or made, and fonts: see ph-patch-diff.c. */

#include "ph-allow.h"
#include "ph-patch-private.h"

/* ---- sheets of elements ---- */

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
      g_autofree char *rule = ph_allow_rule (diff->to, slot, rules->pdata[i]);

      ph_patch_put_string (diff->patch, rule);
    }
}

/* With @op: what takes the rules @old of sheet @id to @rules; @slot as for ph_allow_rule_of(). */
static void
splice_rules (PhDiff *diff,
              PhOp op,
              PhSlot slot,
              gint32 id,
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

  ph_patch_put_op (diff->patch, op);
  ph_patch_put_int (diff->patch, id);
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

void
ph_diff_rules (PhDiff *diff,
               PhSlot slot)
{
  const PhNode *node = ph_dom_node (diff->to, slot);
  PhSlot old_slot = diff->old_of[slot];
  const PhNodeState *old_state = old_slot != 0 ? ph_dom_node (diff->from, old_slot)->state : NULL;
  const GPtrArray *old = old_state != NULL ? old_state->rules : NULL;
  const GPtrArray *rules = node->state != NULL ? node->state->rules : NULL;
  gboolean restyled = old_slot == 0 || diff->moved[slot] || was_restyled (diff, old_slot, slot);

  if (rules == NULL && old == NULL)
    return;

  /* Said even when its text is another: the stage puts rules it knows of into a new sheet too. */
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
      splice_rules (diff, PH_OP_RULES_SPLICE, slot, node->id, old, rules);
    }
}

/* ---- sheets made by script ---- */

static const PhSheets *
sheets_of (const PhDom *dom)
{
  const PhPageState *page = dom != NULL ? ph_dom_get_page (dom) : NULL;

  return page != NULL ? page->sheets : NULL;
}

static void
diff_constructed (PhDiff *diff,
                  const PhSheets *old_sheets,
                  const PhSheets *sheets)
{
  for (guint i = 0; i < ph_sheets_n (sheets); i++)
    {
      gint32 id = ph_sheets_id (sheets, i);
      const GPtrArray *old = ph_sheets_find (old_sheets, id);
      const GPtrArray *rules = ph_sheets_find (sheets, id);

      if (old == rules)
        continue;

      if (old != NULL)
        {
          splice_rules (diff, PH_OP_MADE_SPLICE, 0, id, old, rules);
          continue;
        }

      ph_patch_put_op (diff->patch, PH_OP_MADE);
      ph_patch_put_int (diff->patch, id);
      put_rules (diff, 0, rules, 0, rules->len);
      diff->structure = TRUE;
    }
}

static void
forget_constructed (PhDiff *diff,
                    const PhSheets *old_sheets,
                    const PhSheets *sheets)
{
  g_autoptr (GArray) gone = g_array_new (FALSE, FALSE, sizeof (gint32));

  for (guint i = 0; i < ph_sheets_n (old_sheets); i++)
    {
      gint32 id = ph_sheets_id (old_sheets, i);

      if (ph_sheets_find (sheets, id) == NULL)
        g_array_append_val (gone, id);
    }

  if (gone->len == 0)
    return;

  ph_patch_put_op (diff->patch, PH_OP_MADE_FORGET);
  ph_patch_put_int (diff->patch, gone->len);
  diff->structure = TRUE;

  for (guint i = 0; i < gone->len; i++)
    ph_patch_put_int (diff->patch, g_array_index (gone, gint32, i));
}

/* The document or shadow root that adopts what @node does; 0 when there is none (yet). */
static PhSlot
find_root (const PhDom *dom,
           gint32 node)
{
  PhSlot slot = ph_dom_find (dom, node);
  PhSlot inner = slot != 0 ? ph_dom_node (dom, slot)->inner : 0;

  if (slot != 0 && ph_dom_node (dom, slot)->type == PH_NODE_DOCUMENT)
    return slot;

  return inner != 0 && ph_dom_node (dom, inner)->type == PH_NODE_SHADOW_ROOT ? inner : 0;
}

static void
diff_adopted (PhDiff *diff,
              gint32 node,
              const PhSheets *old_sheets,
              const PhSheets *sheets)
{
  PhSlot root = find_root (diff->to, node);
  guint n_old = 0;
  guint n;
  const gint32 *old = NULL;
  const gint32 *ids = ph_sheets_adopted (sheets, node, &n);

  if (root == 0)
    return;

  if (diff->old_of[root] != 0)
    old = ph_sheets_adopted (old_sheets, node, &n_old);

  if (old == ids || (n == n_old && n > 0 && memcmp (old, ids, n * sizeof *ids) == 0))
    return;

  ph_patch_put_op (diff->patch, PH_OP_ADOPT);
  ph_patch_put_int (diff->patch, ph_dom_node (diff->to, root)->id);
  ph_patch_put_int (diff->patch, n);
  diff->structure = TRUE;

  for (guint i = 0; i < n; i++)
    ph_patch_put_int (diff->patch, ids[i]);
}

static void
diff_adopters (PhDiff *diff,
               const PhSheets *old_sheets,
               const PhSheets *sheets)
{
  guint n;

  for (guint i = 0; i < ph_sheets_n_adopters (sheets); i++)
    diff_adopted (diff, ph_sheets_adopter (sheets, i), old_sheets, sheets);

  /* Those that adopt nothing any more. */
  for (guint i = 0; sheets != old_sheets && i < ph_sheets_n_adopters (old_sheets); i++)
    if (ph_sheets_adopted (sheets, ph_sheets_adopter (old_sheets, i), &n) == NULL)
      diff_adopted (diff, ph_sheets_adopter (old_sheets, i), old_sheets, sheets);
}

/* ---- fonts ---- */

static void
diff_fonts (PhDiff *diff)
{
  const PhPageState *old_page = diff->from != NULL ? ph_dom_get_page (diff->from) : NULL;
  const PhPageState *page = ph_dom_get_page (diff->to);
  const GPtrArray *old = old_page != NULL ? old_page->fonts : NULL;
  const GPtrArray *fonts = page != NULL ? page->fonts : NULL;
  guint n_old = old != NULL ? old->len : 0;
  guint n = fonts != NULL ? fonts->len : 0;
  guint same = 0;

  if (old == fonts)
    return;

  while (same < n_old && same < n && ph_diff_same_string (old->pdata[same], fonts->pdata[same]))
    same++;

  if (same == n_old && same == n)
    return;

  ph_patch_put_op (diff->patch, PH_OP_FONTS);
  ph_patch_put_int (diff->patch, same);
  put_rules (diff, 0, fonts, same, n);
  diff->structure = TRUE;
}

void
ph_diff_sheets (PhDiff *diff)
{
  const PhSheets *old = sheets_of (diff->from);
  const PhSheets *sheets = sheets_of (diff->to);

  if (old != sheets)
    diff_constructed (diff, old, sheets);

  diff_adopters (diff, old, sheets);

  if (old != sheets)
    forget_constructed (diff, old, sheets);

  diff_fonts (diff);
}
