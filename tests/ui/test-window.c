/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-address.h"
#include "ph-health-bar.h"
#include "ph-input.h"
#include "ph-pack-files.h"
#include "ph-sessions.h"
#include "ph-test.h"
#include "ui-driver.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  PhApplication *application;
  PhWindow *window;
} Fixture;

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  fixture->application = ui_driver_application ();
  fixture->window = ui_driver_window (fixture->application);
  g_assert_cmpint (ph_window_get_state (fixture->window), ==, PH_WINDOW_EMPTY);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  ui_driver_close_all (fixture->application);
}

/* Also when another recording is shown until this one is there. */
static gboolean
shows_its_file (gpointer data)
{
  PhPlayer *player = ph_window_get_player (data);
  PhSession *session = player != NULL ? ph_player_get_session (player) : NULL;

  return session != NULL && !ph_session_get_importing (session) &&
         g_file_equal (ph_session_get_file (session), ph_window_get_file (data));
}

static void
assert_session_of (PhWindow *window,
                   GFile *file)
{
  g_assert_true (g_file_equal (ph_window_get_file (window), file));
  ui_driver_wait (shows_its_file, window);
  g_assert_true (g_file_equal (ph_window_get_file (window), file));
  g_assert_cmpint (ph_window_get_state (window), ==, PH_WINDOW_SESSION);
}

static gboolean
is_action_enabled (PhWindow *window,
                   const char *name)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (window), name);
}

/* Ways to open */

static void
test_open_call (Fixture *fixture,
                gconstpointer data)
{
  g_autoptr (GFile) file = ui_driver_recording ("call.ndjson");

  g_assert_false (is_action_enabled (fixture->window, "play"));
  ph_window_open (fixture->window, file);
  assert_session_of (fixture->window, file);
  g_assert_true (is_action_enabled (fixture->window, "play"));
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)), ==, "a.example");
}

static gboolean
has_two_windows (gpointer data)
{
  return g_list_length (gtk_application_get_windows (data)) == 2;
}

/* As `playhead FILE FILE`: the empty window takes the first, the second has its own. */
static void
test_open_command_line (Fixture *fixture,
                        gconstpointer data)
{
  g_autoptr (GFile) one = ui_driver_recording ("line-1.ndjson");
  g_autoptr (GFile) two = ui_driver_recording ("line-2.ndjson");
  GFile *files[] = { one, two };
  GList *windows;
  PhWindow *other;

  g_application_open (G_APPLICATION (fixture->application), files, 2, "");
  ui_driver_wait (has_two_windows, fixture->application);
  windows = gtk_application_get_windows (GTK_APPLICATION (fixture->application));
  g_assert_cmpuint (g_list_length (windows), ==, 2);
  other = windows->data == fixture->window ? windows->next->data : windows->data;
  assert_session_of (fixture->window, one);
  assert_session_of (other, two);

  /* What is open already is raised, not opened again. */
  g_application_open (G_APPLICATION (fixture->application), files, 1, "");
  ui_driver_spin (20);
  windows = gtk_application_get_windows (GTK_APPLICATION (fixture->application));
  g_assert_cmpuint (g_list_length (windows), ==, 2);
  g_assert_cmpint (ph_window_get_state (fixture->window), ==, PH_WINDOW_SESSION);
}

static void
test_open_recent (Fixture *fixture,
                  gconstpointer data)
{
  g_autoptr (GFile) file = ui_driver_recording ("under_score <b>.ndjson");
  g_autofree char *uri = g_file_get_uri (file);

  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), "open-recent",
                                  g_variant_new_string (uri));
  assert_session_of (fixture->window, file);
}

