/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-window.h"

#include "ph-accessible.h"
#include "ph-actions.h"
#include "ph-reason.h"
#include "ph-recent.h"
#include "ph-settings.h"
#include "ph-shortcuts.h"
#include "ph-style-switch.h"
#include "ph-visible.h"
#include "ph-welcome.h"
#include "ph-window-private.h"

#include <glib/gi18n.h>

/* Recorders write down where they are shortly before what they see: nobody wants to see that. */
#define SOON (PH_SECOND / 2)
#define HINT_MILLISECONDS 2000

G_DEFINE_FINAL_TYPE (PhWindow, ph_window, ADW_TYPE_APPLICATION_WINDOW)

static const char *const state_names[] = {
  [PH_WINDOW_EMPTY] = "empty",
  [PH_WINDOW_OPENING] = "opening",
  [PH_WINDOW_ERROR] = "error",
  [PH_WINDOW_SESSION] = "session",
  [PH_WINDOW_SESSIONS] = "sessions",
};

static void
update_title (PhWindow *self)
{
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;

  if (self->state == PH_WINDOW_SESSION)
    {
      title = ph_visible_capped (ph_session_get_title (self->session), 120);
      subtitle = ph_recent_file_name (ph_session_get_file (self->session));
      if (g_str_equal (title, subtitle))
        g_clear_pointer (&subtitle, g_free);
    }

  adw_window_title_set_title (self->title, title != NULL ? title : _ ("Playhead"));
  adw_window_title_set_subtitle (self->title, subtitle != NULL ? subtitle : "");
  gtk_window_set_title (GTK_WINDOW (self), title != NULL ? title : _ ("Playhead"));
}

static void
update_health (PhWindow *self)
{
  /* Nothing wrong is nothing to see, for screen readers as well. */
  gtk_widget_set_visible (GTK_WIDGET (self->health),
                          self->state == PH_WINDOW_SESSION &&
                            ph_health_bar_get_title (self->health) != NULL);
}

void
ph_window_set_state (PhWindow *self,
                     PhWindowState state)
{
  gboolean in_session = state == PH_WINDOW_SESSION;

  self->state = state;
  gtk_stack_set_visible_child_name (self->stack, state_names[state]);
  /* It would go on drawing frames behind the other pages. */
  gtk_spinner_set_spinning (self->spinner, state == PH_WINDOW_OPENING);
  gtk_widget_set_visible (GTK_WIDGET (self->address), in_session);
  update_health (self);
  gtk_widget_set_visible (GTK_WIDGET (self->transport), in_session);
  update_title (self);
  ph_window_update_actions (self);
  ph_window_update_sessions (self);
}

/* The page and what covers it */

static void
cover_no_page (PhWindow *self,
               const PhWindowInfo *info)
{
  g_autofree char *text = NULL;
  gboolean ever = info->first_picture != PH_TIME_NONE;

  if (ever)
    {
      g_autofree char *time = ph_time_format (info->first_picture);

      text = g_strdup_printf (_ ("The first picture of this window comes at %s."), time);
      gtk_actionable_set_action_target (GTK_ACTIONABLE (self->no_page_button), "x",
                                        (gint64) info->first_picture);
    }

  adw_status_page_set_title (self->no_page, ever ? _ ("No Page Yet") : _ ("No Page"));
  adw_status_page_set_description (
    self->no_page, ever ? text : _ ("This recording holds no picture of this window."));
  gtk_widget_set_visible (GTK_WIDGET (self->no_page_button), ever);
}

PhTime
ph_window_get_start (PhWindow *self)
{
  PhTime start = PH_TIME_NONE;
  guint n = ph_session_get_n_windows (self->session);

  for (guint32 i = 0; i < n; i++)
    {
      PhTime time = ph_session_get_window (self->session, i)->first_picture;

      if (time != PH_TIME_NONE && (start == PH_TIME_NONE || time < start))
        start = time;
    }

  return start != PH_TIME_NONE ? start : ph_session_get_span (self->session).begin;
}

void
ph_window_update_cover (PhWindow *self)
{
  gboolean no_page = FALSE;

  if (self->player != NULL)
    {
      guint32 window = ph_player_get_window (self->player);
      PhTime position = ph_player_get_position (self->player);
      const PhWindowInfo *info = NULL;

      if (window < ph_session_get_n_windows (self->session))
        info = ph_session_get_window (self->session, window);

      no_page = info != NULL &&
                (info->first_picture == PH_TIME_NONE || position < info->first_picture);
      if (no_page && info->first_picture != PH_TIME_NONE &&
          info->first_picture - position < SOON)
        {
          no_page = FALSE;
          if (!ph_player_get_playing (self->player))
            ph_player_seek (self->player, info->first_picture);
        }

      if (no_page)
        cover_no_page (self, info);
    }

  gtk_widget_set_visible (GTK_WIDGET (self->no_page), no_page && !self->stage_lost);
  gtk_widget_set_visible (GTK_WIDGET (self->lost_page), self->stage_lost);
}

