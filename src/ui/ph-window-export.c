/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Notes as a file for others. */

#include "ph-notes-export.h"
#include "ph-reason.h"
#include "ph-recent.h"
#include "ph-visible.h"
#include "ph-window-private.h"

#include <glib/gi18n.h>

static const struct
{
  const char *suffix;
  const char *title;
  char *(*make) (const PhNotesExport *export);
} forms[] = {
  { ".md", N_ ("Markdown, for an Issue Tracker"), ph_notes_to_markdown },
  { ".csv", N_ ("Table (CSV)"), ph_notes_to_csv },
  { ".json", N_ ("JSON"), ph_notes_to_json },
};

/* By the name's end; a name without one of them is Markdown. */
static guint
find_form (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      if (g_str_has_suffix (name, forms[i].suffix))
        return i;
    }

  return 0;
}

static void
say_failed (PhWindow *self,
            GFile *file,
            const GError *error)
{
  g_autofree char *reason = ph_reason_text (file, error);
  g_autofree char *visible = ph_visible_text (reason);
  GtkWidget *dialog =
    adw_message_dialog_new (GTK_WINDOW (self), _ ("The Notes Could Not Be Exported"), visible);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

gboolean
ph_window_export_notes_to (PhWindow *self,
                           GFile *file,
                           GError **error)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autoptr (GPtrArray) notes = ph_notes_copy_all (self->notes);
  PhNotesExport export = { .session = self->session, .notes = notes };
  g_autofree char *text = forms[find_form (name)].make (&export);

  return g_file_replace_contents (file, text, strlen (text), NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                  NULL, error);
}

static void
export_response_cb (GtkNativeDialog *dialog,
                    int response,
                    PhWindow *self)
{
  if (response == GTK_RESPONSE_ACCEPT && self->notes != NULL)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      g_autoptr (GError) error = NULL;

      if (ph_window_export_notes_to (self, file, &error))
        ph_window_show_hint (self, _ ("Notes exported"));
      else
        say_failed (self, file, error);
    }

  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
}

/* `session notes.md`, whatever the session is called. */
static char *
suggest_name (PhWindow *self)
{
  g_autofree char *file = ph_recent_file_name (ph_session_get_file (self->session));
  char *dot = strrchr (file, '.');

  if (dot != NULL && dot != file)
    *dot = '\0';

  /* Translators: the name of a file, after that of a recording. */
  return g_strdup_printf (_ ("%s notes.md"), g_strdelimit (file, "/", '-'));
}

void
ph_window_export_notes (PhWindow *self)
{
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (_ ("Export Notes"), GTK_WINDOW (self),
                                 GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Export"), _ ("_Cancel"));
  g_autofree char *name = suggest_name (self);

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

      gtk_file_filter_set_name (filter, _ (forms[i].title));
      gtk_file_filter_add_suffix (filter, forms[i].suffix + 1);
      gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
    }

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (export_response_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
