/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "stage-driver.h"

#include "ph-error.h"
#include "ph-pointer.h"
#include "ph-test.h"

#include <string.h>
#include <webkit/webkit.h>

/* html 2, head 3, body 4 in document 1; what follows appends to body. */
#define PAGE                                                                                  \
  "0,1,false, 1,800,600, 5,10,1,\"html\",\"\",\"\", 2,2,1,0,\"html\",0, 2,3,2,0,\"head\",0, " \
  "2,4,2,0,\"body\",0"

static StageDriver *shared;

static void
test_every_operation (void)
{
  static const struct
  {
    const char *patch;
    const char *html; /* of the body's content */
  } cases[] = {
    { "2,5,4,0,\"p\",1,\"class\",\"a b\", 3,6,5,\"one <two>\"",
      "<p class=\"a b\">one &lt;two&gt;</p>" },
    { "4,5,4,\" note \"", "<!-- note -->" },
    /* Namespaces, and names of attributes with one. */
    { "2,5,4,1,\"svg\",1,\"viewBox\",\"0 0 1 1\", 2,6,5,1,\"use\",1,\"xlink:href\",\"#a\"",
      "<svg viewBox=\"0 0 1 1\"><use xlink:href=\"#a\"></use></svg>" },
    { "2,5,4,2,\"math\",0, 2,6,5,2,\"mi\",0", "<math><mi></mi></math>" },
    { "2,5,4,3,\"script\",0, 3,6,5,\"x\"", "<script>x</script>" },
    /* Aside, then placed; moved; taken out and placed again. */
    { "2,5,0,0,\"b\",0, 2,6,4,0,\"i\",0, 8,5,4,6", "<b></b><i></i>" },
    { "2,5,4,0,\"b\",0, 2,6,4,0,\"i\",0, 8,5,4,0", "<i></i><b></b>" },
    { "2,5,4,0,\"b\",0, 2,6,4,0,\"i\",0, 9,5, 8,5,6,0", "<i><b></b></i>" },
    { "2,5,4,0,\"b\",0, 2,6,4,0,\"i\",0, 9,5, 10,1,5", "<i></i>" },
    /* Attributes and text. */
    { "2,5,4,0,\"p\",1,\"id\",\"x\", 11,5,\"id\",\"y\", 11,5,\"data-z\",\"1\"",
      "<p id=\"y\" data-z=\"1\"></p>" },
    { "2,5,4,0,\"p\",2,\"id\",\"x\",\"lang\",\"de\", 12,5,\"id\"", "<p lang=\"de\"></p>" },
    { "3,5,4,\"old\", 13,5,\"new\"", "new" },
    { "4,5,4,\"old\", 13,5,\"new\"", "<!--new-->" },
    /* Other ids for nodes, all at once. */
    { "2,5,4,0,\"b\",0, 2,6,4,0,\"i\",0, 23,2,5,6,6,5, 3,7,5,\"x\", 3,8,6,\"y\"",
      "<b>y</b><i>x</i>" },
    { "2,5,4,0,\"b\",0, 19,5,0,0, 23,1,5,9, 11,9,\"id\",\"x\"", "<b id=\"x\"></b>" },
    /* Shadow roots; where none may be, what is in them is not shown. */
    { "2,5,4,0,\"div\",0, 6,-5,5, 2,6,-5,0,\"p\",0, 3,7,5,\"light\"",
      "<div><template shadowrootmode=\"open\"><p></p></template>light</div>" },
    { "2,5,4,0,\"a\",0, 6,-5,5, 2,6,-5,0,\"p\",0, 3,7,5,\"light\"", "<a>light</a>" },
    /* Pages in frames. */
    { "2,5,4,0,\"iframe\",0, 7,6,5,false, 2,7,6,0,\"html\",0, 2,8,7,0,\"body\",0, 3,9,8,\"in\"",
      "<iframe srcdoc=\"&lt;html&gt;&lt;body&gt;in&lt;/body&gt;&lt;/html&gt;\"></iframe>" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *patch = g_strdup_printf ("[%s, %s]", PAGE, cases[i].patch);
      g_autofree char *html = NULL;
      g_autofree char *expected =
        g_strdup_printf ("<!DOCTYPE html><html><head></head><body>%s</body></html>", cases[i].html);

      g_test_message ("case %u: %s", i, cases[i].patch);
      stage_driver_show (shared, patch);
      html = stage_driver_html (shared);
      g_assert_cmpstr (html, ==, expected);
    }
}

/* What is in no tree and in none of the values: the whole of a page's other state. */
static JsonObject *
show_and_find (const char *patch,
               gint64 id,
               JsonNode **tree)
{
  g_autofree char *text = g_strdup_printf ("[%s, %s]", PAGE, patch);
  JsonObject *node;

  stage_driver_show (shared, text);
  *tree = stage_driver_tree (shared);
  node = stage_tree_find (*tree, id);
  g_assert_nonnull (node);

  return node;
}

static void
test_form_values (void)
{
#define SELECT                                                                        \
  "2,5,4,0,\"select\",0, 2,6,5,0,\"option\",1,\"value\",\"a\", 2,7,5,0,\"option\",2," \
  "\"value\",\"b\",\"selected\",\"\", 2,8,5,0,\"option\",1,\"value\",\"c\""
  static const struct
  {
    const char *patch;
    const char *value;
  } cases[] = {
    { "2,5,4,0,\"input\",1,\"value\",\"begin\"", "begin" },
    { "2,5,4,0,\"input\",1,\"value\",\"begin\", 14,5,\"typed\"", "typed" },
    { "2,5,4,0,\"input\",1,\"value\",\"begin\", 14,5,\"typed\", 14,5,null", "begin" },
    /* Values and attributes in any order. */
    { "2,5,4,0,\"input\",0, 14,5,\"typed\", 11,5,\"value\",\"later\"", "typed" },
    { "2,5,4,0,\"input\",0, 14,5,\"typed\", 14,5,null, 11,5,\"value\",\"later\"", "later" },
    { "2,5,4,0,\"textarea\",0, 3,6,5,\"text\"", "text" },
    { "2,5,4,0,\"textarea\",0, 3,6,5,\"text\", 14,5,\"typed\"", "typed" },
    { "2,5,4,0,\"textarea\",0, 14,5,\"typed\", 3,6,5,\"text\", 14,5,null", "text" },
    { SELECT, "b" },
    { SELECT ", 14,5,\"c\"", "c" },
    { SELECT ", 14,5,\"c\", 14,5,null", "b" },
    { SELECT ", 14,5,\"nothing of the kind\"", "" },
    { "2,5,4,0,\"select\",0, 14,5,\"b\", 2,6,5,0,\"option\",1,\"value\",\"a\", "
      "2,7,5,0,\"option\",1,\"value\",\"b\"",
      "b" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) tree = NULL;
      JsonObject *node;

      g_test_message ("case %u: %s", i, cases[i].patch);
      node = show_and_find (cases[i].patch, 5, &tree);
      g_assert_cmpstr (json_object_get_string_member (node, "value"), ==, cases[i].value);
    }
}

static void
test_checks (void)
{
#define RADIOS                                                               \
  "2,5,4,0,\"input\",3,\"type\",\"radio\",\"name\",\"n\",\"checked\",\"\", " \
  "2,6,4,0,\"input\",2,\"type\",\"radio\",\"name\",\"n\""
  static const struct
  {
    const char *patch;
    gboolean checked; /* of node 5 */
  } cases[] = {
    { "2,5,4,0,\"input\",1,\"type\",\"checkbox\"", FALSE },
    { "2,5,4,0,\"input\",1,\"type\",\"checkbox\", 15,5,1", TRUE },
    { "2,5,4,0,\"input\",1,\"type\",\"checkbox\", 15,5,1, 15,5,null", FALSE },
    { "2,5,4,0,\"input\",2,\"type\",\"checkbox\",\"checked\",\"\", 15,5,false", FALSE },
    /* The type may come last. */
    { "2,5,4,0,\"input\",0, 15,5,1, 11,5,\"type\",\"checkbox\"", TRUE },
    { RADIOS, TRUE },
    { RADIOS ", 15,6,true", FALSE },
    { RADIOS ", 15,5,1, 15,6,false", TRUE },
    { RADIOS ", 15,6,false, 15,5,1", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) tree = NULL;
      JsonObject *node;

      g_test_message ("case %u: %s", i, cases[i].patch);
      node = show_and_find (cases[i].patch, 5, &tree);
      g_assert_cmpint (json_object_get_boolean_member (node, "checked"), ==, cases[i].checked);
    }
}

static char *
join_rules (JsonObject *node)
{
  g_autoptr (GString) joined = g_string_new (NULL);
  JsonArray *rules;

  if (!json_object_has_member (node, "rules"))
    return NULL;

  rules = json_object_get_array_member (node, "rules");
  for (guint i = 0; i < json_array_get_length (rules); i++)
    {
      g_string_append (joined, i > 0 ? "|" : "");
      g_string_append (joined, json_array_get_string_element (rules, i));
    }

  return g_string_free (g_steal_pointer (&joined), FALSE);
}

static void
test_rules (void)
{
#define STYLE "2,5,3,0,\"style\",0, 3,-5,5,\"i { color: red }\""
#define TWO STYLE ", 16,5,2,\"a { top: 1px }\",\"b { top: 2px }\""
#define A "a { top: 1px; }"
#define B "b { top: 2px; }"
#define C "c { top: 3px; }"
#define NO_RULE "@media not all {\n}"
  static const struct
  {
    const char *patch;
    const char *rules;
  } cases[] = {
    { STYLE, NULL },
    { TWO, A "|" B },
    { TWO ", 17,5,1,0,1,\"c { top: 3px }\"", A "|" C "|" B },
    { TWO ", 17,5,0,1,0", B },
    { TWO ", 17,5,0,2,1,\"c { top: 3px }\"", C },
    { TWO ", 18,5", NULL },
    { STYLE ", 16,5,0", "" },
    /* What WebKit refuses holds its place. */
    { STYLE ", 16,5,2,\"}\",\"b { top: 2px }\"", NO_RULE "|" B },
    { STYLE ", 16,5,2,\"}\",\"b { top: 2px }\", 17,5,1,1,1,\"c { top: 3px }\"", NO_RULE "|" C },
    /* Before the element is in the page; moved; its text changed. */
    { "2,5,0,0,\"style\",0, 16,5,1,\"a { top: 1px }\", 8,5,3,0", A },
    { TWO ", 8,5,4,0, 17,5,0,1,0", B },
    { TWO ", 13,-5,\"u { color: blue }\"", A "|" B },
    { TWO ", 9,5, 8,5,3,0", A "|" B },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) tree = NULL;
      g_autofree char *rules = NULL;

      g_test_message ("case %u: %s", i, cases[i].patch);
      rules = join_rules (show_and_find (cases[i].patch, 5, &tree));
      g_assert_cmpstr (rules, ==, cases[i].rules);
    }
}

