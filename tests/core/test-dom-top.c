/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-test-dom.h"

#include "ph-limits.h"

/* Dialogs and popovers over each other; which popovers are shown is in test-apply-popover.c. */

static const char body[] =
  "{\"type\":2,\"tagName\":\"dialog\",\"attributes\":{\"open\":\"\",\"rr_open_mode\":\"modal\"},"
  "\"id\":10,\"childNodes\":[{\"type\":2,\"tagName\":\"i\",\"attributes\":{},\"id\":20,"
  "\"childNodes\":[]}]},"
  "{\"type\":2,\"tagName\":\"dialog\",\"attributes\":{},\"id\":11,\"childNodes\":["
  "{\"type\":2,\"tagName\":\"p\",\"attributes\":{\"popover\":\"\"},\"id\":12,\"childNodes\":[]}]},"
  "{\"type\":2,\"tagName\":\"p\",\"attributes\":{\"popover\":\"\"},\"id\":13,\"childNodes\":[]},"
  "{\"type\":2,\"tagName\":\"div\",\"attributes\":{\"open\":\"\",\"rr_open_mode\":\"modal\"},"
  "\"id\":14,\"childNodes\":[]}";

#define SET(id, attributes)                                                                   \
  "{'type':3,'timestamp':5,'data':{'source':0,'adds':[],'removes':[],'texts':[],'attributes'" \
  ":[{'id':" #id ",'attributes':{" attributes "}}]}}"
#define MODAL "'open':'','rr_open_mode':'modal'"
#define FOCUS(id) "{'type':3,'timestamp':5,'data':{'source':2,'type':5,'id':" #id "}}"
#define ADD(id, parent, attributes)                                                           \
  "{'type':3,'timestamp':5,'data':{'source':0,'texts':[],'attributes':[],'removes':[],'adds'" \
  ":[{'parentId':" #parent ",'nextId':null,'node':{'type':2,'tagName':'dialog','id':" #id     \
  ",'attributes':{" attributes "},'childNodes':[]}}]}}"
#define REMOVE(id)                                                                             \
  "{'type':3,'timestamp':5,'data':{'source':0,'texts':[],'attributes':[],'adds':[],'removes':" \
  "[{'parentId':3,'id':" #id "}]}}"

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
test_order (void)
{
  static const struct
  {
    const char *events;
    const char *top;
  } rows[] = {
    { "", "10" },
    { SET (11, MODAL), "10 11" },
    { SET (11, "'open':'','rr_open_mode':'non-modal'"), "10" },
    { SET (11, "'open':''"), "10" },
    { SET (10, "'open':null"), "" },
    { SET (10, "'rr_open_mode':'non-modal'"), "" },
    /* Made modal again it lies above what came meanwhile. */
    { SET (10, "'open':null") "," SET (11, MODAL) "," SET (10, "'open':''"), "11 10" },
    { ADD (30, 3, MODAL), "10 30" },
    { ADD (30, 3, "'open':''"), "10" },
    { REMOVE (10), "" },
    /* What is moved stays what it was said to be. */
    { ADD (10, 14, MODAL), "10" },
    { ADD (10, 14, "'open':''"), "" },
    /* A modal dialog hides popovers that it is not in. */
    { FOCUS (13), "10 p13" },
    { FOCUS (13) "," SET (11, MODAL), "10 11" },
    { FOCUS (12) "," SET (10, "'open':null") "," SET (10, MODAL), "10" },
    { SET (11, MODAL) "," FOCUS (12), "10 11 p12" },
    { "{'type':2,'timestamp':6,'data':{'node':{'type':0,'id':1,'childNodes':[]}}}", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (PhDom) dom = ph_test_page (body);
      g_autofree char *events = g_strdup_printf ("[%s]", rows[i].events);
      g_autofree char *top = NULL;

      g_test_message ("%s", rows[i].events);
      ph_test_apply (dom, NULL, events);
      top = top_of (dom);
      g_assert_cmpstr (top, ==, rows[i].top);
    }
}

/* More than there may be are counted; the rest stands. */
static void
test_limit (void)
{
  g_autoptr (GString) text = g_string_new ("");
  g_autoptr (PhDom) dom = NULL;

  for (guint i = 0; i < PH_LIMIT_TOP + 5; i++)
    g_string_append_printf (text,
                            "%s{\"type\":2,\"tagName\":\"dialog\",\"id\":%u,\"childNodes\":[],"
                            "\"attributes\":{\"open\":\"\",\"rr_open_mode\":\"modal\"}}",
                            i > 0 ? "," : "", 100 + i);

  dom = ph_test_page (text->str);
  g_assert_cmpuint (ph_dom_get_page (dom)->presence.top->len, ==, PH_LIMIT_TOP);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dom-top/order", test_order);
  g_test_add_func ("/dom-top/limit", test_limit);

  return g_test_run ();
}
