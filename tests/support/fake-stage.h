/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-stage.h"

G_BEGIN_DECLS

/*
 * A PhStage without a web view: it keeps what it is given and answers from the
 * main context, at once or when told. It stops the test when a second patch is
 * sent before the first was answered, or one before it is ready.
 */
#define PH_TYPE_FAKE_STAGE (ph_fake_stage_get_type ())
G_DECLARE_FINAL_TYPE (PhFakeStage, ph_fake_stage, PH, FAKE_STAGE, GObject)

/* Ready at once when @ready, else after ph_fake_stage_become_ready(). */
PhFakeStage *ph_fake_stage_new (gboolean ready);

void ph_fake_stage_become_ready (PhFakeStage *self);
/* As when the web process ends: what is in flight fails, `lost` is emitted. */
void ph_fake_stage_lose (PhFakeStage *self);

/* FALSE: patches wait for ph_fake_stage_answer(). */
void ph_fake_stage_set_prompt (PhFakeStage *self,
                               gboolean prompt);
/* Answers the patch in flight; FALSE when there is none. */
gboolean ph_fake_stage_answer (PhFakeStage *self);
/* The next @n patches are refused with PH_ERROR_STAGE. */
void ph_fake_stage_fail (PhFakeStage *self,
                         guint n);

gboolean ph_fake_stage_is_busy (PhFakeStage *self);
gboolean ph_fake_stage_is_playing (PhFakeStage *self);
/* Every patch it was given, in order (GBytes). */
GPtrArray *ph_fake_stage_get_patches (PhFakeStage *self);

/* Runs the main context until nothing more happens. */
void ph_fake_stage_settle (void);

G_END_DECLS
