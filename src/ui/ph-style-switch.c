/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-style-switch.h"

#include <glib/gi18n.h>

static const struct
{
  const char *style; /* target of `app.style` and style class */
  const char *label;
} choices[] = {
  { "default", N_ ("Follow System Style") },
  { "light", N_ ("Light Style") },
  { "dark", N_ ("Dark Style") },
};

GtkWidget *
ph_style_switch_new (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *first = NULL;

  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  gtk_widget_add_css_class (box, "style-switch");

  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      GtkWidget *button = gtk_check_button_new ();
      const char *label = gettext (choices[i].label);

      if (first == NULL)
        first = button;
      else
        gtk_check_button_set_group (GTK_CHECK_BUTTON (button), GTK_CHECK_BUTTON (first));

      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "app.style");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", choices[i].style);
      gtk_widget_set_tooltip_text (button, label);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      label, -1);
      gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (button, choices[i].style);
      gtk_box_append (GTK_BOX (box), button);
    }

  return box;
}
