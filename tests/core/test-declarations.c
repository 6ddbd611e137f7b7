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
    { "-webkit-mask: none; ;all: unset", "all", NULL, FALSE, "-webkit-mask: none;" },
    { "all: unset", "top", NULL, FALSE, "all: unset; top: revert-layer;" },
    { ";-x: 1", "-webkit-mask", NULL, FALSE, "-x: 1;" },
    { "--a: 1", "--a-b", NULL, FALSE, "--a: 1;" },
    { "display: -webkit-box; display: flex; top: 0", "display", "grid", FALSE,
      "top: 0; display: grid;" },
    { ";;top:1;;", "top", "2", FALSE, "top: 2;" },
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
                                       "--x", "--x-y", "TOP" };
  static const char *const values[] = { "1px", "2px", NULL };

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
  g_test_add_func ("/declarations/untouched", test_untouched);
  g_test_add_func ("/declarations/one-by-one", test_one_by_one);
  g_test_add_func ("/declarations/many", test_many);

  return g_test_run ();
}
