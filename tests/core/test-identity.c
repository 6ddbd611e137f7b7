/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-identity.h"

#include <string.h>

static void
add (PhIdentity *identity,
     const char *text,
     guint32 window)
{
  PhEvent event = {
    .timestamp = 1700000000000000,
    .type = 3,
    .window = window,
    .text = text,
    .size = strlen (text),
  };

  ph_identity_add (identity, &event);
}

static char *
identify (const char *text)
{
  g_autoptr (PhIdentity) identity = ph_identity_new ();

  add (identity, text, 0);

  return ph_identity_finish (identity);
}

/* Texts of one event that say the same, and one after each that does not. */
static void
test_forms (void)
{
  static const struct
  {
    const char *a;
    const char *b;
    gboolean is_same;
  } cases[] = {
    { "{\"data\":{\"a\":1}}", " {\n \"data\" : {\t\"a\" : 1 }\r\n} ", TRUE },
    { "{\"data\":{\"a\":1}}", "{\"data\":{\"a\":2}}", FALSE },
    { "{\"data\":{\"a\":1}}", "{\"windowId\":\"x\",\"data\":{\"a\":1},\"delay\":5,\"v\":\"v1\"}",
      TRUE },
    { "{\"data\":{\"a\":1}}", "{\"data\":{\"a\":1,\"windowId\":\"x\"}}", FALSE },
    { "{\"data\":{\"a\":\"b c\"}}", "{\"data\":{ \"a\":\"b c\"}}", TRUE },
    { "{\"data\":{\"a\":\"b c\"}}", "{\"data\":{\"a\":\"bc\"}}", FALSE },
    /* What stands in strings is no bracket, and a quote may be escaped. */
    { "{\"x\":\"}],\\\"\",\"data\":[\"}\"]}", "{\"data\":[ \"}\" ]}", TRUE },
    { "{\"x\":{\"data\":2},\"data\":1}", "{\"data\":1}", TRUE },
    { "{\"data\":\"a\\\\\"}", "{ \"data\": \"a\\\\\" }", TRUE },
    { "{\"data\":\"a\\\\\\\" ,\"}", "{ \"data\": \"a\\\\\\\" ,\" }", TRUE },
    { "{\"data\":1,\"data\":2}", "{\"data\":1}", TRUE },
    /* One string, however it is escaped. */
    { "{\"data\":\"</a>\"}", "{\"data\":\"\\u003c\\/a\\u003E\"}", TRUE },
    { "{\"data\":\"gr\xc3\xbcn\"}", "{\"data\":\"gr\\u00FCn\"}", TRUE },
    { "{\"data\":\"\xf0\x9f\x98\x80\"}", "{\"data\":\"\\ud83d\\uDE00\"}", TRUE },
    { "{\"data\":\"\\ud83d\"}", "{\"data\":\"\\uD83D\"}", TRUE },
    { "{\"data\":\"\\ud83d\\ud83d\"}", "{\"data\":\"\\uD83D\\uD83D\"}", TRUE },
    { "{\"data\":\"\\n\\t\\b\\f\\r\\\"\\\\\"}",
      "{\"data\":\"\\u000a\\u0009\\u0008\\u000C\\u000d\\u0022\\u005C\"}", TRUE },
    { "{\"data\":\"\\u000b\"}", "{\"data\":\"\\u000B\"}", TRUE },
    { "{\"data\":\"\\u000b\"}", "{\"data\":\"\\u000c\"}", FALSE },
    { "{\"data\":\"\\\\u0041\"}", "{\"data\":\"\\u0041\"}", FALSE },
    /* Numbers and the order of members are as they were written. */
    { "{\"data\":1}", "{\"data\":1.0}", FALSE },
    { "{\"data\":{\"a\":1,\"b\":2}}", "{\"data\":{\"b\":2,\"a\":1}}", FALSE },
    /* No data at all, or text that ends early. */
    { "{}", "{\"type\":0}", TRUE },
    { "{}", "{\"data\":{}}", FALSE },
    { "{\"data\":[1", "{\"data\":[ 1", TRUE },
    { "{\"data\":\"a", "{ \"data\":\"a", TRUE },
    { "{\"data\":\"a\\", "{ \"data\":\"a\\", TRUE },
    { "{\"data\":\"\\u00", "{ \"data\":\"\\u00", TRUE },
    { "", "{", TRUE },
    { "[1,2]", "7", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *a = identify (cases[i].a);
      g_autofree char *b = identify (cases[i].b);

      g_test_message ("case %u: %s and %s", i, cases[i].a, cases[i].b);
      g_assert_true (ph_identity_is_valid (a));
      g_assert_cmpint (g_str_equal (a, b), ==, cases[i].is_same);
    }
}

/* Notes are kept under it: made of the bytes that the header says, today and ever after. */
static void
test_format (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *wanted = NULL;
  g_autofree char *found = identify ("{\"type\":3,\"data\":{\"a\": [true, \"x\\u0041\"]}}");
  static const char text[] = "{\"a\":[true,\"xA\"]}";
  guint64 numbers[] = { GUINT64_TO_LE (3), GUINT64_TO_LE (G_GUINT64_CONSTANT (1700000000000000)), 0,
                        GUINT64_TO_LE (strlen (text)) };

  g_byte_array_append (bytes, (const guint8 *) "playhead-identity 1\n", 20);
  g_byte_array_append (bytes, (const guint8 *) numbers, sizeof numbers);
  g_byte_array_append (bytes, (const guint8 *) text, (guint) strlen (text));
  wanted = g_compute_checksum_for_data (G_CHECKSUM_SHA256, bytes->data, bytes->len);
  g_assert_cmpstr (found, ==, wanted);
  g_assert_cmpstr (found, ==, "27148ec9f236fa66b6311c4be468ec7975e0dd9561578557e9d1334280b0bf9a");
}

/* Windows are counted as they come, whatever an archive calls them. */
static void
test_windows (void)
{
  static const guint32 rows[][3] = { { 0, 1, 0 }, { 7, 2, 7 }, { 0, 0, 1 }, { 1, 0, 1 } };
  g_auto (GStrv) sums = g_new0 (char *, G_N_ELEMENTS (rows) + 1);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (PhIdentity) identity = ph_identity_new ();

      for (guint k = 0; k < G_N_ELEMENTS (rows[i]); k++)
        add (identity, "{\"data\":1}", rows[i][k]);

      sums[i] = ph_identity_finish (identity);
    }

  g_assert_cmpstr (sums[0], ==, sums[1]);
  g_assert_cmpstr (sums[0], !=, sums[2]);
  g_assert_cmpstr (sums[0], ==, sums[3]);
}