static void
test_open_drop (Fixture *fixture,
                gconstpointer data)
{
  g_autoptr (GFile) one = ui_driver_recording ("drop-1.ndjson");
  g_autoptr (GFile) two = ui_driver_recording ("drop-2.ndjson");
  g_auto (GValue) value = G_VALUE_INIT;
  g_auto (GValue) list = G_VALUE_INIT;
  g_auto (GValue) text = G_VALUE_INIT;
  GFile *files[] = { two, one };

  g_value_init (&value, G_TYPE_FILE);
  g_assert_false (ph_window_drop (fixture->window, &value));
  g_value_set_object (&value, one);
  g_assert_true (ph_window_drop (fixture->window, &value));
  assert_session_of (fixture->window, one);

  /* The first replaces what is shown, the others get windows. */
  g_value_init (&list, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&list, gdk_file_list_new_from_array (files, 1));
  g_assert_true (ph_window_drop (fixture->window, &list));
  g_assert_true (g_file_equal (ph_window_get_file (fixture->window), two));
  assert_session_of (fixture->window, two);

  g_value_init (&text, G_TYPE_STRING);
  g_value_set_string (&text, "no file");
  g_assert_false (ph_window_drop (fixture->window, &text));
}

static void
test_drop_target (Fixture *fixture,
                  gconstpointer data)
{
  g_autoptr (GListModel) controllers =
    gtk_widget_observe_controllers (GTK_WIDGET (fixture->window));
  guint found = 0;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);
      g_autoptr (GdkContentFormats) formats = NULL;

      if (!GTK_IS_DROP_TARGET (controller))
        continue;

      g_object_get (controller, "formats", &formats, NULL);
      g_assert_true (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST));
      g_assert_true (gdk_content_formats_contain_gtype (formats, G_TYPE_FILE));
      found++;
    }

  g_assert_cmpuint (found, ==, 1);
}

/* The newest wins, however fast they come. */
static void
test_open_another (Fixture *fixture,
                   gconstpointer data)
{
  g_autoptr (GFile) one = ui_driver_recording ("another-1.ndjson");
  g_autoptr (GFile) two = ui_driver_recording ("another-2.ndjson");
  g_autoptr (GFile) bad = ui_driver_file ("another-bad.json", "{}");

  ph_window_open (fixture->window, one);
  ph_window_open (fixture->window, bad);
  ph_window_open (fixture->window, two);
  assert_session_of (fixture->window, two);
  ui_driver_spin (100);
  assert_session_of (fixture->window, two);
}

static void
test_close_while_opening (Fixture *fixture,
                          gconstpointer data)
{
  g_autoptr (GFile) file = ui_driver_demo ();

  ph_window_open (fixture->window, file);
  gtk_window_close (GTK_WINDOW (fixture->window));
  ui_driver_spin (300);
  g_assert_null (gtk_application_get_windows (GTK_APPLICATION (fixture->application)));
}

static void
test_cancel (Fixture *fixture,
             gconstpointer data)
{
  g_autoptr (GFile) file = ui_driver_demo ();
  g_autoptr (GFile) shown = ui_driver_recording ("shown.ndjson");

  ph_window_open (fixture->window, file);
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), "cancel", NULL);
  ui_driver_spin (300);
  g_assert_cmpint (ph_window_get_state (fixture->window), ==, PH_WINDOW_EMPTY);
  g_assert_null (ph_window_get_file (fixture->window));

  /* With something shown before, that is what comes back. */
  ph_window_open (fixture->window, shown);
  assert_session_of (fixture->window, shown);
  ph_window_open (fixture->window, file);
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), "cancel", NULL);
  ui_driver_spin (300);
  assert_session_of (fixture->window, shown);
}

/* Bad files */

