/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-window-private.h"

#define HIDE_SECONDS 3

/* Full screen: the bars lie over the page and leave when nobody needs them. */

static gboolean
is_menu_open (GtkPopover *popover)
{
  return popover != NULL && gtk_widget_get_visible (GTK_WIDGET (popover));
}

static gboolean
are_bars_needed (PhWindow *self)
{
  return ph_chrome_is_on_bar (self->chrome, self->pointer_x, self->pointer_y) ||
         ph_transport_is_busy (self->transport) || ph_address_is_busy (self->address) ||
         ph_health_bar_is_busy (self->health) ||
         is_menu_open (gtk_menu_button_get_popover (self->menu_button)) ||
         is_menu_open (adw_split_button_get_popover (self->open_button)) ||
         self->state != PH_WINDOW_SESSION;
}

static gboolean
hide_cb (gpointer user_data)
{
  PhWindow *self = PH_WINDOW (user_data);

  if (are_bars_needed (self))
    return G_SOURCE_CONTINUE;

  self->hide_delay = 0;
  ph_chrome_set_revealed (self->chrome, FALSE);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "none");

  return G_SOURCE_REMOVE;
}

void
ph_window_show_bars (PhWindow *self)
{
  g_clear_handle_id (&self->hide_delay, g_source_remove);
  ph_chrome_set_revealed (self->chrome, TRUE);
  gtk_widget_set_cursor (GTK_WIDGET (self), NULL);

  if (ph_chrome_get_overlaid (self->chrome))
    self->hide_delay = g_timeout_add_seconds (HIDE_SECONDS, hide_cb, self);
}

static void
motion_cb (PhWindow *self,
           double x,
           double y)
{
  /* GTK reports a motion without movement when what is under the pointer changes. */
  if ((int) x == (int) self->pointer_x && (int) y == (int) self->pointer_y)
    return;

  self->pointer_x = x;
  self->pointer_y = y;
  if (ph_chrome_get_overlaid (self->chrome))
    ph_window_show_bars (self);
}

/* The pointer is elsewhere: on another screen, or there is none. */
static void
leave_cb (PhWindow *self)
{
  self->pointer_x = -1;
  self->pointer_y = -1;
}

/* The keyboard has come to a bar, which must then be seen. */
static void
focus_changed_cb (PhWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (focus != NULL && ph_chrome_get_overlaid (self->chrome))
    ph_window_show_bars (self);
}

/* Over the page, but not under the bar that lies over it as well. */
static void
place_hint (PhWindow *self,
            gboolean fullscreen)
{
  int height = 0;

  if (fullscreen)
    gtk_widget_measure (GTK_WIDGET (self->transport), GTK_ORIENTATION_VERTICAL, -1, &height, NULL,
                        NULL, NULL);

  gtk_widget_set_margin_bottom (GTK_WIDGET (self->hint), height);
}

static void
fullscreen_changed_cb (PhWindow *self)
{
  gboolean fullscreen = gtk_window_is_fullscreen (GTK_WINDOW (self));
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "fullscreen");

  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (fullscreen));
  ph_transport_set_fullscreen (self->transport, fullscreen);
  /* There is nothing to minimise or maximise; the transport has the way back. */
  adw_header_bar_set_show_start_title_buttons (self->header, !fullscreen);
  adw_header_bar_set_show_end_title_buttons (self->header, !fullscreen);
  ph_chrome_set_overlaid (self->chrome, fullscreen);
  place_hint (self, fullscreen);
  ph_window_show_bars (self);
}

/* Who goes to the bars by keyboard must find them there. */
static gboolean
key_pressed_cb (PhWindow *self,
                guint key)
{
  if (key == GDK_KEY_Tab || key == GDK_KEY_ISO_Left_Tab || key == GDK_KEY_F6)
    ph_window_show_bars (self);

  return GDK_EVENT_PROPAGATE;
}

void
ph_window_init_fullscreen (PhWindow *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);

  gtk_event_controller_set_propagation_phase (motion, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  leave_cb (self);

  g_signal_connect (self, "notify::fullscreened", G_CALLBACK (fullscreen_changed_cb), NULL);
  g_signal_connect (self, "notify::focus-widget", G_CALLBACK (focus_changed_cb), NULL);
  fullscreen_changed_cb (self);
}

void
ph_window_dispose_fullscreen (PhWindow *self)
{
  g_clear_handle_id (&self->hide_delay, g_source_remove);
}
