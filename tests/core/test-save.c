/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-save.h"

#include "ph-cursor.h"
#include "ph-db.h"
#include "ph-dom-pack.h"
#include "ph-error.h"
#include "ph-test.h"
#include "ph-verify.h"
#include "session-maker.h"

#include <glib/gstdio.h>
#include <string.h>

static PhSession *
open_path (const char *path,
           GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return ph_session_open (file, NULL, NULL, NULL, error);
}

/* --- the same session ------------------------------------------------------ */

static void
assert_same_events (PhSession *a,
                    PhSession *b)
{
  guint n = ph_session_get_n_events (a);

  g_assert_cmpuint (n, ==, ph_session_get_n_events (b));

  for (guint i = 0; i < n; i++)
    {
      const PhEvent *x = ph_session_get_event (a, i);
      const PhEvent *y = ph_session_get_event (b, i);

      g_assert_cmpint (x->timestamp, ==, y->timestamp);
      g_assert_cmpint (x->time, ==, y->time);
      g_assert_cmpuint (x->order, ==, y->order);
      g_assert_cmpuint (x->window, ==, y->window);
      g_assert_cmpint (x->type, ==, y->type);
      g_assert_cmpint (x->source, ==, y->source);
      g_assert_cmpmem (x->text, x->size, y->text, y->size);
    }
}

static void
assert_same_windows (PhSession *a,
                     PhSession *b)
{
  guint n = ph_session_get_n_windows (a);

  g_assert_cmpuint (n, ==, ph_session_get_n_windows (b));

  for (guint i = 0; i < n; i++)
    {
      const PhWindowInfo *x = ph_session_get_window (a, i);
      const PhWindowInfo *y = ph_session_get_window (b, i);

      g_assert_cmpstr (x->name, ==, y->name);
      g_assert_cmpint (x->first_picture, ==, y->first_picture);
      g_assert_cmpuint (x->n_events, ==, y->n_events);
    }
}

static void
assert_same_pages (PhSession *a,
                   PhSession *b)
{
  guint n_a;
  guint n_b;
  const PhPage *x = ph_session_get_pages (a, &n_a);
  const PhPage *y = ph_session_get_pages (b, &n_b);

  g_assert_cmpuint (n_a, ==, n_b);

  for (guint i = 0; i < n_a; i++)
    {
      g_assert_cmpstr (x[i].url, ==, y[i].url);
      g_assert_cmpstr (x[i].title, ==, y[i].title);
      g_assert_cmpuint (x[i].window, ==, y[i].window);
      g_assert_cmpint (x[i].span.begin, ==, y[i].span.begin);
      g_assert_cmpint (x[i].span.end, ==, y[i].span.end);
      g_assert_cmpint (x[i].width, ==, y[i].width);
      g_assert_cmpint (x[i].height, ==, y[i].height);
    }
}

static void
assert_same_moments (PhSession *a,
                     PhSession *b)
{
  guint n_a;
  guint n_b;
  const PhMoment *x = ph_session_get_moments (a, &n_a);
  const PhMoment *y = ph_session_get_moments (b, &n_b);

  g_assert_cmpuint (n_a, ==, n_b);

  for (guint i = 0; i < n_a; i++)
    {
      g_assert_cmpint (x[i].time, ==, y[i].time);
      g_assert_cmpuint (x[i].window, ==, y[i].window);
      g_assert_cmpint (x[i].kind, ==, y[i].kind);
      g_assert_cmpint (x[i].severity, ==, y[i].severity);
      g_assert_cmpint (x[i].node, ==, y[i].node);
      g_assert_cmpstr (x[i].text, ==, y[i].text);
    }
}

