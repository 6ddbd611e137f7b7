/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Snapshots as rrweb events: the second half of ph-playwright-tree.h. */

#include "ph-asset-scan.h"
#include "ph-json-write.h"
#include "ph-limits.h"
#include "ph-playwright-writer.h"

#include <string.h>

typedef struct
{
  guint owner; /* the document, or the host of a shadow root */
  guint order;
  const char *text; /* NULL: none, but those beside it */
} Adopted;

/* --- events ---------------------------------------------------------------- */

void
ph_playwright_writer_begin (const PhPlaywrightWriter *writer,
                            GString *out,
                            int type)
{
  g_string_append_printf (out, "{\"type\":%d,\"timestamp\":", type);
  ph_json_write_number (out, writer->timestamp);
  g_string_append (out, ",\"data\":{");
}

void
ph_playwright_writer_end (GString *out,
                          GPtrArray *events)
{
  g_string_append (out, "}}");
  g_ptr_array_add (events, g_memdup2 (out->str, out->len + 1));
  g_string_truncate (out, 0);
}

/* --- what is in the page --------------------------------------------------- */

/* As deep as nodes are written. */
void
ph_playwright_writer_drop (PhPlaywrightNode *node)
{
  node->live = FALSE;

  for (guint i = 0; i < node->n_children; i++)
    {
      PhPlaywrightNode *child = node->children[i];

      if (child->part == PH_PLAYWRIGHT_SHADOW)
        for (guint k = 0; k < child->n_children; k++)
          {
            if (child->children[k]->live && child->children[k]->parent == node)
              ph_playwright_writer_drop (child->children[k]);
          }
      else if (child->live && child->parent == node)
        ph_playwright_writer_drop (child);
    }
}

static void
release (PhPlaywrightFrame *frame)
{
  if (frame->written != NULL)
    ph_playwright_writer_drop (frame->written);

  frame->written = NULL;
  frame->holder = NULL;
}

void
ph_playwright_writer_hold (PhPlaywrightWriter *writer,
                           const char *name,
                           PhPlaywrightNode *holder)
{
  PhPlaywrightFrame *frame = ph_playwright_tree_frame (writer->tree, name);

  if (frame == NULL || frame == writer->main || (frame->holder != NULL && frame->holder->live))
    return;

  release (frame);
  frame->holder = holder;
}

void
ph_playwright_writer_adopt (PhPlaywrightWriter *writer,
                            guint owner,
                            const char *text)
{
  Adopted adopted = { owner, writer->sheets->len, text };

  g_array_append_val (writer->sheets, adopted);
}

/* --- nodes ----------------------------------------------------------------- */

static void
write_attribute (GString *out,
                 const PhPlaywrightAttribute *attribute)
{
  ph_json_write_key (out, attribute->name);

  if (attribute->value == NULL)
    g_string_append (out, "true");
  else if (attribute->kind == PH_PLAYWRIGHT_SCROLL)
    ph_json_write_number (out, g_ascii_strtod (attribute->value, NULL));
  else
    ph_json_write_string (out, attribute->value, -1);
}

/* The text of a sheet that scripts have changed since it was loaded. */
static char *
find_changed_sheet (const PhPlaywrightWriter *writer,
                    const PhPlaywrightNode *node)
{
  const char *href;
  g_autofree char *url = NULL;

  if (writer->find_sheet == NULL || !ph_playwright_state_is_tag (node, "link"))
    return NULL;

  href = ph_playwright_state_get (node, "href");
  url = href != NULL ? ph_asset_resolve_against (writer->frame->url, href) : NULL;

  return url != NULL ? writer->find_sheet (url, writer->user_data) : NULL;
}

static void
write_attributes (PhPlaywrightWriter *writer,
                  GString *out,
                  const PhPlaywrightNode *node)
{
  g_autofree char *sheet = find_changed_sheet (writer, node);

  g_array_set_size (writer->list, 0);
  ph_playwright_state_list (node, writer->list);
  g_string_append (out, "\"attributes\":{");

  for (guint i = 0; i < writer->list->len; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');

      write_attribute (out, &g_array_index (writer->list, PhPlaywrightAttribute, i));
    }

  if (sheet != NULL)
    {
      PhPlaywrightAttribute attribute = { "_cssText", sheet, PH_PLAYWRIGHT_PLAIN };

      if (writer->list->len > 0)
        g_string_append_c (out, ',');

      write_attribute (out, &attribute);
    }

  g_string_append_c (out, '}');
}

