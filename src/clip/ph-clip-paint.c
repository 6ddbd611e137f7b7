/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-clip-paint.h"

#include "ph-clip-page.h"
#include "ph-clip-text.h"
#include "ph-limits.h"
#include "ph-text.h"

#include <math.h>

typedef struct
{
  double red, green, blue, alpha;
} Colour;

/* What the page does not cover is a quiet grey, as in the window. */
static const Colour ground = { 0.94, 0.94, 0.94, 1 };
static const Colour white = { 1, 1, 1, 1 };
static const Colour dark = { 0.118, 0.118, 0.118, 1 };
static const Colour blue = { 0.102, 0.373, 0.706, 1 };
static const Colour strip_ground = { 0.922, 0.922, 0.922, 1 };
static const Colour strip_edge = { 0, 0, 0, 0.18 };
static const Colour strip_text = { 0.18, 0.2, 0.21, 1 };
static const Colour strip_faint = { 0.18, 0.2, 0.21, 0.6 };
static const Colour pill = { 0.08, 0.08, 0.1, 0.82 };
static const Colour card_ground = { 0.141, 0.122, 0.192, 1 };
static const Colour card_accent = { 0.384, 0.627, 0.918, 1 };
static const Colour card_faint = { 1, 1, 1, 0.7 };

struct _PhClipPainter
{
  PhClipOrder *order;
  PhClipLayout layout;
  char *card;

  cairo_surface_t *page;  /* NULL before the first */
  cairo_surface_t *own;   /* of snapshots, or NULL */
  cairo_surface_t *strip; /* or NULL */
  cairo_surface_t *picture;

  /* What the strip shows. */
  char *address;
  PhTime seconds;
};

static void
set_colour (cairo_t *cr,
            Colour colour)
{
  cairo_set_source_rgba (cr, colour.red, colour.green, colour.blue, colour.alpha);
}

/* --- text ------------------------------------------------------------------ */

/* In its height, @y being the middle of the line. */
static void
show_centred (cairo_t *cr,
              PangoLayout *layout,
              double x,
              double y)
{
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  cairo_move_to (cr, round (x), round (y - height / 2.0));
  pango_cairo_show_layout (cr, layout);
}

static void
add_rounded (cairo_t *cr,
             double x,
             double y,
             double width,
             double height,
             double radius)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - radius, y + radius, radius, -G_PI_2, 0);
  cairo_arc (cr, x + width - radius, y + height - radius, radius, 0, G_PI_2);
  cairo_arc (cr, x + radius, y + height - radius, radius, G_PI_2, G_PI);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 3 * G_PI_2);
  cairo_close_path (cr);
}

/* --- the pointer ----------------------------------------------------------- */

/* As `arrow` in stage.html. */
static void
add_arrow (cairo_t *cr)
{
  static const double points[][2] = {
    { 0, 0 },
    { 0, 17.5 },
    { 4.3, 13.6 },
    { 7.1, 20.2 },
    { 10.6, 18.7 },
    { 7.8, 12.2 },
    { 13.6, 12.2 },
  };

  cairo_new_path (cr);

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    cairo_line_to (cr, points[i][0], points[i][1]);

  cairo_close_path (cr);
}

static void
draw_arrow (cairo_t *cr,
            gboolean pressed)
{
  add_arrow (cr);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_width (cr, 1.6);
  set_colour (cr, white);
  cairo_stroke_preserve (cr);
  set_colour (cr, pressed ? blue : dark);
  cairo_fill (cr);
}

static void
draw_ring (cairo_t *cr,
           double radius,
           double alpha,
           double fill,
           double width,
           Colour edge)
{
  cairo_new_path (cr);
  cairo_arc (cr, 0, 0, radius, 0, 2 * G_PI);

  if (fill > 0)
    {
      cairo_set_source_rgba (cr, 0.208, 0.518, 0.894, fill * alpha);
      cairo_fill_preserve (cr);
    }

  cairo_set_line_width (cr, width);
  edge.alpha = alpha;
  set_colour (cr, edge);
  cairo_stroke (cr);
}

