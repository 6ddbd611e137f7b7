/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fake-stage.h"
#include "ph-address.h"
#include "ph-health-bar.h"
#include "ph-import-strip.h"
#include "ph-timeline-draw.h"
#include "ph-transport.h"
#include "ui-driver.h"

#include <signal.h>
#include <sys/resource.h>

/* A recording that becomes more while it is shown: what follows it, and what stays put. */

#define WIDTH 800
#define INSIDE (PH_TIMELINE_TRACK_Y + 10)
#define N_MANY 100000

typedef struct
{
  GtkWidget *window;
  PhTransport *transport;
  PhTimeline *timeline;
  PhImportStrip *strip;
  PhPlayer *player;
  guint stops;
} Fixture;

static void
stop_action (GSimpleAction *action,
             GVariant *parameter,
             gpointer user_data)
{
  guint *stops = user_data;

  (*stops)++;
}

static void
set_up_with (Fixture *fixture,
             PhSession *session)
{
  static const GActionEntry entries[] = { { .name = "stop-import", .activate = stop_action } };
  g_autoptr (PhFakeStage) stage = ph_fake_stage_new (TRUE);
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();

  fixture->stops = 0;
  fixture->window = gtk_window_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, 1, &fixture->stops);
  gtk_widget_insert_action_group (fixture->window, "win", G_ACTION_GROUP (actions));
  fixture->transport = PH_TRANSPORT (ph_transport_new ());
  fixture->timeline = ph_transport_get_timeline (fixture->transport);
  fixture->strip = PH_IMPORT_STRIP (
    ui_driver_find (GTK_WIDGET (fixture->transport), PH_TYPE_IMPORT_STRIP, NULL));
  fixture->player = ph_player_new (session, PH_STAGE (stage));
  gtk_window_set_decorated (GTK_WINDOW (fixture->window), FALSE);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->transport));
  gtk_widget_set_size_request (GTK_WIDGET (fixture->transport), WIDTH, -1);
  ph_transport_set_player (fixture->transport, fixture->player);
  gtk_window_present (GTK_WINDOW (fixture->window));
  ui_driver_spin (100);
}

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  g_autoptr (PhSession) session = ui_driver_session ("importing.ndjson");

  set_up_with (fixture, session);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  ui_driver_spin (20);
  g_assert_finalize_object (fixture->player);
}

static double
x_of (Fixture *fixture,
      int seconds)
{
  return ph_timeline_get_x (fixture->timeline, seconds * PH_SECOND);
}

/* Shown again, the same session looks the same. */
static void
test_refresh_is_still (Fixture *fixture,
                       gconstpointer data)
{
  static const int times[] = { 0, 3, 30, 50, 55, 60 };
  double before[G_N_ELEMENTS (times)];
  const PhTrack *track;

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    before[i] = x_of (fixture, times[i]);

  for (guint round = 0; round < 3; round++)
    {
      g_autofree char *detail = NULL;

      ph_transport_refresh (fixture->transport, FALSE, 1);
      track = ph_timeline_get_track (fixture->timeline);
      g_assert_cmpuint (track->errors.n, ==, 3);
      g_assert_cmpuint (track->pages.n, ==, 1);
      for (guint i = 0; i < G_N_ELEMENTS (times); i++)
        g_assert_cmpfloat_with_epsilon (x_of (fixture, times[i]), before[i], 1e-6);

      ph_timeline_look_up (fixture->timeline, x_of (fixture, 55), INSIDE, NULL, &detail);
      g_assert_cmpstr (detail, ==, "third");
    }
}

/* Half of it is there: the other half has its room, and says what it is. */
static void
test_room_for_more (Fixture *fixture,
                    gconstpointer data)
{
  double right = gtk_widget_get_width (GTK_WIDGET (fixture->timeline)) - PH_TIMELINE_MARGIN;
  g_autofree char *heading = NULL;
  g_autofree char *detail = NULL;
  PhTime time;

  g_assert_cmpfloat_with_epsilon (x_of (fixture, 60), right, 0.01);
  ph_player_set_skip_idle (fixture->player, FALSE);
  ph_transport_refresh (fixture->transport, TRUE, 0.5);
  g_assert_cmpfloat_with_epsilon (x_of (fixture, 60),
                                  (PH_TIMELINE_MARGIN + right) / 2, 0.01);

  time = ph_timeline_look_up (fixture->timeline, right - 5, INSIDE, &heading, &detail);
  g_assert_cmpint (time, ==, 60 * PH_SECOND);
  g_assert_cmpstr (heading, ==, "1:00.0");
  g_assert_cmpstr (detail, ==, "Not imported yet");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fixture->timeline),
                                       GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, 60.0);

  /* It is not laid out anew for every percent. */
  ph_transport_refresh (fixture->transport, TRUE, 0.55);
  g_assert_cmpfloat_with_epsilon (x_of (fixture, 60), (PH_TIMELINE_MARGIN + right) / 2, 0.01);

  ph_transport_refresh (fixture->transport, FALSE, 1);
  g_assert_cmpfloat_with_epsilon (x_of (fixture, 60), right, 0.01);
}

