/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-error.h"
#include "ph-input.h"
#include "ph-listing.h"
#include "ph-window-private.h"

#include <glib/gi18n.h>

/* An archive or a folder that holds several sessions, and files that are opened together. */

/* --- the list -------------------------------------------------------------- */

static void
listed_cb (GObject *object,
           GAsyncResult *result,
           gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) parts = ph_listing_list_finish (result, &error);
  PhWindow *self;

  /* Cancelled: another file is being opened, or the window is gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = PH_WINDOW (user_data);

  if (parts == NULL)
    {
      ph_window_show_error (self, error);
      return;
    }

  ph_window_end_opening (self);
  /* A session that is shown stays there for whoever goes back. */
  ph_window_set_state (self, PH_WINDOW_SESSIONS);
  ph_sessions_set_parts (self->sessions, self->file, parts);
}

void
ph_window_list_sessions (PhWindow *self)
{
  ph_listing_list_async (self->file, self->opening, listed_cb, self);
}

static void
open_part_action (GSimpleAction *action,
                  GVariant *parameter,
                  gpointer user_data)
{
  PhWindow *self = PH_WINDOW (user_data);
  g_autoptr (GFile) input = NULL;

  if (self->file == NULL)
    return;

  input = ph_input_with_part (self->file, g_variant_get_string (parameter, NULL));
  ph_window_open_here (self, input);
}

/* Without a part it is asked which one. */
static void
sessions_action (GSimpleAction *action,
                 GVariant *parameter,
                 gpointer user_data)
{
  PhWindow *self = PH_WINDOW (user_data);
  g_autoptr (GFile) input = NULL;

  if (self->file == NULL)
    return;

  input = ph_input_with_part (self->file, NULL);
  ph_window_open (self, input);
}

void
ph_window_update_sessions (PhWindow *self)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "sessions");

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action),
                               self->state == PH_WINDOW_SESSION && self->file != NULL &&
                                 ph_input_get_part (self->file) != NULL);
}

/* --- several files, folders ------------------------------------------------ */

static void
arranged_cb (GObject *object,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (PhWindow) self = user_data;
  g_autoptr (GPtrArray) inputs = ph_listing_arrange_finish (result, NULL);
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  /* The window was closed. */
  if (inputs == NULL || application == NULL)
    return;

  ph_window_open_here (self, inputs->pdata[0]);

  for (guint i = 1; i < inputs->len; i++)
    g_application_open (G_APPLICATION (application), (GFile **) &inputs->pdata[i], 1, "");
}

void
ph_window_open_files (PhWindow *self,
                      GFile *const *files,
                      guint n_files)
{
  g_return_if_fail (PH_IS_WINDOW (self) && n_files > 0);

  if (n_files == 1)
    ph_window_open_here (self, files[0]);
  else
    ph_listing_arrange_async (files, n_files, NULL, arranged_cb, g_object_ref (self));
}

static void
folder_response_cb (GtkNativeDialog *dialog,
                    int response,
                    PhWindow *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) folder = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      if (folder != NULL)
        ph_window_open_here (self, folder);
    }

  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
}

static void
open_folder_action (GSimpleAction *action,
                    GVariant *parameter,
                    gpointer user_data)
{
  PhWindow *self = PH_WINDOW (user_data);
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (_ ("Open a Folder"), GTK_WINDOW (self),
                                 GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _ ("_Open"),
                                 _ ("_Cancel"));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (folder_response_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

void
ph_window_init_sessions (PhWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "open-part", .activate = open_part_action, .parameter_type = "s" },
    { .name = "open-folder", .activate = open_folder_action },
    { .name = "sessions", .activate = sessions_action },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
