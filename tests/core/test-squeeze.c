/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-squeeze.h"

#include "ph-error.h"

#include <string.h>

static GBytes *
make_noise (guint32 seed,
            gsize size)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  guint8 *data = g_malloc (MAX (size, 1));

  for (gsize i = 0; i < size; i++)
    data[i] = (guint8) g_rand_int (rand);

  return g_bytes_new_take (data, size);
}

static GBytes *
squeeze (PhSqueezer *squeezer,
         GBytes *bytes,
         GBytes *prefix)
{
  return ph_squeeze (squeezer, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), prefix);
}

static GBytes *
unsqueeze (GBytes *bytes,
           gsize size,
           GBytes *prefix,
           GError **error)
{
  return ph_unsqueeze (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), size, prefix,
                       error);
}

static void
test_round_trip (void)
{
  static const gsize sizes[] = { 0, 1, 7, 1000, 300000 };
  g_autoptr (PhSqueezer) squeezer = ph_squeezer_new (3);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint k = 0; k < G_N_ELEMENTS (sizes) + 1; k++)
      {
        g_autoptr (GBytes) bytes = make_noise (i, sizes[i]);
        g_autoptr (GBytes) prefix =
          k < G_N_ELEMENTS (sizes) ? make_noise (k, sizes[k]) : NULL;
        g_autoptr (GBytes) squeezed = squeeze (squeezer, bytes, prefix);
        g_autoptr (GError) error = NULL;
        g_autoptr (GBytes) again = unsqueeze (squeezed, sizes[i], prefix, &error);

        g_assert_no_error (error);
        g_assert_true (g_bytes_equal (bytes, again));
      }
}

/* What is like the prefix costs next to nothing, and cannot be had without it. */
static void
test_prefix (void)
{
  g_autoptr (PhSqueezer) squeezer = ph_squeezer_new (3);
  g_autoptr (GBytes) prefix = make_noise (1, 3000000);
  g_autoptr (GBytes) other = make_noise (2, 3000000);
  /* A copy: zstd takes no prefix that lies where the data does. */
  g_autoptr (GBytes) bytes =
    g_bytes_new ((const char *) g_bytes_get_data (prefix, NULL) + 5, 2999990);
  g_autoptr (GBytes) squeezed = squeeze (squeezer, bytes, prefix);
  g_autoptr (GBytes) wrong = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (g_bytes_get_size (squeezed), <, 3000);
  wrong = unsqueeze (squeezed, g_bytes_get_size (bytes), other, &error);
  g_assert_null (wrong);
  g_assert_error (error, PH_ERROR, PH_ERROR_CORRUPT);
  g_clear_error (&error);
  wrong = unsqueeze (squeezed, g_bytes_get_size (bytes), NULL, &error);
  g_assert_null (wrong);
  g_assert_error (error, PH_ERROR, PH_ERROR_CORRUPT);
}

/* Any byte changed, any length cut, another size expected. */
static void
test_damaged (void)
{
  g_autoptr (PhSqueezer) squeezer = ph_squeezer_new (3);
  const char *text = "{\"id\":1,\"value\":\"12.5\"},{\"id\":2,\"value\":\"12.5\"},{\"id\":3}";
  gsize size = strlen (text);
  g_autoptr (GBytes) squeezed = ph_squeeze (squeezer, text, size, NULL);
  gsize n = g_bytes_get_size (squeezed);

  for (gsize i = 0; i < n; i++)
    for (guint bit = 0; bit < 8; bit++)
      {
        g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (squeezed, NULL), n);
        g_autoptr (GBytes) out = NULL;
        g_autoptr (GError) error = NULL;

        copy[i] ^= (guint8) (1 << bit);
        out = ph_unsqueeze (copy, n, size, NULL, &error);

        /* A bit of the frame's header that says nothing may be lost on zstd. */
        if (out != NULL)
          g_assert_cmpmem (g_bytes_get_data (out, NULL), size, text, size);
        else
          g_assert_error (error, PH_ERROR, PH_ERROR_CORRUPT);
      }

  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (ph_unsqueeze (g_bytes_get_data (squeezed, NULL), i, size, NULL, &error));
      g_assert_error (error, PH_ERROR, PH_ERROR_CORRUPT);
    }

  g_assert_null (unsqueeze (squeezed, size - 1, NULL, NULL));
  g_assert_null (unsqueeze (squeezed, (gsize) 1 << 40, NULL, NULL));
}

static void
test_checksum (void)
{
  const gint64 number = 0x3837363534333231; /* "12345678", low byte first */
  g_autoptr (GBytes) noise = make_noise (3, 1000);
  const guint8 *data = g_bytes_get_data (noise, NULL);

  /* The check value of this CRC, and the same told in two ways. */
  g_assert_cmpuint (ph_checksum (NULL, 0, "123456789", 9), ==, 0xcbf43926);
  g_assert_cmpuint (ph_checksum (&number, 1, "9", 1), ==, 0xcbf43926);
  g_assert_cmpuint (ph_checksum (NULL, 0, "", 0), ==, 0);

  /* Eight at a time is one at a time. */
  for (gsize size = 0; size < 40; size++)
    {
      guint32 sum = 0xffffffff;

      for (gsize i = 0; i < size; i++)
        {
          sum ^= data[i];

          for (guint bit = 0; bit < 8; bit++)
            sum = (sum >> 1) ^ ((sum & 1) != 0 ? 0xedb88320U : 0);
        }

      g_assert_cmpuint (ph_checksum (NULL, 0, data, size), ==, ~sum);
    }
}

/* Parts are one frame, however they are cut, and cutting where it looks different pays. */
static void
test_parts (void)
{
  static const gsize sizes[] = { 0, 1, 127, 500, 200000, 300, 70000 };
  g_autoptr (PhSqueezer) squeezer = ph_squeezer_new (6);
  g_autoptr (PhParts) parts = ph_parts_new ();

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GBytes) noise = make_noise (i, sizes[i]);
      const guint8 *data = g_bytes_get_data (noise, NULL);
      guint8 *out = ph_parts_put_room (parts, sizes[i]);
      g_autoptr (GBytes) squeezed = NULL;
      g_autoptr (GBytes) whole = NULL;
      g_autoptr (GBytes) again = NULL;
      g_autoptr (GError) error = NULL;

      for (gsize k = 0; k < sizes[i]; k++)
        out[k] = (guint8) (i * 16 + data[k] % 16);

      ph_parts_cut (parts);
      squeezed = ph_squeeze_parts (squeezer, parts);
      again = unsqueeze (squeezed, parts->bytes->len, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpmem (g_bytes_get_data (again, NULL), g_bytes_get_size (again),
                       parts->bytes->data, parts->bytes->len);
      whole = ph_squeeze (squeezer, parts->bytes->data, parts->bytes->len, NULL);
      g_assert_cmpuint (g_bytes_get_size (squeezed), <=, g_bytes_get_size (whole) + 100);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/squeeze/round-trip", test_round_trip);
  g_test_add_func ("/squeeze/prefix", test_prefix);
  g_test_add_func ("/squeeze/damaged", test_damaged);
  g_test_add_func ("/squeeze/checksum", test_checksum);
  g_test_add_func ("/squeeze/parts", test_parts);

  return g_test_run ();
}
