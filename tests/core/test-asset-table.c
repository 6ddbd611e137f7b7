/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-asset-table.h"

#include "ph-allow.h"
#include "ph-dom-write.h"
#include "ph-patch.h"
#include "ph-test-dom.h"

#include <string.h>

/* 7: a picture, 8: a drawing, 9: a sheet, 10: another, 11: a font. */
static PhAssetTable *
make_table (void)
{
  PhAssetTable *table = ph_asset_table_new (7);

  ph_asset_table_add (table, "https://a.example/p.png", NULL);
  ph_asset_table_add (table, "https://a.example/s.svg", NULL);
  ph_asset_table_add (table, "https://cdn.example/x/y.css",
                      "@import '../z.css' print; @import 'gone.css'; "
                      "b{background:url(../../p.png),url(https://a.example/p.png)}");
  ph_asset_table_add (table, "https://cdn.example/z.css", "i{}");
  ph_asset_table_add (table, "https://cdn.example/f.woff2", NULL);

  return table;
}

static void
test_lookup (void)
{
  g_autoptr (PhAssetTable) table = make_table ();

  g_assert_cmpuint (ph_asset_table_find (table, "https://a.example/p.png"), ==, 7);
  g_assert_cmpuint (ph_asset_table_add (table, "https://a.example/p.png", "other"), ==, 7);
  g_assert_cmpuint (ph_asset_table_find (table, "https://a.example/q.png"), ==, 0);
  g_assert_cmpstr (ph_asset_table_get_url (table, 8), ==, "https://a.example/s.svg");
  g_assert_null (ph_asset_table_get_url (table, 6));
  g_assert_null (ph_asset_table_get_url (table, 12));
  g_assert_null (ph_asset_table_get_url (table, G_MAXUINT));
  g_assert_null (ph_asset_table_dup_sheet (table, 7));
  g_assert_null (ph_asset_table_dup_sheet (table, 0));
}

static void
test_address (void)
{
  static const struct
  {
    const char *base;
    const char *url;
    const char *address;
  } cases[] = {
    { "https://a.example/x", "p.png", "playhead-stage:///asset/7" },
    { "https://a.example/x/y", "../p.png", "playhead-stage:///asset/7" },
    { "", "https://a.example/s.svg#icon", "playhead-stage:///asset/8#icon" },
    { "", "https://a.example/s.svg#a\"b", "playhead-stage:///asset/8" },
    { "", "https://a.example/s.svg#a)b", "playhead-stage:///asset/8" },
    { "", "https://a.example/p.png?x", NULL },
    { "", "data:image/png,x", NULL },
    { "", "#p.png", NULL },
    { "", "playhead-stage:///asset/7", NULL },
  };
  g_autoptr (PhAssetTable) table = make_table ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *address =
        ph_asset_table_dup_address (table, cases[i].base, cases[i].url);

      g_test_message ("%s", cases[i].url);
      g_assert_cmpstr (address, ==, cases[i].address);
    }
}

/* A sheet passes the same wall as recorded ones, and what it names stands on its own address. */
static void
test_sheet (void)
{
  g_autoptr (PhAssetTable) table = make_table ();
  g_autofree char *sheet = ph_asset_table_dup_sheet (table, 9);
  g_autofree char *plain = ph_asset_table_dup_sheet (table, 10);

  g_assert_cmpstr (sheet, ==,
                   "@import url(\"playhead-stage:///asset/10\") print;  "
                   "b{background:url(\"data:,\"),url(\"playhead-stage:///asset/7\")}");
  g_assert_cmpstr (plain, ==, "i{}");
}

/* One element, given as its members in the archive, as the stage may have it. */
static char *
allow (const char *members)
{
  g_autofree char *body =
    g_strdup_printf ("{'type':2,'id':9,'childNodes':[],%s}", members);
  g_autoptr (PhDom) dom = ph_test_page (body);
  g_autoptr (PhAssetTable) table = make_table ();
  g_autoptr (GArray) attributes = NULL;
  g_autofree char *sheet = NULL;
  GString *out = g_string_new (NULL);

  ph_dom_set_assets (dom, table);
  attributes = ph_allow_attributes (dom, ph_dom_find (dom, 9));
  sheet = ph_allow_dup_sheet (dom, ph_dom_find (dom, 9));
  g_string_append (out, ph_allow_element (dom, ph_dom_find (dom, 9)).name);

  for (guint i = 0; i < attributes->len; i++)
    {
      const PhAllowedAttribute *attribute = &g_array_index (attributes, PhAllowedAttribute, i);

      /* How a place is drawn is tested elsewhere. */
      if (strstr (attribute->value, "--ph-label") == NULL &&
          !g_str_has_prefix (attribute->value, "width:"))
        g_string_append_printf (out, " %s=%s", attribute->name, attribute->value);
    }

  if (sheet != NULL)
    g_string_append_printf (out, " sheet %s", sheet);

  return g_string_free (out, FALSE);
}

