/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-import.h"

#include "ph-db.h"
#include "ph-error.h"
#include "ph-flaky-file.h"
#include "ph-hold.h"
#include "ph-recording.h"
#include "ph-store.h"
#include "ph-test.h"
#include "session-maker.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

typedef struct
{
  char *folder;
  GPtrArray *events; /* texts */
  GFile *file;

  GCancellable *cancellable;
  double stop_at; /* progress */
  double progress;

  guint n_news;
  guint n_seen;
  PhScratch *seen; /* the file news spoke of */
  PhStore *growing;
} Fixture;

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  g_autofree char *path = NULL;

  fixture->folder = ph_test_tmp_dir ();
  fixture->events = g_ptr_array_new_with_free_func (g_free);
  path = g_build_filename (fixture->folder, "archive.ndjson", NULL);
  fixture->file = g_file_new_for_path (path);
  fixture->cancellable = g_cancellable_new ();
  fixture->stop_at = 2;
}

static guint
count_scratches (Fixture *fixture)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    n += name[0] == '.';

  return n;
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  g_clear_pointer (&fixture->growing, ph_store_free);
  g_clear_pointer (&fixture->seen, ph_scratch_unref);
  g_assert_cmpuint (count_scratches (fixture), ==, 0);
  ph_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_ptr_array_unref (fixture->events);
  g_object_unref (fixture->file);
  g_object_unref (fixture->cancellable);
}

static void
add (Fixture *fixture,
     int type,
     gint64 ms,
     const char *data)
{
  g_ptr_array_add (fixture->events, ph_make_event (type, ms, data));
}

static void
add_page (Fixture *fixture,
          gint64 ms)
{
  g_autofree char *snapshot = ph_make_snapshot ("text");

  add (fixture, 4, ms, "{\"href\":\"https://a.example/\",\"width\":640,\"height\":480}");
  add (fixture, 2, ms + 1, snapshot);
}

/* A change of some kilobytes. */
static void
add_change (Fixture *fixture,
            gint64 ms)
{
  g_autofree char *filler = g_strnfill (4000, 'x');
  g_autofree char *data = g_strdup_printf (
    "{\"source\":0,\"texts\":[{\"id\":6,\"value\":\"%" G_GINT64_FORMAT " %s\"}],"
    "\"attributes\":[],\"removes\":[],\"adds\":[]}",
    ms, filler);

  add (fixture, 3, ms, data);
}

/*
 * A page and @n changes within a minute. Where it is to be sorted another page,
 * from before all that, comes when a part of the changes has been written.
 */
static void
add_session (Fixture *fixture,
             guint n,
             gboolean is_sorted)
{
  add_page (fixture, 900000);

  for (guint i = 0; i < n; i++)
    {
      add_change (fixture, 901000 + 60000 * i / n);

      if (is_sorted && i == n / 3)
        add_page (fixture, 1000);
    }
}

static void
progress_cb (double fraction,
             gpointer user_data)
{
  Fixture *fixture = user_data;

  g_assert_cmpfloat (fraction, >, fixture->progress);
  g_assert_cmpfloat (fraction, <=, 1);
  fixture->progress = fraction;

  if (fraction >= fixture->stop_at)
    g_cancellable_cancel (fixture->cancellable);
}

/* All that news speaks of can be read at once, in order. */
static void
news_cb (PhScratch *file,
         guint n_events,
         PhOutline *outline,
         gpointer user_data)
{
  Fixture *fixture = user_data;
  GError *error = NULL;

  fixture->n_news++;
  g_assert_cmpuint (n_events, >, fixture->n_seen);
  fixture->n_seen = n_events;

  if (fixture->seen == NULL)
    {
      fixture->seen = ph_scratch_ref (file);
      fixture->growing = ph_store_open_growing (ph_scratch_get_path (file), &error);
      g_assert_no_error (error);
    }

  g_assert_true (file == fixture->seen);
  ph_store_grow (fixture->growing, n_events, outline->windows->len, outline->start_time,
                 outline->span, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ph_store_n_events (fixture->growing), ==, n_events);
  g_assert_cmpint (ph_store_get_event (fixture->growing, n_events - 1)->time, ==,
                   outline->span.end);
  g_assert_false (ph_store_is_lost (ph_store_get_event (fixture->growing, 0)));
  ph_outline_free (outline);
}

