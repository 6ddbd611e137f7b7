/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-error.h"
#include "ph-json.h"
#include "ph-limits.h"

#include <float.h>
#include <string.h>

static PhJsonValue
parse (PhJson *json,
       const char *text)
{
  g_autoptr (GError) error = NULL;
  PhJsonValue root = {};

  g_assert_true (ph_json_parse (json, text, strlen (text), &root, &error));
  g_assert_no_error (error);

  return root;
}

/* Exactly the same number; `==` on floats is warned about. */
static void
assert_same (double a,
             double b)
{
  g_assert_false (a < b || a > b);
}

static void
test_types (void)
{
  static const struct
  {
    const char *text;
    PhJsonType type;
  } cases[] = {
    { "null", PH_JSON_NULL },
    { "true", PH_JSON_BOOLEAN },
    { " false ", PH_JSON_BOOLEAN },
    { "0", PH_JSON_NUMBER },
    { "-1.5e3", PH_JSON_NUMBER },
    { "18446744073709551615", PH_JSON_NUMBER },
    { "\"\"", PH_JSON_STRING },
    { "[]", PH_JSON_ARRAY },
    { "{}", PH_JSON_OBJECT },
  };
  g_autoptr (PhJson) json = ph_json_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (ph_json_type (parse (json, cases[i].text)), ==, cases[i].type);
    }

  g_assert_cmpint (ph_json_type ((PhJsonValue) {}), ==, PH_JSON_NONE);
}

static void
test_invalid (void)
{
  static const char *const cases[] = {
    "",
    " ",
    "{\"a\":NaN}",
    "{\"a\":undefined}",
    "[1,]",
    "{\"a\":1",
    "[1 2]",
    "1 2",
    "\"abc",
    "\"a\tb\"",
    "\"\\q\"",
    "\"\\u12",
    "\"\\",
    "-",
    "01",
    "1e",
    "nul",
    "{1:2}",
    "\xff",
    "\xef\xbb\xbf{}",
    "]",
  };
  g_autoptr (PhJson) json = ph_json_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      PhJsonValue root = {};

      g_test_message ("case %u", i);
      g_assert_false (ph_json_parse (json, cases[i], strlen (cases[i]), &root, &error));
      g_assert_error (error, PH_ERROR, PH_ERROR_CORRUPT);
      g_assert_true (g_str_has_prefix (error->message, "The JSON is not valid: "));
      g_assert_cmpint (ph_json_type (root), ==, PH_JSON_NONE);
    }

  /* A refused text does not spoil the parser. */
  g_assert_cmpint (ph_json_type (parse (json, "[]")), ==, PH_JSON_ARRAY);
}

static void
test_strings (void)
{
  static const struct
  {
    const char *text;
    const char *value;
    gsize size;
  } cases[] = {
    { "\"\"", "", 0 },
    { "\"a\\n\\\"\\\\\\/\"", "a\n\"\\/", 5 },
    { "\"\\u00e9\\ud83d\\ude00\"", "é😀", 6 },
    { "\"x\\u0000y\"", "x\0y", 3 },
    /* Half of a pair, alone, at the end, before another pair, before another escape. */
    { "\"\\ud83d\"", "\xef\xbf\xbd", 3 },
    { "\"\\ude00z\"", "\xef\xbf\xbdz", 4 },
    { "\"\\ud83d\\ud83d\\ude00\"", "\xef\xbf\xbd😀", 7 },
    { "\"\\ud83d\\n\"", "\xef\xbf\xbd\n", 4 },
    { "\"\\ud83d\\ue000\"", "\xef\xbf\xbd\xee\x80\x80", 6 },
    { "\"\\\\ud83d\\ud83d\"", "\\ud83d\xef\xbf\xbd", 9 },
    /* Not UTF-8: a wrong byte, a sequence cut off, a surrogate as three bytes. */
    { "\"a\xff\"", "a\xef\xbf\xbd", 4 },
    { "\"\xe2\x82\"", "\xef\xbf\xbd\xef\xbf\xbd", 6 },
    { "\"\xed\xa0\xbdz\"", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdz", 10 },
  };
  g_autoptr (PhJson) json = ph_json_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *text = NULL;
      gsize size = 0;

      g_test_message ("case %u", i);
      g_assert_true (ph_json_get_string (parse (json, cases[i].text), &text, &size));
      g_assert_cmpmem (text, size, cases[i].value, cases[i].size);
      g_assert_true (text[size] == '\0');
    }
}

