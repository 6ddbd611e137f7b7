/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-dom.h"

#include "ph-dom-edit.h"
#include "ph-limits.h"

#include <string.h>

#define TABLE_TOMB G_MAXUINT32
#define FIRST_TABLE 64

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
  guint table_size; /* a power of two */
  guint table_used; /* with tombs */

  guint64 serial;
  guint64 epoch;
  PhSlot root;
  int width, height;
  GRefString *href;
};

/* Unique in the program, so that pages of different copies can be told apart. */
static guint64
next_serial (void)
{
  static gsize serial;

  return (guint64) g_atomic_pointer_add (&serial, 1) + 1;
}

static void
touch (PhDom *dom)
{
  dom->serial = next_serial ();
}

/* ---- attributes and state ---- */

PhAttributes *
ph_attributes_new (guint n)
{
  PhAttributes *attributes = g_malloc0 (sizeof (PhAttributes) + n * sizeof (PhAttribute));

  g_atomic_ref_count_init (&attributes->ref_count);
  attributes->n = n;

  return attributes;
}

static PhAttributes *
attributes_ref (PhAttributes *attributes)
{
  if (attributes != NULL)
    g_atomic_ref_count_inc (&attributes->ref_count);

  return attributes;
}

void
ph_attributes_unref (PhAttributes *attributes)
{
  if (attributes == NULL || !g_atomic_ref_count_dec (&attributes->ref_count))
    return;

  for (guint i = 0; i < attributes->n; i++)
    g_clear_pointer (&attributes->items[i].value, g_ref_string_release);

  g_free (attributes);
}

static PhNodeState *
state_new (void)
{
  PhNodeState *state = g_new0 (PhNodeState, 1);

  g_atomic_ref_count_init (&state->ref_count);
  state->checked = -1;

  return state;
}

static void
state_unref (PhNodeState *state)
{
  if (state == NULL || !g_atomic_ref_count_dec (&state->ref_count))
    return;

  g_clear_pointer (&state->value, g_ref_string_release);
  g_clear_pointer (&state->rules, g_ptr_array_unref);
  g_free (state);
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
  copy->rules = state->rules != NULL ? g_ptr_array_ref (state->rules) : NULL;

  return copy;
}

static void
clear_node (PhNode *node)
{
  g_clear_pointer (&node->attributes, ph_attributes_unref);
  g_clear_pointer (&node->text, g_ref_string_release);
  g_clear_pointer (&node->state, state_unref);
}

/* ---- the table of ids ---- */

static guint
hash_id (gint32 id)
{
  return (guint32) id * 2654435769U;
}

static void
table_put (PhDom *dom,
           gint32 id,
           PhSlot slot)
{
  guint mask = dom->table_size - 1;
  guint at = hash_id (id) & mask;

  while (dom->table[at] != 0)
    at = (at + 1) & mask;

  dom->table[at] = slot;
  dom->table_used++;
}

static void
table_grow (PhDom *dom)
{
  guint size = FIRST_TABLE;

  while (size < dom->n_nodes * 4)
    size *= 2;

  g_free (dom->table);
  dom->table = g_new0 (PhSlot, size);
  dom->table_size = size;
  dom->table_used = 0;

  for (PhSlot slot = 1; slot < dom->n_slots; slot++)
    if (dom->nodes[slot].type != PH_NODE_FREE)
      table_put (dom, dom->nodes[slot].id, slot);
}

/* The place of @id in the table, or G_MAXUINT. */
static guint
table_find (const PhDom *dom,
            gint32 id)
{
  guint mask = dom->table_size - 1;
  guint at = hash_id (id) & mask;

  while (dom->table[at] != 0)
    {
      if (dom->table[at] != TABLE_TOMB && dom->nodes[dom->table[at]].id == id)
        return at;

      at = (at + 1) & mask;
    }

  return G_MAXUINT;
}

/* ---- making, copying, freeing ---- */

PhDom *
ph_dom_new (PhNames *names)
{
  PhDom *dom = g_new0 (PhDom, 1);

  dom->names = ph_names_ref (names);
  dom->href = g_ref_string_new ("");
  dom->n_slots = 1;
  dom->capacity = 64;
  dom->nodes = g_new0 (PhNode, dom->capacity);
  dom->nodes[0].type = PH_NODE_FREE;
  table_grow (dom);
  touch (dom);

  return dom;
}

