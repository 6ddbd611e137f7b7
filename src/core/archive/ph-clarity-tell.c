/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-clarity-tell.h"

#include "ph-json-write.h"
#include "ph-limits.h"

#include <string.h>

struct _PhClarityTell
{
  PhClarityTree *tree;
  PhClaritySheets *sheets;
  PhClarityTellFunc func;
  gpointer user_data;

  GPtrArray *frames;   /* documents of iframes that were told of, still to be told */
  GPtrArray *adopters; /* documents and shadow roots that were told, and adopt sheets */
  GPtrArray *chain;    /* an item and the siblings behind it */
  GPtrArray *path;     /* an item and all it is in */
  GString *out;
  GString *adds;
  gboolean has_moved; /* a node the other side knows went to another place */
};

PhClarityTell *
ph_clarity_tell_new (PhClarityTree *tree,
                     PhClaritySheets *sheets,
                     PhClarityTellFunc func,
                     gpointer user_data)
{
  PhClarityTell *tell = g_new0 (PhClarityTell, 1);

  tell->tree = tree;
  tell->sheets = sheets;
  tell->func = func;
  tell->user_data = user_data;
  tell->frames = g_ptr_array_new ();
  tell->adopters = g_ptr_array_new ();
  tell->chain = g_ptr_array_new ();
  tell->path = g_ptr_array_new ();
  tell->out = g_string_new (NULL);
  tell->adds = g_string_new (NULL);

  return tell;
}

void
ph_clarity_tell_free (PhClarityTell *tell)
{
  if (tell == NULL)
    return;

  g_ptr_array_unref (tell->frames);
  g_ptr_array_unref (tell->adopters);
  g_ptr_array_unref (tell->chain);
  g_ptr_array_unref (tell->path);
  g_string_free (tell->out, TRUE);
  g_string_free (tell->adds, TRUE);
  g_free (tell);
}

/* ---- nodes ---- */

static void
put_comma (GString *out)
{
  char last = out->len > 0 ? out->str[out->len - 1] : '[';

  if (last != '[' && last != '{' && last != ':')
    g_string_append_c (out, ',');
}

/* Without a look for its end: there are many. */
#define put_literal(out, text) g_string_append_len (out, text, sizeof (text) - 1)

static void
write_member (GString *out,
              const char *name,
              const char *value)
{
  put_comma (out);
  ph_json_write_key (out, name);

  if (value != NULL)
    ph_json_write_string (out, value, -1);
  else
    g_string_append (out, "null");
}

static gboolean
is_same_origin (const PhClarityTell *tell,
                const PhClarityItem *item)
{
  for (guint i = 0; i < item->n_attributes; i++)
    if (item->attributes[i].name == tell->tree->name_same_origin &&
        item->attributes[i].value != NULL)
      return TRUE;

  return FALSE;
}

/* Under which name an attribute is told of, or NULL when it is not. */
static const char *
told_name (const PhClarityTell *tell,
           const PhClarityItem *item,
           PhName name)
{
  const char *text = ph_names_text (tell->tree->names, name);

  if (text[0] == '*' || name == tell->tree->name_integrity)
    return NULL;

  /* What another site had in an iframe was not recorded: its place is marked. */
  if (item->is_frame && name == tell->tree->name_src)
    return is_same_origin (tell, item) ? NULL : "rr_src";

  return text;
}

/* A picture that is not to be seen has its size alone. */
static void
write_box (const PhClarityItem *item,
           gboolean is_change,
           GString *out)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  if (is_change && item->box_changed && !item->has_box)
    {
      write_member (out, "rr_width", NULL);
      write_member (out, "rr_height", NULL);
    }

  if (!item->has_box || (is_change && !item->box_changed))
    return;

  put_comma (out);
  g_string_append_printf (out, "\"rr_width\":\"%spx\",",
                          g_ascii_formatd (number, sizeof number, "%.2f", item->width));
  g_string_append_printf (out, "\"rr_height\":\"%spx\"",
                          g_ascii_formatd (number, sizeof number, "%.2f", item->height));
}

