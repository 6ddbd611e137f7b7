/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-address.h"

#include "ph-timeline-geometry.h"
#include "ph-visible.h"

#include <glib/gi18n.h>
#include <math.h>

/* A menu longer than any screen helps nobody. */
#define MAX_WINDOWS_SHOWN 30
#define NOT_LOOKED_UP (G_MAXUINT - 1)

struct _PhAddress
{
  GtkWidget parent_instance;

  PhPlayer *player;
  GSignalGroup *player_signals;
  guint page; /* the session's; G_MAXUINT before the first, NOT_LOOKED_UP to look again */
  GMenu *windows;
  int room_width, room_height;

  /* Template children; all of the widget's own are bound, for they are let go of by name. */
  GtkWidget *pages;
  GtkLabel *url;
  GtkMenuButton *window;
  GtkLabel *window_label;
  GtkLabel *scale;
  GtkWidget *notes;
};

G_DEFINE_FINAL_TYPE (PhAddress, ph_address, GTK_TYPE_WIDGET)

const PhPage *
ph_address_page_at (PhSession *session,
                    guint32 window,
                    PhTime time)
{
  const PhPage *found = NULL;
  guint n;
  const PhPage *pages = ph_session_get_pages (session, &n);

  for (guint i = 0; i < n && pages[i].span.begin <= time; i++)
    {
      if (pages[i].window == window)
        found = &pages[i];
    }

  return found;
}

char *
ph_address_window_name (PhSession *session,
                        guint32 window)
{
  const PhWindowInfo *info = ph_session_get_window (session, window);
  g_autofree char *name = ph_visible_capped (info->name, 24);

  if (name[0] == '\0' || ph_session_get_n_windows (session) == 1)
    return g_strdup_printf (_ ("Window %u"), window + 1);

  /* Translators: a number and a name, as in "Window 2 · checkout". */
  return g_strdup_printf (_ ("Window %u · %s"), window + 1, name);
}

static void
update_scale (PhAddress *self)
{
  g_autofree char *text = NULL;
  double scale;
  int width = 0;
  int height = 0;

  if (self->player != NULL)
    ph_player_get_viewport (self->player, &width, &height);

  if (width <= 0)
    {
      gtk_label_set_text (self->scale, "");
      return;
    }

  scale = ph_fit_scale (width, height, self->room_width, self->room_height);
  /* Translators: a size in percent; the space is a narrow one. */
  text = g_strdup_printf (_ ("%d %%"), (int) lround (scale * 100));
  gtk_label_set_text (self->scale, text);
}

static void
update_page (PhAddress *self)
{
  PhSession *session = ph_player_get_session (self->player);
  const PhPage *page = ph_address_page_at (session, ph_player_get_window (self->player),
                                           ph_player_get_position (self->player));
  guint n;
  const PhPage *pages = ph_session_get_pages (session, &n);
  guint index = page != NULL ? (guint) (page - pages) : G_MAXUINT;
  g_autofree char *text = NULL;

  if (index == self->page)
    return;

  self->page = index;
  text = ph_visible_text (page != NULL ? page->url : "");
  gtk_label_set_text (self->url, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->url), text[0] != '\0' ? text : NULL);
}

static void
update_window (PhAddress *self)
{
  guint32 window = ph_player_get_window (self->player);
  g_autofree char *text = NULL;

  /* Nothing is shown yet while the active window is followed. */
  if (window < ph_session_get_n_windows (ph_player_get_session (self->player)))
    {
      text = g_strdup_printf (_ ("Window %u"), window + 1);
      gtk_label_set_text (self->window_label, text);
    }

  update_page (self);
}

static char *
window_label (PhSession *session,
              guint32 window)
{
  g_autofree char *name = ph_address_window_name (session, window);

  return ph_visible_menu (name);
}

static gboolean
is_in_menu (PhAddress *self,
            guint32 window,
            const char *label)
{
  g_autoptr (GVariant) there = NULL;

  if ((int) window >= g_menu_model_get_n_items (G_MENU_MODEL (self->windows)))
    return FALSE;

  there = g_menu_model_get_item_attribute_value (G_MENU_MODEL (self->windows), (int) window,
                                                 G_MENU_ATTRIBUTE_LABEL, G_VARIANT_TYPE_STRING);

  return there != NULL && g_str_equal (g_variant_get_string (there, NULL), label);
}

