/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-event.h"

G_BEGIN_DECLS

/*
 * The name of the recorder that alone writes events like this one, such as
 * `posthog-js` or `sentry`, or NULL. rrweb itself says nothing about who used
 * it; what tools add to the stream gives them away. Static.
 */
const char *ph_recorder_guess (const PhEvent *event,
                               PhJsonValue root);

G_END_DECLS
