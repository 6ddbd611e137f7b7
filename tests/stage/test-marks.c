/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "live-driver.h"
#include "ph-cursor.h"
#include "ph-test.h"

/* Hover and what is pressed, on a real stage: see marks.js. */

#define BODY                                                                                      \
  "{'type':2,'tagName':'head','attributes':{},'id':10,'childNodes':[{'type':2,'tagName':'style'," \
  "'attributes':{},'id':11,'childNodes':[{'type':3,'id':12,'textContent':'body { margin: 0 } "    \
  "#menu { width: 50px; height: 20px; background: #ff0000; transition: background 9s } "          \
  "#menu[ph-hover] { background: #00ff00 } "                                                      \
  "#menu[ph-active] { background: #0000ff }'}]}]},"                                               \
  "{'type':2,'tagName':'body','attributes':{},'id':20,'childNodes':["                             \
  "{'type':2,'tagName':'div','attributes':{'id':'menu','ph-hover':'x'},'id':21,'childNodes':["    \
  "{'type':2,'tagName':'b','attributes':{},'id':22,'childNodes':["                                \
  "{'type':3,'textContent':'open','id':23}]}]},"                                                  \
  "{'type':2,'tagName':'label','attributes':{},'id':30,'childNodes':["                            \
  "{'type':2,'tagName':'input','attributes':{},'id':31,'childNodes':[]},"                         \
  "{'type':2,'tagName':'i','attributes':{},'id':32,'childNodes':[]}]},"                           \
  "{'type':2,'tagName':'x-host','attributes':{},'isShadowHost':true,'id':40,'childNodes':["       \
  "{'type':2,'tagName':'slot','attributes':{},'isShadow':true,'id':41,'childNodes':[]},"          \
  "{'type':2,'tagName':'em','attributes':{},'id':42,'childNodes':[]}]},"                          \
  "{'type':2,'tagName':'iframe','attributes':{},'id':50,'childNodes':[]}]}"

#define FRAME                                                                                  \
  "{'type':3,'timestamp':1050,'data':{'source':0,'isAttachIframe':true,'texts':[],"            \
  "'attributes':[],'removes':[],'adds':[{'parentId':50,'nextId':null,'node':{'type':0,"        \
  "'id':60,'childNodes':[{'type':2,'tagName':'html','rootId':60,'attributes':{},'id':61,"      \
  "'childNodes':[{'type':2,'tagName':'p','rootId':60,'attributes':{},'id':62,'childNodes':[]}" \
  "]}]}}]}},"

#define MOVE(time, id)                                                       \
  "{'type':3,'timestamp':" #time ",'data':{'source':1,'positions':[{'x':5,'" \
  "y':5,'id':" #id ",'timeOffset':0}]}}"
#define PRESS(time, type, id)                                                                    \
  "{'type':3,'timestamp':" #time ",'data':{'source':2,'type':" #type ",'id':" #id ",'x':5,'y':5" \
  "}}"

#define REMOVAL                                                                            \
  "{'type':3,'timestamp':2000,'data':{'source':0,'texts':[],'attributes':[],'adds':[],"    \
  "'removes':[{'parentId':20,'id':21}]}},"                                                 \
  "{'type':3,'timestamp':2100,'data':{'source':0,'texts':[],'attributes':[],'removes':[]," \
  "'adds':[{'parentId':20,'nextId':null,'node':{'type':2,'tagName':'div','attributes':{}," \
  "'id':70,'childNodes':[]}}]}}"

#define MOVES MOVE (1100, 22) "," MOVE (1200, 32) "," MOVE (1300, 42) "," MOVE (1400, 62) ","
#define PRESSED PRESS (1500, 1, 22) "," MOVE (1600, 20) "," PRESS (1700, 0, 20) ","

static const char events[] = FRAME MOVES PRESSED MOVE (1800, 999) "," MOVE (1900, 23) "," REMOVAL;

/* Every element with a mark at a time, in document order. */
typedef struct
{
  gint64 time;
  const char *hover;
  const char *active;
} Case;

static const Case cases[] = {
  { 1060, "", "" },
  { 1100, "3,20,21,22", "" },
  /* The control of a label is hovered with it. */
  { 1200, "3,20,30,31,32", "" },
  /* What is slotted is in its slot as well. */
  { 1300, "3,20,40,41,42", "" },
  /* Out of an iframe the way goes on. */
  { 1400, "3,20,50,61,62", "" },
  { 1500, "3,20,21,22", "3,20,21,22" },
  { 1600, "3,20", "3,20,21,22" },
  { 1700, "3,20", "" },
  /* A node that is not in the page: nothing that is known of is under the pointer. */
  { 1800, "", "" },
  /* A text is no element; what it is in is. */
  { 1900, "3,20,21,22", "" },
  { 2000, "", "" },
};

