/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * What shows pages: the web view, or a fake in tests. It is given patches
 * (ph-patch.h) and decides nothing. One patch is in flight at a time: the
 * caller waits for the answer before it sends the next. Main thread only.
 *
 * Signals: `ready`, the stage can take patches and shows an empty page, also
 * again after `lost`; `lost`, what was shown is gone (the web process ended).
 */
#define PH_TYPE_STAGE (ph_stage_get_type ())
G_DECLARE_INTERFACE (PhStage, ph_stage, PH, STAGE, GObject)

struct _PhStageInterface
{
  GTypeInterface parent_iface;

  void (*present_async) (PhStage *self,
                         GBytes *patch,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
  gboolean (*present_finish) (PhStage *self,
                              GAsyncResult *result,
                              GError **error);
  gboolean (*is_ready) (PhStage *self);
  void (*set_playing) (PhStage *self,
                       gboolean playing);
  /* May be NULL. */
  void (*set_speed) (PhStage *self,
                     double speed);
};

/*
 * Applies @patch and answers when it is painted. An operation that the page
 * refuses is left out, which is no error: the stage counts them. PH_ERROR_STAGE
 * when @patch is none at all, or what was shown is lost.
 */
void ph_stage_present_async (PhStage *self,
                             GBytes *patch,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean ph_stage_present_finish (PhStage *self,
                                  GAsyncResult *result,
                                  GError **error);
gboolean ph_stage_is_ready (PhStage *self);
/* Whether the recorded page's own animations run. */
void ph_stage_set_playing (PhStage *self,
                           gboolean playing);
/* How much faster than recorded it is played: what runs by itself runs so fast. 1 at first. */
void ph_stage_set_speed (PhStage *self,
                         double speed);

/* For stages: emit the signals of that name. */
void ph_stage_emit_ready (PhStage *self);
void ph_stage_emit_lost (PhStage *self);

G_END_DECLS