static void
test_bad_files (Fixture *fixture,
                gconstpointer data)
{
  static const struct
  {
    const char *name, *text;
  } cases[] = {
    { "empty.json", "" },
    { "text.json", "this is no JSON" },
    { "other.json", "{\"answer\": 42}" },
    { "<b>&amp;bold.json", "[]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GFile) file = ui_driver_file (cases[i].name, cases[i].text);
      g_autofree char *escaped = g_markup_escape_text (cases[i].name, -1);

      g_test_message ("%s", cases[i].name);
      ph_window_open (fixture->window, file);
      ui_driver_spin (1);
      ui_driver_wait_state (fixture->window, PH_WINDOW_ERROR);
      g_assert_null (ph_window_get_player (fixture->window));
      /* The name is named, as text and not as markup. */
      g_assert_nonnull (strstr (ph_window_get_error (fixture->window), escaped));
      g_assert_false (is_action_enabled (fixture->window, "play"));

      g_action_group_activate_action (G_ACTION_GROUP (fixture->window), "back", NULL);
      g_assert_cmpint (ph_window_get_state (fixture->window), ==, PH_WINDOW_EMPTY);
    }
}

static void
test_no_file (Fixture *fixture,
              gconstpointer data)
{
  g_autoptr (GFile) none = g_file_new_for_path ("/nowhere/at-all.json");
  g_autofree char *empty = g_dir_make_tmp ("playhead-test-XXXXXX", NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (empty);

  ph_window_open (fixture->window, none);
  ui_driver_wait_state (fixture->window, PH_WINDOW_ERROR);
  g_assert_nonnull (strstr (ph_window_get_error (fixture->window), "at-all.json"));

  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), "back", NULL);
  ph_window_open (fixture->window, folder);
  ui_driver_wait_state (fixture->window, PH_WINDOW_ERROR);
  g_assert_cmpint (g_rmdir (empty), ==, 0);
}

#define PAGE(time, host)                                                                          \
  "{\"type\":4,\"timestamp\":" #time ",\"data\":{\"href\":\"https://" host "/\",\"width\":90,"    \
  "\"height\":90}}\n{\"type\":2,\"timestamp\":" #time ",\"data\":{\"node\":{\"type\":0,\"id\":1," \
  "\"childNodes\":[]},\"initialOffset\":{\"top\":0,\"left\":0}}}\n"

static GFile *
make_several (void)
{
  static const PhPackFile files[] = { { "<b>&.json", PAGE (1000, "a.example") },
                                      { "b.json", PAGE (2000, "b.example") },
                                      { NULL, NULL } };
  g_autoptr (GBytes) zip = ph_pack_texts ("zip", files);
  GFile *file = ui_driver_file ("several.zip", "");

  g_assert_true (g_file_replace_contents (file, g_bytes_get_data (zip, NULL),
                                          g_bytes_get_size (zip), NULL, FALSE,
                                          G_FILE_CREATE_NONE, NULL, NULL, NULL));

  return file;
}

/* Of several sessions one is chosen; the others are found again, and it is remembered which. */
static void
test_several (Fixture *fixture,
              gconstpointer data)
{
  g_autoptr (GFile) file = make_several ();
  g_autoptr (GFile) part = ph_input_new (file, "b.json");
  GtkWidget *list;
  guint n_rows = 0;

  ph_window_open (fixture->window, file);
  ui_driver_wait_state (fixture->window, PH_WINDOW_SESSIONS);
  g_assert_false (is_action_enabled (fixture->window, "sessions"));
  list = ui_driver_find (GTK_WIDGET (fixture->window), PH_TYPE_SESSIONS, NULL);
  list = ui_driver_find (list, GTK_TYPE_LIST_BOX, NULL);

  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    n_rows++;

  g_assert_cmpuint (n_rows, ==, 2);
  /* The first is ready for Return. */
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->window)) ==
                 gtk_widget_get_first_child (list));

  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), "open-part",
                                  g_variant_new_string ("b.json"));
  ui_driver_wait_state (fixture->window, PH_WINDOW_SESSION);
  g_assert_true (ph_input_equal (ph_window_get_file (fixture->window), part));
  g_assert_true (is_action_enabled (fixture->window, "sessions"));

  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), "sessions", NULL);
  ui_driver_wait_state (fixture->window, PH_WINDOW_SESSIONS);
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), "back", NULL);
  g_assert_cmpint (ph_window_get_state (fixture->window), ==, PH_WINDOW_SESSION);
  g_assert_true (ph_input_equal (ph_window_get_file (fixture->window), part));
}

