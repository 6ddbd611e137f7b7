/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-test-dom.h"

/*
 * 10 opens 11, in which 12 opens 13 (elsewhere in the page); 14 is another one, 15 is
 * manual, 16 hides and 17 shows 11, 18 is in a form, 19 is a command button, 20 stands
 * for the rest of the page.
 */
#define EL(id, tag, attributes, children)                                                       \
  "{\"type\":2,\"tagName\":\"" tag "\",\"attributes\":{" attributes "},\"id\":" #id ",\"childN" \
  "odes\":[" children "]}"
#define INSIDE EL (12, "button", A ("popovertarget", "b"), "") "," EL (21, "i", "", "")
#define NESTED EL (29, "div", A ("popover", "auto"), EL (31, "i", "", ""))
#define A(name, value) "\"" name "\":\"" value "\""

static const char *const elements[] = {
  EL (10, "button", A ("popovertarget", "a"), EL (30, "b", "", "")),
  EL (11, "div", A ("id", "a") "," A ("popover", ""), INSIDE),
  EL (13, "div", A ("id", "b") "," A ("popover", "auto"), EL (22, "i", "", "")),
  EL (14, "div", A ("popover", "AUTO") "," A ("id", "c"), EL (23, "i", "", "")),
  EL (15, "div", A ("popover", "manual") "," A ("id", "m"), EL (24, "i", "", "")),
  EL (16, "button", A ("popovertarget", "a") "," A ("popovertargetaction", "HIDE"), ""),
  EL (17, "button", A ("popovertarget", "a") "," A ("popovertargetaction", "show"), ""),
  EL (25, "form", "", EL (18, "button", A ("popovertarget", "a"), "")),
  EL (19, "button", A ("commandfor", "c") "," A ("command", "toggle-popover"), ""),
  EL (20, "p", "", ""),
  EL (26, "button", A ("popovertarget", "a") "," A ("disabled", ""), ""),
  EL (27, "button", A ("popovertarget", "nothing"), ""),
  EL (28, "div", A ("id", "d") "," A ("popover", "auto"), NESTED),
  NULL,
};

#define SAY(time, type, id) \
  "{'type':3,'timestamp':" #time ",'data':{'source':2,'type':" #type ",'id':" #id "}}"
#define MOVE(time, id, offset)                                                             \
  "{'type':3,'timestamp':" #time ",'data':{'source':1,'positions':[{'x':1,'y':1,'id':" #id \
  ",'timeOffset':" #offset "}]}}"
#define START SAY (0, 99, 1)
#define CLICK(time, id) SAY (time, 1, id) "," SAY (time, 0, id) "," SAY (time, 2, id)
#define ATTRIBUTE(time, id, name, value)                                                  \
  "{'type':3,'timestamp':" #time ",'data':{'source':0,'adds':[],'removes':[],'texts':[]," \
  "'attributes':[{'id':" #id ",'attributes':{'" name "':" value "}}]}}"
#define ADD_IN(time, parent, id, name, value)                                           \
  "{'type':3,'timestamp':" #time ",'data':{'source':0,'attributes':[],'removes':[],"    \
  "'texts':[],'adds':[{'parentId':" #parent ",'nextId':null,'node':{'type':2,'id':" #id \
  ",'tagName':'div','childNodes':[],'attributes':{'" name "':'" value "'}}}]}}"
#define ADD(time, id, name, value) ADD_IN (time, 3, id, name, value)
#define REMOVE(time, id)                                                                     \
  "{'type':3,'timestamp':" #time ",'data':{'source':0,'adds':[],'attributes':[],'texts':[]," \
  "'removes':[{'parentId':3,'id':" #id "}]}}"

/* What is in the top layer, the lowest first: ids, of popovers with a `p` before it. */
static char *
top_of (const PhDom *dom)
{
  const PhPageState *page = ph_dom_get_page (dom);
  GString *text = g_string_new (NULL);

  for (guint i = 0; page != NULL && page->presence.top != NULL && i < page->presence.top->len; i++)
    {
      const PhTop *top = &g_array_index (page->presence.top, PhTop, i);

      g_string_append_printf (text, "%s%s%d", i > 0 ? " " : "", top->is_popover ? "p" : "",
                              top->id);
    }

  return g_string_free (text, FALSE);
}

