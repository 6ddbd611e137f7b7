/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-css-scan.h"

#include <string.h>

static gboolean
is_space (char c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static gboolean
is_newline (char c)
{
  return c == '\n' || c == '\r' || c == '\f';
}

static gboolean
is_name_char (char c)
{
  return g_ascii_isalnum (c) || c == '-' || c == '_' || (guchar) c >= 0x80;
}

static gboolean
is_escape (const char *at)
{
  return at[0] == '\\' && at[1] != '\0' && !is_newline (at[1]);
}

/* Decodes the escape at @at into @code; gives what follows it. */
static const char *
read_escape (const char *at,
             gunichar *code)
{
  const char *hex = at + 1;
  guint n = 0;

  *code = 0;

  while (n < 6 && g_ascii_isxdigit (hex[n]))
    *code = *code * 16 + (gunichar) g_ascii_xdigit_value (hex[n++]);

  if (n == 0)
    {
      *code = g_utf8_get_char (hex);
      return g_utf8_next_char (hex);
    }

  if (*code == 0 || !g_unichar_validate (*code))
    *code = 0xFFFD;

  hex += n;

  if (hex[0] == '\r' && hex[1] == '\n')
    return hex + 2;

  return is_space (*hex) ? hex + 1 : hex;
}

static const char *
skip_name (const char *at)
{
  gunichar code;

  for (;;)
    {
      if (is_name_char (*at))
        at++;
      else if (is_escape (at))
        at = read_escape (at, &code);
      else
        return at;
    }
}

static const char *
skip_string (const char *at)
{
  char quote = *at++;

  while (*at != '\0' && *at != quote && !is_newline (*at))
    at += at[0] == '\\' && at[1] != '\0' ? 2 : 1;

  return *at == quote ? at + 1 : at;
}

static const char *
skip_comment (const char *at)
{
  const char *end = strstr (at + 2, "*/");

  return end != NULL ? end + 2 : at + strlen (at);
}

/* An unquoted url: to its parenthesis, whatever stands in between. */
static const char *
skip_url (const char *at)
{
  while (*at != '\0' && *at != ')')
    at += at[0] == '\\' && at[1] != '\0' ? 2 : 1;

  return *at == ')' ? at + 1 : at;
}

static const char *
skip_spaces (const char *at)
{
  while (is_space (*at))
    at++;

  return at;
}

static PhCssToken
scan_name (const char *at)
{
  PhCssToken token = { PH_CSS_IDENT, at, skip_name (at) };
  const char *inside;

  if (*token.end != '(')
    return token;

  token.kind = PH_CSS_FUNCTION;
  token.end++;
  inside = skip_spaces (token.end);

  if (ph_css_token_is_named (&token, "url") && *inside != '"' && *inside != '\'')
    {
      token.kind = PH_CSS_URL;
      token.end = skip_url (inside);
    }

  return token;
}

PhCssToken
ph_css_scan (const char *at)
{
  PhCssToken token = { PH_CSS_OTHER, at, at + 1 };

  if (*at == '\0')
    {
      token.kind = PH_CSS_END;
      token.end = at;
    }
  else if (is_space (*at))
    {
      token.kind = PH_CSS_SPACE;
      token.end = skip_spaces (at);
    }
  else if (at[0] == '/' && at[1] == '*')
    {
      token.kind = PH_CSS_COMMENT;
      token.end = skip_comment (at);
    }
  else if (*at == '"' || *at == '\'')
    {
      token.kind = PH_CSS_STRING;
      token.end = skip_string (at);
    }
  else if (*at == '@' && (is_name_char (at[1]) || is_escape (at + 1)))
    {
      token.kind = PH_CSS_AT_KEYWORD;
      token.end = skip_name (at + 1);
    }
  else if (is_name_char (*at) || is_escape (at))
    {
      return scan_name (at);
    }

  return token;
}

static char *
decode (const char *begin,
        const char *end)
{
  GString *text = g_string_sized_new ((gsize) (end - begin));
  gunichar code;

  while (begin < end)
    if (begin[0] != '\\')
      {
        g_string_append_c (text, *begin++);
      }
    else if (is_escape (begin))
      {
        begin = read_escape (begin, &code);
        g_string_append_unichar (text, code);
      }
    else
      {
        /* A line that goes on: the backslash and its newline are nothing. */
        begin += begin + 1 < end ? 2 : 1;
      }

  return g_string_free (text, FALSE);
}

char *
ph_css_token_name (const PhCssToken *token)
{
  const char *begin = token->begin + (token->kind == PH_CSS_AT_KEYWORD ? 1 : 0);
  const char *end = token->end - (token->kind == PH_CSS_FUNCTION ? 1 : 0);
  g_autofree char *name = decode (begin, end);

  return g_ascii_strdown (name, -1);
}

gboolean
ph_css_token_is_named (const PhCssToken *token,
                       const char *name)
{
  const char *begin = token->begin + (token->kind == PH_CSS_AT_KEYWORD ? 1 : 0);
  gsize n = (gsize) (token->end - begin) - (token->kind == PH_CSS_FUNCTION ? 1 : 0);
  gsize length = strlen (name);
  g_autofree char *decoded = NULL;

  if (n < length)
    return FALSE;

  if (memchr (begin, '\\', n) == NULL)
    return n == length && (*begin | 0x20) == *name && g_ascii_strncasecmp (begin, name, n) == 0;

  decoded = ph_css_token_name (token);

  return strcmp (decoded, name) == 0;
}

char *
ph_css_token_value (const PhCssToken *token)
{
  const char *begin = token->begin;
  const char *end = token->end;

  if (token->kind == PH_CSS_STRING)
    {
      begin++;

      if (end > begin && end[-1] == *token->begin)
        end--;
    }
  else
    {
      begin = skip_spaces (strchr (begin, '(') + 1);

      if (end > begin && end[-1] == ')')
        end--;

      while (end > begin && is_space (end[-1]))
        end--;
    }

  return decode (begin, end);
}

gboolean
ph_css_token_is (const PhCssToken *token,
                 char character)
{
  return token->kind == PH_CSS_OTHER && *token->begin == character;
}

#define MAX_OPEN 64

/* FALSE where the brackets are not such as a value may have. */
static gboolean
follow_brackets (char *closers,
                 guint *n,
                 const PhCssToken *token)
{
  char c = token->kind == PH_CSS_OTHER ? *token->begin : '\0';
  char closer = token->kind == PH_CSS_FUNCTION || c == '(' ? ')' : c == '[' ? ']'
                                                                 : c == '{' ? '}'
                                                                            : '\0';

  if (closer != '\0')
    {
      if (*n == MAX_OPEN)
        return FALSE;

      closers[(*n)++] = closer;
    }
  else if (c == ')' || c == ']' || c == '}')
    {
      return *n > 0 && closers[--*n] == c;
    }

  return *n > 0 || (c != ';' && c != '!');
}

/* Whether the character before @at is escaped. */
static gboolean
is_escaped (const char *begin,
            const char *at)
{
  guint n = 0;

  while (at - 1 > begin && at[-2] == '\\')
    {
      at--;
      n++;
    }

  return n % 2 == 1;
}

gboolean
ph_css_token_is_closed (const PhCssToken *token)
{
  gssize n = token->end - token->begin;

  switch (token->kind)
    {
    case PH_CSS_STRING:
      return n >= 2 && token->end[-1] == *token->begin && !is_escaped (token->begin, token->end);
    case PH_CSS_COMMENT:
      return n >= 4 && token->end[-1] == '/' && token->end[-2] == '*';
    case PH_CSS_URL:
      return token->end[-1] == ')' && !is_escaped (token->begin, token->end);
    case PH_CSS_OTHER:
      /* An escape of nothing. */
      return *token->begin != '\\';
    case PH_CSS_END:
    case PH_CSS_SPACE:
    case PH_CSS_IDENT:
    case PH_CSS_FUNCTION:
    case PH_CSS_AT_KEYWORD:
      break;
    }

  return TRUE;
}

gboolean
ph_css_is_value (const char *text)
{
  char closers[MAX_OPEN];
  guint n = 0;
  gboolean is_empty = TRUE;

  for (PhCssToken token = ph_css_scan (text); token.kind != PH_CSS_END;
       token = ph_css_scan (token.end))
    {
      if (!ph_css_token_is_closed (&token) || !follow_brackets (closers, &n, &token))
        return FALSE;

      is_empty = is_empty && (token.kind == PH_CSS_SPACE || token.kind == PH_CSS_COMMENT);
    }

  return n == 0 && !is_empty;
}

gboolean
ph_css_is_name (const char *text)
{
  PhCssToken token = ph_css_scan (text);

  return token.kind == PH_CSS_IDENT && *token.end == '\0';
}
