/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-session.h"
#include "ph-timeline-geometry.h"

G_BEGIN_DECLS

/*
 * What the time line shows of a session: its marks and when something was
 * done. Made anew when there is more of the session, which may be ten times a
 * second: texts are looked up when they are asked for.
 */
typedef enum
{
  PH_MARK_PAGE = 1 << 0,
  PH_MARK_ERROR = 1 << 1,
} PhMarkKind;

typedef struct
{
  PhTime *times;  /* sorted */
  guint *moments; /* of the session, as indices */
  guint n;
} PhMarks;

typedef struct
{
  PhMarks pages;        /* changes of page; the page a session begins with is none */
  PhMarks errors;       /* every moment of severity error */
  PhAxisLoad *activity; /* when the user did something, sorted */
  guint n_activity;
} PhTrack;

PhTrack *ph_track_new (PhSession *session);
void ph_track_free (PhTrack *track);

/* What a mark says, fit to be shown: see ph-visible.h. The caller's. */
char *ph_marks_dup_text (const PhMarks *marks,
                         PhSession *session,
                         guint index);

/* The first mark of @kinds after @from, or the last before it; PH_TIME_NONE when there is none. */
PhTime ph_track_next (const PhTrack *track,
                      guint kinds,
                      PhTime from);
PhTime ph_track_previous (const PhTrack *track,
                          guint kinds,
                          PhTime from);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhTrack, ph_track_free)

G_END_DECLS
