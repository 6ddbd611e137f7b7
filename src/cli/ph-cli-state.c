/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-allow.h"
#include "ph-cli-render.h"
#include "ph-cli.h"
#include "ph-cursor.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

/*
 * The page's whole state as JSON, from the engine. Attributes are as recorded,
 * without what a recorder writes for a player only; what a control holds is what
 * it shows: typed in, or else what its attributes, options or text say.
 */

static void add_node (JsonBuilder *builder,
                      const PhDom *dom,
                      PhSlot slot);

static void
add_number (JsonBuilder *builder,
            double number)
{
  if (fabs (number) < 1e15 && fabs (number - rint (number)) < 1e-9)
    json_builder_add_int_value (builder, (gint64) rint (number));
  else
    json_builder_add_double_value (builder, number);
}

static void
add_string (JsonBuilder *builder,
            const char *name,
            const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_pair (JsonBuilder *builder,
          const char *name,
          double x,
          double y)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  add_number (builder, x);
  add_number (builder, y);
  json_builder_end_array (builder);
}

static void
add_attributes (JsonBuilder *builder,
                const PhDom *dom,
                PhSlot slot)
{
  const PhAttributes *attributes = ph_dom_node (dom, slot)->attributes;
  const char *element = ph_dom_node_name (dom, slot);
  /* There the recorder's own word for what is held. */
  gboolean no_value = strcmp (element, "textarea") == 0 || strcmp (element, "select") == 0;

  json_builder_set_member_name (builder, "attributes");
  json_builder_begin_object (builder);

  for (guint i = 0; attributes != NULL && i < attributes->n; i++)
    {
      const char *name = ph_names_text (ph_dom_get_names (dom), attributes->items[i].name);

      if (!g_str_has_prefix (name, "rr_") && strcmp (name, "_cssText") != 0 &&
          !(no_value && strcmp (name, "value") == 0))
        add_string (builder, name, attributes->items[i].value);
    }

  json_builder_end_object (builder);
}

static char *
dup_text (const PhDom *dom,
          PhSlot top)
{
  GString *text = g_string_new (NULL);

  for (PhSlot slot = top; slot != 0; slot = ph_dom_next (dom, top, slot))
    if (ph_dom_node (dom, slot)->type == PH_NODE_TEXT)
      g_string_append (text, ph_dom_node (dom, slot)->text);

  return g_string_free (text, FALSE);
}

/* Of the first option that is selected, else of the first one. */
static char *
dup_selected (const PhDom *dom,
              PhSlot select)
{
  gboolean multiple = ph_dom_attribute (dom, select, "multiple") != NULL;
  PhSlot chosen = 0;
  PhSlot first = 0;
  const char *value;

  for (PhSlot slot = select; slot != 0 && chosen == 0; slot = ph_dom_next (dom, select, slot))
    {
      if (strcmp (ph_dom_node_name (dom, slot), "option") != 0)
        continue;

      if (first == 0 && !multiple)
        first = slot;

      if (ph_dom_attribute (dom, slot, "selected") != NULL)
        chosen = slot;
    }

  chosen = chosen != 0 ? chosen : first;
  value = chosen != 0 ? ph_dom_attribute (dom, chosen, "value") : "";

  return value != NULL ? g_strdup (value) : g_strstrip (dup_text (dom, chosen));
}

static void
add_control (JsonBuilder *builder,
             const PhDom *dom,
             PhSlot slot)
{
  const char *name = ph_dom_node_name (dom, slot);
  const char *held = ph_dom_held_value (dom, slot);
  const char *type = ph_dom_attribute (dom, slot, "type");
  gboolean is_toggle = strcmp (name, "input") == 0 && type != NULL &&
                       (g_ascii_strcasecmp (type, "checkbox") == 0 ||
                        g_ascii_strcasecmp (type, "radio") == 0);
  g_autofree char *other = NULL;

  if (strcmp (name, "textarea") == 0 && held == NULL)
    held = other = dup_text (dom, slot);
  else if (strcmp (name, "select") == 0 && held == NULL)
    held = other = dup_selected (dom, slot);
  else if (strcmp (name, "input") == 0 && held == NULL)
    held = ph_dom_attribute (dom, slot, "value");
  else if (held == NULL)
    return;

  if (held == NULL)
    held = is_toggle ? "on" : "";

  add_string (builder, "value", held);

  if (!is_toggle)
    return;

  json_builder_set_member_name (builder, "checked");
  json_builder_add_boolean_value (builder, ph_dom_is_checked (dom, slot));
}

static void
add_children (JsonBuilder *builder,
              const char *name,
              const PhDom *dom,
              PhSlot slot)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);

  for (PhSlot child = ph_dom_node (dom, slot)->first_child; child != 0;
       child = ph_dom_node (dom, child)->next)
    add_node (builder, dom, child);

  json_builder_end_array (builder);
}

