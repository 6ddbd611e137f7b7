/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-clip-holder.h"

GtkWindow *
ph_clip_holder_new (PhWebStage *stage,
                    int width,
                    int height)
{
  GtkWindow *holder = GTK_WINDOW (gtk_window_new ());
  GtkWidget *view = ph_web_stage_get_widget (stage);
  int scale;

  gtk_window_set_child (holder, view);
  gtk_widget_realize (GTK_WIDGET (holder));
  scale = MAX (gtk_widget_get_scale_factor (view), 1);
  width = (width + scale - 1) / scale;
  height = (height + scale - 1) / scale;
  gtk_widget_measure (view, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  gtk_widget_measure (view, GTK_ORIENTATION_VERTICAL, width, NULL, NULL, NULL, NULL);
  gtk_widget_allocate (view, width, height, -1, NULL);

  return holder;
}

static gboolean
destroy_cb (gpointer user_data)
{
  gtk_window_destroy (user_data);

  return G_SOURCE_REMOVE;
}

/*
 * GTK 4.8 finds out later how large a window is to be, even when it is gone by then. So it
 * goes after that.
 */
void
ph_clip_holder_destroy (GtkWindow *holder)
{
  gtk_window_set_child (holder, NULL);
  g_idle_add_full (G_PRIORITY_LOW, destroy_cb, holder, NULL);
}

void
ph_clip_holder_set_mapped (PhWebStage *stage,
                           gboolean mapped)
{
  GtkWidget *view = ph_web_stage_get_widget (stage);

  if (mapped && !gtk_widget_get_mapped (view))
    gtk_widget_map (view);
  else if (!mapped && gtk_widget_get_mapped (view))
    gtk_widget_unmap (view);
}
