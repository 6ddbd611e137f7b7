/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Reads and writes of the recording file that fail, one after the other, once or
 * from then on: while it is made, shown and verified. What comes of it is an
 * error or a finding, and what is given is never wrong. `-m slow`: every one.
 */

#include "fault-driver.h"
#include "fault-vfs.h"

#include "ph-cursor.h"
#include "ph-dom-pack.h"
#include "ph-error.h"
#include "ph-recordings.h"
#include "ph-save.h"
#include "ph-test.h"
#include "ph-verify.h"

#include <glib/gstdio.h>
#include <string.h>

/* So many of the calls are made to fail, spread over all of them. */
#define SAMPLE 25
#define N_SEEKS 7

typedef struct
{
  char *folder;
  char *archive;
  GPtrArray *events;
  char *recording;
  GPtrArray *pages; /* of N_SEEKS times, packed */
} Fixture;

static GBytes *
pack_page (PhSession *session,
           guint i)
{
  g_autoptr (PhCursor) cursor = ph_cursor_new (session);

  ph_cursor_seek (cursor, ph_session_get_span (session).end * i / (N_SEEKS - 1));

  return ph_dom_pack (ph_cursor_get_dom (cursor));
}

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFile) target = NULL;
  g_autoptr (PhSession) session = NULL;

  fault_vfs_fail (FAULT_READ, 0, FALSE);
  fixture->folder = ph_test_tmp_dir ();
  fixture->archive = fault_make_archive (fixture->folder, "table", "3M");
  fixture->events = fault_read_events (fixture->archive);
  fixture->recording = g_build_filename (fixture->folder, "a.playhead", NULL);
  file = g_file_new_for_path (fixture->archive);
  target = g_file_new_for_path (fixture->recording);
  session = ph_session_open (file, NULL, NULL, NULL, NULL);
  g_assert_true (ph_session_save (session, target, NULL, NULL, NULL, NULL, NULL));
  g_assert_cmpuint (ph_session_n_keyframes (session), >=, 2);
  fixture->pages = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (guint i = 0; i < N_SEEKS; i++)
    g_ptr_array_add (fixture->pages, pack_page (session, i));
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  fault_vfs_fail (FAULT_READ, 0, FALSE);
  fault_assert_swept ();
  ph_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->archive);
  g_free (fixture->recording);
  g_ptr_array_unref (fixture->events);
  g_ptr_array_unref (fixture->pages);
}

/* The calls to try of @n. */
static guint
get_stride (guint n)
{
  return g_test_slow () ? 1 : MAX (n / SAMPLE, 1);
}

static void
finding_cb (PhTime time,
            const char *text,
            gpointer user_data)
{
  g_assert_cmpstr (text, !=, "");
  (*(guint *) user_data)++;
}

/* --- shown ----------------------------------------------------------------- */

/* Events that are given are right or marked; how many are marked. */
static guint
check_events (Fixture *fixture,
              PhSession *session)
{
  guint n_lost = 0;

  g_assert_cmpuint (ph_session_get_n_events (session), ==, fixture->events->len);

  for (guint i = 0; i < fixture->events->len; i++)
    {
      const PhEvent *event = ph_session_get_event (session, i);
      gsize size;
      gconstpointer text = g_bytes_get_data (fixture->events->pdata[i], &size);

      if (ph_session_is_lost (session, event))
        n_lost++;
      else
        g_assert_cmpmem (event->text, event->size, text, size);
    }

  return n_lost;
}

/* Opens, seeks, reads all and verifies; FALSE when it could not be opened at all. */
static gboolean
use (Fixture *fixture,
     guint *n_findings)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (fixture->recording);
  g_autoptr (PhSession) session = ph_session_open (file, NULL, NULL, NULL, &error);
  guint n_same = 0;
  guint n_lost;

  if (session == NULL)
    {
      g_assert_true (error->domain == PH_ERROR || error->domain == G_IO_ERROR);
      return FALSE;
    }

  for (guint i = 0; i < N_SEEKS; i++)
    {
      g_autoptr (GBytes) page = pack_page (session, i);

      n_same += g_bytes_equal (page, fixture->pages->pdata[i]);
    }

  n_lost = check_events (fixture, session);
  *n_findings = (guint) ph_health_count (ph_session_get_health (session), PH_HEALTH_DAMAGED);

  /* Whatever is not as it should be has been told. */
  if (n_lost > 0 || n_same < N_SEEKS)
    g_assert_cmpuint (*n_findings, >, 0);

  ph_session_verify (session, finding_cb, n_findings);

  return TRUE;
}

