/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-clarity-tree-private.h"

#include "ph-limits.h"

#include <string.h>

/* Nodes of one event that are tried again, all rounds together. */
#define MAX_RETRIES 4000000

#define SVG_PREFIX "svg:"
#define FRAME_PREFIX "iframe:"

/* ---- kinds of nodes ---- */

static gboolean
is_tag (const PhClarityNode *node,
        const char *tag)
{
  return node->tag_size == strlen (tag) && memcmp (node->tag, tag, node->tag_size) == 0;
}

static gboolean
takes_prefix (PhClarityNode *node,
              const char *prefix)
{
  gsize size = strlen (prefix);

  if (node->tag_size <= size || memcmp (node->tag, prefix, size) != 0)
    return FALSE;

  node->tag += size;
  node->tag_size -= size;

  return TRUE;
}

static PhClarityItem *
make_element (PhClarityTree *tree,
              PhClarityNode *node)
{
  PhClarityItem *item = ph_clarity_add_item (tree, (gint32) node->id, PH_CLARITY_ELEMENT);
  char name[PH_LIMIT_NAME_BYTES + 1];

  if (item == NULL)
    return NULL;

  item->is_svg = takes_prefix (node, SVG_PREFIX);
  memcpy (name, node->tag, node->tag_size);
  name[node->tag_size] = '\0';
  item->is_frame = !item->is_svg && strcmp (name, "IFRAME") == 0;
  item->is_style = !item->is_svg && strcmp (name, "STYLE") == 0;
  item->is_input = !item->is_svg && strcmp (name, "INPUT") == 0;
  item->is_opaque = item->is_style || g_ascii_strcasecmp (name, "script") == 0;

  for (char *at = name; *at != '\0'; at++)
    *at = g_ascii_tolower (*at);

  item->tag = ph_names_intern (tree->names, name);

  return item;
}

/* Puts what is new of an element into it. Of one that goes, nothing but that is said. */
static void
update_element (PhClarityTree *tree,
                PhClarityItem *item,
                const PhClarityNode *node)
{
  if (node->parent == 0)
    return;

  ph_clarity_set_attributes (tree, item, node->attributes);
  ph_clarity_set_box (tree, item, node);

  if (item->is_style)
    ph_clarity_set_text (tree, item, node);
}

static void
apply_element (PhClarityTree *tree,
               PhClarityNode *node,
               PhClarityItem *parent)
{
  PhClarityItem *item = ph_clarity_tree_find (tree, node->id);

  if (item == NULL)
    item = make_element (tree, node);

  if (item == NULL || item->kind != PH_CLARITY_ELEMENT)
    return;

  update_element (tree, item, node);
  ph_clarity_put_item (tree, item, node, parent);
}

/* Clarity says where the page's addresses begin: a `base` of ours, first in the head. */
static void
apply_head (PhClarityTree *tree,
            PhClarityNode *node,
            PhClarityItem *parent)
{
  const PhClarityAttribute *found = NULL;
  g_autoptr (GArray) attributes = NULL;
  PhClarityItem *head, *base;

  apply_element (tree, node, parent);
  head = ph_clarity_tree_find (tree, node->id);

  for (guint i = 0; i < node->attributes->len; i++)
    if (g_array_index (node->attributes, PhClarityAttribute, i).name == tree->name_base)
      found = &g_array_index (node->attributes, PhClarityAttribute, i);

  /* A page that stands in an iframe's srcdoc has the address of none. */
  if (head == NULL || head->kind != PH_CLARITY_ELEMENT || found == NULL ||
      (found->value_size >= 6 && memcmp (found->value, "about:", 6) == 0))
    return;

  base = head->first;

  if (base == NULL || base->id < PH_CLARITY_FIRST_OWN_ID)
    {
      base = ph_clarity_add_own (tree, PH_CLARITY_ELEMENT);

      if (base == NULL)
        return;

      base->tag = ph_names_intern (tree->names, "base");
      ph_clarity_link_before (base, head, head->first);
    }

  attributes = g_array_new (FALSE, FALSE, sizeof (PhClarityAttribute));
  g_array_append_vals (attributes, found, 1);
  g_array_index (attributes, PhClarityAttribute, 0).name = tree->name_href;
  ph_clarity_set_attributes (tree, base, attributes);
}

