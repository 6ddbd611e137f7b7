/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-dom-build.h"

#include "ph-apply.h"
#include "ph-custom.h"
#include "ph-dom-live.h"
#include "ph-dom-park.h"
#include "ph-limits.h"

#include <math.h>
#include <string.h>

/* Where rrweb splits a sheet over several text nodes (rrweb-snapshot/src/utils.ts). */
#define SPLIT_MARK "/* rr_split */"

/* Ids of ours below this are nobody's shadow root or text. */
#define FIRST_ODD_ID (-0x40000000)
#define N_ODD_IDS 0x3fffffff

/*
 * Each event begins somewhere else to look for free ids (Knuth's multiplicative
 * hashing), and always there, whatever happened before: an archive may be full
 * of nodes without ids.
 */
PhBuild
ph_build_begin (PhDom *dom,
                PhHealth *health,
                const PhEvent *event)
{
  guint64 place = event->order * G_GUINT64_CONSTANT (2654435761) % N_ODD_IDS;
  PhBuild build = {
    .dom = dom,
    .health = health,
    .time = event->time,
    .event = event,
    .next_odd = FIRST_ODD_ID - (gint32) place,
  };

  return build;
}

gboolean
ph_build_take_work (PhBuild *build,
                    guint64 amount)
{
  build->work += amount;

  if (build->work <= PH_LIMIT_EVENT_WORK)
    return TRUE;

  ph_health_add (build->health, PH_HEALTH_LIMIT, build->time,
                 "one event changes too much of the page");

  return FALSE;
}

gboolean
ph_build_read_id (PhJsonValue object,
                  const char *name,
                  gint32 *id)
{
  gint64 value;

  if (!ph_json_member_int (object, name, &value) || value <= 0 || value >= -(gint64) FIRST_ODD_ID)
    return FALSE;

  *id = (gint32) value;

  return TRUE;
}

GRefString *
ph_build_string (PhBuild *build,
                 PhJsonValue value)
{
  const char *text;
  gsize size;

  if (!ph_json_get_string (value, &text, &size))
    return g_ref_string_new ("");

  if (size > PH_LIMIT_VALUE_BYTES)
    {
      ph_health_add (build->health, PH_HEALTH_LIMIT, build->time,
                     "a text of %" G_GSIZE_FORMAT " bytes was left out", size);
      return g_ref_string_new ("");
    }

  if (memchr (text, '\0', size) != NULL)
    {
      g_autoptr (GString) clean = g_string_new_len (text, (gssize) size);

      for (gsize i = 0; i < clean->len; i++)
        if (clean->str[i] == '\0')
          clean->str[i] = ' ';

      return g_ref_string_new_len (clean->str, (gssize) clean->len);
    }

  return g_ref_string_new_len (text, (gssize) size);
}

GRefString *
ph_build_attribute_value (PhBuild *build,
                          PhJsonValue value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  gboolean truth;
  double number;

  switch (ph_json_type (value))
    {
    case PH_JSON_STRING:
      return ph_build_string (build, value);
    case PH_JSON_BOOLEAN:
      return ph_json_get_bool (value, &truth) && truth ? g_ref_string_new ("") : NULL;
    case PH_JSON_NUMBER:
      if (!ph_json_get_double (value, &number))
        return NULL;
      if (fabs (number) < 1e15 && fabs (number - trunc (number)) < 1e-9)
        g_snprintf (buffer, sizeof buffer, "%.0f", number);
      else
        g_ascii_dtostr (buffer, sizeof buffer, number);
      return g_ref_string_new (buffer);
    case PH_JSON_NONE:
    case PH_JSON_NULL:
    case PH_JSON_ARRAY:
    case PH_JSON_OBJECT:
      break;
    }

  return NULL;
}

/* ---- texts that were recorded as attributes ---- */

void
ph_build_drop_rules (PhDom *dom,
                     PhSlot owner)
{
  const PhNodeState *state = ph_dom_node (dom, owner)->state;

  if (state != NULL && state->rules != NULL)
    g_clear_pointer (&ph_dom_edit_state (dom, owner)->rules, g_ptr_array_unref);
}

static PhSlot
last_text (const PhDom *dom,
           PhSlot owner)
{
  PhSlot child = ph_dom_node (dom, owner)->last_child;

  while (child != 0 && ph_dom_node (dom, child)->type != PH_NODE_TEXT)
    child = ph_dom_node (dom, child)->prev;

  return child;
}

