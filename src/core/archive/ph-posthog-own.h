/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-json.h"

G_BEGIN_DECLS

/* Whether a value like this is PostHog's and nobody else's. */
gboolean ph_posthog_is_own (PhJson *json,
                            const char *text,
                            gsize size);
/* The same of one whose end is not there. */
gboolean ph_posthog_begins_own (const char *text,
                                gsize size);

/*
 * `["window",{…}]`: @name is the string, to be freed, set even when the rest is
 * not as it should be; @rest is the object. FALSE for anything else.
 */
gboolean ph_posthog_read_pair (const char *text,
                               gsize size,
                               char **name,
                               const char **rest,
                               gsize *rest_size);
/* The window of a line that says it first: `{"window_id":"…"` or `["…",`, or NULL. Free it. */
char *ph_posthog_dup_window (const char *text,
                             gsize size);

G_END_DECLS
