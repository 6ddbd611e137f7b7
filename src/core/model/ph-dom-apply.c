/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-dom-apply.h"

#include "ph-apply.h"
#include "ph-dom-mutate.h"
#include "ph-limits.h"
#include "ph-whole-page.h"

#include <math.h>
#include <string.h>

/* ---- the page as a whole ---- */

static void
apply_viewport (PhBuild *build,
                PhJsonValue data)
{
  double width;
  double height;

  if (!ph_json_member_double (data, "width", &width) ||
      !ph_json_member_double (data, "height", &height))
    return;

  if (!(width >= 1 && width <= PH_LIMIT_VIEWPORT && height >= 1 && height <= PH_LIMIT_VIEWPORT))
    {
      ph_health_add (build->health, PH_HEALTH_ODD_VALUE, build->time,
                     "a viewport of %g × %g pixels", width, height);
      return;
    }

  ph_dom_set_viewport (build->dom, (int) lround (width), (int) lround (height));
}

static void
apply_resize (PhBuild *build,
              PhJsonValue data)
{
  if (ph_json_type (ph_json_member (data, "width")) == PH_JSON_NUMBER &&
      ph_json_type (ph_json_member (data, "height")) == PH_JSON_NUMBER)
    apply_viewport (build, data);
  else
    ph_health_add (build->health, PH_HEALTH_ODD_VALUE, build->time, "a viewport of no size");
}

static void
apply_meta (PhBuild *build,
            PhJsonValue data)
{
  GRefString *href;

  if (ph_json_type (ph_json_member (data, "href")) == PH_JSON_STRING)
    {
      href = ph_build_string (build, ph_json_member (data, "href"));
      ph_dom_set_href (build->dom, href);
      g_ref_string_release (href);
    }

  apply_viewport (build, data);
}

static void
apply_full_snapshot (PhBuild *build,
                     const PhEvent *event,
                     PhJsonValue data)
{
  PhJsonValue offset = ph_json_member (data, "initialOffset");
  double x = 0;
  double y = 0;
  PhSlot root;
  gint64 type;

  /* A snapshot of something else than a page would leave none: what is there stays. */
  if (!ph_json_member_int (ph_json_member (data, "node"), "type", &type) ||
      type != PH_NODE_DOCUMENT)
    {
      ph_health_add (build->health, PH_HEALTH_ODD_VALUE, build->time,
                     "a full snapshot without a document");
      return;
    }

  ph_dom_clear (build->dom, event->order + 1);
  root = ph_build_node (build, ph_json_member (data, "node"), 0, 0);
  ph_json_member_double (offset, "left", &x);
  ph_json_member_double (offset, "top", &y);

  if (root != 0)
    ph_apply_set_scroll (build, root, x, y);
}

/* ---- small changes ---- */

PhSlot
ph_apply_find_target (PhBuild *build,
                      const PhEvent *event,
                      PhJsonValue data)
{
  gint64 id = 0;
  PhSlot slot = 0;

  ph_json_member_int (data, "id", &id);

  if (id > 0 && id <= G_MAXINT32)
    slot = ph_dom_find (build->dom, (gint32) id);

  /* −1 and −2 are the recorder's own words for a node it does not record. */
  if (slot == 0 && id != -1 && id != -2)
    ph_health_add (build->health, PH_HEALTH_UNKNOWN_NODE, build->time,
                   "%s of the unknown element %" G_GINT64_FORMAT, ph_event_kind (event), id);

  return slot;
}

static gboolean
is_input_of_type (const PhDom *dom,
                  PhSlot slot,
                  const char *wanted)
{
  const char *type = ph_dom_attribute (dom, slot, "type");

  return strcmp (ph_dom_node_name (dom, slot), "input") == 0 && type != NULL &&
         g_ascii_strcasecmp (type, wanted) == 0;
}

/* The form an element is in, or else the root of its tree. */
static PhSlot
find_owner (const PhDom *dom,
            PhSlot slot)
{
  while (ph_dom_node (dom, slot)->parent != 0)
    {
      slot = ph_dom_node (dom, slot)->parent;

      if (strcmp (ph_dom_node_name (dom, slot), "form") == 0)
        break;
    }

  return slot;
}

/*
 * Of a group of radio buttons one at most is on: browsers put the others out
 * when one is put on (HTML, 4.10.5.1.16), and recorders say so a little later.
 */
static void
put_out_others (PhBuild *build,
                PhSlot on)
{
  const char *group = ph_dom_attribute (build->dom, on, "name");
  PhSlot owner = find_owner (build->dom, on);
  guint n = ph_dom_n_slots (build->dom);

  if (group == NULL || group[0] == '\0' || !ph_build_take_work (build, n))
    return;

  for (PhSlot slot = 1; slot < n; slot++)
    {
      const char *name;

      if (slot == on || ph_dom_node (build->dom, slot)->type != PH_NODE_ELEMENT ||
          !is_input_of_type (build->dom, slot, "radio") || !ph_dom_is_checked (build->dom, slot))
        continue;

      name = ph_dom_attribute (build->dom, slot, "name");

      if (g_strcmp0 (name, group) == 0 && find_owner (build->dom, slot) == owner)
        ph_dom_edit_state (build->dom, slot)->checked = FALSE;
    }
}

