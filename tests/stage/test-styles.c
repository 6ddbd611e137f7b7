/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "live-driver.h"
#include "ph-test.h"

/* Style sheets made and changed by script, on a real stage: see sheets.js. */

#define BODY                                                                                      \
  "{'type':2,'tagName':'head','attributes':{},'id':10,'childNodes':[{'type':2,'tagName':'style'," \
  "'attributes':{'_cssText':'p { top: 1px } @media (min-width: 700px) { p { left: 1px } }'},"     \
  "'id':11,'childNodes':[]}]},"                                                                   \
  "{'type':2,'tagName':'body','attributes':{},'id':20,'childNodes':["                             \
  "{'type':2,'tagName':'p','attributes':{},'id':21,'childNodes':[]},"                             \
  "{'type':2,'tagName':'div','attributes':{},'id':30,'isShadowHost':true,'childNodes':["          \
  "{'type':2,'tagName':'p','attributes':{},'id':31,'isShadow':true,'childNodes':[]}]},"           \
  "{'type':2,'tagName':'div','attributes':{},'id':40,'childNodes':[]},"                           \
  "{'type':2,'tagName':'iframe','attributes':{},'id':50,'childNodes':[]},"                        \
  "{'type':2,'tagName':'section','attributes':{},'id':70,'childNodes':[]}]}"

/* A page in the iframe, whose document has the id N0, with a <p> of the id N3. */
#define FRAME(n)                                                                                 \
  "'texts':[],'attributes':[],'removes':[],'adds':[{'parentId':50,'nextId':null,'node':{"        \
  "'type':0,'id':" #n "0,'childNodes':[{'type':2,'tagName':'html','attributes':{},'id':" #n "1," \
  "'childNodes':[{'type':2,'tagName':'body','attributes':{},'id':" #n "2,'childNodes':[{"        \
  "'type':2,'tagName':'p','attributes':{},'id':" #n "3,'childNodes':[]}]}]}]}}]"

typedef struct
{
  gint64 time;
  int source;
  const char *members;
} Event;

static char *
join_events (const Event *events,
             guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (
      text, "%s{'type':3,'timestamp':%d,'data':{'source':%d,%s}}", i > 0 ? "," : "",
      (int) events[i].time, events[i].source, events[i].members);

  return g_string_free (text, FALSE);
}

/* What an element is like at a time: computed styles, as the engine that paints them has them. */
typedef struct
{
  gint64 time;
  gint64 id;
  const char *property;
  const char *value;
} Case;

static char *
compute (Live *live,
         gint64 id,
         const char *property)
{
  g_autofree char *script = g_strdup_printf (
    "const node = playhead.applier.get(%d);"
    "return node.ownerDocument.defaultView.getComputedStyle(node).getPropertyValue('%s');",
    (int) id, property);

  return live_evaluate (live, script);
}

static void
check (Live *live,
       const Case *wanted)
{
  g_autofree char *value = compute (live, wanted->id, wanted->property);

  g_test_message ("at %d, node %d: %s", (int) wanted->time, (int) wanted->id, wanted->property);
  g_assert_cmpstr (value, ==, wanted->value);
}

/* Played through, then at the same times in another order. */
static void
check_all (const Event *events,
           guint n_events,
           const Case *cases,
           guint n)
{
  g_autofree char *joined = join_events (events, n_events);
  g_autoptr (Live) live = live_new (BODY, joined);

  for (guint i = 0; i < n; i++)
    {
      live_play (live, cases[i].time);
      check (live, &cases[i]);
    }

  for (guint i = 0; i < n; i++)
    {
      const Case *wanted = &cases[(i * 7 + 3) % n];

      live_seek (live, wanted->time);
      check (live, wanted);
    }
}

