/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-reading.h"

G_BEGIN_DECLS

/*
 * Objects that stand around Sentry's recordings: the record of a replay, as the
 * recorder sends it (`replay_event`) or the web service gives it, errors as it sends
 * them (`event`), and as the web service lists them (replays-events-meta). Records
 * become facts of @reading, errors become events. What is none of them says nothing.
 */
gboolean ph_sentry_record_take (PhReading *reading,
                                PhJsonValue object,
                                GError **error);

/* Whether @object is a record of a replay, or a list of one. */
gboolean ph_sentry_record_is_replay (PhJsonValue object);
/* Whether @object lists errors of a replay. */
gboolean ph_sentry_record_is_errors (PhJsonValue object);

G_END_DECLS
