/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-clip.h"

#include "ph-clip-holder.h"
#include "ph-clip-plain.h"
#include "ph-clip-view.h"
#include "ph-clip-words.h"
#include "ph-clip-worker.h"
#include "ph-cursor.h"
#include "ph-error.h"
#include "ph-memory.h"
#include "ph-scratch.h"
#include "ph-steps.h"
#include "ph-web-stage.h"

#include <glib/gi18n.h>
#include <string.h>

/* How long pictures that need no page are made in one go: a window must stay fluid. */
#define MAX_GO (8 * PH_MSEC)
/* Between two notifications of the fraction. */
#define NOTIFY_SPAN (100 * PH_MSEC)
/* How long nobody says how long it takes. */
#define FIRST_GUESS (PH_SECOND / 2)
/* A card is shown so long, in seconds of the film. */
#define CARD_SECONDS 2
/* How often in a row the web process may be lost. */
#define MAX_LOST 2

/* A picture that is to be made. */
typedef struct
{
  gboolean is_ready; /* what follows is known */
  GBytes *patch;     /* or NULL */
  PhClipLook look;
} Frame;

struct _PhClip
{
  GObject parent_instance;

  PhSession *session;
  PhClipOrder *order;
  GFile *file;
  PhAssetShelf *assets;

  PhClipState state;
  GError *error;
  double fraction;
  gint64 begun;    /* by the monotonic clock */
  gint64 notified; /* the same */

  GArray *idle; /* of PhSpan */
  PhSteps steps;
  guint64 n_cards;
  guint64 n_frames; /* without the card */
  guint64 next;     /* frame to make, or being made */
  guint64 n_painted;

  PhCursor *cursor;
  PhWebStage *stage;
  GtkWindow *holder;
  PhClipView *view;
  PhClipLayout layout;
  PhScratch *scratch;
  PhClipWorker *worker;
  PhClipPlain *plain; /* makes it, when it is not made of pictures */

  Frame frame;         /* number `next` */
  Frame ahead;         /* the one after it, when it is known */
  PhClipLook shown;    /* of the picture added last */
  gboolean is_fresh;   /* the stage shows nothing of ours */
  gboolean is_moving;  /* it shows something else at another time even without a patch */
  gboolean is_busy;    /* a page is being made */
  gboolean is_closing; /* no more pictures come */
  guint life;          /* counts web processes, and ends: older answers mean nothing */
  guint n_lost;
  guint source; /* that goes on */
};

enum
{
  PROP_0,
  PROP_STATE,
  PROP_FRACTION,
  N_PROPS,
};

