/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Clips in the window: marked, chosen, made, given up. */

#include "ph-clip-dialog.h"
#include "ph-clip-list.h"
#include "ph-clip-row.h"
#include "ph-test.h"
#include "ph-timeline-draw.h"
#include "ui-driver.h"

#include <string.h>

#define INSIDE (PH_TIMELINE_TRACK_Y + 10)

typedef struct
{
  PhApplication *application;
  PhWindow *window;
  PhPlayer *player;
  PhTimeline *timeline;
  PhClipQueue *queue;
  char *folder;
} Fixture;

static gboolean
is_ready (gpointer data)
{
  return ph_window_get_player (data) != NULL &&
         g_action_group_get_action_enabled (data, "play") &&
         !ph_session_get_importing (ph_player_get_session (ph_window_get_player (data)));
}

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  g_autoptr (GFile) file = ui_driver_recording ("clips.ndjson");

  fixture->folder = ph_test_tmp_dir ();
  fixture->application = ui_driver_application ();
  fixture->queue = ph_application_get_clips (fixture->application);
  fixture->window = ui_driver_window (fixture->application);
  ph_window_open (fixture->window, file);
  ui_driver_wait (is_ready, fixture->window);
  fixture->player = ph_window_get_player (fixture->window);
  fixture->timeline = PH_TIMELINE (
    ui_driver_find (GTK_WIDGET (fixture->window), PH_TYPE_TIMELINE, NULL));
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  while (g_list_model_get_n_items (G_LIST_MODEL (fixture->queue)) > 0)
    {
      g_autoptr (PhClip) clip = g_list_model_get_item (G_LIST_MODEL (fixture->queue), 0);

      ph_clip_queue_remove (fixture->queue, clip);
    }

  ui_driver_close_all (fixture->application);
  ph_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static void
activate (Fixture *fixture,
          const char *name)
{
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), name, NULL);
}

static void
activate_with (Fixture *fixture,
               const char *name,
               int target)
{
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), name,
                                  g_variant_new_int32 (target));
}

static void
go_to (Fixture *fixture,
       PhTime time)
{
  ph_player_seek (fixture->player, time);
  ui_driver_wait_position (fixture->player, time);
}

static void
mark (Fixture *fixture,
      PhTime in,
      PhTime out)
{
  go_to (fixture, in);
  activate (fixture, "mark-in");
  go_to (fixture, out);
  activate (fixture, "mark-out");
}

static void
assert_marked (Fixture *fixture,
               const char *text)
{
  g_autofree char *position = ph_time_format (ph_player_get_position (fixture->player));
  g_autofree char *all = g_strdup_printf ("%s of 1:00%s%s", position, text != NULL ? ", " : "",
                                          text != NULL ? text : "");

  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fixture->timeline),
                                       GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, all);
}

/* Marks */

static void
test_marks (Fixture *fixture,
            gconstpointer data)
{
  GActionGroup *actions = G_ACTION_GROUP (fixture->window);

  assert_marked (fixture, NULL);
  g_assert_false (g_action_group_get_action_enabled (actions, "go-to-mark"));
  go_to (fixture, 5 * PH_SECOND);
  activate (fixture, "mark-in");
  assert_marked (fixture, "clip from 0:05.0 on");
  g_assert_true (g_action_group_get_action_enabled (actions, "go-to-mark"));
  go_to (fixture, 8 * PH_SECOND);
  activate (fixture, "mark-out");
  assert_marked (fixture, "clip from 0:05.0 to 0:08.0");

  /* The other moves away. */
  go_to (fixture, 10 * PH_SECOND);
  activate (fixture, "mark-in");
  assert_marked (fixture, "clip from 0:10.0 to 0:13.0");

  activate_with (fixture, "go-to-mark", 1);
  ui_driver_wait_position (fixture->player, 13 * PH_SECOND);
  activate_with (fixture, "go-to-mark", 0);
  ui_driver_wait_position (fixture->player, 10 * PH_SECOND);

  activate (fixture, "clear-marks");
  assert_marked (fixture, NULL);
  g_assert_false (g_action_group_get_action_enabled (actions, "clear-marks"));
}

