/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-shortcuts.h"

#include "ph-actions.h"

#include <glib/gi18n.h>

static void
append_shortcut (GString *xml,
                 const PhAction *action)
{
  const char *text = action->pair != NULL ? action->pair : action->title;
  g_autofree char *title = g_markup_escape_text (gettext (text), -1);
  g_autoptr (GString) accels = g_string_new (NULL);
  g_autofree char *escaped = NULL;

  for (guint i = 0; action->accels[i] != NULL; i++)
    g_string_append_printf (accels, "%s ", action->accels[i]);

  if (action->pair != NULL)
    g_string_append (accels, action[1].accels[0]);

  escaped = g_markup_escape_text (g_strchomp (accels->str), -1);
  g_string_append_printf (xml,
                          "<child><object class='GtkShortcutsShortcut'>"
                          "<property name='title'>%s</property>"
                          "<property name='accelerator'>%s</property>"
                          "</object></child>",
                          title, escaped);
}

static void
append_group (GString *xml,
              PhActionGroup group)
{
  g_autofree char *title = g_markup_escape_text (gettext (ph_actions_group_title (group)), -1);
  guint n;
  const PhAction *actions = ph_actions_get (&n);

  g_string_append_printf (xml,
                          "<child><object class='GtkShortcutsGroup'>"
                          "<property name='title'>%s</property>",
                          title);

  for (guint i = 0; i < n; i++)
    {
      if (actions[i].group != group || actions[i].accels[0] == NULL)
        continue;

      append_shortcut (xml, &actions[i]);
      if (actions[i].pair != NULL)
        i++;
    }

  g_string_append (xml, "</object></child>");
}

static void
append_section (GString *xml,
                const char *name,
                const char *title,
                PhActionGroup first,
                PhActionGroup last)
{
  g_autofree char *escaped = g_markup_escape_text (title, -1);

  g_string_append_printf (xml,
                          "<child><object class='GtkShortcutsSection'>"
                          "<property name='section-name'>%s</property>"
                          "<property name='title'>%s</property>"
                          "<property name='max-height'>13</property>",
                          name, escaped);

  for (PhActionGroup group = first; group <= last; group++)
    append_group (xml, group);

  g_string_append (xml, "</object></child>");
}

/*
 * GTK 4.8 has no call that adds a shortcut to a group: a builder is the only
 * way. The height keeps all groups of a section on one page, which fits a small
 * screen: with two pages GTK 4.8 shows the last one first.
 */
GtkShortcutsWindow *
ph_shortcuts_window_new (void)
{
  g_autoptr (GString) xml = g_string_new ("<interface>"
                                          "<object class='GtkShortcutsWindow' id='window'>"
                                          "<property name='modal'>1</property>");
  g_autoptr (GtkBuilder) builder = NULL;
  GObject *window;

  append_section (xml, "watching", _ ("Watching"), PH_ACTION_PLAYING, PH_ACTION_MARKERS);
  append_section (xml, "keeping", _ ("Notes and Clips"), PH_ACTION_NOTES, PH_ACTION_CLIPS);
  append_section (xml, "general", _ ("General"), PH_ACTION_GENERAL, PH_ACTION_GENERAL);

  g_string_append (xml, "</object></interface>");
  builder = gtk_builder_new_from_string (xml->str, (gssize) xml->len);
  window = gtk_builder_get_object (builder, "window");
  /* Else the last one is shown. */
  g_object_set (window, "section-name", "watching", NULL);

  return GTK_SHORTCUTS_WINDOW (window);
}
