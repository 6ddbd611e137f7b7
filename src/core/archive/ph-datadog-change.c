/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-datadog-change.h"

#include "ph-datadog-choice.h"
#include "ph-limits.h"

#include <string.h>

/* Of all strings, and of all sheets, that one page brings. What is more counts as empty. */
#define MAX_TABLE_BYTES ((gsize) 256 * 1024 * 1024)

typedef enum
{
  CHANGE_ADD_STRING = 0,
  CHANGE_ADD_NODE = 1,
  CHANGE_REMOVE_NODE = 2,
  CHANGE_ATTRIBUTE = 3,
  CHANGE_TEXT = 4,
  CHANGE_SIZE = 5,
  CHANGE_SCROLL = 6,
  CHANGE_ADD_SHEET = 7,
  CHANGE_ATTACHED_SHEETS = 8,
  CHANGE_MEDIA = 9,
  CHANGE_VISUAL_VIEWPORT = 10,
  CHANGE_ADD_ROLE_STRINGS = 11,
  CHANGE_INPUT_VALUE = 12,
  CHANGE_INPUT_SELECTION = 13,
  CHANGE_CLEAR_STRINGS = 14,
} ChangeType;

typedef enum
{
  NODE_OTHER,
  NODE_DOCUMENT,
  NODE_SHADOW_ROOT,
  NODE_ELEMENT,
  NODE_OPTION,
} NodeKind;

/* Siblings by number, -1 for none. What was removed keeps its number. */
typedef struct
{
  gint32 parent, prev, next, last_child;
  NodeKind kind;
} Node;

struct _PhDatadogChange
{
  PhDatadogChangeFunc func;
  gpointer user_data;
  GArray *nodes;      /* Node, by number */
  GPtrArray *strings; /* char * */
  GPtrArray *sheets;  /* char *: `[{"rule":…}]` */
  gsize n_bytes;      /* of both */
  PhDatadogChoice *choice;
  const char *value; /* of the node that was written last: its attribute, or its text */
  gboolean is_multiple;
  GString *out;
  double time;
};

PhDatadogChange *
ph_datadog_change_new (PhDatadogChangeFunc func,
                       gpointer user_data)
{
  PhDatadogChange *self;

  g_return_val_if_fail (func != NULL, NULL);

  self = g_new0 (PhDatadogChange, 1);
  self->func = func;
  self->user_data = user_data;
  self->nodes = g_array_new (FALSE, FALSE, sizeof (Node));
  self->strings = g_ptr_array_new_with_free_func (g_free);
  self->sheets = g_ptr_array_new_with_free_func (g_free);
  self->choice = ph_datadog_choice_new ();
  self->out = g_string_new (NULL);

  return self;
}

void
ph_datadog_change_free (PhDatadogChange *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->nodes);
  g_ptr_array_unref (self->strings);
  g_ptr_array_unref (self->sheets);
  ph_datadog_choice_free (self->choice);
  g_string_free (self->out, TRUE);
  g_free (self);
}

/* ---- strings and numbers ---- */

/* A string, an object around one, or a number of the table; "" for what is none. */
static const char *
get_text (PhDatadogChange *self,
          PhJsonValue value)
{
  const char *text = "";
  gint64 index;

  if (ph_json_type (value) == PH_JSON_OBJECT)
    ph_json_member_string (value, "string", &text, NULL);
  else if (!ph_json_get_string (value, &text, NULL) && ph_json_get_int (value, &index) &&
           index >= 0 && index < self->strings->len)
    text = self->strings->pdata[index];

  return text;
}

static PhJsonValue
get_item (PhJsonIter *iter)
{
  PhJsonValue value = {};

  return ph_json_next (iter, NULL, &value) ? value : (PhJsonValue) {};
}

static Node *
get_node (PhDatadogChange *self,
          gint64 number)
{
  return number >= 0 && number < self->nodes->len
           ? &g_array_index (self->nodes, Node, number)
           : NULL;
}

/* The number of a node that is there, or -1. */
static gint64
read_number (PhDatadogChange *self,
             PhJsonValue value)
{
  gint64 number = -1;

  return ph_json_get_int (value, &number) && get_node (self, number) != NULL ? number : -1;
}

