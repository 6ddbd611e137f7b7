/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-hash-stream.h"

/* FIPS 180-2, appendix B, and the sum of nothing. */
static void
test_known (void)
{
  static const struct
  {
    const char *text;
    const char *sum;
  } cases[] = {
    { "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
    { "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
    { "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GInputStream) base = g_memory_input_stream_new_from_data (cases[i].text, -1, NULL);
      g_autoptr (PhHashStream) stream = ph_hash_stream_new (base);
      g_autofree char *sum = ph_hash_stream_finish (stream, NULL, NULL);

      g_assert_cmpstr (sum, ==, cases[i].sum);
    }
}

/* It does not matter how much was read before, nor in which pieces. */
static void
test_pieces (void)
{
  g_autofree char *text = g_malloc (200000);
  g_autofree char *wanted = NULL;

  for (guint i = 0; i < 200000; i++)
    text[i] = (char) g_test_rand_int ();

  wanted = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) text, 200000);

  for (guint round = 0; round < 20; round++)
    {
      g_autoptr (GInputStream) base = g_memory_input_stream_new_from_data (text, 200000, NULL);
      g_autoptr (PhHashStream) stream = ph_hash_stream_new (base);
      g_autofree char *sum = NULL;
      char piece[5000];

      for (guint i = 0; i < round; i++)
        g_assert_cmpint (g_input_stream_read (G_INPUT_STREAM (stream), piece,
                                              (gsize) g_test_rand_int_range (1, 5000), NULL, NULL),
                         >, 0);

      sum = ph_hash_stream_finish (stream, NULL, NULL);
      g_assert_cmpstr (sum, ==, wanted);
    }
}

static void
test_cancelled (void)
{
  g_autoptr (GInputStream) base = g_memory_input_stream_new_from_data ("abc", -1, NULL);
  g_autoptr (PhHashStream) stream = ph_hash_stream_new (base);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (ph_hash_stream_finish (stream, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/hash-stream/known", test_known);
  g_test_add_func ("/hash-stream/pieces", test_pieces);
  g_test_add_func ("/hash-stream/cancelled", test_cancelled);

  return g_test_run ();
}
