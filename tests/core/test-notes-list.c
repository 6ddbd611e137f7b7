/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The list as a view sees it: whatever is edited, what it is told adds up. */

#include "ph-notes.h"
#include "ph-test.h"
#include "session-maker.h"

#define ROUNDS 400

typedef struct
{
  PhNotes *notes;
  GPtrArray *shadow; /* what a view would hold by what it was told */
  guint n_told;
} Fixture;

static void
items_changed_cb (GListModel *model,
                  guint position,
                  guint removed,
                  guint added,
                  gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->n_told++;
  g_assert_cmpuint (position + removed, <=, fixture->shadow->len);

  if (removed > 0)
    g_ptr_array_remove_range (fixture->shadow, position, removed);

  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (fixture->shadow, (int) (position + i),
                        g_list_model_get_item (model, position + i));
}

static void
assert_adds_up (Fixture *fixture)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (fixture->notes));

  g_assert_cmpuint (fixture->shadow->len, ==, n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PhNoteItem) item = g_list_model_get_item (G_LIST_MODEL (fixture->notes), i);
      const char *id = ph_note_item_get_note (item)->id;
      guint position;

      g_assert_true (item == fixture->shadow->pdata[i]);

      if (i > 0)
        g_assert_cmpint (ph_note_compare (ph_notes_get_note (fixture->notes, i - 1),
                                          ph_notes_get_note (fixture->notes, i)),
                         <, 0);

      g_assert_nonnull (ph_notes_find (fixture->notes, id, &position));
      g_assert_cmpuint (position, ==, i);
    }
}

static void
edit_at_random (PhNotes *notes)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (notes));
  int what = g_test_rand_int_range (0, 6);
  g_autoptr (PhNote) note = NULL;

  if (what < 2 || n == 0)
    {
      note = ph_note_new (g_test_rand_int_range (0, 20) * PH_SECOND);
      ph_notes_add (notes, note);
      return;
    }

  note = ph_note_copy (ph_notes_get_note (notes, (guint) g_test_rand_int_range (0, (int) n)));

  if (what == 2)
    {
      ph_notes_remove (notes, note->id);
    }
  else if (what == 3)
    {
      ph_notes_undo (notes);
    }
  else if (what == 4)
    {
      ph_notes_redo (notes);
    }
  else
    {
      note->begin = g_test_rand_int_range (0, 20) * PH_SECOND;
      ph_notes_change (notes, note, PH_NOTES_DEFAULT);
    }
}

static void
test_adds_up (void)
{
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "library.db", NULL);
  g_autoptr (PhSession) session = ph_make_session_from_fixture ("rrweb/two-pages.json");
  PhLibrary *libraries[2] = { ph_library_new (path, PH_LIBRARY_WRITE),
                              ph_library_new (path, PH_LIBRARY_WRITE) };
  PhNotes *notes[2] = { ph_notes_new (libraries[0]), ph_notes_new (libraries[1]) };
  Fixture fixtures[2] = { 0 };

  for (guint i = 0; i < 2; i++)
    {
      fixtures[i].notes = notes[i];
      fixtures[i].shadow = g_ptr_array_new_with_free_func (g_object_unref);
      g_signal_connect (notes[i], "items-changed", G_CALLBACK (items_changed_cb), &fixtures[i]);
      ph_notes_set_session (notes[i], session);
    }

  /* Two programs take turns. */
  for (guint i = 0; i < ROUNDS; i++)
    {
      guint who = (guint) g_test_rand_int_range (0, 2);

      edit_at_random (notes[who]);
      assert_adds_up (&fixtures[who]);
      ph_notes_check (notes[!who]);
      assert_adds_up (&fixtures[!who]);
      g_assert_cmpuint (fixtures[0].shadow->len, ==, fixtures[1].shadow->len);
    }

  for (guint i = 0; i < 2; i++)
    {
      guint n_told = fixtures[i].n_told;

      /* Nothing new: nothing is told. */
      ph_notes_check (notes[i]);
      g_assert_cmpuint (fixtures[i].n_told, ==, n_told);
      ph_notes_set_session (notes[i], NULL);
      g_assert_cmpuint (fixtures[i].shadow->len, ==, 0);
      g_ptr_array_unref (fixtures[i].shadow);
      g_assert_finalize_object (notes[i]);
    }

  g_assert_finalize_object (libraries[0]);
  g_assert_finalize_object (libraries[1]);
  ph_test_remove_tree (folder);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/notes-list/adds-up", test_adds_up);

  return g_test_run ();
}