/* The sheet of the text counts again: seen by what it does. */
static void
test_rules_reset (void)
{
  g_autoptr (JsonNode) tree = NULL;
  JsonObject *box;

  /* The box scrolls only while the text's rule holds. */
  box = show_and_find (
    "2,5,3,0,\"style\",0, 3,-5,5,\"#b { height: 50px; overflow: auto }\", 16,5,0, "
    "2,6,4,0,\"div\",1,\"id\",\"b\", 2,7,6,0,\"p\",1,\"style\",\"height: 500px\", 19,6,0,40",
    6, &tree);
  g_assert_false (json_object_has_member (box, "scroll"));

  stage_driver_show (shared, "[18,5]");
  g_clear_pointer (&tree, json_node_unref);
  tree = stage_driver_tree (shared);
  box = stage_tree_find (tree, 6);
  g_assert_cmpint (
    json_array_get_int_element (json_object_get_array_member (box, "scroll"), 1), ==, 40);
}

static void
assert_scroll (JsonObject *node,
               int x,
               int y)
{
  JsonArray *scroll;

  if (x == 0 && y == 0)
    {
      g_assert_false (json_object_has_member (node, "scroll"));
      return;
    }

  scroll = json_object_get_array_member (node, "scroll");
  g_assert_cmpint (json_array_get_int_element (scroll, 0), ==, x);
  g_assert_cmpint (json_array_get_int_element (scroll, 1), ==, y);
}