/* What rrweb calls it: the host of a shadow root stands for that. */
static gint64
get_id (PhDatadogChange *self,
        gint64 number)
{
  const Node *node = get_node (self, number);

  return node != NULL && node->kind == NODE_SHADOW_ROOT && node->parent >= 0 ? node->parent + 1
                                                                             : number + 1;
}

/* ---- events ---- */

static void
begin (PhDatadogChange *self,
       const char *data)
{
  g_string_assign (self->out, "{\"type\":3,\"timestamp\":");
  ph_json_write_number (self->out, self->time);
  g_string_append (self->out, ",\"data\":{");
  g_string_append (self->out, data);
}

static gboolean
end (PhDatadogChange *self,
     const char *rest,
     GError **error)
{
  g_string_append (self->out, rest);
  g_string_append (self->out, "}}");

  return self->func (self->out->str, self->out->len, self->user_data, error);
}

static void
write_int (PhDatadogChange *self,
           const char *before,
           gint64 number)
{
  g_string_append (self->out, before);
  ph_json_write_int (self->out, number);
}

static void
separate (PhDatadogChange *self)
{
  if (self->out->str[self->out->len - 1] != '[' && self->out->str[self->out->len - 1] != '{')
    g_string_append_c (self->out, ',');
}

/* ---- nodes ---- */

static void
unlink_node (PhDatadogChange *self,
             gint64 number)
{
  Node *node = get_node (self, number);
  Node *parent = get_node (self, node->parent);
  Node *prev = get_node (self, node->prev);
  Node *next = get_node (self, node->next);

  if (prev != NULL)
    prev->next = node->next;

  if (next != NULL)
    next->prev = node->prev;
  else if (parent != NULL)
    parent->last_child = node->prev;

  node->parent = node->prev = node->next = -1;
}

/*
 * Puts a node where it says: above 0 at the end of the node so many numbers back, 0
 * behind the node before, below 0 in front of the node so many back.
 */
static gboolean
link_node (PhDatadogChange *self,
           gint32 number,
           gint64 point)
{
  gint64 other_number = number - (point == 0 ? 1 : ABS (point));
  Node *node = get_node (self, number);
  Node *other = get_node (self, other_number);
  Node *parent;

  if (other == NULL || other_number == number)
    return FALSE;

  node->parent = point > 0 ? (gint32) other_number : other->parent;
  parent = get_node (self, node->parent);

  if (parent == NULL)
    return FALSE;

  node->prev = point > 0 ? parent->last_child : point == 0 ? (gint32) other_number
                                                           : other->prev;
  node->next = point > 0 ? -1 : point == 0 ? other->next
                                           : (gint32) other_number;

  if (node->prev >= 0)
    get_node (self, node->prev)->next = number;

  if (node->next >= 0)
    get_node (self, node->next)->prev = number;
  else
    parent->last_child = number;

  return TRUE;
}

static NodeKind
find_kind (const char *name)
{
  if (strcmp (name, "#document") == 0)
    return NODE_DOCUMENT;

  if (strcmp (name, "#shadow-root") == 0)
    return NODE_SHADOW_ROOT;

  if (name[0] == '#')
    return NODE_OTHER;

  return g_ascii_strcasecmp (name, "option") == 0 ? NODE_OPTION : NODE_ELEMENT;
}

static void
write_text_member (PhDatadogChange *self,
                   const char *name,
                   PhJsonValue value)
{
  separate (self);
  ph_json_write_key (self->out, name);
  ph_json_write_string (self->out, get_text (self, value), -1);
}

static void
write_attributes (PhDatadogChange *self,
                  PhJsonIter *iter)
{
  PhJsonValue pair;

  while (ph_json_next (iter, NULL, &pair))
    {
      PhJsonIter parts;
      const char *name;
      const char *value;

      ph_json_iter_init (&parts, pair);
      name = get_text (self, get_item (&parts));
      value = ph_json_size (pair) < 2 ? NULL : get_text (self, get_item (&parts));
      separate (self);
      ph_json_write_key (self->out, name);

      if (value == NULL)
        g_string_append (self->out, "null");
      else
        ph_json_write_string (self->out, value, -1);

      if (strcmp (name, "value") == 0)
        self->value = value;

      self->is_multiple |= strcmp (name, "multiple") == 0;
    }
}

