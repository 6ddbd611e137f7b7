/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-session.h"

G_BEGIN_DECLS

/*
 * What the time line shows of a session: its marks and when something was
 * done. Made once for a session, read-only afterwards.
 */
typedef enum
{
  PH_MARK_PAGE = 1 << 0,
  PH_MARK_ERROR = 1 << 1,
} PhMarkKind;

typedef struct
{
  PhTime *times; /* sorted */
  char **texts;  /* fit to be shown: see ph-visible.h */
  guint n;
} PhMarks;

typedef struct
{
  PhMarks pages;    /* changes of page; the page a session begins with is none */
  PhMarks errors;   /* every moment of severity error */
  PhTime *activity; /* when the user did something, sorted */
  guint n_activity;
} PhTrack;

PhTrack *ph_track_new (PhSession *session);
void ph_track_free (PhTrack *track);

/* The first mark of @kinds after @from, or the last before it; PH_TIME_NONE when there is none. */
PhTime ph_track_next (const PhTrack *track,
                      guint kinds,
                      PhTime from);
PhTime ph_track_previous (const PhTrack *track,
                          guint kinds,
                          PhTime from);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhTrack, ph_track_free)

G_END_DECLS
