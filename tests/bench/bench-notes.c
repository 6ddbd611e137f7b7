/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bench-notes: a recording with 10,000 notes, in milliseconds. */

#include "ph-notes.h"
#include "ph-test.h"
#include "session-maker.h"

#include <stdio.h>

#define N_NOTES 10000
#define N_EDITS 200

static double
since (gint64 begin)
{
  return (double) (g_get_monotonic_time () - begin) / 1000;
}

static GPtrArray *
make_notes (void)
{
  GPtrArray *notes = g_ptr_array_new_with_free_func ((GDestroyNotify) ph_note_free);

  for (guint i = 0; i < N_NOTES; i++)
    {
      PhNote *note = ph_note_new ((PhTime) (i * 7919 % N_NOTES) * PH_MSEC);
      g_autofree char *text = g_strdup_printf ("Note %u: the button does nothing here", i);

      ph_note_set_text (note, text);
      ph_note_parse_tags (note, i % 3 == 0 ? "checkout, form" : "list");
      g_ptr_array_add (notes, note);
    }

  return notes;
}

/* One key press or one new note at a time, each a transaction. */
static void
measure_edits (PhNotes *notes,
               double *add,
               double *type,
               double *undo)
{
  gint64 begin = g_get_monotonic_time ();
  g_autofree char *id = NULL;

  for (guint i = 0; i < N_EDITS; i++)
    {
      g_autoptr (PhNote) draft = ph_note_new ((PhTime) i * 50 * PH_MSEC);

      g_free (id);
      id = g_strdup (ph_notes_add (notes, draft)->id);
    }

  *add = since (begin) / N_EDITS;
  begin = g_get_monotonic_time ();

  for (guint i = 0; i < N_EDITS; i++)
    {
      g_autoptr (PhNote) note = ph_note_copy (ph_notes_find (notes, id, NULL));
      g_autofree char *text = g_strconcat (note->text, "x", NULL);

      ph_note_set_text (note, text);
      ph_notes_change (notes, note, PH_NOTES_CONTINUE);
    }

  *type = since (begin) / N_EDITS;
  begin = g_get_monotonic_time ();

  for (guint i = 0; i < N_EDITS; i++)
    ph_notes_undo (notes);

  *undo = since (begin) / N_EDITS;
}

static void
measure (void)
{
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "library.db", NULL);
  g_autoptr (PhSession) session = ph_make_session_from_fixture ("rrweb/two-pages.json");
  g_autoptr (GPtrArray) made = make_notes ();
  PhLibrary *library = ph_library_new (path, PH_LIBRARY_WRITE);
  const PhLibraryRecording recording = { ph_session_get_identity (session), "", "",
                                         ph_session_get_start_time (session) };
  PhNotes *notes = ph_notes_new (library);
  gint64 begin = g_get_monotonic_time ();
  double merge;
  double open;
  double again;
  double add;
  double type;
  double undo;

  ph_library_merge (library, &recording, made, NULL, NULL);
  merge = since (begin);
  begin = g_get_monotonic_time ();
  ph_notes_set_session (notes, session);
  open = since (begin);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (notes)), ==, N_NOTES);
  measure_edits (notes, &add, &type, &undo);

  {
    PhLibrary *second = ph_library_new (path, PH_LIBRARY_WRITE);
    g_autoptr (PhNotes) other = ph_notes_new (second);
    g_autoptr (PhNote) draft = ph_note_new (0);

    ph_notes_set_session (other, session);
    ph_notes_add (other, draft);
    g_object_unref (second);
  }

  begin = g_get_monotonic_time ();
  ph_notes_check (notes);
  again = since (begin);
  printf ("{\"bench\":\"notes\",\"notes\":%d,\"merge_ms\":%.1f,\"open_ms\":%.1f,"
          "\"read_again_ms\":%.1f,\"add_ms\":%.3f,\"type_ms\":%.3f,\"undo_ms\":%.3f}\n",
          N_NOTES, merge, open, again, add, type, undo);
  g_object_unref (notes);
  g_object_unref (library);
  ph_test_remove_tree (folder);
}

int
main (int argc,
      char **argv)
{
  /* For the paths of fixtures. */
  g_test_init (&argc, &argv, NULL);
  measure ();

  return 0;
}
