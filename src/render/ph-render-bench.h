/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * `bench FILE [--since MICROSECONDS]`: opens a recording in a window of 1280×900
 * as the program does, and says on standard output, a line each, how many
 * milliseconds things took until they were painted.
 *
 * With --since, a time of the monotonic clock, stage and file are opened at once,
 * and it says `cold-start`, counted from then. Without it the stage is made ready
 * first; it says `first-picture`, counted from opening the file, then `seek` for
 * each line of standard input, which is a time in microseconds, until that ends.
 * The line `scrub` drags across the whole recording in five seconds, with 120
 * pointer events in each; it says `scrub`, how many different pictures a second
 * were painted.
 * In front of these there is `refused`, how many operations WebKit refused so far,
 * when there are more of them than before.
 *
 * Gives the exit status; what went wrong is on standard error.
 */
int ph_render_bench (int argc,
                     char **argv);

G_END_DECLS
