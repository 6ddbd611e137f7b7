/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-dom-build.h"
#include "ph-limits.h"
#include "ph-test-dom.h"

#include <string.h>

static PhDom *
build (const char *node,
       PhHealth *health)
{
  g_autoptr (PhNames) names = ph_names_new ();
  g_autofree char *text = ph_test_json (node);
  g_autoptr (PhJson) json = ph_json_new ();
  g_autoptr (GError) error = NULL;
  PhDom *dom = ph_dom_new (names);
  PhEvent event = { .order = 0 };
  PhBuild work = ph_build_begin (dom, health, &event);
  PhJsonValue root;

  ph_json_parse (json, text, strlen (text), &root, &error);
  g_assert_no_error (error);
  ph_dom_clear (dom, 1);
  ph_build_node (&work, root, 0, 0);
  ph_dom_check (dom);

  return dom;
}

/* A page nested deeper than the limit keeps what fits and says so. */
static void
test_too_deep (void)
{
  g_autoptr (GString) text = g_string_new ("{'type':0,'id':1,'childNodes':[");
  g_autoptr (PhHealth) health = ph_health_new ();
  g_autoptr (PhDom) dom = NULL;
  guint depth = PH_LIMIT_TREE_DEPTH + 50;

  for (guint i = 0; i < depth; i++)
    g_string_append_printf (text, "{'type':2,'tagName':'b','attributes':{},'id':%u,"
                                  "'childNodes':[",
                            i + 2);

  for (guint i = 0; i < depth; i++)
    g_string_append (text, "]}");

  g_string_append (text, "]}");
  dom = build (text->str, health);

  g_assert_cmpuint (ph_dom_n_nodes (dom), ==, PH_LIMIT_TREE_DEPTH + 1);
  g_assert_cmpuint (ph_health_count (health, PH_HEALTH_UNPLACED_NODE), ==, 1);
}

static void
test_too_many_attributes (void)
{
  g_autoptr (GString) text = g_string_new (
    "{'type':0,'id':1,'childNodes':[{'type':2,'tagName':'b','id':2,'childNodes':[],"
    "'attributes':{'first':'1'");
  g_autoptr (PhHealth) health = ph_health_new ();
  g_autoptr (PhDom) dom = NULL;
  PhSlot slot;

  for (guint i = 0; i < PH_LIMIT_ATTRIBUTES; i++)
    g_string_append_printf (text, ",'a%u':''", i);

  g_string_append (text, "}}]}");
  dom = build (text->str, health);

  slot = ph_dom_find (dom, 2);
  g_assert_cmpuint (ph_dom_node (dom, slot)->attributes->n, ==, PH_LIMIT_ATTRIBUTES);
  g_assert_cmpuint (ph_health_count (health, PH_HEALTH_LIMIT), ==, 1);
}

static void
test_attribute_twice (void)
{
  g_autoptr (PhDom) dom = build ("{'type':0,'id':1,'childNodes':[{'type':2,'tagName':'b','id':2,"
                                 "'attributes':{'x':'1','y':'2','x':'3'},'childNodes':[]}]}",
                                 NULL);
  PhSlot slot = ph_dom_find (dom, 2);

  g_assert_cmpuint (ph_dom_node (dom, slot)->attributes->n, ==, 2);
  g_assert_cmpstr (ph_dom_attribute (dom, slot, "x"), ==, "3");
}

/* NUL cannot stand in a page: nothing is cut off at it. */
static void
test_nul (void)
{
  g_autoptr (PhDom) dom = build ("{'type':0,'id':1,'childNodes':[{'type':2,'tagName':'b',"
                                 "'attributes':{'x':'a\\u0000b'},'id':2,'childNodes':["
                                 "{'type':3,'textContent':'c\\u0000d','id':3}]}]}",
                                 NULL);

  g_assert_cmpstr (ph_dom_attribute (dom, ph_dom_find (dom, 2), "x"), ==, "a b");
  g_assert_cmpstr (ph_dom_node (dom, ph_dom_find (dom, 3))->text, ==, "c d");
}

