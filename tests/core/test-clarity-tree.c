/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-clarity-tree-private.h"

#include "ph-limits.h"

#include <string.h>

static PhClarityNode
node_of (PhClarityTree *tree,
         GArray *attributes,
         gint64 parent,
         gint64 previous)
{
  PhClarityNode node = { .parent = parent, .previous = previous, .attributes = attributes };

  return node;
}

static void
test_attributes (void)
{
  g_autoptr (PhClarityTree) tree = ph_clarity_tree_new (NULL);
  g_autoptr (GArray) attributes = g_array_new (FALSE, FALSE, sizeof (PhClarityAttribute));
  PhClarityItem *item = ph_clarity_add_item (tree, 5, PH_CLARITY_ELEMENT);
  PhClarityAttribute one = { ph_names_intern (tree->names, "one"), "1x", 1 };
  PhClarityAttribute two = { ph_names_intern (tree->names, "two"), "a\0b", 3 };

  g_array_append_val (attributes, one);
  g_array_append_val (attributes, two);
  ph_clarity_set_attributes (tree, item, attributes);
  g_assert_cmpstr (ph_clarity_item_attribute (tree, item, "one"), ==, "1");
  g_assert_cmpstr (ph_clarity_item_attribute (tree, item, "two"), ==, "a b");
  g_assert_true (item->attributes_changed);
  ph_clarity_tree_settle (tree);
  g_assert_false (item->attributes_changed);

  /* The same again is no change; one that goes is, and stays until that is told. */
  g_array_set_size (attributes, 1);
  ph_clarity_set_attributes (tree, item, attributes);
  g_assert_null (ph_clarity_item_attribute (tree, item, "two"));
  g_assert_cmpuint (item->n_attributes, ==, 2);
  g_assert_false (item->attributes[0].is_changed);
  g_assert_true (item->attributes[1].is_changed);
  ph_clarity_tree_settle (tree);
  g_assert_cmpuint (item->n_attributes, ==, 1);
  ph_clarity_set_attributes (tree, item, attributes);
  g_assert_false (item->attributes_changed);
}

/* Nodes that are out of the page are kept, but not all that ever were. */
static void
test_parked (void)
{
  g_autoptr (PhClarityTree) tree = ph_clarity_tree_new (NULL);
  g_autoptr (GArray) attributes = g_array_new (FALSE, FALSE, sizeof (PhClarityAttribute));

  for (gint32 id = 1; id < 30000; id += 2)
    {
      PhClarityItem *item = ph_clarity_add_item (tree, id, PH_CLARITY_ELEMENT);
      PhClarityItem *child = ph_clarity_add_item (tree, id + 1, PH_CLARITY_ELEMENT);
      PhClarityNode node = node_of (tree, attributes, id, 0);

      ph_clarity_put_item (tree, child, &node, item);
      ph_clarity_park (tree, item);
      ph_clarity_tree_settle (tree);
    }

  g_assert_cmpuint (g_hash_table_size (tree->items), <, 10000);
  g_assert_nonnull (ph_clarity_tree_find (tree, 29999));
  g_assert_nonnull (ph_clarity_tree_find (tree, 30000));
  g_assert_null (ph_clarity_tree_find (tree, 1));
  g_assert_null (ph_clarity_tree_find (tree, 2));
}

/* However deep a page claims to be, what is asked of it takes a bounded time. */
static void
test_depth (void)
{
  g_autoptr (PhClarityTree) tree = ph_clarity_tree_new (NULL);
  g_autoptr (GArray) attributes = g_array_new (FALSE, FALSE, sizeof (PhClarityAttribute));
  PhClarityItem *parent = tree->page;

  for (gint32 id = 1; id < 100000; id++)
    {
      PhClarityItem *item = ph_clarity_add_item (tree, id, PH_CLARITY_ELEMENT);
      PhClarityNode node = node_of (tree, attributes, id - 1, 0);

      ph_clarity_put_item (tree, item, &node, parent);
      parent = item;
    }

  g_assert_true (ph_clarity_tree_holds (tree, ph_clarity_tree_find (tree, 100)));
  g_assert_false (ph_clarity_tree_holds (tree, ph_clarity_tree_find (tree, 99999)));
}

static void
test_adopt (void)
{
  g_autoptr (PhClarityTree) tree = ph_clarity_tree_new (NULL);
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint32));
  PhClarityItem *item;

  g_assert_true (ph_clarity_tree_adopt (tree, -1, numbers) == tree->page);
  g_assert_true (tree->page->adopted == numbers);
  g_assert_null (ph_clarity_tree_adopt (tree, 7, numbers));
  item = ph_clarity_add_item (tree, 7, PH_CLARITY_SHADOW);
  ph_clarity_take_awaited (tree, item, 7);
  g_assert_true (item->adopted == numbers);

  /* What was said before the page began anew still holds, but not on another page. */
  ph_clarity_tree_renew (tree);
  g_assert_true (tree->page->adopted == numbers);
  ph_clarity_tree_reset (tree);
  g_assert_null (tree->page->adopted);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/clarity-tree/attributes", test_attributes);
  g_test_add_func ("/clarity-tree/parked", test_parked);
  g_test_add_func ("/clarity-tree/depth", test_depth);
  g_test_add_func ("/clarity-tree/adopt", test_adopt);

  return g_test_run ();
}
