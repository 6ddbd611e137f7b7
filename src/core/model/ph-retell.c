/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-retell.h"

#include "ph-event.h"
#include "ph-json-write.h"
#include "ph-whole-page.h"

#include <string.h>

/* Ids for nodes that have none of their own: down from here, which no recorder comes to. */
#define LAST_ID 0x3fffffff

typedef struct
{
  const PhDom *dom;
  const PhRetelling *how;
  GPtrArray *events;
  PhJson *json;
} Teller;

/* ---- events ---- */

static GString *
begin_event (Teller *teller,
             PhEventType type)
{
  GString *out = g_string_new ("{");

  if (teller->how->window != NULL)
    {
      ph_json_write_key (out, "windowId");
      ph_json_write_string (out, teller->how->window, -1);
      g_string_append_c (out, ',');
    }

  g_string_append_printf (out, "\"type\":%d,\"data\":", type);

  return out;
}

static void
end_event (Teller *teller,
           GString *out)
{
  g_string_append (out, ",\"timestamp\":");
  ph_json_write_number (out, (double) teller->how->timestamp / (double) PH_MSEC);
  g_string_append_c (out, '}');
  g_ptr_array_add (teller->events, g_string_free (out, FALSE));
}

static GString *
begin_change (Teller *teller,
              PhSource source)
{
  GString *out = begin_event (teller, PH_EVENT_INCREMENTAL);

  g_string_append_printf (out, "{\"source\":%d", source);

  return out;
}

static void
end_change (Teller *teller,
            GString *out)
{
  g_string_append_c (out, '}');
  end_event (teller, out);
}

static void
put_number (GString *out,
            const char *name,
            double number)
{
  g_string_append_c (out, ',');
  ph_json_write_key (out, name);
  ph_json_write_number (out, number);
}

/* ---- nodes ---- */

static gint32
get_id (const PhDom *dom,
        PhSlot slot)
{
  gint32 id = ph_dom_node (dom, slot)->id;

  return id > 0 ? id : LAST_ID - (gint32) slot;
}

/* The name of the attribute that the text of an element may be recorded as. */
static const char *
own_attribute (const PhDom *dom,
               PhSlot slot)
{
  const char *name = ph_dom_node_name (dom, slot);

  if (strcmp (name, "style") == 0 || strcmp (name, "link") == 0)
    return "_cssText";

  return strcmp (name, "textarea") == 0 ? "value" : NULL;
}

/* The child that is such a text, or 0. */
static PhSlot
own_text (const PhDom *dom,
          PhSlot slot)
{
  PhSlot child = ph_dom_node (dom, slot)->first_child;

  if (child == 0 || own_attribute (dom, slot) == NULL ||
      ph_dom_node (dom, child)->id != -ph_dom_node (dom, slot)->id)
    return 0;

  return child;
}

typedef struct
{
  GString *out;
  gboolean has_some;
} Attributes;

static void
put_key (Attributes *attributes,
         const char *name)
{
  if (attributes->has_some)
    g_string_append_c (attributes->out, ',');

  attributes->has_some = TRUE;
  ph_json_write_key (attributes->out, name);
}

static void
put_text (Attributes *attributes,
          const char *name,
          const char *text)
{
  put_key (attributes, name);
  ph_json_write_string (attributes->out, text, -1);
}

static void
put_scroll (Attributes *attributes,
            const char *name,
            double pixels)
{
  put_key (attributes, name);
  ph_json_write_number (attributes->out, pixels);
}

static void
put_media (Attributes *attributes,
           const PhMedia *media,
           PhTime time)
{
  put_text (attributes, "rr_mediaState", media->playing ? "played" : "paused");
  put_scroll (attributes, "rr_mediaCurrentTime", ph_media_position (media, time));
  put_scroll (attributes, "rr_mediaPlaybackRate", media->rate);
  put_scroll (attributes, "rr_mediaVolume", media->volume);
  put_key (attributes, "rr_mediaMuted");
  g_string_append (attributes->out, media->muted ? "true" : "false");
  put_key (attributes, "rr_mediaLoop");
  g_string_append (attributes->out, media->loop ? "true" : "false");
}

