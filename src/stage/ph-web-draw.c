/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-web-stage.h"

/* As GTK has it drawn, but now: GTK does so for windows on the screen, when that has a frame. */
gboolean
ph_web_stage_draw (PhWebStage *self,
                   cairo_t *cr)
{
  GtkWidget *widget;
  GtkSnapshot *snapshot;
  GskRenderNode *node;

  g_return_val_if_fail (PH_IS_WEB_STAGE (self), FALSE);

  widget = ph_web_stage_get_widget (self);
  snapshot = gtk_snapshot_new ();
  GTK_WIDGET_GET_CLASS (widget)->snapshot (widget, snapshot);
  node = gtk_snapshot_free_to_node (snapshot);

  if (node == NULL)
    return FALSE;

  gsk_render_node_draw (node, cr);
  gsk_render_node_unref (node);

  return TRUE;
}
