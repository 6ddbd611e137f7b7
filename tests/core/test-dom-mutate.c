/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-dom-edit.h"
#include "ph-dom-write.h"
#include "ph-limits.h"
#include "ph-test-dom.h"

#define N 6

static void
shuffle (GRand *rand,
         guint *order)
{
  for (guint i = N - 1; i > 0; i--)
    {
      guint k = (guint) g_rand_int_range (rand, 0, (gint32) i + 1);
      guint swapped = order[i];

      order[i] = order[k];
      order[k] = swapped;
    }
}

/*
 * A recorder names neighbours and parents that come later in the same event:
 * the order of the adds must not matter.
 */
static void
test_adds_in_any_order (void)
{
  static const char *const adds[N] = {
    "{'parentId':3,'nextId':null,'node':{'type':2,'tagName':'e','attributes':{},'id':24}}",
    "{'parentId':3,'nextId':24,'node':{'type':2,'tagName':'d','attributes':{},'id':23}}",
    "{'parentId':3,'nextId':23,'node':{'type':2,'tagName':'c','attributes':{},'id':22}}",
    "{'parentId':22,'nextId':null,'node':{'type':2,'tagName':'g','attributes':{},'id':26}}",
    "{'parentId':22,'nextId':26,'node':{'type':3,'textContent':'f','id':25}}",
    "{'parentId':26,'nextId':null,'node':{'type':3,'textContent':'h','id':27}}",
  };
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  guint order[N] = { 0, 1, 2, 3, 4, 5 };

  for (guint round = 0; round < 300; round++)
    {
      g_autoptr (PhDom) dom = ph_test_page ("{'type':2,'tagName':'b','attributes':{},'id':20,"
                                            "'childNodes':[]}");
      g_autoptr (PhHealth) health = ph_health_new ();
      g_autoptr (GString) event = g_string_new (
        "[{'type':3,'timestamp':1,'data':{'source':0,'removes':[],'texts':[],"
        "'attributes':[],'adds':[");
      g_autofree char *html = NULL;

      shuffle (rand, order);

      for (guint i = 0; i < N; i++)
        g_string_append_printf (event, "%s%s", i > 0 ? "," : "", adds[order[i]]);

      g_string_append (event, "]}}]");
      ph_test_apply (dom, health, event->str);
      html = ph_dom_write_html (dom, PH_WRITE_RECORDED);
      g_assert_cmpstr (html, ==,
                       "<!DOCTYPE html><html><b></b><c>f<g>h</g></c><d></d><e></e></html>");
      g_assert_cmpuint (ph_health_total (health), ==, 0);
    }
}

/* Nodes that wait for each other never get a place, and nothing hangs. */
static void
test_circles (void)
{
  g_autoptr (PhDom) dom = ph_test_page ("");
  g_autoptr (PhHealth) health = ph_health_new ();
  g_autofree char *html = NULL;

  ph_test_apply (
    dom, health,
    "[{'type':3,'timestamp':1,'data':{'source':0,'removes':[],'texts':[],'attributes':[],"
    "'adds':["
    "{'parentId':31,'nextId':null,'node':{'type':2,'tagName':'a','attributes':{},'id':30}},"
    "{'parentId':30,'nextId':null,'node':{'type':2,'tagName':'b','attributes':{},'id':31}},"
    "{'parentId':3,'nextId':33,'node':{'type':2,'tagName':'c','attributes':{},'id':32}},"
    "{'parentId':3,'nextId':32,'node':{'type':2,'tagName':'d','attributes':{},'id':33}}"
    "]}}]");
  html = ph_dom_write_html (dom, PH_WRITE_RECORDED);

  /* Two that each stand before the other: both are shown, in some order. */
  g_assert_cmpstr (html, ==, "<!DOCTYPE html><html><d></d><c></c></html>");
  g_assert_cmpuint (ph_health_count (health, PH_HEALTH_UNPLACED_NODE), ==, 2);
}

/*
 * rrweb 1.0 wrote −1 for a neighbour that had no id yet: of a row of new nodes
 * only the last says where it goes, and each draws the one before it along.
 */
