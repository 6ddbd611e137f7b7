/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-varint.h"

static void
assert_round_trip (guint64 number,
                   guint n_bytes)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  const guint8 *at;
  guint64 again;

  ph_varint_append (bytes, number);
  g_assert_cmpuint (bytes->len, ==, n_bytes);
  at = bytes->data;
  g_assert_true (ph_varint_take (&at, bytes->data + bytes->len, &again));
  g_assert_cmpuint (again, ==, number);
  g_assert_true (at == bytes->data + bytes->len);

  /* Cut anywhere, it is none. */
  for (guint n = 0; n < n_bytes; n++)
    {
      at = bytes->data;
      g_assert_false (ph_varint_take (&at, bytes->data + n, &again));
      g_assert_true (at <= bytes->data + n);
    }
}

static void
test_round_trip (void)
{
  static const struct
  {
    guint64 number;
    guint n_bytes;
  } cases[] = {
    { 0, 1 },
    { 127, 1 },
    { 128, 2 },
    { 16383, 2 },
    { 16384, 3 },
    { G_MAXUINT32, 5 },
    { G_MAXINT64, 9 },
    { G_MAXUINT64, 10 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_round_trip (cases[i].number, cases[i].n_bytes);
}

/* One that never ends is not followed for ever. */
static void
test_endless (void)
{
  guint8 bytes[32];
  const guint8 *at = bytes;
  guint64 number;

  for (guint i = 0; i < sizeof bytes; i++)
    bytes[i] = 0xff;

  g_assert_false (ph_varint_take (&at, bytes + sizeof bytes, &number));
  g_assert_true (at <= bytes + 10);
}

static void
test_zigzag (void)
{
  static const gint64 numbers[] = { 0, -1, 1, -2, 2, G_MAXINT64, G_MININT64 };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      if (i < 5)
        g_assert_cmpuint (ph_varint_zigzag (numbers[i]), ==, i);

      g_assert_cmpint (ph_varint_unzigzag (ph_varint_zigzag (numbers[i])), ==, numbers[i]);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/varint/round-trip", test_round_trip);
  g_test_add_func ("/varint/endless", test_endless);
  g_test_add_func ("/varint/zigzag", test_zigzag);

  return g_test_run ();
}
