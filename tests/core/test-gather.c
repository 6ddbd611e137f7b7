/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-gather.h"
#include "ph-limits.h"

#include <string.h>

static char *
add (PhGather *gather,
     const char *name,
     gint64 index,
     gint64 n,
     const char *piece)
{
  GString *whole = ph_gather_add (gather, name, index, n, piece, strlen (piece));

  return whole != NULL ? g_string_free (whole, FALSE) : NULL;
}

/* In any order, among others, some twice. */
static void
test_order (void)
{
  g_autoptr (PhHealth) health = ph_health_new ();
  g_autoptr (PhGather) gather = ph_gather_new (health);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *alone = NULL;

  g_assert_null (add (gather, "a", 2, 3, "three"));
  g_assert_null (add (gather, "b", 0, 2, "B"));
  g_assert_null (add (gather, "a", 0, 3, "one "));
  g_assert_null (add (gather, "a", 0, 3, "again"));
  first = add (gather, "a", 1, 3, "two ");
  g_assert_cmpstr (first, ==, "one two three");
  second = add (gather, "b", 1, 2, "C");
  g_assert_cmpstr (second, ==, "BC");
  alone = add (gather, "a", 0, 1, "anew");
  g_assert_cmpstr (alone, ==, "anew");
  ph_gather_end (gather);
  g_assert_cmpuint (ph_health_total (health), ==, 0);
}

static void
test_odd (void)
{
  static const gint64 cases[][2] = { { -1, 3 }, { 3, 3 }, { 0, 0 }, { 0, -5 }, { 1, G_MAXINT64 } };
  g_autoptr (PhHealth) health = ph_health_new ();
  g_autoptr (PhGather) gather = ph_gather_new (health);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_null (add (gather, "a", cases[i][0], cases[i][1], "x"));

  g_assert_cmpuint (ph_health_count (health, PH_HEALTH_ODD_VALUE), ==, G_N_ELEMENTS (cases));

  /* Another count than the first piece said. */
  g_assert_null (add (gather, "a", 0, 2, "x"));
  g_assert_null (add (gather, "a", 5, 9, "x"));
  ph_gather_end (gather);
  g_assert_cmpuint (ph_health_count (health, PH_HEALTH_TRUNCATED), ==, 1);
}

/* What never becomes whole is bounded, in number and in bytes. */
static void
test_limits (void)
{
  g_autoptr (PhHealth) health = ph_health_new ();
  g_autoptr (PhGather) gather = ph_gather_new (health);
  gsize size = 20UL * 1024 * 1024;
  g_autofree char *piece = g_strnfill (size, 'x');

  for (guint i = 0; i < PH_GATHER_TEXTS + 6; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);

      g_assert_null (add (gather, name, 0, 2, "x"));
    }

  g_assert_cmpuint (ph_health_count (health, PH_HEALTH_LIMIT), ==, 6);

  for (guint i = 0; i < 20; i++)
    g_assert_null (ph_gather_add (gather, "large", i, 100, piece, size));

  g_assert_cmpuint (ph_health_count (health, PH_HEALTH_LIMIT), >, 6 + PH_GATHER_TEXTS - 1);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/gather/order", test_order);
  g_test_add_func ("/gather/odd", test_odd);
  g_test_add_func ("/gather/limits", test_limits);

  return g_test_run ();
}
