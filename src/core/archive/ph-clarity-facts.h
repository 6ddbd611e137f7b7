/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-clarity.h"
#include "ph-facts.h"

G_BEGIN_DECLS

/*
 * What Clarity measures and says of a session besides its pages, as facts: metrics
 * and dimensions by their numbers (clarity-js types/data.d.ts), variables by the names
 * a site gave them, and the envelope of a payload.
 */

/* Of a Metric event. @client_timestamp is set when it is among them: ms since 1970. */
void ph_clarity_facts_metrics (PhFacts *facts,
                               const PhClarityTokens *tokens,
                               double *client_timestamp);
/* Of a Dimension event. */
void ph_clarity_facts_dimensions (PhFacts *facts,
                                  const PhClarityTokens *tokens);
/* The first text of a dimension, or NULL: 1 is the address, 15 the browser's tab. */
const char *ph_clarity_dimension (const PhClarityTokens *tokens,
                                  gint64 number);
/* Of a Variable event. */
void ph_clarity_facts_variables (PhFacts *facts,
                                 const PhClarityTokens *tokens);
/* Of a Consent event. */
void ph_clarity_facts_consent (PhFacts *facts,
                               const PhClarityTokens *tokens);
/* Of the array that is a payload's envelope. */
void ph_clarity_facts_envelope (PhFacts *facts,
                                PhJsonValue envelope);

G_END_DECLS