/* Files dropped together that are parts of one session are one. */
static void
test_parts (Fixture *fixture,
            gconstpointer data)
{
  g_autoptr (GFile) first = ui_driver_file ("part-0.json", PAGE (1000, "a.example"));
  g_autoptr (GFile) second = ui_driver_file ("part-1.json", PAGE (2000, "b.example"));
  GFile *files[] = { second, first };

  ph_window_open_files (fixture->window, files, 2);
  ui_driver_wait_state (fixture->window, PH_WINDOW_SESSION);
  g_assert_cmpuint (ph_input_get_n_files (ph_window_get_file (fixture->window)), ==, 2);
}

/* Who chose a file that is gone from the list of recent ones goes back to the list. */
static void
test_back_to_start (Fixture *fixture,
                    gconstpointer data)
{
  g_autoptr (GFile) none = g_file_new_for_path ("/nowhere/at-all.json");
  g_autoptr (GFile) good = ui_driver_recording ("back.ndjson");
  GtkWidget *back = ui_driver_find (GTK_WIDGET (fixture->window), GTK_TYPE_BUTTON, "back_button");

  ph_window_open (fixture->window, none);
  ui_driver_wait_state (fixture->window, PH_WINDOW_ERROR);
  g_assert_true (gtk_widget_get_visible (back));
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (back)), ==, "_Back");
  g_signal_emit_by_name (back, "clicked");
  g_assert_cmpint (ph_window_get_state (fixture->window), ==, PH_WINDOW_EMPTY);

  ph_window_open (fixture->window, good);
  assert_session_of (fixture->window, good);
  ph_window_open (fixture->window, none);
  ui_driver_wait_state (fixture->window, PH_WINDOW_ERROR);
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (back)), ==, "_Back to the Recording");
  g_signal_emit_by_name (back, "clicked");
  assert_session_of (fixture->window, good);
  /* Keys belong to the window, not to a button. */
  g_assert_null (gtk_window_get_focus (GTK_WINDOW (fixture->window)));
}

/* The dialog shows what is usual; the other filter shows everything. */
static void
test_file_filter (Fixture *fixture,
                  gconstpointer data)
{
  static const struct
  {
    const char *name;
    gboolean shown;
  } cases[] = {
    { "a.json", TRUE },
    { "A.JSON", TRUE },
    { "a.ndjson.zst", TRUE },
    { "a.rrweb", TRUE },
    { "a.playhead", TRUE },
    { "a.zip", TRUE },
    { "a.tar.gz", TRUE },
    { "a.gz", FALSE },
    { "a.png", FALSE },
  };
  g_autoptr (GtkFileFilter) filter = ph_window_new_file_filter ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GFileInfo) info = g_file_info_new ();

      g_file_info_set_display_name (info, cases[i].name);
      g_test_message ("%s", cases[i].name);
      g_assert_cmpint (gtk_filter_match (GTK_FILTER (filter), info), ==, cases[i].shown);
    }
}

/* A bad file does not cost the recording that was watched. */
static void
test_bad_file_after_session (Fixture *fixture,
                             gconstpointer data)
{
  g_autoptr (GFile) good = ui_driver_recording ("good.ndjson");
  g_autoptr (GFile) bad = ui_driver_file ("bad.json", "[1, 2]");

  ph_window_open (fixture->window, good);
  assert_session_of (fixture->window, good);
  ph_window_open (fixture->window, bad);
  ui_driver_wait_state (fixture->window, PH_WINDOW_ERROR);
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), "back", NULL);
  assert_session_of (fixture->window, good);
  g_assert_true (is_action_enabled (fixture->window, "play"));
}

/* Keys */

