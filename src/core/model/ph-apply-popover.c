/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-apply.h"

#include "ph-dom-live.h"

#include <math.h>
#include <string.h>

/*
 * That a popover is shown or hidden is not recorded. What shows and hides them
 * without any script is done again here, as a browser does it:
 *
 *   - a click on a button with `popovertarget`, or with `commandfor` and one of
 *     the commands for popovers, toggles, shows or hides what it names;
 *   - a press outside of them hides popovers that are `auto` (ph-dom-top.c).
 *
 * A script may have done it as well, and then there is evidence only:
 *
 *   - what has the pointer on it, or the focus in it, is shown, so a popover that
 *     is not comes to be. What the pointer was on before a popover was hidden
 *     last, but is told later, is none.
 *
 * One that a script or the Escape key hid stays until something is pressed
 * outside of it, or the next one takes its place.
 */

/* No recording has one while no name says so. */
static gboolean
may_have_popovers (PhBuild *build)
{
  return ph_names_find (ph_dom_get_names (build->dom), "popover") != 0 &&
         ph_dom_get_root (build->dom) != 0;
}

/* What was used at @time is shown, and so are all popovers around it. */
static void
take_evidence (PhBuild *build,
               PhSlot slot,
               PhTime time)
{
  const PhPageState *page = ph_dom_get_page (build->dom);
  PhSlot hidden[8];
  guint n = 0;

  if (page != NULL && page->presence.dismissed != PH_TIME_NONE && time <= page->presence.dismissed)
    return;

  if (slot == 0 || !ph_build_take_work (build, ph_dom_node (build->dom, slot)->depth))
    return;

  for (; slot != 0 && n < G_N_ELEMENTS (hidden); slot = ph_dom_node (build->dom, slot)->parent)
    if (ph_top_is_popover (build->dom, slot) && !ph_top_is_shown (build->dom, slot))
      hidden[n++] = slot;

  while (n > 0)
    ph_top_show_popover (build, hidden[--n], 0);
}

/* ---- buttons ---- */

static gboolean
is_word (const char *text,
         const char *word)
{
  return text != NULL && g_ascii_strcasecmp (text, word) == 0;
}

static PhSlot
find_above (const PhDom *dom,
            PhSlot slot,
            const char *name)
{
  while (slot != 0 && strcmp (ph_dom_node_name (dom, slot), name) != 0)
    slot = ph_dom_node (dom, slot)->parent;

  return slot;
}

/* The button a click on @slot presses, or 0. */
static PhSlot
find_button (const PhDom *dom,
             PhSlot slot)
{
  const char *type = ph_dom_attribute (dom, slot, "type");
  PhSlot button = find_above (dom, slot, "button");

  if (strcmp (ph_dom_node_name (dom, slot), "input") == 0 &&
      (is_word (type, "button") || is_word (type, "submit") || is_word (type, "reset") ||
       is_word (type, "image")))
    button = slot;

  return button != 0 && ph_dom_attribute (dom, button, "disabled") == NULL ? button : 0;
}

/* In a form it sends or empties that, and does nothing else. */
static gboolean
is_for_form (const PhDom *dom,
             PhSlot button)
{
  const char *type = ph_dom_attribute (dom, button, "type");

  if (find_above (dom, button, "form") == 0 && ph_dom_attribute (dom, button, "form") == NULL)
    return FALSE;

  if (type == NULL)
    return ph_dom_attribute (dom, button, "commandfor") == NULL;

  return !is_word (type, "button");
}

/* The element of that id in the tree that @slot stands in. */
static PhSlot
find_by_name (PhBuild *build,
              PhSlot slot,
              const char *id)
{
  const PhDom *dom = build->dom;
  PhSlot top = slot;

  while (ph_dom_node (dom, top)->type == PH_NODE_ELEMENT && ph_dom_node (dom, top)->parent != 0)
    top = ph_dom_node (dom, top)->parent;

  if (id[0] == '\0' || !ph_build_take_work (build, ph_dom_n_nodes (dom)))
    return 0;

  for (PhSlot at = top; at != 0; at = ph_dom_next (dom, top, at))
    {
      const char *value =
        ph_dom_node (dom, at)->type == PH_NODE_ELEMENT ? ph_dom_attribute (dom, at, "id") : NULL;
      PhSlot root = at;

      if (value == NULL || strcmp (value, id) != 0)
        continue;

      while (ph_dom_node (dom, root)->type == PH_NODE_ELEMENT)
        root = ph_dom_node (dom, root)->parent;

      if (root == top)
        return at;
    }

  return 0;
}

static void
press_button (PhBuild *build,
              PhSlot button)
{
  const PhDom *dom = build->dom;
  const char *name = ph_dom_attribute (dom, button, "commandfor");
  const char *command = ph_dom_attribute (dom, button, "command");
  gboolean show;
  gboolean hide;
  PhSlot target;

  if (name != NULL)
    {
      gboolean toggle = is_word (command, "toggle-popover");

      show = toggle || is_word (command, "show-popover");
      hide = toggle || is_word (command, "hide-popover");
    }
  else
    {
      name = ph_dom_attribute (dom, button, "popovertarget");
      command = ph_dom_attribute (dom, button, "popovertargetaction");
      show = !is_word (command, "hide");
      hide = !is_word (command, "show");
    }

  target = name != NULL && !is_for_form (dom, button) ? find_by_name (build, button, name) : 0;

  if (target == 0 || !ph_top_is_popover (dom, target))
    return;

  if (hide && ph_top_is_shown (dom, target))
    ph_top_hide_popover (build, target);
  else if (show)
    ph_top_show_popover (build, target, button);
}

void
ph_apply_popover (PhBuild *build,
                  PhJsonValue data)
{
  gint64 type;
  gint32 id;
  PhSlot slot;

  if (!may_have_popovers (build) || !ph_json_member_int (data, "type", &type) ||
      !ph_build_read_id (data, "id", &id) || (slot = ph_dom_find (build->dom, id)) == 0)
    return;

  if (type != PH_MOUSE_BLUR && type != PH_MOUSE_CLICK)
    take_evidence (build, slot, build->time);

  if (type == PH_MOUSE_DOWN || type == PH_MOUSE_TOUCH_START)
    ph_top_dismiss (build, slot);
  else if (type == PH_MOUSE_CLICK && find_button (build->dom, slot) != 0)
    press_button (build, find_button (build->dom, slot));
}

void
ph_apply_popover_moves (PhBuild *build,
                        PhJsonValue data)
{
  PhJsonIter iter;
  PhJsonValue position;

  if (!may_have_popovers (build))
    return;

  ph_json_iter_init (&iter, ph_json_member (data, "positions"));

  while (ph_json_next (&iter, NULL, &position))
    {
      PhTime time = build->time;
      double offset;
      gint32 id;

      if (ph_json_member_double (position, "timeOffset", &offset) && offset < 0 && offset > -864e5)
        time += llround (offset * 1000);

      if (ph_build_read_id (position, "id", &id))
        take_evidence (build, ph_dom_find (build->dom, id), time);
    }
}
