/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-canvas-commands.h"
#include "ph-health.h"

G_BEGIN_DECLS

/*
 * What was drawn into a <canvas>: the commands since everything before them was
 * painted over (ph-canvas-cover.h), in runs, each a JSON array of commands in the
 * form of ph-canvas-commands.h. All of them have passed there.
 *
 * Immutable and shared, like the other parts of a page: drawing more gives another
 * PhCanvas, which shares the runs with the one before it.
 */
typedef struct _PhCanvas PhCanvas;

/* A bitmap of this size with nothing in it; @based: with the picture of `rr_dataURL`. */
PhCanvas *ph_canvas_new (guint width,
                         guint height,
                         gboolean based);
PhCanvas *ph_canvas_ref (PhCanvas *canvas);
void ph_canvas_unref (PhCanvas *canvas);

/*
 * What is there after the commands of a CanvasMutation event (@data). @canvas is
 * taken over. Commands that may not be shown are findings in @health.
 */
PhCanvas *ph_canvas_draw (PhCanvas *canvas,
                          PhJsonValue data,
                          PhHealth *health,
                          PhTime time);

PhCanvasContext ph_canvas_get_context (const PhCanvas *canvas);
/* The picture of `rr_dataURL` lies under everything. */
gboolean ph_canvas_is_based (const PhCanvas *canvas);
/* Of the bitmap. Recorded frames of a canvas may have another size than the element says. */
void ph_canvas_get_size (const PhCanvas *canvas,
                         guint *width,
                         guint *height);
guint ph_canvas_n_commands (const PhCanvas *canvas);

/* The runs in order: GRefString, owned by @canvas. The caller unrefs the array. */
GPtrArray *ph_canvas_list_runs (const PhCanvas *canvas);
/*
 * TRUE when @canvas is @old with more drawn into it: @n is of how many runs. A run
 * in which more than one has ended is another one.
 */
gboolean ph_canvas_continues (const PhCanvas *canvas,
                              const PhCanvas *old,
                              guint *n);
gboolean ph_canvas_equal (const PhCanvas *a,
                          const PhCanvas *b);

/* ---- for stored pages ---- */

enum
{
  PH_CANVAS_BASED = 1 << 0,
  PH_CANVAS_FULL = 1 << 1,   /* commands are left out since a limit was reached */
  PH_CANVAS_FRAMED = 1 << 2, /* it holds one recorded frame and nothing else */
  PH_CANVAS_FLAGS = (1 << 3) - 1,
};

guint ph_canvas_get_flags (const PhCanvas *canvas);
/*
 * The canvas that has these flags, this context and size, and these runs, which are
 * checked like recorded ones; NULL when they are none. @runs has GRefStrings.
 */
PhCanvas *ph_canvas_restore (guint flags,
                             PhCanvasContext context,
                             guint width,
                             guint height,
                             const GPtrArray *runs);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhCanvas, ph_canvas_unref)

G_END_DECLS
