/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-pack.h"
#include "ph-snappy.h"

#include <string.h>

#define LIMIT ((gsize) 100000000)

#define BLOCK(bytes) bytes, sizeof bytes - 1

/* Each kind of element, and each way one can be wrong. */
static void
test_table (void)
{
  static const struct
  {
    const char *data;
    gsize size;
    PhSnappyResult result;
    const char *text;
  } cases[] = {
    { BLOCK ("\0"), PH_SNAPPY_WHOLE, "" },
    { BLOCK ("\003\010abc"), PH_SNAPPY_WHOLE, "abc" },
    { BLOCK ("\003\360\002abc"), PH_SNAPPY_WHOLE, "abc" },
    { BLOCK ("\003\364\002\000abc"), PH_SNAPPY_WHOLE, "abc" },
    { BLOCK ("\003\374\002\000\000\000abc"), PH_SNAPPY_WHOLE, "abc" },
    /* A copy of one, two and four bytes of offset. */
    { BLOCK ("\007\010abc\001\003"), PH_SNAPPY_WHOLE, "abcabca" },
    { BLOCK ("\005\010abc\006\003\000"), PH_SNAPPY_WHOLE, "abcab" },
    { BLOCK ("\005\010abc\007\002\000\000\000"), PH_SNAPPY_WHOLE, "abcbc" },
    { BLOCK ("\010\000a\032\001\000"), PH_SNAPPY_WHOLE, "aaaaaaaa" },
    /* Cut off. */
    { BLOCK (""), PH_SNAPPY_TRUNCATED, "" },
    { BLOCK ("\200"), PH_SNAPPY_TRUNCATED, "" },
    { BLOCK ("\003"), PH_SNAPPY_TRUNCATED, "" },
    { BLOCK ("\003\010ab"), PH_SNAPPY_TRUNCATED, "ab" },
    { BLOCK ("\003\364\002"), PH_SNAPPY_TRUNCATED, "" },
    { BLOCK ("\005\010abc\006\003"), PH_SNAPPY_TRUNCATED, "abc" },
    /* Wrong. */
    { BLOCK ("\377\377\377\377\377\377"), PH_SNAPPY_DAMAGED, "" },
    { BLOCK ("\002\010abc"), PH_SNAPPY_DAMAGED, "" },
    { BLOCK ("\003\010abcd"), PH_SNAPPY_DAMAGED, "abc" },
    { BLOCK ("\005\010abc\006\004\000"), PH_SNAPPY_DAMAGED, "abc" },
    { BLOCK ("\005\010abc\006\000\000"), PH_SNAPPY_DAMAGED, "abc" },
    { BLOCK ("\004\010abc\006\003\000"), PH_SNAPPY_DAMAGED, "abc" },
    { BLOCK ("\377\377\377\377\017"), PH_SNAPPY_TOO_LARGE, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      /* Exact, so that reading behind it is seen. */
      g_autofree guint8 *data = g_malloc (MAX (cases[i].size, 1));
      g_autoptr (GByteArray) out = g_byte_array_new ();

      memcpy (data, cases[i].data, cases[i].size);
      g_test_message ("case %u", i);
      g_assert_cmpint (ph_snappy_unpack (data, cases[i].size, LIMIT, out), ==, cases[i].result);
      g_assert_cmpmem (out->data, out->len, cases[i].text, strlen (cases[i].text));
    }
}

static void
test_length (void)
{
  gsize length = 0;
  gsize header = 0;

  g_assert_true (ph_snappy_length ((const guint8 *) "\054x", 2, &length, &header));
  g_assert_cmpuint (length, ==, 44);
  g_assert_cmpuint (header, ==, 1);
  g_assert_true (ph_snappy_length ((const guint8 *) "\254\002", 2, &length, &header));
  g_assert_cmpuint (length, ==, 300);
  g_assert_cmpuint (header, ==, 2);
  g_assert_false (ph_snappy_length ((const guint8 *) "\254", 1, &length, &header));
  g_assert_false (ph_snappy_length ((const guint8 *) "\377\377\377\377\177", 5, &length, &header));
}

/* A length that is only claimed costs no memory. */
static void
test_claim (void)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();

  g_assert_cmpint (ph_snappy_unpack ((const guint8 *) "\377\377\377\057\000a", 6, 200000000, out),
                   ==,
                   PH_SNAPPY_TRUNCATED);
  g_assert_cmpuint (out->len, ==, 1);
}

/* What was packed comes back; cut anywhere, its beginning does. */
static void
test_round_trip (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 300; i++)
    {
      g_autoptr (GBytes) packed = NULL;
      g_autoptr (GByteArray) out = g_byte_array_new ();
      const guint8 *data;
      gsize size;
      gsize cut;

      for (int n = g_rand_int_range (random, 0, 200); n > 0; n--)
        g_string_append_c (text, (char) g_rand_int_range (random, 'a', i % 3 == 0 ? 'd' : 'z'));

      packed = ph_pack_snappy (text->str, text->len);
      data = g_bytes_get_data (packed, &size);
      g_assert_cmpint (ph_snappy_unpack (data, size, LIMIT, out), ==, PH_SNAPPY_WHOLE);
      g_assert_cmpmem (out->data, out->len, text->str, text->len);

      cut = (gsize) g_rand_int_range (random, 0, (int) size);
      g_assert_cmpint (ph_snappy_unpack (data, cut, LIMIT, out), ==,
                       text->len == 0 && cut > 0 ? PH_SNAPPY_WHOLE : PH_SNAPPY_TRUNCATED);
      g_assert_cmpmem (out->data, out->len, text->str, out->len);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/snappy/table", test_table);
  g_test_add_func ("/snappy/length", test_length);
  g_test_add_func ("/snappy/claim", test_claim);
  g_test_add_func ("/snappy/round-trip", test_round_trip);

  return g_test_run ();
}
