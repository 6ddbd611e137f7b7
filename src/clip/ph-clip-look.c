/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is drawn of a moment, and where: pure functions. Painting: ph-clip-paint.c. */

#include "ph-clip-paint.h"

#include "ph-error.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* Where a recording does not say how large its window was. */
#define DEFAULT_WIDTH 1280
#define DEFAULT_HEIGHT 720
/* A picture of a sheet is so wide when nothing else is asked for. */
#define CELL_WIDTH 480
/* The strip, as a share of the height. */
#define STRIP_SHARE 18
#define MIN_STRIP 24
#define MAX_STRIP 48

PhClipLook *
ph_clip_look_copy (const PhClipLook *look)
{
  PhClipLook *copy = g_memdup2 (look, sizeof *look);

  copy->address = g_strdup (look->address);
  copy->caption = g_strdup (look->caption);

  return copy;
}

void
ph_clip_look_clear (PhClipLook *look)
{
  g_free (look->address);
  g_free (look->caption);
  memset (look, 0, sizeof *look);
}

void
ph_clip_look_free (PhClipLook *look)
{
  ph_clip_look_clear (look);
  g_free (look);
}

static gboolean
is_same (float a,
         float b)
{
  return !(a < b) && !(a > b);
}

static gboolean
are_touches_equal (const PhPointer *a,
                   const PhPointer *b)
{
  if (a->n_others != b->n_others)
    return FALSE;

  for (guint i = 0; i < a->n_others; i++)
    {
      const PhTouch *x = &a->others[i];
      const PhTouch *y = &b->others[i];

      if (x->kind != y->kind || !is_same (x->x, y->x) || !is_same (x->y, y->y))
        return FALSE;
    }

  return TRUE;
}

static gboolean
are_pointers_equal (const PhPointer *a,
                    const PhPointer *b)
{
  if (!a->visible || !b->visible)
    return !a->visible && !b->visible;

  return a->pressed == b->pressed && a->kind == b->kind && is_same (a->x, b->x) &&
         is_same (a->y, b->y) && are_touches_equal (a, b);
}

static gboolean
are_clicks_equal (const PhPointer *a,
                  const PhPointer *b)
{
  if (a->n_clicks != b->n_clicks)
    return FALSE;

  for (guint i = 0; i < a->n_clicks; i++)
    {
      const PhClick *x = &a->clicks[i];
      const PhClick *y = &b->clicks[i];

      if (x->kind != y->kind || !is_same (x->x, y->x) || !is_same (x->y, y->y) ||
          !is_same (x->progress, y->progress))
        return FALSE;
    }

  return TRUE;
}

gboolean
ph_clip_look_equal (const PhClipLook *a,
                    const PhClipLook *b,
                    const PhClipOrder *order)
{
  if (a->width != b->width || a->height != b->height ||
      g_strcmp0 (a->caption, b->caption) != 0)
    return FALSE;

  if (order->address && g_strcmp0 (a->address, b->address) != 0)
    return FALSE;

  if (order->clock && a->time / PH_SECOND != b->time / PH_SECOND)
    return FALSE;

  return (!order->pointer || are_pointers_equal (&a->pointer, &b->pointer)) &&
         (!order->clicks || are_clicks_equal (&a->pointer, &b->pointer));
}

/* Films have as many columns and rows as their colours need: two at a time. */
static int
make_even (const PhClipOrder *order,
           int side)
{
  return ph_clip_form_get_info (order->form)->is_film ? side + side % 2 : side;
}

static int
get_strip (int height)
{
  return CLAMP (height / STRIP_SHARE, MIN_STRIP, MAX_STRIP);
}

gboolean
ph_clip_layout (const PhClipOrder *order,
                int width,
                int height,
                PhClipLayout *layout,
                GError **error)
{
  gboolean has_size = order->width > 0;

  if (width <= 0 || height <= 0)
    {
      width = DEFAULT_WIDTH;
      height = DEFAULT_HEIGHT;
    }

  if (!has_size && order->form == PH_CLIP_SHEET)
    {
      height = MAX ((int) ((gint64) height * CELL_WIDTH / width), PH_CLIP_MIN_SIDE);
      width = CELL_WIDTH;
    }

  layout->strip = order->address ? get_strip (has_size ? order->height : height) : 0;
  layout->width = make_even (order, has_size ? order->width : width);
  layout->height = make_even (order, has_size ? order->height : height + layout->strip);

  if (layout->width > PH_CLIP_MAX_SIDE || layout->height > PH_CLIP_MAX_SIDE ||
      (gint64) layout->width * layout->height > PH_CLIP_MAX_PIXELS)
    {
      g_set_error (error, PH_ERROR, PH_ERROR_TOO_LARGE,
                   _ ("A clip of %d × %d pixels is too large; a smaller size can be chosen"),
                   layout->width, layout->height);
      return FALSE;
    }

  /* A little picture is all page. */
  if (layout->height - layout->strip < PH_CLIP_MIN_SIDE)
    layout->strip = 0;

  return TRUE;
}

PhClipPlace
ph_clip_place (const PhClipOrder *order,
               const PhClipLayout *layout,
               int width,
               int height)
{
  int high = layout->height - layout->strip;
  PhClipPlace place = { 0, 0, 1 };

  if (width <= 0 || height <= 0)
    return place;

  place.scale = MIN ((double) layout->width / width, (double) high / height);

  if (order->width == 0 && order->form != PH_CLIP_SHEET)
    place.scale = MIN (place.scale, 1);

  place.x = round (MAX (0, (layout->width - width * place.scale) / 2));
  place.y = round (MAX (0, (high - height * place.scale) / 2));

  return place;
}