static void
assert_same_rest (PhSession *a,
                  PhSession *b)
{
  guint n_a;
  guint n_b;
  const PhSpan *x = ph_session_get_idle (a, &n_a);
  const PhSpan *y = ph_session_get_idle (b, &n_b);

  g_assert_cmpint (ph_session_get_start_time (a), ==, ph_session_get_start_time (b));
  g_assert_cmpint (ph_session_get_span (a).begin, ==, ph_session_get_span (b).begin);
  g_assert_cmpint (ph_session_get_span (a).end, ==, ph_session_get_span (b).end);
  g_assert_cmpstr (ph_session_get_title (a), ==, ph_session_get_title (b));
  g_assert_cmpstr (ph_session_get_recorder (a), ==, ph_session_get_recorder (b));
  g_assert_cmpmem (x, n_a * sizeof *x, y, n_b * sizeof *y);

  for (guint kind = 0; kind < PH_HEALTH_N_KINDS; kind++)
    {
      const PhFinding *f = ph_health_examples (ph_session_get_health (a), kind, &n_a);
      const PhFinding *g = ph_health_examples (ph_session_get_health (b), kind, &n_b);

      g_assert_cmpuint (ph_health_count (ph_session_get_health (a), kind), ==,
                        ph_health_count (ph_session_get_health (b), kind));
      g_assert_cmpuint (n_a, ==, n_b);

      for (guint i = 0; i < n_a; i++)
        {
          g_assert_cmpint (f[i].time, ==, g[i].time);
          g_assert_cmpstr (f[i].text, ==, g[i].text);
        }
    }
}

static void
assert_same_page_at (PhSession *const *sessions,
                     PhCursor *a,
                     PhCursor *b,
                     PhTime time,
                     guint32 window)
{
  g_autoptr (GBytes) x = NULL;
  g_autoptr (GBytes) y = NULL;
  PhPointer p;
  PhPointer q;

  ph_cursor_set_window (a, window);
  ph_cursor_set_window (b, window);
  ph_cursor_seek (a, time);
  ph_cursor_seek (b, time);
  window = ph_cursor_get_window (a);
  g_assert_cmpuint (window, ==, ph_cursor_get_window (b));
  x = ph_dom_pack (ph_cursor_get_dom (a));
  y = ph_dom_pack (ph_cursor_get_dom (b));
  g_assert_true (g_bytes_equal (x, y));

  memset (&p, 0, sizeof p);
  memset (&q, 0, sizeof q);
  ph_pointer_track_at (ph_session_get_pointer (sessions[0], window), time, &p);
  ph_pointer_track_at (ph_session_get_pointer (sessions[1], window), time, &q);
  g_assert_cmpmem (&p, sizeof p, &q, sizeof q);
}

static void
assert_same_pictures (PhSession *a,
                      PhSession *b)
{
  PhSession *const sessions[] = { a, b };
  g_autoptr (PhCursor) x = ph_cursor_new (a);
  g_autoptr (PhCursor) y = ph_cursor_new (b);
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);
  PhSpan span = ph_session_get_span (a);
  gint32 n = (gint32) ph_session_get_n_windows (a);

  for (guint i = 0; i < 60; i++)
    {
      PhTime time = (PhTime) (g_rand_double (rand) * (double) ph_span_length (span));
      guint32 window = i % 2 == 0 ? G_MAXUINT32 : (guint32) g_rand_int_range (rand, 0, n);

      assert_same_page_at (sessions, x, y, time, window);
    }
}

static void
assert_same (PhSession *a,
             PhSession *b)
{
  assert_same_events (a, b);
  assert_same_windows (a, b);
  assert_same_pages (a, b);
  assert_same_moments (a, b);
  assert_same_rest (a, b);
  assert_same_pictures (a, b);
}

static void
unexpected_cb (PhTime time,
               const char *text,
               gpointer user_data)
{
  g_error ("%s", text);
}

