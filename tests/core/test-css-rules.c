/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-css-rules.h"

#include "ph-limits.h"

#include <string.h>

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
    { "@layer a, b; @namespace x 'y'; a{}", "@layer a, b;|@namespace x 'y';|a{}" },
    { "@media (a) { b{} c{} } d{}", "@media (a) { b{} c{} }|d{}" },
    { "a::after{content:'}'}b{}", "a::after{content:'}'}|b{}" },
    { "a[x=\"{\"]{}b{}", "a[x=\"{\"]{}|b{}" },
    { "a{b{}c{}}d{}", "a{b{}c{}}|d{}" },
    { "a{--x:{y:z};b:c}d{}", "a{--x:{y:z};b:c}|d{}" },
    /* Brackets close what they opened, and nothing else. */
    { "@media x { a{ ) } b{} } c{}", "@media x { a{ ) } b{} }|c{}" },
    { "a{ ( } ) } b{}", "a{ ( } ) }|b{}" },
    /* An end that is missing is put there. */
    { "a{", "a{}" },
    { "a{}b { c: 'd", "a{}|b { c: 'd'}" },
    { "@media x { a { b: url(c", "@media x { a { b: url(c)}}" },
    { "a{b:c /* d", "a{b:c /* d*/}" },
    { "@import 'x'", "@import 'x';" },
    { "a{b:c ", "a{b:c}" },
    /* What browsers drop counts for nothing. */
    { "@charset \"utf-8\";a{}", "a{}" },
    { "@unknown x;a{}", "a{}" },
    { "a", "" },
    { "a;b{}c{}", "c{}" },
    { "a{};b{}c{}", "a{}|c{}" },
    { "}}a{}b{}", "b{}" },
    { "a{}}b{}c{}", "a{}|c{}" },
    { "{}a{}", "a{}" },
    { "<!-- a{} --> b{}", "a{}|b{}" },
    { "::-moz-selection{a:b} ::selection{a:b}", "::selection{a:b}" },
    { "a:-ms-input-placeholder,b{} c{}", "c{}" },
    { "input:-MOZ-placeholder{}", "" },
    { ":is(:-moz-focusring,a){}", ":is(:-moz-focusring,a){}" },
    { "a{b:-moz-c}", "a{b:-moz-c}" },
    { "@-moz-document url(){a{}} @-webkit-keyframes x{} @keyframes x{}",
      "@-webkit-keyframes x{}|@keyframes x{}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) rules = ph_css_split_rules (cases[i].text);
      g_autofree char *joined = join_marked (rules);
      g_autofree char *text = ph_css_join_rules (rules);
      g_autoptr (GPtrArray) again = ph_css_split_rules (text);
      g_autofree char *joined_again = join_marked (again);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (joined, ==, cases[i].rules);
      g_assert_cmpstr (joined_again, ==, joined);
    }
}

typedef struct
{
  guint path[4];
  guint n_path;
  const char *text;  /* NULL: delete */
  const char *rules; /* NULL: a browser would throw */
} Edit;

static void
check_edits (const char *sheet,
             const Edit *cases,
             guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GPtrArray) rules = ph_css_split_rules (sheet);
      g_autofree char *before = join_marked (rules);
      g_autofree char *joined = NULL;
      gboolean done = cases[i].text != NULL
                        ? ph_css_insert_rule (rules, cases[i].path, cases[i].n_path, cases[i].text)
                        : ph_css_delete_rule (rules, cases[i].path, cases[i].n_path);

      joined = join_marked (rules);
      g_test_message ("case %u of %s", i, sheet);
      g_assert_cmpint (done, ==, cases[i].rules != NULL);
      g_assert_cmpstr (joined, ==, done ? cases[i].rules : before);
    }
}

static void
test_edit (void)
{
  static const Edit cases[] = {
    { { 0 }, 1, "x{}", "x{}|a{}|@media m { b{} c{} }" },
    { { 2 }, 1, "x{}", "a{}|@media m { b{} c{} }|x{}" },
    { { 99 }, 1, "x{}", "a{}|@media m { b{} c{} }|x{}" },
    { { 0 }, 1, NULL, "@media m { b{} c{} }" },
    { { 2 }, 1, NULL, NULL },
    { { 1, 1 }, 2, "x{}", "a{}|@media m { b{} x{} c{} }" },
    { { 1, 0 }, 2, "x{}", "a{}|@media m { x{} b{} c{} }" },
    { { 1, 2 }, 2, "x{}", "a{}|@media m { b{} c{} x{} }" },
    { { 1, 3 }, 2, "x{}", NULL },
    { { 1, 0 }, 2, NULL, "a{}|@media m { c{} }" },
    { { 1, 1 }, 2, NULL, "a{}|@media m { b{} }" },
    { { 1, 5 }, 2, NULL, NULL },
    { { 7, 0 }, 2, "x{}", NULL },
    /* One rule, and a whole one. */
    { { 0 }, 1, " /* c */ x{} ", "x{}|a{}|@media m { b{} c{} }" },
    { { 0 }, 1, "x{y:z", "x{y:z}|a{}|@media m { b{} c{} }" },
    { { 1, 0 }, 2, "x{y:'z", "a{}|@media m { x{y:'z'} b{} c{} }" },
    { { 0 }, 1, "x{} y{}", NULL },
    { { 0 }, 1, "x", NULL },
    { { 0 }, 1, "", NULL },
    { { 0 }, 1, "x{}}", NULL },
    { { 1, 0 }, 2, "x{} } y{", NULL },
    { { 0 }, 1, "::-moz-placeholder{}", NULL },
    { { 0 }, 1, "@charset 'x';", NULL },
    { { 0 }, 1, "@media x{y{}}", "@media x{y{}}|a{}|@media m { b{} c{} }" },
  };

  check_edits ("a{} @media m { b{} c{} }", cases, G_N_ELEMENTS (cases));
}

