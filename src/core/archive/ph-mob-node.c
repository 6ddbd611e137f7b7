/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-mob-node.h"

#include "ph-limits.h"
#include "ph-mob-text.h"

#include <string.h>

/* Roots and hosts count, too. */
#define MAX_DEPTH (PH_LIMIT_TREE_DEPTH + 100)

PhMobNode *
ph_mob_node_new (PhMobNodeKind kind,
                 gint32 id)
{
  PhMobNode *node = g_new0 (PhMobNode, 1);

  node->kind = (guint8) kind;
  node->id = id;

  return node;
}

void
ph_mob_node_free (PhMobNode *node)
{
  if (node == NULL)
    return;

  g_clear_pointer (&node->children, g_sequence_free);
  g_clear_pointer (&node->attributes, g_ptr_array_unref);
  g_free (node->tag);
  g_free (node->text);
  g_free (node);
}

gboolean
ph_mob_node_is_inside (const PhMobNode *node,
                       const PhMobNode *other)
{
  for (guint depth = 0; node != NULL; node = node->parent)
    if (node == other || ++depth > MAX_DEPTH)
      return TRUE;

  return FALSE;
}

void
ph_mob_node_take_out (PhMobNode *node)
{
  if (node->place != NULL)
    g_sequence_remove (node->place);
  else if (node->parent != NULL && node->parent->root == node)
    node->parent->root = NULL;

  node->place = NULL;
  node->parent = NULL;
}

void
ph_mob_node_insert (PhMobNode *node,
                    PhMobNode *parent,
                    gint64 index)
{
  ph_mob_node_take_out (node);

  if (parent->children == NULL)
    parent->children = g_sequence_new (NULL);

  /* Negative is the end for GSequence, as is what is too large. */
  node->place =
    g_sequence_insert_before (g_sequence_get_iter_at_pos (parent->children,
                                                          (int) MIN (index, G_MAXINT32)),
                              node);
  node->parent = parent;
}

PhMobNode *
ph_mob_node_next (const PhMobNode *node)
{
  GSequenceIter *next;

  if (node->place == NULL)
    return NULL;

  next = g_sequence_iter_next (node->place);

  return g_sequence_iter_is_end (next) ? NULL : g_sequence_get (next);
}

static PhMobNode *
first_child (const PhMobNode *node)
{
  return node->children != NULL && !g_sequence_is_empty (node->children)
           ? g_sequence_get (g_sequence_get_begin_iter (node->children))
           : NULL;
}

PhMobNode *
ph_mob_node_after (const PhMobNode *node,
                   const PhMobNode *top)
{
  PhMobNode *next = node->root != NULL ? node->root : first_child (node);

  /* A root comes before the children of its host. */
  while (next == NULL && node != top)
    {
      next = node->place != NULL ? ph_mob_node_next (node) : first_child (node->parent);
      node = node->parent;
    }

  return next;
}

/* The first node to be visited below @node. */
static PhMobNode *
go_down (PhMobNode *node)
{
  for (;;)
    {
      PhMobNode *next = node->root != NULL ? node->root : first_child (node);

      if (next == NULL)
        return node;

      node = next;
    }
}

void
ph_mob_node_each (PhMobNode *node,
                  void (*func) (PhMobNode *node,
                                gpointer user_data),
                  gpointer user_data)
{
  PhMobNode *at = go_down (node);

  for (;;)
    {
      PhMobNode *parent = at->parent;
      PhMobNode *next = ph_mob_node_next (at);
      gboolean is_last = at == node;
      gboolean is_root = at->place == NULL;

      func (at, user_data);

      if (is_last)
        return;

      if (next != NULL)
        at = go_down (next);
      else if (is_root && first_child (parent) != NULL)
        at = go_down (first_child (parent));
      else
        at = parent;
    }
}

static guint
find_attribute (const PhMobNode *node,
                const char *name)
{
  guint n = node->attributes != NULL ? node->attributes->len : 0;
  guint i = 0;

  while (i < n && strcmp (node->attributes->pdata[i], name) != 0)
    i += 2;

  return i;
}

