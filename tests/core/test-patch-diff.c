/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-patch.h"
#include "ph-test-dom.h"

#include <string.h>

static GBytes *
diff (const PhDom *from,
      const PhDom *to,
      gboolean jump)
{
  PhPatch *patch = ph_patch_new ();

  if (jump)
    ph_patch_jump (patch, 0);

  ph_patch_diff (patch, from, to);

  return ph_patch_finish (patch);
}

static void
show_as (PhTestStage *stage,
         const PhDom *from,
         const PhDom *to,
         gboolean jump)
{
  g_autoptr (GBytes) patch = diff (from, to, jump);
  g_autofree char *shown = NULL;
  g_autofree char *wanted = ph_test_dump_dom (to);

  ph_test_stage_apply (stage, patch);
  shown = ph_test_stage_dump (stage);

  if (strcmp (shown, wanted) != 0)
    g_test_message ("the patch: %s", (const char *) g_bytes_get_data (patch, NULL));

  g_assert_cmpstr (shown, ==, wanted);
}

static void
show (PhTestStage *stage,
      const PhDom *from,
      const PhDom *to)
{
  show_as (stage, from, to, FALSE);
}

/* Applies @event to a copy of @dom, shows the change and goes back again. */
static void
check_there_and_back (const char *body,
                      const char *event,
                      PhTestStage *stage)
{
  g_autoptr (PhDom) before = ph_test_page (body);
  g_autoptr (PhDom) after = ph_dom_copy (before);
  g_autofree char *events = g_strdup_printf ("[%s]", event);

  ph_test_apply (after, NULL, events);
  show (stage, NULL, before);
  show (stage, before, after);
  show (stage, after, before);
}

#define LIST                                                           \
  "{'type':2,'tagName':'ul','attributes':{},'id':10,'childNodes':["    \
  "{'type':2,'tagName':'li','attributes':{},'id':11,'childNodes':[]}," \
  "{'type':2,'tagName':'li','attributes':{},'id':12,'childNodes':[]}," \
  "{'type':2,'tagName':'li','attributes':{},'id':13,'childNodes':[]}," \
  "{'type':2,'tagName':'li','attributes':{},'id':14,'childNodes':[]}]}"

#define LI(id) \
  "'node':{'type':2,'tagName':'li','attributes':{},'id':" #id ",'childNodes':[]}"

/* Moving one of four to the front moves one node, whichever way it is done. */
static void
test_least_moves (void)
{
  g_autoptr (PhTestStage) stage = ph_test_stage_new ();
  guint placed;

  check_there_and_back (LIST,
                        "{'type':3,'timestamp':1,'data':{'source':0,'texts':[],"
                        "'attributes':[],'removes':[{'parentId':10,'id':14}],'adds':["
                        "{'parentId':10,'nextId':11," LI (14) "}]}}",
                        stage);
  placed = ph_test_stage_count (stage, PH_OP_PLACE);

  /* Two for the page itself (its doctype and element), one there, one back. */
  g_assert_cmpuint (placed, ==, 4);
  g_assert_cmpuint (ph_test_stage_count (stage, PH_OP_REMOVE), ==, 0);
  g_assert_cmpuint (ph_test_stage_count (stage, PH_OP_RESET), ==, 1);
}

static void
test_equal_pages (void)
{
  g_autoptr (PhDom) dom = ph_test_page (LIST);
  g_autoptr (PhDom) copy = ph_dom_copy (dom);
  PhPatch *patch = ph_patch_new ();

  ph_patch_diff (patch, dom, copy);
  g_assert_true (ph_patch_is_empty (patch));
  ph_patch_free (patch);

  /* A change that is taken back leaves another serial, but nothing to do. */
  ph_test_apply (copy, NULL,
                 "[{'type':3,'timestamp':1,'data':{'source':0,'texts':[],'attributes':["
                 "{'id':11,'attributes':{'class':'a'}}],'removes':[],'adds':[]}},"
                 "{'type':3,'timestamp':2,'data':{'source':0,'texts':[],'attributes':["
                 "{'id':11,'attributes':{'class':null}}],'removes':[],'adds':[]}}]");
  patch = ph_patch_new ();
  ph_patch_diff (patch, dom, copy);
  g_assert_true (ph_patch_is_empty (patch));
  ph_patch_free (patch);
}

/* Another full snapshot gives the ids another meaning: the page is built anew. */
static void
test_other_epoch (void)
{
  g_autoptr (PhDom) dom = ph_test_page (LIST);
  g_autoptr (PhDom) other = ph_test_page (LIST);
  g_autoptr (PhTestStage) stage = ph_test_stage_new ();

  show (stage, NULL, dom);
  show (stage, dom, other);
  g_assert_cmpuint (ph_test_stage_count (stage, PH_OP_RESET), ==, 2);
}

