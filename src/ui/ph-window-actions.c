/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-properties.h"
#include "ph-settings.h"
#include "ph-window-private.h"

#include <glib/gi18n.h>

/* Playing on, "previous" would find the mark that was just passed for ever. */
#define PREVIOUS_GRACE (PH_SECOND)

static void
play_action (GSimpleAction *action,
             GVariant *parameter,
             gpointer user_data)
{
  PhWindow *self = PH_WINDOW (user_data);
  gboolean playing = !ph_player_get_playing (self->player);

  /* However one came here: playing is forwards, at the speed that was chosen. */
  if (playing)
    {
      g_autoptr (GVariant) speed = g_action_group_get_action_state (G_ACTION_GROUP (self), "speed");

      ph_player_set_reverse (self->player, FALSE);
      ph_player_set_speed (self->player, g_variant_get_double (speed));
    }

  ph_player_set_playing (self->player, playing);
}

/* In full screen, too, one sees where one is. */
static void
seek (PhWindow *self,
      PhTime time)
{
  ph_window_hide_hint (self);
  ph_player_seek (self->player, time);
  ph_window_show_bars (self);
}

static void
seek_action (GSimpleAction *action,
             GVariant *parameter,
             gpointer user_data)
{
  PhWindow *self = PH_WINDOW (user_data);

  seek (self, g_variant_get_int64 (parameter));
}

static void
seek_by_action (GSimpleAction *action,
                GVariant *parameter,
                gpointer user_data)
{
  PhWindow *self = PH_WINDOW (user_data);

  ph_window_hide_hint (self);
  ph_player_seek_by (self->player, g_variant_get_int64 (parameter));
  ph_window_show_bars (self);
}

static void
seek_start_action (GSimpleAction *action,
                   GVariant *parameter,
                   gpointer user_data)
{
  PhWindow *self = PH_WINDOW (user_data);

  seek (self, ph_window_get_start (self));
}

static void
seek_end_action (GSimpleAction *action,
                 GVariant *parameter,
                 gpointer user_data)
{
  PhWindow *self = PH_WINDOW (user_data);

  seek (self, ph_session_get_span (self->session).end);
}

/* Marks, errors, pages */

static void
say_there_is_none (PhWindow *self,
                   const char *text)
{
  gtk_widget_error_bell (GTK_WIDGET (self));
  ph_window_show_hint (self, text);
}

static PhTime
find_mark (PhWindow *self,
           guint kinds,
           gboolean forward)
{
  const PhTrack *track = ph_timeline_get_track (ph_transport_get_timeline (self->transport));
  PhTime position = ph_player_get_position (self->player);

  if (forward)
    return ph_track_next (track, kinds, position);

  if (ph_player_get_playing (self->player))
    position -= PREVIOUS_GRACE;

  return ph_track_previous (track, kinds, position);
}

/* Start and end are marks as well: before the first and after the last there is somewhere to go. */
static void
go_to_marker (PhWindow *self,
              gboolean forward)
{
  PhTime time = find_mark (self, PH_MARK_ALL, forward);
  PhTime position = ph_player_get_position (self->player);
  PhTime start = ph_window_get_start (self);
  PhTime end = ph_session_get_span (self->session).end;

  if (time == PH_TIME_NONE && forward && position < end)
    time = end;
  else if (time == PH_TIME_NONE && !forward && position > start)
    time = start;

  if (time != PH_TIME_NONE)
    seek (self, time);
  else
    say_there_is_none (self, forward ? _ ("No later marker") : _ ("No earlier marker"));
}

static void
go_to_error (PhWindow *self,
             gboolean forward)
{
  PhTime time = find_mark (self, PH_MARK_ERROR, forward);

  if (time != PH_TIME_NONE)
    seek (self, time);
  else
    say_there_is_none (self, forward ? _ ("No later error") : _ ("No earlier error"));
}

static void
next_marker_action (GSimpleAction *action,
                    GVariant *parameter,
                    gpointer user_data)
{
  go_to_marker (user_data, TRUE);
}

static void
previous_marker_action (GSimpleAction *action,
                        GVariant *parameter,
                        gpointer user_data)
{
  go_to_marker (user_data, FALSE);
}

