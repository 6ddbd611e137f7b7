/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-clip-palette.h"

#include <stdlib.h>
#include <string.h>

/* Colours are counted in bins of five bits a channel. */
#define BITS 5
#define SIDE (1 << BITS)
#define N_BINS (SIDE * SIDE * SIDE)

/* Colours that stay as they are: at most so many, each of this share of the pixels. */
#define MAX_KEPT 128
#define KEPT_SHARE 2000

/* Exact colours are looked up in a table of this size, which is never full. */
#define TABLE_BITS 12
#define TABLE_SIZE (1 << TABLE_BITS)
#define MAX_EXACT (TABLE_SIZE / 2)

/* How far the pattern moves a colour, of 256. */
#define DITHER 12

#define RGB(pixel) ((pixel) &0xffffff)

/* --- counting -------------------------------------------------------------- */

typedef struct
{
  guint32 colour;
  guint count; /* 0: free */
  guint index; /* of the palette, or G_MAXUINT */
} Exact;

typedef struct
{
  Exact table[TABLE_SIZE];
  guint n_exact;
  guint n_pixels;
} Census;

static Exact *
find_exact (Census *census,
            guint32 colour)
{
  guint at = (colour * 2654435761u) >> (32 - TABLE_BITS);

  while (census->table[at].count > 0 && census->table[at].colour != colour)
    at = (at + 1) % TABLE_SIZE;

  return &census->table[at];
}

/* Counts a run of one colour. What comes when the table is half full is not in it. */
static void
count_run (Census *census,
           guint32 colour,
           guint n)
{
  Exact *exact = find_exact (census, colour);

  census->n_pixels += n;

  if (exact->count == 0)
    {
      if (census->n_exact >= MAX_EXACT)
        return;

      *exact = (Exact) { colour, 0, G_MAXUINT };
      census->n_exact++;
    }

  exact->count += n;
}

static gboolean
has_changed (const guint32 *pixels,
             const guint32 *before,
             gsize i)
{
  return before == NULL || RGB (pixels[i]) != RGB (before[i]);
}

/* TRUE when the table holds every colour. */
static gboolean
count_colours (Census *census,
               const guint32 *pixels,
               const guint32 *before,
               gsize n)
{
  gsize counted = 0;

  for (gsize i = 0; i < n;)
    {
      gsize end = i + 1;

      if (!has_changed (pixels, before, i))
        {
          i++;
          continue;
        }

      while (end < n && RGB (pixels[end]) == RGB (pixels[i]) && has_changed (pixels, before, end))
        end++;

      count_run (census, RGB (pixels[i]), (guint) (end - i));
      i = end;
    }

  for (guint i = 0; i < TABLE_SIZE; i++)
    counted += census->table[i].count;

  return counted == census->n_pixels;
}

/* --- sharing --------------------------------------------------------------- */

typedef struct
{
  guint64 count;
  guint64 sum[3];
} Bin;

typedef struct
{
  int low[3];
  int high[3]; /* inside */
  guint64 count;
} Box;

typedef struct
{
  Bin bins[N_BINS];
  guint8 nearest[N_BINS]; /* of the palette */
  gboolean known[N_BINS];
} Shares;

static guint
bin_of (int red,
        int green,
        int blue)
{
  return (guint) (((red * SIDE) + green) * SIDE + blue);
}

static guint
bin_of_pixel (guint32 pixel)
{
  return bin_of (pixel >> (24 - BITS) & (SIDE - 1), pixel >> (16 - BITS) & (SIDE - 1),
                 pixel >> (8 - BITS) & (SIDE - 1));
}

static guint64
count_slice (const Shares *shares,
             const Box *box,
             int axis,
             int at)
{
  Box slice = *box;
  guint64 count = 0;

  slice.low[axis] = slice.high[axis] = at;

  for (int r = slice.low[0]; r <= slice.high[0]; r++)
    for (int g = slice.low[1]; g <= slice.high[1]; g++)
      for (int b = slice.low[2]; b <= slice.high[2]; b++)
        count += shares->bins[bin_of (r, g, b)].count;

  return count;
}

