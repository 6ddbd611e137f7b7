/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-patch.h"
#include "ph-test-dom.h"

#include <string.h>

#define BODY                                                                                 \
  "{'type':2,'tagName':'style','attributes':{'_cssText':'a{} b{}'},'id':5,'childNodes':[]}," \
  "{'type':2,'tagName':'div','attributes':{},'id':10,'isShadowHost':true,'childNodes':["     \
  "{'type':2,'tagName':'p','attributes':{},'id':11,'isShadow':true,'childNodes':[]}]},"      \
  "{'type':2,'tagName':'div','attributes':{},'id':12,'childNodes':[]},"                      \
  "{'type':2,'tagName':'iframe','attributes':{},'id':13,'childNodes':[]}"

#define FRAME                                                                                \
  "{'type':3,'timestamp':1,'data':{'source':0,'adds':[{'parentId':13,'nextId':null,'node':{" \
  "'type':0,'id':20,'childNodes':[{'type':2,'tagName':'html','attributes':{},'id':21,"       \
  "'childNodes':[]}]}}],'removes':[],'texts':[],'attributes':[]}}"
#define ADOPT(id, styles, ids)                                                      \
  "{'type':3,'timestamp':2,'data':{'source':15,'id':" #id ",'styles':[" styles "]," \
  "'styleIds':[" ids "]}}"
#define SHEET(id, rule) "{'styleId':" #id ",'rules':[{'rule':'" rule "','index':0}]}"
#define RULE(index, rule)                                                              \
  "{'type':3,'timestamp':3,'data':{'source':8,'styleId':1,'adds':[{'rule':'" rule "'," \
  "'index':" #index "}]}}"
#define FONT(name)                                                                  \
  "{'type':3,'timestamp':4,'data':{'source':10,'family':'" name "','buffer':false," \
  "'fontSource':'url(data:font/woff2;base64,AA)'}}"

static GBytes *
diff (const PhDom *from,
      const PhDom *to)
{
  PhPatch *patch = ph_patch_new ();

  ph_patch_diff (patch, from, to);

  return ph_patch_finish (patch);
}

static void
show (PhTestStage *stage,
      const PhDom *from,
      const PhDom *to)
{
  g_autoptr (GBytes) patch = diff (from, to);
  g_autofree char *shown = NULL;
  g_autofree char *wanted = ph_test_dump_dom (to);

  ph_test_stage_apply (stage, patch);
  shown = ph_test_stage_dump (stage);
  g_assert_cmpstr (shown, ==, wanted);
}

/* @operations, and that the window stands where it did: what is said after any change. */
static void
assert_patch (GBytes *patch,
              const char *operations)
{
  g_autofree char *text = ph_test_json (operations);
  g_autofree char *wanted = *text != '\0' ? g_strdup_printf ("[%s,19,1,0,0]", text)
                                          : g_strdup ("[]");

  g_assert_cmpstr (g_bytes_get_data (patch, NULL), ==, wanted);
}

