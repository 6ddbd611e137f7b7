/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-dom-apply.h"
#include "ph-dom-write.h"
#include "ph-test.h"
#include "ph-wireframe.h"

#include <string.h>

/* The screen of one wireframe as a page, without what is around it. */
static char *
draw (const char *wireframe)
{
  g_autofree char *text = g_strdup_printf (
    "{\"type\":2,\"data\":{\"wireframes\":[%s]},\"timestamp\":1700000000000}", wireframe);
  g_autoptr (PhWireframe) app = ph_wireframe_new ();
  g_autoptr (PhJson) json = ph_json_new ();
  g_autoptr (PhNames) names = ph_names_new ();
  g_autoptr (PhDom) dom = ph_dom_new (names);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (PhHealth) health = ph_health_new ();
  g_autofree char *html = NULL;
  PhEvent event = { 0 };
  PhJsonValue root;
  const char *begin;
  const char *end;

  g_assert_true (ph_json_parse (json, text, strlen (text), &root, NULL));
  g_assert_true (ph_event_read (&event, root));
  g_assert_true (ph_wireframe_translate (app, &event, root, out));
  g_assert_true (ph_json_parse (json, out->str, out->len, &root, NULL));
  g_assert_true (ph_event_read (&event, root));
  ph_dom_apply (dom, &event, root, health);
  ph_dom_check (dom);
  g_assert_cmpuint (ph_health_total (health), ==, 0);
  html = ph_dom_write_html (dom, PH_WRITE_RECORDED);
  begin = strchr (strstr (html, "<body"), '>') + 1;
  end = strstr (begin, "</body>");

  return g_strndup (begin, (gsize) (end - begin));
}

/* Every kind there is, and what is none. */
static void
test_kinds (void)
{
  static const char *const wireframes[] = {
    "{\"id\":1,\"type\":\"text\",\"text\":\"a <b> & c\",\"width\":10,\"height\":5}",
    "{\"id\":1,\"type\":\"text\"}",
    "{\"id\":1,\"type\":\"image\",\"base64\":\"iVBORw0=\",\"width\":10,\"height\":5}",
    "{\"id\":1,\"type\":\"image\",\"width\":10}",
    "{\"id\":1,\"type\":\"screenshot\",\"base64\":\"data:image/webp;base64,UklGRg\",\"width\":390}",
    "{\"id\":1,\"type\":\"rectangle\",\"style\":{\"backgroundColor\":\"#eee\"}}",
    "{\"id\":1,\"type\":\"placeholder\",\"label\":\"a map\"}",
    "{\"id\":1,\"type\":\"web_view\",\"url\":\"https://host/\"}",
    "{\"id\":1,\"type\":\"div\",\"childWireframes\":[{\"id\":2,\"type\":\"text\",\"text\":\"in\"},"
    "{\"type\":\"div\"},{}]}",
    "{\"id\":1,\"type\":\"input\",\"inputType\":\"text\",\"value\":\"v\"}",
    "{\"id\":1,\"type\":\"input\",\"inputType\":\"password\",\"value\":\"***\",\"disabled\":true}",
    "{\"id\":1,\"type\":\"input\",\"inputType\":\"number\",\"value\":7.5}",
    "{\"id\":1,\"type\":\"input\",\"inputType\":\"color\",\"value\":\"v\"}",
    "{\"id\":1,\"type\":\"input\",\"inputType\":\"text_area\",\"value\":\"two\\nlines\"}",
    "{\"id\":1,\"type\":\"input\",\"inputType\":\"select\",\"value\":\"b\",\"options\":[\"a\","
    "\"b\",3]}",
    "{\"id\":1,\"type\":\"input\",\"inputType\":\"select\",\"value\":\"b\"}",
    "{\"id\":1,\"type\":\"input\",\"inputType\":\"button\",\"value\":\"OK\",\"disabled\":true}",
    "{\"id\":1,\"type\":\"input\",\"inputType\":\"checkbox\",\"checked\":true,\"label\":\"yes\"}",
    "{\"id\":1,\"type\":\"input\",\"inputType\":\"checkbox\",\"checked\":false,\"disabled\":true}",
    "{\"id\":1,\"type\":\"radio_group\",\"childWireframes\":[{\"id\":2,\"type\":\"input\","
    "\"inputType\":\"radio\",\"checked\":true},{\"id\":3,\"type\":\"input\","
    "\"inputType\":\"radio\"}]}",
    "{\"id\":1,\"type\":\"input\",\"inputType\":\"toggle\",\"checked\":true,\"label\":\"Wi-Fi\"}",
    "{\"id\":1,\"type\":\"input\",\"inputType\":\"toggle\",\"checked\":false}",
    "{\"id\":1,\"type\":\"input\",\"inputType\":\"progress\",\"value\":0.5,\"max\":2}",
    "{\"id\":1,\"type\":\"input\",\"inputType\":\"progress\",\"style\":{\"bar\":\"horizontal\"}}",
    "{\"id\":1,\"type\":\"input\",\"inputType\":\"progress\",\"value\":30,\"max\":60,"
    "\"style\":{\"bar\":\"circular\",\"color\":\"red\"}}",
    "{\"id\":1,\"type\":\"input\",\"inputType\":\"progress\",\"style\":{\"bar\":\"circular\"}}",
    "{\"id\":1,\"type\":\"input\",\"inputType\":\"progress\",\"value\":1.5,\"max\":3,"
    "\"style\":{\"bar\":\"rating\"}}",
    "{\"id\":1,\"type\":\"input\",\"inputType\":\"progress\",\"style\":{\"bar\":\"rating\"}}",
    "{\"id\":1,\"type\":\"input\"}",
    "{\"id\":1,\"type\":\"hologram\"}",
    "{\"id\":4324378400,\"type\":\"rectangle\"}",
    "{\"id\":1,\"type\":\"div\",\"childWireframes\":[{\"id\":2,\"type\":\"status_bar\","
    "\"height\":24},"
    "{\"id\":3,\"type\":\"navigation_bar\",\"style\":{\"backgroundColor\":\"#000000\"}},"
    "{\"id\":4,\"type\":\"text\",\"text\":\"under the bars\"}]}",
    "7,null,[]",
  };
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (wireframes); i++)
    {
      g_autofree char *page = draw (wireframes[i]);

      g_string_append_printf (out, "%s\n  %s\n", wireframes[i], page);
    }

  ph_test_golden ("posthog/wireframes.txt", out->str);
}

/* Nested deeper than a page may be, it ends there. */
static void
test_deep (void)
{
  g_autoptr (GString) wireframe = g_string_new (NULL);
  g_autofree char *page = NULL;

  for (guint i = 0; i < 900; i++)
    g_string_append_printf (wireframe, "{\"id\":%u,\"type\":\"div\",\"childWireframes\":[", i + 1);

  for (guint i = 0; i < 900; i++)
    g_string_append (wireframe, "]}");

  page = draw (wireframe->str);
  g_assert_nonnull (strstr (page, "<div"));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wireframe-node/kinds", test_kinds);
  g_test_add_func ("/wireframe-node/deep", test_deep);

  return g_test_run ();
}
