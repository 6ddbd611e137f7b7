/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-dom-write.h"

#include "ph-allow.h"
#include "ph-css-rules.h"
#include "ph-css.h"

#include <math.h>
#include <string.h>

/* Written into every safe page: what the allow-list lets in, and nothing by way of the network. */
#define SAFE_POLICY                                                             \
  "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; " \
  "style-src 'unsafe-inline'; img-src data:; font-src data:; media-src data:\">"

typedef struct
{
  const PhDom *dom;
  PhWriteMode mode;
  GString *out;
} Writer;

typedef struct
{
  const char *name;
  char *value;
} Attribute;

static void write_children (Writer *writer,
                            PhSlot slot);

/* ---- texts ---- */

/* As the HTML serialisation algorithm escapes (HTML Standard, §13.3). */
static void
write_escaped (GString *out,
               const char *text,
               gboolean in_attribute)
{
  for (const char *c = text; *c != '\0'; c++)
    if (*c == '&')
      g_string_append (out, "&amp;");
    else if (in_attribute && *c == '"')
      g_string_append (out, "&quot;");
    else if (!in_attribute && *c == '<')
      g_string_append (out, "&lt;");
    else if (!in_attribute && *c == '>')
      g_string_append (out, "&gt;");
    else if ((guchar) c[0] == 0xC2 && (guchar) c[1] == 0xA0)
      {
        g_string_append (out, "&nbsp;");
        c++;
      }
    else
      g_string_append_c (out, *c);
}

/* Style text that cannot end its element: `</` is `<\/` to a style sheet. */
static void
write_style_text (GString *out,
                  const char *text)
{
  const char *end;

  while ((end = strstr (text, "</")) != NULL)
    {
      g_string_append_len (out, text, end - text);
      g_string_append (out, "<\\/");
      text = end + 2;
    }

  g_string_append (out, text);
}

/* What a style, or a link whose sheet was recorded, says now. */
static char *
dup_style_text (const PhDom *dom,
                PhSlot slot)
{
  const PhNodeState *state = ph_dom_node (dom, slot)->state;
  GString *text;

  if (state != NULL && state->rules != NULL)
    return ph_css_join_rules (state->rules);

  text = g_string_new (NULL);

  for (PhSlot child = ph_dom_node (dom, slot)->first_child; child != 0;
       child = ph_dom_node (dom, child)->next)
    if (ph_dom_node (dom, child)->type == PH_NODE_TEXT)
      g_string_append (text, ph_dom_node (dom, child)->text);

  return g_string_free (text, FALSE);
}

static void
write_style (Writer *writer,
             PhSlot slot)
{
  g_autofree char *text = dup_style_text (writer->dom, slot);
  g_autofree char *allowed = NULL;

  if (writer->mode == PH_WRITE_RECORDED)
    {
      g_string_append (writer->out, text);
      return;
    }

  allowed = ph_allow_dup_sheet (writer->dom, slot);

  if (allowed == NULL)
    allowed = ph_allow_css (writer->dom, slot, text);

  if (ph_dom_node (writer->dom, slot)->is_svg)
    write_escaped (writer->out, allowed, FALSE);
  else
    write_style_text (writer->out, allowed);
}

static gboolean
is_raw_text (const Writer *writer,
             PhSlot slot)
{
  static const char *const names[] = { "style", "script", "noscript", "xmp", "iframe", "noembed",
                                       "noframes", NULL };

  return writer->mode == PH_WRITE_RECORDED && slot != 0 &&
         g_strv_contains (names, ph_dom_node_name (writer->dom, slot));
}

static void
write_comment (Writer *writer,
               const char *text)
{
  g_auto (GStrv) pieces = NULL;
  g_autofree char *safe = NULL;

  if (writer->mode == PH_WRITE_SAFE)
    {
      pieces = g_strsplit (text, "-", -1);
      safe = g_strjoinv ("=", pieces);
      g_strdelimit (safe, "<>!", ' ');
    }

  g_string_append_printf (writer->out, "<!--%s-->", safe != NULL ? safe : text);
}

