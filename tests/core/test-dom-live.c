/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-test-dom.h"

static const char body[] =
  "{\"type\":2,\"tagName\":\"div\",\"attributes\":{},\"id\":10,\"childNodes\":["
  "{\"type\":2,\"tagName\":\"p\",\"attributes\":{\"popover\":\"\"},\"id\":11,\"childNodes\":["
  "{\"type\":2,\"tagName\":\"input\",\"attributes\":{},\"id\":12,\"childNodes\":[]}]}]},"
  "{\"type\":2,\"tagName\":\"div\",\"attributes\":{},\"id\":13,\"childNodes\":[]}";

#define MOVED(id, attributes)                                                                     \
  "[{'type':3,'timestamp':5,'data':{'source':0,'texts':[],'attributes':[],'removes':[],'adds':[{" \
  "'parentId':3,'nextId':null,'node':{'type':2,'tagName':'div','attributes':{" attributes         \
  "},'id':" #id ",'childNodes':[]}}]}}]"

/* What is moved loses the focus and is not shown any more, as what is taken out; else it stays. */
static void
test_moved (void)
{
  static const struct
  {
    const char *events;
    gint32 focus;
    gboolean shown;
  } rows[] = {
    { MOVED (13, ""), 12, TRUE },
    { MOVED (10, ""), 0, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (PhDom) dom = ph_test_page (body);
      const PhPageState *page;

      ph_test_apply (dom, NULL, "[{'type':3,'timestamp':5,'data':{'source':2,'type':5,'id':12}}]");
      page = ph_dom_get_page (dom);
      g_assert_cmpint (page->focus, ==, 12);
      g_assert_nonnull (ph_presence_find_top (&page->presence, 11));
      ph_test_apply (dom, NULL, rows[i].events);
      page = ph_dom_get_page (dom);
      g_assert_cmpint (page->focus, ==, rows[i].focus);
      g_assert_cmpint (ph_presence_find_top (&page->presence, 11) != NULL, ==, rows[i].shown);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dom-live/moved", test_moved);

  return g_test_run ();
}
