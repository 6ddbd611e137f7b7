/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fault-driver.h"

#include "ph-archive.h"
#include "ph-recordings.h"
#include "ph-test.h"
#include "ph-verify.h"
#include "session-maker.h"

#include <stdio.h>
#include <sys/wait.h>

#define SCRATCH ".playhead-making-"

char *fault_opener;
char *fault_generator;
char *fault_cli;

void
fault_init (int *argc,
            char ***argv)
{
  g_test_init (argc, argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_assert_cmpint (*argc, ==, 4);
  fault_opener = g_canonicalize_filename ((*argv)[1], NULL);
  fault_generator = g_canonicalize_filename ((*argv)[2], NULL);
  fault_cli = g_canonicalize_filename ((*argv)[3], NULL);
}

/* --- archives -------------------------------------------------------------- */

char *
fault_make_archive (const char *folder,
                    const char *kind,
                    const char *size)
{
  char *path = g_build_filename (folder, "archive.json", NULL);
  const char *const argv[] = { fault_generator, kind, size, path, NULL };

  g_assert_cmpint (fault_run (argv, NULL), ==, 0);

  return path;
}

typedef struct
{
  gint64 timestamp;
  GBytes *text;
} Entry;

static gboolean
event_cb (const PhEvent *event,
          PhJsonValue root,
          gpointer user_data,
          GError **error)
{
  Entry entry = { event->timestamp, g_bytes_new (event->text, event->size) };

  g_array_append_val ((GArray *) user_data, entry);

  return TRUE;
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  gint64 x = ((const Entry *) a)->timestamp;
  gint64 y = ((const Entry *) b)->timestamp;

  return (x > y) - (x < y);
}

GPtrArray *
fault_read_events (const char *archive)
{
  static const PhSink sink = { event_cb, NULL };
  g_autoptr (GFile) file = g_file_new_for_path (archive);
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GError) error = NULL;

  ph_archive_info_free (ph_archive_read (file, &sink, entries, NULL, NULL, &error));
  g_assert_no_error (error);
  /* A stable sort: events of the same time stay in the file's order. */
  g_array_sort (entries, compare_entries);

  for (guint i = 0; i < entries->len; i++)
    g_ptr_array_add (events, g_array_index (entries, Entry, i).text);

  return events;
}

char *
fault_make_disordered (const char *archive)
{
  g_autoptr (GPtrArray) events = fault_read_events (archive);
  g_autofree char *folder = g_path_get_dirname (archive);
  char *path = g_build_filename (folder, "disordered.ndjson", NULL);
  FILE *file = fopen (path, "we");

  for (guint i = 0; i < events->len; i++)
    {
      gsize size;
      gconstpointer text =
        g_bytes_get_data (events->pdata[(i + events->len / 2) % events->len], &size);

      g_assert_cmpuint (fwrite (text, 1, size, file), ==, size);
      fputc ('\n', file);
    }

  g_assert_cmpint (fclose (file), ==, 0);

  return path;
}

/* --- sessions -------------------------------------------------------------- */

typedef struct
{
  PhSession *session;
  GError *error;
  gboolean done;
} Opening;

static void
opened_cb (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  Opening *opening = user_data;

  opening->session = ph_session_open_finish (result, &opening->error);
  opening->done = TRUE;
}

PhSession *
fault_open (const char *path,
            PhOpenFlags flags,
            GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  Opening opening = { NULL, NULL, FALSE };

  ph_session_open_async (file, flags, NULL, NULL, NULL, opened_cb, &opening);
  ph_test_wait (&opening.done, 60);

  if (opening.session == NULL)
    {
      g_propagate_error (error, opening.error);
      return NULL;
    }

  ph_wait_for_import (opening.session);

  if (ph_session_get_import_error (opening.session) != NULL)
    {
      g_propagate_error (error,
                         g_error_copy (ph_session_get_import_error (opening.session)));
      g_clear_object (&opening.session);
    }

  return opening.session;
}

static void
damage_cb (PhTime time,
           const char *text,
           gpointer user_data)
{
  g_error ("damaged: %s", text);
}

void
fault_assert_whole (PhSession *session,
                    GPtrArray *events)
{
  g_assert_false (ph_session_get_importing (session));
  g_assert_null (ph_session_get_import_error (session));
  g_assert_cmpuint (ph_session_get_n_events (session), ==, events->len);

  for (guint i = 0; i < events->len; i++)
    {
      const PhEvent *event = ph_session_get_event (session, i);
      gsize size;
      gconstpointer text = g_bytes_get_data (events->pdata[i], &size);

      g_assert_false (ph_session_is_lost (session, event));
      g_assert_cmpmem (event->text, event->size, text, size);
    }

  g_assert_true (ph_session_verify (session, damage_cb, NULL));
}

/* --- folders --------------------------------------------------------------- */

guint
fault_count (const char *folder,
             const char *prefix,
             const char *suffix)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_prefix (name, prefix) && g_str_has_suffix (name, suffix);

  return n;
}

void
fault_assert_swept (void)
{
  g_autofree char *library = ph_recordings_dup_folder ();
  g_autofree char *cache = ph_recordings_dup_scratch_folder ();
  guint n = 1;

  /* A worker that was told to stop needs a moment. */
  for (guint i = 0; i < 1000 && n > 0; i++)
    {
      n = fault_count (library, SCRATCH, "") + fault_count (cache, SCRATCH, "");

      if (n > 0)
        g_usleep (10000);
    }

  g_assert_cmpuint (n, ==, 0);
}

/* --- other programs -------------------------------------------------------- */

static char **
make_environment (void)
{
  char **env = g_get_environ ();

  env = g_environ_setenv (env, "XDG_DATA_HOME", g_get_user_data_dir (), TRUE);
  env = g_environ_setenv (env, "XDG_CACHE_HOME", g_get_user_cache_dir (), TRUE);
  env = g_environ_setenv (env, "XDG_CONFIG_HOME", g_get_user_config_dir (), TRUE);

  return env;
}

GPid
fault_spawn (const char *const *argv)
{
  g_auto (GStrv) env = make_environment ();
  g_autoptr (GError) error = NULL;
  GPid pid;

  g_spawn_async (NULL, (char **) argv, env,
                 G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL |
                   G_SPAWN_STDERR_TO_DEV_NULL,
                 NULL, NULL, &pid, &error);
  g_assert_no_error (error);

  return pid;
}

int
fault_wait (GPid pid)
{
  int status = -1;

  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_spawn_close_pid (pid);

  return status;
}

int
fault_run (const char *const *argv,
           char **output)
{
  g_auto (GStrv) env = make_environment ();
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, env, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, &err, &status,
                &error);
  g_assert_no_error (error);

  if (output != NULL)
    *output = g_strconcat (out, err, NULL);

  return status;
}
