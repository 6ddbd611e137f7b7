/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-mob-page.h"

#include "ph-declarations.h"
#include "ph-hash.h"
#include "ph-limits.h"
#include "ph-mob-node.h"
#include "ph-mob-text.h"

#include <string.h>

/* What is gathered goes out when it is about this long. */
#define MAX_GATHERED ((gsize) 2 * 1024 * 1024)

/* Milliseconds: trackers tell what a field holds this soon after it came; nobody types so fast. */
#define FIRST_VALUE_TIME 1000

/* A node that comes, or moves, to a place. */
typedef struct
{
  PhMobNode *node;
  gint32 parent;
  gint32 next; /* 0: none, the last */
  gboolean is_shadow;
} Add;

struct _PhMobPage
{
  PhReading *reading;
  PhHealth *health;
  PhJson *json;
  char *tab;

  char *href;
  gint64 width;
  gint64 height;
  gint64 time;

  gboolean has_document;
  gboolean document_due; /* it is there, but no event says so yet */
  gboolean said_missing;
  GHashTable *nodes; /* OpenReplay's id → PhMobNode */

  GArray *adds;       /* Add */
  GPtrArray *fresh;   /* nodes that are_new */
  GPtrArray *removed; /* trees that go, each under a node that is_removed */
  GPtrArray *dropped; /* trees that are gone with the root they had */
  GString *texts;
  GString *attributes;
  GString *out;
};

PhMobPage *
ph_mob_page_new (PhReading *reading,
                 const char *tab,
                 const char *href)
{
  PhMobPage *page = g_new0 (PhMobPage, 1);

  page->reading = reading;
  page->health = ph_reading_get_health (reading);
  page->json = ph_json_new ();
  page->tab = g_strdup (tab);
  page->href = g_strdup (href);
  page->nodes = g_hash_table_new (ph_hash_int, NULL);
  page->adds = g_array_new (FALSE, FALSE, sizeof (Add));
  page->fresh = g_ptr_array_new ();
  page->removed = g_ptr_array_new ();
  page->dropped = g_ptr_array_new ();
  page->texts = g_string_new (NULL);
  page->attributes = g_string_new (NULL);
  page->out = g_string_new (NULL);

  return page;
}

static void
forget_nodes (PhMobPage *page)
{
  GHashTableIter iter;
  gpointer node;

  g_hash_table_iter_init (&iter, page->nodes);

  while (g_hash_table_iter_next (&iter, NULL, &node))
    ph_mob_node_free (node);

  g_hash_table_remove_all (page->nodes);
  g_array_set_size (page->adds, 0);
  g_ptr_array_set_size (page->fresh, 0);
  g_ptr_array_set_size (page->removed, 0);
  g_ptr_array_set_size (page->dropped, 0);
  g_string_truncate (page->texts, 0);
  g_string_truncate (page->attributes, 0);
}

void
ph_mob_page_free (PhMobPage *page)
{
  if (page == NULL)
    return;

  forget_nodes (page);
  g_hash_table_unref (page->nodes);
  g_array_unref (page->adds);
  g_ptr_array_unref (page->fresh);
  g_ptr_array_unref (page->removed);
  g_ptr_array_unref (page->dropped);
  g_string_free (page->texts, TRUE);
  g_string_free (page->attributes, TRUE);
  g_string_free (page->out, TRUE);
  ph_json_free (page->json);
  g_free (page->href);
  g_free (page->tab);
  g_free (page);
}

/* ---- giving events ---- */

static gboolean
give (PhMobPage *page,
      GError **error)
{
  gboolean is_json;

  ph_mob_put_number (page->out, ",\"timestamp\":", page->time);
  g_string_append_c (page->out, '}');

  if (!ph_reading_emit (page->reading, page->out->str, page->out->len, page->tab, &is_json, error))
    return FALSE;

  if (!is_json)
    ph_health_add (page->health, PH_HEALTH_DAMAGED, PH_TIME_NONE,
                   "a message that cannot be said as an event");

  return TRUE;
}

static gboolean
give_meta (PhMobPage *page,
           GError **error)
{
  g_string_assign (page->out, "{\"type\":4,\"data\":{\"href\":");
  ph_mob_put_string (page->out, page->href, strlen (page->href));

  if (page->width > 0 && page->height > 0)
    g_string_append_printf (page->out,
                            ",\"width\":%" G_GINT64_FORMAT ",\"height\":%" G_GINT64_FORMAT,
                            page->width, page->height);

  g_string_append_c (page->out, '}');

  return give (page, error);
}