static void
add_content (JsonBuilder *builder,
             const PhDom *dom,
             PhSlot slot)
{
  const PhNode *node = ph_dom_node (dom, slot);

  if (node->state != NULL && node->state->scrolled &&
      (fabs (node->state->scroll_x) > 0 || fabs (node->state->scroll_y) > 0))
    add_pair (builder, "scroll", node->state->scroll_x, node->state->scroll_y);

  add_children (builder, "children", dom, slot);

  if (node->inner == 0)
    return;

  if (ph_dom_node (dom, node->inner)->type == PH_NODE_SHADOW_ROOT)
    {
      add_children (builder, "shadow", dom, node->inner);
      return;
    }

  json_builder_set_member_name (builder, "frame");
  add_node (builder, dom, node->inner);
}

/* Recorders write the names of SVG's elements in lower case. */
static const char *
find_name (const PhDom *dom,
           PhSlot slot)
{
  const char *name = ph_dom_node_name (dom, slot);
  const char *shown;

  switch ((PhNodeType) ph_dom_node (dom, slot)->type)
    {
    case PH_NODE_DOCTYPE:
      return "!doctype";
    case PH_NODE_ELEMENT:
      shown = ph_allow_element (dom, slot).name;
      return g_ascii_strcasecmp (name, shown) == 0 ? shown : name;
    case PH_NODE_DOCUMENT:
    case PH_NODE_TEXT:
    case PH_NODE_CDATA:
    case PH_NODE_COMMENT:
    case PH_NODE_SHADOW_ROOT:
    case PH_NODE_FREE:
      break;
    }

  return name;
}

static void
add_node (JsonBuilder *builder,
          const PhDom *dom,
          PhSlot slot)
{
  const PhNode *node = ph_dom_node (dom, slot);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "id");
  json_builder_add_int_value (builder, node->id);

  if (node->type != PH_NODE_TEXT)
    add_string (builder, "name", find_name (dom, slot));

  if (node->type == PH_NODE_TEXT || node->type == PH_NODE_CDATA ||
      node->type == PH_NODE_COMMENT || node->type == PH_NODE_DOCTYPE)
    {
      add_string (builder, "text", node->text != NULL ? node->text : "");
    }
  else
    {
      if (node->type == PH_NODE_ELEMENT)
        {
          add_attributes (builder, dom, slot);
          add_control (builder, dom, slot);
        }

      add_content (builder, dom, slot);
    }

  json_builder_end_object (builder);
}

static void
add_pointer (JsonBuilder *builder,
             PhSession *session,
             guint32 window,
             PhTime time)
{
  static const char *const kinds[] = { "mouse", "pen", "touch" };
  PhPointer pointer;

  ph_pointer_track_at (ph_session_get_pointer (session, window), time, &pointer);
  json_builder_set_member_name (builder, "pointer");

  if (!pointer.visible)
    {
      json_builder_add_null_value (builder);
      return;
    }

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "x");
  add_number (builder, (double) pointer.x);
  json_builder_set_member_name (builder, "y");
  add_number (builder, (double) pointer.y);
  add_string (builder, "kind", kinds[pointer.kind]);
  json_builder_set_member_name (builder, "pressed");
  json_builder_add_boolean_value (builder, pointer.pressed);
  json_builder_end_object (builder);
}

static JsonNode *
build_state (PhSession *session,
             PhCursor *cursor,
             PhTime time)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  const PhDom *dom = ph_cursor_get_dom (cursor);
  const PhPageState *page = ph_dom_get_page (dom);
  int width;
  int height;

  ph_dom_get_viewport (dom, &width, &height);
  json_builder_begin_object (builder);
  add_pair (builder, "viewport", width, height);
  add_pointer (builder, session, ph_cursor_get_window (cursor), time);
  json_builder_set_member_name (builder, "focus");

  if (page != NULL && page->focus != 0 && ph_dom_find (dom, page->focus) != 0)
    json_builder_add_int_value (builder, page->focus);
  else
    json_builder_add_null_value (builder);

  json_builder_set_member_name (builder, "tree");
  add_node (builder, dom, ph_dom_get_root (dom));
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

static PhCliStatus
write_state (PhSession *session,
             PhTime at,
             guint32 window,
             const char *output)
{
  g_autoptr (PhCursor) cursor = ph_cursor_new (session);
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *json = NULL;
  g_autofree char *line = NULL;

  ph_cursor_set_window (cursor, window);
  ph_cursor_seek (cursor, at);
  root = build_state (session, cursor, at);
  json_generator_set_root (generator, root);
  json = json_generator_to_data (generator, NULL);
  line = g_strconcat (json, "\n", NULL);

  return ph_cli_write (output, line, strlen (line)) ? PH_CLI_DONE : PH_CLI_FAILED;
}

PhCliStatus
ph_cli_state (int argc,
              char **argv)
{
  static const PhCliPageCommand command = {
    .summary = "The page’s whole state at a time, as JSON.",
    .write = write_state,
    .render = ph_cli_render_state,
  };

  return ph_cli_run_page_command (&command, argc, argv);
}
