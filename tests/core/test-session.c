/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-session.h"

#include "ph-error.h"
#include "ph-test.h"
#include "session-maker.h"

#include <string.h>

#define START (G_GINT64_CONSTANT (1767225600) * PH_SECOND)

static void
test_facts (void)
{
  g_autoptr (PhSession) session = ph_make_session_from_fixture ("rrweb/two-pages.json");
  g_autofree char *name = g_file_get_basename (ph_session_get_file (session));
  PhSpan span = ph_session_get_span (session);

  g_assert_cmpstr (name, ==, "two-pages.json");
  g_assert_cmpstr (ph_session_get_title (session), ==, "The list");
  g_assert_cmpstr (ph_session_get_format (session), ==, "rrweb-array");
  g_assert_null (ph_session_get_packing (session));
  g_assert_cmpint (ph_session_get_archive_bytes (session), >, 1000);
  g_assert_cmpint (ph_session_get_start_time (session), ==, START);
  g_assert_cmpint (span.begin, ==, 0);
  g_assert_cmpint (span.end, ==, 35 * PH_SECOND);
  g_assert_cmpuint (ph_session_get_n_events (session), ==, 26);
  g_assert_cmpuint (ph_session_get_n_windows (session), ==, 1);
  g_assert_cmpuint (ph_health_total (ph_session_get_health (session)), ==, 0);
}

static void
test_pages (void)
{
  static const struct
  {
    const char *url;
    const char *title;
    PhSpan span;
    int width, height;
  } expected[] = {
    { "https://shop.example/list", "The list", { 0, 32500000 }, 1024, 768 },
    { "https://shop.example/list#about", "The list", { 32500000, 33000000 }, 1024, 768 },
    { "https://shop.example/thanks", "Thanks", { 33000000, 35000000 }, 800, 600 },
  };
  g_autoptr (PhSession) session = ph_make_session_from_fixture ("rrweb/two-pages.json");
  guint n;
  const PhPage *pages = ph_session_get_pages (session, &n);

  g_assert_cmpuint (n, ==, G_N_ELEMENTS (expected));

  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpstr (pages[i].url, ==, expected[i].url);
      g_assert_cmpstr (pages[i].title, ==, expected[i].title);
      g_assert_cmpint (pages[i].span.begin, ==, expected[i].span.begin);
      g_assert_cmpint (pages[i].span.end, ==, expected[i].span.end);
      g_assert_cmpint (pages[i].width, ==, expected[i].width);
      g_assert_cmpint (pages[i].height, ==, expected[i].height);
    }
}

static void
test_moments (void)
{
  static const struct
  {
    int ms;
    PhMomentKind kind;
    PhSeverity severity;
    const char *text;
  } expected[] = {
    { 0, PH_MOMENT_PAGE, PH_SEVERITY_INFO, "https://shop.example/list" },
    { 1200, PH_MOMENT_INPUT, PH_SEVERITY_INFO, "input “Your name”" },
    { 1350, PH_MOMENT_CONSOLE, PH_SEVERITY_INFO, "log: typing" },
    { 2100, PH_MOMENT_CLICK, PH_SEVERITY_INFO, "button “Buy now”" },
    { 2150, PH_MOMENT_REQUEST, PH_SEVERITY_ERROR, "POST 500 https://shop.example/api/buy" },
    { 2200, PH_MOMENT_ERROR, PH_SEVERITY_ERROR,
      "TypeError: basket is undefined · at buy (shop.js:3:9)" },
    { 32500, PH_MOMENT_PAGE, PH_SEVERITY_INFO, "https://shop.example/list#about" },
    { 32600, PH_MOMENT_RESIZE, PH_SEVERITY_INFO, "800 × 600" },
    { 33000, PH_MOMENT_PAGE, PH_SEVERITY_INFO, "https://shop.example/thanks" },
    { 34000, PH_MOMENT_CLICK, PH_SEVERITY_INFO, "p “Thank you”" },
    { 34500, PH_MOMENT_CUSTOM, PH_SEVERITY_INFO, "survey-shown" },
  };
  g_autoptr (PhSession) session = ph_make_session_from_fixture ("rrweb/two-pages.json");
  guint n;
  const PhMoment *moments = ph_session_get_moments (session, &n);

  for (guint i = 0; i < MIN (n, G_N_ELEMENTS (expected)); i++)
    {
      g_test_message ("moment %u", i);
      g_assert_cmpstr (moments[i].text, ==, expected[i].text);
      g_assert_cmpint (moments[i].time, ==, expected[i].ms * PH_MSEC);
      g_assert_cmpint (moments[i].kind, ==, expected[i].kind);
      g_assert_cmpint (moments[i].severity, ==, expected[i].severity);
    }

  g_assert_cmpuint (n, ==, G_N_ELEMENTS (expected));
}