static char *
join_rules (const GPtrArray *rules)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < rules->len; i++)
    g_string_append (text, rules->pdata[i]);

  return g_string_free (text, FALSE);
}

/* What was typed or chosen, or NULL. Odd archives type into what holds nothing. */
static const char *
get_value (const PhDom *dom,
           PhSlot slot)
{
  const char *name = ph_dom_node_name (dom, slot);
  const PhNodeState *state = ph_dom_node (dom, slot)->state;

  if (state == NULL ||
      (strcmp (name, "input") != 0 && strcmp (name, "select") != 0 &&
       strcmp (name, "textarea") != 0))
    return NULL;

  return state->value;
}

/* The select that says which of its options is chosen, for one of these; 0 for all else. */
static PhSlot
choosing_select (const PhDom *dom,
                 PhSlot slot)
{
  if (strcmp (ph_dom_node_name (dom, slot), "option") != 0)
    return 0;

  while (slot != 0 && strcmp (ph_dom_node_name (dom, slot), "select") != 0)
    slot = ph_dom_node (dom, slot)->parent;

  return slot != 0 && get_value (dom, slot) != NULL ? slot : 0;
}

static gboolean
is_chosen (const PhDom *dom,
           PhSlot option,
           PhSlot select)
{
  const char *wanted = get_value (dom, select);
  const char *value = ph_dom_attribute (dom, option, "value");
  PhSlot text = ph_dom_node (dom, option)->first_child;

  if (value == NULL && text != 0)
    value = ph_dom_node (dom, text)->text;

  return g_strcmp0 (value, wanted) == 0;
}

/* What an element has become since its attributes were recorded. */
static void
put_state (Teller *teller,
           Attributes *attributes,
           PhSlot slot)
{
  const PhNode *node = ph_dom_node (teller->dom, slot);
  const PhPageState *page = ph_dom_get_page (teller->dom);
  const PhMedia *media = page != NULL ? ph_presence_find_media (&page->presence, node->id) : NULL;
  const char *value = get_value (teller->dom, slot);
  PhSlot text = own_text (teller->dom, slot);
  PhSlot select = choosing_select (teller->dom, slot);

  if (select != 0 && is_chosen (teller->dom, slot, select))
    {
      put_key (attributes, "selected");
      g_string_append (attributes->out, "true");
    }

  if (node->state != NULL && node->state->rules != NULL)
    {
      g_autofree char *rules = join_rules (node->state->rules);

      put_text (attributes, "_cssText", rules);
    }
  else if (value != NULL)
    {
      put_text (attributes, "value", value);
    }
  else if (text != 0)
    {
      put_text (attributes, own_attribute (teller->dom, slot),
                ph_dom_node (teller->dom, text)->text);
    }

  if (node->state != NULL && node->state->checked > 0)
    {
      put_key (attributes, "checked");
      g_string_append (attributes->out, "true");
    }

  if (node->state != NULL && node->state->scrolled)
    {
      put_scroll (attributes, "rr_scrollLeft", node->state->scroll_x);
      put_scroll (attributes, "rr_scrollTop", node->state->scroll_y);
    }

  if (media != NULL)
    put_media (attributes, media, teller->how->time);
}

/* Whether put_state() says what the recorded attribute said once. */
static gboolean
is_outdated (const PhDom *dom,
             PhSlot slot,
             const char *name)
{
  const PhNode *node = ph_dom_node (dom, slot);
  const char *own = own_attribute (dom, slot);

  if (g_str_has_prefix (name, "rr_scroll") || g_str_has_prefix (name, "rr_media"))
    return TRUE;

  /* A sheet's text is in its children as well, and newer there. */
  if (own != NULL && strcmp (name, own) == 0 && node->first_child != 0)
    return TRUE;

  if (strcmp (name, "selected") == 0)
    return choosing_select (dom, slot) != 0;

  if (node->state == NULL)
    return FALSE;

  return (node->state->rules != NULL && strcmp (name, "_cssText") == 0) ||
         (get_value (dom, slot) != NULL && strcmp (name, "value") == 0) ||
         (node->state->checked >= 0 && strcmp (name, "checked") == 0);
}