static void
test_scroll (void)
{
#define TALL "2,6,5,0,\"p\",1,\"style\",\"width: 3000px; height: 3000px\""
#define BOX "2,5,4,0,\"div\",1,\"style\",\"width: 100px; height: 100px; overflow: auto\""
  static const struct
  {
    const char *patch;
    gint64 id;
    int x, y;
  } cases[] = {
    { BOX ", " TALL ", 19,5,30,70", 5, 30, 70 },
    { BOX ", " TALL ", 19,5,30,70, 19,5,0,0", 5, 0, 0 },
    /* Asked for before there is anything to scroll. */
    { BOX ", 19,5,30,70, " TALL, 5, 30, 70 },
    { BOX ", " TALL ", 19,5,30,70, 9,5, 8,5,4,0", 5, 30, 70 },
    /* A document's id is its window; the page's wish for smoothness does not count. */
    { "11,2,\"style\",\"scroll-behavior: smooth\", 2,5,4,0,\"div\",0, " TALL ", 19,1,20,900", 1, 20,
      900 },
    { "2,7,4,0,\"iframe\",0, 7,8,7,false, 2,9,8,0,\"html\",0, 2,5,9,0,\"body\",0, " TALL
      ", 19,8,10,90",
      8, 10, 90 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) tree = NULL;

      g_test_message ("case %u: %s", i, cases[i].patch);
      assert_scroll (show_and_find (cases[i].patch, cases[i].id, &tree), cases[i].x, cases[i].y);
    }
}

/* A later patch that takes away and gives back what makes a box scroll. */
static void
test_scroll_comes_back (void)
{
  g_autoptr (JsonNode) tree = NULL;

  show_and_find (BOX ", " TALL ", 19,5,30,70", 5, &tree);
  stage_driver_show (shared, "[11,5,\"hidden\",\"\", 11,5,\"style\",\"display: none\"]");
  stage_driver_show (
    shared,
    "[12,5,\"hidden\", 11,5,\"style\",\"width: 100px; height: 100px; overflow: auto\"]");
  g_clear_pointer (&tree, json_node_unref);
  tree = stage_driver_tree (shared);
  assert_scroll (stage_tree_find (tree, 5), 30, 70);
}

/* The page is as wide as the window was, with no bars taking room. */
static void
test_no_scroll_bars (void)
{
  g_autoptr (JsonNode) tree = NULL;
  JsonObject *node;

  /* A box exactly as wide as the window scrolls nowhere sideways. */
  node = show_and_find ("2,5,4,0,\"style\",0, 3,6,5,\"body { margin: 0 } ::-webkit-scrollbar "
                        "{ width: 20px }\", "
                        "2,7,4,0,\"p\",1,\"style\",\"width: 800px; height: 3000px\", 19,1,50,100",
                        1, &tree);
  assert_scroll (node, 0, 100);
}

/* WebKit empties a frame that is moved: its page must stay. */
static void
test_moved_frame (void)
{
  static const char *const moves[] = {
    "8,5,4,0",
    "8,20,4,0",
    "9,5, 8,5,20,0",
    "9,20, 8,20,4,0",
  };

  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    {
      g_autoptr (JsonNode) tree = NULL;
      g_autofree char *patch = g_strdup_printf (
        "2,20,4,0,\"div\",0, 2,5,20,0,\"iframe\",0, 7,6,5,true, 2,7,6,0,\"html\",0, "
        "2,8,7,0,\"body\",0, 2,9,8,0,\"input\",0, 14,9,\"typed\", "
        "2,10,8,0,\"iframe\",0, 7,11,10,false, 5,12,11,\"html\",\"\",\"\", 2,13,11,0,\"html\",0, "
        "2,14,13,0,\"body\",0, 3,15,14,\"deep\", %s, 3,16,8,\"late\", 2,17,4,0,\"p\",0",
        moves[i]);

      g_test_message ("case %u: %s", i, moves[i]);
      show_and_find (patch, 15, &tree);
      g_assert_nonnull (stage_tree_find (tree, 16));
      g_assert_cmpstr (json_object_get_string_member (stage_tree_find (tree, 9), "value"), ==,
                       "typed");
      g_assert_true (json_object_get_boolean_member (stage_tree_find (tree, 6), "quirks"));
      g_assert_false (json_object_get_boolean_member (stage_tree_find (tree, 11), "quirks"));
    }
}

