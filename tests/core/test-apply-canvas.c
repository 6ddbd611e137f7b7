/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-test-dom.h"

#include <string.h>

#define CANVAS(attributes) \
  "{'type':2,'tagName':'canvas','id':10,'attributes':{" attributes "},'childNodes':[]}"
#define DRAW(id, commands) \
  "{'type':3,'timestamp':2,'data':{'source':9,'id':" #id ",'type':0,'commands':[" commands "]}}"
#define SET(name, value)                                                          \
  "{'type':3,'timestamp':2,'data':{'source':0,'texts':[],'removes':[],'adds':[]," \
  "'attributes':[{'id':10,'attributes':{'" name "':" value "}}]}}"
#define AGAIN(attributes)                                                               \
  "{'type':3,'timestamp':2,'data':{'source':0,'texts':[],'attributes':[],'removes':[]," \
  "'adds':[{'parentId':3,'nextId':null,'node':" CANVAS (attributes) "}]}}"
#define RECT "{'property':'fillRect','args':[0,0,1,1]}"

/* The page with a canvas after @events; its canvas's commands, or what is there in their place. */
static char *
describe_canvas (const char *canvas,
                 const char *events,
                 PhHealth *health)
{
  g_autofree char *json = ph_test_json (canvas);
  g_autoptr (PhDom) dom = ph_test_page (json);
  PhSlot slot = ph_dom_find (dom, 10);
  const PhNodeState *state;
  guint width;
  guint height;

  ph_test_apply (dom, health, events);
  state = ph_dom_node (dom, slot)->state;

  if (state == NULL || state->canvas == NULL)
    return g_strdup (ph_dom_attribute (dom, slot, "rr_dataURL") != NULL ? "picture" : "blank");

  ph_canvas_get_size (state->canvas, &width, &height);

  return g_strdup_printf ("%s%u×%u %u", ph_canvas_is_based (state->canvas) ? "picture " : "", width,
                          height, ph_canvas_n_commands (state->canvas));
}

static void
test_events (void)
{
#define SIZED "'width':'20','height':'10'"
  static const struct
  {
    const char *canvas, *events, *after;
  } rows[] = {
    { CANVAS (""), "[]", "blank" },
    { CANVAS (""), "[" DRAW (10, RECT) "]", "300×150 1" },
    { CANVAS (SIZED), "[" DRAW (10, RECT) "]", "20×10 1" },
    { CANVAS ("'width':' 20px','height':'-5'"), "[" DRAW (10, RECT) "]", "20×150 1" },
    { CANVAS ("'rr_dataURL':'data:image/png;base64,AAAA'"), "[]", "picture" },
    { CANVAS ("'rr_dataURL':'data:image/png;base64,AAAA'"), "[" DRAW (10, RECT) "]",
      "picture 300×150 1" },
    /* Setting a side makes the bitmap anew, also to what it was; taking it away too. */
    { CANVAS (SIZED), "[" DRAW (10, RECT) "," SET ("width", "'40'") "]", "40×10 0" },
    { CANVAS (SIZED), "[" DRAW (10, RECT) "," SET ("height", "'10'") "]", "20×10 0" },
    { CANVAS (SIZED), "[" DRAW (10, RECT) "," SET ("width", "null") "]", "300×10 0" },
    { CANVAS (SIZED), "[" DRAW (10, RECT) "," SET ("class", "'x'") "]", "20×10 1" },
    { CANVAS (SIZED), "[" SET ("width", "'40'") "]", "blank" },
    { CANVAS ("'rr_dataURL':'data:image/png;base64,AAAA'"), "[" SET ("width", "'40'") "]",
      "40×150 0" },
    /* Recorded again, because it was moved. */
    { CANVAS (SIZED), "[" DRAW (10, RECT) "," AGAIN (SIZED) "]", "20×10 1" },
    { CANVAS (SIZED),
      "[" DRAW (10, RECT) "," AGAIN (SIZED ",'rr_dataURL':'data:image/png;base64,AAAA'") "]",
      "picture" },
    /* Of what is no canvas. */
    { CANVAS (""), "[" DRAW (3, RECT) "," DRAW (-1, RECT) "]", "blank" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (PhHealth) health = ph_health_new ();
      g_autofree char *after = describe_canvas (rows[i].canvas, rows[i].events, health);

      g_test_message ("%s %s", rows[i].canvas, rows[i].events);
      g_assert_cmpstr (after, ==, rows[i].after);
      g_assert_cmpuint (ph_health_total (health), ==, 0);
    }
}

static void
test_findings (void)
{
  g_autoptr (PhHealth) health = ph_health_new ();
  g_autofree char *unknown = describe_canvas (CANVAS (""), "[" DRAW (99, RECT) "]", health);
  g_autofree char *large = NULL;
  g_autofree char *refused = NULL;

  g_assert_cmpuint (ph_health_count (health, PH_HEALTH_UNKNOWN_NODE), ==, 1);
  large = describe_canvas (CANVAS ("'width':'100000','height':'100000'"),
                           "[" DRAW (10, RECT) "]", health);
  g_assert_cmpstr (large, ==, "blank");
  g_assert_cmpuint (ph_health_count (health, PH_HEALTH_LIMIT), ==, 1);
  refused = describe_canvas (CANVAS (""), "[" DRAW (10, "{'property':'x','args':[]}") "]", health);
  g_assert_cmpuint (ph_health_count (health, PH_HEALTH_EVENT_NOT_SHOWN), ==, 1);
}

/* A copy of the page keeps what was drawn when it was copied. */
static void
test_copies (void)
{
  g_autofree char *json = ph_test_json (CANVAS (""));
  g_autoptr (PhDom) dom = ph_test_page (json);
  g_autoptr (PhDom) copy = NULL;
  PhSlot slot = ph_dom_find (dom, 10);

  ph_test_apply (dom, NULL, "[" DRAW (10, RECT) "]");
  copy = ph_dom_copy (dom);
  ph_test_apply (dom, NULL, "[" DRAW (10, RECT) "]");
  g_assert_cmpuint (ph_canvas_n_commands (ph_dom_node (dom, slot)->state->canvas), ==, 2);
  g_assert_cmpuint (ph_canvas_n_commands (ph_dom_node (copy, slot)->state->canvas), ==, 1);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/apply-canvas/events", test_events);
  g_test_add_func ("/apply-canvas/findings", test_findings);
  g_test_add_func ("/apply-canvas/copies", test_copies);

  return g_test_run ();
}