static void
tell_attributes (Teller *teller,
                 GString *out,
                 PhSlot slot)
{
  const PhNode *node = ph_dom_node (teller->dom, slot);
  PhNames *names = ph_dom_get_names (teller->dom);
  Attributes attributes = { .out = out };

  g_string_append (out, ",\"attributes\":{");

  for (guint i = 0; node->attributes != NULL && i < node->attributes->n; i++)
    {
      const PhAttribute *attribute = &node->attributes->items[i];
      const char *name = ph_names_text (names, attribute->name);

      if (!is_outdated (teller->dom, slot, name))
        put_text (&attributes, name, attribute->value);
    }

  put_state (teller, &attributes, slot);
  g_string_append_c (out, '}');
}

static void tell_node (Teller *teller,
                       GString *out,
                       PhSlot slot,
                       gboolean is_shadow);

/* As deep as PH_LIMIT_TREE_DEPTH. */
static void
tell_list (Teller *teller,
           GString *out,
           PhSlot first,
           gboolean is_shadow,
           gboolean *has_some)
{
  for (PhSlot child = first; child != 0; child = ph_dom_node (teller->dom, child)->next)
    {
      if (*has_some)
        g_string_append_c (out, ',');

      *has_some = TRUE;
      tell_node (teller, out, child, is_shadow);
    }
}

static void
tell_children (Teller *teller,
               GString *out,
               PhSlot slot)
{
  const PhNode *node = ph_dom_node (teller->dom, slot);
  const PhNode *inner = node->inner != 0 ? ph_dom_node (teller->dom, node->inner) : NULL;
  gboolean is_text_only = own_text (teller->dom, slot) != 0 ||
                          (node->state != NULL && node->state->rules != NULL);
  gboolean has_some = FALSE;

  if (inner != NULL && inner->type == PH_NODE_SHADOW_ROOT)
    g_string_append (out, ",\"isShadowHost\":true");

  g_string_append (out, ",\"childNodes\":[");

  if (inner != NULL && inner->type == PH_NODE_SHADOW_ROOT)
    tell_list (teller, out, inner->first_child, TRUE, &has_some);

  if (!is_text_only)
    tell_list (teller, out, node->first_child, FALSE, &has_some);

  g_string_append_c (out, ']');
}

static void
tell_element (Teller *teller,
              GString *out,
              PhSlot slot)
{
  const PhNode *node = ph_dom_node (teller->dom, slot);

  g_string_append (out, ",\"tagName\":");
  ph_json_write_string (out, ph_dom_node_name (teller->dom, slot), -1);
  tell_attributes (teller, out, slot);

  if (node->is_svg)
    g_string_append (out, ",\"isSVG\":true");

  if (node->is_custom)
    g_string_append (out, ",\"isCustom\":true");

  tell_children (teller, out, slot);
}

static void
tell_doctype (Teller *teller,
              GString *out,
              PhSlot slot)
{
  const char *text = ph_dom_node (teller->dom, slot)->text;
  const char *system_id = text != NULL ? strchr (text, '\n') : NULL;

  g_string_append (out, ",\"name\":");
  ph_json_write_string (out, ph_dom_node_name (teller->dom, slot), -1);
  g_string_append (out, ",\"publicId\":");
  ph_json_write_string (out, text != NULL ? text : "", system_id != NULL ? system_id - text : -1);
  g_string_append (out, ",\"systemId\":");
  ph_json_write_string (out, system_id != NULL ? system_id + 1 : "", -1);
}

