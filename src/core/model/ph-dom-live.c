/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-dom-live.h"

#include <string.h>

static gboolean
is_html (const PhDom *dom,
         PhSlot slot,
         const char *name)
{
  return !ph_dom_node (dom, slot)->is_svg && strcmp (ph_dom_node_name (dom, slot), name) == 0;
}

void
ph_live_made (PhBuild *build,
              PhSlot slot)
{
  if (is_html (build->dom, slot, "dialog"))
    ph_top_update_dialog (build, slot);

  ph_media_made (build, slot);
}

/* rrweb records no popovers; what Playwright says of them comes as this. */
void
ph_live_placed (PhBuild *build,
                PhSlot slot)
{
  if (ph_dom_attribute (build->dom, slot, "rr_open_popover") != NULL)
    ph_top_show_popover (build, slot, 0);
}

void
ph_live_changed (PhBuild *build,
                 PhSlot slot,
                 const char *name)
{
  if (strcmp (name, "popover") == 0 && !ph_top_is_popover (build->dom, slot) &&
      ph_top_is_shown (build->dom, slot))
    ph_top_hide_popover (build, slot);

  if ((strcmp (name, "open") == 0 || strcmp (name, "rr_open_mode") == 0) &&
      is_html (build->dom, slot, "dialog"))
    ph_top_update_dialog (build, slot);

  if (g_str_has_prefix (name, "rr_media"))
    ph_media_made (build, slot);
}

static gboolean
is_inside (const PhDom *dom,
           gint32 id,
           PhSlot top)
{
  PhSlot slot = id != 0 ? ph_dom_find (dom, id) : 0;

  while (slot != 0 && slot != top)
    slot = ph_dom_node (dom, slot)->parent;

  return slot != 0;
}

void
ph_live_moved (PhBuild *build,
               PhSlot slot)
{
  const PhPageState *page = ph_dom_get_page (build->dom);
  PhPageState *changed;

  if (page == NULL)
    return;

  if (is_inside (build->dom, page->focus, slot))
    {
      changed = ph_dom_edit_page (build->dom);
      changed->focus = 0;
      changed->presence.focus_visible = FALSE;
      page = changed;
    }

  for (guint i = page->presence.top != NULL ? page->presence.top->len : 0; i > 0; i--)
    {
      const PhTop *top = &g_array_index (page->presence.top, PhTop, i - 1);
      gint32 id = top->id;

      if (!top->is_popover || !is_inside (build->dom, id, slot))
        continue;

      changed = ph_dom_edit_page (build->dom);
      ph_presence_forget (&changed->presence, id);
      page = changed;

      if (page->presence.top == NULL)
        return;
    }
}