/* What is dragged does not move away. */
static void
test_drag_is_still (Fixture *fixture,
                    gconstpointer data)
{
  double before = x_of (fixture, 60);

  ph_timeline_press (fixture->timeline, x_of (fixture, 6), INSIDE);
  ph_transport_refresh (fixture->transport, TRUE, 0.5);
  g_assert_cmpfloat_with_epsilon (x_of (fixture, 60), before, 1e-6);
  ph_timeline_release (fixture->timeline);
  g_assert_cmpfloat (x_of (fixture, 60), <, before - 100);
}

static void
test_strip (Fixture *fixture,
            gconstpointer data)
{
  GtkWidget *stop = ui_driver_find (GTK_WIDGET (fixture->strip), GTK_TYPE_BUTTON, "stop");
  const char *text = "Importing… 42 %";

  g_assert_null (ph_import_strip_get_text (fixture->strip));
  ph_transport_refresh (fixture->transport, TRUE, 0.429);
  g_assert_cmpstr (ph_import_strip_get_text (fixture->strip), ==, text);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fixture->strip),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, text);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (stop), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Stop Importing");
  ph_transport_refresh (fixture->transport, TRUE, 7);
  g_assert_cmpstr (ph_import_strip_get_text (fixture->strip), ==, "Importing… 100 %");

  g_signal_emit_by_name (stop, "clicked");
  g_assert_cmpuint (fixture->stops, ==, 1);

  /* Gone, it does not take the keyboard with it. */
  ui_driver_spin (50);
  gtk_window_set_focus (GTK_WINDOW (fixture->window), stop);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->window)) == stop);
  ph_transport_refresh (fixture->transport, FALSE, 1);
  g_assert_null (ph_import_strip_get_text (fixture->strip));
  g_assert_null (gtk_window_get_focus (GTK_WINDOW (fixture->window)));

  /* Another recording is not being imported. */
  ph_transport_refresh (fixture->transport, TRUE, 0.5);
  ph_transport_set_player (fixture->transport, NULL);
  g_assert_null (ph_import_strip_get_text (fixture->strip));
}

static void
test_narrow (Fixture *fixture,
             gconstpointer data)
{
  int minimum;

  ph_transport_refresh (fixture->transport, TRUE, 1);
  gtk_widget_set_size_request (GTK_WIDGET (fixture->transport), -1, -1);
  gtk_widget_measure (GTK_WIDGET (fixture->transport), GTK_ORIENTATION_HORIZONTAL, -1, &minimum,
                      NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
}

/* The part of the track that is there is underlined, and the rest is fainter. */
static void
test_drawing (void)
{
  PhAxis axis;
  guchar alpha[2][3];

  ph_axis_init (&axis, (PhSpan) { 0, 60 * PH_SECOND }, NULL, 0, 8, 300, FALSE);
  for (guint i = 0; i < 2; i++)
    {
      cairo_surface_t *surface =
        cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 320, PH_TIMELINE_HEIGHT);
      cairo_t *cr = cairo_create (surface);
      PhTimelineLook look = {
        .axis = &axis,
        .importing = i == 1,
        .imported = i == 1 ? 158 : 308,
        .color = { 0, 0, 0, 1 },
        .accent = { 0, 0, 1, 1 },
      };
      const guchar *pixels = cairo_image_surface_get_data (surface);
      int stride = cairo_image_surface_get_stride (surface);
      int line = PH_TIMELINE_TRACK_Y + PH_TIMELINE_TRACK_HEIGHT - 1;

      ph_timeline_draw_rest (cr, &look);
      cairo_surface_flush (surface);
      alpha[i][0] = pixels[line * stride + 100 * 4 + 3];
      alpha[i][1] = pixels[line * stride + 250 * 4 + 3];
      alpha[i][2] = pixels[(line - 10) * stride + 100 * 4 + 3];
      cairo_destroy (cr);
      cairo_surface_destroy (surface);
    }
  ph_axis_clear (&axis);

  g_assert_cmpint (alpha[0][0], ==, alpha[0][1]);
  g_assert_cmpint (alpha[0][0], ==, alpha[0][2]);
  g_assert_cmpint (alpha[1][0], >, 200);
  g_assert_cmpint (alpha[1][1], <, alpha[0][1]);
  g_assert_cmpint (alpha[1][2], ==, alpha[0][2]);
}