static void
tell_node (Teller *teller,
           GString *out,
           PhSlot slot,
           gboolean is_shadow)
{
  const PhNode *node = ph_dom_node (teller->dom, slot);

  g_string_append_printf (out, "{\"type\":%u,\"id\":%d", node->type, get_id (teller->dom, slot));

  if (is_shadow)
    g_string_append (out, ",\"isShadow\":true");

  if (node->type == PH_NODE_DOCUMENT)
    {
      if (node->quirks)
        g_string_append (out, ",\"compatMode\":\"BackCompat\"");

      tell_children (teller, out, slot);
    }
  else if (node->type == PH_NODE_ELEMENT)
    {
      tell_element (teller, out, slot);
    }
  else if (node->type == PH_NODE_DOCTYPE)
    {
      tell_doctype (teller, out, slot);
    }
  else
    {
      g_string_append (out, ",\"textContent\":");
      ph_json_write_string (out, node->text != NULL ? node->text : "", -1);
    }

  g_string_append_c (out, '}');
}

/* ---- the page as a whole ---- */

static void
tell_meta (Teller *teller)
{
  const char *href = ph_dom_get_href (teller->dom);
  GString *out;
  int width;
  int height;

  ph_dom_get_viewport (teller->dom, &width, &height);

  if (*href == '\0' && width == 0)
    return;

  out = begin_event (teller, PH_EVENT_META);
  g_string_append (out, "{\"href\":");
  ph_json_write_string (out, href, -1);

  if (width > 0 && height > 0)
    {
      put_number (out, "width", width);
      put_number (out, "height", height);
    }

  g_string_append_c (out, '}');
  end_event (teller, out);
}

static void
tell_snapshot (Teller *teller)
{
  PhSlot root = ph_dom_get_root (teller->dom);
  const PhNodeState *state = ph_dom_node (teller->dom, root)->state;
  gboolean is_scrolled = state != NULL && state->scrolled;
  GString *out = begin_event (teller, PH_EVENT_FULL_SNAPSHOT);

  g_string_append (out, "{\"node\":");
  tell_node (teller, out, root, FALSE);
  g_string_append (out, ",\"initialOffset\":{\"left\":");
  ph_json_write_number (out, is_scrolled ? state->scroll_x : 0);
  put_number (out, "top", is_scrolled ? state->scroll_y : 0);
  g_string_append (out, "}}");
  end_event (teller, out);
}

/* The page of an iframe comes by an event of its own, and so does where it is scrolled to. */
static void
tell_frame (Teller *teller,
            PhSlot slot)
{
  PhSlot document = ph_dom_node (teller->dom, slot)->inner;
  const PhNodeState *state = ph_dom_node (teller->dom, document)->state;
  GString *out = begin_change (teller, PH_SOURCE_MUTATION);

  g_string_append_printf (out, ",\"adds\":[{\"parentId\":%d,\"nextId\":null,\"node\":",
                          get_id (teller->dom, slot));
  tell_node (teller, out, document, FALSE);
  g_string_append (out, "}],\"removes\":[],\"texts\":[],\"attributes\":[],\"isAttachIframe\":true");
  end_change (teller, out);

  if (state == NULL || !state->scrolled)
    return;

  out = begin_change (teller, PH_SOURCE_SCROLL);
  put_number (out, "id", get_id (teller->dom, document));
  put_number (out, "x", state->scroll_x);
  put_number (out, "y", state->scroll_y);
  end_change (teller, out);
}

static void
tell_rules (GString *out,
            const GPtrArray *rules)
{
  for (guint i = 0; rules != NULL && i < rules->len; i++)
    {
      g_string_append (out, i > 0 ? ",{\"rule\":" : "{\"rule\":");
      ph_json_write_string (out, rules->pdata[i], -1);
      put_number (out, "index", i);
      g_string_append_c (out, '}');
    }
}

