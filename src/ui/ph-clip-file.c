/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-clip-file.h"

#include "ph-recent.h"
#include "ph-visible.h"

#include <glib/gi18n.h>

/* Something that is done with a file, and where it was asked for. */
typedef struct
{
  GtkWidget *widget; /* or NULL; weak */
  GFile *file;
} Request;

static Request *
request_new (GtkWidget *widget,
             GFile *file)
{
  Request *request = g_new0 (Request, 1);

  request->file = g_object_ref (file);
  g_set_weak_pointer (&request->widget, widget);

  return request;
}

static void
request_free (Request *request)
{
  g_clear_weak_pointer (&request->widget);
  g_object_unref (request->file);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Request, request_free)

static GtkWindow *
get_window (GtkWidget *widget)
{
  GtkRoot *root = widget != NULL ? gtk_widget_get_root (widget) : NULL;

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
tell (const Request *request)
{
  g_autofree char *name = ph_recent_file_name (request->file);
  g_autofree char *visible = ph_visible_markup (name);
  g_autofree char *text =
    g_strdup_printf (g_file_query_exists (request->file, NULL) ? _ ("No program here opens “%s”")
                                                               : _ ("“%s” is not there any more"),
                     visible);

  if (request->widget != NULL)
    gtk_widget_activate_action (request->widget, "win.tell", "s", text);
}

static void
opened_cb (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  g_autoptr (Request) request = user_data;
  g_autoptr (GError) error = NULL;

  if (!gtk_show_uri_full_finish (source != NULL ? GTK_WINDOW (source) : NULL, result, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    tell (request);
}

/* Opens @file, which is that of @request or its folder. Takes @request. */
static void
open_for (Request *request,
          GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);

  gtk_show_uri_full (get_window (request->widget), uri, GDK_CURRENT_TIME, NULL, opened_cb, request);
}

static void
open_folder (Request *request)
{
  g_autoptr (GFile) folder = g_file_get_parent (request->file);

  open_for (request, folder);
}

void
ph_clip_file_open (GtkWidget *widget,
                   GFile *file)
{
  open_for (request_new (widget, file), file);
}

static void
shown_cb (GObject *source,
          GAsyncResult *result,
          gpointer user_data)
{
  g_autoptr (Request) request = user_data;
  g_autoptr (GVariant) answer =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);

  if (answer == NULL)
    open_folder (g_steal_pointer (&request));
}

void
ph_clip_file_show (GtkWidget *widget,
                   GFile *file)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (Request) request = request_new (widget, file);
  g_autofree char *uri = g_file_get_uri (file);
  const char *uris[] = { uri, NULL };

  /* A file manager would show the folder, and not say that the file is not in it. */
  if (!g_file_query_exists (file, NULL))
    {
      tell (request);
      return;
    }

  if (bus == NULL)
    {
      open_folder (g_steal_pointer (&request));
      return;
    }

  g_dbus_connection_call (bus, "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1",
                          "org.freedesktop.FileManager1", "ShowItems",
                          g_variant_new ("(^ass)", uris, ""), NULL, G_DBUS_CALL_FLAGS_NONE, -1,
                          NULL, shown_cb, g_steal_pointer (&request));
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