/* A session and its recording are the same, and the recording's recording too. */
static void
check_session (PhSession *session)
{
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "a.playhead", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  for (guint round = 0; round < 2; round++)
    {
      g_autoptr (PhSession) source =
        round == 0 ? g_object_ref (session) : open_path (path, &error);
      g_autoptr (PhSession) again = NULL;

      g_assert_no_error (error);
      ph_session_save (source, file, NULL, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      again = open_path (path, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (ph_session_get_format (again), ==, "playhead");
      assert_same (session, again);
      g_assert_true (ph_session_verify (again, unexpected_cb, NULL));
    }

  ph_test_remove_tree (folder);
}

static void
test_fixtures (void)
{
  static const char *const names[] = { "rrweb/two-pages.json", "rrweb/three-windows.ndjson" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (PhSession) session = ph_make_session_from_fixture (names[i]);

      check_session (session);
    }
}

static void
test_demo (void)
{
  g_autofree char *path = ph_test_demo ("acme-shop.json.gz");
  g_autoptr (GError) error = NULL;
  g_autoptr (PhSession) session = open_path (path, &error);

  g_assert_no_error (error);
  check_session (session);
}

static void
corpus_cb (const char *path,
           gpointer user_data)
{
  g_autoptr (PhSession) session = open_path (path, NULL);

  if (session == NULL)
    return;

  g_test_message ("%s", path);
  check_session (session);
  (*(guint *) user_data)++;
}

static void
test_corpus (void)
{
  guint n = 0;

  ph_test_each_shared ("corpus", "", corpus_cb, &n);

  if (n == 0)
    g_test_skip ("the shared corpus is not there");
}

/* --- long enough for stored pages ------------------------------------------ */

/* A page whose text changes by large events; @n of them. */
static PhSession *
make_long_session (guint n)
{
  g_autoptr (GString) text = g_string_new ("[");
  g_autofree char *page = ph_make_snapshot ("start");
  g_autofree char *snapshot = ph_make_event (2, 1000, page);
  g_autofree char *filler = g_strnfill (20000, 'x');
  g_autoptr (GError) error = NULL;
  PhSession *session;

  g_string_append (text, snapshot);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *data = g_strdup_printf (
        "{\"source\":0,\"texts\":[{\"id\":6,\"value\":\"%u %s\"}],\"attributes\":[],"
        "\"removes\":[],\"adds\":[]}",
        i, filler);
      g_autofree char *event = ph_make_event (3, 1010 + 10 * i, data);

      g_string_append_c (text, ',');
      g_string_append (text, event);
    }

  g_string_append_c (text, ']');
  session = ph_make_session_from_text (text->str, &error);
  g_assert_no_error (error);

  return session;
}

static void
test_stored_pages (void)
{
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "a.playhead", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (PhSession) session = make_long_session (1200);
  g_autoptr (PhSession) again = NULL;
  g_autoptr (GError) error = NULL;
  guint next = 0;

  g_assert_true (ph_session_save (session, file, NULL, NULL, NULL, NULL, &error));
  again = open_path (path, &error);
  g_assert_no_error (error);
  assert_same (session, again);

  /* 24 MB of text, one page for each megabyte of it. */
  g_assert_cmpuint (ph_session_n_keyframes (again), >=, 20);
  g_assert_cmpuint (ph_session_n_keyframes (again), <=, 24);
  next = ph_session_find_keyframe (again, 0, 0, 1000);
  g_assert_cmpuint (next, >, 940);
  g_assert_cmpuint (next, <=, 1000);
  g_assert_cmpuint (ph_session_find_keyframe (again, 0, 1, 1000), ==, G_MAXUINT);
  g_assert_cmpuint (ph_session_find_keyframe (again, 0, 0, next - 1), <, next);

  ph_test_remove_tree (folder);
}

/* Pages that are damaged are done without: all is shown as before. */
static void
test_damaged_pages (void)
{
  static const char *const changes[] = {
    "UPDATE keyframe SET data = x'00'",
    "UPDATE keyframe SET data = x'00' WHERE number % 3 = 1",
    "DELETE FROM keyframe",
    "DELETE FROM keyframe WHERE number % 2 = 0",
    "UPDATE keyframe SET time = 0",
  };
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "a.playhead", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (PhSession) session = make_long_session (400);

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (PhSession) again = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_true (ph_session_save (session, file, NULL, NULL, NULL, NULL, &error));

      {
        g_autoptr (PhDb) db = ph_db_open (path, PH_DB_WRITE, &error);

        g_assert_true (ph_db_run (db, changes[i], &error));
      }

      again = open_path (path, &error);
      g_assert_no_error (error);
      assert_same_pictures (session, again);
      g_assert_cmpuint (ph_health_count (ph_session_get_health (again), PH_HEALTH_DAMAGED), >, 0);
    }

  ph_test_remove_tree (folder);
}

/* --- what goes wrong ------------------------------------------------------- */

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

