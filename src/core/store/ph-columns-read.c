/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-columns-read.h"

#include "ph-columns-private.h"
#include "ph-limits.h"
#include "ph-numbers.h"

#include <string.h>

/* Bytes may be written this far behind the texts' end before it is looked at. */
#define SLACK 64

G_STATIC_ASSERT (PH_TOKEN_NUMBER_BYTES < SLACK);

typedef struct
{
  const char *text;
  gsize size;
} String;

typedef struct
{
  PhNumbers numbers;
  PhPartsReader strings; /* those not read yet */
  GArray *known;         /* String; made for the first */
  PhNumbers follows;
  guint place; /* behind the node that was followed last */
  guint event; /* in this one */
  gboolean is_id;
} Column;

typedef struct
{
  PhGrammar *grammar;
  Column *columns;
  guint n_columns;
  guint n_used; /* columns there has been a value of */
  gint64 last_id;
  guint event;   /* that is being unpacked, from 1 */
  GArray *named; /* gint64: nodes in it */

  PhNumbers runs;
  PhNumbers misses;
  PhNumbers rest_sizes;
  PhPartsReader rests;
  guint64 run; /* right guesses until the next wrong one */
  guint n_misses;

  char *texts;
  char *at;  /* where the next byte goes */
  char *end; /* SLACK before that of the memory */
  gboolean bad;
} Unpacker;

static void
clear_unpacker (Unpacker *unpacker)
{
  for (guint i = 0; i < unpacker->n_columns; i++)
    {
      ph_numbers_clear (&unpacker->columns[i].numbers);
      ph_numbers_clear (&unpacker->columns[i].follows);

      if (unpacker->columns[i].known != NULL)
        g_array_unref (unpacker->columns[i].known);
    }

  g_free (unpacker->columns);
  ph_numbers_clear (&unpacker->runs);
  ph_numbers_clear (&unpacker->misses);
  ph_numbers_clear (&unpacker->rest_sizes);
  ph_grammar_free (unpacker->grammar);
  g_array_unref (unpacker->named);
  g_free (unpacker->texts);
}

/* --- what there is --------------------------------------------------------- */

typedef struct
{
  gsize texts;
  guint literals;
  guint misses;
  guint rests;
  guint columns;
} Counts;

static void
take_literals (Unpacker *unpacker,
               PhPartsReader *reader,
               guint n)
{
  PhPartsReader sizes = *reader;

  ph_grammar_add (unpacker->grammar, "", 0, PH_TOKEN_REST);

  for (guint i = PH_REST_LITERAL + 1; i < n; i++)
    ph_parts_take_number (reader, G_MAXUINT64);

  for (guint i = PH_REST_LITERAL + 1; i < n && !reader->bad; i++)
    {
      guint64 entry = ph_parts_take_number (&sizes, G_MAXUINT64);
      gsize size = (gsize) (entry >> PH_TYPE_BITS);
      guint type = (guint) (entry & ((1 << PH_TYPE_BITS) - 1));
      const guint8 *text = ph_parts_take_bytes (reader, size);

      reader->bad |= type >= PH_TOKEN_N_TYPES || size > PH_LIMIT_EVENT_BYTES;

      if (!reader->bad)
        ph_grammar_add (unpacker->grammar, (const char *) text, size, type);
    }
}

static void
take_rests (Unpacker *unpacker,
            PhPartsReader *reader,
            guint n)
{
  PhPartsReader start = *reader;
  PhNumbers sizes;
  guint64 sum = 0;

  ph_numbers_take (&unpacker->rest_sizes, reader, n);
  ph_numbers_take (&sizes, &start, n);

  for (guint i = 0; i < n && !reader->bad; i++)
    {
      guint64 size = (guint64) ph_numbers_next (&sizes, 0);

      reader->bad |= sizes.bad || size > PH_LIMIT_EVENT_BYTES;
      sum += size;
    }

  ph_numbers_clear (&sizes);
  unpacker->rests.at = reader->at;
  ph_parts_take_bytes (reader, (gsize) sum);
  unpacker->rests.end = reader->at;
}

/* What each column has, list by list. */
enum
{
  VALUES,
  BYTES,
  FOLLOWING,
  N_LISTS,
};

/* @sizes has room for @n of each. */
static void
take_sizes (PhPartsReader *reader,
            gint64 *sizes[N_LISTS],
            guint n)
{
  guint64 n_values = 0;

  for (guint list = 0; list < N_LISTS; list++)
    {
      g_auto (PhNumbers) numbers = { 0 };

      ph_numbers_take (&numbers, reader, n);

      for (guint i = 0; i < n; i++)
        sizes[list][i] = ph_numbers_next (&numbers, 0);

      reader->bad |= numbers.bad;
    }

  for (guint i = 0; i < n; i++)
    {
      reader->bad |= sizes[VALUES][i] < 0 || sizes[VALUES][i] > PH_COLUMNS_VALUES;
      reader->bad |= sizes[FOLLOWING][i] < 0 || sizes[FOLLOWING][i] > PH_COLUMNS_VALUES;
      reader->bad |= sizes[BYTES][i] < 0;
      n_values += (guint64) sizes[VALUES][i] + (guint64) sizes[FOLLOWING][i];
    }

  reader->bad |= n_values > PH_COLUMNS_VALUES;
}

