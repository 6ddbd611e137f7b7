/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-tokens.h"

#include <string.h>

#define TIME 1767225600003

/* What is read as `literal|value|`, with the type before values that are no strings. */
static char *
describe (const char *text,
          gsize size)
{
  PhTokens tokens = { .at = text, .end = text + size, .time = TIME };
  GString *out = g_string_new (NULL);
  PhToken token;

  while (ph_tokens_next (&tokens, &token))
    {
      g_string_append_len (out, token.literal, (gssize) token.literal_size);

      if (token.type == PH_TOKEN_END)
        continue;

      g_string_append_c (out, '|');

      if (token.type == PH_TOKEN_TIME)
        g_string_append (out, "T");
      else if (token.type == PH_TOKEN_ODD_NUMBER)
        g_string_append (out, "O");
      else if (token.type >= PH_TOKEN_NUMBER)
        g_string_append_printf (out, "%c%u ", (token.type - PH_TOKEN_NUMBER) % 2 ? 'q' : 'n',
                                (token.type - PH_TOKEN_NUMBER) / 2);

      g_string_append_len (out, token.text, (gssize) token.text_size);
      g_string_append_c (out, '|');
    }

  return g_string_free (out, FALSE);
}

static void
test_table (void)
{
  static const struct
  {
    const char *text;
    const char *tokens;
  } cases[] = {
    { "", "" },
    { "{}", "{}" },
    { "{\"a\":1}", "{\"a\":|n0 1|}" },
    { "{\"a\":\"b\"}", "{\"a\":\"|b|\"}" },
    { "{\"a\":\"\"}", "{\"a\":\"||\"}" },
    { "{ \"a\" : \"b\" }", "{ \"|a|\" : \"|b|\" }" },
    { "{\"type\":3,\"tagName\":\"div\",\"id\":7}",
      "{\"type\":3,\"tagName\":\"div\",\"id\":|n0 7|}" },
    { "{\"type\":[3,4]}", "{\"type\":[3,|n0 4|]}" },
    { "{\"type\":\"0123456789012345678901234567890123456789\"}",
      "{\"type\":\"|0123456789012345678901234567890123456789|\"}" },
    { "{\"timestamp\":1767225600003}", "{\"timestamp\":|T1767225600003|}" },
    { "\"1767225600003\"", "\"|q0 1767225600003|\"" },
    { "1767225600003.0", "|n1 1767225600003.0|" },
    { "[true,false,null]", "[true,false,null]" },
    { "[12.50,-0.5,0.0,-7]", "[|n2 12.50|,|n1 -0.5|,|n1 0.0|,|n0 -7|]" },
    { "[\"12.50\",\"-7\",\"1e5\",\"1.\",\"\\\"\"]",
      "[\"|q2 12.50|\",\"|q0 -7|\",\"|1e5|\",\"|1.|\",\"|\\\"|\"]" },
    { "[1e5,-0,01,1.,-,1.2.3,-0.0]",
      "[|O1e5|,|O-0|,|O01|,|O1.|,|O-|,|O1.2.3|,|O-0.0|]" },
    { "999999999999999999", "|n0 999999999999999999|" },
    { "1000000000000000000", "|O1000000000000000000|" },
    { "0.123456789012345", "|n15 0.123456789012345|" },
    { "0.1234567890123456", "|O0.1234567890123456|" },
    { "{\"a\":\"b\\\\\",\"c\":\"d\\\\\\\"\"}", "{\"a\":\"|b\\\\|\",\"c\":\"|d\\\\\\\"|\"}" },
    { "{\"a\":\"b", "{\"a\":\"b" },
    { "\"\"\"", "\"||\"\"" },
    { "\"a\"\"b\"", "\"|a|\"\"|b|\"" },
    { "\"", "\"" },
    { "1", "|n0 1|" },
    { "not json 5", "not json |n0 5|" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *tokens = describe (cases[i].text, strlen (cases[i].text));

      g_test_message ("case %u", i);
      g_assert_cmpstr (tokens, ==, cases[i].tokens);
    }
}

static void
check_whole (const char *text,
             gsize size)
{
  PhTokens tokens = { .at = text, .end = text + size, .time = TIME };
  const char *at = text;
  gboolean ended = FALSE;
  PhToken token;

  while (ph_tokens_next (&tokens, &token))
    {
      char number[PH_TOKEN_NUMBER_BYTES];

      g_assert_false (ended);
      g_assert_true (token.literal == at && token.text == at + token.literal_size);
      at = token.text + token.text_size;
      ended = token.type == PH_TOKEN_END;

      if (token.type >= PH_TOKEN_NUMBER || token.type == PH_TOKEN_TIME)
        {
          guint type = MAX (token.type, PH_TOKEN_NUMBER);
          char *end = ph_tokens_write (number, type, token.number);

          g_assert_cmpuint (type, <, PH_TOKEN_N_TYPES);
          g_assert_cmpmem (number, end - number, token.text, token.text_size);
        }
    }

  g_assert_true (ended);
  g_assert_true (at == text + size);
}

/* Tokens one after the other are the text, and a number reads as it was, whatever the bytes. */
static void
test_any_bytes (void)
{
  static const char letters[] = "\"\"\"\\:{}[],.0123456789-eE typeasource\n";
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (guint round = 0; round < 50000; round++)
    {
      gsize size = (gsize) g_rand_int_range (rand, 0, 60);
      g_autofree char *text = g_malloc (size + 1);

      for (gsize i = 0; i < size; i++)
        text[i] = round % 4 == 0 ? (char) g_rand_int (rand)
                                 : letters[g_rand_int_range (rand, 0, sizeof letters - 1)];

      check_whole (text, size);
    }
}

static void
test_write (void)
{
  static const struct
  {
    guint decimals;
    gint64 number;
    const char *text;
  } cases[] = {
    { 0, 0, "0" },
    { 0, -1, "-1" },
    { 2, 5, "0.05" },
    { 2, -1250, "-12.50" },
    { 15, G_MININT64, "-9223.372036854775808" },
    { 0, G_MININT64, "-9223372036854775808" },
    { 0, G_MAXINT64, "9223372036854775807" },
    { 15, 0, "0.000000000000000" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      char number[PH_TOKEN_NUMBER_BYTES];
      char *end = ph_tokens_write (number, PH_TOKEN_NUMBER + 2 * cases[i].decimals,
                                   cases[i].number);

      g_assert_cmpmem (number, end - number, cases[i].text, strlen (cases[i].text));
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/tokens/table", test_table);
  g_test_add_func ("/tokens/any-bytes", test_any_bytes);
  g_test_add_func ("/tokens/write", test_write);

  return g_test_run ();
}
