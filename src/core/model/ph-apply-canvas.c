/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Source 9, CanvasMutation, and what else changes a canvas. */

#include "ph-apply.h"

#include <string.h>

static gboolean
is_canvas (const PhDom *dom,
           PhSlot slot)
{
  const PhNode *node = ph_dom_node (dom, slot);

  return node->type == PH_NODE_ELEMENT && !node->is_svg &&
         strcmp (ph_dom_node_name (dom, slot), "canvas") == 0;
}

static void
set_canvas (PhDom *dom,
            PhSlot slot,
            PhCanvas *canvas)
{
  PhNodeState *state = ph_dom_edit_state (dom, slot);

  ph_canvas_unref (state->canvas);
  state->canvas = canvas;
}

void
ph_apply_canvas (PhBuild *build,
                 const PhEvent *event,
                 PhJsonValue data)
{
  PhSlot slot = ph_apply_find_target (build, event, data);
  PhNodeState *state;
  guint width;
  guint height;

  if (slot == 0 || !is_canvas (build->dom, slot))
    return;

  if (!ph_dom_canvas_size (build->dom, slot, &width, &height))
    {
      ph_health_add (build->health, PH_HEALTH_LIMIT, build->time,
                     "drawing into a canvas of %u × %u pixels", width, height);
      return;
    }

  state = ph_dom_edit_state (build->dom, slot);

  if (state->canvas == NULL)
    state->canvas =
      ph_canvas_new (width, height, ph_dom_attribute (build->dom, slot, "rr_dataURL") != NULL);

  state->canvas = ph_canvas_draw (state->canvas, data, build->health, build->time);
}

/* HTML, 4.12.5: whenever one of the two is set, also to what it was, the bitmap is new. */
void
ph_apply_canvas_attribute (PhBuild *build,
                           PhSlot slot,
                           const char *name)
{
  const PhNode *node = ph_dom_node (build->dom, slot);
  guint width;
  guint height;

  if ((strcmp (name, "width") != 0 && strcmp (name, "height") != 0) ||
      !is_canvas (build->dom, slot))
    return;

  if ((node->state == NULL || node->state->canvas == NULL) &&
      ph_dom_attribute (build->dom, slot, "rr_dataURL") == NULL)
    return;

  if (!ph_dom_canvas_size (build->dom, slot, &width, &height))
    width = height = 0;

  set_canvas (build->dom, slot, ph_canvas_new (width, height, FALSE));
}

/* A canvas that was recorded again, as it was moved: its picture too, where there is one. */
void
ph_apply_canvas_again (PhBuild *build,
                       PhSlot slot)
{
  const PhNode *node = ph_dom_node (build->dom, slot);

  if (node->state != NULL && node->state->canvas != NULL &&
      ph_dom_attribute (build->dom, slot, "rr_dataURL") != NULL)
    set_canvas (build->dom, slot, NULL);
}
