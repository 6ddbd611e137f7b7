/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-patch.h"
#include "ph-test-dom.h"

#include <string.h>

/* What of a page is made anew after @mutation, a list of members of a mutation event. */
static void
count_made (const char *body,
            const char *mutation,
            guint *made,
            guint *pages)
{
  g_autoptr (PhDom) before = ph_test_page (body);
  g_autoptr (PhDom) after = ph_dom_copy (before);
  g_autoptr (PhTestStage) stage = ph_test_stage_new ();
  g_autofree char *events =
    g_strdup_printf ("[{'type':3,'timestamp':1,'data':{'source':0,%s}}]", mutation);
  g_autofree char *shown = NULL;
  g_autofree char *wanted = NULL;
  const PhDom *steps[] = { NULL, before, after };
  guint elements = 0;

  ph_test_apply (after, NULL, events);

  for (guint i = 1; i < G_N_ELEMENTS (steps); i++)
    {
      PhPatch *patch = ph_patch_new ();
      g_autoptr (GBytes) bytes = NULL;

      elements = ph_test_stage_count (stage, PH_OP_ELEMENT);
      *pages = ph_test_stage_count (stage, PH_OP_DOCUMENT);
      ph_patch_diff (patch, steps[i - 1], steps[i]);
      bytes = ph_patch_finish (patch);
      ph_test_stage_apply (stage, bytes);
    }

  *made = ph_test_stage_count (stage, PH_OP_ELEMENT) - elements;
  *pages = ph_test_stage_count (stage, PH_OP_DOCUMENT) - *pages;
  shown = ph_test_stage_dump (stage);
  wanted = ph_test_dump_dom (after);
  g_assert_cmpstr (shown, ==, wanted);
}

#define P(id, name) \
  "{'type':2,'tagName':'" name "','attributes':{},'id':" #id ",'childNodes':[]}"
#define ADD(parent, node) "'adds':[{'parentId':" #parent ",'nextId':null,'node':" node "}]"

/* Nodes are kept when they can become what is wanted, and made anew when they cannot. */
static void
test_matches (void)
{
  static const struct
  {
    const char *body;
    const char *mutation;
    guint made;
  } cases[] = {
    /* Another attribute, another place: the same element. */
    { P (9, "p"), "'attributes':[{'id':9,'attributes':{'class':'a'}}]", 0 },
    { P (9, "p") "," P (10, "b"), ADD (10, P (9, "p")), 0 },
    /* An id that comes back with another name is another element. */
    { P (9, "p"), "'removes':[{'parentId':3,'id':9}]," ADD (3, P (9, "b")), 1 },
    /* A link becomes a style element when its text comes. */
    { P (9, "link"), "'attributes':[{'id':9,'attributes':{'_cssText':'a {}'}}]", 1 },
    /* A shadow root can be added to an element but not taken away. */
    { P (9, "div"),
      ADD (9, "{'type':2,'tagName':'i','attributes':{},'id':20,'isShadow':true}"), 1 },
    { "{'type':2,'tagName':'div','attributes':{},'id':9,'isShadowHost':true,'childNodes':[]}",
      "'removes':[{'parentId':3,'id':9}]," ADD (3, P (9, "div")), 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint made;
      guint pages;

      g_test_message ("%s", cases[i].mutation);
      count_made (cases[i].body, cases[i].mutation, &made, &pages);
      g_assert_cmpuint (made, ==, cases[i].made);
    }
}

#define FRAME                                                                            \
  "{'type':2,'tagName':'iframe','attributes':{},'id':9,'childNodes':[{'type':0,'id':20," \
  "'childNodes':[" P (21, "html") "]}]}," P (10, "b")

/* A page inside an iframe is kept with it, and lost when the iframe moves. */
static void
test_frames (void)
{
  guint made;
  guint pages;

  count_made (FRAME, "'attributes':[{'id':9,'attributes':{'class':'a'}}]", &made, &pages);
  g_assert_cmpuint (pages, ==, 0);

  count_made (FRAME, ADD (10, P (9, "iframe")), &made, &pages);
  g_assert_cmpuint (pages, ==, 1);
  g_assert_cmpuint (made, ==, 1);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/patch-match/matches", test_matches);
  g_test_add_func ("/patch-match/frames", test_frames);

  return g_test_run ();
}
