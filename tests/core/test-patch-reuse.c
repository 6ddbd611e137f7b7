/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-patch.h"
#include "ph-test-dom.h"

#include <string.h>

#define NODE(id, name, attributes, children)                               \
  "{'type':2,'tagName':'" name "','attributes':{" attributes "},'id':" #id \
  ",'childNodes':[" children "]}"
#define TEXT(id, text) "{'type':3,'textContent':'" text "','id':" #id "}"
#define LIST(children) NODE (10, "ul", "", children)
#define ROW(id, text_id, text) NODE (id, "li", "'class':'a'", TEXT (text_id, text))

/* The same page with what @body says is in it; ids mean the same in both. */
static PhDom *
change_page (const PhDom *before,
             const char *removes,
             const char *adds)
{
  PhDom *after = ph_dom_copy (before);
  g_autofree char *events = g_strdup_printf (
    "[{'type':3,'timestamp':1,'data':{'source':0,'texts':[],'attributes':[],'removes':[%s],"
    "'adds':[%s]}}]",
    removes, adds);

  ph_test_apply (after, NULL, events);

  return after;
}

/* What @from becomes on the stage is what @to is; the count of @op for it. */
static guint
show (PhTestStage *stage,
      const PhDom *from,
      const PhDom *to,
      gboolean jump,
      PhOp op)
{
  PhPatch *patch = ph_patch_new ();
  guint before = ph_test_stage_count (stage, op);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *wanted = ph_test_dump_dom (to);

  if (jump)
    ph_patch_jump (patch, 0);

  ph_patch_diff (patch, from, to);
  bytes = ph_patch_finish (patch);
  ph_test_stage_apply (stage, bytes);
  shown = ph_test_stage_dump (stage);
  g_assert_cmpstr (shown, ==, wanted);

  return ph_test_stage_count (stage, op) - before;
}

static void
check (const char *body,
       const char *removes,
       const char *adds,
       gboolean jump,
       guint made)
{
  g_autoptr (PhDom) before = ph_test_page (body);
  g_autoptr (PhDom) after = change_page (before, removes, adds);
  g_autoptr (PhTestStage) stage = ph_test_stage_new ();

  show (stage, NULL, before, jump, PH_OP_ELEMENT);
  g_assert_cmpuint (show (stage, before, after, jump, PH_OP_ELEMENT), ==, made);
  show (stage, after, before, jump, PH_OP_ELEMENT);
}

#define GO(id) "{'parentId':10,'id':" #id "}"
#define COME(node) "{'parentId':10,'nextId':null,'node':" node "}"

/* How many elements are made when one goes from a list and another comes. */
static void
test_what_is_reused (void)
{
  static const struct
  {
    const char *body;
    const char *removes;
    const char *adds;
    guint made;
  } cases[] = {
    /* A row like the one that goes, with all that is in it. */
    { LIST (ROW (11, 12, "x")), GO (11), COME (ROW (21, 22, "y")), 0 },
    /* Other values of its attributes are set. */
    { LIST (NODE (11, "li", "'class':'a'", "")), GO (11), COME (NODE (21, "li", "'class':'b'", "")),
      0 },
    /* Others that go are passed over, and ids may be met again. */
    { LIST (NODE (11, "p", "", "") "," ROW (12, 13, "x")), GO (11) "," GO (12),
      COME (ROW (11, 12, "y")), 0 },
    /* Of another kind, or with other attributes. */
    { LIST (ROW (11, 12, "x")), GO (11), COME (NODE (21, "p", "'class':'a'", "")), 1 },
    { LIST (ROW (11, 12, "x")), GO (11), COME (NODE (21, "li", "", "")), 1 },
    { LIST (ROW (11, 12, "x")), GO (11), COME (NODE (21, "li", "'id':'a'", "")), 1 },
    { LIST (ROW (11, 12, "x")), GO (11), COME (NODE (21, "li", "'class':'a','id':'a'", "")), 1 },
    /* With a life of their own. */
    { LIST (NODE (11, "input", "", "")), GO (11), COME (NODE (21, "input", "", "")), 1 },
    { LIST (NODE (11, "img", "", "")), GO (11), COME (NODE (21, "img", "", "")), 1 },
    { LIST (NODE (11, "iframe", "", "")), GO (11), COME (NODE (21, "iframe", "", "")), 1 },
    { LIST (NODE (11, "details", "", "")), GO (11), COME (NODE (21, "details", "", "")), 1 },
    { LIST (NODE (11, "x-host", "", "")), GO (11), COME (NODE (21, "x-host", "", "")), 1 },
    { LIST ("{'type':2,'tagName':'p','isSVG':true,'attributes':{},'id':11,'childNodes':[]}"),
      GO (11), COME (NODE (21, "p", "", "")), 1 },
    { LIST ("{'type':2,'tagName':'p','isShadowHost':true,'attributes':{},'id':11,'childNodes':["
            "{'type':3,'isShadow':true,'textContent':'s','id':12}]}"),
      GO (11), COME (NODE (21, "p", "", "")), 1 },
    /* Scrolled. */
    { LIST (NODE (11, "div", "'rr_scrollTop':9", "")), GO (11),
      COME (NODE (21, "div", "'rr_scrollTop':9", "")), 1 },
    /* Nothing goes, or elsewhere. */
    { LIST (ROW (11, 12, "x")), "", COME (ROW (21, 22, "y")), 1 },
    { LIST (ROW (11, 12, "x")) "," NODE (30, "ul", "", ""), GO (11),
      "{'parentId':30,'nextId':null,'node':" ROW (21, 22, "y") "}", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %u", i);
      check (cases[i].body, cases[i].removes, cases[i].adds, TRUE, cases[i].made);
    }
}

/* While playing, a new node is a new node: its animations begin. */
static void
test_only_for_jumps (void)
{
  check (LIST (ROW (11, 12, "x")), GO (11), COME (ROW (21, 22, "y")), FALSE, 1);
}

/* Two rows change ids with each other's children: at once, not one after the other. */
static void
test_ids_in_a_ring (void)
{
  g_autoptr (PhDom) before = ph_test_page (LIST (ROW (11, 12, "x") "," ROW (13, 14, "y")));
  g_autoptr (PhDom) empty = change_page (before, GO (11) "," GO (13), "");
  g_autoptr (PhDom) after =
    change_page (empty, "", COME (ROW (12, 11, "z")) "," COME (ROW (14, 13, "w")));
  g_autoptr (PhTestStage) stage = ph_test_stage_new ();

  show (stage, NULL, before, TRUE, PH_OP_ELEMENT);
  g_assert_cmpuint (show (stage, before, after, TRUE, PH_OP_RENAME), ==, 1);
  g_assert_cmpuint (show (stage, after, before, TRUE, PH_OP_ELEMENT), ==, 0);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/patch-reuse/what-is-reused", test_what_is_reused);
  g_test_add_func ("/patch-reuse/only-for-jumps", test_only_for_jumps);
  g_test_add_func ("/patch-reuse/ids-in-a-ring", test_ids_in_a_ring);

  return g_test_run ();
}
