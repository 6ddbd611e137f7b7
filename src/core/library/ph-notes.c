/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-notes.h"

#include "ph-limits.h"
#include "ph-notes-private.h"

/* Steps that can be undone. */
#define MAX_STEPS 1000

/* One edit, as it is undone and done again. */
typedef struct
{
  PhNoteEdit edit;
} Step;

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PhNotes,
                               ph_notes,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

enum
{
  PROP_0,
  PROP_CAN_UNDO,
  PROP_CAN_REDO,
  PROP_N_UNSAVED,
  PROP_ERROR,
  N_PROPS,
};

enum
{
  CHANGED,
  CHANGED_ELSEWHERE,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

/* --- a list ---------------------------------------------------------------- */

static GType
get_item_type (GListModel *model)
{
  return PH_TYPE_NOTE_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return PH_NOTES (model)->items->len;
}

static gpointer
get_item (GListModel *model,
          guint position)
{
  PhNotes *self = PH_NOTES (model);

  return position < self->items->len ? g_object_ref (self->items->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* --- writing --------------------------------------------------------------- */

void
ph_notes_take_error (PhNotes *self,
                     GError *error)
{
  if (error == NULL && self->error == NULL)
    return;

  g_clear_error (&self->error);
  self->error = error;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ERROR]);
}

void
ph_notes_emit_changed (PhNotes *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CAN_UNDO]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CAN_REDO]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_UNSAVED]);
  g_signal_emit (self, signals[CHANGED], 0);
}

static const char *
edit_id (const PhNoteEdit *edit)
{
  return edit->after != NULL ? edit->after->id : edit->before->id;
}

/* They are in the library now, as the edits say, which may be more than was asked for. */
static void
take_saved (PhNotes *self,
            PhNoteEdit *edits,
            guint n)
{
  g_hash_table_remove_all (self->unsaved);

  for (guint i = 0; i < n; i++)
    {
      const char *id = edit_id (&edits[i]);
      PhNoteItem *item = ph_notes_find_item (self, id);

      if (edits[i].after != NULL && item != NULL &&
          !ph_note_equal (ph_note_item_get_note (item), edits[i].after))
        ph_notes_show (self, id, edits[i].after);

      ph_notes_mark_unsaved (self, id);
    }
}

/* Writes all that is unsaved; what fails stays so. */
static void
write_unsaved (PhNotes *self,
               gboolean lightly)
{
  g_autofree PhNoteEdit *edits = NULL;
  g_autofree char *path = NULL;
  PhLibraryRecording recording;
  GError *error = NULL;
  GHashTableIter iter;
  gpointer id;
  gpointer data;
  guint n = 0;

  if (g_hash_table_size (self->unsaved) == 0)
    return;

  edits = g_new0 (PhNoteEdit, g_hash_table_size (self->unsaved));
  g_hash_table_iter_init (&iter, self->unsaved);

  while (g_hash_table_iter_next (&iter, &id, &data))
    {
      const PhNoteEdit *edit = data;

      edits[n].before = edit->before != NULL ? ph_note_copy (edit->before) : NULL;
      edits[n++].after = edit->after != NULL ? ph_note_copy (edit->after) : NULL;
      ph_notes_mark_unsaved (self, id);
    }

  if (ph_notes_get_recording (self, &recording, &path))
    {
      if (ph_library_write (self->library, &recording, edits, n, lightly, &error))
        take_saved (self, edits, n);

      ph_notes_take_error (self, error);
    }

  for (guint i = 0; i < n; i++)
    ph_note_edit_clear (&edits[i]);
}

/* From what the library has, by way of what was unsaved before, to @after. */
static void
note_unsaved (PhNotes *self,
              const PhNoteEdit *edit)
{
  const char *id = edit_id (edit);
  PhNoteEdit *unsaved = g_hash_table_lookup (self->unsaved, id);

  if (unsaved == NULL)
    {
      unsaved = g_new0 (PhNoteEdit, 1);
      unsaved->before = edit->before != NULL ? ph_note_copy (edit->before) : NULL;
      g_hash_table_insert (self->unsaved, g_strdup (id), unsaved);
    }

  g_clear_pointer (&unsaved->after, ph_note_free);
  unsaved->after = edit->after != NULL ? ph_note_copy (edit->after) : NULL;

  /* It never came into the library. */
  if (unsaved->before == NULL && unsaved->after == NULL)
    g_hash_table_remove (self->unsaved, id);
}

static void
carry_out (PhNotes *self,
           const PhNoteEdit *edit,
           gboolean lightly)
{
  ph_notes_show (self, edit_id (edit), edit->after);
  note_unsaved (self, edit);
  write_unsaved (self, lightly);
  ph_notes_emit_changed (self);
}

/* --- edits ----------------------------------------------------------------- */

