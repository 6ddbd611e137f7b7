/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-health.h"
#include "ph-json.h"
#include "ph-packed.h"

G_BEGIN_DECLS

/*
 * Events that posthog-js packed in part (`"cv":"2024-10"`): of a full snapshot
 * `data` is a string of gzip data, of a mutation and of changed style rules the
 * lists in `data` are (posthog-js packages/browser/src/extensions/replay).
 */
typedef enum
{
  PH_CV_PLAIN,  /* nothing in it is packed */
  PH_CV_OPENED, /* the event without packing was written */
  PH_CV_LOST,   /* what is packed is damaged, and nothing is left without it */
} PhCvResult;

/*
 * Writes the event @root to @out, which is emptied first. A list that cannot be
 * opened is left out and told to @health; an empty one is none. @unpacked is how
 * many bytes came out of packing.
 */
PhCvResult ph_cv_open (PhPacked *packed,
                       PhJsonValue root,
                       GString *out,
                       gsize *unpacked,
                       PhHealth *health);

G_END_DECLS
