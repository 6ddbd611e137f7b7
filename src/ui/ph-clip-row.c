/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-clip-row.h"

#include "ph-accessible.h"
#include "ph-clip-file.h"
#include "ph-clip-list.h"
#include "ph-recent.h"

#include <glib/gi18n.h>

struct _PhClipRow
{
  GtkListBoxRow parent_instance;

  PhClipQueue *queue;
  PhClip *clip;

  /* Template children */
  GtkLabel *name;
  GtkProgressBar *progress;
  GtkLabel *status;
  GtkWidget *buttons;
  GtkWidget *copy;
  GtkWidget *remove;
};

G_DEFINE_FINAL_TYPE (PhClipRow, ph_clip_row, GTK_TYPE_LIST_BOX_ROW)

static void
update (PhClipRow *self)
{
  PhClipState state = ph_clip_get_state (self->clip);
  gboolean is_left = state == PH_CLIP_WAITING || state == PH_CLIP_RUNNING;
  g_autofree char *status = ph_clip_list_dup_status (self->clip);
  const char *remove = is_left ? _ ("Cancel") : _ ("Remove from the List");

  gtk_label_set_text (self->status, status);
  gtk_progress_bar_set_fraction (self->progress, ph_clip_get_fraction (self->clip));
  gtk_widget_set_visible (GTK_WIDGET (self->progress), is_left);
  gtk_widget_set_visible (self->buttons, state == PH_CLIP_DONE);
  gtk_widget_set_tooltip_text (self->remove, remove);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->remove), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  remove, -1);

  if (state == PH_CLIP_FAILED)
    gtk_widget_add_css_class (GTK_WIDGET (self->status), "error");
}

static void
open_action (GtkWidget *widget,
             const char *action_name,
             GVariant *parameter)
{
  ph_clip_file_open (widget, ph_clip_get_file (PH_CLIP_ROW (widget)->clip));
}

static void
show_action (GtkWidget *widget,
             const char *action_name,
             GVariant *parameter)
{
  ph_clip_file_show (widget, ph_clip_get_file (PH_CLIP_ROW (widget)->clip));
}

static void
copy_action (GtkWidget *widget,
             const char *action_name,
             GVariant *parameter)
{
  PhClipRow *self = PH_CLIP_ROW (widget);

  ph_clip_file_copy (widget, ph_clip_get_file (self->clip));
  gtk_button_set_label (GTK_BUTTON (self->copy), _ ("Copied"));
  ph_accessible_tidy_buttons (self->copy);
}

static gboolean
remove_cb (gpointer user_data)
{
  PhClipRow *self = PH_CLIP_ROW (user_data);

  if (self->clip != NULL)
    ph_clip_queue_remove (self->queue, self->clip);

  return G_SOURCE_REMOVE;
}

/* Not from within: the button that was pressed goes with the row. */
static void
remove_action (GtkWidget *widget,
               const char *action_name,
               GVariant *parameter)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, remove_cb, g_object_ref (widget), g_object_unref);
}

static void
ph_clip_row_dispose (GObject *object)
{
  PhClipRow *self = PH_CLIP_ROW (object);

  if (self->clip != NULL)
    g_signal_handlers_disconnect_by_data (self->clip, self);

  g_clear_object (&self->clip);
  g_clear_object (&self->queue);

  G_OBJECT_CLASS (ph_clip_row_parent_class)->dispose (object);
}

static void
ph_clip_row_class_init (PhClipRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_clip_row_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/playhead_viewer/Playhead/ph-clip-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PhClipRow, name);
  gtk_widget_class_bind_template_child (widget_class, PhClipRow, progress);
  gtk_widget_class_bind_template_child (widget_class, PhClipRow, status);
  gtk_widget_class_bind_template_child (widget_class, PhClipRow, buttons);
  gtk_widget_class_bind_template_child (widget_class, PhClipRow, copy);
  gtk_widget_class_bind_template_child (widget_class, PhClipRow, remove);

  gtk_widget_class_install_action (widget_class, "row.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "row.show", NULL, show_action);
  gtk_widget_class_install_action (widget_class, "row.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "row.remove", NULL, remove_action);
}

static void
ph_clip_row_init (PhClipRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  ph_accessible_tidy_buttons (GTK_WIDGET (self));
}

GtkWidget *
ph_clip_row_new (PhClipQueue *queue,
                 PhClip *clip)
{
  PhClipRow *self = g_object_new (PH_TYPE_CLIP_ROW, NULL);
  g_autofree char *name = ph_recent_file_name (ph_clip_get_file (clip));

  self->queue = g_object_ref (queue);
  self->clip = g_object_ref (clip);
  gtk_label_set_text (self->name, name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  g_signal_connect_swapped (clip, "notify", G_CALLBACK (update), self);
  update (self);

  return GTK_WIDGET (self);
}
