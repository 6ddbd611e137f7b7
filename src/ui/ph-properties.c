/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-properties.h"

#include "ph-visible.h"

#include <glib/gi18n.h>

/* A value that is longer is cut; copying takes all of it. */
#define MAX_CHARS 2000

struct _PhProperties
{
  AdwWindow parent_instance;

  AdwPreferencesGroup *recording;
  AdwPreferencesGroup *user;
  AdwPreferencesGroup *device;
  AdwPreferencesGroup *properties;
  AdwToastOverlay *toasts;
  PhSession *session;
  GPtrArray *rows; /* each is in one of the groups */
  GString *text;
};

G_DEFINE_FINAL_TYPE (PhProperties, ph_properties, ADW_TYPE_WINDOW)

/* Names that all formats share, in words; others are shown as they are. */
static const struct
{
  const char *name;
  const char *title;
} titles[] = {
  { "id", N_ ("Identity") },
  { "name", N_ ("Name") },
  { "email", N_ ("E-mail") },
  { "browser", N_ ("Browser") },
  { "browser_version", N_ ("Browser Version") },
  { "os", N_ ("Operating System") },
  { "os_version", N_ ("Operating System Version") },
  { "device", N_ ("Device") },
  { "device_type", N_ ("Kind of Device") },
  { "user_agent", N_ ("User Agent") },
  { "screen", N_ ("Screen") },
  { "viewport", N_ ("Viewport") },
  { "language", N_ ("Language") },
  { "country", N_ ("Country") },
  { "session_id", N_ ("Session") },
  { "project", N_ ("Project") },
  { "release", N_ ("Release") },
  { "environment", N_ ("Environment") },
  { "sdk", N_ ("Recorded With") },
  { "sdk_version", N_ ("Version of the Recorder") },
  { "tags", N_ ("Tags") },
  { "url", N_ ("Address") },
};

static const char *
get_title (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    if (g_str_equal (titles[i].name, name))
      return _ (titles[i].title);

  return name;
}

static void
add_row (PhProperties *self,
         AdwPreferencesGroup *group,
         const char *name,
         const char *value)
{
  g_autofree char *title = ph_visible_text (name);
  g_autofree char *shown = ph_visible_capped (value, MAX_CHARS);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *label = gtk_label_new (shown);

  /* Archive text is never markup. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 44);
  gtk_widget_set_margin_top (label, 8);
  gtk_widget_set_margin_bottom (label, 8);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_accessible_update_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, label,
                                  NULL, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->rows, row);
  gtk_widget_set_visible (GTK_WIDGET (group), TRUE);
  g_string_append_printf (self->text, "%s: %s\n", title, value);
}

static void
add_facts (PhProperties *self,
           AdwPreferencesGroup *group,
           const PhFacts *facts,
           PhFactSection section)
{
  for (guint i = 0; i < ph_facts_get_n (facts, section); i++)
    {
      g_autofree char *value = ph_facts_dup_text (facts, section, i);

      add_row (self, group, get_title (ph_facts_get_name (facts, section, i)), value);
    }
}

static void
add_times (PhProperties *self,
           PhSession *session)
{
  gint64 start = ph_session_get_start_time (session);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (start / PH_SECOND);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;
  g_autofree char *began = local != NULL ? g_date_time_format (local, "%c") : NULL;
  g_autofree char *length = ph_time_format_tenths (ph_span_length (ph_session_get_span (session)));

  if (began != NULL)
    add_row (self, self->recording, _ ("Began"), began);

  add_row (self, self->recording, _ ("Duration"), length);
}

static void
add_recording (PhProperties *self)
{
  PhSession *session = self->session;
  g_autofree char *file = ph_session_dup_file_name (ph_session_get_file (session));
  g_autofree char *size = g_format_size ((guint64) ph_session_get_archive_bytes (session));
  g_autofree char *events = g_strdup_printf ("%'u", ph_session_get_n_events (session));
  const char *format = ph_session_get_format (session);
  const char *recorder = ph_session_get_recorder (session);

  add_row (self, self->recording, _ ("Title"), ph_session_get_title (session));
  add_row (self, self->recording, _ ("File"), file);
  add_row (self, self->recording, _ ("Size"), size);

  if (format != NULL)
    add_row (self, self->recording, _ ("Format"), format);

  if (recorder != NULL)
    add_row (self, self->recording, _ ("Recorder"), recorder);

  add_times (self, session);
  add_row (self, self->recording, _ ("Events"), events);
}

/* More of it may have come while it is being imported. */
static void
refresh (PhProperties *self)
{
  AdwPreferencesGroup *groups[] = { self->user, self->device, self->properties };
  const PhFacts *facts = ph_session_get_facts (self->session);

  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = self->rows->pdata[i];
      GtkWidget *group = gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP);

      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (group), row);
    }

  g_ptr_array_set_size (self->rows, 0);
  g_string_truncate (self->text, 0);
  add_recording (self);

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      gtk_widget_set_visible (GTK_WIDGET (groups[i]), FALSE);
      add_facts (self, groups[i], facts, (PhFactSection) i);
    }
}

static void
copy_action (GtkWidget *widget,
             const char *action_name,
             GVariant *parameter)
{
  PhProperties *self = PH_PROPERTIES (widget);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), self->text->str);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (_ ("Copied")));
}

static void
ph_properties_finalize (GObject *object)
{
  PhProperties *self = PH_PROPERTIES (object);

  g_clear_object (&self->session);
  g_ptr_array_unref (self->rows);
  g_string_free (self->text, TRUE);

  G_OBJECT_CLASS (ph_properties_parent_class)->finalize (object);
}

static void
ph_properties_class_init (PhPropertiesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ph_properties_finalize;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/playhead_viewer/Playhead/ph-properties.ui");
  gtk_widget_class_bind_template_child (widget_class, PhProperties, recording);
  gtk_widget_class_bind_template_child (widget_class, PhProperties, user);
  gtk_widget_class_bind_template_child (widget_class, PhProperties, device);
  gtk_widget_class_bind_template_child (widget_class, PhProperties, properties);
  gtk_widget_class_bind_template_child (widget_class, PhProperties, toasts);

  gtk_widget_class_install_action (widget_class, "properties.copy", NULL, copy_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
ph_properties_init (PhProperties *self)
{
  self->text = g_string_new (NULL);
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
ph_properties_new (GtkWindow *parent,
                   PhSession *session)
{
  PhProperties *self;

  g_return_val_if_fail (PH_IS_SESSION (session), NULL);

  self = g_object_new (PH_TYPE_PROPERTIES, "transient-for", parent, "modal", TRUE,
                       "destroy-with-parent", TRUE, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);

  return GTK_WIDGET (self);
}

char *
ph_properties_dup_text (PhProperties *self)
{
  g_return_val_if_fail (PH_IS_PROPERTIES (self), NULL);

  return g_strdup (self->text->str);
}
