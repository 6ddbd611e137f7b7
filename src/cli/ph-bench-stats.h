/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-span.h"

G_BEGIN_DECLS

/* What a benchmark asks for, and what it says about the answers. Pure. */

/*
 * Fills in @n times to seek to, 0 ≤ t < @duration, that any other player can be
 * asked for as well: x = 12345; for each of them x ← (1103515245·x + 12345) mod 2³¹,
 * t = @duration·x/2³¹.
 */
void ph_bench_times (PhTime duration,
                     PhTime *times,
                     guint n);

/* The smallest samples that 50 and 95 per cent do not exceed, and the largest; 0 of none. */
typedef struct
{
  double p50;
  double p95;
  double max;
} PhBenchSpread;

/* Sorts @samples. */
PhBenchSpread ph_bench_spread (double *samples,
                               guint n);

G_END_DECLS
