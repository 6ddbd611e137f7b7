/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Clips as a window makes them: started, watched, cancelled, and several after each other. */

#include "ph-clip-queue.h"
#include "ph-test.h"

#include <string.h>

typedef struct
{
  char *folder;
  PhSession *session;
} Fixture;

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  g_autofree char *path = ph_test_demo ("acme-shop.json.gz");
  g_autoptr (GFile) file = g_file_new_for_path (path);

  fixture->folder = ph_test_tmp_dir ();
  fixture->session = ph_session_open (file, NULL, NULL, NULL, NULL);
  g_assert_nonnull (fixture->session);
}

static void
gone_cb (gpointer user_data,
         GObject *object)
{
  gboolean *gone = user_data;

  *gone = TRUE;
}

/* What was asked of a web process that ended is answered a little later, and held until then. */
static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  gboolean gone = FALSE;

  g_object_weak_ref (G_OBJECT (fixture->session), gone_cb, &gone);
  g_object_unref (fixture->session);

  if (!gone)
    ph_test_wait (&gone, 20);

  ph_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static PhClip *
new_clip (Fixture *fixture,
          PhClipForm form,
          PhTime length,
          const char *name)
{
  g_autoptr (PhClipOrder) order = ph_clip_order_new (form);
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  order->span = (PhSpan) { 12 * PH_SECOND, 12 * PH_SECOND + length };
  order->width = 320;
  order->height = 180;

  return ph_clip_new (fixture->session, order, file);
}

static void
ended_cb (gboolean *ended)
{
  *ended = TRUE;
}

static void
wait_for (PhClip *clip)
{
  gboolean ended = FALSE;
  gulong handler;

  if (ph_clip_get_state (clip) > PH_CLIP_RUNNING)
    return;

  handler = g_signal_connect_swapped (clip, "ended", G_CALLBACK (ended_cb), &ended);
  ph_test_wait (&ended, 120);
  g_signal_handler_disconnect (clip, handler);
}

static guint
count_files (Fixture *fixture)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

static void
grown_cb (PhClip *clip,
          GParamSpec *pspec,
          double *last)
{
  g_assert_cmpfloat (ph_clip_get_fraction (clip), >=, *last);
  *last = ph_clip_get_fraction (clip);
}

static void
test_done (Fixture *fixture,
           gconstpointer data)
{
  g_autoptr (PhClip) clip = new_clip (fixture, PH_CLIP_GIF, PH_SECOND, "a.gif");
  double last = 0;

  g_signal_connect (clip, "notify::fraction", G_CALLBACK (grown_cb), &last);
  g_assert_cmpint (ph_clip_get_state (clip), ==, PH_CLIP_WAITING);
  ph_clip_start (clip);
  g_assert_cmpint (ph_clip_get_state (clip), ==, PH_CLIP_RUNNING);
  wait_for (clip);
  g_assert_no_error (ph_clip_get_error (clip));
  g_assert_cmpint (ph_clip_get_state (clip), ==, PH_CLIP_DONE);
  g_assert_cmpuint (ph_clip_get_n_pictures (clip), ==, 10);
  g_assert_cmpuint (ph_clip_get_n_painted (clip), >=, 1);
  g_assert_cmpfloat_with_epsilon (last, 1, 1e-9);
  g_assert_true (g_file_query_exists (ph_clip_get_file (clip), NULL));
  g_assert_cmpuint (count_files (fixture), ==, 1);
  /* Too late. */
  ph_clip_cancel (clip);
  g_assert_cmpint (ph_clip_get_state (clip), ==, PH_CLIP_DONE);
}

static gboolean
cancel_cb (gpointer user_data)
{
  ph_clip_cancel (user_data);

  return G_SOURCE_REMOVE;
}

static void
assert_nothing (Fixture *fixture,
                PhClip *clip)
{
  wait_for (clip);
  g_assert_cmpint (ph_clip_get_state (clip), ==, PH_CLIP_CANCELLED);
  g_assert_null (ph_clip_get_error (clip));
  g_assert_cmpuint (count_files (fixture), ==, 0);
}

/* While it starts, which takes longer than any of these: nothing is left. */
static void
test_cancelled_early (Fixture *fixture,
                      gconstpointer data)
{
  static const guint instants[] = { 0, 10, 50, 100, 200 }; /* ms */

  for (guint i = 0; i < G_N_ELEMENTS (instants); i++)
    {
      g_autoptr (PhClip) clip = new_clip (fixture, PH_CLIP_WEBM, 20 * PH_SECOND, "a.webm");

      ph_clip_start (clip);
      g_timeout_add (instants[i], cancel_cb, clip);
      assert_nothing (fixture, clip);
    }
}

