/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * fault-noter ARCHIVE NAME N: writes a note about an archive and changes it N times, as
 * typing does: its text becomes `NAME 1`, `NAME 2` … Each time it was written to the
 * library a line `saved K` says so; else a line `unsaved K` with the words of the error.
 * At the end it is tried once more, and `left` tells how many edits are still unsaved,
 * `shown` what text the note has on screen.
 */

#include "ph-notes.h"

#include <stdio.h>

static void
tell (PhNotes *notes,
      const char *id,
      int k)
{
  const GError *error = ph_notes_get_error (notes);

  if (ph_notes_get_n_unsaved (notes) == 0)
    printf ("saved %d\n", k);
  else
    printf ("unsaved %d: %s\n", k, error != NULL ? error->message : "");

  fflush (stdout);
}

static void
type (PhNotes *notes,
      const char *name,
      int n)
{
  g_autoptr (PhNote) draft = ph_note_new (0);
  g_autofree char *id = g_strdup (ph_notes_add (notes, draft)->id);

  for (int k = 1; k <= n; k++)
    {
      g_autoptr (PhNote) note = ph_note_copy (ph_notes_find (notes, id, NULL));
      g_autofree char *text = g_strdup_printf ("%s %d", name, k);

      ph_note_set_text (note, text);
      ph_notes_change (notes, note, PH_NOTES_CONTINUE);
      tell (notes, id, k);
    }

  ph_notes_save (notes);
  printf ("left %u\nshown %s\n", ph_notes_get_n_unsaved (notes),
          ph_notes_find (notes, id, NULL)->text);
}

int
main (int argc,
      char **argv)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PhSession) session = NULL;
  g_autoptr (PhLibrary) library = NULL;
  g_autoptr (PhNotes) notes = NULL;

  if (argc != 4)
    {
      fputs ("usage: fault-noter ARCHIVE NAME N\n", stderr);
      return 2;
    }

  file = g_file_new_for_commandline_arg (argv[1]);
  session = ph_session_open (file, NULL, NULL, NULL, &error);

  if (session == NULL)
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }

  library = ph_library_new (NULL, PH_LIBRARY_WRITE);
  notes = ph_notes_new (library);
  ph_notes_set_session (notes, session);
  type (notes, argv[2], (int) g_ascii_strtoll (argv[3], NULL, 10));

  return 0;
}
