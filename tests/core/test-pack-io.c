/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-pack-io.h"

#define FORMAT 7

static GBytes *
pack (PhNames *names)
{
  PhPackOut out = ph_pack_out_begin (names);

  ph_pack_put_byte (&out, 200);
  ph_pack_put_number (&out, G_MAXUINT64);
  ph_pack_put_id (&out, G_MAXINT32);
  ph_pack_put_id (&out, G_MININT32);
  ph_pack_put_double (&out, -0.5);
  ph_pack_put_string (&out, PH_PACK_VALUES, "ü");
  ph_pack_put_string (&out, PH_PACK_TEXTS, "");
  ph_pack_put_name (&out, ph_names_intern (names, "a"));
  ph_pack_put_name (&out, ph_names_intern (names, "b"));
  ph_pack_put_name (&out, ph_names_intern (names, "a"));

  return ph_pack_out_finish (&out, FORMAT);
}

static void
assert_string (PhPackIn *in,
               PhPackStream stream,
               const char *wanted)
{
  GRefString *text = ph_pack_take_string (in, stream);

  g_assert_cmpstr (text, ==, wanted);
  g_ref_string_release (text);
}

static void
test_round_trip (void)
{
  g_autoptr (PhNames) names = ph_names_new ();
  g_autoptr (PhNames) others = ph_names_new ();
  g_autoptr (GBytes) bytes = pack (names);
  PhPackIn in;

  ph_names_intern (others, "b");
  in = ph_pack_in_begin (bytes, FORMAT, others);
  g_assert_cmpuint (ph_pack_take_byte (&in), ==, 200);
  g_assert_true (ph_pack_take_number (&in) == G_MAXUINT64);
  g_assert_cmpint (ph_pack_take_id (&in), ==, G_MAXINT32);
  g_assert_cmpint (ph_pack_take_id (&in), ==, G_MININT32);
  g_assert_cmpfloat_with_epsilon (ph_pack_take_double (&in), -0.5, 1e-9);
  assert_string (&in, PH_PACK_VALUES, "ü");
  assert_string (&in, PH_PACK_TEXTS, "");
  g_assert_cmpuint (ph_pack_take_name (&in), ==, ph_names_find (others, "a"));
  g_assert_cmpuint (ph_pack_take_name (&in), ==, ph_names_find (others, "b"));
  g_assert_true (ph_pack_in_has_more (&in));
  g_assert_cmpuint (ph_pack_take_name (&in), ==, ph_names_find (others, "a"));
  g_assert_false (ph_pack_in_has_more (&in));
  g_assert_true (ph_pack_in_finish (&in));
}

/* What was not read to its end, is cut, or has another format is no page of ours. */
static void
test_damage (void)
{
  g_autoptr (PhNames) names = ph_names_new ();
  g_autoptr (GBytes) bytes = pack (names);
  gsize size = g_bytes_get_size (bytes);

  for (gsize n = 0; n <= size; n++)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (bytes, 0, n);
      PhPackIn in = ph_pack_in_begin (cut, n == size ? FORMAT + 1 : FORMAT, names);

      ph_pack_take_byte (&in);
      ph_pack_take_number (&in);
      ph_pack_take_id (&in);
      ph_pack_take_id (&in);
      ph_pack_take_double (&in);
      g_ref_string_release (ph_pack_take_string (&in, PH_PACK_VALUES));
      g_ref_string_release (ph_pack_take_string (&in, PH_PACK_TEXTS));
      ph_pack_take_name (&in);
      ph_pack_take_name (&in);
      ph_pack_take_name (&in);
      g_assert_false (ph_pack_in_finish (&in));
    }
}

static void
test_left_over (void)
{
  g_autoptr (PhNames) names = ph_names_new ();
  g_autoptr (GBytes) bytes = pack (names);
  PhPackIn in = ph_pack_in_begin (bytes, FORMAT, names);

  ph_pack_take_byte (&in);
  g_assert_false (in.bad);
  g_assert_false (ph_pack_in_finish (&in));
}

static void
test_bounds (void)
{
  g_autoptr (PhNames) names = ph_names_new ();
  PhPackOut out = ph_pack_out_begin (names);
  g_autoptr (GBytes) bytes = NULL;
  PhPackIn in;

  ph_pack_put_number (&out, 10);
  ph_pack_put_number (&out, 11);
  ph_pack_put_string (&out, PH_PACK_TEXTS, "\xff");
  bytes = ph_pack_out_finish (&out, FORMAT);

  in = ph_pack_in_begin (bytes, FORMAT, names);
  g_assert_cmpuint (ph_pack_take_bounded (&in, 10), ==, 10);
  g_assert_false (in.bad);
  g_assert_cmpuint (ph_pack_take_bounded (&in, 10), ==, 0);
  g_assert_true (in.bad);
  in.bad = FALSE;
  assert_string (&in, PH_PACK_TEXTS, "");
  g_assert_true (in.bad);
  g_assert_false (ph_pack_in_finish (&in));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pack-io/round-trip", test_round_trip);
  g_test_add_func ("/pack-io/damage", test_damage);
  g_test_add_func ("/pack-io/left-over", test_left_over);
  g_test_add_func ("/pack-io/bounds", test_bounds);

  return g_test_run ();
}
