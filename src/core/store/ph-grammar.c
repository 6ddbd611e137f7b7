/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-grammar.h"

#include "ph-tokens.h"

#include <string.h>

/*
 * Guesses: the literal that followed when the last six were these, else when the
 * last two were. Literals are told apart by their low bits there.
 */
#define HISTORY_BITS 10
#define LONG_HISTORY ((guint64) 0xfffffffffffffff)
#define SHORT_HISTORY ((guint64) 0xfffff)
#define GUESS_BITS 14

struct _PhGrammar
{
  GArray *literals; /* PhLiteral */
  guint32 *places;  /* hash table: literal + 1; made when one is looked for */
  guint n_places;   /* a power of 2 */
  guint n_placed;   /* literals in it */

  GArray *columns;           /* PhColumnName */
  GHashTable *column_places; /* PhColumnName → column + 1 */

  guint32 id_key; /* hash of `id` */
  guint64 history;
  guint32 list;                          /* the list that is open, a hash */
  guint last;                            /* literal that came last */
  guint16 long_guesses[1 << GUESS_BITS]; /* literal + 1 */
  guint16 short_guesses[1 << GUESS_BITS];
};

static guint
hash_name (gconstpointer key)
{
  const PhColumnName *name = key;

  return (name->key ^ name->list * 31) * 31 + name->type;
}

static gboolean
equal_names (gconstpointer a,
             gconstpointer b)
{
  const PhColumnName *name = a;
  const PhColumnName *other = b;

  return name->key == other->key && name->list == other->list && name->type == other->type;
}

/* Part of the format, as columns are found by it. */
static guint32
hash_bytes (const char *bytes,
            gsize size,
            guint32 seed)
{
  guint64 hash = (size ^ (guint64) seed << 32) * 0x9e3779b97f4a7c15;

  while (size > 0)
    {
      guint64 word = 0;
      gsize n = MIN (size, sizeof word);

      memcpy (&word, bytes, n);
      hash = (hash ^ GUINT64_FROM_LE (word)) * 0xff51afd7ed558ccd;
      hash ^= hash >> 32;
      bytes += n;
      size -= n;
    }

  return (guint32) hash;
}

static guint32
hash_key (const char *key,
          gsize size)
{
  /* 0 is no key. */
  return hash_bytes (key, size, 0) | 1;
}

PhGrammar *
ph_grammar_new (void)
{
  PhGrammar *grammar = g_new0 (PhGrammar, 1);

  grammar->literals = g_array_new (FALSE, FALSE, sizeof (PhLiteral));
  grammar->columns = g_array_new (FALSE, FALSE, sizeof (PhColumnName));
  grammar->column_places = g_hash_table_new_full (hash_name, equal_names, g_free, NULL);

  grammar->id_key = hash_key ("id", 2);

  return grammar;
}

void
ph_grammar_free (PhGrammar *grammar)
{
  if (grammar == NULL)
    return;

  g_array_unref (grammar->literals);
  g_array_unref (grammar->columns);
  g_hash_table_unref (grammar->column_places);
  g_free (grammar->places);
  g_free (grammar);
}

/* --- literals -------------------------------------------------------------- */

guint
ph_grammar_n_literals (const PhGrammar *grammar)
{
  return grammar->literals->len;
}

const PhLiteral *
ph_grammar_literal (const PhGrammar *grammar,
                    guint literal)
{
  return &g_array_index (grammar->literals, PhLiteral, literal);
}

/* The last key in it, and the last one whose value is a list that is not empty. */
static void
read_keys (PhLiteral *literal)
{
  const char *text = literal->text;
  guint end = literal->size;

  for (guint i = end; i > 1 && literal->list == 0; i--)
    {
      guint begin = i - 2;
      guint32 hash;

      if (text[i - 1] != ':' || text[i - 2] != '"')
        continue;

      while (begin > 0 && text[begin - 1] != '"')
        begin--;

      hash = hash_key (text + begin, i - 2 - begin);

      if (literal->key == 0)
        literal->key = hash;

      if (i < end && text[i] == '[' && (i + 1 == end || text[i + 1] != ']'))
        literal->list = hash;

      i = begin + 1;
    }
}

guint
ph_grammar_add (PhGrammar *grammar,
                const char *text,
                gsize size,
                guint type)
{
  PhLiteral literal = { 0 };

  g_return_val_if_fail (grammar->literals->len < PH_GRAMMAR_LITERALS, 0);

  literal.text = text;
  literal.size = (guint32) size;
  literal.type = (guint8) type;
  literal.column = G_MAXUINT;
  read_keys (&literal);
  g_array_append_val (grammar->literals, literal);

  return grammar->literals->len - 1;
}