static void
write_attributes (PhClarityTell *tell,
                  const PhClarityItem *item,
                  gboolean is_change,
                  GString *out)
{
  g_string_append_c (out, '{');

  for (guint i = 0; i < item->n_attributes; i++)
    {
      const PhClarityHeld *held = &item->attributes[i];
      const char *name;

      if (is_change ? !held->is_changed : held->value == NULL)
        continue;

      name = told_name (tell, item, held->name);

      if (name != NULL)
        write_member (out, name, held->value);
    }

  if (item->is_style && item->text != NULL && (!is_change || item->text_changed))
    write_member (out, "_cssText", item->text);

  write_box (item, is_change, out);

  g_string_append_c (out, '}');
}

static void
write_item (PhClarityTell *tell,
            PhClarityItem *item,
            gboolean is_move,
            guint depth,
            GString *out);

static void
write_children (PhClarityTell *tell,
                PhClarityItem *parent,
                guint depth,
                GString *out)
{
  if (parent->is_opaque)
    return;

  if (depth > PH_LIMIT_TREE_DEPTH)
    {
      ph_health_add (tell->tree->health, PH_HEALTH_LIMIT, PH_TIME_NONE,
                     "elements nested deeper than %d", PH_LIMIT_TREE_DEPTH);
      return;
    }

  for (PhClarityItem *child = parent->first; child != NULL; child = child->next)
    {
      /* One that is known elsewhere comes when its parent is there. */
      if (child->sent)
        continue;

      put_comma (out);
      write_item (tell, child, FALSE, depth + 1, out);
    }
}

/* An owned document or shadow root, now that its owner is told of. */
static void
note_inner (PhClarityTell *tell,
            PhClarityItem *inner)
{
  if (inner->kind == PH_CLARITY_PAGE_NODE)
    {
      if (!inner->sent)
        g_ptr_array_add (tell->frames, inner);
      return;
    }

  inner->sent = TRUE;

  if (inner->adopted != NULL)
    g_ptr_array_add (tell->adopters, inner);
}

static void
write_element (PhClarityTell *tell,
               PhClarityItem *item,
               gboolean is_move,
               guint depth,
               GString *out)
{
  PhClarityItem *shadow =
    item->inner != NULL && item->inner->kind == PH_CLARITY_SHADOW ? item->inner : NULL;

  put_literal (out, ",\"tagName\":");
  ph_json_write_string (out, ph_names_text (tell->tree->names, item->tag), -1);
  put_literal (out, ",\"attributes\":");
  write_attributes (tell, item, FALSE, out);

  if (item->is_svg)
    g_string_append (out, ",\"isSVG\":true");

  if (shadow != NULL)
    g_string_append (out, ",\"isShadowHost\":true");

  if (g_hash_table_contains (tell->tree->defined, GUINT_TO_POINTER (item->tag)))
    g_string_append (out, ",\"isCustom\":true");

  if (item->inner != NULL && !is_move)
    note_inner (tell, item->inner);

  put_literal (out, ",\"childNodes\":[");

  if (shadow != NULL && !is_move)
    write_children (tell, shadow, depth, out);

  if (!is_move)
    write_children (tell, item, depth, out);

  g_string_append_c (out, ']');
}

static void
write_doctype (PhClarityTell *tell,
               const PhClarityItem *item,
               GString *out)
{
  static const char *const names[] = { "name", "publicId", "systemId" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *value = ph_clarity_item_attribute (tell->tree, item, names[i]);

      write_member (out, names[i], value != NULL ? value : "");
    }
}

static void
write_page (PhClarityTell *tell,
            PhClarityItem *page,
            guint depth,
            GString *out)
{
  if (ph_clarity_item_has_quirks (page))
    g_string_append (out, ",\"compatMode\":\"BackCompat\"");

  if (page->adopted != NULL)
    g_ptr_array_add (tell->adopters, page);

  g_string_append (out, ",\"childNodes\":[");
  write_children (tell, page, depth, out);
  g_string_append_c (out, ']');
}

