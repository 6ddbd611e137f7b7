/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-label.h"

#include "ph-limits.h"
#include "ph-text.h"

#include <string.h>

/* How much of the page is looked at for one label. */
#define MAX_STEPS 300
#define MAX_ANCESTORS 64
#define MAX_TEXT_BYTES 400
#define MAX_LABEL_CHARS 80

static gboolean
is_one_of (const char *name,
           const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      if (g_ascii_strcasecmp (name, names[i]) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_editable (const PhDom *dom,
             PhSlot slot)
{
  const char *editable = ph_dom_attribute (dom, slot, "contenteditable");

  return editable != NULL && g_ascii_strcasecmp (editable, "false") != 0;
}

static gboolean
is_interactive (const PhDom *dom,
                PhSlot slot)
{
  static const char *const tags[] = {
    "a", "button", "input", "select", "textarea", "label", "summary", "option",
    "video", "audio", NULL
  };
  static const char *const roles[] = {
    "button", "link", "checkbox", "radio", "switch", "tab", "menuitem", "menuitemcheckbox",
    "menuitemradio", "option", "combobox", "textbox", "searchbox", "slider", "spinbutton",
    "treeitem", "gridcell", NULL
  };
  const char *role = ph_dom_attribute (dom, slot, "role");

  return is_one_of (ph_dom_node_name (dom, slot), tags) ||
         (role != NULL && is_one_of (role, roles)) || is_editable (dom, slot);
}

/* Elements whose text is not seen, or was typed. */
static gboolean
hides_text (const PhDom *dom,
            PhSlot slot)
{
  static const char *const tags[] = {
    "script", "noscript", "style", "template", "textarea", "select", "option", "iframe", "head",
    NULL
  };

  return is_one_of (ph_dom_node_name (dom, slot), tags) || is_editable (dom, slot);
}

static void
append_text (GString *text,
             const char *more)
{
  gsize room = MAX_TEXT_BYTES - MIN (text->len, MAX_TEXT_BYTES);
  gsize size = strlen (more);

  if (size > room)
    {
      const char *cut = g_utf8_find_prev_char (more, more + room + 1);

      size = cut != NULL ? (gsize) (cut - more) : 0;
    }

  g_string_append_len (text, more, (gssize) size);
}

/* The next node in document order below @top that is not inside @slot when @skip. */
static PhSlot
next_node (const PhDom *dom,
           PhSlot top,
           PhSlot slot,
           gboolean skip)
{
  const PhNode *node = ph_dom_node (dom, slot);

  if (!skip && node->first_child != 0)
    return node->first_child;

  while (slot != top && slot != 0)
    {
      node = ph_dom_node (dom, slot);

      if (node->next != 0)
        return node->next;

      slot = node->parent;
    }

  return 0;
}

static char *
dup_visible_text (const PhDom *dom,
                  PhSlot top)
{
  GString *text = g_string_new (NULL);
  PhSlot slot = top;

  for (guint i = 0; slot != 0 && i < MAX_STEPS && text->len < MAX_TEXT_BYTES; i++)
    {
      const PhNode *node = ph_dom_node (dom, slot);
      gboolean skip = node->type == PH_NODE_ELEMENT && hides_text (dom, slot);

      if (node->type == PH_NODE_TEXT && node->text != NULL)
        append_text (text, node->text);
      else if (node->type == PH_NODE_ELEMENT && slot != top)
        append_text (text, " ");

      slot = next_node (dom, top, slot, skip);
    }

  return g_string_free (text, FALSE);
}

/* Text that stands right in the element, not in elements below it. */
static char *
dup_own_text (const PhDom *dom,
              PhSlot top)
{
  GString *text = g_string_new (NULL);
  PhSlot slot = hides_text (dom, top) ? 0 : ph_dom_node (dom, top)->first_child;

  for (guint i = 0; slot != 0 && i < MAX_STEPS && text->len < MAX_TEXT_BYTES; i++)
    {
      const PhNode *node = ph_dom_node (dom, slot);

      if (node->type == PH_NODE_TEXT && node->text != NULL)
        append_text (text, node->text);

      slot = node->next;
    }

  return g_string_free (text, FALSE);
}

static char *
dup_first_attribute (const PhDom *dom,
                     PhSlot slot,
                     const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *value = ph_dom_attribute (dom, slot, names[i]);
      g_autofree char *line = NULL;

      if (value == NULL)
        continue;

      line = ph_text_line (value, MAX_LABEL_CHARS);

      if (line[0] != '\0')
        return g_steal_pointer (&line);
    }

  return NULL;
}

static char *
make_label (const PhDom *dom,
            PhSlot slot,
            const char *name)
{
  g_autofree char *tag = ph_text_line (ph_dom_node_name (dom, slot), MAX_LABEL_CHARS);
  g_autofree char *line = name != NULL ? ph_text_line (name, MAX_LABEL_CHARS) : g_strdup ("");
  const char *id = ph_dom_attribute (dom, slot, "id");

  if (line[0] != '\0')
    return g_strdup_printf ("%s “%s”", tag, line);

  if (id != NULL && id[0] != '\0')
    {
      g_autofree char *id_line = ph_text_line (id, MAX_LABEL_CHARS);

      return g_strdup_printf ("%s #%s", tag, id_line);
    }

  return g_steal_pointer (&tag);
}

/* The element at or above node @id, 0 when there is none. */
static PhSlot
find_element (const PhDom *dom,
              gint32 id)
{
  PhSlot slot = dom != NULL ? ph_dom_find (dom, id) : 0;

  for (guint i = 0; slot != 0 && i < 2; i++)
    {
      if (ph_dom_node (dom, slot)->type == PH_NODE_ELEMENT)
        return slot;

      slot = ph_dom_node (dom, slot)->parent;
    }

  return 0;
}

static PhSlot
find_interactive (const PhDom *dom,
                  PhSlot slot)
{
  for (guint i = 0; slot != 0 && i < MAX_ANCESTORS; i++)
    {
      if (ph_dom_node (dom, slot)->type == PH_NODE_ELEMENT && is_interactive (dom, slot))
        return slot;

      slot = ph_dom_node (dom, slot)->parent;
    }

  return 0;
}

char *
ph_label_of_target (const PhDom *dom,
                    gint32 id)
{
  static const char *const names[] = { "aria-label", NULL };
  static const char *const more_names[] = { "alt", "title", "placeholder", "name", NULL };
  PhSlot slot = find_element (dom, id);
  PhSlot target;
  g_autofree char *name = NULL;

  if (slot == 0)
    return g_strdup ("");

  target = find_interactive (dom, slot);

  if (target != 0)
    slot = target;

  name = dup_first_attribute (dom, slot, names);

  if (name == NULL)
    {
      g_autofree char *text = target != 0 ? dup_visible_text (dom, slot) : dup_own_text (dom, slot);

      name = ph_text_line (text, MAX_LABEL_CHARS);
    }

  if (name[0] == '\0')
    {
      g_free (name);
      name = dup_first_attribute (dom, slot, more_names);
    }

  return make_label (dom, slot, name);
}

/* Of the <label> around a field, which is how most frameworks write them. */
static char *
dup_label_text (const PhDom *dom,
                PhSlot slot)
{
  for (guint i = 0; slot != 0 && i < MAX_ANCESTORS; i++)
    {
      if (ph_dom_node (dom, slot)->type == PH_NODE_ELEMENT &&
          g_ascii_strcasecmp (ph_dom_node_name (dom, slot), "label") == 0)
        return dup_visible_text (dom, slot);

      slot = ph_dom_node (dom, slot)->parent;
    }

  return g_strdup ("");
}

char *
ph_label_of_field (const PhDom *dom,
                   gint32 id)
{
  static const char *const names[] = { "aria-label", NULL };
  static const char *const more_names[] = { "placeholder", "title", "name", NULL };
  PhSlot slot = find_element (dom, id);
  g_autofree char *name = NULL;

  if (slot == 0)
    return g_strdup ("");

  name = dup_first_attribute (dom, slot, names);

  if (name == NULL)
    {
      g_autofree char *text = dup_label_text (dom, slot);

      name = ph_text_line (text, MAX_LABEL_CHARS);
    }

  if (name[0] == '\0')
    {
      g_free (name);
      name = dup_first_attribute (dom, slot, more_names);
    }

  return make_label (dom, slot, name);
}