const char *
ph_mob_node_attribute (const PhMobNode *node,
                       const char *name)
{
  guint i = find_attribute (node, name);

  return node->attributes != NULL && i < node->attributes->len ? node->attributes->pdata[i + 1]
                                                               : NULL;
}

gboolean
ph_mob_node_set_attribute (PhMobNode *node,
                           const char *name,
                           char *value)
{
  guint i = find_attribute (node, name);

  if (node->attributes != NULL && i < node->attributes->len)
    {
      if (value == NULL)
        {
          g_ptr_array_remove_range (node->attributes, i, 2);
        }
      else
        {
          g_free (node->attributes->pdata[i + 1]);
          node->attributes->pdata[i + 1] = value;
        }

      return TRUE;
    }

  if (value == NULL)
    return TRUE;

  if (i / 2 >= PH_LIMIT_ATTRIBUTES)
    {
      g_free (value);
      return FALSE;
    }

  if (node->attributes == NULL)
    node->attributes = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (node->attributes, g_strdup (name));
  g_ptr_array_add (node->attributes, value);

  return TRUE;
}

gboolean
ph_mob_node_may_have (const char *name,
                      gsize size)
{
  static const char *const others[] = { "autocomplete", "_cssText" };

  if (size == 0 || size > PH_LIMIT_NAME_BYTES || strlen (name) != size ||
      strpbrk (name, "\t\n\f />\"'=") != NULL || g_str_has_prefix (name, "rr_"))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (g_ascii_strcasecmp (name, others[i]) == 0)
      return FALSE;

  return TRUE;
}

char *
ph_mob_node_adapt (const PhMobNode *node,
                   const char *name,
                   const char *value,
                   gsize size)
{
  /* A sheet that is no address on the web was the page's own business. */
  if (strcmp (node->tag, "link") == 0 && strcmp (name, "href") == 0 &&
      (size < 4 || strncmp (value, "http", 4) != 0))
    return NULL;

  /* The place in a page that is shown from elsewhere now: url(https://page#place). */
  if (node->is_svg && size > 4 && strncmp (value, "url(", 4) == 0)
    {
      const char *hash = memchr (value, '#', size);

      if (hash != NULL)
        return g_strdup_printf ("url(%.*s", (int) (size - (gsize) (hash - value)), hash);
    }

  return g_strndup (value, size);
}

/* ---- as JSON ---- */

static void
put_element (GString *out,
             const PhMobNode *node)
{
  g_string_append (out, "{\"type\":2,\"tagName\":");
  ph_mob_put_string (out, node->tag, strlen (node->tag));
  g_string_append (out, ",\"attributes\":{");

  for (guint i = 0; node->attributes != NULL && i < node->attributes->len; i += 2)
    {
      const char *name = node->attributes->pdata[i];
      const char *value = node->attributes->pdata[i + 1];

      if (i > 0)
        g_string_append_c (out, ',');

      ph_mob_put_string (out, name, strlen (name));
      g_string_append_c (out, ':');
      ph_mob_put_string (out, value, strlen (value));
    }

  g_string_append (out, "},\"childNodes\":[]");

  if (node->is_svg)
    g_string_append (out, ",\"isSVG\":true");
  else if (strchr (node->tag, '-') != NULL)
    g_string_append (out, ",\"isCustom\":true");
}

void
ph_mob_node_write (const PhMobNode *node,
                   gboolean is_shadow,
                   GString *out)
{
  if (node->kind == PH_MOB_ELEMENT)
    {
      put_element (out, node);
    }
  else if (node->kind == PH_MOB_DOCUMENT)
    {
      g_string_append (out, "{\"type\":0,\"childNodes\":[]");
    }
  else
    {
      g_string_append (out, "{\"type\":3,\"textContent\":");
      ph_mob_put_string (out, node->text != NULL ? node->text : "", node->text_size);
    }

  if (is_shadow)
    g_string_append (out, ",\"isShadow\":true");

  ph_mob_put_number (out, ",\"id\":", node->id);
  g_string_append_c (out, '}');
}
