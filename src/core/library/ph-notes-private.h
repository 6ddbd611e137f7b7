/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-notes.h"

G_BEGIN_DECLS

/* Shared by ph-notes.c, ph-notes-list.c and ph-notes-session.c. */
struct _PhNotes
{
  GObject parent_instance;

  PhLibrary *library;
  GPtrArray *items;    /* PhNoteItem, sorted by note */
  GHashTable *by_id;   /* id of the item's note → item, both lent */
  GHashTable *unsaved; /* id → PhNoteEdit: from what the library has to what it should have */
  GError *error;       /* why the last try to write or read failed, or NULL */
  GQueue undo;         /* PhNoteEdit, the last one first */
  GQueue redo;

  PhSession *session;
  gulong session_changed;
  char *key;              /* what they are kept under, or NULL */
  gboolean is_identified; /* that is the session's identity */
  gint64 start_time;
  guint n_recorded;
  GCancellable *identifying; /* while that is looked for */
};

/* What they are kept under; FALSE when that is not known. */
gboolean ph_notes_get_recording (PhNotes *self,
                                 PhLibraryRecording *recording,
                                 char **path);

/*
 * Makes the list what the library has under the key, what is unsaved, and the recorded
 * ones; items stay what they were.
 */
void ph_notes_reload (PhNotes *self);
void ph_notes_clear (PhNotes *self);
/* Moves all that is known by @offset in time. */
void ph_notes_shift (PhNotes *self,
                     PhTime offset);
/* Takes @error, which may be NULL. */
void ph_notes_take_error (PhNotes *self,
                          GError *error);
void ph_notes_emit_changed (PhNotes *self);

void ph_notes_free_edit (gpointer data);
void ph_notes_clear_steps (GQueue *steps);

/* The note at a place in the list; the item of an id, or NULL. */
const PhNote *ph_notes_peek (PhNotes *self,
                             guint position);
PhNoteItem *ph_notes_find_item (PhNotes *self,
                                const char *id);
/* How many notes come before @note in the list's order. */
guint ph_notes_count_before (PhNotes *self,
                             const PhNote *note);
/* The note of @id becomes @note, or is gone when that is NULL. */
void ph_notes_show (PhNotes *self,
                    const char *id,
                    const PhNote *note);
void ph_notes_mark_unsaved (PhNotes *self,
                            const char *id);

/* In ph-notes-session.c. */
void ph_notes_follow (PhNotes *self);
/* Appends those that came with the file, as merging them would. */
void ph_notes_append_brought (PhNotes *self,
                              GPtrArray *notes);
/* Appends copies of the annotations of the session to @notes. */
void ph_notes_append_recorded (PhNotes *self,
                               GPtrArray *notes);

G_END_DECLS
