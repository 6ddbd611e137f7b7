/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-shorthand.h"

static void
add_name (const char *name,
          gpointer out)
{
  g_string_append_printf (out, " %s", name);
}

static void
test_parts (void)
{
  static const char *const cases[][2] = {
    { "margin", " margin-top margin-right margin-bottom margin-left" },
    { "border-width",
      " border-top-width border-right-width border-bottom-width border-left-width" },
    { "margin-inline", " margin-inline-start margin-inline-end" },
    { "inset", " top right bottom left" },
    { "flex", " flex-grow flex-shrink flex-basis" },
    { "outline", " outline-width outline-style outline-color" },
    { "margin-top", "" },
    { "--margin", "" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);

      ph_shorthand_foreach (cases[i][0], add_name, out);
      g_assert_cmpstr (out->str, ==, cases[i][1]);
    }
}

static void
test_of (void)
{
  g_assert_cmpstr (ph_shorthand_of ("border-top-width", 0), ==, "border");
  g_assert_cmpstr (ph_shorthand_of ("border-top-width", 1), ==, "border-top");
  g_assert_cmpstr (ph_shorthand_of ("border-top-width", 2), ==, "border-width");
  g_assert_null (ph_shorthand_of ("border-top-width", 3));
  g_assert_cmpstr (ph_shorthand_of ("top", 0), ==, "inset");
  g_assert_null (ph_shorthand_of ("border-collapse", 0));
  g_assert_null (ph_shorthand_of ("color", 0));
  g_assert_null (ph_shorthand_of ("", 0));
}

static void
test_values (void)
{
  static const struct
  {
    const char *shorthand;
    const char *name;
    const char *value;
    const char *part; /* NULL: cannot be told */
  } cases[] = {
    { "margin", "margin-top", "1px", "1px" },
    { "margin", "margin-left", "1px", "1px" },
    { "margin", "margin-left", "1px 2px", "2px" },
    { "margin", "margin-bottom", "1px 2px", "1px" },
    { "margin", "margin-bottom", "1px 2px 3px", "3px" },
    { "margin", "margin-left", "1px 2px 3px", "2px" },
    { "margin", "margin-left", " 1px/**/2px 3px  4px ", "4px" },
    { "margin", "margin-left", "inherit", "inherit" },
    { "border-color", "border-top-color", "rgb(1 2 3 / 4%) red", "rgb(1 2 3 / 4%)" },
    { "border-color", "border-right-color", "rgb(1, 2, 3) red", "red" },
    { "gap", "column-gap", "1px 2px", "2px" },
    { "gap", "column-gap", "1px", "1px" },
    { "margin", "margin-top", "1px 2px 3px 4px 5px", NULL },
    { "gap", "row-gap", "1px 2px 3px", NULL },
    { "margin", "margin-top", "", NULL },
    { "margin", "margin-top", "var(--x) 2px", NULL },
    { "margin", "margin-top", "calc(1px + var(--x)) 2px", NULL },
    { "border-radius", "border-top-left-radius", "1px / 2px", NULL },
    { "flex", "flex-grow", "1 1 0", NULL },
    { "margin", "padding-top", "1px", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      int place = ph_shorthand_place (cases[i].shorthand, cases[i].name);
      g_autofree char *part =
        place >= 0 ? ph_shorthand_dup_value (cases[i].shorthand, cases[i].value, (guint) place)
                   : NULL;
      g_autofree char *name =
        place >= 0 ? ph_shorthand_dup_name (cases[i].shorthand, (guint) place) : NULL;

      g_test_message ("%s of %s: %s", cases[i].name, cases[i].shorthand, cases[i].value);
      g_assert_cmpstr (part, ==, cases[i].part);
      g_assert_true (name == NULL || g_str_equal (name, cases[i].name));
    }

  g_assert_null (ph_shorthand_dup_name ("gap", 2));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/shorthand/parts", test_parts);
  g_test_add_func ("/shorthand/of", test_of);
  g_test_add_func ("/shorthand/values", test_values);

  return g_test_run ();
}
