/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-aside.h"

#include <string.h>

/* What is put aside is there again, in any order. */
static void
test_again (void)
{
  g_autoptr (PhAside) aside = ph_aside_new ();
  guint64 places[100];

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *text = g_strdup_printf ("%u and more", i);

      g_assert_true (ph_aside_put (aside, text, strlen (text), &places[i]));
    }

  for (guint i = G_N_ELEMENTS (places); i > 0; i--)
    {
      g_autofree char *wanted = g_strdup_printf ("%u and more", i - 1);
      g_autofree char *text = ph_aside_get (aside, places[i - 1], strlen (wanted));

      g_assert_cmpstr (text, ==, wanted);
    }
}

/* Nothing is there that was not put there. */
static void
test_outside (void)
{
  g_autoptr (PhAside) aside = ph_aside_new ();
  g_autofree char *text = NULL;
  guint64 at;

  g_assert_null (ph_aside_get (aside, 0, 1));
  g_assert_true (ph_aside_put (aside, "abc", 3, &at));
  g_assert_null (ph_aside_get (aside, at, 4));
  g_assert_null (ph_aside_get (aside, G_MAXUINT64, 2));
  g_assert_null (ph_aside_get (aside, 4, 0));
  text = ph_aside_get (aside, at + 1, 2);
  g_assert_cmpstr (text, ==, "bc");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/aside/again", test_again);
  g_test_add_func ("/aside/outside", test_outside);

  return g_test_run ();
}
