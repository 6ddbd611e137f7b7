/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-store.h"

#include "ph-db.h"
#include "ph-error.h"
#include "ph-store-maker.h"
#include "ph-test.h"

/* The lists as they were written are looked at by ph_assert_small_store(), in test-store-writer. */

static void
window_cb (const PhStoreWindow *row,
           gpointer user_data)
{
}

static void
snapshot_cb (const PhStoreSnapshot *row,
             gpointer user_data)
{
}

static void
focus_cb (const PhStoreFocus *row,
          gpointer user_data)
{
}

static void
page_cb (const PhStorePage *row,
         gpointer user_data)
{
}

static void
moment_cb (const PhStoreMoment *row,
           gpointer user_data)
{
}

static void
idle_cb (const PhSpan *row,
         gpointer user_data)
{
}

static void
asset_cb (const PhStoreAsset *row,
          gpointer user_data)
{
}

static void
activity_cb (const PhStoreActivity *row,
             gpointer user_data)
{
}

/* Reads all lists; the letters of those that are damaged. */
static char *
find_damaged (const char *path)
{
  g_autoptr (PhStore) store = ph_store_open (path, NULL);
  g_autoptr (PhHealth) health = ph_health_new ();
  g_autoptr (GString) damaged = g_string_new (NULL);
  g_autoptr (GBytes) track = NULL;
  GError *errors[10] = { NULL };

  g_assert_nonnull (store);
  ph_store_read_windows (store, window_cb, NULL, &errors[0]);
  ph_store_read_snapshots (store, snapshot_cb, NULL, &errors[1]);
  ph_store_read_focus (store, focus_cb, NULL, &errors[2]);
  ph_store_read_pages (store, page_cb, NULL, &errors[3]);
  ph_store_read_moments (store, moment_cb, NULL, &errors[4]);
  ph_store_read_idle (store, idle_cb, NULL, &errors[5]);
  ph_store_read_activity (store, activity_cb, NULL, &errors[6]);
  ph_store_read_health (store, health, &errors[7]);
  track = ph_store_read_pointer (store, 0, &errors[8]);
  ph_store_read_assets (store, asset_cb, NULL, &errors[9]);

  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      if (errors[i] == NULL)
        continue;

      g_assert_error (errors[i], PH_ERROR, PH_ERROR_CORRUPT);
      g_string_append_c (damaged, "wsfpmiahxn"[i]);
      g_error_free (errors[i]);
    }

  /* And the whole of it is seen not to be what was written. */
  g_assert_cmpint (ph_store_check_lists (store, NULL), ==, damaged->len == 0);

  return g_string_free (g_steal_pointer (&damaged), FALSE);
}

/* Each number out of its bounds, each value of another type. */
static void
test_bounds (void)
{
  static const struct
  {
    const char *sql;
    const char *damaged;
  } cases[] = {
    { NULL, "" },
    { "UPDATE window SET number = 5 WHERE number = 1", "w" },
    { "UPDATE window SET first_picture = -1", "w" },
    { "UPDATE window SET first_picture = 'x'", "w" },
    { "UPDATE window SET events = -1", "w" },
    { "UPDATE window SET events = 1 << 40", "w" },
    { "UPDATE snapshot SET window = 2", "s" },
    { "UPDATE snapshot SET window = -1", "s" },
    { "UPDATE snapshot SET event = 1 << 40 WHERE event = 1", "s" },
    { "UPDATE snapshot SET meta = event + 1", "s" },
    { "UPDATE snapshot SET resize = -1", "s" },
    { "UPDATE focus SET window = 2", "f" },
    { "UPDATE focus SET time = 5 - number", "f" },
    { "UPDATE focus SET time = 1 << 60", "f" },
    { "UPDATE page SET window = 2", "p" },
    { "UPDATE page SET begin = -1", "p" },
    { "UPDATE page SET begin = \"end\" + 1", "p" },
    { "UPDATE page SET \"end\" = 1 << 60", "p" },
    { "UPDATE page SET begin = 8 WHERE number = 1", "p" },
    { "UPDATE page SET width = 16385", "p" },
    { "UPDATE page SET height = -1", "p" },
    { "INSERT INTO asset VALUES (1, '', 'image', 0, 0)", "n" },
    { "INSERT INTO asset VALUES (1, 'https://a.example/', 'image', 0, 2)", "n" },
    { "INSERT INTO asset VALUES (1, 'https://a.example/', 'image', 'x', 0)", "n" },
    { "INSERT INTO asset VALUES (1, 'https://a.example/' || hex (zeroblob (5000)), 'x', 0, 0)",
      "n" },
    { "UPDATE moment SET window = 2", "m" },
    { "UPDATE moment SET time = -number", "m" },
    { "UPDATE moment SET severity = 3", "m" },
    { "UPDATE moment SET node = 1 << 31", "m" },
    { "UPDATE moment SET text = hex (zeroblob (5000))", "m" },
    { "UPDATE idle SET \"end\" = begin - 1", "i" },
    { "UPDATE idle SET \"end\" = 1 << 60", "i" },
    { "UPDATE idle SET \"end\" = 3 WHERE begin = 1", "i" },
    { "UPDATE activity SET events = -1", "a" },
    { "UPDATE activity SET step = -1 WHERE step = 0", "a" },
    { "UPDATE finding SET kind = 'x'", "h" },
    { "UPDATE finding SET events = 0", "h" },
    { "UPDATE finding SET time = -1", "h" },
    { "DELETE FROM pointer", "x" },
    { "UPDATE pointer SET size = 1 << 40", "x" },
    { "UPDATE pointer SET size = 6", "x" },
    { "UPDATE pointer SET checksum = 0", "x" },
    { "UPDATE pointer SET data = x'00'", "x" },
  };
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "a.playhead", NULL);
  g_autofree char *other = g_build_filename (folder, "b.playhead", NULL);
  g_autofree char *data = NULL;
  gsize size;

  g_assert_true (ph_make_small_store (path, NULL));
  g_assert_true (g_file_get_contents (path, &data, &size, NULL));

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *damaged = NULL;

      g_test_message ("%s", cases[i].sql != NULL ? cases[i].sql : "nothing");
      g_assert_true (g_file_set_contents (other, data, (gssize) size, NULL));

      if (cases[i].sql != NULL)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (PhDb) db = ph_db_open (other, PH_DB_WRITE, &error);

          g_assert_true (ph_db_run (db, cases[i].sql, &error));
        }

      damaged = find_damaged (other);
      g_assert_cmpstr (damaged, ==, cases[i].damaged);
    }

  ph_test_remove_tree (folder);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store-lists/bounds", test_bounds);

  return g_test_run ();
}
