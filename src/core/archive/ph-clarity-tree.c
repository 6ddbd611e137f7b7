/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-clarity-tree.h"

#include "ph-clarity-tree-private.h"
#include "ph-hash.h"
#include "ph-limits.h"

#include <string.h>

/* ph-dom-build.c takes ids up to here. */
#define LAST_OWN_ID 0x3ffffffe

/* Roots outside of the page that are kept. */
#define MAX_PARKED 4096

/* How far up it is looked for the page. Below that nothing is shown anyway. */
#define MAX_UP (2 * PH_LIMIT_TREE_DEPTH)

/* ---- items ---- */

static void
free_attributes (PhClarityItem *item)
{
  for (guint i = 0; i < item->n_attributes; i++)
    g_free (item->attributes[i].value);

  g_clear_pointer (&item->attributes, g_free);
  item->n_attributes = 0;
}

static void
free_item (gpointer data)
{
  PhClarityItem *item = data;

  free_attributes (item);
  g_free (item->text);
  g_clear_pointer (&item->adopted, g_array_unref);
  g_slice_free (PhClarityItem, item);
}

static void
touch (PhClarityTree *tree,
       PhClarityItem *item)
{
  if (item->is_touched)
    return;

  item->is_touched = TRUE;
  g_ptr_array_add (tree->touched, item);
}

PhClarityItem *
ph_clarity_add_item (PhClarityTree *tree,
                     gint32 id,
                     PhClarityKind kind)
{
  PhClarityItem *item;

  if (g_hash_table_size (tree->items) >= PH_LIMIT_NODES)
    {
      ph_health_add (tree->health, PH_HEALTH_LIMIT, PH_TIME_NONE, "more than %d elements",
                     PH_LIMIT_NODES);
      return NULL;
    }

  item = g_slice_new0 (PhClarityItem);
  item->id = id;
  item->kind = kind;
  g_hash_table_insert (tree->items, GINT_TO_POINTER (id), item);
  touch (tree, item);

  return item;
}

PhClarityItem *
ph_clarity_add_own (PhClarityTree *tree,
                    PhClarityKind kind)
{
  if (tree->next_own == LAST_OWN_ID)
    return NULL;

  return ph_clarity_add_item (tree, tree->next_own++, kind);
}

PhClarityItem *
ph_clarity_tree_find (const PhClarityTree *tree,
                      gint64 id)
{
  PhClarityItem *item;
  gpointer alias;

  if (id <= 0 || id >= PH_CLARITY_FIRST_OWN_ID)
    return NULL;

  item = g_hash_table_lookup (tree->items, GINT_TO_POINTER ((gint32) id));

  if (item == NULL && g_hash_table_size (tree->aliases) > 0)
    {
      alias = g_hash_table_lookup (tree->aliases, GINT_TO_POINTER ((gint32) id));
      item = alias != NULL ? g_hash_table_lookup (tree->items, alias) : NULL;
    }

  return item;
}

static PhClarityItem *
find_adopter (const PhClarityTree *tree,
              gint64 id)
{
  PhClarityItem *item = ph_clarity_tree_find (tree, id);

  if (id == -1)
    return tree->page;

  if (item != NULL)
    return item->kind == PH_CLARITY_SHADOW ? item : NULL;

  item = ph_clarity_tree_find (tree, id + 1);

  return item != NULL && item->parent != NULL && item->parent->kind == PH_CLARITY_PAGE_NODE &&
             item->parent != tree->page && item->parent->first == item
           ? item->parent
           : NULL;
}

PhClarityItem *
ph_clarity_tree_adopt (PhClarityTree *tree,
                       gint64 id,
                       GArray *numbers)
{
  PhClarityItem *item = find_adopter (tree, id);

  if (item != NULL)
    {
      g_clear_pointer (&item->adopted, g_array_unref);
      item->adopted = g_array_ref (numbers);
    }
  else if (id > 0 && id < PH_CLARITY_FIRST_OWN_ID &&
           g_hash_table_size (tree->awaited) < PH_LIMIT_SHEETS)
    {
      g_hash_table_insert (tree->awaited, GINT_TO_POINTER ((gint32) id), g_array_ref (numbers));
    }

  return item;
}

void
ph_clarity_take_awaited (PhClarityTree *tree,
                         PhClarityItem *item,
                         gint32 id)
{
  GArray *numbers = g_hash_table_lookup (tree->awaited, GINT_TO_POINTER ((gint32) id));

  if (numbers == NULL)
    return;

  g_clear_pointer (&item->adopted, g_array_unref);
  item->adopted = g_array_ref (numbers);
  g_hash_table_remove (tree->awaited, GINT_TO_POINTER ((gint32) id));
}

