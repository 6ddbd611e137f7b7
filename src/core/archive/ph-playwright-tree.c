/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-playwright-tree.h"

#include "ph-limits.h"
#include "ph-playwright-state.h"

#include <string.h>

/* What a page holds beyond this is not looked for. */
#define MAX_FRAMES 1000
#define MAX_SNAPSHOTS 100000
#define BLOCK ((gsize) 64 * 1024)

static void
clear_snapshot (gpointer data)
{
  g_ptr_array_unref (((PhPlaywrightSnapshot *) data)->nodes);
}

static void
frame_free (gpointer data)
{
  PhPlaywrightFrame *frame = data;

  g_array_unref (frame->snapshots);
  g_free (frame->name);
  g_free (frame->url);
  g_free (frame->doctype);
  g_free (frame->written_doctype);
  g_free (frame);
}

/* @size bytes that live as long as the tree. */
static gpointer
take (PhPlaywrightTree *tree,
      gsize size)
{
  gsize rounded = (size + G_MEM_ALIGN - 1) / G_MEM_ALIGN * G_MEM_ALIGN;
  guint8 *bytes;

  if (rounded > tree->room)
    {
      tree->room = MAX (BLOCK, rounded);
      g_ptr_array_add (tree->blocks, g_malloc (tree->room));
      tree->free = tree->blocks->pdata[tree->blocks->len - 1];
    }

  bytes = tree->free;
  tree->free += rounded;
  tree->room -= rounded;

  return bytes;
}

PhPlaywrightTree *
ph_playwright_tree_new (void)
{
  PhPlaywrightTree *tree = g_new0 (PhPlaywrightTree, 1);

  tree->frames = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, frame_free);
  tree->frame_list = g_ptr_array_new ();
  tree->targets = g_hash_table_new (g_str_hash, g_str_equal);
  tree->texts = g_string_chunk_new (64 * 1024);
  tree->blocks = g_ptr_array_new_with_free_func (g_free);
  tree->numbers = g_array_new (FALSE, FALSE, sizeof (int));
  tree->stack = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (tree->scratch); i++)
    tree->scratch[i] = g_string_new (NULL);

  return tree;
}

void
ph_playwright_tree_free (PhPlaywrightTree *tree)
{
  if (tree == NULL)
    return;

  g_hash_table_unref (tree->frames);
  g_hash_table_unref (tree->targets);
  g_ptr_array_unref (tree->frame_list);
  g_ptr_array_unref (tree->blocks);
  g_array_unref (tree->numbers);
  g_ptr_array_unref (tree->stack);

  for (guint i = 0; i < G_N_ELEMENTS (tree->scratch); i++)
    g_string_free (tree->scratch[i], TRUE);

  g_string_chunk_free (tree->texts);
  g_free (tree);
}

PhPlaywrightFrame *
ph_playwright_tree_frame (PhPlaywrightTree *tree,
                          const char *name)
{
  PhPlaywrightFrame *frame = g_hash_table_lookup (tree->frames, name);

  if (frame != NULL || g_hash_table_size (tree->frames) >= MAX_FRAMES)
    return frame;

  frame = g_new0 (PhPlaywrightFrame, 1);
  frame->name = g_strdup (name);
  frame->document_id = ++tree->last_id;
  frame->doctype_id = ++tree->last_id;
  frame->snapshots = g_array_new (FALSE, FALSE, sizeof (PhPlaywrightSnapshot));
  g_array_set_clear_func (frame->snapshots, clear_snapshot);
  g_hash_table_insert (tree->frames, frame->name, frame);
  g_ptr_array_add (tree->frame_list, frame);

  return frame;
}

/* --- reading --------------------------------------------------------------- */

typedef struct
{
  PhPlaywrightTree *tree;
  const PhPlaywrightFrame *frame;
  PhPlaywrightSnapshot *snapshot;
  gboolean is_full;
} Reader;

static PhPlaywrightNode *
add_node (Reader *reader)
{
  PhPlaywrightNode *node;

  if (reader->tree->n_nodes >= PH_LIMIT_NODES)
    {
      reader->is_full = TRUE;
      return NULL;
    }

  reader->tree->n_nodes++;
  node = take (reader->tree, sizeof (PhPlaywrightNode));
  memset (node, 0, sizeof (PhPlaywrightNode));

  return node;
}

/* `[[how many snapshots ago, which node of it]]` */
static gboolean
is_reference (PhJsonValue value,
              PhJsonValue *numbers)
{
  PhJsonIter iter;

  if (ph_json_type (value) != PH_JSON_ARRAY)
    return FALSE;

  ph_json_iter_init (&iter, value);

  return ph_json_next (&iter, NULL, numbers) && ph_json_type (*numbers) == PH_JSON_ARRAY;
}

static PhPlaywrightNode *
find_referenced (Reader *reader,
                 PhJsonValue numbers)
{
  gint64 values[2] = { -1, -1 };
  const GPtrArray *nodes = reader->snapshot->nodes;
  PhJsonIter iter;
  PhJsonValue value;

  ph_json_iter_init (&iter, numbers);

  for (guint i = 0; i < 2 && ph_json_next (&iter, NULL, &value); i++)
    ph_json_get_int (value, &values[i]);

  if (values[0] < 0 || values[0] > reader->frame->snapshots->len || values[1] < 0)
    return NULL;

  if (values[0] > 0)
    nodes = g_array_index (reader->frame->snapshots, PhPlaywrightSnapshot,
                           reader->frame->snapshots->len - (guint) values[0])
              .nodes;

  return values[1] < nodes->len ? nodes->pdata[values[1]] : NULL;
}

