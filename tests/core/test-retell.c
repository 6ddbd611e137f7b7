/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-retell.h"

#include "ph-cursor.h"
#include "ph-dom-apply.h"
#include "ph-dom-write.h"
#include "ph-test-dom.h"
#include "ph-test.h"
#include "ph-whole-page.h"
#include "session-maker.h"

#include <string.h>

/* The page that the first @n of @events make. */
static PhDom *
play (const GPtrArray *events,
      guint n,
      PhNames *names)
{
  PhDom *dom = ph_dom_new (names);
  g_autoptr (PhJson) json = ph_json_new ();

  for (guint i = 0; i < n; i++)
    {
      const char *text = events->pdata[i];
      PhEvent event = { .text = text, .size = strlen (text), .order = i };
      PhJsonValue root;

      g_assert_true (ph_json_parse (json, text, event.size, &root, NULL));
      g_assert_true (ph_event_read (&event, root));
      ph_dom_apply (dom, &event, root, NULL);
    }

  ph_dom_check (dom);

  return dom;
}

/*
 * A page of which rrweb has words for everything: without our own event the others
 * make the same page, as HTML; with it, the same in all.
 */
static void
check_page (const PhDom *dom)
{
  const PhRetelling how = { .timestamp = 1000 * PH_SECOND };
  g_autoptr (GPtrArray) events = ph_retell_page (dom, &how);
  g_autoptr (PhDom) plain = play (events, events->len - 1, ph_dom_get_names (dom));
  g_autoptr (PhDom) whole = play (events, events->len, ph_dom_get_names (dom));
  g_autofree char *expected = ph_dom_write_html (dom, PH_WRITE_RECORDED);
  g_autofree char *html = ph_dom_write_html (plain, PH_WRITE_RECORDED);
  g_autofree char *packed = ph_whole_page_write (dom, 0);
  g_autofree char *again = ph_whole_page_write (whole, 0);

  g_assert_cmpstr (html, ==, expected);
  g_assert_cmpstr (again, ==, packed);
}

static void
test_everything (void)
{
  g_autoptr (PhDom) dom = ph_test_page (
    "{'type':2,'tagName':'style','attributes':{'_cssText':'a {}'},'id':9,'childNodes':[]},"
    "{'type':2,'tagName':'x-host','isCustom':true,'isShadowHost':true,'attributes':{'class':'ü'},"
    "'id':10,'childNodes':[{'type':3,'textContent':'in','id':11,'isShadow':true},"
    "{'type':5,'textContent':'note','id':12}]},"
    "{'type':2,'tagName':'svg','isSVG':true,'attributes':{},'id':13,'childNodes':[]},"
    "{'type':2,'tagName':'input','attributes':{'type':'radio'},'id':14,'childNodes':[]},"
    "{'type':2,'tagName':'iframe','attributes':{},'id':15,'childNodes':[]},"
    "{'type':2,'tagName':'textarea','attributes':{'value':'x'},'id':16,'childNodes':[]},"
    "{'type':2,'tagName':'input','attributes':{'value':'x'},'id':17,'childNodes':[]},"
    "{'type':2,'tagName':'canvas','attributes':{'width':9,'height':9},'id':18,'childNodes':[]},"
    "{'type':2,'tagName':'style','attributes':{},'id':19,'childNodes':[{'type':3,"
    "'textContent':'p {}','id':22}]},"
    "{'type':2,'tagName':'style','attributes':{'_cssText':'i {}'},'id':24,'childNodes':[]}");

  ph_test_apply (
    dom, NULL,
    "[{'type':4,'timestamp':0,'data':{'href':'https://a.example/','width':640,'height':480}},"
    "{'type':3,'timestamp':1,'data':{'source':0,'adds':[{'parentId':15,'nextId':null,'node':"
    "{'type':0,'id':20,'compatMode':'BackCompat','childNodes':[{'type':1,'name':'html','publicId':"
    "'p','systemId':'s','id':23},{'type':2,'tagName':'html','attributes':{},'id':21,'childNodes':"
    "[]}]}}]}},"
    "{'type':3,'timestamp':2,'data':{'source':5,'id':14,'text':'on','isChecked':true}},"
    "{'type':3,'timestamp':3,'data':{'source':5,'id':16,'text':'typed','isChecked':false}},"
    "{'type':3,'timestamp':3,'data':{'source':5,'id':17,'text':'typed too','isChecked':false}},"
    "{'type':3,'timestamp':4,'data':{'source':3,'id':10,'x':1.5,'y':2}},"
    "{'type':3,'timestamp':4,'data':{'source':3,'id':1,'x':0,'y':70}},"
    "{'type':3,'timestamp':4,'data':{'source':3,'id':20,'x':0,'y':7}},"
    "{'type':3,'timestamp':5,'data':{'source':8,'id':9,'adds':[{'rule':'b {}'}]}},"
    "{'type':3,'timestamp':6,'data':{'source':2,'type':5,'id':16}},"
    "{'type':3,'timestamp':7,'data':{'source':15,'id':10,'styles':[{'styleId':1,'rules':["
    "{'rule':'c {}'},{'rule':'d {}'}]},{'styleId':2,'rules':[]}],'styleIds':[2,1]}},"
    "{'type':3,'timestamp':8,'data':{'source':9,'id':18,'type':0,'commands':[{'property':"
    "'fillStyle','args':['red'],'setter':true},{'property':'fillRect','args':[0,0,5,5]}]}},"
    "{'type':3,'timestamp':9,'data':{'source':16,'define':{'name':'x-later'}}}]");

  check_page (dom);
}