static PhScratch *
import (Fixture *fixture,
        GError **error)
{
  static const PhImportFuncs funcs = { progress_cb, news_cb };

  if (fixture->events->len > 0)
    {
      g_autofree char *text = NULL;

      g_ptr_array_add (fixture->events, NULL);
      text = g_strjoinv ("\n", (char **) fixture->events->pdata);
      g_assert_true (g_file_set_contents (g_file_peek_path (fixture->file), text, -1, NULL));
      g_ptr_array_set_size (fixture->events, 0);
    }

  return ph_import (fixture->file, fixture->folder, &funcs, fixture, fixture->cancellable, error);
}

/* The recording, opened; the events are sorted, whatever the archive was like. */
static PhStore *
import_and_open (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PhScratch) scratch = import (fixture, &error);
  PhStore *store;

  g_assert_no_error (error);
  g_assert_cmpfloat (fixture->progress, >=, 1);
  store = ph_store_open (ph_scratch_get_path (scratch), &error);
  g_assert_no_error (error);

  for (guint i = 1; i < ph_store_n_events (store); i++)
    {
      PhEvent before = *ph_store_get_event (store, i - 1);

      g_assert_cmpint (ph_event_compare (&before, ph_store_get_event (store, i)), <, 0);
    }

  return store;
}

/* News come with the first picture, and again; the file they speak of is the one that is kept. */
static void
test_news (Fixture *fixture,
           gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PhScratch) scratch = NULL;
  g_autoptr (PhStore) store = NULL;

  add_page (fixture, 1000);

  for (guint i = 0; i < 4000; i++)
    add_change (fixture, 1100 + 20 * i);

  scratch = import (fixture, &error);
  g_assert_no_error (error);
  g_assert_true (scratch == fixture->seen);
  g_assert_cmpuint (fixture->n_news, >=, 1);

  store = ph_store_open (ph_scratch_get_path (scratch), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ph_store_n_events (store), ==, 4002);
  g_assert_cmpint (ph_store_get_start_time (store), ==, 1000 * PH_MSEC);
}

/* Exchanges within seconds, as windows and workers make them, cost no second reading. */
static void
test_nearly_in_order (Fixture *fixture,
                      gconstpointer data)
{
  g_autoptr (PhStore) store = NULL;

  add_page (fixture, 1000);

  for (guint i = 0; i < 400; i++)
    add_change (fixture, 1100 + 100 * i + (i % 5) * 900);

  store = import_and_open (fixture);
  g_assert_cmpuint (ph_store_n_events (store), ==, 402);
  g_assert_cmpuint (fixture->n_news, >=, 1);
}

/* A whole part at the wrong place is put where it belongs. */
static void
test_out_of_order (Fixture *fixture,
                   gconstpointer data)
{
  g_autoptr (PhStore) store = NULL;
  g_autoptr (PhOutline) outline = NULL;

  add_page (fixture, 600000);

  for (guint i = 0; i < 300; i++)
    add_change (fixture, 600100 + 100 * i);

  add_page (fixture, 1000);

  for (guint i = 0; i < 300; i++)
    add_change (fixture, 1100 + 100 * i);

  store = import_and_open (fixture);
  g_assert_cmpuint (ph_store_n_events (store), ==, 604);
  g_assert_cmpint (ph_store_get_start_time (store), ==, 1000 * PH_MSEC);
  outline = ph_recording_read (store, NULL);
  g_assert_cmpuint (ph_health_count (outline->health, PH_HEALTH_OUT_OF_ORDER), ==, 302);
  g_assert_cmpuint (((PhSessionWindow *) outline->windows->pdata[0])->snapshots->len, ==, 2);
}

/* Events far away in time are only known for what they are when all is known. */
static void
test_outliers (Fixture *fixture,
               gconstpointer data)
{
  gint64 day = G_GINT64_CONSTANT (86400000);
  g_autoptr (PhStore) store = NULL;
  g_autoptr (PhOutline) outline = NULL;

  add (fixture, 3, 0, "{\"source\":3,\"id\":1,\"x\":0,\"y\":9}");
  add_page (fixture, day);

  for (guint i = 0; i < 100; i++)
    add_change (fixture, day + 100 * i);

  add (fixture, 5, 4 * day, "{\"tag\":\"closed\",\"payload\":{}}");
  store = import_and_open (fixture);
  outline = ph_recording_read (store, NULL);
  g_assert_cmpint (outline->start_time, ==, day * 1000);
  g_assert_cmpint (outline->span.end, ==, 9900 * PH_MSEC);
  g_assert_cmpint (ph_store_get_event (store, 0)->time, ==, 0);
  g_assert_cmpint (ph_store_get_event (store, 103)->time, ==, 9900 * PH_MSEC);
  g_assert_cmpuint (ph_health_count (outline->health, PH_HEALTH_TIME_OUTLIER), ==, 2);
}

