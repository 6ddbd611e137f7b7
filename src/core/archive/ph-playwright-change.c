/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What changed from one snapshot to the next, as one rrweb mutation and the inputs and
 * scrolling behind it. A snapshot names what it shares with earlier ones: only what it
 * has anew is walked through, beside the lists those nodes were in.
 *
 * First every list is compared, from the root down: what is gone is taken out, what is
 * new in the place of something alike becomes it, changed. Then what is not in the page
 * yet is put in.
 */

#include "ph-json-write.h"
#include "ph-limits.h"
#include "ph-playwright-match.h"
#include "ph-playwright-writer.h"

#include <string.h>

/* A list into which something comes. */
typedef struct
{
  GPtrArray *nodes;
  PhPlaywrightPlace place; /* of its nodes */
} Filled;

typedef struct
{
  PhPlaywrightWriter *writer;
  GString *texts, *attributes, *removes, *adds;
  GArray *filled; /* Filled */
} Change;

static void
filled_clear (gpointer data)
{
  g_ptr_array_unref (((Filled *) data)->nodes);
}

/* Opens an entry of the list @out. */
static void
begin_entry (GString *out,
             const char *key,
             guint id)
{
  g_string_append (out, out->len > 0 ? ",{\"" : "{\"");
  g_string_append (out, key);
  g_string_append (out, "\":");
  ph_json_write_int (out, id);
}

/* --- what a node is now ---------------------------------------------------- */

static const PhPlaywrightAttribute *
find_attribute (const GArray *list,
                const char *name,
                guint from)
{
  /* Most lists are alike: it is where it was. */
  for (guint i = 0; i < list->len; i++)
    {
      guint at = from + i < list->len ? from + i : from + i - list->len;
      const PhPlaywrightAttribute *each = &g_array_index (list, PhPlaywrightAttribute, at);

      if (each->name == name || strcmp (each->name, name) == 0)
        return each;
    }

  return NULL;
}

/* @value NULL: it is gone. */
static void
write_change (Change *change,
              gsize *begun,
              guint id,
              const char *name,
              const char *value)
{
  GString *out = change->attributes;

  if (*begun == 0)
    {
      begin_entry (out, "id", id);
      g_string_append (out, ",\"attributes\":{");
      *begun = out->len;
    }
  else
    {
      g_string_append_c (out, ',');
    }

  ph_json_write_key (out, name);

  if (value != NULL)
    ph_json_write_string (out, value, -1);
  else
    g_string_append (out, "null");
}

static void
write_input (Change *change,
             const PhPlaywrightNode *node,
             const GArray *list)
{
  GString *out = change->writer->out;
  const PhPlaywrightAttribute *value = find_attribute (list, "value", 0);

  ph_playwright_writer_begin (change->writer, out, 3);
  g_string_append (out, "\"source\":5,\"id\":");
  ph_json_write_int (out, node->id);
  g_string_append (out, ",\"text\":");
  ph_json_write_string (out, value != NULL ? value->value : "", -1);
  g_string_append_printf (out, ",\"isChecked\":%s",
                          find_attribute (list, "checked", 0) != NULL ? "true" : "false");
  ph_playwright_writer_end (out, change->writer->later);
}

static void
write_scroll (Change *change,
              const PhPlaywrightNode *node,
              const PhPlaywrightPlace *place)
{
  GString *out = change->writer->out;

  ph_playwright_writer_begin (change->writer, out, 3);
  g_string_append (out, "\"source\":3,\"id\":");
  ph_json_write_int (out,
                     place->parent != NULL ? node->id : change->writer->frame->document_id);
  g_string_append (out, ",\"x\":");
  ph_json_write_number (out, ph_playwright_state_scroll (node, FALSE));
  g_string_append (out, ",\"y\":");
  ph_json_write_number (out, ph_playwright_state_scroll (node, TRUE));
  ph_playwright_writer_end (out, change->writer->later);
}

