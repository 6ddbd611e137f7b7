/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Single pictures as PNG: one of the page, or a sheet of many with their times below. */

#include "ph-clip-encoder.h"

#include "ph-clip-text.h"
#include "ph-error.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <math.h>

typedef struct
{
  PhClipEncoder parent;

  GFileIOStream *stream;
  GOutputStream *output;
  GError *error; /* of the output */

  cairo_surface_t *sheet;
  gboolean is_sheet;
  int width, height; /* of one picture */
  guint columns;
  guint n_added;
  double gap;     /* between pictures */
  double label;   /* height of a line below each */
  double heading; /* height above all of them */
} Sheet;

static cairo_status_t
write_cb (void *closure,
          const unsigned char *data,
          unsigned int length)
{
  Sheet *self = closure;

  if (self->error != NULL ||
      !g_output_stream_write_all (self->output, data, length, NULL, NULL, &self->error))
    return CAIRO_STATUS_WRITE_ERROR;

  return CAIRO_STATUS_SUCCESS;
}

static void
draw_heading (Sheet *self,
              const char *title)
{
  cairo_t *cr = cairo_create (self->sheet);
  g_autofree char *text = ph_clip_text_lines (title);
  double room = cairo_image_surface_get_width (self->sheet) - 2 * self->gap;
  g_autoptr (PangoLayout) layout =
    ph_clip_text_new (cr, text, self->heading * 0.5, PANGO_WEIGHT_BOLD);
  int height;

  pango_layout_set_width (layout, (int) (room * PANGO_SCALE));
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_get_pixel_size (layout, NULL, &height);
  cairo_set_source_rgb (cr, 0.12, 0.12, 0.14);
  cairo_move_to (cr, self->gap, self->gap + round ((self->heading - self->gap - height) / 2));
  pango_cairo_show_layout (cr, layout);
  cairo_destroy (cr);
}

static void
draw_cell (Sheet *self,
           cairo_surface_t *picture,
           PhTime time)
{
  double step = self->height + self->label + self->gap;
  double x = self->gap + (self->n_added % self->columns) * (self->width + self->gap);
  double y = self->gap + self->heading + (self->n_added / self->columns) * step;
  g_autofree char *text = ph_time_format_tenths (time);
  cairo_t *cr = cairo_create (self->sheet);
  g_autoptr (PangoLayout) layout =
    ph_clip_text_new (cr, text, self->label * 0.62, PANGO_WEIGHT_MEDIUM);
  int height;

  cairo_set_source_surface (cr, picture, x, y);
  cairo_rectangle (cr, x, y, self->width, self->height);
  cairo_fill (cr);

  /* White pages need an edge. */
  cairo_set_source_rgba (cr, 0, 0, 0, 0.2);
  cairo_set_line_width (cr, 1);
  cairo_rectangle (cr, x - 0.5, y - 0.5, self->width + 1, self->height + 1);
  cairo_stroke (cr);

  pango_layout_get_pixel_size (layout, NULL, &height);
  cairo_set_source_rgb (cr, 0.3, 0.3, 0.33);
  cairo_move_to (cr, x, y + self->height + round ((self->label - height) / 2) + 1);
  pango_cairo_show_layout (cr, layout);
  cairo_destroy (cr);
}

static gboolean
add_to_sheet (PhClipEncoder *encoder,
              cairo_surface_t *picture,
              PhTime time,
              GError **error)
{
  Sheet *self = (Sheet *) encoder;
  double step = self->height + self->label + self->gap;

  if (picture != NULL && !self->is_sheet)
    {
      cairo_t *cr = cairo_create (self->sheet);

      cairo_set_source_surface (cr, picture, 0, 0);
      cairo_paint (cr);
      cairo_destroy (cr);
    }
  else if (picture != NULL)
    {
      draw_cell (self, picture, time);
    }
  else
    {
      /* The one before once more, which is still in its place. */
      guint last = self->n_added - 1;
      cairo_surface_t *copy =
        cairo_image_surface_create (CAIRO_FORMAT_RGB24, self->width, self->height);
      cairo_t *cr = cairo_create (copy);

      cairo_set_source_surface (
        cr, self->sheet, -(self->gap + (last % self->columns) * (self->width + self->gap)),
        -(self->gap + self->heading + (last / self->columns) * step));
      cairo_paint (cr);
      cairo_destroy (cr);
      draw_cell (self, copy, time);
      cairo_surface_destroy (copy);
    }

  self->n_added++;

  return TRUE;
}

static gboolean
finish_sheet (PhClipEncoder *encoder,
              GError **error)
{
  Sheet *self = (Sheet *) encoder;
  cairo_status_t status = cairo_surface_write_to_png_stream (self->sheet, write_cb, self);

  if (self->error != NULL)
    {
      g_propagate_error (error, g_error_copy (self->error));
      return FALSE;
    }

  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("The picture could not be written: %s"),
                   cairo_status_to_string (status));
      return FALSE;
    }

  return g_io_stream_close (G_IO_STREAM (self->stream), NULL, error);
}

static void
free_sheet (PhClipEncoder *encoder)
{
  Sheet *self = (Sheet *) encoder;

  g_clear_object (&self->stream);
  g_clear_pointer (&self->sheet, cairo_surface_destroy);
  g_clear_error (&self->error);
  g_free (self);
}

static const PhClipEncoderClass sheet_class = {
  .add = add_to_sheet,
  .finish = finish_sheet,
  .free = free_sheet,
};

/* The whole picture, in the colour of paper. */
static gboolean
make_sheet (Sheet *self,
            const PhClipOrder *order,
            GError **error)
{
  guint rows = self->is_sheet ? order->rows : 1;
  double width = self->columns * (self->width + self->gap) + self->gap;
  double height = self->heading + rows * (self->height + self->label + self->gap) + self->gap;
  cairo_t *cr;

  if (width * height > PH_CLIP_MAX_PIXELS)
    {
      g_set_error (error, PH_ERROR, PH_ERROR_TOO_LARGE,
                   _ ("A sheet of %d × %d pixels is too large; fewer or smaller pictures fit"),
                   (int) width, (int) height);
      return FALSE;
    }

  self->sheet = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) width, (int) height);
  cr = cairo_create (self->sheet);
  cairo_set_source_rgb (cr, 0.98, 0.98, 0.98);
  cairo_paint (cr);
  cairo_destroy (cr);

  if (self->heading > 0)
    draw_heading (self, order->title);

  return TRUE;
}

PhClipEncoder *
ph_clip_sheet_new (const PhClipOrder *order,
                   const char *path,
                   int width,
                   int height,
                   GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileIOStream) stream = g_file_open_readwrite (file, NULL, error);
  g_autoptr (PhClipEncoder) encoder = NULL;
  Sheet *self;

  if (stream == NULL)
    return NULL;

  self = g_new0 (Sheet, 1);
  encoder = &self->parent;
  encoder->klass = &sheet_class;
  self->output = g_io_stream_get_output_stream (G_IO_STREAM (stream));
  self->stream = g_steal_pointer (&stream);
  self->is_sheet = order->form == PH_CLIP_SHEET;
  self->width = width;
  self->height = height;
  self->columns = self->is_sheet ? order->columns : 1;

  if (self->is_sheet)
    {
      self->gap = CLAMP (round (width / 24.0), 4, 32);
      self->label = CLAMP (round (width / 18.0), 14, 40);
      self->heading = order->title != NULL ? round (self->label * 2.2) : 0;
    }

  return make_sheet (self, order, error) ? g_steal_pointer (&encoder) : NULL;
}