/* Everything of a node but its number. */
static void
write_node (PhDatadogChange *self,
            const char *name,
            PhJsonIter *iter)
{
  static const char *const doctype[] = { "name", "publicId", "systemId" };
  gboolean is_svg = g_str_has_prefix (name, "svg>");
  g_autofree char *tag = NULL;

  self->value = NULL;
  self->is_multiple = FALSE;

  if (strcmp (name, "#document") == 0)
    g_string_append (self->out, ",\"type\":0,\"childNodes\":[]");
  else if (strcmp (name, "#cdata-section") == 0)
    g_string_append (self->out, ",\"type\":4,\"textContent\":\"\"");
  else if (strcmp (name, "#text") == 0)
    {
      PhJsonValue text = get_item (iter);

      g_string_append (self->out, ",\"type\":3");
      write_text_member (self, "textContent", text);
      self->value = get_text (self, text);
    }
  else if (strcmp (name, "#doctype") == 0)
    {
      g_string_append (self->out, ",\"type\":1");

      for (guint i = 0; i < G_N_ELEMENTS (doctype); i++)
        write_text_member (self, doctype[i], get_item (iter));
    }
  else
    {
      tag = g_ascii_strdown (is_svg ? name + strlen ("svg>") : name, -1);
      g_string_append (self->out, ",\"type\":2,\"tagName\":");
      ph_json_write_string (self->out, tag, -1);
      g_string_append (self->out, is_svg ? ",\"isSVG\":true,\"childNodes\":[],\"attributes\":{"
                                         : ",\"childNodes\":[],\"attributes\":{");
      write_attributes (self, iter);
      g_string_append_c (self->out, '}');
    }
}

/* FALSE when it has no place. */
static gboolean
add_node (PhDatadogChange *self,
          PhJsonValue change)
{
  Node node = { -1, -1, -1, -1, NODE_OTHER };
  const Node *parent;
  const char *name;
  gint32 number = (gint32) self->nodes->len;
  gint64 point = 0;
  PhJsonIter iter;

  if (self->nodes->len >= PH_LIMIT_NODES)
    return FALSE;

  ph_json_iter_init (&iter, change);

  if (!ph_json_get_int (get_item (&iter), &point))
    point = G_MININT64;

  name = get_text (self, get_item (&iter));
  node.kind = find_kind (name);
  g_array_append_val (self->nodes, node);

  /* The document itself has come with the snapshot. */
  if (point == G_MININT64)
    return number == 0;

  if (ABS (point) > G_MAXINT32 || !link_node (self, number, point))
    return FALSE;

  if (node.kind == NODE_SHADOW_ROOT)
    return TRUE;

  parent = get_node (self, get_node (self, number)->parent);
  separate (self);
  write_int (self, "{\"parentId\":", get_id (self, get_node (self, number)->parent));
  g_string_append (self->out, ",\"nextId\":");

  if (get_node (self, number)->next >= 0)
    ph_json_write_int (self->out, get_node (self, number)->next + 1);
  else
    g_string_append (self->out, "null");

  write_int (self, ",\"node\":{\"id\":", number + 1);

  if (parent->kind == NODE_SHADOW_ROOT)
    g_string_append (self->out, ",\"isShadow\":true");

  write_node (self, name, &iter);
  g_string_append (self->out, "}}");
  ph_datadog_choice_add (self->choice, number, get_node (self, number)->parent, name,
                         self->value, self->is_multiple);

  return TRUE;
}

static gboolean
read_adds (PhDatadogChange *self,
           PhJsonIter *iter,
           guint *n_unknown,
           GError **error)
{
  PhJsonValue change;

  begin (self, "\"source\":0,\"removes\":[],\"texts\":[],\"attributes\":[],\"adds\":[");

  while (ph_json_next (iter, NULL, &change))
    *n_unknown += !add_node (self, change);

  return end (self, "]", error);
}

