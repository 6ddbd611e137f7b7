/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-about.h"
#include "ph-address.h"
#include "ph-health-bar.h"
#include "ph-import-strip.h"
#include "ph-style-switch.h"
#include "ui-driver.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

/* What the window shows when there is no page to show, and its smaller parts. */

/* Two windows; the second clicks at 2 s and has its first picture at 5 s. */
static const char two_windows[] =
  "{\"windowId\":\"a\",\"type\":4,\"data\":{\"href\":\"https://a.example/\",\"width\":800,"
  "\"height\":600},\"timestamp\":1000}\n"
  "{\"windowId\":\"a\",\"type\":2,\"data\":{\"node\":{\"type\":0,\"id\":1,\"childNodes\":[]},"
  "\"initialOffset\":{\"left\":0,\"top\":0}},\"timestamp\":1000}\n"
  "{\"windowId\":\"<b>&\",\"type\":3,\"data\":{\"source\":2,\"type\":2,\"id\":1,\"x\":1,\"y\":1},"
  "\"timestamp\":3000}\n"
  "{\"windowId\":\"<b>&\",\"type\":4,\"data\":{\"href\":\"https://b.example/\",\"width\":400,"
  "\"height\":300},\"timestamp\":6000}\n"
  "{\"windowId\":\"<b>&\",\"type\":2,\"data\":{\"node\":{\"type\":0,\"id\":1,\"childNodes\":[]},"
  "\"initialOffset\":{\"left\":0,\"top\":0}},\"timestamp\":6000}\n"
  "{\"windowId\":\"a\",\"type\":3,\"data\":{\"source\":2,\"type\":2,\"id\":1,\"x\":1,\"y\":1},"
  "\"timestamp\":9000}\n";

static gboolean
is_in_session (gpointer data)
{
  PhPlayer *player = ph_window_get_player (data);

  return player != NULL && !ph_session_get_importing (ph_player_get_session (player));
}

static PhWindow *
open_text (const char *name,
           const char *text)
{
  PhWindow *window = ui_driver_window (ui_driver_application ());
  g_autoptr (GFile) file = ui_driver_file (name, text);

  ph_window_open (window, file);
  ui_driver_wait (is_in_session, window);

  return window;
}

static GtkWidget *
part (PhWindow *window,
      GType type,
      const char *id)
{
  GtkWidget *widget = ui_driver_find (GTK_WIDGET (window), type, id);

  g_assert_nonnull (widget);

  return widget;
}

static void
test_no_page_yet (void)
{
  PhWindow *window = open_text ("no-page.ndjson", two_windows);
  PhPlayer *player = ph_window_get_player (window);
  GtkWidget *page = part (window, ADW_TYPE_STATUS_PAGE, "no_page");
  GtkWidget *button = part (window, GTK_TYPE_BUTTON, "no_page_button");

  g_assert_cmpuint (ph_session_get_n_windows (ph_player_get_session (player)), ==, 2);
  ui_driver_wait_position (player, 0);
  g_assert_false (gtk_widget_get_visible (page));

  g_action_group_change_action_state (G_ACTION_GROUP (window), "window",
                                      g_variant_new_uint32 (1));
  ui_driver_spin (200);
  g_assert_cmpuint (ph_player_get_window (player), ==, 1);
  g_assert_true (gtk_widget_get_visible (page));
  g_assert_nonnull (strstr (adw_status_page_get_description (ADW_STATUS_PAGE (page)), "0:05"));

  g_signal_emit_by_name (button, "clicked");
  ui_driver_wait_position (player, 5 * PH_SECOND);
  g_assert_false (gtk_widget_get_visible (page));

  /* A window that is not there changes nothing. */
  g_action_group_change_action_state (G_ACTION_GROUP (window), "window",
                                      g_variant_new_uint32 (7));
  ui_driver_spin (50);
  g_assert_cmpuint (ph_player_get_window (player), ==, 1);
  ui_driver_close_all (ui_driver_application ());
}

static void
test_window_names (void)
{
  PhWindow *window = open_text ("names.ndjson", two_windows);
  PhSession *session = ph_player_get_session (ph_window_get_player (window));
  g_autofree char *name = ph_address_window_name (session, 1);
  GtkWidget *button = part (window, GTK_TYPE_MENU_BUTTON, "window");

  g_assert_cmpstr (name, ==, "Window 2 · <b>&");
  g_assert_true (gtk_widget_get_visible (button));
  ui_driver_close_all (ui_driver_application ());
}

static void
count_frame_cb (guint *frames)
{
  (*frames)++;
}

