/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-clip-combo.h"

static GtkWidget *
get_check (GtkListItem *item)
{
  return gtk_widget_get_last_child (gtk_list_item_get_child (item));
}

static void
show_check (GtkListItem *item,
            GParamSpec *pspec,
            AdwComboRow *row)
{
  gboolean is_selected = adw_combo_row_get_selected (row) == gtk_list_item_get_position (item);

  gtk_widget_set_opacity (get_check (item), is_selected ? 1 : 0);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *check =
    g_object_new (GTK_TYPE_IMAGE, "icon-name", "object-select-symbolic", "accessible-role",
                  GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), check);
  gtk_list_item_set_child (item, box);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem *item,
         AdwComboRow *row)
{
  GtkWidget *label = gtk_widget_get_first_child (gtk_list_item_get_child (item));

  gtk_label_set_text (GTK_LABEL (label),
                      gtk_string_object_get_string (gtk_list_item_get_item (item)));
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (show_check), item,
                           G_CONNECT_SWAPPED);
  show_check (item, NULL, row);
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem *item,
           AdwComboRow *row)
{
  g_signal_handlers_disconnect_by_data (row, item);
}

void
ph_clip_combo_init (AdwComboRow *row)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  /* Lists may outlive the row they belong to. */
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), row, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), row, 0);
  adw_combo_row_set_list_factory (row, factory);
}

void
ph_clip_combo_set (AdwComboRow *row,
                   GPtrArray *texts,
                   guint selected)
{
  GListModel *old = adw_combo_row_get_model (row);
  gboolean is_same = old != NULL && g_list_model_get_n_items (old) == texts->len;

  for (guint i = 0; is_same && i < texts->len; i++)
    is_same = g_str_equal (gtk_string_list_get_string (GTK_STRING_LIST (old), i),
                           texts->pdata[i]);

  if (!is_same)
    {
      g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);

      for (guint i = 0; i < texts->len; i++)
        gtk_string_list_append (model, texts->pdata[i]);

      adw_combo_row_set_model (row, G_LIST_MODEL (model));
    }

  adw_combo_row_set_selected (row, selected);
}
