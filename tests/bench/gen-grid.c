/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A grid of a hundred thousand rows of which only those in view are in the page. */

#include "gen.h"

#include <string.h>

#define ROWS 30 /* in view */
#define COLUMNS 11
#define ALL_ROWS 100000
#define ROW_HEIGHT 28

typedef struct
{
  guint id;
  guint cells[COLUMNS];
  guint texts[COLUMNS];
} Row;

typedef struct
{
  guint view; /* it scrolls */
  guint canvas;
  guint status; /* a text */
  guint editor;
  guint top;    /* the first row in view */
  guint picked; /* the cell, 0 for none */
  Row rows[ROWS];
} Grid;

static void
write_row (Gen *gen,
           GenTree *tree,
           Row *row,
           guint index)
{
  char attributes[64];
  char text[32];

  g_snprintf (attributes, sizeof attributes, "\"class\":\"row\",\"style\":\"top: %upx;\"",
              index * ROW_HEIGHT);
  row->id = gen_open (tree, "div", attributes);

  for (guint i = 0; i < COLUMNS; i++)
    {
      if (i == 0)
        g_snprintf (text, sizeof text, "%u", index + 1);
      else if (i % 3 == 1)
        g_snprintf (text, sizeof text, "%s %s", gen_word (gen), gen_word (gen));
      else
        g_snprintf (text, sizeof text, "%u.%u", gen_random (gen, 100000), gen_random (gen, 10));

      row->cells[i] = gen_open (tree, "div", "\"class\":\"cell\"");
      row->texts[i] = gen_text (tree, text);
      gen_close (tree);
    }

  gen_close (tree);
}

static gpointer
start (Gen *gen)
{
  Grid *grid = g_new0 (Grid, 1);
  GenTree tree = gen_frame_begin (gen, "Stock", "/stock");

  grid->status = gen_leaf (&tree, "p", "\"class\":\"mt-1\"", "Rows 1 to 30");
  grid->editor = gen_open (&tree, "input", "\"type\":\"text\",\"class\":\"px-2\",\"value\":\"\"");
  gen_close (&tree);
  grid->view = gen_open (&tree, "div", "\"class\":\"view\"");
  grid->canvas = gen_open (&tree, "div", "\"style\":\"height: 2800000px;\"");

  for (guint i = 0; i < ROWS; i++)
    write_row (gen, &tree, &grid->rows[i], i);

  gen_frame_end (gen, &tree);

  return grid;
}

/* The rows that leave on one side go, those that come on the other are new. */
static void
scroll_down (Gen *gen,
             Grid *grid,
             guint n)
{
  for (guint i = 0; i < n; i++)
    gen_remove (gen, grid->canvas, grid->rows[i].id);

  memmove (&grid->rows[0], &grid->rows[n], (ROWS - n) * sizeof (Row));

  for (guint i = ROWS - n; i < ROWS; i++)
    {
      GenTree tree = gen_tree_flat (gen, grid->canvas, 0);

      write_row (gen, &tree, &grid->rows[i], grid->top + n + i);
    }

  grid->top += n;
}

static void
scroll_up (Gen *gen,
           Grid *grid,
           guint n)
{
  for (guint i = ROWS - n; i < ROWS; i++)
    gen_remove (gen, grid->canvas, grid->rows[i].id);

  memmove (&grid->rows[n], &grid->rows[0], (ROWS - n) * sizeof (Row));

  for (guint i = n; i-- > 0;)
    {
      GenTree tree =
        gen_tree_flat (gen, grid->canvas, grid->rows[i + 1].id);

      write_row (gen, &tree, &grid->rows[i], grid->top - n + i);
    }

  grid->top -= n;
}

static void
scroll (Gen *gen,
        Grid *grid)
{
  static const guint steps[] = { 1, 1, 1, 1, 2, 2, 3, 4, 8, ROWS - 1 };
  gboolean down = grid->top < ROWS || (grid->top + 2 * ROWS < ALL_ROWS && gen_chance (gen, 65));
  guint n = steps[gen_random (gen, G_N_ELEMENTS (steps))];
  guint from = grid->top;
  char status[48];

  grid->picked = 0;

  if (down)
    scroll_down (gen, grid, n);
  else
    scroll_up (gen, grid, n);

  g_snprintf (status, sizeof status, "Rows %u to %u", grid->top + 1, grid->top + ROWS);
  gen_change_text (gen, grid->status, status);
  gen_mutate (gen);
  gen_user_scroll (gen, grid->view, from * ROW_HEIGHT, grid->top * ROW_HEIGHT);
}

/* Somebody goes from cell to cell; the grid marks where they are. */
static void
pick (Gen *gen,
      Grid *grid)
{
  const Row *row = &grid->rows[gen_random (gen, ROWS)];
  guint column = gen_random (gen, COLUMNS);

  if (grid->picked != 0)
    gen_change_attribute (gen, grid->picked, "class", "cell");

  grid->picked = row->cells[column];
  gen_change_attribute (gen, grid->picked, "class", "cell picked");
  gen_change_attribute (gen, row->id, "class", gen_chance (gen, 50) ? "row flash" : "row");
  gen_mutate (gen);
}

static void
edit (Gen *gen,
      Grid *grid)
{
  const Row *row = &grid->rows[gen_random (gen, ROWS)];
  guint column = 1 + gen_random (gen, COLUMNS - 1);

  gen_user_click (gen, row->cells[column]);
  gen_user_type (gen, grid->editor, 1);
  gen_change_text (gen, row->texts[column], gen_word (gen));
  gen_change_attribute (gen, row->cells[column], "class", "cell up");
  gen_mutate (gen);
}

static void
step (Gen *gen,
      gpointer state)
{
  Grid *grid = state;
  guint what = gen_random (gen, 100);

  gen->now += 40 + gen_random (gen, 160);

  if (what < 26)
    scroll (gen, grid);
  else if (what < 66)
    pick (gen, grid);
  else if (what < 69)
    edit (gen, grid);
  else
    gen_user_idle (gen);
}

const GenKind gen_grid = { "grid", start, step };
