/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-json-write.h"

#include <math.h>
#include <string.h>

static void
test_string (void)
{
  static const struct
  {
    const char *text;
    gssize size;
    const char *json;
  } cases[] = {
    { "", -1, "\"\"" },
    { "plain", -1, "\"plain\"" },
    { "plain", 2, "\"pl\"" },
    { "a\"b\\c", -1, "\"a\\\"b\\\\c\"" },
    { "line\nend\ttab\x7f", -1, "\"line\\u000aend\\u0009tab\x7f\"" },
    { "a\0b", 3, "\"a\\u0000b\"" },
    { "ü€😀", -1, "\"ü€😀\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);

      ph_json_write_string (out, cases[i].text, cases[i].size);
      g_assert_cmpstr (out->str, ==, cases[i].json);
    }
}

static void
test_number (void)
{
  static const struct
  {
    double number;
    const char *json;
  } cases[] = {
    { 0, "0" },
    { -3, "-3" },
    { 1700000000123.0, "1700000000123" },
    { 0.5, "0.5" },
    { -0.25, "-0.25" },
    { 0.1, "0.1" },
    { 0.4, "0.4" },
    { 1.0 / 3, "0.3333333333333333" },
    { 1.7976931348623157e200, "1.7976931348623156e+200" },
    { 1e300, "1.0000000000000001e+300" },
    { NAN, "null" },
    { -INFINITY, "null" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);

      ph_json_write_number (out, cases[i].number);

      if (fabs (cases[i].number) < 1e300 || !isfinite (cases[i].number))
        g_assert_cmpstr (out->str, ==, cases[i].json);
      else
        g_assert_true (g_ascii_strtod (out->str, NULL) >= cases[i].number);
    }
}

static void
test_int (void)
{
  static const struct
  {
    gint64 number;
    const char *json;
  } cases[] = {
    { 0, "0" },
    { 10, "10" },
    { -7, "-7" },
    { 1700000000123, "1700000000123" },
    { G_MAXINT64, "9223372036854775807" },
    { G_MININT64, "-9223372036854775808" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) out = g_string_new ("at ");
      g_autofree char *wanted = g_strconcat ("at ", cases[i].json, NULL);

      ph_json_write_int (out, cases[i].number);
      g_assert_cmpstr (out->str, ==, wanted);
    }
}

/* What was read and written is the same when it is read again. */
static void
test_value (void)
{
  static const struct
  {
    const char *text;
    const char *json;
  } cases[] = {
    { " { } ", "{}" },
    { "[ 1 , [ ] , { \"a\" : null } ]", "[1,[],{\"a\":null}]" },
    { "{\"a\":true,\"b\":[false,-1.5,\"x\\n\\u0000\"],\"c\\\"\":{\"d\":{}}}",
      "{\"a\":true,\"b\":[false,-1.5,\"x\\u000a\\u0000\"],\"c\\\"\":{\"d\":{}}}" },
    { "\"ü\"", "\"ü\"" },
  };
  g_autoptr (PhJson) json = ph_json_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);
      g_autoptr (GString) again = g_string_new (NULL);
      PhJsonValue root;

      g_assert_true (ph_json_parse (json, cases[i].text, strlen (cases[i].text), &root, NULL));
      ph_json_write_value (out, root);
      g_assert_cmpstr (out->str, ==, cases[i].json);

      g_assert_true (ph_json_parse (json, out->str, out->len, &root, NULL));
      ph_json_write_value (again, root);
      g_assert_cmpstr (again->str, ==, out->str);
    }
}

static void
test_no_value (void)
{
  g_autoptr (GString) out = g_string_new (NULL);

  ph_json_write_value (out, (PhJsonValue) { NULL });
  g_assert_cmpstr (out->str, ==, "null");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json-write/string", test_string);
  g_test_add_func ("/json-write/number", test_number);
  g_test_add_func ("/json-write/int", test_int);
  g_test_add_func ("/json-write/value", test_value);
  g_test_add_func ("/json-write/no-value", test_no_value);

  return g_test_run ();
}
