/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-hash.h"

#define BUCKET_BITS 12
#define N_BUCKETS (1 << BUCKET_BITS)

/* Texts that are all one to g_str_hash(). */
static char *
make_twin (guint number,
           guint n_pairs)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n_pairs; i++)
    g_string_append (text, (number >> i) & 1 ? "Ab" : "BA");

  return g_string_free (text, FALSE);
}

static void
test_text (void)
{
  g_autoptr (GHashTable) hashes = g_hash_table_new (NULL, NULL);
  g_autofree char *first = make_twin (0, BUCKET_BITS);

  for (guint i = 0; i < N_BUCKETS; i++)
    {
      g_autofree char *text = make_twin (i, BUCKET_BITS);

      g_assert_cmpuint (g_str_hash (text), ==, g_str_hash (first));
      g_hash_table_add (hashes, GUINT_TO_POINTER (ph_hash_text (text)));
    }

  /* Of 4096 random numbers of 32 bits hardly ever two are the same. */
  g_assert_cmpuint (g_hash_table_size (hashes), >, N_BUCKETS - 8);
  g_assert_cmpuint (ph_hash_text (first), ==, ph_hash_text (first));
}

/* Ids at any distance from each other spread over the buckets of a table. */
static void
test_ids (void)
{
  for (guint shift = 0; shift < 18; shift++)
    {
      g_autofree guint *buckets = g_new0 (guint, N_BUCKETS);
      guint fullest = 0;

      for (gint32 i = 0; i < N_BUCKETS; i++)
        {
          guint32 hash = ph_hash_id (i << shift);

          buckets[hash >> (32 - BUCKET_BITS)]++;
          fullest = MAX (fullest, buckets[hash >> (32 - BUCKET_BITS)]);
          g_assert_cmpuint (ph_hash_int (GINT_TO_POINTER (i << shift)), ==, hash);
        }

      g_test_message ("ids %u apart: %u in the fullest of %d", 1U << shift, fullest, N_BUCKETS);
      g_assert_cmpuint (fullest, <, N_BUCKETS / 64);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/hash/text", test_text);
  g_test_add_func ("/hash/ids", test_ids);

  return g_test_run ();
}