static gboolean
give_document (PhMobPage *page,
               GError **error)
{
  page->document_due = FALSE;

  if (!give_meta (page, error))
    return FALSE;

  g_string_printf (page->out,
                   "{\"type\":2,\"data\":{\"node\":{\"type\":0,\"childNodes\":["
                   "{\"type\":1,\"name\":\"html\",\"publicId\":\"\",\"systemId\":\"\",\"id\":%d},"
                   "{\"type\":2,\"tagName\":\"html\",\"attributes\":{},\"childNodes\":[],"
                   "\"id\":%d}],\"id\":%d},\"initialOffset\":{\"left\":0,\"top\":0}}",
                   PH_MOB_ID_DOCTYPE, PH_MOB_ID_FIRST, PH_MOB_ID_DOCUMENT);

  return give (page, error);
}

static void
put_add (GString *out,
         const Add *add)
{
  ph_mob_put_number (out, "{\"parentId\":", add->parent);

  if (add->next != 0)
    ph_mob_put_number (out, ",\"nextId\":", add->next);
  else
    g_string_append (out, ",\"nextId\":null");

  g_string_append (out, ",\"node\":");
  ph_mob_node_write (add->node, add->is_shadow, out);
  g_string_append_c (out, '}');
}

static gboolean
give_changes (PhMobPage *page,
              GError **error)
{
  if (page->document_due && !give_document (page, error))
    return FALSE;

  if (page->adds->len == 0 && page->texts->len == 0 && page->attributes->len == 0)
    return TRUE;

  g_string_assign (page->out, "{\"type\":3,\"data\":{\"source\":0,\"removes\":[],\"adds\":[");

  for (guint i = 0; i < page->adds->len; i++)
    {
      if (i > 0)
        g_string_append_c (page->out, ',');

      put_add (page->out, &g_array_index (page->adds, Add, i));
    }

  g_string_append (page->out, "],\"texts\":[");
  g_string_append_len (page->out, page->texts->str, (gssize) page->texts->len);
  g_string_append (page->out, "],\"attributes\":[");
  g_string_append_len (page->out, page->attributes->str, (gssize) page->attributes->len);
  g_string_append (page->out, "]}");

  for (guint i = 0; i < page->fresh->len; i++)
    ((PhMobNode *) page->fresh->pdata[i])->is_new = FALSE;

  g_array_set_size (page->adds, 0);
  g_ptr_array_set_size (page->fresh, 0);
  g_string_truncate (page->texts, 0);
  g_string_truncate (page->attributes, 0);

  return give (page, error);
}

static void
free_node_cb (PhMobNode *node,
              gpointer user_data)
{
  PhMobPage *page = user_data;

  g_hash_table_remove (page->nodes, GINT_TO_POINTER (node->id - PH_MOB_ID_FIRST));
  ph_mob_node_free (node);
}

static gboolean
give_removes (PhMobPage *page,
              GError **error)
{
  gboolean any = FALSE;

  g_string_assign (page->out, "{\"type\":3,\"data\":{\"source\":0,\"removes\":[");

  for (guint i = 0; i < page->removed->len; i++)
    {
      PhMobNode *node = page->removed->pdata[i];

      if (node->is_known)
        {
          /* Nobody asks where it was: its id says it. */
          g_string_append_printf (page->out, "%s{\"parentId\":%d,\"id\":%d}", any ? "," : "",
                                  PH_MOB_ID_DOCUMENT, node->id);
          any = TRUE;
        }

      ph_mob_node_each (node, free_node_cb, page);
    }

  for (guint i = 0; i < page->dropped->len; i++)
    ph_mob_node_each (page->dropped->pdata[i], free_node_cb, page);

  g_ptr_array_set_size (page->removed, 0);
  g_ptr_array_set_size (page->dropped, 0);
  g_string_append (page->out, "],\"adds\":[],\"texts\":[],\"attributes\":[]}");

  return !any || give (page, error);
}

gboolean
ph_mob_page_flush (PhMobPage *page,
                   GError **error)
{
  g_return_val_if_fail (page != NULL, FALSE);

  return give_changes (page, error) &&
         (page->removed->len + page->dropped->len == 0 || give_removes (page, error));
}

gboolean
ph_mob_page_set_time (PhMobPage *page,
                      gint64 time,
                      GError **error)
{
  g_return_val_if_fail (page != NULL, FALSE);

  if (time != page->time && !ph_mob_page_flush (page, error))
    return FALSE;

  page->time = time;

  if (page->texts->len + page->attributes->len + page->adds->len * sizeof (Add) > MAX_GATHERED)
    return give_changes (page, error);

  return TRUE;
}