static void
compare_attributes (Change *change,
                    const PhPlaywrightNode *node,
                    const PhPlaywrightNode *old,
                    const PhPlaywrightPlace *place)
{
  GArray *now = change->writer->list;
  GArray *before = change->writer->old_list;
  gboolean has_changed[] = { FALSE, FALSE, FALSE };
  gsize begun = 0;

  g_array_set_size (now, 0);
  g_array_set_size (before, 0);
  ph_playwright_state_list (node, now);
  ph_playwright_state_list (old, before);

  for (guint i = 0; i < now->len; i++)
    {
      const PhPlaywrightAttribute *each = &g_array_index (now, PhPlaywrightAttribute, i);
      const PhPlaywrightAttribute *was = find_attribute (before, each->name, i);

      if (was != NULL && g_strcmp0 (was->value, each->value) == 0)
        continue;

      has_changed[each->kind] = TRUE;

      if (each->kind == PH_PLAYWRIGHT_PLAIN)
        write_change (change, &begun, node->id, each->name,
                      each->value != NULL ? each->value : "");
    }

  for (guint i = 0; i < before->len; i++)
    {
      const PhPlaywrightAttribute *was = &g_array_index (before, PhPlaywrightAttribute, i);

      if (find_attribute (now, was->name, i) != NULL)
        continue;

      has_changed[was->kind] = TRUE;

      if (was->kind == PH_PLAYWRIGHT_PLAIN)
        write_change (change, &begun, node->id, was->name, NULL);
    }

  if (begun > 0)
    g_string_append (change->attributes, "}}");

  if (has_changed[PH_PLAYWRIGHT_FORM])
    write_input (change, node, now);

  if (has_changed[PH_PLAYWRIGHT_SCROLL])
    write_scroll (change, node, place);
}

static void
compare_text (Change *change,
              const PhPlaywrightNode *node,
              const PhPlaywrightNode *old)
{
  if (strcmp (node->text, old->text) == 0)
    return;

  begin_entry (change->texts, "id", node->id);
  g_string_append (change->texts, ",\"value\":");
  ph_json_write_string (change->texts, node->text, -1);
  g_string_append_c (change->texts, '}');
}

/* --- which node is the same as one before ---------------------------------- */

/* Every node the newest snapshot shares with the page is seen in this round. */
static void
mark (Change *change,
      PhPlaywrightNode *node,
      guint depth)
{
  guint round = change->writer->tree->round;

  if (node->seen == round || depth > PH_LIMIT_TREE_DEPTH)
    return;

  node->seen = round;

  for (guint i = 0; !node->live && i < node->n_children; i++)
    mark (change, node->children[i], depth + 1);
}

/* --- comparing ------------------------------------------------------------- */

static void compare (Change *change,
                     PhPlaywrightNode *node,
                     PhPlaywrightNode *old,
                     const PhPlaywrightPlace *place);

static void
remove_node (Change *change,
             PhPlaywrightNode *node,
             const PhPlaywrightPlace *place)
{
  begin_entry (change->removes, "parentId", place->parent->id);
  g_string_append (change->removes, ",\"id\":");
  ph_json_write_int (change->removes, node->id);
  g_string_append (change->removes, place->in_shadow ? ",\"isShadow\":true}" : "}");
  ph_playwright_writer_drop (node);
}

/* What was there and is matched by none is taken out. */
static void
remove_rest (Change *change,
             const PhPlaywrightLists *lists,
             const PhPlaywrightPlace *place)
{
  guint stamp = ++lists->tree->stamp;

  for (guint i = 0; i < lists->n_now; i++)
    {
      int match = ph_playwright_lists_match (lists, i);

      if (match >= 0)
        ph_playwright_lists_old (lists, (guint) match)->stamp = stamp;
    }

  for (guint i = 0; i < lists->n_old; i++)
    {
      PhPlaywrightNode *old = ph_playwright_lists_old (lists, i);

      if (old->stamp != stamp)
        remove_node (change, old, place);
    }
}

/* @place is where those now stand. */
static void
compare_lists (Change *change,
               const PhPlaywrightLists *lists,
               const PhPlaywrightPlace *place)
{
  gboolean is_filled = FALSE;

  ph_playwright_match (lists);
  remove_rest (change, lists, place);

  for (guint i = 0; i < lists->n_now; i++)
    {
      int match = ph_playwright_lists_match (lists, i);
      PhPlaywrightNode *node = ph_playwright_lists_now (lists, i);
      PhPlaywrightNode *old = match >= 0 ? ph_playwright_lists_old (lists, (guint) match) : NULL;

      if (old == NULL)
        is_filled = TRUE;
      else if (node == old)
        node->parent = place->parent;
      else
        compare (change, node, old, place);
    }

  if (is_filled)
    {
      Filled filled = { g_ptr_array_new (), *place };

      for (guint i = 0; i < lists->n_now; i++)
        g_ptr_array_add (filled.nodes, ph_playwright_lists_now (lists, i));

      g_array_append_val (change->filled, filled);
    }
}

