/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-reading.h"

G_BEGIN_DECLS

/*
 * Makes events as PostHog keeps them the ones its player shows: those that come
 * twice once (same text, same window), without packing (ph-cv.h), and with a meta
 * event before a full snapshot whose window has no viewport yet.
 */
typedef struct _PhPosthogEvents PhPosthogEvents;

/* @reading, which gets the events, must outlive it. */
PhPosthogEvents *ph_posthog_events_new (PhReading *reading);
void ph_posthog_events_free (PhPosthogEvents *events);

/* @root is @text read; @window as with ph_reading_emit(). What is no event is left out. */
gboolean ph_posthog_events_take (PhPosthogEvents *events,
                                 PhJsonValue root,
                                 const char *text,
                                 gsize size,
                                 const char *window,
                                 GError **error);
/* `$viewport_width` and `$viewport_height` of a captured event, should no event say it. */
void ph_posthog_events_note_viewport (PhPosthogEvents *events,
                                      PhJsonValue properties);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhPosthogEvents, ph_posthog_events_free)

G_END_DECLS
