/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-asset-scan.h"

#include "ph-test-dom.h"

static void
note_cb (const PhAssetUse *use,
         gpointer user_data)
{
  GString *out = user_data;

  g_string_append_printf (out, "%s%s%s:%s", out->len > 0 ? " " : "", use->carried ? "+" : "",
                          ph_asset_kind_name (use->kind), use->url);
}

static char *
scan (const PhDom *dom)
{
  GString *out = g_string_new (NULL);
  g_autoptr (PhAssetScan) found = ph_asset_scan_new (ph_dom_get_names (dom), note_cb, out);

  ph_asset_scan_page (found, dom);

  return g_string_free (out, FALSE);
}

/* Elements, given as their members in the archive. */
static void
test_elements (void)
{
  static const struct
  {
    const char *members;
    const char *found;
  } cases[] = {
    { "'tagName':'img','attributes':{'src':'https://a.example/b.png?c=1#d'}",
      "image:https://a.example/b.png?c=1" },
    { "'tagName':'IMG','attributes':{'SRC':' https://a.example/b.png '}",
      "image:https://a.example/b.png" },
    { "'tagName':'img','attributes':{'src':'data:image/png;base64,AA=='}", "" },
    { "'tagName':'img','attributes':{'src':''}", "" },
    { "'tagName':'img','attributes':{'src':'blob:https://a.example/1-2'}",
      "image:blob:https://a.example/1-2" },
    { "'tagName':'img','attributes':{'src':'https://a.example/b','rr_dataURL':'data:image/png,x'}",
      "+image:https://a.example/b" },
    { "'tagName':'img','attributes':{'srcset':'https://a.example/1 1x, https://a.example/2 2x'}",
      "image:https://a.example/1 image:https://a.example/2" },
    { "'tagName':'div','attributes':{'src':'https://a.example/b','href':'https://a.example/c'}",
      "" },
    { "'tagName':'a','attributes':{'href':'https://a.example/c'}", "" },
    { "'tagName':'script','attributes':{'src':'https://a.example/c.js'}", "" },
    { "'tagName':'source','attributes':{'srcset':'https://a.example/1.webp'}",
      "image:https://a.example/1.webp" },
    { "'tagName':'source','attributes':{'src':'https://a.example/1.mp4'}",
      "media:https://a.example/1.mp4" },
    { "'tagName':'input','attributes':{'type':'IMAGE','src':'https://a.example/1'}",
      "image:https://a.example/1" },
    { "'tagName':'input','attributes':{'type':'text','src':'https://a.example/1'}", "" },
    { "'tagName':'video','attributes':{'src':'https://a.example/v','poster':'https://a.example/p'}",
      "media:https://a.example/v image:https://a.example/p" },
    { "'tagName':'audio','attributes':{'src':'https://a.example/s'}", "media:https://a.example/s" },
    { "'tagName':'track','attributes':{'src':'https://a.example/t'}", "media:https://a.example/t" },
    { "'tagName':'link','attributes':{'rel':'Preload StyleSheet','href':'https://a.example/s.css'}",
      "style:https://a.example/s.css" },
    { "'tagName':'link','attributes':{'rel':'stylesheet alternate','href':'https://a.example/s'}",
      "" },
    { "'tagName':'link','attributes':{'rel':'stylesheet','href':'https://a.example/s.css',"
      "'_cssText':'a{background:url(https://a.example/b.png)}'}",
      "+style:https://a.example/s.css image:https://a.example/b.png" },
    { "'tagName':'link','attributes':{'rel':'stylesheet','href':'https://cdn.example/x/s.css',"
      "'_cssText':'a{background:url(../b.png)}'}",
      "+style:https://cdn.example/x/s.css image:https://cdn.example/b.png" },
    { "'tagName':'link','attributes':{'rel':'shortcut icon','href':'https://a.example/i.ico'}",
      "image:https://a.example/i.ico" },
    { "'tagName':'link','attributes':{'rel':'preload','href':'https://a.example/x.js'}", "" },
    { "'tagName':'iframe','attributes':{'rr_src':'https://ads.example/'}",
      "frame:https://ads.example/" },
    { "'tagName':'iframe','attributes':{'src':'about:blank'}", "" },
    { "'tagName':'object','attributes':{'data':'https://a.example/o.swf'}",
      "other:https://a.example/o.swf" },
    { "'tagName':'embed','attributes':{'src':'https://a.example/o.pdf'}",
      "other:https://a.example/o.pdf" },
    { "'tagName':'body','attributes':{'background':'https://a.example/b.gif'}",
      "image:https://a.example/b.gif" },
    { "'tagName':'p','attributes':{'style':'background:url(https://a.example/b.png)'}",
      "image:https://a.example/b.png" },
    { "'tagName':'image','isSVG':true,'attributes':{'xlink:href':'https://a.example/b.png'}",
      "image:https://a.example/b.png" },
    { "'tagName':'use','isSVG':true,'attributes':{'href':'https://a.example/s.svg#icon'}",
      "image:https://a.example/s.svg" },
    { "'tagName':'use','isSVG':true,'attributes':{'href':'#icon'}", "" },
    { "'tagName':'feImage','isSVG':true,'attributes':{'href':'https://a.example/b.png'}",
      "image:https://a.example/b.png" },
    { "'tagName':'rect','isSVG':true,'attributes':{'fill':'url(#g)',"
      "'filter':'url(https://a.example/f.svg#x)','transform':'rotate(3)'}",
      "image:https://a.example/f.svg" },
    { "'tagName':'style','attributes':{'_cssText':"
      "'@font-face{src:url(https://a.example/f.woff2)}'}",
      "font:https://a.example/f.woff2" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *body =
        g_strdup_printf ("{'type':2,'id':9,'childNodes':[],%s}", cases[i].members);
      g_autoptr (PhDom) dom = ph_test_page (body);
      g_autofree char *found = scan (dom);

      g_test_message ("%s", cases[i].members);
      g_assert_cmpstr (found, ==, cases[i].found);
    }
}

/* Texts of a style element, and rules a script put into its sheet. */
static void
test_sheets (void)
{
  g_autoptr (PhDom) dom = ph_test_page (
    "{'type':2,'tagName':'style','id':9,'attributes':{},'childNodes':["
    "{'type':3,'id':10,'isStyle':true,'textContent':'a{background:url(https://a.example/1)}'}]},"
    "{'type':2,'tagName':'p','id':11,'attributes':{},'childNodes':["
    "{'type':3,'id':12,'textContent':'url(https://a.example/no)'}]}");
  g_autofree char *before = scan (dom);
  g_autofree char *after = NULL;

  g_assert_cmpstr (before, ==, "image:https://a.example/1");
  ph_test_apply (dom, NULL,
                 "[{'type':3,'timestamp':9,'data':{'source':8,'id':9,'adds':[{'index':0,"
                 "'rule':'b{background:url(https://a.example/2)}'}]}}]");
  after = scan (dom);
  g_assert_cmpstr (after, ==,
                   "image:https://a.example/2 image:https://a.example/1 image:https://a.example/1");
}

/* Sheets and fonts that scripts made belong to no node. */
static void
test_page_state (void)
{
  g_autoptr (PhDom) dom = ph_test_page ("{'type':2,'tagName':'p','id':9,'attributes':{},"
                                        "'childNodes':[]}");
  g_autofree char *found = NULL;

  ph_test_apply (dom, NULL,
                 "[{'type':3,'timestamp':9,'data':{'source':15,'id':1,'styleIds':[1],'styles':["
                 "{'styleId':1,'rules':[{'index':0,'rule':'a{b:url(https://a.example/4)}'}]}]}},"
                 "{'type':3,'timestamp':9,'data':{'source':10,'family':'x','buffer':false,"
                 "'fontSource':'url(https://a.example/5)'}}]");
  found = scan (dom);
  g_assert_cmpstr (found, ==, "image:https://a.example/4 font:https://a.example/5");
}

/* What an address stands on: the page's address, or that of the page in a frame. */
static void
test_resolve (void)
{
  static const struct
  {
    const char *base;
    const char *url;
    const char *resolved;
  } cases[] = {
    { "https://a.example/x/y?q#f", "b.png", "https://a.example/x/b.png" },
    { "https://a.example/x/y", "/b.png", "https://a.example/b.png" },
    { "https://a.example/x/y", "//b.example/c", "https://b.example/c" },
    { "https://a.example/x/y", "?c#d", "https://a.example/x/y?c" },
    { "https://a.example/x/y", "../../../b%20c.png", "https://a.example/b%20c.png" },
    { "https://a.example/x/y", "HTTP://b.example/", "HTTP://b.example/" },
    { "https://a.example/x/y", "https://a.example/x/y#clip", NULL },
    { "https://a.example/x/y#z", "https://a.example/x/y#clip", NULL },
    { "https://a.example/x/y", "https://a.example/x/#clip", NULL },
    { "https://a.example/x/y", "https://a.example/x/y.svg#clip", "https://a.example/x/y.svg" },
    { "https://a.example/x/y", "#clip", NULL },
    { "https://a.example/x/y", "  data:image/png,x", NULL },
    { "https://a.example/x/y", "DATA:image/png,x", NULL },
    { "https://a.example/x/y", "javascript:alert(1)", NULL },
    { "https://a.example/x/y", "about:blank", NULL },
    { "https://a.example/x/y", "chrome-extension://abc/d.png", "chrome-extension://abc/d.png" },
    { "", "b.png", "b.png" },
    { "about:blank", "b.png", "b.png" },
    { "not an address", "b.png", "b.png" },
    { "https://[broken", "b.png", "b.png" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *resolved = ph_asset_resolve_against (cases[i].base, cases[i].url);

      g_test_message ("%s + %s", cases[i].base, cases[i].url);
      g_assert_cmpstr (resolved, ==, cases[i].resolved);
    }
}

static void
test_frame_base (void)
{
  g_autoptr (PhDom) dom =
    ph_test_page ("{'type':2,'tagName':'iframe','id':9,"
                  "'attributes':{'rr_src':'https://in.example/d/e'},'childNodes':[]}");
  g_autofree char *before = scan (dom);
  g_autofree char *after = NULL;

  g_assert_cmpstr (before, ==, "frame:https://in.example/d/e");
  ph_test_apply (dom, NULL,
                 "[{'type':3,'timestamp':9,'data':{'source':0,'isAttachIframe':true,'texts':[],"
                 "'attributes':[],'removes':[],'adds':[{'parentId':9,'nextId':null,'node':"
                 "{'type':0,'id':20,'childNodes':[{'type':2,'tagName':'img','id':21,"
                 "'attributes':{'src':'f.png'},'childNodes':[]}]}}]}}]");
  after = scan (dom);
  g_assert_cmpstr (after, ==, "+frame:https://in.example/d/e image:https://in.example/d/f.png");
}

static void
test_first_status (void)
{
  static const struct
  {
    PhAssetKind kind;
    const char *url;
    const char *status;
  } cases[] = {
    { PH_ASSET_IMAGE, "https://a.example/", "blocked" },
    { PH_ASSET_IMAGE, "HTTP://a.example/", "blocked" },
    { PH_ASSET_IMAGE, "blob:https://a.example/1-2", "missing" },
    { PH_ASSET_STYLE, "chrome-extension://abc/d.css", "missing" },
    { PH_ASSET_FONT, "file:///f.woff", "missing" },
    { PH_ASSET_IMAGE, "no/base.png", "missing" },
    { PH_ASSET_FRAME, "blob:x", "blocked" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PhAssetStatus status = ph_asset_first_status (cases[i].kind, cases[i].url);

      g_test_message ("%s", cases[i].url);
      g_assert_cmpstr (ph_asset_status_name (status), ==, cases[i].status);
    }

  g_assert_cmpstr (ph_asset_status_name (PH_ASSET_PRESENT), ==, "present");
}

static void
test_kind_names (void)
{
  for (int i = 0; i < PH_ASSET_N_KINDS; i++)
    {
      PhAssetKind kind;

      g_assert_true (ph_asset_kind_from_name (ph_asset_kind_name ((PhAssetKind) i), &kind));
      g_assert_cmpint (kind, ==, i);
    }

  g_assert_false (ph_asset_kind_from_name ("picture", &(PhAssetKind) { 0 }));
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/asset-scan/elements", test_elements);
  g_test_add_func ("/asset-scan/sheets", test_sheets);
  g_test_add_func ("/asset-scan/page-state", test_page_state);
  g_test_add_func ("/asset-scan/resolve", test_resolve);
  g_test_add_func ("/asset-scan/frame-base", test_frame_base);
  g_test_add_func ("/asset-scan/first-status", test_first_status);
  g_test_add_func ("/asset-scan/kind-names", test_kind_names);

  return g_test_run ();
}