/* Strings of all columns, what follows in each, numbers of all; large ones first. */
static void
take_columns (Unpacker *unpacker,
              PhPartsReader *reader,
              guint n)
{
  g_autofree gint64 *room = g_new0 (gint64, (gsize) n * N_LISTS + 1);
  gint64 *sizes[N_LISTS] = { room, room + n, room + 2 * (gsize) n };

  take_sizes (reader, sizes, n);

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < n && !reader->bad; i++)
      if ((sizes[BYTES][i] < PH_COLUMNS_MANY_BYTES) == (pass == 1))
        {
          PhPartsReader *strings = &unpacker->columns[i].strings;

          strings->at = ph_parts_take_bytes (reader, (gsize) sizes[BYTES][i]);
          strings->end = reader->at;
        }

  for (guint i = 0; i < n && !reader->bad; i++)
    if (sizes[FOLLOWING][i] > 0)
      ph_numbers_take (&unpacker->columns[i].follows, reader,
                       (guint) (sizes[VALUES][i] + sizes[FOLLOWING][i]));

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < n && !reader->bad; i++)
      if ((sizes[VALUES][i] < PH_COLUMNS_MANY) == (pass == 1))
        ph_numbers_take (&unpacker->columns[i].numbers, reader, (guint) sizes[VALUES][i]);
}

static void
start_run (Unpacker *unpacker)
{
  unpacker->run = G_MAXUINT64;

  if (unpacker->n_misses == 0)
    return;

  unpacker->n_misses--;
  unpacker->run = (guint64) ph_numbers_next (&unpacker->runs, 0);
}

static gboolean
take_parts (Unpacker *unpacker,
            PhPartsReader *reader,
            guint n_events)
{
  Counts counts;

  counts.texts = (gsize) ph_parts_take_number (reader, PH_LIMIT_EVENT_BYTES);
  counts.literals = (guint) ph_parts_take_number (reader, PH_GRAMMAR_LITERALS);
  counts.misses = (guint) ph_parts_take_number (reader, G_MAXUINT);
  counts.rests = (guint) ph_parts_take_number (reader, n_events);
  counts.columns = (guint) ph_parts_take_number (reader, PH_GRAMMAR_COLUMNS);
  take_literals (unpacker, reader, counts.literals);

  if (reader->bad)
    return FALSE;

  unpacker->n_misses = counts.misses;
  ph_numbers_take (&unpacker->runs, reader, counts.misses);
  ph_numbers_take (&unpacker->misses, reader, counts.misses);
  take_rests (unpacker, reader, counts.rests);
  unpacker->columns = g_new0 (Column, MAX (counts.columns, 1));
  unpacker->n_columns = counts.columns;
  take_columns (unpacker, reader, counts.columns);
  start_run (unpacker);
  unpacker->texts = reader->bad ? NULL : g_try_malloc (counts.texts + SLACK);

  if (unpacker->texts == NULL)
    return FALSE;

  unpacker->at = unpacker->texts;
  unpacker->end = unpacker->texts + counts.texts;

  return TRUE;
}

/* --- texts ----------------------------------------------------------------- */

static guint
take_literal (Unpacker *unpacker)
{
  guint literal;

  if (unpacker->run == 0)
    {
      literal = (guint) ph_numbers_next (&unpacker->misses, 0);
      start_run (unpacker);
    }
  else
    {
      literal = ph_grammar_guess (unpacker->grammar);
      unpacker->run--;
    }

  if (literal >= ph_grammar_n_literals (unpacker->grammar))
    {
      unpacker->bad = TRUE;
      return PH_REST_LITERAL;
    }

  ph_grammar_go (unpacker->grammar, literal);

  return literal;
}

static void
copy (Unpacker *unpacker,
      const char *text,
      gsize size)
{
  if (size > (gsize) (unpacker->end - unpacker->at))
    {
      unpacker->bad = TRUE;
      return;
    }

  memcpy (unpacker->at, text, size);
  unpacker->at += size;
}

static const String *
take_new_string (Column *column)
{
  const char *text = (const char *) column->strings.at;
  const char *quote = NULL;
  String string;

  if (column->strings.at < column->strings.end)
    quote = ph_tokens_find_quote (text, (const char *) column->strings.end);

  if (quote == NULL)
    return NULL;

  if (column->known == NULL)
    column->known = g_array_new (FALSE, FALSE, sizeof (String));

  string = (String) { text, (gsize) (quote - text) };
  column->strings.at = (const guint8 *) quote + 1;
  g_array_append_val (column->known, string);

  return &g_array_index (column->known, String, column->known->len - 1);
}

