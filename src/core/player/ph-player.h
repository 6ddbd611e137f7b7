/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-session.h"
#include "ph-stage.h"

G_BEGIN_DECLS

/*
 * Plays a session on a stage. Reads no clock: whoever owns the frame clock
 * calls ph_player_tick() while `wants-tick` is TRUE. One patch is in flight at
 * a time; of the seeks asked for meanwhile only the newest is shown, as soon as
 * the stage has answered, and when the stage is slow frames are dropped, never
 * events. Playing waits where the session is still being imported. Main thread
 * only.
 *
 * Properties, all notified: session, stage (construct only), `position`
 * (PhTime as int64, the time asked for or played to), `playing`, `speed` (0.25 … 16),
 * `reverse` (plays backwards),
 * `skip-idle`, `wants-tick`, `window` (uint, the one shown), `jumping`
 * (TRUE while an idle stretch has just been jumped over, for two seconds of frame time).
 * Signals: `ended`, playing reached the end, or the begin, and stopped; `viewport-changed`.
 */
#define PH_TYPE_PLAYER (ph_player_get_type ())
G_DECLARE_FINAL_TYPE (PhPlayer, ph_player, PH, PLAYER, GObject)

PhPlayer *ph_player_new (PhSession *session,
                         PhStage *stage);

PhSession *ph_player_get_session (PhPlayer *self);
PhTime ph_player_get_position (PhPlayer *self);
gboolean ph_player_get_wants_tick (PhPlayer *self);

gboolean ph_player_get_playing (PhPlayer *self);
/* Playing from the end starts again at the beginning. */
void ph_player_set_playing (PhPlayer *self,
                            gboolean playing);

double ph_player_get_speed (PhPlayer *self);
void ph_player_set_speed (PhPlayer *self,
                          double speed);
/* Backwards, at the same speeds; what moves by itself in the page stands still then. */
gboolean ph_player_get_reverse (PhPlayer *self);
void ph_player_set_reverse (PhPlayer *self,
                            gboolean reverse);
/* The speeds offered, ascending: 0.25 0.5 1 1.5 2 4 8 16. */
const double *ph_player_speeds (guint *n);

/* Whether the way of the pointer is seen behind it; not at first. */
void ph_player_set_trail (PhPlayer *self,
                          gboolean trail);
gboolean ph_player_get_skip_idle (PhPlayer *self);
void ph_player_set_skip_idle (PhPlayer *self,
                              gboolean skip_idle);

/* The window shown, and the one wanted: G_MAXUINT32 follows the active one. */
guint32 ph_player_get_window (PhPlayer *self);
void ph_player_set_window (PhPlayer *self,
                           guint32 window);

/* What a person gave for what the pages name; the page is built anew with it. NULL: nothing. */
void ph_player_set_assets (PhPlayer *self,
                           PhAssetTable *assets);

/* Of the page shown, in CSS pixels; 0 × 0 while there is none. See `viewport-changed`. */
void ph_player_get_viewport (PhPlayer *self,
                             int *width,
                             int *height);

/* Absolute seeks replace each other, relative ones add up; executed at the next tick. */
void ph_player_seek (PhPlayer *self,
                     PhTime target);
void ph_player_seek_by (PhPlayer *self,
                        PhTime offset);

/* To be called once per frame with the frame clock's time, in microseconds. */
void ph_player_tick (PhPlayer *self,
                     gint64 frame_time);

G_END_DECLS
