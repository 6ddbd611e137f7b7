/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Many small texts that live and die together, kept in few large blocks: no
 * bookkeeping per text and no holes. A text stays where it is until the arena
 * is freed. One thread writes; any thread may read what was written before it
 * was handed the arena.
 */
typedef struct _PhArena PhArena;

PhArena *ph_arena_new (void);
void ph_arena_free (PhArena *arena);

/* A copy of @size bytes, without a terminating zero. */
const char *ph_arena_add (PhArena *arena,
                          const char *text,
                          gsize size);
/* Memory taken, unused room at the end of blocks included. */
gsize ph_arena_get_bytes (const PhArena *arena);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhArena, ph_arena_free)

G_END_DECLS
