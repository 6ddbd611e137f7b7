/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-identify.h"

#include "ph-db.h"
#include "ph-export.h"
#include "ph-identity.h"
#include "ph-save.h"
#include "ph-test.h"
#include "session-maker.h"

#include <string.h>

#define FIXTURE "rrweb/two-pages.json"

static char *
identify_text (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PhSession) session = ph_make_session_from_text (text, &error);

  g_assert_no_error (error);

  return g_strdup (ph_session_get_identity (session));
}

static char *
identify_file (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (PhSession) session = ph_session_open (file, NULL, NULL, NULL, &error);

  g_assert_no_error (error);

  return g_strdup (ph_session_get_identity (session));
}

/* Whatever form and place the events come in. */
static void
test_files (void)
{
  static const struct
  {
    const char *name;
    PhExportFormat format;
    PhExportPacking packing;
  } cases[] = {
    { "a.json", PH_EXPORT_JSON, PH_EXPORT_PLAIN },
    { "a.ndjson", PH_EXPORT_NDJSON, PH_EXPORT_PLAIN },
    { "a.json.gz", PH_EXPORT_JSON, PH_EXPORT_GZIP },
    { "a.ndjson.zst", PH_EXPORT_NDJSON, PH_EXPORT_ZSTD },
  };
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *recording = g_build_filename (folder, "a.playhead", NULL);
  g_autofree char *second = g_build_filename (folder, "b.playhead", NULL);
  g_autoptr (PhSession) session = ph_make_session_from_fixture (FIXTURE);
  g_autoptr (GFile) file = g_file_new_for_path (recording);
  g_autoptr (GFile) second_file = g_file_new_for_path (second);
  g_autoptr (PhSession) opened = NULL;
  const char *wanted = ph_session_get_identity (session);
  g_autofree char *anew = NULL;

  g_assert_nonnull (wanted);
  g_assert_true (ph_identity_is_valid (wanted));

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_build_filename (folder, cases[i].name, NULL);
      g_autoptr (GFile) out = g_file_new_for_path (path);
      g_autofree char *found = NULL;
      guint n_lost;

      g_assert_true (ph_session_export (session, out, cases[i].format, cases[i].packing, &n_lost,
                                        NULL, NULL));
      found = identify_file (path);
      g_assert_cmpstr (found, ==, wanted);
    }

  /* A recording, and one that is written anew from that. */
  g_assert_true (ph_session_save (session, file, NULL, NULL, NULL, NULL, NULL));
  opened = ph_session_open (file, NULL, NULL, NULL, NULL);
  g_assert_cmpstr (ph_session_get_identity (opened), ==, wanted);
  g_assert_true (ph_session_save (opened, second_file, NULL, NULL, NULL, NULL, NULL));
  anew = identify_file (second);
  g_assert_cmpstr (anew, ==, wanted);

  ph_test_remove_tree (folder);
}

/* What exporters put around events. */
static void
test_wrappers (void)
{
#define META                                                                \
  "{\"type\":4,\"data\":{\"href\":\"http://a/\",\"width\":8,\"height\":6}," \
  "\"timestamp\":1000}"
#define DATA                                           \
  "{\"node\":{\"type\":0,\"id\":1,\"childNodes\":[]}," \
  "\"initialOffset\":{\"left\":0,\"top\":0}}"
#define PAGE "{\"type\":2,\"data\":" DATA ",\"timestamp\":1001}"
#define LATER "{\"type\":3,\"data\":{\"source\":3,\"id\":1,\"x\":0,\"y\":5},\"timestamp\":1002}"
#define WRAPPED                                                               \
  "{\"timestamp\": 1001, \"windowId\": \"w\", \"delay\": 3,\n\"data\": " DATA \
  ", \"type\": 2}"
  static const struct
  {
    const char *text;
    gboolean is_same;
  } cases[] = {
    { META "\n" PAGE "\n" LATER "\n", TRUE },
    { "{\"events\":[" META "," PAGE "," LATER "]}", TRUE },
    { "[" META ",\n  " WRAPPED ", " LATER "]", TRUE },
    { "[" META "," LATER "," PAGE "]", TRUE }, /* put in order */
    { "[" META "," PAGE "]", FALSE },
    { "[" META "," PAGE "," LATER "," LATER "]", FALSE },
  };
  g_autofree char *wanted = identify_text ("[" META "," PAGE "," LATER "]");

  g_assert_nonnull (wanted);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = identify_text (cases[i].text);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (g_strcmp0 (found, wanted) == 0, ==, cases[i].is_same);
    }
}

static void
identified_cb (GObject *source,
               GAsyncResult *result,
               gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  ph_session_load_identity_finish (PH_SESSION (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

/* A recording that does not say it: its events do. One that says nonsense is not believed. */
static void
test_older (void)
{
  static const char *const changes[] = {
    "DELETE FROM meta WHERE key = 'identity'",
    "UPDATE meta SET value = 'me' WHERE key = 'identity'",
    "UPDATE meta SET value = 7 WHERE key = 'identity'",
  };
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "a.playhead", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (PhSession) source = ph_make_session_from_fixture (FIXTURE);
  const char *wanted = ph_session_get_identity (source);

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (PhSession) session = NULL;
      g_autoptr (PhSession) other = NULL;
      g_autoptr (GCancellable) cancelled = g_cancellable_new ();
      g_autoptr (GError) error = NULL;
      gboolean done = FALSE;

      g_assert_true (ph_session_save (source, file, NULL, NULL, NULL, NULL, NULL));

      {
        g_autoptr (PhDb) db = ph_db_open (path, PH_DB_WRITE, NULL);

        g_assert_true (ph_db_run (db, changes[i], NULL));
      }

      session = ph_session_open (file, NULL, NULL, NULL, NULL);
      g_assert_null (ph_session_get_identity (session));
      g_cancellable_cancel (cancelled);
      g_assert_null (ph_session_load_identity (session, cancelled, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&error);
      g_assert_cmpstr (ph_session_load_identity (session, NULL, &error), ==, wanted);
      g_assert_cmpstr (ph_session_get_identity (session), ==, wanted);

      other = ph_session_open (file, NULL, NULL, NULL, NULL);
      ph_session_load_identity_async (other, NULL, identified_cb, &done);
      ph_test_wait (&done, 10);
      g_assert_cmpstr (ph_session_get_identity (other), ==, wanted);
      done = FALSE;
      ph_session_load_identity_async (other, NULL, identified_cb, &done);
      ph_test_wait (&done, 10);
    }

  ph_test_remove_tree (folder);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/identify/files", test_files);
  g_test_add_func ("/identify/wrappers", test_wrappers);
  g_test_add_func ("/identify/older", test_older);

  return g_test_run ();
}
