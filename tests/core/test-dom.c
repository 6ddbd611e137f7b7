/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-dom-edit.h"

static PhDom *
make_page (PhSlot *root)
{
  g_autoptr (PhNames) names = ph_names_new ();
  PhDom *dom = ph_dom_new (names);

  ph_dom_clear (dom, 1);
  *root = ph_dom_add (dom, 1, PH_NODE_DOCUMENT, 0);
  ph_dom_set_root (dom, *root);

  return dom;
}

static PhName
intern (PhDom *dom,
        const char *text)
{
  return ph_names_intern (ph_dom_get_names (dom), text);
}

static PhSlot
add_element (PhDom *dom,
             gint32 id,
             PhSlot parent)
{
  PhSlot slot = ph_dom_add (dom, id, PH_NODE_ELEMENT, intern (dom, "p"));

  g_assert_cmpuint (slot, !=, 0);
  g_assert_true (ph_dom_insert (dom, parent, slot, 0));

  return slot;
}

/* Ids can be found however many came and went. */
static void
test_ids (void)
{
  PhSlot root;
  g_autoptr (PhDom) dom = make_page (&root);
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  g_autoptr (GHashTable) there = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < 20000; i++)
    {
      gint32 id = g_rand_int_range (rand, 2, 600);
      PhSlot slot = ph_dom_find (dom, id);

      g_assert_cmpint (slot != 0, ==, g_hash_table_contains (there, GINT_TO_POINTER (id)));

      if (slot == 0)
        {
          add_element (dom, id, root);
          g_hash_table_add (there, GINT_TO_POINTER (id));
        }
      else
        {
          ph_dom_remove (dom, slot);
          g_hash_table_remove (there, GINT_TO_POINTER (id));
        }
    }

  ph_dom_check (dom);
  g_assert_cmpuint (ph_dom_n_nodes (dom), ==, g_hash_table_size (there) + 1);
  /* Slots of what went are used again. */
  g_assert_cmpuint (ph_dom_n_slots (dom), <, 700);
  g_assert_cmpuint (ph_dom_add (dom, 1, PH_NODE_ELEMENT, 0), ==, 0);
}

/* A copy and its original do not see each other's changes. */
static void
test_copies (void)
{
  PhSlot root;
  g_autoptr (PhDom) dom = make_page (&root);
  PhSlot first = add_element (dom, 2, root);
  PhName name = intern (dom, "class");
  g_autoptr (PhDom) copy = NULL;
  GRefString *one = g_ref_string_new ("one");
  GRefString *two = g_ref_string_new ("two");

  ph_dom_set_attribute (dom, first, name, one);
  ph_dom_edit_state (dom, first)->checked = 1;
  copy = ph_dom_copy (dom);
  g_assert_cmpuint (ph_dom_get_serial (dom), ==, ph_dom_get_serial (copy));

  ph_dom_set_attribute (copy, first, name, two);
  ph_dom_edit_state (copy, first)->checked = 0;
  add_element (copy, 3, first);
  ph_dom_set_attribute (dom, first, intern (dom, "id"), two);

  g_assert_cmpuint (ph_dom_get_serial (dom), !=, ph_dom_get_serial (copy));
  g_assert_cmpstr (ph_dom_attribute (dom, first, "class"), ==, "one");
  g_assert_cmpstr (ph_dom_attribute (copy, first, "class"), ==, "two");
  g_assert_cmpstr (ph_dom_attribute (dom, first, "id"), ==, "two");
  g_assert_null (ph_dom_attribute (copy, first, "id"));
  g_assert_cmpint (ph_dom_node (dom, first)->state->checked, ==, 1);
  g_assert_cmpint (ph_dom_node (copy, first)->state->checked, ==, 0);
  g_assert_cmpuint (ph_dom_find (dom, 3), ==, 0);
  g_assert_cmpuint (ph_dom_find (copy, 3), !=, 0);
  ph_dom_check (dom);
  ph_dom_check (copy);
  g_ref_string_release (one);
  g_ref_string_release (two);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dom/ids", test_ids);
  g_test_add_func ("/dom/copies", test_copies);

  return g_test_run ();
}