/* One sheet in a document, a shadow root, an iframe; its rules change for all of them at once. */
static void
test_adopted (void)
{
  static const Event events[] = {
    { 1100, 15,
      "'id':1,'styles':[{'styleId':1,'rules':[{'rule':'p { color: rgb(1, 0, 0) }'}]}],"
      "'styleIds':[1]" },
    { 1200, 15,
      "'id':30,'styles':[{'styleId':2,'rules':[{'rule':'p { color: rgb(2, 0, 0); right: "
      "2px }'}]}],'styleIds':[1,2]" },
    { 1300, 15, "'id':30,'styles':[],'styleIds':[2,1]" },
    { 1400, 0, FRAME (6) },
    { 1500, 15, "'id':60,'styles':[],'styleIds':[1]" },
    { 1600, 8, "'styleId':1,'adds':[{'rule':'p { bottom: 6px }','index':1}]" },
    { 1700, 8, "'styleId':1,'replaceSync':'p { color: rgb(7, 0, 0) }'" },
    { 1800, 13,
      "'styleId':1,'index':[0],'set':{'property':'color','value':'rgb(8, 0, 0)',"
      "'priority':'important'}" },
    /* The iframe moves, and is filled again. */
    { 1900, 0,
      "'texts':[],'attributes':[],'removes':[],'adds':[{'parentId':70,'nextId':null,"
      "'node':{'type':2,'tagName':'iframe','attributes':{},'id':50,'childNodes':[]}}]" },
    { 2000, 0, FRAME (8) },
    { 2100, 15, "'id':80,'styles':[],'styleIds':[2]" },
    { 2200, 15, "'id':1,'styles':[],'styleIds':[]" },
  };
  static const Case cases[] = {
    { 1050, 21, "color", "rgb(0, 0, 0)" },
    { 1100, 21, "color", "rgb(1, 0, 0)" },
    { 1100, 31, "color", "rgb(0, 0, 0)" },
    { 1200, 31, "color", "rgb(2, 0, 0)" },
    { 1200, 31, "right", "2px" },
    { 1300, 31, "color", "rgb(1, 0, 0)" },
    { 1300, 31, "right", "2px" },
    { 1400, 63, "color", "rgb(0, 0, 0)" },
    { 1500, 63, "color", "rgb(1, 0, 0)" },
    { 1600, 21, "bottom", "6px" },
    { 1600, 31, "bottom", "6px" },
    { 1600, 63, "bottom", "6px" },
    { 1700, 21, "bottom", "auto" },
    { 1700, 63, "color", "rgb(7, 0, 0)" },
    { 1800, 21, "color", "rgb(8, 0, 0)" },
    { 1800, 31, "color", "rgb(8, 0, 0)" },
    { 1800, 63, "color", "rgb(8, 0, 0)" },
    { 1900, 63, "color", "rgb(8, 0, 0)" },
    { 2000, 83, "color", "rgb(0, 0, 0)" },
    { 2100, 83, "color", "rgb(2, 0, 0)" },
    { 2200, 21, "color", "rgb(0, 0, 0)" },
    { 2200, 31, "color", "rgb(8, 0, 0)" },
  };

  check_all (events, G_N_ELEMENTS (events), cases, G_N_ELEMENTS (cases));
}

/* Adopted before there is a shadow root, before the sheet is there, in roots that come and go. */
static void
test_late (void)
{
  static const Event events[] = {
    { 1100, 15,
      "'id':40,'styles':[{'styleId':1,'rules':[{'rule':'p { color: rgb(1, 0, 0) }'}]}],"
      "'styleIds':[3,1]" },
    { 1200, 0,
      "'texts':[],'attributes':[],'removes':[],'adds':[{'parentId':40,'nextId':null,"
      "'node':{'type':2,'tagName':'p','attributes':{},'id':41,'isShadow':true,"
      "'childNodes':[]}}]" },
    { 1300, 15,
      "'id':30,'styles':[{'styleId':3,'rules':[{'rule':'p { right: 3px }'}]}],"
      "'styleIds':[3]" },
    { 1400, 0,
      "'texts':[],'attributes':[],'removes':[],'adds':[{'parentId':70,'nextId':null,"
      "'node':{'type':2,'tagName':'div','attributes':{},'id':40,'isShadowHost':true,"
      "'childNodes':[]}}]" },
    { 1500, 0, "'texts':[],'attributes':[],'adds':[],'removes':[{'parentId':20,'id':30}]" },
  };
  static const Case cases[] = {
    { 1200, 41, "color", "rgb(1, 0, 0)" },
    { 1200, 41, "right", "auto" },
    { 1300, 41, "right", "3px" },
    { 1300, 31, "right", "3px" },
    { 1400, 41, "color", "rgb(1, 0, 0)" },
    { 1500, 41, "right", "3px" },
  };

  check_all (events, G_N_ELEMENTS (events), cases, G_N_ELEMENTS (cases));
}