static void
apply_text (PhClarityTree *tree,
            const PhClarityNode *node,
            PhClarityItem *parent)
{
  PhClarityItem *item = ph_clarity_tree_find (tree, node->id);

  if (item == NULL)
    item = ph_clarity_add_item (tree, (gint32) node->id, PH_CLARITY_TEXT);

  if (item == NULL || item->kind != PH_CLARITY_TEXT)
    return;

  if (parent != NULL || item->text == NULL)
    ph_clarity_set_text (tree, item, node);

  ph_clarity_put_item (tree, item, node, parent);
}

static void
apply_shadow (PhClarityTree *tree,
              const PhClarityNode *node,
              PhClarityItem *parent)
{
  PhClarityItem *item = ph_clarity_tree_find (tree, node->id);

  if (item != NULL || parent == NULL || parent->kind != PH_CLARITY_ELEMENT || parent->is_frame ||
      parent->is_opaque)
    return;

  if (parent->inner != NULL)
    {
      g_hash_table_insert (tree->aliases, GINT_TO_POINTER ((gint32) node->id),
                           GINT_TO_POINTER (parent->inner->id));
      return;
    }

  item = ph_clarity_add_item (tree, (gint32) node->id, PH_CLARITY_SHADOW);

  if (item == NULL)
    return;

  item->parent = parent;
  parent->inner = item;
  ph_clarity_take_awaited (tree, item, item->id);
}

static void
apply_alias (PhClarityTree *tree,
             const PhClarityNode *node,
             PhClarityItem *parent)
{
  if (parent != NULL && ph_clarity_tree_find (tree, node->id) == NULL &&
      g_hash_table_size (tree->aliases) < PH_LIMIT_NODES)
    g_hash_table_insert (tree->aliases, GINT_TO_POINTER ((gint32) node->id),
                         GINT_TO_POINTER (parent->id));
}

/* ---- documents ---- */

static PhClarityItem *
root_of (const PhClarityItem *page)
{
  return page->last != NULL && page->last->kind == PH_CLARITY_ELEMENT ? page->last : NULL;
}

/* The document in @frame that a new doctype, or a new root, belongs to. */
static PhClarityItem *
frame_page (PhClarityTree *tree,
            PhClarityItem *frame,
            gboolean is_doctype)
{
  PhClarityItem *page = frame->inner;

  /* What is there already belongs to a page that was left. */
  if (page != NULL && (is_doctype ? page->first != NULL : root_of (page) != NULL))
    {
      ph_clarity_park (tree, page);
      page = NULL;
    }

  if (page == NULL)
    {
      page = ph_clarity_add_own (tree, PH_CLARITY_PAGE_NODE);

      if (page == NULL)
        return NULL;

      page->parent = frame;
      frame->inner = page;
    }

  return page;
}

static PhClarityItem *
find_page (PhClarityTree *tree,
           PhClarityItem *parent,
           gboolean in_frame,
           gboolean is_doctype)
{
  if (!in_frame)
    return tree->page;

  return parent != NULL && parent->is_frame ? frame_page (tree, parent, is_doctype) : NULL;
}

static void
apply_doctype (PhClarityTree *tree,
               const PhClarityNode *node,
               PhClarityItem *parent,
               gboolean in_frame)
{
  PhClarityItem *item = ph_clarity_tree_find (tree, node->id);
  PhClarityItem *page;

  if (item == NULL)
    {
      page = find_page (tree, parent, in_frame, TRUE);

      if (page != NULL)
        item = ph_clarity_add_item (tree, (gint32) node->id, PH_CLARITY_DOCTYPE);

      if (item == NULL)
        return;

      if (page->first != NULL && page->first->kind == PH_CLARITY_DOCTYPE)
        ph_clarity_park (tree, page->first);

      ph_clarity_link_before (item, page, page->first);

      if (in_frame)
        ph_clarity_take_awaited (tree, page, item->id - 1);
    }

  if (item->kind == PH_CLARITY_DOCTYPE)
    ph_clarity_set_attributes (tree, item, node->attributes);
}