/* The size on the screen follows the page's, within what the eye needs. */
static void
begin_mark (cairo_t *cr,
            const PhClipPlace *place,
            double x,
            double y)
{
  double size = CLAMP (place->scale, 0.75, 1.5);

  cairo_save (cr);
  cairo_translate (cr, place->x + x * place->scale, place->y + y * place->scale);
  cairo_scale (cr, size, size);
}

static void
draw_click (cairo_t *cr,
            const PhClipPlace *place,
            const PhClick *click)
{
  double left = CLAMP (1 - click->progress, 0, 1);
  double eased = 1 - left * left * left;
  double radius = (click->kind == PH_POINTER_TOUCH ? 14 : 5) + 20 * eased;

  begin_mark (cr, place, click->x, click->y);
  draw_ring (cr, radius, left, 0, 4, white);
  draw_ring (cr, radius, left, 0.25, 2, blue);
  cairo_restore (cr);
}

static void
draw_pointer (cairo_t *cr,
              const PhClipPlace *place,
              const PhPointer *pointer)
{
  for (guint i = 0; i < pointer->n_others; i++)
    {
      const PhTouch *touch = &pointer->others[i];

      begin_mark (cr, place, touch->x, touch->y);
      draw_ring (cr, touch->kind == PH_POINTER_TOUCH ? 16 : 5, 1, 0.35, 2, white);
      cairo_restore (cr);
    }

  begin_mark (cr, place, pointer->x, pointer->y);

  if (pointer->kind == PH_POINTER_TOUCH)
    draw_ring (cr, 16, pointer->pressed ? 1 : 0.4, 0.35, 2, white);
  else
    draw_arrow (cr, pointer->pressed);

  cairo_restore (cr);
}

static void
draw_marks (PhClipPainter *self,
            cairo_t *cr,
            const PhClipLook *look)
{
  PhClipPlace place = ph_clip_place (self->order, &self->layout, look->width, look->height);

  cairo_save (cr);
  cairo_rectangle (cr, 0, self->layout.strip, self->layout.width,
                   self->layout.height - self->layout.strip);
  cairo_clip (cr);
  cairo_translate (cr, 0, self->layout.strip);

  if (self->order->clicks)
    for (guint i = 0; i < look->pointer.n_clicks; i++)
      draw_click (cr, &place, &look->pointer.clicks[i]);

  if (self->order->pointer && look->pointer.visible)
    draw_pointer (cr, &place, &look->pointer);

  cairo_restore (cr);
}

/* --- around the page ------------------------------------------------------- */

/* The width it takes, to the left of @right. */
static double
draw_strip_clock (cairo_t *cr,
                  double height,
                  double right,
                  PhTime time)
{
  g_autofree char *text = ph_time_format (time);
  g_autoptr (PangoLayout) layout = ph_clip_text_new (cr, text, height * 0.38, PANGO_WEIGHT_MEDIUM);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  set_colour (cr, strip_text);
  show_centred (cr, layout, right - width, height / 2);

  return width;
}

static void
draw_strip_address (cairo_t *cr,
                    double x,
                    double width,
                    double height,
                    const char *address)
{
  g_autofree char *line = ph_text_line (address, PH_LIMIT_LABEL_CHARS);
  g_autofree char *text = ph_text_visible (line);
  g_autoptr (PangoLayout) layout = ph_clip_text_new (cr, text, height * 0.38, PANGO_WEIGHT_NORMAL);
  double inset = round (height * 0.16);
  double padding = round (height * 0.4);

  set_colour (cr, white);
  add_rounded (cr, x, inset, width, height - 2 * inset, (height - 2 * inset) / 2);
  cairo_fill (cr);

  pango_layout_set_width (layout, (int) (MAX (width - 2 * padding, 1) * PANGO_SCALE));
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  set_colour (cr, address[0] != '\0' ? strip_text : strip_faint);
  show_centred (cr, layout, x + padding, height / 2);
}

