/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-playwright-tree.h"

#include "ph-limits.h"
#include "ph-playwright-state.h"

#include <string.h>

/* What a page holds beyond this is not looked for. */
#define MAX_FRAMES 1000
#define MAX_SNAPSHOTS 100000
/* Snapshots read again since one names another that was trimmed. */
#define MAX_NESTED 64
/* Bytes read again, and how many more for each that was put aside. */
#define RECALL_FREE ((guint64) 64 * 1024 * 1024)
#define RECALL_RATIO 8
#define BLOCK ((gsize) 64 * 1024)

static void
clear_snapshot (gpointer data)
{
  PhPlaywrightSnapshot *snapshot = data;

  g_clear_pointer (&snapshot->nodes, g_ptr_array_unref);
  g_clear_pointer (&snapshot->kept, g_array_unref);
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

gpointer
ph_playwright_tree_take (PhPlaywrightTree *tree,
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
  tree->n_bytes += rounded;

  return bytes;
}

const char *
ph_playwright_tree_take_text (PhPlaywrightTree *tree,
                              const char *text)
{
  tree->n_bytes += strlen (text) + 1;

  return g_string_chunk_insert (tree->texts, text);
}

PhPlaywrightTree *
ph_playwright_tree_new (PhAside *aside)
{
  PhPlaywrightTree *tree = g_new0 (PhPlaywrightTree, 1);

  tree->frames = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, frame_free);
  tree->frame_list = g_ptr_array_new ();
  tree->targets = g_hash_table_new (g_str_hash, g_str_equal);
  tree->texts = g_string_chunk_new (64 * 1024);
  tree->blocks = g_ptr_array_new_with_free_func (g_free);
  tree->numbers = g_array_new (FALSE, FALSE, sizeof (int));
  tree->stack = g_ptr_array_new ();
  tree->aside = aside;

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

/* A snapshot of @frame, or of one that was put aside only some nodes. */
typedef struct
{
  PhPlaywrightTree *tree;
  const PhPlaywrightFrame *frame;
  GPtrArray *nodes; /* its own, as they end, from number @first on */
  guint first;
  guint number;   /* of the snapshot */
  guint n_nested; /* snapshots that are read since one names another; 0: it is new */
  gboolean is_full;
  gboolean is_cut; /* something that is named could not be read again */
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
  node = ph_playwright_tree_take (reader->tree, sizeof (PhPlaywrightNode));
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

static PhPlaywrightNode *recall (Reader *reader,
                                 guint number,
                                 guint place);

static PhPlaywrightNode *
find_referenced (Reader *reader,
                 PhJsonValue numbers)
{
  gint64 values[2] = { -1, -1 };
  const PhPlaywrightSnapshot *snapshot;
  PhPlaywrightNode *node;
  PhJsonIter iter;
  PhJsonValue value;
  guint number;

  ph_json_iter_init (&iter, numbers);

  for (guint i = 0; i < 2 && ph_json_next (&iter, NULL, &value); i++)
    ph_json_get_int (value, &values[i]);

  if (values[0] < 0 || values[0] > reader->number || values[1] < 0 || values[1] > G_MAXINT)
    return NULL;

  /* Of its own those that have ended. */
  if (values[0] == 0 && values[1] >= reader->first + reader->nodes->len)
    return NULL;

  if (values[0] == 0 && values[1] >= reader->first)
    return reader->nodes->pdata[values[1] - reader->first];

  number = reader->number - (guint) values[0];
  snapshot = &g_array_index (reader->frame->snapshots, PhPlaywrightSnapshot, number);
  node = ph_playwright_snapshot_get (snapshot, (guint) values[1]);

  if (node != NULL || snapshot->nodes != NULL)
    return node;

  return recall (reader, number, (guint) values[1]);
}

/* The place of the node that ends now, and what is there when it was read before. */
static PhPlaywrightNode *
find_former (const Reader *reader)
{
  if (reader->n_nested == 0)
    return NULL;

  return ph_playwright_snapshot_get (
    &g_array_index (reader->frame->snapshots, PhPlaywrightSnapshot, reader->number),
    reader->first + reader->nodes->len);
}

static PhPlaywrightNode *
end_node (Reader *reader,
          PhPlaywrightNode *node)
{
  PhPlaywrightNode *former = find_former (reader);

  node = former != NULL ? former : node;
  g_ptr_array_add (reader->nodes, node);

  return node;
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

  list = ph_playwright_tree_take (reader->tree, (2 * size + 1) * sizeof (char *));
  ph_json_iter_init (&iter, object);

  while (n < 2 * size && ph_json_next (&iter, &key, &value))
    {
      const char *text;

      if (!ph_json_get_string (value, &text, NULL))
        continue;

      list[n++] = g_string_chunk_insert_const (reader->tree->texts, key);
      list[n++] = ph_playwright_tree_take_text (reader->tree, text);
    }

  list[n] = NULL;

  return list;
}

/* One that is read again is older than what is known. */
static void
note_target (Reader *reader,
             PhPlaywrightNode *node)
{
  const char *call = ph_playwright_state_target (node);

  if (call != NULL &&
      (reader->n_nested == 0 || !g_hash_table_contains (reader->tree->targets, call)))
    g_hash_table_insert (reader->tree->targets, (gpointer) call, node);
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
  node->children = ph_playwright_tree_take (reader->tree, node->n_children * sizeof (gpointer));

  for (guint i = 0; i < node->n_children; i++)
    node->children[i] = stack->pdata[first + i];

  g_ptr_array_set_size (stack, (int) first);
  node->part = ph_playwright_state_part (node);
  node->is_host = ph_playwright_state_is_host (node);
  node = end_node (reader, node);
  note_target (reader, node);

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

  if (node == NULL)
    return NULL;

  node->text = ph_playwright_tree_take_text (reader->tree, text);

  return end_node (reader, node);
}

/* --- reading again --------------------------------------------------------- */

/* Looks for the node at a place of a snapshot: counts as read_node() does. */
typedef struct
{
  guint wanted;
  guint n; /* nodes that have ended */
  PhJsonValue found;
  guint first; /* the place of the first node in it */
} Search;

static gboolean
end_search (Search *search,
            PhJsonValue value,
            guint first)
{
  if (search->n++ != search->wanted)
    return FALSE;

  search->found = value;
  search->first = first;

  return TRUE;
}

static gboolean
search_in (Search *search,
           PhJsonValue value)
{
  guint first = search->n;
  PhJsonValue part;
  PhJsonIter iter;

  if (ph_json_type (value) == PH_JSON_STRING)
    return end_search (search, value, first);

  if (ph_json_type (value) != PH_JSON_ARRAY || is_reference (value, &part))
    return FALSE;

  ph_json_iter_init (&iter, value);

  if (!ph_json_next (&iter, NULL, &part) || ph_json_type (part) != PH_JSON_STRING)
    return FALSE;

  while (ph_json_next (&iter, NULL, &part))
    if (ph_json_type (part) != PH_JSON_OBJECT && search_in (search, part))
      return TRUE;

  return end_search (search, value, first);
}

/* Where in the list @place is, or would be. */
static guint
find_kept (const GArray *kept,
           guint place)
{
  guint low = 0;
  guint high = kept != NULL ? kept->len : 0;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (kept, PhPlaywrightKept, middle).place < place)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

PhPlaywrightNode *
ph_playwright_snapshot_get (const PhPlaywrightSnapshot *snapshot,
                            guint place)
{
  const PhPlaywrightKept *kept;
  guint at;

  if (snapshot->nodes != NULL)
    return place < snapshot->nodes->len ? snapshot->nodes->pdata[place] : NULL;

  at = find_kept (snapshot->kept, place);

  if (snapshot->kept == NULL || at == snapshot->kept->len)
    return NULL;

  kept = &g_array_index (snapshot->kept, PhPlaywrightKept, at);

  return kept->place == place ? kept->node : NULL;
}

void
ph_playwright_snapshot_keep (PhPlaywrightSnapshot *snapshot,
                             guint place,
                             PhPlaywrightNode *node)
{
  PhPlaywrightKept kept = { place, node };

  if (ph_playwright_snapshot_get (snapshot, place) != NULL)
    return;

  if (snapshot->kept == NULL)
    snapshot->kept = g_array_new (FALSE, FALSE, sizeof (PhPlaywrightKept));

  g_array_insert_val (snapshot->kept, find_kept (snapshot->kept, place), kept);
}

/* Whether as much is read again as comes with the trace: more is no page's doing. */
static gboolean
may_recall (PhPlaywrightTree *tree,
            gsize size)
{
  tree->n_recalled += size;

  return tree->n_recalled <= RECALL_FREE + RECALL_RATIO * tree->n_aside;
}

/* The node at @place of snapshot @number, which was trimmed: read again with what is in it. */
static PhPlaywrightNode *
recall (Reader *reader,
        guint number,
        guint place)
{
  PhPlaywrightSnapshot *snapshot =
    &g_array_index (reader->frame->snapshots, PhPlaywrightSnapshot, number);
  g_autoptr (PhJson) json = ph_json_new ();
  g_autoptr (GPtrArray) nodes = g_ptr_array_new ();
  g_autofree char *text = NULL;
  Search search = { .wanted = place };
  Reader again = {
    .tree = reader->tree,
    .frame = reader->frame,
    .nodes = nodes,
    .number = number,
    .n_nested = reader->n_nested + 1,
  };
  PhJsonValue line;
  PhPlaywrightNode *node;

  if (reader->n_nested < MAX_NESTED && may_recall (reader->tree, snapshot->size))
    text = ph_aside_get (reader->tree->aside, snapshot->at, snapshot->size);

  if (text == NULL || !ph_json_parse (json, text, snapshot->size, &line, NULL))
    {
      reader->is_cut = TRUE;
      return NULL;
    }

  if (!search_in (&search, ph_json_member (ph_json_member (line, "snapshot"), "html")))
    return NULL;

  again.first = search.first;
  node = read_node (&again, search.found);

  for (guint i = 0; i < nodes->len; i++)
    ph_playwright_snapshot_keep (snapshot, again.first + i, nodes->pdata[i]);

  reader->is_full |= again.is_full;
  reader->is_cut |= again.is_cut;

  return node;
}

/* --- adding ---------------------------------------------------------------- */

gboolean
ph_playwright_tree_add (PhPlaywrightTree *tree,
                        const PhPlaywrightFrameSnapshot *added)
{
  PhPlaywrightFrame *frame = ph_playwright_tree_frame (tree, added->frame);
  PhPlaywrightSnapshot snapshot = { NULL };
  Reader reader = { .tree = tree, .frame = frame };

  if (frame == NULL || frame->snapshots->len >= MAX_SNAPSHOTS)
    return FALSE;

  snapshot.nodes = g_ptr_array_new ();
  reader.nodes = snapshot.nodes;
  reader.number = frame->snapshots->len;
  snapshot.root = read_node (&reader, added->html);

  if (!reader.is_full && tree->aside != NULL && added->line != NULL &&
      ph_aside_put (tree->aside, added->line, added->line_size, &snapshot.at))
    {
      snapshot.size = added->line_size;
      tree->n_aside += added->line_size;
    }

  /* One that is none counts all the same: later ones count back over it. */
  if (snapshot.root != NULL && snapshot.root->tag == NULL)
    snapshot.root = NULL;

  g_array_append_val (frame->snapshots, snapshot);
  g_free (frame->url);
  frame->url = g_strdup (added->url);
  g_free (frame->doctype);
  frame->doctype = g_strdup (added->doctype);

  return snapshot.root != NULL && !reader.is_full && !reader.is_cut;
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