/* By an event, and no further than the other mark. */
static void
test_nudge (Fixture *fixture,
            gconstpointer data)
{
  mark (fixture, 4 * PH_SECOND, 6 * PH_SECOND + PH_SECOND / 2);
  activate_with (fixture, "nudge-mark", 1);
  ui_driver_wait_position (fixture->player, 7 * PH_SECOND);
  assert_marked (fixture, "clip from 0:04.0 to 0:07.0");
  activate_with (fixture, "nudge-mark", -1);
  ui_driver_wait_position (fixture->player, 6 * PH_SECOND);
  assert_marked (fixture, "clip from 0:04.0 to 0:06.0");

  activate_with (fixture, "go-to-mark", 0);
  activate_with (fixture, "nudge-mark", -1);
  ui_driver_wait_position (fixture->player, 3200 * PH_MSEC);
  assert_marked (fixture, "clip from 0:03.2 to 0:06.0");

  for (guint i = 0; i < 5; i++)
    activate_with (fixture, "nudge-mark", 1);

  ui_driver_wait_position (fixture->player, 6 * PH_SECOND - PH_CLIP_MARKS_GAP);
  assert_marked (fixture, "clip from 0:05.9 to 0:06.0");
}

static void
test_drag (Fixture *fixture,
           gconstpointer data)
{
  double x;

  mark (fixture, 4 * PH_SECOND, 6 * PH_SECOND);
  go_to (fixture, 8 * PH_SECOND);

  x = ph_timeline_get_x (fixture->timeline, 6 * PH_SECOND) + PH_CLIP_HANDLE_WIDTH / 2;
  ph_timeline_press (fixture->timeline, x, INSIDE);
  ph_timeline_drag (fixture->timeline,
                    x + ph_timeline_get_x (fixture->timeline, 7 * PH_SECOND) -
                      ph_timeline_get_x (fixture->timeline, 6 * PH_SECOND));
  assert_marked (fixture, "clip from 0:04.0 to 0:07.0");
  /* Near to the playhead it is at the playhead. */
  ph_timeline_drag (fixture->timeline, ph_timeline_get_x (fixture->timeline, 8 * PH_SECOND) + 2 +
                                         PH_CLIP_HANDLE_WIDTH / 2);
  assert_marked (fixture, "clip from 0:04.0 to 0:08.0");
  ph_timeline_release (fixture->timeline);

  /* What one watches does not move with it. */
  ui_driver_spin (50);
  g_assert_cmpint (ph_player_get_position (fixture->player), ==, 8 * PH_SECOND);

  x = ph_timeline_get_x (fixture->timeline, 4 * PH_SECOND) - PH_CLIP_HANDLE_WIDTH / 2;
  ph_timeline_press (fixture->timeline, x, INSIDE);
  ph_timeline_drag (fixture->timeline, -100);
  ph_timeline_release (fixture->timeline);
  assert_marked (fixture, "clip from 0:00.0 to 0:08.0");

  /* Above and below them marks of errors and pages are meant. */
  ph_timeline_press (fixture->timeline, ph_timeline_get_x (fixture->timeline, 8 * PH_SECOND) + 4,
                     2);
  ph_timeline_drag (fixture->timeline, ph_timeline_get_x (fixture->timeline, 2 * PH_SECOND));
  ph_timeline_release (fixture->timeline);
  ui_driver_spin (50);
  assert_marked (fixture, "clip from 0:00.0 to 0:08.0");
  g_assert_cmpint (ph_player_get_position (fixture->player), <, 3 * PH_SECOND);
}

typedef struct
{
  PhPlayer *player;
  PhTime last;
  PhTime furthest;
  guint n_rounds;
} Rounds;