static void
test_quirks (void)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *patch =
        g_strdup_printf ("[0,1,%s, 1,800,600, 2,2,1,0,\"html\",0]", i ? "true" : "false");
      g_autofree char *html = NULL;
      g_autoptr (JsonNode) tree = NULL;

      stage_driver_show (shared, patch);
      tree = stage_driver_tree (shared);
      html = stage_driver_html (shared);
      g_assert_cmpint (json_object_get_boolean_member (stage_tree_find (tree, 1), "quirks"), ==, i);
      /* The doctype that chose the mode is not in the page. */
      g_assert_cmpstr (html, ==, "<html></html>");
    }
}

/* In a cell with nothing but a picture lines have no height of their own: seen by scrolling. */
static void
test_limited_quirks (void)
{
  static const struct
  {
    guint mode;
    gboolean scrolls;
  } rows[] = { { 0, TRUE }, { 1, FALSE }, { 2, FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *patch = g_strdup_printf (
        "[0,1,%u, 1,800,600, 2,2,1,0,\"html\",0, 2,4,2,0,\"body\",0, "
        "2,5,4,0,\"div\",1,\"style\",\"height: 5px; overflow: auto\", "
        "2,6,5,0,\"table\",2,\"cellspacing\",\"0\",\"cellpadding\",\"0\", "
        "2,7,6,0,\"tr\",0, 2,8,7,0,\"td\",0, "
        "2,9,8,0,\"img\",1,\"style\",\"width: 4px; height: 4px\", 19,5,0,100]",
        rows[i].mode);
      g_autoptr (JsonNode) tree = NULL;
      JsonObject *root;

      stage_driver_show (shared, patch);
      tree = stage_driver_tree (shared);
      root = stage_tree_find (tree, 1);
      g_assert_cmpint (json_object_get_boolean_member (root, "quirks"), ==, rows[i].mode == 1);
      g_assert_cmpint (json_object_has_member (stage_tree_find (tree, 5), "scroll"), ==,
                       rows[i].scrolls);
    }
}

/* An operation that WebKit refuses is counted and stops nothing. */
static void
test_refused (void)
{
  static const struct
  {
    const char *patch;
    const char *html;
    guint refused;
  } cases[] = {
    { "2,5,99,0,\"p\",0, 3,6,4,\"on\"", "on", 1 },
    { "2,5,4,0,\"a<b\",0, 3,6,5,\"on\"", "<unnamed>on</unnamed>", 1 },
    { "2,5,4,0,\"p\",2,\"a b\",\"1\",\"id\",\"x\"", "<p id=\"x\"></p>", 1 },
    { "2,5,4,0,\"p\",0, 8,5,5,0, 3,6,4,\"on\"", "<p></p>on", 1 },
    { "2,5,4,0,\"p\",0, 2,6,0,0,\"b\",0, 8,6,4,77", "<p></p><b></b>", 1 },
    { "11,99,\"a\",\"b\", 12,99,\"a\", 13,99,\"x\", 14,99,\"x\", 15,99,true, 19,99,1,1, 9,99", "",
      7 },
    { "16,99,1,\"a {}\", 17,4,0,1,0, 18,99, 6,-99,99, 7,98,99,false", "", 5 },
    { "5,5,4,\"html\",\"\",\"\"", "", 1 },
    { "2,5,4,0,\"p\",0, 23,2,5,6,99,7, 3,8,5,\"on\"", "<p>on</p>", 1 },
    /* What would lead a frame elsewhere. */
    { "2,5,4,0,\"iframe\",2,\"src\",\"data:text/html,x\",\"SRCDOC\",\"x\", "
      "11,5,\"sandbox\",\"allow-scripts\"",
      "<iframe></iframe>", 3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *patch = g_strdup_printf ("[%s, %s]", PAGE, cases[i].patch);
      g_autofree char *expected =
        g_strdup_printf ("<!DOCTYPE html><html><head></head><body>%s</body></html>", cases[i].html);
      g_autofree char *html = NULL;
      g_autoptr (GError) error = NULL;
      guint64 before = ph_web_stage_get_refused (shared->stage);

      g_test_message ("case %u: %s", i, cases[i].patch);
      stage_driver_present (shared, patch, &error);
      g_assert_no_error (error);
      html = stage_driver_html (shared);
      g_assert_cmpstr (html, ==, expected);
      g_assert_cmpuint (ph_web_stage_get_refused (shared->stage) - before, ==, cases[i].refused);
      g_assert_nonnull (ph_web_stage_get_refusal (shared->stage));
    }
}

/* What is no patch at all is an error, and the stage goes on. */
static void
test_no_patch (void)
{
  static const char *const patches[] = {
    "",
    "{}",
    "[",
    "[99]",
    "[2,5,4,0,\"p\",2,\"a\"]",
    "[10,-5]",
    "[10,\"x\"]",
    "[10,1e300]",
    "\xff\xfe",
  };

  for (guint i = 0; i < G_N_ELEMENTS (patches); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("case %u", i);
      g_assert_false (stage_driver_present (shared, patches[i], &error));
      g_assert_error (error, PH_ERROR, PH_ERROR_STAGE);
    }
  stage_driver_show (shared, "[" PAGE "]");
}

static JsonObject *
place_of (JsonNode *tree)
{
  return json_object_get_object_member (json_node_get_object (tree), "place");
}

static void
test_overlay (void)
{
  g_autoptr (JsonNode) tree = NULL;
  JsonObject *root;
  JsonObject *pointer;
  JsonArray *clicks;

  stage_driver_show (shared, "[" PAGE ", 20,1,12.5,30,2,true, "
                             "21,2, 1,2,0.25,0, 3,4,1,2]");
  tree = stage_driver_tree (shared);
  root = json_node_get_object (tree);
  pointer = json_object_get_object_member (root, "pointer");
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (pointer, "x"), 12.5, 1e-9);
  g_assert_cmpint (json_object_get_int_member (pointer, "kind"), ==, PH_POINTER_TOUCH);
  g_assert_true (json_object_get_boolean_member (pointer, "pressed"));
  clicks = json_object_get_array_member (root, "clicks");
  g_assert_cmpuint (json_array_get_length (clicks), ==, 2);
  g_assert_cmpfloat_with_epsilon (
    json_object_get_double_member (json_array_get_object_element (clicks, 0), "progress"), 0.25,
    1e-9);

  stage_driver_show (shared, "[20,0, 21,0]");
  g_clear_pointer (&tree, json_node_unref);
  tree = stage_driver_tree (shared);
  root = json_node_get_object (tree);
  g_assert_true (json_object_get_null_member (root, "pointer"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (root, "clicks")), ==, 0);
}

/* More fingers, and the way of the pointer: drawn above the page, gone with the next patch. */
static void
test_fingers_and_trail (void)
{
  g_autoptr (JsonNode) tree = NULL;
  JsonObject *root;

  stage_driver_show (shared, "[" PAGE ", 20,2,10,10,2,true,50,60,2,true, "
                             "37,3, 0,0,0.5,true, 20,20,0.2,false, 30,30,0,false]");
  tree = stage_driver_tree (shared);
  root = json_node_get_object (tree);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (root, "others")), ==, 1);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (root, "trail")), ==, 3);

  stage_driver_show (shared, "[20,0, 37,0]");
  g_clear_pointer (&tree, json_node_unref);
  tree = stage_driver_tree (shared);
  root = json_node_get_object (tree);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (root, "others")), ==, 0);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (root, "trail")), ==, 0);
}

