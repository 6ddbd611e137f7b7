/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-dom-edit.h"
#include "ph-dom-write.h"
#include "ph-limits.h"
#include "ph-test-dom.h"

#include <string.h>

#define N 6

/*
 * Amplitude makes one mutation of several that followed each other: where a node is added
 * more than once, the last says where it came to stand.
 */
static void
test_joined_mutations (void)
{
  g_autoptr (PhDom) dom = ph_test_page ("{'type':2,'tagName':'a','attributes':{},'id':20,"
                                        "'childNodes':[]},"
                                        "{'type':2,'tagName':'b','attributes':{},'id':21,"
                                        "'childNodes':[]}");
  g_autoptr (PhHealth) health = ph_health_new ();
  g_autofree char *html = NULL;

  ph_test_apply (
    dom, health,
    "[{'type':3,'timestamp':1,'data':{'source':0,'texts':[],'attributes':[],"
    "'removes':[{'parentId':3,'id':22},{'parentId':3,'id':20},{'parentId':3,'id':21}],'adds':["
    "{'parentId':3,'nextId':null,'node':{'type':2,'tagName':'c','attributes':{},'id':22}},"
    "{'parentId':22,'nextId':null,'node':{'type':3,'textContent':'in','id':24}},"
    "{'parentId':3,'nextId':20,'node':{'type':2,'tagName':'d','attributes':{},'id':23}},"
    "{'parentId':3,'nextId':21,'node':{'type':2,'tagName':'c','attributes':{},'id':22}},"
    "{'parentId':22,'nextId':null,'node':{'type':3,'textContent':'in','id':24}},"
    "{'parentId':3,'nextId':20,'node':{'type':2,'tagName':'b','attributes':{},'id':21}},"
    "{'parentId':3,'nextId':23,'node':{'type':2,'tagName':'a','attributes':{},'id':20}},"
    "{'parentId':3,'nextId':null,'node':{'type':2,'tagName':'d','attributes':{},'id':23}}]}}]");
  html = ph_dom_write_html (dom, PH_WRITE_RECORDED);
  g_assert_nonnull (strstr (html, "<c>in</c><b></b><a></a><d></d>"));
  g_assert_cmpuint (ph_health_total (health), ==, 0);
}

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

#define EL(id, tag) "{'type':2,'tagName':'" tag "','attributes':{},'childNodes':[],'id':" #id "}"
#define IN(id, tag, inside) \
  "{'type':2,'tagName':'" tag "','attributes':{},'id':" #id ",'childNodes':[" inside "]}"
#define TX(id, text) "{'type':3,'textContent':'" text "','id':" #id "}"
#define ADD(parent, next, node) "{'parentId':" #parent ",'nextId':" #next ",'node':" node "}"
#define OLD(parent, previous, next, node) \
  "{'parentId':" #parent ",'previousId':" #previous ",'nextId':" #next ",'node':" node "}"
#define OUT(parent, id) "{'parentId':" #parent ",'id':" #id "}"
#define SHADOW(id, tag) \
  "{'type':2,'tagName':'" tag "','attributes':{},'childNodes':[],'isShadow':true,'id':" #id "}"
#define ROOTED(id, tag, root) \
  "{'type':2,'tagName':'" tag "','attributes':{},'childNodes':[],'rootId':" #root ",'id':" #id "}"
#define ABC IN (10, "a", "") "," IN (11, "b", IN (12, "i", TX (13, "x"))) "," EL (14, "c")

#define ROW_END ADD (3, 23, EL (22, "m")) "," ADD (3, 10, EL (23, "o"))
#define ROW ADD (20, null, TX (21, "t")) "," ADD (3, 22, EL (20, "n")) "," ROW_END

