/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The items of the list, as notes come, change and go. */

#include "ph-notes-private.h"

void
ph_notes_free_edit (gpointer data)
{
  ph_note_edit_clear (data);
  g_free (data);
}

const PhNote *
ph_notes_peek (PhNotes *self,
               guint position)
{
  return ph_note_item_get_note (self->items->pdata[position]);
}

/* How many notes come before @note in the list's order. */
guint
ph_notes_count_before (PhNotes *self,
                       const PhNote *note)
{
  guint low = 0;
  guint high = self->items->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (ph_note_compare (ph_notes_peek (self, middle), note) < 0)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

PhNoteItem *
ph_notes_find_item (PhNotes *self,
                    const char *id)
{
  return g_hash_table_lookup (self->by_id, id);
}

/* Its table key is the note's own id, which goes when the note does. */
static void
set_note (PhNotes *self,
          PhNoteItem *item,
          PhNote *note)
{
  g_hash_table_remove (self->by_id, note->id);
  ph_note_item_take_note (item, note);
  g_hash_table_insert (self->by_id, note->id, item);
}

static void
remove_at (PhNotes *self,
           guint position)
{
  g_hash_table_remove (self->by_id, ph_notes_peek (self, position)->id);
  g_ptr_array_remove_index (self->items, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

/* Takes a reference. */
static void
insert_item (PhNotes *self,
             PhNoteItem *item)
{
  const PhNote *note = ph_note_item_get_note (item);
  guint position = ph_notes_count_before (self, note);

  g_hash_table_insert (self->by_id, note->id, item);
  g_ptr_array_insert (self->items, (int) position, item);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
}

/* The note of @id becomes @note, or is gone when that is NULL. */
void
ph_notes_show (PhNotes *self,
               const char *id,
               const PhNote *note)
{
  PhNoteItem *item = ph_notes_find_item (self, id);
  gboolean stays;

  if (item == NULL)
    {
      if (note != NULL)
        insert_item (self, ph_note_item_new (ph_note_copy (note)));

      return;
    }

  stays = note != NULL && note->begin == ph_note_item_get_note (item)->begin &&
          note->end == ph_note_item_get_note (item)->end &&
          note->created == ph_note_item_get_note (item)->created;

  if (stays)
    {
      set_note (self, item, ph_note_copy (note));
      return;
    }

  g_object_ref (item);
  remove_at (self, ph_notes_count_before (self, ph_note_item_get_note (item)));

  if (note != NULL)
    {
      ph_note_item_take_note (item, ph_note_copy (note));
      insert_item (self, item);
    }
  else
    {
      g_object_unref (item);
    }
}

void
ph_notes_mark_unsaved (PhNotes *self,
                       const char *id)
{
  PhNoteItem *item = ph_notes_find_item (self, id);

  if (item != NULL)
    ph_note_item_set_unsaved (item, g_hash_table_contains (self->unsaved, id));
}

/* --- all of it ------------------------------------------------------------- */

static int
compare_items (gconstpointer a,
               gconstpointer b)
{
  return ph_note_compare (ph_note_item_get_note (*(PhNoteItem *const *) a),
                          ph_note_item_get_note (*(PhNoteItem *const *) b));
}

/* The item of @note, which it takes: the one there is, or a new one. */
static PhNoteItem *
reuse_item (GHashTable *old,
            PhNote *note)
{
  PhNoteItem *item = g_hash_table_lookup (old, note->id);

  if (item == NULL)
    return ph_note_item_new (note);

  /* The key is the old note's own. */
  g_hash_table_remove (old, note->id);

  if (ph_note_equal (ph_note_item_get_note (item), note) &&
      ph_note_item_get_note (item)->changed == note->changed)
    ph_note_free (note);
  else
    ph_note_item_take_note (item, note);

  return g_object_ref (item);
}

/* Tells of what lies between what both begin and what both end with. */
static gboolean
replace_items (PhNotes *self,
               GPtrArray *items)
{
  g_autoptr (GPtrArray) old = self->items;
  guint begin = 0;
  guint end = 0;

  self->items = items;

  while (begin < MIN (old->len, items->len) && old->pdata[begin] == items->pdata[begin])
    begin++;

  while (end < MIN (old->len, items->len) - begin &&
         old->pdata[old->len - 1 - end] == items->pdata[items->len - 1 - end])
    end++;

  if (old->len == items->len && begin == items->len)
    return FALSE;

  g_list_model_items_changed (G_LIST_MODEL (self), begin, old->len - end - begin,
                              items->len - end - begin);

  return TRUE;
}

/* What is unsaved stands before what the library has. */
static void
apply_unsaved (PhNotes *self,
               GPtrArray *notes)
{
  GHashTableIter iter;
  gpointer id;
  gpointer data;

  for (guint i = notes->len; i > 0; i--)
    if (g_hash_table_contains (self->unsaved, ((PhNote *) notes->pdata[i - 1])->id))
      g_ptr_array_remove_index_fast (notes, i - 1);

  g_hash_table_iter_init (&iter, self->unsaved);

  while (g_hash_table_iter_next (&iter, &id, &data))
    if (((PhNoteEdit *) data)->after != NULL)
      g_ptr_array_add (notes, ph_note_copy (((PhNoteEdit *) data)->after));
}

static void
show_all (PhNotes *self,
          GPtrArray *notes)
{
  GPtrArray *items = g_ptr_array_new_full (notes->len, g_object_unref);
  g_autoptr (GHashTable) old = g_steal_pointer (&self->by_id);

  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < notes->len; i++)
    g_ptr_array_add (items, reuse_item (old, g_steal_pointer (&notes->pdata[i])));

  g_ptr_array_set_free_func (notes, NULL);
  g_ptr_array_sort (items, compare_items);

  for (guint i = 0; i < items->len; i++)
    {
      const PhNote *note = ph_note_item_get_note (items->pdata[i]);

      g_hash_table_insert (self->by_id, note->id, items->pdata[i]);
    }

  replace_items (self, items);
}

/* All but what the session has itself. */
static GPtrArray *
copy_shown (PhNotes *self)
{
  GPtrArray *notes = g_ptr_array_new_with_free_func ((GDestroyNotify) ph_note_free);

  for (guint i = 0; i < self->items->len; i++)
    if (!ph_notes_peek (self, i)->is_recorded)
      g_ptr_array_add (notes, ph_note_copy (ph_notes_peek (self, i)));

  return notes;
}

void
ph_notes_reload (PhNotes *self)
{
  g_autoptr (GPtrArray) notes = NULL;
  g_autofree char *path = NULL;
  PhLibraryRecording recording;
  GError *error = NULL;

  if (ph_notes_get_recording (self, &recording, &path))
    {
      notes = ph_library_read_notes (self->library, &recording, &error);
      ph_notes_take_error (self, error);
    }

  /* What cannot be read now may be on screen: it stays. */
  if (notes == NULL)
    notes = copy_shown (self);

  ph_notes_append_brought (self, notes);
  apply_unsaved (self, notes);
  ph_notes_append_recorded (self, notes);
  show_all (self, notes);
  ph_notes_emit_changed (self);
}

void
ph_notes_clear_steps (GQueue *queue)
{
  g_queue_clear_full (queue, ph_notes_free_edit);
}

void
ph_notes_clear (PhNotes *self)
{
  ph_notes_clear_steps (&self->undo);
  ph_notes_clear_steps (&self->redo);
  g_hash_table_remove_all (self->unsaved);
  g_hash_table_remove_all (self->by_id);
  replace_items (self, g_ptr_array_new_with_free_func (g_object_unref));
  ph_notes_take_error (self, NULL);
  ph_notes_emit_changed (self);
}

static void
shift_note (PhNote *note,
            PhTime offset)
{
  if (note == NULL)
    return;

  note->begin = MAX (note->begin + offset, 0);

  if (note->end != PH_TIME_NONE)
    note->end = MAX (note->end + offset, note->begin);
}

static void
shift_queue (GQueue *queue,
             PhTime offset)
{
  for (GList *link = queue->head; link != NULL; link = link->next)
    {
      PhNoteEdit *step = link->data;

      shift_note (step->before, offset);
      shift_note (step->after, offset);
    }
}

void
ph_notes_shift (PhNotes *self,
                PhTime offset)
{
  GHashTableIter iter;
  gpointer data;

  g_hash_table_iter_init (&iter, self->unsaved);

  while (g_hash_table_iter_next (&iter, NULL, &data))
    {
      shift_note (((PhNoteEdit *) data)->before, offset);
      shift_note (((PhNoteEdit *) data)->after, offset);
    }

  shift_queue (&self->undo, offset);
  shift_queue (&self->redo, offset);
}
