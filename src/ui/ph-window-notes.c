/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Notes in the window: writing them, going to them, where they point at, keeping them. */

#include "ph-note-words.h"
#include "ph-settings.h"
#include "ph-visible.h"
#include "ph-window-private.h"

#include <glib/gi18n.h>

/* Another program may have written; what could not be written is tried again. */
#define CHECK_SECONDS 5
#define MAX_PINS 100

/* --- pins ------------------------------------------------------------------ */

static gboolean
is_pinned (PhWindow *self,
           const PhNote *note,
           PhTime position,
           const PhNote *open)
{
  if (note->node == 0 && !note->has_spot)
    return FALSE;

  if (note->window != PH_NOTE_NO_WINDOW && note->window != ph_player_get_window (self->player))
    return FALSE;

  if (note == open && !ph_player_get_playing (self->player))
    return TRUE;

  return position >= note->begin && position <= ph_note_get_shown_end (note);
}

void
ph_window_update_pins (PhWindow *self)
{
  PhPin pins[MAX_PINS];
  guint n_notes;
  guint n = 0;
  PhTime position;
  const PhNote *open;

  if (self->pins == NULL || self->player == NULL)
    return;

  n_notes = g_list_model_get_n_items (G_LIST_MODEL (self->notes));
  position = ph_player_get_position (self->player);
  open = ph_notes_pane_get_open (self->notes_pane);

  for (guint i = 0; i < n_notes && n < MAX_PINS; i++)
    {
      const PhNote *note = ph_notes_get_note (self->notes, i);

      /* They stand by time; one that is open may be anywhere. */
      if (note->begin > position && open == NULL)
        break;

      if (is_pinned (self, note, position, open))
        pins[n++] = (PhPin) { .node = note->node,
                              .has_spot = note->has_spot,
                              .x = note->x,
                              .y = note->y,
                              .text = ph_note_words_letter (note->kind),
                              .kind = ph_note_kind_name (note->kind),
                              .chosen = note == open };
    }

  ph_web_pins_set (self->pins, pins, n);
}

/* --- pointing -------------------------------------------------------------- */

static void
end_pointing (PhWindow *self)
{
  g_clear_pointer (&self->pointing, g_free);
  gtk_widget_set_cursor (GTK_WIDGET (self->stage_bin), NULL);
  ph_window_hide_hint (self);
  if (self->pins != NULL)
    ph_web_pins_leave (self->pins);
}

gboolean
ph_window_leave_note (PhWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (self->pointing != NULL)
    {
      end_pointing (self);
      return TRUE;
    }

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->notes_pane)))
    return FALSE;

  /* First: what had the focus when it was hidden would give it to something else. */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  ph_notes_pane_open (self->notes_pane, NULL, FALSE);
  ph_window_update_pins (self);

  return TRUE;
}

/* A copy of the note that is pointed with, or of any; NULL when it is gone. */
static PhNote *
copy_note (PhWindow *self,
           const char *id)
{
  const PhNote *note = id != NULL && self->notes != NULL ? ph_notes_find (self->notes, id, NULL)
                                                         : NULL;

  return note != NULL ? ph_note_copy (note) : NULL;
}

static void
pointed_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autoptr (PhWindow) self = PH_WINDOW (user_data);
  g_autoptr (GError) error = NULL;
  PhPick pick;
  gboolean found = ph_web_pins_look_finish (PH_WEB_PINS (source), result, &pick, &error);
  g_autoptr (PhNote) note = copy_note (self, self->pointing);

  if (error != NULL)
    g_debug ("%s", error->message);

  if (!found || note == NULL || self->pins != PH_WEB_PINS (source))
    return;

  note->node = pick.node;
  note->has_spot = TRUE;
  note->x = pick.x;
  note->y = pick.y;
  note->window = ph_player_get_window (self->player);
  end_pointing (self);
  ph_notes_change (self->notes, note, PH_NOTES_DEFAULT);
}

static void
looked_cb (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  g_autoptr (PhWindow) self = PH_WINDOW (user_data);
  g_autoptr (GError) error = NULL;
  PhPick pick;

  self->looking = FALSE;
  if (!ph_web_pins_look_finish (PH_WEB_PINS (source), result, &pick, &error) && error != NULL)
    g_debug ("%s", error->message);
  /* The answer may have come after the end. */
  if (self->pointing == NULL)
    ph_web_pins_leave (PH_WEB_PINS (source));
}

