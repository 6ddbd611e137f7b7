/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-test-dom.h"

static gint32
focus_after (const char *events)
{
  g_autoptr (PhDom) dom = ph_test_page (
    "{\"type\":2,\"tagName\":\"input\",\"attributes\":{},\"id\":10,\"childNodes\":[]},"
    "{\"type\":2,\"tagName\":\"input\",\"attributes\":{},\"id\":11,\"childNodes\":[]}");

  ph_test_apply (dom, NULL, events);

  return ph_dom_get_page (dom) != NULL ? ph_dom_get_page (dom)->focus : 0;
}

static void
test_events (void)
{
#define SAY(type, id) \
  "{'type':3,'timestamp':1,'data':{'source':2,'type':" #type ",'id':" #id "}}"

  static const struct
  {
    const char *events;
    gint32 focus;
  } rows[] = {
    { "[]", 0 },
    { "[" SAY (5, 10) "]", 10 },
    { "[" SAY (5, 10) "," SAY (6, 10) "]", 0 },
    { "[" SAY (5, 10) "," SAY (5, 11) "]", 11 },
    /* Of what lost it already, or never had it. */
    { "[" SAY (5, 10) "," SAY (5, 11) "," SAY (6, 10) "]", 11 },
    /* Of what is not there. */
    { "[" SAY (5, 10) "," SAY (5, 99) "]", 10 },
    { "[" SAY (5, -1) "]", 0 },
    { "[" SAY (5, 1e300) "]", 0 },
    { "[{'type':3,'timestamp':1,'data':{'source':2,'type':5}}]", 0 },
    /* Clicks say nothing about it. */
    { "[" SAY (2, 10) "]", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].events);
      g_assert_cmpint (focus_after (rows[i].events), ==, rows[i].focus);
    }
}

#define AT(time, type, id) \
  "{'type':3,'timestamp':" #time ",'data':{'source':2,'type':" #type ",'id':" #id "}}"

/* Whether the focus is shown: see the rule in ph-apply-focus.c. */
static void
test_visible (void)
{
  static const struct
  {
    const char *events;
    gboolean visible;
  } rows[] = {
    /* Text is typed there: always. */
    { "[" AT (1000, 1, 10) "," AT (1000, 5, 10) "]", TRUE },
    { "[" AT (1000, 1, 13) "," AT (1000, 5, 13) "]", TRUE },
    /* Not where a pointer brought it. */
    { "[" AT (1000, 1, 11) "," AT (1000, 5, 11) "]", FALSE },
    { "[" AT (1000, 1, 12) "," AT (1499, 5, 11) "]", FALSE },
    { "[" AT (1000, 9, 12) "," AT (1499, 5, 14) "]", FALSE },
    { "[" AT (1000, 1, 12) "," AT (1500, 5, 11) "]", TRUE },
    { "[" AT (1000, 5, 11) "]", TRUE },
    { "[" AT (1000, 5, 14) "]", TRUE },
    { "[" AT (1000, 1, 11) "," AT (1000, 5, 11) "," AT (9000, 5, 12) "]", TRUE },
    /* The window was left and come back to. */
    { "[" AT (1000, 1, 11) "," AT (1000, 5, 11) "," AT (5000, 6, 11) "," AT (9000, 5, 11) "]",
      FALSE },
    { "[" AT (1000, 5, 11) "," AT (8900, 6, 11) "," AT (8950, 1, 3) "," AT (9000, 5, 11) "]",
      TRUE },
    { "[" AT (1000, 5, 11) "," AT (2000, 6, 11) "]", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (PhDom) dom = ph_test_page (
        "{\"type\":2,\"tagName\":\"input\",\"attributes\":{\"type\":\"Email\"},\"id\":10,"
        "\"childNodes\":[]},"
        "{\"type\":2,\"tagName\":\"button\",\"attributes\":{},\"id\":11,\"childNodes\":[]},"
        "{\"type\":2,\"tagName\":\"a\",\"attributes\":{},\"id\":12,\"childNodes\":[]},"
        "{\"type\":2,\"tagName\":\"div\",\"attributes\":{\"contenteditable\":\"\"},\"id\":13,"
        "\"childNodes\":[]},"
        "{\"type\":2,\"tagName\":\"input\",\"attributes\":{\"type\":\"RADIO\"},\"id\":14,"
        "\"childNodes\":[]}");
      g_autofree char *events = g_strdup_printf ("[" AT (0, 99, 1) ",%s", rows[i].events + 1);

      g_test_message ("row %u", i);
      ph_test_apply (dom, NULL, events);
      g_assert_cmpint (ph_dom_get_page (dom)->presence.focus_visible, ==, rows[i].visible);
    }
}

/* What goes, or is in what goes, loses the focus, and does not get it back by coming again. */
static void
test_removed (void)
{
  g_autoptr (PhDom) dom = ph_test_page (
    "{\"type\":2,\"tagName\":\"p\",\"attributes\":{},\"id\":10,\"childNodes\":["
    "{\"type\":2,\"tagName\":\"input\",\"attributes\":{},\"id\":11,\"childNodes\":[]}]}");

  ph_test_apply (dom, NULL, "[" SAY (5, 11) "]");
  g_assert_cmpint (ph_dom_get_page (dom)->focus, ==, 11);
  ph_test_apply (dom, NULL,
                 "[{'type':3,'timestamp':2,'data':{'source':0,'texts':[],'attributes':[],"
                 "'adds':[],'removes':[{'parentId':3,'id':10}]}},"
                 "{'type':3,'timestamp':3,'data':{'source':0,'texts':[],'attributes':[],"
                 "'removes':[],'adds':[{'parentId':3,'nextId':null,'node':{'type':2,"
                 "'tagName':'input','attributes':{},'id':11,'childNodes':[]}}]}}]");
  g_assert_cmpint (ph_dom_get_page (dom)->focus, ==, 0);
  g_assert_false (ph_dom_get_page (dom)->presence.focus_visible);
}

/* A copy keeps what it was copied with; the next full snapshot begins anew. */
static void
test_copies (void)
{
  g_autoptr (PhDom) dom = ph_test_page (
    "{\"type\":2,\"tagName\":\"input\",\"attributes\":{},\"id\":10,\"childNodes\":[]}");
  g_autoptr (PhDom) copy = NULL;

  ph_test_apply (dom, NULL, "[" SAY (5, 10) "]");
  copy = ph_dom_copy (dom);
  ph_test_apply (dom, NULL, "[" SAY (6, 10) "]");
  g_assert_cmpint (ph_dom_get_page (dom)->focus, ==, 0);
  g_assert_cmpint (ph_dom_get_page (copy)->focus, ==, 10);
  g_assert_cmpuint (ph_dom_get_serial (dom), !=, ph_dom_get_serial (copy));

  ph_test_apply (copy, NULL,
                 "[{'type':2,'timestamp':2,'data':{'node':{'type':0,'id':1,'childNodes':[]}}}]");
  g_assert_null (ph_dom_get_page (copy));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/apply-focus/events", test_events);
  g_test_add_func ("/apply-focus/visible", test_visible);
  g_test_add_func ("/apply-focus/removed", test_removed);
  g_test_add_func ("/apply-focus/copies", test_copies);

  return g_test_run ();
}
