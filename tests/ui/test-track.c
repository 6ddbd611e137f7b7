/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-track.h"

#include "ph-test.h"
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

/* A note at 20 s, one from 1 s to 4 s; they stand by time, and are marks among the others. */
static void
test_notes (void)
{
  g_autoptr (PhSession) session = ui_driver_session ("notes.ndjson");
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "library.db", NULL);
  g_autoptr (PhLibrary) library = ph_library_new (path, PH_LIBRARY_WRITE);
  g_autoptr (PhNotes) notes = ph_notes_new (library);
  g_autoptr (PhTrack) track = ph_track_new (session);
  g_autoptr (PhNote) moment = ph_note_new (20 * PH_SECOND);
  g_autoptr (PhNote) span = ph_note_new (1 * PH_SECOND);
  g_autofree char *text = NULL;

  g_assert_cmpuint (track->notes.n, ==, 0);

  ph_note_set_text (moment, "a <b>\nc \xe2\x80\xae");
  span->end = 4 * PH_SECOND;
  span->kind = PH_NOTE_PROBLEM;
  ph_notes_set_session (notes, session);
  ph_notes_add (notes, moment);
  ph_notes_add (notes, span);
  ph_track_set_notes (track, notes);

  g_assert_cmpuint (track->notes.n, ==, 2);
  g_assert_cmpint (track->notes.times[0], ==, 1 * PH_SECOND);
  g_assert_cmpint (track->spans[0].span.end, ==, 4 * PH_SECOND);
  g_assert_cmpint (track->spans[0].kind, ==, PH_NOTE_PROBLEM);
  g_assert_cmpint (track->spans[1].span.end, ==, 20 * PH_SECOND);
  text = ph_marks_dup_note (&track->notes, notes, 1);
  g_assert_cmpstr (text, ==, "a <b>↵c ⟨U+202E⟩");

  g_assert_cmpint (ph_track_next (track, PH_MARK_NOTE, 0), ==, 1 * PH_SECOND);
  g_assert_cmpint (ph_track_next (track, PH_MARK_ALL, 4 * PH_SECOND), ==, 20 * PH_SECOND);
  g_assert_cmpint (ph_track_previous (track, PH_MARK_ALL, 3 * PH_SECOND), ==, 1 * PH_SECOND);

  ph_track_set_notes (track, NULL);
  g_assert_cmpuint (track->notes.n, ==, 0);
  ph_test_remove_tree (folder);
}

int
main (int argc,
      char **argv)
{
  ui_driver_init (&argc, &argv, FALSE);

  g_test_add_func ("/track/marks", test_marks);
  g_test_add_func ("/track/untouched-page", test_untouched_page);
  g_test_add_func ("/track/notes", test_notes);
  g_test_add_func ("/track/next-and-previous", test_next_and_previous);

  return ui_driver_run ();
}
