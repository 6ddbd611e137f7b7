/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What a person types into notes. A program that is killed loses the key press of that
 * instant at most; two programs lose nothing of each other's; where there is no room it
 * is said, stays on screen, and nothing that was written before is lost.
 */

#include "fault-driver.h"

#include "ph-notes.h"
#include "ph-test.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#define ROUNDS 30
#define N_EDITS 100
#define N_TYPISTS 3

#define TO_FILE "out=$1; shift; exec \"$@\" >\"$out\""
/* Neither a signal nor a shell's own limit: writing too much is an error. */
#define LIMITED "trap '' XFSZ; ulimit -f \"$1\"; shift; exec \"$@\""

/* The library on a file system of this size, for this command only. */
#define MOUNTED                                                             \
  "mount -t tmpfs -o size=\"$1\" none \"$2\" || exit 9; XDG_DATA_HOME=$2; " \
  "export XDG_DATA_HOME; shift 2; exec \"$@\""

typedef struct
{
  char *folder;
  char *archive;
  char *noter;
  char *output;
} Fixture;

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  g_autofree char *programs = g_path_get_dirname (fault_opener);

  fixture->folder = ph_test_tmp_dir ();
  fixture->archive = fault_make_archive (fixture->folder, "chat", "100k");
  fixture->noter = g_build_filename (programs, "fault-noter", NULL);
  fixture->output = g_build_filename (fixture->folder, "out", NULL);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  ph_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->archive);
  g_free (fixture->noter);
  g_free (fixture->output);
}

static PhNotes *
open_notes (Fixture *fixture)
{
  g_autoptr (GFile) file = g_file_new_for_path (fixture->archive);
  g_autoptr (PhSession) session = ph_session_open (file, NULL, NULL, NULL, NULL);
  g_autoptr (PhLibrary) library = ph_library_new (NULL, PH_LIBRARY_WRITE);
  PhNotes *notes = ph_notes_new (library);

  ph_notes_set_session (notes, session);
  g_assert_no_error (ph_notes_get_error (notes));

  return notes;
}

static int
read_number (const char *text)
{
  return (int) g_ascii_strtoll (text, NULL, 10);
}

/* The number behind the name in the text of the note that begins with it, or −1. */
static int
find_typed (PhNotes *notes,
            const char *name)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (notes)); i++)
    {
      const char *text = ph_notes_get_note (notes, i)->text;

      if (g_str_has_prefix (text, name) && text[strlen (name)] == ' ')
        return read_number (text + strlen (name) + 1);
    }

  return -1;
}

/* The last number that was told to be saved. */
static int
find_saved (const char *output)
{
  const char *last = g_strrstr (output, "\nsaved ");

  if (last == NULL)
    return g_str_has_prefix (output, "saved 1\n") ? 1 : -1;

  return read_number (last + strlen ("\nsaved "));
}

static void
test_killed (Fixture *fixture,
             gconstpointer data)
{
  guint n_in_between = 0;

  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autofree char *name = g_strdup_printf ("round%u", i);
      const char *const argv[] = { "/bin/sh", "-c", TO_FILE, "sh", fixture->output,
                                   fixture->noter, fixture->archive, name, "100", NULL };
      g_autofree char *output = NULL;
      g_autoptr (PhNotes) notes = NULL;
      int wanted = g_test_rand_int_range (0, N_EDITS);
      int saved;
      int typed;
      GPid pid;

      g_unlink (fixture->output);
      pid = fault_spawn (argv);

      /* When it has come so far, and then at any instant. */
      do
        {
          g_clear_pointer (&output, g_free);
          g_usleep (100);
        }
      while (!g_file_get_contents (fixture->output, &output, NULL, NULL) ||
             find_saved (output) < wanted);

      g_usleep ((gulong) g_test_rand_int_range (0, 3000));
      kill (pid, SIGKILL);
      fault_wait (pid);
      g_clear_pointer (&output, g_free);
      g_assert_true (g_file_get_contents (fixture->output, &output, NULL, NULL));
      saved = find_saved (output);
      notes = open_notes (fixture);
      typed = find_typed (notes, name);
      g_test_message ("told to be saved: %d, found: %d", saved, typed);
      g_assert_cmpint (typed, >=, saved);
      g_assert_cmpint (typed, <=, saved + 1);
      n_in_between += saved < N_EDITS;
    }

  /* How many depends on how busy the machine is. */
  g_assert_cmpuint (n_in_between, >, ROUNDS / 10);
}