/* The children that show, and the sheets; of its shadow root, or its own. */
static void
collect (const PhPlaywrightNode *node,
         gboolean in_shadow,
         GPtrArray *shown,
         GPtrArray *sheets)
{
  for (guint i = 0; i < node->n_children; i++)
    {
      PhPlaywrightNode *child = node->children[i];

      if (child->part == PH_PLAYWRIGHT_SHADOW && in_shadow)
        collect (child, FALSE, shown, sheets);
      else if (child->part == PH_PLAYWRIGHT_SHOWN && !in_shadow)
        g_ptr_array_add (shown, child);
      else if (child->part == PH_PLAYWRIGHT_SHEET && !in_shadow)
        g_ptr_array_add (sheets, (gpointer) ph_playwright_state_sheet (child));
    }
}

/* Of what was collected from @first on only what is in the page, and in @parent; each once. */
static void
keep_live (PhPlaywrightTree *tree,
           guint first,
           const PhPlaywrightNode *parent)
{
  guint stamp = ++tree->stamp;
  guint n = first;

  for (guint i = first; i < tree->stack->len; i++)
    {
      PhPlaywrightNode *child = tree->stack->pdata[i];

      if (!child->live || child->parent != parent || child->stamp == stamp)
        continue;

      child->stamp = stamp;
      tree->stack->pdata[n++] = child;
    }

  g_ptr_array_set_size (tree->stack, (int) n);
}

static void
compare_sheets (Change *change,
                const GPtrArray *now,
                const GPtrArray *before,
                const PhPlaywrightPlace *place)
{
  gboolean are_same = now->len == before->len;

  for (guint i = 0; are_same && i < now->len; i++)
    are_same = strcmp (now->pdata[i], before->pdata[i]) == 0;

  if (are_same)
    return;

  ph_playwright_writer_adopt (change->writer, place->owner, NULL);

  for (guint i = 0; i < now->len; i++)
    ph_playwright_writer_adopt (change->writer, place->owner, now->pdata[i]);
}

static void
compare_children (Change *change,
                  PhPlaywrightNode *node,
                  PhPlaywrightNode *old,
                  const PhPlaywrightPlace *place,
                  gboolean in_shadow)
{
  PhPlaywrightTree *tree = change->writer->tree;
  g_autoptr (GPtrArray) sheets = g_ptr_array_new ();
  g_autoptr (GPtrArray) old_sheets = g_ptr_array_new ();
  PhPlaywrightPlace inside = ph_playwright_writer_inside (node, place, in_shadow);
  PhPlaywrightLists lists = {
    .tree = tree,
    .old_at = tree->stack->len,
    .match_at = tree->numbers->len,
  };

  collect (old, in_shadow, tree->stack, old_sheets);
  keep_live (tree, lists.old_at, old);
  lists.now_at = tree->stack->len;
  lists.n_old = lists.now_at - lists.old_at;
  collect (node, in_shadow, tree->stack, sheets);
  lists.n_now = tree->stack->len - lists.now_at;

  compare_sheets (change, sheets, old_sheets, &inside);
  compare_lists (change, &lists, &inside);

  g_ptr_array_set_size (tree->stack, (int) lists.old_at);
  g_array_set_size (tree->numbers, lists.match_at);
}

/* @node takes the place of @old. */
static void
compare (Change *change,
         PhPlaywrightNode *node,
         PhPlaywrightNode *old,
         const PhPlaywrightPlace *place)
{
  const char *held = node->tag != NULL ? ph_playwright_state_held (node) : NULL;
  PhPlaywrightFrame *frame =
    held != NULL ? ph_playwright_tree_frame (change->writer->tree, held) : NULL;

  node->id = old->id;
  node->live = TRUE;
  node->parent = place->parent;
  old->id = 0;
  old->live = FALSE;

  if (node->tag == NULL)
    {
      compare_text (change, node, old);
      return;
    }

  if (frame != NULL && frame->holder == old)
    frame->holder = node;

  if (node->attributes != NULL || old->attributes != NULL)
    compare_attributes (change, node, old, place);

  if (node->is_host)
    compare_children (change, node, old, place, TRUE);

  compare_children (change, node, old, place, FALSE);
}

/* --- putting in ------------------------------------------------------------ */

static void add_node (Change *change,
                      PhPlaywrightNode *node,
                      const PhPlaywrightPlace *place,
                      guint next);

