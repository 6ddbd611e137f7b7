/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-datadog-tree.h"

#include <string.h>

#define TYPE_FRAGMENT 11

PhDatadogTree *
ph_datadog_tree_new (void)
{
  PhDatadogTree *tree = g_new0 (PhDatadogTree, 1);

  tree->hosts = g_hash_table_new (NULL, NULL);
  tree->children = g_hash_table_new (NULL, NULL);

  return tree;
}

void
ph_datadog_tree_free (PhDatadogTree *tree)
{
  if (tree == NULL)
    return;

  g_hash_table_unref (tree->hosts);
  g_hash_table_unref (tree->children);
  g_free (tree);
}

void
ph_datadog_tree_reset (PhDatadogTree *tree)
{
  g_return_if_fail (tree != NULL);

  g_hash_table_remove_all (tree->hosts);
  g_hash_table_remove_all (tree->children);
  tree->n_sheets = 0;
}

static gint32
get_id (PhJsonValue object,
        const char *name)
{
  gint64 id = 0;

  ph_json_member_int (object, name, &id);

  return (gint32) CLAMP (id, 0, G_MAXINT32);
}

static gboolean
is_shadow_root (PhJsonValue node)
{
  gint64 type = -1;
  gboolean is_root = TRUE;

  ph_json_member_int (node, "type", &type);
  ph_json_member_bool (node, "isShadowRoot", &is_root);

  return type == TYPE_FRAGMENT && is_root;
}

static PhJsonValue
find_shadow_root (PhJsonValue node)
{
  PhJsonIter iter;
  PhJsonValue child;

  ph_json_iter_init (&iter, ph_json_member (node, "childNodes"));

  while (ph_json_next (&iter, NULL, &child))
    if (is_shadow_root (child))
      return child;

  return (PhJsonValue) {};
}

/* `[{"cssRules":["…"]}]` as `[{"styleId":1,"rules":[{"rule":"…"}]}]`. */
static void
write_sheets (PhDatadogTree *tree,
              GString *out,
              PhJsonValue sheets)
{
  PhJsonIter iter;
  PhJsonValue sheet;
  gboolean has_some = FALSE;

  g_string_append (out, ",\"adoptedStyleSheets\":[");
  ph_json_iter_init (&iter, sheets);

  while (ph_json_next (&iter, NULL, &sheet))
    {
      PhJsonIter rules;
      PhJsonValue rule;
      guint n = 0;

      g_string_append_printf (out, "%s{\"styleId\":%" G_GINT64_FORMAT ",\"rules\":[",
                              has_some ? "," : "", ++tree->n_sheets);
      has_some = TRUE;
      ph_json_iter_init (&rules, ph_json_member (sheet, "cssRules"));

      while (ph_json_next (&rules, NULL, &rule))
        {
          g_string_append_printf (out, "%s{\"index\":%u,\"rule\":", n > 0 ? "," : "", n);
          ph_json_write_value (out, rule);
          g_string_append_c (out, '}');
          n++;
        }

      g_string_append (out, "]}");
    }

  g_string_append_c (out, ']');
}

static void write_node (PhDatadogTree *tree,
                        GString *out,
                        PhJsonValue node,
                        gboolean is_shadow);

static void
write_children (PhDatadogTree *tree,
                GString *out,
                PhJsonValue parent,
                gboolean is_shadow,
                gboolean *has_some)
{
  PhJsonIter iter;
  PhJsonValue child;

  ph_json_iter_init (&iter, ph_json_member (parent, "childNodes"));

  while (ph_json_next (&iter, NULL, &child))
    {
      if (is_shadow_root (child))
        continue;

      if (*has_some)
        g_string_append_c (out, ',');

      *has_some = TRUE;
      write_node (tree, out, child, is_shadow);
    }
}

/* As deep as PH_LIMIT_JSON_DEPTH, which the parser sees to. */
static void
write_node (PhDatadogTree *tree,
            GString *out,
            PhJsonValue node,
            gboolean is_shadow)
{
  PhJsonValue root = find_shadow_root (node);
  PhJsonValue sheets = ph_json_member (node, "adoptedStyleSheets");
  gint32 id = get_id (node, "id");
  PhJsonIter iter;
  PhJsonValue value;
  const char *key;
  gboolean has_some = FALSE;

  g_string_append_printf (out, "{\"id\":%d", (int) id);
  ph_json_iter_init (&iter, node);

  while (ph_json_type (node) == PH_JSON_OBJECT && ph_json_next (&iter, &key, &value))
    {
      if (strcmp (key, "id") == 0 || strcmp (key, "childNodes") == 0 ||
          strcmp (key, "adoptedStyleSheets") == 0)
        continue;

      g_string_append_c (out, ',');
      ph_json_write_key (out, key);
      ph_json_write_value (out, value);
    }

  if (is_shadow)
    {
      g_hash_table_add (tree->children, GINT_TO_POINTER (id));
      g_string_append (out, ",\"isShadow\":true");
    }

  if (ph_json_type (root) == PH_JSON_OBJECT)
    {
      g_hash_table_insert (tree->hosts, GINT_TO_POINTER (get_id (root, "id")),
                           GINT_TO_POINTER (id));
      g_string_append (out, ",\"isShadowHost\":true");
      sheets = ph_json_member (root, "adoptedStyleSheets");
    }

  if (ph_json_type (sheets) == PH_JSON_ARRAY)
    write_sheets (tree, out, sheets);

  g_string_append (out, ",\"childNodes\":[");
  write_children (tree, out, root, TRUE, &has_some);
  write_children (tree, out, node, FALSE, &has_some);
  g_string_append (out, "]}");
}

