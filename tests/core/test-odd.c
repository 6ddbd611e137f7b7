/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-dom-pack.h"
#include "ph-test-dom.h"

/*
 * Odd input of every kind: each is ignored and counted, the page is what it was
 * without it, and what comes next is shown as if nothing had happened.
 */

/* html 2, then what odd events may be about. */
#define BODY                                                                             \
  "{'type':2,'tagName':'style','attributes':{},'id':9,'childNodes':["                    \
  "{'type':3,'textContent':'a { color: red } @media all { b { top: 0 } }','id':10}]},"   \
  "{'type':2,'tagName':'p','attributes':{'class':'x'},'id':11,'childNodes':["            \
  "{'type':3,'textContent':'text','id':12}]},"                                           \
  "{'type':2,'tagName':'input','attributes':{'type':'text'},'id':13,'childNodes':[]},"   \
  "{'type':2,'tagName':'canvas','attributes':{'width':'10','height':'10'},'id':14,"      \
  "'childNodes':[]},"                                                                    \
  "{'type':2,'tagName':'video','attributes':{},'id':15,'childNodes':[]},"                \
  "{'type':2,'tagName':'div','attributes':{},'id':16,'isShadowHost':true,'childNodes':[" \
  "{'type':2,'tagName':'i','attributes':{},'id':17,'isShadow':true,'childNodes':[]}]},"  \
  "{'type':2,'tagName':'iframe','attributes':{},'id':18,'childNodes':[]},"               \
  "{'type':2,'tagName':'dialog','attributes':{},'id':19,'childNodes':[]}"

#define NOTHING "'texts':[],'attributes':[],'removes':[],'adds':[]"
#define P(id) "{'type':2,'tagName':'p','attributes':{},'id':" #id ",'childNodes':[]}"

typedef struct
{
  const char *what;
  PhHealthKind kind;
  int source;
  const char *members; /* of `data`, after `source` */
} Odd;

static const Odd odds[] = {
  /* Mutations */
  { "text of a removed node", PH_HEALTH_UNKNOWN_NODE, 0,
    "'attributes':[],'removes':[],'adds':[],'texts':[{'id':99,'value':'x'}]" },
  { "attribute of a removed node", PH_HEALTH_UNKNOWN_NODE, 0,
    "'texts':[],'removes':[],'adds':[],'attributes':[{'id':99,'attributes':{'a':'b'}}]" },
  { "removal of a removed node", PH_HEALTH_UNKNOWN_NODE, 0,
    "'texts':[],'attributes':[],'adds':[],'removes':[{'id':99,'parentId':2}]" },
  { "a child for a removed node", PH_HEALTH_UNPLACED_NODE, 0,
    "'texts':[],'attributes':[],'removes':[],'adds':[{'parentId':99,'nextId':null,'node':" P (
      50) "}]" },
  { "a child for a text", PH_HEALTH_UNPLACED_NODE, 0,
    "'texts':[],'attributes':[],'removes':[],'adds':[{'parentId':12,'nextId':null,'node':" P (
      50) "}]" },
  { "a negative id", PH_HEALTH_UNKNOWN_NODE, 0,
    "'texts':[{'id':-5,'value':'x'}],'attributes':[],'removes':[],'adds':[]" },
  { "an id beyond all", PH_HEALTH_UNKNOWN_NODE, 0,
    "'texts':[{'id':1e300,'value':'x'}],'attributes':[],'removes':[],'adds':[]" },

  /* Scroll, viewport, input */
  { "a scroll of a removed node", PH_HEALTH_UNKNOWN_NODE, 3, "'id':99,'x':1,'y':1" },
  { "a scroll to nowhere", PH_HEALTH_ODD_VALUE, 3, "'id':11,'x':null,'y':1" },
  { "a scroll beyond all", PH_HEALTH_ODD_VALUE, 3, "'id':11,'x':0,'y':1e308" },
  { "a negative id, scrolled", PH_HEALTH_UNKNOWN_NODE, 3, "'id':-11,'x':0,'y':1" },
  { "a viewport of nothing", PH_HEALTH_ODD_VALUE, 4, "'width':0,'height':-5" },
  { "a viewport beyond all", PH_HEALTH_ODD_VALUE, 4, "'width':1e9,'height':1e9" },
  { "a viewport of words", PH_HEALTH_ODD_VALUE, 4, "'width':'wide','height':'high'" },
  { "an input of a removed node", PH_HEALTH_UNKNOWN_NODE, 5,
    "'id':99,'text':'x','isChecked':false" },
  { "an input of a text", PH_HEALTH_ODD_VALUE, 5, "'id':12,'text':'x','isChecked':false" },
  { "an input of nothing", PH_HEALTH_ODD_VALUE, 5, "'id':13" },

  /* Pointer */
  { "an interaction nobody knows", PH_HEALTH_EVENT_UNKNOWN, 2, "'id':11,'type':77,'x':1,'y':1" },
  { "a negative interaction", PH_HEALTH_EVENT_UNKNOWN, 2, "'id':11,'type':-1,'x':1,'y':1" },
  { "an interaction of no type", PH_HEALTH_EVENT_UNKNOWN, 2, "'id':11,'x':1,'y':1" },
  { "focus of a removed node", PH_HEALTH_UNKNOWN_NODE, 2, "'id':99,'type':5" },
  { "blur of a removed node", PH_HEALTH_UNKNOWN_NODE, 2, "'id':99,'type':6" },

  /* Selections */
  { "a selection in a removed node", PH_HEALTH_UNKNOWN_NODE, 14,
    "'ranges':[{'start':99,'startOffset':0,'end':99,'endOffset':0}]" },
  { "a selection of no list", PH_HEALTH_ODD_VALUE, 14, "'ranges':7" },

  /* Sheets and fonts */
  { "a rule for a removed node", PH_HEALTH_UNKNOWN_NODE, 8,
    "'id':99,'adds':[{'rule':'c {}','index':0}]" },
  { "a rule for a sheet nobody made", PH_HEALTH_UNKNOWN_NODE, 8,
    "'styleId':77,'adds':[{'rule':'c {}','index':0}]" },
  { "a declaration for a removed node", PH_HEALTH_UNKNOWN_NODE, 13,
    "'id':99,'index':[0],'set':{'property':'color','value':'blue'}" },
  { "a declaration for a sheet nobody made", PH_HEALTH_UNKNOWN_NODE, 13,
    "'styleId':77,'index':[0],'set':{'property':'color','value':'blue'}" },
  { "a font of no family", PH_HEALTH_ODD_VALUE, 10, "'fontSource':'url(x)','buffer':false" },

  /* Canvases and media */
  { "drawing on a removed node", PH_HEALTH_UNKNOWN_NODE, 9,
    "'id':99,'type':0,'commands':[{'property':'fillRect','args':[0,0,1,1]}]" },
  { "media of a text", PH_HEALTH_ODD_VALUE, 7, "'id':12,'type':0,'currentTime':1" },
  { "media of a removed node", PH_HEALTH_UNKNOWN_NODE, 7, "'id':99,'type':0,'currentTime':1" },
  { "media of an unknown type", PH_HEALTH_ODD_VALUE, 7, "'id':15,'type':99,'currentTime':1" },

  /* Nobody knows these */
  { "a source nobody knows", PH_HEALTH_EVENT_UNKNOWN, 99, "'id':11" },
  { "a negative source", PH_HEALTH_EVENT_UNKNOWN, -3, "'id':11" },
};