static gboolean
is_at (JsonObject *place,
       double x,
       double y,
       double scale)
{
  return ABS (json_object_get_double_member (place, "x") - x) < 1e-3 &&
         ABS (json_object_get_double_member (place, "y") - y) < 1e-3 &&
         ABS (json_object_get_double_member (place, "scale") - scale) < 1e-3;
}

static void
test_place (void)
{
  static const struct
  {
    int width, height; /* of the widget; the page is 800 × 600 */
    gboolean plain, enlarge;
    double x, y, scale;
  } cases[] = {
    { 800, 600, FALSE, FALSE, 0, 0, 1 },
    { 1000, 700, FALSE, FALSE, 100, 50, 1 },
    { 400, 600, FALSE, FALSE, 0, 150, 0.5 },
    { 800, 300, FALSE, TRUE, 200, 0, 0.5 },
    { 1200, 900, FALSE, TRUE, 0, 0, 1.5 },
    { 1000, 700, TRUE, FALSE, 0, 0, 1 },
    { 400, 300, TRUE, TRUE, 0, 0, 1 },
  };

  stage_driver_show (shared, "[" PAGE "]");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gboolean placed = FALSE;

      g_test_message ("case %u", i);
      ph_web_stage_set_plain (shared->stage, cases[i].plain);
      ph_web_stage_set_enlarge (shared->stage, cases[i].enlarge);
      stage_driver_resize (shared, cases[i].width, cases[i].height);

      /* The web process hears of the new size a little later. */
      for (guint n = 0; n < 100 && !placed; n++)
        {
          g_autoptr (JsonNode) tree = stage_driver_tree (shared);

          placed = is_at (place_of (tree), cases[i].x, cases[i].y, cases[i].scale);
          g_usleep (20000);
        }
      g_assert_true (placed);
    }
  ph_web_stage_set_plain (shared->stage, FALSE);
  ph_web_stage_set_enlarge (shared->stage, FALSE);
  stage_driver_resize (shared, 800, 600);
}

/* The colour of one pixel, as 0xAARRGGBB, premultiplied. */
static guint32
pixel (GdkTexture *texture,
       int x,
       int y)
{
  gsize stride = (gsize) gdk_texture_get_width (texture) * 4;
  g_autofree guint8 *data = g_malloc (stride * gdk_texture_get_height (texture));
  guint32 colour;

  gdk_texture_download (texture, data, stride);
  memcpy (&colour, data + stride * y + 4 * (gsize) x, sizeof colour);

  return colour;
}

static void
test_snapshot (void)
{
  /* A 1 × 1 blue picture, stretched: the data URL must have been decoded. */
#define BLUE                                                                             \
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mNgYP" \
  "gPAAEDAQA2dBFAAAAAAElFTkSuQmCC"
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GdkTexture) plain = NULL;

  stage_driver_resize (shared, 1000, 700);
  stage_driver_show (shared,
                     "[" PAGE ", 11,4,\"style\",\"margin: 0; background: rgb(0, 128, 0)\", "
                     "2,5,4,0,\"img\",2,\"style\",\"width: 100px; height: 100px\",\"src\",\"" BLUE
                     "\", 20,1,400,300,0,false]");
  stage_driver_settle (shared);
  texture = stage_driver_snapshot (shared);
  g_assert_cmpint (gdk_texture_get_width (texture), ==, 1000);
  g_assert_cmpint (gdk_texture_get_height (texture), ==, 700);
  g_assert_cmphex (pixel (texture, 150, 100), ==, 0xff0000ff);
  g_assert_cmphex (pixel (texture, 850, 600), ==, 0xff008000);
  /* Beside the page nothing is painted; on it, the pointer is. */
  g_assert_cmphex (pixel (texture, 10, 10), ==, 0);
  g_assert_cmphex (pixel (texture, 504, 358), !=, 0xff008000);

  ph_web_stage_set_plain (shared->stage, TRUE);
  stage_driver_show (shared, "[]");
  plain = stage_driver_snapshot (shared);
  g_assert_cmphex (pixel (plain, 50, 50), ==, 0xff0000ff);
  g_assert_cmphex (pixel (plain, 404, 308), ==, 0xff008000);
  g_assert_cmphex (pixel (plain, 900, 650), ==, 0);
  ph_web_stage_set_plain (shared->stage, FALSE);
  stage_driver_resize (shared, 800, 600);
}

