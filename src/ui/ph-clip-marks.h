/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-timeline-geometry.h"

G_BEGIN_DECLS

/*
 * The two marks between which a clip is cut: a plain value, and all that is done with it,
 * apart from any widget.
 */
typedef enum
{
  PH_CLIP_IN,
  PH_CLIP_OUT,
} PhClipSide;

typedef struct
{
  PhTime in, out;  /* PH_TIME_NONE: not set; when both are, `in` is before `out` */
  PhClipSide held; /* the one set or moved last: what is nudged */
} PhClipMarks;

#define PH_CLIP_MARKS_NONE ((PhClipMarks) { PH_TIME_NONE, PH_TIME_NONE, PH_CLIP_IN })

/* How far apart dragging keeps them, and how long a clip is that nobody marked. */
#define PH_CLIP_MARKS_GAP (100 * PH_MSEC)
#define PH_CLIP_MARKS_DEFAULT (15 * PH_SECOND)

/* How far from a handle, in pixels, the pointer still means it; and the playhead. */
#define PH_CLIP_HANDLE_WIDTH 8.0
#define PH_CLIP_HANDLE_SLACK 4.0
#define PH_CLIP_SNAP 6.0

/* The time of a mark, or PH_TIME_NONE. */
PhTime ph_clip_marks_get (const PhClipMarks *marks,
                          PhClipSide side);

/*
 * Puts a mark at @time, inside of @all. One that passes the other pushes it along, so that
 * the span keeps its length where there is room for it; one alone takes the other away.
 */
void ph_clip_marks_set (PhClipMarks *marks,
                        PhClipSide side,
                        PhTime time,
                        PhSpan all);
/* The same, but it stops before the other. */
void ph_clip_marks_drag (PhClipMarks *marks,
                         PhClipSide side,
                         PhTime time,
                         PhSpan all);

/* Both are set: what is between them. */
gboolean ph_clip_marks_get_span (const PhClipMarks *marks,
                                 PhSpan *span);
/*
 * What a clip would be of: the span; else from the one mark to the playhead at @position;
 * else 15 seconds from there, or around it. FALSE when no mark had a part in it.
 */
gboolean ph_clip_marks_resolve (const PhClipMarks *marks,
                                PhTime position,
                                PhSpan all,
                                PhSpan *span);

/*
 * Where a handle goes that is dragged to @x: to the playhead at @position when that is near.
 */
PhTime ph_clip_marks_snap (const PhAxis *axis,
                           double x,
                           PhTime position);
/* Whether there is a handle at @x, and which. Each stands outside of the span. */
gboolean ph_clip_marks_hit (const PhClipMarks *marks,
                            const PhAxis *axis,
                            double x,
                            PhClipSide *side);

/*
 * Where playing goes on that went from @before to @now: the other end, when it came to that
 * of the span; else PH_TIME_NONE.
 */
PhTime ph_clip_marks_loop (const PhClipMarks *marks,
                           PhTime before,
                           PhTime now,
                           gboolean reverse);

G_END_DECLS
