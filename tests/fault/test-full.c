/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * No room: a small file system mounted for the test, where this system lets us,
 * and a limit on the size of files, which it always does. What is shown stays,
 * the words say why there is no more of it, and nothing half made stays behind.
 */

#include "fault-driver.h"

#include "ph-recordings.h"
#include "ph-test.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#define WORDS "no space left"

/* Neither a signal nor a shell's own limit: writing too much is an error. */
#define LIMITED "trap '' XFSZ; ulimit -f \"$1\"; shift; exec \"$@\""
/* A file system of this size at this place, for this command only. */
#define MOUNTED                                                       \
  "mount -t tmpfs -o size=\"$1\" none \"$2\" && cd \"$2\" || exit 9;" \
  " shift 2; exec \"$@\""
#define EVERYWHERE                                                    \
  "mkdir -p data cache tmp; XDG_DATA_HOME=$PWD/data; "                \
  "XDG_CACHE_HOME=$PWD/cache; TMPDIR=$PWD/tmp; export XDG_DATA_HOME " \
  "XDG_CACHE_HOME TMPDIR; exec \"$@\""
#define BESIDE "printf 'as it was' > \"$1\"; shift; \"$@\"; echo \"status $?\"; cat out*; ls -A"

typedef struct
{
  char *folder;
  char *archive;
  GPtrArray *events;
  goffset recording; /* bytes of it */
} Fixture;

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (PhSession) session = NULL;

  fixture->folder = ph_test_tmp_dir ();
  fixture->archive = fault_make_archive (fixture->folder, "table", "4M");
  fixture->events = fault_read_events (fixture->archive);
  file = g_file_new_for_path (fixture->archive);
  session = ph_session_open (file, NULL, NULL, NULL, NULL);
  fixture->recording = ph_session_get_recording_bytes (session);
  g_assert_cmpint (fixture->recording, >, 100000);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  ph_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->archive);
  g_ptr_array_unref (fixture->events);
}

/* --- what the opener says -------------------------------------------------- */

typedef struct
{
  gboolean opened;
  char *error;
  guint n_events, n_lost, n_left;
} Outcome;

static void
clear_outcome (Outcome *outcome)
{
  g_free (outcome->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, clear_outcome)

static guint
find_number (const char *output,
             const char *key)
{
  const char *at = strstr (output, key);

  return at != NULL ? (guint) g_ascii_strtoull (at + strlen (key), NULL, 10) : 0;
}

static Outcome
parse_outcome (const char *output)
{
  const char *error = strstr (output, "error ");

  return (Outcome) {
    .opened = find_number (output, "opened ") == 1,
    .error = error != NULL ? g_strndup (error, strcspn (error, "\n")) : NULL,
    .n_events = find_number (output, "events "),
    .n_lost = find_number (output, "lost "),
    .n_left = find_number (output, "left "),
  };
}

/* Either whole, or the first part and words for why; and nothing left in the making. */
static gboolean
check_outcome (Fixture *fixture,
               const char *output)
{
  g_auto (Outcome) outcome = parse_outcome (output);

  g_test_message ("%s", output);
  g_assert_nonnull (strstr (output, "left "));
  g_assert_cmpuint (outcome.n_left, ==, 0);
  g_assert_cmpuint (outcome.n_lost, ==, 0);

  if (outcome.error == NULL)
    {
      g_assert_true (outcome.opened);
      g_assert_cmpuint (outcome.n_events, ==, fixture->events->len);
      return TRUE;
    }

  g_assert_nonnull (strstr (outcome.error, WORDS));
  g_assert_cmpuint (outcome.n_events, <=, fixture->events->len);

  if (outcome.opened)
    g_assert_cmpuint (outcome.n_events, >, 0);

  return FALSE;
}

static void
assert_library (Fixture *fixture,
                gboolean has_one)
{
  g_autofree char *folder = ph_recordings_dup_folder ();

  fault_assert_swept ();
  g_assert_cmpuint (fault_count (folder, "", ""), ==, has_one);

  if (has_one)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PhSession) session = fault_open (fixture->archive, PH_OPEN_KEEP, &error);

      g_assert_no_error (error);
      fault_assert_whole (session, fixture->events);
    }
}

/* --- a limit on files ------------------------------------------------------ */

static void
test_limit_import (Fixture *fixture,
                   gconstpointer data)
{
  g_autofree char *folder = ph_recordings_dup_folder ();
  guint n_whole = 0;
  guint n_part = 0;

  for (guint i = 0; i <= 12; i++)
    {
      goffset limit = fixture->recording * i / 10 + 512;
      g_autofree char *blocks = g_strdup_printf ("%d", (int) (limit / 512));
      const char *const argv[] = { "sh", "-c", LIMITED, "sh", blocks, fault_opener,
                                   fixture->archive, NULL };
      g_autofree char *output = NULL;
      gboolean is_whole;

      g_assert_cmpint (fault_run (argv, &output), ==, 0);
      is_whole = check_outcome (fixture, output);
      /* One that is shown meanwhile gets a little larger. */
      g_assert_true (is_whole ? i >= 10 : i <= 10);
      assert_library (fixture, is_whole);
      n_whole += is_whole;
      n_part += !is_whole && strstr (output, "opened 1") != NULL;
      ph_test_remove_tree (folder);
    }

  g_assert_cmpuint (n_whole, >, 0);
  /* The first picture has been seen where there was room for that. */
  g_assert_cmpuint (n_part, >, 0);
}