/* A hundred thousand marks are laid out ten times a second and more. */
static void
test_many_marks (void)
{
  g_autoptr (GString) text = g_string_new (
    "{\"type\":4,\"data\":{\"href\":\"https://a.example/\",\"width\":8,\"height\":6},"
    "\"timestamp\":1000}\n"
    "{\"type\":2,\"data\":{\"node\":{\"type\":0,\"id\":1,\"childNodes\":[]},"
    "\"initialOffset\":{\"left\":0,\"top\":0}},\"timestamp\":1000}\n");
  g_autoptr (PhSession) session = NULL;
  g_autoptr (GFile) file = NULL;
  Fixture fixture;
  gint64 best = G_MAXINT64;

  for (guint i = 0; i < N_MANY; i++)
    g_string_append_printf (
      text,
      "{\"type\":6,\"data\":{\"plugin\":\"rrweb/console@1\",\"payload\":{\"level\":\"error\","
      "\"trace\":[],\"payload\":[\"\\\"no %u\\\"\"]}},\"timestamp\":%u}\n",
      i, 1000 + i * 7);

  file = ui_driver_file ("many.ndjson", text->str);
  session = ph_session_open (file, NULL, NULL, NULL, NULL);
  g_assert_nonnull (session);
  set_up_with (&fixture, session);
  g_assert_cmpuint (ph_timeline_get_track (fixture.timeline)->errors.n, >, N_MANY / 2);

  for (guint i = 0; i < 5; i++)
    {
      gint64 start = g_get_monotonic_time ();

      ph_transport_refresh (fixture.transport, TRUE, 0.3 + i * 0.1);
      best = MIN (best, g_get_monotonic_time () - start);
    }

  g_test_message ("refresh: %" G_GINT64_FORMAT " µs", best);
  g_assert_cmpint (best, <, 100000);
  tear_down (&fixture, NULL);
}

/* The bar above the page */

static void
test_notice (void)
{
  g_autoptr (PhSession) session = ui_driver_session ("notice.ndjson");
  g_autoptr (GtkWidget) widget = g_object_ref_sink (ph_health_bar_new ());
  PhHealthBar *bar = PH_HEALTH_BAR (widget);
  GtkWidget *details = ui_driver_find (widget, GTK_TYPE_MENU_BUTTON, "details");

  ph_health_bar_set_session (bar, session);
  g_assert_null (ph_health_bar_get_title (bar));
  ph_health_bar_set_notice (bar, "Only the first part");
  g_assert_cmpstr (ph_health_bar_get_title (bar), ==, "Only the first part");
  /* There is nothing more to say about it. */
  g_assert_false (gtk_widget_get_visible (details));

  gtk_widget_activate_action (widget, "health.dismiss", NULL);
  g_assert_null (ph_health_bar_get_title (bar));
  ph_health_bar_refresh (bar);
  g_assert_null (ph_health_bar_get_title (bar));
  ph_health_bar_set_notice (bar, "Something else");
  g_assert_cmpstr (ph_health_bar_get_title (bar), ==, "Something else");

  ph_health_bar_set_session (bar, NULL);
  g_assert_null (ph_health_bar_get_title (bar));
}

static guint
count_children (GtkWidget *widget)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n++;

  return n;
}