/* What is said of what differs, and nothing else. */
static void
test_operations (void)
{
  static const struct
  {
    const char *before;
    const char *events;
    const char *patch;
    const char *back;
  } cases[] = {
    { NULL, ADOPT (1, SHEET (1, "a{}"), "1"), "27,1,1,'a{}',30,1,1,1", "30,1,0,29,1,1" },
    { NULL, ADOPT (10, SHEET (1, "a{}"), "1,2,1"), "27,1,1,'a{}',30,-10,3,1,2,1",
      "30,-10,0,29,1,1" },
    /* Somebody without a shadow root, somebody unknown: not yet. */
    { NULL, ADOPT (12, SHEET (1, "a{}"), "1"), "27,1,1,'a{}'", "29,1,1" },
    { NULL, ADOPT (99, SHEET (1, "a{}"), "1"), "27,1,1,'a{}'", "29,1,1" },
    { NULL, ADOPT (1, "", "1"), "30,1,1,1", "30,1,0" },
    { NULL, ADOPT (1, SHEET (1, "a{b:url(http://x)}"), ""),
      "27,1,1,'a{b:url(\\\"data:,\\\")}'", "29,1,1" },
    { ADOPT (1, SHEET (1, "a{}"), "1"), RULE (0, "b{}"), "28,1,0,0,1,'b{}'", "28,1,0,1,0" },
    { ADOPT (1, SHEET (1, "a{}"), "1"), RULE (9, "b{}"), "28,1,1,0,1,'b{}'", "28,1,1,1,0" },
    { ADOPT (1, SHEET (1, "a{}"), "1"), ADOPT (1, "", "2,1"), "30,1,2,2,1", "30,1,1,1" },
    { ADOPT (1, SHEET (1, "a{}"), "1"), ADOPT (1, "", "1"), "", "" },
    { ADOPT (1, SHEET (1, "a{}"), "1"), ADOPT (1, SHEET (1, "b{}"), "1"), "28,1,0,1,1,'b{}'",
      "28,1,0,1,1,'a{}'" },
    { NULL, FONT ("A"),
      "31,0,1,'@font-face { font-family: \\\"A\\\"; src: url(data:font/woff2;base64,AA); }'",
      "31,0,0" },
    { FONT ("A"), FONT ("B"),
      "31,1,1,'@font-face { font-family: \\\"B\\\"; src: url(data:font/woff2;base64,AA); }'",
      "31,1,0" },
    { FONT ("A"), FONT ("A"), "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PhDom) dom = ph_test_page (BODY);
      g_autoptr (PhDom) before = NULL;
      g_autoptr (GBytes) patch = NULL;
      g_autoptr (GBytes) back = NULL;
      g_autofree char *first = g_strdup_printf ("[%s]", cases[i].before != NULL ? cases[i].before
                                                                                : "");
      g_autofree char *events = g_strdup_printf ("[%s]", cases[i].events);

      ph_test_apply (dom, NULL, first);
      before = ph_dom_copy (dom);
      ph_test_apply (dom, NULL, events);
      patch = diff (before, dom);
      back = diff (dom, before);
      g_test_message ("case %u", i);
      assert_patch (patch, cases[i].patch);
      assert_patch (back, cases[i].back);
    }
}

/* Documents and shadow roots that come later, go and come again adopt what they did. */
static void
test_late (void)
{
  static const char *const events[] = {
    "[" ADOPT (12, SHEET (1, "a{}"), "1") "," ADOPT (20, "", "1,3") "]",
    "[" FRAME "]",
    "[{'type':3,'timestamp':3,'data':{'source':0,'adds':[{'parentId':12,'nextId':null,'node':{"
    "'type':2,'tagName':'b','attributes':{},'id':30,'isShadow':true,'childNodes':[]}}],"
    "'removes':[],'texts':[],'attributes':[]}}]",
    "[" ADOPT (20, SHEET (3, "c{}"), "1,3") "]",
    /* The host moves, and the frame does, which takes its page along. */
    "[{'type':3,'timestamp':4,'data':{'source':0,'adds':[{'parentId':3,'nextId':5,'node':{"
    "'type':2,'tagName':'div','attributes':{},'id':12,'childNodes':[]}},"
    "{'parentId':3,'nextId':5,'node':{'type':2,'tagName':'iframe','attributes':{},'id':13,"
    "'childNodes':[]}}],'removes':[],'texts':[],'attributes':[]}}]",
    "[{'type':3,'timestamp':5,'data':{'source':0,'removes':[{'parentId':3,'id':12},"
    "{'parentId':3,'id':13}],'adds':[],'texts':[],'attributes':[]}}]",
  };
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify) ph_dom_free);
  g_autoptr (PhTestStage) stage = ph_test_stage_new ();
  g_autoptr (PhDom) dom = ph_test_page (BODY);

  g_ptr_array_add (pages, ph_dom_copy (dom));

  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    {
      ph_test_apply (dom, NULL, events[i]);
      g_ptr_array_add (pages, ph_dom_copy (dom));
    }

  show (stage, NULL, pages->pdata[0]);

  for (guint i = 1; i < pages->len; i++)
    show (stage, pages->pdata[i - 1], pages->pdata[i]);

  for (guint i = pages->len - 1; i > 0; i--)
    show (stage, pages->pdata[i], pages->pdata[i - 1]);

  /* From any to any, and from nothing. */
  for (guint a = 0; a < pages->len; a++)
    for (guint b = 0; b < pages->len; b++)
      {
        g_autoptr (PhTestStage) other = ph_test_stage_new ();

        show (other, NULL, pages->pdata[a]);
        show (other, pages->pdata[a], pages->pdata[b]);
      }
}

