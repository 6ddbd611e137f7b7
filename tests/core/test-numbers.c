/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-numbers.h"

/* Bytes it takes; what is read must be what was put. */
static guint
go_round (const gint64 *numbers,
          const gint64 *others,
          guint n)
{
  g_autoptr (PhParts) parts = ph_parts_new ();
  g_auto (PhNumbers) column = { 0 };
  PhPartsReader reader = { 0 };

  ph_numbers_put (parts, numbers, others, n);

  if (n > 0)
    reader = (PhPartsReader) { parts->bytes->data, parts->bytes->data + parts->bytes->len, FALSE };

  ph_numbers_take (&column, &reader, n);
  g_assert_false (reader.bad);
  g_assert_true (reader.at == reader.end);

  for (guint i = 0; i < n; i++)
    g_assert_cmpint (ph_numbers_next (&column, others != NULL ? others[i] : 0), ==, numbers[i]);

  g_assert_false (column.bad);
  g_assert_cmpint (ph_numbers_next (&column, 0), ==, 0);
  g_assert_true (column.bad);

  return parts->bytes->len;
}

static gint64
make_number (guint kind,
             guint i,
             GRand *rand)
{
  switch (kind)
    {
    case 0: /* all the same */
      return -7;
    case 1: /* even steps */
      return 1000 + 16 * (gint64) i;
    case 2: /* small ones */
      return g_rand_int_range (rand, 0, 10);
    case 3: /* near the one before */
      return (gint64) i * 100 + g_rand_int_range (rand, -20, 20);
    case 4: /* few different ones */
      return g_rand_int_range (rand, 0, 40) * 997 - 5000;
    case 5: /* anything */
      return (gint64) ((guint64) g_rand_int (rand) << 32 | g_rand_int (rand));
    case 6: /* the ends */
      return i % 2 == 0 ? G_MAXINT64 : G_MININT64;
    default: /* mostly small, sometimes huge */
      return g_rand_int_range (rand, 0, 50) == 0 ? G_MININT64 + (gint64) i : (gint64) i % 3;
    }
}

#define N_KINDS 8

static void
test_round_trip (void)
{
  static const guint sizes[] = { 0, 1, 2, 3, 4, 5, 95, 96, 97, 255, 256, 1000 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);

  for (guint kind = 0; kind < N_KINDS; kind++)
    for (guint k = 0; k < G_N_ELEMENTS (sizes); k++)
      {
        g_autofree gint64 *numbers = g_new0 (gint64, 1000);
        g_autofree gint64 *others = g_new0 (gint64, 1000);

        for (guint i = 0; i < sizes[k]; i++)
          {
            numbers[i] = make_number (kind, i, rand);
            others[i] = make_number (g_rand_int (rand) % N_KINDS, i, rand);
          }

        g_test_message ("kind %u, %u of them", kind, sizes[k]);
        go_round (numbers, NULL, sizes[k]);
        go_round (numbers, others, sizes[k]);

        /* Near the other ones. */
        for (guint i = 0; i < sizes[k]; i++)
          others[i] = (gint64) ((guint64) numbers[i] - i % 4);

        go_round (numbers, others, sizes[k]);
      }
}

/* Each way is taken where it is the best one. */
static void
test_size (void)
{
  static const guint most[N_KINDS] = { 5, 6, 1010, 1010, 1120, 8020, 8020, 8020 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  gint64 numbers[1000];
  gint64 others[1000];

  for (guint kind = 0; kind < N_KINDS; kind++)
    {
      for (guint i = 0; i < 1000; i++)
        numbers[i] = make_number (kind, i, rand);

      g_test_message ("kind %u", kind);
      g_assert_cmpuint (go_round (numbers, NULL, 1000), <=, most[kind]);
    }

  for (guint i = 0; i < 1000; i++)
    {
      others[i] = make_number (5, i, rand);
      numbers[i] = (gint64) ((guint64) others[i] + 3);
    }

  g_assert_cmpuint (go_round (numbers, others, 1000), <=, 5);
}

/* Any bytes: an error, or numbers. */
static void
test_damaged (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (6);

  for (guint round = 0; round < 20000; round++)
    {
      guint8 bytes[40];
      PhPartsReader reader = { bytes, bytes + g_rand_int_range (rand, 0, 40), FALSE };
      guint n = (guint) g_rand_int_range (rand, 0, round % 8 == 0 ? 1000 : 20);
      g_auto (PhNumbers) column = { 0 };

      for (guint i = 0; i < G_N_ELEMENTS (bytes); i++)
        bytes[i] = (guint8) g_rand_int_range (rand, 0, round % 2 == 0 ? 256 : 6);

      ph_numbers_take (&column, &reader, n);
      g_assert_true (reader.at <= reader.end);

      for (guint i = 0; i < n && !column.bad; i++)
        ph_numbers_next (&column, 1);

      g_assert_true (!reader.bad || column.bad || n == 0);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/numbers/round-trip", test_round_trip);
  g_test_add_func ("/numbers/size", test_size);
  g_test_add_func ("/numbers/damaged", test_damaged);

  return g_test_run ();
}
