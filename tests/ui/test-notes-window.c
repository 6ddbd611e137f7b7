/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-note-row.h"
#include "ph-test.h"
#include "ph-window-private.h"
#include "ui-driver.h"

#include <glib/gstdio.h>

/* Notes in a window: written, found again, gone to, pinned, undone, exported. */

static gboolean
is_whole (gpointer data)
{
  return !ph_session_get_importing (PH_WINDOW (data)->session);
}

static void
open_recording (PhWindow *window,
                const char *name)
{
  g_autoptr (GFile) file = ui_driver_recording (name);

  ph_window_open (window, file);
  ui_driver_wait_state (window, PH_WINDOW_SESSION);
  ui_driver_wait (is_whole, window);
}

static guint
count (PhWindow *window)
{
  return g_list_model_get_n_items (G_LIST_MODEL (ph_window_get_notes (window)));
}

static void
act (PhWindow *window,
     const char *name)
{
  g_action_group_activate_action (G_ACTION_GROUP (window), name, NULL);
}

static void
act_on (PhWindow *window,
        const char *name,
        const char *id)
{
  g_action_group_activate_action (G_ACTION_GROUP (window), name, g_variant_new_string (id));
}

static void
seek (PhWindow *window,
      PhTime time)
{
  ph_player_seek (ph_window_get_player (window), time);
  ui_driver_wait_position (ph_window_get_player (window), time);
}

/* The row that is edited, once it has the keys. */
static gboolean
is_typing (gpointer data)
{
  PhWindow *window = data;
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, PH_TYPE_NOTE_ROW) : NULL;
  PhNoteItem *item = row != NULL ? ph_note_row_get_item (PH_NOTE_ROW (row)) : NULL;

  return GTK_IS_TEXT_VIEW (focus) && item != NULL &&
         ph_note_item_get_note (item) == ph_notes_pane_get_open (window->notes_pane);
}

static void
type (PhWindow *window,
      const char *text)
{
  GtkTextBuffer *buffer;

  ui_driver_wait (is_typing, window);
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (gtk_window_get_focus (GTK_WINDOW (window))));

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    gtk_text_buffer_insert_interactive_at_cursor (buffer, p, g_utf8_next_char (p) - p, TRUE);
}

static void
write_note (PhWindow *window,
            PhTime time,
            const char *text)
{
  seek (window, time);
  act (window, "note");
  type (window, text);
}

static void
assert_note (PhWindow *window,
             guint position,
             PhTime begin,
             const char *text)
{
  const PhNote *note = ph_notes_get_note (ph_window_get_notes (window), position);

  g_assert_cmpint (note->begin, ==, begin);
  g_assert_cmpstr (note->text, ==, text);
}

/* At the playhead, in the list and on the time line; there again in another window. */
static void
test_write (void)
{
  PhApplication *application = ui_driver_application ();
  PhWindow *window = ui_driver_window (application);
  const PhTrack *track;

  open_recording (window, "write.ndjson");
  g_assert_cmpuint (count (window), ==, 0);
  g_assert_false (adw_flap_get_reveal_flap (window->flap));
  write_note (window, 5 * PH_SECOND, "späť <b>");
  g_assert_true (adw_flap_get_reveal_flap (window->flap));
  write_note (window, 2 * PH_SECOND, "earlier");

  g_assert_cmpuint (count (window), ==, 2);
  assert_note (window, 0, 2 * PH_SECOND, "earlier");
  assert_note (window, 1, 5 * PH_SECOND, "späť <b>");
  g_assert_false (ph_player_get_playing (ph_window_get_player (window)));

  track = ph_timeline_get_track (ph_transport_get_timeline (window->transport));
  g_assert_cmpuint (track->notes.n, ==, 2);
  g_assert_cmpint (track->notes.times[1], ==, 5 * PH_SECOND);

  ui_driver_close_all (application);
  window = ui_driver_window (application);
  open_recording (window, "elsewhere.ndjson");
  g_assert_cmpuint (count (window), ==, 2);
  assert_note (window, 1, 5 * PH_SECOND, "späť <b>");
  ui_driver_close_all (application);
}

