/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-bench-stats.h"

#include <stdlib.h>

#define MODULUS_BITS 31
#define MODULUS ((guint64) 1 << MODULUS_BITS)

void
ph_bench_times (PhTime duration,
                PhTime *times,
                guint n)
{
  guint64 whole = (guint64) MAX (duration, 0) >> MODULUS_BITS;
  guint64 rest = (guint64) MAX (duration, 0) & (MODULUS - 1);
  guint64 x = 12345;

  for (guint i = 0; i < n; i++)
    {
      x = (G_GUINT64_CONSTANT (1103515245) * x + 12345) & (MODULUS - 1);
      /* Exact, and without a product that would not fit. */
      times[i] = (PhTime) (whole * x + ((rest * x) >> MODULUS_BITS));
    }
}

static int
compare (const void *a,
         const void *b)
{
  double left = *(const double *) a;
  double right = *(const double *) b;

  return (left > right) - (left < right);
}

static double
nearest_rank (const double *sorted,
              guint n,
              guint percent)
{
  return sorted[((guint64) n * percent + 99) / 100 - 1];
}

PhBenchSpread
ph_bench_spread (double *samples,
                 guint n)
{
  if (n == 0)
    return (PhBenchSpread) { 0 };

  qsort (samples, n, sizeof *samples, compare);

  return (PhBenchSpread) {
    .p50 = nearest_rank (samples, n, 50),
    .p95 = nearest_rank (samples, n, 95),
    .max = samples[n - 1],
  };
}
