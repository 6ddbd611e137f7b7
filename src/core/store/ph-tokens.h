/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * JSON text as a row of tokens, each some text that stays as it is (brackets,
 * keys, spaces: the literal) and a value after it. Any bytes at all are such a
 * row, JSON or not: literals and values one after the other are the text again,
 * byte for byte. What is no number as we would write it goes as text.
 */
typedef enum
{
  PH_TOKEN_END,  /* no value: the text ends here */
  PH_TOKEN_REST, /* all that is left of the text, whatever it is */
  PH_TOKEN_TIME, /* the event's own timestamp in milliseconds */
  PH_TOKEN_STRING,
  PH_TOKEN_ODD_NUMBER, /* as text */
  /* From here on numbers: whole ones, then with more and more decimals; odd ones in quotes. */
  PH_TOKEN_NUMBER,
} PhTokenType;

#define PH_TOKEN_MAX_DECIMALS 15
#define PH_TOKEN_N_TYPES (PH_TOKEN_NUMBER + 2 * (PH_TOKEN_MAX_DECIMALS + 1))

typedef struct
{
  guint type; /* PhTokenType or more */
  const char *literal;
  gsize literal_size;
  const char *text; /* of the value */
  gsize text_size;
  gint64 number; /* without its point: 12.50 is 1250 */
} PhToken;

typedef struct
{
  const char *at;
  const char *end;
  gint64 time;        /* milliseconds */
  gboolean in_string; /* at its closing quote; FALSE at first */
} PhTokens;

/* FALSE after PH_TOKEN_END, which comes once, however short the text. */
gboolean ph_tokens_next (PhTokens *tokens,
                         PhToken *token);

/* Writes a number of that type as it was, at most PH_TOKEN_NUMBER_BYTES; gives its end. */
#define PH_TOKEN_NUMBER_BYTES 32
char *ph_tokens_write (char *out,
                       guint type,
                       gint64 number);

/* Where the string that begins at @at ends: its closing quote. NULL when it has none. */
const char *ph_tokens_find_quote (const char *at,
                                  const char *end);

G_END_DECLS