static void
apply_input (PhBuild *build,
             const PhEvent *event,
             PhJsonValue data)
{
  PhSlot slot = ph_apply_find_target (build, event, data);
  gboolean checked;
  gboolean is_radio;
  gboolean is_toggle;
  PhNodeState *state;

  if (slot == 0)
    return;

  if (ph_dom_node (build->dom, slot)->type != PH_NODE_ELEMENT ||
      (ph_json_type (ph_json_member (data, "text")) != PH_JSON_STRING &&
       ph_json_type (ph_json_member (data, "isChecked")) != PH_JSON_BOOLEAN))
    {
      ph_health_add (build->health, PH_HEALTH_ODD_VALUE, build->time,
                     "an input of what holds nothing, or of nothing");
      return;
    }

  is_radio = is_input_of_type (build->dom, slot, "radio");
  is_toggle = is_radio || is_input_of_type (build->dom, slot, "checkbox");
  state = ph_dom_edit_state (build->dom, slot);

  if (is_toggle && ph_json_member_bool (data, "isChecked", &checked))
    state->checked = (gint8) checked;

  if (!is_toggle && ph_json_type (ph_json_member (data, "text")) == PH_JSON_STRING)
    {
      g_clear_pointer (&state->value, g_ref_string_release);
      state->value = ph_build_string (build, ph_json_member (data, "text"));
    }

  if (is_radio && ph_dom_is_checked (build->dom, slot))
    put_out_others (build, slot);
}

/* ---- dispatch ---- */

static void
apply_incremental (PhBuild *build,
                   const PhEvent *event,
                   PhJsonValue data)
{
  switch (event->source)
    {
    case PH_SOURCE_MUTATION:
      ph_dom_mutate (build, data);
      return;
    case PH_SOURCE_SCROLL:
      ph_apply_scroll (build, event, data);
      return;
    case PH_SOURCE_INPUT:
      apply_input (build, event, data);
      return;
    case PH_SOURCE_STYLE_SHEET_RULE:
      ph_apply_style_sheet_rule (build, event, data);
      return;
    case PH_SOURCE_CANVAS_MUTATION:
      ph_apply_canvas (build, event, data);
      return;
    case PH_SOURCE_STYLE_DECLARATION:
      ph_apply_style_declaration (build, event, data);
      return;
    case PH_SOURCE_ADOPTED_STYLE_SHEET:
      ph_apply_adopted_style_sheet (build, event, data);
      return;
    case PH_SOURCE_FONT:
      ph_apply_font (build, data);
      return;
    case PH_SOURCE_CUSTOM_ELEMENT:
      ph_apply_custom_element (build, data);
      return;
    case PH_SOURCE_VIEWPORT_RESIZE:
      apply_resize (build, data);
      return;
    case PH_SOURCE_MOUSE_INTERACTION:
      ph_apply_focus (build, event, data);
      ph_apply_popover (build, data);
      return;
    case PH_SOURCE_MEDIA_INTERACTION:
      ph_apply_media (build, event, data);
      return;
    case PH_SOURCE_SELECTION:
      ph_apply_selection (build, data);
      return;
    case PH_SOURCE_MOUSE_MOVE:
    case PH_SOURCE_TOUCH_MOVE:
    case PH_SOURCE_DRAG:
      ph_apply_popover_moves (build, data);
      return;
    case PH_SOURCE_LOG:
      return;
    default:
      break;
    }

  ph_health_add (build->health,
                 event->source >= 0 && event->source <= PH_SOURCE_CUSTOM_ELEMENT
                   ? PH_HEALTH_EVENT_NOT_SHOWN
                   : PH_HEALTH_EVENT_UNKNOWN,
                 event->time, "%s (source %d)", ph_event_kind (event), event->source);
}

/* Changes that need a page; viewport and pointer do not. */
static gboolean
needs_page (const PhEvent *event)
{
  switch (event->source)
    {
    case PH_SOURCE_MUTATION:
    case PH_SOURCE_SCROLL:
    case PH_SOURCE_INPUT:
    case PH_SOURCE_STYLE_SHEET_RULE:
    case PH_SOURCE_STYLE_DECLARATION:
    case PH_SOURCE_CANVAS_MUTATION:
    case PH_SOURCE_FONT:
    case PH_SOURCE_SELECTION:
    case PH_SOURCE_MEDIA_INTERACTION:
    case PH_SOURCE_CUSTOM_ELEMENT:
      return event->type == PH_EVENT_INCREMENTAL;
    default:
      return FALSE;
    }
}

void
ph_dom_apply (PhDom *dom,
              const PhEvent *event,
              PhJsonValue root,
              PhHealth *health)
{
  PhBuild build = ph_build_begin (dom, health, event);
  PhJsonValue data = ph_json_member (root, "data");

  if (needs_page (event) && ph_dom_get_root (dom) == 0)
    {
      ph_health_add (health, PH_HEALTH_EARLY_EVENT, event->time,
                     "%s before the first full snapshot", ph_event_kind (event));
      return;
    }

  switch (event->type)
    {
    case PH_EVENT_FULL_SNAPSHOT:
      apply_full_snapshot (&build, event, data);
      break;
    case PH_EVENT_META:
      apply_meta (&build, data);
      break;
    case PH_EVENT_INCREMENTAL:
      apply_incremental (&build, event, data);
      break;
    case PH_EVENT_CUSTOM:
      if (ph_whole_page_is (data))
        ph_whole_page_apply (&build, data);
      break;
    case PH_EVENT_DOM_CONTENT_LOADED:
    case PH_EVENT_LOAD:
    case PH_EVENT_PLUGIN:
    case PH_EVENT_ANNOTATION:
    /* What it brings is found by its address (ph-carried.h). */
    case PH_EVENT_ASSET:
      break;
    default:
      ph_health_add (health, PH_HEALTH_EVENT_UNKNOWN, event->time, "event type %d", event->type);
      break;
    }
}