static void
write_doctype (Writer *writer,
               PhSlot slot)
{
  const char *name = ph_dom_node_name (writer->dom, slot);
  const char *text = ph_dom_node (writer->dom, slot)->text;
  g_auto (GStrv) ids = g_strsplit (text != NULL ? text : "\n", "\n", 2);
  gboolean has_public = ids[0] != NULL && ids[0][0] != '\0';
  gboolean has_system = has_public ? ids[1] != NULL && ids[1][0] != '\0'
                                   : ids[0] != NULL && ids[1] != NULL && ids[1][0] != '\0';

  if (strpbrk (name, " <>\"'") != NULL || strpbrk (text != NULL ? text : "", "<>\"") != NULL)
    {
      g_string_append (writer->out, "<!DOCTYPE html>");
      return;
    }

  g_string_append_printf (writer->out, "<!DOCTYPE %s", name);

  if (has_public)
    g_string_append_printf (writer->out, " PUBLIC \"%s\"", ids[0]);
  else if (has_system)
    g_string_append (writer->out, " SYSTEM");

  if (has_system)
    g_string_append_printf (writer->out, " \"%s\"", ids[1]);

  g_string_append_c (writer->out, '>');
}

/* ---- what form controls hold ---- */

/* Text of an option as HTMLOptionElement.text has it: white space collapsed. */
static char *
dup_option_text (const PhDom *dom,
                 PhSlot option)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (PhSlot slot = option; slot != 0; slot = ph_dom_next (dom, option, slot))
    {
      const char *c = ph_dom_node (dom, slot)->type == PH_NODE_TEXT
                        ? ph_dom_node (dom, slot)->text
                        : "";

      for (; *c != '\0'; c++)
        if (!g_ascii_isspace (*c))
          g_string_append_c (text, *c);
        else if (text->len > 0 && text->str[text->len - 1] != ' ')
          g_string_append_c (text, ' ');
    }

  return g_strchomp (g_strdup (text->str));
}

static PhSlot
find_select (const PhDom *dom,
             PhSlot slot)
{
  while (slot != 0 && strcmp (ph_dom_node_name (dom, slot), "select") != 0)
    slot = ph_dom_node (dom, slot)->parent;

  return slot;
}

static gboolean
is_selected (const PhDom *dom,
             PhSlot option)
{
  PhSlot select = find_select (dom, option);
  const char *wanted = select != 0 ? ph_dom_held_value (dom, select) : NULL;
  const char *value = ph_dom_attribute (dom, option, "value");
  g_autofree char *text = NULL;

  if (wanted == NULL)
    return ph_dom_attribute (dom, option, "selected") != NULL;

  if (value == NULL)
    {
      text = dup_option_text (dom, option);
      value = text;
    }

  return strcmp (value, wanted) == 0;
}

/* ---- attributes ---- */

static void
clear_attribute (gpointer data)
{
  g_free (((Attribute *) data)->value);
}

static void
put_attribute (GArray *attributes,
               const char *name,
               char *value)
{
  Attribute added = { name, value };

  for (guint i = 0; i < attributes->len; i++)
    {
      Attribute *old = &g_array_index (attributes, Attribute, i);

      if (strcmp (old->name, name) == 0)
        {
          g_free (old->value);
          old->value = value;
          return;
        }
    }

  if (value != NULL)
    g_array_append_val (attributes, added);
}

static void
put_recorded (Writer *writer,
              PhSlot slot,
              GArray *attributes)
{
  PhNames *names = ph_dom_get_names (writer->dom);
  const PhAttributes *recorded = ph_dom_node (writer->dom, slot)->attributes;

  for (guint i = 0; recorded != NULL && i < recorded->n; i++)
    {
      const char *name = ph_names_text (names, recorded->items[i].name);

      if (!g_str_has_prefix (name, "rr_") && strcmp (name, "_cssText") != 0)
        put_attribute (attributes, name, g_strdup (recorded->items[i].value));
    }
}

