/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-clip-texture.h"

#include <string.h>

/* Numbers that nothing else in an object is likely to be. */
#define PROBE_WIDTH 3
#define PROBE_HEIGHT 5
#define PROBE_STRIDE 1944

#define NOT_FOUND G_MAXUINT

/* Where things are in a GdkMemoryTexture. */
typedef struct
{
  gsize size; /* of the object; 0: it was not found out */
  guint bytes;
  guint stride;
  guint format;
} Places;

/* The only place of @value, of @width bytes, in the object. */
static guint
find_place (gconstpointer object,
            gsize size,
            gconstpointer value,
            gsize width)
{
  guint found = NOT_FOUND;

  for (gsize at = sizeof (GObject); at + width <= size; at += width)
    {
      if (memcmp ((const guint8 *) object + at, value, width) != 0)
        continue;

      if (found != NOT_FOUND)
        return NOT_FOUND;

      found = (guint) at;
    }

  return found;
}

static GdkTexture *
make_probe (GBytes *bytes,
            GdkMemoryFormat format)
{
  return gdk_memory_texture_new (PROBE_WIDTH, PROBE_HEIGHT, format, bytes, PROBE_STRIDE);
}

/* A number that is @format in the one and @other in the other. */
static guint
find_format (GBytes *bytes,
             gsize size,
             GdkMemoryFormat format,
             GdkMemoryFormat other)
{
  g_autoptr (GdkTexture) one = make_probe (bytes, format);
  g_autoptr (GdkTexture) two = make_probe (bytes, other);
  guint found = NOT_FOUND;

  for (gsize at = sizeof (GObject); at + sizeof format <= size; at += sizeof format)
    {
      if (memcmp ((const guint8 *) one + at, &format, sizeof format) != 0 ||
          memcmp ((const guint8 *) two + at, &other, sizeof other) != 0)
        continue;

      if (found != NOT_FOUND)
        return NOT_FOUND;

      found = (guint) at;
    }

  return found;
}

static Places
find_places (void)
{
  g_autofree guint8 *data = g_malloc0 (PROBE_STRIDE * PROBE_HEIGHT);
  g_autoptr (GBytes) bytes = g_bytes_new (data, PROBE_STRIDE * PROBE_HEIGHT);
  g_autoptr (GdkTexture) probe = make_probe (bytes, GDK_MEMORY_DEFAULT);
  const gpointer pointer = bytes;
  const gsize stride = PROBE_STRIDE;
  GTypeQuery query;
  Places places = { 0 };

  g_type_query (GDK_TYPE_MEMORY_TEXTURE, &query);
  places.bytes = find_place (probe, query.instance_size, &pointer, sizeof pointer);
  places.stride = find_place (probe, query.instance_size, &stride, sizeof stride);
  places.format = find_format (bytes, query.instance_size, GDK_MEMORY_DEFAULT,
                               GDK_MEMORY_R16G16B16A16_PREMULTIPLIED);

  if (places.bytes != NOT_FOUND && places.stride != NOT_FOUND && places.format != NOT_FOUND)
    places.size = query.instance_size;

  return places;
}

static const Places *
get_places (void)
{
  static Places places;
  static gsize once;

  if (g_once_init_enter (&once))
    {
      places = find_places ();
      g_once_init_leave (&once, 1);
    }

  return &places;
}

const guint8 *
ph_clip_texture_peek (GdkTexture *texture,
                      int *stride)
{
  const Places *places = get_places ();
  const guint8 *object = (const guint8 *) texture;
  int width = gdk_texture_get_width (texture);
  int height = gdk_texture_get_height (texture);
  GdkMemoryFormat format;
  gsize row;
  GBytes *bytes;

  if (places->size == 0 || G_OBJECT_TYPE (texture) != GDK_TYPE_MEMORY_TEXTURE)
    return NULL;

  memcpy (&format, object + places->format, sizeof format);
  memcpy (&row, object + places->stride, sizeof row);
  memcpy (&bytes, object + places->bytes, sizeof bytes);

  if (format != GDK_MEMORY_DEFAULT || row < (gsize) width * 4 || row > G_MAXINT ||
      row % 4 != 0 || bytes == NULL ||
      g_bytes_get_size (bytes) < row * (gsize) (height - 1) + (gsize) width * 4)
    return NULL;

  *stride = (int) row;

  return g_bytes_get_data (bytes, NULL);
}

static cairo_surface_t *
download (GdkTexture *texture)
{
  cairo_surface_t *surface =
    cairo_image_surface_create (CAIRO_FORMAT_ARGB32, gdk_texture_get_width (texture),
                                gdk_texture_get_height (texture));

  gdk_texture_download (texture, cairo_image_surface_get_data (surface),
                        (gsize) cairo_image_surface_get_stride (surface));
  cairo_surface_mark_dirty (surface);

  return surface;
}

/* Whether both have the same pixels. */
static gboolean
is_same (cairo_surface_t *surface,
         const guint8 *pixels,
         int stride)
{
  const guint8 *data = cairo_image_surface_get_data (surface);
  int width = cairo_image_surface_get_width (surface);

  for (int y = 0; y < cairo_image_surface_get_height (surface); y++)
    if (memcmp (data + (gsize) y * cairo_image_surface_get_stride (surface),
                pixels + (gsize) y * stride, (gsize) width * 4) != 0)
      return FALSE;

  return TRUE;
}

cairo_surface_t *
ph_clip_texture_to_surface (GdkTexture *texture)
{
  /* Not known, or whether what is looked at is what GTK gives. */
  static enum { UNKNOWN,
                TRUSTED,
                DISTRUSTED } trust;
  int stride;
  const guint8 *pixels =
    g_atomic_int_get (&trust) != DISTRUSTED ? ph_clip_texture_peek (texture, &stride) : NULL;

  if (pixels == NULL)
    return download (texture);

  if (g_atomic_int_get (&trust) == UNKNOWN)
    {
      cairo_surface_t *surface = download (texture);

      g_atomic_int_set (&trust, is_same (surface, pixels, stride) ? TRUSTED : DISTRUSTED);
      return surface;
    }

  /* cairo only reads it. */
  return cairo_image_surface_create_for_data ((guint8 *) pixels, CAIRO_FORMAT_ARGB32,
                                              gdk_texture_get_width (texture),
                                              gdk_texture_get_height (texture), stride);
}
