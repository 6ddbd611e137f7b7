/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-lz.h"

#include <string.h>

static void
test_unpack (void)
{
  /* Made by lz-string 1.5. */
  static const struct
  {
    const char *packed;
    const char *text;
  } cases[] = {
    { "Q===", "" },
    { "IZA=", "a" },
    { "BYUwNmD2AEDukCcwBMg=", "hello world" },
    { "N4IgpgbmB2AuIC4QBIDO0CGAHVALA9vADQgAeiA2gIxE1220C6AvkA==",
      "{\"event\":\"$snapshot\",\"x\":[1,1,1,1,1,1]}" },
    { "CcN4P4NQQAQIZ/C5ULwbgAPbUA==", "äöü€ aaaaaaaaaaaa 😀😀" },
    { "", NULL },
    { "?", NULL },
    { "A", NULL },
    { "BYUwNmD2AEDukCcw", NULL },
    { "////", NULL },
    { "hello world", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) text =
        ph_lz_unpack (cases[i].packed, strlen (cases[i].packed), 1000);

      g_test_message ("case %u", i);
      g_assert_cmpstr (text != NULL ? text->str : NULL, ==, cases[i].text);
    }
}

/* Whatever the digits are, it ends, and no more comes out than may. */
static void
test_noise (void)
{
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  g_autoptr (GRand) random = g_rand_new_with_seed (11);

  for (guint i = 0; i < 3000; i++)
    {
      char text[400];
      g_autoptr (GString) out = NULL;

      for (guint k = 0; k < sizeof text; k++)
        text[k] = digits[g_rand_int_range (random, 0, 64)];

      out = ph_lz_unpack (text, (gsize) g_rand_int_range (random, 0, sizeof text), 500);
      g_assert_true (out == NULL || (out->len <= 500 && g_utf8_validate (out->str, -1, NULL)));
    }
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lz/unpack", test_unpack);
  g_test_add_func ("/lz/noise", test_noise);

  return g_test_run ();
}