/* Rules deep in others, and in style rules. */
static void
test_edit_deep (void)
{
  static const Edit deep[] = {
    { { 0, 0, 0 }, 3, "x{}", "@supports (s) { @media m { x{} a{} } }|@font-face { f: g; }" },
    { { 0, 0, 0 }, 3, NULL, "@supports (s) { @media m { } }|@font-face { f: g; }" },
    { { 0, 0, 0, 0 }, 4, "x{}", "@supports (s) { @media m { a{ x{} } } }|@font-face { f: g; }" },
    { { 0, 1, 0 }, 3, "x{}", NULL },
    { { 1, 0 }, 2, "x{}", NULL },
    { { 1, 0 }, 2, NULL, NULL },
  };
  static const Edit nested[] = {
    { { 0, 0 }, 2, NULL, "a{ c: d; e: f; @media m { g: h; } }" },
    { { 0, 1 }, 2, NULL, "a{ c: d; b{} @media m { g: h; } }" },
    { { 0, 2 }, 2, NULL, "a{ c: d; b{} e: f; }" },
    { { 0, 2, 0 }, 3, NULL, "a{ c: d; b{} e: f; @media m { } }" },
    { { 0, 0 }, 2, "x{}", "a{ c: d; x{} b{} e: f; @media m { g: h; } }" },
    { { 0, 3 }, 2, "x{}", "a{ c: d; b{} e: f; @media m { g: h; } x{} }" },
    { { 0, 4 }, 2, "x{}", NULL },
  };

  check_edits ("@supports (s) { @media m { a{} } } @font-face { f: g; }", deep,
               G_N_ELEMENTS (deep));
  check_edits ("a{ c: d; b{} e: f; @media m { g: h; } }", nested, G_N_ELEMENTS (nested));
}

#define TOP(value) "top", #value, FALSE

static void
test_declare (void)
{
  static const struct
  {
    const char *sheet;
    guint path[3];
    guint n_path;
    const char *property;
    const char *value;
    gboolean important;
    const char *rules; /* NULL: nowhere */
  } cases[] = {
    { "a{} b{}", { 1 }, 1, TOP (1px), "a{}|b{ top: 1px; }" },
    { "a{ top: 0; left: 0 }", { 0 }, 1, "top", "1px", TRUE, "a{ left: 0; top: 1px !important; }" },
    { "a{ top: 0; }", { 0 }, 1, "top", NULL, FALSE, "a{  }" },
    { "@media m { a{ top: 0 } b{} }", { 0, 0 }, 2, TOP (1px), "@media m { a{ top: 1px; } b{} }" },
    { "@layer{@media m{a{}}}", { 0, 0, 0 }, 3, TOP (1px), "@layer{@media m{a{ top: 1px; }}}" },
    { "@keyframes k{to{top:1px}}", { 0, 0 }, 2, TOP (2px), "@keyframes k{to{ top: 2px; }}" },
    { "@font-face { src: f }", { 0 }, 1, "src", "g", FALSE, "@font-face { src: g; }" },
    { "@page { margin: 0 }", { 0 }, 1, "margin", "1px", FALSE, "@page { margin: 1px; }" },
    /* Nested rules stay, and what stands between them. */
    { "a{ top: 0; b{} c: d; }", { 0 }, 1, TOP (2px), "a{ top: 2px; b{} c: d; }" },
    { "a{ b{ top: 1px } }", { 0 }, 1, TOP (2px), "a{ top: 2px; b{ top: 1px } }" },
    { "a{ b{ top: 1px } }", { 0, 0 }, 2, TOP (2px), "a{ b{ top: 2px; } }" },
    { "a{ b{} left: 0; c{} }", { 0, 1 }, 2, "left", "1px", FALSE, "a{ b{} left: 1px; c{} }" },
    { "a{ --x: {y;z}; top: 0 }", { 0 }, 1, TOP (1px), "a{ --x: {y;z}; top: 1px; }" },
    /* Nowhere, and nothing that has declarations. */
    { "a{}", { 1 }, 1, TOP (1px), NULL },
    { "a{}", { 0, 0 }, 2, TOP (1px), NULL },
    { "@media m { a{} }", { 0 }, 1, TOP (1px), NULL },
    { "@import 'x';", { 0 }, 1, TOP (1px), NULL },
    { "a{ @media m { b{} } }", { 0, 0 }, 2, TOP (1px), NULL },
    /* Nothing breaks out. */
    { "a{}", { 0 }, 1, "top", "1px } b{", FALSE, NULL },
    { "a{}", { 0 }, 1, "top: 0; left", "1px", FALSE, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) rules = ph_css_split_rules (cases[i].sheet);
      g_autofree char *before = join_marked (rules);
      g_autofree char *after = NULL;
      gboolean done = ph_css_declare (rules, cases[i].path, cases[i].n_path, cases[i].property,
                                      cases[i].value, cases[i].important);

      after = join_marked (rules);
      g_test_message ("case %u: %s", i, cases[i].sheet);
      g_assert_cmpint (done, ==, cases[i].rules != NULL);
      g_assert_cmpstr (after, ==, done ? cases[i].rules : before);
    }
}

