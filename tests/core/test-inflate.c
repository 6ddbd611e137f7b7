/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-inflate.h"

#include "ph-pack.h"

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

/* Long, with runs and with noise. */
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

/* Two streams with other bytes between, in pieces of every size. */
static void
test_pieces (void)
{
  g_autofree char *text = make_text (300000);
  g_autoptr (GBytes) plain = g_bytes_new_static (text, strlen (text));
  g_autoptr (GBytes) packed = ph_pack_zlib (plain);
  gsize packed_size;
  const char *data = g_bytes_get_data (packed, &packed_size);

  for (gsize piece = 1; piece < packed_size; piece = piece * 3 + 1)
    {
      g_autoptr (GString) out = g_string_new (NULL);
      g_autoptr (PhInflate) inflate = ph_inflate_new (take_cb, out);

      for (guint i = 0; i < 2; i++)
        {
          gsize used = 0;

          ph_inflate_begin (inflate);
          g_string_truncate (out, 0);

          while (!ph_inflate_has_ended (inflate))
            {
              gsize size = MIN (piece, packed_size + 3 - used);
              g_autofree char *copy = g_malloc (size);
              gssize n;

              g_assert_cmpuint (used, <, packed_size);
              memcpy (copy, data + used, MIN (size, packed_size - used));
              memset (copy + MIN (size, packed_size - used), '\n',
                      size - MIN (size, packed_size - used));
              n = ph_inflate_feed (inflate, copy, size, NULL);
              g_assert_cmpint (n, >, 0);
              used += (gsize) n;
            }

          g_assert_cmpuint (used, ==, packed_size);
          g_assert_false (ph_inflate_is_damaged (inflate));
          g_assert_cmpstr (out->str, ==, text);
        }
    }
}

/* What is wrong in it, and where, comes out the same whatever the pieces. */
static void
test_damaged (void)
{
  g_autofree char *text = make_text (100000);
  g_autoptr (GBytes) plain = g_bytes_new_static (text, strlen (text));
  g_autoptr (GBytes) packed = ph_pack_zlib (plain);
  gsize size;
  const char *data = g_bytes_get_data (packed, &size);

  for (gsize at = 1; at < size; at += size / 40)
    {
      g_autofree char *copy = g_memdup2 (data, size);
      g_autofree char *first = NULL;

      copy[at] ^= 0x55;

      for (gsize piece = 1; piece < 400; piece *= 7)
        {
          g_autoptr (GString) out = g_string_new (NULL);
          g_autoptr (PhInflate) inflate = ph_inflate_new (take_cb, out);

          for (gsize used = 0; used < size && !ph_inflate_has_ended (inflate) &&
                               !ph_inflate_is_damaged (inflate);
               used += piece)
            g_assert_cmpint (
              ph_inflate_feed (inflate, copy + used, MIN (piece, size - used), NULL), >=, 0);

          g_assert_false (ph_inflate_has_ended (inflate));

          if (first == NULL)
            first = g_strdup (out->str);

          g_assert_cmpstr (out->str, ==, first);
        }
    }
}

static void
test_stop (void)
{
  g_autoptr (GBytes) plain = g_bytes_new_static ("hello", 5);
  g_autoptr (GBytes) packed = ph_pack_zlib (plain);
  g_autoptr (PhInflate) inflate = ph_inflate_new (refuse_cb, NULL);
  g_autoptr (GError) error = NULL;
  gsize size;
  const char *data = g_bytes_get_data (packed, &size);

  g_assert_cmpint (ph_inflate_feed (inflate, data, size, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
}

static void
test_head (void)
{
  g_assert_true (ph_inflate_is_head (0x78, 0x01));
  g_assert_true (ph_inflate_is_head (0x78, 0x5e));
  g_assert_true (ph_inflate_is_head (0x78, 0x9c));
  g_assert_true (ph_inflate_is_head (0x78, 0xda));
  g_assert_false (ph_inflate_is_head (0x78, 0x9d));
  g_assert_false (ph_inflate_is_head ('x', 'y'));
  g_assert_false (ph_inflate_is_head (0x1f, 0x8b));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/inflate/pieces", test_pieces);
  g_test_add_func ("/inflate/damaged", test_damaged);
  g_test_add_func ("/inflate/stop", test_stop);
  g_test_add_func ("/inflate/head", test_head);

  return g_test_run ();
}
