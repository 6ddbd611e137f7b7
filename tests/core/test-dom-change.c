/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-dom-change.h"
#include "ph-dom-write.h"
#include "ph-test-dom.h"

#define EL(id, tag, attributes, inside)                                   \
  "{'type':2,'tagName':'" tag "','attributes':{" attributes "},'id':" #id \
  ",'childNodes':[" inside "]}"
#define TX(id, text) "{'type':3,'textContent':'" text "','id':" #id "}"

#define ADD(parent, node) "{'parentId':" #parent ",'nextId':null,'node':" node "}"
#define CHANGED \
  "'texts':[{'id':11,'value':'b'}],'attributes':[{'id':10,'attributes':{'x':'2'}}]"

static void
test_rules (void)
{
  static const struct
  {
    const char *body;
    const char *members; /* of the mutation */
    const char *html;
    guint unknown; /* findings */
  } rows[] = {
    { TX (10, "a"), "'texts':[{'id':10,'value':'b'}]", "b", 0 },
    /* The last one wins. */
    { TX (10, "a"), "'texts':[{'id':10,'value':'b'},{'id':10,'value':'c'}]", "c", 0 },
    { TX (10, "a"), "'texts':[{'id':10,'value':null}]", "", 0 },
    { TX (10, "a"), "'texts':[{'id':11,'value':'b'},{'value':'b'},{'id':-1},7]", "a", 4 },
    /* Texts of what is no text. */
    { EL (10, "p", "", TX (11, "a")), "'texts':[{'id':10,'value':'b'}]", "<p>a</p>", 0 },
    { EL (10, "p", "'x':'1'", ""), "'attributes':[{'id':10,'attributes':{'x':'2','y':''}}]",
      "<p x=\"2\" y=\"\"></p>", 0 },
    { EL (10, "p", "'x':'1'", ""), "'attributes':[{'id':10,'attributes':{'x':null}}]",
      "<p></p>", 0 },
    { EL (10, "p", "", ""), "'attributes':[{'id':10,'attributes':{'x':true,'y':7,'z':1.5}}]",
      "<p x=\"\" y=\"7\" z=\"1.5\"></p>", 0 },
    { EL (10, "option", "'selected':true", ""),
      "'attributes':[{'id':10,'attributes':{'selected':false}}]", "<option></option>", 0 },
    { EL (10, "p", "", ""), "'attributes':[{'id':11,'attributes':{'x':'2'}},{}]", "<p></p>", 2 },
    { TX (10, "a"), "'attributes':[{'id':10,'attributes':{'x':'2'}}]", "a", 0 },
    /* What the same event takes out may be spoken of. */
    { EL (10, "p", "", TX (11, "a")),
      "'removes':[{'parentId':3,'id':10},{'parentId':10,'id':11}],"
      "'texts':[{'id':11,'value':'b'}],'attributes':[{'id':10,'attributes':{'x':'2'}}]",
      "", 0 },
    /* style: as a text, and property by property. */
    { EL (10, "p", "'style':'color: red; top: 1px'", ""),
      "'attributes':[{'id':10,'attributes':{'style':{'color':false,'left':'2px',"
      "'top':['3px','important'],'--x':'y'}}}]",
      "<p style=\"left: 2px; top: 3px !important; --x: y;\"></p>", 0 },
    { EL (10, "p", "'style':'color: red'", ""),
      "'attributes':[{'id':10,'attributes':{'style':'left: 1px'}}]",
      "<p style=\"left: 1px\"></p>", 0 },
    /* Order: an added node may be changed in the same event. */
    { "",
      "'adds':[" ADD (3, EL (10, "p", "", "")) "," ADD (10, TX (11, "a")) "]," CHANGED,
      "<p x=\"2\">b</p>", 0 },
    /* The value of a textarea is its text. */
    { EL (10, "textarea", "", TX (11, "a")),
      "'attributes':[{'id':10,'attributes':{'value':'b'}}]",
      "<textarea>b</textarea>", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *body = ph_test_json (rows[i].body);
      g_autoptr (PhDom) dom = ph_test_page (body);
      g_autoptr (PhHealth) health = ph_health_new ();
      g_autofree char *html = NULL;
      g_autofree char *expected = g_strdup_printf ("<!DOCTYPE html><html>%s</html>", rows[i].html);
      g_autofree char *event =
        g_strdup_printf ("[{'type':3,'timestamp':1,'data':{'source':0,%s}}]", rows[i].members);

      g_test_message ("row %u", i);
      ph_test_apply (dom, health, event);
      html = ph_dom_write_html (dom, PH_WRITE_RECORDED);
      g_assert_cmpstr (html, ==, expected);
      g_assert_cmpuint (ph_health_count (health, PH_HEALTH_UNKNOWN_NODE), ==, rows[i].unknown);
      g_assert_cmpuint (ph_health_total (health), ==, rows[i].unknown);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dom-change/rules", test_rules);

  return g_test_run ();
}