static void
next_error_action (GSimpleAction *action,
                   GVariant *parameter,
                   gpointer user_data)
{
  go_to_error (user_data, TRUE);
}

static void
previous_error_action (GSimpleAction *action,
                       GVariant *parameter,
                       gpointer user_data)
{
  go_to_error (user_data, FALSE);
}

static void
go_to_page (PhWindow *self,
            gboolean forward)
{
  PhTime position = ph_player_get_position (self->player);
  PhTime time = PH_TIME_NONE;
  guint n;
  const PhPage *pages = ph_session_get_pages (self->session, &n);

  if (!forward && ph_player_get_playing (self->player))
    position -= PREVIOUS_GRACE;

  for (guint i = 0; i < n; i++)
    {
      if (forward && pages[i].span.begin > position)
        {
          time = pages[i].span.begin;
          break;
        }

      if (!forward && pages[i].span.begin < position)
        time = MAX (pages[i].span.begin, ph_window_get_start (self));
    }

  if (!forward && time >= ph_player_get_position (self->player))
    time = PH_TIME_NONE;

  if (time != PH_TIME_NONE)
    seek (self, time);
  else
    say_there_is_none (self, forward ? _ ("No later page") : _ ("No earlier page"));
}

static void
next_page_action (GSimpleAction *action,
                  GVariant *parameter,
                  gpointer user_data)
{
  go_to_page (user_data, TRUE);
}

static void
previous_page_action (GSimpleAction *action,
                      GVariant *parameter,
                      gpointer user_data)
{
  go_to_page (user_data, FALSE);
}

/* How it plays */

static void
change_speed (GSimpleAction *action,
              GVariant *value,
              gpointer user_data)
{
  PhWindow *self = PH_WINDOW (user_data);
  guint n;
  const double *speeds = ph_player_speeds (&n);
  double speed = CLAMP (g_variant_get_double (value), speeds[0], speeds[n - 1]);

  ph_player_set_speed (self->player, speed);
  ph_settings_set_double ("speed", speed);
  g_simple_action_set_state (action, g_variant_new_double (speed));
}

/* The next of the speeds offered, or the last one. */
static double
next_speed (double speed,
            gboolean up)
{
  guint n;
  const double *speeds = ph_player_speeds (&n);
  double next = speed;

  for (guint i = 0; i < n; i++)
    {
      if (up && speeds[i] > speed)
        return speeds[i];

      if (!up && speeds[i] < speed)
        next = speeds[i];
    }

  return next;
}

static void
step_speed (PhWindow *self,
            gboolean up)
{
  double next = next_speed (ph_player_get_speed (self->player), up);

  ph_window_show_bars (self);
  g_action_group_change_action_state (G_ACTION_GROUP (self), "speed",
                                      g_variant_new_double (next));
}

/* As on a tape: once for the direction, again for more speed. The speed chosen stays chosen. */
static void
shuttle_action (GSimpleAction *action,
                GVariant *parameter,
                gpointer user_data)
{
  PhWindow *self = PH_WINDOW (user_data);
  gboolean reverse = g_variant_get_int32 (parameter) < 0;
  gboolean again = ph_player_get_playing (self->player) &&
                   ph_player_get_reverse (self->player) == reverse;

  ph_window_show_bars (self);
  ph_player_set_speed (self->player,
                       again ? next_speed (ph_player_get_speed (self->player), TRUE) : 1);
  ph_player_set_reverse (self->player, reverse);
  ph_player_set_playing (self->player, TRUE);
}

static void
faster_action (GSimpleAction *action,
               GVariant *parameter,
               gpointer user_data)
{
  step_speed (user_data, TRUE);
}

static void
slower_action (GSimpleAction *action,
               GVariant *parameter,
               gpointer user_data)
{
  step_speed (user_data, FALSE);
}

static void
change_skip_idle (GSimpleAction *action,
                  GVariant *value,
                  gpointer user_data)
{
  PhWindow *self = PH_WINDOW (user_data);

  ph_player_set_skip_idle (self->player, g_variant_get_boolean (value));
  ph_settings_set_boolean ("skip-idle", g_variant_get_boolean (value));
  g_simple_action_set_state (action, value);
}

