/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is drawn into canvases: see ph-patch-diff.c. */

#include "ph-canvas-arguments.h"
#include "ph-patch-private.h"

static const PhCanvas *
find_canvas (const PhDom *dom,
             PhSlot slot)
{
  const PhNodeState *state = slot != 0 ? ph_dom_node (dom, slot)->state : NULL;

  return state != NULL ? state->canvas : NULL;
}

/* The picture a canvas begins with, unless it was painted over. */
static const char *
find_base (const PhDom *dom,
           PhSlot slot)
{
  const PhCanvas *canvas = find_canvas (dom, slot);

  if (slot == 0 || (canvas != NULL && !ph_canvas_is_based (canvas)))
    return NULL;

  return ph_dom_attribute (dom, slot, "rr_dataURL");
}

/* The picture as a run of its own, drawn as any other; NULL when it is none that may be shown. */
static char *
write_base (const char *address)
{
  g_autoptr (GString) run = g_string_new ("[[\"drawImage\",");
  guint64 pixels = 0;

  if (address == NULL || !ph_canvas_put_address (run, address, &pixels))
    return NULL;

  g_string_append (run, ",0,0]]");

  return g_string_free (g_steal_pointer (&run), FALSE);
}

static void
put_runs (PhDiff *diff,
          const GPtrArray *runs,
          guint begin)
{
  for (guint i = begin; runs != NULL && i < runs->len; i++)
    ph_patch_put_json (diff->patch, runs->pdata[i]);
}

static void
put_more (PhDiff *diff,
          PhSlot slot,
          const PhCanvas *canvas,
          guint begin)
{
  g_autoptr (GPtrArray) runs = ph_canvas_list_runs (canvas);

  if (begin == runs->len)
    return;

  ph_patch_put_op (diff->patch, PH_OP_CANVAS_MORE);
  ph_patch_put_int (diff->patch, ph_dom_node (diff->to, slot)->id);
  ph_patch_put_int (diff->patch, runs->len - begin);
  put_runs (diff, runs, begin);
}

static void
put_all (PhDiff *diff,
         PhSlot slot,
         const PhCanvas *canvas,
         const char *address)
{
  g_autoptr (GPtrArray) runs = canvas != NULL ? ph_canvas_list_runs (canvas) : NULL;
  g_autofree char *base = write_base (address);
  guint width;
  guint height;
  gboolean fits = ph_dom_canvas_size (diff->to, slot, &width, &height);

  if (canvas != NULL)
    ph_canvas_get_size (canvas, &width, &height);

  ph_patch_put_op (diff->patch, PH_OP_CANVAS);
  ph_patch_put_int (diff->patch, ph_dom_node (diff->to, slot)->id);
  ph_patch_put_int (diff->patch, fits ? width : 0);
  ph_patch_put_int (diff->patch, fits ? height : 0);
  ph_patch_put_int (diff->patch, canvas != NULL ? ph_canvas_get_context (canvas) : PH_CANVAS_2D);
  ph_patch_put_int (diff->patch, fits ? (base != NULL) + (runs != NULL ? runs->len : 0) : 0);

  if (fits && base != NULL)
    ph_patch_put_json (diff->patch, base);

  if (fits)
    put_runs (diff, runs, 0);
}

static gboolean
is_blank (const PhCanvas *canvas,
          const char *base)
{
  return base == NULL && (canvas == NULL || ph_canvas_n_commands (canvas) == 0);
}

void
ph_diff_canvas (PhDiff *diff,
                PhSlot slot)
{
  PhSlot old_slot = diff->old_of[slot];
  const PhCanvas *canvas = find_canvas (diff->to, slot);
  const PhCanvas *old = find_canvas (diff->from, old_slot);
  const char *base = find_base (diff->to, slot);
  const char *old_base = find_base (diff->from, old_slot);
  guint n;

  if (is_blank (canvas, base) && is_blank (old, old_base))
    return;

  if (old_slot != 0 && ph_diff_same_string (base, old_base))
    {
      if (canvas == old)
        return;

      if (canvas != NULL && old != NULL && !is_blank (old, old_base) &&
          ph_canvas_continues (canvas, old, &n))
        {
          put_more (diff, slot, canvas, n);
          return;
        }
    }

  put_all (diff, slot, canvas, base);
}