/* Any step that fails leaves what was there, and nothing else. */
static void
test_any_step_fails (void)
{
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "a.playhead", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *other = g_build_filename (folder, "b", NULL);
  g_autoptr (GFile) second = g_file_new_for_path (other);
  g_autoptr (PhSession) archive = ph_make_session_from_fixture ("rrweb/two-pages.json");
  g_autoptr (PhSession) session = NULL;
  guint n_steps;

  g_assert_true (ph_session_save (archive, second, NULL, NULL, NULL, NULL, NULL));
  session = open_path (other, NULL);
  g_assert_nonnull (session);
  /* Once before, so that what is kept of the events is kept each time. */
  g_assert_true (ph_session_save (session, file, NULL, NULL, NULL, NULL, NULL));
  ph_db_fail_step (0);
  g_assert_true (ph_session_save (session, file, NULL, NULL, NULL, NULL, NULL));
  n_steps = ph_db_count_steps ();
  g_unlink (other);
  g_assert_true (g_file_set_contents (path, "before", -1, NULL));
  g_assert_cmpuint (n_steps, >, 30);

  for (guint n = 1; n <= n_steps; n++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *data = NULL;

      ph_db_fail_step (n);
      g_assert_false (ph_session_save (session, file, NULL, NULL, NULL, NULL, &error));
      g_assert_true (error->domain == PH_ERROR);
      g_assert_true (g_file_get_contents (path, &data, NULL, NULL));
      g_assert_cmpstr (data, ==, "before");
      g_assert_cmpuint (count_files (folder), ==, 1);
    }

  ph_db_fail_step (0);
  ph_test_remove_tree (folder);
}

static void
test_errors (void)
{
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *nowhere = g_build_filename (folder, "none", "a.playhead", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (nowhere);
  g_autoptr (GFile) far = g_file_new_for_uri ("https://a.example/a.playhead");
  g_autoptr (PhSession) session = ph_make_session_from_fixture ("rrweb/two-pages.json");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (ph_session_save (session, file, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (ph_session_save (session, far, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  g_clear_error (&error);

  {
    g_autofree char *path = g_build_filename (folder, "a.playhead", NULL);
    g_autoptr (GFile) target = g_file_new_for_path (path);

    g_cancellable_cancel (cancellable);
    g_assert_false (ph_session_save (session, target, NULL, NULL, NULL, cancellable, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_assert_cmpuint (count_files (folder), ==, 0);
  }

  ph_test_remove_tree (folder);
}

static void
progress_cb (double fraction,
             gpointer user_data)
{
  double *last = user_data;

  g_assert_cmpfloat (fraction, >=, *last);
  g_assert_cmpfloat (fraction, <=, 1);
  *last = fraction;
}

/* What the recording says of its archive. */
static void
test_origin (void)
{
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "a.playhead", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *archive = ph_test_fixture ("rrweb/two-pages.json");
  g_autofree char *text = NULL;
  g_autofree char *sum = NULL;
  g_autoptr (PhSession) session = open_path (archive, NULL);
  g_autoptr (PhStatement) find = NULL;
  g_autoptr (PhDb) db = NULL;
  double last = 0;
  gboolean row;
  gsize size;

  g_assert_true (g_file_get_contents (archive, &text, &size, NULL));
  sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, (gssize) size);
  g_assert_true (ph_session_save (session, file, NULL, progress_cb, &last, NULL, NULL));
  g_assert_cmpfloat (last, >=, 1);

  db = ph_db_open (path, PH_DB_READ, NULL);
  find = ph_db_prepare (db,
                        "SELECT (SELECT value FROM meta WHERE key = 'archive_sha256'), "
                        "(SELECT value FROM meta WHERE key = 'origin'), "
                        "(SELECT value FROM meta WHERE key = 'archive_bytes'), "
                        "(SELECT sum (events) FROM activity), "
                        "(SELECT count (*) FROM moment_text WHERE moment_text MATCH 'list')",
                        NULL);
  g_assert_true (ph_statement_step (find, &row, NULL) && row);
  g_assert_cmpstr (ph_statement_text (find, 0), ==, sum);
  g_assert_cmpstr (ph_statement_text (find, 1), ==, "two-pages.json");
  g_assert_cmpint (ph_statement_int (find, 2), ==, size);
  g_assert_cmpint (ph_statement_int (find, 3), >, 0);
  g_assert_cmpint (ph_statement_int (find, 4), >, 0);

  ph_test_remove_tree (folder);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/save/fixtures", test_fixtures);
  g_test_add_func ("/save/demo", test_demo);
  g_test_add_func ("/save/corpus", test_corpus);
  g_test_add_func ("/save/stored-pages", test_stored_pages);
  g_test_add_func ("/save/damaged-pages", test_damaged_pages);
  g_test_add_func ("/save/any-step-fails", test_any_step_fails);
  g_test_add_func ("/save/errors", test_errors);
  g_test_add_func ("/save/origin", test_origin);

  return g_test_run ();
}
