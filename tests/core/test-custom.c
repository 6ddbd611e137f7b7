/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-custom.h"

#include "ph-test-dom.h"

#define BODY                                                                            \
  "{'type':2,'tagName':'x-a','isCustom':true,'attributes':{},'id':10,'childNodes':[]}," \
  "{'type':2,'tagName':'x-a','attributes':{},'id':11,'childNodes':[]},"                 \
  "{'type':2,'tagName':'x-b','attributes':{},'id':12,'childNodes':[]},"                 \
  "{'type':2,'tagName':'div','attributes':{},'id':13,'childNodes':[]},"                 \
  "{'type':2,'tagName':'font-face','isSVG':true,'attributes':{},'id':14,'childNodes':[]}"

#define DEFINE "[{'type':3,'timestamp':1,'data':{'source':16,'define':{'name':'x-b'}}}]"

static void
assert_defined (const PhDom *dom,
                gint32 id,
                gboolean is_defined)
{
  g_assert_cmpint (ph_custom_is_defined (dom, ph_dom_find (dom, id)), ==, is_defined);
}

static void
test_defined (void)
{
  g_autoptr (PhDom) dom = ph_test_page (BODY);
  g_autoptr (PhDom) before = ph_dom_copy (dom);

  assert_defined (dom, 10, TRUE);
  assert_defined (dom, 11, TRUE);
  assert_defined (dom, 12, FALSE);
  assert_defined (dom, 13, TRUE);
  assert_defined (dom, 14, TRUE);

  ph_test_apply (dom, NULL, DEFINE);
  assert_defined (dom, 12, TRUE);
  assert_defined (before, 12, FALSE);

  /* Twice makes no difference. */
  ph_test_apply (dom, NULL, DEFINE);
  assert_defined (dom, 12, TRUE);
}

/* Older recorders say nothing of any element. */
static void
test_nothing_said (void)
{
  g_autoptr (PhDom) dom = ph_test_page (
    "{'type':2,'tagName':'x-a','attributes':{},'id':10,'childNodes':[]}");

  assert_defined (dom, 10, TRUE);

  /* What is said later, is said for the whole page. */
  ph_test_apply (dom, NULL, DEFINE);
  assert_defined (dom, 10, FALSE);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/custom/defined", test_defined);
  g_test_add_func ("/custom/nothing-said", test_nothing_said);

  return g_test_run ();
}
