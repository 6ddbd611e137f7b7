/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-dom.h"

#include "ph-dom-private.h"
#include "ph-hash.h"
#include "ph-limits.h"

#include <string.h>

#define FIRST_TABLE 64

/* Unique in the program, so that pages of different copies can be told apart. */
static guint64
next_serial (void)
{
  static gsize serial;

  return (guint64) g_atomic_pointer_add (&serial, 1) + 1;
}

void
ph_dom_touch (PhDom *dom)
{
  dom->serial = next_serial ();
}

/* ---- what nodes refer to ---- */

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

void
ph_dom_state_unref (PhNodeState *state)
{
  if (state == NULL || !g_atomic_ref_count_dec (&state->ref_count))
    return;

  g_clear_pointer (&state->value, g_ref_string_release);
  g_clear_pointer (&state->rules, g_ptr_array_unref);
  g_clear_pointer (&state->canvas, ph_canvas_unref);
  g_free (state);
}

void
ph_dom_page_unref (PhPageState *page)
{
  if (page == NULL || !g_atomic_ref_count_dec (&page->ref_count))
    return;

  g_clear_pointer (&page->parked, g_ptr_array_unref);
  ph_presence_clear (&page->presence);
  ph_sheets_unref (page->sheets);
  g_clear_pointer (&page->fonts, g_ptr_array_unref);
  g_clear_pointer (&page->defined, g_array_unref);
  g_free (page);
}

void
ph_dom_clear_node (PhNode *node)
{
  g_clear_pointer (&node->attributes, ph_attributes_unref);
  g_clear_pointer (&node->text, g_ref_string_release);
  g_clear_pointer (&node->state, ph_dom_state_unref);
}

/* ---- the table of ids ---- */

/* Where in the table the search for @id begins. */
static guint
first_place (const PhDom *dom,
             gint32 id)
{
  return ph_hash_id (id) >> dom->table_shift;
}

void
ph_dom_table_put (PhDom *dom,
                  gint32 id,
                  PhSlot slot)
{
  guint mask = dom->table_size - 1;
  guint at = first_place (dom, id);

  while (dom->table[at] != 0)
    at = (at + 1) & mask;

  dom->table[at] = slot;
  dom->table_used++;
}

void
ph_dom_table_grow (PhDom *dom)
{
  guint size = FIRST_TABLE;

  while (size < dom->n_nodes * 4)
    size *= 2;

  g_free (dom->table);
  dom->table = g_new0 (PhSlot, size);
  dom->table_size = size;
  dom->table_shift = 32 - g_bit_storage (size - 1);
  dom->table_used = 0;

  for (PhSlot slot = 1; slot < dom->n_slots; slot++)
    if (dom->nodes[slot].type != PH_NODE_FREE)
      ph_dom_table_put (dom, dom->nodes[slot].id, slot);
}

/* The place of @id in the table, or G_MAXUINT. */
guint
ph_dom_table_find (const PhDom *dom,
                   gint32 id)
{
  guint mask = dom->table_size - 1;
  guint at = first_place (dom, id);

  while (dom->table[at] != 0)
    {
      if (dom->table[at] != PH_DOM_TOMB && dom->nodes[dom->table[at]].id == id)
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
  ph_dom_table_grow (dom);
  ph_dom_touch (dom);

  return dom;
}

PhDom *
ph_dom_copy (const PhDom *dom)
{
  PhDom *copy = g_memdup2 (dom, sizeof *dom);

  copy->names = ph_names_ref (dom->names);
  copy->journal = NULL;
  copy->assets = dom->assets != NULL ? ph_asset_table_ref (dom->assets) : NULL;
  copy->href = g_ref_string_acquire (dom->href);

  if (dom->page != NULL)
    g_atomic_ref_count_inc (&dom->page->ref_count);

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

void
ph_dom_clear_nodes (PhDom *dom)
{
  for (PhSlot slot = 1; slot < dom->n_slots; slot++)
    ph_dom_clear_node (&dom->nodes[slot]);
}

void
ph_dom_free (PhDom *dom)
{
  if (dom == NULL)
    return;

  ph_dom_clear_nodes (dom);
  g_free (dom->nodes);
  g_free (dom->table);
  g_ref_string_release (dom->href);
  ph_dom_page_unref (dom->page);
  ph_asset_table_unref (dom->assets);
  ph_names_unref (dom->names);
  g_free (dom);
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

const PhPageState *
ph_dom_get_page (const PhDom *dom)
{
  return dom->page;
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
  guint at = ph_dom_table_find (dom, id);

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

static gboolean
has_selected (const PhDom *dom,
              PhSlot select)
{
  for (PhSlot slot = ph_dom_next (dom, select, select); slot != 0;
       slot = ph_dom_next (dom, select, slot))
    if (strcmp (ph_dom_node_name (dom, slot), "option") == 0 &&
        ph_dom_attribute (dom, slot, "selected") != NULL)
      return TRUE;

  return FALSE;
}

const char *
ph_dom_held_value (const PhDom *dom,
                   PhSlot slot)
{
  const PhNodeState *state = ph_dom_node (dom, slot)->state;

  if (state != NULL && state->value != NULL)
    return state->value;

  if (strcmp (ph_dom_node_name (dom, slot), "select") == 0)
    return has_selected (dom, slot) ? NULL : ph_dom_attribute (dom, slot, "value");

  if (strcmp (ph_dom_node_name (dom, slot), "input") == 0)
    {
      const char *type = ph_dom_attribute (dom, slot, "type");

      if (type != NULL && g_ascii_strcasecmp (type, "file") == 0)
        return ph_dom_attribute (dom, slot, "value");
    }

  return NULL;
}

gboolean
ph_dom_is_checked (const PhDom *dom,
                   PhSlot slot)
{
  const PhNodeState *state = ph_dom_node (dom, slot)->state;

  if (state != NULL && state->checked >= 0)
    return state->checked;

  return ph_dom_attribute (dom, slot, "checked") != NULL;
}

/* HTML, 2.3.4.2: rules for parsing non-negative integers. */
static guint64
read_length (const char *text,
             guint64 missing)
{
  guint64 length;

  if (text == NULL)
    return missing;

  text += strspn (text, " \t\n\r\f");

  if (*text == '+')
    text++;

  length = g_ascii_strtoull (text, NULL, 10);

  return g_ascii_isdigit (text[0]) && length <= G_MAXINT32 ? length : missing;
}

gboolean
ph_dom_canvas_size (const PhDom *dom,
                    PhSlot slot,
                    guint *width,
                    guint *height)
{
  guint64 wide = read_length (ph_dom_attribute (dom, slot, "width"), 300);
  guint64 high = read_length (ph_dom_attribute (dom, slot, "height"), 150);

  *width = (guint) wide;
  *height = (guint) high;

  return wide * high <= PH_LIMIT_CANVAS_PIXELS;
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

void
ph_dom_set_assets (PhDom *dom,
                   PhAssetTable *assets)
{
  if (dom->assets == assets)
    return;

  ph_asset_table_unref (dom->assets);
  dom->assets = assets != NULL ? ph_asset_table_ref (assets) : NULL;
  ph_dom_touch (dom);
}

const PhAssetTable *
ph_dom_get_assets (const PhDom *dom)
{
  return dom->assets;
}

void
ph_dom_set_journal (PhDom *dom,
                    GArray *slots)
{
  dom->journal = slots;
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
