/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-reading.h"

G_BEGIN_DECLS

/*
 * What PostHog keeps and sends of a recording, value by value, in whatever wrapper
 * it came:
 *
 *   - an event, plain, packed in part (ph-cv.h), or of an app (ph-wireframe.h);
 *   - `["window",{event}]` and `{"window_id":…,"data":[event,…]}`;
 *   - a captured event `{"event":"$snapshot","properties":{"$snapshot_data":…}}`, as
 *     ingested, a list or `{"batch":[…]}` of those, and a row with `snapshot_data`;
 *     with the snapshots in pieces, too (`chunk_id`).
 *
 * Gives the events to the reading, once each, as PostHog's own player prepares
 * them: a full snapshot whose window has no viewport yet gets a meta event.
 */
typedef struct _PhPosthog PhPosthog;

/* @reading must outlive it. */
PhPosthog *ph_posthog_new (PhReading *reading);
void ph_posthog_free (PhPosthog *posthog);

/*
 * @window as with ph_reading_emit(). What is no JSON sets @is_json to FALSE, for
 * the caller to deal with; its window is remembered for what is found inside.
 */
gboolean ph_posthog_take (PhPosthog *posthog,
                          const char *text,
                          gsize size,
                          const char *window,
                          gboolean *is_json,
                          GError **error);
/* The person whose session it is, as JSON text; what is no object says nothing. */
void ph_posthog_take_person (PhPosthog *posthog,
                             const char *text,
                             gsize size);
/* The window of a line that ended too early, for the events that are found in it. */
void ph_posthog_note_rest (PhPosthog *posthog,
                           const char *text,
                           gsize size);
/* Tells what never became whole. */
void ph_posthog_end (PhPosthog *posthog);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhPosthog, ph_posthog_free)

G_END_DECLS
