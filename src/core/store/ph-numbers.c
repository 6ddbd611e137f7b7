/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-numbers.h"

/*
 * Fewer than BARE_BELOW numbers are signed LEB128. Else: a byte (way, and number
 * of planes times 8, or LEB128 instead); then by the way the least number, or the
 * first one and what is taken off each difference, or the different ones in order;
 * then the codes.
 */
#define BARE_BELOW 4
#define PLANES_FROM 96
#define LEB128 15
#define WAY_MASK 7

typedef enum
{
  WAY_PLAIN, /* above the least */
  WAY_STEP,  /* from the one before, zigzag */
  WAY_OTHER, /* from the other one, zigzag */
  WAY_PLACE, /* place among the different ones */
  N_WAYS,
} Way;

/* Places are only looked for in numbers this near to each other. */
#define PLACE_RANGE ((guint64) 1 << 18)
#define PLACE_FROM 256

/* --- what it would cost ---------------------------------------------------- */

static guint
count_bits (guint64 number)
{
  return number == 0 ? 0 : 64 - (guint) __builtin_clzll (number);
}

/* log2 × 256, near enough to compare. */
static guint
find_log (guint n)
{
  guint whole = count_bits (n) - 1;
  guint rest = whole >= 8 ? n >> (whole - 8) : n << (8 - whole);

  rest -= 256;

  return whole * 256 + rest + ((rest * (256 - rest) * 88) >> 16);
}

/* Of a byte of each code, in bits × 256, as a good coder of single bytes has it. */
static guint64
weigh_plane (const guint64 *codes,
             guint n,
             guint shift)
{
  guint counts[256] = { 0 };
  guint64 log_n = find_log (n);
  guint64 bits = 0;
  guint n_bytes = 0;

  for (guint i = 0; i < n; i++)
    counts[codes[i] >> shift & 0xff]++;

  for (guint i = 0; i < 256; i++)
    if (counts[i] > 0)
      {
        bits += counts[i] * (log_n - find_log (counts[i]));
        n_bytes++;
      }

  /* And what tells the coder about them. */
  return n_bytes < 2 ? 0 : bits + (guint64) n_bytes * 4 * 256;
}

static guint64
weigh (const guint64 *codes,
       guint n)
{
  guint64 sum = 0;
  guint64 all = 0;

  for (guint i = 0; i < n; i++)
    all |= codes[i];

  if (n < PLANES_FROM)
    {
      for (guint i = 0; i < n; i++)
        sum += count_bits (codes[i]);

      return sum * 256;
    }

  for (guint shift = 0; shift < 64 && all >> shift != 0; shift += 8)
    sum += weigh_plane (codes, n, shift);

  return sum;
}

/* --- ways ------------------------------------------------------------------ */

/* What is needed besides the codes. */
typedef struct
{
  gint64 base;
  guint64 low;
  guint64 *seen; /* WAY_PLACE: bits of the numbers there are, from base */
  guint n_seen_words;
  guint n_places;
} Side;

static void
encode_plain (const gint64 *numbers,
              guint n,
              guint64 *codes,
              Side *side)
{
  side->base = numbers[0];

  for (guint i = 1; i < n; i++)
    side->base = MIN (side->base, numbers[i]);

  for (guint i = 0; i < n; i++)
    codes[i] = (guint64) numbers[i] - (guint64) side->base;
}

/* What all differences have in common goes: even steps become nothing. */
static void
take_low (guint64 *codes,
          guint from,
          guint n,
          Side *side)
{
  side->low = G_MAXUINT64;

  for (guint i = from; i < n; i++)
    side->low = MIN (side->low, codes[i]);

  for (guint i = from; i < n; i++)
    codes[i] -= side->low;
}

static void
encode_steps (const gint64 *numbers,
              guint n,
              guint64 *codes,
              Side *side)
{
  side->base = numbers[0];
  codes[0] = 0;

  for (guint i = 1; i < n; i++)
    codes[i] = ph_varint_zigzag ((gint64) ((guint64) numbers[i] - (guint64) numbers[i - 1]));

  take_low (codes, 1, n, side);
}

static void
encode_others (const gint64 *numbers,
               const gint64 *others,
               guint n,
               guint64 *codes,
               Side *side)
{
  for (guint i = 0; i < n; i++)
    codes[i] = ph_varint_zigzag ((gint64) ((guint64) numbers[i] - (guint64) others[i]));

  take_low (codes, 0, n, side);
}