/* Writes a node with all that is in it, or, of one that is known, only itself. */
static void
write_item (PhClarityTell *tell,
            PhClarityItem *item,
            gboolean is_move,
            guint depth,
            GString *out)
{
  static const int types[] = {
    [PH_CLARITY_ELEMENT] = 2,
    [PH_CLARITY_TEXT] = 3,
    [PH_CLARITY_DOCTYPE] = 1,
    [PH_CLARITY_SHADOW] = 2,
    [PH_CLARITY_PAGE_NODE] = 0,
  };

  ph_clarity_put_number (out, "{\"type\":", types[item->kind]);
  ph_clarity_put_number (out, ",\"id\":", item->id);
  item->sent = TRUE;

  if (item->parent != NULL && item->parent->kind == PH_CLARITY_SHADOW)
    g_string_append (out, ",\"isShadow\":true");

  if (item->kind == PH_CLARITY_ELEMENT)
    write_element (tell, item, is_move, depth, out);
  else if (item->kind == PH_CLARITY_TEXT)
    {
      put_literal (out, ",\"textContent\":");
      ph_json_write_string (out, item->text != NULL ? item->text : "", -1);
    }
  else if (item->kind == PH_CLARITY_DOCTYPE)
    write_doctype (tell, item, out);
  else if (item->kind == PH_CLARITY_PAGE_NODE)
    write_page (tell, item, depth, out);

  item->moved = FALSE;
  item->attributes_changed = FALSE;
  /* A style that is moved keeps the text it has in the page: a new one is a change as well. */
  item->text_changed = item->text_changed && is_move && item->is_style;
  g_string_append_c (out, '}');
}

void
ph_clarity_tell_page (PhClarityTell *tell,
                      GString *out)
{
  g_ptr_array_set_size (tell->frames, 0);
  g_ptr_array_set_size (tell->adopters, 0);
  write_item (tell, tell->tree->page, FALSE, 1, out);
}

/* ---- additions ---- */

static void
write_add (PhClarityTell *tell,
           PhClarityItem *item)
{
  PhClarityItem *parent = item->parent;
  gint32 id = parent->kind == PH_CLARITY_SHADOW ? parent->parent->id : parent->id;

  put_comma (tell->adds);
  ph_clarity_put_number (tell->adds, "{\"parentId\":", id);

  if (item->next != NULL)
    ph_clarity_put_number (tell->adds, ",\"nextId\":", item->next->id);
  else
    g_string_append (tell->adds, ",\"nextId\":null");

  tell->has_moved |= item->sent;
  g_string_append (tell->adds, ",\"node\":");
  write_item (tell, item, item->sent, 1, tell->adds);
  g_string_append_c (tell->adds, '}');
}

/* The siblings behind it come first, as it names the next one as its neighbour. */
static void
add_with_next (PhClarityTell *tell,
               PhClarityItem *item)
{
  g_ptr_array_set_size (tell->chain, 0);

  for (; item != NULL && (!item->sent || item->moved); item = item->next)
    g_ptr_array_add (tell->chain, item);

  while (tell->chain->len > 0)
    write_add (tell, g_ptr_array_steal_index (tell->chain, tell->chain->len - 1));
}

/*
 * Tells where an item is, and before that where all that it is in are: one that is to move
 * into another may hold that other until it moves out itself.
 */
static void
add_from_top (PhClarityTell *tell,
              PhClarityItem *item)
{
  g_ptr_array_set_size (tell->path, 0);

  for (; item != NULL; item = item->parent)
    g_ptr_array_add (tell->path, item);

  for (guint i = tell->path->len; i-- > 0;)
    {
      PhClarityItem *parent;

      item = tell->path->pdata[i];
      parent = item->parent;

      if (parent == NULL)
        continue;

      if (!parent->sent || (parent->is_opaque && parent->inner != item))
        return;

      if (parent->inner != item)
        {
          if (!item->sent || item->moved)
            add_with_next (tell, item);
        }
      else if (!item->sent)
        {
          note_inner (tell, item);
        }
    }
}

