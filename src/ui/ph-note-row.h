/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-notes.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * A note in the list. While it is open it is edited in place: each key press is an edit
 * of its own in the library, and one step to undo until another note is touched. Its
 * buttons name actions of the window, with the note's id.
 *
 * Property `open`: whether it is edited. A note that was recorded, or one of a library
 * that cannot be written, opens to be read.
 */
#define PH_TYPE_NOTE_ROW (ph_note_row_get_type ())
G_DECLARE_FINAL_TYPE (PhNoteRow, ph_note_row, PH, NOTE_ROW, GtkWidget)

GtkWidget *ph_note_row_new (void);

/* Both NULL: none. @item is one of @notes. */
void ph_note_row_set_item (PhNoteRow *self,
                           PhNotes *notes,
                           PhNoteItem *item);
PhNoteItem *ph_note_row_get_item (PhNoteRow *self);

/* For whoever types next; TRUE when its text can be changed. */
gboolean ph_note_row_grab_text (PhNoteRow *self);

G_END_DECLS