static void
test_no_page (void)
{
  g_autoptr (PhNames) names = ph_names_new ();
  g_autoptr (PhDom) nothing = ph_dom_new (names);
  g_autoptr (PhDom) dom = ph_test_page (LIST);
  g_autoptr (PhTestStage) stage = ph_test_stage_new ();

  show (stage, NULL, nothing);
  show (stage, nothing, dom);
  show (stage, dom, nothing);
  show (stage, nothing, dom);
}

/* A page without a meta event has a size of its own, not that of the one before it. */
static void
test_unknown_viewport (void)
{
  g_autoptr (PhNames) names = ph_names_new ();
  g_autoptr (PhDom) known = ph_test_page (LIST);
  g_autoptr (PhDom) unknown = ph_dom_new (names);
  g_autoptr (PhTestStage) stage = ph_test_stage_new ();
  g_autofree char *dump = NULL;

  ph_test_apply (unknown, NULL,
                 "[{'type':2,'timestamp':1,'data':{'node':{'type':0,'id':1,'childNodes':[]},"
                 "'initialOffset':{'left':0,'top':0}}}]");
  show (stage, NULL, known);
  show (stage, known, unknown);
  dump = ph_test_stage_dump (stage);
  g_assert_true (g_str_has_prefix (dump, "1024×768\n"));
  show (stage, NULL, unknown);
  g_assert_cmpuint (ph_test_stage_count (stage, PH_OP_VIEWPORT), ==, 3);
}

/* ---- random pages ---- */

typedef struct
{
  GRand *rand;
  PhDom *dom;
  gint32 next_id;
  GString *out;
} Random;

static gint32
pick_id (Random *random,
         int type)
{
  for (guint tries = 0; tries < 50; tries++)
    {
      gint32 n = (gint32) ph_dom_n_slots (random->dom);
      PhSlot slot = (PhSlot) g_rand_int_range (random->rand, 1, n);
      const PhNode *node = ph_dom_node (random->dom, slot);

      if (node->type == type && node->id > 3)
        return node->id;
    }

  return 3;
}

static void
put_new_node (Random *random,
              gint32 id)
{
  static const char *const names[] = { "div", "span", "iframe", "style", "input", "x-host",
                                       "select", "p" };
  gboolean is_shadow = g_rand_int_range (random->rand, 0, 12) == 0;

  if (g_rand_int_range (random->rand, 0, 3) == 0)
    g_string_append_printf (random->out, "{'type':3,'textContent':'t%d','id':%d}", id, id);
  else
    g_string_append_printf (random->out,
                            "{'type':2,'tagName':'%s','attributes':{'a':'%d'},"
                            "'childNodes':[],'id':%d%s}",
                            names[g_rand_int_range (random->rand, 0, G_N_ELEMENTS (names))],
                            id % 5, id, is_shadow ? ",'isShadow':true" : "");
}

static void
put_adds (Random *random)
{
  gint32 parent = pick_id (random, PH_NODE_ELEMENT);

  for (int n = g_rand_int_range (random->rand, 1, 6); n > 0; n--)
    {
      gint32 id = random->next_id++;
      PhSlot slot = ph_dom_find (random->dom, parent);
      gint32 next = slot != 0 && ph_dom_node (random->dom, slot)->first_child != 0 &&
                        g_rand_boolean (random->rand)
                      ? ph_dom_node (random->dom, ph_dom_node (random->dom, slot)->first_child)->id
                      : 0;

      g_string_append_printf (random->out, "%s{'parentId':%d,'nextId':",
                              random->out->str[random->out->len - 1] == '[' ? "" : ",", parent);

      if (next > 0)
        g_string_append_printf (random->out, "%d,'node':", next);
      else
        g_string_append (random->out, "null,'node':");

      put_new_node (random, id);
      g_string_append_c (random->out, '}');

      if (g_rand_boolean (random->rand))
        parent = id;
    }
}

/* A node goes somewhere else, as recorders write it: removed, and added again with its children. */
static void
put_move (Random *random)
{
  gint32 id = pick_id (random, PH_NODE_ELEMENT);
  gint32 parent = pick_id (random, PH_NODE_ELEMENT);
  PhSlot slot = ph_dom_find (random->dom, id);
  PhSlot to = ph_dom_find (random->dom, parent);

  for (PhSlot up = to; up != 0; up = ph_dom_node (random->dom, up)->parent)
    if (up == slot)
      return;

  g_string_append_printf (
    random->out, "%s{'parentId':%d,'nextId':null,'node':{'type':2,'tagName':'%s',"
                 "'attributes':{'a':'m'},'childNodes':[],'id':%d}}",
    random->out->str[random->out->len - 1] == '[' ? "" : ",", parent,
    ph_dom_node_name (random->dom, slot), id);
}

static void
put_frame (Random *random)
{
  for (PhSlot slot = 1; slot < ph_dom_n_slots (random->dom); slot++)
    if (ph_dom_node (random->dom, slot)->type == PH_NODE_ELEMENT &&
        strcmp (ph_dom_node_name (random->dom, slot), "iframe") == 0 &&
        ph_dom_node (random->dom, slot)->inner == 0)
      {
        gint32 id = random->next_id;

        random->next_id += 2;
        g_string_append_printf (
          random->out, "%s{'parentId':%d,'nextId':null,'node':{'type':0,'id':%d,"
                       "'childNodes':[{'type':2,'tagName':'html','id':%d,"
                       "'attributes':{},'childNodes':[]}]}}",
          random->out->str[random->out->len - 1] == '[' ? "" : ",",
          ph_dom_node (random->dom, slot)->id, id, id + 1);
        return;
      }
}