/* What cannot be told in words is in the event of our own, whatever others make of it. */
static void
test_recorded (void)
{
  static const char *const names[] = { "rrweb/two-pages.json", "rrweb/three-windows.ndjson" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (PhSession) session = ph_make_session_from_fixture (names[i]);
      g_autoptr (PhCursor) cursor = ph_cursor_new (session);

      for (guint k = 0; k <= 10; k++)
        {
          ph_cursor_seek (cursor, ph_session_get_span (session).end * k / 10);
          check_page (ph_cursor_get_dom (cursor));
        }
    }
}

static void
test_demo (void)
{
  g_autofree char *path = ph_test_demo ("acme-shop.json.gz");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (PhSession) session = ph_session_open (file, NULL, NULL, NULL, NULL);
  g_autoptr (PhCursor) cursor = ph_cursor_new (session);

  for (guint k = 0; k <= 20; k++)
    {
      ph_cursor_seek (cursor, ph_session_get_span (session).end * k / 20);
      check_page (ph_cursor_get_dom (cursor));
    }
}

static PhJsonValue
parse (PhJson *json,
       const char *text)
{
  PhJsonValue root = { 0 };

  g_assert_true (ph_json_parse (json, text, strlen (text), &root, NULL));

  return root;
}

/* What every event says, and in which order they come. */
static void
test_events (void)
{
  g_autoptr (PhDom) dom = ph_test_page ("{'type':3,'textContent':'one','id':7}");
  const PhPointer pointer = { .visible = TRUE, .pressed = TRUE, .x = 3.5f, .y = 4, .active = 2 };
  const PhRetelling how = { .time = PH_SECOND,
                            .timestamp = 1234567,
                            .window = "tab “1”",
                            .pointer = &pointer };
  static const gint64 types[] = { 4, 2, 3, 3, 5 };
  static const gint64 sources[] = { -1, -1, 1, 2, -1 };
  g_autoptr (GPtrArray) events = ph_retell_page (dom, &how);
  g_autoptr (PhJson) json = ph_json_new ();

  g_assert_cmpuint (events->len, ==, G_N_ELEMENTS (types));

  for (guint i = 0; i < events->len; i++)
    {
      PhJsonValue root = parse (json, events->pdata[i]);
      gint64 type = 0;
      gint64 source = -1;
      double timestamp = 0;
      const char *window = "";

      g_assert_true (ph_json_member_int (root, "type", &type));
      g_assert_cmpint (type, ==, types[i]);
      ph_json_member_int (ph_json_member (root, "data"), "source", &source);
      g_assert_cmpint (source, ==, sources[i]);
      g_assert_true (ph_json_member_double (root, "timestamp", &timestamp));
      g_assert_cmpfloat_with_epsilon (timestamp, 1234.567, 1e-9);
      g_assert_true (ph_json_member_string (root, "windowId", &window, NULL));
      g_assert_cmpstr (window, ==, "tab “1”");
    }
}

/* Before a full snapshot there is an address at most. */
static void
test_no_page (void)
{
  g_autoptr (PhNames) names = ph_names_new ();
  g_autoptr (PhDom) dom = ph_dom_new (names);
  const PhRetelling how = { 0 };
  g_autoptr (GPtrArray) nothing = ph_retell_page (dom, &how);
  g_autoptr (GPtrArray) meta = NULL;

  g_assert_cmpuint (nothing->len, ==, 0);
  ph_test_apply (dom, NULL,
                 "[{'type':4,'timestamp':0,'data':{'href':'https://a.example/','width':640,"
                 "'height':480}}]");
  meta = ph_retell_page (dom, &how);
  g_assert_cmpuint (meta->len, ==, 1);
  g_assert_cmpstr (meta->pdata[0], ==,
                   "{\"type\":4,\"data\":{\"href\":\"https://a.example/\",\"width\":640,"
                   "\"height\":480},\"timestamp\":0}");
}

/* Nodes that were recorded without an id get one that a program can work with. */
static void
test_odd_ids (void)
{
  g_autoptr (PhDom) dom = ph_test_page ("{'type':2,'tagName':'p','attributes':{},'childNodes':["
                                        "{'type':3,'textContent':'one'}]}");

  check_page (dom);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/retell/everything", test_everything);
  g_test_add_func ("/retell/recorded", test_recorded);
  g_test_add_func ("/retell/demo", test_demo);
  g_test_add_func ("/retell/events", test_events);
  g_test_add_func ("/retell/no-page", test_no_page);
  g_test_add_func ("/retell/odd-ids", test_odd_ids);

  return g_test_run ();
}
