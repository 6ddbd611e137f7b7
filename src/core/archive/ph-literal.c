/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-literal.h"

#include <string.h>

/* A name that is longer is cut: no member anybody asks for has such. */
#define MAX_WORD 256

typedef enum
{
  STATE_BETWEEN,
  STATE_WORD,
  STATE_STRING,
  STATE_ESCAPE, /* behind a backslash */
  STATE_HEX,    /* in the digits of \xNN, \uNNNN or \u{N} */
  STATE_SLASH,  /* behind a slash that may begin a comment */
  STATE_LINE,   /* in a comment up to the end of the line */
  STATE_BLOCK,  /* in the other kind */
  STATE_STAR,   /* there, behind a star */
  STATE_ENDED,
} State;

struct _PhLiteral
{
  State state;
  guint64 depth;
  gboolean has_comma; /* one has come and is not written yet */
  gboolean is_not;    /* behind a `!` */
  gboolean is_void;   /* behind `void`: what comes next is nothing */
  char quote;
  gboolean is_braced; /* \u{…} */
  guint n_digits;     /* still to come */
  guint32 code;
  GString *word;
};

PhLiteral *
ph_literal_new (void)
{
  PhLiteral *literal = g_new0 (PhLiteral, 1);

  literal->word = g_string_new (NULL);

  return literal;
}

void
ph_literal_free (PhLiteral *literal)
{
  if (literal == NULL)
    return;

  g_string_free (literal->word, TRUE);
  g_free (literal);
}

gboolean
ph_literal_has_ended (const PhLiteral *literal)
{
  g_return_val_if_fail (literal != NULL, FALSE);

  return literal->state == STATE_ENDED;
}

/* ---- words ---- */

/* rrweb packages/types/src/index.ts, in the order of their numbers. */
static const struct
{
  const char *prefix;
  const char *names[18];
} numbers[] = {
  { "EventType.",
    { "DomContentLoaded", "Load", "FullSnapshot", "IncrementalSnapshot", "Meta", "Custom", "Plugin",
      "Asset" } },
  { "IncrementalSource.",
    { "Mutation", "MouseMove", "MouseInteraction", "Scroll", "ViewportResize", "Input", "TouchMove",
      "MediaInteraction", "StyleSheetRule", "CanvasMutation", "Font", "Log", "Drag",
      "StyleDeclaration", "Selection", "AdoptedStyleSheet", "CustomElement" } },
  { "MouseInteractions.",
    { "MouseUp", "MouseDown", "Click", "ContextMenu", "DblClick", "Focus", "Blur", "TouchStart",
      "TouchMove_Departed", "TouchEnd", "TouchCancel" } },
  { "NodeType.", { "Document", "DocumentType", "Element", "Text", "CDATA", "Comment" } },
  { "MediaInteractions.", { "Play", "Pause", "Seeked", "VolumeChange", "RateChange" } },
};

static int
find_number (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (g_str_has_prefix (word, numbers[i].prefix))
      for (guint k = 0; numbers[i].names[k] != NULL; k++)
        if (strcmp (word + strlen (numbers[i].prefix), numbers[i].names[k]) == 0)
          return (int) k;

  return -1;
}

static gboolean
is_word (char c)
{
  return g_ascii_isalnum (c) || c == '_' || c == '$' || c == '.' || c == '-' || c == '+' ||
         (c & 0x80) != 0;
}

static void
write_comma (PhLiteral *literal,
             GString *out)
{
  if (literal->has_comma)
    g_string_append_c (out, ',');

  literal->has_comma = FALSE;
}

static void
write_quoted (GString *out,
              const char *text)
{
  g_string_append_c (out, '"');
  g_string_append (out, text);
  g_string_append_c (out, '"');
}

