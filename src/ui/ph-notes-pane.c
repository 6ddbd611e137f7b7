/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-notes-pane.h"

#include "ph-note-row.h"
#include "ph-visible.h"

#include <glib/gi18n.h>

struct _PhNotesPane
{
  GtkWidget parent_instance;

  PhNotes *notes;
  GSignalGroup *signals;
  GtkSingleSelection *selection;
  gboolean quiet;   /* the program chooses, not the person */
  gboolean to_type; /* the open row takes the keys as soon as it is there */
  guint focus_idle;
  char *fresh; /* id of a note that was just made */
  char *left;  /* id of one that was left; without a word in it it goes again */
  guint drop_idle;

  /* Template children */
  GtkLabel *title;
  GtkWidget *trouble;
  GtkLabel *trouble_label;
  GtkStack *stack;
  GtkListView *list;
};

enum
{
  OPENED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PhNotesPane, ph_notes_pane, GTK_TYPE_WIDGET)

/* --- rows ------------------------------------------------------------------ */

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem *list_item,
          gpointer user_data)
{
  GtkWidget *row = ph_note_row_new ();

  gtk_list_item_set_child (list_item, row);
  g_object_bind_property (list_item, "selected", row, "open", G_BINDING_SYNC_CREATE);
}

static void
focus_cb (gpointer user_data)
{
  PhNotesPane *self = PH_NOTES_PANE (user_data);
  PhNoteItem *open = gtk_single_selection_get_selected_item (self->selection);

  self->focus_idle = 0;

  for (GtkWidget *item = gtk_widget_get_first_child (GTK_WIDGET (self->list)); item != NULL;
       item = gtk_widget_get_next_sibling (item))
    {
      GtkWidget *row = gtk_widget_get_first_child (item);

      if (PH_IS_NOTE_ROW (row) && ph_note_row_get_item (PH_NOTE_ROW (row)) == open)
        self->to_type = !ph_note_row_grab_text (PH_NOTE_ROW (row));
    }
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem *list_item,
         gpointer user_data)
{
  PhNotesPane *self = PH_NOTES_PANE (user_data);

  ph_note_row_set_item (PH_NOTE_ROW (gtk_list_item_get_child (list_item)), self->notes,
                        gtk_list_item_get_item (list_item));

  if (self->to_type && self->focus_idle == 0 &&
      gtk_list_item_get_item (list_item) ==
        gtk_single_selection_get_selected_item (self->selection))
    self->focus_idle = g_idle_add_once (focus_cb, self);
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem *list_item,
           gpointer user_data)
{
  ph_note_row_set_item (PH_NOTE_ROW (gtk_list_item_get_child (list_item)), NULL, NULL);
}

/* --- what it shows --------------------------------------------------------- */

static void
update_trouble (PhNotesPane *self)
{
  const GError *error = self->notes != NULL ? ph_notes_get_error (self->notes) : NULL;
  g_autofree char *reason = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->trouble, error != NULL);
  if (error == NULL)
    return;

  reason = ph_visible_text (error->message);
  /* Translators: why what was written is not on the disk yet. */
  text = g_strdup_printf (_ ("Not saved: %s"), reason);
  gtk_label_set_text (self->trouble_label, text);
}

static void
update (PhNotesPane *self)
{
  guint n = self->notes != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->notes)) : 0;
  g_autofree char *title =
    n > 0 ? g_strdup_printf (ngettext ("%u Note", "%u Notes", n), n) : g_strdup (_ ("Notes"));

  gtk_label_set_text (self->title, title);
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "none");
  update_trouble (self);
}

static gboolean
is_empty (const PhNote *note)
{
  return note->text[0] == '\0' && note->tags[0] == NULL && note->node == 0 && !note->has_spot;
}

static void
drop_cb (gpointer user_data)
{
  PhNotesPane *self = PH_NOTES_PANE (user_data);
  g_autofree char *id = g_steal_pointer (&self->left);
  const PhNote *note = id != NULL && self->notes != NULL ? ph_notes_find (self->notes, id, NULL)
                                                         : NULL;

  self->drop_idle = 0;
  if (note == NULL || !is_empty (note))
    return;

  {
    GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
    GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

    ph_notes_remove (self->notes, id);
    /* GTK 4.8 gives it to the row that comes after one that is gone. */
    if (root != NULL)
      gtk_root_set_focus (root, focus);
  }
}

