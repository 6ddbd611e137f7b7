/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-asset-groups.h"

#include "ui-driver.h"

static const char *const urls[] = {
  "https://b.example/2.png", "https://b.example/1.PNG", "https://c.example:81/3.png",
  "blob:https://b.example/4", "http://a.example/Ärger.png"
};

static PhSession *session;

/* `host counts: addresses;` of each. */
static char *
list (const char *search)
{
  g_autoptr (GPtrArray) groups = ph_asset_groups_new (session, NULL, search);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < groups->len; i++)
    {
      const PhAssetGroup *group = groups->pdata[i];
      g_autofree char *counts = ph_asset_groups_describe (group->counts);

      g_string_append_printf (out, "%s %s:", group->host, counts);

      for (guint k = 0; k < group->assets->len; k++)
        g_string_append_printf (out, " %s", ((const PhAsset *) group->assets->pdata[k])->url);

      g_string_append (out, "; ");
    }

  return g_string_free (out, FALSE);
}

static void
test_groups (void)
{
  static const struct
  {
    const char *search;
    const char *found;
  } cases[] = {
    { NULL,
      "b.example 2 blocked: https://b.example/1.PNG https://b.example/2.png; "
      "a.example 1 blocked: http://a.example/Ärger.png; "
      "c.example:81 1 blocked: https://c.example:81/3.png; "
      " 1 missing: blob:https://b.example/4; " },
    { " png  B.EXAMPLE ",
      "b.example 2 blocked: https://b.example/1.PNG https://b.example/2.png; " },
    { "äRGER", "a.example 1 blocked: http://a.example/Ärger.png; " },
    { "nothing", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = list (cases[i].search);

      g_assert_cmpstr (found, ==, cases[i].found);
    }
}

static void
test_words (void)
{
  const guint all[PH_ASSET_N_STATUSES] = { 1, 2, 3 };
  const guint none[PH_ASSET_N_STATUSES] = { 0 };
  g_autofree char *words = ph_asset_groups_describe (all);
  g_autofree char *nothing = ph_asset_groups_describe (none);
  g_autoptr (GPtrArray) groups = ph_asset_groups_new (session, NULL, NULL);
  guint counts[PH_ASSET_N_STATUSES];

  g_assert_cmpstr (words, ==, "3 blocked · 2 missing · 1 present");
  g_assert_cmpstr (nothing, ==, "");
  ph_asset_groups_count (groups, counts);
  g_assert_cmpuint (counts[PH_ASSET_BLOCKED], ==, 4);
  g_assert_cmpuint (counts[PH_ASSET_MISSING], ==, 1);

  for (int i = 0; i < PH_ASSET_N_STATUSES; i++)
    g_assert_nonnull (ph_asset_status_title ((PhAssetStatus) i));

  for (int i = 0; i < PH_ASSET_N_KINDS; i++)
    g_assert_nonnull (ph_asset_kind_title ((PhAssetKind) i));
}

int
main (int argc,
      char *argv[])
{
  g_autoptr (GString) text = g_string_new (
    "[{'type':4,'timestamp':1000,'data':{'href':'https://a.example/','width':64,'height':48}},"
    "{'type':2,'timestamp':1001,'data':{'initialOffset':{},'node':{'type':0,'id':1,"
    "'childNodes':[{'type':2,'id':2,'tagName':'html','attributes':{},'childNodes':[");
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  ui_driver_init (&argc, &argv, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (urls); i++)
    g_string_append_printf (text,
                            "%s{'type':2,'id':%u,'tagName':'img','attributes':{'src':'%s'},"
                            "'childNodes':[]}",
                            i > 0 ? "," : "", i + 3, urls[i]);

  g_string_append (text, "]}]}}},{'type':3,'timestamp':2000,"
                         "'data':{'source':3,'id':1,'x':0,'y':0}}]");
  g_strdelimit (text->str, "'", '"');
  file = ui_driver_file ("groups.json", text->str);
  session = ph_session_open (file, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_test_add_func ("/asset-groups/groups", test_groups);
  g_test_add_func ("/asset-groups/words", test_words);
  status = ui_driver_run ();
  g_object_unref (session);

  return status;
}
