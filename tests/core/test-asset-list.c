/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-asset-list.h"

#include "ph-limits.h"
#include "ph-test-dom.h"
#include "ph-test.h"

#include <string.h>

typedef struct
{
  PhNames *names;
  PhHealth *health;
  PhAssetList *list;
  PhDom *dom;
  PhJson *json;
  guint64 n;
} Fixture;

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  fixture->names = ph_names_new ();
  fixture->health = ph_health_new ();
  fixture->list = ph_asset_list_new (fixture->names, fixture->health);
  fixture->dom = ph_dom_new (fixture->names);
  fixture->json = ph_json_new ();
  ph_asset_list_watch (fixture->list, fixture->dom);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  ph_dom_free (fixture->dom);
  ph_asset_list_free (fixture->list);
  ph_health_free (fixture->health);
  ph_json_free (fixture->json);
  ph_names_unref (fixture->names);
}

/* Applies one event, quoted with single quotes. */
static void
add (Fixture *fixture,
     PhTime time,
     const char *text)
{
  g_autofree char *json = ph_test_json (text);
  PhEvent event = { .time = time, .order = fixture->n++ };
  PhJsonValue root;

  event.text = json;
  event.size = strlen (json);
  g_assert_true (ph_json_parse (fixture->json, json, event.size, &root, NULL));
  g_assert_true (ph_event_read (&event, root));
  ph_dom_apply (fixture->dom, &event, root, fixture->health);
  ph_asset_list_add (fixture->list, fixture->dom, &event, root);
}

static void
add_snapshot (Fixture *fixture,
              PhTime time,
              const char *body)
{
  g_autofree char *text =
    g_strdup_printf ("{'type':2,'timestamp':1,'data':{'node':{'type':0,'id':1,'childNodes':["
                     "{'type':2,'tagName':'html','id':2,'attributes':{},'childNodes':[%s]}]}}}",
                     body);

  add (fixture, time, text);
}

/* `time kind address` of each. */
static void
assert_list (Fixture *fixture,
             const char *wanted)
{
  g_autoptr (GArray) assets = g_array_new (FALSE, FALSE, sizeof (PhAsset));
  g_autoptr (GString) out = g_string_new (NULL);

  ph_asset_list_copy (fixture->list, assets);

  for (guint i = 0; i < assets->len; i++)
    {
      PhAsset *asset = &g_array_index (assets, PhAsset, i);

      g_string_append_printf (out, "%s%" G_GINT64_FORMAT " %s %s", i > 0 ? ", " : "", asset->time,
                              ph_asset_kind_name (asset->kind), asset->url);
      g_free (asset->url);
    }

  g_assert_cmpstr (out->str, ==, wanted);
}

#define IMG(id, src)                                                                         \
  "{'type':2,'tagName':'img','id':" #id ",'attributes':{'src':'https://a.example/" src "'}," \
  "'childNodes':[]}"
#define CHANGE(what) "{'type':3,'timestamp':1,'data':{'source':0," what "}}"

/* From snapshots, adds, attributes and texts: each address once, when it was named first. */
static void
test_nodes (Fixture *fixture,
            gconstpointer data)
{
  add_snapshot (fixture, 5,
                IMG (3, "1") ","
                             "{'type':2,'tagName':'style','id':4,'attributes':{},'childNodes':["
                             "{'type':3,'id':5,'isStyle':true,'textContent':''}]}");
  add (fixture, 6,
       CHANGE ("'removes':[],'texts':[],'attributes':[],'adds':[{'parentId':2,'nextId':null,"
               "'node':" IMG (6, "2") "},{'parentId':2,'nextId':null,'node':" IMG (7, "1") "}]"));
  add (fixture, 7,
       CHANGE ("'removes':[],'texts':[],'adds':[],'attributes':[{'id':6,'attributes':"
               "{'src':'https://a.example/3',"
               "'style':{'background':'url(https://a.example/4)'}}}]"));
  add (fixture, 8,
       CHANGE ("'removes':[],'adds':[],'attributes':[],'texts':[{'id':5,'value':"
               "'a{cursor:url(https://a.example/5)}'}]"));
  add (fixture, 9,
       CHANGE ("'removes':[{'id':6,'parentId':2}],'adds':[],'attributes':[],'texts':[]"));
  assert_list (fixture, "5 image https://a.example/1, 6 image https://a.example/2, "
                        "7 image https://a.example/3, 7 image https://a.example/4, "
                        "8 image https://a.example/5");
}

/* Style text that is no node's: rules, declarations, constructed sheets, fonts. */
static void
test_style_events (Fixture *fixture,
                   gconstpointer data)
{
  add_snapshot (fixture, 0, "{'type':2,'tagName':'style','id':4,'attributes':{},'childNodes':[]}");
  add (fixture, 1,
       "{'type':3,'timestamp':1,'data':{'source':8,'id':4,'adds':[{'index':0,"
       "'rule':'a{b:url(https://a.example/1)}'}],'replaceSync':'a{b:url(https://a.example/2)}'}}");
  add (fixture, 2,
       "{'type':3,'timestamp':1,'data':{'source':13,'id':4,'index':[0],'set':"
       "{'property':'background','value':'url(https://a.example/3)'}}}");
  add (fixture, 3,
       "{'type':3,'timestamp':1,'data':{'source':15,'id':1,'styleIds':[1],'styles':[{'styleId':1,"
       "'rules':[{'index':0,'rule':'a{b:url(https://a.example/4)}'}]}]}}");
  add (fixture, 4,
       "{'type':3,'timestamp':1,'data':{'source':10,'family':'x','buffer':false,"
       "'fontSource':'url(https://a.example/5)'}}");
  add (fixture, 5,
       "{'type':3,'timestamp':1,'data':{'source':10,'family':'x','buffer':true,"
       "'fontSource':'[1,2]'}}");
  add (fixture, 6, "{'type':3,'timestamp':1,'data':{'source':8,'id':77,'adds':7}}");
  assert_list (fixture, "1 image https://a.example/1, 1 image https://a.example/2, "
                        "2 image https://a.example/3, 3 image https://a.example/4, "
                        "4 font https://a.example/5");
}