typedef struct
{
  PhWindow *window;
  guint n;
} Fewer;

static gboolean
has_fewer (gpointer data)
{
  const Fewer *fewer = data;

  return count (fewer->window) == fewer->n;
}

/* One that was left without a word is gone; one with words stays. */
static void
test_empty (void)
{
  PhApplication *application = ui_driver_application ();
  PhWindow *window = ui_driver_window (application);
  guint before;

  open_recording (window, "empty.ndjson");
  before = count (window);
  seek (window, 7 * PH_SECOND);
  act (window, "note");
  ui_driver_wait (is_typing, window);
  g_assert_cmpuint (count (window), ==, before + 1);
  act (window, "leave");
  ui_driver_wait (has_fewer, &(Fewer) { window, before });
  g_assert_null (gtk_window_get_focus (GTK_WINDOW (window)));

  write_note (window, 7 * PH_SECOND, "stays");
  act (window, "leave");
  ui_driver_spin (50);
  g_assert_cmpuint (count (window), ==, before + 1);
  ui_driver_close_all (application);
}

/* Of the span that is marked while the playhead is in it; else of the moment. */
static void
test_span (void)
{
  PhApplication *application = ui_driver_application ();
  PhWindow *window = ui_driver_window (application);
  const PhNote *note;

  open_recording (window, "span.ndjson");
  seek (window, 24 * PH_SECOND);
  act (window, "mark-in");
  seek (window, 28 * PH_SECOND);
  act (window, "mark-out");

  write_note (window, 26 * PH_SECOND, "over it");
  note = ph_notes_pane_get_open (window->notes_pane);
  g_assert_cmpint (note->begin, ==, 24 * PH_SECOND);
  g_assert_cmpint (note->end, ==, 28 * PH_SECOND);

  write_note (window, 31 * PH_SECOND, "beside it");
  note = ph_notes_pane_get_open (window->notes_pane);
  g_assert_cmpint (note->begin, ==, 31 * PH_SECOND);
  g_assert_cmpint (note->end, ==, PH_TIME_NONE);
  ui_driver_close_all (application);
}

static void
test_undo (void)
{
  PhApplication *application = ui_driver_application ();
  PhWindow *window = ui_driver_window (application);
  g_autofree char *id = NULL;
  guint before;
  guint position;

  open_recording (window, "undo.ndjson");
  before = count (window);
  write_note (window, 30 * PH_SECOND, "typed");
  id = g_strdup (ph_notes_pane_get_open (window->notes_pane)->id);

  seek (window, 33 * PH_SECOND);
  act_on (window, "note-end", id);
  g_assert_cmpint (ph_notes_find (ph_window_get_notes (window), id, NULL)->end, ==, 33 * PH_SECOND);

  /* What is set is undone by itself, what was typed in one go. */
  act (window, "undo");
  g_assert_cmpint (ph_notes_find (ph_window_get_notes (window), id, NULL)->end, ==, PH_TIME_NONE);
  act (window, "undo");
  g_assert_cmpstr (ph_notes_find (ph_window_get_notes (window), id, NULL)->text, ==, "");
  act (window, "redo");
  g_assert_cmpstr (ph_notes_find (ph_window_get_notes (window), id, &position)->text, ==, "typed");

  act_on (window, "note-remove", id);
  g_assert_cmpuint (count (window), ==, before);
  act (window, "undo");
  assert_note (window, position, 30 * PH_SECOND, "typed");
  ui_driver_close_all (application);
}

