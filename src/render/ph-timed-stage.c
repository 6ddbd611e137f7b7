/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-timed-stage.h"

#include "ph-patch.h"

#include <string.h>

struct _PhTimedStage
{
  GObject parent_instance;

  PhStage *stage;
  guint in_flight;
  guint n_pictures;
  gint64 painted;
};

enum
{
  ANSWERED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void ph_timed_stage_iface_init (PhStageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PhTimedStage,
                               ph_timed_stage,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (PH_TYPE_STAGE, ph_timed_stage_iface_init))

/* What is given to the task of a patch that changes nothing but the time. */
#define NO_PICTURE GUINT_TO_POINTER (1)

static gboolean
is_picture (GBytes *patch)
{
  g_autofree char *jump = g_strdup_printf ("[%d,", PH_OP_JUMP);
  gsize size;
  const char *text = g_bytes_get_data (patch, &size);
  gsize length = strlen (jump);

  /* A jump has one argument. */
  return size <= length || memcmp (text, jump, length) != 0 ||
         memchr (text + length, ',', size - length) != NULL;
}

static void
presented_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (PhTimedStage) self = g_object_ref (g_task_get_source_object (task));
  GError *error = NULL;
  gboolean ok = ph_stage_present_finish (PH_STAGE (source), result, &error);

  self->painted = g_get_monotonic_time ();
  self->in_flight--;

  if (ok && g_task_get_task_data (task) != NO_PICTURE)
    self->n_pictures++;

  if (ok)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);

  g_signal_emit (self, signals[ANSWERED], 0);
}

static void
ph_timed_stage_present_async (PhStage *stage,
                              GBytes *patch,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  PhTimedStage *self = PH_TIMED_STAGE (stage);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, ph_timed_stage_present_async);

  if (!is_picture (patch))
    g_task_set_task_data (task, NO_PICTURE, NULL);

  self->in_flight++;
  ph_stage_present_async (self->stage, patch, cancellable, presented_cb, task);
}

static gboolean
ph_timed_stage_present_finish (PhStage *stage,
                               GAsyncResult *result,
                               GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, stage), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
ph_timed_stage_is_ready (PhStage *stage)
{
  return ph_stage_is_ready (PH_TIMED_STAGE (stage)->stage);
}

static void
ph_timed_stage_set_playing (PhStage *stage,
                            gboolean playing)
{
  ph_stage_set_playing (PH_TIMED_STAGE (stage)->stage, playing);
}

static void
ph_timed_stage_set_speed (PhStage *stage,
                          double speed)
{
  ph_stage_set_speed (PH_TIMED_STAGE (stage)->stage, speed);
}

static void
ph_timed_stage_iface_init (PhStageInterface *iface)
{
  iface->present_async = ph_timed_stage_present_async;
  iface->present_finish = ph_timed_stage_present_finish;
  iface->is_ready = ph_timed_stage_is_ready;
  iface->set_playing = ph_timed_stage_set_playing;
  iface->set_speed = ph_timed_stage_set_speed;
}

static void
ph_timed_stage_dispose (GObject *object)
{
  PhTimedStage *self = PH_TIMED_STAGE (object);

  if (self->stage != NULL)
    g_signal_handlers_disconnect_by_data (self->stage, self);

  g_clear_object (&self->stage);

  G_OBJECT_CLASS (ph_timed_stage_parent_class)->dispose (object);
}

static void
ph_timed_stage_class_init (PhTimedStageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ph_timed_stage_dispose;

  signals[ANSWERED] =
    g_signal_new ("answered",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
ph_timed_stage_init (PhTimedStage *self)
{
}

PhTimedStage *
ph_timed_stage_new (PhStage *stage)
{
  PhTimedStage *self;

  g_return_val_if_fail (PH_IS_STAGE (stage), NULL);

  self = g_object_new (PH_TYPE_TIMED_STAGE, NULL);
  self->stage = g_object_ref (stage);
  g_signal_connect_swapped (stage, "ready", G_CALLBACK (ph_stage_emit_ready), self);
  g_signal_connect_swapped (stage, "lost", G_CALLBACK (ph_stage_emit_lost), self);

  return self;
}

gboolean
ph_timed_stage_is_busy (PhTimedStage *self)
{
  g_return_val_if_fail (PH_IS_TIMED_STAGE (self), FALSE);

  return self->in_flight > 0;
}

guint
ph_timed_stage_get_pictures (PhTimedStage *self)
{
  g_return_val_if_fail (PH_IS_TIMED_STAGE (self), 0);

  return self->n_pictures;
}

gint64
ph_timed_stage_get_painted (PhTimedStage *self)
{
  g_return_val_if_fail (PH_IS_TIMED_STAGE (self), 0);

  return self->painted;
}
