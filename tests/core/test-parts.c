/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-parts.h"

#include <string.h>

static const gint64 numbers[] = {
  0,
  1,
  -1,
  63,
  64,
  -64,
  -65,
  127,
  128,
  16383,
  16384,
  1LL << 40,
  G_MAXINT64,
  G_MININT64,
};

static void
test_numbers (void)
{
  g_autoptr (PhParts) parts = ph_parts_new ();
  PhPartsReader reader = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      ph_parts_put_signed (parts, numbers[i]);
      ph_parts_put_number (parts, (guint64) numbers[i]);
      g_assert_cmpint (ph_varint_unzigzag (ph_varint_zigzag (numbers[i])), ==, numbers[i]);
    }

  memcpy (ph_parts_put_room (parts, 3), "abc", 3);
  reader.at = parts->bytes->data;
  reader.end = reader.at + parts->bytes->len;

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_assert_cmpint (ph_parts_take_signed (&reader), ==, numbers[i]);
      g_assert_cmpuint (ph_parts_take_number (&reader, G_MAXUINT64), ==, (guint64) numbers[i]);
    }

  g_assert_cmpmem (ph_parts_take_bytes (&reader, 3), 3, "abc", 3);
  g_assert_false (reader.bad);
  g_assert_true (reader.at == reader.end);
}

static void
test_bad (void)
{
  static const struct
  {
    const char *bytes;
    gsize size;
    guint64 limit;
    gboolean bad;
  } cases[] = {
    { "", 0, 10, TRUE },
    { "\x0a", 1, 10, FALSE },
    { "\x0b", 1, 10, TRUE },
    { "\x80", 1, 10, TRUE },
    { "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 10, G_MAXUINT64, FALSE },
    { "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 11, G_MAXUINT64, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PhPartsReader reader = { (const guint8 *) cases[i].bytes, NULL, FALSE };

      reader.end = reader.at + cases[i].size;
      ph_parts_take_number (&reader, cases[i].limit);
      g_test_message ("case %u", i);
      g_assert_cmpint (reader.bad, ==, cases[i].bad);
    }

  {
    PhPartsReader reader = { (const guint8 *) "ab", NULL, FALSE };

    reader.end = reader.at + 2;
    g_assert_null (ph_parts_take_bytes (&reader, 3));
    g_assert_true (reader.bad);
  }
}

/* Cuts rise, and no part is too small to have a statistic of its own. */
static void
test_cuts (void)
{
  g_autoptr (PhParts) parts = ph_parts_new ();
  gsize last = 0;

  ph_parts_cut (parts);

  for (guint i = 0; i < 300; i++)
    {
      guint8 *room = ph_parts_put_room (parts, i);

      for (guint n = 0; n < i; n++)
        room[n] = 0;

      ph_parts_cut (parts);
      ph_parts_cut (parts);
    }

  g_assert_cmpuint (parts->cuts->len, >, 150);
  g_assert_cmpuint (parts->cuts->len, <, 300);

  for (guint i = 0; i < parts->cuts->len; i++)
    {
      gsize cut = g_array_index (parts->cuts, gsize, i);

      g_assert_cmpuint (cut, >=, last + 100);
      last = cut;
    }

  g_assert_cmpuint (last, <=, parts->bytes->len);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/parts/numbers", test_numbers);
  g_test_add_func ("/parts/bad", test_bad);
  g_test_add_func ("/parts/cuts", test_cuts);

  return g_test_run ();
}