/* The archive may bring it with a later event; what goes without it is listed all the same. */
static void
test_carried (Fixture *fixture,
              gconstpointer data)
{
  add_snapshot (fixture, 0,
                "{'type':2,'tagName':'link','id':3,'attributes':{'rel':'stylesheet',"
                "'href':'https://a.example/s.css'},'childNodes':[]},"
                "{'type':2,'tagName':'iframe','id':4,'attributes':"
                "{'rr_src':'https://b.example/'},'childNodes':[]}," IMG (5, "1"));
  assert_list (fixture, "0 style https://a.example/s.css, 0 frame https://b.example/, "
                        "0 image https://a.example/1");
  add (fixture, 1,
       CHANGE ("'removes':[],'texts':[],'adds':[],'attributes':["
               "{'id':3,'attributes':{'_cssText':'a{}'}},"
               "{'id':5,'attributes':{'rr_dataURL':'data:image/png,x'}}]"));
  add (fixture, 2,
       CHANGE ("'removes':[],'texts':[],'attributes':[],'isAttachIframe':true,'adds':["
               "{'parentId':4,'nextId':null,'node':{'type':0,'id':20,'childNodes':[]}}]"));
  assert_list (fixture, "");
  add (fixture, 3,
       CHANGE ("'removes':[],'texts':[],'attributes':[],'adds':[{'parentId':2,'nextId':null,"
               "'node':" IMG (6, "1") "}]"));
  assert_list (fixture, "3 image https://a.example/1");
}

static void
test_limits (Fixture *fixture,
             gconstpointer data)
{
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (GString) url = g_string_new ("https://a.example/");
  g_autoptr (GArray) assets = g_array_new (FALSE, FALSE, sizeof (PhAsset));

  for (guint i = 0; i <= PH_LIMIT_URL_BYTES; i++)
    g_string_append_c (url, 'x');

  g_string_append_printf (body,
                          "{'type':2,'tagName':'img','id':3,'attributes':{'src':'%s'},"
                          "'childNodes':[]}",
                          url->str);

  for (guint i = 0; i < PH_LIMIT_ASSETS + 10; i++)
    g_string_append_printf (body,
                            ",{'type':2,'tagName':'img','id':%u,'attributes':"
                            "{'src':'https://a.example/%u'},'childNodes':[]}",
                            i + 4, i);

  add_snapshot (fixture, 0, body->str);
  ph_asset_list_copy (fixture->list, assets);
  g_assert_cmpuint (assets->len, ==, PH_LIMIT_ASSETS);
  g_assert_cmpuint (ph_health_count (fixture->health, PH_HEALTH_LIMIT), ==, 2);

  for (guint i = 0; i < assets->len; i++)
    g_free (g_array_index (assets, PhAsset, i).url);
}

/* Archives of the shared corpus; what they name was read in them by hand. */
static void
test_corpus (void)
{
  static const struct
  {
    const char *file;
    const char *found;
  } cases[] = {
    /* A font in a style element, an icon; scripts and what scripts fetch are not shown. */
    { "corpus/rrweb/rrweb-player-demo.json",
      "font https://demoit.app/static/demoit/font/FiraMono.woff2, "
      "image https://demoit.app/e/img/demoit_64x64.png" },
    /* Its sheets and pictures are in it, the frame of another origin is not. */
    { "corpus/sentry/rrweb-simple.json",
      "frame https://js.stripe.com/v3/m-outer-27c67c0d52761104439bb051c7856ab1.html" },
    /* A picture at a blob: address, which the recorder has inlined. */
    { "corpus/rrweb/integration/record-integration-tests-should-record-images-with-blob-url-1.json",
      "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = ph_test_shared (cases[i].file);
      g_autoptr (GFile) file = path != NULL ? g_file_new_for_path (path) : NULL;
      g_autoptr (PhSession) session = NULL;
      g_autoptr (GString) out = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      const PhAsset *assets;
      guint n;

      if (file == NULL)
        {
          g_test_skip ("the shared corpus is not there");
          return;
        }

      session = ph_session_open (file, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      assets = ph_session_get_assets (session, &n);

      for (guint k = 0; k < n; k++)
        g_string_append_printf (out, "%s%s %s", k > 0 ? ", " : "",
                                ph_asset_kind_name (assets[k].kind), assets[k].url);

      g_test_message ("%s", cases[i].file);
      g_assert_cmpstr (out->str, ==, cases[i].found);
    }
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ADD ("/asset-list/nodes", test_nodes);
  ADD ("/asset-list/style-events", test_style_events);
  ADD ("/asset-list/carried", test_carried);
  ADD ("/asset-list/limits", test_limits);

  g_test_add_func ("/asset-list/corpus", test_corpus);

  return g_test_run ();
}
