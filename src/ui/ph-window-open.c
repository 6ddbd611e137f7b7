/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-error.h"
#include "ph-input.h"
#include "ph-reason.h"
#include "ph-recent.h"
#include "ph-settings.h"
#include "ph-visible.h"
#include "ph-window-private.h"

#include <glib/gi18n.h>

/* Most recordings open sooner than this: a page that only flashes up is noise. */
#define OPENING_DELAY_MILLISECONDS 250

static void
stop_opening (PhWindow *self)
{
  g_clear_handle_id (&self->opening_delay, g_source_remove);
  g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  g_clear_object (&self->next_stage);
}

void
ph_window_close_session (PhWindow *self)
{
  ph_window_end_assets (self);
  ph_window_end_notes (self);
  ph_window_end_marks (self);
  ph_transport_set_player (self->transport, NULL);
  ph_address_set_player (self->address, NULL);
  ph_health_bar_set_session (self->health, NULL);
  ph_window_hide_hint (self);

  g_signal_group_set_target (self->session_signals, NULL);
  g_signal_group_set_target (self->player_signals, NULL);
  g_signal_group_set_target (self->stage_signals, NULL);
  if (self->tick != 0)
    {
      gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
      self->tick = 0;
    }

  adw_bin_set_child (self->stage_bin, NULL);
  g_clear_object (&self->player);
  g_clear_object (&self->stage);
  g_clear_object (&self->session);
  self->stage_lost = FALSE;
}

static void
show_session (PhWindow *self,
              PhSession *session)
{
  ph_window_close_session (self);
  self->session = g_object_ref (session);
  self->stage = g_steal_pointer (&self->next_stage);
  self->player = ph_player_new (session, PH_STAGE (self->stage));
  g_action_group_change_action_state (
    G_ACTION_GROUP (self), "speed", g_variant_new_double (ph_settings_get_double ("speed")));
  ph_player_set_skip_idle (self->player, ph_settings_get_boolean ("skip-idle"));
  g_action_group_change_action_state (
    G_ACTION_GROUP (self), "trail", g_variant_new_boolean (ph_settings_get_boolean ("trail")));
  ph_player_seek (self->player, ph_window_get_start (self));

  adw_bin_set_child (self->stage_bin, ph_web_stage_get_widget (self->stage));
  g_signal_group_set_target (self->stage_signals, self->stage);
  ph_health_bar_set_session (self->health, session);
  ph_window_set_state (self, PH_WINDOW_SESSION);
  ph_transport_set_player (self->transport, self->player);
  ph_address_set_player (self->address, self->player);
  g_signal_group_set_target (self->player_signals, self->player);
  g_signal_group_set_target (self->session_signals, session);
  ph_window_begin_assets (self);
  ph_window_begin_notes (self);
  ph_window_refresh (self);
  /* Keys belong to the window, not to the button that was pressed last. */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  ph_recent_add (self->file);
}

void
ph_window_end_opening (PhWindow *self)
{
  g_clear_handle_id (&self->opening_delay, g_source_remove);
  g_clear_object (&self->opening);
  g_clear_object (&self->next_stage);
}

void
ph_window_show_error (PhWindow *self,
                      const GError *error)
{
  g_autofree char *name = ph_recent_file_name (self->file);
  g_autofree char *reason = ph_reason_text (self->file, error);
  g_autofree char *name_markup = ph_visible_markup (name);
  g_autofree char *reason_markup = ph_visible_markup (reason);
  g_autofree char *text = g_strdup_printf ("<b>%s</b>\n%s", name_markup, reason_markup);

  ph_window_end_opening (self);
  adw_status_page_set_description (self->error_page, text);
  gtk_button_set_label (self->back_button,
                        self->session != NULL ? _ ("_Back to the Recording") : _ ("_Back"));
  ph_window_set_state (self, PH_WINDOW_ERROR);
  gtk_widget_grab_focus (self->session != NULL ? GTK_WIDGET (self->back_button)
                                               : self->other_button);
}

