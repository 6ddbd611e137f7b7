/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-declarations.h"

static void
test_set (void)
{
  static const struct
  {
    const char *before;
    const char *property;
    const char *value; /* NULL: remove */
    gboolean important;
    const char *after;
  } cases[] = {
    { "", "top", "1px", FALSE, "top: 1px;" },
    { "top: 2px; left: 0", "top", "1px", FALSE, "left: 0; top: 1px;" },
    { "TOP: 2px", "top", "1px", TRUE, "top: 1px !important;" },
    { "top: 2px; left: 0", "top", NULL, FALSE, "left: 0;" },
    { "left: 0", "top", NULL, FALSE, "left: 0;" },
    { "border: 1px solid", "border-left-width", NULL, FALSE,
      "border: 1px solid; border-left-width: revert-layer;" },
    { "background: url(a;b); top: 0", "top", "1px", FALSE, "background: url(a;b); top: 1px;" },
    { "--a: {x;y}; top: 0", "top", NULL, FALSE, "--a: {x;y};" },
    { "--A: 1; --a: 2", "--a", "3", FALSE, "--A: 1; --a: 3;" },
    { "-webkit-mask: none; ;all: unset; --x: 1", "all", NULL, FALSE, "--x: 1;" },
    { "top: 1px; --x: 1", "all", "unset", FALSE, "--x: 1; all: unset;" },
    { "all: unset", "top", NULL, FALSE, "all: unset; top: revert-layer;" },
    { ";-x: 1", "-webkit-mask", NULL, FALSE, "-x: 1;" },
    { "--a: 1", "--a-b", NULL, FALSE, "--a: 1;" },
    { "display: -webkit-box; display: flex; top: 0", "display", "grid", FALSE,
      "top: 0; display: grid;" },
    { ";;top:1;;", "top", "2", FALSE, "top: 2;" },
    { "/* a: b */ top /**/: 1", "top", "2", FALSE, "top: 2;" },
    { "TOP: 1", "Top", "2", FALSE, "top: 2;" },
    { "top: 1", "top", "", FALSE, "" },
    /* A shorthand takes along what it sets. */
    { "margin-left: 1px !important; top: 0", "margin", "2px", FALSE, "top: 0; margin: 2px;" },
    { "margin: 1px; margin-left: 2px; top: 0", "margin", NULL, FALSE, "top: 0;" },
    { "border-top-color: red; border-image: none; border-radius: 1px", "border", "0", FALSE,
      "border-radius: 1px; border: 0;" },
    { "border-width: 1px; border-top: 0", "border", NULL, FALSE, "" },
    /* What is set after it counts, unless it is important. */
    { "margin: 1px", "margin-left", "2px", FALSE, "margin: 1px; margin-left: 2px;" },
    { "margin: 1px 2px !important", "margin-left", "3px", FALSE,
      "margin-top: 1px !important; margin-right: 2px !important; margin-bottom: 1px !important; "
      "margin-left: 3px;" },
    { "border: 0 !important", "border-left-width", "3px", FALSE,
      "border: 0 !important; border-left-width: 3px !important;" },
    /* One of what a shorthand sets is removed. */
    { "margin: 1px", "margin-top", NULL, FALSE,
      "margin-right: 1px; margin-bottom: 1px; margin-left: 1px;" },
    { "margin: 1px 2px 3px; margin-left: 4px", "margin-top", NULL, FALSE,
      "margin-right: 2px; margin-bottom: 3px; margin-left: 2px; margin-left: 4px;" },
    { "padding: calc(1px + 2px) 3px 4px 5px", "padding-left", NULL, FALSE,
      "padding-top: calc(1px + 2px); padding-right: 3px; padding-bottom: 4px;" },
    { "overflow: hidden auto", "overflow-x", NULL, FALSE, "overflow-y: auto;" },
    { "gap: 1px", "row-gap", NULL, FALSE, "column-gap: 1px;" },
    { "inset: 0", "top", NULL, FALSE, "right: 0; bottom: 0; left: 0;" },
    { "border-radius: 1px 2px / 3px", "border-top-left-radius", NULL, FALSE,
      "border-radius: 1px 2px / 3px; border-top-left-radius: revert-layer;" },
    { "margin: var(--m)", "margin-top", NULL, FALSE,
      "margin: var(--m); margin-top: revert-layer;" },
    { "margin: 1px; margin: 2px", "margin-top", NULL, FALSE,
      "margin-right: 2px; margin-bottom: 2px; margin-left: 2px;" },
    { "background: red !important", "background-color", NULL, TRUE,
      "background: red !important; background-color: revert-layer !important;" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PhDeclarations) declarations = ph_declarations_new (cases[i].before);
      g_autofree char *after = NULL;

      ph_declarations_set (declarations, cases[i].property, cases[i].value, cases[i].important);
      after = ph_declarations_write (declarations);
      g_test_message ("%s", cases[i].before);
      g_assert_cmpstr (after, ==, cases[i].after);
    }
}