static void
change_trail (GSimpleAction *action,
              GVariant *value,
              gpointer user_data)
{
  PhWindow *self = PH_WINDOW (user_data);

  ph_player_set_trail (self->player, g_variant_get_boolean (value));
  ph_settings_set_boolean ("trail", g_variant_get_boolean (value));
  g_simple_action_set_state (action, value);
}

static void
change_window (GSimpleAction *action,
               GVariant *value,
               gpointer user_data)
{
  PhWindow *self = PH_WINDOW (user_data);
  guint32 window = g_variant_get_uint32 (value);

  if (window != G_MAXUINT32 && window >= ph_session_get_n_windows (self->session))
    return;

  ph_player_set_window (self->player, window);
  g_simple_action_set_state (action, value);
}

static void
stop_import_action (GSimpleAction *action,
                    GVariant *parameter,
                    gpointer user_data)
{
  ph_session_stop_import (PH_WINDOW (user_data)->session);
}

/* The window itself */

static void
change_fullscreen (GSimpleAction *action,
                   GVariant *value,
                   gpointer user_data)
{
  /* The state follows the window, which the window manager may refuse to change. */
  if (g_variant_get_boolean (value))
    gtk_window_fullscreen (user_data);
  else
    gtk_window_unfullscreen (user_data);
}

static void
leave_action (GSimpleAction *action,
              GVariant *parameter,
              gpointer user_data)
{
  if (!ph_window_leave_note (user_data))
    gtk_window_unfullscreen (user_data);
}

static void
open_action (GSimpleAction *action,
             GVariant *parameter,
             gpointer user_data)
{
  ph_window_choose_file (user_data);
}

static void
cancel_action (GSimpleAction *action,
               GVariant *parameter,
               gpointer user_data)
{
  ph_window_cancel (user_data);
}

static void
back_action (GSimpleAction *action,
             GVariant *parameter,
             gpointer user_data)
{
  ph_window_go_back (user_data);
}

static void
reload_action (GSimpleAction *action,
               GVariant *parameter,
               gpointer user_data)
{
  ph_web_stage_restart (PH_WINDOW (user_data)->stage);
}

static gboolean
menu_tick_cb (GtkWidget *widget,
              GdkFrameClock *frame_clock,
              gpointer user_data)
{
  PhWindow *self = PH_WINDOW (widget);

  if (!ph_chrome_is_settled (self->chrome))
    return G_SOURCE_CONTINUE;

  gtk_menu_button_popup (self->menu_button);

  return G_SOURCE_REMOVE;
}

static void
menu_action (GSimpleAction *action,
             GVariant *parameter,
             gpointer user_data)
{
  PhWindow *self = PH_WINDOW (user_data);

  ph_window_show_bars (self);
  if (ph_chrome_is_settled (self->chrome))
    gtk_menu_button_popup (self->menu_button);
  else
    gtk_widget_add_tick_callback (GTK_WIDGET (self), menu_tick_cb, NULL, NULL);
}

/* From nowhere to the controls, on to the bars above, to what stands between, around. */
static void
next_bar_action (GSimpleAction *action,
                 GVariant *parameter,
                 gpointer user_data)
{
  PhWindow *self = PH_WINDOW (user_data);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  /* Not the stack itself: what fades away would take the focus. */
  GtkWidget *bars[] = { GTK_WIDGET (self->transport), self->top_bars,
                        gtk_stack_get_visible_child (self->stack) };
  guint first = 0;

  for (guint i = 0; i < G_N_ELEMENTS (bars); i++)
    {
      if (focus != NULL && gtk_widget_is_ancestor (focus, bars[i]))
        first = i + 1;
    }

  ph_window_show_bars (self);
  gtk_window_set_focus_visible (GTK_WINDOW (self), TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (bars); i++)
    {
      if (gtk_widget_child_focus (bars[(first + i) % G_N_ELEMENTS (bars)], GTK_DIR_TAB_FORWARD))
        return;
    }
}

static void
assets_action (GSimpleAction *action,
               GVariant *parameter,
               gpointer user_data)
{
  ph_window_show_assets (PH_WINDOW (user_data));
}

static void
properties_action (GSimpleAction *action,
                   GVariant *parameter,
                   gpointer user_data)
{
  PhWindow *self = PH_WINDOW (user_data);

  gtk_window_present (GTK_WINDOW (ph_properties_new (GTK_WINDOW (self), self->session)));
}

