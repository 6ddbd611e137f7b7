/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-test-dom.h"

#include "ph-allow.h"
#include "ph-limits.h"
#include "ph-patch.h"
#include "ph-split.h"
#include "ph-test-canvas.h"
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

static void
dump_indent (GString *out,
             guint depth)
{
  for (guint i = 0; i < depth; i++)
    g_string_append (out, "  ");
}

static void
dump_attribute (GString *out,
                const char *name,
                const char *value)
{
  g_string_append_printf (out, " %s=\"%s\"", name, value);
}

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
    dump_attribute (out, g_array_index (attributes, PhAllowedAttribute, i).name,
                    g_array_index (attributes, PhAllowedAttribute, i).value);
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
        g_autofree char *rule = ph_allow_rule_of (dom, slot, state->rules->pdata[i]);

        g_string_append_printf (out, " rule “%s”", rule);
      }

  if (node->type == PH_NODE_ELEMENT && element.ns == 0 && strcmp (element.name, "canvas") == 0)
    ph_test_canvas_dump_dom (out, dom, slot);

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

  dump_indent (out, depth);
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
      dump_node (out, dom, ph_dom_get_root (dom), 0);
    }

  return g_string_free (out, FALSE);
}

/* ---- a stage in C ---- */

typedef struct _Node Node;

struct _Node
{
  gint64 id;
  gint64 renamed;    /* what the id will be, while some are renamed */
  char *what;        /* `0:div`, `text`, `document` … */
  GTree *attributes; /* elements */
  char *text;
  char *value;      /* of a control, NULL: as the attribute */
  int checked;      /* −1: as the attribute */
  char *sheet;      /* of a style element without a recorded text, or NULL */
  GPtrArray *rules; /* NULL: as the text */
  PhTestCanvas canvas;
  double scroll_x, scroll_y;
  Node *parent, *inner;
  GPtrArray *children; /* Node, owned by the stage */
};

struct _PhTestStage
{
  GHashTable *by_id; /* id → Node */
  GPtrArray *all;    /* every node ever made */
  Node *root;
  gint64 width, height;
  PhTestPresence presence;
  guint counts[64];

  PhJsonIter iter;
};

static void
node_free (gpointer data)
{
  Node *node = data;

  g_free (node->what);
  g_free (node->text);
  g_free (node->value);
  g_free (node->sheet);
  g_clear_pointer (&node->attributes, g_tree_unref);
  g_clear_pointer (&node->rules, g_ptr_array_unref);
  ph_test_canvas_clear (&node->canvas);
  g_ptr_array_unref (node->children);
  g_free (node);
}

PhTestStage *
ph_test_stage_new (void)
{
  PhTestStage *stage = g_new0 (PhTestStage, 1);

  stage->by_id = g_hash_table_new (NULL, NULL);
  ph_test_presence_init (&stage->presence);
  stage->all = g_ptr_array_new_with_free_func (node_free);

  return stage;
}

void
ph_test_stage_free (PhTestStage *stage)
{
  if (stage == NULL)
    return;

  g_hash_table_unref (stage->by_id);
  g_ptr_array_unref (stage->all);
  ph_test_presence_clear (&stage->presence);
  g_free (stage);
}

guint
ph_test_stage_count (PhTestStage *stage,
                     guint op)
{
  return stage->counts[op];
}

gint64
ph_test_take_int (PhTestStage *stage)
{
  PhJsonValue value;
  gint64 number = 0;

  g_assert_true (ph_json_next (&stage->iter, NULL, &value));
  g_assert_true (ph_json_get_int (value, &number));

  return number;
}

double
ph_test_take_number (PhTestStage *stage)
{
  PhJsonValue value;
  double number = 0;

  g_assert_true (ph_json_next (&stage->iter, NULL, &value));
  g_assert_true (ph_json_get_double (value, &number));

  return number;
}

gint64
ph_test_take_known (PhTestStage *stage)
{
  gint64 id = ph_test_take_int (stage);

  g_assert_true (id == 0 || g_hash_table_contains (stage->by_id, GINT_TO_POINTER (id)));

  return id;
}

PhJsonValue
ph_test_take_value (PhTestStage *stage)
{
  PhJsonValue value;

  g_assert_true (ph_json_next (&stage->iter, NULL, &value));

  return value;
}

/* NULL for null. */
static char *
take_string (PhTestStage *stage)
{
  PhJsonValue value;
  const char *text;

  g_assert_true (ph_json_next (&stage->iter, NULL, &value));

  if (ph_json_type (value) == PH_JSON_NULL)
    return NULL;

  g_assert_true (ph_json_get_string (value, &text, NULL));

  return g_strdup (text);
}

