/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * `clip FILE --form NAME --from MICROSECONDS --to MICROSECONDS -o OUT …`: makes a clip
 * (ph-clip.h; NAME is that of a PhClipFormInfo). While it goes on there are lines on
 * standard output: `progress FRACTION SECONDS-LEFT`, the latter −1 while nobody knows, and
 * at the end `pictures N painted N`. SIGINT and SIGTERM cancel it: no file is left.
 *
 * Gives the exit status; what went wrong is on standard error.
 */
int ph_render_clip (int argc,
                    char **argv);

G_END_DECLS