/* Waits for half a second without frames; FALSE when there is none within ten. */
static gboolean
comes_to_rest (PhWindow *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));
  guint frames = 1;
  gulong handler = g_signal_connect_swapped (clock, "update", G_CALLBACK (count_frame_cb), &frames);

  for (guint i = 0; i < 20 && frames > 0; i++)
    {
      frames = 0;
      ui_driver_spin (500);
    }

  g_signal_handler_disconnect (clock, handler);

  return frames == 0;
}

/* Whatever a window shows, it draws no frames while nothing changes. */
static void
test_at_rest (void)
{
  static const PhWindowState states[] = { PH_WINDOW_EMPTY, PH_WINDOW_SESSION, PH_WINDOW_ERROR };
  PhApplication *application = ui_driver_application ();

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      PhWindow *window = ui_driver_window (application);
      g_autoptr (GFile) file = states[i] == PH_WINDOW_ERROR
                                 ? ui_driver_file ("rest.json", "nothing of ours")
                                 : ui_driver_recording ("rest.ndjson");

      if (states[i] != PH_WINDOW_EMPTY)
        ph_window_open (window, file);

      ui_driver_wait_state (window, states[i]);
      g_test_message ("state %d", states[i]);
      g_assert_true (comes_to_rest (window));
      ui_driver_close_all (application);
    }
}

static void
test_lost_stage (void)
{
  PhWindow *window = ui_driver_window (ui_driver_application ());
  g_autoptr (GFile) file = ui_driver_recording ("lost.ndjson");
  g_autoptr (PhStage) stage = NULL;
  GtkWidget *page = part (window, ADW_TYPE_STATUS_PAGE, "lost_page");
  GActionGroup *actions = G_ACTION_GROUP (window);

  ph_window_open (window, file);
  ui_driver_wait (is_in_session, window);
  g_object_get (ph_window_get_player (window), "stage", &stage, NULL);
  g_assert_false (g_action_group_get_action_enabled (actions, "reload"));

  g_action_group_activate_action (actions, "play", NULL);
  g_signal_emit_by_name (stage, "lost");
  g_assert_true (gtk_widget_get_visible (page));
  g_assert_false (ph_player_get_playing (ph_window_get_player (window)));
  g_assert_false (g_action_group_get_action_enabled (actions, "play"));
  g_assert_true (g_action_group_get_action_enabled (actions, "reload"));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) ==
                 part (window, GTK_TYPE_BUTTON, "reload_button"));

  g_signal_emit_by_name (stage, "ready");
  g_assert_false (gtk_widget_get_visible (page));
  g_assert_true (g_action_group_get_action_enabled (actions, "play"));
  g_clear_object (&stage);
  ui_driver_close_all (ui_driver_application ());
}

/* Opening a pipe waits for a writer: it is not opened. */
static void
test_pipe (void)
{
  PhWindow *window = ui_driver_window (ui_driver_application ());
  g_autoptr (GFile) file = ui_driver_file ("pipe.json", "");

  g_assert_cmpint (g_unlink (g_file_peek_path (file)), ==, 0);
  g_assert_cmpint (mkfifo (g_file_peek_path (file), 0600), ==, 0);
  ph_window_open (window, file);
  ui_driver_wait_state (window, PH_WINDOW_ERROR);
  g_assert_cmpstr (ph_window_get_error (window), ==,
                   "<b>pipe.json</b>\nThis is a device or a pipe, not a file");
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) ==
                 part (window, GTK_TYPE_BUTTON, "other_button"));
  ui_driver_close_all (ui_driver_application ());
}

static gboolean
is_focus_in (PhWindow *window,
             GtkWidget *bar)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));

  return focus != NULL && gtk_widget_is_ancestor (focus, bar);
}

/* F6 goes around; the recorded page takes no part. */
static void
test_next_bar (void)
{
  PhWindow *window = open_text ("next-bar.ndjson", two_windows);
  GtkWidget *top = part (window, GTK_TYPE_BOX, "top_bars");
  GtkWidget *bottom = part (window, PH_TYPE_TRANSPORT, NULL);

  for (guint i = 0; i < 2; i++)
    {
      g_action_group_activate_action (G_ACTION_GROUP (window), "next-bar", NULL);
      g_assert_true (is_focus_in (window, bottom));
      g_action_group_activate_action (G_ACTION_GROUP (window), "next-bar", NULL);
      g_assert_true (is_focus_in (window, top));
    }

  ui_driver_close_all (ui_driver_application ());
}