enum
{
  ENDED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PhClip, ph_clip, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void advance (PhClip *self);

static void
clear_frame (Frame *frame)
{
  g_clear_pointer (&frame->patch, g_bytes_unref);
  ph_clip_look_clear (&frame->look);
  frame->is_ready = FALSE;
}

/* --- the end --------------------------------------------------------------- */

/* All that it took is let go of; what is half made is gone with it. */
static void
tear_down (PhClip *self)
{
  self->life++;
  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_pointer (&self->worker, ph_clip_worker_free);
  g_clear_pointer (&self->plain, ph_clip_plain_free);
  g_clear_pointer (&self->scratch, ph_scratch_unref);

  if (self->stage != NULL)
    g_signal_handlers_disconnect_by_data (self->stage, self);

  g_signal_handlers_disconnect_by_data (self->session, self);

  if (self->view != NULL)
    ph_memory_unkeep ();

  g_clear_pointer (&self->view, ph_clip_view_free);
  g_clear_pointer (&self->holder, ph_clip_holder_destroy);
  g_clear_object (&self->stage);
  g_clear_pointer (&self->cursor, ph_cursor_free);
  clear_frame (&self->frame);
  clear_frame (&self->ahead);
  ph_clip_look_clear (&self->shown);
  g_clear_pointer (&self->idle, g_array_unref);
}

static void
end (PhClip *self,
     PhClipState state,
     GError *error)
{
  g_object_ref (self);
  self->state = state;
  self->error = error;

  if (state == PH_CLIP_DONE)
    self->fraction = 1;

  tear_down (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FRACTION]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  g_signal_emit (self, signals[ENDED], 0);
  g_object_unref (self);
}

static void
move_in_thread (GTask *task,
                gpointer source,
                gpointer task_data,
                GCancellable *cancellable)
{
  PhClip *self = source;
  GError *error = NULL;

  if (ph_scratch_move (task_data, g_file_peek_path (self->file), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
moved_cb (GObject *source,
          GAsyncResult *result,
          gpointer user_data)
{
  PhClip *self = PH_CLIP (source);
  GError *error = NULL;
  gboolean moved = g_task_propagate_boolean (G_TASK (result), &error);

  /* Cancelled meanwhile: too late, it is there, and whole. */
  if (self->state != PH_CLIP_RUNNING)
    g_clear_error (&error);
  else
    end (self, moved ? PH_CLIP_DONE : PH_CLIP_FAILED, error);
}

/* The file is whole: it gets its name. Waits for the disk, so not here. */
static void
move (PhClip *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, moved_cb, NULL);

  g_task_set_task_data (task, g_steal_pointer (&self->scratch),
                        (GDestroyNotify) ph_scratch_unref);
  g_task_run_in_thread (task, move_in_thread);
}

/* --- progress -------------------------------------------------------------- */

static void
set_fraction (PhClip *self,
              double fraction)
{
  gint64 now = g_get_monotonic_time ();

  self->fraction = fraction;

  if (now - self->notified < NOTIFY_SPAN)
    return;

  self->notified = now;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FRACTION]);
}

static void
update_fraction (PhClip *self)
{
  guint64 n = self->n_cards + self->n_frames;

  set_fraction (self, (double) ph_clip_worker_get_written (self->worker) / (double) n);
}

static void
plain_cb (double fraction,
          gboolean ended,
          GError *error,
          gpointer user_data)
{
  if (ended)
    end (user_data, error == NULL ? PH_CLIP_DONE : PH_CLIP_FAILED, error);
  else
    set_fraction (user_data, fraction);
}

static void
worker_changed_cb (gpointer user_data)
{
  g_autoptr (PhClip) self = g_object_ref (user_data);
  GError *error = NULL;

  /* The last picture and the end may each be told of when both are there already. */
  if (self->scratch == NULL)
    return;

  update_fraction (self);

  /* Whoever was told of it may have cancelled the clip. */
  if (self->state != PH_CLIP_RUNNING)
    return;

  if (!ph_clip_worker_get_done (self->worker, &error))
    {
      advance (self);
    }
  else if (error != NULL)
    {
      end (self, PH_CLIP_FAILED, error);
    }
  else
    {
      move (self);
    }
}

/* --- pictures -------------------------------------------------------------- */

static gboolean
is_film (PhClip *self)
{
  return ph_clip_form_get_info (self->order->form)->is_film;
}

static PhTime
get_time (PhClip *self,
          guint64 index)
{
  if (is_film (self))
    return ph_steps_at (&self->steps, index);

  return ph_steps_spread (&self->steps, index, self->n_frames);
}

/* A picture of a film goes on from the one before; others stand for themselves. */
static void
prepare (PhClip *self,
         guint64 index,
         Frame *frame)
{
  PhTime time = get_time (self, index);
  PhClipLook *look = &frame->look;

  clear_frame (frame);
  ph_cursor_seek (self->cursor, time);
  ph_dom_get_viewport (ph_cursor_get_dom (self->cursor), &look->width, &look->height);
  frame->patch = ph_cursor_take_patch (self->cursor, self->is_fresh || !is_film (self));
  look->time = time;
  look->caption = g_strdup (ph_clip_order_find_caption (self->order, time));

  if (self->order->address)
    look->address = g_strdup (
      ph_clip_find_address (self->session, ph_cursor_get_window (self->cursor), time));

  if (self->order->pointer || self->order->clicks)
    ph_cursor_get_pointer (self->cursor, &look->pointer);

  frame->is_ready = TRUE;
}

/* The picture is the worker's now; the next one may be known already. */
static void
go_to_next (PhClip *self)
{
  ph_clip_look_clear (&self->shown);
  self->shown = self->frame.look;
  memset (&self->frame.look, 0, sizeof self->frame.look);
  clear_frame (&self->frame);
  self->frame = self->ahead;
  memset (&self->ahead, 0, sizeof self->ahead);
  self->next++;
}

/* @page is NULL when it is the one before. */
static void
pass (PhClip *self,
      cairo_surface_t *page)
{
  const PhClipLook *look = &self->frame.look;

  if (page == NULL && self->next > 0 && ph_clip_look_equal (look, &self->shown, self->order))
    ph_clip_worker_add_again (self->worker, look->time);
  else
    ph_clip_worker_add (self->worker, page, look);

  go_to_next (self);
}

/* A page that is asked for. */
typedef struct
{
  PhClip *clip; /* a reference */
  guint life;
} Call;

static Call *
call_new (PhClip *self)
{
  Call *call = g_new (Call, 1);

  *call = (Call) { g_object_ref (self), self->life };

  return call;
}

static void
call_free (Call *call)
{
  g_object_unref (call->clip);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_free)

/* When the web process was lost the stage says so itself, perhaps after this. */
static void
fail (PhClip *self,
      GError *error)
{
  if (ph_stage_is_ready (PH_STAGE (self->stage)))
    end (self, PH_CLIP_FAILED, error);
  else
    g_error_free (error);
}

static void
snapshot_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (Call) call = user_data;
  PhClip *self = call->clip;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) page =
    ph_web_stage_snapshot_finish (PH_WEB_STAGE (source), result, &error);

  if (call->life != self->life)
    return;

  if (page == NULL)
    {
      fail (self, g_steal_pointer (&error));
      return;
    }

  self->is_busy = FALSE;
  self->n_lost = 0;
  self->n_painted++;
  ph_clip_view_check (self->view, page);
  ph_clip_worker_add_snapshot (self->worker, page, &self->frame.look);
  go_to_next (self);
  advance (self);
}