/* A number as JSON has it: no sign in front but a minus, digits on both sides of the point. */
static void
write_number (GString *out,
              const char *word)
{
  gboolean is_negative = *word == '-';
  gsize length;

  word += *word == '-' || *word == '+';

  if (is_negative)
    g_string_append_c (out, '-');

  if (g_ascii_strncasecmp (word, "0x", 2) == 0)
    {
      g_string_append_printf (out, "%" G_GUINT64_FORMAT, g_ascii_strtoull (word + 2, NULL, 16));
      return;
    }

  if (*word == '.')
    g_string_append_c (out, '0');

  length = strlen (word);
  g_string_append_len (out, word, (gssize) (length - (word[length - 1] == '.')));
}

static void
end_word (PhLiteral *literal,
          GString *out)
{
  static const char *const plain[] = { "true", "false", "null", NULL };
  static const char *const nothing[] = { "undefined", "NaN", "Infinity", "-Infinity", NULL };
  const char *word = literal->word->str;
  const char *digits = word + (*word == '-' || *word == '+');
  int number = find_number (word);

  literal->state = STATE_BETWEEN;

  if (literal->is_void)
    {
      literal->is_void = FALSE;
      g_string_append (out, "null");
    }
  else if (strcmp (word, "void") == 0)
    literal->is_void = TRUE;
  else if (literal->is_not)
    g_string_append (out, strcmp (word, "0") == 0 ? "true" : "false");
  else if (g_strv_contains (plain, word))
    g_string_append (out, word);
  else if (g_strv_contains (nothing, word))
    g_string_append (out, "null");
  else if (number >= 0)
    g_string_append_printf (out, "%d", number);
  else if (g_ascii_isdigit (*digits) || (*digits == '.' && g_ascii_isdigit (digits[1])))
    write_number (out, word);
  else
    write_quoted (out, word);

  literal->is_not = FALSE;
  g_string_truncate (literal->word, 0);
}

/* ---- strings ---- */

static void
write_code (GString *out,
            guint32 code)
{
  g_string_append_printf (out, "\\u%04x", code <= 0xffff ? code : 0xfffd);
}

/* Bytes of a string that stand for themselves, as many as there are. */
static gsize
step_string (PhLiteral *literal,
             const char *data,
             gsize size,
             GString *out)
{
  gsize n = 0;

  while (n < size && data[n] != literal->quote && data[n] != '\\' && data[n] != '"' &&
         (guchar) data[n] >= 0x20)
    n++;

  if (n > 0)
    {
      g_string_append_len (out, data, (gssize) n);
      return n;
    }

  if (data[0] == literal->quote)
    {
      g_string_append_c (out, '"');
      literal->state = STATE_BETWEEN;
    }
  else if (data[0] == '\\')
    literal->state = STATE_ESCAPE;
  else if (data[0] == '"')
    g_string_append (out, "\\\"");
  else
    write_code (out, (guchar) data[0]);

  return 1;
}

static void
step_escape (PhLiteral *literal,
             char c,
             GString *out)
{
  literal->state = STATE_STRING;

  if (c == 'u' || c == 'x')
    {
      literal->state = STATE_HEX;
      literal->n_digits = c == 'u' ? 4 : 2;
      literal->is_braced = FALSE;
      literal->code = 0;
    }
  else if (strchr ("\"\\/bfnrt", c) != NULL && c != '\0')
    g_string_append_printf (out, "\\%c", c);
  else if (c == '0')
    write_code (out, 0);
  else if (c == 'v')
    write_code (out, 0x0b);
  else if (c != '\n' && (guchar) c >= 0x20)
    g_string_append_c (out, c);
}

