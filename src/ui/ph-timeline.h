/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-clip-marks.h"
#include "ph-player.h"
#include "ph-track.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * The time line of a player: activity, idle stretches, marks and where it
 * stands. A click or a drag seeks; a click on a mark goes to it. Idle stretches
 * are folded while the player jumps over them. To assistive technology it is a
 * slider in seconds; its keys are those of the action table. What is marked for
 * a clip has handles that can be dragged. Signal `mark-dragged` (side as uint,
 * time as int64): a handle is to go there; ph_timeline_set_marks() takes it there.
 */
#define PH_TYPE_TIMELINE (ph_timeline_get_type ())
G_DECLARE_FINAL_TYPE (PhTimeline, ph_timeline, PH, TIMELINE, GtkWidget)

GtkWidget *ph_timeline_new (void);

/* NULL empties it. */
void ph_timeline_set_player (PhTimeline *self,
                             PhPlayer *player);
/*
 * Shows what there is of the session by now: to be called when that may be more.
 * What is dragged stays where it is until it is let go of.
 */
void ph_timeline_refresh (PhTimeline *self);
/* What people wrote down about the player's session; NULL: nothing. Follows its changes. */
void ph_timeline_set_notes (PhTimeline *self,
                            PhNotes *notes);
/* Whether more is coming, and how much of the archive has been read; seen after a refresh. */
void ph_timeline_set_importing (PhTimeline *self,
                                gboolean importing,
                                double progress);
/* What it shows, or NULL; valid until the player changes or it is refreshed. */
const PhTrack *ph_timeline_get_track (PhTimeline *self);

/*
 * What a press at a point means: the time, and the words for it. @heading
 * and @detail may be NULL; a detail is "" where there is none to give.
 */
PhTime ph_timeline_look_up (PhTimeline *self,
                            double x,
                            double y,
                            char **heading,
                            char **detail);

/* Where a time stands, in pixels. */
double ph_timeline_get_x (PhTimeline *self,
                          PhTime time);

/* What is marked for a clip. */
void ph_timeline_set_marks (PhTimeline *self,
                            const PhClipMarks *marks);

/* A press, a drag and a release with the first button, as the gesture reports them. */
void ph_timeline_press (PhTimeline *self,
                        double x,
                        double y);
void ph_timeline_drag (PhTimeline *self,
                       double x);
void ph_timeline_release (PhTimeline *self);

G_END_DECLS
