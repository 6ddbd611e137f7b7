/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-test-dom.h"

#include "ph-allow.h"
#include "ph-limits.h"
#include "ph-patch.h"
#include "ph-split.h"
#include "ph-test-canvas.h"
#include "ph-test-dump.h"
#include "ph-test-presence.h"

#include <string.h>

/* ---- events ---- */

char *
ph_test_json (const char *text)
{
  return g_strdelimit (g_strdup (text), "'", '"');
}

typedef struct
{
  PhDom *dom;
  PhHealth *health;
  gint64 first; /* when the first event was */
} Applying;

static gboolean
apply_cb (const char *text,
          gsize size,
          gpointer user_data,
          GError **error)
{
  static guint64 order;
  Applying *applying = user_data;
  g_autoptr (PhJson) json = ph_json_new ();
  PhEvent event = { .order = order++, .text = text, .size = size };
  PhJsonValue root;

  ph_json_parse (json, text, size, &root, error);
  g_assert_no_error (*error);
  g_assert_true (ph_event_read (&event, root));

  if (applying->first == 0)
    applying->first = event.timestamp;

  event.time = event.timestamp - applying->first;
  ph_dom_apply (applying->dom, &event, root, applying->health);
  ph_dom_check (applying->dom);

  return TRUE;
}

void
ph_test_apply (PhDom *dom,
               PhHealth *health,
               const char *events)
{
  Applying applying = { dom, health, 0 };
  g_autofree char *text = ph_test_json (events);
  g_autoptr (GError) error = NULL;
  g_autoptr (PhSplit) split = ph_split_new (PH_SPLIT_ARRAY, NULL, PH_LIMIT_EVENT_BYTES, apply_cb,
                                            &applying, NULL);

  g_assert_true (ph_split_feed (split, text, strlen (text), &error));
  g_assert_true (ph_split_end (split, &error));
}

PhDom *
ph_test_page (const char *body)
{
  g_autoptr (PhNames) names = ph_names_new ();
  PhDom *dom = ph_dom_new (names);
  g_autofree char *events = g_strdup_printf (
    "[{\"type\":4,\"timestamp\":1000,\"data\":{\"href\":\"https://a.example/\",\"width\":800,"
    "\"height\":600}},{\"type\":2,\"timestamp\":1001,\"data\":{\"node\":{\"type\":0,\"id\":1,"
    "\"childNodes\":[{\"type\":1,\"name\":\"html\",\"publicId\":\"\",\"systemId\":\"\",\"id\":2},"
    "{\"type\":2,\"tagName\":\"html\",\"attributes\":{},\"id\":3,\"childNodes\":[%s]}]},"
    "\"initialOffset\":{\"left\":0,\"top\":0}}}]",
    body);

  ph_test_apply (dom, NULL, events);

  return dom;
}

/* ---- dumping a PhDom ---- */

static int
compare_attributes (gconstpointer a,
                    gconstpointer b)
{
  return strcmp (((const PhAllowedAttribute *) a)->name, ((const PhAllowedAttribute *) b)->name);
}

static void
dump_element (GString *out,
              const PhDom *dom,
              PhSlot slot)
{
  PhAllowedElement element = ph_allow_element (dom, slot);
  g_autoptr (GArray) attributes = ph_allow_attributes (dom, slot);

  g_string_append_printf (out, "%d:%s", element.ns, element.name);
  g_array_sort (attributes, compare_attributes);

  for (guint i = 0; i < attributes->len; i++)
    ph_test_dump_attribute (out, g_array_index (attributes, PhAllowedAttribute, i).name,
                            g_array_index (attributes, PhAllowedAttribute, i).value);
}

/* What a document, or the shadow root −@id, adopts. */
static void
dump_adopted (GString *out,
              const PhDom *dom,
              gint32 id)
{
  const PhPageState *page = ph_dom_get_page (dom);
  guint n = 0;
  const gint32 *ids = page != NULL && id != 0 ? ph_sheets_adopted (page->sheets, ABS (id), &n)
                                              : NULL;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (out, " adopts %d", ids[i]);
}

