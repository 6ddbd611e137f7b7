/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-limits.h"
#include "ph-playwright-nodes.h"
#include "ph-trace-tree.h"

#include <string.h>

/* Nodes that end before the body: `a`, P, `b`, DIV. */
#define FIRST "['HTML',{},['BODY',{},['P',{'class':'x'},'a'],['DIV',{},['B',{},'b']]]]"
#define EMPTY "['HTML',{},['BODY',{}]]"

/* What left the page is out of memory, and there again when a snapshot names it. */
static void
test_returns (void)
{
  g_autoptr (PhAside) aside = ph_aside_new ();
  g_autoptr (PhPlaywrightTree) tree = ph_playwright_tree_new (aside);
  g_autofree char *first = ph_tree_after (tree, FIRST);
  g_autofree char *second = ph_tree_after (tree, EMPTY);
  g_autofree char *third = NULL;
  g_autofree char *fourth = NULL;

  g_assert_cmpuint (tree->n_nodes, ==, 9);
  ph_playwright_tree_trim (tree, 0);
  g_assert_cmpuint (tree->n_nodes, ==, 2);

  third = ph_tree_after (tree, "['HTML',{},['BODY',{},[[2,1]],[[2,4]]]]");
  ph_has (third, "'tagName':'p','attributes':{'class':'x'}");
  ph_has (third, "'textContent':'a'");
  ph_has (third, "'tagName':'b'");
  g_assert_cmpuint (tree->n_recalled, >, 0);

  /* It is the same node from then on. */
  fourth = ph_tree_after (tree, "['HTML',{},['BODY',{},[[3,1]],[[3,4]]]]");
  g_assert_cmpstr (fourth, ==, "");
}

/* Whatever is in the page stays, with its id. */
static void
test_stays (void)
{
  g_autoptr (PhAside) aside = ph_aside_new ();
  g_autoptr (PhPlaywrightTree) tree = ph_playwright_tree_new (aside);
  g_autofree char *first = ph_tree_after (tree, FIRST);
  g_autofree char *second = NULL;

  ph_has (first, "{'type':2,'id':5,'tagName':'p'");
  ph_playwright_tree_trim (tree, 0);
  second = ph_tree_after (tree, "['HTML',{},['BODY',{},[[1,1]],['DIV',{'id':'n'},[[1,3]]]]]");
  g_assert_cmpstr (second, ==,
                   "{'type':3,'timestamp':1000,'data':{'source':0,'texts':[],"
                   "'attributes':[{'id':7,'attributes':{'id':'n'}}],'removes':[],'adds':[]}}\n");
  g_assert_cmpuint (tree->n_recalled, ==, 0);
}

/* One that was trimmed and names another that was, and so on. */
static void
test_nested (void)
{
  g_autoptr (PhAside) aside = ph_aside_new ();
  g_autoptr (PhPlaywrightTree) tree = ph_playwright_tree_new (aside);
  g_autofree char *first = ph_tree_after (tree, "['HTML',{},['BODY',{},['I',{},'deep']]]");
  g_autofree char *second = ph_tree_after (tree, "['HTML',{},['BODY',{},['B',{},[[1,1]]]]]");
  g_autofree char *third = ph_tree_after (tree, "['HTML',{},['BODY',{},['U',{},[[1,0]]]]]");
  g_autofree char *fourth = ph_tree_after (tree, EMPTY);
  g_autofree char *fifth = NULL;

  ph_playwright_tree_trim (tree, 0);
  fifth = ph_tree_after (tree, "['HTML',{},['BODY',{},[[2,0]]]]");
  ph_has (fifth, "'tagName':'u'");
  ph_has (fifth, "'tagName':'b'");
  ph_has (fifth, "'textContent':'deep'");
}

/* A node that names itself, or what comes behind it, names nothing: the second time, too. */
static void
test_itself (void)
{
  g_autoptr (PhAside) aside = ph_aside_new ();
  g_autoptr (PhPlaywrightTree) tree = ph_playwright_tree_new (aside);
  g_autofree char *first =
    ph_tree_after (tree, "['HTML',{},['BODY',{},['P',{},'a',[[0,1]],[[0,2]]],['I',{}]]]");
  g_autofree char *second = ph_tree_after (tree, EMPTY);
  g_autofree char *third = NULL;

  ph_playwright_tree_trim (tree, 0);
  third = ph_tree_after (tree, "['HTML',{},['BODY',{},[[2,1]]]]");
  ph_has (third, "'tagName':'p'");
  g_assert_null (strstr (third, "'tagName':'i'"));
  g_assert_cmpuint (tree->n_nodes, ==, 6);
}