/* WebKit's own: nothing where bars without a size meet, and the handle of a textarea. */
static void
test_corners (void)
{
  g_autoptr (GdkTexture) texture = NULL;
  gboolean handle = FALSE;

  ph_web_stage_set_plain (shared->stage, TRUE);
  stage_driver_show (shared,
                     "[" PAGE ", 11,4,\"style\",\"margin: 0; height: 3000px\", "
                     "2,5,4,0,\"textarea\",1,\"style\",\"position: fixed; left: 10px; top: 10px; "
                     "width: 100px; height: 100px; border: 0; padding: 0; background: white\"]");
  texture = stage_driver_snapshot (shared);
  ph_web_stage_set_plain (shared->stage, FALSE);

  g_assert_cmphex (pixel (texture, 0, 0), ==, 0xffffffff);
  for (int i = 0; i < 144 && !handle; i++)
    handle = pixel (texture, 98 + i % 12, 98 + i / 12) != 0xffffffff;
  g_assert_true (handle);
}

#define FRAME(parent, id, page, root, body)                                                        \
  "2," #id "," #parent ",0,\"iframe\",1,\"style\",\"position: fixed; left: 0; top: 0; "            \
  "width: 800px; height: 600px\", 7," #page "," #id ",false, 2," #root "," #page ",0,\"html\",0, " \
  "2," #body "," #root ",0,\"body\",0, "

/* A frame is drawn however deep it lies. */
static void
test_deep_frames (void)
{
#define OUTER FRAME (4, 20, 21, 22, 23)
#define MIDDLE FRAME (23, 30, 31, 32, 33)
#define INNER FRAME (33, 40, 41, 42, 43)
  static const char *const frames[] = {
    FRAME (4, 60, 61, 62, 63),
    OUTER FRAME (23, 60, 61, 62, 63),
    OUTER MIDDLE FRAME (33, 60, 61, 62, 63),
    OUTER MIDDLE INNER FRAME (43, 60, 61, 62, 63),
  };

  ph_web_stage_set_plain (shared->stage, TRUE);

  for (guint i = 0; i < G_N_ELEMENTS (frames); i++)
    {
      g_autofree char *patch = g_strdup_printf (
        "[" PAGE ", %s 11,63,\"style\",\"background: rgb(0, 128, 0)\"]", frames[i]);
      g_autoptr (GdkTexture) texture = NULL;

      stage_driver_show (shared, patch);
      texture = stage_driver_snapshot (shared);
      g_test_message ("%u frames around it", i + 1);
      g_assert_cmphex (pixel (texture, 400, 300), ==, 0xff008000);
    }

  ph_web_stage_set_plain (shared->stage, FALSE);
}

/* Where an animation stands shows in what can be scrolled: its height is animated. */
static int
animated_scroll (void)
{
  g_autoptr (JsonNode) tree = NULL;
  JsonObject *box;

  stage_driver_show (shared, "[19,5,0,100000]");
  tree = stage_driver_tree (shared);
  box = stage_tree_find (tree, 5);

  return json_object_has_member (box, "scroll")
           ? json_array_get_int_element (json_object_get_array_member (box, "scroll"), 1)
           : 0;
}

#define ANIMATED(style, rules)                                      \
  "[" PAGE ", 2,7,3,0,\"style\",0, 3,8,7,\"" rules "\", "           \
  "2,5,4,0,\"div\",1,\"style\",\"height: 100px; overflow: auto\", " \
  "2,6,5,0,\"p\",1,\"style\",\"margin: 0; height: 100px; " style "\""
#define GROW "@keyframes grow { from { height: 100px } to { height: 1100px } }"

