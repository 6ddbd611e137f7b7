/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-css-rules.h"
#include "ph-test-dom.h"

#include <string.h>

/* What kinds of changes there are is in tests/fixtures/apply (test-dom-apply); here is the rest. */

/* A sheet that scripts write to, rule by rule, is changed in place; copies of the page are not. */
static void
test_rules_in_place (void)
{
  static const char add[] = "[{'type':3,'timestamp':1,'data':{'source':8,'id':10,"
                            "'adds':[{'rule':'b{}','index':0}]}}]";
  g_autoptr (PhDom) dom = ph_test_page (
    "{\"type\":2,\"tagName\":\"style\",\"attributes\":{\"_cssText\":\"a{}\"},\"id\":10,"
    "\"childNodes\":[]}");
  g_autoptr (PhDom) copy = NULL;
  PhSlot slot = ph_dom_find (dom, 10);
  const GPtrArray *rules;

  ph_test_apply (dom, NULL, add);
  rules = ph_dom_node (dom, slot)->state->rules;
  ph_test_apply (dom, NULL, add);
  g_assert_true (ph_dom_node (dom, slot)->state->rules == rules);
  g_assert_cmpuint (rules->len, ==, 3);

  copy = ph_dom_copy (dom);
  ph_test_apply (dom, NULL, add);
  g_assert_true (ph_dom_node (copy, slot)->state->rules == rules);
  g_assert_cmpuint (rules->len, ==, 3);
  g_assert_cmpuint (ph_dom_node (dom, slot)->state->rules->len, ==, 4);
}

/* One event that writes into a long rule again and again is stopped. */
static void
test_endless_nested_rules (void)
{
  g_autoptr (GString) event = g_string_new (NULL);
  g_autoptr (PhHealth) health = ph_health_new ();
  g_autoptr (PhDom) dom = ph_test_page (
    "{\"type\":2,\"tagName\":\"style\",\"attributes\":{\"_cssText\":\"@media all { }\"},"
    "\"id\":10,\"childNodes\":[]}");
  const GPtrArray *rules;

  g_string_append (event, "[{'type':3,'timestamp':1,'data':{'source':8,'id':10,'adds':[");

  for (guint i = 0; i < 600; i++)
    {
      g_string_append_printf (event, "%s{'index':[0,0],'rule':'a{b:", i > 0 ? "," : "");

      for (guint n = 0; n < 1000; n++)
        g_string_append (event, "c");

      g_string_append (event, "}'}");
    }

  g_string_append (event, "]}}]");
  ph_test_apply (dom, health, event->str);
  rules = ph_dom_node (dom, ph_dom_find (dom, 10))->state->rules;
  g_assert_cmpuint (rules->len, ==, 1);
  g_assert_cmpuint (strlen (rules->pdata[0]), >, 300000);
  g_assert_cmpuint (strlen (rules->pdata[0]), <, 400000);
  g_assert_cmpuint (ph_health_count (health, PH_HEALTH_LIMIT), >, 0);
}

#define STYLE                                                       \
  "{'type':2,'tagName':'style','attributes':{'_cssText':'%s'},'id'" \
  ":10,'childNodes':[%s]}"
#define EVENT(members) "{'type':3,'timestamp':1,'data':{" members "}}"

/* The text of a style element, or its rules. */
static char *
describe_style (const PhDom *dom)
{
  PhSlot slot = ph_dom_find (dom, 10);
  const PhNodeState *state = ph_dom_node (dom, slot)->state;
  GString *out = g_string_new (NULL);

  for (guint i = 0; state != NULL && state->rules != NULL && i < state->rules->len; i++)
    g_string_append_printf (out, "%s;", (const char *) state->rules->pdata[i]);

  for (PhSlot child = ph_dom_node (dom, slot)->first_child; child != 0;
       child = ph_dom_node (dom, child)->next)
    g_string_append_printf (out, "|%s", ph_dom_node (dom, child)->text);

  return g_string_free (out, FALSE);
}

