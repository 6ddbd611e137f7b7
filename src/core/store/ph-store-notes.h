/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-note.h"
#include "ph-store.h"

G_BEGIN_DECLS

/*
 * The notes that travel in a recording file. They are no part of what was recorded:
 * no digest covers them, and a file whose notes are damaged plays all the same.
 */

/*
 * Appends them to @notes (PhNote, owned), each within its bounds (ph_note_bound()); of
 * one id the first. No more than PH_LIMIT_NOTES. *@n_odd: rows that are no notes, or
 * had to be cut. Files of versions before 3 have none.
 */
gboolean ph_store_read_notes (PhStore *store,
                              GPtrArray *notes,
                              guint *n_odd,
                              GError **error);

/*
 * Makes @notes (PhNote) those of the finished recording file at @path, instead of those
 * it has. Those that are recorded are left out: the events have them. What is written
 * is not on disk yet: fsync() is the caller's. Nobody else may use the file meanwhile.
 */
gboolean ph_store_put_notes (const char *path,
                             const GPtrArray *notes,
                             GError **error);

G_END_DECLS
