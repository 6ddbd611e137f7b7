/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-store-notes.h"

#include "ph-db.h"
#include "ph-limits.h"
#include "ph-store-maker.h"
#include "ph-test.h"

#include <string.h>

#define ID "0b8c4e6a-1f2d-4c3b-9a8e-7d6c5b4a3f2e"

static char *folder;
static char *path;

static GPtrArray *
read_notes (guint *n_odd)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PhStore) store = ph_store_open (path, &error);
  GPtrArray *notes = g_ptr_array_new_with_free_func ((GDestroyNotify) ph_note_free);

  g_assert_no_error (error);
  g_assert_true (ph_store_read_notes (store, notes, n_odd, &error));
  g_assert_no_error (error);
  /* They are part of no digest. */
  g_assert_true (ph_store_check_lists (store, NULL));

  return notes;
}

static void
change (const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PhDb) db = ph_db_open (path, PH_DB_WRITE, &error);

  g_assert_true (ph_db_run (db, sql, &error));
  g_assert_no_error (error);
}

static void
test_round_trip (void)
{
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func ((GDestroyNotify) ph_note_free);
  g_autoptr (GPtrArray) found = NULL;
  PhNote *note = ph_note_new (2 * PH_SECOND);
  PhNote *recorded = ph_note_new (0);
  guint n_odd;

  recorded->is_recorded = TRUE;
  ph_note_set_text (note, "Here it went wrong:\nthe “button”");
  ph_note_parse_tags (note, "checkout, form");
  note->end = 3 * PH_SECOND;
  note->window = 1;
  note->node = 17;
  note->has_spot = TRUE;
  note->x = -3;
  note->y = 400;
  note->kind = PH_NOTE_PROBLEM;
  note->severity = PH_NOTE_HIGH;
  g_ptr_array_add (notes, ph_note_new (0));
  g_ptr_array_add (notes, note);
  g_ptr_array_add (notes, recorded);

  /* The second time they take the place of the first ones. */
  for (guint i = 0; i < 2; i++)
    g_assert_true (ph_store_put_notes (path, notes, NULL));

  found = read_notes (&n_odd);
  g_assert_cmpuint (n_odd, ==, 0);
  g_assert_cmpuint (found->len, ==, 2);
  g_assert_true (ph_note_equal (found->pdata[1], note));
  g_assert_cmpstr (((PhNote *) found->pdata[1])->id, ==, note->id);
  g_assert_cmpint (((PhNote *) found->pdata[1])->changed, ==, note->changed);
}

/* A stranger's rows: bounded, left out, counted. */
static void
test_hostile (void)
{
#define ROW(id, begin, kind, text)                                                        \
  "INSERT INTO note VALUES (NULL, " id ", " begin ", NULL, NULL, NULL, NULL, NULL, " kind \
  ", 'low', " text ", '', 0, 0)"
  static const struct
  {
    const char *sql;
    guint n;
    guint n_odd;
  } cases[] = {
    { ROW ("'" ID "'", "0", "'idea'", "'x'"), 1, 0 },
    { ROW ("'me'", "0", "'idea'", "'x'"), 0, 1 },
    { ROW ("7", "0", "'idea'", "'x'"), 0, 1 },
    { ROW ("'" ID "'", "'soon'", "'idea'", "'x'"), 0, 1 },
    { ROW ("'" ID "'", "-1", "'idea'", "'x'"), 1, 1 },
    { ROW ("'" ID "'", "9223372036854775807", "'idea'", "'x'"), 1, 1 },
    { ROW ("'" ID "'", "0", "'threat'", "'x'"), 1, 1 },
    { ROW ("'" ID "'", "0", "'idea'", "x'ff00ff'"), 1, 0 },
    { ROW ("'" ID "'", "0", "'idea'", "CAST (x'61ff' AS TEXT)"), 1, 0 },
    { ROW ("'" ID "'", "0", "'idea'", "replace (hex (zeroblob (500000)), '00', 'ab')"), 1, 1 },
    { "INSERT INTO note VALUES (NULL, '" ID "', 0, -9, 999999, -4, 1e300, 'x', 'idea', 'low', '', "
      "replace (hex (zeroblob (2000)), '0', 'a' || char (10)), -1, 9223372036854775807)",
      1, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) notes = NULL;
      guint n_odd;

      g_test_message ("%s", cases[i].sql);
      change ("DELETE FROM note");
      change (cases[i].sql);
      notes = read_notes (&n_odd);
      g_assert_cmpuint (notes->len, ==, cases[i].n);
      g_assert_cmpuint (n_odd, ==, cases[i].n_odd);

      if (notes->len > 0)
        {
          g_autoptr (PhNote) bound = ph_note_copy (notes->pdata[0]);

          ph_note_bound (bound);
          g_assert_true (ph_note_equal (bound, notes->pdata[0]));
          g_assert_cmpuint (strlen (bound->text), <=, PH_LIMIT_NOTE_BYTES);
        }
    }
#undef ROW
}

/* No more than there may be, however many there are. */
static void
test_many (void)
{
  g_autoptr (GPtrArray) notes = NULL;
  guint n_odd;

  change ("DELETE FROM note; "
          "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100002) "
          "INSERT INTO note SELECT NULL, printf ('0b8c4e6a-1f2d-4c3b-9a8e-%012x', i), i, NULL, "
          "NULL, NULL, NULL, NULL, 'idea', 'none', '', '', 0, 0 FROM n");
  notes = read_notes (&n_odd);
  g_assert_cmpuint (notes->len, ==, PH_LIMIT_NOTES);
  g_assert_cmpuint (n_odd, ==, 1);
}

/* Files of earlier versions have a table that says too little, and was always empty. */
static void
test_older (void)
{
  g_autoptr (GPtrArray) notes = NULL;
  guint n_odd;

  change ("PRAGMA user_version = 2; DROP TABLE note;"
          "CREATE TABLE note (\n"
          "  number INTEGER PRIMARY KEY,\n"
          "  begin INTEGER NOT NULL,\n"
          "  \"end\" INTEGER,\n"
          "  window INTEGER,\n"
          "  text TEXT NOT NULL\n"
          ")");
  notes = read_notes (&n_odd);
  g_assert_cmpuint (notes->len, ==, 0);
  g_assert_cmpuint (n_odd, ==, 0);
}

int
main (int argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = ph_test_tmp_dir ();
  path = g_build_filename (folder, "a.playhead", NULL);
  g_assert_true (ph_make_small_store (path, NULL));

  g_test_add_func ("/store-notes/round-trip", test_round_trip);
  g_test_add_func ("/store-notes/hostile", test_hostile);
  g_test_add_func ("/store-notes/many", test_many);
  g_test_add_func ("/store-notes/older", test_older);

  status = g_test_run ();
  ph_test_remove_tree (folder);
  g_free (folder);
  g_free (path);

  return status;
}
