/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-welcome.h"

#include "ph-input.h"
#include "ph-recent.h"

#include <adwaita.h>

struct _PhWelcome
{
  GtkWidget parent_instance;

  /* Template children */
  AdwStatusPage *page;
  GtkWidget *recent;
  GtkListBox *recent_list;
};

G_DEFINE_FINAL_TYPE (PhWelcome, ph_welcome, GTK_TYPE_WIDGET)

static GtkWidget *
new_row (GFile *file)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", "go-next-symbolic",
                                  "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  g_autofree char *name = ph_recent_file_name (file);
  g_autofree char *place = ph_recent_file_place (file);
  g_autofree char *uri = ph_input_dup_uri (file);

  /* Before the texts: a file may be called `<b>`. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), place);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  gtk_widget_add_css_class (icon, "dim-label");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), icon);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.open-recent");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", uri);

  return row;
}

static void
update_recent (PhWelcome *self)
{
  g_autoptr (GListModel) files = ph_recent_list ();
  guint n = g_list_model_get_n_items (files);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->recent_list))) != NULL)
    gtk_list_box_remove (self->recent_list, child);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);

      gtk_list_box_append (self->recent_list, new_row (file));
    }

  gtk_widget_set_visible (self->recent, n > 0);
}

static void
ph_welcome_map (GtkWidget *widget)
{
  update_recent (PH_WELCOME (widget));

  GTK_WIDGET_CLASS (ph_welcome_parent_class)->map (widget);
}

static void
ph_welcome_dispose (GObject *object)
{
  PhWelcome *self = PH_WELCOME (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), PH_TYPE_WELCOME);

  G_OBJECT_CLASS (ph_welcome_parent_class)->dispose (object);
}

static void
ph_welcome_class_init (PhWelcomeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ph_welcome_dispose;
  widget_class->map = ph_welcome_map;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/playhead_viewer/Playhead/ph-welcome.ui");
  gtk_widget_class_bind_template_child (widget_class, PhWelcome, page);
  gtk_widget_class_bind_template_child (widget_class, PhWelcome, recent);
  gtk_widget_class_bind_template_child (widget_class, PhWelcome, recent_list);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "welcome");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
ph_welcome_init (PhWelcome *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_status_page_set_icon_name (self->page, PH_APP_ID);

  g_signal_connect_object (gtk_recent_manager_get_default (), "changed",
                           G_CALLBACK (update_recent), self, G_CONNECT_SWAPPED);
}

GtkWidget *
ph_welcome_new (void)
{
  return g_object_new (PH_TYPE_WELCOME, NULL);
}