static void
test_idle_and_pointer (void)
{
  g_autoptr (PhSession) session = ph_make_session_from_fixture ("rrweb/two-pages.json");
  PhPointer pointer;
  guint n;
  const PhSpan *idle = ph_session_get_idle (session, &n);

  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (idle[0].begin, ==, 3300 * PH_MSEC);
  g_assert_cmpint (idle[0].end, ==, 31 * PH_SECOND);

  ph_pointer_track_at (ph_session_get_pointer (session, 0), 2100 * PH_MSEC, &pointer);
  g_assert_true (pointer.visible);
  g_assert_cmpfloat_with_epsilon (pointer.x, 101, 0.01);
  g_assert_cmpuint (pointer.n_clicks, ==, 1);
}

static void
test_index (void)
{
  g_autoptr (PhSession) session = ph_make_session_from_fixture ("rrweb/two-pages.json");
  guint n = ph_session_get_n_events (session);
  guint meta;
  guint resize;

  /* Two events share 2.1 s. */
  g_assert_cmpuint (ph_session_events_until (session, -1), ==, 0);
  g_assert_cmpuint (ph_session_events_until (session, 0), ==, 1);
  g_assert_cmpuint (ph_session_events_until (session, 2099 * PH_MSEC), ==, 9);
  g_assert_cmpuint (ph_session_events_until (session, 2100 * PH_MSEC), ==, 11);
  g_assert_cmpuint (ph_session_events_until (session, G_MAXINT64), ==, n);

  for (guint i = 0; i + 1 < n; i++)
    g_assert_cmpint (ph_event_compare (ph_session_get_event (session, i),
                                       ph_session_get_event (session, i + 1)),
                     <, 0);

  g_assert_cmpuint (ph_session_last_snapshot (session, 0, 1), ==, G_MAXUINT);
  g_assert_cmpuint (ph_session_last_snapshot (session, 0, 2), ==, 1);
  g_assert_cmpuint (ph_session_last_snapshot (session, 0, 21), ==, 1);
  g_assert_cmpuint (ph_session_last_snapshot (session, 0, n), ==, 21);

  ph_session_get_lead (session, 0, 1, &meta, &resize);
  g_assert_cmpuint (meta, ==, 0);
  g_assert_cmpuint (resize, ==, G_MAXUINT);
  ph_session_get_lead (session, 0, 21, &meta, &resize);
  g_assert_cmpuint (meta, ==, 20);
  g_assert_cmpint (ph_session_get_window (session, 0)->first_picture, ==, 10 * PH_MSEC);
  g_assert_cmpuint (ph_session_active_window (session, PH_SECOND), ==, 0);
}

/* One event a line, times in milliseconds. */
static PhSession *
open_events (GPtrArray *events,
             GError **error)
{
  g_autofree char *text = NULL;

  g_ptr_array_add (events, NULL);
  text = g_strjoinv ("\n", (char **) events->pdata);

  return ph_make_session_from_text (text, error);
}

