/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is marked for a clip: by keys, by dragging, nudged by events, played in a loop. */

#include "ph-timeline-words.h"
#include "ph-window-private.h"

#include <glib/gi18n.h>

static PhTimeline *
get_timeline (PhWindow *self)
{
  return ph_transport_get_timeline (self->transport);
}

static void
update_enabled (PhWindow *self,
                gboolean ready)
{
  gboolean has_in = ready && self->marks.in != PH_TIME_NONE;
  gboolean has_out = ready && self->marks.out != PH_TIME_NONE;

  ph_window_enable_action (self, "mark-in", ready);
  ph_window_enable_action (self, "mark-out", ready);
  ph_window_enable_action (self, "loop", ready);
  ph_window_enable_action (self, "go-to-mark", has_in || has_out);
  ph_window_enable_action (self, "nudge-mark", has_in || has_out);
  ph_window_enable_action (self, "clear-marks", has_in || has_out);
}

static void
marks_changed (PhWindow *self)
{
  ph_timeline_set_marks (get_timeline (self), &self->marks);
  update_enabled (self, self->player != NULL);
}

/* What is marked, and how long that is. */
static void
tell (PhWindow *self,
      PhClipSide side)
{
  g_autofree char *text = ph_timeline_mark_text (&self->marks, side);
  PhSpan span;

  if (ph_clip_marks_get_span (&self->marks, &span))
    {
      g_autofree char *length = ph_time_format_tenths (ph_span_length (span));
      g_autofree char *both = g_strdup_printf ("%s · %s", text, length);

      ph_window_show_hint (self, both);
    }
  else
    {
      ph_window_show_hint (self, text);
    }
}

static void
set_mark (PhWindow *self,
          PhClipSide side)
{
  ph_clip_marks_set (&self->marks, side, ph_player_get_position (self->player),
                     ph_session_get_span (self->session));
  marks_changed (self);
  tell (self, side);
  ph_window_show_bars (self);
}

static void
mark_in_action (GSimpleAction *action,
                GVariant *parameter,
                gpointer user_data)
{
  set_mark (user_data, PH_CLIP_IN);
}

static void
mark_out_action (GSimpleAction *action,
                 GVariant *parameter,
                 gpointer user_data)
{
  set_mark (user_data, PH_CLIP_OUT);
}

static void
clear_marks_action (GSimpleAction *action,
                    GVariant *parameter,
                    gpointer user_data)
{
  PhWindow *self = PH_WINDOW (user_data);

  self->marks = PH_CLIP_MARKS_NONE;
  marks_changed (self);
}

static void
mark_dragged_cb (PhWindow *self,
                 guint side,
                 gint64 time)
{
  ph_clip_marks_drag (&self->marks, (PhClipSide) side, time, ph_session_get_span (self->session));
  marks_changed (self);
}

/* What one sees is what the mark is at. */
static void
seek_to_mark (PhWindow *self)
{
  ph_window_hide_hint (self);
  ph_player_seek (self->player, ph_clip_marks_get (&self->marks, self->marks.held));
  ph_window_show_bars (self);
}

static void
go_to_mark_action (GSimpleAction *action,
                   GVariant *parameter,
                   gpointer user_data)
{
  PhWindow *self = PH_WINDOW (user_data);
  PhClipSide side = g_variant_get_int32 (parameter) == 0 ? PH_CLIP_IN : PH_CLIP_OUT;

  if (ph_clip_marks_get (&self->marks, side) == PH_TIME_NONE)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      ph_window_show_hint (self, side == PH_CLIP_IN ? _ ("No begin of a clip is marked")
                                                    : _ ("No end of a clip is marked"));
      return;
    }

  self->marks.held = side;
  marks_changed (self);
  seek_to_mark (self);
}

/* The time of the next event after @time or of the last before it, or @time. */
static PhTime
find_event (PhSession *session,
            PhTime time,
            gboolean forward)
{
  guint index = ph_session_events_until (session, forward ? time : time - 1);

  if (forward && index < ph_session_get_n_events (session))
    return ph_session_get_event (session, index)->time;

  if (!forward && index > 0)
    return ph_session_get_event (session, index - 1)->time;

  return time;
}