static gboolean
went_round (gpointer data)
{
  Rounds *rounds = data;
  PhTime now = ph_player_get_position (rounds->player);

  rounds->n_rounds += now < rounds->last;
  rounds->furthest = MAX (rounds->furthest, now);
  rounds->last = now;

  return rounds->n_rounds >= 2;
}

static void
test_loop (Fixture *fixture,
           gconstpointer data)
{
  Rounds rounds = { .player = fixture->player };

  mark (fixture, 2 * PH_SECOND, 3 * PH_SECOND);
  g_action_group_change_action_state (G_ACTION_GROUP (fixture->window), "loop",
                                      g_variant_new_boolean (TRUE));
  go_to (fixture, 2 * PH_SECOND);
  rounds.last = 2 * PH_SECOND;
  activate (fixture, "play");
  ui_driver_wait (went_round, &rounds);
  g_assert_true (ph_player_get_playing (fixture->player));
  /* A frame too far at most, on a machine that has other things to do. */
  g_assert_cmpint (rounds.furthest, <, 5 * PH_SECOND);
  activate (fixture, "play");
}

/* At the very end playing stops by itself: in a loop it does not. */
static void
test_loop_end (Fixture *fixture,
               gconstpointer data)
{
  Rounds rounds = { .player = fixture->player };

  mark (fixture, 59 * PH_SECOND, 60 * PH_SECOND);
  g_action_group_change_action_state (G_ACTION_GROUP (fixture->window), "loop",
                                      g_variant_new_boolean (TRUE));
  go_to (fixture, 59 * PH_SECOND);
  rounds.last = 59 * PH_SECOND;
  activate (fixture, "play");
  ui_driver_wait (went_round, &rounds);
  g_assert_true (ph_player_get_playing (fixture->player));
  g_assert_cmpint (ph_player_get_position (fixture->player), >=, 59 * PH_SECOND);
}

/* The dialog */

static GtkWidget *
find_window (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (window, type))
        return window;
    }

  return NULL;
}

static PhClipDialog *
open_dialog (Fixture *fixture)
{
  GtkWidget *dialog;

  activate (fixture, "export-clip");
  dialog = find_window (PH_TYPE_CLIP_DIALOG);
  g_assert_nonnull (dialog);

  return PH_CLIP_DIALOG (dialog);
}

static GtkWidget *
find_in (PhClipDialog *dialog,
         GType type,
         const char *id)
{
  GtkWidget *widget = ui_driver_find (GTK_WIDGET (dialog), type, id);

  g_assert_nonnull (widget);

  return widget;
}

static void
choose_form (PhClipDialog *dialog,
             PhClipForm form)
{
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_in (dialog, ADW_TYPE_COMBO_ROW, "form")), form);
}

static const char *
get_estimate (PhClipDialog *dialog)
{
  return gtk_label_get_text (GTK_LABEL (find_in (dialog, GTK_TYPE_LABEL, "estimate")));
}

static gboolean
has_pictures (gpointer data)
{
  GtkWidget *first = find_in (data, GTK_TYPE_PICTURE, "first");
  GtkWidget *last = find_in (data, GTK_TYPE_PICTURE, "last");

  return gtk_picture_get_paintable (GTK_PICTURE (first)) != NULL &&
         gtk_picture_get_paintable (GTK_PICTURE (last)) != NULL;
}