/* Finds what a key does as GTK would: the window's own keys, else the application's. */
static void
press (Fixture *fixture,
       const char *accel)
{
  g_autoptr (GListModel) controllers =
    gtk_widget_observe_controllers (GTK_WIDGET (fixture->window));
  g_autoptr (GtkShortcutTrigger) wanted = gtk_shortcut_trigger_parse_string (accel);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (g_strcmp0 (gtk_event_controller_get_name (controller), "ph-shortcuts") != 0)
        continue;

      for (guint j = 0; j < g_list_model_get_n_items (G_LIST_MODEL (controller)); j++)
        {
          g_autoptr (GtkShortcut) shortcut =
            g_list_model_get_item (G_LIST_MODEL (controller), j);

          if (gtk_shortcut_trigger_equal (gtk_shortcut_get_trigger (shortcut), wanted))
            {
              gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0,
                                            GTK_WIDGET (fixture->window),
                                            gtk_shortcut_get_arguments (shortcut));
              return;
            }
        }
    }

  {
    g_auto (GStrv) names =
      gtk_application_get_actions_for_accel (GTK_APPLICATION (fixture->application), accel);
    g_autofree char *name = NULL;
    g_autoptr (GVariant) target = NULL;

    g_assert_cmpuint (g_strv_length (names), ==, 1);
    g_assert_true (g_action_parse_detailed_name (names[0], &name, &target, NULL));
    gtk_widget_activate_action_variant (GTK_WIDGET (fixture->window), name, target);
  }
}

static void
open_minute (Fixture *fixture)
{
  g_autoptr (GFile) file = ui_driver_recording ("keys.ndjson");

  ph_window_open (fixture->window, file);
  assert_session_of (fixture->window, file);
}

static gboolean
is_not_revealed (gpointer data)
{
  return !gtk_revealer_get_reveal_child (data);
}

static GtkWidget *
note_of (PhWindow *window)
{
  return ui_driver_find (GTK_WIDGET (window), GTK_TYPE_REVEALER, "hint");
}

static void
assert_hint (PhWindow *window,
             const char *text)
{
  GtkWidget *revealer = note_of (window);
  GtkWidget *label = ui_driver_find (revealer, GTK_TYPE_LABEL, NULL);

  g_assert_true (gtk_revealer_get_reveal_child (GTK_REVEALER (revealer)));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (label)), ==, text);
}

static void
test_moving_keys (Fixture *fixture,
                  gconstpointer data)
{
  static const struct
  {
    const char *accel;
    int milliseconds; /* where the player is then */
  } cases[] = {
    { "Right", 5000 },
    { "Right", 10000 },
    { "Left", 5000 },
    { "<Shift>Right", 6000 },
    { "<Shift>Left", 5000 },
    { "Home", 0 },
    { "Left", 0 },
    { "e", 3000 },
    { "e", 3200 },
    { "e", 55000 },
    { "<Shift>e", 3200 },
    { "<Shift>e", 3000 },
    { "<Ctrl>Right", 3200 },
    { "<Ctrl>Right", 50000 },
    { "<Ctrl>Left", 3200 },
    { "<Ctrl>bracketright", 50000 },
    { "<Ctrl>bracketleft", 0 },
    { "<Ctrl>Left", 0 },
    { "<Ctrl>Right", 3000 },
    { "<Ctrl>Left", 0 },
    { "<Ctrl>bracketright", 50000 },
    { "<Ctrl>Right", 55000 },
    { "<Ctrl>Right", 60000 },
    { "<Ctrl>Left", 55000 },
    { "End", 60000 },
    { "Right", 60000 },
  };
  PhPlayer *player;

  open_minute (fixture);
  player = ph_window_get_player (fixture->window);
  ui_driver_wait_position (player, 0);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %u: %s", i, cases[i].accel);
      press (fixture, cases[i].accel);
      ui_driver_wait_position (player, cases[i].milliseconds * PH_MSEC);
    }

  /* Beyond the last error there is none: it stays, and says so. */
  press (fixture, "e");
  ui_driver_spin (50);
  g_assert_cmpint (ph_player_get_position (player), ==, 60 * PH_SECOND);
  assert_hint (fixture->window, "No later error");
  press (fixture, "<Ctrl>bracketright");
  assert_hint (fixture->window, "No later page");
  press (fixture, "<Ctrl>Right");
  assert_hint (fixture->window, "No later marker");

  press (fixture, "Home");
  g_assert_true (is_not_revealed (note_of (fixture->window)));
  ui_driver_wait_position (player, 0);
  press (fixture, "<Shift>e");
  assert_hint (fixture->window, "No earlier error");
  press (fixture, "<Ctrl>bracketleft");
  assert_hint (fixture->window, "No earlier page");
  press (fixture, "<Ctrl>Left");
  assert_hint (fixture->window, "No earlier marker");
}

