/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-health-bar.h"

#include "ph-visible.h"

#include <glib/gi18n.h>

struct _PhHealthBar
{
  GtkWidget parent_instance;

  PhSession *session;
  char *notice;                      /* said before what the session itself says, or NULL */
  char *dismissed;                   /* what the person has read, or NULL */
  guint64 counts[PH_HEALTH_N_KINDS]; /* of the findings that are listed */

  /* Template children */
  GtkRevealer *revealer;
  GtkLabel *title;
  GtkMenuButton *details;
  GtkBox *findings;
};

G_DEFINE_FINAL_TYPE (PhHealthBar, ph_health_bar, GTK_TYPE_WIDGET)

/* The findings a viewer is told of, the most important first. */
static const struct
{
  PhHealthKind kind;
  const char *title;
} shown[] = {
  { PH_HEALTH_TRUNCATED, N_ ("This recording ends early: the file was cut off") },
  { PH_HEALTH_NO_FULL_SNAPSHOT, N_ ("Part of this recording shows no page") },
  { PH_HEALTH_DAMAGED, N_ ("Parts of this file are damaged and were left out") },
  { PH_HEALTH_EVENT_TOO_LARGE, N_ ("Parts of this recording are too large to be shown") },
  { PH_HEALTH_LIMIT, N_ ("Parts of this recording are too large to be shown") },
};

static GtkWidget *
new_label (const char *text,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 48);
  gtk_widget_add_css_class (label, css_class);

  return label;
}

static char *
describe_finding (const PhFinding *finding)
{
  g_autofree char *text = ph_visible_text (finding->text);
  g_autofree char *time = NULL;

  if (finding->time == PH_TIME_NONE)
    return g_steal_pointer (&text);

  time = ph_time_format (finding->time);

  return g_strdup_printf ("%s · %s", time, text);
}

static void
add_kind (PhHealthBar *self,
          const PhHealth *health,
          PhHealthKind kind)
{
  guint64 count = ph_health_count (health, kind);
  const char *title = gettext (ph_health_kind_title (kind));
  guint n;
  const PhFinding *examples = ph_health_examples (health, kind, &n);

  if (count > 1)
    {
      /* Translators: what was found and how often, as in "Damaged bytes (3)". */
      g_autofree char *counted = g_strdup_printf (_ ("%s (%u)"), title,
                                                  (guint) MIN (count, G_MAXUINT));

      gtk_box_append (self->findings, new_label (counted, "heading"));
    }
  else
    gtk_box_append (self->findings, new_label (title, "heading"));

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = describe_finding (&examples[i]);

      gtk_box_append (self->findings, new_label (text, "caption"));
    }
}

static void
ph_health_bar_dispose (GObject *object)
{
  PhHealthBar *self = PH_HEALTH_BAR (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->notice, g_free);
  g_clear_pointer (&self->dismissed, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), PH_TYPE_HEALTH_BAR);

  G_OBJECT_CLASS (ph_health_bar_parent_class)->dispose (object);
}

static void
dismiss_action (GtkWidget *widget,
                const char *action_name,
                GVariant *parameter)
{
  PhHealthBar *self = PH_HEALTH_BAR (widget);

  g_free (self->dismissed);
  self->dismissed = g_strdup (gtk_label_get_text (self->title));
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
}

static void
ph_health_bar_class_init (PhHealthBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ph_health_bar_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/playhead_viewer/Playhead/ph-health-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, PhHealthBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, PhHealthBar, title);
  gtk_widget_class_bind_template_child (widget_class, PhHealthBar, details);
  gtk_widget_class_bind_template_child (widget_class, PhHealthBar, findings);

  gtk_widget_class_install_action (widget_class, "health.dismiss", NULL, dismiss_action);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "health");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_STATUS);
}

static void
ph_health_bar_init (PhHealthBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self->details), FALSE);
}

GtkWidget *
ph_health_bar_new (void)
{
  return g_object_new (PH_TYPE_HEALTH_BAR, NULL);
}

/* The list may be open and scrolled: it is made anew only when it is another. */
static void
update_findings (PhHealthBar *self,
                 const PhHealth *health)
{
  gboolean changed = FALSE;
  GtkWidget *child;

  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    {
      guint64 count = health != NULL ? ph_health_count (health, shown[i].kind) : 0;

      changed = changed || self->counts[shown[i].kind] != count;
      self->counts[shown[i].kind] = count;
    }

  if (!changed)
    return;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->findings))) != NULL)
    gtk_box_remove (self->findings, child);

  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    {
      if (self->counts[shown[i].kind] > 0)
        add_kind (self, health, shown[i].kind);
    }

  gtk_widget_set_visible (GTK_WIDGET (self->details),
                          gtk_widget_get_first_child (GTK_WIDGET (self->findings)) != NULL);
}

void
ph_health_bar_refresh (PhHealthBar *self)
{
  const char *title;

  g_return_if_fail (PH_IS_HEALTH_BAR (self));

  update_findings (self, self->session != NULL ? ph_session_get_health (self->session) : NULL);

  title = self->notice;
  for (guint i = 0; title == NULL && i < G_N_ELEMENTS (shown); i++)
    {
      if (self->counts[shown[i].kind] > 0)
        title = gettext (shown[i].title);
    }

  if (title != NULL && !g_str_equal (title, gtk_label_get_text (self->title)))
    {
      gtk_label_set_text (self->title, title);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                      -1);
    }

  gtk_revealer_set_reveal_child (self->revealer,
                                 title != NULL && g_strcmp0 (title, self->dismissed) != 0);
}

void
ph_health_bar_set_session (PhHealthBar *self,
                           PhSession *session)
{
  g_return_if_fail (PH_IS_HEALTH_BAR (self));
  g_return_if_fail (session == NULL || PH_IS_SESSION (session));

  /* Of another session the same number of findings is another list. */
  update_findings (self, NULL);
  g_clear_pointer (&self->notice, g_free);
  g_clear_pointer (&self->dismissed, g_free);
  g_set_object (&self->session, session);
  ph_health_bar_refresh (self);
}

void
ph_health_bar_set_notice (PhHealthBar *self,
                          const char *notice)
{
  g_return_if_fail (PH_IS_HEALTH_BAR (self));

  if (g_strcmp0 (self->notice, notice) == 0)
    return;

  g_free (self->notice);
  self->notice = g_strdup (notice);
  ph_health_bar_refresh (self);
}

const char *
ph_health_bar_get_title (PhHealthBar *self)
{
  g_return_val_if_fail (PH_IS_HEALTH_BAR (self), NULL);

  if (!gtk_revealer_get_reveal_child (self->revealer))
    return NULL;

  return gtk_label_get_text (self->title);
}

gboolean
ph_health_bar_is_busy (PhHealthBar *self)
{
  g_return_val_if_fail (PH_IS_HEALTH_BAR (self), FALSE);

  return gtk_widget_get_visible (GTK_WIDGET (gtk_menu_button_get_popover (self->details)));
}