static void
test_defaults (Fixture *fixture,
               gconstpointer data)
{
  PhClipDialog *dialog;
  g_autoptr (PhClipOrder) order = NULL;

  go_to (fixture, 20 * PH_SECOND);
  dialog = open_dialog (fixture);
  order = ph_clip_dialog_dup_order (dialog);
  g_assert_nonnull (order);
  g_assert_cmpint (order->form, ==, PH_CLIP_WEBM);
  g_assert_cmpint (order->span.begin, ==, 20 * PH_SECOND - PH_CLIP_MARKS_DEFAULT / 2);
  g_assert_cmpint (ph_span_length (order->span), ==, PH_CLIP_MARKS_DEFAULT);
  g_assert_cmpuint (order->fps, ==, 30);
  g_assert_cmpuint (order->speed, ==, 1000);
  g_assert_true (order->pointer && order->clicks && order->cut_idle);
  g_assert_false (order->address || order->clock);
  g_assert_null (order->title);
  g_assert_cmpuint (order->captions->len, ==, 0);
  g_assert_true (gtk_widget_get_visible (find_in (dialog, GTK_TYPE_LABEL, "span_note")));
  g_assert_false (gtk_widget_get_sensitive (find_in (dialog, ADW_TYPE_ACTION_ROW, "captions_row")));
  g_assert_true (gtk_widget_get_visible (find_in (dialog, ADW_TYPE_COMBO_ROW, "rate")));
  g_assert_false (gtk_widget_get_visible (find_in (dialog, ADW_TYPE_COMBO_ROW, "cells")));
  /* Enter is enough. */
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (dialog)) ==
                 find_in (dialog, GTK_TYPE_BUTTON, "export"));
  ui_driver_wait (has_pictures, dialog);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* What a form does not have is not asked for. */
static void
test_forms (Fixture *fixture,
            gconstpointer data)
{
  PhClipDialog *dialog;

  mark (fixture, 2 * PH_SECOND, 3 * PH_SECOND);
  dialog = open_dialog (fixture);
  g_assert_false (gtk_widget_get_visible (find_in (dialog, GTK_TYPE_LABEL, "span_note")));

  for (guint form = 0; form < PH_CLIP_N_FORMS; form++)
    {
      const PhClipFormInfo *info = ph_clip_form_get_info ((PhClipForm) form);
      g_autoptr (GError) error = NULL;
      gboolean works = ph_clip_form_check ((PhClipForm) form, &error);
      g_autoptr (PhClipOrder) order = NULL;

      g_test_message ("%s", info->name);
      choose_form (dialog, (PhClipForm) form);
      order = ph_clip_dialog_dup_order (dialog);
      g_assert_cmpint (order != NULL, ==, works);
      g_assert_cmpint (gtk_widget_get_visible (find_in (dialog, ADW_TYPE_ACTION_ROW, "missing")),
                       ==, !works);
      g_assert_cmpint (gtk_widget_get_visible (find_in (dialog, ADW_TYPE_COMBO_ROW, "rate")), ==,
                       info->is_film);
      g_assert_cmpint (gtk_widget_get_visible (find_in (dialog, ADW_TYPE_COMBO_ROW, "cells")), ==,
                       form == PH_CLIP_SHEET);
      g_assert_cmpstr (get_estimate (dialog), !=, "");

      if (order == NULL)
        continue;

      g_assert_cmpint (order->form, ==, form);
      g_assert_cmpint (order->span.begin, ==, 2 * PH_SECOND);
      g_assert_true (ph_clip_order_check (order, ph_player_get_session (fixture->player), &error));
      g_assert_no_error (error);
    }

  gtk_window_destroy (GTK_WINDOW (dialog));
}

static gboolean
has_other (gpointer data)
{
  return is_ready (data) &&
         g_str_has_prefix (
           ph_session_get_format (ph_player_get_session (ph_window_get_player (data))), "posthog");
}

