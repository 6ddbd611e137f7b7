/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-cli.h"

#include <signal.h>

G_BEGIN_DECLS

/*
 * A file in the making, in this process: progress is shown, and SIGINT and SIGTERM cancel
 * it, so that nothing half made is left. One at a time.
 */
typedef struct
{
  PhCliProgress progress;
  GCancellable *cancellable;
  struct sigaction before[2];
} PhCliMaking;

void ph_cli_making_begin (PhCliMaking *making,
                          GFile *file);
/* PhSessionProgress; @making is the PhCliMaking. It is here that signals are heard of. */
void ph_cli_making_progress (double fraction,
                             gpointer making);
void ph_cli_making_end (PhCliMaking *making);

G_END_DECLS