/* Any order of the same lines makes the same recording, but for what it says of the disorder. */
static void
test_any_order (Fixture *fixture,
                gconstpointer data)
{
  GError *error = NULL;
  GString *texts[2];

  for (guint round = 0; round < 2; round++)
    {
      g_autoptr (PhStore) store = NULL;

      fixture->progress = 0;
      fixture->n_seen = 0;
      texts[round] = g_string_new (NULL);
      add_page (fixture, 1000);

      for (guint i = 0; i < 500; i++)
        add_change (fixture, 2000 + 150 * i);

      for (guint i = fixture->events->len - 1; round == 1 && i > 0; i--)
        {
          guint k = (guint) g_test_rand_int_range (0, (gint32) i + 1);
          gpointer event = fixture->events->pdata[i];

          fixture->events->pdata[i] = fixture->events->pdata[k];
          fixture->events->pdata[k] = event;
        }

      store = import_and_open (fixture);
      g_assert_no_error (error);

      for (guint i = 0; i < ph_store_n_events (store); i++)
        {
          const PhEvent *event = ph_store_get_event (store, i);

          g_string_append_len (texts[round], event->text, (gssize) event->size);
          g_string_append_printf (texts[round], " %" G_GINT64_FORMAT "\n", event->time);
        }

      g_clear_pointer (&fixture->growing, ph_store_free);
      g_clear_pointer (&fixture->seen, ph_scratch_unref);
    }

  g_assert_cmpstr (texts[0]->str, ==, texts[1]->str);
  g_string_free (texts[0], TRUE);
  g_string_free (texts[1], TRUE);
}

static void
test_no_page (Fixture *fixture,
              gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  add (fixture, 3, 1000, "{\"source\":3,\"id\":1,\"x\":0,\"y\":9}");
  g_assert_null (import (fixture, &error));
  g_assert_error (error, PH_ERROR, PH_ERROR_CORRUPT);
  g_assert_cmpuint (fixture->n_news, ==, 0);
}