static char *
marked (Live *live,
        const char *name)
{
  static const gint64 ids[] = { 3, 20, 21, 22, 30, 31, 32, 40, 41, 42, 50, 61, 62 };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      JsonObject *node = stage_tree_find (live->tree, ids[i]);
      g_autofree char *marks = node != NULL ? live_list (live, ids[i], "marks") : NULL;
      g_auto (GStrv) names = marks != NULL ? g_strsplit (marks, ",", -1) : NULL;

      if (names != NULL && g_strv_contains ((const char *const *) names, name))
        g_string_append_printf (text, "%s%d", text->len > 0 ? "," : "", (int) ids[i]);
    }

  return g_string_free (text, FALSE);
}

static void
check (Live *live,
       const Case *wanted)
{
  g_autofree char *hover = marked (live, "ph-hover");
  g_autofree char *active = marked (live, "ph-active");

  g_test_message ("at %d", (int) wanted->time);
  g_assert_cmpstr (hover, ==, wanted->hover);
  g_assert_cmpstr (active, ==, wanted->active);
}

static void
test_chains (void)
{
  g_autoptr (Live) live = live_new (BODY, events);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      live_play (live, cases[i].time);
      check (live, &cases[i]);
    }

  for (guint i = 0; i < 30; i++)
    {
      guint at = (guint) g_test_rand_int_range (0, G_N_ELEMENTS (cases));

      live_seek (live, cases[at].time);
      check (live, &cases[at]);
    }
}

/* The marks are ours: they are not in what the page is said to be, nor taken from it. */
static void
test_hidden (void)
{
  g_autoptr (Live) live = live_new (BODY, events);
  g_autofree char *html = NULL;

  live_seek (live, 1060);
  g_assert_cmphex (live_colour (live, 47, 17), ==, 0xff0000);
  live_seek (live, 1100);
  html = stage_driver_html (live->driver);
  g_assert_null (strstr (html, "ph-hover="));
  g_assert_false (json_object_has_member (
    json_object_get_object_member (live_node (live, 21), "attributes"), "ph-hover"));
}

/* Style sheets see it, and a jump ends what moves because of it. */
static void
test_looks (void)
{
  g_autoptr (Live) live = live_new (BODY, events);

  live_seek (live, 1100);
  g_assert_cmphex (live_colour (live, 47, 17), ==, 0x00ff00);
  live_seek (live, 1500);
  g_assert_cmphex (live_colour (live, 47, 17), ==, 0x0000ff);
  live_seek (live, 1700);
  g_assert_cmphex (live_colour (live, 47, 17), ==, 0xff0000);
}

/* Drawn above the page where it is asked for, and the same however one came there. */
static void
test_trail (void)
{
  g_autoptr (Live) live = live_new_shared ("corpus/rrweb/events/video-playback.json");
  g_autofree char *played = NULL;
  g_autofree char *sought = NULL;
  g_autofree char *none = NULL;
  gint64 start;

  if (live == NULL)
    {
      g_test_skip ("the shared corpus is not here");
      return;
    }

  start = ph_session_get_start_time (live->session) / PH_MSEC;
  ph_cursor_set_trail (live->cursor, TRUE);
  live_seek (live, start + 6000);
  live_play (live, start + 6700);
  live_save (live, "trail.png");
  played = live_said (live, "trail");
  g_assert_cmpstr (played, !=, "[]");
  live_seek (live, start + 100);
  live_seek (live, start + 6700);
  sought = live_said (live, "trail");
  g_assert_cmpstr (played, ==, sought);
  ph_cursor_set_trail (live->cursor, FALSE);
  live_seek (live, start + 6700);
  none = live_said (live, "trail");
  g_assert_cmpstr (none, ==, "[]");
}

static void
test_corpus (void)
{
  static const struct
  {
    const char *name;
    gint64 after; /* ms since the first event */
    gint64 id;
    const char *marks;
  } expected[] = {
    { "corpus/rrweb/events/hover.json", 0, 16, "" },
    { "corpus/rrweb/events/hover.json", -1, 16, "ph-hover" },
    { "corpus/rrweb/events/iframe-shadowdom-hover.json", -1, 6, "ph-hover" },
    { "corpus/rrweb/events/iframe-shadowdom-hover.json", -1, 14, "ph-hover" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (Live) live = live_new_shared (expected[i].name);
      g_autofree char *marks = NULL;
      PhSpan span;
      gint64 start;

      if (live == NULL)
        {
          g_test_skip ("the shared corpus is not here");
          return;
        }

      g_test_message ("%s", expected[i].name);
      start = ph_session_get_start_time (live->session);
      span = ph_session_get_span (live->session);
      live_seek (live, (start + (expected[i].after < 0 ? span.end : span.begin)) / PH_MSEC + 1);
      marks = live_list (live, expected[i].id, "marks");
      g_assert_cmpstr (marks, ==, expected[i].marks);
    }
}

int
main (int argc,
      char **argv)
{
  stage_driver_init (&argc, &argv);

  g_test_add_func ("/marks/chains", test_chains);
  g_test_add_func ("/marks/hidden", test_hidden);
  g_test_add_func ("/marks/looks", test_looks);
  g_test_add_func ("/marks/trail", test_trail);
  g_test_add_func ("/marks/corpus", test_corpus);

  return g_test_run ();
}