/* Several type at the same time, in notes of their own. */
static void
test_two (Fixture *fixture,
          gconstpointer data)
{
  GPid pids[N_TYPISTS];
  g_autoptr (PhNotes) notes = NULL;

  for (guint i = 0; i < N_TYPISTS; i++)
    {
      g_autofree char *name = g_strdup_printf ("typist%u", i);
      const char *const argv[] = { fixture->noter, fixture->archive, name, "100", NULL };

      pids[i] = fault_spawn (argv);
    }

  for (guint i = 0; i < N_TYPISTS; i++)
    g_assert_cmpint (fault_wait (pids[i]), ==, 0);

  notes = open_notes (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (notes)), ==, N_TYPISTS);

  for (guint i = 0; i < N_TYPISTS; i++)
    {
      g_autofree char *name = g_strdup_printf ("typist%u", i);

      g_assert_cmpint (find_typed (notes, name), ==, N_EDITS);
    }
}

/* At whatever size of file it ends. */
static void
test_full (Fixture *fixture,
           gconstpointer data)
{
  const char *const first[] = { fixture->noter, fixture->archive, "before", "3", NULL };
  guint n_full = 0;
  guint n_whole = 0;

  g_assert_cmpint (fault_run (first, NULL), ==, 0);

  for (guint blocks = 20; blocks <= 5000; blocks = blocks * 3 / 2)
    {
      g_autofree char *limit = g_strdup_printf ("%u", blocks);
      g_autofree char *name = g_strdup_printf ("blocks%u", blocks);
      const char *const argv[] = { "sh", "-c", LIMITED, "sh", limit, fixture->noter,
                                   fixture->archive, name, "100", NULL };
      g_autofree char *output = NULL;
      g_autofree char *shown = g_strdup_printf ("shown %s 100\n", name);
      g_autoptr (PhNotes) notes = NULL;
      const char *unsaved;
      int status = fault_run (argv, &output);

      /* Not even the recording had room. */
      if (status != 0)
        {
          g_assert_nonnull (strstr (output, "no space left"));
          continue;
        }

      g_test_message ("%u: %s", blocks, output);
      /* On screen is all of it, whatever became of the file. */
      g_assert_nonnull (strstr (output, shown));
      unsaved = strstr (output, "unsaved ");
      n_full += unsaved != NULL;
      n_whole += unsaved == NULL;
      g_assert_true (unsaved == NULL || strstr (unsaved, "no space left") != NULL);

      notes = open_notes (fixture);
      g_assert_cmpint (find_typed (notes, "before"), ==, 3);

      if (strstr (output, "left 0\n") != NULL)
        g_assert_cmpint (find_typed (notes, name), ==, N_EDITS);
    }

  g_test_message ("%u times full, %u times not", n_full, n_whole);
  g_assert_cmpuint (n_full, >, 0);
  g_assert_cmpuint (n_whole, >, 0);
}

/* A disk that is full, where this system lets one be made. */
static void
test_mounted (Fixture *fixture,
              gconstpointer data)
{
  static const char *const sizes[] = { "40k", "100k", "200k", "2m" };
  g_autofree char *place = g_build_filename (fixture->folder, "place", NULL);
  guint n_full = 0;

  g_assert_cmpint (g_mkdir (place, 0700), ==, 0);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      const char *const argv[] = { "unshare", "-rm", "sh", "-c", MOUNTED, "sh", sizes[i], place,
                                   fixture->noter, fixture->archive, "x", "100", NULL };
      g_autofree char *unshare = g_find_program_in_path ("unshare");
      g_autofree char *output = NULL;

      if (unshare == NULL || fault_run (argv, &output) != 0)
        {
          g_test_skip ("file systems cannot be mounted here: that needs unshare and user "
                       "namespaces");
          return;
        }

      g_test_message ("%s: %s", sizes[i], output);
      g_assert_nonnull (strstr (output, "shown x 100\n"));
      n_full += strstr (output, ": There is no space left on the disk\n") != NULL;
      g_assert_cmpint (find_saved (output) == N_EDITS, ==, i == G_N_ELEMENTS (sizes) - 1);
    }

  g_assert_cmpuint (n_full, ==, G_N_ELEMENTS (sizes) - 1);
}

int
main (int argc,
      char **argv)
{
  fault_init (&argc, &argv);

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ADD ("/typed/killed", test_killed);
  ADD ("/typed/two", test_two);
  ADD ("/typed/full", test_full);
  ADD ("/typed/mounted", test_mounted);
#undef ADD

  return g_test_run ();
}
