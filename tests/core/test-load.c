/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-load.h"

#include "ph-session-private.h"
#include "ph-test.h"

typedef struct
{
  GCancellable *cancellable;
  double limit;
  guint n_calls;
} Stop;

static void
stop_cb (double fraction,
         gpointer user_data)
{
  Stop *stop = user_data;

  stop->n_calls++;

  if (fraction >= stop->limit)
    g_cancellable_cancel (stop->cancellable);
}

static PhSession *
new_session (void)
{
  g_autofree char *path = ph_test_demo ("acme-shop.json.gz");
  PhSession *session = g_object_new (PH_TYPE_SESSION, NULL);

  session->file = g_file_new_for_path (path);

  return session;
}

/* Wherever it is stopped, it says so and leaves nothing behind. */
static void
test_cancel (void)
{
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) error = NULL;
      Stop stop = { cancellable, i * 0.045, 0 };
      PhSession *session = new_session ();

      g_assert_false (ph_load (session, stop_cb, &stop, cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_finalize_object (session);
    }
}

static void
test_progress (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Stop stop = { cancellable, 2, 0 };
  g_autoptr (PhSession) session = new_session ();

  g_assert_true (ph_load (session, stop_cb, &stop, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (stop.n_calls, >, 5);
}

/* The demo is what its makers say it is: a whole session without any complaint. */
static void
test_demo (void)
{
  g_autoptr (PhSession) session = new_session ();
  guint n_errors = 0;
  guint n_failed = 0;

  g_assert_true (ph_load (session, NULL, NULL, NULL, NULL));
  g_assert_cmpint (session->span.end, >, 80 * PH_SECOND);
  g_assert_cmpint (session->span.end, <, 110 * PH_SECOND);
  g_assert_cmpuint (session->pages->len, >=, 2);
  g_assert_cmpuint (ph_health_count (session->health, PH_HEALTH_UNKNOWN_NODE), ==, 0);
  g_assert_cmpuint (ph_health_count (session->health, PH_HEALTH_DUPLICATE_NODE), ==, 0);
  g_assert_cmpuint (ph_health_count (session->health, PH_HEALTH_UNPLACED_NODE), ==, 0);

  for (guint i = 0; i < session->moments->len; i++)
    {
      const PhMoment *moment = &g_array_index (session->moments, PhMoment, i);

      if (i > 0)
        g_assert_cmpint (moment->time, >=, g_array_index (session->moments, PhMoment, i - 1).time);

      g_assert_true (g_utf8_validate (moment->text, -1, NULL));
      n_errors += moment->kind == PH_MOMENT_ERROR;
      n_failed += moment->kind == PH_MOMENT_REQUEST && moment->severity == PH_SEVERITY_ERROR;
    }

  g_assert_cmpuint (n_errors, >=, 1);
  g_test_message ("%u errors, %u failed requests", n_errors, n_failed);
}

/* Texts of all events lie in few blocks: memory is that of the file, and little more. */
static void
test_memory (void)
{
  g_autoptr (PhSession) session = new_session ();
  gsize bytes = 0;

  g_assert_true (ph_load (session, NULL, NULL, NULL, NULL));

  for (guint i = 0; i < session->events->len; i++)
    bytes += g_array_index (session->events, PhEvent, i).size;

  g_assert_cmpuint (ph_arena_get_bytes (session->texts), <, bytes * 2 + 65536);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/load/cancel", test_cancel);
  g_test_add_func ("/load/progress", test_progress);
  g_test_add_func ("/load/demo", test_demo);
  g_test_add_func ("/load/memory", test_memory);

  return g_test_run ();
}