/* What was there is there still, and it is said what was wrong. */
static void
test_limit_convert (Fixture *fixture,
                    gconstpointer data)
{
  static const char *const names[] = { "out.playhead", "out.json", "out.ndjson.gz" };
  g_autofree char *folder = g_build_filename (fixture->folder, "out", NULL);

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *recording = g_build_filename (fixture->folder, "in.playhead", NULL);
      g_autofree char *path = g_build_filename (folder, names[i], NULL);
      const char *const prepare[] = { fault_cli, "convert", fixture->archive, "-o", recording,
                                      NULL };
      const char *const argv[] = { "sh", "-c", LIMITED, "sh", "200", fault_cli,
                                   "convert", recording, "-o", path, NULL };
      g_autofree char *output = NULL;
      g_autofree char *text = NULL;

      g_assert_cmpint (fault_run (prepare, NULL), ==, 0);
      g_assert_true (g_file_set_contents (path, "as it was", -1, NULL));
      g_assert_cmpint (fault_run (argv, &output), !=, 0);
      g_test_message ("%s", output);
      g_assert_true (g_str_has_prefix (output, "playhead-cli: "));
      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
      g_assert_cmpstr (text, ==, "as it was");
      g_assert_cmpuint (fault_count (folder, "", ""), ==, 1);
      g_unlink (path);
    }
}

/* --- small file systems ---------------------------------------------------- */

static gboolean
can_mount (Fixture *fixture)
{
  const char *const argv[] = { "unshare", "-rm", "sh", "-c", MOUNTED, "sh", "1m",
                               fixture->folder, "true", NULL };
  g_autofree char *unshare = g_find_program_in_path ("unshare");

  if (unshare != NULL && fault_run (argv, NULL) == 0)
    return TRUE;

  g_test_skip ("file systems cannot be mounted here: that needs unshare and user namespaces");

  return FALSE;
}

/* Room nowhere: what was shown stays. */
static void
test_mount_everywhere (Fixture *fixture,
                       gconstpointer data)
{
  g_autofree char *place = g_build_filename (fixture->folder, "place", NULL);
  guint n_whole = 0;
  guint n_part = 0;

  if (!can_mount (fixture))
    return;

  g_assert_cmpint (g_mkdir (place, 0700), ==, 0);

  for (guint i = 0; i <= 12; i++)
    {
      goffset size = fixture->recording * i / 10 + 8192;
      g_autofree char *bytes = g_strdup_printf ("%" G_GOFFSET_FORMAT, size);
      const char *const argv[] = { "unshare", "-rm", "sh", "-c", MOUNTED, "sh", bytes, place, "sh",
                                   "-c", EVERYWHERE, "sh", fault_opener, fixture->archive, NULL };
      g_autofree char *output = NULL;
      gboolean is_whole;

      g_assert_cmpint (fault_run (argv, &output), ==, 0);
      is_whole = check_outcome (fixture, output);
      n_whole += is_whole;
      n_part += !is_whole && strstr (output, "opened 1") != NULL;
    }

  g_assert_cmpuint (n_whole, >, 0);
  g_assert_cmpuint (n_whole, <, 4);
  g_assert_cmpuint (n_part, >, 0);
}

/* Room in another folder: all of it is shown, and nothing is kept. */
static void
test_mount_library (Fixture *fixture,
                    gconstpointer data)
{
  g_autofree char *folder = ph_recordings_dup_folder ();

  if (!can_mount (fixture))
    return;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);

  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *bytes =
        g_strdup_printf ("%" G_GOFFSET_FORMAT, fixture->recording * i / 8 + 4096);
      const char *const argv[] = { "unshare", "-rm", "sh", "-c", MOUNTED, "sh", bytes, folder,
                                   fault_opener, fixture->archive, NULL };
      g_autofree char *output = NULL;

      g_assert_cmpint (fault_run (argv, &output), ==, 0);
      g_assert_true (check_outcome (fixture, output));
      assert_library (fixture, FALSE);
    }
}

static void
test_mount_convert (Fixture *fixture,
                    gconstpointer data)
{
  static const char *const names[] = { "out.playhead", "out.json", "out.ndjson.zst" };
  g_autofree char *place = g_build_filename (fixture->folder, "place", NULL);

  if (!can_mount (fixture))
    return;

  g_assert_cmpint (g_mkdir (place, 0700), ==, 0);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *const argv[] = { "unshare", "-rm", "sh", "-c", MOUNTED, "sh",
                                   "200k", place, "sh", "-c", BESIDE, "sh",
                                   names[i], fault_cli, "convert", fixture->archive, "-o", names[i],
                                   NULL };
      g_autofree char *wanted = g_strdup_printf ("status 1\nas it was%s\n", names[i]);
      g_autofree char *output = NULL;
      const char *said;

      g_assert_cmpint (fault_run (argv, &output), ==, 0);
      g_test_message ("%s", output);
      g_assert_true (g_str_has_prefix (output, wanted));
      said = output + strlen (wanted);
      g_assert_true (g_str_has_prefix (said, "playhead-cli: "));
      g_assert_true (strstr (said, "no space left") != NULL ||
                     strstr (said, "No space left") != NULL);
    }
}

int
main (int argc,
      char **argv)
{
  fault_init (&argc, &argv);

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ADD ("/full/limit-import", test_limit_import);
  ADD ("/full/limit-convert", test_limit_convert);
  ADD ("/full/mount-everywhere", test_mount_everywhere);
  ADD ("/full/mount-library", test_mount_library);
  ADD ("/full/mount-convert", test_mount_convert);
#undef ADD

  return g_test_run ();
}
