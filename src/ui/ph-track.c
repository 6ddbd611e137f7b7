/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-track.h"

#include "ph-visible.h"

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

PhTrack *
ph_track_new (PhSession *session)
{
  PhTrack *track = g_new0 (PhTrack, 1);

  collect_marks (session, track);

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

static void
clear_marks (PhMarks *marks)
{
  g_free (marks->moments);
  g_free (marks->times);
}

void
ph_track_free (PhTrack *track)
{
  if (track == NULL)
    return;

  clear_marks (&track->pages);
  clear_marks (&track->errors);
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

PhTime
ph_track_next (const PhTrack *track,
               guint kinds,
               PhTime from)
{
  PhTime page = PH_TIME_NONE;
  PhTime error = PH_TIME_NONE;

  if (kinds & PH_MARK_PAGE)
    page = next_of (track->pages.times, track->pages.n, from);
  if (kinds & PH_MARK_ERROR)
    error = next_of (track->errors.times, track->errors.n, from);

  if (page == PH_TIME_NONE || error == PH_TIME_NONE)
    return MAX (page, error);

  return MIN (page, error);
}

PhTime
ph_track_previous (const PhTrack *track,
                   guint kinds,
                   PhTime from)
{
  PhTime page = PH_TIME_NONE;
  PhTime error = PH_TIME_NONE;

  if (kinds & PH_MARK_PAGE)
    page = previous_of (track->pages.times, track->pages.n, from);
  if (kinds & PH_MARK_ERROR)
    error = previous_of (track->errors.times, track->errors.n, from);

  /* PH_TIME_NONE is the least of all times. */
  return MAX (page, error);
}