static void
add_event (GPtrArray *events,
           int type,
           gint64 ms,
           const char *data)
{
  g_ptr_array_add (events, ph_make_event (type, ms, data));
}

static void
add_basics (GPtrArray *events,
            gint64 ms)
{
  g_autofree char *snapshot = ph_make_snapshot ("hello");

  add_event (events, 4, ms, "{\"href\":\"https://a.example/\",\"width\":640,\"height\":480}");
  add_event (events, 2, ms + 1, snapshot);
}

/* Checkouts in the background do not bring a window to the front; what the user does, does. */
static void
test_windows (void)
{
  static const struct
  {
    const char *name;
    int first_picture; /* milliseconds, −1: none */
    guint n_events;
  } windows[] = { { "first", 5, 7 }, { "second", 2010, 5 }, { "third", -1, 1 } };
  static const struct
  {
    int ms;
    guint window;
  } active[] = {
    { 0, 0 },
    { 5, 0 },
    { 2009, 0 },
    { 2010, 1 },
    { 4500, 1 },
    { 4999, 1 },
    { 5000, 0 },
    { 6500, 0 },
    { 7000, 1 },
  };
  g_autoptr (PhSession) session = ph_make_session_from_fixture ("rrweb/three-windows.ndjson");
  guint n;
  const PhPage *pages = ph_session_get_pages (session, &n);

  g_assert_cmpuint (ph_session_get_n_windows (session), ==, G_N_ELEMENTS (windows));

  for (guint i = 0; i < G_N_ELEMENTS (windows); i++)
    {
      const PhWindowInfo *window = ph_session_get_window (session, i);
      PhTime picture = windows[i].first_picture * PH_MSEC;

      g_assert_cmpstr (window->name, ==, windows[i].name);
      g_assert_cmpuint (window->n_events, ==, windows[i].n_events);
      g_assert_cmpint (window->first_picture, ==, picture >= 0 ? picture : PH_TIME_NONE);
    }

  for (guint i = 0; i < G_N_ELEMENTS (active); i++)
    {
      g_test_message ("at %d ms", active[i].ms);
      g_assert_cmpuint (ph_session_active_window (session, active[i].ms * PH_MSEC), ==,
                        active[i].window);
    }

  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpuint (pages[0].window, ==, 0);
  g_assert_cmpstr (pages[0].title, ==, "A");
  g_assert_cmpint (pages[0].span.end, ==, 7 * PH_SECOND);
  g_assert_cmpuint (pages[1].window, ==, 1);
  g_assert_cmpuint (ph_session_last_snapshot (session, 0, 13), ==, 8);
  g_assert_cmpuint (ph_session_last_snapshot (session, 1, 13), ==, 4);
  g_assert_cmpuint (ph_session_last_snapshot (session, 2, 13), ==, G_MAXUINT);
  g_assert_cmpuint (ph_health_count (ph_session_get_health (session), PH_HEALTH_NO_FULL_SNAPSHOT),
                    ==, 1);
}

static void
test_out_of_order (void)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (PhSession) session = NULL;

  add_basics (events, 1000);
  add_event (events, 3, 5000, "{\"source\":3,\"id\":1,\"x\":0,\"y\":50}");
  add_event (events, 3, 3000, "{\"source\":3,\"id\":1,\"x\":0,\"y\":30}");
  add_event (events, 3, 5000, "{\"source\":3,\"id\":1,\"x\":0,\"y\":60}");
  add_event (events, 5, 500, "{\"tag\":\"early\",\"payload\":{}}");
  session = open_events (events, &error);
  g_assert_no_error (error);

  g_assert_cmpuint (ph_health_count (ph_session_get_health (session), PH_HEALTH_OUT_OF_ORDER), ==,
                    2);
  g_assert_cmpint (ph_session_get_event (session, 0)->type, ==, 5);
  g_assert_cmpint (ph_session_get_event (session, 3)->time, ==, 2500 * PH_MSEC);
  /* The same time: as in the file. */
  g_assert_nonnull (g_strstr_len (ph_session_get_event (session, 5)->text, 200, "\"y\":60"));
  g_assert_cmpint (ph_session_get_span (session).end, ==, 4500 * PH_MSEC);
}