/* Takes what is in @edit. */
static void
do_edit (PhNotes *self,
         PhNoteEdit edit,
         PhNotesFlags flags)
{
  PhNoteEdit *last = g_queue_peek_head (&self->undo);
  gboolean continues = (flags & PH_NOTES_CONTINUE) && last != NULL &&
                       last->before != NULL && last->after != NULL &&
                       g_str_equal (last->after->id, edit_id (&edit));
  PhNoteEdit *step;

  ph_notes_clear_steps (&self->redo);

  if (continues)
    {
      ph_note_free (last->after);
      last->after = ph_note_copy (edit.after);
    }
  else
    {
      step = g_new0 (PhNoteEdit, 1);
      step->before = edit.before != NULL ? ph_note_copy (edit.before) : NULL;
      step->after = edit.after != NULL ? ph_note_copy (edit.after) : NULL;
      g_queue_push_head (&self->undo, step);

      if (g_queue_get_length (&self->undo) > MAX_STEPS)
        ph_notes_free_edit (g_queue_pop_tail (&self->undo));
    }

  carry_out (self, &edit, (flags & PH_NOTES_CONTINUE) != 0);
  ph_note_edit_clear (&edit);
}

const PhNote *
ph_notes_add (PhNotes *self,
              const PhNote *draft)
{
  PhNote *note;
  g_autofree char *id = NULL;

  g_return_val_if_fail (PH_IS_NOTES (self), NULL);

  note = ph_note_copy (draft);
  note->is_recorded = FALSE;
  ph_note_bound (note);

  if (!ph_note_is_id (note->id) || ph_notes_find_item (self, note->id) != NULL)
    {
      g_free (note->id);
      note->id = g_uuid_string_random ();
    }

  if (note->created <= 0)
    note->created = g_get_real_time ();

  note->changed = MAX (note->changed, note->created);
  id = g_strdup (note->id);
  do_edit (self, (PhNoteEdit) { NULL, note }, PH_NOTES_DEFAULT);

  return ph_notes_find (self, id, NULL);
}

gboolean
ph_notes_change (PhNotes *self,
                 const PhNote *note,
                 PhNotesFlags flags)
{
  PhNoteEdit edit;
  const PhNote *old;

  g_return_val_if_fail (PH_IS_NOTES (self), FALSE);

  old = ph_notes_find (self, note->id, NULL);

  if (old == NULL || old->is_recorded)
    return FALSE;

  edit.before = ph_note_copy (old);
  edit.after = ph_note_copy (note);
  edit.after->is_recorded = FALSE;
  edit.after->created = old->created;
  edit.after->changed = MAX (g_get_real_time (), old->changed + 1);
  ph_note_bound (edit.after);

  if (ph_note_equal (edit.before, edit.after))
    ph_note_edit_clear (&edit);
  else
    do_edit (self, edit, flags);

  return TRUE;
}

gboolean
ph_notes_remove (PhNotes *self,
                 const char *id)
{
  const PhNote *old;

  g_return_val_if_fail (PH_IS_NOTES (self), FALSE);

  old = ph_notes_find (self, id, NULL);

  if (old == NULL || old->is_recorded)
    return FALSE;

  do_edit (self, (PhNoteEdit) { ph_note_copy (old), NULL }, PH_NOTES_DEFAULT);

  return TRUE;
}

gboolean
ph_notes_can_undo (PhNotes *self)
{
  g_return_val_if_fail (PH_IS_NOTES (self), FALSE);

  return !g_queue_is_empty (&self->undo);
}

gboolean
ph_notes_can_redo (PhNotes *self)
{
  g_return_val_if_fail (PH_IS_NOTES (self), FALSE);

  return !g_queue_is_empty (&self->redo);
}

/* Later than whatever the list has of it. */
static PhNote *
copy_for_now (PhNotes *self,
              const PhNote *note)
{
  const PhNote *old = note != NULL ? ph_notes_find (self, note->id, NULL) : NULL;
  PhNote *copy = note != NULL ? ph_note_copy (note) : NULL;

  if (copy != NULL)
    copy->changed = MAX (g_get_real_time (), old != NULL ? old->changed + 1 : 0);

  return copy;
}

/* What another program changed of the note since then stays. */
static const char *
take_step (PhNotes *self,
           GQueue *from,
           GQueue *to)
{
  PhNoteEdit *step = g_queue_pop_head (from);
  const PhNote *old;
  PhNoteEdit edit;

  if (step == NULL)
    return NULL;

  g_queue_push_head (to, step);
  old = from == &self->undo ? step->after : step->before;
  edit.before = old != NULL ? ph_note_copy (old) : NULL;
  edit.after = copy_for_now (self, from == &self->undo ? step->before : step->after);
  carry_out (self, &edit, FALSE);
  ph_note_edit_clear (&edit);

  return edit_id (step);
}

const char *
ph_notes_undo (PhNotes *self)
{
  g_return_val_if_fail (PH_IS_NOTES (self), NULL);

  return take_step (self, &self->undo, &self->redo);
}

const char *
ph_notes_redo (PhNotes *self)
{
  g_return_val_if_fail (PH_IS_NOTES (self), NULL);

  return take_step (self, &self->redo, &self->undo);
}

/* --- looking --------------------------------------------------------------- */

