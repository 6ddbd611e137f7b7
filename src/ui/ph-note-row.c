/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-note-row.h"

#include "ph-limits.h"
#include "ph-note-words.h"
#include "ph-visible.h"

#include <glib/gi18n.h>

/* Of a note that is not open; what is longer is read when it is. */
#define TEXT_CHARS 300

struct _PhNoteRow
{
  GtkWidget parent_instance;

  PhNotes *notes;
  PhNoteItem *item;
  gboolean open;
  gboolean updating; /* the widgets are told what the note says */

  /* Template children */
  GtkLabel *time;
  GtkLabel *kind;
  GtkLabel *severity;
  GtkWidget *unsaved;
  GtkLabel *text;
  GtkLabel *tags;
  GtkWidget *editor;
  GtkTextView *view;
  GtkDropDown *kinds;
  GtkDropDown *severities;
  GtkEditable *tags_entry;
  GtkWidget *begin_button;
  GtkWidget *end_button;
  GtkWidget *point_button;
  GtkWidget *unpoint_button;
  GtkWidget *remove_button;
};

enum
{
  PROP_0,
  PROP_OPEN,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (PhNoteRow, ph_note_row, GTK_TYPE_WIDGET)

static gboolean
can_edit (PhNoteRow *self)
{
  return self->item != NULL && !ph_note_item_get_note (self->item)->is_recorded;
}

/* --- what it says ---------------------------------------------------------- */

static void
set_label (GtkLabel *label,
           const char *text)
{
  gtk_label_set_text (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), text[0] != '\0');
}

static void
update_kind (PhNoteRow *self,
             const PhNote *note)
{
  for (PhNoteKind kind = 0; kind < PH_NOTE_N_KINDS; kind++)
    {
      if (kind == note->kind && !note->is_recorded)
        gtk_widget_add_css_class (GTK_WIDGET (self->kind), ph_note_kind_name (kind));
      else
        gtk_widget_remove_css_class (GTK_WIDGET (self->kind), ph_note_kind_name (kind));
    }

  gtk_label_set_text (self->kind, note->is_recorded ? _ ("Recorded")
                                                    : ph_note_words_kind (note->kind));
}

static void
update_labels (PhNoteRow *self,
               const PhNote *note)
{
  gboolean edited = self->open && can_edit (self);
  g_autofree char *time = ph_note_words_time (note);
  g_autofree char *text = ph_visible_capped (note->text, self->open ? PH_LIMIT_LABEL_CHARS
                                                                    : TEXT_CHARS);
  g_autofree char *joined = g_strjoinv (" · ", note->tags);
  g_autofree char *tags = ph_visible_text (joined);

  gtk_label_set_text (self->time, time);
  update_kind (self, note);
  gtk_widget_set_visible (GTK_WIDGET (self->kind), !edited);
  set_label (self->severity, note->severity != PH_NOTE_NO_SEVERITY && !edited
                               ? ph_note_words_severity (note->severity)
                               : "");
  set_label (self->text, edited ? "" : text[0] != '\0' ? text
                                                       : _ ("Empty note"));
  gtk_label_set_lines (self->text, self->open ? -1 : 3);
  gtk_label_set_ellipsize (self->text, self->open ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
  set_label (self->tags, edited ? "" : tags);
  gtk_widget_set_visible (self->unsaved, ph_note_item_get_unsaved (self->item));
}

/* The caret stays where it is while what is typed comes back. */
static void
update_view (PhNoteRow *self,
             const PhNote *note)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter start;
  GtkTextIter end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
  if (!g_str_equal (text, note->text))
    gtk_text_buffer_set_text (buffer, note->text, -1);
}

static void
update_tags (PhNoteRow *self,
             const PhNote *note)
{
  g_autoptr (PhNote) typed = ph_note_copy (note);
  g_autofree char *tags = g_strjoinv (", ", note->tags);

  /* A comma that was typed last is no tag yet, and no difference. */
  ph_note_parse_tags (typed, gtk_editable_get_text (self->tags_entry));
  if (!g_strv_equal ((const char *const *) typed->tags, (const char *const *) note->tags))
    gtk_editable_set_text (self->tags_entry, tags);
}

