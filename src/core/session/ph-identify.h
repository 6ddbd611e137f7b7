/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-session.h"

G_BEGIN_DECLS

/*
 * The identity of a session whose recording does not say it, as those of earlier
 * versions do not: all its events are gone through. From then on
 * ph_session_get_identity() has it. Fails with G_IO_ERROR_PENDING while the session
 * is being imported, and with G_IO_ERROR_PARTIAL_INPUT when only part of it is there.
 *
 * Blocking, a second for some 200 MB of events; the text belongs to the session.
 */
const char *ph_session_load_identity (PhSession *session,
                                      GCancellable *cancellable,
                                      GError **error);

/* The same on a worker, with a handle of its own on the recording. */
void ph_session_load_identity_async (PhSession *session,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
const char *ph_session_load_identity_finish (PhSession *session,
                                             GAsyncResult *result,
                                             GError **error);

G_END_DECLS
