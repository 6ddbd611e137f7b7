/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-library.h"
#include "ph-note-item.h"
#include "ph-session.h"

G_BEGIN_DECLS

/*
 * The notes of one session: a GListModel of PhNoteItem, sorted by time. In it are what
 * the person wrote (kept in the library by the session's identity), what came with a
 * `.playhead` file (taken into the library), and the annotations among the events,
 * which are read-only.
 *
 * Notes may be written before an archive is read to its end: until the session's
 * identity is known they are kept under what its file is known by.
 *
 * Every edit is written at once, in a transaction of its own. What could not be written
 * stays in the list, is marked `unsaved`, is written together with the next edit or by
 * ph_notes_save(), and why is told by ph_notes_get_error(). Main thread.
 *
 * Properties: `can-undo`, `can-redo`, `n-unsaved`, `error` (boxed GError, or NULL).
 * Signals: `changed`, after anything of the list or in one of its notes has changed;
 * `changed-elsewhere`, before that, when another program did it.
 */
#define PH_TYPE_NOTES (ph_notes_get_type ())
G_DECLARE_FINAL_TYPE (PhNotes, ph_notes, PH, NOTES, GObject)

PhNotes *ph_notes_new (PhLibrary *library);

/* Reads its notes, and follows it while it is being imported; NULL for none. */
void ph_notes_set_session (PhNotes *self,
                           PhSession *session);
PhSession *ph_notes_get_session (PhNotes *self);

/* Valid until the next change; @position < n. */
const PhNote *ph_notes_get_note (PhNotes *self,
                                 guint position);
/* NULL when there is none of this id; @position may be NULL. */
const PhNote *ph_notes_find (PhNotes *self,
                             const char *id,
                             guint *position);
/* The first note that begins after @time, the last one that begins before it; G_MAXUINT: none. */
guint ph_notes_find_next (PhNotes *self,
                          PhTime time);
guint ph_notes_find_previous (PhNotes *self,
                              PhTime time);
/* Copies of all of them, those that are recorded too; the caller unrefs the array. */
GPtrArray *ph_notes_copy_all (PhNotes *self);

typedef enum
{
  PH_NOTES_DEFAULT = 0,
  /*
   * It goes on with the change before it when that was one of the same note: they are
   * undone together. For each key press.
   */
  PH_NOTES_CONTINUE = 1 << 0,
} PhNotesFlags;

/*
 * @draft is copied, brought into its bounds, and gets an id and its times if it has none.
 * What is given is in the list now, valid until the next change.
 */
const PhNote *ph_notes_add (PhNotes *self,
                            const PhNote *draft);
/* The note of @note's id becomes @note. FALSE when there is none, or it may not be changed. */
gboolean ph_notes_change (PhNotes *self,
                          const PhNote *note,
                          PhNotesFlags flags);
gboolean ph_notes_remove (PhNotes *self,
                          const char *id);

gboolean ph_notes_can_undo (PhNotes *self);
gboolean ph_notes_can_redo (PhNotes *self);
/* The id of the note it was about, lent, or NULL when there was nothing to do. */
const char *ph_notes_undo (PhNotes *self);
const char *ph_notes_redo (PhNotes *self);

/* Edits that are not in the library, and why not; NULL while it only waits for the session. */
guint ph_notes_get_n_unsaved (PhNotes *self);
const GError *ph_notes_get_error (PhNotes *self);
/* Tries again; TRUE when nothing is unsaved then. */
gboolean ph_notes_save (PhNotes *self);

/* Whether another program changed them; to be called from time to time, and on focus. */
void ph_notes_check (PhNotes *self);

G_END_DECLS
