/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-memory.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

#define LARGE_BLOCK (512 * 1024)
/* What of the heap's end is kept while nothing is said: glibc's own. */
#define FREE_BYTES (128 * 1024)
/* The largest that glibc takes. */
#define KEPT_BLOCK (32 * 1024 * 1024)
#define KEPT_BYTES (4 * KEPT_BLOCK)

/* How often ph_memory_keep() was called more often than ph_memory_unkeep(). */
static guint n_kept;

static void
set_limits (int largest,
            int free_bytes)
{
#ifdef __GLIBC__
  /* Said once, they do not grow by themselves any more. */
  mallopt (M_MMAP_THRESHOLD, largest);
  mallopt (M_TRIM_THRESHOLD, free_bytes);
#endif
}

void
ph_memory_set_up (void)
{
  set_limits (LARGE_BLOCK, FREE_BYTES);
}

void
ph_memory_keep (void)
{
  if (n_kept++ == 0)
    set_limits (KEPT_BLOCK, KEPT_BYTES);
}

void
ph_memory_unkeep (void)
{
  g_return_if_fail (n_kept > 0);

  if (--n_kept == 0)
    {
      set_limits (LARGE_BLOCK, FREE_BYTES);
      ph_memory_give_back ();
    }
}

void
ph_memory_give_back (void)
{
#ifdef __GLIBC__
  malloc_trim (0);
#endif
}
