/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-trace-tree.h"

#include <string.h>

#define FIRST "['HTML',{},['BODY',{},['P',{},'a'],['DIV',{},'b']]]"
#define SECOND "['HTML',{},['BODY',{},[[1,1]],['DIV',{'id':'n'},[[1,2]],'c']]]"
#define MANY "['HTML',{},[[1,0]],[[1,0]],[[1,0]]]"

/* Nodes that stand for earlier ones are those; what is written anew in a place is it, changed. */
static void
test_references (void)
{
  g_autoptr (PhPlaywrightTree) tree = ph_playwright_tree_new (NULL);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  g_autofree char *fourth = NULL;

  /* In the order they end: a, P, B(text), DIV, BODY, HTML. */
  g_assert_true (ph_tree_add (tree, "f", FIRST, "html"));
  first = ph_tree_write (tree, "f", TRUE, NULL);
  ph_has (first, "{'type':2,'id':5,'tagName':'p'");
  ph_has (first, "{'type':2,'id':7,'tagName':'div'");

  g_assert_true (ph_tree_add (tree, "f", SECOND, "html"));
  second = ph_tree_write (tree, "f", FALSE, NULL);
  g_assert_cmpstr (second, ==,
                   "{'type':3,'timestamp':1000,'data':{'source':0,'texts':[],"
                   "'attributes':[{'id':7,'attributes':{'id':'n'}}],'removes':[],"
                   "'adds':[{'parentId':7,'nextId':null,'node':"
                   "{'type':3,'id':9,'textContent':'c'}}]}}\n");

  third = ph_tree_write (tree, "f", TRUE, NULL);
  ph_has (third, "{'type':2,'id':4,'tagName':'body'");
  ph_has (third, "{'type':2,'id':5,'tagName':'p'");
  ph_has (third, "{'type':2,'id':7,'tagName':'div','attributes':{'id':'n'}");
  ph_has (third, "{'type':3,'id':8,'textContent':'b'},{'type':3,'id':9,'textContent':'c'}");

  /* All of it as it was two snapshots ago. */
  g_assert_true (ph_tree_add (tree, "f", "[[2,5]]", "html"));
  fourth = ph_tree_write (tree, "f", TRUE, NULL);
  ph_has (fourth, "'textContent':'a'}]},{'type':2,'id':");
  ph_has (fourth, "'tagName':'div','attributes':{},'childNodes':["
                  "{'type':3,'id':8,'textContent':'b'}");

  /* That one is the newest: none of its own. */
  g_assert_false (ph_tree_add (tree, "f", "[[1,5]]", "html"));
}

/* A node named often is in a page once: what references could multiply stays small. */
static void
test_multiplied (void)
{
  g_autoptr (PhPlaywrightTree) tree = ph_playwright_tree_new (NULL);
  g_autofree char *text = NULL;

  g_assert_true (ph_tree_add (tree, "f", "['HTML',{},['B',{},'x'],[[0,1]]]", "html"));

  for (guint i = 0; i < 100; i++)
    {
      const char *again = i == 0 ? "['HTML',{},[[1,2]],[[1,2]],[[1,2]]]" : MANY;

      g_assert_true (ph_tree_add (tree, "f", again, "html"));
    }

  text = ph_tree_write (tree, "f", TRUE, NULL);
  g_assert_cmpuint (strlen (text), <, 20000);
}

static void
test_odd (void)
{
  static const char *const texts[] = { "3", "[]", "[3]", "['HTML',7,null,[[]],[['a','b']],[[0,0]]]",
                                       "[[0,0]]", "'text'", "[[-1,-1]]", "[[4294967297,0]]" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (PhPlaywrightTree) tree = ph_playwright_tree_new (NULL);
      g_autofree char *text = NULL;

      ph_tree_add (tree, "f", texts[i], "html");
      text = ph_tree_write (tree, "f", FALSE, NULL);
      g_assert_cmpuint (ph_playwright_tree_get_n (tree, "f"), ==, 1);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/playwright-tree/references", test_references);
  g_test_add_func ("/playwright-tree/multiplied", test_multiplied);
  g_test_add_func ("/playwright-tree/odd", test_odd);

  return g_test_run ();
}
