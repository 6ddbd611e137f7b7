/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-clarity-tree.h"

#include <string.h>

#define PAGE                                                                              \
  "[0,5,2,\"*D\",\"name=html\",3,1,2,\"HTML\",4,3,\"HEAD\",5,3,4,\"BODY\",6,5,\"P\",7,6," \
  "\"*T\",\"one\",8,5,6,\"B\"]"

static void
write_item (const PhClarityTree *tree,
            const PhClarityItem *item,
            GString *out)
{
  if (item->kind == PH_CLARITY_TEXT)
    {
      g_string_append_printf (out, "“%s”", item->text);
      return;
    }

  g_string_append_printf (out, "%s%s", item->kind == PH_CLARITY_DOCTYPE ? "!" : "",
                          ph_names_text (tree->names, item->tag));

  if (item->first == NULL && item->inner == NULL)
    {
      g_string_append_c (out, ' ');
      return;
    }

  g_string_append_c (out, '(');

  if (item->inner != NULL)
    write_item (tree, item->inner, out);

  for (const PhClarityItem *child = item->first; child != NULL; child = child->next)
    write_item (tree, child, out);

  g_string_append_c (out, ')');
}

static gboolean
apply (PhClarityTree *tree,
       const char *event)
{
  g_autoptr (PhJson) json = ph_json_new ();
  PhClarityTokens tokens;
  PhJsonValue root;
  gboolean is_new;

  g_assert_true (ph_json_parse (json, event, strlen (event), &root, NULL));
  ph_clarity_tokens_init (&tokens);
  ph_clarity_tokens_read (&tokens, root);
  is_new = ph_clarity_tree_apply (tree, &tokens, ph_clarity_token_int (&tokens, 1, 0) == 5);
  ph_clarity_tokens_clear (&tokens);

  return is_new;
}

/* The rules of visualize: where a node goes, by its parent and the node before it. */
static void
test_places (void)
{
  static const struct
  {
    const char *event;
    const char *page;
  } cases[] = {
    { "[0,6]", "(! html(head body(p(“one”)b )))" },
    { "[0,6,9,5,\"I\"]", "(! html(head body(i p(“one”)b )))" },
    { "[0,6,9,5,6,\"I\"]", "(! html(head body(p(“one”)i b )))" },
    { "[0,6,9,5,8,\"I\"]", "(! html(head body(p(“one”)b i )))" },
    /* The node before it is somewhere else: at the end. Or nowhere: at the beginning. */
    { "[0,6,9,5,7,\"I\"]", "(! html(head body(p(“one”)b i )))" },
    { "[0,6,9,5,99,\"I\"]", "(! html(head body(i p(“one”)b )))" },
    /* What is said again changes nothing, though others moved in between. */
    { "[0,6,9,5,6,\"I\",8,5,6,\"B\"]", "(! html(head body(p(“one”)i b )))" },
    { "[0,6,8,6,7,\"B\"]", "(! html(head body(p(“one”b ))))" },
    { "[0,6,6,\"P\"]", "(! html(head body(b )))" },
    /* It is kept: only where it goes is new. */
    { "[0,6,6,\"P\",6,8,\"P\"]", "(! html(head body(b(p(“one”)))))" },
    /* into itself: it stays */
    { "[0,6,5,6,7,\"BODY\"]", "(! html(head body(p(“one”)b )))" },
    /* parents that come later, in any order */
    { "[0,6,10,9,\"I\",9,11,\"U\",11,5,8,\"S\"]", "(! html(head body(p(“one”)b s(u(i )))))" },
    { "[0,6,10,9,\"I\"]", "(! html(head body(p(“one”)b )))" },
    /* text and elements that claim each other's ids */
    { "[0,6,7,6,\"I\",6,5,\"*T\",\"x\"]", "(! html(head body(p(“one”)b )))" },
    { "[0,6,9,7,\"I\"]", "(! html(head body(p(“one”)b )))" },
    { "[0,6,4,3,\"HEAD\",\"*B=http://a/\",9,4,\"META\"]",
      "(! html(head(base meta )body(p(“one”)b )))" },
    { "[0,6,9,4,\"X\",4,3,\"HEAD\",\"*B=http://a/\"]",
      "(! html(head(base x )body(p(“one”)b )))" },
    { "[0,6,4,3,\"HEAD\",\"*B=about://srcdoc\"]", "(! html(head body(p(“one”)b )))" },
    { "[0,6,9,8,\"*S\",\"style=\",10,9,\"I\",11,8,\"U\"]",
      "(! html(head body(p(“one”)b((i )u ))))" },
    { "[0,6,9,8,\"*P\",10,9,\"I\"]", "(! html(head body(p(“one”)b(i ))))" },
    { "[0,6,9,1,\"HTML\"]", "(! html(head body(p(“one”)b )))" },
    { "[0,6,9,5,8,\"HTML\"]", "(! html(head body(p(“one”)b html )))" },
    { "[0,6,9,5,8,\"IFRAME\",\"*O=true\",10,9,\"iframe:*D\",\"name=html\",11,9,10,\"iframe:HTML\"]",
      "(! html(head body(p(“one”)b iframe((! html )))))" },
    /* another page in the same iframe */
    { "[0,6,9,5,8,\"IFRAME\",10,9,\"iframe:HTML\",11,10,\"I\",12,9,\"iframe:HTML\"]",
      "(! html(head body(p(“one”)b iframe((html )))))" },
    { "[0,6,9,5,\"iframe:HTML\",10,8,\"iframe:HTML\"]", "(! html(head body(p(“one”)b )))" },
    { "[0,6,8,5,6,\"*M\"]", "(! html(head body(p(“one”)b )))" },
    { "[0,5,2,\"*D\",\"name=html\",3,1,2,\"HTML\"]", "(! html )" },
    { "[0,5,3,1,2,\"HTML\",\"a=b\"]", "(! html(head body(p(“one”)b )))" },
    { "[0,5,9,1,\"HTML\"]", "(html )" },
    { "[0,6,536870913,5,\"I\",1e300,5,\"I\"]", "(! html(head body(p(“one”)b )))" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PhClarityTree) tree = ph_clarity_tree_new (NULL);
      g_autoptr (GString) out = g_string_new (NULL);

      g_test_message ("case %u", i);
      g_assert_true (apply (tree, PAGE));
      ph_clarity_tree_settle (tree);
      apply (tree, cases[i].event);
      write_item (tree, tree->page, out);
      g_assert_cmpstr (out->str, ==, cases[i].page);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/clarity-apply/places", test_places);

  return g_test_run ();
}