/* What replays agree on, rule by rule (rrweb packages/rrweb/src/replay/index.ts). */
static void
test_rules (void)
{
  static const struct
  {
    const char *body;
    const char *removes;
    const char *adds;
    const char *html; /* of what is in <html> */
    guint unknown;    /* findings */
    guint unplaced;
  } rows[] = {
    /* Removals: unknown ones are told of; what an earlier one took along is not. */
    { ABC, OUT (3, 99), "", "<a></a><b><i>x</i></b><c></c>", 1, 0 },
    { ABC, OUT (3, 11) "," OUT (11, 12) "," OUT (12, 13), "", "<a></a><c></c>", 0, 0 },
    { ABC, OUT (12, 13) "," OUT (11, 12) "," OUT (3, 11), "", "<a></a><c></c>", 0, 0 },
    { ABC, OUT (3, 11) "," OUT (3, 11), "", "<a></a><c></c>", 0, 0 },
    /* Whatever the parent is said to be. */
    { ABC, OUT (99, 11), "", "<a></a><c></c>", 0, 0 },
    { ABC, "{'id':11},{},7,null", "", "<a></a><c></c>", 3, 0 },
    /* Never the page itself. */
    { ABC, OUT (0, 1), "", "<a></a><b><i>x</i></b><c></c>", 0, 0 },
    /* Removals come first: what is added again is new, and empty. */
    { ABC, OUT (3, 11), ADD (3, null, EL (11, "b")), "<a></a><c></c><b></b>", 0, 0 },
    /* A known node with the same name is moved, with what is in it. */
    { ABC, "", ADD (3, null, EL (11, "b")), "<a></a><c></c><b><i>x</i></b>", 0, 0 },
    { ABC, "", ADD (3, 10, EL (12, "i")), "<i>x</i><a></a><b></b><c></c>", 0, 0 },
    /* Before the next one where that is, else at the end. */
    { ABC, "", ADD (3, 11, EL (20, "n")), "<a></a><n></n><b><i>x</i></b><c></c>", 0, 0 },
    { ABC, "", ADD (3, null, EL (20, "n")), "<a></a><b><i>x</i></b><c></c><n></n>", 0, 0 },
    { ABC, "", ADD (3, 12, EL (20, "n")), "<a></a><b><i>x</i></b><c></c><n></n>", 0, 0 },
    { ABC, "", ADD (3, 99, EL (20, "n")), "<a></a><b><i>x</i></b><c></c><n></n>", 0, 0 },
    /* Behind the previous one when something follows it, whatever is next. */
    { ABC, "", OLD (3, 10, 14, EL (20, "n")), "<a></a><n></n><b><i>x</i></b><c></c>", 0, 0 },
    { ABC, "", OLD (3, 14, 10, EL (20, "n")), "<n></n><a></a><b><i>x</i></b><c></c>", 0, 0 },
    { ABC, "", OLD (3, 14, null, EL (20, "n")), "<a></a><b><i>x</i></b><c></c><n></n>", 0, 0 },
    { ABC, "", OLD (3, 99, 11, EL (20, "n")), "<a></a><n></n><b><i>x</i></b><c></c>", 0, 0 },
    /* −1: the neighbour comes later in the same event, or never. */
    { ABC, "",
      OLD (3, 10, -1, EL (20, "n")) "," OLD (3, 20, 11, EL (21, "m")),
      "<a></a><n></n><m></m><b><i>x</i></b><c></c>", 0, 0 },
    { ABC, "", OLD (3, 10, -1, EL (20, "n")), "<a></a><n></n><b><i>x</i></b><c></c>", 0, 0 },
    { ABC, "", OLD (3, -1, null, EL (20, "n")), "<a></a><b><i>x</i></b><c></c><n></n>", 0, 0 },
    /* The queue: parents and neighbours that come later, siblings in reverse. */
    { ABC, "",
      ROW,
      "<n>t</n><m></m><o></o><a></a><b><i>x</i></b><c></c>", 0, 0 },
    /* No parent ever: left out, with everything in it. */
    { ABC, "", ADD (99, null, EL (20, "n")) "," ADD (20, null, TX (21, "t")),
      "<a></a><b><i>x</i></b><c></c>", 0, 2 },
    /* A document that is not there. */
    { ABC, "", ADD (3, null, ROOTED (20, "n", 99)), "<a></a><b><i>x</i></b><c></c>", 0, 1 },
    { ABC, "", ADD (3, null, ROOTED (20, "n", 1)), "<a></a><b><i>x</i></b><c></c><n></n>", 0, 0 },
    /* Into a shadow root, which is made when it is missing. */
    { ABC, "", ADD (10, null, SHADOW (20, "n")) "," ADD (10, null, EL (21, "m")),
      "<a><template shadowrootmode=\"open\"><n></n></template><m></m></a><b><i>x</i></b><c></c>",
      0, 0 },
    { ABC, "", ADD (20, null, SHADOW (21, "m")) "," ADD (10, null, SHADOW (20, "n")),
      "<a><template shadowrootmode=\"open\"><n><template shadowrootmode=\"open\"><m></m>"
      "</template></n></template></a><b><i>x</i></b><c></c>",
      0, 0 },
    /* Texts of a textarea: the last one stays. */
    { IN (10, "textarea", TX (11, "a")), "", ADD (10, null, TX (12, "b")),
      "<textarea>b</textarea>", 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *body = ph_test_json (rows[i].body);
      g_autoptr (PhDom) dom = ph_test_page (body);
      g_autoptr (PhHealth) health = ph_health_new ();
      g_autofree char *html = NULL;
      g_autofree char *expected = g_strdup_printf ("<!DOCTYPE html><html>%s</html>", rows[i].html);
      g_autofree char *event = g_strdup_printf (
        "[{'type':3,'timestamp':1,'data':{'source':0,'texts':[],'attributes':[],'removes':[%s],"
        "'adds':[%s]}}]",
        rows[i].removes, rows[i].adds);

      g_test_message ("row %u", i);
      ph_test_apply (dom, health, event);
      html = ph_dom_write_html (dom, PH_WRITE_RECORDED);
      g_assert_cmpstr (html, ==, expected);
      g_assert_cmpuint (ph_health_count (health, PH_HEALTH_UNPLACED_NODE), ==, rows[i].unplaced);
      g_assert_cmpuint (ph_health_count (health, PH_HEALTH_UNKNOWN_NODE), ==, rows[i].unknown);
      g_assert_cmpuint (ph_health_total (health), ==, rows[i].unknown + rows[i].unplaced);
    }
}

/* Of a document that comes again: one doctype, one root element, the new ones. */
static void
test_document_parts (void)
{
  g_autoptr (PhDom) dom = ph_test_page ("");
  g_autoptr (PhHealth) health = ph_health_new ();
  g_autofree char *html = NULL;

  ph_test_apply (
    dom, health,
    "[{'type':3,'timestamp':1,'data':{'source':0,'removes':[],'texts':[],'attributes':[],"
    "'adds':[{'parentId':1,'nextId':null,'node':{'type':1,'name':'html','publicId':'p',"
    "'systemId':'s','id':20}},"
    "{'parentId':1,'nextId':null,'node':{'type':2,'tagName':'html','attributes':{'n':'2'},"
    "'id':21}},"
    "{'parentId':21,'nextId':null,'node':{'type':3,'textContent':'t','id':22}}]}}]");
  html = ph_dom_write_html (dom, PH_WRITE_RECORDED);
  g_assert_cmpstr (html, ==, "<!DOCTYPE html PUBLIC \"p\" \"s\"><html n=\"2\">t</html>");
  g_assert_cmpuint (ph_health_total (health), ==, 0);
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

#define PAGE(id, inside) \
  "{'parentId':10,'nextId':null,'node':{'type':0,'id':" #id ",'childNodes':[" inside "]}}"
#define CHANGE(adds)                                                     \
  "[{'type':3,'timestamp':1,'data':{'source':0,'removes':[],'texts':[]," \
  "'attributes':[],'adds':[" adds "]}}]"

/* A page written with document.open() has the id, and then nodes, of the one it replaces. */
static void
test_written_page (void)
{
  static const char *const events[] = {
    CHANGE (PAGE (20, ROOTED (21, "html", 20))),
    CHANGE (PAGE (20, ROOTED (22, "html", 20))),
    CHANGE (ADD (22, null, ROOTED (23, "p", 20))),
  };
  g_autofree char *body = ph_test_json (EL (10, "iframe"));
  g_autoptr (PhDom) dom = ph_test_page (body);
  g_autoptr (PhHealth) health = ph_health_new ();
  g_autofree char *html = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    ph_test_apply (dom, health, events[i]);

  html = ph_dom_write_html (dom, PH_WRITE_RECORDED);
  g_assert_cmpstr (html, ==, "<!DOCTYPE html><html><iframe><html><p></p></html></iframe></html>");
  g_assert_cmpuint (ph_dom_find (dom, 20), !=, 0);
  g_assert_cmpuint (ph_dom_find (dom, 21), ==, 0);
  g_assert_cmpuint (ph_health_total (health), ==, 0);
}

/* One event that moves a large tree from ever deeper places is stopped. */
static void
test_endless_moves (void)
{
  const guint n_nodes = 250000, depth = 400;
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (GString) event = g_string_new (NULL);
  g_autoptr (PhHealth) health = ph_health_new ();
  g_autoptr (PhDom) dom = NULL;

  for (guint i = 0; i < depth; i++)
    g_string_append_printf (
      body, "{'type':2,'tagName':'c','attributes':{},'id':%u,'childNodes':[", 10 + i);

  for (guint i = 0; i < n_nodes; i++)
    g_string_append_printf (body, "%s{'type':3,'textContent':'','id':%u}", i > 0 ? "," : "",
                            10 + depth + i);

  for (guint i = 0; i < depth; i++)
    g_string_append (body, "]}");

  dom = ph_test_page (body->str);
  g_string_append (event, "[{'type':3,'timestamp':1,'data':{'source':0,'removes':[],'texts':[],"
                          "'attributes':[],'adds':[");

  for (guint i = 1; i < depth; i++)
    g_string_append_printf (event,
                            "%s{'parentId':3,'nextId':null,'node':{'type':2,'tagName':'c',"
                            "'attributes':{},'id':%u}}",
                            i > 1 ? "," : "", 10 + i);

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

  g_test_add_func ("/dom-mutate/joined-mutations", test_joined_mutations);
  g_test_add_func ("/dom-mutate/adds-in-any-order", test_adds_in_any_order);
  g_test_add_func ("/dom-mutate/rules", test_rules);
  g_test_add_func ("/dom-mutate/document-parts", test_document_parts);
  g_test_add_func ("/dom-mutate/circles", test_circles);
  g_test_add_func ("/dom-mutate/moved-out-of-replaced", test_moved_out_of_replaced);
  g_test_add_func ("/dom-mutate/row-of-unknown-neighbours", test_row_of_unknown_neighbours);
  g_test_add_func ("/dom-mutate/endless-moves", test_endless_moves);
  g_test_add_func ("/dom-mutate/written-page", test_written_page);

  return g_test_run ();
}