static void
cancel_at_cb (PhClip *clip,
              GParamSpec *pspec,
              const double *fraction)
{
  if (ph_clip_get_fraction (clip) >= *fraction)
    ph_clip_cancel (clip);
}

/* The same however far it is. */
static void
test_cancelled (Fixture *fixture,
                gconstpointer data)
{
  static const double fractions[] = { 0.001, 0.1, 0.3, 0.6 };

  for (guint i = 0; i < G_N_ELEMENTS (fractions); i++)
    {
      g_autoptr (PhClip) clip = new_clip (fixture, PH_CLIP_WEBM, 20 * PH_SECOND, "a.webm");

      g_signal_connect (clip, "notify::fraction", G_CALLBACK (cancel_at_cb),
                        (gpointer) &fractions[i]);
      ph_clip_start (clip);
      assert_nothing (fixture, clip);
    }
}

static void
test_failed (Fixture *fixture,
             gconstpointer data)
{
  g_autoptr (PhClip) nowhere = new_clip (fixture, PH_CLIP_GIF, PH_SECOND, "none/a.gif");
  g_autoptr (PhClip) outside = new_clip (fixture, PH_CLIP_GIF, 7200 * PH_SECOND, "a.gif");

  ph_clip_start (nowhere);
  wait_for (nowhere);
  g_assert_cmpint (ph_clip_get_state (nowhere), ==, PH_CLIP_FAILED);
  g_assert_nonnull (ph_clip_get_error (nowhere));

  ph_clip_start (outside);
  wait_for (outside);
  g_assert_cmpint (ph_clip_get_state (outside), ==, PH_CLIP_FAILED);
  g_assert_error (ph_clip_get_error (outside), G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_assert_cmpuint (count_files (fixture), ==, 0);
}

static void
test_queue (Fixture *fixture,
            gconstpointer data)
{
  PhClipQueue *queue = ph_clip_queue_new ();
  g_autoptr (PhClip) first = new_clip (fixture, PH_CLIP_PNG, 0, "a.png");
  g_autoptr (PhClip) second = new_clip (fixture, PH_CLIP_WEBM, 20 * PH_SECOND, "b.webm");
  g_autoptr (PhClip) third = new_clip (fixture, PH_CLIP_PNG, 0, "c.png");
  g_autoptr (PhClip) fourth = new_clip (fixture, PH_CLIP_WEBM, 20 * PH_SECOND, "d.webm");

  ph_clip_queue_add (queue, first);
  ph_clip_queue_add (queue, second);
  ph_clip_queue_add (queue, third);
  g_assert_cmpuint (ph_clip_queue_get_n_left (queue), ==, 3);
  g_assert_cmpint (ph_clip_get_state (first), ==, PH_CLIP_RUNNING);
  g_assert_cmpint (ph_clip_get_state (second), ==, PH_CLIP_WAITING);

  wait_for (first);
  g_assert_cmpint (ph_clip_get_state (first), ==, PH_CLIP_DONE);
  g_assert_cmpint (ph_clip_get_state (second), ==, PH_CLIP_RUNNING);
  ph_clip_queue_remove (queue, second);
  g_assert_cmpint (ph_clip_get_state (second), ==, PH_CLIP_CANCELLED);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (queue)), ==, 2);

  wait_for (third);
  g_assert_cmpint (ph_clip_get_state (third), ==, PH_CLIP_DONE);
  g_assert_cmpuint (ph_clip_queue_get_n_left (queue), ==, 0);
  g_assert_cmpuint (count_files (fixture), ==, 2);

  /* With the queue goes what it has not made. */
  ph_clip_queue_add (queue, fourth);
  g_assert_finalize_object (queue);
  g_assert_cmpint (ph_clip_get_state (fourth), ==, PH_CLIP_CANCELLED);
}

int
main (int argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  ph_test_spare_children ();

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ADD ("/clip-job/done", test_done);
  ADD ("/clip-job/cancelled-early", test_cancelled_early);
  ADD ("/clip-job/cancelled", test_cancelled);
  ADD ("/clip-job/failed", test_failed);
  ADD ("/clip-job/queue", test_queue);
#undef ADD

  return g_test_run ();
}