gboolean
ph_clarity_tree_holds (const PhClarityTree *tree,
                       const PhClarityItem *item)
{
  for (guint i = 0; item != NULL && i < MAX_UP; i++)
    {
      const PhClarityItem *parent = item->parent;

      if (item == tree->page)
        return TRUE;

      if (parent != NULL && parent->is_opaque && parent->inner != item)
        return FALSE;

      item = parent;
    }

  return FALSE;
}

const char *
ph_clarity_item_attribute (const PhClarityTree *tree,
                           const PhClarityItem *item,
                           const char *name)
{
  for (guint i = 0; i < item->n_attributes; i++)
    if (item->attributes[i].value != NULL &&
        strcmp (ph_names_text (tree->names, item->attributes[i].name), name) == 0)
      return item->attributes[i].value;

  return NULL;
}

PhClarityItem *
ph_clarity_item_rooted (const PhClarityItem *item)
{
  return item->parent != NULL && item->parent->kind == PH_CLARITY_PAGE_NODE ? item->parent : NULL;
}

gboolean
ph_clarity_item_has_quirks (const PhClarityItem *page)
{
  return page->first == NULL || page->first->kind != PH_CLARITY_DOCTYPE;
}

/* ---- places ---- */

/* Takes the item out of where it is. */
static void
unlink_item (PhClarityItem *item)
{
  PhClarityItem *parent = item->parent;

  if (parent == NULL)
    return;

  if (parent->inner == item)
    {
      parent->inner = NULL;
    }
  else
    {
      *(item->prev != NULL ? &item->prev->next : &parent->first) = item->next;
      *(item->next != NULL ? &item->next->prev : &parent->last) = item->prev;
    }

  item->parent = NULL;
  item->prev = NULL;
  item->next = NULL;
}

void
ph_clarity_link_before (PhClarityItem *item,
                        PhClarityItem *parent,
                        PhClarityItem *next)
{
  item->parent = parent;
  item->next = next;
  item->prev = next != NULL ? next->prev : parent->last;
  *(item->prev != NULL ? &item->prev->next : &parent->first) = item;
  *(next != NULL ? &next->prev : &parent->last) = item;
}

void
ph_clarity_park (PhClarityTree *tree,
                 PhClarityItem *item)
{
  unlink_item (item);
  item->moved = TRUE;
  touch (tree, item);

  if (!item->is_parked)
    {
      item->is_parked = TRUE;
      g_queue_push_tail (&tree->parked, GINT_TO_POINTER (item->id));
    }
}

/* Whether @item is @other or an owner of it; also when that cannot be told. */
static gboolean
is_around (const PhClarityItem *item,
           const PhClarityItem *other)
{
  for (guint i = 0; other != NULL; other = other->parent, i++)
    if (other == item || i == MAX_UP)
      return TRUE;

  return FALSE;
}

static void
insert (PhClarityTree *tree,
        PhClarityItem *item,
        PhClarityItem *parent,
        PhClarityItem *next)
{
  if (parent->kind != PH_CLARITY_ELEMENT && parent->kind != PH_CLARITY_SHADOW &&
      parent->kind != PH_CLARITY_PAGE_NODE)
    return;

  if (next == item)
    next = item->next;

  if ((item->parent == parent && item->next == next) || is_around (item, parent))
    return;

  unlink_item (item);
  ph_clarity_link_before (item, parent, next);
  item->moved = TRUE;
  touch (tree, item);
}

/* The first child, behind the `base` that we put there. */
static PhClarityItem *
first_child (const PhClarityItem *parent)
{
  PhClarityItem *first = parent->first;

  return first != NULL && first->id >= PH_CLARITY_FIRST_OWN_ID && first->kind == PH_CLARITY_ELEMENT
           ? first->next
           : first;
}

void
ph_clarity_put_item (PhClarityTree *tree,
                     PhClarityItem *item,
                     const PhClarityNode *node,
                     PhClarityItem *parent)
{
  PhClarityItem *previous = ph_clarity_tree_find (tree, node->previous);
  gboolean is_same = item->has_place && item->said_parent == (gint32) node->parent &&
                     item->said_previous == (gint32) node->previous;

  item->has_place = TRUE;
  item->said_parent = (gint32) node->parent;
  item->said_previous = (gint32) node->previous;

  if (is_same)
    return;

  if (parent == NULL)
    ph_clarity_park (tree, item);
  else if (previous != NULL)
    insert (tree, item, parent, previous->parent == parent ? previous->next : NULL);
  else
    insert (tree, item, parent, first_child (parent));
}

