/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-asset-index.h"

#include "ph-limits.h"

static void
test_find (void)
{
  static const char *const names[] = {
    "a.example/img/logo.png",
    "a.example:8080/img/logo.png",
    "img/logo.png",
    "img/only-path.png",
    "style.css?v=2",
    "deep/er/style.css",
    "b.example/style.css",
    "x/y/z/shared.png",
    "w/y/z/shared.png",
    "w/z/shared.png",
    "some name.png",
    "per%20cent.png",
    "ü.png",
    "q/page.php?id=7",
    "./dot.png",
  };
  static const struct
  {
    const char *url;
    const char *name;
  } cases[] = {
    { "https://a.example/img/logo.png", "a.example/img/logo.png" },
    { "http://a.example:8080/img/logo.png", "a.example:8080/img/logo.png" },
    { "https://other.example/img/logo.png", "img/logo.png" },
    { "https://other.example/img/only-path.png?x=1", "img/only-path.png" },
    { "https://other.example/deep/only-path.png", "img/only-path.png" },
    { "https://b.example/style.css", "b.example/style.css" },
    { "https://c.example/style.css?v=2", "style.css?v=2" },
    { "https://c.example/any/style.css?v=2", "style.css?v=2" },
    { "https://c.example/er/style.css?v=3", "deep/er/style.css" },
    { "https://c.example/x/y/z/shared.png", "x/y/z/shared.png" },
    { "https://c.example/v/y/z/shared.png", "w/y/z/shared.png" },
    { "https://c.example/v/z/shared.png", "w/z/shared.png" },
    { "https://c.example/shared.png", "w/z/shared.png" },
    { "https://c.example/some%20name.png", "some name.png" },
    { "https://c.example/per%20cent.png", "per%20cent.png" },
    { "https://c.example/%C3%BC.png", "ü.png" },
    { "https://c.example/q/page.php?id=7", "q/page.php?id=7" },
    { "https://c.example/q/page.php?id=8", NULL },
    { "https://c.example/dot.png", "dot.png" },
    { "file:///x/img/logo.png", "img/logo.png" },
    { "img/logo.png", "img/logo.png" },
    { "https://c.example/LOGO.PNG", NULL },
    { "https://c.example/", NULL },
    { "https://c.example", NULL },
    { "https://c.example/img/", NULL },
    { "https://c.example/?logo.png", NULL },
    { "https://c.example/x?/logo.png", NULL },
    { "", NULL },
    { "https://c.example/..", NULL },
    { "https://c.example/%2e%2e%2fimg%2flogo.png", NULL },
  };
  g_autoptr (PhAssetIndex) index = ph_asset_index_new ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_true (ph_asset_index_add (index, names[i]));

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].url);
      g_assert_cmpstr (ph_asset_index_find (index, cases[i].url), ==, cases[i].name);
    }
}

/* Names that lead out, or are none. */
static void
test_refused (void)
{
  static const char *const names[] = { "/etc/passwd", "../up.png", "a/../../up.png", "a/..", "",
                                       "folder/", "./", "bad\xff.png" };
  g_autoptr (PhAssetIndex) index = ph_asset_index_new ();
  g_autofree char *long_name = g_strnfill (PH_LIMIT_URL_BYTES + 1, 'x');

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_false (ph_asset_index_add (index, names[i]));

  g_assert_false (ph_asset_index_add (index, long_name));
  g_assert_null (ph_asset_index_find (index, "https://a.example/up.png"));
  g_assert_null (ph_asset_index_find (index, "https://a.example/etc/passwd"));
}

static void
test_limit (void)
{
  g_autoptr (PhAssetIndex) index = ph_asset_index_new ();

  for (guint i = 0; i < PH_LIMIT_ASSET_FILES; i++)
    {
      char name[16];

      g_snprintf (name, sizeof name, "%u/f.png", i);
      g_assert_true (ph_asset_index_add (index, name));
    }

  g_assert_false (ph_asset_index_add (index, "more.png"));
  g_assert_cmpstr (ph_asset_index_find (index, "https://a.example/777/f.png"), ==, "777/f.png");
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/asset-index/find", test_find);
  g_test_add_func ("/asset-index/refused", test_refused);
  g_test_add_func ("/asset-index/limit", test_limit);

  return g_test_run ();
}
