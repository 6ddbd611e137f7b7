/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-error.h"
#include "ph-limits.h"
#include "ph-pack.h"
#include "ph-packed.h"

#include <string.h>

static char *
open_text (PhPacked *packed,
           const char *text,
           GError **error)
{
  /* Exact, so that reading behind it is seen. */
  g_autofree char *exact = g_memdup2 (text, MAX (strlen (text), 1));
  gsize size = 0;
  const char *out = ph_packed_open (packed, exact, strlen (text), &size, error);

  return out != NULL ? g_strndup (out, size) : NULL;
}

/* What was packed comes back, in either way of writing it, whatever came before. */
static void
test_round_trip (void)
{
  static const char *const texts[] = {
    "{\"type\":4,\"data\":{},\"timestamp\":1,\"v\":\"v1\"}",
    "{\"a\":\"äöü € \\u0000 \\ud83d\\ude00 \\n\"}",
    "{}",
    "",
  };
  g_autoptr (PhPacked) packed = ph_packed_new ();

  for (guint i = 0; i < 2 * G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *string = ph_pack_string (texts[i / 2], i % 2 == 0);
      g_autoptr (GError) error = NULL;
      g_autofree char *out = open_text (packed, string, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (out, ==, texts[i / 2]);
    }
}

/* Every byte there is, more of them than fit the first time. */
static void
test_long (void)
{
  g_autoptr (PhPacked) packed = ph_packed_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (GString) noise = g_string_new (NULL);
  g_autofree char *run = g_strnfill (40000000, 'a');
  const char *const texts[] = { noise->str, run, "short" };

  for (guint i = 0; i < 3000; i++)
    g_string_append_c (noise, (char) g_rand_int_range (random, 1, 256));

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *string = ph_pack_string (i == 0 ? noise->str : texts[i], FALSE);
      g_autofree char *out = open_text (packed, string, NULL);

      g_assert_cmpstr (out, ==, i == 0 ? noise->str : texts[i]);
    }
}

/* rrweb's unpack() takes the text itself for what it is. */
static void
test_quoted (void)
{
  g_autoptr (PhPacked) packed = ph_packed_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *out = open_text (packed, "\"{\\\"a\\\":\\\"\\u20ac\\\\n\\\"}\"", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (out, ==, "{\"a\":\"€\\n\"}");
}

static void
test_trimmed (void)
{
  static const char *const texts[][2] = { { " \n{}\t ", "{}" }, { "   ", "" } };
  g_autoptr (PhPacked) packed = ph_packed_new ();

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *string = ph_pack_string (texts[i][0], FALSE);
      g_autofree char *out = open_text (packed, string, NULL);

      g_assert_cmpstr (out, ==, texts[i][1]);
    }
}

static void
test_wrong (void)
{
  static const char *const cases[] = {
    "",
    "\"",
    "\"\"",
    "{}",
    "\"hello\"",
    "\"x\\u009c\"",
    "\"x\\u009c\\u0001\\u0002\"",
    /* Characters that are no bytes. */
    "\"x\\u019c\"",
    "\"x\xe2\x82\xac\"",
    "\"x\xc2\"",
    "\"x\\u00g0\"",
    "\"x\\u0\"",
    "\"x\\q\"",
    "\"x\\\"",
    /* Quoted, but not JSON. */
    "\"{\\q\"",
    "\"{\" \"",
  };
  g_autoptr (PhPacked) packed = ph_packed_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("case %u", i);
      g_assert_null (open_text (packed, cases[i], &error));
      g_assert_error (error, PH_ERROR, PH_ERROR_CORRUPT);
    }
}

/* Cut anywhere, or with one byte changed: an error, or for once the text. */
static void
test_damaged (void)
{
  const char *text = "{\"type\":4,\"data\":{\"href\":\"about:blank\"},\"timestamp\":1}";
  g_autoptr (PhPacked) packed = ph_packed_new ();
  g_autofree char *string = ph_pack_string (text, TRUE);
  gsize size = strlen (string);

  for (gsize i = 1; i < size - 1; i++)
    {
      g_autofree char *cut = g_strdup_printf ("%.*s\"", (int) i, string);
      g_autofree char *changed = g_strdup (string);
      g_autofree char *out = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_null (open_text (packed, cut, &error));
      g_assert_error (error, PH_ERROR, PH_ERROR_CORRUPT);
      changed[i] ^= 1;
      out = open_text (packed, changed, NULL);

      /* A digit of an escape may be written otherwise. */
      if (out != NULL)
        g_assert_cmpstr (out, ==, text);
    }
}

static void
test_limit (void)
{
  gsize size = PH_LIMIT_EVENT_BYTES + 1;
  g_autoptr (PhPacked) packed = ph_packed_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *run = g_strnfill (size, 'a');
  g_autofree char *over = ph_pack_string (run, FALSE);
  g_autofree char *fits = NULL;
  g_autofree char *out = NULL;

  g_assert_null (open_text (packed, over, &error));
  g_assert_error (error, PH_ERROR, PH_ERROR_TOO_LARGE);

  run[size - 1] = '\0';
  fits = ph_pack_string (run, FALSE);
  out = open_text (packed, fits, NULL);
  g_assert_nonnull (out);
  g_assert_cmpuint (strlen (out), ==, size - 1);
}

/* Members that were read already, of gzip and of zlib data, and bytes as they are. */
static void
test_text (void)
{
  static const char text[] = "[{\"a\":\"ä€\"}]";
  g_autoptr (PhPacked) packed = ph_packed_new ();
  g_autoptr (PhJson) json = ph_json_new ();
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GBytes) gzip = ph_pack_gzip (bytes);
  char *strings[] = { ph_pack_gzip_string (text, TRUE), ph_pack_string (text, FALSE) };
  gsize size = 0;
  const char *out;

  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    {
      PhJsonValue root;
      const char *inner = NULL;

      g_assert_true (ph_json_parse (json, strings[i], strlen (strings[i]), &root, NULL));
      g_assert_true (ph_json_get_string (root, &inner, &size));
      out = ph_packed_open_text (packed, inner, size, &size, NULL);
      g_assert_cmpmem (out, size, text, strlen (text));
      g_free (g_steal_pointer (&strings[i]));
    }

  out = ph_packed_open_bytes (packed, g_bytes_get_data (gzip, NULL), g_bytes_get_size (gzip), &size,
                              NULL);
  g_assert_cmpmem (out, size, text, strlen (text));
}

static void
test_text_refused (void)
{
  static const char *const texts[] = { "", "x", "\x1f", "\x1f\xc2\x8b", "€", "\xc2" };
  g_autoptr (PhPacked) packed = ph_packed_new ();

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *exact = g_memdup2 (texts[i], MAX (strlen (texts[i]), 1));
      gsize size = 0;

      g_assert_null (ph_packed_open_text (packed, exact, strlen (texts[i]), &size, &error));
      g_assert_error (error, PH_ERROR, PH_ERROR_CORRUPT);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/packed/round-trip", test_round_trip);
  g_test_add_func ("/packed/long", test_long);
  g_test_add_func ("/packed/quoted", test_quoted);
  g_test_add_func ("/packed/trimmed", test_trimmed);
  g_test_add_func ("/packed/wrong", test_wrong);
  g_test_add_func ("/packed/damaged", test_damaged);
  g_test_add_func ("/packed/limit", test_limit);

  g_test_add_func ("/packed/text", test_text);
  g_test_add_func ("/packed/text-refused", test_text_refused);

  return g_test_run ();
}