GString *
ph_mob_page_begin_event (PhMobPage *page,
                         const char *start,
                         GError **error)
{
  g_return_val_if_fail (page != NULL && start != NULL, NULL);

  if (!give_changes (page, error))
    return NULL;

  return g_string_assign (page->out, start);
}

gboolean
ph_mob_page_end_event (PhMobPage *page,
                       const char *end,
                       GError **error)
{
  g_return_val_if_fail (page != NULL && end != NULL, FALSE);

  g_string_append (page->out, end);

  return give (page, error);
}

/* ---- the page as a whole ---- */

static PhMobNode *
add_node (PhMobPage *page,
          PhMobNodeKind kind,
          gint64 id)
{
  PhMobNode *node = ph_mob_node_new (kind, (gint32) id + PH_MOB_ID_FIRST);

  node->time = page->time;
  g_hash_table_insert (page->nodes, GINT_TO_POINTER ((gint32) id), node);

  return node;
}

gboolean
ph_mob_page_begin_document (PhMobPage *page,
                            GError **error)
{
  PhMobNode *root;

  g_return_val_if_fail (page != NULL, FALSE);

  if (!ph_mob_page_flush (page, error))
    return FALSE;

  forget_nodes (page);
  root = add_node (page, PH_MOB_ELEMENT, 0);
  root->tag = g_strdup ("html");
  root->is_known = TRUE;
  page->has_document = TRUE;
  page->document_due = TRUE;

  return TRUE;
}

gboolean
ph_mob_page_set_location (PhMobPage *page,
                          const char *url,
                          gsize size,
                          GError **error)
{
  g_return_val_if_fail (page != NULL, FALSE);

  g_free (page->href);
  page->href = g_utf8_make_valid (url, (gssize) strnlen (url, size));

  /* Where the page is due, it will say this, too. */
  if (page->document_due)
    return TRUE;

  return give_changes (page, error) && give_meta (page, error);
}

gboolean
ph_mob_page_set_viewport (PhMobPage *page,
                          gint64 width,
                          gint64 height,
                          GError **error)
{
  g_return_val_if_fail (page != NULL, FALSE);

  page->width = width;
  page->height = height;

  if (page->document_due)
    return TRUE;

  if (ph_mob_page_begin_event (page, "{\"type\":3,\"data\":{\"source\":4", error) == NULL)
    return FALSE;

  g_string_append_printf (page->out,
                          ",\"width\":%" G_GINT64_FORMAT ",\"height\":%" G_GINT64_FORMAT, width,
                          height);

  return ph_mob_page_end_event (page, "}", error);
}

const char *
ph_mob_page_get_href (PhMobPage *page)
{
  return page->href;
}

void
ph_mob_page_get_viewport (PhMobPage *page,
                          gint64 *width,
                          gint64 *height)
{
  *width = page->width;
  *height = page->height;
}

PhHealth *
ph_mob_page_get_health (PhMobPage *page)
{
  return page->health;
}

gboolean
ph_mob_page_is_there (PhMobPage *page)
{
  g_return_val_if_fail (page != NULL, FALSE);

  if (page->has_document)
    return TRUE;

  if (!page->said_missing)
    ph_health_add (page->health, PH_HEALTH_NO_FULL_SNAPSHOT, PH_TIME_NONE,
                   "it changes a page that begins in another file: open the session's first part "
                   "(its name ends in .mobs) together with this one");

  ph_health_add_silent (page->health, PH_HEALTH_EARLY_EVENT, 1);
  page->said_missing = TRUE;

  return FALSE;
}

/* ---- nodes ---- */

static PhMobNode *
look_up (PhMobPage *page,
         gint64 id)
{
  PhMobNode *node = NULL;

  if (id >= 0 && id <= G_MAXINT32 - PH_MOB_ID_FIRST)
    node = g_hash_table_lookup (page->nodes, GINT_TO_POINTER ((gint32) id));

  return node;
}

static PhMobNode *
find_node (PhMobPage *page,
           gint64 id,
           const char *what)
{
  PhMobNode *node = look_up (page, id);

  if (node == NULL)
    ph_health_add (page->health, PH_HEALTH_UNKNOWN_NODE, PH_TIME_NONE,
                   "%s of the unknown node %" G_GINT64_FORMAT, what, id);

  return node;
}

