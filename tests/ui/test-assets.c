/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window of missing files: nothing without leave, remembered, taken back. */

#include "asset-server.h"
#include "ph-assets.h"
#include "ui-driver.h"

#include <string.h>

#define PAGE                                                                                  \
  "[{'type':4,'timestamp':1000,'data':{'href':'https://a.example/','width':64,'height':48}}," \
  "{'type':2,'timestamp':1001,'data':{'initialOffset':{},'node':{'type':0,'id':1,"            \
  "'childNodes':[{'type':2,'id':2,'tagName':'html','attributes':{},'childNodes':["            \
  "{'type':2,'id':3,'tagName':'img','attributes':{'src':'http://%s/p.png'},'childNodes':[]}"  \
  "]}]}}},{'type':3,'timestamp':2000,'data':{'source':3,'id':1,'x':0,'y':0}}]"

static AssetServer *server;

static PhWindow *
open_window (GFile *file)
{
  PhWindow *window = ui_driver_window (ui_driver_application ());

  ph_window_open (window, file);
  ui_driver_wait_state (window, PH_WINDOW_SESSION);

  return window;
}

static PhAssets *
open_panel (PhWindow *window)
{
  g_autoptr (GListModel) windows = NULL;

  g_action_group_activate_action (G_ACTION_GROUP (window), "assets", NULL);
  windows = g_object_ref (gtk_window_get_toplevels ());

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (windows, i);

      if (PH_IS_ASSETS (item))
        return PH_ASSETS (item);
    }

  return NULL;
}

typedef struct
{
  PhAssets *panel;
  const char *text;
} Wanted;

static gboolean
says (gpointer data)
{
  Wanted *wanted = data;
  GtkWidget *row = ui_driver_find (GTK_WIDGET (wanted->panel), ADW_TYPE_EXPANDER_ROW, NULL);

  return row != NULL &&
         g_strcmp0 (adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (row)), wanted->text) == 0;
}

static void
wait_for (PhAssets *panel,
          const char *text)
{
  Wanted wanted = { panel, text };

  ui_driver_wait (says, &wanted);
}

static void
assert_asked (const char *wanted)
{
  g_autofree char *asked = asset_server_take_asked (server);

  g_assert_cmpstr (asked, ==, wanted);
}

static gboolean
was_asked (gpointer data)
{
  char **asked = data;

  g_free (*asked);
  *asked = asset_server_take_asked (server);

  return (*asked)[0] != '\0';
}

