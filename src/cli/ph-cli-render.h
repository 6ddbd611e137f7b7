/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-cli.h"

G_BEGIN_DECLS

/*
 * Starts `playhead-render`, which shows the page in a web view: this program
 * has none. Without a display one is started for it (Xvfb). The recording is
 * opened a second time there; that it can be opened is known by then.
 */
typedef struct
{
  PhTime at;
  guint32 window;    /* G_MAXUINT32: the active one */
  int width, height; /* 0 × 0: as recorded */
  gboolean plain;
} PhCliShot;

PhCliStatus ph_cli_render_html (const char *file,
                                PhTime at,
                                guint32 window,
                                const char *output);
PhCliStatus ph_cli_render_shot (const char *file,
                                const PhCliShot *shot,
                                const char *output);

G_END_DECLS
