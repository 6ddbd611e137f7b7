/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-recorder.h"

#include <string.h>

typedef struct
{
  const char *tag;     /* of a custom event, `data.tag` */
  const char *payload; /* a member its payload must have, or NULL */
  const char *recorder;
} Hint;

/*
 * posthog-js packages/browser/src/extensions/replay; sentry-javascript
 * packages/replay-internal/src/types/replayFrame.ts; Amplitude-TypeScript
 * packages/session-replay-browser; highlight sdk/highlight-run. Where tags are plain
 * words the payload is looked at too.
 */
static const Hint hints[] = {
  { "$posthog_config", NULL, "posthog-js" },
  { "$session_options", NULL, "posthog-js" },
  { "$remote_config_received", NULL, "posthog-js" },
  { "$pageview", NULL, "posthog-js" },
  { "breadcrumb", "category", "sentry" },
  { "performanceSpan", "startTimestamp", "sentry" },
  { "options", "sessionSampleRate", "sentry" },
  { "options", "errorSampleRate", "sentry" },
  { "get-sr-props", NULL, "amplitude" },
  { "metadata", "standaloneSDKType", "amplitude" },
  { "Viewport", "availHeight", "highlight" },
};

const char *
ph_recorder_guess (const PhEvent *event,
                   PhJsonValue root)
{
  PhJsonValue data;
  const char *tag = NULL;

  data = ph_json_member (root, "data");

  /* What a reader made an event of (ph-event-write.h) is a custom event, too. */
  if (event->type == PH_EVENT_PLUGIN || event->type == PH_EVENT_CUSTOM)
    {
      PhJsonValue recorded = ph_json_member (data, "recorded");

      if (ph_json_type (recorded) == PH_JSON_OBJECT)
        data = recorded;
    }
  else
    return NULL;

  if (!ph_json_member_string (data, "tag", &tag, NULL))
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (hints); i++)
    {
      PhJsonValue payload = ph_json_member (data, "payload");

      if (strcmp (hints[i].tag, tag) == 0 &&
          (hints[i].payload == NULL ||
           ph_json_type (ph_json_member (payload, hints[i].payload)) != PH_JSON_NONE))
        return hints[i].recorder;
    }

  return NULL;
}
