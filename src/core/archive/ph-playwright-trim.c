/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Lets go of nodes of a trace's page (ph_playwright_tree_trim()): those that can be reached
 * from where the page is are copied, and all that there was is given back at once.
 */

#include "ph-playwright-state.h"

typedef struct
{
  PhPlaywrightTree *tree;
  GHashTable *copies; /* node → its copy */
  GPtrArray *todo;    /* copies that still name what they are copies of */
} Trim;

static PhPlaywrightNode *
copy_node (Trim *trim,
           PhPlaywrightNode *node)
{
  PhPlaywrightNode *copy;

  if (node == NULL)
    return NULL;

  copy = g_hash_table_lookup (trim->copies, node);

  if (copy != NULL)
    return copy;

  copy = ph_playwright_tree_take (trim->tree, sizeof *copy);
  *copy = *node;
  trim->tree->n_nodes++;
  g_hash_table_insert (trim->copies, node, copy);
  g_ptr_array_add (trim->todo, copy);

  return copy;
}

static const char **
copy_attributes (PhPlaywrightTree *tree,
                 const char **list)
{
  const char **copy;
  gsize n = 0;

  if (list == NULL)
    return NULL;

  while (list[n] != NULL)
    n++;

  copy = ph_playwright_tree_take (tree, (n + 1) * sizeof (char *));

  for (gsize i = 0; i < n; i++)
    copy[i] = i % 2 == 0 ? g_string_chunk_insert_const (tree->texts, list[i])
                         : ph_playwright_tree_take_text (tree, list[i]);

  copy[n] = NULL;

  return copy;
}

/* What @copy names becomes what is to stay, too. */
static void
move (Trim *trim,
      PhPlaywrightNode *copy)
{
  PhPlaywrightNode **children = copy->children;

  if (copy->tag == NULL)
    {
      copy->text = ph_playwright_tree_take_text (trim->tree, copy->text);
      return;
    }

  copy->tag = g_string_chunk_insert_const (trim->tree->texts, copy->tag);
  copy->attributes = copy_attributes (trim->tree, copy->attributes);
  copy->children = ph_playwright_tree_take (trim->tree, copy->n_children * sizeof (gpointer));

  for (guint i = 0; i < copy->n_children; i++)
    copy->children[i] = copy_node (trim, children[i]);
}

/* --- what the tree names --------------------------------------------------- */

static void
copy_frame (Trim *trim,
            PhPlaywrightFrame *frame)
{
  copy_node (trim, frame->written);
  copy_node (trim, frame->holder);
  copy_node (trim, ph_playwright_frame_root (frame));

  for (guint i = 0; i < frame->snapshots->len; i++)
    {
      const PhPlaywrightSnapshot *snapshot =
        &g_array_index (frame->snapshots, PhPlaywrightSnapshot, i);

      /* It cannot be read again. */
      for (guint k = 0; snapshot->size == 0 && k < snapshot->nodes->len; k++)
        copy_node (trim, snapshot->nodes->pdata[k]);
    }
}

/* When @node stays, it is where it was. */
static void
move_kept (Trim *trim,
           PhPlaywrightSnapshot *snapshot,
           guint place,
           const PhPlaywrightNode *node)
{
  PhPlaywrightNode *copy = g_hash_table_lookup (trim->copies, node);

  if (copy != NULL)
    ph_playwright_snapshot_keep (snapshot, place, copy);
}

static void
move_snapshot (Trim *trim,
               PhPlaywrightSnapshot *snapshot)
{
  g_autoptr (GPtrArray) nodes = g_steal_pointer (&snapshot->nodes);
  g_autoptr (GArray) kept = g_steal_pointer (&snapshot->kept);

  snapshot->root = g_hash_table_lookup (trim->copies, snapshot->root);

  if (snapshot->size == 0)
    {
      for (guint i = 0; i < nodes->len; i++)
        nodes->pdata[i] = g_hash_table_lookup (trim->copies, nodes->pdata[i]);

      snapshot->nodes = g_steal_pointer (&nodes);
      return;
    }

  for (guint i = 0; nodes != NULL && i < nodes->len; i++)
    move_kept (trim, snapshot, i, nodes->pdata[i]);

  for (guint i = 0; kept != NULL && i < kept->len; i++)
    {
      const PhPlaywrightKept *one = &g_array_index (kept, PhPlaywrightKept, i);

      move_kept (trim, snapshot, one->place, one->node);
    }
}

static void
move_frame (Trim *trim,
            PhPlaywrightFrame *frame)
{
  frame->written = g_hash_table_lookup (trim->copies, frame->written);
  frame->holder = g_hash_table_lookup (trim->copies, frame->holder);

  for (guint i = 0; i < frame->snapshots->len; i++)
    move_snapshot (trim, &g_array_index (frame->snapshots, PhPlaywrightSnapshot, i));
}

static void
move_targets (Trim *trim)
{
  g_autoptr (GHashTable) targets = g_steal_pointer (&trim->tree->targets);
  GHashTableIter iter;
  gpointer node;

  trim->tree->targets = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_iter_init (&iter, targets);

  while (g_hash_table_iter_next (&iter, NULL, &node))
    {
      PhPlaywrightNode *copy = g_hash_table_lookup (trim->copies, node);

      if (copy != NULL)
        g_hash_table_insert (trim->tree->targets, (gpointer) ph_playwright_state_target (copy),
                             copy);
    }
}

void
ph_playwright_tree_trim (PhPlaywrightTree *tree,
                         gsize room)
{
  g_autoptr (GHashTable) copies = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) blocks = NULL;
  GStringChunk *texts;
  Trim trim = { .tree = tree };

  if (tree->n_bytes <= MAX (room, 2 * tree->n_left))
    return;

  blocks = g_steal_pointer (&tree->blocks);
  texts = tree->texts;
  tree->blocks = g_ptr_array_new_with_free_func (g_free);
  tree->texts = g_string_chunk_new (64 * 1024);
  tree->room = 0;
  tree->n_bytes = 0;
  tree->n_nodes = 0;
  trim.copies = copies = g_hash_table_new (NULL, NULL);
  trim.todo = all = g_ptr_array_new ();

  for (guint i = 0; i < tree->frame_list->len; i++)
    copy_frame (&trim, tree->frame_list->pdata[i]);

  /* The list grows meanwhile. */
  for (guint i = 0; i < all->len; i++)
    move (&trim, all->pdata[i]);

  for (guint i = 0; i < all->len; i++)
    {
      PhPlaywrightNode *copy = all->pdata[i];

      copy->parent = g_hash_table_lookup (copies, copy->parent);
    }

  for (guint i = 0; i < tree->frame_list->len; i++)
    move_frame (&trim, tree->frame_list->pdata[i]);

  move_targets (&trim);

  if (tree->defined != NULL)
    tree->defined = ph_playwright_tree_take_text (tree, tree->defined);

  g_string_chunk_free (texts);
  tree->n_left = tree->n_bytes;
}