/* @plain has what they are above the least one. FALSE when it is not worth it. */
static gboolean
encode_places (const guint64 *plain,
               guint n,
               guint64 *codes,
               Side *side)
{
  g_autofree guint *before = NULL;
  guint64 most = 0;

  for (guint i = 0; i < n; i++)
    most = MAX (most, plain[i]);

  if (n < PLACE_FROM || most < 64 || most >= PLACE_RANGE)
    return FALSE;

  side->n_seen_words = (guint) (most / 64) + 1;
  side->seen = g_new0 (guint64, side->n_seen_words);
  before = g_new (guint, side->n_seen_words);

  for (guint i = 0; i < n; i++)
    side->seen[plain[i] / 64] |= (guint64) 1 << plain[i] % 64;

  for (guint i = 0; i < side->n_seen_words; i++)
    {
      before[i] = side->n_places;
      side->n_places += (guint) __builtin_popcountll (side->seen[i]);
    }

  if (side->n_places > n / 2)
    return FALSE;

  for (guint i = 0; i < n; i++)
    {
      guint64 below = ((guint64) 1 << plain[i] % 64) - 1;

      codes[i] = before[plain[i] / 64] +
                 (guint) __builtin_popcountll (side->seen[plain[i] / 64] & below);
    }

  return TRUE;
}

/* --- writing --------------------------------------------------------------- */

static void
put_places (PhParts *parts,
            const Side *side)
{
  guint64 last = 0;

  ph_parts_put_signed (parts, side->base);
  ph_parts_put_number (parts, side->n_places);

  for (guint i = 0; i < side->n_seen_words; i++)
    for (guint64 word = side->seen[i]; word != 0; word &= word - 1)
      {
        guint64 number = (guint64) i * 64 + (guint) __builtin_ctzll (word);

        ph_parts_put_number (parts, number - last);
        last = number;
      }
}

static void
put_codes (PhParts *parts,
           const guint64 *codes,
           guint n,
           guint n_planes)
{
  if (n_planes == LEB128)
    {
      for (guint i = 0; i < n; i++)
        ph_parts_put_number (parts, codes[i]);

      return;
    }

  for (guint plane = 0; plane < n_planes; plane++)
    {
      guint8 *out;

      ph_parts_cut (parts);
      out = ph_parts_put_room (parts, n);

      for (guint i = 0; i < n; i++)
        out[i] = (guint8) (codes[i] >> (8 * plane));

      ph_parts_cut (parts);
    }
}

static guint
count_planes (const guint64 *codes,
              guint n)
{
  guint64 all = 0;

  for (guint i = 0; i < n; i++)
    all |= codes[i];

  if (all != 0 && n < PLANES_FROM)
    return LEB128;

  return (count_bits (all) + 7) / 8;
}

static void
put_way (PhParts *parts,
         Way way,
         const Side *side,
         const guint64 *codes,
         guint n)
{
  guint n_planes = count_planes (codes, n);

  ph_parts_put_number (parts, way | n_planes << 3);

  switch (way)
    {
    case WAY_PLAIN:
      ph_parts_put_signed (parts, side->base);
      break;
    case WAY_STEP:
      ph_parts_put_signed (parts, side->base);
      ph_parts_put_number (parts, side->low);
      break;
    case WAY_OTHER:
      ph_parts_put_number (parts, side->low);
      break;
    case WAY_PLACE:
      put_places (parts, side);
      break;
    case N_WAYS:
      g_assert_not_reached ();
    }

  put_codes (parts, codes, n, n_planes);
}

static guint64
weigh_table (const Side *side)
{
  return (guint64) side->n_places * 5 * 256;
}

void
ph_numbers_put (PhParts *parts,
                const gint64 *numbers,
                const gint64 *others,
                guint n)
{
  g_autofree guint64 *room = NULL;
  guint64 *codes[N_WAYS];
  Side sides[N_WAYS] = { 0 };
  guint64 least;
  Way best = WAY_PLAIN;

  if (n < BARE_BELOW)
    {
      for (guint i = 0; i < n; i++)
        ph_parts_put_signed (parts, numbers[i]);

      return;
    }

  room = g_new (guint64, (gsize) n * N_WAYS);

  for (guint i = 0; i < N_WAYS; i++)
    codes[i] = room + (gsize) i * n;

  encode_plain (numbers, n, codes[WAY_PLAIN], &sides[WAY_PLAIN]);
  encode_steps (numbers, n, codes[WAY_STEP], &sides[WAY_STEP]);
  least = weigh (codes[WAY_PLAIN], n);

  for (Way way = WAY_STEP; way < N_WAYS; way++)
    {
      guint64 weight;

      if (way == WAY_OTHER && others == NULL)
        continue;

      if (way == WAY_OTHER)
        encode_others (numbers, others, n, codes[way], &sides[way]);

      sides[WAY_PLACE].base = sides[WAY_PLAIN].base;

      if (way == WAY_PLACE && !encode_places (codes[WAY_PLAIN], n, codes[way], &sides[way]))
        continue;

      weight = weigh (codes[way], n) + weigh_table (&sides[way]);

      if (weight < least)
        {
          least = weight;
          best = way;
        }
    }

  put_way (parts, best, &sides[best], codes[best], n);
  g_free (sides[WAY_PLACE].seen);
}

