/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-css.h"

#include <string.h>

/* What may stay is untouched: NULL. */
static void
test_harmless_stays (void)
{
  static const char *const texts[] = {
    "",
    "a { color: red }",
    "a { background: url(data:image/png;base64,AAAA) }",
    "a { background: URL( \"data:image/svg+xml,%3Csvg/%3E\" ) }",
    "a { fill: url(#paint) }",
    "@font-face { font-family: x; src: url(data:font/woff2;base64,AA) format(\"woff2\") }",
    "@media print { a { color: red } }",
    "a::before { content: \"http://a.example/\" }",
    "a { width: calc(1px + var(--x)) }",
    "a { background: image-set(\"data:image/png;base64,AA\" 1x) }",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *filtered = ph_css_filter (texts[i]);

      g_test_message ("%s", texts[i]);
      g_assert_null (filtered);
    }
}

/* However it is written, nothing that would be fetched is left. */
static void
test_addresses_go (void)
{
  static const char *const texts[] = {
    "a { background: url(http://evil.example/a.png) }",
    "a { background: url('http://evil.example/a.png') }",
    "a { background: url(  \"//evil.example/a.png\" ) }",
    "a { background: url(evil.example/a.png) }",
    "a { background: u\\72l(http://evil.example/) }",
    "a { background: \\75rl(http://evil.example/) }",
    "a { background: url(ht\\74p://evil.example/) }",
    "a { background: url(data:text/html,evil.example) }",
    "a { background: url( data:evil.example) }",
    "a { background: url(http://evil.example/",
    "a { background: url('http://evil.example/",
    "a { background: src('http://evil.example/') }",
    "a { background: image-set('http://evil.example/' 1x, url(http://evil.example/2) 2x) }",
    "a { background: -webkit-image-set(url(http://evil.example/) 1x) }",
    "a { background: image-set((('http://evil.example/')) 1x) }",
    "a { background: cross-fade('http://evil.example/', red) }",
    "@import 'http://evil.example/';",
    "@import url(http://evil.example/) screen;",
    "@IMPORT \"http://evil.example/\"",
    "@\\69mport 'http://evil.example/';",
    "/**/@import/**/'http://evil.example/';a{}",
    "@font-face { src: url(http://evil.example/f.woff) }",
    "a { cursor: url(http://evil.example/c.cur), auto }",
    "@namespace x url(http://evil.example/);",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *filtered = ph_css_filter (texts[i]);
      g_autofree char *again = NULL;

      g_test_message ("%s", texts[i]);
      g_assert_nonnull (filtered);
      g_assert_null (strstr (filtered, "evil"));

      /* What was filtered needs no filter. */
      again = ph_css_filter (filtered);
      g_assert_null (again);
    }
}

/* A page looks as it does whatever the desktop of whoever looks at it prefers. */
static void
test_preferences_are_settled (void)
{
  static const struct
  {
    const char *text;
    const char *settled; /* NULL: stays */
  } cases[] = {
    { "@media (prefers-color-scheme: dark) { a { top: 0 } }",
      "@media (max-width:0) { a { top: 0 } }" },
    { "@media (prefers-color-scheme:light){}", "@media (min-width:0){}" },
    { "@media ( PREFERS-COLOR-SCHEME /**/ : /**/ Dark ) {}", "@media ( max-width:0 ) {}" },
    { "@media (prefers-color\\-scheme: dark) {}", "@media (max-width:0) {}" },
    { "@media (prefers-color-scheme) {}", "@media (min-width:0) {}" },
    { "@media not all and (prefers-color-scheme: no-preference) {}",
      "@media not all and (max-width:0) {}" },
    { "@media (prefers-color-scheme: {}", "@media (max-width:0{}" },
    { "(prefers-color-scheme: dark) and (min-width: 9px)", "(max-width:0) and (min-width: 9px)" },
    { "@media (prefers-reduced-motion: reduce) {}", "@media (max-width:0) {}" },
    { "@media (prefers-reduced-motion: no-preference) {}", "@media (min-width:0) {}" },
    { "@media (prefers-reduced-motion) {}", "@media (max-width:0) {}" },
    { "@media (prefers-contrast: more) {}", "@media (max-width:0) {}" },
    { "color-scheme: light dark", "color-scheme: light " },
    { "a{color-scheme:dark light;top:0}", "a{color-scheme: light;top:0}" },
    { "top:0;color-scheme: light /**/ dark !important",
      "top:0;color-scheme: light /**/  !important" },
    { "color-scheme: dark", NULL },
    { "color-scheme: light only", NULL },
    { "@supports (color-scheme: light dark) {}", NULL },
    { "a.prefers-color-scheme:hover {}", NULL },
    { "a::before { content: '(prefers-color-scheme: dark)' }", NULL },
    { "--my-color-scheme: light dark", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *settled = ph_css_filter (cases[i].text);
      g_autofree char *again = settled != NULL ? ph_css_filter (settled) : NULL;

      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (settled, ==, cases[i].settled);
      g_assert_null (again);
    }
}

/* A variable could hold an address: it cannot be used as one. */
static void
test_variables_are_no_addresses (void)
{
  g_autofree char *filtered = ph_css_filter ("a { background: image-set(var(--x) 1x) }");

  g_assert_nonnull (filtered);
  g_assert_null (strstr (filtered, " var("));
  g_assert_null (strstr (filtered, "(var("));
}

static void
test_rest_survives (void)
{
  g_autofree char *filtered =
    ph_css_filter ("a{color:red;background:url(x.png) no-repeat}@import 'y';b{top:0}");

  g_assert_cmpstr (filtered, ==, "a{color:red;background:url(\"data:,\") no-repeat}b{top:0}");
}

static char *
join_marked (const GPtrArray *rules)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < rules->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", (const char *) rules->pdata[i]);

  return g_string_free (text, FALSE);
}