/* An open list of findings is not pulled away from under the reader. */
static void
test_findings_stay (void)
{
  g_autoptr (GFile) whole = ui_driver_recording ("findings.json");
  g_autofree char *text = NULL;
  g_autoptr (GFile) cut = NULL;
  g_autoptr (PhSession) session = NULL;
  g_autoptr (GtkWidget) widget = g_object_ref_sink (ph_health_bar_new ());
  GtkWidget *findings;
  GtkWidget *first;

  g_assert_true (g_file_load_contents (whole, NULL, &text, NULL, NULL, NULL));
  text[strlen (text) - 20] = '\0';
  cut = ui_driver_file ("findings-cut.ndjson", text);
  session = ph_session_open (cut, NULL, NULL, NULL, NULL);
  g_assert_nonnull (session);

  ph_health_bar_set_session (PH_HEALTH_BAR (widget), session);
  g_assert_true (gtk_widget_get_visible (ui_driver_find (widget, GTK_TYPE_MENU_BUTTON,
                                                         "details")));
  findings = ui_driver_find (widget, GTK_TYPE_BOX, "findings");
  first = gtk_widget_get_first_child (findings);
  g_assert_cmpuint (count_children (findings), ==, 2);
  ph_health_bar_refresh (PH_HEALTH_BAR (widget));
  g_assert_true (gtk_widget_get_first_child (findings) == first);
  g_assert_cmpuint (count_children (findings), ==, 2);

  /* Of another session it is another list, though it may be as long. */
  ph_health_bar_set_session (PH_HEALTH_BAR (widget), session);
  g_assert_cmpuint (count_children (findings), ==, 2);
}

/* The strip above the page */

static void
test_address (Fixture *fixture,
              gconstpointer data)
{
  g_autoptr (GtkWidget) widget = g_object_ref_sink (ph_address_new ());
  PhAddress *address = PH_ADDRESS (widget);
  GtkMenuButton *button =
    GTK_MENU_BUTTON (ui_driver_find (widget, GTK_TYPE_MENU_BUTTON, "window"));
  GMenuModel *menu;

  ph_address_set_player (address, fixture->player);
  menu = gtk_menu_button_get_menu_model (button);
  g_assert_cmpstr (ph_address_get_url (address), ==, "https://a.example/one");
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GMenuModel) windows = NULL;

      ph_address_refresh (address);
      g_assert_true (gtk_menu_button_get_menu_model (button) == menu);
      windows = g_menu_model_get_item_link (menu, 1, G_MENU_LINK_SECTION);
      g_assert_cmpint (g_menu_model_get_n_items (windows), ==, 1);
      g_assert_cmpstr (ph_address_get_url (address), ==, "https://a.example/one");
    }

  ph_address_set_player (address, NULL);
  ph_address_refresh (address);
  g_assert_cmpstr (ph_address_get_url (address), ==, "");
}

/* The whole window */

#define N_EVENTS 150000
#define LAST_SECOND (N_EVENTS / 100)

/* Long enough to be looked at while it is imported: about 40 MB, an error at its end. */
static GFile *
long_recording (const char *name)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (GString) text = g_string_new (
    "{\"type\":4,\"data\":{\"href\":\"https://a.example/\",\"width\":800,\"height\":600},"
    "\"timestamp\":1000}\n"
    "{\"type\":2,\"data\":{\"node\":{\"type\":0,\"id\":1,\"childNodes\":[{\"type\":2,\"id\":2,"
    "\"tagName\":\"html\",\"attributes\":{},\"childNodes\":[]}]},"
    "\"initialOffset\":{\"left\":0,\"top\":0}},\"timestamp\":1000}\n");

  for (guint i = 0; i < N_EVENTS; i++)
    {
      g_string_append (text, "{\"type\":3,\"data\":{\"source\":0,\"texts\":[],\"adds\":[],"
                             "\"removes\":[],\"attributes\":[{\"id\":2,\"attributes\":"
                             "{\"title\":\"");
      /* Not to be packed to nothing: it must fill a disk. */
      for (guint j = 0; j < 16; j++)
        g_string_append_printf (text, "%08x", g_rand_int (rand));
      g_string_append_printf (text, "\"}}]},\"timestamp\":%u}\n", 1000 + i * 10);
    }

  g_string_append_printf (
    text,
    "{\"type\":6,\"data\":{\"plugin\":\"rrweb/console@1\",\"payload\":{\"level\":\"error\","
    "\"trace\":[],\"payload\":[\"\\\"the last\\\"\"]}},\"timestamp\":%u}\n",
    1000 + LAST_SECOND * 1000);

  return ui_driver_file (name, text->str);
}

