/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-stage.h"

enum
{
  READY,
  LOST,
  N_SIGNALS,
};

G_DEFINE_INTERFACE (PhStage, ph_stage, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static guint
add_signal (const char *name)
{
  return g_signal_new (name, PH_TYPE_STAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ph_stage_default_init (PhStageInterface *iface)
{
  signals[READY] = add_signal ("ready");
  signals[LOST] = add_signal ("lost");
}

void
ph_stage_present_async (PhStage *self,
                        GBytes *patch,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_return_if_fail (PH_IS_STAGE (self));
  g_return_if_fail (patch != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  PH_STAGE_GET_IFACE (self)->present_async (self, patch, cancellable, callback, user_data);
}

gboolean
ph_stage_present_finish (PhStage *self,
                         GAsyncResult *result,
                         GError **error)
{
  g_return_val_if_fail (PH_IS_STAGE (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  return PH_STAGE_GET_IFACE (self)->present_finish (self, result, error);
}

gboolean
ph_stage_is_ready (PhStage *self)
{
  g_return_val_if_fail (PH_IS_STAGE (self), FALSE);

  return PH_STAGE_GET_IFACE (self)->is_ready (self);
}

void
ph_stage_set_playing (PhStage *self,
                      gboolean playing)
{
  g_return_if_fail (PH_IS_STAGE (self));

  PH_STAGE_GET_IFACE (self)->set_playing (self, !!playing);
}

void
ph_stage_set_speed (PhStage *self,
                    double speed)
{
  g_return_if_fail (PH_IS_STAGE (self));
  g_return_if_fail (speed > 0);

  if (PH_STAGE_GET_IFACE (self)->set_speed != NULL)
    PH_STAGE_GET_IFACE (self)->set_speed (self, speed);
}

void
ph_stage_emit_ready (PhStage *self)
{
  g_return_if_fail (PH_IS_STAGE (self));

  g_signal_emit (self, signals[READY], 0);
}

void
ph_stage_emit_lost (PhStage *self)
{
  g_return_if_fail (PH_IS_STAGE (self));

  g_signal_emit (self, signals[LOST], 0);
}