static void
stage_motion_cb (PhWindow *self,
                 double x,
                 double y)
{
  if (self->pointing == NULL || self->looking)
    return;

  self->looking = TRUE;
  ph_web_pins_look_async (self->pins, x, y, looked_cb, g_object_ref (self));
}

static void
stage_pressed_cb (PhWindow *self,
                  int n_press,
                  double x,
                  double y)
{
  if (self->pointing != NULL)
    ph_web_pins_look_async (self->pins, x, y, pointed_cb, g_object_ref (self));
}

static void
point_action (GSimpleAction *action,
              GVariant *parameter,
              gpointer user_data)
{
  PhWindow *self = PH_WINDOW (user_data);

  ph_player_set_playing (self->player, FALSE);
  g_free (self->pointing);
  self->pointing = g_variant_dup_string (parameter, NULL);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self->stage_bin), "crosshair");
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  ph_window_show_hint (self, _ ("Click on what the note is about"));
}

static void
unpoint_action (GSimpleAction *action,
                GVariant *parameter,
                gpointer user_data)
{
  PhWindow *self = PH_WINDOW (user_data);
  g_autoptr (PhNote) note = copy_note (self, g_variant_get_string (parameter, NULL));

  if (note == NULL)
    return;

  note->node = 0;
  note->has_spot = FALSE;
  ph_notes_change (self->notes, note, PH_NOTES_DEFAULT);
}

/* --- editing --------------------------------------------------------------- */

static void
show_pane (PhWindow *self,
           gboolean show)
{
  ph_settings_set_boolean ("show-notes", show);
  adw_flap_set_reveal_flap (self->flap, show);
  g_simple_action_set_state (
    G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), "notes")),
    g_variant_new_boolean (show));
}

static void
change_show (GSimpleAction *action,
             GVariant *value,
             gpointer user_data)
{
  PhWindow *self = PH_WINDOW (user_data);

  show_pane (self, g_variant_get_boolean (value));
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
}

static void
note_action (GSimpleAction *action,
             GVariant *parameter,
             gpointer user_data)
{
  PhWindow *self = PH_WINDOW (user_data);
  g_autoptr (PhNote) draft = ph_note_new (ph_player_get_position (self->player));
  const PhNote *added;
  PhSpan span;

  /* Over the span that is marked, when the playhead is in it. */
  if (ph_clip_marks_get_span (&self->marks, &span) && draft->begin >= span.begin &&
      draft->begin <= span.end)
    {
      draft->begin = span.begin;
      draft->end = span.end;
    }

  ph_player_set_playing (self->player, FALSE);
  draft->window = ph_player_get_window (self->player);
  added = ph_notes_add (self->notes, draft);

  if (added == NULL)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }

  show_pane (self, TRUE);
  ph_notes_pane_open (self->notes_pane, added->id, TRUE);
}

static void
remove_action (GSimpleAction *action,
               GVariant *parameter,
               gpointer user_data)
{
  PhWindow *self = PH_WINDOW (user_data);

  if (ph_notes_remove (self->notes, g_variant_get_string (parameter, NULL)))
    ph_window_show_hint (self, _ ("Note deleted; Ctrl+Z brings it back"));
}

static void
begin_action (GSimpleAction *action,
              GVariant *parameter,
              gpointer user_data)
{
  PhWindow *self = PH_WINDOW (user_data);
  g_autoptr (PhNote) note = copy_note (self, g_variant_get_string (parameter, NULL));

  if (note == NULL)
    return;

  note->begin = ph_player_get_position (self->player);
  if (note->end != PH_TIME_NONE && note->end <= note->begin)
    note->end = PH_TIME_NONE;
  ph_notes_change (self->notes, note, PH_NOTES_DEFAULT);
  ph_notes_pane_open (self->notes_pane, note->id, FALSE);
}

static void
end_action (GSimpleAction *action,
            GVariant *parameter,
            gpointer user_data)
{
  PhWindow *self = PH_WINDOW (user_data);
  g_autoptr (PhNote) note = copy_note (self, g_variant_get_string (parameter, NULL));
  PhTime position = ph_player_get_position (self->player);

  if (note == NULL)
    return;

  note->end = position > note->begin ? position : PH_TIME_NONE;
  ph_notes_change (self->notes, note, PH_NOTES_DEFAULT);
}

static void
undo_action (GSimpleAction *action,
             GVariant *parameter,
             gpointer user_data)
{
  PhWindow *self = PH_WINDOW (user_data);
  g_autofree char *id = g_strdup (ph_notes_undo (self->notes));

  ph_notes_pane_open (self->notes_pane, id, FALSE);
}

