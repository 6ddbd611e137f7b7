/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What can be done with a clip that is there. */

#include "ph-clip-list.h"

static GtkWindow *
get_window (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

void
ph_clip_file_open (GtkWidget *widget,
                   GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);

  gtk_show_uri (get_window (widget), uri, GDK_CURRENT_TIME);
}

typedef struct
{
  GtkWindow *window; /* or NULL; weak */
  GFile *file;
} Showing;

static void
shown_cb (GObject *source,
          GAsyncResult *result,
          gpointer user_data)
{
  Showing *showing = user_data;
  g_autoptr (GVariant) answer =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);

  /* Without a file manager that can point at a file, its folder has to do. */
  if (answer == NULL)
    {
      g_autoptr (GFile) folder = g_file_get_parent (showing->file);
      g_autofree char *uri = folder != NULL ? g_file_get_uri (folder) : NULL;

      if (uri != NULL)
        gtk_show_uri (showing->window, uri, GDK_CURRENT_TIME);
    }

  g_clear_weak_pointer (&showing->window);
  g_object_unref (showing->file);
  g_free (showing);
}

void
ph_clip_file_show (GtkWidget *widget,
                   GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);
  const char *uris[] = { uri, NULL };
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  Showing *showing;

  if (bus == NULL)
    return;

  showing = g_new0 (Showing, 1);
  showing->file = g_object_ref (file);
  g_set_weak_pointer (&showing->window, get_window (widget));
  g_dbus_connection_call (bus, "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1",
                          "org.freedesktop.FileManager1", "ShowItems",
                          g_variant_new ("(^ass)", uris, ""), NULL, G_DBUS_CALL_FLAGS_NONE, -1,
                          NULL, shown_cb, showing);
}

void
ph_clip_file_copy (GtkWidget *widget,
                   GFile *file)
{
  GdkFileList *list = gdk_file_list_new_from_array (&file, 1);
  g_autoptr (GdkContentProvider) content = NULL;
  g_autofree char *name = g_file_get_basename (file);
  GdkContentProvider *providers[2];
  gsize n = 0;

  providers[n++] = gdk_content_provider_new_typed (GDK_TYPE_FILE_LIST, list);
  g_boxed_free (GDK_TYPE_FILE_LIST, list);

  if (g_str_has_suffix (name, ".png"))
    {
      g_autoptr (GdkTexture) texture = gdk_texture_new_from_file (file, NULL);

      if (texture != NULL)
        providers[n++] = gdk_content_provider_new_typed (GDK_TYPE_TEXTURE, texture);
    }

  content = gdk_content_provider_new_union (providers, n);
  gdk_clipboard_set_content (gtk_widget_get_clipboard (widget), content);
}
