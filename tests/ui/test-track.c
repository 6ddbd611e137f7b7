/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-track.h"
#include "ui-driver.h"

static void
assert_text (const PhMarks *marks,
             PhSession *session,
             guint index,
             const char *part)
{
  g_autofree char *text = ph_marks_dup_text (marks, session, index);

  g_assert_nonnull (strstr (text, part));
}

static void
test_marks (void)
{
  g_autoptr (PhSession) session = ui_driver_session ("marks.ndjson");
  g_autoptr (PhTrack) track = ph_track_new (session);

  /* The page it begins with is no change of page. */
  g_assert_cmpuint (track->pages.n, ==, 1);
  g_assert_cmpint (track->pages.times[0], ==, 50 * PH_SECOND);
  assert_text (&track->pages, session, 0, "a.example/two");

  g_assert_cmpuint (track->errors.n, ==, 3);
  g_assert_cmpint (track->errors.times[0], ==, 3 * PH_SECOND);
  g_assert_cmpint (track->errors.times[2], ==, 55 * PH_SECOND);
  assert_text (&track->errors, session, 0, "<b>first</b> ⟨U+202E⟩ & more");
  assert_text (&track->errors, session, 2, "third");

  /* Clicks, not pages and console lines; by steps of time. */
  g_assert_cmpuint (track->n_activity, ==, 21);
  g_assert_cmpint (track->activity[0].begin, ==, 1 * PH_SECOND);
  g_assert_cmpint (track->activity[20].begin, ==, 60 * PH_SECOND);
}

static void
test_untouched_page (void)
{
  static const char text[] =
    "{\"type\":4,\"data\":{\"href\":\"https://a.example/\",\"width\":8,\"height\":6},"
    "\"timestamp\":1000}\n"
    "{\"type\":2,\"data\":{\"node\":{\"type\":0,\"id\":1,\"childNodes\":[]},"
    "\"initialOffset\":{\"left\":0,\"top\":0}},\"timestamp\":1000}\n"
    "{\"type\":3,\"data\":{\"source\":0,\"adds\":[],\"removes\":[],\"texts\":[],"
    "\"attributes\":[]},\"timestamp\":3000}\n";
  g_autoptr (GFile) file = ui_driver_file ("untouched.ndjson", text);
  g_autoptr (PhSession) session = ph_session_open (file, NULL, NULL, NULL, NULL);
  g_autoptr (PhTrack) track = NULL;

  g_assert_nonnull (session);
  track = ph_track_new (session);
  g_assert_cmpuint (track->n_activity, ==, 2);
  g_assert_cmpuint (track->activity[0].n + track->activity[1].n, ==, 3);
  g_assert_cmpuint (track->errors.n, ==, 0);
}

static void
test_next_and_previous (void)
{
  g_autoptr (PhSession) session = ui_driver_session ("next.ndjson");
  g_autoptr (PhTrack) track = ph_track_new (session);
  static const struct
  {
    guint kinds;
    int from, next, previous; /* milliseconds; -1: none */
  } cases[] = {
    { PH_MARK_ERROR, 0, 3000, -1 },
    { PH_MARK_ERROR, 3000, 3200, -1 },
    { PH_MARK_ERROR, 3001, 3200, 3000 },
    { PH_MARK_ERROR, 55000, -1, 3200 },
    { PH_MARK_ERROR, 60000, -1, 55000 },
    { PH_MARK_PAGE, 0, 50000, -1 },
    { PH_MARK_PAGE, 50000, -1, -1 },
    { PH_MARK_PAGE | PH_MARK_ERROR, 3200, 50000, 3000 },
    { PH_MARK_PAGE | PH_MARK_ERROR, 50000, 55000, 3200 },
    { PH_MARK_PAGE | PH_MARK_ERROR, 52000, 55000, 50000 },
    { 0, 30000, -1, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PhTime from = cases[i].from * PH_MSEC;
      PhTime next = cases[i].next < 0 ? PH_TIME_NONE : cases[i].next * PH_MSEC;
      PhTime previous = cases[i].previous < 0 ? PH_TIME_NONE : cases[i].previous * PH_MSEC;

      g_test_message ("case %u", i);
      g_assert_cmpint (ph_track_next (track, cases[i].kinds, from), ==, next);
      g_assert_cmpint (ph_track_previous (track, cases[i].kinds, from), ==, previous);
    }
}

int
main (int argc,
      char **argv)
{
  ui_driver_init (&argc, &argv, FALSE);

  g_test_add_func ("/track/marks", test_marks);
  g_test_add_func ("/track/untouched-page", test_untouched_page);
  g_test_add_func ("/track/next-and-previous", test_next_and_previous);

  return ui_driver_run ();
}
