/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-error.h"
#include "ph-flaky-stream.h"
#include "ph-limits.h"
#include "ph-pack.h"
#include "ph-unpack.h"

#include <string.h>

#define TEXT "some text that is packed, some text that is packed, and unpacked again"

/* Everything that comes out; NULL with an error set. @chunk 0: random pieces. */
static GBytes *
unpack_all (GInputStream *stream,
            gsize piece,
            PhUnpackCondition *condition,
            const char **packing,
            GError **error)
{
  g_autoptr (PhUnpack) unpack = ph_unpack_new (stream);
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autofree guint8 *buffer = g_malloc (piece);
  gssize n;

  while ((n = ph_unpack_read (unpack, buffer, piece, NULL, error)) > 0)
    {
      g_assert_cmpuint ((gsize) n, <=, piece);
      g_byte_array_append (out, buffer, (guint) n);
    }

  if (condition != NULL)
    *condition = ph_unpack_get_condition (unpack);

  if (packing != NULL)
    *packing = ph_unpack_get_packing (unpack);

  return n == 0 ? g_byte_array_free_to_bytes (g_steal_pointer (&out)) : NULL;
}

static void
assert_unpacks (GBytes *packed,
                GBytes *expected,
                const char *expected_packing)
{
  static const gsize pieces[] = { 1, 7, 65536 };

  for (gsize chunk = 0; chunk < 12; chunk++)
    {
      g_autoptr (GInputStream) stream = ph_flaky_stream_new (packed, chunk);
      g_autoptr (GError) error = NULL;
      PhUnpackCondition condition = PH_UNPACK_DAMAGED;
      const char *packing = "?";
      g_autoptr (GBytes) out = NULL;

      out = unpack_all (stream, pieces[chunk % 3], &condition, &packing, &error);
      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (out, expected));
      g_assert_cmpint (condition, ==, PH_UNPACK_WHOLE);
      g_assert_cmpstr (packing, ==, expected_packing);
    }
}

static GBytes *
make_text (gsize size)
{
  GByteArray *out = g_byte_array_new ();

  while (out->len < size)
    g_byte_array_append (out, (const guint8 *) TEXT, (guint) MIN (strlen (TEXT), size - out->len));

  return g_byte_array_free_to_bytes (out);
}

static void
test_forms (void)
{
  static const gsize sizes[] = { 0, 1, 3, 70, 5000, 400000 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GBytes) text = make_text (sizes[i]);
      g_autoptr (GBytes) gzip = ph_pack_gzip (text);
      g_autoptr (GBytes) zstd = ph_pack_zstd (text);
      g_autoptr (GBytes) zlib = ph_pack_zlib (text);
      g_autoptr (GBytes) zlib_zstd = ph_pack_zlib (zstd);
      g_autoptr (GBytes) gzip_gzip = ph_pack_gzip (gzip);
      g_autoptr (GBytes) gzip_zstd = ph_pack_gzip (zstd);
      g_autoptr (GBytes) zstd_gzip_zstd = ph_pack_zstd (gzip_zstd);

      g_test_message ("%d bytes", (int) sizes[i]);
      assert_unpacks (text, text, NULL);
      assert_unpacks (gzip, text, "gzip");
      assert_unpacks (zstd, text, "zstd");
      assert_unpacks (zlib, text, "zlib");
      assert_unpacks (zlib_zstd, text, "zlib");
      assert_unpacks (gzip_gzip, text, "gzip");
      assert_unpacks (gzip_zstd, text, "gzip");
      assert_unpacks (zstd_gzip_zstd, text, "zstd");
    }
}

/* Zlib has two bytes that say so, and text begins with the same: it must unpack. */
static void
test_no_zlib (void)
{
  static const char *const texts[] = {
    "x",
    "x^",
    "x^2",
    "x^2 + y^2 = z^2, which is a text of some length and none that was packed by anybody",
    "x\001",
    "x\001\377\377\377\377 a block of another length than it says",
    "x\xda\xff\xff\xff\xff\xff\xff\xff",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) text = g_bytes_new_static (texts[i], strlen (texts[i]));

      g_test_message ("case %u", i);
      assert_unpacks (text, text, NULL);
    }
}

