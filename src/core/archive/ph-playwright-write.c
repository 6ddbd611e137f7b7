/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Snapshots as rrweb events: the second half of ph-playwright-tree.h. */

#include "ph-asset-scan.h"
#include "ph-json-write.h"
#include "ph-limits.h"
#include "ph-playwright-nodes.h"

#include <string.h>

#define PREFIX "__playwright_"
#define SNAPSHOT "/snapshot/"

/* One page being written. */
typedef struct
{
  PhPlaywrightTree *tree;
  GString *out;
  guint root_id; /* of the document of a frame, or 0 */
  PhPlaywrightSheetFunc find_sheet;
  gpointer user_data;
  const char *url;
  double timestamp;
  GPtrArray *events;
  GArray *sheets; /* Adopted */
  GArray *frames; /* Held */
} Writer;

typedef struct
{
  guint owner; /* the document, or the host of a shadow root */
  guint order;
  const char *text;
} Adopted;

typedef struct
{
  guint id; /* of the element */
  const char *frame;
} Held;

/* --- which node is the same as one before ---------------------------------- */

/* Every node of the new tree, so that no id of one is given to another. */
static void
mark (PhPlaywrightTree *tree,
      PhPlaywrightNode *node,
      guint depth)
{
  if (node->seen == tree->round || depth > PH_LIMIT_TREE_DEPTH)
    return;

  node->seen = tree->round;

  for (guint i = 0; i < node->n_children; i++)
    mark (tree, node->children[i], depth + 1);
}

static gboolean
may_be_same (const PhPlaywrightTree *tree,
             const PhPlaywrightNode *node,
             const PhPlaywrightNode *old)
{
  return old->id != 0 && old->seen != tree->round && node->id == 0 &&
         g_strcmp0 (node->tag, old->tag) == 0;
}

/* A node written anew in the place of another is that one, changed. */
static void
take_ids (PhPlaywrightTree *tree,
          PhPlaywrightNode *node,
          PhPlaywrightNode *old,
          guint depth)
{
  guint at = 0;

  if (depth > PH_LIMIT_TREE_DEPTH || !may_be_same (tree, node, old))
    return;

  node->id = old->id;
  old->seen = tree->round;

  for (guint i = 0; i < node->n_children; i++)
    {
      guint k = at;

      if (node->children[i]->id != 0)
        continue;

      while (k < old->n_children && !may_be_same (tree, node->children[i], old->children[k]))
        k++;

      if (k == old->n_children)
        continue;

      take_ids (tree, node->children[i], old->children[k], depth + 1);
      at = k + 1;
    }
}

/* --- writing --------------------------------------------------------------- */

static const char *
get_attribute (const PhPlaywrightNode *node,
               const char *name)
{
  for (guint i = 0; node->attributes != NULL && node->attributes[i] != NULL; i += 2)
    if (strcmp (node->attributes[i], name) == 0)
      return node->attributes[i + 1];

  return NULL;
}

static gboolean
is_tag (const PhPlaywrightNode *node,
        const char *tag)
{
  return node->tag != NULL && g_ascii_strcasecmp (node->tag, tag) == 0;
}

static void
write_attribute (Writer *writer,
                 gboolean *has_some,
                 const char *name,
                 const char *value)
{
  if (*has_some)
    g_string_append_c (writer->out, ',');

  *has_some = TRUE;
  ph_json_write_key (writer->out, name);

  if (value != NULL)
    ph_json_write_string (writer->out, value, -1);
  else
    g_string_append (writer->out, "true");
}

static void
write_number (Writer *writer,
              gboolean *has_some,
              const char *name,
              const char *value)
{
  if (*has_some)
    g_string_append_c (writer->out, ',');

  *has_some = TRUE;
  ph_json_write_key (writer->out, name);
  ph_json_write_number (writer->out, g_ascii_strtod (value, NULL));
}