/* As small as what is in it lets it be. */
static void
shrink (const Shares *shares,
        Box *box)
{
  box->count = 0;

  for (int axis = 0; axis < 3; axis++)
    {
      while (box->low[axis] < box->high[axis] &&
             count_slice (shares, box, axis, box->low[axis]) == 0)
        box->low[axis]++;

      while (box->high[axis] > box->low[axis] &&
             count_slice (shares, box, axis, box->high[axis]) == 0)
        box->high[axis]--;
    }

  for (int at = box->low[0]; at <= box->high[0]; at++)
    box->count += count_slice (shares, box, 0, at);
}

static int
longest_axis (const Box *box)
{
  int best = 0;

  for (int axis = 1; axis < 3; axis++)
    if (box->high[axis] - box->low[axis] > box->high[best] - box->low[best])
      best = axis;

  return best;
}

static guint64
weigh (const Box *box)
{
  int axis = longest_axis (box);

  return box->count * (guint64) (box->high[axis] - box->low[axis]);
}

/* In the middle of what is in it, along its longest side. */
static void
split (const Shares *shares,
       Box *box,
       Box *other)
{
  int axis = longest_axis (box);
  guint64 below = 0;
  int at = box->low[axis];

  while (at < box->high[axis] - 1)
    {
      below += count_slice (shares, box, axis, at);

      if (below * 2 >= box->count)
        break;

      at++;
    }

  *other = *box;
  box->high[axis] = at;
  other->low[axis] = at + 1;
  shrink (shares, box);
  shrink (shares, other);
}

static void
append_colour (PhClipIndexed *indexed,
               guint red,
               guint green,
               guint blue)
{
  guint8 *to = indexed->colours + 3 * indexed->n_colours++;

  to[0] = (guint8) red;
  to[1] = (guint8) green;
  to[2] = (guint8) blue;
}

static void
append_mean (const Shares *shares,
             const Box *box,
             PhClipIndexed *indexed)
{
  guint64 sum[3] = { 0 };

  for (int r = box->low[0]; r <= box->high[0]; r++)
    for (int g = box->low[1]; g <= box->high[1]; g++)
      for (int b = box->low[2]; b <= box->high[2]; b++)
        for (guint i = 0; i < 3; i++)
          sum[i] += shares->bins[bin_of (r, g, b)].sum[i];

  append_colour (indexed, (guint) (sum[0] / box->count), (guint) (sum[1] / box->count),
                 (guint) (sum[2] / box->count));
}

/* What is left of the palette goes to the colours that were not kept. */
static void
share_rest (const Shares *shares,
            PhClipIndexed *indexed)
{
  Box boxes[PH_CLIP_COLOURS];
  guint n = 1;

  boxes[0] = (Box) { { 0, 0, 0 }, { SIDE - 1, SIDE - 1, SIDE - 1 }, 0 };
  shrink (shares, &boxes[0]);

  if (boxes[0].count == 0)
    return;

  while (indexed->n_colours + n < PH_CLIP_COLOURS)
    {
      guint best = 0;

      for (guint i = 1; i < n; i++)
        if (weigh (&boxes[i]) > weigh (&boxes[best]))
          best = i;

      if (weigh (&boxes[best]) == 0)
        break;

      split (shares, &boxes[best], &boxes[n++]);
    }

  for (guint i = 0; i < n; i++)
    append_mean (shares, &boxes[i], indexed);
}

static void
count_bins (Shares *shares,
            Census *census,
            const guint32 *pixels,
            const guint32 *before,
            gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      Bin *bin;
      Exact *exact;

      if (!has_changed (pixels, before, i))
        continue;

      exact = find_exact (census, RGB (pixels[i]));

      if (exact->count > 0 && exact->index != G_MAXUINT)
        continue;

      bin = &shares->bins[bin_of_pixel (pixels[i])];
      bin->count++;
      bin->sum[0] += pixels[i] >> 16 & 0xff;
      bin->sum[1] += pixels[i] >> 8 & 0xff;
      bin->sum[2] += pixels[i] & 0xff;
    }
}

/* --- choosing -------------------------------------------------------------- */

/* The most frequent first; equal ones by colour, so that the order is always the same. */
static int
compare_exact (const void *a,
               const void *b)
{
  const Exact *x = *(Exact *const *) a;
  const Exact *y = *(Exact *const *) b;

  if (x->count != y->count)
    return x->count < y->count ? 1 : -1;

  return x->colour < y->colour ? -1 : 1;
}

