/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-pack-canvas.h"

#include "ph-limits.h"

void
ph_pack_put_canvas (PhPackOut *out,
                    const PhCanvas *canvas)
{
  g_autoptr (GPtrArray) runs = ph_canvas_list_runs (canvas);
  guint width;
  guint height;

  ph_canvas_get_size (canvas, &width, &height);
  ph_pack_put_number (out, ph_canvas_get_flags (canvas));
  ph_pack_put_number (out, ph_canvas_get_context (canvas));
  ph_pack_put_number (out, width);
  ph_pack_put_number (out, height);
  ph_pack_put_number (out, runs->len);

  for (guint i = 0; i < runs->len; i++)
    ph_pack_put_string (out, PH_PACK_TEXTS, runs->pdata[i]);
}

PhCanvas *
ph_pack_take_canvas (PhPackIn *in)
{
  g_autoptr (GPtrArray) runs =
    g_ptr_array_new_with_free_func ((GDestroyNotify) g_ref_string_release);
  guint flags = (guint) ph_pack_take_bounded (in, PH_CANVAS_FLAGS);
  PhCanvasContext context = (PhCanvasContext) ph_pack_take_bounded (in, PH_CANVAS_WEBGL2);
  guint width = (guint) ph_pack_take_bounded (in, G_MAXINT32);
  guint height = (guint) ph_pack_take_bounded (in, G_MAXINT32);
  guint64 n = ph_pack_take_bounded (in, PH_LIMIT_CANVAS_COMMANDS);
  PhCanvas *canvas;

  for (guint64 i = 0; i < n && !in->bad; i++)
    g_ptr_array_add (runs, ph_pack_take_string (in, PH_PACK_TEXTS));

  if (in->bad)
    return NULL;

  canvas = ph_canvas_restore (flags, context, width, height, runs);
  in->bad |= canvas == NULL;

  return canvas;
}