/*
 * Spreads the pieces of a sheet's text over the text children it was collected
 * from; what is more than there are children goes into the last.
 */
static void
spread_text (PhBuild *build,
             PhSlot owner,
             const char *text)
{
  PhDom *dom = build->dom;
  PhSlot last = last_text (dom, owner);
  g_auto (GStrv) pieces = g_strsplit (text, SPLIT_MARK, -1);
  guint i = 0;

  for (PhSlot child = ph_dom_node (dom, owner)->first_child; child != 0;
       child = ph_dom_node (dom, child)->next)
    {
      gboolean is_last = child == last;
      g_autofree char *rest = NULL;
      GRefString *piece;

      if (ph_dom_node (dom, child)->type != PH_NODE_TEXT)
        continue;

      if (is_last && pieces[i] != NULL)
        rest = g_strjoinv ("", pieces + i);

      piece = g_ref_string_new (rest != NULL ? rest : pieces[i] != NULL ? pieces[i]
                                                                        : "");
      ph_dom_set_text (dom, child, piece);
      g_ref_string_release (piece);

      if (pieces[i] != NULL)
        i++;
    }
}

void
ph_build_own_text (PhBuild *build,
                   PhSlot owner,
                   GRefString *text)
{
  PhDom *dom = build->dom;
  gboolean is_textarea = strcmp (ph_dom_node_name (dom, owner), "textarea") == 0;
  PhSlot child = ph_dom_node (dom, owner)->first_child;
  PhSlot own;

  ph_build_drop_rules (dom, owner);

  if (last_text (dom, owner) != 0 && !is_textarea)
    {
      spread_text (build, owner, text);
      return;
    }

  while ((child = ph_dom_node (dom, owner)->first_child) != 0)
    ph_dom_remove (dom, child);

  own = ph_dom_add (dom, -ph_dom_node (dom, owner)->id, PH_NODE_TEXT, 0);

  if (own != 0 && ph_dom_insert (dom, owner, own, 0))
    {
      g_autofree char *joined = NULL;
      g_auto (GStrv) pieces = NULL;

      if (!is_textarea && strstr (text, SPLIT_MARK) != NULL)
        {
          pieces = g_strsplit (text, SPLIT_MARK, -1);
          joined = g_strjoinv ("", pieces);
        }

      text = joined != NULL ? g_ref_string_new (joined) : g_ref_string_acquire (text);
      ph_dom_set_text (dom, own, text);
      g_ref_string_release (text);
    }
  else if (own != 0)
    {
      ph_dom_remove (dom, own);
    }
}

/* ---- attributes ---- */

void
ph_build_forget_scroll (PhDom *dom,
                        PhSlot slot)
{
  const PhNodeState *state = ph_dom_node (dom, slot)->state;
  PhNodeState *own;

  if (state == NULL || !state->scrolled)
    return;

  own = ph_dom_edit_state (dom, slot);
  own->scrolled = FALSE;
  own->scroll_x = 0;
  own->scroll_y = 0;
}

static void
read_state (PhBuild *build,
            PhSlot slot,
            const char *name,
            PhJsonValue value)
{
  gboolean is_left = strcmp (name, "rr_scrollLeft") == 0;
  PhNodeState *state;
  double number;

  if (!is_left && strcmp (name, "rr_scrollTop") != 0)
    return;

  if (!ph_json_get_double (value, &number) || !(fabs (number) <= PH_LIMIT_PIXELS))
    return;

  state = ph_dom_edit_state (build->dom, slot);
  state->scrolled = TRUE;
  *(is_left ? &state->scroll_x : &state->scroll_y) = number;
}

/* A member that is written twice counts as JSON.parse() has it: the last one. */
static guint
put_attribute (PhAttributes *attributes,
               guint n,
               PhName name,
               GRefString *value)
{
  guint at = 0;

  while (at < n && attributes->items[at].name != name)
    at++;

  g_clear_pointer (&attributes->items[at].value, g_ref_string_release);
  attributes->items[at].name = name;
  attributes->items[at].value = value;

  return MAX (n, at + 1);
}

