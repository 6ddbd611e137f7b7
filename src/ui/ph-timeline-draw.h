/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-clip-marks.h"
#include "ph-track.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Rows of the time line, in pixels from its top: errors, the track, pages. */
#define PH_TIMELINE_TRACK_Y 16
#define PH_TIMELINE_TRACK_HEIGHT 28
#define PH_TIMELINE_HEIGHT 58
/* One bar of activity and the gap after it. */
#define PH_TIMELINE_BAR_PITCH 4
/* Marks closer than this are shown as one. */
#define PH_TIMELINE_MARK_REACH 16.0
/* Room at both ends for the handle. */
#define PH_TIMELINE_MARGIN 8

/* Everything that is drawn, lent for the length of a call. */
typedef struct
{
  const PhAxis *axis;
  const float *bars;
  guint n_bars;
  const PhMarkGroup *errors;
  guint n_errors;
  const PhMarkGroup *pages;
  guint n_pages;
  const PhMarkGroup *notes;
  guint n_notes;
  const PhTrackNote *note_spans; /* of all notes */
  guint n_note_spans;
  gboolean importing;
  double imported; /* up to this x there is something */
  GdkRGBA color;   /* of text */
  GdkRGBA accent;  /* of what has been played */
  GdkRGBA error;
  GdkRGBA mark;        /* of what is marked for a clip */
  PangoLayout *layout; /* for counts */
} PhTimelineLook;

/* What stays the same while playing: track, activity, idle stretches, marks. */
void ph_timeline_draw_rest (cairo_t *cr,
                            const PhTimelineLook *look);
/* The same track as it looks where it has been played. */
void ph_timeline_draw_played (cairo_t *cr,
                              const PhTimelineLook *look);
/* What is marked for a clip, and handles where its marks are; one alone reaches to @playhead. */
void ph_timeline_draw_marks (GtkSnapshot *snapshot,
                             const PhClipMarks *marks,
                             double playhead,
                             const PhTimelineLook *look);
/* The line and its handle. */
void ph_timeline_draw_playhead (GtkSnapshot *snapshot,
                                double x,
                                gboolean grabbed,
                                const PhTimelineLook *look);

G_END_DECLS
