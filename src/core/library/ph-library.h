/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-note.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * A person's library (`library.db` in the user's data folder of Playhead): what they
 * wrote down, by the identity of the recording it is about (ph-identity.h).
 *
 * Nothing is read or written before it is asked for, and what failed may be tried
 * again: a missing folder, a full disk, a file of a later version are errors of each
 * call, never of the library. Each call that writes is one transaction. Several
 * programs may use the same library; one that writes is waited for, two seconds.
 * Blocking, one thread.
 *
 * Errors: those of ph-db.h and ph-library-schema.h.
 */
#define PH_TYPE_LIBRARY (ph_library_get_type ())
G_DECLARE_FINAL_TYPE (PhLibrary, ph_library, PH, LIBRARY, GObject)

typedef enum
{
  PH_LIBRARY_READ,  /* one that is not there is empty */
  PH_LIBRARY_WRITE, /* it is made, and its folder, when something is written */
} PhLibraryMode;

/* @path: NULL for the person's own. */
PhLibrary *ph_library_new (const char *path,
                           PhLibraryMode mode);
/* Where the person's own is; the caller frees it. */
char *ph_library_dup_path (void);
gboolean ph_library_is_read_only (PhLibrary *self);

/* What is known of a recording besides its identity. */
typedef struct
{
  const char *identity; /* or what stands for it: ph-library-schema.h */
  const char *title;
  const char *path;  /* a URI */
  gint64 start_time; /* microseconds since the epoch of time 0 */
} PhLibraryRecording;

/* Its notes (PhNote), sorted, within their bounds, PH_LIMIT_NOTES at most; to be unref'd. */
GPtrArray *ph_library_read_notes (PhLibrary *self,
                                  const PhLibraryRecording *recording,
                                  GError **error);

/* Ids of its notes that were deleted, as a set; the caller unrefs it. */
GHashTable *ph_library_read_deleted (PhLibrary *self,
                                     const PhLibraryRecording *recording,
                                     GError **error);

/* A change of one note: NULL for one that is not there. */
typedef struct
{
  PhNote *before;
  PhNote *after;
} PhNoteEdit;

void ph_note_edit_clear (PhNoteEdit *edit);

/*
 * Writes @n edits. What another program changed meanwhile of the same notes stays where
 * the edit does not change it (ph_note_merge()); `after` becomes what is in the file
 * then. @lightly: soon followed by another one, so that it may be lost when the whole
 * system fails, though not when the program does.
 */
gboolean ph_library_write (PhLibrary *self,
                           const PhLibraryRecording *recording,
                           PhNoteEdit *edits,
                           guint n,
                           gboolean lightly,
                           GError **error);

/*
 * Takes notes that came with a file (PhNote): those of an id that is not there yet, and
 * those that were changed later than what is there. What was deleted does not come
 * back. @n_taken may be NULL.
 */
gboolean ph_library_merge (PhLibrary *self,
                           const PhLibraryRecording *recording,
                           const GPtrArray *notes,
                           guint *n_taken,
                           GError **error);

/* Notes that were kept under @provisional are @recording's. */
gboolean ph_library_adopt (PhLibrary *self,
                           const PhLibraryRecording *recording,
                           const char *provisional,
                           GError **error);

/* TRUE, once, when another program wrote to it since this was last asked or something read. */
gboolean ph_library_was_changed (PhLibrary *self);

G_END_DECLS
