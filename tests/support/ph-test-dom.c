/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-test-dom.h"

#include "ph-patch.h"
#include "ph-test-canvas.h"
#include "ph-test-dump.h"
#include "ph-test-presence.h"

#include <string.h>

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
  GArray *adopted;  /* gint64, NULL for none */
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
  GTree *sheets; /* number → GPtrArray of rules */
  GPtrArray *fonts;
  guint counts[PH_TEST_N_OPS];

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
  g_clear_pointer (&node->adopted, g_array_unref);
  ph_test_canvas_clear (&node->canvas);
  g_ptr_array_unref (node->children);
  g_free (node);
}

static int
compare_numbers (gconstpointer a,
                 gconstpointer b,
                 gpointer user_data)
{
  return GPOINTER_TO_INT (a) - GPOINTER_TO_INT (b);
}

static void
forget_sheets (PhTestStage *stage)
{
  g_clear_pointer (&stage->sheets, g_tree_unref);
  g_clear_pointer (&stage->fonts, g_ptr_array_unref);
  stage->sheets = g_tree_new_full (compare_numbers, NULL, NULL,
                                   (GDestroyNotify) g_ptr_array_unref);
  stage->fonts = g_ptr_array_new_with_free_func (g_free);
}

PhTestStage *
ph_test_stage_new (void)
{
  PhTestStage *stage = g_new0 (PhTestStage, 1);

  stage->by_id = g_hash_table_new (NULL, NULL);
  ph_test_presence_init (&stage->presence);
  stage->all = g_ptr_array_new_with_free_func (node_free);
  forget_sheets (stage);

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
  g_tree_unref (stage->sheets);
  g_ptr_array_unref (stage->fonts);
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
splice_rules (PhTestStage *stage,
              GPtrArray *rules)
{
  guint at = (guint) ph_test_take_int (stage);
  gint64 removed = ph_test_take_int (stage);

  g_assert_nonnull (rules);
  g_assert_cmpuint (at + removed, <=, rules->len);

  if (removed > 0)
    g_ptr_array_remove_range (rules, at, (guint) removed);

  take_rules (stage, rules, at);
}

static void
apply_rules (PhTestStage *stage,
             gboolean splice)
{
  Node *node = take_node (stage);

  if (splice)
    {
      splice_rules (stage, node->rules);
      return;
    }

  g_clear_pointer (&node->rules, g_ptr_array_unref);
  node->rules = g_ptr_array_new_with_free_func (g_free);
  take_rules (stage, node->rules, 0);
}

static void
apply_adopt (PhTestStage *stage)
{
  Node *node = take_node (stage);

  g_assert_true (strcmp (node->what, "document") == 0 || strcmp (node->what, "shadow") == 0);
  g_clear_pointer (&node->adopted, g_array_unref);
  node->adopted = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (gint64 n = ph_test_take_int (stage); n > 0; n--)
    {
      gint64 id = ph_test_take_int (stage);

      g_array_append_val (node->adopted, id);
    }
}

static void
apply_sheet_op (PhTestStage *stage,
                PhOp op)
{
  GPtrArray *rules;
  gint64 id;
  guint at;

  switch ((int) op)
    {
    case PH_OP_MADE:
      rules = g_ptr_array_new_with_free_func (g_free);
      id = ph_test_take_int (stage);
      g_assert_null (g_tree_lookup (stage->sheets, GINT_TO_POINTER (id)));
      take_rules (stage, rules, 0);
      g_tree_insert (stage->sheets, GINT_TO_POINTER (id), rules);
      break;
    case PH_OP_MADE_SPLICE:
      id = ph_test_take_int (stage);
      splice_rules (stage, g_tree_lookup (stage->sheets, GINT_TO_POINTER (id)));
      break;
    case PH_OP_MADE_FORGET:
      for (gint64 n = ph_test_take_int (stage); n > 0; n--)
        g_assert_true (g_tree_remove (stage->sheets, GINT_TO_POINTER (ph_test_take_int (stage))));
      break;
    case PH_OP_ADOPT:
      apply_adopt (stage);
      break;
    case PH_OP_FONTS:
      at = (guint) ph_test_take_int (stage);
      g_assert_cmpuint (at, <=, stage->fonts->len);
      g_ptr_array_set_size (stage->fonts, (int) at);
      take_rules (stage, stage->fonts, at);
      break;
    default:
      g_assert_not_reached ();
    }
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
      forget_sheets (stage);
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
    case PH_OP_TRAIL:
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
    case PH_OP_MEDIA:
      ph_test_presence_apply (&stage->presence, stage, op);
      break;
    case PH_OP_CANVAS:
    case PH_OP_CANVAS_MORE:
      ph_test_canvas_apply (&take_node (stage)->canvas, stage, op == PH_OP_CANVAS_MORE);
      break;
    case PH_OP_MADE:
    case PH_OP_MADE_SPLICE:
    case PH_OP_MADE_FORGET:
    case PH_OP_ADOPT:
    case PH_OP_FONTS:
      apply_sheet_op (stage, op);
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
      g_assert_cmpint (op, <, PH_TEST_N_OPS);
      stage->counts[op]++;
      apply_op (stage, (PhOp) op);
    }
}

static gboolean
dump_stage_attribute (gpointer key,
                      gpointer value,
                      gpointer out)
{
  ph_test_dump_attribute (out, key, value);

  return FALSE;
}

static void
dump_stage_node (GString *out,
                 const Node *node,
                 guint depth)
{
  gboolean is_text = strcmp (node->what, "text") == 0 || strcmp (node->what, "comment") == 0;

  ph_test_dump_indent (out, depth);
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

  for (guint i = 0; node->adopted != NULL && i < node->adopted->len; i++)
    g_string_append_printf (out, " adopts %d", (int) g_array_index (node->adopted, gint64, i));

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

static gboolean
dump_stage_sheet (gpointer key,
                  gpointer value,
                  gpointer out)
{
  const GPtrArray *rules = value;

  g_string_append_printf (out, "sheet %d", GPOINTER_TO_INT (key));

  for (guint i = 0; i < rules->len; i++)
    g_string_append_printf (out, " rule “%s”", (const char *) rules->pdata[i]);

  g_string_append_c (out, '\n');

  return FALSE;
}

char *
ph_test_stage_dump (PhTestStage *stage)
{
  GString *out = g_string_new (NULL);

  if (stage->root != NULL)
    {
      g_string_append_printf (out, "%d×%d\n", (int) stage->width, (int) stage->height);
      ph_test_presence_dump (&stage->presence, out);
      g_tree_foreach (stage->sheets, dump_stage_sheet, out);

      for (guint i = 0; i < stage->fonts->len; i++)
        g_string_append_printf (out, "font %s\n", (const char *) stage->fonts->pdata[i]);

      dump_stage_node (out, stage->root, 0);
    }

  return g_string_free (out, FALSE);
}