static void
read_attributes (PhBuild *build,
                 PhSlot slot,
                 PhJsonValue object)
{
  PhNames *names = ph_dom_get_names (build->dom);
  PhAttributes *attributes;
  gsize size = ph_json_size (object);
  guint n = 0;
  PhJsonIter iter;
  PhJsonValue value;
  const char *name;

  if (size == 0)
    return;

  if (size > PH_LIMIT_ATTRIBUTES)
    ph_health_add (build->health, PH_HEALTH_LIMIT, build->time,
                   "an element with %" G_GSIZE_FORMAT " attributes", size);

  attributes = ph_attributes_new ((guint) MIN (size, PH_LIMIT_ATTRIBUTES));
  ph_json_iter_init (&iter, object);

  while (n < attributes->n && ph_json_next (&iter, &name, &value))
    {
      GRefString *text;

      if (strlen (name) > PH_LIMIT_NAME_BYTES)
        continue;

      read_state (build, slot, name, value);
      text = ph_build_attribute_value (build, value);

      if (text == NULL)
        continue;

      n = put_attribute (attributes, n, ph_names_intern (names, name), text);
    }

  attributes->n = n;
  ph_dom_set_attributes (build->dom, slot, n > 0 ? attributes : NULL);

  if (n == 0)
    ph_attributes_unref (attributes);
}

/* ---- nodes ---- */

static gint32
odd_id (PhBuild *build)
{
  gint32 id;

  do
    {
      id = build->next_odd;
      build->next_odd = id > FIRST_ODD_ID - N_ODD_IDS + 1 ? id - 1 : FIRST_ODD_ID;
    }
  while (ph_dom_find (build->dom, id) != 0);

  return id;
}

/* The id of a new node: its own, or one of ours when it has none or another node has it. */
static gint32
take_id (PhBuild *build,
         PhJsonValue value)
{
  gint32 id;

  if (!ph_build_read_id (value, "id", &id))
    {
      ph_health_add (build->health, PH_HEALTH_ODD_VALUE, build->time, "an element without an id");
      return odd_id (build);
    }

  if (ph_dom_find (build->dom, id) != 0)
    {
      ph_health_add (build->health, PH_HEALTH_DUPLICATE_NODE, build->time,
                     "two elements have the id %d", id);
      return odd_id (build);
    }

  return id;
}

static PhName
read_name (PhBuild *build,
           PhJsonValue value,
           const char *member)
{
  const char *text;
  gsize size;

  if (!ph_json_member_string (value, member, &text, &size) || size == 0 ||
      size > PH_LIMIT_NAME_BYTES || strlen (text) != size)
    text = strcmp (member, "tagName") == 0 ? "div" : "html";

  return ph_names_intern (ph_dom_get_names (build->dom), text);
}

static void
read_doctype (PhBuild *build,
              PhSlot slot,
              PhJsonValue value)
{
  g_autofree char *text = NULL;
  GRefString *public_id = ph_build_string (build, ph_json_member (value, "publicId"));
  GRefString *system_id = ph_build_string (build, ph_json_member (value, "systemId"));
  GRefString *joined;

  g_strdelimit (public_id, "\n", ' ');
  g_strdelimit (system_id, "\n", ' ');
  text = g_strconcat (public_id, "\n", system_id, NULL);
  joined = g_ref_string_new (text);
  ph_dom_set_text (build->dom, slot, joined);
  g_ref_string_release (joined);
  g_ref_string_release (public_id);
  g_ref_string_release (system_id);
}

/* A new node of @type with what belongs to itself, not yet placed; 0 at a limit. */
static PhSlot
make_node (PhBuild *build,
           PhJsonValue value,
           PhNodeType type)
{
  PhName name = 0;
  PhSlot slot;
  gboolean flag;
  const char *mode;

  if (type == PH_NODE_ELEMENT)
    name = read_name (build, value, "tagName");
  else if (type == PH_NODE_DOCTYPE)
    name = read_name (build, value, "name");

  slot = ph_dom_add (build->dom, take_id (build, value), type, name);

  if (slot == 0)
    {
      ph_health_add (build->health, PH_HEALTH_LIMIT, build->time, "more than %d elements",
                     PH_LIMIT_NODES);
      return 0;
    }

  if (type == PH_NODE_DOCTYPE)
    {
      read_doctype (build, slot, value);
    }
  else if (type == PH_NODE_TEXT || type == PH_NODE_CDATA || type == PH_NODE_COMMENT)
    {
      GRefString *text = ph_build_string (build, ph_json_member (value, "textContent"));

      ph_dom_set_text (build->dom, slot, text);
      g_ref_string_release (text);
    }
  else if (type == PH_NODE_DOCUMENT)
    {
      ph_dom_edit (build->dom, slot)->quirks =
        ph_json_member_string (value, "compatMode", &mode, NULL) &&
        strcmp (mode, "BackCompat") == 0;
    }
  else
    {
      PhNode *node = ph_dom_edit (build->dom, slot);

      node->is_svg = ph_json_member_bool (value, "isSVG", &flag) && flag;
      node->is_custom = ph_json_member_bool (value, "isCustom", &flag) && flag;
      read_attributes (build, slot, ph_json_member (value, "attributes"));
      ph_live_made (build, slot);

      if (node->is_custom)
        ph_custom_define (build->dom, name);
    }

  return slot;
}