static Node *
take_node (PhTestStage *stage)
{
  gint64 id = ph_test_take_int (stage);
  Node *node = g_hash_table_lookup (stage->by_id, GINT_TO_POINTER (id));

  if (node == NULL)
    g_error ("a patch names the node %" G_GINT64_FORMAT ", which is not there", id);

  return node;
}

static Node *
make (PhTestStage *stage,
      gint64 id,
      char *what)
{
  Node *node = g_new0 (Node, 1);

  node->id = id;
  node->what = what;
  node->checked = -1;
  node->children = g_ptr_array_new ();
  g_ptr_array_add (stage->all, node);
  g_hash_table_insert (stage->by_id, GINT_TO_POINTER (id), node);

  return node;
}

/* A browser forgets scroll positions, changed sheets and iframe pages of what it takes out. */
static void
taken_out (Node *node)
{
  node->scroll_x = node->scroll_y = 0;
  g_clear_pointer (&node->rules, g_ptr_array_unref);

  if (node->inner != NULL && strcmp (node->inner->what, "document") == 0)
    node->inner = NULL;

  if (node->inner != NULL)
    taken_out (node->inner);

  for (guint i = 0; i < node->children->len; i++)
    taken_out (node->children->pdata[i]);
}

static void
restyle (Node *node)
{
  if (node != NULL && node->rules != NULL)
    g_clear_pointer (&node->rules, g_ptr_array_unref);
}

static void
detach (Node *node)
{
  if (node->parent == NULL)
    return;

  g_assert_true (g_ptr_array_remove (node->parent->children, node));
  restyle (node->parent);
  node->parent = NULL;
  taken_out (node);
}

static void
insert (Node *node,
        Node *parent,
        Node *next)
{
  guint at = parent->children->len;

  for (Node *up = parent; up != NULL; up = up->parent)
    g_assert_true (up != node);

  detach (node);

  if (next != NULL)
    g_assert_true (g_ptr_array_find (parent->children, next, &at));
  else
    at = parent->children->len;

  g_ptr_array_insert (parent->children, (int) at, node);
  node->parent = parent;
  restyle (parent);
}

static void
append (PhTestStage *stage,
        Node *node,
        gint64 parent)
{
  Node *owner = g_hash_table_lookup (stage->by_id, GINT_TO_POINTER (parent));

  g_assert_true (parent == 0 || owner != NULL);

  if (owner != NULL)
    insert (node, owner, NULL);
}

static int
compare_text (gconstpointer a,
              gconstpointer b,
              gpointer user_data)
{
  return strcmp (a, b);
}

static void
apply_element (PhTestStage *stage)
{
  gint64 id = ph_test_take_int (stage);
  gint64 parent = ph_test_take_int (stage);
  gint64 ns = ph_test_take_int (stage);
  g_autofree char *name = take_string (stage);
  Node *node = make (stage, id, g_strdup_printf ("%d:%s", (int) ns, name));

  node->attributes = g_tree_new_full (compare_text, NULL, g_free, g_free);

  for (gint64 n = ph_test_take_int (stage); n > 0; n--)
    {
      char *attribute = take_string (stage);

      g_tree_insert (node->attributes, attribute, take_string (stage));
    }

  append (stage, node, parent);
}

static void
apply_text (PhTestStage *stage,
            const char *what)
{
  gint64 id = ph_test_take_int (stage);
  gint64 parent = ph_test_take_int (stage);
  Node *node = make (stage, id, g_strdup (what));

  node->text = take_string (stage);

  if (strcmp (what, "doctype") == 0)
    {
      g_free (take_string (stage));
      g_free (take_string (stage));
    }

  append (stage, node, parent);
}

static void
take_rules (PhTestStage *stage,
            GPtrArray *rules,
            guint at)
{
  for (gint64 n = ph_test_take_int (stage); n > 0; n--)
    g_ptr_array_insert (rules, (int) at++, take_string (stage));
}

static void
apply_rules (PhTestStage *stage,
             gboolean splice)
{
  Node *node = take_node (stage);
  guint at = 0;

  if (!splice)
    {
      g_clear_pointer (&node->rules, g_ptr_array_unref);
      node->rules = g_ptr_array_new_with_free_func (g_free);
    }
  else
    {
      gint64 removed;

      g_assert_nonnull (node->rules);
      at = (guint) ph_test_take_int (stage);
      removed = ph_test_take_int (stage);
      g_assert_cmpuint (at + removed, <=, node->rules->len);

      if (removed > 0)
        g_ptr_array_remove_range (node->rules, at, (guint) removed);
    }

  take_rules (stage, node->rules, at);
}

