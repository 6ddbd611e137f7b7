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

  return g_test_run ();
}