static void
update_editor (PhNoteRow *self,
               const PhNote *note)
{
  GtkWidget *buttons[] = { self->begin_button, self->end_button, self->point_button,
                           self->unpoint_button, self->remove_button };
  gboolean points = note->node != 0 || note->has_spot;

  update_view (self, note);
  update_tags (self, note);
  gtk_drop_down_set_selected (self->kinds, note->kind);
  gtk_drop_down_set_selected (self->severities, note->severity);
  gtk_widget_set_visible (self->unpoint_button, points);

  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (buttons[i]), "s", note->id);
}

static void
update (PhNoteRow *self)
{
  const PhNote *note;

  if (self->item == NULL)
    return;

  note = ph_note_item_get_note (self->item);
  self->updating = TRUE;
  update_labels (self, note);
  gtk_widget_set_visible (self->editor, self->open && can_edit (self));
  if (self->open && can_edit (self))
    update_editor (self, note);
  self->updating = FALSE;
}

/* --- what is typed --------------------------------------------------------- */

static void
change (PhNoteRow *self,
        PhNote *note,
        PhNotesFlags flags)
{
  if (!ph_note_equal (note, ph_note_item_get_note (self->item)))
    ph_notes_change (self->notes, note, flags);
}

static PhNote *
begin_change (PhNoteRow *self)
{
  if (self->updating || !self->open || !can_edit (self))
    return NULL;

  return ph_note_copy (ph_note_item_get_note (self->item));
}

static void
text_changed_cb (GtkTextBuffer *buffer,
                 gpointer user_data)
{
  PhNoteRow *self = PH_NOTE_ROW (user_data);
  g_autoptr (PhNote) note = begin_change (self);
  g_autofree char *text = NULL;
  GtkTextIter start;
  GtkTextIter end;

  if (note == NULL)
    return;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
  ph_note_set_text (note, text);
  change (self, note, PH_NOTES_CONTINUE);
}

static void
tags_changed_cb (PhNoteRow *self)
{
  g_autoptr (PhNote) note = begin_change (self);

  if (note == NULL)
    return;

  ph_note_parse_tags (note, gtk_editable_get_text (self->tags_entry));
  change (self, note, PH_NOTES_CONTINUE);
}

static void
kind_changed_cb (PhNoteRow *self)
{
  g_autoptr (PhNote) note = begin_change (self);

  if (note == NULL)
    return;

  note->kind = gtk_drop_down_get_selected (self->kinds);
  change (self, note, PH_NOTES_DEFAULT);
}

static void
severity_changed_cb (PhNoteRow *self)
{
  g_autoptr (PhNote) note = begin_change (self);

  if (note == NULL)
    return;

  note->severity = gtk_drop_down_get_selected (self->severities);
  change (self, note, PH_NOTES_DEFAULT);
}

/* --- the widget ------------------------------------------------------------ */

static void
ph_note_row_dispose (GObject *object)
{
  PhNoteRow *self = PH_NOTE_ROW (object);
  GtkWidget *child;

  ph_note_row_set_item (self, NULL, NULL);

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (ph_note_row_parent_class)->dispose (object);
}

static void
ph_note_row_get_property (GObject *object,
                          guint property_id,
                          GValue *value,
                          GParamSpec *pspec)
{
  if (property_id == PROP_OPEN)
    g_value_set_boolean (value, PH_NOTE_ROW (object)->open);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
ph_note_row_set_property (GObject *object,
                          guint property_id,
                          const GValue *value,
                          GParamSpec *pspec)
{
  PhNoteRow *self = PH_NOTE_ROW (object);

  if (property_id != PROP_OPEN)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      return;
    }

  if (self->open == g_value_get_boolean (value))
    return;

  self->open = g_value_get_boolean (value);
  update (self);
}

