/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-track.h"

#include "ph-visible.h"

/* Of a note, beside the time line. */
#define NOTE_CHARS 240

static void
collect_activity (PhSession *session,
                  PhTrack *track)
{
  PhTime step;
  const PhActivity *activity = ph_session_get_activity (session, &step, &track->n_activity);

  track->activity = g_new (PhAxisLoad, MAX (track->n_activity, 1));
  for (guint i = 0; i < track->n_activity; i++)
    {
      PhTime begin = activity[i].step * step;

      track->activity[i] = (PhAxisLoad) { begin, begin + step, activity[i].n_events };
    }
}

static void
add_mark (GArray *times,
          GArray *moments,
          PhTime time,
          guint index)
{
  g_array_append_val (times, time);
  g_array_append_val (moments, index);
}

static void
take_marks (PhMarks *marks,
            GArray *times,
            GArray *moments)
{
  marks->n = times->len;
  marks->times = (PhTime *) (gpointer) g_array_free (times, FALSE);
  marks->moments = (guint *) (gpointer) g_array_free (moments, FALSE);
}

static void
collect_marks (PhSession *session,
               PhTrack *track)
{
  GArray *times[2] = { g_array_new (FALSE, FALSE, sizeof (PhTime)),
                       g_array_new (FALSE, FALSE, sizeof (PhTime)) };
  GArray *indices[2] = { g_array_new (FALSE, FALSE, sizeof (guint)),
                         g_array_new (FALSE, FALSE, sizeof (guint)) };
  PhSpan span = ph_session_get_span (session);
  gboolean first_page = TRUE;
  guint n;
  const PhMoment *moments = ph_session_get_moments (session, &n);

  for (guint i = 0; i < n; i++)
    {
      const PhMoment *moment = &moments[i];
      guint list = moment->severity == PH_SEVERITY_ERROR ? 1 : 0;

      if (list == 0 && moment->kind != PH_MOMENT_PAGE)
        continue;

      if (list == 0 && first_page)
        {
          first_page = FALSE;
          continue;
        }

      if (moment->time >= span.begin && moment->time <= span.end)
        add_mark (times[list], indices[list], moment->time, i);
    }

  take_marks (&track->pages, times[0], indices[0]);
  take_marks (&track->errors, times[1], indices[1]);
}

static void
clear_marks (PhMarks *marks)
{
  g_clear_pointer (&marks->moments, g_free);
  g_clear_pointer (&marks->times, g_free);
  marks->n = 0;
}

void
ph_track_set_notes (PhTrack *track,
                    PhNotes *notes)
{
  guint n = notes != NULL ? g_list_model_get_n_items (G_LIST_MODEL (notes)) : 0;

  clear_marks (&track->notes);
  g_free (track->spans);
  track->notes = (PhMarks) { g_new (PhTime, MAX (n, 1)), g_new (guint, MAX (n, 1)), n };
  track->spans = g_new (PhTrackNote, MAX (n, 1));

  for (guint i = 0; i < n; i++)
    {
      const PhNote *note = ph_notes_get_note (notes, i);

      track->notes.times[i] = note->begin;
      track->notes.moments[i] = i;
      track->spans[i].span.begin = note->begin;
      track->spans[i].span.end = MAX (note->end, note->begin);
      track->spans[i].kind = note->kind;
    }
}

PhTrack *
ph_track_new (PhSession *session)
{
  PhTrack *track = g_new0 (PhTrack, 1);

  collect_marks (session, track);
  ph_track_set_notes (track, NULL);
  collect_activity (session, track);

  return track;
}

char *
ph_marks_dup_text (const PhMarks *marks,
                   PhSession *session,
                   guint index)
{
  guint n;
  const PhMoment *moments = ph_session_get_moments (session, &n);

  g_return_val_if_fail (index < marks->n, g_strdup (""));

  /* The session may have become another one that nobody has looked at yet. */
  return ph_visible_text (marks->moments[index] < n ? moments[marks->moments[index]].text : "");
}

char *
ph_marks_dup_note (const PhMarks *marks,
                   PhNotes *notes,
                   guint index)
{
  g_return_val_if_fail (index < marks->n, g_strdup (""));

  if (notes == NULL || marks->moments[index] >= g_list_model_get_n_items (G_LIST_MODEL (notes)))
    return g_strdup ("");

  return ph_visible_capped (ph_notes_get_note (notes, marks->moments[index])->text, NOTE_CHARS);
}

void
ph_track_free (PhTrack *track)
{
  if (track == NULL)
    return;

  clear_marks (&track->pages);
  clear_marks (&track->errors);
  clear_marks (&track->notes);
  g_free (track->spans);
  g_free (track->activity);
  g_free (track);
}

/* How many of @times are before @time, or at it when @included. */
static guint
count_until (const PhTime *times,
             guint n,
             PhTime time,
             gboolean included)
{
  guint low = 0;
  guint high = n;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (times[middle] < time || (included && times[middle] == time))
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

/* The first of a sorted list after @from, or PH_TIME_NONE. */
static PhTime
next_of (const PhTime *times,
         guint n,
         PhTime from)
{
  guint index = count_until (times, n, from, TRUE);

  return index < n ? times[index] : PH_TIME_NONE;
}

/* The last of a sorted list before @from, or PH_TIME_NONE. */
static PhTime
previous_of (const PhTime *times,
             guint n,
             PhTime from)
{
  guint index = count_until (times, n, from, FALSE);

  return index > 0 ? times[index - 1] : PH_TIME_NONE;
}

/* The marks of each kind, where @kinds has it. */
static guint
list_marks (const PhTrack *track,
            guint kinds,
            const PhMarks *lists[3])
{
  guint n = 0;

  if (kinds & PH_MARK_PAGE)
    lists[n++] = &track->pages;
  if (kinds & PH_MARK_ERROR)
    lists[n++] = &track->errors;
  if (kinds & PH_MARK_NOTE)
    lists[n++] = &track->notes;

  return n;
}

PhTime
ph_track_next (const PhTrack *track,
               guint kinds,
               PhTime from)
{
  const PhMarks *lists[3];
  guint n = list_marks (track, kinds, lists);
  PhTime first = PH_TIME_NONE;

  for (guint i = 0; i < n; i++)
    {
      PhTime time = next_of (lists[i]->times, lists[i]->n, from);

      if (time != PH_TIME_NONE && (first == PH_TIME_NONE || time < first))
        first = time;
    }

  return first;
}

PhTime
ph_track_previous (const PhTrack *track,
                   guint kinds,
                   PhTime from)
{
  const PhMarks *lists[3];
  guint n = list_marks (track, kinds, lists);
  PhTime last = PH_TIME_NONE;

  /* PH_TIME_NONE is the least of all times. */
  for (guint i = 0; i < n; i++)
    last = MAX (last, previous_of (lists[i]->times, lists[i]->n, from));

  return last;
}