/* ---- attributes and texts ---- */

static gboolean
is_value (const char *held,
          const PhClarityAttribute *attribute)
{
  return held != NULL && strlen (held) == attribute->value_size &&
         memcmp (held, attribute->value, attribute->value_size) == 0;
}

/* A NUL inside is a space in the page. */
static char *
dup_text (const char *text,
          gsize size)
{
  char *copy = g_strndup (text, size);

  if (memchr (text, '\0', size) != NULL)
    {
      memcpy (copy, text, size);

      for (gsize i = 0; i < size; i++)
        if (copy[i] == '\0')
          copy[i] = ' ';
    }

  return copy;
}

/* Mostly nothing changes, or one value: names in the same order are gone through in step. */
static guint
find_held (const PhClarityItem *item,
           PhName name,
           guint hint)
{
  if (hint < item->n_attributes && item->attributes[hint].name == name)
    return hint;

  for (guint i = 0; i < item->n_attributes; i++)
    if (item->attributes[i].name == name)
      return i;

  return item->n_attributes;
}

/* Held ones that were told of and went stay, without a value, until that is told. */
/* How many there is room for, when there are @n: none, four, eight, sixteen … */
static guint
room_for (guint n)
{
  guint room = n > 0 ? 4 : 0;

  while (room < n)
    room *= 2;

  return room;
}

static void
resize_attributes (PhClarityItem *item,
                   guint n)
{
  if (room_for (n) != room_for (item->n_attributes))
    item->attributes = g_renew (PhClarityHeld, item->attributes, room_for (n));

  item->n_attributes = n;
}

static PhClarityHeld *
add_held (PhClarityItem *item,
          PhName name)
{
  resize_attributes (item, item->n_attributes + 1);
  item->attributes[item->n_attributes - 1] = (PhClarityHeld) { .name = name };

  return &item->attributes[item->n_attributes - 1];
}

static void
change_held (PhClarityItem *item,
             PhClarityHeld *held,
             char *value)
{
  g_free (held->value);
  held->value = value;
  held->is_changed = TRUE;
  item->attributes_changed = TRUE;
}

void
ph_clarity_set_attributes (PhClarityTree *tree,
                           PhClarityItem *item,
                           const GArray *attributes)
{
  guint n_held = item->n_attributes;

  for (guint i = 0; i < n_held; i++)
    item->attributes[i].is_kept = FALSE;

  for (guint i = 0; i < attributes->len; i++)
    {
      const PhClarityAttribute *attribute = &g_array_index (attributes, PhClarityAttribute, i);
      guint at = find_held (item, attribute->name, i);
      PhClarityHeld *held = at < item->n_attributes ? &item->attributes[at]
                                                    : add_held (item, attribute->name);

      held->is_kept = TRUE;

      if (!is_value (held->value, attribute))
        change_held (item, held, dup_text (attribute->value, attribute->value_size));
    }

  for (guint i = 0; i < n_held; i++)
    if (!item->attributes[i].is_kept && item->attributes[i].value != NULL)
      change_held (item, &item->attributes[i], NULL);

  if (item->attributes_changed)
    touch (tree, item);
}

void
ph_clarity_set_text (PhClarityTree *tree,
                     PhClarityItem *item,
                     const PhClarityNode *node)
{
  g_autofree char *text = dup_text (node->value != NULL ? node->value : "", node->value_size);

  if (g_strcmp0 (item->text, text) == 0)
    return;

  g_free (item->text);
  item->text = g_steal_pointer (&text);
  item->text_changed = TRUE;
  touch (tree, item);
}

void
ph_clarity_set_box (PhClarityTree *tree,
                    PhClarityItem *item,
                    const PhClarityNode *node)
{
  /* Sizes come in hundredths. */
  gboolean is_same = item->has_box == (guint) node->has_box &&
                     ABS (item->width - node->width) < 0.001 &&
                     ABS (item->height - node->height) < 0.001;

  if (is_same)
    return;

  item->has_box = node->has_box;
  item->width = node->width;
  item->height = node->height;
  item->box_changed = TRUE;
  item->attributes_changed = TRUE;
  touch (tree, item);
}

/* ---- pages ---- */

static void
start_page (PhClarityTree *tree)
{
  tree->next_own = PH_CLARITY_FIRST_OWN_ID;
  tree->root = 0;
  tree->page = ph_clarity_add_own (tree, PH_CLARITY_PAGE_NODE);
}

