/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-grammar.h"

#include "ph-tokens.h"

#include <string.h>

static guint
add (PhGrammar *grammar,
     const char *text,
     guint type)
{
  return ph_grammar_add (grammar, text, strlen (text), type);
}

static guint
find (PhGrammar *grammar,
      const char *text,
      guint type)
{
  return ph_grammar_find (grammar, text, strlen (text), type);
}

static void
test_find (void)
{
  g_autoptr (PhGrammar) grammar = ph_grammar_new ();
  static const char *const texts[] = { "", "a", "b", "ab", "{\"id\":", "a longer one: \"x\":" };

  g_assert_cmpuint (find (grammar, "a", PH_TOKEN_END), ==, G_MAXUINT);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_assert_cmpuint (find (grammar, texts[i], PH_TOKEN_END), ==, G_MAXUINT);
      g_assert_cmpuint (add (grammar, texts[i], PH_TOKEN_END), ==, 2 * i);
      g_assert_cmpuint (add (grammar, texts[i], PH_TOKEN_STRING), ==, 2 * i + 1);
    }

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_assert_cmpuint (find (grammar, texts[i], PH_TOKEN_END), ==, 2 * i);
      g_assert_cmpuint (find (grammar, texts[i], PH_TOKEN_STRING), ==, 2 * i + 1);
      g_assert_cmpuint (find (grammar, texts[i], PH_TOKEN_TIME), ==, G_MAXUINT);
    }

  g_assert_cmpuint (ph_grammar_n_literals (grammar), ==, 2 * G_N_ELEMENTS (texts));
}

static void
test_many (void)
{
  g_autoptr (PhGrammar) grammar = ph_grammar_new ();
  g_autoptr (GStringChunk) texts = g_string_chunk_new (4096);

  for (guint i = 0; i < PH_GRAMMAR_LITERALS; i++)
    {
      char text[16];

      g_snprintf (text, sizeof text, "%u", i);
      g_assert_cmpuint (find (grammar, text, PH_TOKEN_END), ==, G_MAXUINT);
      g_assert_cmpuint (add (grammar, g_string_chunk_insert (texts, text), PH_TOKEN_END), ==, i);
      ph_grammar_go (grammar, i);
    }

  g_assert_cmpuint (find (grammar, "0", PH_TOKEN_END), ==, 0);
  g_assert_cmpuint (find (grammar, "65534", PH_TOKEN_END), ==, 65534);
}

/* What came before in the same order is guessed. */
static void
test_guess (void)
{
  static const guint order[] = { 0, 1, 2, 1, 3, 1, 2, 4 };
  g_autoptr (PhGrammar) grammar = ph_grammar_new ();
  guint n_right = 0;

  for (guint i = 0; i < 5; i++)
    ph_grammar_add (grammar, "abcde" + i, 1, PH_TOKEN_STRING);

  g_assert_cmpuint (ph_grammar_guess (grammar), ==, G_MAXUINT);

  for (guint i = 0; i < 10 * G_N_ELEMENTS (order); i++)
    {
      guint next = order[i % G_N_ELEMENTS (order)];

      n_right += ph_grammar_guess (grammar) == next;
      ph_grammar_go (grammar, next);
    }

  g_assert_cmpuint (n_right, >=, 8 * G_N_ELEMENTS (order));
}

static guint
find_column (PhGrammar *grammar,
             const char *literal,
             guint type)
{
  guint number = find (grammar, literal, type);

  if (number == G_MAXUINT)
    number = add (grammar, literal, type);

  ph_grammar_go (grammar, number);

  return ph_grammar_column (grammar);
}

static void
test_columns (void)
{
  static const struct
  {
    const char *literal;
    guint type;
    guint column;
    gboolean is_id;
  } cases[] = {
    { "{\"id\":", PH_TOKEN_NUMBER, 0, TRUE },
    { ",\"id\":", PH_TOKEN_NUMBER, 0, TRUE },
    { ",\"id\":\"", PH_TOKEN_STRING, 1, FALSE },
    { ",\"x\":", PH_TOKEN_NUMBER, 2, FALSE },
    { ",", PH_TOKEN_NUMBER, 3, FALSE },
    { ",\"texts\":[{\"id\":", PH_TOKEN_NUMBER, 4, TRUE },
    { "},{\"id\":", PH_TOKEN_NUMBER, 4, TRUE },
    { "}],\"attributes\":[{\"id\":", PH_TOKEN_NUMBER, 5, TRUE },
    { "},{\"id\":", PH_TOKEN_NUMBER, 5, TRUE },
    { "}],\"removes\":[],\"adds\":[],\"id\":", PH_TOKEN_NUMBER, 5, TRUE },
    { "}],\"texts\":[{\"id\":", PH_TOKEN_NUMBER, 4, TRUE },
    { "}],\"positions\":[", PH_TOKEN_NUMBER, 6, FALSE },
    { ",", PH_TOKEN_NUMBER, 7, FALSE },
  };
  g_autoptr (PhGrammar) grammar = ph_grammar_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint column = find_column (grammar, cases[i].literal, cases[i].type);

      g_test_message ("case %u", i);
      g_assert_cmpuint (column, ==, cases[i].column);
      g_assert_cmpint (ph_grammar_column_name (grammar, column)->is_id, ==, cases[i].is_id);
    }

  /* An event's end closes its lists. */
  ph_grammar_go (grammar, add (grammar, "}", PH_TOKEN_END));
  g_assert_cmpuint (find_column (grammar, "{\"id\":", PH_TOKEN_NUMBER), ==, 0);
}

/* However many keys there are, columns are few, and never of two types. */
static void
test_many_columns (void)
{
  g_autoptr (PhGrammar) grammar = ph_grammar_new ();
  g_autoptr (GStringChunk) texts = g_string_chunk_new (4096);

  for (guint i = 0; i < 20000; i++)
    {
      guint type = PH_TOKEN_STRING + i % (PH_TOKEN_N_TYPES - PH_TOKEN_STRING);
      char text[32];
      guint column;

      g_snprintf (text, sizeof text, ",\"%u\":", i);
      column = find_column (grammar, g_string_chunk_insert (texts, text), type);
      g_assert_cmpuint (column, <, PH_GRAMMAR_COLUMNS);
      g_assert_cmpuint (ph_grammar_column_name (grammar, column)->type, ==, type);
    }

  g_assert_cmpuint (ph_grammar_n_columns (grammar), <=, PH_GRAMMAR_COLUMNS);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/grammar/find", test_find);
  g_test_add_func ("/grammar/many", test_many);
  g_test_add_func ("/grammar/guess", test_guess);
  g_test_add_func ("/grammar/columns", test_columns);
  g_test_add_func ("/grammar/many-columns", test_many_columns);

  return g_test_run ();
}
