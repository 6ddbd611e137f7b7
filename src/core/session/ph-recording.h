/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-session.h"

G_BEGIN_DECLS

/* Whether @file is a recording of ours (`.playhead`), by its content; FALSE when unreadable. */
gboolean ph_recording_is_one (GFile *file,
                              GCancellable *cancellable);

/*
 * Fills a new session from its recording: what ph_load() finds by applying all
 * events is read from lists. A list that is damaged is left out and becomes a
 * finding; without windows and snapshots there is nothing to show, and this
 * fails. On failure the session can only be unreffed.
 */
gboolean ph_recording_load (PhSession *self,
                            GError **error);

G_END_DECLS