static void
add_touched (PhClarityTell *tell)
{
  GPtrArray *touched = tell->tree->touched;

  for (guint i = 0; i < touched->len; i++)
    {
      PhClarityItem *item = touched->pdata[i];

      if ((!item->sent || item->moved) && ph_clarity_tree_holds (tell->tree, item))
        add_from_top (tell, item);
    }
}

/* ---- removals ---- */

static const PhClarityItem *
page_of (const PhClarityItem *item)
{
  while (item != NULL && item->kind != PH_CLARITY_PAGE_NODE)
    item = item->parent;

  return item;
}

/* Nothing in the item is known any more. */
static void
unsend (PhClarityItem *item)
{
  PhClarityItem *at = item;

  while (TRUE)
    {
      at->sent = FALSE;

      if (at->inner != NULL)
        {
          at = at->inner;
          continue;
        }

      if (at->first != NULL)
        {
          at = at->first;
          continue;
        }

      /* Up again: behind what is owned come the children, behind a child the next. */
      while (at != item)
        {
          PhClarityItem *up = at->parent;

          if (up->inner == at && up->first != NULL)
            {
              at = up->first;
              break;
            }

          if (up->inner != at && at->next != NULL)
            {
              at = at->next;
              break;
            }

          at = up;
        }

      if (at == item)
        return;
    }
}

/* Those that are not in the page any more, or in a document that is not told yet. */
static GPtrArray *
find_removed (PhClarityTell *tell)
{
  GPtrArray *touched = tell->tree->touched;
  GPtrArray *removed = g_ptr_array_new ();

  for (guint i = 0; i < touched->len; i++)
    {
      PhClarityItem *item = touched->pdata[i];

      if (item->sent && item->moved && item->kind != PH_CLARITY_SHADOW &&
          (!ph_clarity_tree_holds (tell->tree, item) || !page_of (item)->sent))
        g_ptr_array_add (removed, item);
    }

  return removed;
}

static void
write_removes (const GPtrArray *removed,
               GString *out)
{
  put_comma (out);
  g_string_append (out, "\"removes\":[");

  for (guint i = 0; i < removed->len; i++)
    {
      const PhClarityItem *item = removed->pdata[i];

      /* Another took its place, and with that it was gone. */
      if (item->kind == PH_CLARITY_PAGE_NODE || item->kind == PH_CLARITY_DOCTYPE)
        continue;

      put_comma (out);
      g_string_append (out, "{\"id\":");
      ph_json_write_int (out, item->id);
      g_string_append_c (out, '}');
    }

  g_string_append_c (out, ']');
}

/* ---- changes ---- */

static void
write_texts (PhClarityTell *tell,
             GString *out)
{
  GPtrArray *touched = tell->tree->touched;

  g_string_append (out, "\"texts\":[");

  for (guint i = 0; i < touched->len; i++)
    {
      const PhClarityItem *item = touched->pdata[i];

      if (!item->sent || !item->text_changed || item->kind != PH_CLARITY_TEXT)
        continue;

      put_comma (out);
      ph_clarity_put_number (out, "{\"id\":", item->id);
      g_string_append (out, ",\"value\":");
      ph_json_write_string (out, item->text, -1);
      g_string_append_c (out, '}');
    }

  g_string_append (out, "],");
}

static void
write_changed_attributes (PhClarityTell *tell,
                          GString *out)
{
  GPtrArray *touched = tell->tree->touched;

  g_string_append (out, "\"attributes\":[");

  for (guint i = 0; i < touched->len; i++)
    {
      const PhClarityItem *item = touched->pdata[i];

      if (!item->sent || item->kind != PH_CLARITY_ELEMENT ||
          (!item->attributes_changed && !item->text_changed))
        continue;

      put_comma (out);
      ph_clarity_put_number (out, "{\"id\":", item->id);
      g_string_append (out, ",\"attributes\":");
      write_attributes (tell, item, TRUE, out);
      g_string_append_c (out, '}');
    }

  g_string_append_c (out, ']');
}

