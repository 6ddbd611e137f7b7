/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-import-strip.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _PhImportStrip
{
  GtkWidget parent_instance;

  int percent; /* -1: nothing is said yet */

  /* Template children */
  GtkWidget *squeezer;
  GtkLabel *full;
  GtkLabel *brief;
  GtkWidget *stop;
};

G_DEFINE_FINAL_TYPE (PhImportStrip, ph_import_strip, GTK_TYPE_WIDGET)

/* The keyboard does not go away with the button it was on. */
static void
give_up_focus (PhImportStrip *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    gtk_root_set_focus (root, NULL);
}

static void
ph_import_strip_dispose (GObject *object)
{
  PhImportStrip *self = PH_IMPORT_STRIP (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), PH_TYPE_IMPORT_STRIP);

  G_OBJECT_CLASS (ph_import_strip_parent_class)->dispose (object);
}

static void
ph_import_strip_class_init (PhImportStripClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ph_import_strip_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/playhead_viewer/Playhead/ph-import-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, PhImportStrip, squeezer);
  gtk_widget_class_bind_template_child (widget_class, PhImportStrip, full);
  gtk_widget_class_bind_template_child (widget_class, PhImportStrip, brief);
  gtk_widget_class_bind_template_child (widget_class, PhImportStrip, stop);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "import");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_STATUS);
}

static void
ph_import_strip_init (PhImportStrip *self)
{
  self->percent = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
ph_import_strip_new (void)
{
  return g_object_new (PH_TYPE_IMPORT_STRIP, NULL);
}

void
ph_import_strip_set (PhImportStrip *self,
                     gboolean importing,
                     double progress)
{
  int percent = (int) (CLAMP (progress, 0, 1) * 100);

  g_return_if_fail (PH_IS_IMPORT_STRIP (self));

  if (!importing)
    give_up_focus (self);

  if (importing && percent != self->percent)
    {
      /* Translators: how much is there; the space before the last sign is a narrow one. */
      g_autofree char *full = g_strdup_printf (_ ("Importing… %d %%"), percent);
      g_autofree char *brief = g_strdup_printf (_ ("%d %%"), percent);

      self->percent = percent;
      gtk_label_set_text (self->full, full);
      gtk_label_set_text (self->brief, brief);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, full,
                                      -1);
    }

  gtk_widget_set_visible (GTK_WIDGET (self), importing);
}

const char *
ph_import_strip_get_text (PhImportStrip *self)
{
  g_return_val_if_fail (PH_IS_IMPORT_STRIP (self), NULL);

  return gtk_widget_get_visible (GTK_WIDGET (self)) ? gtk_label_get_text (self->full) : NULL;
}