/* In sessions only; the second list works without one. */
static const GActionEntry session_entries[] = {
  { .name = "play", .activate = play_action },
  { .name = "shuttle", .activate = shuttle_action, .parameter_type = "i" },
  { .name = "seek", .activate = seek_action, .parameter_type = "x" },
  { .name = "seek-by", .activate = seek_by_action, .parameter_type = "x" },
  { .name = "seek-start", .activate = seek_start_action },
  { .name = "seek-end", .activate = seek_end_action },
  { .name = "next-marker", .activate = next_marker_action },
  { .name = "previous-marker", .activate = previous_marker_action },
  { .name = "next-error", .activate = next_error_action },
  { .name = "previous-error", .activate = previous_error_action },
  { .name = "next-page", .activate = next_page_action },
  { .name = "previous-page", .activate = previous_page_action },
  { .name = "faster", .activate = faster_action },
  { .name = "slower", .activate = slower_action },
  { .name = "speed", .parameter_type = "d", .state = "1.0", .change_state = change_speed },
  { .name = "skip-idle", .state = "true", .change_state = change_skip_idle },
  { .name = "trail", .state = "true", .change_state = change_trail },
  { .name = "assets", .activate = assets_action },
  { .name = "properties", .activate = properties_action },
  { .name = "stop-import", .activate = stop_import_action },
  { .name = "window",
    .parameter_type = "u",
    .state = "uint32 4294967295",
    .change_state = change_window },
};

static const GActionEntry window_entries[] = {
  { .name = "open", .activate = open_action },
  { .name = "cancel", .activate = cancel_action },
  { .name = "back", .activate = back_action },
  { .name = "reload", .activate = reload_action },
  { .name = "menu", .activate = menu_action },
  { .name = "next-bar", .activate = next_bar_action },
  { .name = "fullscreen", .state = "false", .change_state = change_fullscreen },
  { .name = "leave", .activate = leave_action },
};

static GSimpleAction *
find_action (PhWindow *self,
             const char *name)
{
  return G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), name));
}

void
ph_window_enable_action (PhWindow *self,
                         const char *name,
                         gboolean enabled)
{
  g_simple_action_set_enabled (find_action (self, name), enabled);
}

void
ph_window_update_actions (PhWindow *self)
{
  const PhTrack *track = ph_timeline_get_track (ph_transport_get_timeline (self->transport));
  gboolean ready = self->state == PH_WINDOW_SESSION && self->player != NULL && track != NULL;
  guint n_pages = 0;
  guint n_markers;

  for (guint i = 0; i < G_N_ELEMENTS (session_entries); i++)
    ph_window_enable_action (self, session_entries[i].name, ready);

  ph_window_update_marks (self, ready);
  ph_window_update_clip (self, ready);
  ph_window_enable_action (self, "reload", self->stage_lost);
  ph_window_update_note_actions (self, ready);
  if (!ready)
    return;

  ph_session_get_pages (self->session, &n_pages);
  n_markers = track->errors.n + track->pages.n + track->notes.n;
  ph_window_enable_action (self, "play", !self->stage_lost);
  ph_window_enable_action (self, "shuttle", !self->stage_lost);
  ph_window_enable_action (self, "stop-import", ph_session_get_importing (self->session));
  ph_window_enable_action (self, "next-error", track->errors.n > 0);
  ph_window_enable_action (self, "previous-error", track->errors.n > 0);
  ph_window_enable_action (self, "next-marker", n_markers > 0);
  ph_window_enable_action (self, "previous-marker", n_markers > 0);
  ph_window_enable_action (self, "next-page", n_pages > 1);
  ph_window_enable_action (self, "previous-page", n_pages > 1);

  g_simple_action_set_state (find_action (self, "skip-idle"),
                             g_variant_new_boolean (ph_player_get_skip_idle (self->player)));
}

void
ph_window_init_actions (PhWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), session_entries,
                                   G_N_ELEMENTS (session_entries), self);
  g_action_map_add_action_entries (G_ACTION_MAP (self), window_entries,
                                   G_N_ELEMENTS (window_entries), self);
}
