/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-mob-text.h"

#include <string.h>

static void
test_string (void)
{
  static const struct
  {
    const char *text;
    gsize size;
    const char *json;
  } cases[] = {
    { "", 0, "\"\"" },
    { "plain", 5, "\"plain\"" },
    { "a\"b\\c", 5, "\"a\\\"b\\\\c\"" },
    { "a\nb\tc", 5, "\"a\\nb\\u0009c\"" },
    { "a\0b", 3, "\"a\\u0000b\"" },
    { "\xc3\xa9\xff", 3, "\"\xc3\xa9\xff\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);

      ph_mob_put_string (out, cases[i].text, cases[i].size);
      g_assert_cmpstr (out->str, ==, cases[i].json);
    }
}

static void
test_value (void)
{
  static const struct
  {
    const char *text;
    const char *json;
  } cases[] = {
    { "{\"a\":[1]}", "{\"a\":[1]}" },
    { "[]", "[]" },
    { "{\"a\":", "\"{\\\"a\\\":\"" },
    { "12", "\"12\"" },
    { "true", "\"true\"" },
    { "", "\"\"" },
    { "[1] x", "\"[1] x\"" },
    { "[\xff]", "\"[\xff]\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PhJson) json = ph_json_new ();
      g_autoptr (GString) out = g_string_new (NULL);

      ph_mob_put_value (out, json, cases[i].text, strlen (cases[i].text));
      g_assert_cmpstr (out->str, ==, cases[i].json);
    }
}

static void
test_resolve (void)
{
  static const struct
  {
    const char *base;
    const char *url;
    const char *whole;
  } cases[] = {
    { "https://a.example/b/c", "d.png", "https://a.example/b/d.png" },
    { "https://a.example/b/c", "/d.svg#e", "https://a.example/d.svg#e" },
    { "https://a.example/b/c", "//b.example/d", "https://b.example/d" },
    { "https://a.example/b/c", "http://b.example/", "http://b.example/" },
    { "https://a.example/b/c", "data:,x", "data:,x" },
    { "https://a.example/b/c", "#e", "#e" },
    { "https://a.example/b/c", "", "" },
    { "about:blank", "d.png", "d.png" },
    { "", "d.png", "d.png" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *whole = ph_mob_resolve (cases[i].base, cases[i].url);

      g_assert_cmpstr (whole, ==, cases[i].whole);
    }
}

static void
test_css (void)
{
  static const struct
  {
    const char *css;
    const char *whole;
  } cases[] = {
    { "a { color: red }", "a { color: red }" },
    { "a{b:url(c.png)}", "a{b:url(\"https://a.example/c.png\")}" },
    { "a{b:url( 'c.png' )}", "a{b:url( \"https://a.example/c.png\" )}" },
    { "a{b:URL(\"c.png\"), url(d)}",
      "a{b:URL(\"https://a.example/c.png\"), url(\"https://a.example/d\")}" },
    { "@import \"x.css\" print;", "@import \"https://a.example/x.css\" print;" },
    { "@import url(x.css);", "@import url(\"https://a.example/x.css\");" },
    { "a{content:\"url(x)\"}", "a{content:\"url(x)\"}" },
    { "a{b:url(data:,x)} /* url(c) */", "a{b:url(data:,x)} /* url(c) */" },
    { "a{b:url(https://b.example/c)}", "a{b:url(https://b.example/c)}" },
    { "a{b:url(#c)}", "a{b:url(#c)}" },
    { "a{b:url(c", "a{b:url(c" },
    { "a{b:url('c", "a{b:url('c" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *whole =
        ph_mob_resolve_css ("https://a.example/p", cases[i].css, strlen (cases[i].css));

      g_assert_cmpstr (whole, ==, cases[i].whole);
    }
}

/* Bytes that are no text, and a NUL in the middle. */
static void
test_css_odd (void)
{
  g_autofree char *cut = ph_mob_resolve_css ("https://a.example/", "a{}\0b{}", 7);
  g_autofree char *odd = ph_mob_resolve_css ("https://a.example/", "url(\xff\"", 6);

  g_assert_cmpstr (cut, ==, "a{}");
  g_assert_true (g_utf8_validate (odd, -1, NULL));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/mob-text/string", test_string);
  g_test_add_func ("/mob-text/value", test_value);
  g_test_add_func ("/mob-text/resolve", test_resolve);
  g_test_add_func ("/mob-text/css", test_css);
  g_test_add_func ("/mob-text/css-odd", test_css_odd);

  return g_test_run ();
}
