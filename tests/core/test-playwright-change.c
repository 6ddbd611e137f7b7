/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-dom-write.h"
#include "ph-playwright-nodes.h"
#include "ph-test-dom.h"
#include "ph-trace-tree.h"

#include <string.h>

#define N_PAGES 60
#define N_CHANGES 60
#define MUTATION "{'type':3,'timestamp':1000,'data':{'source':0,'texts':["

/* --- a page as a browser has it, and Playwright's recorder in it -------------------------- */

typedef struct _Node Node;

/* `cached` is what was recorded last: `picture` and `number` say where. */
struct _Node
{
  const char *tag; /* NULL: a text */
  char *text;
  GHashTable *attributes;
  Node *parent;
  GPtrArray *children;
  char *cached;
  guint picture, number;
};

typedef struct
{
  GRand *rand;
  GPtrArray *nodes; /* all that ever were */
  Node *root, *body;
  guint picture;
} Page;

static void
node_free (gpointer data)
{
  Node *node = data;

  g_hash_table_unref (node->attributes);
  g_ptr_array_unref (node->children);
  g_free (node->text);
  g_free (node->cached);
  g_free (node);
}

static Node *
make (Page *page,
      const char *tag,
      const char *text)
{
  Node *node = g_new0 (Node, 1);

  node->tag = tag;
  node->text = g_strdup (text);
  node->attributes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  node->children = g_ptr_array_new ();
  g_ptr_array_add (page->nodes, node);

  return node;
}

static void
set (Node *node,
     const char *name,
     char *value)
{
  g_hash_table_replace (node->attributes, g_strdup (name), value);
}

static void
put (Node *node,
     Node *parent,
     guint at)
{
  if (node->parent != NULL)
    g_ptr_array_remove (node->parent->children, node);

  node->parent = parent;
  g_ptr_array_insert (parent->children, (int) MIN (at, parent->children->len), node);
}

static gboolean
is_in (const Node *node,
       const Node *ancestor)
{
  while (node != NULL && node != ancestor)
    node = node->parent;

  return node == ancestor;
}

/* What the recorder compares: its own, and which children it has. */
static char *
describe (const Node *node)
{
  GString *out = g_string_new (node->text);
  g_autoptr (GList) names = g_hash_table_get_keys (node->attributes);

  names = g_list_sort (names, (GCompareFunc) strcmp);

  for (const GList *at = names; at != NULL; at = at->next)
    g_string_append_printf (out, "%s'%s':'%s'", at != names ? "," : "", (const char *) at->data,
                            (const char *) g_hash_table_lookup (node->attributes, at->data));

  for (guint i = 0; i < node->children->len; i++)
    g_string_append_printf (out, " %p", node->children->pdata[i]);

  return g_string_free (out, FALSE);
}

/* As snapshotterInjected.ts: FALSE when it is what it was. */
static gboolean
record (Page *page,
        Node *node,
        guint *counter,
        GString *out)
{
  g_autofree char *now = describe (node);
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean has_changed = g_strcmp0 (now, node->cached) != 0;
  guint before = *counter;

  if (node->tag != NULL)
    {
      const char *end = strchr (now, ' ');

      g_string_append_printf (text, "['%s',{%.*s}", node->tag,
                              end != NULL ? (int) (end - now) : (int) strlen (now), now);

      for (guint i = 0; i < node->children->len; i++)
        {
          g_string_append_c (text, ',');
          has_changed = record (page, node->children->pdata[i], counter, text) || has_changed;
        }

      g_string_append_c (text, ']');
    }
  else
    {
      g_string_append_printf (text, "'%s'", node->text);
    }

  if (!has_changed)
    {
      g_assert_cmpuint (before, ==, *counter);
      g_string_append_printf (out, "[[%u,%u]]", page->picture - node->picture, node->number);
      return FALSE;
    }

  g_free (node->cached);
  node->cached = g_steal_pointer (&now);
  node->picture = page->picture;
  node->number = (*counter)++;
  g_string_append (out, text->str);

  return TRUE;
}

static char *
take_picture (Page *page)
{
  GString *out = g_string_new (NULL);
  guint counter = 0;

  page->picture++;
  record (page, page->root, &counter, out);

  return g_string_free (out, FALSE);
}

/* --- changes of all kinds ------------------------------------------------------------------ */

static Node *
pick (Page *page)
{
  return page->nodes->pdata[g_rand_int_range (page->rand, 0, (gint32) page->nodes->len)];
}

static char *
number (Page *page)
{
  return g_strdup_printf ("%d", g_rand_int_range (page->rand, 0, 4));
}

