/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-identity.h"

#include "ph-limits.h"
#include "ph-sha256.h"

#include <string.h>

#define FORMAT "playhead-identity 1\n"

/* Most strings are short: a call is worth it after so many bytes only. */
#define SHORT_STRING 24

struct _PhIdentity
{
  PhSha256 *sum;
  GString *scratch;                 /* `data` written our way, where it was not */
  gint16 windows[PH_LIMIT_WINDOWS]; /* the number of each here, or −1 */
  gint16 n_windows;
};

/* A row of characters being read. */
typedef struct
{
  const char *at;
  const char *end;
} Scan;

PhIdentity *
ph_identity_new (void)
{
  PhIdentity *identity = g_new0 (PhIdentity, 1);

  identity->sum = ph_sha256_new ();
  identity->scratch = g_string_new (NULL);
  memset (identity->windows, 0xff, sizeof identity->windows);
  ph_sha256_add (identity->sum, FORMAT, strlen (FORMAT));

  return identity;
}

void
ph_identity_free (PhIdentity *identity)
{
  if (identity == NULL)
    return;

  ph_sha256_free (identity->sum);
  g_string_free (identity->scratch, TRUE);
  g_free (identity);
}

/* --- finding `data` -------------------------------------------------------- */

static gboolean
is_space (char c)
{
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

static void
skip_space (Scan *scan)
{
  while (scan->at < scan->end && is_space (*scan->at))
    scan->at++;
}

/* Behind the string whose opening quote is passed, or at the end when it has no other one. */
static void
skip_string (Scan *scan)
{
  const char *soon = scan->at + MIN (SHORT_STRING, scan->end - scan->at);
  const char *begin = scan->at;

  while (scan->at < soon && *scan->at != '"' && *scan->at != '\\')
    scan->at++;

  if (scan->at < soon && *scan->at == '"')
    {
      scan->at++;
      return;
    }

  while (scan->at < scan->end)
    {
      const char *quote = memchr (scan->at, '"', (gsize) (scan->end - scan->at));
      const char *back = quote;

      if (quote == NULL)
        break;

      while (back > begin && back[-1] == '\\')
        back--;

      scan->at = quote + 1;

      if ((quote - back) % 2 == 0)
        return;
    }

  scan->at = scan->end;
}

/* What a character outside strings is. */
enum
{
  ORDINARY,
  SPACE,
  QUOTE,
  OPENING,
  CLOSING,
  COMMA,
};

static const guint8 kinds[256] = {
  [' '] = SPACE,
  ['\n'] = SPACE,
  ['\r'] = SPACE,
  ['\t'] = SPACE,
  ['"'] = QUOTE,
  ['{'] = OPENING,
  ['['] = OPENING,
  ['}'] = CLOSING,
  [']'] = CLOSING,
  [','] = COMMA,
};

/* Behind a value and the white space around it, at the comma or bracket that comes then. */
static void
skip_value (Scan *scan,
            gboolean *has_space)
{
  guint depth = 0;

  while (scan->at < scan->end)
    {
      guint8 kind = kinds[(guint8) *scan->at];

      if (depth == 0 && (kind == COMMA || kind == CLOSING))
        return;

      scan->at++;

      if (kind == QUOTE)
        skip_string (scan);
      else if (kind == OPENING)
        depth++;
      else if (kind == CLOSING)
        depth--;
      else if (kind == SPACE)
        *has_space = TRUE;
    }
}

/* The text of the event's `data`, white space and all; FALSE when it has none. */
static gboolean
find_data (const PhEvent *event,
           Scan *data,
           gboolean *has_space)
{
  Scan scan = { event->text, event->text + event->size };

  skip_space (&scan);

  /* Its brace, and from then on a comma. */
  while (scan.at < scan.end)
    {
      const char *key;
      gsize key_size;

      scan.at++;
      skip_space (&scan);

      if (scan.at >= scan.end || *scan.at != '"')
        return FALSE;

      key = ++scan.at;
      skip_string (&scan);
      key_size = (gsize) (scan.at - key);
      skip_space (&scan);

      if (scan.at >= scan.end || *scan.at != ':')
        return FALSE;

      scan.at++;
      skip_space (&scan);
      data->at = scan.at;
      *has_space = FALSE;
      skip_value (&scan, has_space);
      data->end = scan.at;

      if (key_size == 5 && memcmp (key, "data\"", 5) == 0)
        return TRUE;

      if (scan.at < scan.end && *scan.at != ',')
        return FALSE;
    }

  return FALSE;
}

/* --- writing it our way ---------------------------------------------------- */

static gboolean
is_plain_escape (char c)
{
  return c != '\0' && strchr ("\"\\bfnrt", c) != NULL;
}

/* Whether a backslash stands before something that JSON.stringify() does not write. */
static gboolean
has_odd_escapes (const Scan *data)
{
  const char *at = data->at;

  while ((at = memchr (at, '\\', (gsize) (data->end - at))) != NULL)
    {
      if (at + 1 >= data->end || !is_plain_escape (at[1]))
        return TRUE;

      at += 2;
    }

  return FALSE;
}

/* Four hex digits from @at on, or −1. */
static int
read_unit (const char *at,
           const char *end)
{
  int unit = 0;

  if (end - at < 4)
    return -1;

  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (at[i]);

      if (digit < 0)
        return -1;

      unit = unit << 4 | digit;
    }

  return unit;
}