static void
redo_action (GSimpleAction *action,
             GVariant *parameter,
             gpointer user_data)
{
  PhWindow *self = PH_WINDOW (user_data);
  g_autofree char *id = g_strdup (ph_notes_redo (self->notes));

  ph_notes_pane_open (self->notes_pane, id, FALSE);
}

static void
export_action (GSimpleAction *action,
               GVariant *parameter,
               gpointer user_data)
{
  ph_window_export_notes (PH_WINDOW (user_data));
}

/* --- going to them --------------------------------------------------------- */

static void
go_to_note (PhWindow *self,
            guint position)
{
  g_autofree char *id = NULL;
  const PhNote *note;

  if (position == G_MAXUINT)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      ph_window_show_hint (self, _ ("No other note this way"));
      return;
    }

  note = ph_notes_get_note (self->notes, position);
  id = g_strdup (note->id);
  ph_player_seek (self->player, note->begin);
  ph_window_show_bars (self);
  ph_notes_pane_open (self->notes_pane, id, FALSE);
}

static void
next_note_action (GSimpleAction *action,
                  GVariant *parameter,
                  gpointer user_data)
{
  PhWindow *self = PH_WINDOW (user_data);

  go_to_note (self, ph_notes_find_next (self->notes, ph_player_get_position (self->player)));
}

static void
previous_note_action (GSimpleAction *action,
                      GVariant *parameter,
                      gpointer user_data)
{
  PhWindow *self = PH_WINDOW (user_data);

  go_to_note (self, ph_notes_find_previous (self->notes, ph_player_get_position (self->player)));
}

static void
opened_cb (PhWindow *self,
           const char *id)
{
  const PhNote *note = ph_notes_find (self->notes, id, NULL);

  if (note == NULL || self->player == NULL)
    return;

  if (note->window != PH_NOTE_NO_WINDOW &&
      note->window < ph_session_get_n_windows (self->session) &&
      note->window != ph_player_get_window (self->player))
    g_action_group_change_action_state (G_ACTION_GROUP (self), "window",
                                        g_variant_new_uint32 (note->window));

  ph_window_hide_hint (self);
  ph_player_seek (self->player, note->begin);
  ph_window_update_pins (self);
}

/* --- keeping them ---------------------------------------------------------- */

/* One for all windows: a person's library is one file. */
static PhLibrary *
get_library (void)
{
  static PhLibrary *library;

  if (library != NULL)
    return g_object_ref (library);

  g_set_weak_pointer (&library, ph_library_new (NULL, PH_LIBRARY_WRITE));

  return library;
}

static gboolean
check_cb (gpointer user_data)
{
  PhWindow *self = PH_WINDOW (user_data);

  for (guint i = self->unsaved->len; i > 0; i--)
    {
      if (ph_notes_save (self->unsaved->pdata[i - 1]))
        g_ptr_array_remove_index (self->unsaved, i - 1);
    }

  if (self->notes != NULL)
    {
      if (ph_notes_get_error (self->notes) != NULL)
        ph_notes_save (self->notes);
      ph_notes_check (self->notes);
    }

  return G_SOURCE_CONTINUE;
}

static void
active_changed_cb (PhWindow *self)
{
  if (gtk_window_is_active (GTK_WINDOW (self)))
    check_cb (self);
}

static void
save_action (GSimpleAction *action,
             GVariant *parameter,
             gpointer user_data)
{
  check_cb (user_data);
}

static guint
count_unsaved (PhWindow *self)
{
  guint n = 0;

  for (guint i = 0; i < self->unsaved->len; i++)
    n += ph_notes_get_n_unsaved (self->unsaved->pdata[i]);

  if (self->notes != NULL && !ph_notes_save (self->notes))
    n += ph_notes_get_n_unsaved (self->notes);

  return n;
}