static void
test_outliers (void)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (PhSession) session = NULL;
  gint64 day = G_GINT64_CONSTANT (86400000);

  add_event (events, 3, 0, "{\"source\":3,\"id\":1,\"x\":0,\"y\":9}");
  add_basics (events, day);
  add_event (events, 3, day + 2000, "{\"source\":3,\"id\":1,\"x\":0,\"y\":50}");
  add_event (events, 5, 4 * day, "{\"tag\":\"closed\",\"payload\":{}}");
  session = open_events (events, &error);
  g_assert_no_error (error);

  g_assert_cmpint (ph_session_get_start_time (session), ==, day * 1000);
  g_assert_cmpint (ph_session_get_span (session).end, ==, 2 * PH_SECOND);
  g_assert_cmpint (ph_session_get_event (session, 0)->time, ==, 0);
  g_assert_cmpint (ph_session_get_event (session, 4)->time, ==, 2 * PH_SECOND);
  g_assert_cmpuint (ph_health_count (ph_session_get_health (session), PH_HEALTH_TIME_OUTLIER), ==,
                    2);
  g_assert_cmpuint (ph_health_count (ph_session_get_health (session), PH_HEALTH_EARLY_EVENT), ==,
                    1);
}

static void
test_no_snapshot (void)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  PhSession *session;

  add_event (events, 4, 1, "{\"href\":\"https://a.example/\",\"width\":640,\"height\":480}");
  add_event (events, 3, 2, "{\"source\":3,\"id\":1,\"x\":0,\"y\":50}");
  session = open_events (events, &error);

  g_assert_null (session);
  g_assert_error (error, PH_ERROR, PH_ERROR_CORRUPT);
  g_assert_cmpstr (error->message, ==,
                   "session.json: The recording has no full snapshot, so there is no page to show");
}

/* A full snapshot without a page in it is none. */
static void
test_empty_snapshot (void)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (PhSession) session = NULL;

  add_basics (events, 1000);
  add_event (events, 2, 2000, "{}");
  add_event (events, 2, 3000, "{\"node\":7}");
  add_event (events, 5, 4000, "{\"tag\":\"x\"}");
  session = open_events (events, &error);
  g_assert_no_error (error);

  g_assert_cmpuint (ph_session_last_snapshot (session, 0, 5), ==, 1);
}

