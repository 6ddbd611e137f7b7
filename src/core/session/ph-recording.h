/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-outline.h"

G_BEGIN_DECLS

/* ph-store.h, which is not for those who see sessions only. */
typedef struct _PhStore PhStore;

/* Whether @file is to be read as a recording (`.playhead`); decided by its content. Blocking. */
gboolean ph_recording_is_one (GFile *file,
                              GCancellable *cancellable);

/*
 * What a recording says besides its events. A list that is damaged becomes a
 * finding; without windows and snapshots there is nothing to show, and this
 * fails. Its title is NULL when it has none.
 */
PhOutline *ph_recording_read (PhStore *store,
                              GError **error);

G_END_DECLS
