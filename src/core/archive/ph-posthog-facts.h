/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-event.h"
#include "ph-facts.h"

G_BEGIN_DECLS

/* What PostHog knows beyond the page, put under the names all formats share. */

/* `{"name":…,"distinct_ids":[…],"properties":{…}}`: the person whose session it is. */
void ph_posthog_facts_person (PhFacts *facts,
                              PhJsonValue person);

/* The properties of a captured event: device, library and ids; the rest is not the session's. */
void ph_posthog_facts_properties (PhFacts *facts,
                                  PhJsonValue properties);

/* What the recorder writes of itself in events of its own, such as `$recording_started`. */
void ph_posthog_facts_event (PhFacts *facts,
                             const PhEvent *event,
                             PhJsonValue root);

G_END_DECLS
