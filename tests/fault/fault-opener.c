/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * fault-opener ARCHIVE: opens an archive as the window does, and
 * tells at the end how it went, one `key value` a line: `opened` 0 or 1, `error`
 * with the words of a failure, then how many `events` there are, how many of them
 * are `lost`, and how many files in the making are `left` when it is closed.
 */

#include "ph-recordings.h"
#include "ph-session.h"

#include <stdio.h>

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

static void
tell_session (PhSession *session)
{
  const GError *error = ph_session_get_import_error (session);
  guint n = ph_session_get_n_events (session);
  guint n_lost = 0;

  for (guint i = 0; i < n; i++)
    n_lost += ph_session_is_lost (session, ph_session_get_event (session, i));

  if (error != NULL)
    printf ("error %s\n", error->message);

  printf ("events %u\nlost %u\n", n, n_lost);
}

static guint
count_scratches (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_prefix (name, ".playhead-making-");

  return n;
}

static void
tell_left (void)
{
  g_autofree char *library = ph_recordings_dup_folder ();
  g_autofree char *cache = ph_recordings_dup_scratch_folder ();
  guint n = 1;

  /* A worker that was told to stop needs a moment. */
  for (guint i = 0; i < 500 && n > 0; i++)
    {
      n = count_scratches (library) + count_scratches (cache) + count_scratches (g_get_tmp_dir ());
      g_main_context_iteration (NULL, FALSE);

      if (n > 0)
        g_usleep (10000);
    }

  printf ("left %u\n", n);
}

int
main (int argc,
      char **argv)
{
  Opening opening = { NULL, NULL, FALSE };
  g_autoptr (GFile) file = NULL;

  if (argc != 2)
    {
      fputs ("usage: fault-opener ARCHIVE\n", stderr);
      return 2;
    }

  file = g_file_new_for_commandline_arg (argv[1]);
  ph_session_open_async (file, PH_OPEN_KEEP, NULL, NULL, NULL, opened_cb, &opening);

  while (!opening.done ||
         (opening.session != NULL && ph_session_get_importing (opening.session)))
    g_main_context_iteration (NULL, TRUE);

  printf ("opened %d\n", opening.session != NULL);

  if (opening.session != NULL)
    tell_session (opening.session);
  else
    printf ("error %s\n", opening.error->message);

  g_clear_object (&opening.session);
  g_clear_error (&opening.error);
  tell_left ();

  return 0;
}