/* `cat a.gz b.gz` is one text, and so are zstd frames, with frames to be skipped in between. */
static void
test_members (void)
{
  static const guint8 skippable[] = { 0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 'x', 'y', 'z' };
  g_autoptr (GBytes) text = make_text (1000);
  g_autoptr (GBytes) twice = ph_pack_join (text, text);
  g_autoptr (GBytes) gzip = ph_pack_gzip (text);
  g_autoptr (GBytes) zstd = ph_pack_zstd (text);
  g_autoptr (GBytes) zlib = ph_pack_zlib (text);
  g_autoptr (GBytes) zlibs = ph_pack_join (zlib, zlib);
  g_autoptr (GBytes) skip = g_bytes_new_static (skippable, sizeof skippable);
  g_autoptr (GBytes) zeros = g_bytes_new_static ("\0\0\0\0\0\0\0", 7);
  g_autoptr (GBytes) gzips = ph_pack_join (gzip, gzip);
  g_autoptr (GBytes) padded = ph_pack_join (gzips, zeros);
  g_autoptr (GBytes) skip_zstd = ph_pack_join (skip, zstd);
  g_autoptr (GBytes) zstds = ph_pack_join (skip_zstd, skip_zstd);

  assert_unpacks (gzips, twice, "gzip");
  assert_unpacks (padded, twice, "gzip");
  assert_unpacks (zlibs, twice, "zlib");
  assert_unpacks (zstds, twice, "zstd");
}

static GBytes *
make_noise (gsize size)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  guint8 *data = g_malloc (size);

  for (gsize i = 0; i < size; i++)
    data[i] = (guint8) g_rand_int_range (random, 'a', 'z');

  return g_bytes_new_take (data, size);
}

/* Cut anywhere, what could be read comes out, then the end, and it is told. */
static void
assert_cuts (GBytes *packed,
             GBytes *text,
             gsize step)
{
  gsize last = 0;

  for (gsize cut = 4; cut < g_bytes_get_size (packed); cut += step)
    {
      g_autoptr (GBytes) part = g_bytes_new_from_bytes (packed, 0, cut);
      g_autoptr (GInputStream) stream = ph_flaky_stream_new (part, 0);
      PhUnpackCondition condition = PH_UNPACK_WHOLE;
      g_autoptr (GBytes) out = unpack_all (stream, 100, &condition, NULL, NULL);

      g_assert_nonnull (out);
      g_assert_cmpint (condition, ==, PH_UNPACK_TRUNCATED);
      g_assert_cmpuint (g_bytes_get_size (out), >=, last);
      g_assert_cmpmem (g_bytes_get_data (out, NULL), g_bytes_get_size (out),
                       g_bytes_get_data (text, NULL), g_bytes_get_size (out));
      last = g_bytes_get_size (out);
    }

  g_assert_cmpuint (last, >, 0);
}

static void
test_truncated (void)
{
  g_autoptr (GBytes) text = make_text (3000);
  g_autoptr (GBytes) gzip = ph_pack_gzip (text);
  /* A zstd frame comes out in blocks of 128 KB, so the text has to be long. */
  g_autoptr (GBytes) noise = make_noise (400000);
  g_autoptr (GBytes) zstd = ph_pack_zstd (noise);
  g_autoptr (GBytes) noise_gzip = ph_pack_gzip (noise);
  g_autoptr (GBytes) zstd_gzip = ph_pack_zstd (noise_gzip);

  assert_cuts (gzip, text, 1);
  assert_cuts (zstd, noise, 9973);
  assert_cuts (zstd_gzip, noise, 9973);
}

/* A flipped byte is damage, told as such, or does not matter; never a crash. */
static void
test_damaged (void)
{
  g_autoptr (GBytes) text = make_text (3000);
  GBytes *packed[] = { ph_pack_gzip (text), ph_pack_zstd (text) };

  for (guint i = 0; i < G_N_ELEMENTS (packed); i++)
    {
      gsize size = g_bytes_get_size (packed[i]);
      guint n_told = 0;

      for (gsize at = 4; at < size; at++)
        {
          g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (packed[i], NULL), size);
          g_autoptr (GBytes) wrong = NULL;
          g_autoptr (GInputStream) stream = NULL;
          g_autoptr (GBytes) out = NULL;
          PhUnpackCondition condition = PH_UNPACK_WHOLE;

          data[at] ^= 0x55;
          wrong = g_bytes_new (data, size);
          stream = ph_flaky_stream_new (wrong, 0);
          out = unpack_all (stream, 4096, &condition, NULL, NULL);
          n_told += out == NULL || condition != PH_UNPACK_WHOLE;
        }

      g_assert_cmpuint (n_told, >, size / 3);
      g_bytes_unref (packed[i]);
    }
}

