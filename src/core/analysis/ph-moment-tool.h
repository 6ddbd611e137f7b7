/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-moment.h"

G_BEGIN_DECLS

/* What a custom event of a recorder that we know is worth in a list of moments. */
typedef struct
{
  PhMomentKind kind;
  PhSeverity severity;
  char *text; /* of one line, for the caller to free; NULL: nothing of interest */
} PhMomentTool;

/*
 * FALSE for tags of recorders we do not know. @has_page: the page is recorded, so clicks
 * and inputs have events of their own. Known: Sentry's breadcrumbs and performance spans
 * (ph-sentry.h), Highlight's tags (highlight-run/src/client), Amplitude's
 * (session-replay-browser/src/constants.ts).
 */
gboolean ph_moment_tool_read (const char *tag,
                              PhJsonValue payload,
                              gboolean has_page,
                              PhMomentTool *moment);

G_END_DECLS
