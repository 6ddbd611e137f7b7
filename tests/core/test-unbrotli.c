/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-unbrotli.h"

#include "ph-pack-brotli.h"

#include <gio/gio.h>
#include <string.h>

static gboolean
take_cb (const char *data,
         gsize size,
         gpointer user_data,
         GError **error)
{
  g_string_append_len (user_data, data, (gssize) size);

  return TRUE;
}

static gboolean
refuse_cb (const char *data,
           gsize size,
           gpointer user_data,
           GError **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "no more");

  return FALSE;
}

static char *
make_text (gsize size)
{
  GRand *random = g_rand_new_with_seed (7);
  char *text = g_malloc (size + 1);

  for (gsize i = 0; i < size; i++)
    text[i] = i % 2000 < 1500 ? 'a' : (char) g_rand_int_range (random, 32, 127);

  text[size] = '\0';
  g_rand_free (random);

  return text;
}

static void
feed_pieces (PhUnbrotli *unbrotli,
             const char *data,
             gsize size,
             gsize piece)
{
  for (gsize at = 0; at < size; at += piece)
    g_assert_true (ph_unbrotli_feed (unbrotli, data + at, MIN (piece, size - at), NULL));
}

/* Whole, cut and damaged: whatever the pieces, the same comes out. */
static void
test_pieces (void)
{
  g_autofree char *text = make_text (300000);
  g_autoptr (GBytes) plain = g_bytes_new_static (text, strlen (text));
  g_autoptr (GBytes) packed = ph_pack_brotli (plain);
  gsize size;
  const char *data = g_bytes_get_data (packed, &size);

  for (guint how = 0; how < 3; how++)
    {
      g_autofree char *copy = g_memdup2 (data, size);
      g_autofree char *first = NULL;
      gsize given = how == 1 ? size * 2 / 3 : size;

      if (how == 2)
        memset (copy + size / 2, 0xff, 8);

      for (gsize piece = 1; piece < size; piece = piece * 7 + 1)
        {
          g_autoptr (GString) out = g_string_new (NULL);
          g_autoptr (PhUnbrotli) unbrotli = ph_unbrotli_new (take_cb, out);

          feed_pieces (unbrotli, copy, given, piece);

          /* There is no checksum: damage may go unseen. */
          if (how < 2)
            g_assert_cmpint (ph_unbrotli_has_ended (unbrotli), ==, how == 0);

          if (how < 2)
            g_assert_false (ph_unbrotli_is_damaged (unbrotli));

          if (first == NULL)
            first = g_strdup (out->str);

          g_assert_cmpstr (out->str, ==, first);
        }

      if (how == 0)
        g_assert_cmpstr (first, ==, text);
    }
}

static void
test_stop (void)
{
  g_autoptr (GBytes) plain = g_bytes_new_static ("hello", 5);
  g_autoptr (GBytes) packed = ph_pack_brotli (plain);
  g_autoptr (PhUnbrotli) unbrotli = ph_unbrotli_new (refuse_cb, NULL);
  g_autoptr (GError) error = NULL;
  gsize size;
  const char *data = g_bytes_get_data (packed, &size);

  g_assert_false (ph_unbrotli_feed (unbrotli, data, size, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/unbrotli/pieces", test_pieces);
  g_test_add_func ("/unbrotli/stop", test_stop);

  return g_test_run ();
}
