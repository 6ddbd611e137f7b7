/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-dom-edit.h"

#include "ph-dom-park.h"
#include "ph-dom-private.h"
#include "ph-limits.h"

static PhNodeState *
state_new (void)
{
  PhNodeState *state = g_new0 (PhNodeState, 1);

  g_atomic_ref_count_init (&state->ref_count);
  state->checked = -1;

  return state;
}

static gpointer
copy_rule (gconstpointer rule,
           gpointer user_data)
{
  return g_ref_string_acquire ((char *) rule);
}

static PhNodeState *
state_copy (const PhNodeState *state)
{
  PhNodeState *copy = state_new ();

  copy->value = state->value != NULL ? g_ref_string_acquire (state->value) : NULL;
  copy->checked = state->checked;
  copy->scrolled = state->scrolled;
  copy->scroll_x = state->scroll_x;
  copy->scroll_y = state->scroll_y;
  copy->canvas = state->canvas != NULL ? ph_canvas_ref (state->canvas) : NULL;
  copy->rules = state->rules != NULL ? g_ptr_array_copy (state->rules, copy_rule, NULL) : NULL;

  return copy;
}

/* A node is mostly changed several times in a row: once is enough. */
static inline void
note_change (PhDom *dom,
             PhSlot slot)
{
  GArray *journal = dom->journal;

  if (journal != NULL &&
      (journal->len == 0 || g_array_index (journal, PhSlot, journal->len - 1) != slot))
    g_array_append_val (journal, slot);
}

void
ph_dom_clear (PhDom *dom,
              guint64 epoch)
{
  ph_dom_clear_nodes (dom);
  g_clear_pointer (&dom->page, ph_dom_page_unref);
  dom->n_slots = 1;
  dom->n_nodes = 0;
  dom->free_slots = 0;
  dom->root = 0;
  dom->epoch = epoch;
  ph_dom_table_grow (dom);
  ph_dom_touch (dom);
}

void
ph_dom_set_root (PhDom *dom,
                 PhSlot root)
{
  dom->root = root;
  ph_dom_touch (dom);
}

void
ph_dom_take_over (PhDom *dom,
                  PhDom *from)
{
  PhDom old = *dom;
  PhAssetTable *assets = from->assets;

  g_return_if_fail (from->names == dom->names);

  *dom = *from;
  *from = old;
  dom->epoch = old.epoch;
  dom->assets = old.assets;
  dom->journal = old.journal;
  dom->n_walked = old.n_walked;
  from->assets = assets;
  from->journal = NULL;
  ph_dom_free (from);
  ph_dom_touch (dom);

  for (PhSlot slot = 1; slot < dom->n_slots; slot++)
    if (dom->nodes[slot].type != PH_NODE_FREE)
      note_change (dom, slot);
}

PhSlot
ph_dom_add (PhDom *dom,
            gint32 id,
            PhNodeType type,
            PhName name)
{
  PhSlot slot = dom->free_slots;

  if (dom->n_nodes >= PH_LIMIT_NODES || ph_dom_find (dom, id) != 0)
    return 0;

  if (slot != 0)
    {
      dom->free_slots = dom->nodes[slot].next;
    }
  else
    {
      if (dom->n_slots == dom->capacity)
        {
          dom->capacity *= 2;
          dom->nodes = g_renew (PhNode, dom->nodes, dom->capacity);
        }

      slot = dom->n_slots++;
    }

  dom->nodes[slot] = (PhNode) { .id = id, .type = type, .name = name };
  dom->n_nodes++;

  /* Growing puts every node into the table, the new one too. */
  if ((dom->table_used + 1) * 2 > dom->table_size)
    ph_dom_table_grow (dom);
  else
    ph_dom_table_put (dom, id, slot);

  ph_dom_touch (dom);
  note_change (dom, slot);

  return slot;
}

PhNode *
ph_dom_edit (PhDom *dom,
             PhSlot slot)
{
  g_return_val_if_fail (slot > 0 && slot < dom->n_slots, NULL);

  ph_dom_touch (dom);
  note_change (dom, slot);

  return &dom->nodes[slot];
}

