/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-canvas-commands.h"

G_BEGIN_DECLS

/*
 * When everything drawn so far is painted over, and what outlives that.
 *
 * It follows the commands of a 2D context: its transformation, its properties and
 * those put aside by save(), whether it is clipped, whether a path is begun. A
 * clearRect() over the whole bitmap, or a fillRect() of a colour that lets nothing
 * through, makes the commands before it needless but for that state, which
 * ph_canvas_cover_write() puts into commands of its own. A path begun before and
 * not ended is state too, but one that costs as much as what drew it: then nothing
 * is needless until beginPath() ends it unused.
 *
 * Where it cannot be sure, nothing is needless. It depends on the commands and the
 * size of the bitmap only, so one that read what ph_canvas_cover_write() wrote is
 * like the one that wrote it.
 */
typedef struct _PhCanvasCover PhCanvasCover;

typedef enum
{
  PH_COVER_NOTHING,
  PH_COVER_PERHAPS, /* this command covers all before it, if no path turns out to be needed */
  PH_COVER_NOW,     /* this command covers all before it */
  PH_COVER_SO,      /* the last one that did perhaps, did */
} PhCover;

PhCanvasCover *ph_canvas_cover_new (guint width,
                                    guint height);
PhCanvasCover *ph_canvas_cover_copy (const PhCanvasCover *cover);
void ph_canvas_cover_free (PhCanvasCover *cover);

/* @text is the command as ph_canvas_command_read() wrote it. */
PhCover ph_canvas_cover_add (PhCanvasCover *cover,
                             const PhCanvasCommand *command,
                             const char *text);

/*
 * Commands that bring a new context to what it was before the last command that
 * covers all, joined by commas; @n is how many. The caller frees the text.
 */
char *ph_canvas_cover_write (const PhCanvasCover *cover,
                             guint *n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhCanvasCover, ph_canvas_cover_free)

G_END_DECLS
