/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-dom-edit.h"
#include "ph-limits.h"

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

static void
test_order (void)
{
  PhSlot root;
  g_autoptr (PhDom) dom = make_page (&root);
  PhSlot a = add_element (dom, 2, root);
  PhSlot b = add_element (dom, 3, root);
  PhSlot c = add_element (dom, 4, root);
  g_autoptr (GString) order = g_string_new (NULL);

  g_assert_true (ph_dom_insert (dom, root, c, a));
  g_assert_true (ph_dom_insert (dom, root, c, c));
  g_assert_true (ph_dom_insert (dom, b, a, 0));
  ph_dom_check (dom);

  for (PhSlot slot = root; slot != 0; slot = ph_dom_next (dom, root, slot))
    g_string_append_printf (order, "%d ", ph_dom_node (dom, slot)->id);

  g_assert_cmpstr (order->str, ==, "1 4 3 2 ");
}

/* A node cannot come to stand in itself, nor too deep. */
static void
test_refusals (void)
{
  PhSlot root;
  g_autoptr (PhDom) dom = make_page (&root);
  PhSlot a = add_element (dom, 2, root);
  PhSlot b = add_element (dom, 3, a);
  PhSlot deep = b;
  PhSlot other;
  guint64 serial;

  g_assert_false (ph_dom_insert (dom, b, a, 0));
  g_assert_false (ph_dom_insert (dom, a, a, 0));
  g_assert_false (ph_dom_set_inner (dom, b, a));

  for (gint32 id = 10; ph_dom_node (dom, deep)->depth < PH_LIMIT_TREE_DEPTH; id++)
    deep = add_element (dom, id, deep);

  other = ph_dom_add (dom, 5000, PH_NODE_ELEMENT, 0);
  g_assert_false (ph_dom_insert (dom, deep, other, 0));
  ph_dom_remove (dom, other);

  /* A whole deep subtree cannot be moved further down either. */
  other = add_element (dom, 5001, root);
  serial = ph_dom_get_serial (dom);
  g_assert_false (ph_dom_insert (dom, other, a, 0));
  g_assert_cmpuint (ph_dom_get_serial (dom), ==, serial);
  ph_dom_check (dom);
}

static void
test_inner (void)
{
  PhSlot root;
  g_autoptr (PhDom) dom = make_page (&root);
  PhSlot host = add_element (dom, 2, root);
  PhSlot light = add_element (dom, 3, host);
  PhSlot shadow = ph_dom_add (dom, -2, PH_NODE_SHADOW_ROOT, 0);
  PhSlot inside;

  g_assert_true (ph_dom_set_inner (dom, host, shadow));
  inside = add_element (dom, 4, shadow);
  ph_dom_check (dom);
  g_assert_cmpuint (ph_dom_next (dom, root, host), ==, shadow);
  g_assert_cmpuint (ph_dom_next (dom, root, inside), ==, light);

  ph_dom_remove (dom, host);
  g_assert_cmpuint (ph_dom_find (dom, 4), ==, 0);
  g_assert_cmpuint (ph_dom_n_nodes (dom), ==, 1);
  ph_dom_check (dom);
}

static void
test_attribute_limit (void)
{
  PhSlot root;
  g_autoptr (PhDom) dom = make_page (&root);
  PhSlot slot = add_element (dom, 2, root);
  GRefString *value = g_ref_string_new ("x");

  for (guint i = 0; i < PH_LIMIT_ATTRIBUTES; i++)
    {
      g_autofree char *name = g_strdup_printf ("a%u", i);

      g_assert_true (ph_dom_set_attribute (dom, slot, intern (dom, name), value));
    }

  g_assert_false (ph_dom_set_attribute (dom, slot, intern (dom, "b"), value));
  g_assert_true (ph_dom_set_attribute (dom, slot, intern (dom, "a0"), NULL));
  g_assert_true (ph_dom_set_attribute (dom, slot, intern (dom, "a0"), NULL));
  g_assert_cmpuint (ph_dom_node (dom, slot)->attributes->n, ==, PH_LIMIT_ATTRIBUTES - 1);
  g_ref_string_release (value);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dom-edit/order", test_order);
  g_test_add_func ("/dom-edit/refusals", test_refusals);
  g_test_add_func ("/dom-edit/inner", test_inner);
  g_test_add_func ("/dom-edit/attribute-limit", test_attribute_limit);

  return g_test_run ();
}