static gboolean
read_removes (PhDatadogChange *self,
              PhJsonIter *iter,
              guint *n_unknown,
              GError **error)
{
  PhJsonValue value;

  begin (self, "\"source\":0,\"adds\":[],\"texts\":[],\"attributes\":[],\"removes\":[");

  while (ph_json_next (iter, NULL, &value))
    {
      gint64 number = read_number (self, value);
      const Node *parent = number >= 0 ? get_node (self, get_node (self, number)->parent) : NULL;

      if (parent == NULL)
        {
          ++*n_unknown;
          continue;
        }

      separate (self);
      g_string_append_printf (self->out, "{\"parentId\":%d,\"id\":%d%s}",
                              (int) get_id (self, get_node (self, number)->parent),
                              (int) number + 1,
                              parent->kind == NODE_SHADOW_ROOT ? ",\"isShadow\":true" : "");
      unlink_node (self, number);
    }

  return end (self, "]", error);
}

/* Of a node that is known; the items that follow its number are left to @iter. */
static gboolean
begin_change (PhDatadogChange *self,
              PhJsonValue change,
              PhJsonIter *iter,
              gint64 *number)
{
  ph_json_iter_init (iter, change);
  *number = read_number (self, get_item (iter));

  return *number >= 0;
}

static gboolean
read_attributes (PhDatadogChange *self,
                 PhJsonIter *iter,
                 guint *n_unknown,
                 GError **error)
{
  PhJsonValue change;

  begin (self, "\"source\":0,\"adds\":[],\"removes\":[],\"texts\":[],\"attributes\":[");

  while (ph_json_next (iter, NULL, &change))
    {
      PhJsonIter items;
      gint64 number;

      if (!begin_change (self, change, &items, &number))
        {
          ++*n_unknown;
          continue;
        }

      separate (self);
      write_int (self, "{\"id\":", number + 1);
      g_string_append (self->out, ",\"attributes\":{");
      write_attributes (self, &items);
      g_string_append (self->out, "}}");
    }

  return end (self, "]", error);
}

static gboolean
read_texts (PhDatadogChange *self,
            PhJsonIter *iter,
            guint *n_unknown,
            GError **error)
{
  PhJsonValue change;

  begin (self, "\"source\":0,\"adds\":[],\"removes\":[],\"attributes\":[],\"texts\":[");

  while (ph_json_next (iter, NULL, &change))
    {
      PhJsonIter items;
      gint64 number;

      if (!begin_change (self, change, &items, &number))
        {
          ++*n_unknown;
          continue;
        }

      separate (self);
      write_int (self, "{\"id\":", number + 1);
      write_text_member (self, "value", get_item (&items));
      g_string_append_c (self->out, '}');
    }

  return end (self, "]", error);
}

/* The size of what was not recorded, as rrweb has it. */
static gboolean
read_sizes (PhDatadogChange *self,
            PhJsonIter *iter,
            guint *n_unknown,
            GError **error)
{
  PhJsonValue change;

  begin (self, "\"source\":0,\"adds\":[],\"removes\":[],\"texts\":[],\"attributes\":[");

  while (ph_json_next (iter, NULL, &change))
    {
      PhJsonIter items;
      gint64 number;
      double width = 0;
      double height = 0;

      if (!begin_change (self, change, &items, &number) ||
          !ph_json_get_double (get_item (&items), &width) ||
          !ph_json_get_double (get_item (&items), &height))
        {
          ++*n_unknown;
          continue;
        }

      separate (self);
      write_int (self, "{\"id\":", number + 1);
      g_string_append (self->out, ",\"attributes\":{\"rr_width\":\"");
      ph_json_write_number (self->out, width);
      g_string_append (self->out, "px\",\"rr_height\":\"");
      ph_json_write_number (self->out, height);
      g_string_append (self->out, "px\"}}");
    }

  return end (self, "]", error);
}

