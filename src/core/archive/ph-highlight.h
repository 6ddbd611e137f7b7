/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-reading.h"

G_BEGIN_DECLS

/*
 * What Highlight's recorder (and LaunchDarkly's, which is the same) sends and keeps
 * besides rrweb's events: console lines, requests and errors, made events of
 * (highlight/highlight sdk/highlight-run/src/client, backend/payload/payload.go).
 */
typedef struct _PhHighlight PhHighlight;

/* @reading must outlive it. */
PhHighlight *ph_highlight_new (PhReading *reading);
void ph_highlight_free (PhHighlight *highlight);

/* An element of a stored array: an event, or a request. FALSE stops. */
gboolean ph_highlight_take (PhHighlight *highlight,
                            const char *text,
                            gsize size,
                            GError **error);

/* A list of console lines, and one of requests, as the JSON strings they are sent in. */
gboolean ph_highlight_take_messages (PhHighlight *highlight,
                                     const char *text,
                                     gsize size,
                                     GError **error);
gboolean ph_highlight_take_resources (PhHighlight *highlight,
                                      const char *text,
                                      gsize size,
                                      GError **error);
/* Who it was: how the page identified them, or what it said of them besides. */
void ph_highlight_take_user (PhHighlight *highlight,
                             PhJsonValue identifier,
                             PhJsonValue properties);
/* One error. */
gboolean ph_highlight_take_error (PhHighlight *highlight,
                                  const char *text,
                                  gsize size,
                                  GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhHighlight, ph_highlight_free)

G_END_DECLS
