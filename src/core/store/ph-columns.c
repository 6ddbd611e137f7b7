/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-columns.h"

#include "ph-columns-private.h"
#include "ph-numbers.h"

#include <string.h>

typedef struct
{
  gint64 *numbers;
  gint64 *others; /* the node's number before it; NULL in columns of other types */
  guint n;
  guint room;
  GByteArray *strings; /* NULL in columns of numbers */
  guint n_strings;
} Column;

/* A string there was in a column. */
typedef struct
{
  guint32 hash;
  guint32 column;
  guint32 place; /* in the column's strings */
  guint32 size;
  guint32 number; /* from 1 */
} Known;

typedef struct
{
  PhGrammar *grammar;
  GArray *columns; /* Column */
  guint n_values;
  gint64 last_id;

  GArray *known;         /* Known */
  guint32 *known_places; /* hash table: index + 1 */
  guint n_known_places;

  GArray *runs;   /* gint64: right guesses before each wrong one */
  GArray *misses; /* gint64: the literals that were not guessed */
  gint64 run;
  GArray *rest_sizes; /* gint64 */
  GByteArray *rests;
} Packer;

static void
free_columns (GArray *columns)
{
  for (guint i = 0; i < columns->len; i++)
    {
      Column *column = &g_array_index (columns, Column, i);

      g_free (column->numbers);
      g_free (column->others);
      g_clear_pointer (&column->strings, g_byte_array_unref);
    }

  g_array_unref (columns);
}

static void
clear_packer (Packer *packer)
{
  ph_grammar_free (packer->grammar);
  free_columns (packer->columns);
  g_array_unref (packer->known);
  g_free (packer->known_places);
  g_array_unref (packer->runs);
  g_array_unref (packer->misses);
  g_array_unref (packer->rest_sizes);
  g_byte_array_unref (packer->rests);
}

static void
init_packer (Packer *packer)
{
  *packer = (Packer) {
    .grammar = ph_grammar_new (),
    .columns = g_array_new (FALSE, TRUE, sizeof (Column)),
    .known = g_array_new (FALSE, FALSE, sizeof (Known)),
    .runs = g_array_new (FALSE, FALSE, sizeof (gint64)),
    .misses = g_array_new (FALSE, FALSE, sizeof (gint64)),
    .rest_sizes = g_array_new (FALSE, FALSE, sizeof (gint64)),
    .rests = g_byte_array_new (),
  };
  ph_grammar_add (packer->grammar, "", 0, PH_TOKEN_REST);
}

static void
add_number (Column *column,
            gint64 number,
            gint64 other,
            gboolean has_other)
{
  if (column->n == column->room)
    {
      column->room = MAX (column->room * 2, 16);
      column->numbers = g_renew (gint64, column->numbers, column->room);

      if (has_other)
        column->others = g_renew (gint64, column->others, column->room);
    }

  if (has_other)
    column->others[column->n] = other;

  column->numbers[column->n++] = number;
}

static guint32
hash_string (const char *text,
             gsize size,
             guint32 column)
{
  guint64 hash = (size ^ (guint64) column << 32) * 0x9e3779b97f4a7c15;

  for (; size >= 8; text += 8, size -= 8)
    {
      guint64 word;

      memcpy (&word, text, 8);
      hash = (hash ^ word) * 0xff51afd7ed558ccd;
      hash ^= hash >> 32;
    }

  for (; size > 0; text++, size--)
    hash = (hash ^ (guint8) *text) * 0x9e3779b97f4a7c15;

  return (guint32) (hash >> 32);
}

static void
place_known (Packer *packer,
             guint index)
{
  guint mask = packer->n_known_places - 1;
  guint at = g_array_index (packer->known, Known, index).hash & mask;

  while (packer->known_places[at] != 0)
    at = (at + 1) & mask;

  packer->known_places[at] = index + 1;
}

static void
grow_known (Packer *packer)
{
  g_free (packer->known_places);
  packer->n_known_places = MAX (packer->n_known_places * 4, 1024);
  packer->known_places = g_new0 (guint32, packer->n_known_places);

  for (guint i = 0; i < packer->known->len; i++)
    place_known (packer, i);
}