static gboolean
read_scroll (PhDatadogChange *self,
             PhJsonValue change,
             guint *n_unknown,
             GError **error)
{
  PhJsonIter items;
  gint64 number;
  double x = 0;
  double y = 0;

  if (!begin_change (self, change, &items, &number) ||
      !ph_json_get_double (get_item (&items), &x) || !ph_json_get_double (get_item (&items), &y))
    {
      ++*n_unknown;
      return TRUE;
    }

  begin (self, "\"source\":3");
  write_int (self, ",\"id\":", get_id (self, number));
  g_string_append (self->out, ",\"x\":");
  ph_json_write_number (self->out, x);
  g_string_append (self->out, ",\"y\":");
  ph_json_write_number (self->out, y);

  return end (self, "", error);
}

static void
write_rule (PhDatadogChange *self,
            GString *json,
            PhJsonValue rule)
{
  g_string_append (json, json->len > 1 ? ",{\"rule\":" : "{\"rule\":");
  ph_json_write_string (json, get_text (self, rule), -1);
  g_string_append_c (json, '}');
}

/* `[rules]`, a text or a list of them; media and whether it is off are not told on. */
static void
add_sheet (PhDatadogChange *self,
           PhJsonValue change)
{
  GString *json = g_string_new ("[");
  PhJsonIter iter;
  PhJsonIter rules;
  PhJsonValue value;
  PhJsonValue rule;

  ph_json_iter_init (&iter, change);
  value = get_item (&iter);

  if (ph_json_type (value) == PH_JSON_ARRAY)
    {
      ph_json_iter_init (&rules, value);

      while (ph_json_next (&rules, NULL, &rule))
        write_rule (self, json, rule);
    }
  else
    write_rule (self, json, value);

  g_string_append_c (json, ']');

  self->n_bytes += json->len;

  if (self->sheets->len < PH_LIMIT_SHEETS && self->n_bytes <= MAX_TABLE_BYTES)
    g_ptr_array_add (self->sheets, g_string_free (json, FALSE));
  else
    g_string_free (json, TRUE);
}

/* The text of a sheet, out of its rules. */
static char *
join_rules (const char *rules)
{
  g_autoptr (PhJson) json = ph_json_new ();
  GString *text = g_string_new (NULL);
  PhJsonIter iter;
  PhJsonValue root;
  PhJsonValue rule;
  const char *part;

  if (ph_json_parse (json, rules, strlen (rules), &root, NULL))
    {
      ph_json_iter_init (&iter, root);

      while (ph_json_next (&iter, NULL, &rule))
        if (ph_json_member_string (rule, "rule", &part, NULL))
          g_string_append (text, part);
    }

  return g_string_free (text, FALSE);
}

/* A `<style>` or `<link>` has one, a document or a shadow root adopts some. */
static gboolean
read_attached (PhDatadogChange *self,
               PhJsonValue change,
               guint *n_unknown,
               GError **error)
{
  g_autoptr (GString) ids = g_string_new ("[");
  g_autofree char *text = NULL;
  PhJsonIter items;
  PhJsonValue value;
  gint64 number;
  gint64 sheet;
  NodeKind kind;

  if (!begin_change (self, change, &items, &number))
    {
      ++*n_unknown;
      return TRUE;
    }

  kind = get_node (self, number)->kind;
  begin (self, kind == NODE_ELEMENT ? "\"source\":0,\"adds\":[],\"removes\":[],\"texts\":[],"
                                      "\"attributes\":[{"
                                    : "\"source\":15,\"styles\":[");

  while (ph_json_next (&items, NULL, &value))
    {
      if (!ph_json_get_int (value, &sheet) || sheet < 0 || sheet >= self->sheets->len)
        {
          ++*n_unknown;
          continue;
        }

      if (kind == NODE_ELEMENT)
        {
          text = join_rules (self->sheets->pdata[sheet]);
          break;
        }

      separate (self);
      g_string_append_printf (self->out, "{\"styleId\":%d,\"rules\":%s}", (int) sheet + 1,
                              (const char *) self->sheets->pdata[sheet]);
      g_string_append_printf (ids, "%s%d", ids->len > 1 ? "," : "", (int) sheet + 1);
    }

  if (kind != NODE_ELEMENT)
    {
      g_string_append_printf (self->out, "],\"id\":%d,\"styleIds\":%s]",
                              (int) get_id (self, number), ids->str);
      return end (self, "", error);
    }

  if (text == NULL)
    return TRUE;

  write_int (self, "\"id\":", number + 1);
  g_string_append (self->out, ",\"attributes\":{\"_cssText\":");
  ph_json_write_string (self->out, text, -1);

  return end (self, "}}]", error);
}