/* While the web process works there is time to find out what is next. */
static void
look_ahead (PhClip *self)
{
  if (!self->ahead.is_ready && !self->is_fresh && self->next + 1 < self->n_frames)
    prepare (self, self->next + 1, &self->ahead);
}

static void
take_snapshot (Call *call)
{
  ph_web_stage_snapshot_async (call->clip->stage, NULL, snapshot_cb, call);
  look_ahead (call->clip);
}

/* FALSE when that is not all of the page. */
static gboolean
take_shown (PhClip *self)
{
  cairo_surface_t *page;

  if (!ph_clip_view_take (self->view, &page))
    return FALSE;

  self->is_busy = FALSE;
  self->n_lost = 0;
  self->n_painted++;
  pass (self, page);
  g_clear_pointer (&page, cairo_surface_destroy);

  return TRUE;
}

static void
settled_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autoptr (Call) call = user_data;
  PhClip *self = call->clip;
  GError *error = NULL;
  gboolean ok = ph_web_stage_settle_finish (PH_WEB_STAGE (source), result, &error);

  if (call->life != self->life)
    g_clear_error (&error);
  else if (ok)
    take_snapshot (g_steal_pointer (&call));
  else
    fail (self, error);
}

static void
stepped_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autoptr (Call) call = user_data;
  PhClip *self = call->clip;
  GError *error = NULL;
  PhStepFlags flags;
  gboolean ok = ph_web_stage_step_finish (PH_WEB_STAGE (source), result, &flags, &error);
  gboolean unsettled;

  if (call->life != self->life)
    {
      g_clear_error (&error);
      return;
    }

  if (!ok)
    {
      fail (self, error);
      return;
    }

  /* Nobody knows what the first page of a web process still waits for. */
  unsettled = self->is_fresh || (flags & PH_STEP_UNSETTLED) != 0;
  self->is_fresh = FALSE;
  self->is_moving = (flags & PH_STEP_MOVING) != 0;
  ph_clip_holder_set_mapped (self->stage, unsettled || ph_clip_view_may_be_right (self->view));

  if (unsettled)
    ph_web_stage_settle_async (self->stage, NULL, settled_cb, g_steal_pointer (&call));
  else if ((flags & PH_STEP_SHOWN) != 0 && ph_clip_view_is_right (self->view) &&
           take_shown (self))
    advance (self);
  else
    take_snapshot (g_steal_pointer (&call));
}