/* The number of a string in its column; 0 when it is a new one, which is then known. */
static guint
find_string (Packer *packer,
             guint column_index,
             const char *text,
             gsize size)
{
  Column *column = &g_array_index (packer->columns, Column, column_index);
  Known wanted = { hash_string (text, size, column_index), column_index, 0, (guint32) size, 0 };

  if (packer->known->len * 2 >= packer->n_known_places)
    grow_known (packer);

  for (guint at = wanted.hash;; at++)
    {
      guint32 place = packer->known_places[at & (packer->n_known_places - 1)];
      const Known *known;

      if (place == 0)
        break;

      known = &g_array_index (packer->known, Known, place - 1);

      if (known->hash == wanted.hash && known->column == column_index && known->size == size &&
          memcmp (column->strings->data + known->place, text, size) == 0)
        return known->number;
    }

  if (column->strings == NULL)
    column->strings = g_byte_array_new ();

  wanted.place = column->strings->len;
  wanted.number = ++column->n_strings;
  g_byte_array_append (column->strings, (const guint8 *) text, (guint) size);
  g_byte_array_append (column->strings, (const guint8 *) "\"", 1);
  g_array_append_val (packer->known, wanted);
  place_known (packer, packer->known->len - 1);

  return 0;
}

static void
add_value (Packer *packer,
           const PhToken *token)
{
  guint index = ph_grammar_column (packer->grammar);
  Column *column;

  if (index >= packer->columns->len)
    g_array_set_size (packer->columns, index + 1);

  column = &g_array_index (packer->columns, Column, index);
  packer->n_values++;

  if (ph_columns_is_text (token->type))
    {
      add_number (column, find_string (packer, index, token->text, token->text_size), 0, FALSE);
      return;
    }

  add_number (column, token->number, packer->last_id, token->type == PH_TOKEN_NUMBER);
}

/* The literal's number, known from now on. */
static guint
go (Packer *packer,
    const PhToken *token)
{
  guint literal = ph_grammar_find (packer->grammar, token->literal, token->literal_size,
                                   token->type);

  if (literal == G_MAXUINT)
    literal = ph_grammar_add (packer->grammar, token->literal, token->literal_size, token->type);

  if (literal == ph_grammar_guess (packer->grammar))
    {
      packer->run++;
    }
  else
    {
      gint64 miss = literal;

      g_array_append_val (packer->runs, packer->run);
      g_array_append_val (packer->misses, miss);
      packer->run = 0;
    }

  ph_grammar_go (packer->grammar, literal);

  return literal;
}

/* When there is no room for one more of anything: the text from the token on. */
static guint
add_rest (Packer *packer,
          const PhToken *token,
          const char *end)
{
  const PhToken rest = { .type = PH_TOKEN_REST, .literal = "" };
  gint64 size = end - token->literal;

  g_array_append_val (packer->rest_sizes, size);
  g_byte_array_append (packer->rests, (const guint8 *) token->literal, (guint) size);

  return go (packer, &rest);
}

static gboolean
is_full (Packer *packer)
{
  return packer->n_values >= PH_COLUMNS_VALUES ||
         ph_grammar_n_literals (packer->grammar) >= PH_GRAMMAR_LITERALS;
}

/* Gives its first literal. */
static guint
add_text (Packer *packer,
          const PhEvent *event)
{
  const char *text = event->size > 0 ? event->text : "";
  PhTokens tokens = { .at = text, .end = text + event->size, .time = ph_columns_time (event) };
  PhToken token;
  guint first = G_MAXUINT;

  while (ph_tokens_next (&tokens, &token))
    {
      guint literal = is_full (packer) ? add_rest (packer, &token, text + event->size)
                                       : go (packer, &token);

      if (first == G_MAXUINT)
        first = literal;

      if (literal == PH_REST_LITERAL)
        break;

      if (token.type >= PH_TOKEN_STRING)
        add_value (packer, &token);

      if (token.type == PH_TOKEN_NUMBER && ph_grammar_literal (packer->grammar, literal)->is_id)
        packer->last_id = token.number;
    }

  return first;
}