static void
selected_cb (PhNotesPane *self)
{
  PhNoteItem *item = gtk_single_selection_get_selected_item (self->selection);

  /* Not now: the list is telling of a change. */
  if (self->fresh != NULL &&
      (item == NULL || !g_str_equal (ph_note_item_get_note (item)->id, self->fresh)))
    {
      g_free (self->left);
      self->left = g_steal_pointer (&self->fresh);
      if (self->drop_idle == 0)
        self->drop_idle = g_idle_add_once (drop_cb, self);
    }

  if (item != NULL && !self->quiet)
    g_signal_emit (self, signals[OPENED], 0, ph_note_item_get_note (item)->id);
}

/* Again on the one that is open. */
static void
activate_cb (PhNotesPane *self)
{
  selected_cb (self);
}

/* --- the widget ------------------------------------------------------------ */

static void
ph_notes_pane_dispose (GObject *object)
{
  PhNotesPane *self = PH_NOTES_PANE (object);
  GtkWidget *child;

  g_clear_handle_id (&self->focus_idle, g_source_remove);
  g_clear_handle_id (&self->drop_idle, g_source_remove);
  g_clear_pointer (&self->fresh, g_free);
  g_clear_pointer (&self->left, g_free);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_clear_object (&self->signals);
  g_clear_object (&self->notes);

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  g_clear_object (&self->selection);

  G_OBJECT_CLASS (ph_notes_pane_parent_class)->dispose (object);
}

static void
ph_notes_pane_class_init (PhNotesPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_notes_pane_dispose;

  signals[OPENED] = g_signal_new ("opened", PH_TYPE_NOTES_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_css_name (widget_class, "notes");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/playhead_viewer/Playhead/ph-notes-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, PhNotesPane, title);
  gtk_widget_class_bind_template_child (widget_class, PhNotesPane, trouble);
  gtk_widget_class_bind_template_child (widget_class, PhNotesPane, trouble_label);
  gtk_widget_class_bind_template_child (widget_class, PhNotesPane, stack);
  gtk_widget_class_bind_template_child (widget_class, PhNotesPane, list);
}

static void
ph_notes_pane_init (PhNotesPane *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), self);
  gtk_list_view_set_factory (self->list, factory);

  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_swapped (self->selection, "notify::selected-item", G_CALLBACK (selected_cb),
                            self);
  g_signal_connect_swapped (self->list, "activate", G_CALLBACK (activate_cb), self);

  self->signals = g_signal_group_new (PH_TYPE_NOTES);
  g_signal_group_connect_swapped (self->signals, "changed", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->signals, "notify::error", G_CALLBACK (update_trouble),
                                  self);
}

GtkWidget *
ph_notes_pane_new (void)
{
  return g_object_new (PH_TYPE_NOTES_PANE, NULL);
}

void
ph_notes_pane_set_notes (PhNotesPane *self,
                         PhNotes *notes)
{
  g_return_if_fail (PH_IS_NOTES_PANE (self));
  g_return_if_fail (notes == NULL || PH_IS_NOTES (notes));

  self->quiet = TRUE;
  g_set_object (&self->notes, notes);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (notes));
  g_signal_group_set_target (self->signals, notes);
  self->quiet = FALSE;
  update (self);
}

const PhNote *
ph_notes_pane_get_open (PhNotesPane *self)
{
  PhNoteItem *item;

  g_return_val_if_fail (PH_IS_NOTES_PANE (self), NULL);

  item = gtk_single_selection_get_selected_item (self->selection);

  return item != NULL ? ph_note_item_get_note (item) : NULL;
}

void
ph_notes_pane_open (PhNotesPane *self,
                    const char *id,
                    gboolean edit)
{
  guint position = GTK_INVALID_LIST_POSITION;

  g_return_if_fail (PH_IS_NOTES_PANE (self));

  if (id != NULL && self->notes != NULL && ph_notes_find (self->notes, id, &position) == NULL)
    position = GTK_INVALID_LIST_POSITION;

  self->quiet = TRUE;
  gtk_single_selection_set_selected (self->selection, position);
  self->quiet = FALSE;

  self->to_type = edit && position != GTK_INVALID_LIST_POSITION;
  if (position == GTK_INVALID_LIST_POSITION)
    return;

  {
    GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
    GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);
    /* It may take the keys, which are the window's until somebody types. */
    if (root != NULL && !edit && gtk_root_get_focus (root) != focus)
      gtk_root_set_focus (root, focus);
  }

  if (edit && is_empty (ph_notes_get_note (self->notes, position)))
    {
      g_free (self->fresh);
      self->fresh = g_strdup (id);
    }
  if (edit && self->focus_idle == 0)
    self->focus_idle = g_idle_add_once (focus_cb, self);
}
