/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fake-stage.h"

#include "ph-error.h"

struct _PhFakeStage
{
  GObject parent_instance;

  GPtrArray *patches;
  GTask *in_flight;
  guint n_failures;
  gboolean ready;
  gboolean prompt;
  gboolean playing;
};

static void
fake_present_async (PhStage *stage,
                    GBytes *patch,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  PhFakeStage *self = PH_FAKE_STAGE (stage);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_assert_true (self->ready);
  g_assert_null (self->in_flight);
  g_assert_cmpuint (g_bytes_get_size (patch), >, 0);

  g_ptr_array_add (self->patches, g_bytes_ref (patch));
  self->in_flight = g_steal_pointer (&task);

  if (self->prompt)
    ph_fake_stage_answer (self);
}

static gboolean
fake_present_finish (PhStage *stage,
                     GAsyncResult *result,
                     GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
fake_is_ready (PhStage *stage)
{
  return PH_FAKE_STAGE (stage)->ready;
}

static void
fake_set_playing (PhStage *stage,
                  gboolean playing)
{
  PH_FAKE_STAGE (stage)->playing = playing;
}

static void
init_stage (PhStageInterface *iface)
{
  iface->present_async = fake_present_async;
  iface->present_finish = fake_present_finish;
  iface->is_ready = fake_is_ready;
  iface->set_playing = fake_set_playing;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (PhFakeStage,
                               ph_fake_stage,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (PH_TYPE_STAGE, init_stage))

static void
ph_fake_stage_finalize (GObject *object)
{
  PhFakeStage *self = PH_FAKE_STAGE (object);

  g_assert_null (self->in_flight);
  g_ptr_array_unref (self->patches);

  G_OBJECT_CLASS (ph_fake_stage_parent_class)->finalize (object);
}

static void
ph_fake_stage_class_init (PhFakeStageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ph_fake_stage_finalize;
}

static void
ph_fake_stage_init (PhFakeStage *self)
{
  self->patches = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self->prompt = TRUE;
}

PhFakeStage *
ph_fake_stage_new (gboolean ready)
{
  PhFakeStage *self = g_object_new (PH_TYPE_FAKE_STAGE, NULL);

  self->ready = ready;

  return self;
}

void
ph_fake_stage_become_ready (PhFakeStage *self)
{
  self->ready = TRUE;
  ph_stage_emit_ready (PH_STAGE (self));
}

void
ph_fake_stage_lose (PhFakeStage *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->in_flight);

  self->ready = FALSE;

  if (task != NULL)
    g_task_return_new_error (task, PH_ERROR, PH_ERROR_STAGE, "The web process ended");

  ph_stage_emit_lost (PH_STAGE (self));
}

void
ph_fake_stage_set_prompt (PhFakeStage *self,
                          gboolean prompt)
{
  self->prompt = prompt;
}

gboolean
ph_fake_stage_answer (PhFakeStage *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->in_flight);

  if (task == NULL)
    return FALSE;

  if (self->n_failures > 0)
    {
      self->n_failures--;
      g_task_return_new_error (task, PH_ERROR, PH_ERROR_STAGE, "An operation was refused");
    }
  else
    {
      g_task_return_boolean (task, TRUE);
    }

  return TRUE;
}

void
ph_fake_stage_fail (PhFakeStage *self,
                    guint n)
{
  self->n_failures = n;
}

gboolean
ph_fake_stage_is_busy (PhFakeStage *self)
{
  return self->in_flight != NULL;
}

gboolean
ph_fake_stage_is_playing (PhFakeStage *self)
{
  return self->playing;
}

GPtrArray *
ph_fake_stage_get_patches (PhFakeStage *self)
{
  return self->patches;
}

void
ph_fake_stage_settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}
