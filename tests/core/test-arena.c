/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-arena.h"

#include <string.h>

/* Whatever the sizes, every text stays what it was, and little room is lost. */
static void
test_texts_stay (void)
{
  g_autoptr (PhArena) arena = ph_arena_new ();
  g_autoptr (GPtrArray) places = g_ptr_array_new ();
  g_autoptr (GArray) sizes = g_array_new (FALSE, FALSE, sizeof (gsize));
  gsize total = 0;

  for (guint i = 0; i < 2000; i++)
    {
      gsize size = (gsize) (i % 100 == 99 ? 300000 + i : (i * 37) % 5000);
      g_autofree char *text = g_malloc (size + 1);

      memset (text, 'a' + (int) (i % 26), size);
      g_ptr_array_add (places, (gpointer) ph_arena_add (arena, text, size));
      g_array_append_val (sizes, size);
      total += size;
    }

  for (guint i = 0; i < places->len; i++)
    {
      const char *text = places->pdata[i];

      for (gsize k = 0; k < g_array_index (sizes, gsize, i); k++)
        if (text[k] != (char) ('a' + i % 26))
          g_error ("text %u changed at %" G_GSIZE_FORMAT, i, k);
    }

  g_assert_cmpuint (ph_arena_get_bytes (arena), >=, total);
  g_assert_cmpuint (ph_arena_get_bytes (arena), <, total + total / 2);
}

static void
test_empty (void)
{
  g_autoptr (PhArena) arena = ph_arena_new ();

  g_assert_nonnull (ph_arena_add (arena, NULL, 0));
  g_assert_cmpuint (ph_arena_get_bytes (arena), ==, 0);
  ph_arena_free (NULL);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/arena/texts-stay", test_texts_stay);
  g_test_add_func ("/arena/empty", test_empty);

  return g_test_run ();
}