static void
test_allow (void)
{
  static const struct
  {
    const char *members;
    const char *allowed;
  } cases[] = {
    { "'tagName':'img','attributes':{'src':'https://a.example/p.png'}",
      "img src=playhead-stage:///asset/7" },
    { "'tagName':'img','attributes':{'src':'https://b.example/p.png'}", "img ph-missing=" },
    { "'tagName':'img','attributes':{'src':'playhead-stage:///asset/7'}", "img ph-missing=" },
    { "'tagName':'img','attributes':{'src':'https://a.example/p.png',"
      "'rr_dataURL':'data:image/png,x'}",
      "img src=data:image/png,x" },
    { "'tagName':'img','attributes':{'srcset':'https://a.example/p.png 1x, https://b.example/q 2x,"
      " data:image/png,x 3x'}",
      "img srcset=playhead-stage:///asset/7 1x, data:image/png,x 3x" },
    { "'tagName':'img','attributes':{'srcset':'https://b.example/q 2x'}", "img ph-missing=" },
    { "'tagName':'a','attributes':{'href':'https://a.example/p.png'}",
      "a href=https://a.example/p.png" },
    { "'tagName':'iframe','attributes':{'src':'https://a.example/p.png'}",
      "iframe ph-elsewhere=" },
    { "'tagName':'script','attributes':{'src':'https://a.example/p.png'}", "noscript" },
    { "'tagName':'object','attributes':{'data':'https://a.example/p.png'}",
      "ph-place ph-elsewhere=" },
    { "'tagName':'p','attributes':{'style':'background:url(https://a.example/p.png)'}",
      "p style=background:url(\"playhead-stage:///asset/7\")" },
    { "'tagName':'p','attributes':{'style':'background:url(https://a.example/p.png),url(b)'}",
      "p style=background:url(\"playhead-stage:///asset/7\"),url(\"data:,\")" },
    { "'tagName':'use','isSVG':true,'attributes':{'href':'https://a.example/s.svg#i'}",
      "use href=playhead-stage:///asset/8#i" },
    { "'tagName':'mpath','isSVG':true,'attributes':{'href':'https://a.example/s.svg#i'}", "mpath" },
    { "'tagName':'link','attributes':{'rel':'stylesheet','href':'https://cdn.example/z.css'}",
      "style rel=stylesheet sheet i{}" },
    { "'tagName':'link','attributes':{'rel':'stylesheet','href':'https://cdn.example/w.css'}",
      "link rel=stylesheet" },
    { "'tagName':'link','attributes':{'rel':'icon','href':'https://cdn.example/z.css'}",
      "link rel=icon" },
    /* A picture is no sheet. */
    { "'tagName':'link','attributes':{'rel':'stylesheet','href':'https://a.example/p.png'}",
      "link rel=stylesheet" },
    { "'tagName':'link','attributes':{'rel':'stylesheet','href':'https://cdn.example/z.css',"
      "'_cssText':'u{}'}",
      "style rel=stylesheet" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *allowed = allow (cases[i].members);

      g_test_message ("%s", cases[i].members);
      g_assert_cmpstr (allowed, ==, cases[i].allowed);
    }
}

static void
present (PhTestStage *stage,
         const PhDom *from,
         const PhDom *to)
{
  PhPatch *patch = ph_patch_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *wanted = ph_test_dump_dom (to);

  ph_patch_diff (patch, from, to);
  bytes = ph_patch_finish (patch);
  ph_test_stage_apply (stage, bytes);
  shown = ph_test_stage_dump (stage);
  g_assert_cmpstr (shown, ==, wanted);
}

#define LINK(href)                                                                               \
  "[{'type':3,'timestamp':9,'data':{'source':0,'texts':[],'removes':[],'adds':[],'attributes':[" \
  "{'id':9,'attributes':{" href "}}]}}]"

/* Another table, another sheet, a recorded one after all: the stage follows. */
static void
test_patch (void)
{
  static const char *const changes[] = {
    LINK ("'href':'https://cdn.example/x/y.css'"),
    LINK ("'media':'print'"),
    LINK ("'href':'https://nowhere.example/y.css'"),
    LINK ("'href':'https://cdn.example/z.css'"),
    LINK ("'_cssText':'u{}'"),
  };
  g_autoptr (PhTestStage) stage = ph_test_stage_new ();
  g_autoptr (PhAssetTable) table = make_table ();
  g_autoptr (PhDom) dom =
    ph_test_page ("{'type':2,'tagName':'link','id':9,'attributes':{'rel':'stylesheet',"
                  "'href':'https://cdn.example/z.css'},'childNodes':[]}");
  g_autoptr (PhDom) shown = ph_dom_copy (dom);

  present (stage, NULL, dom);
  ph_dom_set_assets (dom, table);
  present (stage, shown, dom);
  g_assert_cmpuint (ph_test_stage_count (stage, PH_OP_RESET), ==, 2);
  g_assert_cmpuint (ph_test_stage_count (stage, PH_OP_SHEET), ==, 1);

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      ph_dom_free (shown);
      shown = ph_dom_copy (dom);
      ph_test_apply (dom, NULL, changes[i]);
      g_test_message ("%s", changes[i]);
      present (stage, shown, dom);
    }

  g_assert_cmpuint (ph_test_stage_count (stage, PH_OP_RESET), ==, 2);
}

static void
test_html (void)
{
  g_autoptr (PhAssetTable) table = make_table ();
  g_autoptr (PhDom) dom =
    ph_test_page ("{'type':2,'tagName':'link','id':9,'attributes':{'rel':'stylesheet',"
                  "'href':'https://cdn.example/z.css'},'childNodes':[]}");
  g_autofree char *without = ph_dom_write_html (dom, PH_WRITE_SAFE);
  g_autofree char *with = NULL;

  ph_dom_set_assets (dom, table);
  with = ph_dom_write_html (dom, PH_WRITE_SAFE);
  g_assert_nonnull (strstr (without, "<link rel=\"stylesheet\">"));
  g_assert_nonnull (strstr (with, "<style rel=\"stylesheet\">i{}</style>"));
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/asset-table/lookup", test_lookup);
  g_test_add_func ("/asset-table/address", test_address);
  g_test_add_func ("/asset-table/sheet", test_sheet);
  g_test_add_func ("/asset-table/allow", test_allow);
  g_test_add_func ("/asset-table/patch", test_patch);
  g_test_add_func ("/asset-table/html", test_html);

  return g_test_run ();
}