static void
test_animations (void)
{
  ph_stage_set_playing (PH_STAGE (shared->stage), FALSE);

  /* Endless ones stand where the time says, a third of a second into a second. */
  stage_driver_show (shared, ANIMATED ("animation: grow 1s linear infinite", GROW) ", 22,7300]");
  g_assert_cmpint (animated_scroll (), ==, 300);
  stage_driver_show (shared, "[22,61500]");
  g_assert_cmpint (animated_scroll (), ==, 500);

  /* Those that end have ended. */
  stage_driver_show (shared, ANIMATED ("animation: grow 9s linear forwards", GROW) ", 22,1]");
  g_assert_cmpint (animated_scroll (), ==, 1000);

  /* SVG's own: paused at the time, not running on. */
  stage_driver_show (
    shared, "[" PAGE ", 2,5,4,0,\"div\",1,\"style\",\"height: 100px; overflow: auto\", "
            "2,6,5,1,\"svg\",2,\"height\",\"100\",\"style\",\"display: block\", "
            "2,7,6,1,\"animate\",5,\"attributeName\",\"height\",\"from\",\"100\",\"to\",\"1100\","
            "\"dur\",\"1s\",\"repeatCount\",\"indefinite\", 22,7300]");
  g_assert_cmpint (animated_scroll (), ==, 300);
  g_usleep (100000);
  g_assert_cmpint (animated_scroll (), ==, 300);

  /* In a shadow tree as well. */
  stage_driver_show (shared, "[" PAGE ", 2,9,4,0,\"div\",0, 6,-9,9, "
                             "2,7,-9,0,\"style\",0, 3,8,7,\"" GROW "\", "
                             "2,5,-9,0,\"div\",1,\"style\",\"height: 100px; overflow: auto\", "
                             "2,6,5,0,\"p\",1,\"style\",\"margin: 0; height: 100px; "
                             "animation: grow 1s linear infinite\", 22,7300]");
  g_assert_cmpint (animated_scroll (), ==, 300);

  /* What the page itself paused stays where the page wants it. */
  stage_driver_show (
    shared, ANIMATED ("animation: grow 1s linear -0.2s infinite paused", GROW) ", 22,7300]");
  g_assert_cmpint (animated_scroll (), ==, 200);

  /* Transitions too: at once in a jump, not at all while paused, in time while playing. */
  stage_driver_show (shared, ANIMATED ("transition: height 0.2s linear", "") ", 22,0]");
  stage_driver_show (
    shared, "[11,6,\"style\",\"margin: 0; height: 600px; transition: height 60s\", 22,1]");
  g_assert_cmpint (animated_scroll (), ==, 500);

  /* One that follows from another: what is inside is as high as the letters around it say. */
#define AROUND "height: 100px; overflow: auto; transition: font-size 60s; font-size: "
  stage_driver_show (shared, "[" PAGE ", 2,5,4,0,\"div\",1,\"style\",\"" AROUND "10px\", "
                             "2,6,5,0,\"p\",1,\"style\","
                             "\"margin: 0; height: 30em; transition: height 60s\", 22,0]");
  stage_driver_show (shared, "[11,5,\"style\",\"" AROUND "20px\", 22,1]");
  g_assert_cmpint (animated_scroll (), ==, 500);

  stage_driver_show (shared,
                     ANIMATED ("height: 600px; transition: height 0.2s linear", "") ", 22,0]");
  stage_driver_show (
    shared, "[11,6,\"style\",\"margin: 0; height: 900px; transition: height 0.2s linear\"]");
  g_usleep (300000);
  g_assert_cmpint (animated_scroll (), <, 800);
  ph_stage_set_playing (PH_STAGE (shared->stage), TRUE);
  for (guint n = 0; n < 100 && animated_scroll () < 800; n++)
    g_usleep (20000);
  g_assert_cmpint (animated_scroll (), ==, 800);
  ph_stage_set_playing (PH_STAGE (shared->stage), FALSE);
}

/* A node that was given another id has the animations of one that is new. */
static void
test_reused_animations (void)
{
  static const char *const befores[] = {
    "animation: grow 9s linear forwards",
    "animation: grow 1s linear infinite",
    "transition: height 9s linear",
  };
  static const char *const afters[] = {
    "animation: grow 4s linear -1s forwards paused",
    "animation: grow 4s linear forwards",
    "animation: grow 1s linear -0.3s infinite",
    "transition: height 9s linear; height: 800px !important",
  };

  for (guint i = 0; i < G_N_ELEMENTS (befores) * G_N_ELEMENTS (afters); i++)
    {
      const char *before = befores[i % G_N_ELEMENTS (befores)];
      const char *after = afters[i / G_N_ELEMENTS (befores)];
      g_autofree char *begin = g_strdup_printf (ANIMATED ("%s", GROW) ", 22,300]", before);
      g_autofree char *fresh = g_strdup_printf (ANIMATED ("%s", GROW) ", 22,700]", after);
      g_autofree char *reuse = g_strdup_printf (
        "[22,700, 23,1,6,16, 11,16,\"style\",\"margin: 0; height: 100px; %s\"]", after);
      int wanted;

      ph_stage_set_playing (PH_STAGE (shared->stage), FALSE);
      stage_driver_show (shared, fresh);
      wanted = animated_scroll ();
      stage_driver_show (shared, begin);
      stage_driver_show (shared, reuse);
      g_test_message ("%s → %s: %d", before, after, wanted);
      g_assert_cmpint (animated_scroll (), ==, wanted);
    }
}

static void
presented_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  GError **error = user_data;
  gboolean presented = ph_stage_present_finish (PH_STAGE (source), result, error);

  g_assert_cmpint (presented, ==, *error == NULL);
  if (presented)
    *error = g_error_new_literal (PH_ERROR, 0, "presented");
}