/* --- reading --------------------------------------------------------------- */

static void
take_table (PhNumbers *numbers,
            PhPartsReader *reader)
{
  guint64 number;

  number = (guint64) ph_parts_take_signed (reader);
  numbers->n_table = (guint) ph_parts_take_number (reader, numbers->n);

  /* A byte each at least. */
  if (reader->bad || numbers->n_table > (gsize) (reader->end - reader->at))
    {
      numbers->n_table = 0;
      reader->bad = TRUE;
      return;
    }

  numbers->table = g_new (gint64, numbers->n_table);

  for (guint i = 0; i < numbers->n_table; i++)
    {
      number += ph_parts_take_number (reader, PLACE_RANGE);
      numbers->table[i] = (gint64) number;
    }
}

static void
take_side (PhNumbers *numbers,
           PhPartsReader *reader)
{
  switch ((Way) numbers->way)
    {
    case WAY_PLAIN:
      numbers->base = ph_parts_take_signed (reader);
      break;
    case WAY_STEP:
      numbers->base = ph_parts_take_signed (reader);
      numbers->low = ph_parts_take_number (reader, G_MAXUINT64);
      break;
    case WAY_OTHER:
      numbers->low = ph_parts_take_number (reader, G_MAXUINT64);
      break;
    case WAY_PLACE:
      take_table (numbers, reader);
      break;
    case N_WAYS:
    default:
      reader->bad = TRUE;
    }
}

void
ph_numbers_take (PhNumbers *numbers,
                 PhPartsReader *reader,
                 guint n)
{
  guint head = LEB128 << 3;

  *numbers = (PhNumbers) { .n = n };

  if (n >= BARE_BELOW)
    {
      head = (guint) ph_parts_take_number (reader, LEB128 << 3 | WAY_MASK);
      numbers->way = head & WAY_MASK;
      take_side (numbers, reader);
    }

  numbers->n_planes = (guint8) (head >> 3);
  numbers->data = reader->at;
  numbers->end = reader->end;

  if (numbers->n_planes <= 8)
    {
      ph_parts_take_bytes (reader, (gsize) n * numbers->n_planes);
    }
  else if (numbers->n_planes == LEB128)
    {
      /* To find its end; the numbers are read again when they are asked for. */
      for (guint i = 0; i < n && !reader->bad; i++)
        ph_parts_take_number (reader, G_MAXUINT64);
    }
  else
    {
      reader->bad = TRUE;
    }

  numbers->bad = reader->bad;
}

static guint64
take_code (PhNumbers *numbers)
{
  const guint8 *at = numbers->data + numbers->i;
  guint64 code = 0;

  if (numbers->n_planes == LEB128)
    {
      PhPartsReader reader = { numbers->data, numbers->end, FALSE };

      code = ph_parts_take_number (&reader, G_MAXUINT64);
      numbers->data = reader.at;

      return code;
    }

  for (guint plane = 0; plane < numbers->n_planes; plane++, at += numbers->n)
    code |= (guint64) *at << (8 * plane);

  return code;
}

gint64
ph_numbers_next (PhNumbers *numbers,
                 gint64 other)
{
  guint64 code;

  if (numbers->bad || numbers->i >= numbers->n)
    {
      numbers->bad = TRUE;
      return 0;
    }

  code = take_code (numbers);
  numbers->i++;

  if (numbers->n < BARE_BELOW)
    return ph_varint_unzigzag (code);

  switch ((Way) numbers->way)
    {
    case WAY_PLAIN:
      return (gint64) ((guint64) numbers->base + code);

    case WAY_STEP:
      if (numbers->i == 1)
        numbers->last = numbers->base;
      else
        numbers->last = (gint64) ((guint64) numbers->last +
                                  (guint64) ph_varint_unzigzag (code + numbers->low));

      return numbers->last;

    case WAY_OTHER:
      return (gint64) ((guint64) other + (guint64) ph_varint_unzigzag (code + numbers->low));

    case WAY_PLACE:
      if (code < numbers->n_table)
        return numbers->table[code];

      break;

    case N_WAYS:
      break;
    }

  numbers->bad = TRUE;

  return 0;
}

void
ph_numbers_clear (PhNumbers *numbers)
{
  g_clear_pointer (&numbers->table, g_free);
}
