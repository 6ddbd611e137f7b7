/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-apply.h"

#include "ph-limits.h"

#include <math.h>
#include <string.h>

static PhSlot
find_child (const PhDom *dom,
            PhSlot parent,
            const char *name)
{
  PhSlot child = ph_dom_node (dom, parent)->first_child;

  while (child != 0 && strcmp (ph_dom_node_name (dom, child), name) != 0)
    child = ph_dom_node (dom, child)->next;

  return child;
}

/*
 * The position of a window is also that of its root element, in quirks mode of
 * its body, and full snapshots say it of those: once the window has moved on
 * they mean nothing.
 */
static void
forget_root_scroll (PhDom *dom,
                    PhSlot document)
{
  PhSlot html = find_child (dom, document, "html");
  PhSlot body = html != 0 ? find_child (dom, html, "body") : 0;

  if (html != 0)
    ph_build_forget_scroll (dom, html);

  if (body != 0 && ph_dom_node (dom, document)->quirks)
    ph_build_forget_scroll (dom, body);
}

void
ph_apply_set_scroll (PhBuild *build,
                     PhSlot slot,
                     double x,
                     double y)
{
  PhNodeState *state;

  if (!(fabs (x) <= PH_LIMIT_PIXELS * 100.0 && fabs (y) <= PH_LIMIT_PIXELS * 100.0))
    {
      ph_health_add (build->health, PH_HEALTH_ODD_VALUE, build->time, "a scroll to %g, %g", x, y);
      return;
    }

  if (ph_dom_node (build->dom, slot)->type == PH_NODE_DOCUMENT)
    forget_root_scroll (build->dom, slot);

  state = ph_dom_edit_state (build->dom, slot);
  state->scrolled = TRUE;
  state->scroll_x = x;
  state->scroll_y = y;
}

void
ph_apply_scroll (PhBuild *build,
                 const PhEvent *event,
                 PhJsonValue data)
{
  PhSlot slot = ph_apply_find_target (build, event, data);
  double x;
  double y;

  if (slot == 0)
    return;

  if (ph_json_member_double (data, "x", &x) && ph_json_member_double (data, "y", &y))
    ph_apply_set_scroll (build, slot, x, y);
  else
    ph_health_add (build->health, PH_HEALTH_ODD_VALUE, build->time, "a scroll to nowhere");
}
