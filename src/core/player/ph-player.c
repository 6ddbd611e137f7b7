/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-player.h"

#include "ph-clock.h"
#include "ph-cursor.h"
#include "ph-seek.h"

/* How long `jumping` stays TRUE, in frame time. */
#define JUMPING_SPAN (2 * PH_SECOND)

struct _PhPlayer
{
  GObject parent_instance;

  PhSession *session;
  PhStage *stage;
  PhCursor *cursor;

  PhSeek seek;
  PhClock clock;
  PhTime position;
  double speed;
  guint32 window;
  int width, height;    /* viewport of the page shown, CSS pixels */
  gint64 jumping_until; /* frame time; 0 when nothing was jumped over */

  GCancellable *in_flight; /* of the patch the stage has not answered yet */
  gboolean dirty;          /* the stage may not show `position` */
  gboolean jump;           /* what it shows next is no playing on */
  gboolean rebuilt;        /* a patch for this position failed already */

  gboolean playing;
  gboolean reverse;
  gboolean skip_idle;
  gboolean wants_tick;
};

enum
{
  PROP_0,
  PROP_SESSION,
  PROP_STAGE,
  PROP_POSITION,
  PROP_PLAYING,
  PROP_SPEED,
  PROP_REVERSE,
  PROP_SKIP_IDLE,
  PROP_WANTS_TICK,
  PROP_WINDOW,
  PROP_JUMPING,
  N_PROPS,
};

enum
{
  ENDED,
  VIEWPORT_CHANGED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PhPlayer, ph_player, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static const double speeds[] = { 0.25, 0.5, 1, 1.5, 2, 4, 8, 16 };

/* A patch on its way. The player may be gone when the stage answers. */
typedef struct
{
  GWeakRef player;
  GCancellable *cancellable;
} Flight;

static void
free_flight (Flight *flight)
{
  g_weak_ref_clear (&flight->player);
  g_object_unref (flight->cancellable);
  g_free (flight);
}

static void
set_flag (PhPlayer *self,
          gboolean *flag,
          gboolean value,
          int property)
{
  if (*flag == value)
    return;

  *flag = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

/* Of the recording's time to that of frames. */
static double
get_rate (PhPlayer *self)
{
  return self->reverse ? -self->speed : self->speed;
}

static void
update_wants_tick (PhPlayer *self)
{
  gboolean can_show = self->dirty && ph_stage_is_ready (self->stage);

  set_flag (self, &self->wants_tick,
            self->playing || can_show || ph_seek_is_wanted (&self->seek),
            PROP_WANTS_TICK);
}

/* Whether playing is over: nothing is left in its direction, nor will more come. */
static gboolean
is_over (PhPlayer *self)
{
  PhSpan span = ph_session_get_span (self->session);

  if (self->reverse)
    return self->position <= span.begin;

  return self->position >= span.end && !ph_session_get_importing (self->session);
}

static void
set_position (PhPlayer *self,
              PhTime position)
{
  if (self->position == position)
    return;

  self->position = position;
  self->dirty = TRUE;
  self->rebuilt = FALSE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_POSITION]);
}

static void
set_jumping_until (PhPlayer *self,
                   gint64 frame_time)
{
  gboolean changed = (self->jumping_until != 0) != (frame_time != 0);

  self->jumping_until = frame_time;

  if (changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_JUMPING]);
}

/* The next patch builds the page from nothing. */
static void
lose_stage (PhPlayer *self)
{
  ph_cursor_lose_stage (self->cursor);
  self->dirty = TRUE;
  self->jump = TRUE;
}

/* The answer to a patch that is on its way is of no interest any more. */
static void
forget_flight (PhPlayer *self)
{
  if (self->in_flight != NULL)
    g_cancellable_cancel (self->in_flight);

  g_clear_object (&self->in_flight);
}