/* What is never to be read again stays in memory. */
static void
test_not_aside (void)
{
  g_autoptr (PhAside) aside = ph_aside_new ();
  g_autoptr (PhPlaywrightTree) tree = ph_playwright_tree_new (aside);
  g_autoptr (PhJson) json = ph_json_new ();
  const char *text = "[\"HTML\",{},[\"BODY\",{},[\"P\",{},\"a\"]]]";
  PhPlaywrightFrameSnapshot added = { "f", .url = "https://a.example/" };
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;

  g_assert_true (ph_json_parse (json, text, strlen (text), &added.html, NULL));
  g_assert_true (ph_playwright_tree_add (tree, &added));
  first = ph_tree_write (tree, "f", TRUE, NULL);
  second = ph_tree_after (tree, EMPTY);
  ph_playwright_tree_trim (tree, 0);
  third = ph_tree_after (tree, "['HTML',{},['BODY',{},[[2,1]]]]");
  ph_has (third, "'tagName':'p'");
  g_assert_cmpuint (tree->n_recalled, ==, 0);
}

/* A page goes on for as long as it likes: memory has what is in it. */
static void
test_long (void)
{
  g_autoptr (PhAside) aside = ph_aside_new ();
  g_autoptr (PhPlaywrightTree) tree = ph_playwright_tree_new (aside);
  guint most = 0;

  for (guint i = 0; i < 3000; i++)
    {
      g_autofree char *html =
        g_strdup_printf ("['HTML',{},['BODY',{},['P',{'class':'c%u'},'text %u']]]", i, i);
      g_autofree char *events = ph_tree_after (tree, html);

      ph_playwright_tree_trim (tree, 10000);
      most = MAX (most, tree->n_nodes);
    }

  g_assert_cmpuint (most, <, 400);
}

/* A trace that has all of it read again and again is cut short, and says so. */
static void
test_thrashing (void)
{
  g_autoptr (PhAside) aside = ph_aside_new ();
  g_autoptr (PhPlaywrightTree) tree = ph_playwright_tree_new (aside);
  g_autofree char *long_text = g_strnfill (1024 * 1024, 'x');
  g_autofree char *large =
    g_strdup_printf ("['HTML',{},['BODY',{},['I',{},'i'],['P',{},'%s']]]", long_text);
  g_autofree char *first = ph_tree_after (tree, large);
  g_autofree char *second = ph_tree_after (tree, EMPTY);
  guint n = 0;

  for (gboolean is_whole = TRUE; is_whole && n < 1000; n++)
    {
      g_autofree char *named =
        g_strdup_printf ("['HTML',{},['BODY',{},[[%u,1]]]]", 2 * n + 2);
      g_autofree char *third = NULL;

      /* The room is smaller each time. */
      tree->n_left = 0;
      ph_playwright_tree_trim (tree, 0);
      is_whole = ph_tree_add (tree, "f", named, "html");
      third = ph_tree_write (tree, "f", FALSE, NULL);
      g_assert_true (ph_tree_add (tree, "f", EMPTY, "html"));
      g_clear_pointer (&third, g_free);
      third = ph_tree_write (tree, "f", FALSE, NULL);
    }

  g_assert_cmpuint (n, >, 60);
  g_assert_cmpuint (n, <, 200);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/playwright-trim/returns", test_returns);
  g_test_add_func ("/playwright-trim/stays", test_stays);
  g_test_add_func ("/playwright-trim/nested", test_nested);
  g_test_add_func ("/playwright-trim/itself", test_itself);
  g_test_add_func ("/playwright-trim/not-aside", test_not_aside);
  g_test_add_func ("/playwright-trim/long", test_long);
  g_test_add_func ("/playwright-trim/thrashing", test_thrashing);

  return g_test_run ();
}
