/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session-maker.h"

#include "ph-test.h"

PhSession *
ph_make_session_from_fixture (const char *name)
{
  g_autofree char *path = ph_test_fixture (name);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  PhSession *session = ph_session_open (file, NULL, NULL, NULL, &error);

  g_assert_no_error (error);

  return session;
}

PhSession *
ph_make_session_from_text (const char *text,
                           GError **error)
{
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "session.json", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  PhSession *session;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  session = ph_session_open (file, NULL, NULL, NULL, error);
  ph_test_remove_tree (folder);

  return session;
}

static void
changed_cb (PhSession *session,
            gboolean *done)
{
  *done = !ph_session_get_importing (session);
}

void
ph_wait_for_import (PhSession *session)
{
  gboolean done = !ph_session_get_importing (session);
  gulong id = g_signal_connect (session, "changed", G_CALLBACK (changed_cb), &done);

  ph_test_wait (&done, 30);
  g_signal_handler_disconnect (session, id);
}

char *
ph_make_event (int type,
               gint64 timestamp_ms,
               const char *data)
{
  return g_strdup_printf ("{\"type\":%d,\"data\":%s,\"timestamp\":%" G_GINT64_FORMAT "}",
                          type, data, timestamp_ms);
}

char *
ph_make_snapshot (const char *text)
{
  return g_strdup_printf ("{\"node\":{\"type\":0,\"id\":1,\"childNodes\":[{\"type\":2,\"id\":2,"
                          "\"tagName\":\"html\",\"attributes\":{},\"childNodes\":[{\"type\":2,"
                          "\"id\":3,\"tagName\":\"head\",\"attributes\":{},\"childNodes\":[]},"
                          "{\"type\":2,\"id\":4,\"tagName\":\"body\",\"attributes\":{},"
                          "\"childNodes\":[{\"type\":2,\"id\":5,\"tagName\":\"p\","
                          "\"attributes\":{},\"childNodes\":[{\"type\":3,\"id\":6,"
                          "\"textContent\":\"%s\"}]}]}]}]},"
                          "\"initialOffset\":{\"left\":0,\"top\":0}}",
                          text);
}
