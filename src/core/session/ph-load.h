/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-session.h"

G_BEGIN_DECLS

/*
 * Fills a new session from its file: reads the events, puts them in order, and
 * applies each of them once to see what is in there. Blocking; the session
 * belongs to the calling thread until this returns. On failure the session is
 * left half filled and can only be unreffed.
 */
gboolean ph_load (PhSession *session,
                  PhSessionProgress progress,
                  gpointer user_data,
                  GCancellable *cancellable,
                  GError **error);

G_END_DECLS
