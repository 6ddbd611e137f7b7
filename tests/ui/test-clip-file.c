/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A clip is opened, shown in its folder and copied; what goes wrong is told. */

#include "ph-clip-file.h"
#include "ph-test.h"
#include "ui-driver.h"

#include <glib/gstdio.h>
#include <string.h>

#define MANAGER "org.freedesktop.FileManager1"

static const char manager_interface[] =
  "<node><interface name='" MANAGER "'><method name='ShowItems'>"
  "<arg type='as' direction='in'/><arg type='s' direction='in'/></method></interface></node>";

typedef struct
{
  char *folder;
  GFile *file;  /* a picture */
  char *opened; /* where the program for pictures and folders writes what it was given */
  PhWindow *window;
  char *shown; /* what the file manager was asked for, or NULL */
} Fixture;

/* --- what a desktop has ---------------------------------------------------- */

/* A program for pictures and folders, and for nothing else. */
static void
install_program (Fixture *fixture)
{
  const char *data = g_getenv ("XDG_DATA_HOME");
  g_autofree char *folder = g_build_filename (data, "applications", NULL);
  g_autofree char *program = g_build_filename (fixture->folder, "viewer", NULL);
  g_autofree char *entry = g_build_filename (folder, "viewer.desktop", NULL);
  g_autofree char *list = g_build_filename (g_getenv ("XDG_CONFIG_HOME"), "mimeapps.list", NULL);
  g_autofree char *script =
    g_strdup_printf ("#!/bin/sh\nprintf %%s \"$1\" >'%s.new' && mv '%s.new' '%s'\n",
                     fixture->opened, fixture->opened, fixture->opened);
  g_autofree char *words =
    g_strdup_printf ("[Desktop Entry]\nType=Application\nName=Viewer\nExec=%s %%u\n"
                     "MimeType=image/png;inode/directory;\n",
                     program);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents_full (program, script, -1, G_FILE_SET_CONTENTS_NONE, 0700,
                                           NULL));
  g_assert_true (g_file_set_contents (entry, words, -1, NULL));
  g_assert_true (g_file_set_contents (list,
                                      "[Default Applications]\nimage/png=viewer.desktop\n"
                                      "inode/directory=viewer.desktop\n",
                                      -1, NULL));
}

static void
show_items_cb (GDBusConnection *connection,
               const char *sender,
               const char *path,
               const char *interface,
               const char *method,
               GVariant *arguments,
               GDBusMethodInvocation *invocation,
               gpointer user_data)
{
  Fixture *fixture = user_data;
  g_autofree const char **uris = NULL;

  g_variant_get (arguments, "(^a&s&s)", &uris, NULL);
  g_assert_cmpuint (g_strv_length ((char **) uris), ==, 1);
  fixture->shown = g_strdup (uris[0]);
  g_dbus_method_invocation_return_value (invocation, NULL);
}

static void
owned_cb (GDBusConnection *connection,
          const char *name,
          gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

/* --- the fixture ----------------------------------------------------------- */

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  g_autoptr (GdkTexture) picture = NULL;
  g_autoptr (GBytes) pixels = g_bytes_new_static ("abcd", 4);
  g_autofree char *path = NULL;

  fixture->folder = ph_test_tmp_dir ();
  fixture->opened = g_build_filename (fixture->folder, "opened", NULL);
  path = g_build_filename (fixture->folder, "a <b>&c.png", NULL);
  fixture->file = g_file_new_for_path (path);
  picture = gdk_memory_texture_new (1, 1, GDK_MEMORY_DEFAULT, pixels, 4);
  g_assert_true (gdk_texture_save_to_png (picture, path));
  install_program (fixture);
  fixture->window = ui_driver_window (ui_driver_application ());
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  ui_driver_close_all (ui_driver_application ());
  ph_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->opened);
  g_free (fixture->shown);
  g_object_unref (fixture->file);
}

static gboolean
is_opened (gpointer data)
{
  return g_file_test (((Fixture *) data)->opened, G_FILE_TEST_EXISTS);
}

static void
assert_opened (Fixture *fixture,
               GFile *file)
{
  g_autofree char *text = NULL;
  g_autoptr (GFile) opened = NULL;

  ui_driver_wait (is_opened, fixture);
  g_assert_true (g_file_get_contents (fixture->opened, &text, NULL, NULL));
  opened = g_file_new_for_commandline_arg (text);
  g_assert_true (g_file_equal (opened, file));
}