static void
make_picture (PhClip *self)
{
  if (!self->frame.is_ready)
    prepare (self, self->next, &self->frame);

  if (self->frame.patch == NULL && !self->is_moving && !self->is_fresh)
    {
      pass (self, NULL);
      return;
    }

  self->is_busy = TRUE;
  ph_web_stage_step_async (self->stage, self->frame.patch, self->frame.look.time, stepped_cb,
                           call_new (self));
  look_ahead (self);
}

static gboolean
go_on_cb (gpointer user_data)
{
  PhClip *self = user_data;

  self->source = 0;
  advance (self);

  return G_SOURCE_REMOVE;
}

/* Makes pictures until one has to be waited for. */
static void
advance (PhClip *self)
{
  gint64 until = g_get_monotonic_time () + MAX_GO;

  while (!self->is_busy && self->next < self->n_frames &&
         ph_stage_is_ready (PH_STAGE (self->stage)) && ph_clip_worker_has_room (self->worker))
    {
      if (g_get_monotonic_time () > until)
        {
          if (self->source == 0)
            self->source = g_idle_add (go_on_cb, self);

          return;
        }

      make_picture (self);
    }

  if (self->next == self->n_frames && !self->is_closing)
    {
      self->is_closing = TRUE;
      ph_clip_worker_finish (self->worker);
    }
}

/* --- the stage ------------------------------------------------------------- */

static void
ready_cb (PhClip *self)
{
  advance (self);
}

/* The web process ended: the page is built anew in another one. */
static void
lost_cb (PhClip *self)
{
  self->life++;
  self->is_busy = FALSE;
  self->is_fresh = TRUE;
  clear_frame (&self->frame);
  clear_frame (&self->ahead);
  ph_cursor_lose_stage (self->cursor);

  if (self->n_lost++ < MAX_LOST)
    ph_web_stage_restart (self->stage);
  else
    end (self, PH_CLIP_FAILED,
         g_error_new_literal (PH_ERROR, PH_ERROR_STAGE,
                              _ ("The web view that shows the page ended again and again")));
}

static void
open_stage (PhClip *self)
{
  /* What the page does not cover is a quiet grey, as in the window. */
  const GdkRGBA ground = { 0.94, 0.94, 0.94, 1 };

  self->stage = ph_web_stage_new_software ();
  ph_web_stage_set_assets (self->stage, self->assets);
  ph_web_stage_set_ground (self->stage, &ground);
  ph_web_stage_set_enlarge (self->stage,
                            self->order->width > 0 || self->order->form == PH_CLIP_SHEET);
  g_signal_connect_swapped (self->stage, "ready", G_CALLBACK (ready_cb), self);
  g_signal_connect_swapped (self->stage, "lost", G_CALLBACK (lost_cb), self);
  self->holder = ph_clip_holder_new (self->stage, self->layout.width,
                                     self->layout.height - self->layout.strip);
  ph_memory_keep ();
  self->view = ph_clip_view_new (self->stage, self->layout.width,
                                 self->layout.height - self->layout.strip);
}

/* --- the begin ------------------------------------------------------------- */

static void
open_cursor (PhClip *self)
{
  self->cursor = ph_cursor_new (self->session);
  ph_cursor_set_window (self->cursor, self->order->window);
  ph_cursor_set_stepping (self->cursor, TRUE);
  self->is_fresh = TRUE;

  if (self->assets != NULL)
    ph_cursor_set_assets (self->cursor, ph_asset_shelf_get_table (self->assets));
}