/* A script that moves something by its rule does so thousands of times: the text stays short. */
static void
test_declare_again (void)
{
  g_autoptr (GPtrArray) rules = ph_css_split_rules ("a{ top: 0; b{} }");
  const guint path[] = { 0 };

  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *value = g_strdup_printf ("%upx", i);

      g_assert_true (ph_css_declare (rules, path, 1, "top", value, FALSE));
      g_assert_true (ph_css_declare (rules, path, 1, "left", i % 2 ? NULL : value, FALSE));
    }

  g_assert_cmpstr (rules->pdata[0], ==, "a{ top: 999px; b{} }");
}

/* However it is put together, what is there are whole rules. */
static void
test_random (void)
{
  static const char *const pieces[] = { "a{", "}", "(", ")", "[", "]", "{", ";", "'", "\"", "b:c",
                                        "@media m{", "@import", "/*", "*/", "url(", "\\", "--x:",
                                        " ", "d{}", "<!--", ":hover" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);

  for (guint round = 0; round < 20000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GPtrArray) rules = NULL;
      guint path[3];
      guint n_path = (guint) g_rand_int_range (rand, 1, 4);

      for (int n = g_rand_int_range (rand, 0, 14); n > 0; n--)
        g_string_append (text, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);

      for (guint i = 0; i < 3; i++)
        path[i] = (guint) g_rand_int_range (rand, 0, 3);

      g_test_message ("round %u: %s; %u %u %u, %u", round, text->str, path[0], path[1], path[2],
                      n_path);
      rules = ph_css_split_rules (g_rand_boolean (rand) ? text->str : "a{b{}}@media m{c{}d{}}");
      ph_css_insert_rule (rules, path, n_path, text->str);
      ph_css_declare (rules, path, n_path, "top", text->str, FALSE);
      ph_css_delete_rule (rules, path + 1, MIN (n_path, 2));

      for (guint i = 0; i < rules->len; i++)
        {
          g_autoptr (GPtrArray) one = ph_css_split_rules (rules->pdata[i]);

          g_test_message ("gave %s", (const char *) rules->pdata[i]);
          g_assert_cmpuint (one->len, ==, 1);
          g_assert_cmpstr (one->pdata[0], ==, rules->pdata[i]);
        }
    }
}

static void
test_limits (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) rules = NULL;
  guint path[PH_LIMIT_RULE_DEPTH + 1] = { 0 };

  for (guint i = 0; i < 100000; i++)
    g_string_append (text, "a{");

  /* Nested too deep to be a rule; and no time is lost over it. */
  rules = ph_css_split_rules (text->str);
  g_assert_cmpuint (rules->len, ==, 0);

  g_ptr_array_add (rules, g_ref_string_new ("@media m{}"));
  g_assert_false (ph_css_insert_rule (rules, path, G_N_ELEMENTS (path), "a{}"));
  g_assert_false (ph_css_delete_rule (rules, path, G_N_ELEMENTS (path)));
  g_assert_false (ph_css_declare (rules, path, G_N_ELEMENTS (path), "top", "0", FALSE));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/css-rules/split", test_split);
  g_test_add_func ("/css-rules/edit", test_edit);
  g_test_add_func ("/css-rules/edit-deep", test_edit_deep);
  g_test_add_func ("/css-rules/declare", test_declare);
  g_test_add_func ("/css-rules/declare-again", test_declare_again);
  g_test_add_func ("/css-rules/random", test_random);
  g_test_add_func ("/css-rules/limits", test_limits);

  return g_test_run ();
}
