/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-note.h"

G_BEGIN_DECLS

/*
 * A note in a list (PhNotes). It stays the same item while the note is changed: its
 * property `note` then is another one. Property `unsaved`: what it says is not in the
 * library, see ph_notes_get_error().
 */
#define PH_TYPE_NOTE_ITEM (ph_note_item_get_type ())
G_DECLARE_FINAL_TYPE (PhNoteItem, ph_note_item, PH, NOTE_ITEM, GObject)

/* Takes @note. */
PhNoteItem *ph_note_item_new (PhNote *note);

/* Valid until it is changed. */
const PhNote *ph_note_item_get_note (PhNoteItem *self);
gboolean ph_note_item_get_unsaved (PhNoteItem *self);

/* For PhNotes; takes @note. */
void ph_note_item_take_note (PhNoteItem *self,
                             PhNote *note);
void ph_note_item_set_unsaved (PhNoteItem *self,
                               gboolean unsaved);

G_END_DECLS