/* The words of the toast that is up, or NULL. */
static const char *
find_toast (GtkWidget *widget)
{
  const char *found = NULL;

  if (strcmp (G_OBJECT_TYPE_NAME (widget), "AdwToastWidget") == 0)
    {
      GtkWidget *label = ui_driver_find (widget, GTK_TYPE_LABEL, NULL);

      return gtk_label_get_text (GTK_LABEL (label));
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_toast (child);

  return found;
}

static gboolean
is_told (gpointer data)
{
  return find_toast (data) != NULL;
}

static void
assert_told (Fixture *fixture,
             const char *words)
{
  ui_driver_wait (is_told, fixture->window);
  g_assert_cmpstr (find_toast (GTK_WIDGET (fixture->window)), ==, words);
}

/* --- opening --------------------------------------------------------------- */

static void
test_open (Fixture *fixture,
           gconstpointer data)
{
  ph_clip_file_open (GTK_WIDGET (fixture->window), fixture->file);
  assert_opened (fixture, fixture->file);
  g_assert_false (is_told (fixture->window));
}

static void
test_open_gone (Fixture *fixture,
                gconstpointer data)
{
  g_assert_true (g_file_delete (fixture->file, NULL, NULL));
  ph_clip_file_open (GTK_WIDGET (fixture->window), fixture->file);
  assert_told (fixture, "“a <b>&c.png” is not there any more");
}

static void
test_open_unknown (Fixture *fixture,
                   gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "a.blend", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_assert_true (g_file_set_contents (path, "BLENDER-v100", -1, NULL));
  ph_clip_file_open (GTK_WIDGET (fixture->window), file);
  assert_told (fixture, "No program here opens “a.blend”");
}

/* --- showing --------------------------------------------------------------- */

static gboolean
is_shown (gpointer data)
{
  return ((Fixture *) data)->shown != NULL;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

static void
test_show (Fixture *fixture,
           gconstpointer data)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (manager_interface, NULL);
  const GDBusInterfaceVTable table = { .method_call = show_items_cb };
  g_autofree char *uri = g_file_get_uri (fixture->file);
  gboolean owned = FALSE;
  guint object;
  guint name;

  g_assert_nonnull (bus);
  object = g_dbus_connection_register_object (bus, "/org/freedesktop/FileManager1",
                                              info->interfaces[0], &table, fixture, NULL, NULL);
  name = g_bus_own_name_on_connection (bus, MANAGER, G_BUS_NAME_OWNER_FLAGS_NONE, owned_cb, NULL,
                                       &owned, NULL);
  ui_driver_wait (is_true, &owned);

  ph_clip_file_show (GTK_WIDGET (fixture->window), fixture->file);
  ui_driver_wait (is_shown, fixture);
  g_assert_cmpstr (fixture->shown, ==, uri);
  ui_driver_spin (200);
  g_assert_false (is_opened (fixture));

  g_bus_unown_name (name);
  g_dbus_connection_unregister_object (bus, object);
}

/* Another program for folders may be started by the bus: then there is nothing to see here. */
static gboolean
has_manager (void)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GVariant) answer = g_dbus_connection_call_sync (
    bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
    "ListActivatableNames", NULL, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  g_autofree const char **names = NULL;

  g_variant_get (answer, "(^a&s)", &names);

  return g_strv_contains (names, MANAGER);
}

static void
test_show_plain (Fixture *fixture,
                 gconstpointer data)
{
  g_autoptr (GFile) folder = g_file_get_parent (fixture->file);

  if (has_manager ())
    {
      g_test_skip ("a file manager is installed");
      return;
    }

  ph_clip_file_show (GTK_WIDGET (fixture->window), fixture->file);
  assert_opened (fixture, folder);
}

static void
test_show_gone (Fixture *fixture,
                gconstpointer data)
{
  g_assert_true (g_file_delete (fixture->file, NULL, NULL));
  ph_clip_file_show (GTK_WIDGET (fixture->window), fixture->file);
  assert_told (fixture, "“a <b>&c.png” is not there any more");
}

/* --- copying --------------------------------------------------------------- */

static void
read_cb (GObject *source,
         GAsyncResult *result,
         gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  const GValue *value =
    gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, &error);

  g_assert_no_error (error);
  *(gpointer *) user_data = g_value_dup_boxed (value);
}

static gboolean
is_set (gpointer data)
{
  return *(gpointer *) data != NULL;
}

static void
test_copy (Fixture *fixture,
           gconstpointer data)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (fixture->window));
  GdkContentFormats *formats;
  GdkFileList *list = NULL;
  g_autoptr (GSList) files = NULL;

  ph_clip_file_copy (GTK_WIDGET (fixture->window), fixture->file);
  formats = gdk_clipboard_get_formats (clipboard);
  g_assert_true (gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE));
  gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, NULL, read_cb,
                                  &list);
  ui_driver_wait (is_set, &list);
  files = gdk_file_list_get_files (list);
  g_assert_cmpuint (g_slist_length (files), ==, 1);
  g_assert_true (g_file_equal (files->data, fixture->file));
  g_boxed_free (GDK_TYPE_FILE_LIST, list);
}

static void
add (const char *path,
     void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc,
      char **argv)
{
  ui_driver_init (&argc, &argv, TRUE);

  add ("/clip-file/open", test_open);
  add ("/clip-file/open-gone", test_open_gone);
  add ("/clip-file/open-unknown", test_open_unknown);
  add ("/clip-file/show", test_show);
  add ("/clip-file/show-plain", test_show_plain);
  add ("/clip-file/show-gone", test_show_gone);
  add ("/clip-file/copy", test_copy);

  return ui_driver_run ();
}