/*
 * A patch that failed leaves the stage in a state nobody knows. Building it from
 * nothing mends that once; a page that fails even so is left until the position
 * changes.
 */
static void
present_failed (PhPlayer *self,
                const GError *error)
{
  gboolean again = !self->rebuilt;

  g_debug ("A patch failed: %s", error->message);

  lose_stage (self);
  self->rebuilt = TRUE;
  self->dirty = again;
}

static void present (PhPlayer *self);

/* What has come to be wanted meanwhile need not wait for a frame: it is late already. */
static void
presented_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  Flight *flight = user_data;
  g_autoptr (PhPlayer) self = g_weak_ref_get (&flight->player);
  g_autoptr (GError) error = NULL;
  gboolean ok = ph_stage_present_finish (PH_STAGE (source), result, &error);
  gboolean is_mine = self != NULL && self->in_flight == flight->cancellable;

  free_flight (flight);

  if (!is_mine)
    return;

  g_clear_object (&self->in_flight);

  if (ok)
    present (self);
  else
    present_failed (self, error);

  update_wants_tick (self);
}

/* What is shown may be another window now, or another size of it. */
static void
update_shown (PhPlayer *self)
{
  guint32 window = ph_cursor_get_window (self->cursor);
  int width;
  int height;

  ph_dom_get_viewport (ph_cursor_get_dom (self->cursor), &width, &height);

  if (self->window != window)
    {
      self->window = window;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WINDOW]);
    }

  if (self->width != width || self->height != height)
    {
      self->width = width;
      self->height = height;
      g_signal_emit (self, signals[VIEWPORT_CHANGED], 0);
    }
}

static void
present (PhPlayer *self)
{
  g_autoptr (GBytes) patch = NULL;
  Flight *flight;

  if (!self->dirty || !ph_stage_is_ready (self->stage))
    return;

  ph_cursor_seek (self->cursor, self->position);

  /* While the stage is busy the page can be brought there, so that only the patch is to be made. */
  if (self->in_flight != NULL)
    {
      ph_cursor_get_dom (self->cursor);
      return;
    }

  patch = ph_cursor_take_patch (self->cursor, self->jump);
  self->dirty = FALSE;
  self->jump = FALSE;

  if (patch != NULL)
    {
      self->in_flight = g_cancellable_new ();

      flight = g_new0 (Flight, 1);
      g_weak_ref_init (&flight->player, self);
      flight->cancellable = g_object_ref (self->in_flight);

      ph_stage_present_async (self->stage, patch, self->in_flight, presented_cb, flight);
    }

  update_shown (self);
}

static void
stage_ready_cb (PhPlayer *self)
{
  forget_flight (self);
  lose_stage (self);
  self->rebuilt = FALSE;
  ph_stage_set_playing (self->stage, self->playing && !self->reverse);
  update_wants_tick (self);
}

static void
stage_lost_cb (PhPlayer *self)
{
  forget_flight (self);
  lose_stage (self);
  update_wants_tick (self);
}

/* There is more to show, perhaps of this very moment. */
static void
session_changed_cb (PhPlayer *self)
{
  ph_cursor_seek (self->cursor, self->position);
  self->dirty = TRUE;
  update_wants_tick (self);
}