/* What the trace says in attributes of its own, in rrweb's words. */
static void
write_state (Writer *writer,
             const PhPlaywrightNode *node,
             guint id,
             const char *name,
             const char *value,
             gboolean *has_some)
{
  name += strlen (PREFIX);

  if (strcmp (name, "value_") == 0)
    write_attribute (writer, has_some, "value", value);
  else if (strcmp (name, "checked_") == 0 && strcmp (value, "true") == 0)
    write_attribute (writer, has_some, "checked", NULL);
  else if (strcmp (name, "selected_") == 0 && strcmp (value, "true") == 0)
    write_attribute (writer, has_some, "selected", NULL);
  else if (strcmp (name, "scroll_top_") == 0)
    write_number (writer, has_some, "rr_scrollTop", value);
  else if (strcmp (name, "scroll_left_") == 0)
    write_number (writer, has_some, "rr_scrollLeft", value);
  else if (strcmp (name, "current_src__") == 0)
    write_attribute (writer, has_some, "src", value);
  else if (strcmp (name, "dialog_open_") == 0)
    {
      write_attribute (writer, has_some, "open", "");
      write_attribute (writer, has_some, "rr_open_mode",
                       strcmp (value, "modal") == 0 ? "modal" : "non-modal");
    }
}

/*
 * Where the page of a frame is: the recorder says it in place of its address, Playwright's
 * viewer in an attribute of its own. "" is one whose page is not known.
 */
static gboolean
hold_frame (Writer *writer,
            const PhPlaywrightNode *node,
            guint id,
            const char *name,
            const char *value)
{
  gboolean is_frame = is_tag (node, "iframe") || is_tag (node, "frame");

  if (strcmp (name, PREFIX "src__") != 0 && (!is_frame || strcmp (name, "src") != 0))
    return FALSE;

  if (g_str_has_prefix (value, SNAPSHOT))
    {
      Held held = { id, value + strlen (SNAPSHOT) };

      g_array_append_val (writer->frames, held);
      return TRUE;
    }

  return is_frame && value[0] == '\0';
}