static void
put_changes (Random *random)
{
  gint32 removed = pick_id (random, PH_NODE_ELEMENT);
  gint32 number = g_rand_int_range (random->rand, 0, 100);

  if (number % 3 == 0 && removed != 3)
    g_string_append_printf (random->out, "],'removes':[{'parentId':1,'id':%d}]", removed);
  else
    g_string_append (random->out, "],'removes':[]");

  g_string_append_printf (random->out, ",'texts':[{'id':%d,'value':'v%d'}]",
                          pick_id (random, PH_NODE_TEXT), number);
  g_string_append_printf (random->out,
                          ",'attributes':[{'id':%d,'attributes':{'a':'%d',"
                          "'style':{'top':'%dpx'}}}]}}",
                          pick_id (random, PH_NODE_ELEMENT), number % 4, number);
}

/* An input, scroll or style sheet event with @members for an element of the page. */
static void
put_event (Random *random,
           int source,
           const char *members)
{
  g_string_append_printf (random->out,
                          ",{'type':3,'timestamp':2,'data':{'source':%d,'id':%d,%s}}", source,
                          pick_id (random, PH_NODE_ELEMENT), members);
}

static void
apply_random_mutation (Random *random)
{
  gint32 number = g_rand_int_range (random->rand, 0, 100);
  g_autofree char *input = g_strdup_printf ("'text':'i%d','isChecked':%s", number,
                                            number % 2 == 0 ? "true" : "false");
  g_autofree char *scroll = g_strdup_printf ("'x':%d,'y':7", number);
  g_autofree char *rule = g_strdup_printf ("'adds':[{'rule':'p{top:%dpx}'}]", number);

  g_string_assign (random->out, "[{'type':3,'timestamp':1,'data':{'source':0,'adds':[");
  put_adds (random);

  if (g_rand_boolean (random->rand))
    put_move (random);

  put_frame (random);
  put_changes (random);
  put_event (random, PH_SOURCE_INPUT, input);
  put_event (random, PH_SOURCE_SCROLL, scroll);
  put_event (random, PH_SOURCE_STYLE_SHEET_RULE, rule);
  g_string_append_c (random->out, ']');
  ph_test_apply (random->dom, NULL, random->out->str);
}

/*
 * Whatever happened between two pages, the patch takes one to the other, step
 * by step and from any page to any other.
 */
static void
test_random_pages (void)
{
  guint used[PH_TEST_N_OPS] = { 0 };

  for (guint32 seed = 1; seed <= 60; seed++)
    {
      g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify) ph_dom_free);
      g_autoptr (PhTestStage) stage = ph_test_stage_new ();
      Random random = { .rand = g_rand_new_with_seed (seed), .next_id = 100 };
      const PhDom *shown = NULL;

      random.dom = ph_test_page (LIST);
      random.out = g_string_new (NULL);

      for (guint step = 0; step < 25; step++)
        {
          g_ptr_array_add (pages, ph_dom_copy (random.dom));
          show (stage, shown, pages->pdata[step]);
          shown = pages->pdata[step];
          apply_random_mutation (&random);
        }

      for (guint jump = 0; jump < 25; jump++)
        {
          const PhDom *page = pages->pdata[g_rand_int_range (random.rand, 0, (gint32) pages->len)];

          show_as (stage, shown, page, jump % 2 == 0);
          shown = page;
        }

      g_assert_cmpuint (ph_test_stage_count (stage, PH_OP_RESET), ==, 1);
      g_string_free (random.out, TRUE);
      ph_dom_free (random.dom);
      g_rand_free (random.rand);

      for (guint op = 0; op < PH_TEST_N_OPS; op++)
        used[op] += ph_test_stage_count (stage, op);
    }

  /* The pages are random enough to need every operation that changes one. */
  for (guint op = PH_OP_VIEWPORT; op <= PH_OP_SCROLL; op++)
    if (op != PH_OP_COMMENT)
      {
        g_test_message ("operation %u: %u times", op, used[op]);
        g_assert_cmpuint (used[op], >, 0);
      }

  g_assert_cmpuint (used[PH_OP_RENAME], >, 0);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/patch-diff/least-moves", test_least_moves);
  g_test_add_func ("/patch-diff/equal-pages", test_equal_pages);
  g_test_add_func ("/patch-diff/other-epoch", test_other_epoch);
  g_test_add_func ("/patch-diff/no-page", test_no_page);
  g_test_add_func ("/patch-diff/unknown-viewport", test_unknown_viewport);
  g_test_add_func ("/patch-diff/random-pages", test_random_pages);

  return g_test_run ();
}