/* FALSE when the byte is none of the digits. */
static gboolean
step_hex (PhLiteral *literal,
          char c,
          GString *out)
{
  if (c == '{' && literal->n_digits == 4 && literal->code == 0 && !literal->is_braced)
    {
      literal->is_braced = TRUE;
      literal->n_digits = 8;
      return TRUE;
    }

  if (g_ascii_isxdigit (c) && literal->n_digits > 0)
    {
      literal->code = literal->code * 16 + (guint32) g_ascii_xdigit_value (c);
      literal->n_digits--;

      if (literal->n_digits > 0 || literal->is_braced)
        return TRUE;

      write_code (out, literal->code);
      literal->state = STATE_STRING;
      return TRUE;
    }

  if (literal->is_braced && literal->code > 0xffff && literal->code <= 0x10ffff)
    {
      write_code (out, 0xd800 + ((literal->code - 0x10000) >> 10));
      write_code (out, 0xdc00 + ((literal->code - 0x10000) & 0x3ff));
    }
  else
    write_code (out, literal->code);

  literal->state = STATE_STRING;

  return literal->is_braced && c == '}';
}

/* ---- what is between ---- */

static void
step_bracket (PhLiteral *literal,
              char c,
              GString *out)
{
  if (c == '{' || c == '[')
    {
      write_comma (literal, out);
      literal->depth++;
    }
  else
    {
      literal->has_comma = FALSE;
      literal->depth -= literal->depth > 0;
    }

  g_string_append_c (out, c);

  if (literal->depth == 0)
    literal->state = STATE_ENDED;
}

static void
step_between (PhLiteral *literal,
              char c,
              GString *out)
{
  if (c == ',')
    literal->has_comma = TRUE;
  else if (c == ':')
    g_string_append_c (out, c);
  else if (c == '/')
    literal->state = STATE_SLASH;
  else if (c == '!')
    literal->is_not = !literal->is_not;
  else if (c == '\n')
    g_string_append_c (out, c);
  else if (strchr ("{}[]", c) != NULL && c != '\0')
    step_bracket (literal, c, out);
  else if (c == '"' || c == '\'' || c == '`')
    {
      write_comma (literal, out);
      g_string_append_c (out, '"');
      literal->quote = c;
      literal->state = STATE_STRING;
    }
}

static void
step_comment (PhLiteral *literal,
              char c)
{
  if (literal->state == STATE_SLASH)
    literal->state = c == '/' ? STATE_LINE : c == '*' ? STATE_BLOCK
                                                      : STATE_BETWEEN;
  else if (literal->state == STATE_LINE)
    literal->state = c == '\n' ? STATE_BETWEEN : STATE_LINE;
  else if (literal->state == STATE_STAR && c == '/')
    literal->state = STATE_BETWEEN;
  else
    literal->state = c == '*' ? STATE_STAR : STATE_BLOCK;
}

static gsize
step (PhLiteral *literal,
      const char *data,
      gsize size,
      GString *out)
{
  char c = data[0];

  switch (literal->state)
    {
    case STATE_STRING:
      return step_string (literal, data, size, out);
    case STATE_ESCAPE:
      step_escape (literal, c, out);
      return 1;
    case STATE_HEX:
      return step_hex (literal, c, out) ? 1 : 0;
    case STATE_WORD:
      if (!is_word (c))
        {
          end_word (literal, out);
          return 0;
        }

      if (literal->word->len < MAX_WORD)
        g_string_append_c (literal->word, c);

      return 1;
    case STATE_BETWEEN:
      if (!is_word (c))
        {
          step_between (literal, c, out);
          return 1;
        }

      if (!literal->is_void)
        write_comma (literal, out);

      literal->state = STATE_WORD;
      return 0;
    case STATE_SLASH:
    case STATE_LINE:
    case STATE_BLOCK:
    case STATE_STAR:
      step_comment (literal, c);
      return 1;
    case STATE_ENDED:
      break;
    }

  return 1;
}

gsize
ph_literal_feed (PhLiteral *literal,
                 const char *data,
                 gsize size,
                 GString *out)
{
  gsize at = 0;

  g_return_val_if_fail (literal != NULL && out != NULL, 0);

  while (at < size && literal->state != STATE_ENDED)
    at += step (literal, data + at, size - at, out);

  return at;
}