static void
stage_lost_cb (PhWindow *self)
{
  self->stage_lost = TRUE;
  ph_player_set_playing (self->player, FALSE);
  ph_window_update_cover (self);
  ph_window_update_actions (self);
  gtk_widget_grab_focus (self->reload_button);
}

static void
stage_ready_cb (PhWindow *self)
{
  if (self->stage_lost)
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
  self->stage_lost = FALSE;
  ph_window_update_cover (self);
  ph_window_update_actions (self);
}

/* The session */

/* Why only a part of it is there, or NULL. */
static char *
describe_part (PhWindow *self)
{
  const GError *error = ph_session_get_import_error (self->session);
  g_autofree char *reason = NULL;
  g_autofree char *visible = NULL;

  if (error == NULL)
    return NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_strdup (_ ("Only the first part is shown: importing was stopped"));

  reason = ph_reason_text (ph_session_get_file (self->session), error);
  visible = ph_visible_text (reason);

  /* Translators: why importing failed half way, as in "There is no space left". */
  return g_strdup_printf (_ ("Only the first part is shown: %s"), visible);
}

void
ph_window_refresh (PhWindow *self)
{
  g_autofree char *part = describe_part (self);

  update_title (self);
  ph_health_bar_set_notice (self->health, part);
  ph_health_bar_refresh (self->health);
  update_health (self);
  ph_address_refresh (self->address);
  ph_transport_refresh (self->transport, ph_session_get_importing (self->session),
                        ph_session_get_progress (self->session));
  ph_window_refresh_assets (self);
  ph_window_update_cover (self);
  ph_window_update_actions (self);
}

/* The player */

static gboolean
tick_cb (GtkWidget *widget,
         GdkFrameClock *frame_clock,
         gpointer user_data)
{
  PhWindow *self = PH_WINDOW (widget);

  ph_player_tick (self->player, gdk_frame_clock_get_frame_time (frame_clock));

  return G_SOURCE_CONTINUE;
}

static void
wants_tick_changed_cb (PhWindow *self)
{
  gboolean wanted = self->player != NULL && ph_player_get_wants_tick (self->player);

  if (wanted && self->tick == 0)
    {
      self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
    }
  else if (!wanted && self->tick != 0)
    {
      gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
      self->tick = 0;
    }
}

static void
window_changed_cb (PhWindow *self)
{
  ph_window_update_cover (self);
  ph_window_update_pins (self);
  ph_window_update_actions (self);
}

/* The idle stretch that ends at the position or was left just before it. */
static PhTime
skipped_length (PhWindow *self)
{
  PhTime position = ph_player_get_position (self->player);
  PhTime length = 0;
  guint n;
  const PhSpan *idle = ph_session_get_idle (self->session, &n);

  for (guint i = 0; i < n && idle[i].begin <= position; i++)
    length = ph_span_length (idle[i]);

  return length;
}

void
ph_window_hide_hint (PhWindow *self)
{
  g_clear_handle_id (&self->hint_delay, g_source_remove);
  gtk_revealer_set_reveal_child (self->hint, FALSE);
}

static void
hint_over_cb (gpointer user_data)
{
  PhWindow *self = PH_WINDOW (user_data);

  self->hint_delay = 0;
  ph_window_hide_hint (self);
}

void
ph_window_show_hint (PhWindow *self,
                     const char *text)
{
  ph_window_hide_hint (self);
  gtk_label_set_text (self->hint_label, text);
  gtk_revealer_set_reveal_child (self->hint, TRUE);
  self->hint_delay = g_timeout_add_once (HINT_MILLISECONDS, hint_over_cb, self);
}

static void
jumping_changed_cb (PhWindow *self)
{
  g_autofree char *length = NULL;
  g_autofree char *text = NULL;
  gboolean jumping;

  g_object_get (self->player, "jumping", &jumping, NULL);
  if (!jumping)
    {
      ph_window_hide_hint (self);
      return;
    }

  length = ph_time_format (skipped_length (self));
  /* Translators: a length of time, as in "Jumped over 0:42 of idle time". */
  text = g_strdup_printf (_ ("Jumped over %s of idle time"), length);
  ph_window_show_hint (self, text);
}

static void
player_bound_cb (PhWindow *self)
{
  wants_tick_changed_cb (self);
  ph_window_update_cover (self);
}

