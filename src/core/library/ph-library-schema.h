/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-db.h"

G_BEGIN_DECLS

/*
 * The tables of library.db, made in steps: `user_version` says how many have been
 * taken. A step that was ever released never changes; what comes new is a new step.
 *
 *   recording   identity, title, path (a URI), opened: when last, µs since the epoch
 *   note        recording and id are its key; begin and end are µs since the epoch too,
 *               so that they stand whatever a later version takes for a session's start;
 *               deleted: when, in a row that is kept so that the note does not come back
 *               with a file it is still in. Its text and tags are gone then
 *   tag         of a note, in its order
 *
 * What a recording is known by (ph-identity.h) may not be known yet, while its archive
 * is being read: then it is `archive:` and what the archive is known by, for the time
 * being (ph-recordings.h).
 */
#define PH_LIBRARY_VERSION 1

/*
 * Takes the steps that are missing, in one transaction: all or none. Another program
 * may do it at the same time. PH_ERROR_UNSUPPORTED when a later version of this program
 * made the file, PH_ERROR_CORRUPT when it is no library.
 */
gboolean ph_library_schema_update (PhDb *db,
                                   GError **error);
/* Whether there is anything to read; the same errors. */
gboolean ph_library_schema_check (PhDb *db,
                                  gboolean *is_empty,
                                  GError **error);

G_END_DECLS
