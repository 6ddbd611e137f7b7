/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-reading.h"

G_BEGIN_DECLS

/*
 * Events of Sentry's recorder: rrweb's, with three custom tags besides, `breadcrumb`,
 * `performanceSpan` and `options`, whose times are in seconds (sentry-javascript
 * packages/replay-internal/src/types/replayFrame.ts; sentry-java io/sentry/rrweb).
 * What has an event of its own in rrweb's vocabulary becomes one: console lines,
 * errors, requests, addresses. The tool's words stay in it, as `data.recorded`.
 */
typedef struct _PhSentry PhSentry;

/* @reading must outlive it. */
PhSentry *ph_sentry_new (PhReading *reading);
void ph_sentry_free (PhSentry *sentry);

/*
 * An event of an archive, handed on as ph_reading_emit() does, changed or not.
 * Events of other recorders pass as they are.
 */
gboolean ph_sentry_emit (PhSentry *sentry,
                         const char *text,
                         gsize size,
                         const char *window,
                         gboolean *is_json,
                         GError **error);

/* What was seen so far: pages, and parts of a video instead of them. */
guint64 ph_sentry_get_n_snapshots (PhSentry *sentry);
guint64 ph_sentry_get_n_videos (PhSentry *sentry);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhSentry, ph_sentry_free)

G_END_DECLS