static GtkWidget *
find_named (GtkWidget *widget,
            const char *name)
{
  if (g_strcmp0 (gtk_widget_get_name (widget), name) == 0)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_named (child, name);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static GtkSwitch *
find_switch (PhAssets *panel)
{
  return GTK_SWITCH (ui_driver_find (GTK_WIDGET (panel), GTK_TYPE_SWITCH, NULL));
}

static void
test_host (void)
{
  g_autofree char *text = g_strdup_printf (PAGE, asset_server_get_host (server));
  g_autofree char *label =
    g_strdup_printf ("Allow loading from %s", asset_server_get_host (server));
  g_autofree char *asked = NULL;
  g_autoptr (GFile) file = NULL;
  PhWindow *window;
  PhAssets *panel;

  g_strdelimit (text, "'", '"');
  file = ui_driver_file ("host.json", text);
  asset_server_add (server, "/p.png", asset_pixel, asset_pixel_size);

  /* Nobody is asked because a recording is opened, or its list looked at. */
  window = open_window (file);
  panel = open_panel (window);
  g_assert_nonnull (panel);
  wait_for (panel, "1 blocked");
  ui_driver_spin (300);
  assert_asked ("");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (find_switch (panel)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, label);
  g_assert_false (gtk_switch_get_active (find_switch (panel)));

  gtk_switch_set_active (find_switch (panel), TRUE);
  wait_for (panel, "1 present");
  assert_asked ("/p.png");
  ui_driver_close_all (ui_driver_application ());

  /* Remembered: with the recording it is there again, without another question. */
  window = open_window (file);
  ui_driver_wait (was_asked, &asked);
  g_assert_cmpstr (asked, ==, "/p.png");
  panel = open_panel (window);
  wait_for (panel, "1 present");
  g_assert_true (gtk_switch_get_active (find_switch (panel)));

  /* Taken back: at once, and for the next time. */
  gtk_switch_set_active (find_switch (panel), FALSE);
  wait_for (panel, "1 blocked");
  ui_driver_close_all (ui_driver_application ());
  window = open_window (file);
  panel = open_panel (window);
  wait_for (panel, "1 blocked");
  ui_driver_spin (300);
  assert_asked ("");
  ui_driver_close_all (ui_driver_application ());
}

/* A place that is given shows up with a button that takes it back; so does what goes wrong. */
static void
test_place (void)
{
  g_autofree char *text = g_strdup_printf (PAGE, "b.example");
  g_autofree char *folder = NULL;
  g_autofree char *picture = NULL;
  g_autofree char *label = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFile) parent = NULL;
  PhWindow *window;
  PhAssets *panel;
  GtkWidget *button;

  g_strdelimit (text, "'", '"');
  file = ui_driver_file ("place.json", text);
  parent = g_file_get_parent (file);
  folder = g_file_get_path (parent);
  picture = g_build_filename (folder, "p.png", NULL);
  g_assert_true (
    g_file_set_contents (picture, (const char *) asset_pixel, (gssize) asset_pixel_size, NULL));
  window = open_window (file);
  panel = open_panel (window);
  wait_for (panel, "1 blocked");
  g_signal_emit_by_name (panel, "allow", PH_GRANT_FOLDER, folder, TRUE);
  wait_for (panel, "1 present");

  label = g_strdup_printf ("Take back %s", folder);
  button = find_named (GTK_WIDGET (panel), "take-back");
  g_assert_nonnull (button);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       label);
  g_signal_emit_by_name (button, "clicked");
  wait_for (panel, "1 blocked");
  g_assert_null (find_named (GTK_WIDGET (panel), "take-back"));
  assert_asked ("");
  ui_driver_close_all (ui_driver_application ());
}

/* Unfolding lists the addresses; the search leaves what fits. */
static void
test_search (void)
{
  g_autofree char *text = g_strdup_printf (PAGE, "c.example");
  g_autoptr (GFile) file = NULL;
  PhAssets *panel;
  GtkWidget *row;
  GtkWidget *entry;

  g_strdelimit (text, "'", '"');
  file = ui_driver_file ("search.json", text);
  panel = open_panel (open_window (file));
  wait_for (panel, "1 blocked");
  row = ui_driver_find (GTK_WIDGET (panel), ADW_TYPE_EXPANDER_ROW, NULL);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  ui_driver_spin (100);
  g_assert_nonnull (ui_driver_find (row, ADW_TYPE_ACTION_ROW, NULL));

  entry = ui_driver_find (GTK_WIDGET (panel), GTK_TYPE_SEARCH_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "nothing like it");
  ui_driver_spin (500);
  g_assert_null (ui_driver_find (GTK_WIDGET (panel), ADW_TYPE_EXPANDER_ROW, NULL));
  gtk_editable_set_text (GTK_EDITABLE (entry), "P.PNG");
  wait_for (panel, "1 blocked");
  ui_driver_close_all (ui_driver_application ());
}

int
main (int argc,
      char *argv[])
{
  int status;

  ui_driver_init (&argc, &argv, TRUE);
  server = asset_server_new ();
  g_test_add_func ("/assets/host", test_host);
  g_test_add_func ("/assets/place", test_place);
  g_test_add_func ("/assets/search", test_search);
  status = ui_driver_run ();
  asset_server_free (server);

  return status;
}