/* The sheet of a style element: rules in rules, declarations, its text anew. */
static void
test_element (void)
{
  static const Event events[] = {
    { 1100, 13, "'id':11,'index':[0],'set':{'property':'top','value':'2px'}" },
    { 1200, 13, "'id':11,'index':[1,0],'set':{'property':'left','value':'2px'}" },
    { 1300, 8, "'id':11,'adds':[{'rule':'p { left: 3px }','index':[1,1]}]" },
    { 1400, 8, "'id':11,'removes':[{'index':[1,1]},{'index':0}]" },
    { 1500, 13, "'id':11,'index':[0,0],'remove':{'property':'left'}" },
    /* What browsers refuse takes no place: the next one stands where it is said to. */
    { 1600, 8,
      "'id':11,'adds':[{'rule':'::-moz-x { top: 0 }','index':1},{'rule':'p { top: 6px }',"
      "'index':1},{'rule':'p { top: 7px }','index':2}]" },
    { 1700, 0,
      "'texts':[],'adds':[],'removes':[],'attributes':[{'id':11,"
      "'attributes':{'_cssText':'p { top: 8px; }'}}]" },
    /* Only a sheet that a script made can be replaced. */
    { 1800, 8, "'id':11,'replace':'p { left: 9px }'" },
  };
  static const Case cases[] = {
    { 1050, 21, "top", "1px" },
    { 1050, 21, "left", "1px" },
    { 1100, 21, "top", "2px" },
    { 1200, 21, "left", "2px" },
    { 1300, 21, "left", "3px" },
    { 1400, 21, "left", "2px" },
    { 1400, 21, "top", "auto" },
    { 1500, 21, "left", "auto" },
    { 1600, 21, "top", "7px" },
    { 1700, 21, "top", "8px" },
    { 1800, 21, "top", "8px" },
    { 1800, 21, "left", "auto" },
  };

  check_all (events, G_N_ELEMENTS (events), cases, G_N_ELEMENTS (cases));
}

/* A hovered element, wherever its sheet came from; elements that are not defined yet. */
static void
test_states (void)
{
  static const Event events[] = {
    { 1100, 15,
      "'id':1,'styles':[{'styleId':1,'rules':["
      "{'rule':'p:hover, a::-webkit-scrollbar-thumb:hover { top: 2px }'},"
      "{'rule':'x-b:not(:defined) { left: 3px }'},{'rule':'@media (hover: hover) { p:hover { "
      "left: 4px } }'}]}],'styleIds':[1]" },
    { 1200, 1, "'positions':[{'x':5,'y':5,'id':21,'timeOffset':0}]" },
    { 1300, 8, "'styleId':1,'adds':[{'rule':'p:hover { right: 5px }','index':0}]" },
    { 1400, 1, "'positions':[{'x':5,'y':5,'id':20,'timeOffset':0}]" },
    { 1500, 0,
      "'texts':[],'attributes':[],'removes':[],'adds':[{'parentId':70,'nextId':null,'node':{"
      "'type':2,'tagName':'x-a','isCustom':true,'attributes':{},'id':80,'childNodes':[]}},"
      "{'parentId':70,'nextId':null,'node':{'type':2,'tagName':'x-b','attributes':{},'id':81,"
      "'childNodes':[]}}]" },
    { 1600, 16, "'define':{'name':'x-b'}" },
  };
  static const Case cases[] = {
    { 1100, 21, "top", "1px" },
    { 1200, 21, "top", "2px" },
    { 1200, 21, "left", "4px" },
    { 1200, 21, "right", "auto" },
    { 1300, 21, "right", "5px" },
    { 1400, 21, "top", "1px" },
    { 1400, 21, "right", "auto" },
    { 1500, 81, "left", "3px" },
    { 1600, 81, "left", "auto" },
  };

  check_all (events, G_N_ELEMENTS (events), cases, G_N_ELEMENTS (cases));
}

/* Fonts that scripts loaded are there for every document, and go with the page. */
static void
test_fonts (void)
{
  static const Event events[] = {
    { 1100, 10,
      "'family':'Some Font','buffer':true,'fontSource':'[0,1,0,0]',"
      "'descriptors':{'weight':'700'}" },
    { 1200, 0, FRAME (6) },
    { 1300, 10, "'family':'Other','buffer':false,'fontSource':'url(https://a.example/o.woff2)'" },
  };
  static const char count[] =
    "return [...playhead.applier.documents()].map((doc) => "
    "[...doc.fonts].map((font) => font.family.replace(/['\"]/g, '') + font.weight)"
    ".join()).filter((fonts) => fonts).join('|');";
  static const struct
  {
    gint64 time;
    const char *fonts;
  } cases[] = {
    { 1050, "" },
    { 1100, "Some Font700" },
    { 1200, "Some Font700|Some Font700" },
    { 1300, "Some Font700,Othernormal|Some Font700,Othernormal" },
    { 1050, "" },
    { 1200, "Some Font700|Some Font700" },
  };
  g_autofree char *joined = join_events (events, G_N_ELEMENTS (events));
  g_autoptr (Live) live = live_new (BODY, joined);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *fonts = NULL;

      live_seek (live, cases[i].time);
      fonts = live_evaluate (live, count);
      g_test_message ("at %d", (int) cases[i].time);
      g_assert_cmpstr (fonts, ==, cases[i].fonts);
    }
}

int
main (int argc,
      char **argv)
{
  stage_driver_init (&argc, &argv);

  g_test_add_func ("/styles/adopted", test_adopted);
  g_test_add_func ("/styles/late", test_late);
  g_test_add_func ("/styles/element", test_element);
  g_test_add_func ("/styles/states", test_states);
  g_test_add_func ("/styles/fonts", test_fonts);

  return g_test_run ();
}