static gboolean
hand_over (PhClarityTell *tell,
           GError **error)
{
  return tell->func (tell->out->str, tell->out->len, tell->user_data, error);
}

static gboolean
tell_removes (PhClarityTell *tell,
              const GPtrArray *removed,
              GError **error)
{
  g_string_assign (tell->out, "{\"source\":0,\"texts\":[],\"attributes\":[],\"adds\":[]");
  write_removes (removed, tell->out);
  g_string_append_c (tell->out, '}');

  return hand_over (tell, error);
}

/*
 * One event, or two: rrweb removes before it adds, so where nodes move out of
 * something that goes, that goes in an event of its own, later.
 */
static gboolean
tell_mutation (PhClarityTell *tell,
               GError **error)
{
  g_autoptr (GPtrArray) removed = find_removed (tell);
  gboolean is_later;

  g_string_truncate (tell->adds, 0);
  g_string_append (tell->adds, "[");
  tell->has_moved = FALSE;

  for (guint i = 0; i < removed->len; i++)
    unsend (removed->pdata[i]);

  add_touched (tell);
  g_string_append (tell->adds, "]");

  is_later = tell->has_moved && removed->len > 0;
  g_string_assign (tell->out, "{\"source\":0,");
  write_texts (tell, tell->out);
  write_changed_attributes (tell, tell->out);

  if (!is_later)
    write_removes (removed, tell->out);
  else
    g_string_append (tell->out, ",\"removes\":[]");

  g_string_append (tell->out, ",\"adds\":");
  g_string_append_len (tell->out, tell->adds->str, (gssize) tell->adds->len);
  g_string_append_c (tell->out, '}');

  return hand_over (tell, error) && (!is_later || tell_removes (tell, removed, error));
}

/* Documents of iframes; while one is told, more may come to be known. */
static gboolean
tell_frames (PhClarityTell *tell,
             GError **error)
{
  for (guint i = 0; i < tell->frames->len; i++)
    {
      PhClarityItem *page = tell->frames->pdata[i];

      if (page->sent || page->parent == NULL)
        continue;

      g_string_printf (tell->out,
                       "{\"source\":0,\"isAttachIframe\":true,\"texts\":[],\"attributes\":[],"
                       "\"removes\":[],\"adds\":[{\"parentId\":%d,\"nextId\":null,\"node\":",
                       page->parent->id);
      write_item (tell, page, FALSE, 1, tell->out);
      g_string_append (tell->out, "}]}");

      if (!hand_over (tell, error))
        return FALSE;
    }

  g_ptr_array_set_size (tell->frames, 0);

  return TRUE;
}

gboolean
ph_clarity_tell_adopted (PhClarityTell *tell,
                         PhClarityItem *item,
                         GError **error)
{
  if (!item->sent || item->adopted == NULL)
    return TRUE;

  g_string_printf (tell->out, "{\"source\":15,\"id\":%d,",
                   item->kind == PH_CLARITY_SHADOW ? item->parent->id : item->id);
  ph_clarity_sheets_write (tell->sheets, item->adopted, tell->out);
  g_string_append_c (tell->out, '}');

  return hand_over (tell, error);
}

gboolean
ph_clarity_tell_changes (PhClarityTell *tell,
                         GError **error)
{
  gboolean has_changes = FALSE;
  gboolean done = TRUE;

  for (guint i = 0; i < tell->tree->touched->len && !has_changes; i++)
    {
      const PhClarityItem *item = tell->tree->touched->pdata[i];

      has_changes = (item->sent && (item->moved || item->text_changed ||
                                    item->attributes_changed)) ||
                    (!item->sent && item->parent != NULL && item->parent->sent);
    }

  done = (!has_changes || tell_mutation (tell, error)) && tell_frames (tell, error);

  for (guint i = 0; i < tell->adopters->len && done; i++)
    done = ph_clarity_tell_adopted (tell, tell->adopters->pdata[i], error);

  g_ptr_array_set_size (tell->adopters, 0);
  ph_clarity_tree_settle (tell->tree);

  return done;
}