/* From one to the next, and to markers of every kind. */
static void
test_go (void)
{
  PhApplication *application = ui_driver_application ();
  PhWindow *window = ui_driver_window (application);
  PhPlayer *player;

  open_recording (window, "go.ndjson");
  player = ph_window_get_player (window);

  while (count (window) > 0)
    ph_notes_remove (ph_window_get_notes (window),
                     ph_notes_get_note (ph_window_get_notes (window), 0)->id);

  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "next-note"));
  write_note (window, 20 * PH_SECOND, "a");
  write_note (window, 40 * PH_SECOND, "b");
  act (window, "leave");

  seek (window, 0);
  act (window, "next-note");
  ui_driver_wait_position (player, 20 * PH_SECOND);
  g_assert_cmpstr (ph_notes_pane_get_open (window->notes_pane)->text, ==, "a");
  g_assert_null (gtk_window_get_focus (GTK_WINDOW (window)));
  act (window, "next-note");
  ui_driver_wait_position (player, 40 * PH_SECOND);
  act (window, "next-note");
  ui_driver_wait_position (player, 40 * PH_SECOND);
  act (window, "previous-note");
  ui_driver_wait_position (player, 20 * PH_SECOND);

  /* Errors at 3.2 s, notes, the second page at 50 s. */
  act (window, "previous-marker");
  ui_driver_wait_position (player, 3200 * PH_MSEC);
  act (window, "next-marker");
  ui_driver_wait_position (player, 20 * PH_SECOND);
  act (window, "next-marker");
  ui_driver_wait_position (player, 40 * PH_SECOND);
  act (window, "next-marker");
  ui_driver_wait_position (player, 50 * PH_SECOND);
  ui_driver_close_all (application);
}

static gboolean
is_shown (gpointer data)
{
  return ph_stage_is_ready (PH_STAGE (PH_WINDOW (data)->stage));
}

static gboolean
has_pointed (gpointer data)
{
  PhWindow *window = data;

  return window->pointing == NULL;
}

/* A click on the page says what the note is about; its pin is there while its moment is. */
static void
test_point (void)
{
  PhApplication *application = ui_driver_application ();
  PhWindow *window = ui_driver_window (application);
  GtkWidget *bin;
  GtkGesture *click = NULL;
  g_autofree char *id = NULL;
  const PhNote *note;

  open_recording (window, "point.ndjson");
  ui_driver_wait (is_shown, window);
  write_note (window, 9 * PH_SECOND, "here");
  id = g_strdup (ph_notes_pane_get_open (window->notes_pane)->id);
  act_on (window, "note-point", id);
  g_assert_cmpstr (window->pointing, ==, id);

  /* Escape leaves, with nothing changed. */
  act (window, "leave");
  g_assert_null (window->pointing);
  g_assert_false (ph_notes_find (ph_window_get_notes (window), id, NULL)->has_spot);

  act_on (window, "note-point", id);
  bin = GTK_WIDGET (window->stage_bin);

  {
    g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (bin);

    for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
      {
        g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

        if (GTK_IS_GESTURE_CLICK (controller))
          click = GTK_GESTURE (controller);
      }
  }

  g_assert_nonnull (click);
  g_signal_emit_by_name (click, "pressed", 1, gtk_widget_get_width (bin) / 2.0,
                         gtk_widget_get_height (bin) / 2.0);
  ui_driver_wait (has_pointed, window);
  note = ph_notes_find (ph_window_get_notes (window), id, NULL);
  g_assert_true (note->has_spot);
  g_assert_cmpint (note->x, >, 300);
  g_assert_cmpint (note->x, <, 500);

  act_on (window, "note-unpoint", id);
  g_assert_false (ph_notes_find (ph_window_get_notes (window), id, NULL)->has_spot);
  ui_driver_close_all (application);
}

static gboolean
has_pictures (gpointer data)
{
  PhWindow *window = data;

  return ph_clip_queue_get_n_left (window->pictures) == 0;
}