static PhDom *
make_page (void)
{
  PhDom *dom = ph_test_page (BODY);

  ph_test_apply (dom, NULL,
                 "[{'type':3,'timestamp':1,'data':{'source':2,'type':5,'id':13}},"
                 "{'type':3,'timestamp':1,'data':{'source':5,'id':13,'text':'typed',"
                 "'isChecked':false}},"
                 "{'type':3,'timestamp':1,'data':{'source':14,'ranges':[{'start':12,"
                 "'startOffset':1,'end':12,'endOffset':3}]}},"
                 "{'type':3,'timestamp':1,'data':{'source':3,'id':11,'x':5,'y':6}}]");

  return dom;
}

static void
assert_same (const PhDom *one,
             const PhDom *other)
{
  g_autoptr (GBytes) a = ph_dom_pack (one);
  g_autoptr (GBytes) b = ph_dom_pack (other);
  g_autofree char *shown = ph_test_dump_dom (one);
  g_autofree char *wanted = ph_test_dump_dom (other);

  g_assert_cmpstr (shown, ==, wanted);
  g_assert_true (g_bytes_equal (a, b));
}

static void
apply_odd (PhDom *dom,
           PhHealth *health,
           const Odd *odd)
{
  g_autofree char *events = g_strdup_printf (
    "[{'type':3,'timestamp':1,'data':{'source':%d,%s}}]", odd->source, odd->members);

  ph_test_apply (dom, health, events);
}

static void
test_odd (gconstpointer data)
{
  static const char next[] =
    "[{'type':3,'timestamp':1,'data':{'source':0,'texts':[{'id':12,'value':'next'}],"
    "'attributes':[],'removes':[],'adds':[]}}]";
  const Odd *odd = data;
  g_autoptr (PhDom) wanted = make_page ();
  g_autoptr (PhDom) dom = ph_dom_copy (wanted);
  g_autoptr (PhHealth) health = ph_health_new ();

  apply_odd (dom, health, odd);
  g_assert_cmpuint (ph_health_count (health, odd->kind), ==, 1);
  g_assert_cmpuint (ph_health_total (health), ==, 1);
  assert_same (dom, wanted);

  ph_test_apply (dom, health, next);
  ph_test_apply (wanted, NULL, next);
  g_assert_cmpuint (ph_health_total (health), ==, 1);
  assert_same (dom, wanted);
}

/* One after the other, they still leave the page alone. */
static void
test_all (void)
{
  g_autoptr (PhDom) wanted = make_page ();
  g_autoptr (PhDom) dom = ph_dom_copy (wanted);
  g_autoptr (PhHealth) health = ph_health_new ();

  for (guint i = 0; i < G_N_ELEMENTS (odds); i++)
    apply_odd (dom, health, &odds[i]);
  g_assert_cmpuint (ph_health_total (health), ==, G_N_ELEMENTS (odds));
  assert_same (dom, wanted);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (odds); i++)
    {
      g_autofree char *words = g_strdelimit (g_strdup (odds[i].what), " ", '-');
      g_autofree char *name = g_strconcat ("/odd/", words, NULL);

      g_test_add_data_func (name, &odds[i], test_odd);
    }
  g_test_add_func ("/odd/all", test_all);

  return g_test_run ();
}
