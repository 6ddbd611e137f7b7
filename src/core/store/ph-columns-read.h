/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-event.h"
#include "ph-parts.h"

G_BEGIN_DECLS

/* Reading what ph_columns_pack() wrote. */

/*
 * Sets text, size and @firsts of @n events, whose timestamps are known, and gives
 * the memory their texts are in, to be freed with g_free(), and its @size. NULL
 * and bad when the bytes are not what was written. Memory and time are bounded by
 * the bytes there are and by what the largest event may take.
 */
char *ph_columns_unpack (PhPartsReader *reader,
                         PhEvent *events,
                         guint n,
                         guint32 *firsts,
                         gsize *size);

G_END_DECLS