static void
test_export (void)
{
  static const struct
  {
    const char *name;
    const char *part;
  } rows[] = {
    { "a.md", "## Observation: exported" },
    { "a.csv", "exported" },
    { "a.json", "\"text\" : \"exported\"" },
  };
  PhApplication *application = ui_driver_application ();
  PhWindow *window = ui_driver_window (application);
  g_autofree char *folder = ph_test_tmp_dir ();

  open_recording (window, "export.ndjson");
  write_note (window, 12 * PH_SECOND, "exported");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_build_filename (folder, rows[i].name, NULL);
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;

      g_assert_true (ph_window_export_notes_to (window, file, &error));
      g_assert_no_error (error);
      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
      g_assert_nonnull (strstr (text, rows[i].part));
    }

  {
    g_autofree char *path = g_build_filename (folder, "none", "a.md", NULL);
    g_autoptr (GFile) file = g_file_new_for_path (path);
    g_autoptr (GError) error = NULL;

    g_assert_false (ph_window_export_notes_to (window, file, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  }

  /* The page of each note is beside the text, which names it. */
  {
    g_autofree char *path = g_build_filename (folder, "a.md", NULL);
    g_autofree char *picture = g_build_filename (folder, "a-pictures", NULL);
    g_autofree char *text = NULL;
    g_autoptr (GDir) dir = NULL;
    guint n = 0;

    ui_driver_wait (has_pictures, window);
    g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
    dir = g_dir_open (picture, 0, NULL);

    for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
      {
        g_assert_nonnull (strstr (text, name));
        n++;
      }

    g_assert_cmpuint (n, ==, count (window));
  }

  ui_driver_close_all (application);
  ph_test_remove_tree (folder);
}

static gboolean
is_asked (gpointer data)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GObject) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        {
          gtk_window_destroy (GTK_WINDOW (window));
          return TRUE;
        }
    }

  return FALSE;
}

/* What cannot be written is said, stays on the screen, and is not lost without being asked. */
static void
test_trouble (void)
{
  PhApplication *application = ui_driver_application ();
  PhWindow *window = ui_driver_window (application);
  g_autofree char *path = ph_library_dup_path ();
  g_autofree char *kept = g_strconcat (path, ".kept", NULL);
  GtkWidget *trouble;
  guint before;

  open_recording (window, "trouble.ndjson");
  write_note (window, 14 * PH_SECOND, "in the library");
  before = count (window);
  ui_driver_close_all (application);

  /* A folder stands where the database was. */
  g_assert_cmpint (g_rename (path, kept), ==, 0);
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);

  window = ui_driver_window (application);
  open_recording (window, "trouble.ndjson");
  g_assert_cmpuint (count (window), ==, 0);
  write_note (window, 15 * PH_SECOND, "kept on the screen");
  trouble = ui_driver_find (GTK_WIDGET (window->notes_pane), GTK_TYPE_BOX, "trouble");
  g_assert_true (gtk_widget_get_visible (trouble));
  g_assert_cmpuint (ph_notes_get_n_unsaved (ph_window_get_notes (window)), >, 0);

  gtk_window_close (GTK_WINDOW (window));
  ui_driver_wait (is_asked, NULL);

  /* When it can be written again it is, with nobody's help. */
  g_assert_cmpint (g_rmdir (path), ==, 0);
  g_assert_cmpint (g_rename (kept, path), ==, 0);
  act (window, "save-notes");
  g_assert_false (gtk_widget_get_visible (trouble));
  g_assert_cmpuint (ph_notes_get_n_unsaved (ph_window_get_notes (window)), ==, 0);
  g_assert_cmpuint (count (window), >=, before + 1);
  ui_driver_close_all (application);
}

int
main (int argc,
      char **argv)
{
  ui_driver_init (&argc, &argv, TRUE);

  g_test_add_func ("/notes-window/write", test_write);
  g_test_add_func ("/notes-window/empty", test_empty);
  g_test_add_func ("/notes-window/span", test_span);
  g_test_add_func ("/notes-window/undo", test_undo);
  g_test_add_func ("/notes-window/go", test_go);
  g_test_add_func ("/notes-window/point", test_point);
  g_test_add_func ("/notes-window/export", test_export);
  g_test_add_func ("/notes-window/trouble", test_trouble);

  return ui_driver_run ();
}
