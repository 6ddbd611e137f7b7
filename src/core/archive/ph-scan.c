/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-scan.h"

#include <string.h>

#define BLOCK 64
#define ALL_ONES (~G_GUINT64_CONSTANT (0))

/* One bit per byte of a block, the first byte lowest, for each kind that matters. */
typedef struct
{
  guint64 quote;
  guint64 backslash;
  guint64 open;
  guint64 close;
  guint64 newline;
  guint64 in_string;
} Bits;

/* One bit per byte of @word that is @c. */
static inline guint64
match_byte (guint64 word,
            guint8 c)
{
  const guint64 low = G_GUINT64_CONSTANT (0x7f7f7f7f7f7f7f7f);
  guint64 x = word ^ (G_GUINT64_CONSTANT (0x0101010101010101) * c);
  guint64 zero = ~(((x & low) + low) | x | low);

  return ((zero >> 7) * G_GUINT64_CONSTANT (0x0102040810204080)) >> 56;
}

static inline Bits
classify (const guint8 *block)
{
  Bits bits = {};

  for (gsize i = 0; i < BLOCK / 8; i++)
    {
      guint64 word;
      guint64 folded;

      memcpy (&word, block + 8 * i, 8);
      word = GUINT64_FROM_LE (word);
      /* This bit makes `[` and `{` one, and `]` and `}`, and nothing else equal to them. */
      folded = word | G_GUINT64_CONSTANT (0x2020202020202020);

      bits.quote |= match_byte (word, '"') << (8 * i);
      bits.backslash |= match_byte (word, '\\') << (8 * i);
      bits.open |= match_byte (folded, '{') << (8 * i);
      bits.close |= match_byte (folded, '}') << (8 * i);
      bits.newline |= match_byte (word, '\n') << (8 * i);
    }

  return bits;
}

/* Bytes right behind a backslash that is not itself escaped (the method is simdjson's). */
static guint64
find_escaped (guint64 backslash,
              guint64 before)
{
  const guint64 even = G_GUINT64_CONSTANT (0x5555555555555555);
  guint64 follows, odd_starts, on_even;

  if (backslash == 0)
    return before;

  backslash &= ~before;
  follows = backslash << 1 | before;
  odd_starts = backslash & ~even & ~follows;
  on_even = odd_starts + backslash;

  return (even ^ (on_even << 1)) & follows;
}

/* Each bit becomes the parity of itself and all before: quotes become what is between them. */
static guint64
spread_parity (guint64 bits)
{
  for (guint shift = 1; shift < BLOCK; shift *= 2)
    bits ^= bits << shift;

  return bits;
}

/* Goes through the brackets and newlines of a block in which the value may end. */
static PhScanResult
walk_block (PhScan *scan,
            PhScanLines *lines,
            const Bits *bits,
            gsize *used)
{
  guint64 rest = bits->open | bits->close | bits->newline;

  for (; rest != 0; rest &= rest - 1)
    {
      guint bit = (guint) __builtin_ctzll (rest);
      guint64 mask = G_GUINT64_CONSTANT (1) << bit;

      if (bits->newline & mask)
        {
          if (bits->in_string & mask || *lines == PH_SCAN_LINES_YES)
            {
              *used += bit;
              return PH_SCAN_BROKEN;
            }

          *lines = PH_SCAN_LINES_NO;
          continue;
        }

      scan->depth += bits->open & mask ? 1 : -1;

      if (scan->depth <= 0)
        {
          *used += bit + 1;
          return PH_SCAN_END;
        }
    }

  return PH_SCAN_MORE;
}