static void
plan (PhClip *self)
{
  const PhClipOrder *order = self->order;
  const PhSpan *idle = NULL;
  guint n_idle = 0;

  if (order->cut_idle)
    idle = ph_session_get_idle (self->session, &n_idle);

  self->idle = g_array_new (FALSE, FALSE, sizeof (PhSpan));
  g_array_append_vals (self->idle, idle, n_idle);
  self->steps = ph_steps_new (order->span, is_film (self) ? order->fps : 1,
                              is_film (self) ? order->speed : PH_STEPS_SPEED,
                              (const PhSpan *) (gconstpointer) self->idle->data, n_idle);

  if (is_film (self))
    self->n_frames = ph_steps_count (&self->steps);
  else
    self->n_frames = order->form == PH_CLIP_SHEET ? (guint64) order->columns * order->rows : 1;

  self->n_cards = is_film (self) && order->title != NULL ? order->fps * CARD_SECONDS : 0;
}

static gboolean
open_worker (PhClip *self,
             GError **error)
{
  const PhClipWorkerWatch watch = { worker_changed_cb, self };
  const char *path = g_file_peek_path (self->file);
  g_autofree char *folder = NULL;
  g_autofree char *card = NULL;
  PhClipEncoder *encoder;

  if (path == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                           _ ("A clip can be written on this machine only"));
      return FALSE;
    }

  folder = g_path_get_dirname (path);
  ph_scratch_sweep (folder);
  self->scratch = ph_scratch_new (folder, 0666, error);

  if (self->scratch == NULL)
    return FALSE;

  encoder = ph_clip_encoder_new (self->order, ph_scratch_get_path (self->scratch),
                                 self->layout.width, self->layout.height, error);

  if (encoder == NULL)
    return FALSE;

  card = self->order->title != NULL ? ph_clip_describe (self->session, self->order,
                                                        ph_cursor_get_window (self->cursor))
                                    : NULL;
  self->worker = ph_clip_worker_new (ph_clip_painter_new (self->order, &self->layout, card),
                                     encoder, &watch);

  return TRUE;
}

static gboolean
open_all (PhClip *self,
          GError **error)
{
  int width;
  int height;

  if (!ph_clip_order_check (self->order, self->session, error))
    return FALSE;

  plan (self);
  open_cursor (self);
  ph_cursor_seek (self->cursor, get_time (self, 0));
  ph_dom_get_viewport (ph_cursor_get_dom (self->cursor), &width, &height);

  if (!ph_clip_layout (self->order, width, height, &self->layout, error) ||
      !open_worker (self, error))
    return FALSE;

  for (guint64 i = 0; i < self->n_cards; i++)
    {
      if (i == 0)
        ph_clip_worker_add_card (self->worker);
      else
        ph_clip_worker_add_again (self->worker, 0);
    }

  open_stage (self);

  return TRUE;
}

static gboolean
begin_cb (gpointer user_data)
{
  PhClip *self = user_data;
  GError *error = NULL;

  self->source = 0;

  if (ph_session_get_importing (self->session))
    return G_SOURCE_REMOVE;

  g_signal_handlers_disconnect_by_data (self->session, self);
  self->begun = g_get_monotonic_time ();
  self->plain = ph_clip_plain_start (self->session, self->order, self->assets, self->file,
                                     plain_cb, self, &error);

  if (self->plain == NULL && (error != NULL || !open_all (self, &error)))
    end (self, PH_CLIP_FAILED, error);

  return G_SOURCE_REMOVE;
}

static void
session_changed_cb (PhClip *self)
{
  if (self->source == 0)
    self->source = g_idle_add (begin_cb, self);
}

void
ph_clip_start (PhClip *self)
{
  g_return_if_fail (PH_IS_CLIP (self));
  g_return_if_fail (self->state == PH_CLIP_WAITING);

  self->state = PH_CLIP_RUNNING;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  g_signal_connect_swapped (self->session, "changed", G_CALLBACK (session_changed_cb), self);
  session_changed_cb (self);
}

void
ph_clip_cancel (PhClip *self)
{
  g_return_if_fail (PH_IS_CLIP (self));

  if (self->state == PH_CLIP_WAITING || self->state == PH_CLIP_RUNNING)
    end (self, PH_CLIP_CANCELLED, NULL);
}

