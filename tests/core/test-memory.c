/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-memory.h"

#include <string.h>
#include <unistd.h>

#define BLOCKS 64
#define BLOCK_BYTES ((gsize) 1024 * 1024)

static gsize
get_resident (void)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL));

  return (gsize) g_ascii_strtoull (strchr (text, ' '), NULL, 10) * (gsize) sysconf (_SC_PAGESIZE);
}

/* @n blocks, filled; every other one is freed, the rest are held. */
static void
make_holes (char **blocks,
            gsize size)
{
  for (guint i = 0; i < BLOCKS; i++)
    {
      blocks[i] = g_malloc (size);
      memset (blocks[i], 1, size);
    }

  for (guint i = 0; i < BLOCKS; i += 2)
    g_clear_pointer (&blocks[i], g_free);
}

/* Holes between blocks that are still in use go back as well, small blocks when asked. */
static void
test_holes (void)
{
  static const gsize sizes[] = { BLOCK_BYTES, BLOCK_BYTES / 4 };
  gsize least = BLOCKS / 2 * (BLOCK_BYTES + BLOCK_BYTES / 4);
  char *blocks[G_N_ELEMENTS (sizes)][BLOCKS];
  gsize before = get_resident ();
  gsize after;

  ph_memory_set_up ();

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    make_holes (blocks[i], sizes[i]);

  ph_memory_give_back ();
  after = get_resident ();
  g_test_message ("%" G_GSIZE_FORMAT " bytes more", after - before);
  g_assert_cmpuint (after - before, >=, least * 9 / 10);
  g_assert_cmpuint (after - before, <=, least * 11 / 10);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint k = 0; k < BLOCKS; k++)
      g_free (blocks[i][k]);
}

/* Blocks that are kept stay in the program when they are freed, until they are unkept. */
static void
test_kept (void)
{
  char *blocks[BLOCKS];
  gsize before;
  gsize filled;

  ph_memory_set_up ();
  ph_memory_give_back ();
  before = get_resident ();
  ph_memory_keep ();
  ph_memory_keep ();
  make_holes (blocks, BLOCK_BYTES);
  filled = get_resident () - before;
  g_assert_cmpuint (filled, >=, BLOCKS * BLOCK_BYTES * 9 / 10);

  for (guint i = 1; i < BLOCKS; i += 2)
    g_free (blocks[i]);

  g_assert_cmpuint (get_resident () - before, >=, filled * 9 / 10);
  ph_memory_unkeep ();
  g_assert_cmpuint (get_resident () - before, >=, filled * 9 / 10);
  ph_memory_unkeep ();
  g_assert_cmpuint (get_resident () - MIN (before, get_resident ()), <=, filled / 10);

  /* From now on they go back by themselves again. */
  make_holes (blocks, BLOCK_BYTES);
  g_assert_cmpuint (get_resident () - before, <=, filled * 6 / 10);

  for (guint i = 1; i < BLOCKS; i += 2)
    g_free (blocks[i]);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/memory/holes", test_holes);
  g_test_add_func ("/memory/kept", test_kept);

  return g_test_run ();
}
