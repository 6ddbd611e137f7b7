/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui-driver.h"

#include "ph-test.h"

#include <string.h>

#define WAIT_SECONDS 60

static char *folder;

void
ui_driver_init (int *argc,
                char ***argv,
                gboolean needs_display)
{
  g_autofree char *data = NULL;

  folder = ph_test_tmp_dir ();
  data = g_build_filename (folder, "data", NULL);
  g_assert_cmpint (g_mkdir_with_parents (data, 0700), ==, 0);
  g_setenv ("XDG_DATA_HOME", data, TRUE);
  g_setenv ("XDG_CONFIG_HOME", data, TRUE);

  if (needs_display)
    {
      gtk_test_init (argc, argv, NULL);
      adw_init ();
    }
  else
    g_test_init (argc, argv, NULL);

  ph_test_spare_children ();
}

int
ui_driver_run (void)
{
  int status = g_test_run ();

  ph_test_remove_tree (folder);
  g_clear_pointer (&folder, g_free);

  return status;
}

PhApplication *
ui_driver_application (void)
{
  static PhApplication *application;
  g_autoptr (GError) error = NULL;

  if (application == NULL)
    {
      application = ph_application_new (G_APPLICATION_NON_UNIQUE);
      g_application_register (G_APPLICATION (application), NULL, &error);
      g_assert_no_error (error);
    }

  return application;
}

PhWindow *
ui_driver_window (PhApplication *application)
{
  GtkWidget *window = ph_window_new (GTK_APPLICATION (application));

  gtk_window_present (GTK_WINDOW (window));

  return PH_WINDOW (window);
}

void
ui_driver_close_all (PhApplication *application)
{
  GList *windows;

  while ((windows = gtk_application_get_windows (GTK_APPLICATION (application))) != NULL)
    {
      GtkWindow *window = windows->data;

      g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
      gtk_window_destroy (window);
      ui_driver_spin (50);
      g_assert_null (window);
    }
}

GFile *
ui_driver_file (const char *name,
                const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);

  return g_file_new_for_path (path);
}

static void
add_page (GString *text,
          int time,
          const char *name)
{
  g_string_append_printf (
    text,
    "{\"type\":4,\"data\":{\"href\":\"https://a.example/%s\",\"width\":800,\"height\":600},"
    "\"timestamp\":%d}\n"
    "{\"type\":2,\"data\":{\"node\":{\"type\":0,\"id\":1,\"childNodes\":[{\"type\":2,\"id\":2,"
    "\"tagName\":\"html\",\"attributes\":{},\"childNodes\":[{\"type\":2,\"id\":3,"
    "\"tagName\":\"body\",\"attributes\":{},\"childNodes\":[{\"type\":3,\"id\":4,"
    "\"textContent\":\"page %s\"}]}]}]},\"initialOffset\":{\"left\":0,\"top\":0}},"
    "\"timestamp\":%d}\n",
    name, time, name, time);
}

static void
add_click (GString *text,
           int time)
{
  g_string_append_printf (text,
                          "{\"type\":3,\"data\":{\"source\":2,\"type\":2,\"id\":3,\"x\":9,\"y\":9},"
                          "\"timestamp\":%d}\n",
                          time);
}

static void
add_error (GString *text,
           int time,
           const char *message)
{
  g_string_append_printf (
    text,
    "{\"type\":6,\"data\":{\"plugin\":\"rrweb/console@1\",\"payload\":{\"level\":\"error\","
    "\"trace\":[],\"payload\":[\"\\\"%s\\\"\"]}},\"timestamp\":%d}\n",
    message, time);
}

GFile *
ui_driver_recording (const char *name)
{
  g_autoptr (GString) text = g_string_new (NULL);

  add_page (text, 1000000, "one");
  for (int i = 1; i <= 10; i++)
    add_click (text, 1000000 + i * 1000);
  add_error (text, 1003000, "<b>first</b> \xe2\x80\xae & more");
  add_error (text, 1003200, "second");
  add_page (text, 1050000, "two");
  for (int i = 50; i <= 60; i++)
    add_click (text, 1000000 + i * 1000);
  add_error (text, 1055000, "third");

  return ui_driver_file (name, text->str);
}

GFile *
ui_driver_demo (void)
{
  g_autofree char *path = ph_test_demo ("acme-shop.json.gz");

  return g_file_new_for_path (path);
}

PhSession *
ui_driver_session (const char *name)
{
  g_autoptr (GFile) file = ui_driver_recording (name);
  g_autoptr (GError) error = NULL;
  PhSession *session = ph_session_open (file, NULL, NULL, NULL, &error);

  g_assert_no_error (error);

  return session;
}

static void
time_out_cb (gpointer user_data)
{
  gboolean *over = user_data;

  *over = TRUE;
}

void
ui_driver_wait (UiCondition func,
                gpointer data)
{
  gboolean over = FALSE;
  guint source = g_timeout_add_once (WAIT_SECONDS * 1000, time_out_cb, &over);

  while (!func (data))
    {
      g_assert_false (over);
      g_main_context_iteration (NULL, TRUE);
    }

  g_source_remove (source);
}

void
ui_driver_spin (guint milliseconds)
{
  gboolean over = FALSE;

  g_timeout_add_once (milliseconds, time_out_cb, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

typedef struct
{
  PhWindow *window;
  PhWindowState state;
  PhPlayer *player;
  PhTime position;
} Wanted;

static gboolean
is_in_state (gpointer data)
{
  Wanted *wanted = data;

  return ph_window_get_state (wanted->window) == wanted->state;
}

static gboolean
is_at_position (gpointer data)
{
  Wanted *wanted = data;

  return ph_player_get_position (wanted->player) == wanted->position;
}

void
ui_driver_wait_state (PhWindow *window,
                      PhWindowState state)
{
  ui_driver_wait (is_in_state, &(Wanted) { .window = window, .state = state });
}

void
ui_driver_wait_position (PhPlayer *player,
                         PhTime position)
{
  ui_driver_wait (is_at_position, &(Wanted) { .player = player, .position = position });
}

GtkWidget *
ui_driver_find (GtkWidget *widget,
                GType type,
                const char *id)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type) &&
      (id == NULL || g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)), id) == 0))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = ui_driver_find (child, type, id);

      if (found != NULL)
        return found;
    }

  return NULL;
}
