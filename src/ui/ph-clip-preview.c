/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-clip-preview.h"

#include "ph-clip-holder.h"
#include "ph-cursor.h"

/* How often in a row the web process may be lost. */
#define MAX_LOST 2

struct _PhClipPreview
{
  GObject parent_instance;

  PhSession *session;
  PhCursor *cursor;
  PhWebStage *stage;
  GtkWindow *holder; /* NULL: stopped */

  PhTime wanted[PH_CLIP_PREVIEW_PLACES]; /* PH_TIME_NONE: nothing */
  guint place;                           /* being made */
  PhTime time;                           /* of it */
  gboolean is_busy;
  gboolean is_fresh; /* the stage shows nothing of ours */
  guint n_lost;
  guint life; /* counts web processes: answers of older ones mean nothing */
};

enum
{
  PICTURE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PhClipPreview, ph_clip_preview, G_TYPE_OBJECT)

/* An answer that is waited for. */
typedef struct
{
  PhClipPreview *preview;
  guint life;
} Call;

static Call *
call_new (PhClipPreview *self)
{
  Call *call = g_new (Call, 1);

  *call = (Call) { g_object_ref (self), self->life };

  return call;
}

static void
call_free (Call *call)
{
  g_object_unref (call->preview);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_free)

static void make_next (PhClipPreview *self);

/* A picture more or less: what could not be made is left as it was. */
static void
go_on (PhClipPreview *self)
{
  self->is_busy = FALSE;
  make_next (self);
}

static void
snapshot_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (Call) call = user_data;
  PhClipPreview *self = call->preview;
  g_autoptr (GdkTexture) texture =
    ph_web_stage_snapshot_finish (PH_WEB_STAGE (source), result, NULL);

  if (call->life != self->life)
    return;

  self->n_lost = 0;

  if (texture != NULL && self->wanted[self->place] == PH_TIME_NONE)
    g_signal_emit (self, signals[PICTURE], 0, self->place, texture);

  go_on (self);
}

static void
settled_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autoptr (Call) call = user_data;
  PhClipPreview *self = call->preview;

  ph_web_stage_settle_finish (PH_WEB_STAGE (source), result, NULL);

  if (call->life == self->life)
    ph_web_stage_snapshot_async (self->stage, NULL, snapshot_cb, g_steal_pointer (&call));
}

static void
stepped_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autoptr (Call) call = user_data;
  PhClipPreview *self = call->preview;
  PhStepFlags flags = PH_STEP_DONE;
  gboolean ok = ph_web_stage_step_finish (PH_WEB_STAGE (source), result, &flags, NULL);
  gboolean unsettled;

  if (call->life != self->life)
    return;

  if (!ok)
    {
      ph_cursor_lose_stage (self->cursor);
      go_on (self);
      return;
    }

  unsettled = self->is_fresh || (flags & PH_STEP_UNSETTLED) != 0;
  self->is_fresh = FALSE;
  ph_clip_holder_set_mapped (self->stage, unsettled);

  if (unsettled)
    ph_web_stage_settle_async (self->stage, NULL, settled_cb, g_steal_pointer (&call));
  else
    ph_web_stage_snapshot_async (self->stage, NULL, snapshot_cb, g_steal_pointer (&call));
}

static gboolean
find_wanted (PhClipPreview *self)
{
  for (guint i = 0; i < PH_CLIP_PREVIEW_PLACES; i++)
    if (self->wanted[i] != PH_TIME_NONE)
      {
        self->place = i;
        return TRUE;
      }

  return FALSE;
}

static void
make_next (PhClipPreview *self)
{
  g_autoptr (GBytes) patch = NULL;

  if (self->holder == NULL || self->is_busy || !ph_stage_is_ready (PH_STAGE (self->stage)) ||
      !find_wanted (self))
    return;

  self->is_busy = TRUE;
  self->time = self->wanted[self->place];
  self->wanted[self->place] = PH_TIME_NONE;
  ph_cursor_seek (self->cursor, self->time);
  patch = ph_cursor_take_patch (self->cursor, TRUE);
  ph_web_stage_step_async (self->stage, patch, self->time, stepped_cb, call_new (self));
}

static void
lost_cb (PhClipPreview *self)
{
  self->life++;
  self->is_fresh = TRUE;
  ph_cursor_lose_stage (self->cursor);

  if (self->is_busy && self->wanted[self->place] == PH_TIME_NONE)
    self->wanted[self->place] = self->time;

  self->is_busy = FALSE;

  if (self->n_lost++ < MAX_LOST)
    ph_web_stage_restart (self->stage);
}

static void
ready_cb (PhClipPreview *self)
{
  make_next (self);
}

static void
ph_clip_preview_dispose (GObject *object)
{
  PhClipPreview *self = PH_CLIP_PREVIEW (object);

  ph_clip_preview_stop (self);
  g_clear_object (&self->stage);
  g_clear_pointer (&self->cursor, ph_cursor_free);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (ph_clip_preview_parent_class)->dispose (object);
}

static void
ph_clip_preview_class_init (PhClipPreviewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ph_clip_preview_dispose;

  signals[PICTURE] =
    g_signal_new ("picture", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_UINT, GDK_TYPE_TEXTURE);
}

static void
ph_clip_preview_init (PhClipPreview *self)
{
  for (guint i = 0; i < PH_CLIP_PREVIEW_PLACES; i++)
    self->wanted[i] = PH_TIME_NONE;
}

PhClipPreview *
ph_clip_preview_new (PhSession *session,
                     PhAssetShelf *assets,
                     guint32 window,
                     int width,
                     int height)
{
  PhClipPreview *self = g_object_new (PH_TYPE_CLIP_PREVIEW, NULL);

  g_return_val_if_fail (PH_IS_SESSION (session), self);

  self->session = g_object_ref (session);
  self->cursor = ph_cursor_new (session);
  self->stage = ph_web_stage_new_software ();
  self->is_fresh = TRUE;
  ph_cursor_set_window (self->cursor, window);

  if (assets != NULL)
    {
      ph_web_stage_set_assets (self->stage, assets);
      ph_cursor_set_assets (self->cursor, ph_asset_shelf_get_table (assets));
    }

  g_signal_connect_swapped (self->stage, "ready", G_CALLBACK (ready_cb), self);
  g_signal_connect_swapped (self->stage, "lost", G_CALLBACK (lost_cb), self);
  self->holder = ph_clip_holder_new (self->stage, width, height);

  return self;
}

void
ph_clip_preview_stop (PhClipPreview *self)
{
  g_return_if_fail (PH_IS_CLIP_PREVIEW (self));

  if (self->holder == NULL)
    return;

  self->life++;
  g_signal_handlers_disconnect_by_data (self->stage, self);
  g_clear_pointer (&self->holder, ph_clip_holder_destroy);
}

void
ph_clip_preview_show (PhClipPreview *self,
                      guint place,
                      PhTime time)
{
  g_return_if_fail (PH_IS_CLIP_PREVIEW (self) && place < PH_CLIP_PREVIEW_PLACES);

  self->wanted[place] = time;
  make_next (self);
}

void
ph_clip_preview_get_viewport (PhClipPreview *self,
                              PhTime time,
                              int *width,
                              int *height)
{
  g_return_if_fail (PH_IS_CLIP_PREVIEW (self));

  ph_cursor_seek (self->cursor, time);
  ph_dom_get_viewport (ph_cursor_get_dom (self->cursor), width, height);
}
