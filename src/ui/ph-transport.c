/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-transport.h"

#include "ph-import-strip.h"

#include <glib/gi18n.h>
#include <math.h>

struct _PhTransport
{
  GtkWidget parent_instance;

  PhPlayer *player;
  GSignalGroup *player_signals;

  /* Template children */
  GtkWidget *controls;
  GtkButton *play;
  GtkLabel *position;
  GtkLabel *duration;
  GtkMenuButton *speed;
  GtkLabel *speed_label;
  PhImportStrip *import_strip;
  GtkButton *fullscreen;
  PhTimeline *timeline;
};

G_DEFINE_FINAL_TYPE (PhTransport, ph_transport, GTK_TYPE_WIDGET)

char *
ph_transport_format_speed (double speed)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  g_autofree char *text = NULL;

  g_snprintf (digits, sizeof digits, "%g", fabs (speed));

  /* Translators: a playing speed, as in "1.5×". */
  text = g_strdup_printf (_ ("%s×"), digits);

  return speed < 0 ? g_strconcat ("−", text, NULL) : g_steal_pointer (&text);
}

static void
position_changed_cb (PhTransport *self)
{
  g_autofree char *text = ph_time_format_tenths (ph_player_get_position (self->player));

  gtk_label_set_text (self->position, text);
}

static void
playing_changed_cb (PhTransport *self)
{
  gboolean playing = ph_player_get_playing (self->player);
  const char *label = playing ? _ ("Pause") : _ ("Play");

  gtk_button_set_icon_name (self->play, playing ? "media-playback-pause-symbolic"
                                                : "media-playback-start-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->play), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->play), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
}

static void
speed_changed_cb (PhTransport *self)
{
  double speed = ph_player_get_speed (self->player);
  gboolean reverse = ph_player_get_reverse (self->player);
  g_autofree char *text = ph_transport_format_speed (reverse ? -speed : speed);

  gtk_label_set_text (self->speed_label, text);
}

static void
fill_speed_menu (PhTransport *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  guint n;
  const double *speeds = ph_player_speeds (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *label = ph_transport_format_speed (speeds[i]);
      g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

      g_menu_item_set_action_and_target (item, "win.speed", "d", speeds[i]);
      g_menu_append_item (menu, item);
    }

  gtk_menu_button_set_menu_model (self->speed, G_MENU_MODEL (menu));
}

static void
ph_transport_dispose (GObject *object)
{
  PhTransport *self = PH_TRANSPORT (object);

  g_clear_object (&self->player_signals);
  g_clear_object (&self->player);
  gtk_widget_dispose_template (GTK_WIDGET (self), PH_TYPE_TRANSPORT);

  G_OBJECT_CLASS (ph_transport_parent_class)->dispose (object);
}

static void
ph_transport_class_init (PhTransportClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ph_transport_dispose;

  g_type_ensure (PH_TYPE_IMPORT_STRIP);
  g_type_ensure (PH_TYPE_TIMELINE);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/playhead_viewer/Playhead/ph-transport.ui");
  gtk_widget_class_bind_template_child (widget_class, PhTransport, controls);
  gtk_widget_class_bind_template_child (widget_class, PhTransport, play);
  gtk_widget_class_bind_template_child (widget_class, PhTransport, position);
  gtk_widget_class_bind_template_child (widget_class, PhTransport, duration);
  gtk_widget_class_bind_template_child (widget_class, PhTransport, speed);
  gtk_widget_class_bind_template_child (widget_class, PhTransport, speed_label);
  gtk_widget_class_bind_template_child (widget_class, PhTransport, import_strip);
  gtk_widget_class_bind_template_child (widget_class, PhTransport, fullscreen);
  gtk_widget_class_bind_template_child (widget_class, PhTransport, timeline);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "transport");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

/* A direction is not inherited. */
static void
set_left_to_right (GtkWidget *widget)
{
  gtk_widget_set_direction (widget, GTK_TEXT_DIR_LTR);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    set_left_to_right (child);
}

static void
ph_transport_init (PhTransport *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_orientable_set_orientation (
    GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);

  self->player_signals = g_signal_group_new (PH_TYPE_PLAYER);
  g_signal_group_connect_swapped (self->player_signals, "notify::position",
                                  G_CALLBACK (position_changed_cb), self);
  g_signal_group_connect_swapped (self->player_signals, "notify::playing",
                                  G_CALLBACK (playing_changed_cb), self);
  g_signal_group_connect_swapped (self->player_signals, "notify::speed",
                                  G_CALLBACK (speed_changed_cb), self);
  g_signal_group_connect_swapped (self->player_signals, "notify::reverse",
                                  G_CALLBACK (speed_changed_cb), self);
  fill_speed_menu (self);
  /* As in every player: the controls keep their places in right-to-left languages. */
  set_left_to_right (self->controls);
}

GtkWidget *
ph_transport_new (void)
{
  return g_object_new (PH_TYPE_TRANSPORT, NULL);
}

/* The time label keeps its width while it counts, so nothing beside it moves. */
static void
show_duration (PhTransport *self)
{
  PhSpan span = ph_session_get_span (ph_player_get_session (self->player));
  g_autofree char *end = ph_time_format (span.end);
  g_autofree char *longest = ph_time_format_tenths (span.end);

  gtk_label_set_text (self->duration, end);
  gtk_label_set_width_chars (self->position, (int) g_utf8_strlen (longest, -1));
}

void
ph_transport_set_player (PhTransport *self,
                         PhPlayer *player)
{
  g_return_if_fail (PH_IS_TRANSPORT (self));
  g_return_if_fail (player == NULL || PH_IS_PLAYER (player));

  if (!g_set_object (&self->player, player))
    return;

  g_signal_group_set_target (self->player_signals, player);
  ph_timeline_set_player (self->timeline, player);

  ph_import_strip_set (self->import_strip, FALSE, 1);
  if (player != NULL)
    {
      show_duration (self);
      position_changed_cb (self);
      playing_changed_cb (self);
      speed_changed_cb (self);
    }
}

void
ph_transport_refresh (PhTransport *self,
                      gboolean importing,
                      double progress)
{
  g_return_if_fail (PH_IS_TRANSPORT (self));

  if (self->player != NULL)
    show_duration (self);

  ph_import_strip_set (self->import_strip, importing, progress);
  ph_timeline_set_importing (self->timeline, importing, progress);
  ph_timeline_refresh (self->timeline);
}

PhTimeline *
ph_transport_get_timeline (PhTransport *self)
{
  g_return_val_if_fail (PH_IS_TRANSPORT (self), NULL);

  return self->timeline;
}

void
ph_transport_set_fullscreen (PhTransport *self,
                             gboolean fullscreen)
{
  const char *label = fullscreen ? _ ("Leave Fullscreen") : _ ("Fullscreen");

  g_return_if_fail (PH_IS_TRANSPORT (self));

  gtk_button_set_icon_name (self->fullscreen,
                            fullscreen ? "view-restore-symbolic" : "view-fullscreen-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->fullscreen), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->fullscreen),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

gboolean
ph_transport_is_busy (PhTransport *self)
{
  g_return_val_if_fail (PH_IS_TRANSPORT (self), FALSE);

  return gtk_widget_get_visible (GTK_WIDGET (gtk_menu_button_get_popover (self->speed)));
}