static gboolean
read_media (PhDatadogChange *self,
            PhJsonValue change,
            guint *n_unknown,
            GError **error)
{
  PhJsonIter items;
  gint64 number;
  gint64 state;

  if (!begin_change (self, change, &items, &number) ||
      !ph_json_get_int (get_item (&items), &state))
    {
      ++*n_unknown;
      return TRUE;
    }

  /* 0 plays and 1 stands, in both vocabularies. */
  begin (self, "\"source\":7");
  write_int (self, ",\"id\":", number + 1);
  g_string_append (self->out, state == 0 ? ",\"type\":0" : ",\"type\":1");

  return end (self, "", error);
}

static gboolean
read_input (PhDatadogChange *self,
            PhJsonValue change,
            guint *n_unknown,
            GError **error)
{
  PhJsonIter items;
  gint64 number;

  if (!begin_change (self, change, &items, &number))
    {
      ++*n_unknown;
      return TRUE;
    }

  begin (self, "\"source\":5,\"isChecked\":false");
  write_int (self, ",\"id\":", number + 1);
  write_text_member (self, "text", get_item (&items));

  return end (self, "", error);
}

/* `[state, number …]`: 0 is chosen, 1 is not, 2 is neither. */
static gboolean
read_selection (PhDatadogChange *self,
                PhJsonValue change,
                guint *n_unknown,
                GError **error)
{
  PhJsonIter items;
  PhJsonValue value;
  const char *text = "";
  gint64 state = -1;
  gint32 select;

  ph_json_iter_init (&items, change);

  if (!ph_json_get_int (get_item (&items), &state))
    ++*n_unknown;

  while (state >= 0 && ph_json_next (&items, NULL, &value))
    {
      gint64 number = read_number (self, value);

      if (number < 0)
        {
          ++*n_unknown;
          continue;
        }

      select = state == 0 ? ph_datadog_choice_find (self->choice, (gint32) number, &text) : -1;

      if (select >= 0)
        {
          begin (self, "\"source\":5,\"isChecked\":false");
          g_string_append_printf (self->out, ",\"id\":%d,\"text\":", select + 1);
          ph_json_write_string (self->out, text, -1);
        }
      else if (get_node (self, number)->kind == NODE_OPTION)
        {
          begin (self, "\"source\":0,\"adds\":[],\"removes\":[],\"texts\":[]");
          g_string_append_printf (self->out,
                                  ",\"attributes\":[{\"id\":%d,\"attributes\":{\"selected\":%s}}]",
                                  (int) number + 1, state == 0 ? "true" : "null");
        }
      else
        {
          begin (self, "\"source\":5,\"text\":\"on\"");
          g_string_append_printf (self->out, ",\"id\":%d,\"isChecked\":%s", (int) number + 1,
                                  state == 0 ? "true" : "false");
        }

      if (!end (self, "", error))
        return FALSE;
    }

  return TRUE;
}

/* ---- records ---- */

static void
add_string (PhDatadogChange *self,
            const char *text)
{
  self->n_bytes += strlen (text) + sizeof (char *);

  if (self->strings->len < PH_LIMIT_NODES)
    g_ptr_array_add (self->strings, g_strdup (self->n_bytes <= MAX_TABLE_BYTES ? text : ""));
}

static void
read_strings (PhDatadogChange *self,
              PhJsonIter *iter,
              gboolean has_roles)
{
  PhJsonValue value;
  PhJsonValue string;
  PhJsonIter strings;
  const char *text;

  while (ph_json_next (iter, NULL, &value))
    {
      if (!has_roles)
        {
          add_string (self, get_text (self, value));
          continue;
        }

      ph_json_iter_init (&strings, value);
      get_item (&strings);

      while (ph_json_next (&strings, NULL, &string))
        add_string (self, ph_json_get_string (string, &text, NULL) ? text : "");
    }
}

