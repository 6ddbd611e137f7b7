/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-span.h"

G_BEGIN_DECLS

/*
 * The seek that is wanted while another one is still being drawn: a value, all
 * of it. Absolute seeks replace each other, relative ones add up, so a dragged
 * scrubber costs one seek per frame however many motion events it sends.
 */
typedef struct
{
  PhTime target; /* PH_TIME_NONE when no absolute seek is wanted */
  PhTime offset;
} PhSeek;

#define PH_SEEK_INIT ((PhSeek) { .target = PH_TIME_NONE })

/* Any time may be asked for; it is clamped when the seek is taken. */
void ph_seek_to (PhSeek *seek,
                 PhTime target);
void ph_seek_by (PhSeek *seek,
                 PhTime offset);
gboolean ph_seek_is_wanted (const PhSeek *seek);

/* Where to go from @now; empties @seek. FALSE when nothing is wanted. */
gboolean ph_seek_take (PhSeek *seek,
                       PhTime now,
                       PhSpan within,
                       PhTime *target);

G_END_DECLS
