/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-session.h"

G_BEGIN_DECLS

/* Sessions for tests. */

/* Opens a file of tests/fixtures/; the test ends when that fails. */
PhSession *ph_make_session_from_fixture (const char *name);
/* Opens @text as if it were a file. */
PhSession *ph_make_session_from_text (const char *text,
                                      GError **error);

/* Runs the main context until all of @session is there, or what will be; 30 s at most. */
void ph_wait_for_import (PhSession *session);

/* An event as JSON text, the kind and its `data` given: `{"type":3,"data":…,"timestamp":…}`. */
char *ph_make_event (int type,
                     gint64 timestamp_ms,
                     const char *data);
/* `data` of a full snapshot whose page is one paragraph, node 5, with text node 6. */
char *ph_make_snapshot (const char *text);

G_END_DECLS
