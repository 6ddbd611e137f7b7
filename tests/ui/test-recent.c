/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-recent.h"
#include "ph-welcome.h"
#include "ui-driver.h"

#include <glib/gstdio.h>

static guint
count_recent (void)
{
  g_autoptr (GListModel) files = ph_recent_list ();

  return g_list_model_get_n_items (files);
}

static char *
label_of (GMenuModel *menu,
          guint index)
{
  g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, 0, G_MENU_LINK_SECTION);
  char *label = NULL;

  g_menu_model_get_item_attribute (section, (int) index, G_MENU_ATTRIBUTE_LABEL, "s", &label);

  return label;
}

static gboolean
has_more_than (gpointer data)
{
  return count_recent () > GPOINTER_TO_UINT (data);
}

static void
test_empty (void)
{
  g_autoptr (GMenuModel) menu = ph_recent_menu ();
  g_autofree char *label = label_of (menu, 0);

  g_assert_cmpuint (count_recent (), ==, 0);
  g_assert_cmpstr (label, ==, "No Recent Recordings");
}

static void
test_add (void)
{
  g_autoptr (GListModel) files = NULL;
  g_autoptr (GMenuModel) menu = NULL;
  g_autofree char *label = NULL;
  g_autofree char *path = NULL;

  for (guint i = 0; i < PH_RECENT_MAX + 3; i++)
    {
      g_autofree char *name = g_strdup_printf ("a_<b>%u.json", i);
      g_autoptr (GFile) file = ui_driver_recording (name);

      ph_recent_add (file);
      /* Times are kept to the second or finer; the order of equal ones is not promised. */
      ui_driver_wait (has_more_than, GUINT_TO_POINTER (MIN (i, PH_RECENT_MAX - 1)));
      ui_driver_spin (30);
    }

  files = ph_recent_list ();
  g_assert_cmpuint (g_list_model_get_n_items (files), ==, PH_RECENT_MAX);

  menu = ph_recent_menu ();
  label = label_of (menu, 0);
  g_assert_true (g_str_has_prefix (label, "a__<b>"));

  /* What is gone from the disk is gone from the list. */
  {
    g_autoptr (GFile) first = g_list_model_get_item (files, 0);
    g_autoptr (GListModel) after = NULL;

    path = g_file_get_path (first);
    g_assert_cmpint (g_unlink (path), ==, 0);
    after = ph_recent_list ();
    for (guint i = 0; i < g_list_model_get_n_items (after); i++)
      {
        g_autoptr (GFile) file = g_list_model_get_item (after, i);

        g_assert_false (g_file_equal (file, first));
      }
  }
}

/* A file of another program is none of ours. */
static void
test_of_others (void)
{
  g_autoptr (GFile) file = ui_driver_recording ("of-others.json");
  g_autofree char *uri = g_file_get_uri (file);
  guint before = count_recent ();
  char mime[] = "application/json";
  char name[] = "Another";
  char exec[] = "another %u";
  GtkRecentData data = { .mime_type = mime, .app_name = name, .app_exec = exec };

  gtk_recent_manager_add_full (gtk_recent_manager_get_default (), uri, &data);
  ui_driver_spin (600);
  g_assert_true (gtk_recent_manager_has_item (gtk_recent_manager_get_default (), uri));
  g_assert_cmpuint (count_recent (), ==, before);
}

static void
test_welcome (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *welcome = ph_welcome_new ();
  GtkWidget *list;
  GtkWidget *row;
  GtkWidget *label;

  gtk_window_set_child (GTK_WINDOW (window), welcome);
  gtk_window_present (GTK_WINDOW (window));
  ui_driver_spin (50);

  list = ui_driver_find (welcome, GTK_TYPE_LIST_BOX, NULL);
  row = ui_driver_find (list, ADW_TYPE_ACTION_ROW, NULL);
  g_assert_nonnull (row);
  g_assert_false (adw_preferences_row_get_use_markup (ADW_PREFERENCES_ROW (row)));
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (row)), ==, "win.open-recent");
  label = ui_driver_find (row, GTK_TYPE_LABEL, NULL);
  g_assert_nonnull (label);
  g_assert_nonnull (strstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), "<b>"));

  g_object_add_weak_pointer (G_OBJECT (welcome), (gpointer *) &welcome);
  gtk_window_destroy (GTK_WINDOW (window));
  ui_driver_spin (50);
  g_assert_null (welcome);
}

static void
test_place (void)
{
  g_autofree char *path = g_build_filename (g_get_home_dir (), "folder", "file.json", NULL);
  g_autoptr (GFile) at_home = g_file_new_for_path (path);
  g_autoptr (GFile) elsewhere = g_file_new_for_path ("/srv/x/file.json");
  g_autoptr (GFile) top = g_file_new_for_path ("/");
  g_autofree char *home_place = ph_recent_file_place (at_home);
  g_autofree char *else_place = ph_recent_file_place (elsewhere);
  g_autofree char *top_place = ph_recent_file_place (top);
  g_autofree char *name = ph_recent_file_name (at_home);

  g_assert_cmpstr (home_place, ==, "~/folder");
  g_assert_cmpstr (else_place, ==, "/srv/x");
  g_assert_cmpstr (top_place, ==, "");
  g_assert_cmpstr (name, ==, "file.json");
}

int
main (int argc,
      char **argv)
{
  ui_driver_init (&argc, &argv, TRUE);

  g_test_add_func ("/recent/empty", test_empty);
  g_test_add_func ("/recent/add", test_add);
  g_test_add_func ("/recent/of-others", test_of_others);
  g_test_add_func ("/recent/welcome", test_welcome);
  g_test_add_func ("/recent/place", test_place);

  return ui_driver_run ();
}