/* "0:05.0 / 1:27" and "1×" are not turned around in right-to-left languages. */
static void
test_right_to_left (void)
{
  static const char *const ids[] = { "position", "duration", "speed_label" };
  g_autoptr (GtkWidget) transport = NULL;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  transport = g_object_ref_sink (ph_transport_new ());
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      GtkWidget *label = ui_driver_find (transport, GTK_TYPE_LABEL, ids[i]);

      g_assert_cmpint (gtk_widget_get_direction (label), ==, GTK_TEXT_DIR_LTR);
      g_assert_cmpint (gtk_widget_get_direction (gtk_widget_get_parent (label)), ==,
                       GTK_TEXT_DIR_LTR);
    }
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

/* Half of a small screen is enough, whatever is shown. */
static void
test_narrow (void)
{
  PhWindow *window = open_text ("narrow.ndjson", two_windows);
  GtkWidget *transport = part (window, PH_TYPE_TRANSPORT, NULL);
  int minimum;
  int natural;

  gtk_widget_measure (GTK_WIDGET (window), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL,
                      NULL);
  g_assert_cmpint (minimum, <=, 360);
  /* What is left out there has its place where there is room. */
  gtk_widget_measure (transport, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (natural, >, minimum + 60);
  ui_driver_close_all (ui_driver_application ());
}

static void
test_page_at (void)
{
  g_autoptr (PhSession) session = ui_driver_session ("page-at.ndjson");

  g_assert_cmpstr (ph_address_page_at (session, 0, 0)->url, ==, "https://a.example/one");
  g_assert_cmpstr (ph_address_page_at (session, 0, 49 * PH_SECOND)->url, ==,
                   "https://a.example/one");
  g_assert_cmpstr (ph_address_page_at (session, 0, 50 * PH_SECOND)->url, ==,
                   "https://a.example/two");
  g_assert_null (ph_address_page_at (session, 1, 50 * PH_SECOND));
  g_assert_null (ph_address_page_at (session, 0, -1));
}

static void
test_speed_text (void)
{
  static const struct
  {
    double speed;
    const char *text;
  } cases[] = {
    { 0.25, "0.25×" },
    { 1, "1×" },
    { 1.5, "1.5×" },
    { 16, "16×" },
    { -2, "−2×" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = ph_transport_format_speed (cases[i].speed);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* Every template on its own, made and let go of. */
static void
test_templates (void)
{
  GtkWidget *(*const makers[]) (void) = {
    ph_address_new,
    ph_health_bar_new,
    ph_import_strip_new,
    ph_transport_new,
    ph_timeline_new,
    ph_style_switch_new,
  };

  for (guint i = 0; i < G_N_ELEMENTS (makers); i++)
    {
      GtkWidget *widget = g_object_ref_sink (makers[i]());

      g_test_message ("%s", G_OBJECT_TYPE_NAME (widget));
      g_assert_finalize_object (widget);
    }
}

static void
test_style (void)
{
  GActionGroup *actions = G_ACTION_GROUP (ui_driver_application ());
  AdwStyleManager *manager = adw_style_manager_get_default ();

  g_action_group_change_action_state (actions, "style", g_variant_new_string ("dark"));
  g_assert_true (adw_style_manager_get_dark (manager));
  g_action_group_change_action_state (actions, "style", g_variant_new_string ("light"));
  g_assert_false (adw_style_manager_get_dark (manager));
  g_action_group_change_action_state (actions, "style", g_variant_new_string ("pink"));
  g_assert_cmpint (adw_style_manager_get_color_scheme (manager), ==, ADW_COLOR_SCHEME_FORCE_LIGHT);
  g_action_group_change_action_state (actions, "style", g_variant_new_string ("default"));
  g_assert_cmpint (adw_style_manager_get_color_scheme (manager), ==, ADW_COLOR_SCHEME_DEFAULT);
}

static void
test_about (void)
{
  PhWindow *window = ui_driver_window (ui_driver_application ());

  ph_about_present (GTK_WINDOW (window));
  ui_driver_spin (100);
  ui_driver_close_all (ui_driver_application ());
}

int
main (int argc,
      char **argv)
{
  ui_driver_init (&argc, &argv, TRUE);

  g_test_add_func ("/states/at-rest", test_at_rest);
  g_test_add_func ("/states/no-page-yet", test_no_page_yet);
  g_test_add_func ("/states/window-names", test_window_names);
  g_test_add_func ("/states/lost-stage", test_lost_stage);
  g_test_add_func ("/states/pipe", test_pipe);
  g_test_add_func ("/states/next-bar", test_next_bar);
  g_test_add_func ("/states/right-to-left", test_right_to_left);
  g_test_add_func ("/states/narrow", test_narrow);
  g_test_add_func ("/states/page-at", test_page_at);
  g_test_add_func ("/states/speed-text", test_speed_text);
  g_test_add_func ("/states/templates", test_templates);
  g_test_add_func ("/states/style", test_style);
  g_test_add_func ("/states/about", test_about);

  return ui_driver_run ();
}