static void
test_numbers (void)
{
  static const struct
  {
    const char *text;
    gint64 integer;
    double real;
  } cases[] = {
    { "0", 0, 0 },
    { "-0", 0, -0.0 },
    { "42", 42, 42 },
    { "1700000000123.75", 1700000000123, 1700000000123.75 },
    { "-2.9", -2, -2.9 },
    { "9223372036854775807", G_MAXINT64, 9223372036854775807.0 },
    { "-9223372036854775808", G_MININT64, -9223372036854775808.0 },
    { "18446744073709551615", G_MAXINT64, 18446744073709551615.0 },
    { "18446744073709551616", G_MAXINT64, 18446744073709551616.0 },
    { "-9223372036854775809", G_MININT64, -9223372036854775809.0 },
    { "1e300", G_MAXINT64, 1e300 },
    { "1e999", G_MAXINT64, DBL_MAX },
    { "-1e999", G_MININT64, -DBL_MAX },
    { "1e-999", 0, 0 },
  };
  g_autoptr (PhJson) json = ph_json_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *inside = g_strdup_printf ("{\"a\":[%s,7]}", cases[i].text);
      PhJsonValue value = parse (json, cases[i].text);
      gint64 integer = 1;
      double real = 1;

      g_test_message ("%s", cases[i].text);
      g_assert_true (ph_json_get_int (value, &integer));
      g_assert_true (ph_json_get_double (value, &real));
      g_assert_cmpint (integer, ==, cases[i].integer);
      assert_same (real, cases[i].real);
      g_assert_cmpuint (ph_json_size (ph_json_member (parse (json, inside), "a")), ==, 2);
    }
}

/* A getter of the wrong type says no and leaves its argument alone. */
static void
test_wrong_type (void)
{
  static const char *const names[] = { "n", "t", "i", "s", "a", "o", "missing" };
  g_autoptr (PhJson) json = ph_json_new ();
  PhJsonValue root = parse (json, "{\"n\":null,\"t\":true,\"i\":5,\"s\":\"x\",\"a\":[1],"
                                  "\"o\":{\"k\":1}}");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *text = "kept";
      gboolean boolean = 77;
      gint64 integer = 77;
      double real = 77;
      gsize size = 77;
      PhJsonIter iter;

      g_test_message ("%s", names[i]);
      g_assert_cmpint (ph_json_member_bool (root, names[i], &boolean), ==, *names[i] == 't');
      g_assert_cmpint (boolean, ==, *names[i] == 't' ? TRUE : 77);
      g_assert_cmpint (ph_json_member_int (root, names[i], &integer), ==, *names[i] == 'i');
      g_assert_cmpint (integer, ==, *names[i] == 'i' ? 5 : 77);
      g_assert_cmpint (ph_json_member_double (root, names[i], &real), ==, *names[i] == 'i');
      assert_same (real, *names[i] == 'i' ? 5 : 77);
      g_assert_cmpint (ph_json_member_string (root, names[i], &text, &size), ==, *names[i] == 's');
      g_assert_cmpstr (text, ==, *names[i] == 's' ? "x" : "kept");
      g_assert_cmpuint (size, ==, *names[i] == 's' ? 1 : 77);

      ph_json_iter_init (&iter, ph_json_member (root, names[i]));
      g_assert_cmpint (ph_json_next (&iter, NULL, NULL), ==, *names[i] == 'a' || *names[i] == 'o');
    }

  g_assert_null (ph_json_member ((PhJsonValue) {}, "x").document);
  g_assert_null (ph_json_member (ph_json_member (root, "a"), "x").document);
}