static gboolean
is_svg (const PhPlaywrightNode *node,
        const PhPlaywrightPlace *place)
{
  return place->in_svg || strcmp (node->tag, "svg") == 0;
}

static void
open_element (PhPlaywrightWriter *writer,
              GString *out,
              PhPlaywrightNode *node,
              const PhPlaywrightPlace *place)
{
  gboolean keeps_case = is_svg (node, place);
  g_autofree char *lower = keeps_case ? NULL : g_ascii_strdown (node->tag, -1);
  const char *held = ph_playwright_state_held (node);

  g_string_append (out, "\"tagName\":");
  ph_json_write_string (out, keeps_case ? node->tag : lower, -1);
  g_string_append_c (out, ',');

  if (keeps_case)
    g_string_append (out, "\"isSVG\":true,");

  if (node->is_host)
    g_string_append (out, "\"isShadowHost\":true,");

  write_attributes (writer, out, node);
  g_string_append (out, ",\"childNodes\":[");

  if (held != NULL)
    ph_playwright_writer_hold (writer, held, node);
}

/* A node is in a page once, whatever the references say. */
gboolean
ph_playwright_writer_open (PhPlaywrightWriter *writer,
                           GString *out,
                           PhPlaywrightNode *node,
                           const PhPlaywrightPlace *place)
{
  if (place->depth > PH_LIMIT_TREE_DEPTH || node->live)
    return FALSE;

  node->live = TRUE;
  node->parent = place->parent;

  if (node->id == 0)
    node->id = ++writer->tree->last_id;

  g_string_append (out, node->tag != NULL ? "{\"type\":2,\"id\":" : "{\"type\":3,\"id\":");
  ph_json_write_int (out, node->id);
  g_string_append_c (out, ',');

  if (writer->frame != writer->main)
    {
      g_string_append (out, "\"rootId\":");
      ph_json_write_int (out, writer->frame->document_id);
      g_string_append_c (out, ',');
    }

  if (place->in_shadow)
    g_string_append (out, "\"isShadow\":true,");

  if (node->tag != NULL)
    {
      open_element (writer, out, node, place);
      return TRUE;
    }

  g_string_append (out, "\"textContent\":");
  ph_json_write_string (out, node->text, -1);
  g_string_append_c (out, '}');

  return TRUE;
}

PhPlaywrightPlace
ph_playwright_writer_inside (PhPlaywrightNode *node,
                             const PhPlaywrightPlace *place,
                             gboolean in_shadow)
{
  PhPlaywrightPlace inside = {
    .parent = node,
    .in_svg = is_svg (node, place) && g_ascii_strcasecmp (node->tag, "foreignObject") != 0,
    .in_shadow = in_shadow,
    .owner = in_shadow ? node->id : place->owner,
    .depth = place->depth + 1,
  };

  return inside;
}

static gboolean write_node (PhPlaywrightWriter *writer,
                            PhPlaywrightNode *node,
                            const PhPlaywrightPlace *place);

/* Of an element, or of what stands for its shadow root. */
static void
write_children (PhPlaywrightWriter *writer,
                const PhPlaywrightNode *node,
                const PhPlaywrightPlace *place,
                gboolean *has_some)
{
  for (guint i = 0; i < node->n_children; i++)
    {
      PhPlaywrightNode *child = node->children[i];
      gsize length = writer->out->len;

      if (child->part == PH_PLAYWRIGHT_SHEET)
        ph_playwright_writer_adopt (writer, place->owner, ph_playwright_state_sheet (child));

      if (child->part != PH_PLAYWRIGHT_SHOWN)
        continue;

      if (*has_some)
        g_string_append_c (writer->out, ',');

      if (write_node (writer, child, place))
        *has_some = TRUE;
      else
        g_string_truncate (writer->out, length);
    }
}

static gboolean
write_node (PhPlaywrightWriter *writer,
            PhPlaywrightNode *node,
            const PhPlaywrightPlace *place)
{
  PhPlaywrightPlace inside;
  gboolean has_some = FALSE;

  if (!ph_playwright_writer_open (writer, writer->out, node, place))
    return FALSE;

  if (node->tag == NULL)
    return TRUE;

  inside = ph_playwright_writer_inside (node, place, TRUE);

  for (guint i = 0; node->is_host && i < node->n_children; i++)
    if (node->children[i]->part == PH_PLAYWRIGHT_SHADOW)
      write_children (writer, node->children[i], &inside, &has_some);

  inside = ph_playwright_writer_inside (node, place, FALSE);
  write_children (writer, node, &inside, &has_some);
  g_string_append (writer->out, "]}");

  return TRUE;
}

