/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-dom-change.h"

#include "ph-apply.h"
#include "ph-declarations.h"
#include "ph-dom-live.h"
#include "ph-hash.h"
#include "ph-limits.h"

#include <string.h>

/* ---- texts ---- */

/* The ids that an event takes out of the page; only read when somebody asks. */
typedef struct
{
  PhJsonValue list;
  GHashTable *ids;
} Removed;

/* Whether this event took the node out: recorders list what happened to it before as well. */
static gboolean
is_removed (Removed *removed,
            gint64 id)
{
  PhJsonIter iter;
  PhJsonValue value;
  gint32 each;

  if (removed->ids == NULL)
    {
      removed->ids = g_hash_table_new (ph_hash_int, NULL);
      ph_json_iter_init (&iter, removed->list);

      while (ph_json_next (&iter, NULL, &value))
        if (ph_build_read_id (value, "id", &each))
          g_hash_table_add (removed->ids, GINT_TO_POINTER (each));
    }

  return id == (gint32) id && g_hash_table_contains (removed->ids, GINT_TO_POINTER ((gint32) id));
}

static PhSlot
find_node (PhBuild *build,
           PhJsonValue value,
           Removed *removed,
           const char *what)
{
  gint64 id = 0;
  PhSlot slot;

  ph_json_member_int (value, "id", &id);
  slot = id > 0 && id <= G_MAXINT32 ? ph_dom_find (build->dom, (gint32) id) : 0;

  if (slot == 0 && !is_removed (removed, id))
    ph_health_add (build->health, PH_HEALTH_UNKNOWN_NODE, build->time,
                   "%s of the unknown element %" G_GINT64_FORMAT, what, id);

  return slot;
}

static void
apply_texts (PhBuild *build,
             PhJsonValue texts,
             Removed *removed)
{
  PhDom *dom = build->dom;
  PhJsonIter iter;
  PhJsonValue value;

  ph_json_iter_init (&iter, texts);

  while (ph_json_next (&iter, NULL, &value))
    {
      PhSlot slot = find_node (build, value, removed, "a text change");
      GRefString *text;

      if (slot == 0 || ph_dom_node (dom, slot)->type < PH_NODE_TEXT ||
          ph_dom_node (dom, slot)->type > PH_NODE_COMMENT)
        continue;

      text = ph_build_string (build, ph_json_member (value, "value"));
      ph_dom_set_text (dom, slot, text);
      g_ref_string_release (text);

      if (ph_dom_holds_text (dom, ph_dom_node (dom, slot)->parent))
        ph_build_drop_rules (dom, ph_dom_node (dom, slot)->parent);
    }
}

/* ---- attributes ---- */

/* What `style` as an object says of one property: its value, [value, priority], or false. */
static void
set_declaration (PhDeclarations *declarations,
                 const char *property,
                 PhJsonValue value)
{
  const char *set = NULL;
  const char *priority = "";
  PhJsonIter pair;
  PhJsonValue item;

  if (ph_json_type (value) == PH_JSON_ARRAY)
    {
      ph_json_iter_init (&pair, value);

      if (ph_json_next (&pair, NULL, &item))
        ph_json_get_string (item, &set, NULL);

      if (ph_json_next (&pair, NULL, &item))
        ph_json_get_string (item, &priority, NULL);
    }
  else
    {
      ph_json_get_string (value, &set, NULL);
    }

  ph_declarations_set (declarations, property, set, strcmp (priority, "important") == 0);
}

static void
apply_style (PhBuild *build,
             PhSlot slot,
             PhName name,
             PhJsonValue style)
{
  const char *old = ph_dom_attribute (build->dom, slot, "style");
  g_autoptr (PhDeclarations) declarations = ph_declarations_new (old != NULL ? old : "");
  g_autofree char *text = NULL;
  PhJsonIter iter;
  PhJsonValue value;
  const char *property;
  GRefString *joined;

  ph_json_iter_init (&iter, style);

  while (ph_json_next (&iter, &property, &value))
    if (strlen (property) <= PH_LIMIT_NAME_BYTES)
      set_declaration (declarations, property, value);

  text = ph_declarations_write (declarations);
  joined = g_ref_string_new (text);
  ph_dom_set_attribute (build->dom, slot, name, joined);
  g_ref_string_release (joined);
}

/* What an attribute stands for besides itself. */
static void
follow_attribute (PhBuild *build,
                  PhSlot slot,
                  const char *name,
                  GRefString *value)
{
  const char *element = ph_dom_node_name (build->dom, slot);

  if ((strcmp (name, "_cssText") == 0 &&
       (strcmp (element, "link") == 0 || strcmp (element, "style") == 0)) ||
      (strcmp (name, "value") == 0 && strcmp (element, "textarea") == 0))
    ph_build_own_text (build, slot, value);
}

static void
apply_attribute (PhBuild *build,
                 PhSlot slot,
                 const char *name,
                 PhJsonValue value)
{
  PhDom *dom = build->dom;
  PhName interned = ph_names_intern (ph_dom_get_names (dom), name);
  GRefString *text;

  if (ph_json_type (value) == PH_JSON_OBJECT)
    {
      if (strcmp (name, "style") == 0)
        apply_style (build, slot, interned, value);

      return;
    }

  text = ph_build_attribute_value (build, value);

  if (!ph_dom_set_attribute (dom, slot, interned, text))
    ph_health_add (build->health, PH_HEALTH_LIMIT, build->time,
                   "an element with more than %d attributes", PH_LIMIT_ATTRIBUTES);

  ph_live_changed (build, slot, name);
  ph_apply_canvas_attribute (build, slot, name);

  if (text != NULL)
    {
      follow_attribute (build, slot, name, text);
      g_ref_string_release (text);
    }
}

static void
apply_attributes (PhBuild *build,
                  PhJsonValue attributes,
                  Removed *removed)
{
  PhJsonIter iter;
  PhJsonIter names;
  PhJsonValue entry;
  PhJsonValue value;
  const char *name;

  ph_json_iter_init (&iter, attributes);

  while (ph_json_next (&iter, NULL, &entry))
    {
      PhSlot slot = find_node (build, entry, removed, "an attribute change");

      if (slot == 0 || ph_dom_node (build->dom, slot)->type != PH_NODE_ELEMENT)
        continue;

      ph_json_iter_init (&names, ph_json_member (entry, "attributes"));

      while (ph_json_next (&names, &name, &value))
        if (strlen (name) <= PH_LIMIT_NAME_BYTES)
          apply_attribute (build, slot, name, value);
    }
}

gboolean
ph_dom_holds_text (const PhDom *dom,
                   PhSlot slot)
{
  const char *name = ph_dom_node_name (dom, slot);

  return strcmp (name, "style") == 0 || strcmp (name, "textarea") == 0 ||
         strcmp (name, "link") == 0;
}

void
ph_dom_change (PhBuild *build,
               PhJsonValue data)
{
  Removed removed = { .list = ph_json_member (data, "removes") };

  apply_texts (build, ph_json_member (data, "texts"), &removed);
  apply_attributes (build, ph_json_member (data, "attributes"), &removed);
  g_clear_pointer (&removed.ids, g_hash_table_unref);
}
