/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-store-private.h"

#include "ph-error.h"
#include "ph-store-maker.h"
#include "ph-test.h"

#include <glib/gstdio.h>

/* What changes in the file, and whether it is still to be opened. */
static void
test_changes (void)
{
  static const struct
  {
    const char *sql;
    gboolean opens;
  } cases[] = {
    { "UPDATE chunk SET number = 7 WHERE number = 1", FALSE },
    { "UPDATE chunk SET first_event = 1 WHERE number = 0", FALSE },
    { "UPDATE chunk SET events = 0 WHERE number = 1", FALSE },
    { "UPDATE chunk SET events = events - 1 WHERE number = 1", FALSE },
    { "UPDATE chunk SET \"end\" = begin - 1 WHERE number = 0", FALSE },
    { "UPDATE chunk SET begin = 'x' WHERE number = 0", FALSE },
    { "UPDATE chunk SET size = 1 << 40 WHERE number = 0", FALSE },
    { "DELETE FROM chunk WHERE number = 1", FALSE },
    { "DELETE FROM chunk", FALSE },
    { "UPDATE keyframe SET window = 99", FALSE },
    { "UPDATE keyframe SET next_event = 1 << 30", FALSE },
    { "UPDATE keyframe SET against = number WHERE against IS NOT NULL", FALSE },
    /* Pages can be done without. */
    { "DELETE FROM keyframe WHERE number % 3 = 0", TRUE },
    { "DELETE FROM keyframe", TRUE },
  };
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "a.playhead", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PhStore) store = NULL;

      g_test_message ("%s", cases[i].sql);
      g_remove (path);
      g_assert_true (ph_make_small_store (path, &error));

      {
        g_autoptr (PhDb) db = ph_db_open (path, PH_DB_WRITE, &error);

        g_assert_true (ph_db_run (db, cases[i].sql, &error));
      }

      store = ph_store_open (path, &error);
      g_assert_cmpint (store != NULL, ==, cases[i].opens);

      if (!cases[i].opens)
        g_assert_error (error, PH_ERROR, PH_ERROR_CORRUPT);
    }

  ph_test_remove_tree (folder);
}

/* Pages are found by window and event, and lean on others that are there. */
static void
test_frames (void)
{
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "a.playhead", NULL);
  g_autoptr (PhStore) store = NULL;
  const PhFrame *frames;
  guint n;

  g_assert_true (ph_make_small_store (path, NULL));
  store = ph_store_open (path, NULL);
  frames = ph_store_get_frames (store, &n);
  g_assert_cmpuint (n, ==, PH_SMALL_FRAMES);

  for (guint i = 0; i < n; i++)
    {
      const PhFrameEntry *entry = &g_array_index (store->entries, PhFrameEntry, i);

      if (i > 0)
        g_assert_true (frames[i - 1].window < frames[i].window ||
                       frames[i - 1].next <= frames[i].next);

      if (entry->leans_on >= 0)
        {
          g_assert_cmpint (entry->against, >=, 0);
          g_assert_cmpint (g_array_index (store->entries, PhFrameEntry, entry->against).number, ==,
                           entry->leans_on);
        }

      g_assert_false (entry->is_damaged);
    }

  ph_test_remove_tree (folder);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store-index/changes", test_changes);
  g_test_add_func ("/store-index/frames", test_frames);

  return g_test_run ();
}