static void
unlink_node (PhDom *dom,
             PhSlot slot)
{
  PhNode *node = &dom->nodes[slot];
  PhNode *parent = &dom->nodes[node->parent];

  if (node->parent == 0)
    return;

  if (parent->inner == slot)
    parent->inner = 0;
  else if (node->prev != 0)
    dom->nodes[node->prev].next = node->next;
  else
    parent->first_child = node->next;

  if (node->next != 0)
    dom->nodes[node->next].prev = node->prev;
  else if (parent->last_child == slot)
    parent->last_child = node->prev;

  node->parent = node->prev = node->next = 0;
}

/* Gives the subtree depths that start at @depth; FALSE when it would pass the limit. */
static gboolean
set_depth (PhDom *dom,
           PhSlot top,
           guint depth)
{
  guint old = dom->nodes[top].depth;

  if (depth > PH_LIMIT_TREE_DEPTH)
    return FALSE;

  if (depth > old)
    for (PhSlot slot = top; slot != 0; slot = ph_dom_next (dom, top, slot))
      {
        dom->n_walked++;

        if (dom->nodes[slot].depth - old + depth > PH_LIMIT_TREE_DEPTH)
          return FALSE;
      }

  if (depth != old)
    for (PhSlot slot = top; slot != 0; slot = ph_dom_next (dom, top, slot))
      {
        dom->n_walked++;
        dom->nodes[slot].depth = dom->nodes[slot].depth - old + depth;
      }

  return TRUE;
}

guint64
ph_dom_get_walked (const PhDom *dom)
{
  return dom->n_walked;
}

static gboolean
is_inside (const PhDom *dom,
           PhSlot slot,
           PhSlot top)
{
  for (; slot != 0; slot = dom->nodes[slot].parent)
    if (slot == top)
      return TRUE;

  return FALSE;
}

gboolean
ph_dom_insert (PhDom *dom,
               PhSlot parent,
               PhSlot slot,
               PhSlot next)
{
  PhNode *node = &dom->nodes[slot];

  g_return_val_if_fail (parent > 0 && slot > 0, FALSE);
  g_return_val_if_fail (next == 0 || dom->nodes[next].parent == parent, FALSE);

  if (is_inside (dom, parent, slot) || !set_depth (dom, slot, dom->nodes[parent].depth + 1U))
    return FALSE;

  if (next == slot)
    next = node->next;

  unlink_node (dom, slot);
  node->parent = parent;
  node->next = next;
  node->prev = next != 0 ? dom->nodes[next].prev : dom->nodes[parent].last_child;

  if (node->prev != 0)
    dom->nodes[node->prev].next = slot;
  else
    dom->nodes[parent].first_child = slot;

  if (next != 0)
    dom->nodes[next].prev = slot;
  else
    dom->nodes[parent].last_child = slot;

  ph_dom_touch (dom);

  return TRUE;
}

gboolean
ph_dom_set_inner (PhDom *dom,
                  PhSlot owner,
                  PhSlot slot)
{
  g_return_val_if_fail (owner > 0 && slot > 0, FALSE);

  if (is_inside (dom, owner, slot) || !set_depth (dom, slot, dom->nodes[owner].depth + 1U))
    return FALSE;

  unlink_node (dom, slot);

  if (dom->nodes[owner].inner != 0)
    ph_dom_remove (dom, dom->nodes[owner].inner);

  dom->nodes[slot].parent = owner;
  dom->nodes[owner].inner = slot;
  ph_dom_touch (dom);
  note_change (dom, owner);

  return TRUE;
}

static void
forget_node (PhDom *dom,
             PhSlot slot)
{
  PhNode *node = &dom->nodes[slot];
  guint at = ph_dom_table_find (dom, node->id);

  dom->table[at] = PH_DOM_TOMB;
  ph_dom_clear_node (node);
  *node = (PhNode) { .type = PH_NODE_FREE, .next = dom->free_slots };
  dom->free_slots = slot;
  dom->n_nodes--;
}

/* What was done to a node ends with it. */
static void
forget_presence (PhDom *dom,
                 gint32 id)
{
  PhPageState *page;

  if (dom->page == NULL ||
      (dom->page->focus != id && !ph_presence_names (&dom->page->presence, id)))
    return;

  page = ph_dom_edit_page (dom);

  if (page->focus == id)
    {
      page->focus = 0;
      page->presence.focus_visible = FALSE;
    }

  ph_presence_forget (&page->presence, id);
}