/* A note goes by itself. */
static void
test_note_goes (Fixture *fixture,
                gconstpointer data)
{
  GtkWidget *revealer = note_of (fixture->window);

  open_minute (fixture);
  press (fixture, "<Ctrl>Left");
  assert_hint (fixture->window, "No earlier marker");
  ui_driver_wait (is_not_revealed, revealer);
}

/* The page is really on the stage. */
static gboolean
is_painted (gpointer data)
{
  return !ph_player_get_wants_tick (data);
}

/* Nobody wants to see that there is nothing to see for twelve milliseconds. */
static void
test_start_shows_page (Fixture *fixture,
                       gconstpointer data)
{
  g_autoptr (GFile) file = ui_driver_file (
    "late.ndjson",
    "{\"type\":4,\"data\":{\"href\":\"https://a.example/\",\"width\":800,\"height\":600},"
    "\"timestamp\":1000}\n"
    "{\"type\":2,\"data\":{\"node\":{\"type\":0,\"id\":1,\"childNodes\":[]},"
    "\"initialOffset\":{\"left\":0,\"top\":0}},\"timestamp\":1012}\n"
    "{\"type\":3,\"data\":{\"source\":2,\"type\":2,\"id\":1,\"x\":1,\"y\":1},"
    "\"timestamp\":4000}\n");
  GtkWidget *cover = ui_driver_find (GTK_WIDGET (fixture->window), ADW_TYPE_STATUS_PAGE,
                                     "no_page");
  PhPlayer *player;

  ph_window_open (fixture->window, file);
  assert_session_of (fixture->window, file);
  player = ph_window_get_player (fixture->window);
  ui_driver_wait_position (player, 12 * PH_MSEC);

  press (fixture, "End");
  ui_driver_wait_position (player, 3 * PH_SECOND);
  press (fixture, "Home");
  ui_driver_wait_position (player, 12 * PH_MSEC);
  g_assert_false (gtk_widget_get_visible (cover));
  /* However one comes there. */
  ph_player_seek (player, 0);
  ui_driver_wait (is_painted, player);
  g_assert_cmpint (ph_player_get_position (player), ==, 12 * PH_MSEC);
  g_assert_false (gtk_widget_get_visible (cover));
}

/* As on a tape: J back, L on, again for more; K stops, and playing is as it was chosen. */
static void
test_shuttle_keys (Fixture *fixture,
                   gconstpointer data)
{
  static const struct
  {
    const char *key;
    gboolean playing;
    gboolean reverse;
    double speed;
  } steps[] = {
    { "bracketright", FALSE, FALSE, 1.5 },
    { "j", TRUE, TRUE, 1 },
    { "j", TRUE, TRUE, 1.5 },
    { "j", TRUE, TRUE, 2 },
    { "l", TRUE, FALSE, 1 },
    { "l", TRUE, FALSE, 1.5 },
    { "l", TRUE, FALSE, 2 },
    { "j", TRUE, TRUE, 1 },
    { "k", FALSE, TRUE, 1 },
    { "space", TRUE, FALSE, 1.5 },
    { "space", FALSE, FALSE, 1.5 },
    { "l", TRUE, FALSE, 1 },
  };
  PhPlayer *player;

  open_minute (fixture);
  player = ph_window_get_player (fixture->window);
  ph_player_seek (player, 20 * PH_SECOND);
  ui_driver_wait_position (player, 20 * PH_SECOND);

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_test_message ("step %u: %s", i, steps[i].key);
      press (fixture, steps[i].key);
      g_assert_cmpint (ph_player_get_playing (player), ==, steps[i].playing);
      g_assert_cmpint (ph_player_get_reverse (player), ==, steps[i].reverse);
      g_assert_cmpfloat_with_epsilon (ph_player_get_speed (player), steps[i].speed, 1e-6);
    }
}

