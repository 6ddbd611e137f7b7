/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-clip-page.h"

#include "ph-clip-texture.h"

#include <string.h>

cairo_surface_t *
ph_clip_page_new (int width,
                  int height)
{
  return cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
}

/* cairo draws what GTK has recorded right onto a clear surface, onto another one by a copy. */
static cairo_t *
begin (cairo_surface_t *page,
       int width,
       int height)
{
  int wide = cairo_image_surface_get_width (page);
  int high = cairo_image_surface_get_height (page);
  cairo_t *cr = cairo_create (page);

  cairo_set_operator (cr, CAIRO_OPERATOR_CLEAR);
  cairo_paint (cr);
  cairo_set_operator (cr, CAIRO_OPERATOR_OVER);

  /* A screen of two pixels for one gives twice as many. */
  if (width != wide || height != high)
    cairo_scale (cr, (double) wide / width, (double) high / height);

  return cr;
}

void
ph_clip_page_paint (cairo_surface_t *page,
                    GdkTexture *snapshot)
{
  cairo_surface_t *pixels = ph_clip_texture_to_surface (snapshot);
  cairo_t *cr =
    begin (page, gdk_texture_get_width (snapshot), gdk_texture_get_height (snapshot));

  cairo_set_source_surface (cr, pixels, 0, 0);
  /* Scaled, its edges are as opaque as the rest. */
  cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (pixels);
}

gboolean
ph_clip_page_paint_shown (cairo_surface_t *page,
                          PhWebStage *stage)
{
  GtkWidget *view = ph_web_stage_get_widget (stage);
  cairo_t *cr = begin (page, gtk_widget_get_width (view), gtk_widget_get_height (view));
  gboolean shown = ph_web_stage_draw (stage, cr);

  cairo_destroy (cr);

  return shown;
}

gboolean
ph_clip_page_is_whole (cairo_surface_t *page)
{
  /* Rows of four bytes a pixel have nothing between them. */
  const guint32 *pixels =
    (const guint32 *) (gconstpointer) cairo_image_surface_get_data (page);
  gsize n = (gsize) cairo_image_surface_get_width (page) *
            (gsize) cairo_image_surface_get_height (page);
  guint32 all = 0xffffffff;

  for (gsize i = 0; i < n; i++)
    all &= pixels[i];

  return all >> 24 == 0xff;
}

gboolean
ph_clip_page_equal (cairo_surface_t *page,
                    cairo_surface_t *other)
{
  int stride = cairo_image_surface_get_stride (page);
  int width = cairo_image_surface_get_width (page);
  int height = cairo_image_surface_get_height (page);
  const guint8 *one = cairo_image_surface_get_data (page);
  const guint8 *two = cairo_image_surface_get_data (other);

  g_return_val_if_fail (cairo_image_surface_get_width (other) == width &&
                          cairo_image_surface_get_height (other) == height,
                        FALSE);

  return memcmp (one, two, (gsize) stride * (gsize) height) == 0;
}
