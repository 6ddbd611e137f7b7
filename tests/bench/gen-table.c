/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A table of prices that never stands still: mostly a few cells, now and then all of them. */

#include "gen.h"

#include <string.h>

#define ROWS 60
#define COLUMNS 12

typedef struct
{
  guint id;
  guint cells[COLUMNS];
  guint texts[COLUMNS];
} Row;

typedef struct
{
  guint body;
  guint clock; /* the text of it */
  Row rows[ROWS];
} Table;

static void
format_price (Gen *gen,
              char out[16])
{
  g_snprintf (out, 16, "%u.%02u", 10 + gen_random (gen, 9000), gen_random (gen, 100));
}

static void
write_row (Gen *gen,
           GenTree *tree,
           Row *row)
{
  row->id = gen_open (tree, "tr", "");

  for (guint i = 0; i < COLUMNS; i++)
    {
      char text[16];

      if (i == 0)
        g_snprintf (text, sizeof text, "%s", gen_word (gen));
      else
        format_price (gen, text);

      row->cells[i] = gen_open (tree, "td", i == 0 ? "\"class\":\"px-2\"" : "\"class\":\"n\"");
      row->texts[i] = gen_text (tree, text);
      gen_close (tree);
    }

  gen_close (tree);
}

static gpointer
start (Gen *gen)
{
  Table *table = g_new0 (Table, 1);
  GenTree tree = gen_frame_begin (gen, "Prices", "/prices");

  gen_open (&tree, "h1", "");
  gen_text (&tree, "Prices");
  gen_close (&tree);
  table->clock = gen_leaf (&tree, "p", "\"class\":\"mt-1\"", "09:00:00");
  gen_open (&tree, "table", "");
  gen_open (&tree, "thead", "");
  gen_open (&tree, "tr", "");

  for (guint i = 0; i < COLUMNS; i++)
    gen_leaf (&tree, "th", "", gen_word (gen));

  gen_close (&tree);
  gen_close (&tree);
  table->body = gen_open (&tree, "tbody", "");

  for (guint i = 0; i < ROWS; i++)
    write_row (gen, &tree, &table->rows[i]);

  gen_frame_end (gen, &tree);

  return table;
}

static void
change_cells (Gen *gen,
              Table *table,
              guint n)
{
  for (guint i = 0; i < n; i++)
    {
      const Row *row = &table->rows[gen_random (gen, ROWS)];
      guint column = 1 + gen_random (gen, COLUMNS - 1);
      char text[16];

      format_price (gen, text);
      gen_change_text (gen, row->texts[column], text);

      if (gen_chance (gen, 60))
        gen_change_attribute (gen, row->cells[column], "class",
                              gen_chance (gen, 50) ? "n up" : "n down flash");
    }
}

/* New ones come in at the top, as many go at the bottom. */
static void
change_rows (Gen *gen,
             Table *table,
             guint n)
{
  for (guint i = 0; i < n; i++)
    {
      GenTree tree = gen_tree_flat (gen, table->body, table->rows[0].id);

      gen_remove (gen, table->body, table->rows[ROWS - 1].id);
      memmove (&table->rows[1], &table->rows[0], (ROWS - 1) * sizeof (Row));
      write_row (gen, &tree, &table->rows[0]);
    }
}

static void
step (Gen *gen,
      gpointer state)
{
  Table *table = state;
  guint what = gen_random (gen, 1000);

  gen->now += 60 + gen_random (gen, 60);

  if (what < 200)
    {
      gen_user_idle (gen);
      return;
    }

  if (what < 760)
    change_cells (gen, table, 2 + gen_random (gen, 12));
  else if (what < 890)
    change_cells (gen, table, 20 + gen_random (gen, 60));
  else if (what < 970)
    change_cells (gen, table, 160 + gen_random (gen, 300));
  else
    change_rows (gen, table, 1 + gen_random (gen, 2));

  if (gen_chance (gen, 20))
    {
      char clock[16];
      guint second = (guint) (gen->now / 1000 % 86400);

      g_snprintf (clock, sizeof clock, "%02u:%02u:%02u", second / 3600, second / 60 % 60,
                  second % 60);
      gen_change_text (gen, table->clock, clock);
    }

  gen_mutate (gen);
}

const GenKind gen_table = { "table", start, step };