static void
opened_cb (GObject *object,
           GAsyncResult *result,
           gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PhSession) session = ph_session_open_finish (result, &error);
  PhWindow *self;

  /* Cancelled: another file is being opened, or the window is gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = PH_WINDOW (user_data);

  if (g_error_matches (error, PH_ERROR, PH_ERROR_SEVERAL))
    {
      ph_window_list_sessions (self);
      return;
    }

  if (session == NULL)
    {
      ph_window_show_error (self, error);
      return;
    }

  g_clear_handle_id (&self->opening_delay, g_source_remove);
  g_clear_object (&self->opening);
  show_session (self, session);
}

/* What is being opened, and how far that is once there is something to tell. */
static void
describe_opening (PhWindow *self,
                  int percent)
{
  g_autofree char *name = ph_recent_file_name (self->file);
  g_autofree char *escaped = ph_visible_markup (name);
  g_autofree char *share = percent > 0 ? g_strdup_printf (_ ("%d %%"), percent) : NULL;
  g_autofree char *text = share != NULL ? g_strdup_printf ("%s\n%s", escaped, share) : NULL;

  adw_status_page_set_description (self->opening_page, text != NULL ? text : escaped);
}

static void
progress_cb (double fraction,
             gpointer user_data)
{
  describe_opening (PH_WINDOW (user_data), (int) (CLAMP (fraction, 0, 1) * 100));
}

/* A pipe is asked about before it is opened: that would wait for a writer, for ever. */
static void
checked_cb (GObject *object,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) against = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (object), result, &error);
  PhWindow *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = PH_WINDOW (user_data);
  if (info != NULL)
    against = ph_reason_against (info);

  if (against != NULL)
    ph_window_show_error (self, against);
  else
    ph_session_open_async (G_FILE (object), PH_OPEN_KEEP, progress_cb, self, self->opening,
                           opened_cb, self);
}

static void
delay_over_cb (gpointer user_data)
{
  PhWindow *self = PH_WINDOW (user_data);

  self->opening_delay = 0;
  ph_window_set_state (self, PH_WINDOW_OPENING);
}

void
ph_window_open (PhWindow *self,
                GFile *file)
{
  g_return_if_fail (PH_IS_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  stop_opening (self);
  if (self->player != NULL)
    ph_player_set_playing (self->player, FALSE);

  g_set_object (&self->file, file);
  describe_opening (self, 0);

  /* WebKit starts while the file is read. */
  self->next_stage = ph_web_stage_new ();
  self->opening = g_cancellable_new ();
  if (self->state != PH_WINDOW_OPENING)
    self->opening_delay = g_timeout_add_once (OPENING_DELAY_MILLISECONDS, delay_over_cb, self);
  g_file_query_info_async (file, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE,
                           G_PRIORITY_DEFAULT, self->opening, checked_cb, self);
}

void
ph_window_go_back (PhWindow *self)
{
  if (self->session == NULL)
    {
      g_clear_object (&self->file);
      ph_window_set_state (self, PH_WINDOW_EMPTY);
      return;
    }

  g_set_object (&self->file, ph_session_get_file (self->session));
  ph_window_set_state (self, PH_WINDOW_SESSION);
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
}

void
ph_window_cancel (PhWindow *self)
{
  stop_opening (self);
  ph_window_go_back (self);
}

GFile *
ph_window_get_file (PhWindow *self)
{
  g_return_val_if_fail (PH_IS_WINDOW (self), NULL);

  return self->file;
}

/* Through the application: a file that is open already has its window. */
void
ph_window_open_here (PhWindow *self,
                     GFile *file)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  GList *windows = application != NULL ? gtk_application_get_windows (application) : NULL;

  for (GList *l = windows; l != NULL; l = l->next)
    {
      GFile *other = PH_IS_WINDOW (l->data) ? ph_window_get_file (l->data) : NULL;

      if (l->data != self && other != NULL && ph_input_equal (other, file))
        {
          gtk_window_present (l->data);
          return;
        }
    }

  ph_window_open (self, file);
}

/* The dialog */

static void
chooser_response_cb (GtkNativeDialog *dialog,
                     int response,
                     PhWindow *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GListModel) chosen = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));
      g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

      for (guint i = 0; i < g_list_model_get_n_items (chosen); i++)
        g_ptr_array_add (files, g_list_model_get_item (chosen, i));

      if (files->len > 0)
        ph_window_open_files (self, (GFile *const *) files->pdata, files->len);
    }

  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
}

/* Where the last one was found there may be more. */
static void
start_in_folder (GtkFileChooser *chooser,
                 GFile *file)
{
  g_autoptr (GFile) folder = file != NULL ? g_file_get_parent (file) : NULL;

  if (folder != NULL && g_file_is_native (folder) && g_file_query_exists (folder, NULL))
    gtk_file_chooser_set_current_folder (chooser, folder, NULL);
}

