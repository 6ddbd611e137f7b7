/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-label.h"

#include "ph-dom-apply.h"
#include "ph-limits.h"

#include <string.h>

/* A page with one body, given as the JSON text of its children; ids from 10 on are theirs. */
static PhDom *
make_page (const char *children)
{
  g_autoptr (PhNames) names = ph_names_new ();
  g_autoptr (PhJson) json = ph_json_new ();
  g_autofree char *text =
    g_strdup_printf ("{\"type\":2,\"timestamp\":1,\"data\":{\"node\":{\"type\":0,\"id\":1,"
                     "\"childNodes\":[{\"type\":2,\"id\":2,\"tagName\":\"html\","
                     "\"attributes\":{},\"childNodes\":[{\"type\":2,\"id\":3,\"tagName\":\"body\","
                     "\"attributes\":{},\"childNodes\":[%s]}]}]}}}",
                     children);
  PhDom *dom = ph_dom_new (names);
  PhEvent event = { .text = text, .size = strlen (text) };
  PhJsonValue root;

  g_assert_true (ph_json_parse (json, text, strlen (text), &root, NULL));
  g_assert_true (ph_event_read (&event, root));
  ph_dom_apply (dom, &event, root, NULL);
  g_assert_cmpuint (ph_dom_get_root (dom), !=, 0);

  return dom;
}

#define EL(id, tag, attributes, children)                                               \
  "{\"type\":2,\"id\":" #id ",\"tagName\":\"" tag "\",\"attributes\":{" attributes "}," \
  "\"childNodes\":[" children "]}"
#define TEXT(id, text) "{\"type\":3,\"id\":" #id ",\"textContent\":\"" text "\"}"

static void
test_target (void)
{
  static const struct
  {
    const char *page;
    gint32 id;
    const char *label;
  } cases[] = {
    { EL (10, "button", "", EL (11, "i", "", "") "," TEXT (12, "  Add to\\n cart ")), 11,
      "button “Add to cart”" },
    { EL (10, "button", "", TEXT (12, "Go")), 12, "button “Go”" },
    { EL (10, "button", "\"aria-label\":\"Close\"", TEXT (11, "×")), 10, "button “Close”" },
    { EL (10, "a", "\"href\":\"/x\"", EL (11, "img", "\"alt\":\"Logo\"", "")), 10, "a" },
    { EL (10, "img", "\"alt\":\"Logo\"", ""), 10, "img “Logo”" },
    { EL (10, "div", "\"role\":\"button\"", EL (11, "span", "", TEXT (12, "Save"))), 11,
      "div “Save”" },
    { EL (10, "div", "\"id\":\"main\"", EL (11, "p", "", TEXT (12, "far away"))), 10, "div #main" },
    { EL (10, "div", "", TEXT (11, "near ") "," EL (12, "p", "", TEXT (13, "far away"))), 10,
      "div “near”" },
    { EL (10, "div", "", ""), 10, "div" },
    /* What was typed, or can be, is never told. */
    { EL (10, "input", "\"value\":\"secret\",\"name\":\"card\"", ""), 10, "input “card”" },
    { EL (10, "input", "\"type\":\"submit\",\"value\":\"secret\"", ""), 10, "input" },
    { EL (10, "textarea", "\"placeholder\":\"Notes\"", TEXT (11, "secret")), 10,
      "textarea “Notes”" },
    { EL (10, "select", "\"id\":\"land\"", EL (11, "option", "", TEXT (12, "secret"))), 10,
      "select #land" },
    { EL (10, "label", "", TEXT (11, "Say ") "," EL (12, "textarea", "", TEXT (13, "secret"))), 11,
      "label “Say”" },
    { EL (10, "div", "\"contenteditable\":\"true\"", TEXT (11, "secret")), 11, "div" },
    { EL (10, "a", "", EL (11, "p", "\"contenteditable\":\"\"", TEXT (12, "secret"))), 10, "a" },
    { EL (10, "a", "", EL (11, "script", "", TEXT (12, "no")) "," TEXT (13, "yes")), 10,
      "a “yes”" },
    { EL (10, "p", "", ""), 99, "" },
    { EL (10, "p", "", ""), -1, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PhDom) dom = make_page (cases[i].page);
      g_autofree char *label = ph_label_of_target (dom, cases[i].id);

      g_test_message ("case %u", i);
      g_assert_cmpstr (label, ==, cases[i].label);
    }
}

static void
test_field (void)
{
  static const struct
  {
    const char *page;
    const char *label; /* of node 10 */
  } cases[] = {
    { EL (10, "input", "\"name\":\"mail\",\"value\":\"a@b\"", ""), "input “mail”" },
    { EL (10, "input", "\"aria-label\":\"E-mail\",\"name\":\"mail\"", ""), "input “E-mail”" },
    { EL (9, "label", "", TEXT (8, "Your age") "," EL (10, "input", "\"name\":\"n\"", "")),
      "input “Your age”" },
    { EL (9, "label", "", TEXT (8, "Why?") "," EL (10, "textarea", "", TEXT (11, "secret"))),
      "textarea “Why?”" },
    { EL (10, "select", "\"id\":\"size\"", EL (11, "option", "", TEXT (12, "XL"))),
      "select #size" },
    { EL (10, "input", "", ""), "input" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PhDom) dom = make_page (cases[i].page);
      g_autofree char *label = ph_label_of_field (dom, 10);

      g_test_message ("case %u", i);
      g_assert_cmpstr (label, ==, cases[i].label);
    }
}

/* A book inside a link, and a name that never ends. */
static void
test_bounded (void)
{
  g_autoptr (GString) page = g_string_new ("{\"type\":2,\"id\":10,\"tagName\":\"a\","
                                           "\"attributes\":{},\"childNodes\":[");
  g_autoptr (PhDom) dom = NULL;
  g_autofree char *label = NULL;

  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (page, "%s{\"type\":3,\"id\":%u,\"textContent\":\"wörd wörd wörd \"}",
                            i > 0 ? "," : "", i + 100);

  g_string_append (page, "]}");
  dom = make_page (page->str);
  label = ph_label_of_target (dom, 10);
  g_assert_true (g_utf8_validate (label, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (label, -1), <, PH_LIMIT_LABEL_CHARS);
  g_assert_true (g_str_has_prefix (label, "a “wörd wörd"));
}

static void
test_no_page (void)
{
  g_autofree char *target = ph_label_of_target (NULL, 3);
  g_autofree char *field = ph_label_of_field (NULL, 3);

  g_assert_cmpstr (target, ==, "");
  g_assert_cmpstr (field, ==, "");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/label/target", test_target);
  g_test_add_func ("/label/field", test_field);
  g_test_add_func ("/label/bounded", test_bounded);
  g_test_add_func ("/label/no-page", test_no_page);

  return g_test_run ();
}
