/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-cli-making.h"

static volatile sig_atomic_t interrupted;

/* Only what may be done at any instant. */
static void
interrupted_cb (int number)
{
  interrupted = 1;
}

void
ph_cli_making_begin (PhCliMaking *making,
                     GFile *file)
{
  struct sigaction action = { .sa_handler = interrupted_cb, .sa_flags = SA_RESTART };

  interrupted = 0;
  making->cancellable = g_cancellable_new ();
  ph_cli_progress_begin (&making->progress, file);
  sigemptyset (&action.sa_mask);
  sigaction (SIGINT, &action, &making->before[0]);
  sigaction (SIGTERM, &action, &making->before[1]);
}

void
ph_cli_making_progress (double fraction,
                        gpointer making)
{
  PhCliMaking *self = making;

  if (interrupted)
    g_cancellable_cancel (self->cancellable);

  if (self->progress.func != NULL)
    self->progress.func (fraction, &self->progress);
}

void
ph_cli_making_end (PhCliMaking *making)
{
  sigaction (SIGINT, &making->before[0], NULL);
  sigaction (SIGTERM, &making->before[1], NULL);
  ph_cli_progress_end (&making->progress);
  g_clear_object (&making->cancellable);
}
