/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-notes.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * The notes of a session as a list beside the page. One of them may be open: it is
 * edited in place. What it does to the session are actions of the window it is in.
 *
 * Signal `opened` (id): a person chose a note, so that its moment is to be shown.
 */
#define PH_TYPE_NOTES_PANE (ph_notes_pane_get_type ())
G_DECLARE_FINAL_TYPE (PhNotesPane, ph_notes_pane, PH, NOTES_PANE, GtkWidget)

GtkWidget *ph_notes_pane_new (void);

/* NULL empties it. */
void ph_notes_pane_set_notes (PhNotesPane *self,
                              PhNotes *notes);

/* The note that is open, or NULL; valid until the next change. */
const PhNote *ph_notes_pane_get_open (PhNotesPane *self);
/* Opens the note of this id without `opened`; NULL: none. @edit: to type at once. */
void ph_notes_pane_open (PhNotesPane *self,
                         const char *id,
                         gboolean edit);

G_END_DECLS
