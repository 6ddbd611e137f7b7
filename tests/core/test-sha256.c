/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-sha256.h"

#include <string.h>

/* FIPS 180-2, appendix B. */
static void
test_vectors (void)
{
  static const struct
  {
    const char *text;
    const char *digest;
  } cases[] = {
    { "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
    { "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
    { "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
  };
  g_autoptr (PhSha256) sum = ph_sha256_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize size = strlen (cases[i].text);
      g_autofree char *whole = NULL;
      g_autofree char *halves = NULL;

      ph_sha256_add (sum, cases[i].text, size);
      whole = ph_sha256_finish (sum);
      g_assert_cmpstr (whole, ==, cases[i].digest);

      /* It began anew. */
      ph_sha256_add (sum, cases[i].text, size / 2);
      ph_sha256_add (sum, NULL, 0);
      ph_sha256_add (sum, cases[i].text + size / 2, size - size / 2);
      halves = ph_sha256_finish (sum);
      g_assert_cmpstr (halves, ==, cases[i].digest);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sha256/vectors", test_vectors);

  return g_test_run ();
}