/* Changed in place, and only where it is another: it may be open. */
static void
update_window_menu (PhAddress *self,
                    PhSession *session)
{
  guint n = MIN (ph_session_get_n_windows (session), MAX_WINDOWS_SHOWN);

  while (g_menu_model_get_n_items (G_MENU_MODEL (self->windows)) > (int) n)
    g_menu_remove (self->windows, (int) n);

  for (guint32 i = 0; i < n; i++)
    {
      g_autofree char *label = window_label (session, i);
      g_autoptr (GMenuItem) item = NULL;

      if (is_in_menu (self, i, label))
        continue;

      if ((int) i < g_menu_model_get_n_items (G_MENU_MODEL (self->windows)))
        g_menu_remove (self->windows, (int) i);
      item = g_menu_item_new (label, NULL);
      g_menu_item_set_action_and_target (item, "win.window", "u", i);
      g_menu_insert_item (self->windows, (int) i, item);
    }

  gtk_widget_set_visible (GTK_WIDGET (self->window), ph_session_get_n_windows (session) > 1);
}

static void
init_window_menu (PhAddress *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) follow = g_menu_new ();
  g_autoptr (GMenuItem) item = g_menu_item_new (_ ("Follow the User"), NULL);

  self->windows = g_menu_new ();
  g_menu_item_set_action_and_target (item, "win.window", "u", G_MAXUINT32);
  g_menu_append_item (follow, item);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (follow));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (self->windows));
  gtk_menu_button_set_menu_model (self->window, G_MENU_MODEL (menu));
}

static void
ph_address_dispose (GObject *object)
{
  PhAddress *self = PH_ADDRESS (object);

  g_clear_object (&self->player_signals);
  g_clear_object (&self->player);
  g_clear_object (&self->windows);
  gtk_widget_dispose_template (GTK_WIDGET (self), PH_TYPE_ADDRESS);

  G_OBJECT_CLASS (ph_address_parent_class)->dispose (object);
}

static void
ph_address_class_init (PhAddressClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ph_address_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/playhead_viewer/Playhead/ph-address.ui");
  gtk_widget_class_bind_template_child (widget_class, PhAddress, pages);
  gtk_widget_class_bind_template_child (widget_class, PhAddress, url);
  gtk_widget_class_bind_template_child (widget_class, PhAddress, window);
  gtk_widget_class_bind_template_child (widget_class, PhAddress, window_label);
  gtk_widget_class_bind_template_child (widget_class, PhAddress, scale);
  gtk_widget_class_bind_template_child (widget_class, PhAddress, notes);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "address");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
ph_address_init (PhAddress *self)
{
  GtkLayoutManager *layout;

  gtk_widget_init_template (GTK_WIDGET (self));
  init_window_menu (self);
  layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);

  self->player_signals = g_signal_group_new (PH_TYPE_PLAYER);
  g_signal_group_connect_swapped (self->player_signals, "notify::position",
                                  G_CALLBACK (update_page), self);
  g_signal_group_connect_swapped (self->player_signals, "notify::window",
                                  G_CALLBACK (update_window), self);
  g_signal_group_connect_swapped (self->player_signals, "viewport-changed",
                                  G_CALLBACK (update_scale), self);
}

GtkWidget *
ph_address_new (void)
{
  return g_object_new (PH_TYPE_ADDRESS, NULL);
}

void
ph_address_set_player (PhAddress *self,
                       PhPlayer *player)
{
  g_return_if_fail (PH_IS_ADDRESS (self));
  g_return_if_fail (player == NULL || PH_IS_PLAYER (player));

  if (!g_set_object (&self->player, player))
    return;

  g_signal_group_set_target (self->player_signals, player);
  self->page = NOT_LOOKED_UP;
  gtk_label_set_text (self->url, "");
  update_scale (self);

  ph_address_refresh (self);
}

void
ph_address_refresh (PhAddress *self)
{
  g_return_if_fail (PH_IS_ADDRESS (self));

  if (self->player == NULL)
    return;

  self->page = NOT_LOOKED_UP;
  update_window_menu (self, ph_player_get_session (self->player));
  update_window (self);
}

void
ph_address_set_room (PhAddress *self,
                     int width,
                     int height)
{
  g_return_if_fail (PH_IS_ADDRESS (self));

  if (self->room_width == width && self->room_height == height)
    return;

  self->room_width = width;
  self->room_height = height;
  update_scale (self);
}

gboolean
ph_address_is_busy (PhAddress *self)
{
  GtkPopover *popover;

  g_return_val_if_fail (PH_IS_ADDRESS (self), FALSE);

  popover = gtk_menu_button_get_popover (self->window);

  return popover != NULL && gtk_widget_get_visible (GTK_WIDGET (popover));
}

const char *
ph_address_get_url (PhAddress *self)
{
  g_return_val_if_fail (PH_IS_ADDRESS (self), NULL);

  return gtk_label_get_text (self->url);
}