static void
nudge_mark_action (GSimpleAction *action,
                   GVariant *parameter,
                   gpointer user_data)
{
  PhWindow *self = PH_WINDOW (user_data);
  PhSpan all = ph_session_get_span (self->session);
  PhClipSide side = self->marks.held;
  PhTime time = ph_clip_marks_get (&self->marks, side);
  PhTime there = ph_span_clamp (
    all, find_event (self->session, time, g_variant_get_int32 (parameter) > 0));

  if (there == time)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }

  ph_clip_marks_drag (&self->marks, side, there, all);
  marks_changed (self);
  seek_to_mark (self);
  tell (self, side);
}

/* The loop */

static gboolean
is_looping (PhWindow *self)
{
  g_autoptr (GVariant) state = g_action_group_get_action_state (G_ACTION_GROUP (self), "loop");

  return g_variant_get_boolean (state);
}

static void
change_loop (GSimpleAction *action,
             GVariant *value,
             gpointer user_data)
{
  PhWindow *self = PH_WINDOW (user_data);
  PhSpan span;

  g_simple_action_set_state (action, value);

  if (!g_variant_get_boolean (value))
    {
      ph_window_show_hint (self, _ ("Plays on at the end of what is marked"));
      return;
    }

  ph_window_show_hint (self, ph_clip_marks_get_span (&self->marks, &span)
                               ? _ ("Plays what is marked in a loop")
                               : _ ("Plays in a loop what will be marked with I and O"));
}

static void
position_changed_cb (PhWindow *self)
{
  PhTime before = self->loop_position;
  PhTime now = ph_player_get_position (self->player);
  PhTime there = PH_TIME_NONE;

  self->loop_position = now;

  if (ph_player_get_playing (self->player) && is_looping (self))
    there =
      ph_clip_marks_loop (&self->marks, before, now, ph_player_get_reverse (self->player));

  if (there != PH_TIME_NONE)
    ph_player_seek (self->player, there);
}

/* From where a round ends, the next begins. */
static void
playing_changed_cb (PhWindow *self)
{
  PhSpan span;

  self->loop_position = ph_player_get_position (self->player);

  if (ph_player_get_playing (self->player) && is_looping (self) &&
      !ph_player_get_reverse (self->player) && ph_clip_marks_get_span (&self->marks, &span) &&
      self->loop_position == span.end)
    ph_player_seek (self->player, span.begin);
}

/* At an end of the recording playing stops by itself. */
static void
ended_cb (PhWindow *self)
{
  PhTime position = ph_player_get_position (self->player);
  gboolean reverse = ph_player_get_reverse (self->player);
  PhSpan span;

  if (!is_looping (self) || !ph_clip_marks_get_span (&self->marks, &span) ||
      position != (reverse ? span.begin : span.end))
    return;

  ph_player_seek (self->player, reverse ? span.end : span.begin);
  ph_player_set_playing (self->player, TRUE);
}

/* Beginning and ending */

void
ph_window_update_marks (PhWindow *self,
                        gboolean ready)
{
  guint generation = ready ? ph_session_get_generation (self->session) : 0;

  /* Times mean something else now. */
  if (ready && generation != self->marks_generation)
    {
      self->marks = PH_CLIP_MARKS_NONE;
      self->marks_generation = generation;
      ph_timeline_set_marks (get_timeline (self), &self->marks);
    }

  update_enabled (self, ready);
}

void
ph_window_end_marks (PhWindow *self)
{
  self->marks = PH_CLIP_MARKS_NONE;
  ph_timeline_set_marks (get_timeline (self), &self->marks);
}

void
ph_window_init_marks (PhWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "mark-in", .activate = mark_in_action },
    { .name = "mark-out", .activate = mark_out_action },
    { .name = "clear-marks", .activate = clear_marks_action },
    { .name = "go-to-mark", .activate = go_to_mark_action, .parameter_type = "i" },
    { .name = "nudge-mark", .activate = nudge_mark_action, .parameter_type = "i" },
    { .name = "loop", .state = "false", .change_state = change_loop },
  };

  self->marks = PH_CLIP_MARKS_NONE;
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (get_timeline (self), "mark-dragged", G_CALLBACK (mark_dragged_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_group_connect_swapped (self->player_signals, "notify::position",
                                  G_CALLBACK (position_changed_cb), self);
  g_signal_group_connect_swapped (self->player_signals, "notify::playing",
                                  G_CALLBACK (playing_changed_cb), self);
  g_signal_group_connect_swapped (self->player_signals, "ended", G_CALLBACK (ended_cb), self);
}
