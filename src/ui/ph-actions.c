/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-actions.h"

#include <glib/gi18n.h>

static const PhAction actions[] = {
  { "win.play", N_ ("Play or pause"), PH_ACTION_PLAYING, { "space", "k" } },
  { "win.slower",
    N_ ("Slower"),
    PH_ACTION_PLAYING,
    { "bracketleft" },
    .pair = N_ ("Slower, faster") },
  { "win.faster", N_ ("Faster"), PH_ACTION_PLAYING, { "bracketright" } },
  { "win.speed(1.0)", N_ ("Normal speed"), PH_ACTION_PLAYING, { "BackSpace" } },
  { "win.shuttle(-1)",
    N_ ("Backwards, faster each time"),
    PH_ACTION_PLAYING,
    { "j" },
    .pair = N_ ("Backwards, forwards, faster each time") },
  { "win.shuttle(1)", N_ ("Forwards, faster each time"), PH_ACTION_PLAYING, { "l" } },
  { "win.skip-idle", N_ ("Jump over idle time"), PH_ACTION_PLAYING, { "g" } },

  { "win.fullscreen", N_ ("Full screen"), PH_ACTION_VIEW, { "F11", "f" }, N_ ("_Fullscreen"), 0 },
  { "win.leave", N_ ("Leave a note, full screen"), PH_ACTION_VIEW, { "Escape" } },
  { "win.trail", N_ ("Trail of the pointer"), PH_ACTION_VIEW, { NULL }, N_ ("Pointer _Trail"), 0 },

  { "win.seek-by(int64 -5000000)",
    N_ ("Five seconds back"),
    PH_ACTION_MOVING,
    { "Left" },
    .pair = N_ ("Five seconds back, forward") },
  { "win.seek-by(int64 5000000)", N_ ("Five seconds forward"), PH_ACTION_MOVING, { "Right" } },
  { "win.seek-by(int64 -1000000)",
    N_ ("One second back"),
    PH_ACTION_MOVING,
    { "<Shift>Left" },
    .pair = N_ ("One second back, forward") },
  { "win.seek-by(int64 1000000)", N_ ("One second forward"), PH_ACTION_MOVING, { "<Shift>Right" } },
  { "win.seek-start", N_ ("Start"), PH_ACTION_MOVING, { "Home" }, .pair = N_ ("Start, end") },
  { "win.seek-end", N_ ("End"), PH_ACTION_MOVING, { "End" } },

  { "win.next-error",
    N_ ("Next error"),
    PH_ACTION_MARKERS,
    { "e" },
    .pair = N_ ("Next, previous error") },
  { "win.previous-error", N_ ("Previous error"), PH_ACTION_MARKERS, { "<Shift>e" } },
  { "win.previous-marker",
    N_ ("Previous marker"),
    PH_ACTION_MARKERS,
    { "<Ctrl>Left" },
    .pair = N_ ("Previous, next marker") },
  { "win.next-marker", N_ ("Next marker"), PH_ACTION_MARKERS, { "<Ctrl>Right" } },
  { "win.previous-page",
    N_ ("Previous page"),
    PH_ACTION_MARKERS,
    { "<Ctrl>bracketleft" },
    .pair = N_ ("Previous, next page") },
  { "win.next-page", N_ ("Next page"), PH_ACTION_MARKERS, { "<Ctrl>bracketright" } },

  { "win.note", N_ ("Write a note"), PH_ACTION_NOTES, { "n" } },
  { "win.notes", N_ ("Show the notes"), PH_ACTION_NOTES, { "F9" }, N_ ("_Notes"), 0 },
  { "win.previous-note",
    N_ ("Previous note"),
    PH_ACTION_NOTES,
    { "<Ctrl>Up" },
    .pair = N_ ("Previous, next note") },
  { "win.next-note", N_ ("Next note"), PH_ACTION_NOTES, { "<Ctrl>Down" } },
  { "win.undo", N_ ("Undo"), PH_ACTION_NOTES, { "<Ctrl>z" }, .pair = N_ ("Undo, redo") },
  { "win.redo", N_ ("Redo"), PH_ACTION_NOTES, { "<Ctrl><Shift>z" } },
  { "win.export-notes", N_ ("Export the notes"), PH_ACTION_NOTES, { "<Ctrl><Shift>e" } },

  { "win.mark-in",
    N_ ("Mark where a clip begins"),
    PH_ACTION_CLIPS,
    { "i" },
    .pair = N_ ("Mark where a clip begins, ends") },
  { "win.mark-out", N_ ("Mark where a clip ends"), PH_ACTION_CLIPS, { "o" } },
  { "win.go-to-mark(0)",
    N_ ("Go to its begin"),
    PH_ACTION_CLIPS,
    { "<Shift>i" },
    .pair = N_ ("Go to its begin, end") },
  { "win.go-to-mark(1)", N_ ("Go to its end"), PH_ACTION_CLIPS, { "<Shift>o" } },
  { "win.nudge-mark(-1)",
    N_ ("Last mark an event back"),
    PH_ACTION_CLIPS,
    { "<Ctrl><Shift>Left" },
    .pair = N_ ("Last mark an event back, forward") },
  { "win.nudge-mark(1)",
    N_ ("Last mark an event forward"),
    PH_ACTION_CLIPS,
    { "<Ctrl><Shift>Right" } },
  { "win.clear-marks", N_ ("Take the marks away"), PH_ACTION_CLIPS, { "x" } },
  { "win.loop", N_ ("Play what is marked in a loop"), PH_ACTION_CLIPS, { "r" } },
  { "win.export-clip",
    N_ ("Export a clip"),
    PH_ACTION_CLIPS,
    { "<Ctrl>e" },
    N_ ("Export _Clip…"),
    0 },

  { "win.open", N_ ("Open a recording"), PH_ACTION_GENERAL, { "<Ctrl>o" } },
  { "win.open-folder",
    N_ ("Open a folder"),
    PH_ACTION_GENERAL,
    { NULL },
    N_ ("Open _Folder…"),
    0 },
  { "win.sessions",
    N_ ("Other sessions of this archive"),
    PH_ACTION_GENERAL,
    { NULL },
    N_ ("_Other Sessions"),
    0 },
  { "win.assets",
    N_ ("Missing files"),
    PH_ACTION_GENERAL,
    { "<Ctrl>m" },
    N_ ("_Missing Files"),
    0 },
  { "win.properties",
    N_ ("Properties"),
    PH_ACTION_GENERAL,
    { NULL },
    N_ ("_Properties"),
    0 },
  { "app.new-window", N_ ("New window"), PH_ACTION_GENERAL, { "<Ctrl>n" }, N_ ("_New Window"), 0 },
  { "win.menu", N_ ("Main menu"), PH_ACTION_GENERAL, { "F10" } },
  { "win.next-bar", N_ ("Next bar"), PH_ACTION_GENERAL, { "F6" } },
  { "win.show-help-overlay",
    N_ ("Keyboard shortcuts"),
    PH_ACTION_GENERAL,
    { "<Ctrl>question" },
    N_ ("_Keyboard Shortcuts"),
    1 },
  { "window.close", N_ ("Close window"), PH_ACTION_GENERAL, { "<Ctrl>w" } },
  { "app.quit", N_ ("Quit"), PH_ACTION_GENERAL, { "<Ctrl>q" } },
  { "app.about", N_ ("About Playhead"), PH_ACTION_GENERAL, { NULL }, N_ ("_About Playhead"), 1 },
};

