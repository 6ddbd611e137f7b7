/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-health.h"

G_BEGIN_DECLS

/*
 * Puts texts together that come in numbered pieces, those of several texts among
 * each other. So many texts may be unfinished, and so many bytes of them held, as
 * the constants say; past that the one begun first is given up.
 */
typedef struct _PhGather PhGather;

#define PH_GATHER_TEXTS 64
#define PH_GATHER_PIECES 4096

PhGather *ph_gather_new (PhHealth *health);
void ph_gather_free (PhGather *gather);

/*
 * Piece @index of @n of the text called @name. Gives the text once it is whole,
 * else NULL; the caller frees it.
 */
GString *ph_gather_add (PhGather *gather,
                        const char *name,
                        gint64 index,
                        gint64 n,
                        const char *piece,
                        gsize size);
/* Tells of the texts that never became whole. */
void ph_gather_end (PhGather *gather);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhGather, ph_gather_free)

G_END_DECLS
