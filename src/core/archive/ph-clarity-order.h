/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-clarity-session.h"

G_BEGIN_DECLS

/*
 * Payloads in the order they were recorded in: by session, page and sequence. What
 * comes early waits, up to a bounded number of bytes; what comes twice, or long after
 * its page was left, is left out, and that is a finding.
 */
typedef struct _PhClarityOrder PhClarityOrder;

/* @session must outlive it. */
PhClarityOrder *ph_clarity_order_new (PhClaritySession *session,
                                      gsize max_bytes,
                                      PhHealth *health);
void ph_clarity_order_free (PhClarityOrder *order);

/*
 * Takes the JSON text of one payload. @is_json is FALSE when it is no JSON; JSON that
 * is no payload is a finding. FALSE with an error set when reading must stop.
 */
gboolean ph_clarity_order_push (PhClarityOrder *order,
                                const char *text,
                                gsize size,
                                gboolean *is_json,
                                GError **error);
/* Nothing more comes: what waits is taken as it is. */
gboolean ph_clarity_order_finish (PhClarityOrder *order,
                                  GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhClarityOrder, ph_clarity_order_free)

G_END_DECLS