/* An element, with what only some have. */
static Node *
make_some (Page *page)
{
  static const char *const tags[] = { "DIV", "P", "B", "INPUT", "OPTION", "X-HOST" };
  const char *tag = tags[g_rand_int_range (page->rand, 0, G_N_ELEMENTS (tags))];
  Node *node;

  if (g_rand_boolean (page->rand))
    {
      g_autofree char *text = number (page);

      return make (page, NULL, text);
    }

  node = make (page, tag, NULL);

  if (strcmp (tag, "INPUT") == 0)
    set (node, "__playwright_value_", number (page));
  else if (strcmp (tag, "OPTION") == 0)
    set (node, "__playwright_selected_", g_strdup ("false"));
  else if (strcmp (tag, "X-HOST") == 0)
    {
      Node *root = make (page, "template", NULL);
      Node *sheet = make (page, "template", NULL);

      set (root, "__playwright_shadow_root_", g_strdup ("open"));
      set (sheet, "__playwright_style_sheet_", g_strdup ("a{}"));
      put (make (page, "B", NULL), root, 0);
      put (sheet, root, 1);
      put (root, node, 0);
    }

  return node;
}

static gboolean
is_fixed (const Page *page,
          const Node *node)
{
  return node == page->root || node == page->body || g_strcmp0 (node->tag, "template") == 0;
}

static gboolean
may_hold (const Node *node)
{
  return node->tag != NULL && strcmp (node->tag, "INPUT") != 0 &&
         strcmp (node->tag, "OPTION") != 0 &&
         !g_hash_table_contains (node->attributes, "__playwright_style_sheet_");
}

static void
change_state (Page *page,
              Node *node)
{
  if (strcmp (node->tag, "INPUT") == 0)
    set (node, "__playwright_value_", number (page));
  else if (strcmp (node->tag, "OPTION") == 0)
    set (node, "__playwright_selected_",
         g_strdup (g_rand_boolean (page->rand) ? "true" : "false"));
  else if (g_hash_table_contains (node->attributes, "__playwright_style_sheet_"))
    set (node, "__playwright_style_sheet_", g_strdup ("b{}"));
  else
    set (node, "__playwright_scroll_top_", number (page));
}

static void
change (Page *page)
{
  Node *node = pick (page);
  Node *other = pick (page);

  switch (g_rand_int_range (page->rand, 0, 6))
    {
    case 0:
    case 1:
      if (may_hold (other))
        put (make_some (page), other, g_rand_int_range (page->rand, 0, 4));
      break;
    case 2:
      if (!is_fixed (page, node) && may_hold (other) && !is_in (other, node) &&
          other != page->root)
        put (node, other, g_rand_int_range (page->rand, 0, 4));
      break;
    case 3:
      if (!is_fixed (page, node) && node->parent != NULL)
        {
          g_ptr_array_remove (node->parent->children, node);
          node->parent = NULL;
        }
      break;
    case 4:
      if (node->tag == NULL)
        {
          g_free (node->text);
          node->text = number (page);
        }
      else if (g_rand_boolean (page->rand))
        set (node, "class", number (page));
      else
        g_hash_table_remove (node->attributes, "class");
      break;
    default:
      if (node->tag != NULL)
        change_state (page, node);
      break;
    }
}

/* --- the tests ------------------------------------------------------------------------------ */

static void
apply (PhDom *dom,
       const char *events)
{
  g_autoptr (PhHealth) health = ph_health_new ();
  g_autoptr (GString) list = g_string_new (events);

  if (list->len == 0)
    return;

  g_string_truncate (list, list->len - 1);
  g_string_replace (list, "\n", ",", 0);
  g_string_prepend_c (list, '[');
  g_string_append_c (list, ']');
  ph_test_apply (dom, health, list->str);
  g_assert_cmpuint (ph_health_total (health), ==, 0);
}

