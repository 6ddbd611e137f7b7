/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-patch.h"
#include "ph-test-dom.h"

#include <string.h>

static char *
diff (const PhDom *from,
      const PhDom *to)
{
  PhPatch *patch = ph_patch_new ();
  g_autoptr (GBytes) bytes = NULL;

  ph_patch_diff (patch, from, to);
  bytes = ph_patch_finish (patch);

  return g_strdup (g_bytes_get_data (bytes, NULL));
}

#define EVENT(source, members) \
  "[{'type':3,'timestamp':1,'data':{'source':" #source ",'id':9," members "}}]"
#define STYLE                                                                                 \
  "{'type':2,'tagName':'style','attributes':{},'id':9,'childNodes':[{'type':3,'textContent':" \
  "'a{} b{}','id':10}]}"
#define INPUT(attributes) \
  "{'type':2,'tagName':'input','attributes':{" attributes "},'id':9,'childNodes':[]}"

/* The window is scrolled to 0, 0 by the snapshot, which is said again with every change. */
#define WINDOW ",19,1,0,0"

static void
test_state (void)
{
  static const struct
  {
    const char *body;
    const char *event;
    const char *there;
    const char *back;
  } cases[] = {
    { INPUT (""), EVENT (5, "'text':'x','isChecked':false"), "[14,9,\"x\"]", "[14,9,null]" },
    { INPUT ("'type':'checkbox'"), EVENT (5, "'text':'on','isChecked':true"), "[15,9,1]",
      "[15,9,0]" },
    { INPUT ("'type':'checkbox','checked':true"), EVENT (5, "'text':'on','isChecked':false"),
      "[15,9,0]", "[15,9,1]" },
    { INPUT (""), EVENT (3, "'x':5,'y':6"), "[19,9,5,6]", "[19,9,0,0]" },
    { STYLE, EVENT (8, "'adds':[{'rule':'c{}','index':1}]"),
      "[16,9,3,\"a{}\",\"c{}\",\"b{}\"" WINDOW "]", "[18,9" WINDOW "]" },
    /* A sheet that no script made is not replaced. */
    { STYLE, EVENT (8, "'replace':'@import url(x);'"),
      "[16,9,2,\"a{}\",\"b{}\"" WINDOW "]", "[18,9" WINDOW "]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PhDom) before = ph_test_page (cases[i].body);
      g_autoptr (PhDom) after = ph_dom_copy (before);
      g_autofree char *there = NULL;
      g_autofree char *back = NULL;

      ph_test_apply (after, NULL, cases[i].event);
      there = diff (before, after);
      back = diff (after, before);
      g_test_message ("%s", cases[i].event);
      g_assert_cmpstr (there, ==, cases[i].there);
      g_assert_cmpstr (back, ==, cases[i].back);
    }
}

/* Of a sheet that scripts have changed before, only the new changes are sent. */
static void
test_splice (void)
{
  g_autoptr (PhDom) before = ph_test_page (STYLE);
  g_autoptr (PhDom) after = NULL;
  g_autofree char *patch = NULL;

  ph_test_apply (before, NULL, EVENT (8, "'adds':[{'rule':'c{}','index':1}]"));
  after = ph_dom_copy (before);
  ph_test_apply (after, NULL,
                 EVENT (8, "'adds':[{'rule':'d{}','index':2}],'removes':[{'index':1}]"));
  patch = diff (before, after);
  g_assert_cmpstr (patch, ==, "[17,9,1,1,1,\"d{}\"" WINDOW "]");
}

/* How far an element can be scrolled depends on the page: said again when that changes. */
static void
test_scroll_again (void)
{
  g_autoptr (PhDom) before = ph_test_page (INPUT (""));
  g_autoptr (PhDom) after = NULL;
  g_autofree char *patch = NULL;

  ph_test_apply (before, NULL, EVENT (3, "'x':5,'y':6"));
  after = ph_dom_copy (before);
  ph_test_apply (after, NULL,
                 "[{'type':3,'timestamp':1,'data':{'source':0,'attributes':[{'id':3,'attributes':"
                 "{'class':'wide'}}]}}]");
  patch = diff (before, after);
  g_assert_cmpstr (patch, ==, "[11,3,\"class\",\"wide\"" WINDOW ",19,9,5,6]");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/patch-state/state", test_state);
  g_test_add_func ("/patch-state/splice", test_splice);
  g_test_add_func ("/patch-state/scroll-again", test_scroll_again);

  return g_test_run ();
}