/* Whether the number may be that of a node that comes. */
static gboolean
is_free (PhMobPage *page,
         gint64 id)
{
  if (id <= 0 || id > G_MAXINT32 - PH_MOB_ID_FIRST)
    {
      ph_health_add (page->health, PH_HEALTH_ODD_VALUE, PH_TIME_NONE,
                     "a node with the number %" G_GINT64_FORMAT, id);
      return FALSE;
    }

  if (look_up (page, id) != NULL)
    {
      ph_health_add (page->health, PH_HEALTH_DUPLICATE_NODE, PH_TIME_NONE,
                     "the number %" G_GINT64_FORMAT " again", id);
      return FALSE;
    }

  if (g_hash_table_size (page->nodes) >= PH_LIMIT_NODES)
    {
      ph_health_add (page->health, PH_HEALTH_LIMIT, PH_TIME_NONE, "more than %d nodes in a page",
                     PH_LIMIT_NODES);
      return FALSE;
    }

  return TRUE;
}

/* Says that a node is at its place; of one that no event has yet, all that is in it, too. */
static void
announce (PhMobPage *page,
          PhMobNode *top)
{
  gboolean is_all = !top->is_known;

  for (PhMobNode *node = top; node != NULL; node = is_all ? ph_mob_node_after (node, top) : NULL)
    {
      PhMobNode *parent = node->parent;
      PhMobNode *next = ph_mob_node_next (node);
      Add add = { .node = node, .parent = parent->id };

      if (parent->kind == PH_MOB_SHADOW)
        {
          add.parent = parent->parent->id;
          add.is_shadow = TRUE;
        }

      if (next != NULL && next->is_known)
        add.next = next->id;

      if (!node->is_known && node->kind != PH_MOB_SHADOW)
        {
          node->is_new = TRUE;
          g_ptr_array_add (page->fresh, node);
        }

      node->is_known = TRUE;

      if (node->kind != PH_MOB_SHADOW)
        g_array_append_val (page->adds, add);
    }
}

static void
place (PhMobPage *page,
       PhMobNode *node,
       gint64 parent_id,
       gint64 index)
{
  PhMobNode *parent = look_up (page, parent_id);

  /* It is kept: it may yet be moved to where it can be seen. */
  if (parent == NULL || parent->kind == PH_MOB_TEXT || (node->is_known && !parent->is_known) ||
      ph_mob_node_is_inside (parent, node))
    {
      ph_health_add (page->health, PH_HEALTH_UNPLACED_NODE, PH_TIME_NONE,
                     "the node %d cannot be in the node %" G_GINT64_FORMAT,
                     node->id - PH_MOB_ID_FIRST, parent_id);
      return;
    }

  ph_mob_node_insert (node, parent, index);

  if (parent->is_known)
    announce (page, node);
}

void
ph_mob_page_create (PhMobPage *page,
                    gint64 id,
                    gint64 parent,
                    gint64 index,
                    const PhMobField *tag,
                    gboolean is_svg)
{
  PhMobNode *node;

  g_return_if_fail (page != NULL);

  if (!ph_mob_page_is_there (page) || !is_free (page, id))
    return;

  node = add_node (page, tag != NULL ? PH_MOB_ELEMENT : PH_MOB_TEXT, id);

  if (tag != NULL)
    {
      g_autofree char *name = g_strndup (tag->text, MIN (tag->size, PH_LIMIT_NAME_BYTES));

      /* Events have names in lower case, those of SVG, too. */
      node->tag = g_ascii_strdown (name, -1);
      node->is_svg = is_svg != FALSE;
    }

  place (page, node, parent, index);
}

void
ph_mob_page_create_root (PhMobPage *page,
                         gint64 host_id,
                         gint64 id)
{
  PhMobNode *host;
  PhMobNode *root;

  g_return_if_fail (page != NULL);

  if (!ph_mob_page_is_there (page))
    return;

  host = find_node (page, host_id, "a page");

  if (host == NULL || host->kind != PH_MOB_ELEMENT || !is_free (page, id))
    return;

  if (host->root != NULL)
    {
      PhMobNode *old = host->root;

      ph_mob_node_take_out (old);
      old->is_removed = TRUE;
      g_ptr_array_add (page->dropped, old);
    }

  root = add_node (page,
                   strcmp (host->tag, "iframe") == 0 || strcmp (host->tag, "frame") == 0
                     ? PH_MOB_DOCUMENT
                     : PH_MOB_SHADOW,
                   id);
  host->root = root;
  root->parent = host;

  if (host->is_known)
    announce (page, root);
}