/* A recording says who the user was, unless that is switched off; other forms never do. */
static void
test_facts (Fixture *fixture,
            gconstpointer data)
{
  static const char export[] =
    "{\"version\":\"2023-04-28\",\"data\":{\"id\":\"a\",\"person\":{\"properties\":"
    "{\"email\":\"ann@a.example\"}},\"snapshots\":["
    "{\"type\":4,\"timestamp\":1000,\"data\":{\"href\":\"https://a.example/\",\"width\":400,"
    "\"height\":300}},"
    "{\"type\":2,\"timestamp\":1001,\"data\":{\"node\":{\"type\":0,\"id\":1,\"childNodes\":["
    "{\"type\":2,\"tagName\":\"html\",\"id\":2,\"attributes\":{},\"childNodes\":[]}]},"
    "\"initialOffset\":{\"left\":0,\"top\":0}}},"
    "{\"type\":5,\"timestamp\":9000,\"data\":{\"tag\":\"end\",\"payload\":{}}}]}}";
  g_autoptr (GFile) file = ui_driver_file ("facts.json", export);
  g_autoptr (PhClipOrder) order = NULL;
  PhClipDialog *dialog = open_dialog (fixture);
  GtkWidget *facts;

  choose_form (dialog, PH_CLIP_RECORDING);
  g_assert_false (gtk_widget_is_sensitive (find_in (dialog, GTK_TYPE_SWITCH, "facts")));
  gtk_window_destroy (GTK_WINDOW (dialog));

  ph_window_open (fixture->window, file);
  ui_driver_wait (has_other, fixture->window);
  dialog = open_dialog (fixture);
  choose_form (dialog, PH_CLIP_HTML);
  g_assert_false (gtk_widget_get_visible (find_in (dialog, ADW_TYPE_PREFERENCES_GROUP, "carried")));
  choose_form (dialog, PH_CLIP_RECORDING);
  g_assert_true (gtk_widget_get_visible (find_in (dialog, ADW_TYPE_PREFERENCES_GROUP, "carried")));
  facts = find_in (dialog, GTK_TYPE_SWITCH, "facts");
  g_assert_true (gtk_widget_is_sensitive (facts));
  order = ph_clip_dialog_dup_order (dialog);
  g_assert_false (order->no_facts);

  gtk_switch_set_active (GTK_SWITCH (facts), FALSE);
  ph_clip_order_free (order);
  order = ph_clip_dialog_dup_order (dialog);
  g_assert_true (order->no_facts);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* What was written down about the span can be read in the clip. */
static void
test_captions (Fixture *fixture,
               gconstpointer data)
{
  PhNotes *notes = ph_window_get_notes (fixture->window);
  g_autoptr (PhNote) inside = ph_note_new (2500 * PH_MSEC);
  g_autoptr (PhNote) outside = ph_note_new (9 * PH_SECOND);
  g_autoptr (PhClipOrder) order = NULL;
  const PhClipCaption *caption;
  PhClipDialog *dialog;
  GtkWidget *captions;

  ph_note_set_text (inside, "Words\nof mine");
  ph_note_set_text (outside, "Others");
  g_assert_nonnull (ph_notes_add (notes, inside));
  g_assert_nonnull (ph_notes_add (notes, outside));
  mark (fixture, 2 * PH_SECOND, 4 * PH_SECOND);
  dialog = open_dialog (fixture);
  captions = find_in (dialog, GTK_TYPE_SWITCH, "captions");
  g_assert_true (gtk_widget_is_sensitive (captions));
  order = ph_clip_dialog_dup_order (dialog);
  g_assert_cmpuint (order->captions->len, ==, 1);
  caption = order->captions->pdata[0];
  g_assert_cmpint (caption->span.begin, ==, 2500 * PH_MSEC);
  g_assert_nonnull (strstr (caption->text, "of mine"));

  gtk_switch_set_active (GTK_SWITCH (captions), FALSE);
  g_clear_pointer (&order, ph_clip_order_free);
  order = ph_clip_dialog_dup_order (dialog);
  g_assert_cmpuint (order->captions->len, ==, 0);
  gtk_window_destroy (GTK_WINDOW (dialog));
  ph_notes_undo (notes);
  ph_notes_undo (notes);
}

/* What makes videos is not installed: that is told, and what works is a button away. */
static void
test_missing (Fixture *fixture,
              gconstpointer data)
{
  if (g_test_subprocess ())
    {
      PhClipDialog *dialog;
      g_autoptr (PhClipOrder) order = NULL;
      GtkWidget *missing;

      mark (fixture, 2 * PH_SECOND, 3 * PH_SECOND);
      dialog = open_dialog (fixture);
      choose_form (dialog, PH_CLIP_MP4);
      missing = find_in (dialog, ADW_TYPE_ACTION_ROW, "missing");
      g_assert_true (gtk_widget_get_visible (missing));
      g_assert_nonnull (
        strstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (missing)), "gstreamer1.0-"));
      g_assert_null (ph_clip_dialog_dup_order (dialog));
      gtk_widget_activate_action (GTK_WIDGET (dialog), "clip.use-other", NULL);
      order = ph_clip_dialog_dup_order (dialog);
      g_assert_nonnull (order);
      g_assert_cmpint (order->form, ==, PH_CLIP_GIF);
      g_assert_false (gtk_widget_get_visible (missing));
      gtk_window_destroy (GTK_WINDOW (dialog));
      return;
    }

  g_setenv ("GST_PLUGIN_SYSTEM_PATH_1_0", fixture->folder, TRUE);
  g_setenv ("GST_REGISTRY_FORK", "no", TRUE);
  g_setenv ("GST_REGISTRY", "/nowhere/registry", TRUE);
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_unsetenv ("GST_PLUGIN_SYSTEM_PATH_1_0");
  g_unsetenv ("GST_REGISTRY_FORK");
  g_unsetenv ("GST_REGISTRY");
  g_test_trap_assert_passed ();
}