static const char **
read_attributes (Reader *reader,
                 PhJsonValue object)
{
  gsize size = MIN (ph_json_size (object), PH_LIMIT_ATTRIBUTES);
  const char **list;
  PhJsonIter iter;
  PhJsonValue value;
  const char *key;
  gsize n = 0;

  if (size == 0)
    return NULL;

  list = take (reader->tree, (2 * size + 1) * sizeof (char *));
  ph_json_iter_init (&iter, object);

  while (n < 2 * size && ph_json_next (&iter, &key, &value))
    {
      const char *text;

      if (!ph_json_get_string (value, &text, NULL))
        continue;

      list[n++] = g_string_chunk_insert_const (reader->tree->texts, key);
      list[n++] = g_string_chunk_insert (reader->tree->texts, text);
    }

  list[n] = NULL;

  return list;
}

static void
note_target (PhPlaywrightTree *tree,
             PhPlaywrightNode *node)
{
  const char *call = ph_playwright_state_target (node);

  if (call != NULL)
    g_hash_table_insert (tree->targets, (gpointer) call, node);
}

static PhPlaywrightNode *read_node (Reader *reader,
                                    PhJsonValue value);

static PhPlaywrightNode *
read_element (Reader *reader,
              PhJsonValue value)
{
  GPtrArray *stack = reader->tree->stack;
  guint first = stack->len;
  const char *tag;
  PhJsonIter iter;
  PhJsonValue part;
  PhPlaywrightNode *node;

  ph_json_iter_init (&iter, value);

  if (!ph_json_next (&iter, NULL, &part) || !ph_json_get_string (part, &tag, NULL))
    return NULL;

  node = add_node (reader);

  if (node == NULL)
    return NULL;

  node->tag = g_string_chunk_insert_const (reader->tree->texts, tag);

  while (ph_json_next (&iter, NULL, &part) && !reader->is_full)
    {
      PhPlaywrightNode *child;

      if (ph_json_type (part) == PH_JSON_OBJECT)
        {
          if (node->attributes == NULL)
            node->attributes = read_attributes (reader, part);

          continue;
        }

      child = read_node (reader, part);

      if (child != NULL)
        g_ptr_array_add (stack, child);
    }

  node->n_children = stack->len - first;
  node->children = take (reader->tree, node->n_children * sizeof (gpointer));

  for (guint i = 0; i < node->n_children; i++)
    node->children[i] = stack->pdata[first + i];

  g_ptr_array_set_size (stack, (int) first);
  node->part = ph_playwright_state_part (node);
  node->is_host = ph_playwright_state_is_host (node);
  note_target (reader->tree, node);
  g_ptr_array_add (reader->snapshot->nodes, node);

  return node;
}

/* As deep as JSON may be. */
static PhPlaywrightNode *
read_node (Reader *reader,
           PhJsonValue value)
{
  PhJsonValue numbers;
  const char *text;
  PhPlaywrightNode *node;

  if (is_reference (value, &numbers))
    return find_referenced (reader, numbers);

  if (ph_json_type (value) == PH_JSON_ARRAY)
    return read_element (reader, value);

  if (!ph_json_get_string (value, &text, NULL))
    return NULL;

  node = add_node (reader);

  if (node != NULL)
    {
      node->text = g_string_chunk_insert (reader->tree->texts, text);
      g_ptr_array_add (reader->snapshot->nodes, node);
    }

  return node;
}

gboolean
ph_playwright_tree_add (PhPlaywrightTree *tree,
                        const char *name,
                        PhJsonValue html,
                        const char *doctype,
                        const char *url)
{
  PhPlaywrightFrame *frame = ph_playwright_tree_frame (tree, name);
  PhPlaywrightSnapshot snapshot = { NULL, NULL };
  Reader reader = { .tree = tree, .frame = frame, .snapshot = &snapshot };

  if (frame == NULL || frame->snapshots->len >= MAX_SNAPSHOTS)
    return FALSE;

  snapshot.nodes = g_ptr_array_new ();
  snapshot.root = read_node (&reader, html);

  /* One that is none counts all the same: later ones count back over it. */
  if (snapshot.root != NULL && snapshot.root->tag == NULL)
    snapshot.root = NULL;

  g_array_append_val (frame->snapshots, snapshot);
  g_free (frame->url);
  frame->url = g_strdup (url);
  g_free (frame->doctype);
  frame->doctype = g_strdup (doctype);

  return snapshot.root != NULL && !reader.is_full;
}

guint
ph_playwright_tree_get_n (PhPlaywrightTree *tree,
                          const char *name)
{
  const PhPlaywrightFrame *frame = g_hash_table_lookup (tree->frames, name);

  return frame != NULL ? frame->snapshots->len : 0;
}

PhPlaywrightNode *
ph_playwright_frame_root (const PhPlaywrightFrame *frame)
{
  for (guint i = frame->snapshots->len; i > 0; i--)
    {
      PhPlaywrightNode *root = g_array_index (frame->snapshots, PhPlaywrightSnapshot, i - 1).root;

      if (root != NULL)
        return root;
    }

  return NULL;
}

guint
ph_playwright_tree_find_target (PhPlaywrightTree *tree,
                                const char *call)
{
  const PhPlaywrightNode *node = g_hash_table_lookup (tree->targets, call);

  return node != NULL && node->live ? node->id : 0;
}
