/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/* How far a channel may be from the other, of 255: what smoothing of edges makes differ. */
#define REFEREE_TOLERANCE 16

typedef struct
{
  guint64 n;    /* pixels that differ */
  double share; /* of all pixels, 0 … 1, that differ */
  double ink;   /* of those that are not background in both, that differ */
} RefereeDifference;

/*
 * How much two pictures of a page differ, over white. Both are looked at in the
 * @width × @height at their top left; where one has no pixel, it differs. Plain
 * background counts for little: a page of one line would be equal to any other.
 * So there are two figures. The background is the first's most common colour.
 * @picture becomes one of where they differ, red on a pale copy of the first;
 * the caller owns it.
 */
RefereeDifference referee_pixels_compare (GdkTexture *one,
                                          GdkTexture *other,
                                          int width,
                                          int height,
                                          GdkTexture **picture);

G_END_DECLS