static void
type_time (PhClipDialog *dialog,
           const char *id,
           const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (find_in (dialog, GTK_TYPE_ENTRY, id)), text);
}

static void
test_times (Fixture *fixture,
            gconstpointer data)
{
  PhClipDialog *dialog;
  g_autoptr (PhClipOrder) order = NULL;
  GtkWidget *to;

  mark (fixture, 2 * PH_SECOND + 34 * PH_MSEC, 3 * PH_SECOND);
  dialog = open_dialog (fixture);
  to = find_in (dialog, GTK_TYPE_ENTRY, "to");
  order = ph_clip_dialog_dup_order (dialog);
  /* More exactly than it is shown. */
  g_assert_cmpint (order->span.begin, ==, 2 * PH_SECOND + 34 * PH_MSEC);

  type_time (dialog, "to", "0:07.25");
  g_clear_pointer (&order, ph_clip_order_free);
  order = ph_clip_dialog_dup_order (dialog);
  g_assert_cmpint (order->span.end, ==, 7250 * PH_MSEC);
  g_assert_cmpint (order->span.begin, ==, 2 * PH_SECOND + 34 * PH_MSEC);

  type_time (dialog, "to", "nonsense");
  g_assert_null (ph_clip_dialog_dup_order (dialog));
  g_assert_true (gtk_widget_has_css_class (to, "error"));
  g_assert_false (gtk_widget_get_sensitive (find_in (dialog, GTK_TYPE_BUTTON, "export")));
  type_time (dialog, "to", "0:01");
  g_assert_null (ph_clip_dialog_dup_order (dialog));
  type_time (dialog, "to", "2:00");
  g_assert_null (ph_clip_dialog_dup_order (dialog));
  type_time (dialog, "to", "50%");
  g_assert_false (gtk_widget_has_css_class (to, "error"));
  g_clear_pointer (&order, ph_clip_order_free);
  order = ph_clip_dialog_dup_order (dialog);
  g_assert_cmpint (order->span.end, ==, 30 * PH_SECOND);
  /* While pictures are being made. */
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* Making */

static GFile *
new_file (Fixture *fixture,
          const char *name)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  return g_file_new_for_path (path);
}

static guint
count_files (Fixture *fixture)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

static gboolean
is_all_made (gpointer data)
{
  return ph_clip_queue_get_n_left (data) == 0;
}

static PhClip *
get_clip (Fixture *fixture,
          guint index)
{
  PhClip *clip = g_list_model_get_item (G_LIST_MODEL (fixture->queue), index);

  g_assert_nonnull (clip);
  g_object_unref (clip);

  return clip;
}