const PhNote *
ph_notes_get_note (PhNotes *self,
                   guint position)
{
  g_return_val_if_fail (PH_IS_NOTES (self), NULL);
  g_return_val_if_fail (position < self->items->len, NULL);

  return ph_notes_peek (self, position);
}

const PhNote *
ph_notes_find (PhNotes *self,
               const char *id,
               guint *position)
{
  PhNoteItem *item;
  const PhNote *note;

  g_return_val_if_fail (PH_IS_NOTES (self), NULL);

  item = ph_notes_find_item (self, id);
  note = item != NULL ? ph_note_item_get_note (item) : NULL;

  if (note != NULL && position != NULL)
    *position = ph_notes_count_before (self, note);

  return note;
}

/* How many notes begin before @time, or at it. */
static guint
count_until (PhNotes *self,
             PhTime time,
             gboolean inclusive)
{
  guint low = 0;
  guint high = self->items->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      PhTime begin = ph_notes_peek (self, middle)->begin;

      if (begin < time || (inclusive && begin == time))
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

guint
ph_notes_find_next (PhNotes *self,
                    PhTime time)
{
  guint i;

  g_return_val_if_fail (PH_IS_NOTES (self), G_MAXUINT);

  i = count_until (self, time, TRUE);

  return i < self->items->len ? i : G_MAXUINT;
}

guint
ph_notes_find_previous (PhNotes *self,
                        PhTime time)
{
  g_return_val_if_fail (PH_IS_NOTES (self), G_MAXUINT);

  /* 0 − 1 is G_MAXUINT. */
  return count_until (self, time, FALSE) - 1;
}

GPtrArray *
ph_notes_copy_all (PhNotes *self)
{
  GPtrArray *notes;

  g_return_val_if_fail (PH_IS_NOTES (self), NULL);

  notes = g_ptr_array_new_full (self->items->len, (GDestroyNotify) ph_note_free);

  for (guint i = 0; i < self->items->len; i++)
    g_ptr_array_add (notes, ph_note_copy (ph_notes_peek (self, i)));

  return notes;
}

/* --- the library ----------------------------------------------------------- */

guint
ph_notes_get_n_unsaved (PhNotes *self)
{
  g_return_val_if_fail (PH_IS_NOTES (self), 0);

  return g_hash_table_size (self->unsaved);
}

const GError *
ph_notes_get_error (PhNotes *self)
{
  g_return_val_if_fail (PH_IS_NOTES (self), NULL);

  return self->error;
}

gboolean
ph_notes_save (PhNotes *self)
{
  g_return_val_if_fail (PH_IS_NOTES (self), FALSE);

  if (g_hash_table_size (self->unsaved) > 0)
    {
      write_unsaved (self, FALSE);
      ph_notes_emit_changed (self);
    }

  return g_hash_table_size (self->unsaved) == 0;
}

void
ph_notes_check (PhNotes *self)
{
  g_return_if_fail (PH_IS_NOTES (self));

  if (self->key == NULL || !ph_library_was_changed (self->library))
    return;

  g_signal_emit (self, signals[CHANGED_ELSEWHERE], 0);
  ph_notes_reload (self);
}

/* --- the object ------------------------------------------------------------ */

static void
ph_notes_get_property (GObject *object,
                       guint prop_id,
                       GValue *value,
                       GParamSpec *pspec)
{
  PhNotes *self = PH_NOTES (object);

  switch (prop_id)
    {
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, ph_notes_can_undo (self));
      break;

    case PROP_CAN_REDO:
      g_value_set_boolean (value, ph_notes_can_redo (self));
      break;

    case PROP_N_UNSAVED:
      g_value_set_uint (value, ph_notes_get_n_unsaved (self));
      break;

    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
ph_notes_dispose (GObject *object)
{
  PhNotes *self = PH_NOTES (object);

  if (self->session != NULL)
    ph_notes_set_session (self, NULL);

  G_OBJECT_CLASS (ph_notes_parent_class)->dispose (object);
}

static void
ph_notes_finalize (GObject *object)
{
  PhNotes *self = PH_NOTES (object);

  ph_notes_clear_steps (&self->undo);
  ph_notes_clear_steps (&self->redo);
  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->items);
  g_hash_table_unref (self->unsaved);
  g_clear_error (&self->error);
  g_free (self->key);
  g_object_unref (self->library);

  G_OBJECT_CLASS (ph_notes_parent_class)->finalize (object);
}

static void
ph_notes_class_init (PhNotesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = ph_notes_get_property;
  object_class->dispose = ph_notes_dispose;
  object_class->finalize = ph_notes_finalize;

  props[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  props[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags);
  props[PROP_N_UNSAVED] = g_param_spec_uint ("n-unsaved", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CHANGED_ELSEWHERE] =
    g_signal_new ("changed-elsewhere", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 0);
}

static void
ph_notes_init (PhNotes *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->unsaved = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, ph_notes_free_edit);
}

PhNotes *
ph_notes_new (PhLibrary *library)
{
  PhNotes *self = g_object_new (PH_TYPE_NOTES, NULL);

  self->library = g_object_ref (library);

  return self;
}
