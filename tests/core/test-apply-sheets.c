/* SPDX-License-Identifier: GPL-3.0-or-later */

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

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/apply-sheets/in-place", test_rules_in_place);
  g_test_add_func ("/apply-sheets/endless-nested", test_endless_nested_rules);

  return g_test_run ();
}