GtkFileFilter *
ph_window_new_file_filter (void)
{
  static const char *const suffixes[] = { "har", "json", "jsonl", "ndjson", "rrweb", "tar" };
  static const char *const packings[] = { "", ".gz", ".zst" };
  GtkFileFilter *filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _ ("Recordings"));
  gtk_file_filter_add_suffix (filter, "playhead");
  gtk_file_filter_add_suffix (filter, "zip");
  gtk_file_filter_add_suffix (filter, "tgz");
  for (guint i = 0; i < G_N_ELEMENTS (suffixes) * G_N_ELEMENTS (packings); i++)
    {
      g_autofree char *suffix = g_strconcat (suffixes[i / G_N_ELEMENTS (packings)],
                                             packings[i % G_N_ELEMENTS (packings)], NULL);

      gtk_file_filter_add_suffix (filter, suffix);
    }

  return filter;
}

void
ph_window_choose_file (PhWindow *self)
{
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (_ ("Open a Recording"), GTK_WINDOW (self),
                                 GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"), _ ("_Cancel"));
  g_autoptr (GtkFileFilter) recordings = ph_window_new_file_filter ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), recordings);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), TRUE);

  /* What a file is, is decided by its content: no name is refused. */
  gtk_file_filter_set_name (all, _ ("All Files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), all);

  start_in_folder (GTK_FILE_CHOOSER (dialog), self->file);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (chooser_response_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* The recent list */

static void
open_recent_action (GSimpleAction *action,
                    GVariant *parameter,
                    gpointer user_data)
{
  g_autoptr (GFile) file = ph_input_new_for_uri (g_variant_get_string (parameter, NULL));

  ph_window_open_here (user_data, file);
}

static void
update_recent (PhWindow *self)
{
  g_autoptr (GMenuModel) menu = ph_recent_menu ();

  adw_split_button_set_menu_model (self->open_button, menu);
}

/* Drag and drop */

gboolean
ph_window_drop (PhWindow *self,
                const GValue *value)
{
  g_return_val_if_fail (PH_IS_WINDOW (self), FALSE);

  if (G_VALUE_HOLDS (value, G_TYPE_FILE) && g_value_get_object (value) != NULL)
    {
      ph_window_open_here (self, g_value_get_object (value));
      return TRUE;
    }

  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST) && g_value_get_boxed (value) != NULL)
    {
      GSList *dropped = gdk_file_list_get_files (g_value_get_boxed (value));
      g_autoptr (GPtrArray) files = g_ptr_array_new ();

      for (GSList *l = dropped; l != NULL; l = l->next)
        g_ptr_array_add (files, l->data);

      g_slist_free (dropped);

      if (files->len == 0)
        return FALSE;

      ph_window_open_files (self, (GFile *const *) files->pdata, files->len);
      return TRUE;
    }

  return FALSE;
}

static gboolean
drop_cb (PhWindow *self,
         const GValue *value)
{
  gtk_revealer_set_reveal_child (self->drop_hint, FALSE);

  return ph_window_drop (self, value);
}

static GdkDragAction
drop_enter_cb (PhWindow *self)
{
  gtk_revealer_set_reveal_child (self->drop_hint, TRUE);

  return GDK_ACTION_COPY;
}

static void
drop_leave_cb (PhWindow *self)
{
  gtk_revealer_set_reveal_child (self->drop_hint, FALSE);
}

void
ph_window_init_open (PhWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "open-recent", .activate = open_recent_action, .parameter_type = "s" },
  };
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);
  GType types[] = { GDK_TYPE_FILE_LIST, G_TYPE_FILE };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);

  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target), GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (target, "drop", G_CALLBACK (drop_cb), self);
  g_signal_connect_swapped (target, "enter", G_CALLBACK (drop_enter_cb), self);
  g_signal_connect_swapped (target, "leave", G_CALLBACK (drop_leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));

  g_signal_connect_object (gtk_recent_manager_get_default (), "changed",
                           G_CALLBACK (update_recent), self, G_CONNECT_SWAPPED);
  update_recent (self);
}

void
ph_window_dispose_open (PhWindow *self)
{
  stop_opening (self);
  /* The template's children are still there in the first dispose only. */
  if (self->stage_bin != NULL && self->player_signals != NULL)
    ph_window_close_session (self);
  g_clear_object (&self->file);
}
