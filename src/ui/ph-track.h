/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-notes.h"
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
  PH_MARK_NOTE = 1 << 2,
} PhMarkKind;

#define PH_MARK_ALL (PH_MARK_PAGE | PH_MARK_ERROR | PH_MARK_NOTE)

typedef struct
{
  PhTime *times;  /* sorted */
  guint *moments; /* of the session, as indices; of notes, where they stand in their list */
  guint n;
} PhMarks;

typedef struct
{
  PhSpan span;
  PhNoteKind kind;
} PhTrackNote;

typedef struct
{
  PhMarks pages;        /* changes of page; the page a session begins with is none */
  PhMarks errors;       /* every moment of severity error */
  PhMarks notes;        /* what people wrote down */
  PhTrackNote *spans;   /* of the notes, in the same order; a moment ends when it begins */
  PhAxisLoad *activity; /* when the user did something, sorted */
  guint n_activity;
} PhTrack;

PhTrack *ph_track_new (PhSession *session);
/* NULL: none. To be called again when they have changed. */
void ph_track_set_notes (PhTrack *track,
                         PhNotes *notes);
void ph_track_free (PhTrack *track);

/* What a mark says, fit to be shown: see ph-visible.h. The caller's. */
char *ph_marks_dup_text (const PhMarks *marks,
                         PhSession *session,
                         guint index);
/* The same of notes. */
char *ph_marks_dup_note (const PhMarks *marks,
                         PhNotes *notes,
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