/* A sheet is told with who adopts it first; one that nobody adopts is not. */
static void
tell_adopted (Teller *teller,
              const PhSheets *sheets,
              gint32 adopter,
              GHashTable *told)
{
  guint n;
  const gint32 *ids = ph_sheets_adopted (sheets, adopter, &n);
  GString *out = begin_change (teller, PH_SOURCE_ADOPTED_STYLE_SHEET);
  gboolean has_some = FALSE;

  put_number (out, "id", adopter);
  g_string_append (out, ",\"styleIds\":[");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (out, i > 0 ? ",%d" : "%d", ids[i]);

  g_string_append (out, "],\"styles\":[");

  for (guint i = 0; i < n; i++)
    {
      if (!g_hash_table_add (told, GINT_TO_POINTER (ids[i])))
        continue;

      g_string_append_printf (out, "%s{\"styleId\":%d,\"rules\":[", has_some ? "," : "", ids[i]);
      tell_rules (out, ph_sheets_find (sheets, ids[i]));
      g_string_append (out, "]}");
      has_some = TRUE;
    }

  g_string_append_c (out, ']');
  end_change (teller, out);
}

static void
tell_sheets (Teller *teller,
             const PhSheets *sheets)
{
  g_autoptr (GHashTable) told = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < ph_sheets_n_adopters (sheets); i++)
    tell_adopted (teller, sheets, ph_sheets_adopter (sheets, i), told);
}

static void
tell_defined (Teller *teller,
              const GArray *defined)
{
  for (guint i = 0; i < defined->len; i++)
    {
      PhName name = g_array_index (defined, PhName, i);
      GString *out = begin_change (teller, PH_SOURCE_CUSTOM_ELEMENT);

      g_string_append (out, ",\"define\":{\"name\":");
      ph_json_write_string (out, ph_names_text (ph_dom_get_names (teller->dom), name), -1);
      g_string_append_c (out, '}');
      end_change (teller, out);
    }
}

/* `["fillRect",0,0,9,9]` or `["=fillStyle","red"]` of ph-canvas-commands.h. */
static void
tell_command (GString *out,
              PhJsonValue command)
{
  PhJsonIter iter;
  PhJsonValue value;
  const char *name = "";
  gboolean has_some = FALSE;
  gboolean is_set;

  ph_json_iter_init (&iter, command);

  if (!ph_json_next (&iter, NULL, &value) || !ph_json_get_string (value, &name, NULL))
    return;

  is_set = *name == '=';
  g_string_append (out, out->str[out->len - 1] == '[' ? "{\"property\":" : ",{\"property\":");
  ph_json_write_string (out, is_set ? name + 1 : name, -1);
  g_string_append (out, ",\"args\":[");

  while (ph_json_next (&iter, NULL, &value))
    {
      if (has_some)
        g_string_append_c (out, ',');

      has_some = TRUE;
      ph_json_write_value (out, value);
    }

  g_string_append (out, is_set ? "],\"setter\":true}" : "]}");
}

static void
tell_canvas (Teller *teller,
             PhSlot slot)
{
  const PhCanvas *canvas = ph_dom_node (teller->dom, slot)->state->canvas;
  g_autoptr (GPtrArray) runs = ph_canvas_list_runs (canvas);

  for (guint i = 0; i < runs->len; i++)
    {
      GRefString *run = runs->pdata[i];
      GString *out;
      PhJsonIter iter;
      PhJsonValue root;
      PhJsonValue command;

      if (!ph_json_parse (teller->json, run, g_ref_string_length (run), &root, NULL))
        continue;

      out = begin_change (teller, PH_SOURCE_CANVAS_MUTATION);
      put_number (out, "id", get_id (teller->dom, slot));
      put_number (out, "type", ph_canvas_get_context (canvas));
      g_string_append (out, ",\"commands\":[");
      ph_json_iter_init (&iter, root);

      while (ph_json_next (&iter, NULL, &command))
        tell_command (out, command);

      g_string_append_c (out, ']');
      end_change (teller, out);
    }
}