static void export(Fixture *fixture,
                   PhClipForm form,
                   const char *name)
{
  PhClipDialog *dialog = open_dialog (fixture);
  g_autoptr (GFile) file = new_file (fixture, name);

  choose_form (dialog, form);
  ph_clip_dialog_export (dialog, file);
  g_assert_null (find_window (PH_TYPE_CLIP_DIALOG));
}

static void
assert_begins_with (Fixture *fixture,
                    const char *name,
                    const char *bytes)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autofree char *contents = NULL;
  gsize size = 0;

  g_assert_true (g_file_get_contents (path, &contents, &size, NULL));
  g_assert_cmpuint (size, >, 200);
  g_assert_cmpmem (contents, strlen (bytes), bytes, strlen (bytes));
}

static gboolean
is_hidden (gpointer data)
{
  return !gtk_widget_get_visible (data);
}

static gboolean
has_one (gpointer data)
{
  return g_list_model_get_n_items (data) == 1;
}

/* Two after each other, while another recording is opened in the window. */
static void
test_export (Fixture *fixture,
             gconstpointer data)
{
  g_autoptr (GFile) other = ui_driver_recording ("other.ndjson");
  GtkWidget *list = ui_driver_find (GTK_WIDGET (fixture->window), PH_TYPE_CLIP_LIST, NULL);
  GtkWidget *row;
  g_autofree char *status = NULL;

  g_assert_false (gtk_widget_get_visible (list));
  mark (fixture, 2 * PH_SECOND, 3 * PH_SECOND);
  export(fixture, PH_CLIP_WEBM, "a.webm");
  export(fixture, PH_CLIP_PNG, "b.png");
  g_assert_cmpuint (ph_clip_queue_get_n_left (fixture->queue), ==, 2);
  g_assert_true (gtk_widget_get_visible (list));
  g_assert_cmpfloat (ph_clip_list_get_fraction (PH_CLIP_LIST (list)), <, 1);

  ph_window_open (fixture->window, other);
  ui_driver_wait (is_all_made, fixture->queue);
  g_assert_cmpint (ph_clip_get_state (get_clip (fixture, 0)), ==, PH_CLIP_DONE);
  g_assert_cmpint (ph_clip_get_state (get_clip (fixture, 1)), ==, PH_CLIP_DONE);
  assert_begins_with (fixture, "a.webm", "\x1a\x45\xdf\xa3");
  assert_begins_with (fixture, "b.png", "\x89PNG");
  g_assert_cmpuint (count_files (fixture), ==, 2);
  g_assert_cmpfloat_with_epsilon (ph_clip_list_get_fraction (PH_CLIP_LIST (list)), 1, 1e-9);

  status = ph_clip_list_dup_status (get_clip (fixture, 0));
  g_assert_nonnull (strstr (status, "B"));
  row = ui_driver_find (list, PH_TYPE_CLIP_ROW, NULL);
  g_assert_true (gtk_widget_get_visible (ui_driver_find (row, GTK_TYPE_BOX, "buttons")));
  g_assert_true (gtk_widget_activate_action (row, "row.copy", NULL));
  g_assert_true (gdk_content_formats_contain_gtype (
    gdk_clipboard_get_formats (gtk_widget_get_clipboard (row)), GDK_TYPE_FILE_LIST));

  /* What was chosen is remembered. */
  ui_driver_wait (is_ready, fixture->window);
  fixture->player = ph_window_get_player (fixture->window);
  {
    PhClipDialog *dialog = open_dialog (fixture);
    g_autoptr (PhClipOrder) order = ph_clip_dialog_dup_order (dialog);

    g_assert_cmpint (order->form, ==, PH_CLIP_PNG);
    choose_form (dialog, PH_CLIP_WEBM);
    gtk_window_destroy (GTK_WINDOW (dialog));
  }

  /* Away with both. */
  gtk_widget_activate_action (row, "row.remove", NULL);
  ui_driver_wait (has_one, fixture->queue);
  row = ui_driver_find (list, PH_TYPE_CLIP_ROW, NULL);
  gtk_widget_activate_action (row, "row.remove", NULL);
  ui_driver_wait (is_hidden, list);
  g_assert_cmpuint (count_files (fixture), ==, 2);
}

