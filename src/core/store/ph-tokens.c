/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-tokens.h"

#include <string.h>

/* Fit in 63 bits. */
#define MAX_DIGITS 18

const char *
ph_tokens_find_quote (const char *at,
                      const char *end)
{
  const char *quote = at;

  while ((quote = memchr (quote, '"', (gsize) (end - quote))) != NULL)
    {
      const char *back = quote;

      while (back > at && back[-1] == '\\')
        back--;

      if ((quote - back) % 2 == 0)
        return quote;

      quote++;
    }

  return NULL;
}

static gboolean
is_digit (char c)
{
  return c >= '0' && c <= '9';
}

static const char *
take_digits (const char *at,
             const char *end,
             guint64 *number)
{
  while (at < end && is_digit (*at))
    *number = *number * 10 + (guint64) (*at++ - '0');

  return at;
}

/*
 * The number at @at: its end, or NULL when it is not written as we would write
 * it. Nothing may follow that could be more of it, which the caller checks.
 */
static const char *
take_number (const char *at,
             const char *end,
             guint *decimals,
             gint64 *number)
{
  gboolean minus = at < end && *at == '-';
  const char *digits = minus ? at + 1 : at;
  const char *after;
  guint64 value = 0;
  gssize n;

  after = take_digits (digits, MIN (end, digits + MAX_DIGITS + 1), &value);
  n = after - digits;
  *decimals = 0;

  if (n == 0 || n > MAX_DIGITS || (n > 1 && *digits == '0'))
    return NULL;

  if (after < end && *after == '.')
    {
      const char *point = after++;

      after = take_digits (after, MIN (end, after + MAX_DIGITS + 1 - n), &value);
      *decimals = (guint) (after - point - 1);

      if (*decimals == 0 || *decimals > PH_TOKEN_MAX_DECIMALS || n + *decimals > MAX_DIGITS)
        return NULL;
    }

  /* There is no sign on nothing. */
  if (minus && value == 0)
    return NULL;

  *number = minus ? -(gint64) value : (gint64) value;

  return after;
}

/* Values of these keys say what is around them, so they stay with it. */
static gboolean
stays (const char *key,
       gsize size)
{
  return (size == 4 && memcmp (key, "type", 4) == 0) ||
         (size == 6 && memcmp (key, "source", 6) == 0) ||
         (size == 7 && memcmp (key, "tagName", 7) == 0);
}

#define MAX_STAYING 32

static gboolean
is_of_number (char c)
{
  return is_digit (c) || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E';
}

static void
set_number (PhToken *token,
            const PhTokens *tokens,
            guint decimals,
            gboolean quoted)
{
  token->type = PH_TOKEN_NUMBER + 2 * decimals + (quoted ? 1 : 0);

  if (token->type == PH_TOKEN_NUMBER && token->number == tokens->time)
    token->type = PH_TOKEN_TIME;
}

/* A number from @at on. */
static const char *
read_number (const PhTokens *tokens,
             const char *at,
             PhToken *token)
{
  guint decimals = 0;
  const char *after = take_number (at, tokens->end, &decimals, &token->number);

  token->text = at;

  if (after != NULL && (after == tokens->end || !is_of_number (*after)))
    {
      set_number (token, tokens, decimals, FALSE);
    }
  else
    {
      for (after = at; after < tokens->end && is_of_number (*after); after++)
        ;

      token->type = PH_TOKEN_ODD_NUMBER;
    }

  token->text_size = (gsize) (after - at);

  return after;
}

/* What is between two quotes. */
static void
read_string (const PhTokens *tokens,
             const char *at,
             const char *quote,
             PhToken *token)
{
  guint decimals = 0;

  token->text = at;
  token->text_size = (gsize) (quote - at);
  token->type = PH_TOKEN_STRING;

  if (at < quote && (is_digit (*at) || *at == '-') &&
      take_number (at, quote, &decimals, &token->number) == quote)
    set_number (token, tokens, decimals, TRUE);
}

/* Its value is found: the next literal begins at @next. */
static gboolean
end_token (PhTokens *tokens,
           PhToken *token,
           const char *next)
{
  token->literal = tokens->at;
  token->literal_size = (gsize) (token->text - tokens->at);
  tokens->at = next;

  return TRUE;
}

static gboolean
take_rest (PhTokens *tokens,
           PhToken *token)
{
  token->type = PH_TOKEN_END;
  token->text = tokens->end;
  token->text_size = 0;
  end_token (tokens, token, tokens->end);
  tokens->end = NULL;

  return TRUE;
}

gboolean
ph_tokens_next (PhTokens *tokens,
                PhToken *token)
{
  const char *at = tokens->at;
  const char *key = NULL;
  gsize key_size = 0;

  if (tokens->end == NULL)
    return FALSE;

  /* The quote that closes the string before. */
  if (at < tokens->end && *at == '"' && tokens->in_string)
    at++;

  tokens->in_string = FALSE;

  while (at < tokens->end)
    {
      if (*at == '"')
        {
          const char *begin = at + 1;
          const char *quote = ph_tokens_find_quote (begin, tokens->end);

          if (quote == NULL)
            break;

          at = quote + 1;

          if (at < tokens->end && *at == ':')
            {
              key = begin;
              key_size = (gsize) (quote - begin);
            }
          else if (key != NULL && stays (key, key_size) && quote - begin <= MAX_STAYING)
            {
              key = NULL;
            }
          else
            {
              read_string (tokens, begin, quote, token);
              tokens->in_string = TRUE;

              return end_token (tokens, token, quote);
            }
        }
      else if (is_digit (*at) || *at == '-')
        {
          const char *after = read_number (tokens, at, token);

          if (key == NULL || !stays (key, key_size) || after - at > MAX_STAYING)
            return end_token (tokens, token, after);

          key = NULL;
          at = after;
        }
      else
        {
          at++;
        }
    }

  return take_rest (tokens, token);
}

/* --- writing --------------------------------------------------------------- */

char *
ph_tokens_write (char *out,
                 guint type,
                 gint64 number)
{
  char digits[24];
  char *at = digits + sizeof digits;
  guint decimals = (type - PH_TOKEN_NUMBER) / 2;
  guint64 value = number < 0 ? 0 - (guint64) number : (guint64) number;
  gsize size;

  for (guint i = 0; i < decimals; i++, value /= 10)
    *--at = (char) ('0' + value % 10);

  if (decimals > 0)
    *--at = '.';

  do
    *--at = (char) ('0' + value % 10);
  while ((value /= 10) > 0);

  if (number < 0)
    *--at = '-';

  size = (gsize) (digits + sizeof digits - at);
  memcpy (out, at, size);

  return out + size;
}