static void
test_row_of_unknown_neighbours (void)
{
  g_autoptr (PhDom) dom = ph_test_page ("");
  g_autoptr (PhHealth) health = ph_health_new ();
  g_autofree char *html = NULL;

  ph_test_apply (
    dom, health,
    "[{'type':3,'timestamp':1,'data':{'source':0,'removes':[],'texts':[],'attributes':[],"
    "'adds':["
    "{'parentId':3,'previousId':null,'nextId':-1,"
    "'node':{'type':2,'tagName':'a','attributes':{},'id':40}},"
    "{'parentId':40,'previousId':null,'nextId':-1,'node':{'type':3,'textContent':'1','id':41}},"
    "{'parentId':40,'previousId':41,'nextId':-1,'node':{'type':3,'textContent':'2','id':42}},"
    "{'parentId':40,'previousId':42,'nextId':null,'node':{'type':3,'textContent':'3','id':43}},"
    "{'parentId':3,'previousId':40,'nextId':-1,"
    "'node':{'type':2,'tagName':'b','attributes':{},'id':44}},"
    "{'parentId':3,'previousId':44,'nextId':-1,"
    "'node':{'type':2,'tagName':'c','attributes':{},'id':45}},"
    "{'parentId':3,'previousId':45,'nextId':null,"
    "'node':{'type':2,'tagName':'d','attributes':{},'id':46}}"
    "]}}]");
  html = ph_dom_write_html (dom, PH_WRITE_RECORDED);
  g_assert_cmpstr (html, ==, "<!DOCTYPE html><html><a>123</a><b></b><c></c><d></d></html>");
  g_assert_cmpuint (ph_health_total (health), ==, 0);
}

/* A document has one element: a new one that comes from inside the old one outlives it. */
static void
test_moved_out_of_replaced (void)
{
  g_autoptr (PhDom) dom = ph_test_page (
    "{\"type\":2,\"tagName\":\"b\",\"attributes\":{},\"id\":10,\"childNodes\":["
    "{\"type\":3,\"textContent\":\"1\",\"id\":11}]}");
  g_autoptr (PhHealth) health = ph_health_new ();
  g_autofree char *html = NULL;

  ph_test_apply (
    dom, health,
    "[{'type':3,'timestamp':1,'data':{'source':0,'removes':[],'texts':[],'attributes':[],"
    "'adds':[{'parentId':1,'nextId':null,"
    "'node':{'type':2,'tagName':'b','attributes':{},'id':10}}]}}]");
  html = ph_dom_write_html (dom, PH_WRITE_RECORDED);
  g_assert_cmpstr (html, ==, "<!DOCTYPE html><b>1</b>");
}

/* One event that moves a large tree up and down without end is stopped. */
static void
test_endless_moves (void)
{
  const guint n_nodes = 50000;
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (GString) event = g_string_new (NULL);
  g_autoptr (PhHealth) health = ph_health_new ();
  g_autoptr (PhDom) dom = NULL;

  g_string_append (body, "{'type':2,'tagName':'a','attributes':{},'id':10,'childNodes':["
                         "{'type':2,'tagName':'b','attributes':{},'id':11,'childNodes':[]}]},"
                         "{'type':2,'tagName':'c','attributes':{},'id':12,'childNodes':[");

  for (guint i = 0; i < n_nodes; i++)
    g_string_append_printf (body, "%s{'type':3,'textContent':'','id':%u}", i > 0 ? "," : "",
                            100 + i);

  g_string_append (body, "]}");
  dom = ph_test_page (body->str);
  g_string_append (event, "[{'type':3,'timestamp':1,'data':{'source':0,'removes':[],'texts':[],"
                          "'attributes':[],'adds':[");

  for (guint i = 0; i < 4 * (PH_LIMIT_EVENT_WORK / n_nodes); i++)
    g_string_append_printf (event,
                            "%s{'parentId':%u,'nextId':null,'node':{'type':2,'tagName':'c',"
                            "'attributes':{},'id':12}}",
                            i > 0 ? "," : "", i % 2 == 0 ? 11 : 10);

  g_string_append (event, "]}}]");
  ph_test_apply (dom, health, event->str);
  ph_dom_check (dom);
  g_assert_cmpuint (ph_dom_get_walked (dom), >, PH_LIMIT_EVENT_WORK / 2);
  g_assert_cmpuint (ph_dom_get_walked (dom), <, PH_LIMIT_EVENT_WORK + (guint64) 4 * n_nodes);
  g_assert_cmpuint (ph_health_count (health, PH_HEALTH_LIMIT), >, 0);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dom-mutate/adds-in-any-order", test_adds_in_any_order);
  g_test_add_func ("/dom-mutate/circles", test_circles);
  g_test_add_func ("/dom-mutate/moved-out-of-replaced", test_moved_out_of_replaced);
  g_test_add_func ("/dom-mutate/row-of-unknown-neighbours", test_row_of_unknown_neighbours);
  g_test_add_func ("/dom-mutate/endless-moves", test_endless_moves);

  return g_test_run ();
}