static void
test_playing_keys (Fixture *fixture,
                   gconstpointer data)
{
  PhPlayer *player;

  open_minute (fixture);
  player = ph_window_get_player (fixture->window);
  g_assert_false (ph_player_get_playing (player));

  press (fixture, "space");
  g_assert_true (ph_player_get_playing (player));
  press (fixture, "k");
  g_assert_false (ph_player_get_playing (player));

  g_assert_cmpfloat_with_epsilon (ph_player_get_speed (player), 1, 1e-6);
  press (fixture, "bracketright");
  g_assert_cmpfloat_with_epsilon (ph_player_get_speed (player), 1.5, 1e-6);
  press (fixture, "bracketleft");
  press (fixture, "bracketleft");
  g_assert_cmpfloat_with_epsilon (ph_player_get_speed (player), 0.5, 1e-6);
  for (guint i = 0; i < 20; i++)
    press (fixture, "bracketright");
  g_assert_cmpfloat_with_epsilon (ph_player_get_speed (player), 16, 1e-6);
  for (guint i = 0; i < 20; i++)
    press (fixture, "bracketleft");
  g_assert_cmpfloat_with_epsilon (ph_player_get_speed (player), 0.25, 1e-6);
  press (fixture, "BackSpace");
  g_assert_cmpfloat_with_epsilon (ph_player_get_speed (player), 1, 1e-6);

  g_assert_true (ph_player_get_skip_idle (player));
  press (fixture, "g");
  g_assert_false (ph_player_get_skip_idle (player));
  press (fixture, "g");
  g_assert_true (ph_player_get_skip_idle (player));
}

/* The clock of the window moves the player, over idle time and up to the end. */
static void
test_plays (Fixture *fixture,
            gconstpointer data)
{
  PhPlayer *player;

  open_minute (fixture);
  player = ph_window_get_player (fixture->window);
  g_action_group_change_action_state (G_ACTION_GROUP (fixture->window), "speed",
                                      g_variant_new_double (16));
  press (fixture, "space");
  ui_driver_wait_position (player, 60 * PH_SECOND);
  g_assert_false (ph_player_get_playing (player));
  press (fixture, "BackSpace");
}

static void
test_windows (Fixture *fixture,
              gconstpointer data)
{
  guint before =
    g_list_length (gtk_application_get_windows (GTK_APPLICATION (fixture->application)));

  press (fixture, "<Ctrl>n");
  g_assert_cmpuint (
    g_list_length (gtk_application_get_windows (GTK_APPLICATION (fixture->application))), ==,
    before + 1);
}

/* What stays wrong with a recording is said above it. */
static void
test_health (Fixture *fixture,
             gconstpointer data)
{
  g_autoptr (GFile) whole = ui_driver_recording ("whole.json");
  g_autofree char *text = NULL;
  g_autoptr (GFile) cut = NULL;
  GtkWidget *bar;

  g_assert_true (g_file_load_contents (whole, NULL, &text, NULL, NULL, NULL));
  text[strlen (text) - 20] = '\0';
  cut = ui_driver_file ("cut.ndjson", text);

  ph_window_open (fixture->window, whole);
  assert_session_of (fixture->window, whole);
  bar = ui_driver_find (GTK_WIDGET (fixture->window), PH_TYPE_HEALTH_BAR, NULL);
  g_assert_null (ph_health_bar_get_title (PH_HEALTH_BAR (bar)));

  ph_window_open (fixture->window, cut);
  assert_session_of (fixture->window, cut);
  g_assert_cmpstr (ph_health_bar_get_title (PH_HEALTH_BAR (bar)), ==,
                   "This recording ends early: the file was cut off");

  gtk_widget_activate_action (bar, "health.dismiss", NULL);
  g_assert_null (ph_health_bar_get_title (PH_HEALTH_BAR (bar)));
}

