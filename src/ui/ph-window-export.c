/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Notes as a file for others. */

#include "ph-clip-queue.h"
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

/* Of more notes than this pictures are made on the command line, where nobody waits. */
#define MAX_PICTURES 100

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

/* --- pictures -------------------------------------------------------------- */

static guint32
get_window (PhWindow *self,
            const PhNote *note)
{
  return note->window < ph_session_get_n_windows (self->session)
           ? note->window
           : ph_player_get_window (self->player);
}

/* Relative to the text; NULL of one where there is no page yet. The array ends with NULL. */
static GPtrArray *
name_pictures (PhWindow *self,
               const GPtrArray *notes,
               const char *folder)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < notes->len; i++)
    {
      const PhNote *note = notes->pdata[i];
      const PhWindowInfo *info =
        ph_session_get_window (self->session, get_window (self, note));
      gboolean has_page = info->first_picture != PH_TIME_NONE &&
                          info->first_picture <= note->begin;
      g_autofree char *name = ph_notes_picture_name (note, i);

      g_ptr_array_add (names, has_page ? g_build_filename (folder, name, NULL) : NULL);
    }

  g_ptr_array_add (names, NULL);

  return names;
}

static void
picture_ended_cb (PhWindow *self)
{
  guint n = 0;
  guint n_done = 0;
  g_autofree char *text = NULL;

  /* Those of an earlier export, or of a window that closes, are cancelled. */
  if (self->pictures == NULL || ph_clip_queue_get_n_left (self->pictures) > 0)
    return;

  n = g_list_model_get_n_items (G_LIST_MODEL (self->pictures));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PhClip) clip = g_list_model_get_item (G_LIST_MODEL (self->pictures), i);

      n_done += ph_clip_get_state (clip) == PH_CLIP_DONE;
    }

  text = n_done == n ? g_strdup_printf (ngettext ("%u picture exported", "%u pictures exported", n),
                                        n)
                     : g_strdup_printf (_ ("%u of %u pictures could not be made"), n - n_done, n);
  ph_window_show_hint (self, text);
}

/* They come to be one after the other, beside the text that names them. */
static void
make_pictures (PhWindow *self,
               GFile *parent,
               const GPtrArray *notes,
               const GPtrArray *names)
{
  g_clear_object (&self->pictures);
  self->pictures = ph_clip_queue_new ();

  for (guint i = 0; i < notes->len; i++)
    {
      const PhNote *note = notes->pdata[i];
      g_autoptr (PhClipOrder) order = ph_clip_order_new (PH_CLIP_PNG);
      g_autoptr (GFile) file = NULL;
      g_autoptr (PhClip) clip = NULL;

      if (names->pdata[i] == NULL)
        continue;

      file = g_file_resolve_relative_path (parent, names->pdata[i]);
      order->span.begin = note->begin;
      order->span.end = note->begin;
      order->window = get_window (self, note);
      clip = ph_clip_new (self->session, order, file);
      ph_clip_set_assets (clip, self->shelf);
      g_signal_connect_object (clip, "ended", G_CALLBACK (picture_ended_cb), self,
                               G_CONNECT_SWAPPED | G_CONNECT_AFTER);
      ph_clip_queue_add (self->pictures, clip);
    }
}

gboolean
ph_window_export_notes_to (PhWindow *self,
                           GFile *file,
                           GError **error)
{
  g_autofree char *name = g_file_get_basename (file);
  guint form = find_form (name);
  g_autoptr (GPtrArray) notes = ph_notes_copy_all (self->notes);
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GFile) parent = g_file_get_parent (file);
  PhNotesExport export = { .session = self->session, .notes = notes };
  g_autofree char *text = NULL;

  if (form == 0 && parent != NULL && notes->len <= MAX_PICTURES)
    {
      g_autofree char *stem = g_str_has_suffix (name, ".md") ? g_strndup (name, strlen (name) - 3)
                                                             : g_strdup (name);
      g_autofree char *folder = g_strconcat (stem, "-pictures", NULL);
      g_autoptr (GFile) below = g_file_get_child (parent, folder);
      g_autoptr (GError) local = NULL;

      if (!g_file_make_directory (below, NULL, &local) &&
          !g_error_matches (local, G_IO_ERROR, G_IO_ERROR_EXISTS))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }

      names = name_pictures (self, notes, folder);
      export.pictures = (const char *const *) names->pdata;
    }

  text = forms[form].make (&export);

  if (!g_file_replace_contents (file, text, strlen (text), NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                NULL, error))
    return FALSE;

  if (names != NULL)
    make_pictures (self, parent, notes, names);

  return TRUE;
}

/* --- where to -------------------------------------------------------------- */

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