static void
draw_strip (PhClipPainter *self,
            const PhClipLook *look)
{
  double height = self->layout.strip;
  double margin = round (height * 0.3);
  double right = self->layout.width - margin;
  cairo_t *cr = cairo_create (self->strip);

  set_colour (cr, strip_ground);
  cairo_paint (cr);

  if (self->order->clock)
    right -= draw_strip_clock (cr, height, right, look->time) + margin;

  if (right - margin > height)
    draw_strip_address (cr, margin, right - margin, height,
                        look->address != NULL ? look->address : "");

  set_colour (cr, strip_edge);
  cairo_rectangle (cr, 0, height - 1, self->layout.width, 1);
  cairo_fill (cr);
  cairo_destroy (cr);
}

static void
update_strip (PhClipPainter *self,
              const PhClipLook *look)
{
  PhTime seconds = self->order->clock ? look->time / PH_SECOND : 0;

  if (self->strip != NULL && self->seconds == seconds &&
      g_strcmp0 (self->address, look->address) == 0)
    return;

  if (self->strip == NULL)
    self->strip =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, self->layout.width, self->layout.strip);

  g_free (self->address);
  self->address = g_strdup (look->address);
  self->seconds = seconds;
  draw_strip (self, look);
}

/* The size letters have above the page. */
static double
get_text_size (const PhClipPainter *self)
{
  return CLAMP (self->layout.height / 32.0, 11, 34);
}

/* Words on a dark ground, at the bottom: at @align of the width, 0 to 1. */
static void
draw_pill (PhClipPainter *self,
           cairo_t *cr,
           PangoLayout *layout,
           double align)
{
  double size = get_text_size (self);
  double margin = round (size * 0.9);
  double padding = round (size * 0.6);
  double x;
  double y;
  int width;
  int height;

  pango_layout_get_pixel_size (layout, &width, &height);
  x = margin + round ((self->layout.width - 2 * margin - width - 2 * padding) * align);
  y = self->layout.height - margin - height - padding;
  set_colour (cr, pill);
  add_rounded (cr, x, y, width + 2 * padding, height + padding, padding);
  cairo_fill (cr);
  set_colour (cr, white);
  cairo_move_to (cr, x + padding, y + round (padding / 2));
  pango_cairo_show_layout (cr, layout);
}

static void
draw_clock (PhClipPainter *self,
            cairo_t *cr,
            PhTime time)
{
  g_autofree char *text = ph_time_format (time);
  g_autoptr (PangoLayout) layout =
    ph_clip_text_new (cr, text, get_text_size (self) * 0.85, PANGO_WEIGHT_MEDIUM);

  draw_pill (self, cr, layout, 1);
}

static void
draw_caption (PhClipPainter *self,
              cairo_t *cr,
              const char *caption)
{
  g_autofree char *text = ph_clip_text_lines (caption);
  g_autoptr (PangoLayout) layout =
    ph_clip_text_new (cr, text, get_text_size (self), PANGO_WEIGHT_NORMAL);
  double room = self->layout.width * 0.8;
  int width;

  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  pango_layout_set_width (layout, (int) (room * PANGO_SCALE));
  pango_layout_set_height (layout, -3);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_get_pixel_size (layout, &width, NULL);
  pango_layout_set_width (layout, width * PANGO_SCALE);
  draw_pill (self, cr, layout, 0.5);
}

/* --- pictures -------------------------------------------------------------- */

void
ph_clip_painter_set_page (PhClipPainter *painter,
                          cairo_surface_t *page)
{
  cairo_surface_t *old = painter->page;

  painter->page = cairo_surface_reference (page);
  g_clear_pointer (&old, cairo_surface_destroy);
}

void
ph_clip_painter_set_snapshot (PhClipPainter *painter,
                              GdkTexture *snapshot)
{
  if (painter->own == NULL)
    painter->own = ph_clip_page_new (painter->layout.width,
                                     painter->layout.height - painter->layout.strip);

  ph_clip_page_paint (painter->own, snapshot);
  ph_clip_painter_set_page (painter, painter->own);
}