static void
ph_note_row_class_init (PhNoteRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ph_note_row_dispose;
  object_class->get_property = ph_note_row_get_property;
  object_class->set_property = ph_note_row_set_property;

  properties[PROP_OPEN] =
    g_param_spec_boolean ("open", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "note");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/playhead_viewer/Playhead/ph-note-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PhNoteRow, time);
  gtk_widget_class_bind_template_child (widget_class, PhNoteRow, kind);
  gtk_widget_class_bind_template_child (widget_class, PhNoteRow, severity);
  gtk_widget_class_bind_template_child (widget_class, PhNoteRow, unsaved);
  gtk_widget_class_bind_template_child (widget_class, PhNoteRow, text);
  gtk_widget_class_bind_template_child (widget_class, PhNoteRow, tags);
  gtk_widget_class_bind_template_child (widget_class, PhNoteRow, editor);
  gtk_widget_class_bind_template_child (widget_class, PhNoteRow, view);
  gtk_widget_class_bind_template_child (widget_class, PhNoteRow, kinds);
  gtk_widget_class_bind_template_child (widget_class, PhNoteRow, severities);
  gtk_widget_class_bind_template_child (widget_class, PhNoteRow, tags_entry);
  gtk_widget_class_bind_template_child (widget_class, PhNoteRow, begin_button);
  gtk_widget_class_bind_template_child (widget_class, PhNoteRow, end_button);
  gtk_widget_class_bind_template_child (widget_class, PhNoteRow, point_button);
  gtk_widget_class_bind_template_child (widget_class, PhNoteRow, unpoint_button);
  gtk_widget_class_bind_template_child (widget_class, PhNoteRow, remove_button);
}

static void
fill_lists (PhNoteRow *self)
{
  g_autoptr (GtkStringList) kinds = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) severities = gtk_string_list_new (NULL);

  for (PhNoteKind kind = 0; kind < PH_NOTE_N_KINDS; kind++)
    gtk_string_list_append (kinds, ph_note_words_kind (kind));

  for (PhNoteSeverity severity = 0; severity < PH_NOTE_N_SEVERITIES; severity++)
    gtk_string_list_append (severities, ph_note_words_severity (severity));

  gtk_drop_down_set_model (self->kinds, G_LIST_MODEL (kinds));
  gtk_drop_down_set_model (self->severities, G_LIST_MODEL (severities));
}

static void
ph_note_row_init (PhNoteRow *self)
{
  GtkTextBuffer *buffer;

  gtk_widget_init_template (GTK_WIDGET (self));
  fill_lists (self);

  buffer = gtk_text_view_get_buffer (self->view);
  /* Undoing is the window's: it knows of all that was changed, here and elsewhere. */
  gtk_text_buffer_set_enable_undo (buffer, FALSE);
  g_signal_connect_object (buffer, "changed", G_CALLBACK (text_changed_cb), self, 0);
  g_signal_connect_object (self->tags_entry, "changed", G_CALLBACK (tags_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->kinds, "notify::selected", G_CALLBACK (kind_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->severities, "notify::selected",
                           G_CALLBACK (severity_changed_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
ph_note_row_new (void)
{
  return g_object_new (PH_TYPE_NOTE_ROW, NULL);
}

void
ph_note_row_set_item (PhNoteRow *self,
                      PhNotes *notes,
                      PhNoteItem *item)
{
  g_return_if_fail (PH_IS_NOTE_ROW (self));
  g_return_if_fail ((notes == NULL) == (item == NULL));

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (self->item, self);

  g_set_object (&self->notes, notes);
  g_set_object (&self->item, item);

  if (item != NULL)
    {
      g_signal_connect_object (item, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      update (self);
    }
}

PhNoteItem *
ph_note_row_get_item (PhNoteRow *self)
{
  g_return_val_if_fail (PH_IS_NOTE_ROW (self), NULL);

  return self->item;
}

gboolean
ph_note_row_grab_text (PhNoteRow *self)
{
  g_return_val_if_fail (PH_IS_NOTE_ROW (self), FALSE);

  return self->open && can_edit (self) && gtk_widget_grab_focus (GTK_WIDGET (self->view));
}