void
ph_mob_page_move (PhMobPage *page,
                  gint64 id,
                  gint64 parent,
                  gint64 index)
{
  PhMobNode *node;

  g_return_if_fail (page != NULL);

  if (!ph_mob_page_is_there (page))
    return;

  node = find_node (page, id, "a move");

  if (node != NULL && id != 0 && !node->is_removed && node->kind <= PH_MOB_TEXT)
    place (page, node, parent, index);
}

void
ph_mob_page_remove (PhMobPage *page,
                    gint64 id)
{
  PhMobNode *node;

  g_return_if_fail (page != NULL);

  if (!ph_mob_page_is_there (page))
    return;

  node = find_node (page, id, "the removal");

  if (node == NULL || id == 0 || node->is_removed || node->kind > PH_MOB_TEXT)
    return;

  ph_mob_node_take_out (node);
  node->is_removed = TRUE;
  g_ptr_array_add (page->removed, node);
}

/* ---- what nodes hold ---- */

static void
say_attribute (PhMobPage *page,
               const PhMobNode *node,
               const char *name,
               const char *value)
{
  if (!node->is_known || node->is_new)
    return;

  if (page->attributes->len > 0)
    g_string_append_c (page->attributes, ',');

  ph_mob_put_number (page->attributes, "{\"id\":", node->id);
  g_string_append (page->attributes, ",\"attributes\":{");
  ph_mob_put_string (page->attributes, name, strlen (name));
  g_string_append_c (page->attributes, ':');

  if (value != NULL)
    ph_mob_put_string (page->attributes, value, strlen (value));
  else
    g_string_append (page->attributes, "null");

  g_string_append (page->attributes, "}}");
}

/* Takes @value. */
static void
change_attribute (PhMobPage *page,
                  PhMobNode *node,
                  const char *name,
                  char *value)
{
  say_attribute (page, node, name, value);

  if (!ph_mob_node_set_attribute (node, name, value))
    ph_health_add (page->health, PH_HEALTH_LIMIT, PH_TIME_NONE,
                   "more than %d attributes of a node", PH_LIMIT_ATTRIBUTES);
}

static PhMobNode *
find_element (PhMobPage *page,
              gint64 id,
              const char *what)
{
  PhMobNode *node = ph_mob_page_is_there (page) ? find_node (page, id, what) : NULL;

  return node != NULL && node->kind == PH_MOB_ELEMENT ? node : NULL;
}

void
ph_mob_page_set_attribute (PhMobPage *page,
                           gint64 id,
                           const char *name,
                           gsize name_size,
                           const char *value,
                           gsize value_size)
{
  char own_name[PH_LIMIT_NAME_BYTES + 1] = "";
  g_autofree char *own_value = NULL;
  PhMobNode *node;

  g_return_if_fail (page != NULL);

  node = find_element (page, id, "an attribute");

  if (node == NULL)
    return;

  memcpy (own_name, name, MIN (name_size, PH_LIMIT_NAME_BYTES));

  if (!ph_mob_node_may_have (own_name, name_size))
    return;

  if (value != NULL)
    {
      own_value = ph_mob_node_adapt (node, own_name, value, value_size);

      if (own_value == NULL)
        return;
    }

  change_attribute (page, node, own_name, g_steal_pointer (&own_value));
}

/* `backgroundColor` is `background-color`. */
static char *
write_property (const char *name)
{
  GString *out = g_string_new (NULL);

  for (; *name != '\0'; name++)
    if (g_ascii_isupper (*name))
      g_string_append_printf (out, "-%c", g_ascii_tolower (*name));
    else
      g_string_append_c (out, *name);

  return g_string_free (out, FALSE);
}

void
ph_mob_page_add_styles (PhMobPage *page,
                        gint64 id,
                        const PhMobField *styles)
{
  g_autoptr (PhDeclarations) declarations = NULL;
  g_autofree char *text = NULL;
  PhMobNode *node;
  const char *old;
  PhJsonIter iter;
  PhJsonValue root;
  PhJsonValue value;
  const char *name;

  g_return_if_fail (page != NULL);

  node = find_element (page, id, "a style");

  if (node == NULL || !ph_json_parse (page->json, styles->text, styles->size, &root, NULL) ||
      ph_json_type (root) != PH_JSON_OBJECT)
    return;

  old = ph_mob_node_attribute (node, "style");
  text = g_utf8_make_valid (old != NULL ? old : "", -1);
  declarations = ph_declarations_new (text);
  ph_json_iter_init (&iter, root);

  while (ph_json_next (&iter, &name, &value))
    {
      g_autofree char *property = write_property (name);
      const char *setting;

      if (ph_json_get_string (value, &setting, NULL))
        ph_declarations_set (declarations, property, setting, FALSE);
    }

  change_attribute (page, node, "style", ph_declarations_write (declarations));
}