PhScanResult
ph_scan_value (PhScan *scan,
               PhScanLines *lines,
               const guint8 *data,
               gsize size,
               gsize *used)
{
  for (*used = 0; *used < size;)
    {
      gsize n = MIN (BLOCK, size - *used);
      guint8 padded[BLOCK];
      const guint8 *block = data + *used;
      guint64 escaped;
      gint64 n_close;
      Bits bits;

      if (n < BLOCK)
        {
          memset (padded, ' ', sizeof padded);
          block = memcpy (padded, block, n);
        }

      bits = classify (block);
      escaped = find_escaped (bits.backslash, scan->escaped);
      bits.in_string = spread_parity (bits.quote & ~escaped) ^ scan->in_string;
      bits.open &= ~bits.in_string;
      bits.close &= ~bits.in_string;
      bits.newline &= *lines == PH_SCAN_LINES_NO ? bits.in_string : ALL_ONES;
      n_close = __builtin_popcountll (bits.close);

      if (scan->depth > n_close && bits.newline == 0)
        scan->depth += __builtin_popcountll (bits.open) - n_close;
      else
        {
          PhScanResult result = walk_block (scan, lines, &bits, used);

          if (result != PH_SCAN_MORE)
            return result;
        }

      scan->escaped = ((bits.backslash & ~escaped) >> (n - 1)) & 1;
      scan->in_string = (bits.in_string >> (n - 1)) & 1 ? ALL_ONES : 0;
      *used += n;
    }

  return PH_SCAN_MORE;
}

static const char *
skip_space (const char *at,
            const char *end)
{
  while (at < end && (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t'))
    at++;

  return at;
}

/* Steps over `"key":`; @key is where it begins. NULL when there is none. */
static const char *
skip_key (const char *at,
          const char *end,
          const char **key,
          gsize *length)
{
  at = skip_space (at, end);

  if (at == end || *at != '"')
    return NULL;

  *key = ++at;

  while (at < end && *at != '"' && *at != '\\')
    at++;

  if (at == end || *at != '"')
    return NULL;

  *length = (gsize) (at - *key);
  at = skip_space (at + 1, end);

  return at < end && *at == ':' ? skip_space (at + 1, end) : NULL;
}

static gboolean
is_one_of (const char *const *names,
           const char *key,
           gsize length)
{
  for (; *names != NULL; names++)
    if (strlen (*names) == length && memcmp (*names, key, length) == 0)
      return TRUE;

  return FALSE;
}

gboolean
ph_scan_is_event (const char *text,
                  gsize size)
{
  static const char *const sure[] = { "timestamp", "windowId", "window_id", "sessionId", NULL };
  static const char *const beside_type[] = { "data", "timestamp", "delay", "windowId", "window_id",
                                             "sessionId", NULL };
  static const char *const type[] = { "type", NULL };
  static const char *const data[] = { "data", NULL };
  const char *end = text + MIN (size, PH_SCAN_LOOK_AHEAD);
  const char *at = size > 0 && *text == '{' ? text + 1 : NULL;
  const char *key = NULL;
  gsize length = 0;

  at = at != NULL ? skip_key (at, end, &key, &length) : NULL;

  if (at == NULL || at == end)
    return FALSE;

  if (is_one_of (sure, key, length))
    return TRUE;

  /* An element may have an attribute of this name, but that is a string. */
  if (is_one_of (data, key, length))
    return *at == '{';

  if (!is_one_of (type, key, length) || !g_ascii_isdigit (*at))
    return FALSE;

  while (at < end && g_ascii_isdigit (*at))
    at++;

  at = skip_space (at, end);

  return at < end && *at == ',' && skip_key (at + 1, end, &key, &length) != NULL &&
         is_one_of (beside_type, key, length);
}

gboolean
ph_scan_is_packed (const char *text,
                   gsize size)
{
  /* Behind the x for deflate with the usual window: the four levels (RFC 1950, FLG). */
  static const char *const levels[] = { "\x01", "^", "\xc2\x9c", "\xc3\x9a",
                                        "\\u0001", "\\u005e", "\\u009c", "\\u00da" };

  if (size < 3 || text[0] != '"' || text[1] != 'x')
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    if (strlen (levels[i]) <= size - 2 &&
        g_ascii_strncasecmp (text + 2, levels[i], strlen (levels[i])) == 0)
      return TRUE;

  return FALSE;
}

gboolean
ph_scan_is_quoted (const char *text,
                   gsize size)
{
  static const char begin[] = "\"{\\\"";

  return size >= strlen (begin) && memcmp (text, begin, strlen (begin)) == 0;
}

gssize
ph_scan_find_event (const char *text,
                    gsize size)
{
  for (gsize at = 0; at < size; at++)
    if ((text[at] == '{' && ph_scan_is_event (text + at, size - at)) ||
        (text[at] == '"' && ph_scan_is_packed (text + at, size - at)))
      return (gssize) at;

  return -1;
}
