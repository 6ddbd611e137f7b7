/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-facts.h"
#include "ph-health.h"
#include "ph-json.h"

G_BEGIN_DECLS

/*
 * A session of Microsoft Clarity, payload by payload, as rrweb events. Where the
 * format is described: ph-clarity.h, and clarity-decode src/ for the tokens of each
 * event.
 *
 * A page begins at the metric ClientTimestamp, which the recorder takes when it
 * starts there (src/data/metadata.ts: session()); where that is missing, at the
 * payload's member `timestamp`, if whoever kept the payload wrote down when it was
 * received, and else behind the page before it. A browser's tab is a window.
 */
typedef struct _PhClaritySession PhClaritySession;

/* One event as JSON text; @window may be NULL. Lent. FALSE with an error set stops. */
typedef gboolean (*PhClarityEventFunc) (const char *text,
                                        gsize size,
                                        const char *window,
                                        gpointer user_data,
                                        GError **error);

/* @health may be NULL; both must outlive the session. */
PhClaritySession *ph_clarity_session_new (PhClarityEventFunc func,
                                          gpointer user_data,
                                          PhHealth *health,
                                          PhFacts *facts);
void ph_clarity_session_free (PhClaritySession *session);

/* The next payload; one of another page than the last begins that page. */
gboolean ph_clarity_session_feed (PhClaritySession *session,
                                  PhJsonValue payload,
                                  GError **error);

/* Where a payload belongs: its envelope read. */
typedef struct
{
  const char *version;
  const char *session; /* its name; belongs to the document */
  gint64 page;
  gint64 sequence;
  gint64 start; /* ms since the page began */
  gint64 duration;
  gboolean is_last; /* of its page */
} PhClarityEnvelope;

/* FALSE when @payload is none. */
gboolean ph_clarity_envelope_read (PhClarityEnvelope *envelope,
                                   PhJsonValue payload);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhClaritySession, ph_clarity_session_free)

G_END_DECLS
