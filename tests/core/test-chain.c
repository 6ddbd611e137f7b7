/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-chain.h"

#include "ph-pack-files.h"
#include "ph-pack.h"

#include <string.h>

static char *
read_all (GInputStream *stream,
          gsize size)
{
  GString *out = g_string_new (NULL);
  g_autofree char *piece = g_malloc (size);
  gssize n;

  while ((n = g_input_stream_read (stream, piece, size, NULL, NULL)) > 0)
    g_string_append_len (out, piece, n);

  g_assert_cmpint (n, ==, 0);

  return g_string_free (out, FALSE);
}

/* Each member packed in another way, or not at all, in the order that is asked for. */
static void
test_chain (void)
{
  static const char *const names[] = { "a", "b", "c" };
  static const struct
  {
    guint members[4];
    guint n;
    const char *separator;
    const char *text;
  } cases[] = {
    { { 0, 1, 2 }, 3, "", "onetwothree" },
    { { 0, 1, 2 }, 3, "\r\n", "one\r\ntwo\r\nthree" },
    { { 2, 0 }, 2, "", "threeone" },
    { { 1 }, 1, "\n", "two" },
    { { 0 }, 0, "\n", "" },
  };
  g_autoptr (GBytes) one = g_bytes_new_static ("one", 3);
  g_autoptr (GBytes) two = g_bytes_new_static ("two", 3);
  g_autoptr (GBytes) three = g_bytes_new_static ("three", 5);
  g_autoptr (GBytes) gzip = ph_pack_gzip (two);
  g_autoptr (GBytes) zstd = ph_pack_zstd (three);
  GBytes *contents[] = { one, gzip, zstd };
  g_autoptr (GBytes) zip = ph_pack_files ("zip", names, contents, 3);
  g_autoptr (GInputStream) file = g_memory_input_stream_new_from_bytes (zip);
  g_autoptr (PhBundle) bundle = ph_bundle_open_stream (file, NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize size = 1; size < 12; size++)
      {
        g_autoptr (GInputStream) stream =
          ph_chain_new (bundle, cases[i].members, cases[i].n, cases[i].separator);
        g_autofree char *text = read_all (stream, size);

        g_assert_cmpstr (text, ==, cases[i].text);
      }
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chain/chain", test_chain);

  return g_test_run ();
}
