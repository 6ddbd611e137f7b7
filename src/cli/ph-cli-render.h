/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-cli-assets.h"
#include "ph-cli-display.h"
#include "ph-cli.h"

G_BEGIN_DECLS

/*
 * Starts `playhead-render`, which shows the page in a web view: this program
 * has none. Without a display one is started for it. The recording is
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
                                const PhCliAssets *given,
                                const char *output);
PhCliStatus ph_cli_render_state (const char *file,
                                 PhTime at,
                                 guint32 window,
                                 const PhCliAssets *given,
                                 const char *output);
PhCliStatus ph_cli_render_shot (const char *file,
                                const PhCliShot *shot,
                                const PhCliAssets *given,
                                const char *output);

/*
 * Starts the helper for something that takes its time and ends with the file there: it says
 * `progress FRACTION …` on standard output while it goes on. Signals that end this program
 * end the helper first, which leaves no file. @arguments are those after its name.
 */
PhCliStatus ph_cli_render_long (const char *file,
                                GPtrArray *arguments,
                                PhCliDisplay *display,
                                const char *output);

typedef enum
{
  PH_CLI_MEASURE_COLD_START,    /* from the process's start to the first painted page */
  PH_CLI_MEASURE_FIRST_PICTURE, /* from opening to the first painted page, the stage being ready */
  PH_CLI_MEASURE_SEEK,          /* from asking to the painted page */
  PH_CLI_MEASURE_REFUSED,       /* no time: how many operations WebKit refused so far */
  PH_CLI_MEASURE_SCRUB,         /* no time: different pictures a second while scrubbing */
} PhCliMeasure;

/*
 * @value is in milliseconds, where nothing else is said; @process is the
 * helper's number and lives until this returns.
 */
typedef void (*PhCliMeasured) (PhCliMeasure measure,
                               double value,
                               const char *process,
                               gpointer user_data);

/* As many as fit into a pipe nobody reads yet. */
#define PH_CLI_MAX_SEEKS 2000

/*
 * Measures the first two, each in a process of its own, then a seek to each of
 * @times, then scrubbing.
 */
PhCliStatus ph_cli_render_bench (const char *file,
                                 const PhTime *times,
                                 guint n_times,
                                 PhCliMeasured measured,
                                 gpointer user_data);

G_END_DECLS