/* Ids that are none, or taken, do not cost the node its place. */
static void
test_odd_ids (void)
{
  g_autoptr (PhHealth) health = ph_health_new ();
  g_autoptr (PhDom) dom = build (
    "{'type':0,'id':1,'childNodes':[{'type':2,'tagName':'b','attributes':{},'id':2,"
    "'childNodes':[{'type':3,'textContent':'a','id':2},{'type':3,'textContent':'b'},"
    "{'type':3,'textContent':'c','id':99999999999},{'type':3,'textContent':'d','id':-7},"
    "{'type':3,'textContent':'e','id':1073741824}]}]}",
    health);

  g_assert_cmpuint (ph_dom_n_nodes (dom), ==, 7);
  g_assert_cmpuint (ph_health_count (health, PH_HEALTH_DUPLICATE_NODE), ==, 1);
  g_assert_cmpuint (ph_health_count (health, PH_HEALTH_ODD_VALUE), ==, 4);
}

/*
 * Nodes without ids get free ones without a search through those given out
 * before: never more than a few steps from where the event begins to look.
 */
static void
test_free_ids (void)
{
  g_autoptr (PhNames) names = ph_names_new ();
  g_autoptr (PhJson) json = ph_json_new ();
  g_autoptr (PhDom) dom = ph_dom_new (names);
  static const char text[] = "{\"type\":2,\"tagName\":\"p\",\"attributes\":{},\"childNodes\":[]}";
  PhSlot root = ph_dom_add (dom, 1, PH_NODE_DOCUMENT, 0);
  PhSlot html = ph_dom_add (dom, 2, PH_NODE_ELEMENT, ph_names_intern (names, "html"));

  ph_dom_set_root (dom, root);
  g_assert_true (ph_dom_insert (dom, root, html, 0));

  for (guint64 order = 0; order < 20000; order++)
    {
      PhEvent event = { .order = order };
      PhBuild work = ph_build_begin (dom, NULL, &event);
      gint32 first = work.next_odd;
      PhJsonValue node;
      PhSlot slot;

      g_assert_true (ph_json_parse (json, text, sizeof text - 1, &node, NULL));
      slot = ph_build_node (&work, node, html, 0);
      g_assert_cmpuint (slot, !=, 0);
      g_assert_cmpint (ph_dom_node (dom, slot)->id, <=, first);
      g_assert_cmpint (ph_dom_node (dom, slot)->id, >, first - 4);
    }

  ph_dom_check (dom);
}

/* A limit on what one event may cost, told once it is passed. */
static void
test_work (void)
{
  g_autoptr (PhNames) names = ph_names_new ();
  g_autoptr (PhDom) dom = ph_dom_new (names);
  g_autoptr (PhHealth) health = ph_health_new ();
  PhEvent event = { .order = 7 };
  PhBuild work = ph_build_begin (dom, health, &event);

  g_assert_true (ph_build_take_work (&work, PH_LIMIT_EVENT_WORK - 1));
  g_assert_true (ph_build_take_work (&work, 1));
  g_assert_cmpuint (ph_health_total (health), ==, 0);
  g_assert_false (ph_build_take_work (&work, 1));
  g_assert_false (ph_build_take_work (&work, 0));
  g_assert_cmpuint (ph_health_count (health, PH_HEALTH_LIMIT), ==, 2);

  work = ph_build_begin (dom, health, &event);
  g_assert_true (ph_build_take_work (&work, 1));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dom-build/too-deep", test_too_deep);
  g_test_add_func ("/dom-build/too-many-attributes", test_too_many_attributes);
  g_test_add_func ("/dom-build/attribute-twice", test_attribute_twice);
  g_test_add_func ("/dom-build/nul", test_nul);
  g_test_add_func ("/dom-build/odd-ids", test_odd_ids);
  g_test_add_func ("/dom-build/free-ids", test_free_ids);
  g_test_add_func ("/dom-build/work", test_work);

  return g_test_run ();
}