/* What is no name or value changes nothing: text cannot break out of its place. */
static void
test_refused (void)
{
  static const char *const cases[][2] = {
    { "top", "1px; left: 0" },
    { "top", "1px }" },
    { "top", "(1px" },
    { "top", "1px)" },
    { "top", "'a" },
    { "top", "\"a\n\"" },
    { "top", "url(a" },
    { "top", "1px !important" },
    { "top", " " },
    { "top", "/* */" },
    { "top", "1px /*" },
    { "top", "[)]" },
    { "top", "\\" },
    { "", "1px" },
    { "to p", "1px" },
    { "top:0;left", "1px" },
    { "top}", "1px" },
    { "*", "1px" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PhDeclarations) declarations = ph_declarations_new ("top: 0");
      g_autofree char *after = NULL;

      g_test_message ("%s: %s", cases[i][0], cases[i][1]);
      g_assert_false (ph_declarations_set (declarations, cases[i][0], cases[i][1], FALSE));
      after = ph_declarations_write (declarations);
      g_assert_cmpstr (after, ==, "top: 0;");
    }
}

/* What is not changed stays, and in its order, the same name twice as well. */
static void
test_untouched (void)
{
  g_autoptr (PhDeclarations) declarations =
    ph_declarations_new ("color: red;color:blue ; background: url(a;b) ; x");
  g_autofree char *text = ph_declarations_write (declarations);

  g_assert_cmpstr (text, ==, "color: red; color:blue; background: url(a;b); x;");
}

/* Many changes at once end as the same changes one at a time. */
static void
test_one_by_one (void)
{
  static const char *const names[] = { "top", "border", "border-left", "border-left-width", "all",
                                       "--x", "--x-y", "TOP", "inset", "left", "border-width" };
  static const char *const values[] = { "1px", "2px", NULL, "1px 2px", "var(--y)", "}" };

  for (guint round = 0; round < 200; round++)
    {
      g_autofree char *text = g_strdup ("border: 0; top: 1px; top: 2px");
      g_autoptr (PhDeclarations) many = ph_declarations_new (text);
      g_autofree char *after = NULL;

      for (guint i = 0; i < 12; i++)
        {
          const char *name = names[g_test_rand_int_range (0, G_N_ELEMENTS (names))];
          const char *value = values[g_test_rand_int_range (0, G_N_ELEMENTS (values))];
          g_autoptr (PhDeclarations) one = ph_declarations_new (text);

          ph_declarations_set (many, name, value, i % 3 == 0);
          ph_declarations_set (one, name, value, i % 3 == 0);
          g_free (text);
          text = ph_declarations_write (one);
        }

      after = ph_declarations_write (many);
      g_assert_cmpstr (after, ==, text);
    }
}

/* Reading the list anew for each of these would take longer than a test may. */
static void
test_many (void)
{
  g_autoptr (PhDeclarations) declarations = ph_declarations_new ("top: 0");
  g_autofree char *text = NULL;

  for (guint i = 0; i < 100000; i++)
    {
      g_autofree char *name = g_strdup_printf ("--p%u", i / 2);

      ph_declarations_set (declarations, name, i % 2 == 0 ? "1" : "2", FALSE);
    }

  for (guint i = 1; i < 50000; i++)
    {
      g_autofree char *name = g_strdup_printf ("--p%u", i);

      ph_declarations_set (declarations, name, NULL, FALSE);
    }

  text = ph_declarations_write (declarations);
  g_assert_cmpstr (text, ==, "top: 0; --p0: 2;");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/declarations/set", test_set);
  g_test_add_func ("/declarations/refused", test_refused);
  g_test_add_func ("/declarations/untouched", test_untouched);
  g_test_add_func ("/declarations/one-by-one", test_one_by_one);
  g_test_add_func ("/declarations/many", test_many);

  return g_test_run ();
}