/* Recorded beside it as what it is now, so that what it began as counts no more. */
static gboolean
is_overruled (const PhPlaywrightNode *node,
              const char *name)
{
  static const char *const pairs[][2] = {
    { "value", PREFIX "value_" },
    { "checked", PREFIX "checked_" },
    { "selected", PREFIX "selected_" },
    { "src", PREFIX "current_src__" },
    { "srcset", PREFIX "current_src__" },
    { "sizes", PREFIX "current_src__" },
    { "open", PREFIX "dialog_open_" },
    { "src", PREFIX "src__" },
    { "srcdoc", PREFIX "src__" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (strcmp (name, pairs[i][0]) == 0 && get_attribute (node, pairs[i][1]) != NULL)
      return TRUE;

  return FALSE;
}

/* A sheet that scripts have changed since it was loaded. */
static void
write_changed_sheet (Writer *writer,
                     const PhPlaywrightNode *node,
                     gboolean *has_some)
{
  const char *href = get_attribute (node, "href");
  g_autofree char *url = NULL;
  g_autofree char *text = NULL;

  if (!is_tag (node, "link") || href == NULL || writer->find_sheet == NULL)
    return;

  url = ph_asset_resolve_against (writer->url, href);
  text = url != NULL ? writer->find_sheet (url, writer->user_data) : NULL;

  if (text != NULL)
    write_attribute (writer, has_some, "_cssText", text);
}

static void
write_attributes (Writer *writer,
                  const PhPlaywrightNode *node,
                  guint id)
{
  gboolean has_some = FALSE;

  g_string_append (writer->out, "\"attributes\":{");

  for (guint i = 0; node->attributes != NULL && node->attributes[i] != NULL; i += 2)
    {
      const char *name = node->attributes[i];
      const char *value = node->attributes[i + 1];

      if (hold_frame (writer, node, id, name, value))
        continue;

      if (g_str_has_prefix (name, PREFIX))
        write_state (writer, node, id, name, value, &has_some);
      else if (!is_overruled (node, name))
        write_attribute (writer, &has_some, name, value);
    }

  write_changed_sheet (writer, node, &has_some);
  g_string_append_c (writer->out, '}');
}

typedef struct
{
  gboolean in_svg;
  gboolean in_shadow; /* directly in a shadow root */
  guint owner;        /* whose sheets these are */
  guint depth;
} Place;

static gboolean write_node (Writer *writer,
                            PhPlaywrightNode *node,
                            Place place);

/* What stands for a shadow root, or for a sheet that was adopted; scripts are left out. */
static gboolean
is_shown (Writer *writer,
          const PhPlaywrightNode *node,
          Place place)
{
  Adopted adopted = { place.owner, writer->sheets->len, NULL };

  if (is_tag (node, "script"))
    return FALSE;

  adopted.text = get_attribute (node, PREFIX "style_sheet_");

  if (adopted.text == NULL || !is_tag (node, "template"))
    return TRUE;

  g_array_append_val (writer->sheets, adopted);

  return FALSE;
}

static void
write_children (Writer *writer,
                const PhPlaywrightNode *node,
                Place place,
                gboolean *has_some)
{
  if (place.depth > PH_LIMIT_TREE_DEPTH)
    return;

  for (guint i = 0; i < node->n_children; i++)
    {
      PhPlaywrightNode *child = node->children[i];
      gsize length = writer->out->len;

      if (get_attribute (child, PREFIX "shadow_root_") != NULL && is_tag (child, "template"))
        {
          Place inside = place;

          inside.in_shadow = TRUE;
          inside.depth++;
          write_children (writer, child, inside, has_some);
          continue;
        }

      if (*has_some)
        g_string_append_c (writer->out, ',');

      if (write_node (writer, child, place))
        *has_some = TRUE;
      else
        g_string_truncate (writer->out, length);
    }
}

static gboolean
is_host (const PhPlaywrightNode *node)
{
  for (guint i = 0; i < node->n_children; i++)
    if (get_attribute (node->children[i], PREFIX "shadow_root_") != NULL &&
        is_tag (node->children[i], "template"))
      return TRUE;

  return FALSE;
}

static void
write_tag (Writer *writer,
           const PhPlaywrightNode *node,
           gboolean is_svg)
{
  g_autofree char *lower = is_svg ? NULL : g_ascii_strdown (node->tag, -1);

  g_string_append (writer->out, "\"tagName\":");
  ph_json_write_string (writer->out, is_svg ? node->tag : lower, -1);
  g_string_append_c (writer->out, ',');

  if (is_svg)
    g_string_append (writer->out, "\"isSVG\":true,");
}

static void
write_element (Writer *writer,
               PhPlaywrightNode *node,
               Place place)
{
  gboolean is_svg = place.in_svg || strcmp (node->tag, "svg") == 0;
  gboolean has_some = FALSE;
  Place inside = {
    .in_svg = is_svg && g_ascii_strcasecmp (node->tag, "foreignObject") != 0,
    .owner = place.owner,
    .depth = place.depth + 1,
  };

  write_tag (writer, node, is_svg);

  if (is_host (node))
    {
      g_string_append (writer->out, "\"isShadowHost\":true,");
      inside.owner = node->id;
    }

  write_attributes (writer, node, node->id);
  g_string_append (writer->out, ",\"childNodes\":[");
  write_children (writer, node, inside, &has_some);
  g_string_append_c (writer->out, ']');
}

/* FALSE when it is left out; what was written of it is to be taken back then. */
static gboolean
write_node (Writer *writer,
            PhPlaywrightNode *node,
            Place place)
{
  if (place.depth > PH_LIMIT_TREE_DEPTH || node->written == writer->tree->round ||
      !is_shown (writer, node, place))
    return FALSE;

  /* A node is in a page once, whatever the references say. */
  node->written = writer->tree->round;

  if (node->id == 0)
    node->id = ++writer->tree->last_id;

  g_string_append (writer->out, node->tag != NULL ? "{\"type\":2,\"id\":"
                                                  : "{\"type\":3,\"id\":");
  ph_json_write_int (writer->out, node->id);
  g_string_append_c (writer->out, ',');

  if (writer->root_id != 0)
    g_string_append_printf (writer->out, "\"rootId\":%u,", writer->root_id);

  if (place.in_shadow)
    g_string_append (writer->out, "\"isShadow\":true,");

  if (node->tag != NULL)
    write_element (writer, node, place);
  else
    {
      g_string_append (writer->out, "\"textContent\":");
      ph_json_write_string (writer->out, node->text, -1);
    }

  g_string_append_c (writer->out, '}');

  return TRUE;
}

/* The document of a frame, with the newest tree of it. */
static void
write_document (Writer *writer,
                PhPlaywrightFrame *frame,
                PhPlaywrightNode *root)
{
  Place place = { .owner = frame->document_id };

  g_string_append_printf (writer->out, "{\"type\":0,\"id\":%u,", frame->document_id);

  /* Without a doctype a browser is in quirks mode. */
  if (frame->doctype == NULL)
    g_string_append (writer->out, "\"compatMode\":\"BackCompat\",");

  g_string_append (writer->out, "\"childNodes\":[");

  if (frame->doctype != NULL)
    {
      g_string_append_printf (writer->out, "{\"type\":1,\"id\":%u,", frame->doctype_id);

      if (writer->root_id != 0)
        g_string_append_printf (writer->out, "\"rootId\":%u,", writer->root_id);

      g_string_append (writer->out, "\"name\":");
      ph_json_write_string (writer->out, frame->doctype, -1);
      g_string_append (writer->out, ",\"publicId\":\"\",\"systemId\":\"\"},");
    }

  if (!write_node (writer, root, place))
    g_string_truncate (writer->out, writer->out->len - (frame->doctype != NULL));

  g_string_append (writer->out, "]}");
}

static void
begin_event (Writer *writer,
             int type)
{
  g_string_append_printf (writer->out, "{\"type\":%d,\"timestamp\":", type);
  ph_json_write_number (writer->out, writer->timestamp);
  g_string_append (writer->out, ",\"data\":{");
}

static void
end_event (Writer *writer)
{
  g_string_append (writer->out, "}}");
  g_ptr_array_add (writer->events, g_memdup2 (writer->out->str, writer->out->len + 1));
  g_string_truncate (writer->out, 0);
}

static void
prepare (Writer *writer,
         PhPlaywrightFrame *frame,
         PhPlaywrightNode *root)
{
  PhPlaywrightTree *tree = writer->tree;

  frame->round = tree->round;
  writer->url = frame->url;
  mark (tree, root, 0);

  if (frame->written != NULL)
    take_ids (tree, root, frame->written, 0);

  frame->written = root;
}

/* Frames in the frame that was written, and in those; each once. */
static void
write_frames (Writer *writer)
{
  for (guint i = 0; i < writer->frames->len; i++)
    {
      Held held = g_array_index (writer->frames, Held, i);
      PhPlaywrightFrame *frame = g_hash_table_lookup (writer->tree->frames, held.frame);
      PhPlaywrightNode *root = frame != NULL ? ph_playwright_frame_root (frame) : NULL;

      if (root == NULL || frame->round == writer->tree->round)
        continue;

      prepare (writer, frame, root);
      writer->root_id = frame->document_id;
      begin_event (writer, 3);
      g_string_append_printf (writer->out,
                              "\"source\":0,\"texts\":[],\"attributes\":[],\"removes\":[],"
                              "\"isAttachIframe\":true,\"adds\":[{\"parentId\":%u,\"nextId\":null,"
                              "\"node\":",
                              held.id);
      write_document (writer, frame, root);
      g_string_append (writer->out, "}]");
      end_event (writer);
    }
}

static int
compare_adopted (gconstpointer a,
                 gconstpointer b)
{
  const Adopted *x = a;
  const Adopted *y = b;

  if (x->owner != y->owner)
    return x->owner < y->owner ? -1 : 1;

  return (x->order > y->order) - (x->order < y->order);
}

/* Sheets @begin to @end are those of one document or shadow root, in their order. */
static void
write_adoption (Writer *writer,
                guint begin,
                guint end)
{
  guint first = writer->tree->last_id + 1;

  begin_event (writer, 3);
  g_string_append_printf (writer->out, "\"source\":15,\"id\":%u,\"styles\":[",
                          g_array_index (writer->sheets, Adopted, begin).owner);

  for (guint i = begin; i < end; i++)
    g_string_append_printf (writer->out, "%s{\"styleId\":%u,\"rules\":[]}", i > begin ? "," : "",
                            first + i - begin);

  g_string_append (writer->out, "],\"styleIds\":[");

  for (guint i = begin; i < end; i++)
    g_string_append_printf (writer->out, "%s%u", i > begin ? "," : "", first + i - begin);

  g_string_append_c (writer->out, ']');
  end_event (writer);

  for (guint i = begin; i < end; i++)
    {
      begin_event (writer, 3);
      g_string_append_printf (writer->out, "\"source\":8,\"styleId\":%u,\"replaceSync\":",
                              first + i - begin);
      ph_json_write_string (writer->out, g_array_index (writer->sheets, Adopted, i).text, -1);
      end_event (writer);
    }

  writer->tree->last_id += end - begin;
}

static void
write_sheets (Writer *writer)
{
  const GArray *sheets = writer->sheets;
  guint begin = 0;

  g_array_sort (writer->sheets, compare_adopted);

  for (guint i = 1; i <= sheets->len; i++)
    if (i == sheets->len ||
        g_array_index (sheets, Adopted, i).owner != g_array_index (sheets, Adopted, begin).owner)
      {
        write_adoption (writer, begin, i);
        begin = i;
      }
}

/* `__playwright_custom_elements__`: names with commas between, on the body. */
static void
write_definitions (Writer *writer,
                   const PhPlaywrightNode *root)
{
  for (guint i = 0; i < root->n_children; i++)
    {
      const char *names = get_attribute (root->children[i], PREFIX "custom_elements__");
      g_auto (GStrv) list = names != NULL ? g_strsplit (names, ",", PH_LIMIT_DEFINED) : NULL;

      for (guint k = 0; list != NULL && list[k] != NULL; k++)
        {
          begin_event (writer, 3);
          g_string_append (writer->out, "\"source\":16,\"define\":{\"name\":");
          ph_json_write_string (writer->out, list[k], -1);
          g_string_append_c (writer->out, '}');
          end_event (writer);
        }
    }
}

static void
write_snapshot (Writer *writer,
                PhPlaywrightFrame *frame,
                PhPlaywrightNode *root)
{
  const char *top = get_attribute (root, PREFIX "scroll_top_");
  const char *left = get_attribute (root, PREFIX "scroll_left_");

  prepare (writer, frame, root);
  begin_event (writer, 2);
  g_string_append (writer->out, "\"node\":");
  write_document (writer, frame, root);
  g_string_append (writer->out, ",\"initialOffset\":{\"left\":");
  ph_json_write_number (writer->out, left != NULL ? g_ascii_strtod (left, NULL) : 0);
  g_string_append (writer->out, ",\"top\":");
  ph_json_write_number (writer->out, top != NULL ? g_ascii_strtod (top, NULL) : 0);
  g_string_append_c (writer->out, '}');
  end_event (writer);
}

GPtrArray *
ph_playwright_tree_write (PhPlaywrightTree *tree,
                          const char *name,
                          double timestamp,
                          PhPlaywrightSheetFunc find_sheet,
                          gpointer user_data)
{
  PhPlaywrightFrame *frame = g_hash_table_lookup (tree->frames, name);
  PhPlaywrightNode *root = frame != NULL ? ph_playwright_frame_root (frame) : NULL;
  GPtrArray *events = g_ptr_array_new_with_free_func (g_free);
  Writer writer = {
    .tree = tree,
    .find_sheet = find_sheet,
    .user_data = user_data,
    .timestamp = timestamp,
    .events = events,
  };

  if (root == NULL)
    return events;

  tree->round++;
  writer.out = g_string_new (NULL);
  writer.sheets = g_array_new (FALSE, FALSE, sizeof (Adopted));
  writer.frames = g_array_new (FALSE, FALSE, sizeof (Held));

  write_snapshot (&writer, frame, root);
  write_frames (&writer);
  write_sheets (&writer);
  write_definitions (&writer, root);

  g_string_free (writer.out, TRUE);
  g_array_unref (writer.sheets);
  g_array_unref (writer.frames);

  return events;
}

guint
ph_playwright_tree_find_target (PhPlaywrightTree *tree,
                                const char *call)
{
  /* The newest are at the end. */
  for (guint i = tree->all->len; i > 0; i--)
    {
      const PhPlaywrightNode *node = tree->all->pdata[i - 1];

      if (node->seen == tree->round && node->id != 0 &&
          g_strcmp0 (get_attribute (node, PREFIX "target__"), call) == 0)
        return node->id;
    }

  return 0;
}
