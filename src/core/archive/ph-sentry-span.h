/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-json.h"

G_BEGIN_DECLS

/*
 * Performance spans of Sentry's recorder that are requests (sentry-javascript
 * packages/replay-internal/src/types/performance.ts): `resource.…`, and the loading
 * of a page. FALSE for others, and for what is none at all.
 */
gboolean ph_sentry_span_write_request (GString *out,
                                       double time,
                                       PhJsonValue payload,
                                       PhJsonValue recorded);

G_END_DECLS