PhDom *
ph_dom_copy (const PhDom *dom)
{
  PhDom *copy = g_memdup2 (dom, sizeof *dom);

  copy->names = ph_names_ref (dom->names);
  copy->href = g_ref_string_acquire (dom->href);
  copy->capacity = dom->n_slots;
  copy->nodes = g_memdup2 (dom->nodes, dom->n_slots * sizeof (PhNode));
  copy->table = g_memdup2 (dom->table, dom->table_size * sizeof (PhSlot));

  for (PhSlot slot = 1; slot < copy->n_slots; slot++)
    {
      PhNode *node = &copy->nodes[slot];

      attributes_ref (node->attributes);

      if (node->text != NULL)
        g_ref_string_acquire (node->text);

      if (node->state != NULL)
        g_atomic_ref_count_inc (&node->state->ref_count);
    }

  return copy;
}

static void
free_nodes (PhDom *dom)
{
  for (PhSlot slot = 1; slot < dom->n_slots; slot++)
    clear_node (&dom->nodes[slot]);
}

void
ph_dom_free (PhDom *dom)
{
  if (dom == NULL)
    return;

  free_nodes (dom);
  g_free (dom->nodes);
  g_free (dom->table);
  g_ref_string_release (dom->href);
  ph_names_unref (dom->names);
  g_free (dom);
}

void
ph_dom_clear (PhDom *dom,
              guint64 epoch)
{
  free_nodes (dom);
  dom->n_slots = 1;
  dom->n_nodes = 0;
  dom->free_slots = 0;
  dom->root = 0;
  dom->epoch = epoch;
  table_grow (dom);
  touch (dom);
}

/* ---- reading ---- */

guint64
ph_dom_get_serial (const PhDom *dom)
{
  return dom->serial;
}

guint64
ph_dom_get_epoch (const PhDom *dom)
{
  return dom->epoch;
}

PhNames *
ph_dom_get_names (const PhDom *dom)
{
  return dom->names;
}

PhSlot
ph_dom_get_root (const PhDom *dom)
{
  return dom->root;
}

const PhNode *
ph_dom_node (const PhDom *dom,
             PhSlot slot)
{
  g_return_val_if_fail (slot < dom->n_slots, &dom->nodes[0]);

  return &dom->nodes[slot];
}

PhSlot
ph_dom_find (const PhDom *dom,
             gint32 id)
{
  guint at = table_find (dom, id);

  return at != G_MAXUINT ? dom->table[at] : 0;
}

guint
ph_dom_n_slots (const PhDom *dom)
{
  return dom->n_slots;
}

guint
ph_dom_n_nodes (const PhDom *dom)
{
  return dom->n_nodes;
}

GRefString *
ph_dom_attribute (const PhDom *dom,
                  PhSlot slot,
                  const char *name)
{
  const PhAttributes *attributes = ph_dom_node (dom, slot)->attributes;
  PhName wanted = ph_names_find (dom->names, name);

  for (guint i = 0; wanted != 0 && attributes != NULL && i < attributes->n; i++)
    if (attributes->items[i].name == wanted)
      return attributes->items[i].value;

  return NULL;
}

const char *
ph_dom_node_name (const PhDom *dom,
                  PhSlot slot)
{
  const PhNode *node = ph_dom_node (dom, slot);

  switch ((PhNodeType) node->type)
    {
    case PH_NODE_DOCTYPE:
    case PH_NODE_ELEMENT:
      return ph_names_text (dom->names, node->name);
    case PH_NODE_DOCUMENT:
      return "#document";
    case PH_NODE_TEXT:
      return "#text";
    case PH_NODE_CDATA:
      return "#cdata-section";
    case PH_NODE_COMMENT:
      return "#comment";
    case PH_NODE_SHADOW_ROOT:
      return "#shadow-root";
    case PH_NODE_FREE:
      break;
    }

  return "";
}

void
ph_dom_get_viewport (const PhDom *dom,
                     int *width,
                     int *height)
{
  *width = dom->width;
  *height = dom->height;
}

const char *
ph_dom_get_href (const PhDom *dom)
{
  return dom->href;
}

PhSlot
ph_dom_next (const PhDom *dom,
             PhSlot top,
             PhSlot slot)
{
  const PhNode *node = &dom->nodes[slot];

  if (node->inner != 0)
    return node->inner;

  if (node->first_child != 0)
    return node->first_child;

  while (slot != top)
    {
      const PhNode *parent = &dom->nodes[node->parent];

      if (node->next != 0)
        return node->next;

      if (parent->inner == slot && parent->first_child != 0)
        return parent->first_child;

      slot = node->parent;
      node = parent;
    }

  return 0;
}

