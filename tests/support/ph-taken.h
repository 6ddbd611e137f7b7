/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-archive.h"

G_BEGIN_DECLS

/* What reading an archive gave: for tests of readers. */
typedef struct
{
  PhArchiveInfo *info; /* NULL with an error */
  GError *error;
  PhHealth *health;
  GPtrArray *events; /* their texts, in the order of the archive */
  GString *kinds;    /* `window/kind@milliseconds ` of each */
} PhTaken;

/* @chunk: bytes at a time, 0 for all there are. */
PhTaken *ph_taken_read (const void *data,
                        gsize size,
                        gsize chunk);
PhTaken *ph_taken_read_file (const char *path);
void ph_taken_free (PhTaken *taken);

/* All events, one a line. Free it. */
char *ph_taken_to_text (PhTaken *taken);

/* Any chunking gives the same events, the same facts and the same findings. */
void ph_taken_check_chunks (const void *data,
                            gsize size);
/*
 * Cut at every tenth, it gives the first of its events or says that there is nothing,
 * and more of it never gives less. @n_wanted: events that nine tenths have at least.
 */
void ph_taken_check_cut (const void *data,
                         gsize size,
                         guint n_wanted);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhTaken, ph_taken_free)

G_END_DECLS