/* --- documents ------------------------------------------------------------- */

/* The document of a frame, with the newest tree of it. */
static void
write_document (PhPlaywrightWriter *writer,
                PhPlaywrightFrame *frame,
                PhPlaywrightNode *root)
{
  PhPlaywrightPlace place = { .owner = frame->document_id };

  writer->frame = frame;
  frame->written = root;
  g_free (frame->written_doctype);
  frame->written_doctype = g_strdup (frame->doctype);
  g_string_append_printf (writer->out, "{\"type\":0,\"id\":%u,", frame->document_id);

  /* Without a doctype a browser is in quirks mode. */
  if (frame->doctype == NULL)
    g_string_append (writer->out, "\"compatMode\":\"BackCompat\",");

  g_string_append (writer->out, "\"childNodes\":[");

  if (frame->doctype != NULL)
    {
      g_string_append_printf (writer->out, "{\"type\":1,\"id\":%u,", frame->doctype_id);

      if (frame != writer->main)
        g_string_append_printf (writer->out, "\"rootId\":%u,", frame->document_id);

      g_string_append (writer->out, "\"name\":");
      ph_json_write_string (writer->out, frame->doctype, -1);
      g_string_append (writer->out, ",\"publicId\":\"\",\"systemId\":\"\"},");
    }

  if (!write_node (writer, root, &place))
    g_string_truncate (writer->out, writer->out->len - (frame->doctype != NULL));

  g_string_append (writer->out, "]}");
}

static void
write_snapshot (PhPlaywrightWriter *writer,
                PhPlaywrightNode *root)
{
  const GPtrArray *frames = writer->tree->frame_list;

  for (guint i = 0; i < frames->len; i++)
    release (frames->pdata[i]);

  writer->tree->defined = NULL;
  ph_playwright_writer_begin (writer, writer->out, 2);
  g_string_append (writer->out, "\"node\":");
  write_document (writer, writer->main, root);
  g_string_append (writer->out, ",\"initialOffset\":{\"left\":");
  ph_json_write_number (writer->out, ph_playwright_state_scroll (root, FALSE));
  g_string_append (writer->out, ",\"top\":");
  ph_json_write_number (writer->out, ph_playwright_state_scroll (root, TRUE));
  g_string_append_c (writer->out, '}');
  ph_playwright_writer_end (writer->out, writer->events);
}

static void
write_frame (PhPlaywrightWriter *writer,
             PhPlaywrightFrame *frame,
             PhPlaywrightNode *root)
{
  ph_playwright_writer_begin (writer, writer->out, 3);
  g_string_append_printf (writer->out,
                          "\"source\":0,\"texts\":[],\"attributes\":[],\"removes\":[],"
                          "\"isAttachIframe\":true,\"adds\":[{\"parentId\":%u,\"nextId\":null,"
                          "\"node\":",
                          frame->holder->id);
  write_document (writer, frame, root);
  g_string_append (writer->out, "}]");
  ph_playwright_writer_end (writer->out, writer->events);
}

/* One frame in the page: what changed, or all of it. FALSE when there was nothing to do. */
static gboolean
update_frame (PhPlaywrightWriter *writer,
              PhPlaywrightFrame *frame)
{
  PhPlaywrightNode *root = ph_playwright_frame_root (frame);

  if (frame == writer->main || frame->holder == NULL)
    return FALSE;

  if (!frame->holder->live)
    {
      release (frame);
      return TRUE;
    }

  if (root == NULL || (root == frame->written && root->live))
    return FALSE;

  if (frame->written != NULL && ph_playwright_change (writer, frame, root))
    return TRUE;

  if (frame->written != NULL)
    ph_playwright_writer_drop (frame->written);

  write_frame (writer, frame, root);

  return TRUE;
}

/* Frames come and go with the elements they are in, which may be in other frames. */
static void
update_frames (PhPlaywrightWriter *writer)
{
  const GPtrArray *frames = writer->tree->frame_list;
  gboolean has_changed = TRUE;

  for (guint round = 0; has_changed && round < frames->len; round++)
    {
      has_changed = FALSE;

      for (guint i = 0; i < frames->len; i++)
        has_changed = update_frame (writer, frames->pdata[i]) || has_changed;
    }
}

/* --- sheets, and names of elements ----------------------------------------- */

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

