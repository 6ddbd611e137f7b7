/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-cli-assets.h"
#include "ph-cli-display.h"
#include "ph-cli.h"

G_BEGIN_DECLS

/* What a clip is to be. The span and the window are looked up, the rest is as it was given. */
typedef struct
{
  PhSession *session;
  const char *file;
  const char *output;
  PhSpan span;
  guint32 window; /* G_MAXUINT32: the active one */

  /* Of pictures and films. */
  int width, height; /* 0 × 0: as recorded */
  int columns, rows; /* of a sheet; 0 × 0: none */
  int fps;           /* 0: what the form has */
  guint speed;       /* thousandths */
  gboolean no_idle, no_pointer, no_clicks, address, clock;
  const char *title;   /* or NULL */
  GPtrArray *captions; /* texts for the helper: begin and end in microseconds, words */
  const PhCliAssets *given;
  PhCliDisplay *display; /* NULL for the other forms */

  gboolean no_facts; /* of a recording */
} PhCliClip;

/*
 * A form a clip can have: how it is chosen, and who makes it. A form that is no picture or
 * film ignores what is said of those. To add one, add a row in ph-cli-clip.c.
 */
typedef struct
{
  const char *name;      /* of --form, and for the helper */
  const char *extension; /* chosen by the end of the file's name; the first that fits counts */
  gboolean is_picture;   /* what is said of pictures and films counts */
  PhCliStatus (*make) (const PhCliClip *clip,
                       const char *name);
} PhCliClipForm;

/* By the helper: needs a display, or Xvfb. */
PhCliStatus ph_cli_clip_render (const PhCliClip *clip,
                                const char *name);

/* A page that plays in any browser. */
PhCliStatus ph_cli_clip_html (const PhCliClip *clip,
                              const char *name);

/* A recording of its own. */
PhCliStatus ph_cli_clip_excerpt (const PhCliClip *clip,
                                 const char *name);

G_END_DECLS
