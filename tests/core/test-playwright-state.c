/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-playwright-state.h"

#include <string.h>

static const char *const input[] = { "value", "old", "__playwright_value_", "new", "class", "a",
                                     "__playwright_checked_", "false", NULL };
static const char *const scrolled[] = { "__playwright_scroll_top_", "12.5", NULL };

static char *
list (const PhPlaywrightNode *node)
{
  g_autoptr (GArray) array = g_array_new (FALSE, FALSE, sizeof (PhPlaywrightAttribute));
  GString *out = g_string_new (NULL);

  ph_playwright_state_list (node, array);

  for (guint i = 0; i < array->len; i++)
    {
      const PhPlaywrightAttribute *each = &g_array_index (array, PhPlaywrightAttribute, i);

      g_string_append_printf (out, "%s=%s %d\n", each->name,
                              each->value != NULL ? each->value : "true", each->kind);
    }

  return g_string_free (out, FALSE);
}

/* What a control holds now stands for what it began with. */
static void
test_list (void)
{
  PhPlaywrightNode node = { .tag = "INPUT", .attributes = (const char **) input };
  PhPlaywrightNode other = { .tag = "DIV", .attributes = (const char **) scrolled };
  g_autofree char *text = list (&node);
  g_autofree char *more = list (&other);

  g_assert_cmpstr (text, ==, "value=new 1\nclass=a 0\n");
  g_assert_cmpstr (more, ==, "rr_scrollTop=12.5 2\n");
  g_assert_cmpfloat_with_epsilon (ph_playwright_state_scroll (&other, TRUE), 12.5, 1e-9);
  g_assert_cmpfloat_with_epsilon (ph_playwright_state_scroll (&other, FALSE), 0, 1e-9);
}

static void
test_part (void)
{
  static const char *const root[] = { "__playwright_shadow_root_", "open", NULL };
  static const char *const sheet[] = { "__playwright_style_sheet_", "a{}", NULL };
  PhPlaywrightNode shadow = { .tag = "template", .attributes = (const char **) root };
  PhPlaywrightNode adopted = { .tag = "template", .attributes = (const char **) sheet };
  PhPlaywrightNode plain = { .tag = "TEMPLATE" };
  PhPlaywrightNode script = { .tag = "SCRIPT" };
  PhPlaywrightNode text = { .text = "script" };
  PhPlaywrightNode *children[] = { &shadow };
  PhPlaywrightNode host = { .tag = "DIV", .children = children, .n_children = 1 };

  g_assert_cmpint (ph_playwright_state_part (&adopted), ==, PH_PLAYWRIGHT_SHEET);
  g_assert_cmpstr (ph_playwright_state_sheet (&adopted), ==, "a{}");
  g_assert_cmpint (ph_playwright_state_part (&plain), ==, PH_PLAYWRIGHT_SHOWN);
  g_assert_cmpint (ph_playwright_state_part (&script), ==, PH_PLAYWRIGHT_LEFT_OUT);
  g_assert_cmpint (ph_playwright_state_part (&text), ==, PH_PLAYWRIGHT_SHOWN);
  shadow.part = ph_playwright_state_part (&shadow);
  g_assert_cmpint (shadow.part, ==, PH_PLAYWRIGHT_SHADOW);
  g_assert_true (ph_playwright_state_is_host (&host));
  g_assert_false (ph_playwright_state_is_host (&plain));
}

/* The page of a frame: in place of its address, or beside it. */
static void
test_held (void)
{
  static const char *const place[] = { "src", "/snapshot/a", NULL };
  static const char *const beside[] = { "src", "x", "__playwright_src__", "/snapshot/b", NULL };
  PhPlaywrightNode frame = { .tag = "IFRAME", .attributes = (const char **) place };
  PhPlaywrightNode image = { .tag = "IMG", .attributes = (const char **) place };
  PhPlaywrightNode other = { .tag = "frame", .attributes = (const char **) beside };

  g_assert_cmpstr (ph_playwright_state_held (&frame), ==, "a");
  g_assert_null (ph_playwright_state_held (&image));
  g_assert_cmpstr (ph_playwright_state_held (&other), ==, "b");
  g_assert_false (ph_playwright_state_may_be_same (&frame, &image));
}

/* What no mutation can tell makes it another element. */
static void
test_same (void)
{
  static const char *const off[] = { "__playwright_selected_", "false", NULL };
  static const char *const on[] = { "__playwright_selected_", "true", NULL };
  static const char *const one[] = { "rel", "stylesheet", "href", "a.css", NULL };
  static const char *const two[] = { "rel", "stylesheet", "href", "b.css", NULL };
  PhPlaywrightNode option = { .tag = "OPTION", .attributes = (const char **) off };
  PhPlaywrightNode chosen = { .tag = "OPTION", .attributes = (const char **) on };
  PhPlaywrightNode link = { .tag = "LINK", .attributes = (const char **) one };
  PhPlaywrightNode other = { .tag = "LINK", .attributes = (const char **) two };
  PhPlaywrightNode host = { .tag = "DIV", .is_host = TRUE };
  PhPlaywrightNode div = { .tag = "DIV", .attributes = (const char **) one };
  PhPlaywrightNode bare = { .tag = "DIV" };
  PhPlaywrightNode text = { .text = "a" };
  PhPlaywrightNode changed = { .text = "b" };

  g_assert_false (ph_playwright_state_may_be_same (&option, &chosen));
  g_assert_true (ph_playwright_state_may_be_same (&option, &option));
  g_assert_false (ph_playwright_state_may_be_same (&link, &other));
  g_assert_false (ph_playwright_state_may_be_same (&host, &bare));
  g_assert_true (ph_playwright_state_may_be_same (&div, &bare));
  g_assert_false (ph_playwright_state_may_be_same (&div, &text));
  g_assert_true (ph_playwright_state_may_be_same (&text, &changed));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/playwright-state/list", test_list);
  g_test_add_func ("/playwright-state/part", test_part);
  g_test_add_func ("/playwright-state/held", test_held);
  g_test_add_func ("/playwright-state/same", test_same);

  return g_test_run ();
}