typedef gboolean (*ReadOne) (PhDatadogChange *self,
                             PhJsonValue change,
                             guint *n_unknown,
                             GError **error);

static gboolean
read_each (PhDatadogChange *self,
           PhJsonIter *iter,
           ReadOne read_one,
           guint *n_unknown,
           GError **error)
{
  PhJsonValue change;

  while (ph_json_next (iter, NULL, &change))
    if (!read_one (self, change, n_unknown, error))
      return FALSE;

  return TRUE;
}

static gboolean
read_change (PhDatadogChange *self,
             ChangeType type,
             PhJsonIter *iter,
             guint *n_unknown,
             GError **error)
{
  PhJsonValue change;

  switch (type)
    {
    case CHANGE_ADD_STRING:
    case CHANGE_ADD_ROLE_STRINGS:
      read_strings (self, iter, type == CHANGE_ADD_ROLE_STRINGS);
      return TRUE;
    case CHANGE_CLEAR_STRINGS:
      g_ptr_array_set_size (self->strings, 0);
      return TRUE;
    case CHANGE_ADD_NODE:
      return read_adds (self, iter, n_unknown, error);
    case CHANGE_REMOVE_NODE:
      return read_removes (self, iter, n_unknown, error);
    case CHANGE_ATTRIBUTE:
      return read_attributes (self, iter, n_unknown, error);
    case CHANGE_TEXT:
      return read_texts (self, iter, n_unknown, error);
    case CHANGE_SIZE:
      return read_sizes (self, iter, n_unknown, error);
    case CHANGE_SCROLL:
      return read_each (self, iter, read_scroll, n_unknown, error);
    case CHANGE_ADD_SHEET:
      while (ph_json_next (iter, NULL, &change))
        add_sheet (self, change);
      return TRUE;
    case CHANGE_ATTACHED_SHEETS:
      return read_each (self, iter, read_attached, n_unknown, error);
    case CHANGE_MEDIA:
      return read_each (self, iter, read_media, n_unknown, error);
    case CHANGE_VISUAL_VIEWPORT:
      return TRUE; /* how far the user has zoomed in with two fingers */
    case CHANGE_INPUT_VALUE:
      return read_each (self, iter, read_input, n_unknown, error);
    case CHANGE_INPUT_SELECTION:
      return read_each (self, iter, read_selection, n_unknown, error);
    }

  ++*n_unknown;

  return TRUE;
}

/* An empty document, which all else is then added to. */
static gboolean
begin_snapshot (PhDatadogChange *self,
                GError **error)
{
  self->n_bytes = 0;
  g_array_set_size (self->nodes, 0);
  ph_datadog_choice_clear (self->choice);
  g_ptr_array_set_size (self->strings, 0);
  g_ptr_array_set_size (self->sheets, 0);
  g_string_assign (self->out, "{\"type\":2,\"timestamp\":");
  ph_json_write_number (self->out, self->time);
  g_string_append (self->out, ",\"data\":{\"node\":{\"type\":0,\"id\":1,\"childNodes\":[]},"
                              "\"initialOffset\":{\"left\":0,\"top\":0}");

  return end (self, "", error);
}

gboolean
ph_datadog_change_read (PhDatadogChange *self,
                        double time,
                        gboolean is_snapshot,
                        PhJsonValue data,
                        guint *n_unknown,
                        GError **error)
{
  PhJsonIter iter;
  PhJsonValue change;

  g_return_val_if_fail (self != NULL && n_unknown != NULL, FALSE);

  self->time = time;

  if (is_snapshot && !begin_snapshot (self, error))
    return FALSE;

  ph_json_iter_init (&iter, data);

  while (ph_json_type (data) == PH_JSON_ARRAY && ph_json_next (&iter, NULL, &change))
    {
      PhJsonIter items;
      gint64 type = -1;

      ph_json_iter_init (&items, change);

      if (!ph_json_get_int (get_item (&items), &type) || type < 0 || type > CHANGE_CLEAR_STRINGS)
        ++*n_unknown;
      else if (!read_change (self, (ChangeType) type, &items, n_unknown, error))
        return FALSE;
    }

  return TRUE;
}