static void
test_one_in_flight (void)
{
  g_autoptr (GBytes) patch = g_bytes_new_static ("[]", 2);
  g_autoptr (GError) answer = NULL;

  ph_stage_present_async (PH_STAGE (shared->stage), patch, NULL, presented_cb, &answer);
  g_test_expect_message ("ph-stage", G_LOG_LEVEL_CRITICAL, "*present == NULL*");
  ph_stage_present_async (PH_STAGE (shared->stage), patch, NULL, presented_cb, NULL);
  g_test_assert_expected_messages ();

  while (answer == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (answer->message, ==, "presented");
}

/* What was shown is gone with its process; a new one, without a driver, takes patches again. */
static void
test_lost (void)
{
  g_autoptr (StageDriver) driver = stage_driver_new_for (ph_web_stage_new (), 800, 600);
  WebKitWebView *view = WEBKIT_WEB_VIEW (ph_web_stage_get_widget (driver->stage));
  g_autoptr (GBytes) patch = g_bytes_new_static ("[" PAGE "]", strlen ("[" PAGE "]"));
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) late = NULL;
  g_autofree char *html = NULL;

  ph_web_stage_set_plain (driver->stage, TRUE);
  stage_driver_show (driver, "[" PAGE "]");

  ph_stage_present_async (PH_STAGE (driver->stage), patch, NULL, presented_cb, &error);
  webkit_web_view_terminate_web_process (view);
  stage_driver_wait_lost (driver, 1);
  while (error == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (error, PH_ERROR, PH_ERROR_STAGE);
  g_assert_false (ph_stage_is_ready (PH_STAGE (driver->stage)));
  g_assert_false (stage_driver_present (driver, "[]", &late));
  g_assert_error (late, PH_ERROR, PH_ERROR_STAGE);

  ph_web_stage_restart (driver->stage);
  stage_driver_wait_ready (driver, 2);
  html = stage_driver_html (driver);
  g_assert_cmpstr (html, ==, "");
  stage_driver_show (driver, "[" PAGE "]");
  g_assert_cmpuint (driver->n_lost, ==, 1);
}

/*
 * Without a graphics card the processor paints, until a page needs more: then
 * another web process comes, nobody is told of a loss, and the page is painted.
 */
static void
test_needs_graphics (void)
{
  static const char blurred[] =
    "[" PAGE ", 2,5,4,0,\"p\",1,\"style\",\"backdrop-filter: blur(2px)\", 3,6,5,\"on\"]";
  const char *software = g_getenv ("LIBGL_ALWAYS_SOFTWARE");
  g_autofree char *before = g_strdup (software);
  g_autoptr (StageDriver) driver = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *html = NULL;
  WebKitSettings *settings;

  g_setenv ("LIBGL_ALWAYS_SOFTWARE", "1", TRUE);
  driver = stage_driver_new_for (ph_web_stage_new (), 800, 600);

  if (before == NULL)
    g_unsetenv ("LIBGL_ALWAYS_SOFTWARE");

  settings =
    webkit_web_view_get_settings (WEBKIT_WEB_VIEW (ph_web_stage_get_widget (driver->stage)));
  stage_driver_show (driver, "[" PAGE "]");
  g_assert_cmpuint (driver->n_ready, ==, 1);
  g_assert_cmpint (webkit_settings_get_hardware_acceleration_policy (settings), ==,
                   WEBKIT_HARDWARE_ACCELERATION_POLICY_NEVER);
  g_assert_false (stage_driver_present (driver, blurred, &error));
  g_assert_error (error, PH_ERROR, PH_ERROR_STAGE);
  stage_driver_wait_ready (driver, 2);
  g_assert_cmpint (webkit_settings_get_hardware_acceleration_policy (settings), ==,
                   WEBKIT_HARDWARE_ACCELERATION_POLICY_ALWAYS);

  stage_driver_show (driver, blurred);
  html = stage_driver_html (driver);
  g_assert_nonnull (strstr (html, ">on</p>"));
  stage_driver_show (driver, blurred);
  g_assert_cmpuint (driver->n_ready, ==, 2);
  g_assert_cmpuint (driver->n_lost, ==, 0);
}

/* A view that is not shown answers all the same. */
static void
test_hidden (void)
{
  g_autofree char *html = NULL;

  gint64 start;

  gtk_widget_set_visible (GTK_WIDGET (shared->window), FALSE);
  start = g_get_monotonic_time ();
  stage_driver_show (shared, "[" PAGE ", 3,5,4,\"unseen\"]");
  g_assert_cmpint (g_get_monotonic_time () - start, <, 3 * G_USEC_PER_SEC / 2);
  html = stage_driver_html (shared);
  g_assert_nonnull (strstr (html, "unseen"));
  gtk_window_present (shared->window);
}

static void
test_takes_no_input (void)
{
  GtkWidget *widget = ph_web_stage_get_widget (shared->stage);

  g_assert_false (gtk_widget_get_can_target (widget));
  g_assert_false (gtk_widget_get_focusable (widget));
  g_assert_true (gtk_widget_pick (GTK_WIDGET (shared->window), 400, 300, GTK_PICK_DEFAULT) !=
                 widget);
}

int
main (int argc,
      char **argv)
{
  int status;

  stage_driver_init (&argc, &argv);
  shared = stage_driver_new (800, 600);

  g_test_add_func ("/web-stage/every-operation", test_every_operation);
  g_test_add_func ("/web-stage/form-values", test_form_values);
  g_test_add_func ("/web-stage/checks", test_checks);
  g_test_add_func ("/web-stage/rules", test_rules);
  g_test_add_func ("/web-stage/rules-reset", test_rules_reset);
  g_test_add_func ("/web-stage/scroll", test_scroll);
  g_test_add_func ("/web-stage/scroll-comes-back", test_scroll_comes_back);
  g_test_add_func ("/web-stage/no-scroll-bars", test_no_scroll_bars);
  g_test_add_func ("/web-stage/moved-frame", test_moved_frame);
  g_test_add_func ("/web-stage/quirks", test_quirks);
  g_test_add_func ("/web-stage/limited-quirks", test_limited_quirks);
  g_test_add_func ("/web-stage/refused", test_refused);
  g_test_add_func ("/web-stage/no-patch", test_no_patch);
  g_test_add_func ("/web-stage/overlay", test_overlay);
  g_test_add_func ("/web-stage/fingers-and-trail", test_fingers_and_trail);
  g_test_add_func ("/web-stage/place", test_place);
  g_test_add_func ("/web-stage/snapshot", test_snapshot);
  g_test_add_func ("/web-stage/corners", test_corners);
  g_test_add_func ("/web-stage/deep-frames", test_deep_frames);
  g_test_add_func ("/web-stage/animations", test_animations);
  g_test_add_func ("/web-stage/reused-animations", test_reused_animations);
  g_test_add_func ("/web-stage/one-in-flight", test_one_in_flight);
  g_test_add_func ("/web-stage/lost", test_lost);
  g_test_add_func ("/web-stage/needs-graphics", test_needs_graphics);
  g_test_add_func ("/web-stage/hidden", test_hidden);
  g_test_add_func ("/web-stage/takes-no-input", test_takes_no_input);

  status = g_test_run ();
  stage_driver_free (shared);

  return status;
}
