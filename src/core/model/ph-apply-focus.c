/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-apply.h"

/* rrweb's MouseInteractions (packages/types/src/index.ts). */
#define INTERACTION_FOCUS 5
#define INTERACTION_BLUR 6

void
ph_apply_focus (PhBuild *build,
                PhJsonValue data)
{
  const PhPageState *page = ph_dom_get_page (build->dom);
  gint32 focus = page != NULL ? page->focus : 0;
  gint64 type;
  gint32 id;

  if (!ph_json_member_int (data, "type", &type) || !ph_build_read_id (data, "id", &id))
    return;

  if (type == INTERACTION_FOCUS && focus != id && ph_dom_find (build->dom, id) != 0)
    ph_dom_edit_page (build->dom)->focus = id;
  else if (type == INTERACTION_BLUR && focus == id)
    ph_dom_edit_page (build->dom)->focus = 0;
}
