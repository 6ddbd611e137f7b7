/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window of what a recording says beyond its pages: all of it, and none of it as markup. */

#include "ph-properties.h"
#include "ui-driver.h"

#include <string.h>

static void
test_rows (void)
{
  g_autoptr (PhSession) session = ui_driver_session ("properties.json");
  PhFacts *facts = (PhFacts *) ph_session_get_facts (session);
  GtkWidget *window;
  GtkWidget *group;
  g_autofree char *text = NULL;

  ph_facts_set_text (facts, PH_FACT_USER, "email", "<b>ada</b>@a.example");
  ph_facts_set_text (facts, PH_FACT_USER, "odd \u202e name", "x\ny");
  window = ph_properties_new (NULL, session);
  g_object_ref (window);
  gtk_window_present (GTK_WINDOW (window));
  ui_driver_spin (50);

  group = ui_driver_find (window, ADW_TYPE_PREFERENCES_GROUP, "user");
  g_assert_true (gtk_widget_get_visible (group));
  group = ui_driver_find (window, ADW_TYPE_PREFERENCES_GROUP, "device");
  g_assert_false (gtk_widget_get_visible (group));

  text = ph_properties_dup_text (PH_PROPERTIES (window));
  g_assert_nonnull (strstr (text, "E-mail: <b>ada</b>@a.example\n"));
  g_assert_nonnull (strstr (text, "odd ⟨U+202E⟩ name: x\ny\n"));
  g_assert_nonnull (strstr (text, "File: properties.json\n"));
  gtk_widget_activate_action (window, "properties.copy", NULL);

  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_finalize_object (window);
}

/* From the menu of a window, and not while there is no recording. */
static void
test_action (void)
{
  PhWindow *window = ui_driver_window (ui_driver_application ());
  g_autoptr (GFile) file = ui_driver_recording ("properties-action.json");
  GListModel *windows = gtk_window_get_toplevels ();
  guint n;

  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "properties"));
  ph_window_open (window, file);
  ui_driver_wait_state (window, PH_WINDOW_SESSION);
  g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "properties"));

  n = g_list_model_get_n_items (windows);
  g_action_group_activate_action (G_ACTION_GROUP (window), "properties", NULL);
  g_assert_cmpuint (g_list_model_get_n_items (windows), ==, n + 1);
  ui_driver_close_all (ui_driver_application ());
}

int
main (int argc,
      char **argv)
{
  ui_driver_init (&argc, &argv, TRUE);

  g_test_add_func ("/properties/rows", test_rows);
  g_test_add_func ("/properties/action", test_action);

  return ui_driver_run ();
}