static void
test_rules (void)
{
  static const struct
  {
    const char *events;
    const char *top;
  } rows[] = {
    { SAY (1, 2, 20), "" },
    /* Buttons: what is in them counts as well. */
    { CLICK (1, 10), "p11" },
    { CLICK (1, 30), "p11" },
    { CLICK (1, 10) "," CLICK (2, 10), "" },
    { CLICK (1, 16), "" },
    { CLICK (1, 17) "," CLICK (2, 17), "p11" },
    { CLICK (1, 17) "," CLICK (2, 16), "" },
    { CLICK (1, 18), "" },
    { CLICK (1, 26), "" },
    { CLICK (1, 27), "" },
    { CLICK (1, 19), "p14" },
    { CLICK (1, 19) "," CLICK (2, 19), "" },
    /* A press outside hides, one inside does not. */
    { CLICK (1, 10) "," CLICK (2, 20), "" },
    { CLICK (1, 10) "," CLICK (2, 21), "p11" },
    /* What is opened from inside is nested, wherever it stands. */
    { CLICK (1, 10) "," CLICK (2, 12), "p11 p13" },
    { CLICK (1, 10) "," CLICK (2, 12) "," CLICK (3, 22), "p11 p13" },
    { CLICK (1, 10) "," CLICK (2, 12) "," CLICK (3, 21), "p11" },
    { CLICK (1, 10) "," CLICK (2, 12) "," CLICK (3, 12), "p11" },
    { CLICK (1, 10) "," CLICK (2, 12) "," CLICK (3, 20), "" },
    /* With the outer one goes what was opened from it. */
    { CLICK (1, 10) "," CLICK (2, 12) "," SAY (3, 2, 16), "" },
    /* Another one that is auto takes the place of those it is not in. */
    { CLICK (1, 10) "," SAY (2, 2, 19), "p14" },
    /* A manual one stays. */
    { SAY (1, 5, 24) "," CLICK (2, 10), "p15 p11" },
    { SAY (1, 5, 24) "," CLICK (2, 10) "," CLICK (3, 20), "p15" },
    /* Evidence: the focus in it, or the pointer on it, from outside in. */
    { SAY (1, 5, 23), "p14" },
    { SAY (1, 6, 23), "" },
    { MOVE (1, 23, 0), "p14" },
    { MOVE (1, 31, 0), "p28 p29" },
    /* What was before it was hidden, and is told later, is none. */
    { CLICK (1, 10) "," CLICK (100, 20) "," MOVE (400, 21, -350), "" },
    { CLICK (1, 10) "," CLICK (100, 20) "," MOVE (400, 21, -50), "p11" },
    /* It ends with its element, and with the attribute. */
    { CLICK (1, 10) "," REMOVE (2, 11), "" },
    { CLICK (1, 10) "," ATTRIBUTE (2, 11, "popover", "null"), "" },
    { CLICK (1, 10) "," ATTRIBUTE (2, 11, "popover", "'manual'"), "p11" },
    /* Its button goes: it stays. */
    { CLICK (1, 10) "," REMOVE (2, 10), "p11" },
    /* Some recorders say it. */
    { ADD (1, 50, "popover", "auto"), "" },
    { ADD (1, 50, "popover", "auto','rr_open_popover':'"), "p50" },
    { ADD (1, 50, "title", "a','rr_open_popover':'"), "" },
    { CLICK (1, 10) "," ADD_IN (2, 11, 50, "popover", "auto','rr_open_popover':'"), "p11 p50" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *body = g_strjoinv (",", (char **) elements);
      g_autoptr (PhDom) dom = ph_test_page (body);
      g_autofree char *events = g_strdup_printf ("[" START ",%s]", rows[i].events);
      g_autofree char *top = NULL;

      g_test_message ("%s", rows[i].events);
      ph_test_apply (dom, NULL, events);
      top = top_of (dom);
      g_assert_cmpstr (top, ==, rows[i].top);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/apply-popover/rules", test_rules);

  return g_test_run ();
}
