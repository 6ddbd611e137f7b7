/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-clip-queue.h"

struct _PhClipQueue
{
  GObject parent_instance;

  GListStore *clips;
};

static void ph_clip_queue_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PhClipQueue,
                               ph_clip_queue,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      ph_clip_queue_list_model_init))

static gboolean
has_state (GListModel *clips,
           guint index,
           PhClipState state)
{
  g_autoptr (PhClip) clip = g_list_model_get_item (clips, index);

  return ph_clip_get_state (clip) == state;
}

/* The first that waits, when none runs. */
static void
start_next (PhClipQueue *self)
{
  GListModel *clips = G_LIST_MODEL (self->clips);
  guint n = g_list_model_get_n_items (clips);

  for (guint i = 0; i < n; i++)
    if (has_state (clips, i, PH_CLIP_RUNNING))
      return;

  for (guint i = 0; i < n; i++)
    if (has_state (clips, i, PH_CLIP_WAITING))
      {
        g_autoptr (PhClip) clip = g_list_model_get_item (clips, i);

        ph_clip_start (clip);
        return;
      }
}

static void
items_changed_cb (PhClipQueue *self,
                  guint position,
                  guint removed,
                  guint added)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static GType
ph_clip_queue_get_item_type (GListModel *model)
{
  return PH_TYPE_CLIP;
}

static guint
ph_clip_queue_get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (PH_CLIP_QUEUE (model)->clips));
}

static gpointer
ph_clip_queue_get_item (GListModel *model,
                        guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (PH_CLIP_QUEUE (model)->clips), position);
}

static void
ph_clip_queue_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = ph_clip_queue_get_item_type;
  iface->get_n_items = ph_clip_queue_get_n_items;
  iface->get_item = ph_clip_queue_get_item;
}

/* Nobody is told any more; what is half made is gone with it. */
static void
ph_clip_queue_dispose (GObject *object)
{
  PhClipQueue *self = PH_CLIP_QUEUE (object);

  for (guint i = 0; self->clips != NULL && i < ph_clip_queue_get_n_items (G_LIST_MODEL (self)); i++)
    {
      g_autoptr (PhClip) clip = g_list_model_get_item (G_LIST_MODEL (self->clips), i);

      g_signal_handlers_disconnect_by_data (clip, self);
      ph_clip_cancel (clip);
    }

  if (self->clips != NULL)
    g_signal_handlers_disconnect_by_data (self->clips, self);

  g_clear_object (&self->clips);

  G_OBJECT_CLASS (ph_clip_queue_parent_class)->dispose (object);
}

static void
ph_clip_queue_class_init (PhClipQueueClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ph_clip_queue_dispose;
}

static void
ph_clip_queue_init (PhClipQueue *self)
{
  self->clips = g_list_store_new (PH_TYPE_CLIP);
  g_signal_connect_swapped (self->clips, "items-changed", G_CALLBACK (items_changed_cb), self);
}

PhClipQueue *
ph_clip_queue_new (void)
{
  return g_object_new (PH_TYPE_CLIP_QUEUE, NULL);
}

void
ph_clip_queue_add (PhClipQueue *self,
                   PhClip *clip)
{
  g_return_if_fail (PH_IS_CLIP_QUEUE (self));
  g_return_if_fail (PH_IS_CLIP (clip) && ph_clip_get_state (clip) == PH_CLIP_WAITING);

  g_signal_connect_swapped (clip, "ended", G_CALLBACK (start_next), self);
  g_list_store_append (self->clips, clip);
  start_next (self);
}

void
ph_clip_queue_remove (PhClipQueue *self,
                      PhClip *clip)
{
  g_autoptr (PhClip) kept = g_object_ref (clip);
  guint position;

  g_return_if_fail (PH_IS_CLIP_QUEUE (self));

  if (!g_list_store_find (self->clips, clip, &position))
    return;

  g_signal_handlers_disconnect_by_data (kept, self);
  g_list_store_remove (self->clips, position);
  ph_clip_cancel (kept);
  start_next (self);
}

guint
ph_clip_queue_get_n_left (PhClipQueue *self)
{
  GListModel *clips;
  guint n = 0;

  g_return_val_if_fail (PH_IS_CLIP_QUEUE (self), 0);

  clips = G_LIST_MODEL (self->clips);

  for (guint i = 0; i < g_list_model_get_n_items (clips); i++)
    n += has_state (clips, i, PH_CLIP_WAITING) || has_state (clips, i, PH_CLIP_RUNNING);

  return n;
}