static void
test_shown (Fixture *fixture,
            gconstpointer data)
{
  gboolean for_good = data != NULL;
  guint n_findings = 0;
  guint n_refused = 0;
  guint n_told = 0;
  guint n_reads;
  guint n = 0;

  fault_vfs_fail (FAULT_READ, 0, FALSE);
  g_assert_true (use (fixture, &n_findings));
  g_assert_cmpuint (n_findings, ==, 0);
  n_reads = fault_vfs_count (FAULT_READ);

  for (guint i = 1; i <= n_reads; i += get_stride (n_reads))
    {
      fault_vfs_fail (FAULT_READ, i, for_good);
      n_findings = 0;

      if (!use (fixture, &n_findings))
        n_refused++;
      else
        n_told += n_findings > 0;

      n++;
    }

  g_test_message ("%u of %u reads: %u refused, %u found", n, n_reads, n_refused, n_told);
  g_assert_cmpuint (n_refused, >, 0);
  g_assert_cmpuint (n_told, >, 0);

  /* A read that failed has been told of: by opening, a finding, or verify. */
  if (for_good)
    g_assert_cmpuint (n_refused + n_told, ==, n);
}

/* --- made ------------------------------------------------------------------ */

/* A write that fails while an archive is opened: in both folders, or in the first only. */
static void
test_import (Fixture *fixture,
             gconstpointer data)
{
  gboolean for_good = data != NULL;
  g_autofree char *folder = ph_recordings_dup_folder ();
  guint n_writes;
  guint n_parts = 0;
  guint n_wholes = 0;

  fault_vfs_fail (FAULT_FULL, 0, FALSE);
  g_object_unref (fault_open (fixture->archive, PH_OPEN_KEEP, NULL));
  n_writes = fault_vfs_count (FAULT_WRITE);
  ph_test_remove_tree (folder);

  for (guint i = 1; i <= n_writes; i += get_stride (n_writes))
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PhSession) session = NULL;

      fault_vfs_fail (FAULT_FULL, i, for_good);
      session = fault_open (fixture->archive, PH_OPEN_KEEP, &error);
      fault_vfs_fail (FAULT_READ, 0, FALSE);

      if (session != NULL)
        fault_assert_whole (session, fixture->events);
      else
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);

      n_wholes += session != NULL;
      n_parts += session == NULL;
      g_clear_object (&session);
      fault_assert_swept ();
      ph_test_remove_tree (folder);
    }

  g_test_message ("%u writes: %u whole, %u not", n_writes, n_wholes, n_parts);

  if (!for_good)
    g_assert_cmpuint (n_parts, ==, 0);
  else
    g_assert_cmpuint (n_parts, >, n_wholes);
}

/* The same with saving: what was there stays. */
static void
test_save (Fixture *fixture,
           gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "out", NULL);
  g_autofree char *path = g_build_filename (folder, "out.playhead", NULL);
  g_autoptr (GFile) target = g_file_new_for_path (path);
  g_autoptr (GFile) file = g_file_new_for_path (fixture->recording);
  g_autoptr (PhSession) session = ph_session_open (file, NULL, NULL, NULL, NULL);
  guint n_writes;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  fault_vfs_fail (FAULT_WRITE, 0, FALSE);
  g_assert_true (ph_session_save (session, target, NULL, NULL, NULL, NULL, NULL));
  n_writes = fault_vfs_count (FAULT_WRITE);
  g_assert_true (g_file_set_contents (path, "as it was", -1, NULL));

  for (guint i = 1; i <= n_writes; i += get_stride (n_writes))
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;

      fault_vfs_fail (FAULT_WRITE, i, FALSE);
      g_assert_false (ph_session_save (session, target, NULL, NULL, NULL, NULL, &error));
      g_assert_error (error, PH_ERROR, PH_ERROR_STORE);
      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
      g_assert_cmpstr (text, ==, "as it was");
      g_assert_cmpuint (fault_count (folder, "", ""), ==, 1);
    }
}

int
main (int argc,
      char **argv)
{
  fault_init (&argc, &argv);
  fault_vfs_install ();

#define ADD(name, data, func) g_test_add (name, Fixture, data, set_up, func, tear_down)
  ADD ("/io/shown", NULL, test_shown);
  ADD ("/io/shown-for-good", GINT_TO_POINTER (TRUE), test_shown);
  ADD ("/io/import", NULL, test_import);
  ADD ("/io/import-for-good", GINT_TO_POINTER (TRUE), test_import);
  ADD ("/io/save", NULL, test_save);
#undef ADD

  return g_test_run ();
}
