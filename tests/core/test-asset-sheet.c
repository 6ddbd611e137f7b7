/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-asset-sheet.h"

#include "ph-limits.h"

#include <string.h>

static void
list_cb (const char *url,
         PhAssetKind kind,
         gpointer user_data)
{
  g_string_append_printf (user_data, "%s %s\n", ph_asset_kind_name (kind), url);
}

static char *
list (const char *address,
      const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  GString *lines = g_string_new (NULL);

  ph_asset_sheet_each (address, bytes, list_cb, lines);

  return g_string_free (lines, FALSE);
}

/* Addresses stand on that of the sheet, and what they are for is told by where they stand. */
static void
test_each (void)
{
  g_autofree char *lines =
    list ("https://a.example/css/s.css",
          "@import 'deep/t.css'; @font-face{font-family:a;src:url(f.woff2)}"
          "a{background:url(../p.png)} b{background:url(//b.example/q.png)}");

  g_assert_cmpstr (lines, ==,
                   "style https://a.example/css/deep/t.css\n"
                   "font https://a.example/css/f.woff2\n"
                   "image https://a.example/p.png\n"
                   "image https://b.example/q.png\n");
}

/* An address nobody could keep is none. */
static void
test_long (void)
{
  g_autofree char *name = g_strnfill (PH_LIMIT_URL_BYTES, 'x');
  g_autofree char *text = g_strdup_printf ("a{background:url(%s)} b{background:url(p.png)}", name);
  g_autofree char *lines = list ("https://a.example/s.css", text);

  g_assert_cmpstr (lines, ==, "image https://a.example/p.png\n");
}

static void
test_text (void)
{
  g_autoptr (GBytes) marked = g_bytes_new_static ("\xef\xbb\xbf"
                                                  "a{}",
                                                  6);
  g_autoptr (GBytes) invalid = g_bytes_new_static ("a\xff{}", 4);
  g_autoptr (GBytes) empty = g_bytes_new (NULL, 0);
  g_autofree char *first = ph_asset_sheet_dup_text (marked);
  g_autofree char *second = ph_asset_sheet_dup_text (invalid);
  g_autofree char *third = ph_asset_sheet_dup_text (empty);

  g_assert_cmpstr (first, ==, "a{}");
  g_assert_cmpstr (second, ==, "a\xef\xbf\xbd{}");
  g_assert_cmpstr (third, ==, "");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/asset-sheet/each", test_each);
  g_test_add_func ("/asset-sheet/long", test_long);
  g_test_add_func ("/asset-sheet/text", test_text);

  return g_test_run ();
}