char *
ph_dom_dup_title (const PhDom *dom)
{
  PhName title = ph_names_find (dom->names, "title");
  GString *text;

  for (PhSlot slot = dom->root; slot != 0; slot = ph_dom_next (dom, dom->root, slot))
    {
      const PhNode *node = &dom->nodes[slot];

      if (node->type != PH_NODE_ELEMENT || node->name != title || title == 0 || node->is_svg)
        continue;

      text = g_string_new (NULL);

      for (PhSlot child = node->first_child; child != 0; child = dom->nodes[child].next)
        if (dom->nodes[child].text != NULL)
          g_string_append (text, dom->nodes[child].text);

      return g_strstrip (g_string_free (text, FALSE));
    }

  return g_strdup ("");
}

/* ---- changing ---- */

void
ph_dom_set_root (PhDom *dom,
                 PhSlot root)
{
  dom->root = root;
  touch (dom);
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
    table_grow (dom);
  else
    table_put (dom, id, slot);

  touch (dom);

  return slot;
}

PhNode *
ph_dom_edit (PhDom *dom,
             PhSlot slot)
{
  g_return_val_if_fail (slot > 0 && slot < dom->n_slots, NULL);

  touch (dom);

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
      if (dom->nodes[slot].depth - old + depth > PH_LIMIT_TREE_DEPTH)
        return FALSE;

  if (depth != old)
    for (PhSlot slot = top; slot != 0; slot = ph_dom_next (dom, top, slot))
      dom->nodes[slot].depth = dom->nodes[slot].depth - old + depth;

  return TRUE;
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

  touch (dom);

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
  touch (dom);

  return TRUE;
}

static void
forget_node (PhDom *dom,
             PhSlot slot)
{
  PhNode *node = &dom->nodes[slot];
  guint at = table_find (dom, node->id);

  dom->table[at] = TABLE_TOMB;
  clear_node (node);
  *node = (PhNode) { .type = PH_NODE_FREE, .next = dom->free_slots };
  dom->free_slots = slot;
  dom->n_nodes--;
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
    forget_node (dom, g_array_index (slots, PhSlot, i));

  if (dom->root == slot)
    dom->root = 0;

  touch (dom);
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
      state_unref (shared);
    }

  return node->state;
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
  touch (dom);
}

void
ph_dom_set_href (PhDom *dom,
                 const char *href)
{
  g_ref_string_release (dom->href);
  dom->href = g_ref_string_new (href);
  touch (dom);
}

/* ---- checking ---- */

static void
check_links (const PhDom *dom,
             PhSlot slot)
{
  const PhNode *node = &dom->nodes[slot];
  PhSlot prev = 0;

  g_assert_cmpuint (ph_dom_find (dom, node->id), ==, slot);

  for (PhSlot child = node->first_child; child != 0; child = dom->nodes[child].next)
    {
      g_assert_cmpuint (dom->nodes[child].parent, ==, slot);
      g_assert_cmpuint (dom->nodes[child].prev, ==, prev);
      g_assert_cmpuint (dom->nodes[child].depth, ==, node->depth + 1U);
      prev = child;
    }

  g_assert_cmpuint (node->last_child, ==, prev);

  if (node->inner != 0)
    {
      g_assert_cmpuint (dom->nodes[node->inner].parent, ==, slot);
      g_assert_cmpuint (dom->nodes[node->inner].depth, ==, node->depth + 1U);
    }
}

void
ph_dom_check (const PhDom *dom)
{
  guint n_used = 0;
  guint n_reached = 0;

  for (PhSlot slot = 1; slot < dom->n_slots; slot++)
    {
      if (dom->nodes[slot].type == PH_NODE_FREE)
        continue;

      n_used++;
      check_links (dom, slot);
    }

  if (dom->root != 0)
    {
      g_assert_cmpuint (dom->nodes[dom->root].type, ==, PH_NODE_DOCUMENT);

      for (PhSlot slot = dom->root; slot != 0; slot = ph_dom_next (dom, dom->root, slot))
        n_reached++;
    }

  g_assert_cmpuint (n_used, ==, dom->n_nodes);
  g_assert_cmpuint (n_reached, ==, n_used);
}
