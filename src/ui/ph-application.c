/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-application.h"

#include "ph-about.h"
#include "ph-actions.h"
#include "ph-input.h"
#include "ph-listing.h"
#include "ph-settings.h"
#include "ph-window.h"

#include <glib/gi18n.h>

struct _PhApplication
{
  AdwApplication parent_instance;

  PhClipQueue *clips;
};

G_DEFINE_FINAL_TYPE (PhApplication, ph_application, ADW_TYPE_APPLICATION)

static void
apply_style (const char *style)
{
  AdwColorScheme scheme = ADW_COLOR_SCHEME_DEFAULT;

  if (g_str_equal (style, "light"))
    scheme = ADW_COLOR_SCHEME_FORCE_LIGHT;
  else if (g_str_equal (style, "dark"))
    scheme = ADW_COLOR_SCHEME_FORCE_DARK;

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), scheme);
}

static void
change_style (GSimpleAction *action,
              GVariant *value,
              gpointer user_data)
{
  const char *style = g_variant_get_string (value, NULL);

  if (!g_str_equal (style, "default") && !g_str_equal (style, "light") &&
      !g_str_equal (style, "dark"))
    return;

  apply_style (style);
  ph_settings_set_string ("style", style);
  g_simple_action_set_state (action, value);
}

static void
new_window_action (GSimpleAction *action,
                   GVariant *parameter,
                   gpointer user_data)
{
  gtk_window_present (GTK_WINDOW (ph_window_new (user_data)));
}

static void
about_action (GSimpleAction *action,
              GVariant *parameter,
              gpointer user_data)
{
  ph_about_present (gtk_application_get_active_window (user_data));
}

static void
quit_action (GSimpleAction *action,
             GVariant *parameter,
             gpointer user_data)
{
  GList *windows = gtk_application_get_windows (user_data);

  for (GList *l = windows; l != NULL; l = l->next)
    if (PH_IS_WINDOW (l->data))
      {
        if (ph_window_ask_about_clips (l->data, TRUE))
          return;

        break;
      }

  /* Each window writes down its size as it closes; dialogs go with theirs. */
  windows = g_list_copy_deep (windows, (GCopyFunc) (GCallback) g_object_ref, NULL);

  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_close (l->data);

  g_list_free_full (windows, g_object_unref);

  /* One that asks something first stays. */
  if (gtk_application_get_windows (user_data) == NULL)
    g_application_quit (user_data);
}

static void
ph_application_startup (GApplication *application)
{
  static const GActionEntry entries[] = {
    { .name = "new-window", .activate = new_window_action },
    { .name = "about", .activate = about_action },
    { .name = "quit", .activate = quit_action },
    { .name = "style",
      .parameter_type = "s",
      .state = "'default'",
      .change_state = change_style },
  };
  g_autofree char *style = NULL;
  GAction *action;

  G_APPLICATION_CLASS (ph_application_parent_class)->startup (application);

  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries),
                                   application);
  style = ph_settings_get_string ("style");
  action = g_action_map_lookup_action (G_ACTION_MAP (application), "style");
  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_string (style));
  apply_style (style);
  ph_actions_install_accels (GTK_APPLICATION (application));
  gtk_window_set_default_icon_name (PH_APP_ID);
}

static void
ph_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window == NULL)
    window = GTK_WINDOW (ph_window_new (GTK_APPLICATION (application)));

  gtk_window_present (window);
}

/* The window that has @file, else one with nothing in it, else a new one. */
static PhWindow *
find_window (GtkApplication *application,
             GFile *file)
{
  PhWindow *empty = NULL;

  for (GList *l = gtk_application_get_windows (application); l != NULL; l = l->next)
    {
      GFile *other;

      if (!PH_IS_WINDOW (l->data))
        continue;

      other = ph_window_get_file (l->data);
      if (other == NULL)
        empty = l->data;
      else if (ph_input_equal (other, file))
        return l->data;
    }

  return empty != NULL ? empty : PH_WINDOW (ph_window_new (application));
}

static void
open_input (GtkApplication *application,
            GFile *input)
{
  PhWindow *window = find_window (application, input);
  GFile *file = ph_window_get_file (window);

  if (file == NULL || !ph_input_equal (file, input) ||
      ph_window_get_state (window) == PH_WINDOW_ERROR)
    ph_window_open (window, input);

  gtk_window_present (GTK_WINDOW (window));
}

static void
arranged_cb (GObject *object,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (GApplication) application = user_data;
  g_autoptr (GPtrArray) inputs = ph_listing_arrange_finish (result, NULL);

  for (guint i = 0; inputs != NULL && i < inputs->len; i++)
    open_input (GTK_APPLICATION (application), inputs->pdata[i]);

  g_application_release (application);
}

static void
ph_application_open (GApplication *application,
                     GFile **files,
                     int n_files,
                     const char *hint)
{
  /* Parts of one session are opened as one. */
  if (n_files > 1)
    {
      g_application_hold (application);
      ph_listing_arrange_async (files, (guint) n_files, NULL, arranged_cb,
                                g_object_ref (application));
    }
  else if (n_files == 1)
    {
      open_input (GTK_APPLICATION (application), files[0]);
    }
}

/* What is not finished by now is given up. */
static void
ph_application_dispose (GObject *object)
{
  g_clear_object (&PH_APPLICATION (object)->clips);

  G_OBJECT_CLASS (ph_application_parent_class)->dispose (object);
}

static void
ph_application_class_init (PhApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_application_dispose;
  application_class->startup = ph_application_startup;
  application_class->activate = ph_application_activate;
  application_class->open = ph_application_open;
}

static void
ph_application_init (PhApplication *self)
{
  self->clips = ph_clip_queue_new ();
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _ ("[FILE…]"));
  g_application_set_option_context_summary (G_APPLICATION (self),
                                            _ ("Watch recorded web sessions."));
}

PhApplication *
ph_application_new (GApplicationFlags flags)
{
  return g_object_new (PH_TYPE_APPLICATION,
                       "application-id", PH_APP_ID,
                       "resource-base-path", "/io/github/playhead_viewer/Playhead",
                       "flags", G_APPLICATION_HANDLES_OPEN | flags,
                       NULL);
}

PhClipQueue *
ph_application_get_clips (PhApplication *self)
{
  g_return_val_if_fail (PH_IS_APPLICATION (self), NULL);

  return self->clips;
}
