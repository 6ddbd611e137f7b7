/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-session.h"

G_BEGIN_DECLS

/*
 * Writes @session as a recording (`.playhead`). It comes to be beside @file under
 * another name and takes its place when it is whole: on failure, what was there
 * before is still there. @file must be on this machine. PH_ERROR_CORRUPT when the
 * session's own file is damaged. Not while importing. Blocking.
 *
 * @notes (PhNote) go with it, but for those that are recorded; NULL for those the
 * session's own file brought.
 */
gboolean ph_session_save (PhSession *session,
                          GFile *file,
                          const GPtrArray *notes,
                          PhSessionProgress progress,
                          gpointer user_data,
                          GCancellable *cancellable,
                          GError **error);

G_END_DECLS