void
ph_datadog_tree_write_node (PhDatadogTree *tree,
                            GString *out,
                            PhJsonValue node)
{
  g_return_if_fail (tree != NULL && out != NULL);

  write_node (tree, out, node, FALSE);
}

/* rrweb has a host where this has its shadow root; whether it is one. */
static gboolean
find_parent (PhDatadogTree *tree,
             PhJsonValue change,
             gint32 *parent)
{
  gint32 host;

  *parent = get_id (change, "parentId");
  host = GPOINTER_TO_INT (g_hash_table_lookup (tree->hosts, GINT_TO_POINTER (*parent)));

  if (host == 0)
    return FALSE;

  *parent = host;

  return TRUE;
}

/* One node after the other, parents first: rrweb's adds have no children in them. */
static void
write_add (PhDatadogTree *tree,
           GString *out,
           gint32 parent,
           gboolean is_shadow,
           PhJsonValue next,
           PhJsonValue node)
{
  PhJsonIter iter;
  PhJsonValue value;
  PhJsonValue children[2] = { find_shadow_root (node), node };
  const char *key;
  gint32 id = get_id (node, "id");

  if (out->str[out->len - 1] != '[')
    g_string_append_c (out, ',');

  g_string_append_printf (out, "{\"parentId\":%d,\"nextId\":", (int) parent);
  ph_json_write_value (out, next);
  g_string_append_printf (out, ",\"node\":{\"id\":%d", (int) id);
  ph_json_iter_init (&iter, node);

  while (ph_json_next (&iter, &key, &value))
    {
      if (strcmp (key, "id") == 0 || strcmp (key, "childNodes") == 0)
        continue;

      g_string_append_c (out, ',');
      ph_json_write_key (out, key);
      ph_json_write_value (out, value);
    }

  if (is_shadow)
    {
      g_hash_table_add (tree->children, GINT_TO_POINTER (id));
      g_string_append (out, ",\"isShadow\":true");
    }

  if (ph_json_type (children[0]) == PH_JSON_OBJECT)
    {
      g_hash_table_insert (tree->hosts, GINT_TO_POINTER (get_id (children[0], "id")),
                           GINT_TO_POINTER (id));
      g_string_append (out, ",\"isShadowHost\":true");
    }

  g_string_append (out, ",\"childNodes\":[]}}");

  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    {
      ph_json_iter_init (&iter, ph_json_member (children[i], "childNodes"));

      while (ph_json_next (&iter, NULL, &value))
        if (ph_json_type (value) == PH_JSON_OBJECT && !is_shadow_root (value))
          write_add (tree, out, id, i == 0, (PhJsonValue) {}, value);
    }
}

static void
write_removes (PhDatadogTree *tree,
               GString *out,
               PhJsonValue removes)
{
  PhJsonIter iter;
  PhJsonValue change;
  gboolean has_some = FALSE;

  ph_json_iter_init (&iter, removes);

  while (ph_json_next (&iter, NULL, &change))
    {
      gint32 id = get_id (change, "id");
      gint32 parent;
      gboolean is_shadow = find_parent (tree, change, &parent);

      g_hash_table_remove (tree->children, GINT_TO_POINTER (id));
      g_string_append_printf (out, "%s{\"parentId\":%d,\"id\":%d%s}", has_some ? "," : "",
                              (int) parent, (int) id, is_shadow ? ",\"isShadow\":true" : "");
      has_some = TRUE;
    }
}

gboolean
ph_datadog_tree_write_mutation (PhDatadogTree *tree,
                                GString *out,
                                PhJsonValue data)
{
  static const char *const others[] = { "texts", "attributes" };
  PhJsonIter iter;
  PhJsonValue change;

  g_return_val_if_fail (tree != NULL && out != NULL, FALSE);

  if (ph_json_type (data) != PH_JSON_OBJECT)
    return FALSE;

  g_string_append (out, "{\"source\":0,\"removes\":[");
  write_removes (tree, out, ph_json_member (data, "removes"));
  g_string_append (out, "],\"adds\":[");
  ph_json_iter_init (&iter, ph_json_member (data, "adds"));

  while (ph_json_next (&iter, NULL, &change))
    {
      gint32 parent;
      gboolean is_shadow = find_parent (tree, change, &parent);
      PhJsonValue node = ph_json_member (change, "node");

      if (ph_json_type (node) == PH_JSON_OBJECT)
        write_add (tree, out, parent, is_shadow, ph_json_member (change, "nextId"), node);
    }

  g_string_append_c (out, ']');

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      PhJsonValue list = ph_json_member (data, others[i]);

      g_string_append_c (out, ',');
      ph_json_write_key (out, others[i]);

      if (ph_json_type (list) == PH_JSON_ARRAY)
        ph_json_write_value (out, list);
      else
        g_string_append (out, "[]");
    }

  g_string_append_c (out, '}');

  return TRUE;
}