static void
put_list (PhParts *parts,
          const GArray *numbers)
{
  ph_numbers_put (parts, (const gint64 *) (gconstpointer) numbers->data, NULL, numbers->len);
}

static void
put_bytes (PhParts *parts,
           const GByteArray *bytes)
{
  if (bytes->len > 0)
    memcpy (ph_parts_put_room (parts, bytes->len), bytes->data, bytes->len);
}

static void
put_literals (Packer *packer,
              PhParts *parts)
{
  guint n = ph_grammar_n_literals (packer->grammar);

  for (guint i = PH_REST_LITERAL + 1; i < n; i++)
    {
      const PhLiteral *literal = ph_grammar_literal (packer->grammar, i);

      ph_parts_put_number (parts, (guint64) literal->size << PH_TYPE_BITS | literal->type);
    }

  for (guint i = PH_REST_LITERAL + 1; i < n; i++)
    {
      const PhLiteral *literal = ph_grammar_literal (packer->grammar, i);

      if (literal->size > 0)
        memcpy (ph_parts_put_room (parts, literal->size), literal->text, literal->size);
    }

  ph_parts_cut (parts);
}

static void
put_sizes (Packer *packer,
           PhParts *parts)
{
  guint n = packer->columns->len;
  g_autofree gint64 *sizes = g_new0 (gint64, 2 * (gsize) n + 1);

  for (guint i = 0; i < n; i++)
    {
      const Column *column = &g_array_index (packer->columns, Column, i);

      sizes[i] = column->n;
      sizes[n + i] = column->strings != NULL ? column->strings->len : 0;
    }

  ph_numbers_put (parts, sizes, NULL, n);
  ph_numbers_put (parts, sizes + n, NULL, n);
}

/* All of one sort together: large ones by themselves, small ones as a whole. */
static void
put_columns (Packer *packer,
             PhParts *parts,
             gboolean large)
{
  for (guint i = 0; i < packer->columns->len; i++)
    {
      const Column *column = &g_array_index (packer->columns, Column, i);

      if ((column->n >= PH_COLUMNS_MANY) == large)
        ph_numbers_put (parts, column->numbers, column->others, column->n);
    }

  ph_parts_cut (parts);
}

static void
put_strings (Packer *packer,
             PhParts *parts,
             gboolean large)
{
  for (guint i = 0; i < packer->columns->len; i++)
    {
      const Column *column = &g_array_index (packer->columns, Column, i);

      if (column->strings == NULL || (column->strings->len >= PH_COLUMNS_MANY_BYTES) != large)
        continue;

      put_bytes (parts, column->strings);

      if (large)
        ph_parts_cut (parts);
    }

  ph_parts_cut (parts);
}

void
ph_columns_pack (PhParts *parts,
                 const PhEvent *events,
                 guint n,
                 guint32 *firsts)
{
  Packer packer;
  gsize size = 0;

  init_packer (&packer);

  for (guint i = 0; i < n; i++)
    {
      firsts[i] = add_text (&packer, &events[i]);
      size += events[i].size;
    }

  ph_parts_put_number (parts, size);
  ph_parts_put_number (parts, ph_grammar_n_literals (packer.grammar));
  ph_parts_put_number (parts, packer.misses->len);
  ph_parts_put_number (parts, packer.rest_sizes->len);
  ph_parts_put_number (parts, packer.columns->len);
  put_literals (&packer, parts);
  put_list (parts, packer.runs);
  put_list (parts, packer.misses);
  put_list (parts, packer.rest_sizes);
  put_bytes (parts, packer.rests);
  put_sizes (&packer, parts);
  ph_parts_cut (parts);
  put_strings (&packer, parts, TRUE);
  put_strings (&packer, parts, FALSE);
  put_columns (&packer, parts, TRUE);
  put_columns (&packer, parts, FALSE);
  clear_packer (&packer);
}
