/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-clip-marks.h"
#include "ph-track.h"

G_BEGIN_DECLS

/* What a place on the time line means. All pointers are lent. */
typedef struct
{
  PhSession *session;
  PhTime time;
  const PhMarks *marks;     /* those @group is of */
  const PhMarkGroup *group; /* NULL away from marks */
  PhMarkKind kind;          /* of @marks */
  PhNotes *notes;           /* may be NULL */
  gboolean is_missing;      /* not there yet; @time is the last that is */
  const PhAxisPiece *piece; /* may be NULL */
} PhTimelineMeaning;

/* The words for it: `0:12.4 · 2 errors` and their texts, or the length of an
 * idle stretch; a detail is "" where there is none to give. Callers free them. */
char *ph_timeline_heading (const PhTimelineMeaning *what);
char *ph_timeline_detail (const PhTimelineMeaning *what);

/* What is marked, as in `clip from 0:12.0 to 0:27.5`; NULL when nothing is. */
char *ph_timeline_marks_text (const PhClipMarks *marks);
/* Where a mark is that is set, as in `Clip begins at 0:12.0`. */
char *ph_timeline_mark_text (const PhClipMarks *marks,
                             PhClipSide side);

G_END_DECLS