void
ph_mob_page_set_slot (PhMobPage *page,
                      gint64 id,
                      gint64 slot_id)
{
  PhMobNode *node;
  const char *name = NULL;

  g_return_if_fail (page != NULL);

  node = find_element (page, id, "a slot");

  if (node == NULL)
    return;

  if (slot_id > 0)
    {
      PhMobNode *slot = find_element (page, slot_id, "a slot");

      if (slot == NULL || strcmp (slot->tag, "slot") != 0)
        return;

      name = ph_mob_node_attribute (slot, "name");
    }

  if (g_strcmp0 (name, "default") == 0)
    name = NULL;

  if (name != NULL || ph_mob_node_attribute (node, "slot") != NULL)
    change_attribute (page, node, "slot", g_strdup (name));
}

void
ph_mob_page_set_data (PhMobPage *page,
                      gint64 id,
                      const char *data,
                      gsize size)
{
  PhMobNode *node;

  g_return_if_fail (page != NULL);

  if (!ph_mob_page_is_there (page))
    return;

  node = find_node (page, id, "the text");

  if (node == NULL || node->kind != PH_MOB_TEXT)
    return;

  g_free (node->text);
  node->text = g_memdup2 (size > 0 ? data : "", MAX (size, 1));
  node->text_size = size;

  if (!node->is_known || node->is_new)
    return;

  if (page->texts->len > 0)
    g_string_append_c (page->texts, ',');

  ph_mob_put_number (page->texts, "{\"id\":", node->id);
  g_string_append (page->texts, ",\"value\":");
  ph_mob_put_string (page->texts, data, size);
  g_string_append_c (page->texts, '}');
}

gboolean
ph_mob_page_set_first_value (PhMobPage *page,
                             gint64 id,
                             const char *value,
                             gsize size,
                             gboolean is_checked)
{
  PhMobNode *node;

  g_return_val_if_fail (page != NULL, FALSE);

  node = look_up (page, id);

  if (node == NULL || node->kind != PH_MOB_ELEMENT || node->has_value ||
      page->time > node->time + FIRST_VALUE_TIME)
    return FALSE;

  node->has_value = TRUE;

  if (value != NULL)
    change_attribute (page, node, "value", g_strndup (value, size));
  else
    change_attribute (page, node, "checked", is_checked ? g_strdup ("") : NULL);

  return TRUE;
}

/* ---- for events of other kinds ---- */

static gint64
get_event_id (const PhMobNode *node)
{
  return node != NULL && node->is_known && node->kind != PH_MOB_SHADOW ? node->id : 0;
}

gint64
ph_mob_page_find (PhMobPage *page,
                  gint64 id)
{
  g_return_val_if_fail (page != NULL, 0);

  return ph_mob_page_is_there (page) ? get_event_id (find_node (page, id, "an event")) : 0;
}

gint64
ph_mob_page_look_up (PhMobPage *page,
                     gint64 id)
{
  g_return_val_if_fail (page != NULL, 0);

  return get_event_id (look_up (page, id));
}

gint64
ph_mob_page_find_owner (PhMobPage *page,
                        gint64 id,
                        gboolean *is_element)
{
  PhMobNode *node;

  g_return_val_if_fail (page != NULL && is_element != NULL, 0);

  *is_element = FALSE;

  if (!ph_mob_page_is_there (page))
    return 0;

  /* The document and its root element share a number. */
  if (id == 0)
    return PH_MOB_ID_DOCUMENT;

  node = find_node (page, id, "a sheet");

  if (node == NULL || !node->is_known || node->kind == PH_MOB_TEXT)
    return 0;

  *is_element = node->kind == PH_MOB_ELEMENT;

  /* Events name a shadow root by its host. */
  return node->kind == PH_MOB_SHADOW ? node->parent->id : node->id;
}

guint
ph_mob_page_count_children (PhMobPage *page,
                            gint64 id)
{
  PhMobNode *node = look_up (page, id);

  return node != NULL && node->children != NULL ? (guint) g_sequence_get_length (node->children)
                                                : 0;
}