static void
leave_response_cb (PhWindow *self,
                   const char *response)
{
  if (!g_str_equal (response, "close"))
    return;

  self->may_lose = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

gboolean
ph_window_ask_about_notes (PhWindow *self)
{
  GtkWidget *dialog;
  guint n;

  if (self->may_lose)
    return FALSE;

  check_cb (self);
  n = count_unsaved (self);
  if (n == 0)
    return FALSE;

  dialog = adw_message_dialog_new (GTK_WINDOW (self), _ ("Notes Are Not Saved"), NULL);
  adw_message_dialog_format_body (
    ADW_MESSAGE_DIALOG (dialog),
    ngettext ("%u change could not be written to the disk. It is lost when the window closes.",
              "%u changes could not be written to the disk. They are lost when the window closes.",
              n),
    n);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "close",
                                    _ ("Close _Anyway"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "close",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (leave_response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));

  return TRUE;
}

/* --- the session ----------------------------------------------------------- */

static const GActionEntry entries[] = {
  { .name = "note", .activate = note_action },
  { .name = "note-begin", .activate = begin_action, .parameter_type = "s" },
  { .name = "note-end", .activate = end_action, .parameter_type = "s" },
  { .name = "note-point", .activate = point_action, .parameter_type = "s" },
  { .name = "note-unpoint", .activate = unpoint_action, .parameter_type = "s" },
  { .name = "note-remove", .activate = remove_action, .parameter_type = "s" },
  { .name = "next-note", .activate = next_note_action },
  { .name = "previous-note", .activate = previous_note_action },
  { .name = "undo", .activate = undo_action },
  { .name = "redo", .activate = redo_action },
  { .name = "export-notes", .activate = export_action },
  { .name = "save-notes", .activate = save_action },
  { .name = "notes", .state = "false", .change_state = change_show },
};

void
ph_window_update_note_actions (PhWindow *self,
                               gboolean ready)
{
  gboolean there = ready && self->notes != NULL;
  gboolean some = there && g_list_model_get_n_items (G_LIST_MODEL (self->notes)) > 0;

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    ph_window_enable_action (self, entries[i].name, there);

  ph_window_enable_action (self, "undo", there && ph_notes_can_undo (self->notes));
  ph_window_enable_action (self, "redo", there && ph_notes_can_redo (self->notes));
  ph_window_enable_action (self, "next-note", some);
  ph_window_enable_action (self, "previous-note", some);
  ph_window_enable_action (self, "export-notes", some);
}

static void
notes_changed_cb (PhWindow *self)
{
  ph_window_update_pins (self);
  ph_window_update_actions (self);
}

void
ph_window_begin_notes (PhWindow *self)
{
  g_autoptr (PhLibrary) library = get_library ();

  self->notes = ph_notes_new (library);
  self->pins = ph_web_pins_new (self->stage);
  ph_notes_set_session (self->notes, self->session);
  g_signal_connect_object (self->notes, "changed", G_CALLBACK (notes_changed_cb), self,
                           G_CONNECT_SWAPPED);
  ph_notes_pane_set_notes (self->notes_pane, self->notes);
  ph_timeline_set_notes (ph_transport_get_timeline (self->transport), self->notes);
}

void
ph_window_end_notes (PhWindow *self)
{
  if (self->notes == NULL)
    return;

  end_pointing (self);
  ph_notes_pane_set_notes (self->notes_pane, NULL);
  ph_timeline_set_notes (ph_transport_get_timeline (self->transport), NULL);
  g_signal_handlers_disconnect_by_data (self->notes, self);

  /* What could not be written is tried again while the window is there. */
  if (!ph_notes_save (self->notes) && ph_notes_get_n_unsaved (self->notes) > 0)
    g_ptr_array_add (self->unsaved, g_object_ref (self->notes));

  g_clear_object (&self->pins);
  g_clear_object (&self->notes);
}

PhNotes *
ph_window_get_notes (PhWindow *self)
{
  g_return_val_if_fail (PH_IS_WINDOW (self), NULL);

  return self->notes;
}

void
ph_window_init_notes (PhWindow *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  self->unsaved = g_ptr_array_new_with_free_func (g_object_unref);
  self->notes_check = g_timeout_add_seconds (CHECK_SECONDS, check_cb, self);
  g_signal_connect (self, "notify::is-active", G_CALLBACK (active_changed_cb), NULL);
  g_signal_connect_object (self->notes_pane, "opened", G_CALLBACK (opened_cb), self,
                           G_CONNECT_SWAPPED);

  g_signal_connect_object (motion, "motion", G_CALLBACK (stage_motion_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->stage_bin), motion);
  g_signal_connect_object (click, "pressed", G_CALLBACK (stage_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->stage_bin), GTK_EVENT_CONTROLLER (click));

  show_pane (self, ph_settings_get_boolean ("show-notes"));
}

void
ph_window_dispose_notes (PhWindow *self)
{
  g_clear_handle_id (&self->notes_check, g_source_remove);
  g_clear_object (&self->pictures);
  g_clear_pointer (&self->unsaved, g_ptr_array_unref);
}