/* --- the object ------------------------------------------------------------ */

static void
ph_clip_dispose (GObject *object)
{
  PhClip *self = PH_CLIP (object);

  if (self->session != NULL)
    tear_down (self);

  g_clear_object (&self->session);
  g_clear_object (&self->file);
  g_clear_pointer (&self->assets, ph_asset_shelf_unref);

  G_OBJECT_CLASS (ph_clip_parent_class)->dispose (object);
}

static void
ph_clip_finalize (GObject *object)
{
  PhClip *self = PH_CLIP (object);

  ph_clip_order_free (self->order);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (ph_clip_parent_class)->finalize (object);
}

static void
ph_clip_get_property (GObject *object,
                      guint prop_id,
                      GValue *value,
                      GParamSpec *pspec)
{
  PhClip *self = PH_CLIP (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_uint (value, self->state);
      break;

    case PROP_FRACTION:
      g_value_set_double (value, self->fraction);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ph_clip_class_init (PhClipClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = ph_clip_dispose;
  object_class->finalize = ph_clip_finalize;
  object_class->get_property = ph_clip_get_property;

  properties[PROP_STATE] =
    g_param_spec_uint ("state", NULL, NULL, 0, PH_CLIP_CANCELLED, 0, readable);
  properties[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, 0, 1, 0, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[ENDED] = g_signal_new ("ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
ph_clip_init (PhClip *self)
{
}

PhClip *
ph_clip_new (PhSession *session,
             const PhClipOrder *order,
             GFile *file)
{
  PhClip *self = g_object_new (PH_TYPE_CLIP, NULL);

  g_return_val_if_fail (PH_IS_SESSION (session) && G_IS_FILE (file), self);

  self->session = g_object_ref (session);
  self->order = ph_clip_order_copy (order);
  self->file = g_object_ref (file);

  return self;
}

void
ph_clip_set_assets (PhClip *self,
                    PhAssetShelf *assets)
{
  PhAssetShelf *old;

  g_return_if_fail (PH_IS_CLIP (self) && self->state == PH_CLIP_WAITING);

  old = self->assets;
  self->assets = assets != NULL ? ph_asset_shelf_ref (assets) : NULL;
  ph_asset_shelf_unref (old);
}

PhClipState
ph_clip_get_state (PhClip *self)
{
  g_return_val_if_fail (PH_IS_CLIP (self), PH_CLIP_FAILED);

  return self->state;
}

double
ph_clip_get_fraction (PhClip *self)
{
  g_return_val_if_fail (PH_IS_CLIP (self), 0);

  return self->fraction;
}

PhTime
ph_clip_get_time_left (PhClip *self)
{
  PhTime gone;

  g_return_val_if_fail (PH_IS_CLIP (self), PH_TIME_NONE);

  gone = g_get_monotonic_time () - self->begun;

  if (self->state != PH_CLIP_RUNNING || self->begun == 0 || gone < FIRST_GUESS ||
      self->fraction <= 0)
    return PH_TIME_NONE;

  return (PhTime) ((double) gone * (1 - self->fraction) / self->fraction);
}

const GError *
ph_clip_get_error (PhClip *self)
{
  g_return_val_if_fail (PH_IS_CLIP (self), NULL);

  return self->error;
}

PhSession *
ph_clip_get_session (PhClip *self)
{
  g_return_val_if_fail (PH_IS_CLIP (self), NULL);

  return self->session;
}

const PhClipOrder *
ph_clip_get_order (PhClip *self)
{
  g_return_val_if_fail (PH_IS_CLIP (self), NULL);

  return self->order;
}

GFile *
ph_clip_get_file (PhClip *self)
{
  g_return_val_if_fail (PH_IS_CLIP (self), NULL);

  return self->file;
}

guint64
ph_clip_get_n_pictures (PhClip *self)
{
  g_return_val_if_fail (PH_IS_CLIP (self), 0);

  return self->n_cards + self->n_frames;
}

guint64
ph_clip_get_n_painted (PhClip *self)
{
  g_return_val_if_fail (PH_IS_CLIP (self), 0);

  return self->n_painted;
}