/* FALSE when the machine was too fast, or the test too slow, to see it. */
static gboolean
open_while_importing (PhWindow *window,
                      GFile *file)
{
  ph_window_open (window, file);
  ui_driver_wait_state (window, PH_WINDOW_SESSION);
  if (ph_session_get_importing (ph_player_get_session (ph_window_get_player (window))))
    return TRUE;

  g_test_skip ("it was there before anybody could look");

  return FALSE;
}

static const char *
opening_text (PhWindow *window)
{
  GtkWidget *page = ui_driver_find (GTK_WIDGET (window), ADW_TYPE_STATUS_PAGE, "opening_page");

  return adw_status_page_get_description (ADW_STATUS_PAGE (page));
}

static gboolean
says_how_far (gpointer data)
{
  return strchr (opening_text (data), '%') != NULL ||
         ph_window_get_state (data) == PH_WINDOW_SESSION ||
         ph_window_get_state (data) == PH_WINDOW_ERROR;
}

/* Until the first picture has been read there is nothing else to show. */
static void
test_opening_says_how_far (void)
{
  PhWindow *window = ui_driver_window (ui_driver_application ());
  g_autoptr (GFile) whole = long_recording ("whole.ndjson");
  g_autofree char *text = NULL;
  g_autoptr (GFile) file = NULL;

  g_assert_true (g_file_load_contents (whole, NULL, &text, NULL, NULL, NULL));
  /* The page comes at the very end. */
  {
    char *snapshot = strstr (text, "{\"type\":2");
    gsize length = (gsize) (strchr (snapshot, '\n') - snapshot);
    g_autofree char *line = g_strndup (snapshot, length);
    g_autofree char *late = NULL;

    memset (snapshot, ' ', length);
    late = g_strconcat (text, line, "\n", NULL);
    file = ui_driver_file ("<b>late.ndjson", late);
  }

  ph_window_open (window, file);
  g_assert_cmpstr (opening_text (window), ==, "&lt;b&gt;late.ndjson");
  ui_driver_wait (says_how_far, window);
  if (ph_window_get_state (window) == PH_WINDOW_SESSION)
    g_test_skip ("it was there before anybody could look");
  else
    g_assert_true (g_str_has_prefix (opening_text (window), "&lt;b&gt;late.ndjson\n"));

  ui_driver_wait_state (window, PH_WINDOW_SESSION);
  ui_driver_close_all (ui_driver_application ());
}

static gboolean
is_imported (gpointer data)
{
  return !ph_session_get_importing (data);
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

static PhSession *
session_of (PhWindow *window)
{
  return ph_player_get_session (ph_window_get_player (window));
}

static gboolean
can_stop (PhWindow *window)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (window), "stop-import");
}

static PhImportStrip *
strip_of (PhWindow *window)
{
  return PH_IMPORT_STRIP (ui_driver_find (GTK_WIDGET (window), PH_TYPE_IMPORT_STRIP, NULL));
}

static const char *
notice_of (PhWindow *window)
{
  GtkWidget *bar = ui_driver_find (GTK_WIDGET (window), PH_TYPE_HEALTH_BAR, NULL);

  return gtk_widget_get_visible (bar) ? ph_health_bar_get_title (PH_HEALTH_BAR (bar)) : NULL;
}

static void
test_window_follows (void)
{
  PhWindow *window = ui_driver_window (ui_driver_application ());
  g_autoptr (GFile) file = long_recording ("follows.ndjson");
  PhTimeline *timeline;

  if (open_while_importing (window, file))
    {
      timeline = PH_TIMELINE (ui_driver_find (GTK_WIDGET (window), PH_TYPE_TIMELINE, NULL));
      g_assert_true (can_stop (window));
      g_assert_true (g_str_has_prefix (ph_import_strip_get_text (strip_of (window)), "Importing"));
      g_assert_cmpuint (ph_timeline_get_track (timeline)->errors.n, ==, 0);
      g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "next-error"));

      ui_driver_wait (is_imported, session_of (window));
      g_assert_false (can_stop (window));
      g_assert_null (ph_import_strip_get_text (strip_of (window)));
      g_assert_null (notice_of (window));
      g_assert_cmpuint (ph_timeline_get_track (timeline)->errors.n, ==, 1);
      g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "next-error"));
      g_action_group_activate_action (G_ACTION_GROUP (window), "next-error", NULL);
      ui_driver_wait_position (ph_window_get_player (window), LAST_SECOND * PH_SECOND);
    }

  ui_driver_close_all (ui_driver_application ());
}

