/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-playwright-match.h"

#include <string.h>

#define N 10

/* Nodes `a` to `j` that were, and those now: upper case letters are new ones. */
typedef struct
{
  PhPlaywrightTree *tree;
  PhPlaywrightNode old[N];
  PhPlaywrightNode fresh[N];
} Nodes;

static void
set_up (Nodes *nodes)
{
  memset (nodes, 0, sizeof *nodes);
  nodes->tree = ph_playwright_tree_new (NULL);
  nodes->tree->round = 1;

  for (guint i = 0; i < N; i++)
    {
      nodes->old[i].tag = i % 2 == 0 ? "P" : "DIV";
      nodes->old[i].live = TRUE;
      nodes->old[i].id = i + 1;
      nodes->fresh[i].tag = nodes->old[i].tag;
    }
}

/* Index by index what is matched; a `-` is not. */
static char *
match (const char *old,
       const char *now)
{
  Nodes nodes;
  GString *out = g_string_new (NULL);
  PhPlaywrightLists lists = { .n_old = (guint) strlen (old), .n_now = (guint) strlen (now) };

  set_up (&nodes);
  lists.tree = nodes.tree;
  lists.now_at = lists.n_old;

  for (const char *at = old; *at != '\0'; at++)
    g_ptr_array_add (nodes.tree->stack, &nodes.old[*at - 'a']);

  for (const char *at = now; *at != '\0'; at++)
    {
      gboolean is_new = g_ascii_isupper (*at);
      PhPlaywrightNode *node = is_new ? &nodes.fresh[*at - 'A'] : &nodes.old[*at - 'a'];

      node->seen = 1;
      g_ptr_array_add (nodes.tree->stack, node);
    }

  ph_playwright_match (&lists);

  for (guint i = 0; i < lists.n_now; i++)
    {
      int found = ph_playwright_lists_match (&lists, i);

      g_string_append_c (out, found >= 0 ? old[found] : '-');
    }

  ph_playwright_tree_free (nodes.tree);

  return g_string_free (out, FALSE);
}

static void
test_match (void)
{
  static const struct
  {
    const char *old, *now, *matched;
  } rows[] = {
    { "", "", "" },
    { "abc", "abc", "abc" },
    { "abc", "ac", "ac" },
    /* What is new takes the place of something alike that is gone. */
    { "abc", "aBc", "abc" },
    { "abc", "aAc", "a-c" },
    { "ab", "AB", "ab" },
    { "a", "AC", "a-" },
    /* What is still there stays itself. */
    { "a", "Aa", "-a" },
    { "ab", "Aab", "-ab" },
    /* As few as can be change places. */
    { "abcd", "dabc", "-abc" },
    { "abcd", "bcda", "bcd-" },
    { "abcdef", "fabdce", "-ab-ce" },
    { "abc", "cba", "--a" },
    /* Twice in a list is once. */
    { "ab", "aab", "a-b" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *matched = match (rows[i].old, rows[i].now);

      g_test_message ("%s to %s", rows[i].old, rows[i].now);
      g_assert_cmpstr (matched, ==, rows[i].matched);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/playwright-match/lists", test_match);

  return g_test_run ();
}
