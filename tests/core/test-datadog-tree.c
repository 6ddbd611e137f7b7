/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-datadog-tree.h"

#include <string.h>

#define TEXT(id) "{\"id\":" #id ",\"type\":3,\"textContent\":\"t\"}"
#define OUT_TEXT(id) "{\"id\":" #id ",\"type\":3,\"textContent\":\"t\",\"childNodes\":[]}"

static void
test_nodes (void)
{
  static const struct
  {
    const char *node;
    const char *wanted;
  } cases[] = {
    { TEXT (1), OUT_TEXT (1) },
    { "{\"type\":2,\"id\":2,\"childNodes\":[" TEXT (3) ",7,{\"type\":11,\"id\":4,\"childNodes\":["
                                                       "{\"id\":5,\"type\":4}]}]}",
      "{\"id\":2,\"type\":2,\"isShadowHost\":true,\"childNodes\":[{\"id\":5,\"type\":4,"
      "\"isShadow\":true,\"childNodes\":[]}," OUT_TEXT (3) ",{\"id\":0,\"childNodes\":[]}]}" },
    { "{\"type\":0,\"id\":1,\"adoptedStyleSheets\":[{\"cssRules\":[\"a\"]},{}],\"childNodes\":[]}",
      "{\"id\":1,\"type\":0,\"adoptedStyleSheets\":[{\"styleId\":1,\"rules\":[{\"index\":0,"
      "\"rule\":\"a\"}]},{\"styleId\":2,\"rules\":[]}],\"childNodes\":[]}" },
    { "7", "{\"id\":0,\"childNodes\":[]}" },
  };
  g_autoptr (PhJson) json = ph_json_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PhDatadogTree) tree = ph_datadog_tree_new ();
      g_autoptr (GString) out = g_string_new (NULL);
      PhJsonValue root;

      g_assert_true (ph_json_parse (json, cases[i].node, strlen (cases[i].node), &root, NULL));
      ph_datadog_tree_write_node (tree, out, root);
      g_assert_cmpstr (out->str, ==, cases[i].wanted);
    }
}

/* Shadow roots are known from what came before, until the next page. */
static void
test_mutations (void)
{
  static const char host[] = "{\"adds\":[{\"parentId\":1,\"nextId\":null,\"node\":{\"type\":2,"
                             "\"id\":2,\"childNodes\":[{\"type\":11,\"id\":3,"
                             "\"childNodes\":[" TEXT (4) "]}]}}]}";
  static const char gone[] = "{\"removes\":[{\"parentId\":3,\"id\":4}],\"adds\":7,\"texts\":{}}";
  g_autoptr (PhJson) json = ph_json_new ();
  g_autoptr (PhDatadogTree) tree = ph_datadog_tree_new ();
  g_autoptr (GString) out = g_string_new (NULL);
  PhJsonValue root;

  g_assert_true (ph_json_parse (json, host, strlen (host), &root, NULL));
  g_assert_true (ph_datadog_tree_write_mutation (tree, out, root));
  g_assert_cmpstr (out->str, ==,
                   "{\"source\":0,\"removes\":[],\"adds\":[{\"parentId\":1,\"nextId\":null,"
                   "\"node\":{"
                   "\"id\":2,\"type\":2,\"isShadowHost\":true,\"childNodes\":[]}},{\"parentId\":2,"
                   "\"nextId\":null,\"node\":{\"id\":4,\"type\":3,\"textContent\":\"t\","
                   "\"isShadow\":true,\"childNodes\":[]}}],\"texts\":[],\"attributes\":[]}");

  g_assert_true (ph_json_parse (json, gone, strlen (gone), &root, NULL));
  g_string_truncate (out, 0);
  g_assert_true (ph_datadog_tree_write_mutation (tree, out, root));
  g_assert_cmpstr (out->str, ==,
                   "{\"source\":0,\"removes\":[{\"parentId\":2,\"id\":4,\"isShadow\":true}],"
                   "\"adds\":[],\"texts\":[],\"attributes\":[]}");

  ph_datadog_tree_reset (tree);
  g_string_truncate (out, 0);
  g_assert_true (ph_datadog_tree_write_mutation (tree, out, root));
  g_assert_cmpstr (out->str, ==,
                   "{\"source\":0,\"removes\":[{\"parentId\":3,\"id\":4}],\"adds\":[],"
                   "\"texts\":[],\"attributes\":[]}");

  g_assert_true (ph_json_parse (json, "7", 1, &root, NULL));
  g_assert_false (ph_datadog_tree_write_mutation (tree, out, root));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/datadog-tree/nodes", test_nodes);
  g_test_add_func ("/datadog-tree/mutations", test_mutations);

  return g_test_run ();
}