PhSlot
ph_build_parent (PhBuild *build,
                 PhSlot parent,
                 gboolean is_shadow)
{
  const PhNode *node = ph_dom_node (build->dom, parent);
  PhSlot shadow;

  if (!is_shadow || node->type != PH_NODE_ELEMENT)
    return parent;

  if (node->inner != 0)
    return node->inner;

  shadow = ph_dom_add (build->dom, -node->id, PH_NODE_SHADOW_ROOT, 0);

  if (shadow == 0)
    return 0;

  if (!ph_dom_set_inner (build->dom, parent, shadow))
    {
      ph_dom_remove (build->dom, shadow);
      return 0;
    }

  return shadow;
}

/* A document has one doctype and one element; a new one takes the old one's place. */
static void
make_room (PhBuild *build,
           PhSlot document,
           PhSlot slot)
{
  PhNodeType type = ph_dom_node (build->dom, slot)->type;
  PhSlot child = ph_dom_node (build->dom, document)->first_child;

  while (child != 0)
    {
      PhSlot next = ph_dom_node (build->dom, child)->next;

      if (child != slot && ph_dom_node (build->dom, child)->type == type)
        ph_dom_remove (build->dom, child);

      child = next;
    }
}

static gboolean
place_node (PhBuild *build,
            PhSlot slot,
            PhSlot parent,
            PhSlot next)
{
  PhDom *dom = build->dom;
  PhNodeType type = ph_dom_node (dom, slot)->type;
  PhNodeType parent_type = ph_dom_node (dom, parent)->type;

  if (type == PH_NODE_DOCUMENT)
    return parent_type == PH_NODE_ELEMENT && ph_dom_set_inner (dom, parent, slot);

  if (parent_type != PH_NODE_ELEMENT && parent_type != PH_NODE_DOCUMENT &&
      parent_type != PH_NODE_SHADOW_ROOT)
    return FALSE;

  if (parent_type == PH_NODE_DOCUMENT && (type == PH_NODE_TEXT || type == PH_NODE_CDATA))
    return FALSE;

  if (!ph_dom_insert (dom, parent, slot, next))
    return FALSE;

  /* Only now: the node may come from inside the one that has to go. */
  if (parent_type == PH_NODE_DOCUMENT && type != PH_NODE_COMMENT)
    make_room (build, parent, slot);

  return TRUE;
}

static void
read_children (PhBuild *build,
               PhSlot slot,
               PhJsonValue value)
{
  const char *name = ph_dom_node_name (build->dom, slot);
  gboolean is_host = FALSE;
  PhJsonIter iter;
  PhJsonValue child;

  /* An empty shadow root hides what is in its host as well as a full one. */
  if (ph_json_member_bool (value, "isShadowHost", &is_host) && is_host)
    ph_build_parent (build, slot, TRUE);

  ph_json_iter_init (&iter, ph_json_member (value, "childNodes"));

  while (ph_json_next (&iter, NULL, &child))
    ph_build_node (build, child, slot, 0);

  if (strcmp (name, "textarea") == 0 || strcmp (name, "style") == 0 || strcmp (name, "link") == 0)
    {
      GRefString *own = ph_dom_attribute (build->dom, slot,
                                          name[0] == 't' ? "value" : "_cssText");

      if (own != NULL)
        ph_build_own_text (build, slot, own);
    }
}

