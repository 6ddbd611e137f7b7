/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

#include "ph-cursor.h"
#include "ph-dom-pack.h"
#include "ph-flaky-file.h"
#include "ph-import.h"
#include "ph-store.h"
#include "ph-test.h"
#include "ph-verify.h"

#include <glib/gstdio.h>

/*
 * An archive from its bytes to the page that is shown: what can be imported makes
 * a recording that is sound and in order, what news spoke of can be read at once,
 * and going somewhere shows what playing there shows.
 */
#define N_SEEKS 6
/* Larger ones take their time, and show nothing that smaller ones do not. */
#define MAX_SIZE 200000

static void
news_cb (PhScratch *file,
         guint n_events,
         PhOutline *outline,
         gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PhStore) store = ph_store_open_growing (ph_scratch_get_path (file), &error);

  g_assert_no_error (error);
  ph_store_grow (store, n_events, outline->windows->len, outline->start_time, outline->span,
                 &error);
  g_assert_no_error (error);
  g_assert_false (ph_store_is_lost (ph_store_get_event (store, n_events - 1)));
  ph_outline_free (outline);
}

static void
damage_cb (PhTime time,
           const char *text,
           gpointer user_data)
{
  g_error ("%s", text);
}

static void
check_order (PhSession *session)
{
  PhEvent before = *ph_session_get_event (session, 0);

  for (guint i = 1; i < ph_session_get_n_events (session); i++)
    {
      const PhEvent *event = ph_session_get_event (session, i);

      g_assert_cmpint (ph_event_compare (&before, event), <, 0);
      g_assert_cmpint (before.time, <=, event->time);
      before = *event;
    }
}

/* Jumping about in one, playing in the other. */
static void
check_seeks (PhSession *session)
{
  static const guint order[N_SEEKS] = { 3, 1, 5, 0, 4, 2 };
  g_autoptr (PhCursor) jumping = ph_cursor_new (session);
  GBytes *pages[N_SEEKS];
  PhTime end = ph_session_get_span (session).end;

  for (guint i = 0; i < N_SEEKS; i++)
    {
      ph_cursor_seek (jumping, end / (N_SEEKS - 1) * order[i]);
      pages[order[i]] = ph_dom_pack (ph_cursor_get_dom (jumping));
    }

  {
    g_autoptr (PhCursor) playing = ph_cursor_new (session);

    for (guint i = 0; i < N_SEEKS; i++)
      {
        g_autoptr (GBytes) page = NULL;

        ph_cursor_seek (playing, end / (N_SEEKS - 1) * i);
        page = ph_dom_pack (ph_cursor_get_dom (playing));
        g_assert_true (g_bytes_equal (page, pages[i]));
        g_bytes_unref (pages[i]);
      }
  }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize size)
{
  static const PhImportFuncs funcs = { NULL, news_cb };
  static char *folder;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GFile) archive = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (PhScratch) scratch = NULL;
  g_autoptr (PhSession) session = NULL;
  g_autoptr (GError) error = NULL;

  if (size > MAX_SIZE)
    return 0;

  if (folder == NULL)
    folder = g_strdup (g_get_tmp_dir ());

  bytes = g_bytes_new_static (data, size);
  archive = ph_flaky_file_new (bytes);
  scratch = ph_import (archive, folder, &funcs, NULL, NULL, &error);
  g_assert_cmpint (scratch == NULL, ==, error != NULL);

  if (scratch == NULL)
    return 0;

  file = g_file_new_for_path (ph_scratch_get_path (scratch));
  session = ph_session_open (file, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (ph_session_verify (session, damage_cb, NULL));
  check_order (session);
  check_seeks (session);

  return 0;
}