static void
test_cancel (Fixture *fixture,
             gconstpointer data)
{
  GtkWidget *list = ui_driver_find (GTK_WIDGET (fixture->window), PH_TYPE_CLIP_LIST, NULL);
  g_autoptr (PhClip) clip = NULL;
  GtkWidget *row;

  mark (fixture, 0, 60 * PH_SECOND);
  export(fixture, PH_CLIP_WEBM, "a.webm");
  clip = g_object_ref (get_clip (fixture, 0));
  ui_driver_spin (700);
  g_assert_cmpint (ph_clip_get_state (clip), ==, PH_CLIP_RUNNING);
  row = ui_driver_find (list, PH_TYPE_CLIP_ROW, NULL);
  gtk_widget_activate_action (row, "row.remove", NULL);
  ui_driver_wait (is_hidden, list);
  g_assert_cmpint (ph_clip_get_state (clip), ==, PH_CLIP_CANCELLED);
  g_assert_cmpuint (count_files (fixture), ==, 0);
}

static void
test_failed (Fixture *fixture,
             gconstpointer data)
{
  g_autofree char *status = NULL;
  PhClip *clip;

  mark (fixture, 2 * PH_SECOND, 3 * PH_SECOND);
  export(fixture, PH_CLIP_GIF, "nowhere/a.gif");
  ui_driver_wait (is_all_made, fixture->queue);
  clip = get_clip (fixture, 0);
  g_assert_cmpint (ph_clip_get_state (clip), ==, PH_CLIP_FAILED);
  status = ph_clip_list_dup_status (clip);
  g_assert_cmpstr (status, !=, "");
  ph_clip_queue_remove (fixture->queue, clip);
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

/* The last window asks before clips are given up; each answer is taken for what it is. */
static void
test_closing (Fixture *fixture,
              gconstpointer data)
{
  PhWindow *second = ui_driver_window (fixture->application);
  GtkWindow *window = GTK_WINDOW (fixture->window);
  GtkWidget *question;

  mark (fixture, 0, 60 * PH_SECOND);
  export(fixture, PH_CLIP_WEBM, "a.webm");

  /* Another one is left, in which it goes on. */
  gtk_window_close (GTK_WINDOW (second));
  g_assert_null (find_window (ADW_TYPE_MESSAGE_DIALOG));

  gtk_window_close (window);
  question = find_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_nonnull (question);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), "wait");
  ui_driver_spin (50);
  g_assert_cmpuint (ph_clip_queue_get_n_left (fixture->queue), ==, 1);

  g_action_group_activate_action (G_ACTION_GROUP (fixture->application), "quit", NULL);
  question = find_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_nonnull (question);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), "wait");
  ui_driver_spin (50);

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_close (window);
  question = find_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_nonnull (question);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), "discard");
  ui_driver_wait (is_gone, &window);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->queue)), ==, 0);
  g_assert_cmpuint (count_files (fixture), ==, 0);
}

int
main (int argc,
      char **argv)
{
  ui_driver_init (&argc, &argv, TRUE);

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ADD ("/clip-window/marks", test_marks);
  ADD ("/clip-window/nudge", test_nudge);
  ADD ("/clip-window/drag", test_drag);
  ADD ("/clip-window/loop", test_loop);
  ADD ("/clip-window/loop-end", test_loop_end);
  ADD ("/clip-window/defaults", test_defaults);
  ADD ("/clip-window/forms", test_forms);
  ADD ("/clip-window/captions", test_captions);
  ADD ("/clip-window/facts", test_facts);
  ADD ("/clip-window/missing", test_missing);
  ADD ("/clip-window/times", test_times);
  ADD ("/clip-window/export", test_export);
  ADD ("/clip-window/cancel", test_cancel);
  ADD ("/clip-window/failed", test_failed);
  ADD ("/clip-window/closing", test_closing);
#undef ADD

  return ui_driver_run ();
}
