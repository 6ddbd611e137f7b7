/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-event.h"

G_BEGIN_DECLS

/*
 * Console lines as recorders write them: the console plugin of rrweb, and the
 * log source of rrweb 1. Each argument was turned into JSON text, so strings
 * are quoted twice; here they are read as a person saw them in the console.
 */
typedef struct
{
  const char *level; /* `log`, `error` …; lent by the document of the event */
  char *text;        /* one line, at most PH_LIMIT_LABEL_CHARS characters, without a stack */
  char *stack;       /* where it was called, a line for each call, innermost first; or NULL */
} PhConsoleLine;

/* FALSE when @event is no console line. */
gboolean ph_console_read (const PhEvent *event,
                          PhJsonValue root,
                          PhConsoleLine *line);
void ph_console_clear (PhConsoleLine *line);

G_END_DECLS