/* The room the page has: known after the layout, used by a label in it. */
static void
room_changed_cb (gpointer user_data)
{
  PhWindow *self = PH_WINDOW (user_data);
  GtkWidget *bin = GTK_WIDGET (self->stage_bin);

  self->room_idle = 0;
  ph_address_set_room (self->address, gtk_widget_get_width (bin), gtk_widget_get_height (bin));
}

static void
ph_window_size_allocate (GtkWidget *widget,
                         int width,
                         int height,
                         int baseline)
{
  PhWindow *self = PH_WINDOW (widget);

  GTK_WIDGET_CLASS (ph_window_parent_class)->size_allocate (widget, width, height, baseline);

  if (self->room_idle == 0)
    self->room_idle = g_idle_add_once (room_changed_cb, self);
}

/* Making and ending */

static void
save_size (PhWindow *self)
{
  int width;
  int height;

  ph_settings_set_boolean ("window-maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
  if (gtk_window_is_maximized (GTK_WINDOW (self)) || gtk_window_is_fullscreen (GTK_WINDOW (self)))
    return;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  if (width > 0 && height > 0)
    {
      ph_settings_set_int ("window-width", width);
      ph_settings_set_int ("window-height", height);
    }
}

static gboolean
ph_window_close_request (GtkWindow *window)
{
  save_size (PH_WINDOW (window));
  if (ph_window_ask_about_notes (PH_WINDOW (window)))
    return GDK_EVENT_STOP;

  if (ph_window_ask_about_clips (PH_WINDOW (window), FALSE))
    return TRUE;

  return GTK_WINDOW_CLASS (ph_window_parent_class)->close_request (window);
}

static void
ph_window_dispose (GObject *object)
{
  PhWindow *self = PH_WINDOW (object);

  g_clear_handle_id (&self->room_idle, g_source_remove);
  g_clear_handle_id (&self->hint_delay, g_source_remove);
  ph_window_dispose_fullscreen (self);
  ph_window_dispose_open (self);
  ph_window_dispose_notes (self);
  g_clear_object (&self->session_signals);
  g_clear_object (&self->player_signals);
  g_clear_object (&self->stage_signals);

  G_OBJECT_CLASS (ph_window_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, PhWindow, chrome);
  gtk_widget_class_bind_template_child (widget_class, PhWindow, header);
  gtk_widget_class_bind_template_child (widget_class, PhWindow, top_bars);
  gtk_widget_class_bind_template_child (widget_class, PhWindow, title);
  gtk_widget_class_bind_template_child (widget_class, PhWindow, open_button);
  gtk_widget_class_bind_template_child (widget_class, PhWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, PhWindow, address);
  gtk_widget_class_bind_template_child (widget_class, PhWindow, health);
  gtk_widget_class_bind_template_child (widget_class, PhWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, PhWindow, opening_page);
  gtk_widget_class_bind_template_child (widget_class, PhWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, PhWindow, error_page);
  gtk_widget_class_bind_template_child (widget_class, PhWindow, other_button);
  gtk_widget_class_bind_template_child (widget_class, PhWindow, back_button);
  gtk_widget_class_bind_template_child (widget_class, PhWindow, sessions);
  gtk_widget_class_bind_template_child (widget_class, PhWindow, flap);
  gtk_widget_class_bind_template_child (widget_class, PhWindow, notes_pane);
  gtk_widget_class_bind_template_child (widget_class, PhWindow, stage_bin);
  gtk_widget_class_bind_template_child (widget_class, PhWindow, no_page);
  gtk_widget_class_bind_template_child (widget_class, PhWindow, no_page_button);
  gtk_widget_class_bind_template_child (widget_class, PhWindow, lost_page);
  gtk_widget_class_bind_template_child (widget_class, PhWindow, reload_button);
  gtk_widget_class_bind_template_child (widget_class, PhWindow, hint);
  gtk_widget_class_bind_template_child (widget_class, PhWindow, hint_label);
  gtk_widget_class_bind_template_child (widget_class, PhWindow, drop_hint);
  gtk_widget_class_bind_template_child (widget_class, PhWindow, transport);
}

static void
ph_window_class_init (PhWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ph_window_dispose;
  widget_class->size_allocate = ph_window_size_allocate;
  GTK_WINDOW_CLASS (klass)->close_request = ph_window_close_request;

  g_type_ensure (PH_TYPE_CHROME);
  g_type_ensure (PH_TYPE_ADDRESS);
  g_type_ensure (PH_TYPE_HEALTH_BAR);
  g_type_ensure (PH_TYPE_NOTES_PANE);
  g_type_ensure (PH_TYPE_SESSIONS);
  g_type_ensure (PH_TYPE_WELCOME);
  g_type_ensure (PH_TYPE_TRANSPORT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/playhead_viewer/Playhead/ph-window.ui");
  bind_children (widget_class);
}

static void
init_menu (PhWindow *self)
{
  g_autoptr (GMenuModel) menu = ph_actions_new_menu ();
  g_autoptr (GMenu) all = g_menu_new ();
  g_autoptr (GMenu) style = g_menu_new ();
  g_autoptr (GMenuItem) item = g_menu_item_new (NULL, NULL);
  GtkWidget *popover;

  g_menu_item_set_attribute (item, "custom", "s", "style");
  g_menu_append_item (style, item);
  g_menu_append_section (all, NULL, G_MENU_MODEL (style));
  g_menu_append_section (all, NULL, menu);

  popover = gtk_popover_menu_new_from_model (G_MENU_MODEL (all));
  gtk_popover_menu_add_child (GTK_POPOVER_MENU (popover), ph_style_switch_new (), "style");
  gtk_menu_button_set_popover (self->menu_button, popover);
}

static void
init_accessible (PhWindow *self)
{
  ph_accessible_tidy_buttons (GTK_WIDGET (self));

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->open_button));
       child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      if (GTK_IS_MENU_BUTTON (child))
        gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                        _ ("Recent Recordings"), -1);
    }
}

