/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-arena.h"

#include <string.h>

/* Blocks grow from the first to the second size. */
#define FIRST_BLOCK ((gsize) 64 * 1024)
#define LARGEST_BLOCK ((gsize) 4 * 1024 * 1024)

struct _PhArena
{
  GPtrArray *blocks;
  char *room;      /* in the newest ordinary block */
  gsize room_size; /* of what is left of it */
  gsize block_size;
  gsize bytes;
};

PhArena *
ph_arena_new (void)
{
  PhArena *arena = g_new0 (PhArena, 1);

  arena->blocks = g_ptr_array_new_with_free_func (g_free);
  arena->block_size = FIRST_BLOCK;

  return arena;
}

void
ph_arena_free (PhArena *arena)
{
  if (arena == NULL)
    return;

  g_ptr_array_unref (arena->blocks);
  g_free (arena);
}

static char *
add_block (PhArena *arena,
           gsize size)
{
  char *block = g_malloc (size);

  g_ptr_array_add (arena->blocks, block);
  arena->bytes += size;

  return block;
}

static char *
take_room (PhArena *arena,
           gsize size)
{
  char *place;

  /* A long text gets a block of its own, so that little of the newest one is lost. */
  if (size > arena->room_size && size > arena->block_size / 4)
    return add_block (arena, size);

  if (size > arena->room_size)
    {
      arena->room = add_block (arena, arena->block_size);
      arena->room_size = arena->block_size;
      arena->block_size = MIN (arena->block_size * 2, LARGEST_BLOCK);
    }

  place = arena->room;
  arena->room += size;
  arena->room_size -= size;

  return place;
}

const char *
ph_arena_add (PhArena *arena,
              const char *text,
              gsize size)
{
  char *place;

  if (size == 0)
    return "";

  place = take_room (arena, size);
  memcpy (place, text, size);

  return place;
}

gsize
ph_arena_get_bytes (const PhArena *arena)
{
  return arena->bytes;
}
