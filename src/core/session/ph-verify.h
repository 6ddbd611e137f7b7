/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-session.h"

G_BEGIN_DECLS

/* One thing that is damaged, as a sentence; @time is PH_TIME_NONE when it is the whole. */
typedef void (*PhVerifyFunc) (PhTime time,
                              const char *text,
                              gpointer user_data);

/*
 * Looks at all of a session's recording: every run of events, every stored page,
 * every list and the search index; and of an archive, what its reader had to
 * leave out because it is cut or damaged. Blocking. FALSE when @func was
 * called.
 */
gboolean ph_session_verify (PhSession *session,
                            PhVerifyFunc func,
                            gpointer user_data);

/* How many pages the session's recording has to start from. */
guint ph_session_n_keyframes (PhSession *session);

G_END_DECLS
