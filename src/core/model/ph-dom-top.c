/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-dom-live.h"

#include "ph-limits.h"

#include <string.h>

/*
 * The top layer as browsers keep it (HTML, 4.11.4 and 6.12): what comes last lies
 * highest. A popover that is `auto` hides the others that are, but those it is in,
 * or that the button that opened it is in.
 */

gboolean
ph_top_is_popover (const PhDom *dom,
                   PhSlot slot)
{
  const PhNode *node = ph_dom_node (dom, slot);

  return node->type == PH_NODE_ELEMENT && !node->is_svg &&
         ph_dom_attribute (dom, slot, "popover") != NULL;
}

static gboolean
is_auto (const PhDom *dom,
         PhSlot slot)
{
  const char *kind = ph_dom_attribute (dom, slot, "popover");

  return kind != NULL && (kind[0] == '\0' || g_ascii_strcasecmp (kind, "auto") == 0 ||
                          g_ascii_strcasecmp (kind, "hint") == 0);
}

static const GArray *
get_top (const PhDom *dom)
{
  const PhPageState *page = ph_dom_get_page (dom);

  return page != NULL ? page->presence.top : NULL;
}

gboolean
ph_top_is_shown (const PhDom *dom,
                 PhSlot slot)
{
  const PhPageState *page = ph_dom_get_page (dom);

  return page != NULL &&
         ph_presence_find_top (&page->presence, ph_dom_node (dom, slot)->id) != NULL;
}

/* 1 + the place of the highest shown popover that @slot is in, 0 when it is in none. */
static guint
level_around (const PhDom *dom,
              PhSlot slot)
{
  const GArray *top = get_top (dom);
  guint level = 0;

  for (guint i = 0; top != NULL && i < top->len; i++)
    {
      const PhTop *entry = &g_array_index (top, PhTop, i);
      PhSlot at = slot;

      while (entry->is_popover && at != 0 && ph_dom_node (dom, at)->id != entry->id)
        at = ph_dom_node (dom, at)->parent;

      if (entry->is_popover && at != 0)
        level = i + 1;
    }

  return level;
}

/* Hides every popover above @level that goes when another one comes. */
static void
hide_above (PhBuild *build,
            guint level)
{
  const GArray *top = get_top (build->dom);

  for (guint i = top != NULL ? top->len : 0; i > level; i--)
    {
      const PhTop *entry = &g_array_index (top, PhTop, i - 1);
      PhSlot slot = ph_dom_find (build->dom, entry->id);
      PhPageState *page;

      if (!entry->is_popover || (slot != 0 && !is_auto (build->dom, slot)))
        continue;

      page = ph_dom_edit_page (build->dom);
      page->presence.dismissed = build->time;
      g_array_remove_index (page->presence.top, i - 1);
      top = page->presence.top;
    }
}

static void
add (PhBuild *build,
     PhSlot slot,
     PhSlot opener,
     gboolean is_popover)
{
  PhTop top = {
    .id = ph_dom_node (build->dom, slot)->id,
    .opener = opener != 0 ? ph_dom_node (build->dom, opener)->id : 0,
    .is_popover = is_popover,
  };

  if (!ph_presence_add_top (&ph_dom_edit_page (build->dom)->presence, &top))
    ph_health_add (build->health, PH_HEALTH_LIMIT, build->time,
                   "more than %d dialogs and popovers at once", PH_LIMIT_TOP);
}

void
ph_top_show_popover (PhBuild *build,
                     PhSlot slot,
                     PhSlot opener)
{
  if (!ph_top_is_popover (build->dom, slot) || ph_top_is_shown (build->dom, slot))
    return;

  if (is_auto (build->dom, slot))
    hide_above (build, MAX (level_around (build->dom, slot), level_around (build->dom, opener)));

  add (build, slot, opener, TRUE);
}

void
ph_top_hide_popover (PhBuild *build,
                     PhSlot slot)
{
  gint32 id = ph_dom_node (build->dom, slot)->id;
  guint level = level_around (build->dom, slot);
  PhPageState *page;

  if (!ph_top_is_shown (build->dom, slot))
    return;

  /* What was opened from it goes first. */
  if (is_auto (build->dom, slot))
    hide_above (build, level);

  page = ph_dom_edit_page (build->dom);
  page->presence.dismissed = build->time;

  for (guint i = 0; i < page->presence.top->len; i++)
    if (g_array_index (page->presence.top, PhTop, i).id == id)
      g_array_remove_index (page->presence.top, i--);
}

/* The shown popover that a button in or around @slot would toggle counts as pressed too. */
void
ph_top_dismiss (PhBuild *build,
                PhSlot slot)
{
  const PhDom *dom = build->dom;
  const GArray *top = get_top (dom);
  guint level = level_around (dom, slot);

  for (guint i = 0; top != NULL && i < top->len; i++)
    {
      const PhTop *entry = &g_array_index (top, PhTop, i);
      PhSlot at = slot;

      while (at != 0 && ph_dom_node (dom, at)->id != entry->opener)
        at = ph_dom_node (dom, at)->parent;

      if (entry->opener != 0 && at != 0)
        level = MAX (level, i + 1);
    }

  hide_above (build, level);
}

void
ph_top_update_dialog (PhBuild *build,
                      PhSlot slot)
{
  const PhDom *dom = build->dom;
  const PhPageState *page = ph_dom_get_page (dom);
  gint32 id = ph_dom_node (dom, slot)->id;
  const PhTop *entry = page != NULL ? ph_presence_find_top (&page->presence, id) : NULL;
  const char *mode = ph_dom_attribute (dom, slot, "rr_open_mode");
  gboolean is_modal = mode != NULL && strcmp (mode, "modal") == 0 &&
                      ph_dom_attribute (dom, slot, "open") != NULL;

  /* One that is shown as a popover cannot be modal as well. */
  if (entry != NULL ? is_modal || entry->is_popover : !is_modal)
    return;

  if (is_modal)
    {
      hide_above (build, level_around (dom, slot));
      add (build, slot, 0, FALSE);
    }
  else
    {
      ph_presence_forget (&ph_dom_edit_page (build->dom)->presence, id);
    }
}
