/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-columns.h"

#include "ph-columns-private.h"
#include "ph-numbers.h"

#include <string.h>

typedef struct
{
  gint64 *numbers;
  gint64 *others;  /* the node's number before it; NULL in columns of other types */
  gint64 *follows; /* see ph-columns.h; NULL where values are no nodes' numbers */
  guint n;
  guint room;
  GByteArray *strings; /* NULL in columns of numbers */
  guint n_strings;
  gboolean is_id;
  gboolean has_others;
  guint n_followed;
  guint place; /* behind the node that was followed last */
  guint event; /* in this one */
} Column;

/* A node's number that the event being packed has named before. */
typedef struct
{
  gint64 id;
  guint event;
  guint first; /* place that is not passed yet */
  guint last;
} Named;

/* Numbers of nodes are near each other: their low bits tell them apart. */
#define NAMED_BITS 14

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
  guint event;    /* that is being packed, from 1 */
  GArray *places; /* guint: of each node in it the next place of the same one, or 0 */
  Named *named;   /* by their low bits */

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
      g_free (column->follows);
      g_clear_pointer (&column->strings, g_byte_array_unref);
    }

  g_array_unref (columns);
}

static void
clear_packer (Packer *packer)
{
  ph_grammar_free (packer->grammar);
  free_columns (packer->columns);
  g_array_unref (packer->places);
  g_free (packer->named);
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
    .named = g_new0 (Named, 1 << NAMED_BITS),
    .places = g_array_new (FALSE, FALSE, sizeof (guint)),
    .known = g_array_new (FALSE, FALSE, sizeof (Known)),
    .runs = g_array_new (FALSE, FALSE, sizeof (gint64)),
    .misses = g_array_new (FALSE, FALSE, sizeof (gint64)),
    .rest_sizes = g_array_new (FALSE, FALSE, sizeof (gint64)),
    .rests = g_byte_array_new (),
  };
  ph_grammar_add (packer->grammar, "", 0, PH_TOKEN_REST);
}

static void
grow_column (Column *column)
{
  column->room = MAX (column->room * 2, 16);
  column->numbers = g_renew (gint64, column->numbers, column->room);

  if (column->has_others)
    column->others = g_renew (gint64, column->others, column->room);

  if (column->is_id)
    column->follows = g_renew (gint64, column->follows, column->room);
}

/*
 * Which node named before is the one in this one, as ph-columns.h counts; 0 when none
 * is. Of several places of it that is best which comes next.
 */
static gint64
follow (Packer *packer,
        Column *column,
        gint64 id)
{
  Named *inner = &packer->named[(guint64) (id + 1) % (1 << NAMED_BITS)];
  gint64 steps;

  if (column->event != packer->event)
    column->place = 0;

  column->event = packer->event;

  if (inner->event != packer->event || inner->id != id + 1)
    return 0;

  while (inner->first < column->place && inner->first < inner->last)
    inner->first = g_array_index (packer->places, guint, inner->first);

  steps = (gint64) inner->first - (gint64) column->place;
  column->place = inner->first + 1;
  column->n_followed++;

  return (gint64) ph_varint_zigzag (steps) + 1;
}

static void
name_node (Packer *packer,
           gint64 id)
{
  Named *named = &packer->named[(guint64) id % (1 << NAMED_BITS)];
  guint place = packer->places->len;
  const guint none = 0;

  g_array_append_val (packer->places, none);

  if (named->event == packer->event && named->id == id)
    g_array_index (packer->places, guint, named->last) = place;
  else
    *named = (Named) { id, packer->event, place, place };

  named->last = place;
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

static Column *
find_column (Packer *packer,
             guint index)
{
  Column *column;

  if (index < packer->columns->len)
    return &g_array_index (packer->columns, Column, index);

  g_array_set_size (packer->columns, index + 1);
  column = &g_array_index (packer->columns, Column, index);
  column->is_id = ph_grammar_column_name (packer->grammar, index)->is_id;
  column->has_others = ph_grammar_column_name (packer->grammar, index)->type == PH_TOKEN_NUMBER;

  return column;
}

static void
add_value (Packer *packer,
           const PhToken *token)
{
  guint index = ph_grammar_column (packer->grammar);
  Column *column = find_column (packer, index);
  gint64 number = token->number;

  if (column->n == column->room)
    grow_column (column);

  if (ph_columns_is_text (token->type))
    number = find_string (packer, index, token->text, token->text_size);

  if (column->has_others)
    column->others[column->n] = packer->last_id;

  if (column->is_id)
    {
      column->follows[column->n] = follow (packer, column, number);
      name_node (packer, number);
      packer->last_id = number;
    }

  column->numbers[column->n++] = number;
  packer->n_values++;
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

  packer->event++;
  g_array_set_size (packer->places, 0);

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

/* Whether it pays to put apart what its numbers follow. */
static gboolean
is_following (const Column *column)
{
  return column->n_followed >= PH_COLUMNS_MANY && column->n_followed >= column->n / 2;
}

/* Of columns that follow, how; what does is left out of their numbers. */
static void
put_follows (Packer *packer,
             PhParts *parts)
{
  for (guint i = 0; i < packer->columns->len; i++)
    {
      Column *column = &g_array_index (packer->columns, Column, i);
      guint n = 0;

      if (!is_following (column))
        continue;

      ph_numbers_put (parts, column->follows, NULL, column->n);

      for (guint k = 0; k < column->n; k++)
        if (column->follows[k] == 0)
          {
            column->numbers[n] = column->numbers[k];
            column->others[n++] = column->others[k];
          }

      column->n = n;
    }
}

static void
put_sizes (Packer *packer,
           PhParts *parts)
{
  guint n = packer->columns->len;
  g_autofree gint64 *sizes = g_new0 (gint64, 3 * (gsize) n + 1);

  for (guint i = 0; i < n; i++)
    {
      const Column *column = &g_array_index (packer->columns, Column, i);
      guint n_followed = is_following (column) ? column->n_followed : 0;

      sizes[i] = column->n - n_followed;
      sizes[n + i] = column->strings != NULL ? column->strings->len : 0;
      sizes[2 * n + i] = n_followed;
    }

  for (guint list = 0; list < 3; list++)
    ph_numbers_put (parts, sizes + (gsize) list * n, NULL, n);
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
  put_follows (&packer, parts);
  put_columns (&packer, parts, TRUE);
  put_columns (&packer, parts, FALSE);
  clear_packer (&packer);
}
