/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-sessions.h"

#include "ph-limits.h"
#include "ph-recent.h"
#include "ph-span.h"
#include "ph-visible.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* More rows than this are not made: nobody reads on, and each is a widget. */
#define MAX_ROWS 1000

struct _PhSessions
{
  GtkWidget parent_instance;

  /* Template children */
  AdwStatusPage *page;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (PhSessions, ph_sessions, GTK_TYPE_WIDGET)

/* When it began, on the clock of whoever looks; NULL when that is not known. */
static char *
format_begin (const PhInputPart *part)
{
  g_autoptr (GDateTime) date = NULL;

  if (part->begin != 0)
    date = g_date_time_new_from_unix_local (part->begin / PH_SECOND);

  return date != NULL ? g_date_time_format (date, "%c") : NULL;
}

/* What else there is to know it by: its first page, where it is in the archive, how long it is. */
static char *
describe (const PhInputPart *part,
          gboolean has_title)
{
  GString *text = g_string_new (NULL);
  g_autofree char *size = g_format_size ((guint64) part->bytes);
  g_autofree char *address =
    part->address != NULL ? ph_visible_capped (part->address, PH_LIMIT_LABEL_CHARS) : NULL;
  g_autofree char *title = ph_visible_capped (part->title, PH_LIMIT_LABEL_CHARS);

  if (address != NULL)
    g_string_append_printf (text, "%s\n", address);

  if (has_title)
    g_string_append_printf (text, "%s · ", title);

  if (part->n_files > 1)
    {
      g_string_append_printf (text, ngettext ("%u file", "%u files", part->n_files),
                              part->n_files);
      g_string_append (text, " · ");
    }

  g_string_append (text, size);

  return g_string_free (text, FALSE);
}

static GtkWidget *
new_row (const PhInputPart *part)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", "go-next-symbolic",
                                  "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  g_autofree char *begin = format_begin (part);
  g_autofree char *title = ph_visible_capped (part->title, PH_LIMIT_LABEL_CHARS);
  g_autofree char *about = describe (part, begin != NULL);

  /* Before the texts: a file may be called `<b>`. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), begin != NULL ? begin : title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), about);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  gtk_widget_add_css_class (icon, "dim-label");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), icon);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.open-part");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", part->key);

  return row;
}

void
ph_sessions_set_parts (PhSessions *self,
                       GFile *input,
                       GPtrArray *parts)
{
  g_autofree char *name = NULL;
  g_autofree char *markup = NULL;
  g_autofree char *title = NULL;
  GtkWidget *child;

  g_return_if_fail (PH_IS_SESSIONS (self));
  g_return_if_fail (G_IS_FILE (input) && parts != NULL);

  name = ph_recent_file_name (input);
  markup = ph_visible_markup (name);
  title = g_strdup_printf (
    ngettext ("This Archive Holds %u Session", "This Archive Holds %u Sessions", parts->len),
    parts->len);
  adw_status_page_set_title (self->page, title);
  adw_status_page_set_description (self->page, markup);

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);

  for (guint i = 0; i < MIN (parts->len, MAX_ROWS); i++)
    gtk_list_box_append (self->list, new_row (parts->pdata[i]));

  child = gtk_widget_get_first_child (GTK_WIDGET (self->list));

  if (child != NULL)
    gtk_widget_grab_focus (child);
}

static void
ph_sessions_dispose (GObject *object)
{
  PhSessions *self = PH_SESSIONS (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), PH_TYPE_SESSIONS);

  G_OBJECT_CLASS (ph_sessions_parent_class)->dispose (object);
}

static void
ph_sessions_class_init (PhSessionsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ph_sessions_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/playhead_viewer/Playhead/ph-sessions.ui");
  gtk_widget_class_bind_template_child (widget_class, PhSessions, page);
  gtk_widget_class_bind_template_child (widget_class, PhSessions, list);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "sessions");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
ph_sessions_init (PhSessions *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