static void
put_allowed (Writer *writer,
             PhSlot slot,
             GArray *attributes)
{
  g_autoptr (GArray) allowed = ph_allow_attributes (writer->dom, slot);

  for (guint i = 0; i < allowed->len; i++)
    {
      PhAllowedAttribute *attribute = &g_array_index (allowed, PhAllowedAttribute, i);

      put_attribute (attributes, attribute->name, g_steal_pointer (&attribute->value));
    }
}

static void
put_held (Writer *writer,
          PhSlot slot,
          GArray *attributes)
{
  const char *name = ph_dom_node_name (writer->dom, slot);
  const char *value = ph_dom_held_value (writer->dom, slot);

  if (strcmp (name, "input") == 0)
    {
      /* An emptied field without the attribute says nothing. */
      if (value != NULL &&
          (value[0] != '\0' || ph_dom_attribute (writer->dom, slot, "value") != NULL))
        put_attribute (attributes, "value", g_strdup (value));

      put_attribute (attributes, "checked",
                     ph_dom_is_checked (writer->dom, slot) ? g_strdup ("") : NULL);
    }
  else if (strcmp (name, "option") == 0)
    {
      put_attribute (attributes, "selected",
                     is_selected (writer->dom, slot) ? g_strdup ("") : NULL);
    }
  else if (strcmp (name, "select") == 0 || strcmp (name, "textarea") == 0)
    {
      put_attribute (attributes, "value", NULL);
    }
}

/* The element whose attribute says where a page's window is scrolled to, or the element itself. */
static void
put_scroll (Writer *writer,
            PhSlot slot,
            GArray *attributes)
{
  PhSlot parent = ph_dom_node (writer->dom, slot)->parent;
  const PhNodeState *state = ph_dom_node (writer->dom, slot)->state;

  if (ph_dom_node (writer->dom, parent)->type == PH_NODE_DOCUMENT)
    state = ph_dom_node (writer->dom, parent)->state;

  if (state == NULL || !state->scrolled ||
      (fabs (state->scroll_x) < 0.5 && fabs (state->scroll_y) < 0.5))
    return;

  put_attribute (attributes, "data-ph-scroll",
                 g_strdup_printf ("%ld,%ld", lround (state->scroll_x), lround (state->scroll_y)));
}

static int
compare_attributes (gconstpointer a,
                    gconstpointer b)
{
  return strcmp (((const Attribute *) a)->name, ((const Attribute *) b)->name);
}

/* The page inside an iframe as the text of its `srcdoc`. */
static void
put_frame (Writer *writer,
           PhSlot slot,
           GArray *attributes)
{
  PhSlot inner = ph_dom_node (writer->dom, slot)->inner;
  Writer frame = { writer->dom, PH_WRITE_SAFE, NULL };

  if (writer->mode != PH_WRITE_SAFE || inner == 0 ||
      ph_dom_node (writer->dom, inner)->type != PH_NODE_DOCUMENT)
    return;

  frame.out = g_string_new (NULL);
  write_children (&frame, inner);
  put_attribute (attributes, "sandbox", g_strdup (""));
  put_attribute (attributes, "srcdoc", g_string_free (frame.out, FALSE));
}

static void
write_attributes (Writer *writer,
                  PhSlot slot)
{
  g_autoptr (GArray) attributes = g_array_new (FALSE, FALSE, sizeof (Attribute));

  g_array_set_clear_func (attributes, clear_attribute);

  if (writer->mode == PH_WRITE_RECORDED)
    put_recorded (writer, slot, attributes);
  else
    put_allowed (writer, slot, attributes);

  put_held (writer, slot, attributes);
  put_scroll (writer, slot, attributes);
  put_frame (writer, slot, attributes);

  if (writer->mode == PH_WRITE_RECORDED)
    g_array_sort (attributes, compare_attributes);

  for (guint i = 0; i < attributes->len; i++)
    {
      const Attribute *attribute = &g_array_index (attributes, Attribute, i);

      if (attribute->value == NULL)
        continue;

      g_string_append_printf (writer->out, " %s=\"", attribute->name);
      write_escaped (writer->out, attribute->value, TRUE);
      g_string_append_c (writer->out, '"');
    }
}