static void
test_window_stops (void)
{
  PhWindow *window = ui_driver_window (ui_driver_application ());
  g_autoptr (GFile) file = long_recording ("stops.ndjson");

  if (open_while_importing (window, file))
    {
      PhSession *session = session_of (window);

      g_action_group_activate_action (G_ACTION_GROUP (window), "stop-import", NULL);
      ui_driver_wait (is_imported, session);
      g_assert_cmpint (ph_session_get_span (session).end, <, LAST_SECOND * PH_SECOND);
      g_assert_false (can_stop (window));
      g_assert_null (ph_import_strip_get_text (strip_of (window)));
      g_assert_cmpstr (notice_of (window), ==,
                       "Only the first part is shown: importing was stopped");

      /* That part is a recording like any other. */
      g_action_group_activate_action (G_ACTION_GROUP (window), "seek-end", NULL);
      ui_driver_wait_position (ph_window_get_player (window), ph_session_get_span (session).end);
    }

  ui_driver_close_all (ui_driver_application ());
}

/* A file that may not grow further stands for a disk that is full. */
static void
test_window_says_why (void)
{
  PhWindow *window = ui_driver_window (ui_driver_application ());
  g_autoptr (GFile) file = long_recording ("fails.ndjson");
  struct rlimit before;
  struct rlimit small;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  small = before;
  small.rlim_cur = 2 * 1024 * 1024;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);

  if (open_while_importing (window, file))
    {
      ui_driver_wait (is_imported, session_of (window));
      g_test_message ("%s", notice_of (window));
      g_assert_true (g_str_has_prefix (notice_of (window), "Only the first part is shown: "));
      g_assert_null (strstr (notice_of (window), "stopped"));
      g_assert_null (strstr (notice_of (window), "fails.ndjson"));
      g_assert_null (ph_import_strip_get_text (strip_of (window)));
    }

  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  ui_driver_close_all (ui_driver_application ());
}

/* Something else is opened, or nothing more is wanted: the import goes with the session. */
static void
test_window_moves_on (void)
{
  PhWindow *window = ui_driver_window (ui_driver_application ());
  g_autoptr (GFile) first = long_recording ("moves-on.ndjson");
  g_autoptr (GFile) second = ui_driver_recording ("second.ndjson");
  PhSession *session;

  if (open_while_importing (window, first))
    {
      session = session_of (window);
      g_object_add_weak_pointer (G_OBJECT (session), (gpointer *) &session);
      ph_window_open (window, second);
      ui_driver_wait (is_gone, &session);
      ui_driver_wait_state (window, PH_WINDOW_SESSION);
      ui_driver_wait (is_imported, session_of (window));
      g_assert_null (ph_import_strip_get_text (strip_of (window)));
      g_assert_null (notice_of (window));
      g_assert_cmpint (ph_session_get_span (session_of (window)).end, ==, 60 * PH_SECOND);
    }

  ph_window_open (window, first);
  ui_driver_wait_state (window, PH_WINDOW_SESSION);
  ui_driver_close_all (ui_driver_application ());
  ui_driver_spin (200);
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc,
      char **argv)
{
  ui_driver_init (&argc, &argv, TRUE);

  ADD ("/importing/refresh-is-still", test_refresh_is_still);
  ADD ("/importing/room-for-more", test_room_for_more);
  ADD ("/importing/drag-is-still", test_drag_is_still);
  ADD ("/importing/strip", test_strip);
  ADD ("/importing/narrow", test_narrow);
  ADD ("/importing/address", test_address);
  g_test_add_func ("/importing/drawing", test_drawing);
  g_test_add_func ("/importing/many-marks", test_many_marks);
  g_test_add_func ("/importing/notice", test_notice);
  g_test_add_func ("/importing/findings-stay", test_findings_stay);
  g_test_add_func ("/importing/opening-says-how-far", test_opening_says_how_far);
  g_test_add_func ("/importing/window-follows", test_window_follows);
  g_test_add_func ("/importing/window-stops", test_window_stops);
  g_test_add_func ("/importing/window-moves-on", test_window_moves_on);
  g_test_add_func ("/importing/window-says-why", test_window_says_why);

  return ui_driver_run ();
}
