/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-clip-order.h"
#include "ph-pointer.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * Draws the pictures of a clip: the page as the web view painted it, and above it what
 * the order asks for. The pointer and the clicks look as in the window (overlay.js). Not
 * bound to a thread, but one at a time.
 */
typedef struct _PhClipPainter PhClipPainter;

/* What of a moment is drawn, but for the page itself. */
typedef struct
{
  PhTime time;
  int width, height; /* viewport of the page, CSS pixels */
  PhPointer pointer; /* all zero when neither it nor clicks are drawn */
  char *address;     /* as recorded; NULL: none */
  char *caption;     /* NULL: none */
} PhClipLook;

PhClipLook *ph_clip_look_copy (const PhClipLook *look);
void ph_clip_look_clear (PhClipLook *look);
void ph_clip_look_free (PhClipLook *look);
/* Whether both are drawn alike by @order. */
gboolean ph_clip_look_equal (const PhClipLook *a,
                             const PhClipLook *b,
                             const PhClipOrder *order);

/* Where things are in a picture. */
typedef struct
{
  int width, height; /* of all of it; even for films */
  int strip;         /* height of the address strip, 0: none */
} PhClipLayout;

/*
 * @width and @height are the viewport at the span's begin. An error for people when the
 * picture would be too large.
 */
gboolean ph_clip_layout (const PhClipOrder *order,
                         int width,
                         int height,
                         PhClipLayout *layout,
                         GError **error);

/* The page's place in the view below the strip, as the stage puts it. */
typedef struct
{
  double x, y;
  double scale;
} PhClipPlace;

PhClipPlace ph_clip_place (const PhClipOrder *order,
                           const PhClipLayout *layout,
                           int width,
                           int height);

/* @card: what stands below the title, a line each; may be NULL. */
PhClipPainter *ph_clip_painter_new (const PhClipOrder *order,
                                    const PhClipLayout *layout,
                                    const char *card);
void ph_clip_painter_free (PhClipPainter *painter);

/* The page from now on: see ph-clip-page.h. */
void ph_clip_painter_set_page (PhClipPainter *painter,
                               cairo_surface_t *page);
/* The same, as what was taken as a snapshot. */
void ph_clip_painter_set_snapshot (PhClipPainter *painter,
                                   GdkTexture *snapshot);
/* The picture; of the painter, until the next call. */
cairo_surface_t *ph_clip_painter_draw (PhClipPainter *painter,
                                       const PhClipLook *look);
cairo_surface_t *ph_clip_painter_draw_card (PhClipPainter *painter);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhClipPainter, ph_clip_painter_free)

G_END_DECLS