/* ---- elements ---- */

static gboolean
is_void (const char *name)
{
  static const char *const names[] = { "area", "base", "br", "col", "embed", "hr", "img", "input",
                                       "link", "meta", "source", "track", "wbr", NULL };

  return g_strv_contains (names, name);
}

/* Elements no engine gives a behaviour to get a name that is nobody's. */
static char *
dup_name (Writer *writer,
          PhSlot slot)
{
  PhAllowedElement element;

  if (writer->mode == PH_WRITE_RECORDED)
    return g_strdup (ph_dom_node_name (writer->dom, slot));

  element = ph_allow_element (writer->dom, slot);

  if (element.ns == PH_NS_UNKNOWN)
    return g_strdup_printf ("ph-%s", element.name);

  return g_strdup (element.name);
}

static void
write_content (Writer *writer,
               PhSlot slot)
{
  const PhNode *node = ph_dom_node (writer->dom, slot);
  const char *name = ph_dom_node_name (writer->dom, slot);
  const char *value = ph_dom_held_value (writer->dom, slot);
  PhSlot inner = node->inner;

  if (inner != 0 && ph_dom_node (writer->dom, inner)->type == PH_NODE_SHADOW_ROOT)
    {
      g_string_append (writer->out, "<template shadowrootmode=\"open\">");
      write_children (writer, inner);
      g_string_append (writer->out, "</template>");
    }
  else if (inner != 0 && writer->mode == PH_WRITE_RECORDED)
    {
      write_children (writer, inner);
    }

  if (ph_allow_is_style (writer->dom, slot))
    {
      write_style (writer, slot);
      return;
    }

  if (strcmp (name, "head") == 0 && writer->mode == PH_WRITE_SAFE)
    g_string_append (writer->out, SAFE_POLICY);

  if (strcmp (name, "textarea") == 0 && value != NULL)
    write_escaped (writer->out, value, FALSE);
  else
    write_children (writer, slot);
}

static void
write_element (Writer *writer,
               PhSlot slot)
{
  g_autofree char *name = dup_name (writer, slot);

  g_string_append_printf (writer->out, "<%s", name);
  write_attributes (writer, slot);
  g_string_append_c (writer->out, '>');

  if (is_void (name) && !ph_allow_is_style (writer->dom, slot))
    return;

  write_content (writer, slot);
  g_string_append_printf (writer->out, "</%s>", name);
}

static void
write_children (Writer *writer,
                PhSlot slot)
{
  for (PhSlot child = ph_dom_node (writer->dom, slot)->first_child; child != 0;
       child = ph_dom_node (writer->dom, child)->next)
    {
      const PhNode *node = ph_dom_node (writer->dom, child);

      switch ((PhNodeType) node->type)
        {
        case PH_NODE_ELEMENT:
          write_element (writer, child);
          break;
        case PH_NODE_TEXT:
        case PH_NODE_CDATA:
          if (is_raw_text (writer, slot))
            g_string_append (writer->out, node->text);
          else
            write_escaped (writer->out, node->text, FALSE);
          break;
        case PH_NODE_COMMENT:
          write_comment (writer, node->text);
          break;
        case PH_NODE_DOCTYPE:
          write_doctype (writer, child);
          break;
        case PH_NODE_DOCUMENT:
        case PH_NODE_SHADOW_ROOT:
        case PH_NODE_FREE:
          break;
        }
    }
}

char *
ph_dom_write_html (const PhDom *dom,
                   PhWriteMode mode)
{
  Writer writer = { dom, mode, g_string_new (NULL) };
  PhSlot root = ph_dom_get_root (dom);

  if (root != 0)
    write_children (&writer, root);

  return g_string_free (writer.out, FALSE);
}
