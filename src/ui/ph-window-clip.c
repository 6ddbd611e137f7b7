/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Clips of what is shown: asked for, made while one goes on watching, told of. */

#include "ph-application.h"
#include "ph-clip-dialog.h"
#include "ph-clip-file.h"
#include "ph-clip-list.h"
#include "ph-recent.h"
#include "ph-visible.h"
#include "ph-window-private.h"

#include <glib/gi18n.h>

static PhClipQueue *
get_queue (PhWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  return PH_IS_APPLICATION (application)
           ? ph_application_get_clips (PH_APPLICATION (application))
           : NULL;
}

/* Telling */

/* Takes @toast. */
static void
add_toast (PhWindow *self,
           AdwToast *toast)
{
  GtkWidget *toasts = adw_application_window_get_content (ADW_APPLICATION_WINDOW (self));

  /* None is there any more when a clip ends because the window does. */
  if (ADW_IS_TOAST_OVERLAY (toasts))
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (toasts), toast);
  else
    g_object_unref (toast);
}

static void
tell_action (GSimpleAction *action,
             GVariant *parameter,
             gpointer user_data)
{
  add_toast (user_data, adw_toast_new (g_variant_get_string (parameter, NULL)));
}

static void
show_clip_action (GSimpleAction *action,
                  GVariant *parameter,
                  gpointer user_data)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  ph_clip_file_show (user_data, file);
}

static void
ended_cb (PhWindow *self,
          PhClip *clip)
{
  g_autofree char *name = ph_recent_file_name (ph_clip_get_file (clip));
  g_autofree char *visible = ph_visible_markup (name);
  g_autofree char *text = NULL;
  AdwToast *toast;

  if (ph_clip_get_state (clip) == PH_CLIP_CANCELLED)
    return;

  if (ph_clip_get_state (clip) == PH_CLIP_FAILED)
    {
      /* Why is told by the list. */
      text = g_strdup_printf (_ ("“%s” could not be made"), visible);
      add_toast (self, adw_toast_new (text));
      return;
    }

  text = g_strdup_printf (_ ("“%s” is ready"), visible);
  toast = adw_toast_new (text);
  adw_toast_set_button_label (toast, _ ("Show in Folder"));
  adw_toast_set_action_name (toast, "win.show-clip");
  adw_toast_set_action_target_value (
    toast, g_variant_new_take_string (g_file_get_uri (ph_clip_get_file (clip))));
  add_toast (self, toast);
}

static void
export_cb (PhWindow *self,
           PhClip *clip)
{
  PhClipQueue *queue = get_queue (self);

  g_return_if_fail (queue != NULL);

  g_signal_connect_object (clip, "ended", G_CALLBACK (ended_cb), self, G_CONNECT_SWAPPED);
  ph_clip_queue_add (queue, clip);
}

static void
export_clip_action (GSimpleAction *action,
                    GVariant *parameter,
                    gpointer user_data)
{
  PhWindow *self = PH_WINDOW (user_data);
  g_autoptr (GVariant) window = g_action_group_get_action_state (G_ACTION_GROUP (self), "window");
  PhClipDialogInput input = {
    .session = self->session,
    .assets = self->shelf,
    .window = g_variant_get_uint32 (window),
    .notes = ph_window_get_notes (self),
  };
  GtkWidget *dialog;

  input.is_marked =
    ph_clip_marks_resolve (&self->marks, ph_player_get_position (self->player),
                           ph_session_get_span (self->session), &input.span);
  dialog = ph_clip_dialog_new (GTK_WINDOW (self), &input);
  g_signal_connect_object (dialog, "export", G_CALLBACK (export_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Closing */

static gboolean
is_last (PhWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  for (GList *l = gtk_application_get_windows (application); l != NULL; l = l->next)
    if (PH_IS_WINDOW (l->data) && l->data != self)
      return FALSE;

  return TRUE;
}

static void
discard_clips (PhClipQueue *queue)
{
  GListModel *model = G_LIST_MODEL (queue);

  while (g_list_model_get_n_items (model) > 0)
    {
      g_autoptr (PhClip) clip = g_list_model_get_item (model, g_list_model_get_n_items (model) - 1);

      ph_clip_queue_remove (queue, clip);
    }
}

static gboolean
quit_cb (gpointer user_data)
{
  GtkApplication *application = gtk_window_get_application (user_data);

  if (application != NULL)
    g_action_group_activate_action (G_ACTION_GROUP (application), "quit", NULL);

  return G_SOURCE_REMOVE;
}

static gboolean
close_cb (gpointer user_data)
{
  gtk_window_close (user_data);

  return G_SOURCE_REMOVE;
}

/* Not before the question is gone, which belongs to the window. */
static void
answer_cb (PhWindow *self,
           const char *answer,
           AdwMessageDialog *dialog)
{
  gboolean quits = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (dialog), "quits"));

  if (!g_str_equal (answer, "discard"))
    return;

  discard_clips (get_queue (self));
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, quits ? quit_cb : close_cb, g_object_ref (self),
                   g_object_unref);
}

gboolean
ph_window_ask_about_clips (PhWindow *self,
                           gboolean quits)
{
  PhClipQueue *queue = get_queue (self);
  guint n = queue != NULL ? ph_clip_queue_get_n_left (queue) : 0;
  g_autofree char *text = NULL;
  GtkWidget *dialog;

  if (n == 0 || (!quits && !is_last (self)))
    return FALSE;

  text = g_strdup_printf (ngettext ("%u clip is not finished, and will not be there.",
                                    "%u clips are not finished, and will not be there.", n),
                          n);
  dialog = adw_message_dialog_new (GTK_WINDOW (self), _ ("Stop Making Clips?"), text);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "wait", _ ("_Keep Making Them"),
                                    "discard", _ ("_Stop and Close"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "discard",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "wait");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "wait");
  g_object_set_data (G_OBJECT (dialog), "quits", GINT_TO_POINTER (quits));
  g_signal_connect_object (dialog, "response", G_CALLBACK (answer_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));

  return TRUE;
}

/* Beginning */

static void
application_changed_cb (PhClipList *list,
                        GParamSpec *pspec,
                        PhWindow *self)
{
  ph_clip_list_set_queue (list, get_queue (self));
}

void
ph_window_update_clip (PhWindow *self,
                       gboolean ready)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "export-clip");

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), ready);
}

/* Words of what happens elsewhere stand above all of the window. */
static void
init_toasts (PhWindow *self)
{
  GtkWidget *content = adw_application_window_get_content (ADW_APPLICATION_WINDOW (self));
  GtkWidget *toasts = adw_toast_overlay_new ();

  g_object_ref (content);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self), toasts);
  gtk_widget_add_css_class (toasts, "clip-toasts");
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (toasts), content);
  g_object_unref (content);
}

void
ph_window_init_clip (PhWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "export-clip", .activate = export_clip_action },
    { .name = "show-clip", .activate = show_clip_action, .parameter_type = "s" },
    { .name = "tell", .activate = tell_action, .parameter_type = "s" },
  };
  GtkWidget *list = ph_clip_list_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  adw_header_bar_pack_end (self->header, list);
  g_signal_connect_object (self, "notify::application", G_CALLBACK (application_changed_cb), list,
                           G_CONNECT_SWAPPED);
  init_toasts (self);
}