const PhAction *
ph_actions_get (guint *n)
{
  *n = G_N_ELEMENTS (actions);

  return actions;
}

const char *
ph_actions_group_title (PhActionGroup group)
{
  static const char *const titles[PH_ACTION_N_GROUPS] = {
    [PH_ACTION_PLAYING] = N_ ("Playing"),
    [PH_ACTION_VIEW] = N_ ("View"),
    [PH_ACTION_MOVING] = N_ ("Moving in Time"),
    [PH_ACTION_MARKERS] = N_ ("Finding Moments"),
    [PH_ACTION_NOTES] = N_ ("Notes"),
    [PH_ACTION_CLIPS] = N_ ("Clips"),
    [PH_ACTION_GENERAL] = N_ ("General"),
  };

  g_return_val_if_fail (group < PH_ACTION_N_GROUPS, NULL);

  return titles[group];
}

static gboolean
is_widget_key (guint key)
{
  static const guint keys[] = {
    GDK_KEY_Up,
    GDK_KEY_Down,
    GDK_KEY_Left,
    GDK_KEY_Right,
    GDK_KEY_Home,
    GDK_KEY_End,
    GDK_KEY_Escape,
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      if (keys[i] == key)
        return TRUE;
    }

  return FALSE;
}

gboolean
ph_actions_accel_is_bare (const char *accel)
{
  GdkModifierType modifiers;
  guint key;

  if (!gtk_accelerator_parse (accel, &key, &modifiers))
    return FALSE;

  if (is_widget_key (key))
    return TRUE;

  return (modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) == 0 &&
         (key < GDK_KEY_F1 || key > GDK_KEY_F35);
}

void
ph_actions_install_accels (GtkApplication *application)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      const char *accels[G_N_ELEMENTS (actions[i].accels) + 1] = { NULL };
      guint n = 0;

      for (guint j = 0; actions[i].accels[j] != NULL; j++)
        {
          if (!ph_actions_accel_is_bare (actions[i].accels[j]))
            accels[n++] = actions[i].accels[j];
        }

      if (n > 0)
        gtk_application_set_accels_for_action (application, actions[i].name, accels);
    }
}

static void
add_shortcut (GtkShortcutController *controller,
              const PhAction *action,
              const char *accel)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;
  GtkShortcut *shortcut;

  if (!g_action_parse_detailed_name (action->name, &name, &target, NULL))
    g_assert_not_reached ();

  shortcut = gtk_shortcut_new (gtk_shortcut_trigger_parse_string (accel),
                               gtk_named_action_new (name));
  gtk_shortcut_set_arguments (shortcut, target);
  gtk_shortcut_controller_add_shortcut (controller, shortcut);
}

GtkEventController *
ph_actions_new_controller (void)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      for (guint j = 0; actions[i].accels[j] != NULL; j++)
        {
          if (ph_actions_accel_is_bare (actions[i].accels[j]))
            add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), &actions[i], actions[i].accels[j]);
        }
    }

  gtk_event_controller_set_name (controller, "ph-shortcuts");
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_BUBBLE);

  return controller;
}

GMenuModel *
ph_actions_new_menu (void)
{
  GMenu *menu = g_menu_new ();

  for (guint section = 0; section < 2; section++)
    {
      g_autoptr (GMenu) items = g_menu_new ();

      for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
        {
          if (actions[i].menu != NULL && actions[i].section == section)
            g_menu_append (items, gettext (actions[i].menu), actions[i].name);
        }

      g_menu_append_section (menu, NULL, G_MENU_MODEL (items));
    }

  return G_MENU_MODEL (menu);
}