static void
keep_exact (Census *census,
            PhClipIndexed *indexed,
            guint max,
            guint min_count)
{
  g_autofree Exact **sorted = g_new (Exact *, census->n_exact);
  guint n = 0;

  for (guint i = 0; i < TABLE_SIZE; i++)
    if (census->table[i].count > 0)
      sorted[n++] = &census->table[i];

  qsort (sorted, n, sizeof *sorted, compare_exact);

  for (guint i = 0; i < MIN (n, max) && sorted[i]->count >= min_count; i++)
    {
      guint32 colour = sorted[i]->colour;

      sorted[i]->index = indexed->n_colours;
      append_colour (indexed, colour >> 16, colour >> 8 & 0xff, colour & 0xff);
    }
}

static guint8
find_nearest (Shares *shares,
              const PhClipIndexed *indexed,
              int red,
              int green,
              int blue)
{
  guint bin = bin_of (red >> (8 - BITS), green >> (8 - BITS), blue >> (8 - BITS));
  int best = G_MAXINT;

  if (shares->known[bin])
    return shares->nearest[bin];

  for (guint i = 0; i < indexed->n_colours; i++)
    {
      int r = indexed->colours[3 * i] - red;
      int g = indexed->colours[3 * i + 1] - green;
      int b = indexed->colours[3 * i + 2] - blue;
      /* Eyes tell greens best, blues worst. */
      int distance = 3 * r * r + 6 * g * g + b * b;

      if (distance < best)
        {
          best = distance;
          shares->nearest[bin] = (guint8) i;
        }
    }

  shares->known[bin] = TRUE;

  return shares->nearest[bin];
}

/* From −DITHER / 2 to DITHER / 2, by place: each share of an area has as many as it should. */
static int
get_dither (int x,
            int y)
{
  static const int pattern[4][4] = {
    { 0, 8, 2, 10 },
    { 12, 4, 14, 6 },
    { 3, 11, 1, 9 },
    { 15, 7, 13, 5 },
  };

  return (pattern[y % 4][x % 4] * 2 - 15) * DITHER / 30;
}

static guint8
choose_mixed (Shares *shares,
              const PhClipIndexed *indexed,
              guint32 pixel,
              int x,
              int y)
{
  int dither = get_dither (x, y);

  return find_nearest (shares, indexed, CLAMP ((int) (pixel >> 16 & 0xff) + dither, 0, 255),
                       CLAMP ((int) (pixel >> 8 & 0xff) + dither, 0, 255),
                       CLAMP ((int) (pixel & 0xff) + dither, 0, 255));
}

static void
write_row (Census *census,
           Shares *shares,
           const guint32 *pixels,
           const guint32 *before,
           int width,
           int y,
           PhClipIndexed *indexed)
{
  guint8 *to = indexed->indexes + (gsize) y * width;
  const Exact *exact = NULL;

  for (int x = 0; x < width; x++)
    {
      guint32 colour = RGB (pixels[x]);

      if (!has_changed (pixels, before, x))
        {
          to[x] = (guint8) indexed->n_colours;
          continue;
        }

      if (exact == NULL || exact->colour != colour)
        exact = find_exact (census, colour);

      if (exact->count > 0 && exact->index != G_MAXUINT)
        {
          to[x] = (guint8) exact->index;
          continue;
        }

      exact = NULL;
      to[x] = choose_mixed (shares, indexed, colour, x, y);
    }
}

void
ph_clip_index (const guint32 *pixels,
               const guint32 *before,
               int width,
               int height,
               PhClipIndexed *indexed)
{
  g_autofree Census *census = g_new0 (Census, 1);
  g_autofree Shares *shares = NULL;
  gsize n = (gsize) width * (gsize) height;
  gboolean all_known = count_colours (census, pixels, before, n);

  indexed->n_colours = 0;
  indexed->n_changed = census->n_pixels;

  if (all_known && census->n_exact <= PH_CLIP_COLOURS)
    {
      keep_exact (census, indexed, PH_CLIP_COLOURS, 1);
    }
  else
    {
      shares = g_new0 (Shares, 1);
      keep_exact (census, indexed, MAX_KEPT, MAX (census->n_pixels / KEPT_SHARE, 1));
      count_bins (shares, census, pixels, before, n);
      share_rest (shares, indexed);
    }

  for (int y = 0; y < height; y++)
    write_row (census, shares, pixels + (gsize) y * width,
               before != NULL ? before + (gsize) y * width : NULL, width, y, indexed);
}
