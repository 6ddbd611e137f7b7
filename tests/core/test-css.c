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
    { "a.prefers-color-scheme:link {}", NULL },
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

/* What a person's pointer and keyboard do: attributes of our own, in selectors and nowhere else. */
static void
test_states (void)
{
  static const struct
  {
    const char *text;
    const char *filtered; /* NULL: stays */
  } cases[] = {
    { "a:hover{}", "a[ph-hover]{}" },
    { "a:HOVER , b:active > c:focus { top: 0 }",
      "a[ph-hover] , b[ph-active] > c[ph-focus] { top: 0 }" },
    /* What is selected is a highlight of the stage's. */
    { "p::selection, ::SELECTION{}", "p::highlight(ph-selection), ::highlight(ph-selection){}" },
    { "a:hover::selection{}", "a[ph-hover]::highlight(ph-selection){}" },
    { "a::selection:hover{}", "a::highlight(ph-selection):hover{}" },
    { "a:focus-within:focus-visible{}", "a[ph-focus-within][ph-focus-visible]{}" },
    { "x-a:defined, x-a:not(:defined){}",
      "x-a:not([ph-undefined]), x-a:not(:not([ph-undefined])){}" },
    { ":is(a:hover,b):not(:focus){}", ":is(a[ph-hover],b):not([ph-focus]){}" },
    { ":host(:hover) ::slotted(a:hover){}", ":host([ph-hover]) ::slotted(a[ph-hover]){}" },
    { "a:h\\6fver{}", "a[ph-hover]{}" },
    { ".md\\:hover:hover{}", ".md\\:hover[ph-hover]{}" },
    { "a/**/:hover/**/{}", "a/**/[ph-hover]/**/{}" },
    { "a:hover::before{}", "a[ph-hover]::before{}" },
    { "a{b:c;&:hover{d:e}}", "a{b:c;&[ph-hover]{d:e}}" },
    { "a{b:c}\nd:hover{}", "a{b:c}\nd[ph-hover]{}" },
    { "@media print{a:hover{}}", "@media print{a[ph-hover]{}}" },
    { "@layer x{@supports (a:b){a:hover{}}}", "@layer x{@supports (a:b){a[ph-hover]{}}}" },
    { "@scope (.a:hover) to (:focus){b:hover{}}",
      "@scope (.a[ph-hover]) to ([ph-focus]){b[ph-hover]{}}" },
    { "@import 'x';a:hover{}", "a[ph-hover]{}" },
    { "a::before,b:hover{}", "a::before,b[ph-hover]{}" },
    { "a::before b:hover{}", "a::before b[ph-hover]{}" },
    { "a::part(x) b:hover{}", "a::part(x) b[ph-hover]{}" },
    /* Behind a pseudo-element no attribute may stand: the rule would be lost. */
    { "::-webkit-scrollbar-thumb:hover{}", NULL },
    { "a::part(x):hover{}", NULL },
    { "a:before:hover,b:after:active{}", NULL },
    { "a::hover{}", NULL },
    /* No selectors. */
    { "a{b:hover}", NULL },
    { "a{b:hover;c:focus}", NULL },
    { "b:hover", NULL },
    { "a{content:':hover'}", NULL },
    { "a[b=':hover']{}", NULL },
    { "/* a:hover{} */ b{}", NULL },
    { "a{b:url(:hover)}", "a{b:url(\"data:,\")}" },
    { "@supports selector(a:hover){}", NULL },
    { "@container style(--x:hover){}", NULL },
    { "a :hovering{} :hover-x{} .hover{} hover:link{}", NULL },
    { "a:target:visited:checked:popover-open:modal{}", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *filtered = ph_css_filter (cases[i].text);
      g_autofree char *again = filtered != NULL ? ph_css_filter (filtered) : NULL;

      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (filtered, ==, cases[i].filtered);
      g_assert_null (again);
    }
}

/* What depends on the machine of whoever looks at it is answered; the rest is as recorded. */
static void
test_media (void)
{
  static const struct
  {
    const char *text;
    const char *filtered; /* NULL: stays */
  } cases[] = {
    { "@media (hover:hover){}", "@media (min-width:0){}" },
    { "@media (hover: none) and (pointer: coarse) {}",
      "@media (max-width:0) and (max-width:0) {}" },
    { "@media ( hover ) {}", "@media ( min-width:0 ) {}" },
    { "@media not all and (any-pointer: fine) {}", "@media not all and (min-width:0) {}" },
    { "@media (scripting: none) {}", "@media (max-width:0) {}" },
    { "@media (display-mode: standalone) {}", "@media (max-width:0) {}" },
    { "@media (forced-colors: active) {}", "@media (max-width:0) {}" },
    { "(hover: hover)", "(min-width:0)" },
    { "@media (min-device-width: 9px) and (max-device-height:1px) {}",
      "@media (min-width: 9px) and (max-height:1px) {}" },
    { "@media (400px <= device-width <= 700px) {}", "@media (400px <= width <= 700px) {}" },
    { "screen and (max-device-width: 480px)", "screen and (max-width: 480px)" },
    { "@media (hover:hover){a:hover{}}", "@media (min-width:0){a[ph-hover]{}}" },
    /* As recorded. */
    { "@media print { a { b: c } }", NULL },
    { "@media (min-width: 700px) and (orientation: landscape) {}", NULL },
    { "@media (400px <= width) {}", NULL },
    { "@supports (hover: x) {}", NULL },
    { "@container (min-width: 9px) {} @container x style(--a: b) {}", NULL },
    { "a { width: attr(hover) } b { c: calc((1px + 2px) * 2) }", NULL },
    { "a:not(pointer) hover device-width {}", NULL },
    { "@layer a, b; @layer a { c { d: e } }", NULL },
    { "@property --x { syntax: '<color>'; inherits: false; initial-value: red }", NULL },
    { "@namespace svg url(http://www.w3.org/2000/svg);svg|a{}", NULL },
    { "@namespace url(\"http://www.w3.org/1999/xhtml\");", NULL },
    { "a { & b { c: d } > e { f: g } @media print { h: i } }", NULL },
    { "@starting-style { a { b: c } } @font-palette-values --x { font-family: y }", NULL },
    { "a { background: image(red) } @counter-style x { symbols: 'a' }", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *filtered = ph_css_filter (cases[i].text);
      g_autofree char *again = filtered != NULL ? ph_css_filter (filtered) : NULL;

      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (filtered, ==, cases[i].filtered);
      g_assert_null (again);
    }
}

/* Looking ahead for each of these to the end would take longer than a test may. */
static void
test_many_states (void)
{
  static const char *const ends[] = { "{}", ";", "" };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autoptr (GString) text = g_string_new ("a");
      g_autofree char *filtered = NULL;

      for (guint n = 0; n < 200000; n++)
        g_string_append (text, n % 2 ? ":hover" : ":not(:focus");

      g_string_append (text, ends[i]);
      filtered = ph_css_filter (text->str);
      g_assert_cmpint (filtered != NULL, ==, i == 0);
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
  g_test_add_func ("/css/states", test_states);
  g_test_add_func ("/css/media", test_media);
  g_test_add_func ("/css/many-states", test_many_states);
  g_test_add_func ("/css/variables-are-no-addresses", test_variables_are_no_addresses);
  g_test_add_func ("/css/rest-survives", test_rest_survives);

  return g_test_run ();
}