static void
apply_root (PhClarityTree *tree,
            PhClarityNode *node,
            PhClarityItem *parent,
            gboolean in_frame)
{
  PhClarityItem *item = ph_clarity_tree_find (tree, node->id);
  PhClarityItem *page;

  if (!in_frame && tree->root == 0)
    tree->root = (gint32) node->id;

  /* Not in any standard, but seen: another one inside of the page. */
  if (!in_frame && tree->root != (gint32) node->id)
    {
      apply_element (tree, node, parent);
      return;
    }

  if (item == NULL)
    {
      page = find_page (tree, parent, in_frame, FALSE);
      item = page != NULL ? make_element (tree, node) : NULL;

      if (item == NULL)
        return;

      if (root_of (page) != NULL)
        ph_clarity_park (tree, root_of (page));

      ph_clarity_link_before (item, page, NULL);

      if (in_frame && page->first == item)
        ph_clarity_take_awaited (tree, page, item->id - 1);
    }

  if (item->kind == PH_CLARITY_ELEMENT)
    ph_clarity_set_attributes (tree, item, node->attributes);
}

/* ---- events ---- */

/* FALSE when its parent is not there yet. */
static gboolean
apply_node (PhClarityTree *tree,
            PhClarityNode *node)
{
  PhClarityItem *parent = ph_clarity_tree_find (tree, node->parent);
  gboolean in_frame = takes_prefix (node, FRAME_PREFIX);
  gboolean is_root = is_tag (node, "HTML");

  if (parent == NULL && node->parent > 0 && (in_frame || !is_root))
    return FALSE;

  if (is_root)
    apply_root (tree, node, parent, in_frame);
  else if (is_tag (node, "*D"))
    apply_doctype (tree, node, parent, in_frame);
  else if (is_tag (node, "*T"))
    apply_text (tree, node, parent);
  else if (is_tag (node, "*S"))
    apply_shadow (tree, node, parent);
  else if (is_tag (node, "*P"))
    apply_alias (tree, node, parent);
  else if (is_tag (node, "HEAD"))
    apply_head (tree, node, parent);
  else if (node->tag[0] != '*')
    apply_element (tree, node, parent);

  return TRUE;
}

/* Nodes whose parent comes later in the same event, for as long as that helps. */
static void
retry (PhClarityTree *tree,
       GArray *waiting)
{
  guint work = 0;
  gboolean helped = TRUE;

  while (helped && waiting->len > 0)
    {
      guint n = 0;

      for (guint i = 0; i < waiting->len; i++)
        {
          PhClarityNode node;

          tree->nodes.next = g_array_index (waiting, guint, i);

          if (ph_clarity_nodes_next (&tree->nodes, &node) && !apply_node (tree, &node))
            g_array_index (waiting, guint, n++) = g_array_index (waiting, guint, i);
        }

      work += waiting->len;
      helped = n < waiting->len && work < MAX_RETRIES;
      g_array_set_size (waiting, n);
    }

  if (waiting->len > 0)
    ph_health_add_silent (tree->health, PH_HEALTH_UNPLACED_NODE, waiting->len);
}

/* Whether a Discover event is about another page than the one that is there. */
static gboolean
begins_anew (PhClarityTree *tree,
             const PhClarityTokens *tokens)
{
  PhClarityNode node;

  ph_clarity_nodes_start (&tree->nodes, tokens);

  return ph_clarity_nodes_next (&tree->nodes, &node) &&
         (is_tag (&node, "*D") ||
          (is_tag (&node, "HTML") && tree->root != 0 && tree->root != (gint32) node.id));
}

gboolean
ph_clarity_tree_apply (PhClarityTree *tree,
                       const PhClarityTokens *tokens,
                       gboolean is_discover)
{
  g_autoptr (GArray) waiting = g_array_new (FALSE, FALSE, sizeof (guint));
  gboolean is_new = is_discover && begins_anew (tree, tokens);
  PhClarityNode node;
  guint at = 2;

  if (is_new)
    ph_clarity_tree_renew (tree);

  ph_clarity_nodes_start (&tree->nodes, tokens);

  while (ph_clarity_nodes_next (&tree->nodes, &node))
    {
      guint next = tree->nodes.next;

      if (node.id >= PH_CLARITY_FIRST_OWN_ID)
        ph_health_add (tree->health, PH_HEALTH_ODD_VALUE, PH_TIME_NONE,
                       "an element with the id %" G_GINT64_FORMAT, node.id);
      else if (!apply_node (tree, &node))
        g_array_append_val (waiting, at);

      at = next;
    }

  retry (tree, waiting);

  return is_new;
}
