/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-names.h"

static void
test_same_text_same_name (void)
{
  g_autoptr (PhNames) names = ph_names_new ();
  PhName div = ph_names_intern (names, "div");

  g_assert_cmpuint (div, !=, 0);
  g_assert_cmpuint (ph_names_intern (names, "div"), ==, div);
  g_assert_cmpuint (ph_names_intern (names, "DIV"), !=, div);
  g_assert_cmpuint (ph_names_find (names, "div"), ==, div);
  g_assert_cmpuint (ph_names_find (names, "never"), ==, 0);
  g_assert_cmpstr (ph_names_text (names, div), ==, "div");
  g_assert_cmpuint (ph_names_intern (names, ""), ==, 0);
  g_assert_cmpstr (ph_names_text (names, 0), ==, "");
}

/* A name given out keeps its text, however many come after it. */
static void
test_many (void)
{
  g_autoptr (PhNames) names = ph_names_new ();
  const char *first = ph_names_text (names, ph_names_intern (names, "first"));

  for (guint i = 0; i < 5000; i++)
    {
      g_autofree char *text = g_strdup_printf ("n%u", i);

      g_assert_cmpuint (ph_names_intern (names, text), ==, i + 2);
    }

  g_assert_cmpstr (first, ==, "first");
  g_assert_cmpstr (ph_names_text (names, 4001), ==, "n3999");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/names/same-text-same-name", test_same_text_same_name);
  g_test_add_func ("/names/many", test_many);

  return g_test_run ();
}
