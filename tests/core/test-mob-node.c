/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-mob-node.h"

#include "ph-limits.h"

static PhMobNode *
make (gint32 id)
{
  return ph_mob_node_new (PH_MOB_ELEMENT, id);
}

static void
free_cb (PhMobNode *node,
         gpointer user_data)
{
  g_string_append_printf (user_data, "%d ", node->id);
  ph_mob_node_free (node);
}

static char *
write_after (PhMobNode *top)
{
  GString *out = g_string_new (NULL);

  for (PhMobNode *node = top; node != NULL; node = ph_mob_node_after (node, top))
    g_string_append_printf (out, "%d ", node->id);

  return g_string_free (out, FALSE);
}

static void
test_places (void)
{
  PhMobNode *top = make (1);
  PhMobNode *nodes[6];
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GString) freed = g_string_new (NULL);

  for (guint i = 0; i < 6; i++)
    nodes[i] = make ((gint32) i + 10);

  ph_mob_node_insert (nodes[0], top, 0);
  ph_mob_node_insert (nodes[1], top, 99);
  ph_mob_node_insert (nodes[2], top, G_MAXINT64);
  ph_mob_node_insert (nodes[3], top, 0);
  ph_mob_node_insert (nodes[4], nodes[0], 0);
  nodes[5]->kind = PH_MOB_SHADOW;
  nodes[5]->parent = nodes[0];
  nodes[0]->root = nodes[5];
  before = write_after (top);
  g_assert_cmpstr (before, ==, "1 13 10 15 14 11 12 ");
  g_assert_true (ph_mob_node_next (nodes[3]) == nodes[0]);
  g_assert_null (ph_mob_node_next (nodes[2]));

  /* It leaves its old place before the new one is counted. */
  ph_mob_node_insert (nodes[3], top, 2);
  ph_mob_node_insert (nodes[2], nodes[5], 0);
  after = write_after (top);
  g_assert_cmpstr (after, ==, "1 10 15 12 14 11 13 ");
  ph_mob_node_each (top, free_cb, freed);
  g_assert_cmpstr (freed->str, ==, "12 15 14 10 11 13 1 ");
}

static void
test_inside (void)
{
  PhMobNode *top = make (1);
  PhMobNode *at = top;
  PhMobNode *other = make (2);
  g_autoptr (GString) freed = g_string_new (NULL);

  for (gint32 i = 0; i < PH_LIMIT_TREE_DEPTH + 200; i++)
    {
      PhMobNode *node = make (i + 10);

      ph_mob_node_insert (node, at, 0);
      g_assert_true (ph_mob_node_is_inside (node, top));
      g_assert_cmpint (ph_mob_node_is_inside (node, other), ==, i > PH_LIMIT_TREE_DEPTH + 98);
      at = node;
    }

  g_assert_false (ph_mob_node_is_inside (top, at));
  ph_mob_node_each (top, free_cb, freed);
  ph_mob_node_free (other);
}

static void
test_attributes (void)
{
  PhMobNode *node = make (1);

  g_assert_null (ph_mob_node_attribute (node, "a"));
  g_assert_true (ph_mob_node_set_attribute (node, "a", NULL));
  g_assert_true (ph_mob_node_set_attribute (node, "a", g_strdup ("1")));
  g_assert_true (ph_mob_node_set_attribute (node, "b", g_strdup ("2")));
  g_assert_true (ph_mob_node_set_attribute (node, "a", g_strdup ("3")));
  g_assert_cmpstr (ph_mob_node_attribute (node, "a"), ==, "3");
  g_assert_true (ph_mob_node_set_attribute (node, "a", NULL));
  g_assert_null (ph_mob_node_attribute (node, "a"));
  g_assert_cmpstr (ph_mob_node_attribute (node, "b"), ==, "2");

  for (guint i = 1; i < PH_LIMIT_ATTRIBUTES; i++)
    {
      g_autofree char *name = g_strdup_printf ("n%u", i);

      g_assert_true (ph_mob_node_set_attribute (node, name, g_strdup ("")));
    }

  g_assert_false (ph_mob_node_set_attribute (node, "more", g_strdup ("")));
  g_assert_true (ph_mob_node_set_attribute (node, "b", g_strdup ("4")));
  ph_mob_node_free (node);
  ph_mob_node_free (NULL);
}

/* As many places as there may be nodes, at the worst end. */
static void
test_many (void)
{
  PhMobNode *top = make (1);
  g_autoptr (GString) freed = g_string_new (NULL);
  gint64 begin = g_get_monotonic_time ();

  for (gint32 i = 0; i < 100000; i++)
    ph_mob_node_insert (make (i + 2), top, 0);

  g_assert_cmpint (g_get_monotonic_time () - begin, <, 20 * G_USEC_PER_SEC);
  ph_mob_node_each (top, free_cb, freed);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/mob-node/places", test_places);
  g_test_add_func ("/mob-node/inside", test_inside);
  g_test_add_func ("/mob-node/attributes", test_attributes);
  g_test_add_func ("/mob-node/many", test_many);

  return g_test_run ();
}