/* Sheets made by script, and fonts. */
static void
dump_sheets (GString *out,
             const PhDom *dom)
{
  const PhPageState *page = ph_dom_get_page (dom);

  for (guint i = 0; page != NULL && i < ph_sheets_n (page->sheets); i++)
    {
      const GPtrArray *rules = ph_sheets_find (page->sheets, ph_sheets_id (page->sheets, i));

      g_string_append_printf (out, "sheet %d", ph_sheets_id (page->sheets, i));

      for (guint at = 0; at < rules->len; at++)
        {
          g_autofree char *rule = ph_allow_rule (dom, 0, rules->pdata[at]);

          g_string_append_printf (out, " rule “%s”", rule);
        }

      g_string_append_c (out, '\n');
    }

  for (guint i = 0; page != NULL && page->fonts != NULL && i < page->fonts->len; i++)
    {
      g_autofree char *font = ph_allow_rule (dom, 0, page->fonts->pdata[i]);

      g_string_append_printf (out, "font %s\n", font);
    }
}

static void
dump_state (GString *out,
            const PhDom *dom,
            PhSlot slot)
{
  const PhNode *node = ph_dom_node (dom, slot);
  const PhNodeState *state = node->state;
  PhAllowedElement element = ph_allow_element (dom, slot);
  gboolean is_input = node->type == PH_NODE_ELEMENT && element.ns == 0 &&
                      strcmp (element.name, "input") == 0;

  if (is_input)
    {
      const char *value = ph_dom_attribute (dom, slot, "value");
      gboolean checked = ph_dom_attribute (dom, slot, "checked") != NULL;

      if (state != NULL && state->value != NULL)
        value = state->value;

      if (state != NULL && state->checked >= 0)
        checked = state->checked;

      g_string_append_printf (out, " holds “%s” %d", value != NULL ? value : "", checked);
    }

  if (node->type == PH_NODE_ELEMENT)
    {
      g_autofree char *sheet = ph_allow_dup_sheet (dom, slot);

      if (sheet != NULL)
        g_string_append_printf (out, " sheet “%s”", sheet);
    }

  if (state != NULL && state->rules != NULL && ph_allow_is_style (dom, slot))
    for (guint i = 0; i < state->rules->len; i++)
      {
        g_autofree char *rule = ph_allow_rule (dom, slot, state->rules->pdata[i]);

        g_string_append_printf (out, " rule “%s”", rule);
      }

  if (node->type == PH_NODE_ELEMENT && element.ns == 0 && strcmp (element.name, "canvas") == 0)
    ph_test_canvas_dump_dom (out, dom, slot);

  if (node->type == PH_NODE_DOCUMENT || node->type == PH_NODE_SHADOW_ROOT)
    dump_adopted (out, dom, node->id);

  if (state != NULL && state->scrolled && (state->scroll_x > 0 || state->scroll_y > 0))
    g_string_append_printf (out, " scroll %g,%g", state->scroll_x, state->scroll_y);
}

static void
dump_node (GString *out,
           const PhDom *dom,
           PhSlot slot,
           guint depth)
{
  const PhNode *node = ph_dom_node (dom, slot);

  ph_test_dump_indent (out, depth);
  g_string_append_printf (out, "%d ", node->id);

  if (node->type == PH_NODE_ELEMENT)
    {
      dump_element (out, dom, slot);
    }
  else if (node->type == PH_NODE_TEXT || node->type == PH_NODE_CDATA ||
           node->type == PH_NODE_COMMENT)
    {
      g_autofree char *text = ph_allow_text (dom, slot);

      g_string_append (out, node->type == PH_NODE_COMMENT ? "comment" : "text");
      g_string_append_printf (out, " “%s”", text);
    }
  else
    {
      g_string_append (out, node->type == PH_NODE_DOCTYPE       ? "doctype"
                            : node->type == PH_NODE_SHADOW_ROOT ? "shadow"
                                                                : "document");
    }

  dump_state (out, dom, slot);
  g_string_append_c (out, '\n');

  if (node->inner != 0)
    dump_node (out, dom, node->inner, depth + 1);

  for (PhSlot child = node->first_child; child != 0; child = ph_dom_node (dom, child)->next)
    dump_node (out, dom, child, depth + 1);
}

char *
ph_test_dump_dom (const PhDom *dom)
{
  GString *out = g_string_new (NULL);
  int width;
  int height;

  ph_dom_get_viewport (dom, &width, &height);
  if (width <= 0)
    {
      width = PH_PATCH_UNKNOWN_WIDTH;
      height = PH_PATCH_UNKNOWN_HEIGHT;
    }

  if (ph_dom_get_root (dom) != 0)
    {
      g_string_append_printf (out, "%d×%d\n", width, height);
      ph_test_presence_dump_dom (dom, out);
      dump_sheets (out, dom);
      dump_node (out, dom, ph_dom_get_root (dom), 0);
    }

  return g_string_free (out, FALSE);
}