static void
test_split (void)
{
  static const struct
  {
    const char *text;
    const char *rules;
  } cases[] = {
    { "", "" },
    { "a{} b{}", "a{}|b{}" },
    { " a { x: y }\n/* c */ b { z: 1 } ", "a { x: y }|b { z: 1 }" },
    { "@import 'x'; a{}", "@import 'x';|a{}" },
    { "@media (a) { b{} c{} } d{}", "@media (a) { b{} c{} }|d{}" },
    { "a::after{content:'}'}b{}", "a::after{content:'}'}|b{}" },
    { "a[x=\"{\"]{}b{}", "a[x=\"{\"]{}|b{}" },
    { "a{", "a{" },
    { "}}a{}", "a{}" },
    { "a{}}b{}", "a{}|b{}" },
    { "@charset \"utf-8\";a{}", "@charset \"utf-8\";|a{}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) rules = ph_css_split_rules (cases[i].text);
      g_autofree char *joined = join_marked (rules);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (joined, ==, cases[i].rules);
    }
}

static void
test_edit (void)
{
  static const struct
  {
    guint path[3];
    guint n_path;
    const char *text;  /* NULL: remove */
    const char *rules; /* NULL: nowhere */
  } cases[] = {
    { { 0 }, 1, "x{}", "x{}|a{}|@media m { b{} c{} }" },
    { { 2 }, 1, "x{}", "a{}|@media m { b{} c{} }|x{}" },
    { { 99 }, 1, "x{}", "a{}|@media m { b{} c{} }|x{}" },
    { { 0 }, 1, NULL, "@media m { b{} c{} }" },
    { { 2 }, 1, NULL, NULL },
    { { 1, 1 }, 2, "x{}", "a{}|@media m { b{} x{} c{} }" },
    { { 1, 0 }, 2, NULL, "a{}|@media m { c{} }" },
    { { 1, 5 }, 2, NULL, NULL },
    { { 1, 0, 0 }, 3, "x{}", NULL },
    { { 0, 0 }, 2, NULL, NULL },
    { { 7, 0 }, 2, "x{}", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) rules = ph_css_split_rules ("a{} @media m { b{} c{} }");
      gboolean found = ph_css_edit_rules (rules, cases[i].path, cases[i].n_path, cases[i].text);
      g_autofree char *joined = join_marked (rules);

      g_test_message ("case %u", i);
      g_assert_cmpint (found, ==, cases[i].rules != NULL);
      g_assert_cmpstr (joined, ==, found ? cases[i].rules : "a{}|@media m { b{} c{} }");
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/css/harmless-stays", test_harmless_stays);
  g_test_add_func ("/css/addresses-go", test_addresses_go);
  g_test_add_func ("/css/preferences-are-settled", test_preferences_are_settled);
  g_test_add_func ("/css/variables-are-no-addresses", test_variables_are_no_addresses);
  g_test_add_func ("/css/rest-survives", test_rest_survives);
  g_test_add_func ("/css/split", test_split);
  g_test_add_func ("/css/edit", test_edit);

  return g_test_run ();
}