static void
append_character (GString *out,
                  gunichar c)
{
  static const char escapes[] = "btn\0fr";

  if (c == '"' || c == '\\')
    g_string_append_printf (out, "\\%c", (char) c);
  else if (c >= 8 && c <= 13 && c != 11)
    g_string_append_printf (out, "\\%c", escapes[c - 8]);
  else if (c < 0x20 || (c >= 0xd800 && c <= 0xdfff))
    g_string_append_printf (out, "\\u%04x", c);
  else
    g_string_append_unichar (out, c);
}

/* What stands behind a backslash; a pair of surrogates is one character. */
static void
append_escaped (GString *out,
                Scan *scan)
{
  char c = scan->at < scan->end ? *scan->at : '\0';
  int unit = c == 'u' ? read_unit (scan->at + 1, scan->end) : -1;
  int second = -1;

  if (unit < 0)
    {
      if (c != '/')
        g_string_append_c (out, '\\');

      return;
    }

  scan->at += 5;

  if (unit >= 0xd800 && unit < 0xdc00 && scan->end - scan->at >= 6 && scan->at[0] == '\\' &&
      scan->at[1] == 'u')
    second = read_unit (scan->at + 2, scan->end);

  if (second >= 0xdc00 && second < 0xe000)
    {
      scan->at += 6;
      unit = 0x10000 + ((unit - 0xd800) << 10) + (second - 0xdc00);
    }

  append_character (out, (gunichar) unit);
}

static void
append_string (GString *out,
               Scan *scan)
{
  while (scan->at < scan->end)
    {
      char c = *scan->at++;

      if (c != '\\')
        {
          g_string_append_c (out, c);

          if (c == '"')
            return;
        }
      else if (scan->at < scan->end && is_plain_escape (*scan->at))
        {
          g_string_append_c (out, c);
          g_string_append_c (out, *scan->at++);
        }
      else
        {
          append_escaped (out, scan);
        }
    }
}

static void
write_data (GString *out,
            Scan data)
{
  g_string_truncate (out, 0);

  while (data.at < data.end)
    {
      char c = *data.at++;

      if (is_space (c))
        continue;

      g_string_append_c (out, c);

      if (c == '"')
        append_string (out, &data);
    }
}

/* --- events ---------------------------------------------------------------- */

static gint64
find_window (PhIdentity *identity,
             guint32 window)
{
  gint16 *number = &identity->windows[MIN (window, PH_LIMIT_WINDOWS - 1)];

  if (*number < 0)
    *number = identity->n_windows++;

  return *number;
}

void
ph_identity_add (PhIdentity *identity,
                 const PhEvent *event)
{
  Scan data = { NULL, NULL };
  gboolean has_space = FALSE;
  guint64 numbers[4];

  if (!find_data (event, &data, &has_space))
    {
      data = (Scan) { NULL, NULL };
    }
  else if (has_space || has_odd_escapes (&data))
    {
      write_data (identity->scratch, data);
      data.at = identity->scratch->str;
      data.end = data.at + identity->scratch->len;
    }

  numbers[0] = GUINT64_TO_LE ((guint64) event->type);
  numbers[1] = GUINT64_TO_LE ((guint64) event->timestamp);
  numbers[2] = GUINT64_TO_LE ((guint64) find_window (identity, event->window));
  numbers[3] = GUINT64_TO_LE ((guint64) (data.end - data.at));
  ph_sha256_add (identity->sum, numbers, sizeof numbers);
  ph_sha256_add (identity->sum, data.at, (gsize) (data.end - data.at));
}

char *
ph_identity_finish (PhIdentity *identity)
{
  return ph_sha256_finish (identity->sum);
}

gboolean
ph_identity_is_valid (const char *text)
{
  return strlen (text) == PH_IDENTITY_CHARS &&
         strspn (text, "0123456789abcdef") == PH_IDENTITY_CHARS;
}