static void
apply_page_op (PhTestStage *stage,
               PhOp op)
{
  Node *node;
  Node *owner;
  gint64 id;

  switch ((int) op)
    {
    case PH_OP_RESET:
      g_hash_table_remove_all (stage->by_id);
      id = ph_test_take_int (stage);
      ph_test_take_int (stage);
      ph_test_presence_reset (&stage->presence);
      stage->root = id != 0 ? make (stage, id, g_strdup ("document")) : NULL;
      break;
    case PH_OP_VIEWPORT:
      stage->width = ph_test_take_int (stage);
      stage->height = ph_test_take_int (stage);
      break;
    case PH_OP_SHADOW:
    case PH_OP_DOCUMENT:
      id = ph_test_take_int (stage);
      owner = take_node (stage);
      node = make (stage, id, g_strdup (op == PH_OP_SHADOW ? "shadow" : "document"));
      g_assert_true (op == PH_OP_DOCUMENT || owner->inner == NULL);
      owner->inner = node;

      if (op == PH_OP_DOCUMENT)
        {
          ph_test_take_int (stage);
          /* The page of an iframe exists only while the iframe is in the page. */
          while (owner->parent != NULL)
            owner = owner->parent;
          g_assert_true (owner == stage->root || strcmp (owner->what, "document") == 0 ||
                         strcmp (owner->what, "shadow") == 0);
        }
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
apply_rename (PhTestStage *stage)
{
  g_autoptr (GPtrArray) nodes = g_ptr_array_new ();

  for (gint64 n = ph_test_take_int (stage); n > 0; n--)
    {
      Node *node = take_node (stage);

      /* Nobody could say how far a control, a sheet or a scroll position had come. */
      g_assert_true (node->rules == NULL && node->value == NULL && node->checked < 0);
      g_assert_true (node->inner == NULL && !(node->scroll_x > 0) && !(node->scroll_y > 0));
      g_ptr_array_add (nodes, node);
      node->renamed = ph_test_take_int (stage);
    }

  for (guint i = 0; i < nodes->len; i++)
    g_hash_table_remove (stage->by_id,
                         GINT_TO_POINTER (((Node *) nodes->pdata[i])->id));

  for (guint i = 0; i < nodes->len; i++)
    {
      Node *node = nodes->pdata[i];

      node->id = node->renamed;
      g_hash_table_insert (stage->by_id, GINT_TO_POINTER (node->id), node);
    }
}

static void
apply_tree_op (PhTestStage *stage,
               PhOp op)
{
  Node *node;
  Node *parent;
  gint64 next;

  switch ((int) op)
    {
    case PH_OP_PLACE:
      node = take_node (stage);
      parent = take_node (stage);
      next = ph_test_take_int (stage);
      insert (node, parent, g_hash_table_lookup (stage->by_id, GINT_TO_POINTER (next)));
      break;
    case PH_OP_REMOVE:
      detach (take_node (stage));
      break;
    case PH_OP_FORGET:
      for (gint64 n = ph_test_take_int (stage); n > 0; n--)
        {
          gpointer id = GINT_TO_POINTER (ph_test_take_int (stage));

          g_assert_true (g_hash_table_remove (stage->by_id, id));
        }
      break;
    case PH_OP_RENAME:
      apply_rename (stage);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
apply_change_op (PhTestStage *stage,
                 PhOp op)
{
  Node *node = take_node (stage);
  g_autofree char *name = NULL;

  switch ((int) op)
    {
    case PH_OP_SET:
      name = take_string (stage);
      g_tree_insert (node->attributes, g_steal_pointer (&name), take_string (stage));
      restyle (node);
      break;
    case PH_OP_UNSET:
      name = take_string (stage);
      g_assert_true (g_tree_remove (node->attributes, name));
      restyle (node);
      break;
    case PH_OP_DATA:
      g_free (node->text);
      node->text = take_string (stage);
      restyle (node->parent);
      break;
    case PH_OP_VALUE:
      g_free (node->value);
      node->value = take_string (stage);
      break;
    case PH_OP_CHECKED:
      node->checked = (int) ph_test_take_int (stage);
      break;
    case PH_OP_RULES_RESET:
      g_assert_nonnull (node->rules);
      restyle (node);
      break;
    case PH_OP_SHEET:
      g_free (node->sheet);
      node->sheet = take_string (stage);
      break;
    case PH_OP_SCROLL:
      node->scroll_x = ph_test_take_number (stage);
      node->scroll_y = ph_test_take_number (stage);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
apply_op (PhTestStage *stage,
          PhOp op)
{
  switch (op)
    {
    case PH_OP_RESET:
    case PH_OP_VIEWPORT:
    case PH_OP_SHADOW:
    case PH_OP_DOCUMENT:
      apply_page_op (stage, op);
      break;
    case PH_OP_ELEMENT:
      apply_element (stage);
      break;
    case PH_OP_TEXT:
      apply_text (stage, "text");
      break;
    case PH_OP_COMMENT:
      apply_text (stage, "comment");
      break;
    case PH_OP_DOCTYPE:
      apply_text (stage, "doctype");
      break;
    case PH_OP_PLACE:
    case PH_OP_REMOVE:
    case PH_OP_FORGET:
    case PH_OP_RENAME:
      apply_tree_op (stage, op);
      break;
    case PH_OP_SET:
    case PH_OP_UNSET:
    case PH_OP_DATA:
    case PH_OP_VALUE:
    case PH_OP_CHECKED:
    case PH_OP_RULES_RESET:
    case PH_OP_SHEET:
    case PH_OP_SCROLL:
      apply_change_op (stage, op);
      break;
    case PH_OP_RULES:
    case PH_OP_RULES_SPLICE:
      apply_rules (stage, op == PH_OP_RULES_SPLICE);
      break;
    case PH_OP_POINTER:
      for (guint i = 0; i < 5; i++)
        ph_test_take_number (stage);
      break;
    case PH_OP_CLICKS:
      for (gint64 n = 4 * ph_test_take_int (stage); n > 0; n--)
        ph_test_take_number (stage);
      break;
    case PH_OP_JUMP:
      ph_test_take_int (stage);
      break;
    case PH_OP_HOVER:
    case PH_OP_FOCUS:
    case PH_OP_SELECTION:
    case PH_OP_DIALOG:
    case PH_OP_POPOVER:
      ph_test_presence_apply (&stage->presence, stage, op);
      break;
    case PH_OP_CANVAS:
    case PH_OP_CANVAS_MORE:
      ph_test_canvas_apply (&take_node (stage)->canvas, stage, op == PH_OP_CANVAS_MORE);
      break;
    }
}

void
ph_test_stage_apply (PhTestStage *stage,
                     GBytes *patch)
{
  g_autoptr (PhJson) json = ph_json_new ();
  g_autoptr (GError) error = NULL;
  PhJsonValue root;
  PhJsonValue value;
  gint64 op;

  ph_json_parse (json, g_bytes_get_data (patch, NULL), g_bytes_get_size (patch), &root, &error);
  g_assert_no_error (error);
  ph_json_iter_init (&stage->iter, root);

  while (ph_json_next (&stage->iter, NULL, &value))
    {
      g_assert_true (ph_json_get_int (value, &op));
      g_assert_cmpint (op, >=, 0);
      g_assert_cmpint (op, <, (gint64) G_N_ELEMENTS (stage->counts));
      stage->counts[op]++;
      apply_op (stage, (PhOp) op);
    }
}

static gboolean
dump_stage_attribute (gpointer key,
                      gpointer value,
                      gpointer out)
{
  dump_attribute (out, key, value);

  return FALSE;
}

static void
dump_stage_node (GString *out,
                 const Node *node,
                 guint depth)
{
  gboolean is_text = strcmp (node->what, "text") == 0 || strcmp (node->what, "comment") == 0;

  dump_indent (out, depth);
  g_string_append_printf (out, "%d %s", (int) node->id, node->what);

  if (is_text)
    g_string_append_printf (out, " “%s”", node->text);

  if (node->attributes != NULL)
    g_tree_foreach (node->attributes, dump_stage_attribute, out);

  if (strcmp (node->what, "0:input") == 0)
    {
      const char *value = g_tree_lookup (node->attributes, "value");
      gboolean checked = g_tree_lookup (node->attributes, "checked") != NULL;

      if (node->value != NULL)
        value = node->value;

      if (node->checked >= 0)
        checked = node->checked;

      g_string_append_printf (out, " holds “%s” %d", value != NULL ? value : "", checked);
    }

  if (node->sheet != NULL && node->sheet[0] != '\0')
    g_string_append_printf (out, " sheet “%s”", node->sheet);

  for (guint i = 0; node->rules != NULL && i < node->rules->len; i++)
    g_string_append_printf (out, " rule “%s”", (const char *) node->rules->pdata[i]);

  if (node->canvas.commands != NULL)
    g_string_append (out, node->canvas.commands->str);

  if (node->scroll_x > 0 || node->scroll_y > 0)
    g_string_append_printf (out, " scroll %g,%g", node->scroll_x, node->scroll_y);

  g_string_append_c (out, '\n');

  if (node->inner != NULL)
    dump_stage_node (out, node->inner, depth + 1);

  for (guint i = 0; i < node->children->len; i++)
    dump_stage_node (out, node->children->pdata[i], depth + 1);
}

char *
ph_test_stage_dump (PhTestStage *stage)
{
  GString *out = g_string_new (NULL);

  if (stage->root != NULL)
    {
      g_string_append_printf (out, "%d×%d\n", (int) stage->width, (int) stage->height);
      ph_test_presence_dump (&stage->presence, out);
      dump_stage_node (out, stage->root, 0);
    }

  return g_string_free (out, FALSE);
}