cairo_surface_t *
ph_clip_painter_draw (PhClipPainter *painter,
                      const PhClipLook *look)
{
  cairo_t *cr = cairo_create (painter->picture);

  cairo_set_operator (cr, CAIRO_OPERATOR_SOURCE);

  if (painter->page != NULL)
    cairo_set_source_surface (cr, painter->page, 0, painter->layout.strip);
  else
    set_colour (cr, ground);

  cairo_paint (cr);

  if (painter->layout.strip > 0)
    {
      update_strip (painter, look);
      cairo_set_source_surface (cr, painter->strip, 0, 0);
      cairo_rectangle (cr, 0, 0, painter->layout.width, painter->layout.strip);
      cairo_fill (cr);
    }

  cairo_set_operator (cr, CAIRO_OPERATOR_OVER);
  draw_marks (painter, cr, look);

  if (look->caption != NULL)
    draw_caption (painter, cr, look->caption);

  if (painter->order->clock && painter->layout.strip == 0)
    draw_clock (painter, cr, look->time);

  cairo_destroy (cr);

  return painter->picture;
}

/* A title in large letters, and below it what the recording is. */
cairo_surface_t *
ph_clip_painter_draw_card (PhClipPainter *painter)
{
  cairo_t *cr = cairo_create (painter->picture);
  double unit = MIN (painter->layout.width / 16.0, painter->layout.height / 9.0);
  double left = round (unit * 1.4);
  g_autofree char *title = ph_clip_text_lines (painter->order->title);
  g_autoptr (PangoLayout) words = ph_clip_text_new (cr, title, unit * 0.72, PANGO_WEIGHT_BOLD);
  g_autoptr (PangoLayout) small =
    ph_clip_text_new (cr, painter->card, unit * 0.34, PANGO_WEIGHT_NORMAL);
  double room = (painter->layout.width - 2 * left) * PANGO_SCALE;
  int height;
  int below;
  double y;

  set_colour (cr, card_ground);
  cairo_paint (cr);

  pango_layout_set_width (words, (int) room);
  pango_layout_set_wrap (words, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_height (words, -3);
  pango_layout_set_ellipsize (words, PANGO_ELLIPSIZE_END);
  pango_layout_set_width (small, (int) room);
  pango_layout_set_ellipsize (small, PANGO_ELLIPSIZE_END);
  pango_layout_set_spacing (small, (int) (unit * 0.1 * PANGO_SCALE));
  pango_layout_get_pixel_size (words, NULL, &height);
  pango_layout_get_pixel_size (small, NULL, &below);
  y = round ((painter->layout.height - height - unit * 0.9 - below) / 2);

  set_colour (cr, white);
  cairo_move_to (cr, left, y);
  pango_cairo_show_layout (cr, words);

  set_colour (cr, card_accent);
  add_rounded (cr, left, round (y + height + unit * 0.32), unit * 1.2, MAX (unit * 0.08, 2),
               MAX (unit * 0.04, 1));
  cairo_fill (cr);

  set_colour (cr, card_faint);
  cairo_move_to (cr, left, round (y + height + unit * 0.78));
  pango_cairo_show_layout (cr, small);
  cairo_destroy (cr);

  return painter->picture;
}

PhClipPainter *
ph_clip_painter_new (const PhClipOrder *order,
                     const PhClipLayout *layout,
                     const char *card)
{
  PhClipPainter *painter = g_new0 (PhClipPainter, 1);

  painter->order = ph_clip_order_copy (order);
  painter->layout = *layout;
  painter->card = g_strdup (card != NULL ? card : "");
  painter->picture =
    cairo_image_surface_create (CAIRO_FORMAT_RGB24, layout->width, layout->height);

  return painter;
}

void
ph_clip_painter_free (PhClipPainter *painter)
{
  if (painter == NULL)
    return;

  g_clear_pointer (&painter->page, cairo_surface_destroy);
  g_clear_pointer (&painter->own, cairo_surface_destroy);
  g_clear_pointer (&painter->strip, cairo_surface_destroy);
  cairo_surface_destroy (painter->picture);
  ph_clip_order_free (painter->order);
  g_free (painter->address);
  g_free (painter->card);
  g_free (painter);
}