static void
add_children (Change *change,
              PhPlaywrightNode *node,
              const PhPlaywrightPlace *place,
              gboolean in_shadow)
{
  PhPlaywrightPlace inside = ph_playwright_writer_inside (node, place, in_shadow);
  g_autoptr (GPtrArray) shown = g_ptr_array_new ();
  g_autoptr (GPtrArray) sheets = g_ptr_array_new ();

  collect (node, in_shadow, shown, sheets);

  for (guint i = 0; i < sheets->len; i++)
    ph_playwright_writer_adopt (change->writer, inside.owner, sheets->pdata[i]);

  for (guint i = 0; i < shown->len; i++)
    add_node (change, shown->pdata[i], &inside, 0);
}

/* rrweb's recorder writes each node of its own, its children behind it. */
static void
add_node (Change *change,
          PhPlaywrightNode *node,
          const PhPlaywrightPlace *place,
          guint next)
{
  GString *out = change->adds;
  gsize length = out->len;

  begin_entry (out, "parentId", place->parent->id);
  g_string_append (out, ",\"nextId\":");

  if (next != 0)
    ph_json_write_int (out, next);
  else
    g_string_append (out, "null");

  g_string_append (out, ",\"node\":");

  if (!ph_playwright_writer_open (change->writer, out, node, place))
    {
      g_string_truncate (out, length);
      return;
    }

  g_string_append (out, node->tag != NULL ? "]}}" : "}");

  if (node->is_host)
    add_children (change, node, place, TRUE);

  if (node->n_children > 0)
    add_children (change, node, place, FALSE);
}

static void
fill (Change *change,
      const Filled *filled)
{
  guint n = filled->nodes->len;
  g_autofree guint *next = g_new (guint, n);
  guint id = 0;

  for (guint i = n; i > 0; i--)
    {
      const PhPlaywrightNode *node = filled->nodes->pdata[i - 1];

      next[i - 1] = id;

      if (node->live && node->parent == filled->place.parent)
        id = node->id;
    }

  for (guint i = 0; i < n; i++)
    if (!((const PhPlaywrightNode *) filled->nodes->pdata[i])->live)
      add_node (change, filled->nodes->pdata[i], &filled->place, next[i]);
}

/* --- the event ------------------------------------------------------------- */

static void
write_mutation (const Change *change)
{
  const PhPlaywrightWriter *writer = change->writer;
  const struct
  {
    const char *name;
    const GString *text;
  } parts[] = {
    { "\"source\":0,\"texts\":[", change->texts },
    { "],\"attributes\":[", change->attributes },
    { "],\"removes\":[", change->removes },
    { "],\"adds\":[", change->adds },
  };
  gsize size = 0;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    size += parts[i].text->len;

  if (size == 0)
    return;

  ph_playwright_writer_begin (writer, writer->out, 3);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_string_append (writer->out, parts[i].name);
      g_string_append_len (writer->out, parts[i].text->str, (gssize) parts[i].text->len);
    }

  g_string_append_c (writer->out, ']');
  ph_playwright_writer_end (writer->out, writer->events);
}

static GString *
take_scratch (const PhPlaywrightTree *tree,
              guint i)
{
  return g_string_truncate (tree->scratch[i], 0);
}

gboolean
ph_playwright_change (PhPlaywrightWriter *writer,
                      PhPlaywrightFrame *frame,
                      PhPlaywrightNode *root)
{
  PhPlaywrightPlace place = { .owner = frame->document_id };
  Change change = { .writer = writer };

  if (root == frame->written)
    return TRUE;

  writer->tree->round++;
  mark (&change, root, 0);

  if (g_strcmp0 (frame->doctype, frame->written_doctype) != 0 ||
      !ph_playwright_may_replace (writer->tree, root, frame->written))
    return FALSE;

  change.texts = take_scratch (writer->tree, 0);
  change.attributes = take_scratch (writer->tree, 1);
  change.removes = take_scratch (writer->tree, 2);
  change.adds = take_scratch (writer->tree, 3);
  change.filled = g_array_new (FALSE, FALSE, sizeof (Filled));
  g_array_set_clear_func (change.filled, filled_clear);

  writer->frame = frame;
  compare (&change, root, frame->written, &place);
  frame->written = root;

  for (guint i = 0; i < change.filled->len; i++)
    fill (&change, &g_array_index (change.filled, Filled, i));

  write_mutation (&change);
  g_ptr_array_extend (writer->events, writer->later, NULL, NULL);
  g_ptr_array_set_size (writer->later, 0);
  g_array_unref (change.filled);

  return TRUE;
}
