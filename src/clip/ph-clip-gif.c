/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * GIF animations, by cgif. A picture that is shown for longer is one picture; of the
 * next only what differs is written, the rest is left as it was.
 */

#include "ph-clip-encoder.h"

#include "ph-clip-palette.h"

#include <cgif.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

/* The longest that one picture of a GIF can be shown, in hundredths of a second. */
#define MAX_DELAY 65535

typedef struct
{
  PhClipEncoder parent;

  GFileIOStream *stream;
  GOutputStream *output;
  CGIF *gif;
  GError *error; /* of the output */

  int width, height;
  guint fps;
  guint64 n_added;

  gboolean is_pending; /* `indexed` is not written, as how long it is shown is not known */
  guint64 pending;     /* which it was */
  PhClipIndexed indexed;
  guint32 *before; /* the picture added last */
  guint32 *now;
} Gif;

static int
write_cb (void *context,
          const uint8_t *data,
          const size_t size)
{
  Gif *self = context;

  if (self->error != NULL ||
      !g_output_stream_write_all (self->output, data, size, NULL, NULL, &self->error))
    return -1;

  return 0;
}

static gboolean
fail (Gif *self,
      GError **error)
{
  if (self->error != NULL)
    g_propagate_error (error, g_error_copy (self->error));
  else
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                         _ ("The animation could not be written"));

  return FALSE;
}

/* When a picture begins, in hundredths of a second. */
static guint64
get_begin (const Gif *self,
           guint64 index)
{
  return (index * 200 + self->fps) / (2 * (guint64) self->fps);
}

static gboolean
write_frame (Gif *self,
             guint delay,
             GError **error)
{
  CGIF_FrameConfig frame = {
    .pLocalPalette = self->indexed.colours,
    .pImageData = self->indexed.indexes,
    .numLocalPaletteEntries = (uint16_t) (self->indexed.n_colours + 1),
    .attrFlags = CGIF_FRAME_ATTR_USE_LOCAL_TABLE | CGIF_FRAME_ATTR_HAS_SET_TRANS,
    .delay = (uint16_t) delay,
    .transIndex = (uint8_t) self->indexed.n_colours,
  };

  return cgif_addframe (self->gif, &frame) == CGIF_OK || fail (self, error);
}

static gboolean
write_pending (Gif *self,
               GError **error)
{
  guint64 left = get_begin (self, self->n_added) - get_begin (self, self->pending);

  if (!self->is_pending)
    return TRUE;

  self->is_pending = FALSE;

  while (left > MAX_DELAY)
    {
      if (!write_frame (self, MAX_DELAY, error))
        return FALSE;

      left -= MAX_DELAY;
      memset (self->indexed.indexes, (int) self->indexed.n_colours,
              (gsize) self->width * (gsize) self->height);
    }

  return write_frame (self, (guint) left, error);
}

static void
read_picture (Gif *self,
              cairo_surface_t *picture)
{
  const guint8 *from;
  int stride = cairo_image_surface_get_stride (picture);

  cairo_surface_flush (picture);
  from = cairo_image_surface_get_data (picture);

  for (int y = 0; y < self->height; y++)
    memcpy (self->now + (gsize) y * self->width, from + (gsize) y * stride,
            (gsize) self->width * sizeof *self->now);
}

static gboolean
is_same (const Gif *self)
{
  gsize n = (gsize) self->width * (gsize) self->height;

  for (gsize i = 0; i < n; i++)
    if ((self->now[i] & 0xffffff) != (self->before[i] & 0xffffff))
      return FALSE;

  return TRUE;
}

static gboolean
add_to_gif (PhClipEncoder *encoder,
            cairo_surface_t *picture,
            PhTime time,
            GError **error)
{
  Gif *self = (Gif *) encoder;
  gboolean is_first = self->n_added == 0;
  guint32 *swap;

  if (picture != NULL)
    read_picture (self, picture);

  if (!is_first && (picture == NULL || is_same (self)))
    {
      self->n_added++;
      return TRUE;
    }

  if (!write_pending (self, error))
    return FALSE;

  ph_clip_index (self->now, is_first ? NULL : self->before, self->width, self->height,
                 &self->indexed);
  self->is_pending = TRUE;
  self->pending = self->n_added++;
  swap = self->before;
  self->before = self->now;
  self->now = swap;

  return TRUE;
}

static gboolean
finish_gif (PhClipEncoder *encoder,
            GError **error)
{
  Gif *self = (Gif *) encoder;
  CGIF *gif;

  if (!write_pending (self, error))
    return FALSE;

  gif = g_steal_pointer (&self->gif);

  if (cgif_close (gif) != CGIF_OK)
    return fail (self, error);

  return g_io_stream_close (G_IO_STREAM (self->stream), NULL, error);
}

static void
free_gif (PhClipEncoder *encoder)
{
  Gif *self = (Gif *) encoder;

  if (self->gif != NULL)
    cgif_close (self->gif);

  g_clear_object (&self->stream);
  g_clear_error (&self->error);
  g_free (self->indexed.indexes);
  g_free (self->before);
  g_free (self->now);
  g_free (self);
}

static const PhClipEncoderClass gif_class = {
  .add = add_to_gif,
  .finish = finish_gif,
  .free = free_gif,
};

PhClipEncoder *
ph_clip_gif_new (const PhClipOrder *order,
                 const char *path,
                 int width,
                 int height,
                 GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileIOStream) stream = g_file_open_readwrite (file, NULL, error);
  g_autoptr (PhClipEncoder) encoder = NULL;
  CGIF_Config config = { 0 };
  gsize n = (gsize) width * (gsize) height;
  Gif *self;

  if (stream == NULL)
    return NULL;

  self = g_new0 (Gif, 1);
  encoder = &self->parent;
  encoder->klass = &gif_class;
  self->output = g_io_stream_get_output_stream (G_IO_STREAM (stream));
  self->stream = g_steal_pointer (&stream);
  self->width = width;
  self->height = height;
  self->fps = order->fps;
  self->indexed.indexes = g_malloc (n);
  self->before = g_new (guint32, n);
  self->now = g_new (guint32, n);

  config.attrFlags = CGIF_ATTR_IS_ANIMATED | CGIF_ATTR_NO_GLOBAL_TABLE;
  config.width = (uint16_t) width;
  config.height = (uint16_t) height;
  config.numLoops = CGIF_INFINITE_LOOP;
  config.pWriteFn = write_cb;
  config.pContext = self;
  self->gif = cgif_newgif (&config);

  if (self->gif == NULL)
    {
      fail (self, error);
      return NULL;
    }

  return g_steal_pointer (&encoder);
}