/* Without a meta event there is a page all the same; without a title the host names it. */
static void
test_names (void)
{
  static const struct
  {
    const char *meta; /* `data`, or NULL */
    const char *url;
    const char *title;
  } cases[] = {
    { NULL, "", "session.json" },
    { "{\"href\":\"https://a.example:8080/x?y\"}", "https://a.example:8080/x?y", "a.example" },
    { "{\"href\":\"not an address\"}", "not an address", "session.json" },
    { "{\"href\":\"about:blank\"}", "about:blank", "session.json" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (g_free);
      g_autofree char *snapshot = ph_make_snapshot ("hello");
      g_autoptr (GError) error = NULL;
      g_autoptr (PhSession) session = NULL;
      const PhPage *pages;
      guint n;

      if (cases[i].meta != NULL)
        add_event (events, 4, 0, cases[i].meta);

      add_event (events, 2, 0, snapshot);
      add_event (events, 3, 50, "{\"source\":4,\"width\":300,\"height\":200}");
      session = open_events (events, &error);
      g_assert_no_error (error);

      pages = ph_session_get_pages (session, &n);
      g_assert_cmpuint (n, ==, 1);
      g_assert_cmpstr (pages[0].url, ==, cases[i].url);
      g_assert_cmpint (pages[0].width, ==, 300);
      g_assert_cmpstr (ph_session_get_title (session), ==, cases[i].title);
    }
}

static void
test_cannot_open (void)
{
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autoptr (GFile) directory = g_file_new_for_path (folder);
  g_autoptr (GFile) missing = g_file_get_child (directory, "missing.json");
  g_autofree char *name = g_path_get_basename (folder);
  g_autofree char *message = g_strdup_printf ("%s: There are no files in it", name);
  g_autoptr (GError) error = NULL;

  g_assert_null (ph_session_open (missing, NULL, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_cmpstr (error->message, ==, "missing.json: There is no such file");
  g_clear_error (&error);

  g_assert_null (ph_session_open (directory, NULL, NULL, NULL, &error));
  g_assert_error (error, PH_ERROR, PH_ERROR_UNKNOWN_FORMAT);
  g_assert_cmpstr (error->message, ==, message);
  g_clear_error (&error);

  g_assert_null (ph_make_session_from_text ("", &error));
  g_assert_error (error, PH_ERROR, PH_ERROR_UNKNOWN_FORMAT);
  g_assert_true (g_str_has_prefix (error->message, "session.json: "));

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

static void
test_progress (void)
{
  g_autofree char *path = ph_test_fixture ("rrweb/two-pages.json");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (PhSession) session = NULL;
  double last = 0;

  session = ph_session_open (file, progress_cb, &last, NULL, NULL);
  g_assert_nonnull (session);
  g_assert_cmpfloat_with_epsilon (last, 1, 1e-9);
}

typedef struct
{
  PhSession *session;
  GError *error;
  gboolean done;
} Answer;

static void
opened_cb (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  Answer *answer = user_data;

  answer->session = ph_session_open_finish (result, &answer->error);
  answer->done = TRUE;
}

static void
test_async (void)
{
  g_autofree char *path = ph_test_fixture ("rrweb/two-pages.json");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) missing = g_file_new_for_path ("/nowhere/at/all.json");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Answer answer = { 0 };

  ph_session_open_async (file, PH_OPEN_DEFAULT, NULL, NULL, NULL, opened_cb, &answer);
  ph_test_wait (&answer.done, 10);
  g_assert_no_error (answer.error);
  ph_wait_for_import (answer.session);
  g_assert_cmpuint (ph_session_get_n_events (answer.session), ==, 26);
  g_assert_finalize_object (answer.session);

  answer = (Answer) { 0 };
  ph_session_open_async (missing, PH_OPEN_DEFAULT, NULL, NULL, NULL, opened_cb, &answer);
  ph_test_wait (&answer.done, 10);
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&answer.error);

  answer = (Answer) { 0 };
  ph_session_open_async (file, PH_OPEN_DEFAULT, NULL, NULL, cancellable, opened_cb, &answer);
  g_cancellable_cancel (cancellable);
  ph_test_wait (&answer.done, 10);
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (answer.session);
  g_clear_error (&answer.error);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/session/facts", test_facts);
  g_test_add_func ("/session/pages", test_pages);
  g_test_add_func ("/session/moments", test_moments);
  g_test_add_func ("/session/idle-and-pointer", test_idle_and_pointer);
  g_test_add_func ("/session/index", test_index);
  g_test_add_func ("/session/windows", test_windows);
  g_test_add_func ("/session/out-of-order", test_out_of_order);
  g_test_add_func ("/session/outliers", test_outliers);
  g_test_add_func ("/session/no-snapshot", test_no_snapshot);
  g_test_add_func ("/session/empty-snapshot", test_empty_snapshot);
  g_test_add_func ("/session/names", test_names);
  g_test_add_func ("/session/cannot-open", test_cannot_open);
  g_test_add_func ("/session/progress", test_progress);
  g_test_add_func ("/session/async", test_async);

  return g_test_run ();
}
