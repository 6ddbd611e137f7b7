/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-stage.h"

G_BEGIN_DECLS

/*
 * A stage that passes everything on to another one and knows whether a patch is
 * still on its way to the screen. Signal: `answered`, after whoever sent the
 * patch has been told. Main thread only.
 */
#define PH_TYPE_TIMED_STAGE (ph_timed_stage_get_type ())
G_DECLARE_FINAL_TYPE (PhTimedStage, ph_timed_stage, PH, TIMED_STAGE, GObject)

PhTimedStage *ph_timed_stage_new (PhStage *stage);

gboolean ph_timed_stage_is_busy (PhTimedStage *self);
/*
 * How many patches were painted that show another picture: not those that only
 * say that the time jumped.
 */
guint ph_timed_stage_get_pictures (PhTimedStage *self);
/* When the last patch was painted, by the monotonic clock; 0 before the first. */
gint64 ph_timed_stage_get_painted (PhTimedStage *self);

G_END_DECLS