/* Random events of every kind: any page to any other. */
static void
test_random (void)
{
  static const char *const events[] = {
    ADOPT (1, SHEET (1, "a{}"), "1,2"),
    ADOPT (10, SHEET (2, "b{}"), "2"),
    ADOPT (10, "", ""),
    ADOPT (20, SHEET (1, "c{}"), "1"),
    RULE (0, "d{}"),
    RULE (5, "e{}"),
    "{'type':3,'timestamp':3,'data':{'source':8,'styleId':2,'replaceSync':'g{} h{}'}}",
    "{'type':3,'timestamp':3,'data':{'source':8,'styleId':1,'removes':[{'index':0}]}}",
    "{'type':3,'timestamp':3,'data':{'source':8,'id':5,'removes':[{'index':0}]}}",
    "{'type':3,'timestamp':3,'data':{'source':13,'id':5,'index':[0],'set':{'property':'top',"
    "'value':'1px'}}}",
    "{'type':3,'timestamp':3,'data':{'source':13,'styleId':1,'index':[0],'set':{'property':'top',"
    "'value':'1px','priority':'important'}}}",
    "{'type':3,'timestamp':3,'data':{'source':13,'styleId':1,'index':[0],'remove':"
    "{'property':'top'}}}",
    FONT ("A"),
    FONT ("B"),
    FRAME,
    "{'type':3,'timestamp':5,'data':{'source':0,'removes':[{'parentId':3,'id':20}],'adds':[],"
    "'texts':[],'attributes':[{'id':5,'attributes':{'_cssText':'k{}'}}]}}",
  };

  for (guint32 seed = 1; seed <= 40; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify) ph_dom_free);
      g_autoptr (PhTestStage) stage = ph_test_stage_new ();
      g_autoptr (PhDom) dom = ph_test_page (BODY);
      const PhDom *shown = NULL;

      for (guint step = 0; step < 30; step++)
        {
          g_autofree char *event = g_strdup_printf (
            "[%s]", events[g_rand_int_range (rand, 0, G_N_ELEMENTS (events))]);

          ph_test_apply (dom, NULL, event);
          g_ptr_array_add (pages, ph_dom_copy (dom));
          show (stage, shown, pages->pdata[step]);
          shown = pages->pdata[step];
        }

      for (guint jump = 0; jump < 30; jump++)
        {
          const PhDom *page = pages->pdata[g_rand_int_range (rand, 0, (gint32) pages->len)];

          show (stage, shown, page);
          shown = page;
        }

      g_assert_cmpuint (ph_test_stage_count (stage, PH_OP_RESET), ==, 1);
    }
}

/* What is defined later is told of every element of the name, and of no other. */
static void
test_defined (void)
{
  g_autoptr (PhDom) dom = ph_test_page (
    "{'type':2,'tagName':'x-a','isCustom':true,'attributes':{'ph-undefined':'x'},'id':10,"
    "'childNodes':[]},{'type':2,'tagName':'x-b','attributes':{'a':'1'},'id':11,'childNodes':[]},"
    "{'type':2,'tagName':'x-c','attributes':{},'id':12,'childNodes':[]}");
  g_autoptr (PhDom) before = ph_dom_copy (dom);
  g_autoptr (GBytes) patch = NULL;
  g_autoptr (GBytes) back = NULL;
  g_autofree char *dump = ph_test_dump_dom (dom);

  g_assert_nonnull (strstr (dump, "10 0:x-a\n"));
  g_assert_nonnull (strstr (dump, "11 0:x-b a=\"1\" ph-undefined=\"\"\n"));
  g_assert_nonnull (strstr (dump, "12 0:x-c ph-undefined=\"\"\n"));

  ph_test_apply (dom, NULL,
                 "[{'type':3,'timestamp':1,'data':{'source':16,'define':{'name':'x-b'}}}]");
  patch = diff (before, dom);
  back = diff (dom, before);
  assert_patch (patch, "12,11,'ph-undefined'");
  assert_patch (back, "11,11,'ph-undefined',''");
}

/* A link that became a style element is switched off by its attribute all the same. */
static void
test_disabled (void)
{
  g_autoptr (PhDom) dom = ph_test_page (
    "{'type':2,'tagName':'link','attributes':{'_cssText':'a{}','disabled':true,'media':'print'},"
    "'id':10,'childNodes':[]},"
    "{'type':2,'tagName':'link','attributes':{'_cssText':'a{}'},'id':11,'childNodes':[]}");
  g_autofree char *dump = ph_test_dump_dom (dom);

  g_assert_nonnull (strstr (dump, "10 0:style disabled=\"\" media=\"not all\"\n"));
  g_assert_nonnull (strstr (dump, "11 0:style\n"));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/patch-sheets/operations", test_operations);
  g_test_add_func ("/patch-sheets/late", test_late);
  g_test_add_func ("/patch-sheets/random", test_random);
  g_test_add_func ("/patch-sheets/defined", test_defined);
  g_test_add_func ("/patch-sheets/disabled", test_disabled);

  return g_test_run ();
}