/* What lies before the damage is kept to the last block, whatever the chunks. */
static void
test_damaged_late (void)
{
  g_autoptr (GBytes) noise = make_noise (400000);
  GBytes *packed[] = { ph_pack_gzip (noise), ph_pack_zstd (noise) };

  for (guint i = 0; i < G_N_ELEMENTS (packed); i++)
    {
      gsize size = g_bytes_get_size (packed[i]);
      g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (packed[i], NULL), size);
      g_autoptr (GBytes) wrong = NULL;
      gsize known = 0;

      memset (data + size * 8 / 10, 0xff, size - size * 8 / 10);
      wrong = g_bytes_new (data, size);

      for (guint chunk = 0; chunk < 3; chunk++)
        {
          g_autoptr (GInputStream) stream = ph_flaky_stream_new (wrong, (gsize) chunk * 777);
          PhUnpackCondition condition = PH_UNPACK_WHOLE;
          g_autoptr (GBytes) out = unpack_all (stream, 300000 >> chunk, &condition, NULL, NULL);
          gsize n = g_bytes_get_size (out);

          g_assert_cmpint (condition, !=, PH_UNPACK_WHOLE);
          g_assert_cmpuint (n, >=, 256000);
          g_assert_true (known == 0 || n == known);
          g_assert_cmpmem (g_bytes_get_data (out, NULL), 256000, g_bytes_get_data (noise, NULL),
                           256000);
          known = n;
        }

      g_bytes_unref (packed[i]);
    }
}

/* Zeros behind an archive are padding; what comes behind those is not, however far. */
static void
test_padding (void)
{
  g_autoptr (GBytes) text = make_text (100);
  g_autoptr (GBytes) gzip = ph_pack_gzip (text);
  g_autoptr (GBytes) zeros = g_bytes_new_take (g_malloc0 (300000), 300000);
  g_autoptr (GBytes) padded = ph_pack_join (gzip, zeros);
  g_autoptr (GBytes) trailing = ph_pack_join (padded, text);

  for (gsize chunk = 1; chunk <= 1000000; chunk *= 100)
    for (guint i = 0; i < 2; i++)
      {
        g_autoptr (GInputStream) stream = ph_flaky_stream_new (i == 0 ? padded : trailing, chunk);
        PhUnpackCondition condition = PH_UNPACK_DAMAGED;
        g_autoptr (GBytes) out = unpack_all (stream, 4096, &condition, NULL, NULL);

        g_assert_true (g_bytes_equal (out, text));
        g_assert_cmpint (condition, ==, i == 0 ? PH_UNPACK_WHOLE : PH_UNPACK_TRAILING);
      }
}

static void
test_trailing (void)
{
  g_autoptr (GBytes) text = make_text (100);
  g_autoptr (GBytes) gzip = ph_pack_gzip (text);
  g_autoptr (GBytes) zstd = ph_pack_zstd (text);
  GBytes *both[] = { ph_pack_join (gzip, text), ph_pack_join (zstd, text) };

  for (guint i = 0; i < G_N_ELEMENTS (both); i++)
    {
      g_autoptr (GInputStream) stream = ph_flaky_stream_new (both[i], 5);
      PhUnpackCondition condition = PH_UNPACK_WHOLE;
      g_autoptr (GBytes) out = unpack_all (stream, 4096, &condition, NULL, NULL);

      g_assert_true (g_bytes_equal (out, text));
      g_assert_cmpint (condition, ==, PH_UNPACK_TRAILING);
      g_bytes_unref (both[i]);
    }
}

static void
test_too_often (void)
{
  g_autoptr (GBytes) text = make_text (100);
  g_autoptr (GBytes) once = ph_pack_gzip (text);
  g_autoptr (GBytes) twice = ph_pack_gzip (once);
  g_autoptr (GBytes) thrice = ph_pack_gzip (twice);
  g_autoptr (GBytes) too_often = ph_pack_gzip (thrice);
  g_autoptr (GInputStream) stream = ph_flaky_stream_new (too_often, 0);
  g_autoptr (GError) error = NULL;

  assert_unpacks (thrice, text, "gzip");
  g_assert_null (unpack_all (stream, 100, NULL, NULL, &error));
  g_assert_error (error, PH_ERROR, PH_ERROR_UNSUPPORTED);
}

/* Reads on without keeping; how many bytes came before the end or the error. */
static guint64
count_bytes (GBytes *packed,
             GError **error)
{
  g_autoptr (GInputStream) stream = ph_flaky_stream_new (packed, 0);
  g_autoptr (PhUnpack) unpack = ph_unpack_new (stream);
  g_autofree guint8 *buffer = g_malloc (65536);
  guint64 total = 0;
  gssize n;

  while ((n = ph_unpack_read (unpack, buffer, 65536, NULL, error)) > 0)
    total += (guint64) n;

  return total;
}