/* Wherever it is stopped, on either way through, it says so and leaves nothing behind. */
static void
test_stop (Fixture *fixture,
           gconstpointer data)
{
  gboolean is_sorted = GPOINTER_TO_INT (data);

  for (guint round = 0; round < 20; round++)
    {
      g_autoptr (GError) error = NULL;

      add_session (fixture, 1200, is_sorted);
      g_clear_object (&fixture->cancellable);
      fixture->cancellable = g_cancellable_new ();
      fixture->stop_at = 0.045 * round;
      fixture->progress = 0;
      fixture->n_seen = 0;
      g_assert_null (import (fixture, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_pointer (&fixture->growing, ph_store_free);
      g_clear_pointer (&fixture->seen, ph_scratch_unref);
      g_assert_cmpuint (count_scratches (fixture), ==, 0);
    }
}

/* Each step of the database fails once, on either way through: an error, and nothing left. */
static void
test_any_step_fails (Fixture *fixture,
                     gconstpointer data)
{
  gboolean is_sorted = GPOINTER_TO_INT (data);
  guint n_steps = 0;

  for (guint n = 0; n <= n_steps; n++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PhScratch) scratch = NULL;
      static const PhImportFuncs funcs = { NULL, NULL };

      if (n == 0)
        {
          add_session (fixture, 60, is_sorted);
          ph_db_fail_step (0);
          scratch = import (fixture, &error);
          g_assert_no_error (error);
          g_clear_pointer (&fixture->growing, ph_store_free);
          g_clear_pointer (&fixture->seen, ph_scratch_unref);
          g_clear_pointer (&scratch, ph_scratch_unref);
        }

      ph_db_fail_step (n);
      scratch = ph_import (fixture->file, fixture->folder, &funcs, NULL, NULL, &error);

      if (n == 0)
        {
          g_assert_no_error (error);
          n_steps = ph_db_count_steps ();
          g_test_message ("%u steps", n_steps);
          /* Sorting takes more of them. */
          g_assert_cmpuint (n_steps, >, is_sorted ? 250 : 30);
          continue;
        }

      g_assert_error (error, PH_ERROR, PH_ERROR_STORE);
      g_assert_null (scratch);
      g_assert_cmpuint (count_scratches (fixture), ==, 0);
    }

  ph_db_fail_step (0);
}

/* Each read of the archive fails once, on either way through: an error, and nothing left. */
static void
test_any_read_fails (Fixture *fixture,
                     gconstpointer data)
{
  static const PhImportFuncs funcs = { NULL, NULL };
  gboolean is_sorted = GPOINTER_TO_INT (data);
  g_autoptr (GFile) flaky = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (PhScratch) whole = NULL;
  g_autofree char *text = NULL;
  guint n_reads;

  add_session (fixture, 1500, is_sorted);
  g_ptr_array_add (fixture->events, NULL);
  text = g_strjoinv ("\n", (char **) fixture->events->pdata);
  g_ptr_array_set_size (fixture->events, 0);
  bytes = g_bytes_new_static (text, strlen (text));
  flaky = ph_flaky_file_new (bytes);
  whole = ph_import (flaky, fixture->folder, &funcs, NULL, NULL, NULL);
  g_assert_nonnull (whole);
  g_clear_pointer (&whole, ph_scratch_unref);
  n_reads = ph_flaky_file_get_n_reads (PH_FLAKY_FILE (flaky));
  /* Sorting begins to read once more. */
  g_assert_cmpuint (n_reads, >, is_sorted ? 30 : 20);

  for (guint n = 0; n < n_reads; n++)
    {
      g_autoptr (GError) error = NULL;

      ph_flaky_file_fail_at (PH_FLAKY_FILE (flaky), n);
      g_assert_null (ph_import (flaky, fixture->folder, &funcs, NULL, NULL, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
      g_assert_cmpuint (count_scratches (fixture), ==, 0);
    }
}

typedef struct
{
  const char *path;
  const char *text;
} Pipe;

static gpointer
write_pipe (gpointer data)
{
  const Pipe *pipe = data;
  FILE *file = fopen (pipe->path, "w");

  fputs (pipe->text, file);
  fclose (file);

  return NULL;
}

/* What can be read only once is read only once. */
static void
test_pipe (Fixture *fixture,
           gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "pipe", NULL);
  g_autofree char *text = NULL;
  Pipe pipe = { path, NULL };
  GThread *thread;
  g_autoptr (PhStore) store = NULL;

  add_page (fixture, 900000);
  add_change (fixture, 1000);
  g_ptr_array_add (fixture->events, NULL);
  text = g_strjoinv ("\n", (char **) fixture->events->pdata);
  pipe.text = text;
  g_ptr_array_set_size (fixture->events, 0);
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  g_object_unref (fixture->file);
  fixture->file = g_file_new_for_path (path);
  thread = g_thread_new ("pipe", write_pipe, &pipe);
  store = import_and_open (fixture);
  g_thread_join (thread);
  g_assert_cmpuint (ph_store_n_events (store), ==, 3);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, data, func) g_test_add (name, Fixture, data, set_up, func, tear_down)
  ADD ("/import/news", NULL, test_news);
  ADD ("/import/nearly-in-order", NULL, test_nearly_in_order);
  ADD ("/import/out-of-order", NULL, test_out_of_order);
  ADD ("/import/outliers", NULL, test_outliers);
  ADD ("/import/any-order", NULL, test_any_order);
  ADD ("/import/no-page", NULL, test_no_page);
  ADD ("/import/stop", NULL, test_stop);
  ADD ("/import/stop-sorting", GINT_TO_POINTER (TRUE), test_stop);
  ADD ("/import/any-step-fails", NULL, test_any_step_fails);
  ADD ("/import/any-step-fails-sorting", GINT_TO_POINTER (TRUE), test_any_step_fails);
  ADD ("/import/any-read-fails", NULL, test_any_read_fails);
  ADD ("/import/any-read-fails-sorting", GINT_TO_POINTER (TRUE), test_any_read_fails);
  ADD ("/import/pipe", NULL, test_pipe);
#undef ADD

  return g_test_run ();
}