static void
run_page (guint32 seed,
          gboolean is_trimmed)
{
  Page page = { g_rand_new_with_seed (seed), g_ptr_array_new_with_free_func (node_free) };
  g_autoptr (PhAside) aside = ph_aside_new ();
  g_autoptr (PhPlaywrightTree) tree = ph_playwright_tree_new (aside);
  g_autoptr (PhPlaywrightTree) whole = ph_playwright_tree_new (NULL);
  g_autoptr (PhNames) names = ph_names_new ();
  g_autoptr (PhDom) told = ph_dom_new (names);

  page.root = make (&page, "HTML", NULL);
  page.body = make (&page, "BODY", NULL);
  put (page.body, page.root, 0);

  for (guint i = 0; i < N_CHANGES; i++)
    {
      g_autofree char *picture = take_picture (&page);
      g_autofree char *changes = NULL;
      g_autofree char *all = NULL;
      g_autofree char *html = NULL;
      g_autofree char *wanted = NULL;
      g_autoptr (PhDom) shown = ph_dom_new (names);

      g_assert_true (ph_tree_add (tree, "f", picture, "html"));
      g_assert_true (ph_tree_add (whole, "f", picture, "html"));
      changes = ph_tree_write (tree, "f", FALSE, NULL);
      all = ph_tree_write (whole, "f", TRUE, NULL);
      g_assert_cmpint (strstr (changes, "'type':2,'timestamp'") != NULL, ==, i == 0);
      apply (told, changes);
      apply (shown, all);
      html = ph_dom_write_html (told, PH_WRITE_RECORDED);
      wanted = ph_dom_write_html (shown, PH_WRITE_RECORDED);
      g_assert_cmpstr (html, ==, wanted);

      if (is_trimmed)
        {
          tree->n_left = 0;
          ph_playwright_tree_trim (tree, 0);
        }

      for (int n = g_rand_int_range (page.rand, 0, 6); n > 0; n--)
        change (&page);
    }

  g_ptr_array_unref (page.nodes);
  g_rand_free (page.rand);
}

/* Told by changes, a page is what it is told whole; whatever is in memory of it. */
static void
test_any (void)
{
  for (guint32 seed = 0; seed < N_PAGES; seed++)
    run_page (seed, seed % 2 > 0);
}

/* What a person types and scrolls comes as that. */
static void
test_state (void)
{
  g_autoptr (PhPlaywrightTree) tree = ph_playwright_tree_new (NULL);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;

  first = ph_tree_after (tree, "['HTML',{},['BODY',{},['INPUT',{'__playwright_value_':'a'}],"
                               "['INPUT',{'__playwright_value_':'on',"
                               "'__playwright_checked_':'false'}],"
                               "['P',{'__playwright_scroll_top_':'5','class':'a'}]]]");
  second = ph_tree_after (tree, "['HTML',{'__playwright_scroll_top_':'7'},['BODY',{},"
                                "['INPUT',{'__playwright_value_':'ab'}],"
                                "['INPUT',{'__playwright_value_':'on',"
                                "'__playwright_checked_':'true'}],"
                                "['P',{'__playwright_scroll_left_':'5','id':'b'}]]]");
  g_assert_cmpstr (second, ==,
                   MUTATION "],'attributes':[{'id':7,'attributes':{'id':'b','class':null}}],"
                            "'removes':[],'adds':[]}}\n"
                            "{'type':3,'timestamp':1000,'data':{'source':3,'id':1,'x':0,'y':7}}\n"
                            "{'type':3,'timestamp':1000,'data':{'source':5,'id':5,"
                            "'text':'ab','isChecked':false}}\n"
                            "{'type':3,'timestamp':1000,'data':{'source':5,'id':6,"
                            "'text':'on','isChecked':true}}\n"
                            "{'type':3,'timestamp':1000,'data':{'source':3,'id':7,"
                            "'x':5,'y':0}}\n");
  third = ph_tree_after (tree, "[[1,4]]");
  g_assert_cmpstr (third, ==, "");
}

/* Of those that change places as few as can be are taken out. */
static void
test_order (void)
{
  g_autoptr (PhPlaywrightTree) tree = ph_playwright_tree_new (NULL);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  first = ph_tree_after (tree, "['HTML',{},['A'],['B'],['I'],['P']]");
  second = ph_tree_after (tree, "['HTML',{},[[1,3]],[[1,0]],['U'],[[1,1]],[[1,2]]]");
  g_assert_cmpstr (second, ==,
                   MUTATION "],'attributes':[],'removes':[{'parentId':3,'id':7}],'adds':["
                            "{'parentId':3,'nextId':4,'node':{'type':2,'id':7,'tagName':'p',"
                            "'attributes':{},'childNodes':[]}},"
                            "{'parentId':3,'nextId':5,'node':{'type':2,'id':8,'tagName':'u',"
                            "'attributes':{},'childNodes':[]}}]}}\n");
}

#define OUTER "['HTML',{},['BODY',{},['IFRAME',{'src':'/snapshot/in'}],%s]]"