static void
copy_string (Unpacker *unpacker,
             Column *column)
{
  guint64 number = (guint64) ph_numbers_next (&column->numbers, 0);
  const String *string = NULL;

  if (column->numbers.bad)
    string = NULL;
  else if (number == 0)
    string = take_new_string (column);
  else if (column->known != NULL && number <= column->known->len)
    string = &g_array_index (column->known, String, number - 1);

  if (string == NULL)
    unpacker->bad = TRUE;
  else
    copy (unpacker, string->text, string->size);
}

static void
write_number (Unpacker *unpacker,
              guint type,
              gint64 number)
{
  unpacker->at = ph_tokens_write (unpacker->at, type, number);
  unpacker->bad |= unpacker->at > unpacker->end;
}

/* One less than the node that so many places on was named. */
static gint64
take_following (Unpacker *unpacker,
                Column *column,
                gint64 steps)
{
  gint64 place;

  if (__builtin_add_overflow (steps, (gint64) column->place, &place) || place < 0 ||
      place >= (gint64) unpacker->named->len)
    {
      unpacker->bad = TRUE;
      return 0;
    }

  column->place = (guint) place + 1;

  return (gint64) ((guint64) g_array_index (unpacker->named, gint64, place) - 1);
}

static gint64
take_id (Unpacker *unpacker,
         Column *column)
{
  guint64 follows = 0;
  gint64 id;

  if (column->event != unpacker->event)
    column->place = 0;

  column->event = unpacker->event;

  if (column->follows.n > 0)
    follows = (guint64) ph_numbers_next (&column->follows, 0);

  if (follows > 0)
    id = take_following (unpacker, column, ph_varint_unzigzag (follows - 1));
  else
    id = ph_numbers_next (&column->numbers, unpacker->last_id);

  unpacker->bad |= column->follows.bad;
  g_array_append_val (unpacker->named, id);
  unpacker->last_id = id;

  return id;
}

static void
copy_value (Unpacker *unpacker,
            const PhLiteral *literal)
{
  guint index = ph_grammar_column (unpacker->grammar);
  Column *column;
  gint64 number;

  if (index >= unpacker->n_columns)
    {
      unpacker->bad = TRUE;
      return;
    }

  column = &unpacker->columns[index];

  if (index >= unpacker->n_used)
    {
      column->is_id = ph_grammar_column_name (unpacker->grammar, index)->is_id;
      unpacker->n_used = index + 1;
    }

  if (ph_columns_is_text (literal->type))
    {
      copy_string (unpacker, column);
      return;
    }

  if (column->is_id)
    number = take_id (unpacker, column);
  else
    number = ph_numbers_next (&column->numbers, unpacker->last_id);

  unpacker->bad |= column->numbers.bad;
  write_number (unpacker, literal->type, number);
}

static void
copy_rest (Unpacker *unpacker)
{
  gsize size = (gsize) ph_numbers_next (&unpacker->rest_sizes, 0);
  const guint8 *text = ph_parts_take_bytes (&unpacker->rests, size);

  if (text == NULL || unpacker->rest_sizes.bad)
    unpacker->bad = TRUE;
  else
    copy (unpacker, (const char *) text, size);
}

/* Gives its first literal. */
static guint
take_text (Unpacker *unpacker,
           gint64 time)
{
  guint first = G_MAXUINT;

  unpacker->event++;
  g_array_set_size (unpacker->named, 0);

  while (!unpacker->bad)
    {
      guint index = take_literal (unpacker);
      const PhLiteral *literal = ph_grammar_literal (unpacker->grammar, index);

      if (first == G_MAXUINT)
        first = index;

      copy (unpacker, literal->text, literal->size);

      if (literal->type == PH_TOKEN_END || unpacker->bad)
        break;

      if (literal->type == PH_TOKEN_REST)
        {
          copy_rest (unpacker);
          break;
        }

      if (literal->type == PH_TOKEN_TIME)
        write_number (unpacker, PH_TOKEN_NUMBER, time);
      else
        copy_value (unpacker, literal);
    }

  return first;
}

char *
ph_columns_unpack (PhPartsReader *reader,
                   PhEvent *events,
                   guint n,
                   guint32 *firsts,
                   gsize *size)
{
  Unpacker unpacker = {
    .grammar = ph_grammar_new (),
    .named = g_array_new (FALSE, FALSE, sizeof (gint64)),
  };
  char *texts = NULL;

  unpacker.bad = !take_parts (&unpacker, reader, n);

  for (guint i = 0; i < n && !unpacker.bad; i++)
    {
      events[i].text = unpacker.at;
      firsts[i] = take_text (&unpacker, ph_columns_time (&events[i]));
      events[i].size = (gsize) (unpacker.at - events[i].text);
    }

  if (unpacker.at != unpacker.end)
    unpacker.bad = TRUE;

  if (!unpacker.bad)
    {
      texts = g_steal_pointer (&unpacker.texts);
      *size = (gsize) (unpacker.end - texts);
    }

  reader->bad |= unpacker.bad;
  clear_unpacker (&unpacker);

  return texts;
}