static void
test_bombs (void)
{
  guint64 gigabyte = (guint64) 1 << 30;
  g_autoptr (GBytes) run = ph_pack_zstd_run ('\0', gigabyte);
  g_autoptr (GBytes) packed_run = ph_pack_gzip (run);
  g_autoptr (GBytes) small_run = ph_pack_zstd_run (' ', PH_LIMIT_UNPACK_FREE - 1);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (g_bytes_get_size (run), <, 200000);
  g_assert_cmpuint (count_bytes (run, &error), <=, 2 * PH_LIMIT_UNPACK_FREE);
  g_assert_error (error, PH_ERROR, PH_ERROR_TOO_LARGE);
  g_clear_error (&error);

  g_assert_cmpuint (count_bytes (packed_run, &error), <=, 2 * PH_LIMIT_UNPACK_FREE);
  g_assert_error (error, PH_ERROR, PH_ERROR_TOO_LARGE);
  g_clear_error (&error);

  /* A small file may unpack to a lot less than that, however much it is squeezed. */
  g_assert_cmpuint (count_bytes (small_run, &error), ==, PH_LIMIT_UNPACK_FREE - 1);
  g_assert_no_error (error);
}

/* A frame's own word for how much memory it needs is not taken. */
static void
test_too_wide (void)
{
  /* A header, and a last block of 40 times x: window of 2 GB, of 128 MB, and one segment. */
  static const struct
  {
    guint8 data[16];
    gsize size;
    gboolean refused;
  } cases[] = {
    { { 0x28, 0xb5, 0x2f, 0xfd, 0x00, 21 << 3, 0x43, 0x01, 0x00, 'x' }, 10, TRUE },
    { { 0x28, 0xb5, 0x2f, 0xfd, 0x00, 17 << 3 | 1, 0x43, 0x01, 0x00, 'x' }, 10, TRUE },
    { { 0x28, 0xb5, 0x2f, 0xfd, 0x00, 17 << 3, 0x43, 0x01, 0x00, 'x' }, 10, FALSE },
    { { 0x28, 0xb5, 0x2f, 0xfd, 0x20, 40, 0x43, 0x01, 0x00, 'x' }, 10, FALSE },
    { { 0x28, 0xb5, 0x2f, 0xfd, 0xa0, 0, 0, 0, 9, 0x43, 0x01, 0x00, 'x' }, 13, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize chunk = 0; chunk < 14; chunk++)
      {
        g_autoptr (GBytes) packed = g_bytes_new_static (cases[i].data, cases[i].size);
        g_autoptr (GInputStream) stream = ph_flaky_stream_new (packed, chunk);
        g_autoptr (GError) error = NULL;
        g_autoptr (GBytes) out = unpack_all (stream, 4096, NULL, NULL, &error);

        g_test_message ("case %u", i);
        g_assert_cmpint (out == NULL, ==, cases[i].refused);

        if (out == NULL)
          g_assert_error (error, PH_ERROR, PH_ERROR_UNSUPPORTED);
        else
          g_assert_cmpuint (g_bytes_get_size (out), ==, 40);
      }
}

/* Every read made to fail once is an error, and what comes after it a clean end or more bytes. */
static void
test_flaky (void)
{
  g_autoptr (GBytes) text = make_text (2000);
  g_autoptr (GBytes) gzip = ph_pack_gzip (text);
  g_autoptr (GBytes) packed = ph_pack_zstd (gzip);
  gboolean failed = TRUE;

  for (guint n = 0; failed; n++)
    {
      g_autoptr (GInputStream) stream = ph_flaky_stream_new (packed, 10);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) out = NULL;

      ph_flaky_stream_fail_at (PH_FLAKY_STREAM (stream), n);
      out = unpack_all (stream, 100, NULL, NULL, &error);
      failed = n < ph_flaky_stream_get_n_reads (PH_FLAKY_STREAM (stream));
      g_assert_cmpint (out == NULL, ==, failed);

      if (failed)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
      else
        g_assert_cmpuint (n, >, 5);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/unpack/forms", test_forms);
  g_test_add_func ("/unpack/no-zlib", test_no_zlib);
  g_test_add_func ("/unpack/members", test_members);
  g_test_add_func ("/unpack/truncated", test_truncated);
  g_test_add_func ("/unpack/damaged", test_damaged);
  g_test_add_func ("/unpack/damaged-late", test_damaged_late);
  g_test_add_func ("/unpack/trailing", test_trailing);
  g_test_add_func ("/unpack/padding", test_padding);
  g_test_add_func ("/unpack/too-often", test_too_often);
  g_test_add_func ("/unpack/too-wide", test_too_wide);
  g_test_add_func ("/unpack/bombs", test_bombs);
  g_test_add_func ("/unpack/flaky", test_flaky);

  return g_test_run ();
}