/* A frame's page changes by itself, comes when it is known, and goes with its element. */
static void
test_frames (void)
{
  g_autoptr (PhPlaywrightTree) tree = ph_playwright_tree_new (NULL);
  g_autofree char *outer = g_strdup_printf (OUTER, "'a'");
  g_autofree char *first = ph_tree_after (tree, outer);
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  g_autofree char *fourth = NULL;
  g_autofree char *fifth = NULL;

  ph_has_not (first, "isAttachIframe");

  g_assert_true (ph_tree_add (tree, "in", "['HTML',{},['BODY',{},'x']]", "html"));
  second = ph_tree_after (tree, "[[1,3]]");
  ph_has (second, "'isAttachIframe':true,'adds':[{'parentId':5,");
  ph_has_not (second, "'type':2,'timestamp'");

  g_assert_true (ph_tree_add (tree, "in", "['HTML',{},['BODY',{},'y']]", "html"));
  third = ph_tree_after (tree, "[[2,3]]");
  g_assert_true (g_str_has_prefix (third, MUTATION "{'id':"));
  ph_has (third, "'value':'y'}],'attributes':[],'removes':[],'adds':[]}}\n");

  fourth = ph_tree_after (tree, "['HTML',{},['BODY',{},'a']]");
  ph_has (fourth, "'removes':[{'parentId':4,'id':5}]");

  g_assert_true (ph_tree_add (tree, "in", "['HTML',{},['BODY',{},'z']]", "html"));
  fifth = ph_tree_after (tree, outer);
  ph_has (fifth, "'tagName':'iframe'");
  ph_has (fifth, "'isAttachIframe':true,");
  ph_has (fifth, "'textContent':'z'");
}

/* A page of another kind, or one that begins with another element, is told whole. */
static void
test_whole (void)
{
  g_autoptr (PhPlaywrightTree) tree = ph_playwright_tree_new (NULL);
  g_autofree char *first = ph_tree_after (tree, "['HTML',{},'a']");
  g_autofree char *second = ph_tree_after (tree, "['svg',{},'a']");
  g_autofree char *third = NULL;

  ph_has (first, "'type':2,'timestamp'");
  ph_has (second, "'type':2,'timestamp'");
  g_assert_true (ph_tree_add (tree, "f", "['svg',{},'a']", NULL));
  third = ph_tree_write (tree, "f", FALSE, NULL);
  ph_has (third, "'compatMode':'BackCompat'");
}

#define SHEET(text) "['template',{'__playwright_style_sheet_':'" text "'}]"

/* Sheets that were adopted are told again where they have changed, and only there. */
static void
test_sheets (void)
{
  g_autoptr (PhPlaywrightTree) tree = ph_playwright_tree_new (NULL);
  g_autofree char *first = ph_tree_after (tree, "['HTML',{}," SHEET ("a{}") ",['P',{},'a']]");
  g_autofree char *second = ph_tree_after (tree, "['HTML',{},[[1,0]],['P',{},'b']]");
  g_autofree char *third = ph_tree_after (tree, "['HTML',{}," SHEET ("b{}") ",[[1,1]]]");
  g_autofree char *fourth = ph_tree_after (tree, "['HTML',{},[[2,1]]]");

  ph_has (first, "'source':15,'id':1,");
  ph_has_not (second, "'source':15");
  ph_has (third, "'source':15,'id':1,'styles':[{'styleId':7,'rules':[]}],'styleIds':[7]}}\n");
  ph_has (third, "'source':8,'styleId':7,'replaceSync':'b{}'");
  ph_has (fourth, "'source':15,'id':1,'styles':[],'styleIds':[]}}\n");
}

/* References that no recorder writes: nothing is told that the page cannot follow. */
static void
test_odd (void)
{
  static const char *const pictures[] = {
    "['HTML',{},['A',{},['B',{},'x']],['P']]",
    "['HTML',{},[[1,1]],[[1,1]],[[1,2]],[[1,0]]]",
    "['HTML',{},['P',{},[[2,1]],[[2,2]]],[[2,2]],[[1,0]]]",
    "['HTML',{},[[3,4]],[[1,0]],[[3,3]]]",
    "[[4,4]]",
    "['HTML',{},[[2,0]],['A',{},[[5,2]],[[5,2]]]]",
    "[[3,0]]",
  };
  g_autoptr (PhPlaywrightTree) tree = ph_playwright_tree_new (NULL);
  g_autoptr (PhNames) names = ph_names_new ();
  g_autoptr (PhDom) told = ph_dom_new (names);

  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    {
      g_autofree char *changes = NULL;

      ph_tree_add (tree, "f", pictures[i], "html");
      changes = ph_tree_write (tree, "f", FALSE, NULL);
      apply (told, changes);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/playwright-change/any", test_any);
  g_test_add_func ("/playwright-change/state", test_state);
  g_test_add_func ("/playwright-change/order", test_order);
  g_test_add_func ("/playwright-change/frames", test_frames);
  g_test_add_func ("/playwright-change/whole", test_whole);
  g_test_add_func ("/playwright-change/sheets", test_sheets);
  g_test_add_func ("/playwright-change/odd", test_odd);

  return g_test_run ();
}
