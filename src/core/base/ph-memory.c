/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-memory.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

#define LARGE_BLOCK (512 * 1024)

void
ph_memory_set_up (void)
{
#ifdef __GLIBC__
  /* Said once, it does not grow by itself any more. */
  mallopt (M_MMAP_THRESHOLD, LARGE_BLOCK);
#endif
}

void
ph_memory_give_back (void)
{
#ifdef __GLIBC__
  malloc_trim (0);
#endif
}