static void
clear (PhClarityTree *tree)
{
  g_ptr_array_set_size (tree->touched, 0);
  g_queue_clear (&tree->parked);
  g_hash_table_remove_all (tree->aliases);
  g_hash_table_remove_all (tree->items);
  start_page (tree);
}

void
ph_clarity_tree_renew (PhClarityTree *tree)
{
  GArray *adopted = g_steal_pointer (&tree->page->adopted);

  clear (tree);
  tree->page->adopted = adopted;
}

/* ---- the tree ---- */

void
ph_clarity_tree_define (PhClarityTree *tree,
                        const char *name)
{
  if (strlen (name) <= PH_LIMIT_NAME_BYTES &&
      g_hash_table_size (tree->defined) < PH_LIMIT_DEFINED)
    g_hash_table_add (tree->defined, GUINT_TO_POINTER (ph_names_intern (tree->names, name)));
}

void
ph_clarity_tree_reset (PhClarityTree *tree)
{
  g_hash_table_remove_all (tree->awaited);
  clear (tree);
}

/* Forgets an item and all that is in it. */
static void
forget (PhClarityTree *tree,
        PhClarityItem *item)
{
  PhClarityItem *at = item;

  unlink_item (item);

  while (at != NULL)
    {
      PhClarityItem *up = at->parent;

      if (at->first != NULL)
        {
          at = at->first;
          continue;
        }

      if (at->inner != NULL)
        {
          at = at->inner;
          continue;
        }

      unlink_item (at);
      g_hash_table_remove (tree->items, GINT_TO_POINTER (at->id));
      at = up;
    }
}

static void
compact_attributes (PhClarityItem *item)
{
  guint n = 0;

  for (guint i = 0; i < item->n_attributes; i++)
    {
      item->attributes[i].is_changed = FALSE;

      if (item->attributes[i].value != NULL)
        item->attributes[n++] = item->attributes[i];
    }

  if (n < item->n_attributes)
    resize_attributes (item, n);
}

void
ph_clarity_tree_settle (PhClarityTree *tree)
{
  for (guint i = 0; i < tree->touched->len; i++)
    {
      PhClarityItem *item = tree->touched->pdata[i];

      compact_attributes (item);
      item->is_touched = FALSE;
      item->moved = FALSE;
      item->text_changed = FALSE;
      item->attributes_changed = FALSE;
      item->box_changed = FALSE;
    }

  g_ptr_array_set_size (tree->touched, 0);

  while (tree->parked.length > MAX_PARKED ||
         (tree->parked.length > 0 &&
          g_hash_table_size (tree->items) > PH_LIMIT_NODES - PH_LIMIT_NODES / 4))
    {
      gpointer id = g_queue_pop_head (&tree->parked);
      PhClarityItem *item = g_hash_table_lookup (tree->items, id);

      if (item == NULL)
        continue;

      item->is_parked = FALSE;

      if (item->parent == NULL && item != tree->page)
        forget (tree, item);
    }
}

PhClarityTree *
ph_clarity_tree_new (PhHealth *health)
{
  PhClarityTree *tree = g_new0 (PhClarityTree, 1);

  tree->health = health;
  tree->names = ph_names_new ();
  tree->items = g_hash_table_new_full (ph_hash_int, NULL, NULL, free_item);
  tree->aliases = g_hash_table_new (ph_hash_int, NULL);
  tree->touched = g_ptr_array_new ();
  tree->defined = g_hash_table_new (ph_hash_int, NULL);
  tree->awaited = g_hash_table_new_full (ph_hash_int, NULL, NULL, (GDestroyNotify) g_array_unref);
  g_queue_init (&tree->parked);
  ph_clarity_nodes_init (&tree->nodes, tree->names);
  tree->name_base = ph_names_intern (tree->names, "*B");
  tree->name_href = ph_names_intern (tree->names, "href");
  tree->name_same_origin = ph_names_intern (tree->names, "*O");
  tree->name_integrity = ph_names_intern (tree->names, "integrity");
  tree->name_src = ph_names_intern (tree->names, "src");
  start_page (tree);

  return tree;
}

void
ph_clarity_tree_free (PhClarityTree *tree)
{
  if (tree == NULL)
    return;

  ph_clarity_nodes_clear (&tree->nodes);
  g_queue_clear (&tree->parked);
  g_hash_table_unref (tree->awaited);
  g_hash_table_unref (tree->defined);
  g_ptr_array_unref (tree->touched);
  g_hash_table_unref (tree->aliases);
  g_hash_table_unref (tree->items);
  ph_names_unref (tree->names);
  g_free (tree);
}