static void
ph_player_constructed (GObject *object)
{
  PhPlayer *self = PH_PLAYER (object);

  G_OBJECT_CLASS (ph_player_parent_class)->constructed (object);

  self->cursor = ph_cursor_new (self->session);
  self->window = ph_cursor_get_window (self->cursor);
  ph_dom_get_viewport (ph_cursor_get_dom (self->cursor), &self->width, &self->height);
  self->position = ph_session_get_span (self->session).begin;

  g_signal_connect_object (self->stage, "ready", G_CALLBACK (stage_ready_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->stage, "lost", G_CALLBACK (stage_lost_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "changed", G_CALLBACK (session_changed_cb), self,
                           G_CONNECT_SWAPPED);
  ph_stage_set_playing (self->stage, FALSE);
  ph_stage_set_speed (self->stage, self->speed);
  update_wants_tick (self);
}

static void
ph_player_dispose (GObject *object)
{
  PhPlayer *self = PH_PLAYER (object);

  forget_flight (self);

  if (self->stage != NULL)
    g_signal_handlers_disconnect_by_data (self->stage, self);

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);

  g_clear_pointer (&self->cursor, ph_cursor_free);
  g_clear_object (&self->stage);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (ph_player_parent_class)->dispose (object);
}

static void
ph_player_get_property (GObject *object,
                        guint prop_id,
                        GValue *value,
                        GParamSpec *pspec)
{
  PhPlayer *self = PH_PLAYER (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;

    case PROP_STAGE:
      g_value_set_object (value, self->stage);
      break;

    case PROP_POSITION:
      g_value_set_int64 (value, self->position);
      break;

    case PROP_PLAYING:
      g_value_set_boolean (value, self->playing);
      break;

    case PROP_SPEED:
      g_value_set_double (value, self->speed);
      break;

    case PROP_REVERSE:
      g_value_set_boolean (value, self->reverse);
      break;

    case PROP_SKIP_IDLE:
      g_value_set_boolean (value, self->skip_idle);
      break;

    case PROP_WANTS_TICK:
      g_value_set_boolean (value, self->wants_tick);
      break;

    case PROP_WINDOW:
      g_value_set_uint (value, self->window);
      break;

    case PROP_JUMPING:
      g_value_set_boolean (value, self->jumping_until != 0);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ph_player_set_property (GObject *object,
                        guint prop_id,
                        const GValue *value,
                        GParamSpec *pspec)
{
  PhPlayer *self = PH_PLAYER (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      self->session = g_value_dup_object (value);
      break;

    case PROP_STAGE:
      self->stage = g_value_dup_object (value);
      break;

    case PROP_PLAYING:
      ph_player_set_playing (self, g_value_get_boolean (value));
      break;

    case PROP_SPEED:
      ph_player_set_speed (self, g_value_get_double (value));
      break;

    case PROP_REVERSE:
      ph_player_set_reverse (self, g_value_get_boolean (value));
      break;

    case PROP_SKIP_IDLE:
      ph_player_set_skip_idle (self, g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags constructed =
    G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  const GParamFlags settable =
    G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, PH_TYPE_SESSION, constructed);
  properties[PROP_STAGE] =
    g_param_spec_object ("stage", NULL, NULL, PH_TYPE_STAGE, constructed);
  properties[PROP_POSITION] =
    g_param_spec_int64 ("position", NULL, NULL, 0, G_MAXINT64, 0, readable);
  properties[PROP_PLAYING] =
    g_param_spec_boolean ("playing", NULL, NULL, FALSE, settable);
  properties[PROP_SPEED] =
    g_param_spec_double ("speed", NULL, NULL, 0.25, 16, 1, settable);
  properties[PROP_REVERSE] =
    g_param_spec_boolean ("reverse", NULL, NULL, FALSE, settable);
  properties[PROP_SKIP_IDLE] =
    g_param_spec_boolean ("skip-idle", NULL, NULL, TRUE, settable);
  properties[PROP_WANTS_TICK] =
    g_param_spec_boolean ("wants-tick", NULL, NULL, FALSE, readable);
  properties[PROP_WINDOW] =
    g_param_spec_uint ("window", NULL, NULL, 0, G_MAXUINT, 0, readable);
  properties[PROP_JUMPING] =
    g_param_spec_boolean ("jumping", NULL, NULL, FALSE, readable);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ph_player_class_init (PhPlayerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = ph_player_constructed;
  object_class->dispose = ph_player_dispose;
  object_class->get_property = ph_player_get_property;
  object_class->set_property = ph_player_set_property;

  install_properties (object_class);

  signals[ENDED] =
    g_signal_new ("ended",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  signals[VIEWPORT_CHANGED] =
    g_signal_new ("viewport-changed",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
ph_player_init (PhPlayer *self)
{
  self->seek = PH_SEEK_INIT;
  self->speed = 1;
  self->skip_idle = TRUE;
  self->dirty = TRUE;
  self->jump = TRUE;
}

PhPlayer *
ph_player_new (PhSession *session,
               PhStage *stage)
{
  g_return_val_if_fail (PH_IS_SESSION (session), NULL);
  g_return_val_if_fail (PH_IS_STAGE (stage), NULL);

  return g_object_new (PH_TYPE_PLAYER, "session", session, "stage", stage, NULL);
}

PhSession *
ph_player_get_session (PhPlayer *self)
{
  g_return_val_if_fail (PH_IS_PLAYER (self), NULL);

  return self->session;
}

PhTime
ph_player_get_position (PhPlayer *self)
{
  g_return_val_if_fail (PH_IS_PLAYER (self), 0);

  return self->position;
}

gboolean
ph_player_get_wants_tick (PhPlayer *self)
{
  g_return_val_if_fail (PH_IS_PLAYER (self), FALSE);

  return self->wants_tick;
}

gboolean
ph_player_get_playing (PhPlayer *self)
{
  g_return_val_if_fail (PH_IS_PLAYER (self), FALSE);

  return self->playing;
}

void
ph_player_set_playing (PhPlayer *self,
                       gboolean playing)
{
  g_return_if_fail (PH_IS_PLAYER (self));

  playing = !!playing;

  if (self->playing == playing)
    return;

  if (playing && !self->reverse && is_over (self) && !ph_seek_is_wanted (&self->seek))
    ph_seek_to (&self->seek, ph_session_get_span (self->session).begin);

  ph_clock_start (&self->clock, self->position, get_rate (self));
  ph_stage_set_playing (self->stage, playing && !self->reverse);
  set_flag (self, &self->playing, playing, PROP_PLAYING);

  if (!playing)
    set_jumping_until (self, 0);

  update_wants_tick (self);
}

double
ph_player_get_speed (PhPlayer *self)
{
  g_return_val_if_fail (PH_IS_PLAYER (self), 1);

  return self->speed;
}

void
ph_player_set_speed (PhPlayer *self,
                     double speed)
{
  g_return_if_fail (PH_IS_PLAYER (self));
  g_return_if_fail (speed >= speeds[0] && speed <= speeds[G_N_ELEMENTS (speeds) - 1]);

  if (!(speed < self->speed) && !(speed > self->speed))
    return;

  self->speed = speed;
  ph_clock_move (&self->clock, self->position, get_rate (self));
  ph_stage_set_speed (self->stage, speed);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SPEED]);
}

gboolean
ph_player_get_reverse (PhPlayer *self)
{
  g_return_val_if_fail (PH_IS_PLAYER (self), FALSE);

  return self->reverse;
}

void
ph_player_set_reverse (PhPlayer *self,
                       gboolean reverse)
{
  g_return_if_fail (PH_IS_PLAYER (self));

  if (self->reverse == !!reverse)
    return;

  self->reverse = !!reverse;
  ph_clock_move (&self->clock, self->position, get_rate (self));
  ph_stage_set_playing (self->stage, self->playing && !self->reverse);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REVERSE]);
}

const double *
ph_player_speeds (guint *n)
{
  *n = G_N_ELEMENTS (speeds);

  return speeds;
}

void
ph_player_set_trail (PhPlayer *self,
                     gboolean trail)
{
  g_return_if_fail (PH_IS_PLAYER (self));

  ph_cursor_set_trail (self->cursor, trail);
  self->dirty = TRUE;
  update_wants_tick (self);
}

gboolean
ph_player_get_skip_idle (PhPlayer *self)
{
  g_return_val_if_fail (PH_IS_PLAYER (self), FALSE);

  return self->skip_idle;
}

void
ph_player_set_skip_idle (PhPlayer *self,
                         gboolean skip_idle)
{
  g_return_if_fail (PH_IS_PLAYER (self));

  ph_clock_move (&self->clock, self->position, get_rate (self));
  set_flag (self, &self->skip_idle, !!skip_idle, PROP_SKIP_IDLE);
}

guint32
ph_player_get_window (PhPlayer *self)
{
  g_return_val_if_fail (PH_IS_PLAYER (self), 0);

  return self->window;
}

void
ph_player_set_window (PhPlayer *self,
                      guint32 window)
{
  g_return_if_fail (PH_IS_PLAYER (self));

  ph_cursor_set_window (self->cursor, window);
  self->dirty = TRUE;
  self->jump = TRUE;
  self->rebuilt = FALSE;
  update_shown (self);
  update_wants_tick (self);
}

void
ph_player_set_assets (PhPlayer *self,
                      PhAssetTable *assets)
{
  g_return_if_fail (PH_IS_PLAYER (self));

  ph_cursor_set_assets (self->cursor, assets);
  self->dirty = TRUE;
  self->jump = TRUE;
  self->rebuilt = FALSE;
  update_wants_tick (self);
}

void
ph_player_get_viewport (PhPlayer *self,
                        int *width,
                        int *height)
{
  g_return_if_fail (PH_IS_PLAYER (self));

  *width = self->width;
  *height = self->height;
}

void
ph_player_seek (PhPlayer *self,
                PhTime target)
{
  g_return_if_fail (PH_IS_PLAYER (self));

  ph_seek_to (&self->seek, target);
  update_wants_tick (self);
}

void
ph_player_seek_by (PhPlayer *self,
                   PhTime offset)
{
  g_return_if_fail (PH_IS_PLAYER (self));

  ph_seek_by (&self->seek, offset);
  update_wants_tick (self);
}

/* Playing waits for the stage: no time passes that nobody could see. */
static void
advance (PhPlayer *self,
         gint64 frame_time)
{
  PhSpan span = ph_session_get_span (self->session);
  const PhSpan *idle = NULL;
  gboolean jumped = FALSE;
  guint n_idle = 0;

  /* What is not imported yet is waited for as well. */
  if (!ph_stage_is_ready (self->stage) ||
      (!self->reverse && self->position >= span.end &&
       ph_session_get_importing (self->session)))
    {
      ph_clock_start (&self->clock, self->position, get_rate (self));
      return;
    }

  if (self->skip_idle)
    idle = ph_session_get_idle (self->session, &n_idle);

  set_position (self, ph_clock_tick (&self->clock, frame_time, span, idle, n_idle, &jumped));

  /* What goes back moves by no animation. */
  if (jumped || self->reverse)
    self->jump = TRUE;

  if (jumped)
    {
      set_jumping_until (self, frame_time + JUMPING_SPAN);
    }
}

void
ph_player_tick (PhPlayer *self,
                gint64 frame_time)
{
  PhSpan span;
  PhTime target;

  g_return_if_fail (PH_IS_PLAYER (self));

  g_object_ref (self);
  span = ph_session_get_span (self->session);

  if (self->jumping_until != 0 && frame_time >= self->jumping_until)
    set_jumping_until (self, 0);

  if (ph_seek_take (&self->seek, self->position, span, &target))
    {
      ph_clock_start (&self->clock, target, get_rate (self));
      ph_clock_tick (&self->clock, frame_time, span, NULL, 0, NULL);
      self->jump = TRUE;
      set_position (self, target);
    }
  else if (self->playing)
    {
      advance (self, frame_time);
    }

  present (self);

  if (self->playing && is_over (self))
    {
      ph_player_set_playing (self, FALSE);
      g_signal_emit (self, signals[ENDED], 0);
    }

  update_wants_tick (self);
  g_object_unref (self);
}