/* A string as long as any is gone through once, wherever its quotes are. */
static void
test_long (void)
{
  for (guint length = 0; length < 80; length++)
    {
      g_autofree char *fill = g_strnfill (length, 'x');
      g_autofree char *a = g_strdup_printf ("{\"data\":[\"%s\\\"%s\",\"\\\\\"]}", fill, fill);
      g_autofree char *b = g_strdup_printf ("{\"data\":[\"%s\\\"%s\" , \"\\\\\"] }", fill, fill);
      g_autofree char *x = identify (a);
      g_autofree char *y = identify (b);

      g_assert_cmpstr (x, ==, y);
    }
}

static void
test_valid (void)
{
  g_autofree char *sum = identify ("{}");

  g_assert_true (ph_identity_is_valid (sum));
  sum[5] = 'G';
  g_assert_false (ph_identity_is_valid (sum));
  sum[5] = '\0';
  g_assert_false (ph_identity_is_valid (sum));
  g_assert_false (ph_identity_is_valid (""));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/identity/forms", test_forms);
  g_test_add_func ("/identity/format", test_format);
  g_test_add_func ("/identity/windows", test_windows);
  g_test_add_func ("/identity/long", test_long);
  g_test_add_func ("/identity/valid", test_valid);

  return g_test_run ();
}
