/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-body.h"

#include <string.h>

#define TEXT(text) text, sizeof text - 1

static void
test_open (void)
{
  static const struct
  {
    const char *text;
    gsize size;
    gboolean is_base64;
    const char *bytes; /* NULL: nothing */
    gsize n_bytes;
  } cases[] = {
    { TEXT ("{\"a\":\"ü\"}"), FALSE, TEXT ("{\"a\":\"ü\"}") },
    { TEXT ("hello"), FALSE, TEXT ("hello") },
    { TEXT ("aGVsbG8="), TRUE, TEXT ("hello") },
    { TEXT ("eyJhIjoxfQ=="), TRUE, TEXT ("{\"a\":1}") },
    /* Nobody said that it is. */
    { TEXT ("eyJhIjoxfQ=="), FALSE, TEXT ("{\"a\":1}") },
    { TEXT ("H4sIAAA="), FALSE, TEXT ("\x1f\x8b\x08\0\0") },
    /* A character for each byte. */
    { TEXT ("\x1f\xc2\x8b\x08\xc3\xbf"), FALSE, TEXT ("\x1f\x8b\x08\xff") },
    { TEXT ("x\xc2\x9c\xc3\xa4"), FALSE, TEXT ("x\x9c\xe4") },
    { TEXT ("\xe2\x82\xac"), FALSE, TEXT ("\xe2\x82\xac") },
    /* Forms. */
    { TEXT ("data=%7B%22a%22%3A1%7D"), FALSE, TEXT ("{\"a\":1}") },
    { TEXT ("data=eyJhIjoxfQ%3D%3D&compression=base64"), FALSE, TEXT ("{\"a\":1}") },
    { TEXT ("ZGF0YT1leUpoSWpveGZRJTNEJTNE"), TRUE, TEXT ("{\"a\":1}") },
    { TEXT ("data=N4IgpgbmB2AuIC4QBIDO0CGAHVALA9vADQgAeiA2gIxE1220C6AvkA%3D%3D"), FALSE,
      TEXT ("{\"event\":\"$snapshot\",\"x\":[1,1,1,1,1,1]}") },
    { TEXT ("data=%"), FALSE, TEXT ("data=%") },
    { TEXT (""), FALSE, NULL, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize size = cases[i].size;
      g_autofree char *text = g_memdup2 (size > 0 ? cases[i].text : "?", MAX (size, 1));
      g_autoptr (GBytes) bytes = ph_body_open (text, size, cases[i].is_base64);

      g_test_message ("case %u", i);

      if (cases[i].bytes == NULL)
        g_assert_null (bytes);
      else
        g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), cases[i].bytes,
                         cases[i].n_bytes);
    }
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/body/open", test_open);

  return g_test_run ();
}