static void
test_iterate (void)
{
  g_autoptr (PhJson) json = ph_json_new ();
  PhJsonValue root = parse (json, "{\"a\":{\"x\":[1,2]},\"b\":[[],{}],\"\":1.5,\"a\":2}");
  g_autoptr (GString) out = g_string_new (NULL);
  const char *key = NULL;
  PhJsonValue value;
  PhJsonIter iter;
  gint64 integer;

  ph_json_iter_init (&iter, root);
  while (ph_json_next (&iter, &key, &value))
    g_string_append_printf (out, "%s:%d ", key, ph_json_type (value));

  g_assert_cmpstr (out->str, ==, "a:6 b:5 :3 a:3 ");
  g_assert_cmpuint (ph_json_size (root), ==, 4);
  g_assert_cmpuint (ph_json_size (ph_json_member (root, "b")), ==, 2);
  g_assert_cmpuint (ph_json_size (ph_json_member (root, "")), ==, 0);
  /* The first of two members of one name. */
  g_assert_cmpint (ph_json_type (ph_json_member (root, "a")), ==, PH_JSON_OBJECT);

  root = parse (json, "[3,\"4\",[5],6]");
  g_string_truncate (out, 0);
  ph_json_iter_init (&iter, root);
  while (ph_json_next (&iter, &key, &value))
    {
      g_assert_null (key);
      if (ph_json_get_int (value, &integer))
        g_string_append_printf (out, "%d ", (int) integer);
    }

  g_assert_cmpstr (out->str, ==, "3 6 ");
}

static char *
nest (gsize depth)
{
  char *text = g_malloc (2 * depth + 1);

  memset (text, '[', depth);
  memset (text + depth, ']', depth);
  text[2 * depth] = '\0';

  return text;
}

static void
test_depth (void)
{
  g_autoptr (PhJson) json = ph_json_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *deep = nest (PH_LIMIT_JSON_DEPTH - 1);
  g_autofree char *too_deep = nest (PH_LIMIT_JSON_DEPTH + 1);
  g_autofree char *far_too_deep = nest (1000000);

  parse (json, deep);

  g_assert_false (ph_json_parse (json, too_deep, strlen (too_deep), NULL, &error));
  g_assert_error (error, PH_ERROR, PH_ERROR_TOO_LARGE);
  g_clear_error (&error);

  g_assert_false (ph_json_parse (json, far_too_deep, strlen (far_too_deep), NULL, &error));
  g_assert_error (error, PH_ERROR, PH_ERROR_TOO_LARGE);
}

/* Small, large, small: memory is taken and given back, values are right each time. */
static void
test_sizes (void)
{
  static const gsize sizes[] = { 1, 100000, 10, 20000000, 5, 70000, 0 };
  g_autoptr (PhJson) json = ph_json_new ();

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GString) text = g_string_new ("{\"pad\":\"");
      PhJsonValue root;
      const char *pad;
      gsize size;

      for (gsize n = 0; n < sizes[i]; n++)
        g_string_append_c (text, 'x');

      g_string_append (text, "\",\"end\":true}");
      root = parse (json, text->str);
      g_assert_true (ph_json_member_string (root, "pad", &pad, &size));
      g_assert_cmpuint (size, ==, sizes[i]);
      g_assert_cmpint (ph_json_type (ph_json_member (root, "end")), ==, PH_JSON_BOOLEAN);
    }
}

/* The text is lent: it need not end in a NUL, and nothing behind it is read. */
static void
test_size_counts (void)
{
  g_autoptr (PhJson) json = ph_json_new ();
  g_autofree char *text = g_memdup2 ("[1]", 3);
  gint64 number = 0;
  PhJsonValue root;

  g_assert_true (ph_json_parse (json, text, 3, &root, NULL));
  g_assert_cmpuint (ph_json_size (root), ==, 1);
  g_assert_true (ph_json_parse (json, "123456", 3, &root, NULL));
  g_assert_true (ph_json_get_int (root, &number));
  g_assert_cmpint (number, ==, 123);
  g_assert_false (ph_json_parse (json, NULL, 0, NULL, NULL));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json/types", test_types);
  g_test_add_func ("/json/invalid", test_invalid);
  g_test_add_func ("/json/strings", test_strings);
  g_test_add_func ("/json/numbers", test_numbers);
  g_test_add_func ("/json/wrong-type", test_wrong_type);
  g_test_add_func ("/json/iterate", test_iterate);
  g_test_add_func ("/json/depth", test_depth);
  g_test_add_func ("/json/sizes", test_sizes);
  g_test_add_func ("/json/size-counts", test_size_counts);

  return g_test_run ();
}