/* @texts are the sheets of one document or shadow root, in their order. */
static void
write_adoption (PhPlaywrightWriter *writer,
                guint owner,
                const GPtrArray *texts)
{
  guint first = writer->tree->last_id + 1;

  ph_playwright_writer_begin (writer, writer->out, 3);
  g_string_append_printf (writer->out, "\"source\":15,\"id\":%u,\"styles\":[", owner);

  for (guint i = 0; i < texts->len; i++)
    g_string_append_printf (writer->out, "%s{\"styleId\":%u,\"rules\":[]}", i > 0 ? "," : "",
                            first + i);

  g_string_append (writer->out, "],\"styleIds\":[");

  for (guint i = 0; i < texts->len; i++)
    g_string_append_printf (writer->out, "%s%u", i > 0 ? "," : "", first + i);

  g_string_append_c (writer->out, ']');
  ph_playwright_writer_end (writer->out, writer->events);

  for (guint i = 0; i < texts->len; i++)
    {
      ph_playwright_writer_begin (writer, writer->out, 3);
      g_string_append_printf (writer->out, "\"source\":8,\"styleId\":%u,\"replaceSync\":",
                              first + i);
      ph_json_write_string (writer->out, texts->pdata[i], -1);
      ph_playwright_writer_end (writer->out, writer->events);
    }

  writer->tree->last_id += texts->len;
}

static void
write_sheets (PhPlaywrightWriter *writer)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();

  g_array_sort (writer->sheets, compare_adopted);

  for (guint i = 0; i < writer->sheets->len; i++)
    {
      const Adopted *adopted = &g_array_index (writer->sheets, Adopted, i);

      if (adopted->text != NULL)
        g_ptr_array_add (texts, (gpointer) adopted->text);

      if (i + 1 < writer->sheets->len && adopted[1].owner == adopted->owner)
        continue;

      write_adoption (writer, adopted->owner, texts);
      g_ptr_array_set_size (texts, 0);
    }
}

/* `__playwright_custom_elements__`: names with commas between, on the body. */
static void
write_definitions (PhPlaywrightWriter *writer,
                   const PhPlaywrightNode *root)
{
  const char *names = NULL;
  g_auto (GStrv) list = NULL;

  for (guint i = 0; i < root->n_children && names == NULL; i++)
    names = ph_playwright_state_defined (root->children[i]);

  if (names == NULL || g_strcmp0 (names, writer->tree->defined) == 0)
    return;

  writer->tree->defined = names;
  list = g_strsplit (names, ",", PH_LIMIT_DEFINED);

  for (guint i = 0; list[i] != NULL; i++)
    {
      ph_playwright_writer_begin (writer, writer->out, 3);
      g_string_append (writer->out, "\"source\":16,\"define\":{\"name\":");
      ph_json_write_string (writer->out, list[i], -1);
      g_string_append_c (writer->out, '}');
      ph_playwright_writer_end (writer->out, writer->events);
    }
}

GPtrArray *
ph_playwright_tree_write (PhPlaywrightTree *tree,
                          const char *name,
                          gboolean is_whole,
                          double timestamp,
                          PhPlaywrightSheetFunc find_sheet,
                          gpointer user_data)
{
  PhPlaywrightFrame *frame = g_hash_table_lookup (tree->frames, name);
  PhPlaywrightNode *root = frame != NULL ? ph_playwright_frame_root (frame) : NULL;
  GPtrArray *events = g_ptr_array_new_with_free_func (g_free);
  PhPlaywrightWriter writer = {
    .tree = tree,
    .main = frame,
    .events = events,
    .find_sheet = find_sheet,
    .user_data = user_data,
    .timestamp = timestamp,
  };

  if (root == NULL)
    return events;

  writer.out = g_string_truncate (tree->scratch[PH_PLAYWRIGHT_N_SCRATCH - 1], 0);
  writer.later = g_ptr_array_new ();
  writer.sheets = g_array_new (FALSE, FALSE, sizeof (Adopted));
  writer.list = g_array_new (FALSE, FALSE, sizeof (PhPlaywrightAttribute));
  writer.old_list = g_array_new (FALSE, FALSE, sizeof (PhPlaywrightAttribute));

  if (is_whole || frame->written == NULL || !ph_playwright_change (&writer, frame, root))
    write_snapshot (&writer, root);

  update_frames (&writer);
  write_sheets (&writer);
  write_definitions (&writer, root);

  g_ptr_array_unref (writer.later);
  g_array_unref (writer.sheets);
  g_array_unref (writer.list);
  g_array_unref (writer.old_list);

  return events;
}
