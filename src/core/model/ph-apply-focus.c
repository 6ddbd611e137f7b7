/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-apply.h"

#include <string.h>

/*
 * Which focus a browser shows (:focus-visible) depends on whether keys are used,
 * and keys are not recorded. So the rule is:
 *
 *   - where text is typed (text controls, elements that can be edited), always;
 *   - else as it was shown before, when the same element gets it back: the whole
 *     window lost it meanwhile;
 *   - else unless a pointer was pressed or lifted shortly before: then that, or
 *     the script that answered it, moved the focus.
 */
#define POINTER_SPAN (500 * PH_MSEC)

static gboolean
is_typed_into (const PhDom *dom,
               PhSlot slot)
{
  static const char *const others[] = { "button", "checkbox", "color", "file", "hidden", "image",
                                        "radio", "range", "reset", "submit", NULL };
  const char *name = ph_dom_node_name (dom, slot);
  const char *type = ph_dom_attribute (dom, slot, "type");
  const char *editable = ph_dom_attribute (dom, slot, "contenteditable");
  g_autofree char *lower = g_ascii_strdown (type != NULL ? type : "text", -1);

  if (strcmp (name, "input") == 0)
    return !g_strv_contains (others, lower);

  return strcmp (name, "textarea") == 0 ||
         (editable != NULL && g_ascii_strcasecmp (editable, "false") != 0);
}

static gboolean
is_shown (PhBuild *build,
          const PhPageState *page,
          PhSlot slot)
{
  gint32 id = ph_dom_node (build->dom, slot)->id;

  if (is_typed_into (build->dom, slot))
    return TRUE;

  if (page == NULL)
    return TRUE;

  if (page->presence.was_focus == id && page->focus == 0)
    return page->presence.was_visible;

  return page->presence.pressed == PH_TIME_NONE ||
         build->time - page->presence.pressed >= POINTER_SPAN;
}

static void
take_focus (PhBuild *build,
            gint32 id)
{
  const PhPageState *old = ph_dom_get_page (build->dom);
  PhSlot slot = ph_dom_find (build->dom, id);
  gboolean visible;
  PhPageState *page;

  if (slot == 0 || (old != NULL && old->focus == id))
    return;

  visible = is_shown (build, old, slot);
  page = ph_dom_edit_page (build->dom);
  page->focus = id;
  page->presence.focus_visible = visible;
}

static void
lose_focus (PhBuild *build,
            gint32 id)
{
  const PhPageState *old = ph_dom_get_page (build->dom);
  PhPageState *page;

  if (old == NULL || old->focus != id)
    return;

  page = ph_dom_edit_page (build->dom);
  page->focus = 0;
  page->presence.was_focus = id;
  page->presence.was_visible = page->presence.focus_visible;
  page->presence.focus_visible = FALSE;
}

void
ph_apply_focus (PhBuild *build,
                const PhEvent *event,
                PhJsonValue data)
{
  gint64 type;
  gint32 id;

  if (!ph_json_member_int (data, "type", &type) || type < PH_MOUSE_UP ||
      type > PH_MOUSE_TOUCH_CANCEL)
    {
      ph_health_add (build->health, PH_HEALTH_EVENT_UNKNOWN, build->time,
                     "an interaction of an unknown type");
      return;
    }

  if (ph_dom_get_root (build->dom) == 0)
    return;

  if (type != PH_MOUSE_FOCUS && type != PH_MOUSE_BLUR)
    {
      ph_dom_edit_page (build->dom)->presence.pressed = build->time;
      return;
    }

  ph_apply_find_target (build, event, data);

  if (!ph_build_read_id (data, "id", &id))
    return;

  if (type == PH_MOUSE_FOCUS)
    take_focus (build, id);
  else
    lose_focus (build, id);
}