static void
init_signals (PhWindow *self)
{
  self->session_signals = g_signal_group_new (PH_TYPE_SESSION);
  g_signal_group_connect_swapped (self->session_signals, "changed",
                                  G_CALLBACK (ph_window_refresh), self);

  self->player_signals = g_signal_group_new (PH_TYPE_PLAYER);
  g_signal_group_connect_swapped (self->player_signals, "notify::wants-tick",
                                  G_CALLBACK (wants_tick_changed_cb), self);
  g_signal_group_connect_swapped (self->player_signals, "notify::position",
                                  G_CALLBACK (ph_window_update_cover), self);
  g_signal_group_connect_swapped (self->player_signals, "notify::position",
                                  G_CALLBACK (ph_window_update_pins), self);
  g_signal_group_connect_swapped (self->player_signals, "notify::playing",
                                  G_CALLBACK (ph_window_update_pins), self);
  g_signal_group_connect_swapped (self->player_signals, "notify::window",
                                  G_CALLBACK (window_changed_cb), self);
  g_signal_group_connect_swapped (self->player_signals, "notify::jumping",
                                  G_CALLBACK (jumping_changed_cb), self);
  g_signal_connect_object (self->player_signals, "bind",
                           G_CALLBACK (player_bound_cb), self, G_CONNECT_SWAPPED);

  self->stage_signals = g_signal_group_new (PH_TYPE_STAGE);
  g_signal_group_connect_swapped (self->stage_signals, "ready",
                                  G_CALLBACK (stage_ready_cb), self);
  g_signal_group_connect_swapped (self->stage_signals, "lost",
                                  G_CALLBACK (stage_lost_cb), self);
}

static void
ph_window_init (PhWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_window_set_default_size (GTK_WINDOW (self), ph_settings_get_int ("window-width"),
                               ph_settings_get_int ("window-height"));
  if (ph_settings_get_boolean ("window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));

  init_menu (self);
  init_signals (self);
  ph_window_init_open (self);
  ph_window_init_sessions (self);
  ph_window_init_actions (self);
  ph_window_init_notes (self);
  ph_window_init_marks (self);
  ph_window_init_clip (self);
  ph_window_init_fullscreen (self);
  gtk_widget_add_controller (GTK_WIDGET (self), ph_actions_new_controller ());
  gtk_application_window_set_help_overlay (GTK_APPLICATION_WINDOW (self),
                                           ph_shortcuts_window_new ());
  init_accessible (self);
  ph_window_set_state (self, PH_WINDOW_EMPTY);
}

GtkWidget *
ph_window_new (GtkApplication *application)
{
  return g_object_new (PH_TYPE_WINDOW, "application", application, NULL);
}

PhWindowState
ph_window_get_state (PhWindow *self)
{
  g_return_val_if_fail (PH_IS_WINDOW (self), PH_WINDOW_EMPTY);

  return self->state;
}

PhPlayer *
ph_window_get_player (PhWindow *self)
{
  g_return_val_if_fail (PH_IS_WINDOW (self), NULL);

  return self->state == PH_WINDOW_SESSION ? self->player : NULL;
}

const char *
ph_window_get_error (PhWindow *self)
{
  g_return_val_if_fail (PH_IS_WINDOW (self), NULL);

  if (self->state != PH_WINDOW_ERROR)
    return NULL;

  return adw_status_page_get_description (self->error_page);
}