static void
test_address (Fixture *fixture,
              gconstpointer data)
{
  GtkWidget *address;
  PhPlayer *player;

  open_minute (fixture);
  player = ph_window_get_player (fixture->window);
  address = ui_driver_find (GTK_WIDGET (fixture->window), PH_TYPE_ADDRESS, NULL);
  g_assert_cmpstr (ph_address_get_url (PH_ADDRESS (address)), ==, "https://a.example/one");

  ph_player_seek (player, 50 * PH_SECOND);
  ui_driver_wait_position (player, 50 * PH_SECOND);
  g_assert_cmpstr (ph_address_get_url (PH_ADDRESS (address)), ==, "https://a.example/two");
}

/* A closed window keeps nothing: no session, no player, no web process. */
static void
test_lets_go (Fixture *fixture,
              gconstpointer data)
{
  gpointer player;
  gpointer session;
  gpointer stage;

  open_minute (fixture);
  player = ph_window_get_player (fixture->window);
  g_object_get (player, "session", &session, "stage", &stage, NULL);
  g_object_unref (session);
  g_object_unref (stage);
  g_object_add_weak_pointer (player, &player);
  g_object_add_weak_pointer (session, &session);
  g_object_add_weak_pointer (stage, &stage);

  press (fixture, "space");
  ui_driver_spin (200);
  gtk_window_close (GTK_WINDOW (fixture->window));
  ui_driver_spin (500);
  g_assert_null (player);
  g_assert_null (session);
  g_assert_null (stage);
}

static void
test_demo (Fixture *fixture,
           gconstpointer data)
{
  g_autoptr (GFile) file = ui_driver_demo ();
  PhPlayer *player;

  ph_window_open (fixture->window, file);
  assert_session_of (fixture->window, file);
  player = ph_window_get_player (fixture->window);

  for (guint i = 0; i < 4; i++)
    {
      press (fixture, "e");
      ui_driver_spin (50);
      ui_driver_wait (is_painted, player);
    }

  g_assert_cmpint (ph_player_get_position (player), >, 60 * PH_SECOND);
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc,
      char **argv)
{
  ui_driver_init (&argc, &argv, TRUE);

  ADD ("/window/open-call", test_open_call);
  ADD ("/window/open-command-line", test_open_command_line);
  ADD ("/window/open-recent", test_open_recent);
  ADD ("/window/open-drop", test_open_drop);
  ADD ("/window/drop-target", test_drop_target);
  ADD ("/window/open-another", test_open_another);
  ADD ("/window/close-while-opening", test_close_while_opening);
  ADD ("/window/cancel", test_cancel);
  ADD ("/window/bad-files", test_bad_files);
  ADD ("/window/no-file", test_no_file);
  ADD ("/window/several", test_several);
  ADD ("/window/parts", test_parts);
  ADD ("/window/back-to-start", test_back_to_start);
  ADD ("/window/file-filter", test_file_filter);
  ADD ("/window/bad-file-after-session", test_bad_file_after_session);
  ADD ("/window/moving-keys", test_moving_keys);
  ADD ("/window/note-goes", test_note_goes);
  ADD ("/window/start-shows-page", test_start_shows_page);
  ADD ("/window/playing-keys", test_playing_keys);
  ADD ("/window/shuttle-keys", test_shuttle_keys);
  ADD ("/window/plays", test_plays);
  ADD ("/window/windows", test_windows);
  ADD ("/window/health", test_health);
  ADD ("/window/address", test_address);
  ADD ("/window/lets-go", test_lets_go);
  ADD ("/window/demo", test_demo);

  return ui_driver_run ();
}