/* Outside of quirks mode the root element's position is its window's, and is kept there. */
static void
take_root_scroll (PhDom *dom,
                  PhSlot document)
{
  PhSlot child = ph_dom_node (dom, document)->first_child;
  const PhNodeState *state;
  PhNodeState *own;

  while (child != 0 && ph_dom_node (dom, child)->type != PH_NODE_ELEMENT)
    child = ph_dom_node (dom, child)->next;

  state = child != 0 ? ph_dom_node (dom, child)->state : NULL;

  if (state == NULL || !state->scrolled || ph_dom_node (dom, document)->quirks)
    return;

  own = ph_dom_edit_state (dom, document);
  own->scrolled = TRUE;
  own->scroll_x = state->scroll_x;
  own->scroll_y = state->scroll_y;
  ph_build_forget_scroll (dom, child);
}

/* A style element that was moved reads its text again: what scripts did to its sheet is gone. */
static void
restyle_moved (PhBuild *build,
               PhSlot slot)
{
  const char *name = ph_dom_node_name (build->dom, slot);
  GRefString *text;

  if (strcmp (name, "style") != 0 && strcmp (name, "link") != 0)
    return;

  text = ph_dom_attribute (build->dom, slot, "_cssText");
  ph_build_drop_rules (build->dom, slot);

  /* Where it has children they are added again too, each with its text. */
  if (text != NULL && ph_dom_node (build->dom, slot)->first_child == 0)
    ph_build_own_text (build, slot, text);
}

gboolean
ph_build_again (PhBuild *build,
                PhSlot slot,
                PhJsonValue value,
                PhSlot parent,
                PhSlot next)
{
  PhNodeType type = ph_dom_node (build->dom, slot)->type;
  gboolean is_shadow = FALSE;
  PhSlot place;

  ph_json_member_bool (value, "isShadow", &is_shadow);
  place = ph_build_parent (build, parent, is_shadow);

  if (place == 0 || !place_node (build, slot, place, next))
    return FALSE;

  ph_live_moved (build, slot);

  if (type == PH_NODE_ELEMENT)
    {
      ph_build_forget_scroll (build->dom, slot);
      ph_dom_set_attributes (build->dom, slot, NULL);
      read_attributes (build, slot, ph_json_member (value, "attributes"));
      ph_live_made (build, slot);
      ph_live_placed (build, slot);
      ph_apply_canvas_again (build, slot);
      restyle_moved (build, slot);
    }
  else if (type == PH_NODE_TEXT || type == PH_NODE_CDATA || type == PH_NODE_COMMENT)
    {
      GRefString *text = ph_build_string (build, ph_json_member (value, "textContent"));

      ph_dom_set_text (build->dom, slot, text);
      g_ref_string_release (text);
    }

  return TRUE;
}

PhSlot
ph_build_node (PhBuild *build,
               PhJsonValue value,
               PhSlot parent,
               PhSlot next)
{
  gboolean is_shadow = FALSE;
  gint64 type;
  PhSlot slot;

  if (!ph_json_member_int (value, "type", &type) || type < PH_NODE_DOCUMENT ||
      type > PH_NODE_COMMENT)
    {
      ph_health_add (build->health, PH_HEALTH_ODD_VALUE, build->time,
                     "an element of no known type");
      return 0;
    }

  slot = make_node (build, value, (PhNodeType) type);

  if (slot == 0)
    return 0;

  ph_json_member_bool (value, "isShadow", &is_shadow);

  if (parent != 0)
    {
      PhSlot place = ph_build_parent (build, parent, is_shadow);

      if (place == 0 || !place_node (build, slot, place, next))
        {
          ph_health_add (build->health, PH_HEALTH_UNPLACED_NODE, build->time,
                         "the element %d cannot stand where it was recorded",
                         ph_dom_node (build->dom, slot)->id);
          ph_dom_remove (build->dom, slot);
          return 0;
        }
    }
  else
    {
      ph_dom_set_root (build->dom, slot);
    }

  if (type == PH_NODE_ELEMENT)
    ph_live_placed (build, slot);

  if (type == PH_NODE_ELEMENT || type == PH_NODE_DOCUMENT)
    {
      ph_apply_node_sheets (build, slot, value);
      read_children (build, slot, value);
    }

  if (type == PH_NODE_DOCUMENT)
    take_root_scroll (build->dom, slot);

  if (type == PH_NODE_ELEMENT)
    ph_unpark (build, slot);

  return slot;
}
