/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-health.h"
#include "ph-limits.h"

static void
test_counts_all_keeps_few (void)
{
  g_autoptr (PhHealth) health = ph_health_new ();
  const PhFinding *examples;
  guint n;

  for (guint i = 0; i < 100; i++)
    ph_health_add (health, PH_HEALTH_UNKNOWN_NODE, i, "node %u", i);

  ph_health_add (health, PH_HEALTH_TRUNCATED, PH_TIME_NONE, "the end");
  examples = ph_health_examples (health, PH_HEALTH_UNKNOWN_NODE, &n);

  g_assert_cmpuint (ph_health_count (health, PH_HEALTH_UNKNOWN_NODE), ==, 100);
  g_assert_cmpuint (ph_health_count (health, PH_HEALTH_DAMAGED), ==, 0);
  g_assert_cmpuint (ph_health_total (health), ==, 101);
  g_assert_cmpuint (n, ==, PH_LIMIT_FINDING_EXAMPLES);
  g_assert_cmpstr (examples[1].text, ==, "node 1");
  g_assert_cmpint (examples[1].time, ==, 1);
}

static void
test_nobody_listens (void)
{
  ph_health_add (NULL, PH_HEALTH_DAMAGED, 0, "nothing happens");
  ph_health_free (NULL);
}

/* Names are an interface, titles are for people: each kind has its own of both. */
static void
test_every_kind_has_texts (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint kind = 0; kind < PH_HEALTH_N_KINDS; kind++)
    {
      g_assert_nonnull (ph_health_kind_name (kind));
      g_assert_nonnull (ph_health_kind_title (kind));
      g_assert_true (g_hash_table_add (seen, (gpointer) ph_health_kind_name (kind)));
      g_assert_true (g_hash_table_add (seen, (gpointer) ph_health_kind_title (kind)));
    }
}

static void
test_kind_from_name (void)
{
  PhHealthKind kind;

  for (guint i = 0; i < PH_HEALTH_N_KINDS; i++)
    {
      g_assert_true (ph_health_kind_from_name (ph_health_kind_name (i), &kind));
      g_assert_cmpuint (kind, ==, i);
    }

  g_assert_false (ph_health_kind_from_name ("", &kind));
  g_assert_false (ph_health_kind_from_name ("no-kind", &kind));
}

static void
test_silent (void)
{
  g_autoptr (PhHealth) health = ph_health_new ();
  guint n;

  ph_health_add_silent (health, PH_HEALTH_LIMIT, 7);
  ph_health_add (health, PH_HEALTH_LIMIT, 1, "told");
  ph_health_add_silent (NULL, PH_HEALTH_LIMIT, 7);
  g_assert_cmpuint (ph_health_count (health, PH_HEALTH_LIMIT), ==, 8);
  g_assert_cmpuint (ph_health_total (health), ==, 8);
  ph_health_examples (health, PH_HEALTH_LIMIT, &n);
  g_assert_cmpuint (n, ==, 1);
}

/* A copy says the same, and does not change with what it was made from. */
static void
test_copy (void)
{
  g_autoptr (PhHealth) health = ph_health_new ();
  g_autoptr (PhHealth) copy = NULL;
  guint n;

  ph_health_add (health, PH_HEALTH_LIMIT, 5, "first");
  ph_health_add_silent (health, PH_HEALTH_DAMAGED, 7);
  copy = ph_health_copy (health);
  ph_health_add (health, PH_HEALTH_LIMIT, 6, "second");

  g_assert_cmpuint (ph_health_count (copy, PH_HEALTH_LIMIT), ==, 1);
  g_assert_cmpuint (ph_health_count (copy, PH_HEALTH_DAMAGED), ==, 7);
  g_assert_cmpstr (ph_health_examples (copy, PH_HEALTH_LIMIT, &n)->text, ==, "first");
  g_assert_cmpuint (n, ==, 1);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/health/counts-all-keeps-few", test_counts_all_keeps_few);
  g_test_add_func ("/health/nobody-listens", test_nobody_listens);
  g_test_add_func ("/health/every-kind-has-texts", test_every_kind_has_texts);
  g_test_add_func ("/health/kind-from-name", test_kind_from_name);
  g_test_add_func ("/health/silent", test_silent);
  g_test_add_func ("/health/copy", test_copy);

  return g_test_run ();
}