static void
tell_nodes (Teller *teller)
{
  PhSlot root = ph_dom_get_root (teller->dom);

  for (PhSlot slot = root; slot != 0; slot = ph_dom_next (teller->dom, root, slot))
    {
      const PhNode *node = ph_dom_node (teller->dom, slot);

      if (node->inner != 0 && ph_dom_node (teller->dom, node->inner)->type == PH_NODE_DOCUMENT)
        tell_frame (teller, slot);

      if (node->state != NULL && node->state->canvas != NULL)
        tell_canvas (teller, slot);
    }
}

/* ---- what somebody is doing ---- */

static void
tell_selection (Teller *teller,
                const GArray *ranges)
{
  GString *out = begin_change (teller, PH_SOURCE_SELECTION);

  g_string_append (out, ",\"ranges\":[");

  for (guint i = 0; i < ranges->len; i++)
    {
      const PhRange *range = &g_array_index (ranges, PhRange, i);

      g_string_append_printf (
        out, "%s{\"start\":%d,\"startOffset\":%u,\"end\":%d,\"endOffset\":%u}", i > 0 ? "," : "",
        range->start, range->start_offset, range->end, range->end_offset);
    }

  g_string_append_c (out, ']');
  end_change (teller, out);
}

static void
tell_interaction (Teller *teller,
                  PhMouseType type,
                  gint32 id,
                  const PhPointer *pointer)
{
  GString *out = begin_change (teller, PH_SOURCE_MOUSE_INTERACTION);

  put_number (out, "type", type);
  put_number (out, "id", id);

  if (pointer != NULL)
    {
      put_number (out, "x", (double) pointer->x);
      put_number (out, "y", (double) pointer->y);
      put_number (out, "pointerType", pointer->kind);
    }

  end_change (teller, out);
}

static void
tell_pointer (Teller *teller,
              const PhPointer *pointer)
{
  gboolean is_touch = pointer->kind == PH_POINTER_TOUCH;
  GString *out =
    begin_change (teller, is_touch ? PH_SOURCE_TOUCH_MOVE : PH_SOURCE_MOUSE_MOVE);

  g_string_append (out, ",\"positions\":[{\"x\":");
  ph_json_write_number (out, (double) teller->how->seen_x);
  put_number (out, "y", (double) teller->how->seen_y);
  put_number (out, "id", pointer->hover);
  put_number (out, "timeOffset", -(double) teller->how->seen_before / (double) PH_MSEC);
  g_string_append (out, "}]");
  end_change (teller, out);

  if (pointer->pressed)
    tell_interaction (teller, is_touch ? PH_MOUSE_TOUCH_START : PH_MOUSE_DOWN, pointer->active,
                      pointer);
}

static void
tell_page_state (Teller *teller,
                 const PhPageState *page)
{
  if (page->sheets != NULL)
    tell_sheets (teller, page->sheets);

  if (page->defined != NULL)
    tell_defined (teller, page->defined);

  if (page->presence.ranges != NULL)
    tell_selection (teller, page->presence.ranges);

  if (page->focus != 0)
    tell_interaction (teller, PH_MOUSE_FOCUS, page->focus, NULL);
}

GPtrArray *
ph_retell_page (const PhDom *dom,
                const PhRetelling *how)
{
  g_autoptr (PhJson) json = ph_json_new ();
  Teller teller = {
    .dom = dom,
    .how = how,
    .events = g_ptr_array_new_with_free_func (g_free),
    .json = json,
  };
  g_autofree char *whole = NULL;
  GString *out;

  tell_meta (&teller);

  if (ph_dom_get_root (dom) == 0)
    return teller.events;

  tell_snapshot (&teller);
  tell_nodes (&teller);

  if (ph_dom_get_page (dom) != NULL)
    tell_page_state (&teller, ph_dom_get_page (dom));

  if (how->pointer != NULL && how->pointer->visible)
    tell_pointer (&teller, how->pointer);

  whole = ph_whole_page_write (dom, how->time);
  out = begin_event (&teller, PH_EVENT_CUSTOM);
  g_string_append (out, whole);
  end_event (&teller, out);

  return teller.events;
}