/* What is recorded of a style element, and what its sheet is after that. */
static void
test_style_element (void)
{
  static const struct
  {
    const char *text;
    const char *children;
    const char *event;
    const char *style;
  } cases[] = {
    { "a{}", "", NULL, "|a{}" },
    { "a{}/* rr_split */b{}", "", NULL, "|a{}b{}" },
    { "a{}/* rr_split */b{}",
      "{'type':3,'textContent':'','id':11},{'type':3,'textContent':'','id':12}", NULL,
      "|a{}|b{}" },
    { "a{}/* rr_split */b{}/* rr_split */c{}",
      "{'type':3,'textContent':'','id':11},{'type':5,'textContent':'x','id':12}", NULL,
      "|a{}b{}c{}|x" },
    { "a{}", "", EVENT ("'source':8,'id':10,'adds':[{'rule':'b{}','index':1}]"), "a{};b{};|a{}" },
    { "a{}", "", EVENT ("'source':8,'id':10,'adds':[{'rule':'b{}','index':-1}]"), "a{};|a{}" },
    { "a{}", "", EVENT ("'source':8,'id':10,'adds':[{'rule':'b{} c{}'}]"), "a{};|a{}" },
    /* No browser replaces the sheet of an element. */
    { "a{}", "", EVENT ("'source':8,'id':10,'replace':''"), "a{};|a{}" },
    { "a{}", "", EVENT ("'source':8,'id':10,'replaceSync':'b{}'"), "a{};|a{}" },
    { "a{}", "", EVENT ("'source':13,'id':10,'index':[0],'set':{'property':'top','value':'1px',"
                        "'priority':'important'}"),
      "a{ top: 1px !important; };|a{}" },
    { "a{}", "", EVENT ("'source':13,'id':10,'index':[0],'set':{'property':'top','value':'1px',"
                        "'priority':'odd'}"),
      "a{};|a{}" },
    { "a{}", "", EVENT ("'source':13,'id':10,'index':[-1],'set':{'property':'top','value':'1px'}"),
      "a{};|a{}" },
    { "a{}", "", EVENT ("'source':13,'id':10,'index':[0],'set':{'property':'top','value':null}"),
      "a{  };|a{}" },
    { "a{top:0}", "", EVENT ("'source':13,'id':10,'index':[0],'remove':{'property':'top'}"),
      "a{  };|a{top:0}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *body = g_strdup_printf (STYLE, cases[i].text, cases[i].children);
      g_autofree char *events = g_strdup_printf ("[%s]", cases[i].event != NULL ? cases[i].event
                                                                                : "");
      g_autoptr (PhDom) dom = ph_test_page (body);
      g_autofree char *style = NULL;

      ph_test_apply (dom, NULL, events);
      style = describe_style (dom);
      g_test_message ("case %u", i);
      g_assert_cmpstr (style, ==, cases[i].style);
    }
}

/* A sheet made by script imports nothing: what counts its rules does not count that. */
static void
test_replaced (void)
{
  static const char events[] =
    "[{'type':3,'timestamp':1,'data':{'source':15,'id':1,'styleIds':[1],"
    "'styles':[{'styleId':1,'rules':[{'rule':'a{}'}]}]}},"
    "{'type':3,'timestamp':2,'data':{'source':8,'styleId':1,"
    "'replaceSync':'@IMPORT url(x);b{} c{}'}},"
    "{'type':3,'timestamp':3,'data':{'source':8,'styleId':1,"
    "'adds':[{'rule':'d{}','index':1}]}}]";
  g_autoptr (PhDom) dom = ph_test_page ("");
  const GPtrArray *rules;
  g_autofree char *text = NULL;

  ph_test_apply (dom, NULL, events);
  rules = ph_sheets_find (ph_dom_get_page (dom)->sheets, 1);
  text = ph_css_join_rules (rules);
  g_assert_cmpstr (text, ==, "b{}d{}c{}");
}

/* Moved in the page it reads its text again, as a browser has it. */
static void
test_style_moves (void)
{
  static const char events[] =
    "[{'type':3,'timestamp':1,'data':{'source':8,'id':10,'adds':[{'rule':'b{}'}]}},"
    "{'type':3,'timestamp':2,'data':{'source':0,'removes':[{'parentId':3,'id':10}],'texts':[],"
    "'attributes':[],'adds':[{'parentId':3,'nextId':null,'node':{'type':2,'tagName':'style',"
    "'attributes':{'_cssText':'c{}'},'id':10,'childNodes':[]}}]}}]";
  static const char moved[] =
    "[{'type':3,'timestamp':1,'data':{'source':8,'id':10,'adds':[{'rule':'b{}'}]}},"
    "{'type':3,'timestamp':2,'data':{'source':0,'removes':[],'texts':[],"
    "'attributes':[],'adds':[{'parentId':3,'nextId':null,'node':{'type':2,'tagName':'style',"
    "'attributes':{},'id':10,'childNodes':[]}}]}}]";
  g_autofree char *body = g_strdup_printf (STYLE, "a{}", "");
  g_autoptr (PhDom) dom = ph_test_page (body);
  g_autoptr (PhDom) other = ph_test_page (body);
  g_autofree char *style = NULL;
  g_autofree char *other_style = NULL;

  ph_test_apply (dom, NULL, events);
  style = describe_style (dom);
  g_assert_cmpstr (style, ==, "|c{}");

  ph_test_apply (other, NULL, moved);
  other_style = describe_style (other);
  g_assert_cmpstr (other_style, ==, "|a{}");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/apply-sheets/in-place", test_rules_in_place);
  g_test_add_func ("/apply-sheets/endless-nested", test_endless_nested_rules);
  g_test_add_func ("/apply-sheets/style-element", test_style_element);
  g_test_add_func ("/apply-sheets/style-moves", test_style_moves);
  g_test_add_func ("/apply-sheets/replaced", test_replaced);

  return g_test_run ();
}