void
ph_dom_remove (PhDom *dom,
               PhSlot slot)
{
  g_autoptr (GArray) slots = g_array_new (FALSE, FALSE, sizeof (PhSlot));

  g_return_if_fail (slot > 0 && dom->nodes[slot].type != PH_NODE_FREE);

  unlink_node (dom, slot);

  for (PhSlot s = slot; s != 0; s = ph_dom_next (dom, slot, s))
    g_array_append_val (slots, s);

  for (guint i = 0; i < slots->len; i++)
    {
      forget_presence (dom, dom->nodes[g_array_index (slots, PhSlot, i)].id);
      forget_node (dom, g_array_index (slots, PhSlot, i));
    }

  if (dom->root == slot)
    dom->root = 0;

  ph_dom_touch (dom);
}

void
ph_dom_set_text (PhDom *dom,
                 PhSlot slot,
                 GRefString *text)
{
  PhNode *node = ph_dom_edit (dom, slot);

  g_ref_string_acquire (text);
  g_clear_pointer (&node->text, g_ref_string_release);
  node->text = text;
}

void
ph_dom_set_attributes (PhDom *dom,
                       PhSlot slot,
                       PhAttributes *attributes)
{
  PhNode *node = ph_dom_edit (dom, slot);

  ph_attributes_unref (node->attributes);
  node->attributes = attributes;
}

gboolean
ph_dom_set_attribute (PhDom *dom,
                      PhSlot slot,
                      PhName name,
                      GRefString *value)
{
  PhNode *node = ph_dom_edit (dom, slot);
  const PhAttributes *old = node->attributes;
  guint n_old = old != NULL ? old->n : 0;
  guint at = 0;
  guint n = 0;
  PhAttributes *attributes;

  while (at < n_old && old->items[at].name != name)
    at++;

  if (at == n_old && (value == NULL || n_old >= PH_LIMIT_ATTRIBUTES))
    return value == NULL;

  attributes = ph_attributes_new (n_old + 1);

  for (guint i = 0; i < n_old; i++)
    if (i != at)
      {
        attributes->items[n].name = old->items[i].name;
        attributes->items[n++].value = g_ref_string_acquire (old->items[i].value);
      }
    else if (value != NULL)
      {
        attributes->items[n].name = name;
        attributes->items[n++].value = g_ref_string_acquire (value);
      }

  if (at == n_old)
    {
      attributes->items[n].name = name;
      attributes->items[n++].value = g_ref_string_acquire (value);
    }

  attributes->n = n;
  ph_attributes_unref (node->attributes);
  node->attributes = attributes;

  return TRUE;
}

PhNodeState *
ph_dom_edit_state (PhDom *dom,
                   PhSlot slot)
{
  PhNode *node = ph_dom_edit (dom, slot);

  if (node->state == NULL)
    {
      node->state = state_new ();
    }
  else if (!g_atomic_ref_count_compare (&node->state->ref_count, 1))
    {
      PhNodeState *shared = node->state;

      node->state = state_copy (shared);
      ph_dom_state_unref (shared);
    }

  return node->state;
}

PhPageState *
ph_dom_edit_page (PhDom *dom)
{
  PhPageState *shared = dom->page;

  ph_dom_touch (dom);

  if (shared != NULL && g_atomic_ref_count_compare (&shared->ref_count, 1))
    return shared;

  dom->page = g_new0 (PhPageState, 1);
  g_atomic_ref_count_init (&dom->page->ref_count);
  ph_presence_init (&dom->page->presence);

  if (shared != NULL)
    {
      dom->page->focus = shared->focus;
      ph_presence_copy (&dom->page->presence, &shared->presence);
      dom->page->parked = ph_parked_copy (shared->parked);
      dom->page->sheets = ph_sheets_ref (shared->sheets);
      dom->page->fonts = shared->fonts != NULL ? g_ptr_array_ref (shared->fonts) : NULL;
      dom->page->defined = shared->defined != NULL ? g_array_ref (shared->defined) : NULL;
      ph_dom_page_unref (shared);
    }

  return dom->page;
}

void
ph_dom_set_viewport (PhDom *dom,
                     int width,
                     int height)
{
  if (dom->width == width && dom->height == height)
    return;

  dom->width = width;
  dom->height = height;
  ph_dom_touch (dom);
}

void
ph_dom_set_href (PhDom *dom,
                 const char *href)
{
  g_ref_string_release (dom->href);
  dom->href = g_ref_string_new (href);
  ph_dom_touch (dom);
}