static void
place_literal (PhGrammar *grammar,
               guint literal)
{
  guint at = ph_grammar_literal (grammar, literal)->hash & (grammar->n_places - 1);

  while (grammar->places[at] != 0)
    at = (at + 1) & (grammar->n_places - 1);

  grammar->places[at] = literal + 1;
}

/* At most half full. */
static void
place_new_literals (PhGrammar *grammar)
{
  if (grammar->literals->len * 2 >= grammar->n_places)
    {
      g_free (grammar->places);
      grammar->n_places = MAX (grammar->n_places * 4, 1024);
      grammar->places = g_new0 (guint32, grammar->n_places);
      grammar->n_placed = 0;
    }

  for (; grammar->n_placed < grammar->literals->len; grammar->n_placed++)
    {
      PhLiteral *literal = &g_array_index (grammar->literals, PhLiteral, grammar->n_placed);

      literal->hash = hash_bytes (literal->text, literal->size, literal->type);
      place_literal (grammar, grammar->n_placed);
    }
}

static gboolean
reads_like (const PhLiteral *literal,
            const char *text,
            gsize size,
            guint type)
{
  return literal->size == size && literal->type == type &&
         (size == 0 || memcmp (literal->text, text, size) == 0);
}

guint
ph_grammar_find (PhGrammar *grammar,
                 const char *text,
                 gsize size,
                 guint type)
{
  guint guess = ph_grammar_guess (grammar);
  guint32 hash;

  if (guess != G_MAXUINT && reads_like (ph_grammar_literal (grammar, guess), text, size, type))
    return guess;

  place_new_literals (grammar);
  hash = hash_bytes (text, size, type);

  for (guint at = hash;; at++)
    {
      guint32 place = grammar->places[at & (grammar->n_places - 1)];

      if (place == 0)
        return G_MAXUINT;

      if (ph_grammar_literal (grammar, place - 1)->hash == hash &&
          reads_like (ph_grammar_literal (grammar, place - 1), text, size, type))
        return place - 1;
    }
}

/* --- the way through ------------------------------------------------------- */

static guint
find_guess (guint64 history)
{
  return (guint) ((history * 0x9e3779b97f4a7c15) >> (64 - GUESS_BITS));
}

guint
ph_grammar_guess (PhGrammar *grammar)
{
  guint guess = grammar->long_guesses[find_guess (grammar->history & LONG_HISTORY)];

  if (guess == 0)
    guess = grammar->short_guesses[find_guess (grammar->history & SHORT_HISTORY)];

  return guess == 0 ? G_MAXUINT : guess - 1;
}

void
ph_grammar_go (PhGrammar *grammar,
               guint literal)
{
  const PhLiteral *entry = ph_grammar_literal (grammar, literal);
  guint16 guess = (guint16) (literal + 1);

  grammar->long_guesses[find_guess (grammar->history & LONG_HISTORY)] = guess;
  grammar->short_guesses[find_guess (grammar->history & SHORT_HISTORY)] = guess;
  grammar->history = grammar->history << HISTORY_BITS | (guess & ((1 << HISTORY_BITS) - 1));
  grammar->last = literal;

  if (entry->list != 0)
    grammar->list = entry->list;

  if (entry->type <= PH_TOKEN_REST)
    grammar->list = 0;
}

guint
ph_grammar_column (PhGrammar *grammar)
{
  PhLiteral *literal = &g_array_index (grammar->literals, PhLiteral, grammar->last);
  PhColumnName name = { literal->type, literal->key, grammar->list, FALSE };
  gpointer found;

  if (literal->column != G_MAXUINT && literal->known_list == grammar->list)
    return literal->column;

  /* With very many keys there is one column for all others of a type. */
  if (grammar->columns->len >= PH_GRAMMAR_COLUMNS - PH_TOKEN_N_TYPES)
    name = (PhColumnName) { .type = literal->type };

  found = g_hash_table_lookup (grammar->column_places, &name);

  if (found == NULL)
    {
      name.is_id = name.key == grammar->id_key && name.type == PH_TOKEN_NUMBER;
      g_array_append_val (grammar->columns, name);
      found = GUINT_TO_POINTER (grammar->columns->len);
      g_hash_table_insert (grammar->column_places, g_memdup2 (&name, sizeof name), found);
    }

  literal->known_list = grammar->list;
  literal->column = GPOINTER_TO_UINT (found) - 1;

  return literal->column;
}

guint
ph_grammar_n_columns (const PhGrammar *grammar)
{
  return grammar->columns->len;
}

const PhColumnName *
ph_grammar_column_name (const PhGrammar *grammar,
                        guint column)
{
  return &g_array_index (grammar->columns, PhColumnName, column);
}
