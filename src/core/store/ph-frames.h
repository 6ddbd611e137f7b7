/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-span.h"

G_BEGIN_DECLS

/*
 * Where stored pages stand (keyframes), and which of them another one leans on.
 * Pure functions.
 *
 * Keyframes are spaced by work, not by time: reaching any event takes unpacking
 * one page and applying at most ph_frames_spacing() bytes of event text. A
 * large page takes long to unpack and much room, so they stand further apart
 * there: never closer than PH_FRAMES_PAGES times the page's own packed size.
 */
#define PH_FRAMES_WORK ((gsize) 1024 * 1024)
#define PH_FRAMES_PAGES 4

/* Bytes of event text between a keyframe of @page bytes and the next one. */
gsize ph_frames_spacing (gsize page);

/*
 * Keyframe @i of a window is squeezed against the one this gives, which is
 * before it, or against none (-1): every PH_FRAMES_RUN-th stands alone, and from
 * any other it is at most PH_FRAMES_DEPTH steps to one that does.
 */
#define PH_FRAMES_RUN 16
#define PH_FRAMES_DEPTH 4

int ph_frames_parent (guint i);

/* A keyframe, without its page. */
typedef struct
{
  guint32 window;
  guint snapshot; /* event of the full snapshot it grew from */
  guint next;     /* event to apply next to it */
  PhTime time;
} PhFrame;

/*
 * The last of @n keyframes, sorted by window and next event, that stands in
 * @window, grew from @snapshot and is not after event @end; or -1.
 */
int ph_frames_find (const PhFrame *frames,
                    guint n,
                    guint32 window,
                    guint snapshot,
                    guint end);

G_END_DECLS
