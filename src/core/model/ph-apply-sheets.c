/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-apply.h"
#include "ph-css-rules.h"
#include "ph-custom.h"
#include "ph-fonts.h"
#include "ph-limits.h"

#include <string.h>

/* ---- which sheet, which rule ---- */

/*
 * Reads `index`: a number or a path of numbers; missing is 0, as insertRule() has
 * it. 0 when it leads nowhere.
 */
static guint
read_path (PhJsonValue value,
           guint *path)
{
  PhJsonIter iter;
  PhJsonValue item;
  gint64 number = 0;
  guint n = 0;

  if (ph_json_type (value) != PH_JSON_ARRAY)
    {
      ph_json_get_int (value, &number);
      path[0] = (guint) MIN (number, G_MAXINT32);
      return number >= 0 ? 1 : 0;
    }

  if (ph_json_size (value) > PH_LIMIT_RULE_DEPTH)
    return 0;

  ph_json_iter_init (&iter, value);

  while (ph_json_next (&iter, NULL, &item))
    {
      number = 0;
      ph_json_get_int (item, &number);

      if (number < 0)
        return 0;

      path[n++] = (guint) MIN (number, G_MAXINT32);
    }

  return n;
}

static void
report_place (PhBuild *build)
{
  ph_health_add (build->health, PH_HEALTH_ODD_VALUE, build->time,
                 "a style rule that is none, or at a place that is not there");
}

/* Reading a rule again costs what it is long. */
static gboolean
take_rule_work (PhBuild *build,
                const GPtrArray *rules,
                const guint *path)
{
  return path[0] >= rules->len ||
         ph_build_take_work (build, g_ref_string_length (rules->pdata[path[0]]));
}

/* The rules of a style element as its own text has them. */
static GPtrArray *
read_rules (PhDom *dom,
            PhSlot slot)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (PhSlot child = ph_dom_node (dom, slot)->first_child; child != 0;
       child = ph_dom_node (dom, child)->next)
    if (ph_dom_node (dom, child)->type == PH_NODE_TEXT)
      g_string_append (text, ph_dom_node (dom, child)->text);

  return ph_css_split_rules (text->str);
}

/* The page's sheets, to be written to. */
static PhSheets *
edit_sheets (PhDom *dom)
{
  PhPageState *page = ph_dom_edit_page (dom);

  page->sheets = ph_sheets_own (page->sheets);

  return page->sheets;
}

static GPtrArray *
edit_constructed (PhBuild *build,
                  gint32 id)
{
  const PhPageState *page = ph_dom_get_page (build->dom);

  if (page != NULL && ph_sheets_find (page->sheets, id) != NULL)
    return ph_sheets_edit (edit_sheets (build->dom), id);

  ph_health_add (build->health, PH_HEALTH_UNKNOWN_NODE, build->time,
                 "a change of the unknown sheet %d", id);

  return NULL;
}

/* The rules of the sheet that @data names, to be written to; NULL when there is none. */
static GPtrArray *
edit_target (PhBuild *build,
             const PhEvent *event,
             PhJsonValue data)
{
  PhDom *dom = build->dom;
  PhNodeState *state;
  gint32 id;
  PhSlot slot;

  if (ph_build_read_id (data, "styleId", &id))
    return edit_constructed (build, id);

  slot = ph_apply_find_target (build, event, data);

  if (slot == 0 || (strcmp (ph_dom_node_name (dom, slot), "style") != 0 &&
                    strcmp (ph_dom_node_name (dom, slot), "link") != 0))
    return NULL;

  state = ph_dom_edit_state (dom, slot);

  if (state->rules == NULL)
    state->rules = read_rules (dom, slot);

  return state->rules;
}

/* ---- source 8: rules ---- */

static void
edit_rule (PhBuild *build,
           GPtrArray *rules,
           PhJsonValue change,
           const char *text)
{
  guint path[PH_LIMIT_RULE_DEPTH];
  guint n = read_path (ph_json_member (change, "index"), path);

  if (n > 1 && !take_rule_work (build, rules, path))
    return;

  if (n == 0 || !(text != NULL ? ph_css_insert_rule (rules, path, n, text)
                               : ph_css_delete_rule (rules, path, n)))
    report_place (build);
}

/*
 * Only sheets made by script can be replaced, and they import nothing (CSSOM); of
 * others recorders write it down before the browser refuses it.
 */
static void
replace_rules (PhBuild *build,
               GPtrArray *rules,
               PhJsonValue data,
               const char *member)
{
  g_autoptr (GPtrArray) replaced = NULL;
  const char *sheet;
  gint32 id;

  if (!ph_json_member_string (data, member, &sheet, NULL))
    return;

  if (!ph_build_read_id (data, "styleId", &id))
    {
      ph_health_add (build->health, PH_HEALTH_ODD_VALUE, build->time,
                     "a style element’s sheet is replaced");
      return;
    }

  replaced = ph_css_split_rules (sheet);
  g_ptr_array_set_size (rules, 0);

  for (guint i = 0; i < replaced->len; i++)
    if (g_ascii_strncasecmp (replaced->pdata[i], "@import", strlen ("@import")) != 0)
      g_ptr_array_add (rules, g_ref_string_acquire (replaced->pdata[i]));
}

void
ph_apply_style_sheet_rule (PhBuild *build,
                           const PhEvent *event,
                           PhJsonValue data)
{
  GPtrArray *rules = edit_target (build, event, data);
  PhJsonIter iter;
  PhJsonValue change;
  const char *text;

  if (rules == NULL)
    return;

  ph_json_iter_init (&iter, ph_json_member (data, "adds"));

  while (ph_json_next (&iter, NULL, &change))
    if (ph_json_member_string (change, "rule", &text, NULL))
      edit_rule (build, rules, change, text);

  ph_json_iter_init (&iter, ph_json_member (data, "removes"));

  while (ph_json_next (&iter, NULL, &change))
    edit_rule (build, rules, change, NULL);

  replace_rules (build, rules, data, "replace");
  replace_rules (build, rules, data, "replaceSync");
}

/* ---- source 13: declarations of a rule ---- */

static void
declare (PhBuild *build,
         GPtrArray *rules,
         PhJsonValue data,
         PhJsonValue change,
         gboolean is_set)
{
  guint path[PH_LIMIT_RULE_DEPTH];
  guint n = read_path (ph_json_member (data, "index"), path);
  const char *property;
  const char *value = NULL;
  const char *priority = "";

  if (!ph_json_member_string (change, "property", &property, NULL) ||
      strlen (property) > PH_LIMIT_NAME_BYTES)
    return;

  if (is_set)
    {
      ph_json_member_string (change, "value", &value, NULL);
      ph_json_member_string (change, "priority", &priority, NULL);
    }

  /* setProperty() does nothing when the priority is any other word. */
  if (*priority != '\0' && g_ascii_strcasecmp (priority, "important") != 0)
    return;

  if (n > 0 && !take_rule_work (build, rules, path))
    return;

  if (n == 0 || !ph_css_declare (rules, path, n, property, value, *priority != '\0'))
    report_place (build);
}

void
ph_apply_style_declaration (PhBuild *build,
                            const PhEvent *event,
                            PhJsonValue data)
{
  PhJsonValue set = ph_json_member (data, "set");
  PhJsonValue removed = ph_json_member (data, "remove");
  GPtrArray *rules = edit_target (build, event, data);

  if (rules == NULL)
    return;

  if (ph_json_type (set) == PH_JSON_OBJECT)
    declare (build, rules, data, set, TRUE);

  if (ph_json_type (removed) == PH_JSON_OBJECT)
    declare (build, rules, data, removed, FALSE);
}

/* ---- source 15: sheets that are made and adopted ---- */

static void
report_limit (PhBuild *build)
{
  ph_health_add (build->health, PH_HEALTH_LIMIT, build->time,
                 "more style sheets made by script than are shown");
}

/*
 * The rules of a new sheet, in their order: `index` only says that again. (rrweb's
 * player puts those without it in one before the other.)
 */
static GPtrArray *
read_definition (PhJsonValue list)
{
  GPtrArray *rules = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ref_string_release);
  PhJsonIter iter;
  PhJsonValue value;
  const char *text;

  ph_json_iter_init (&iter, list);

  while (ph_json_next (&iter, NULL, &value))
    if (ph_json_member_string (value, "rule", &text, NULL))
      {
        const guint end = G_MAXINT32;

        ph_css_insert_rule (rules, &end, 1, text);
      }

  return rules;
}

/* Defines the sheets of a list; where @is_again, those without rules may be known already. */
static void
define_sheets (PhBuild *build,
               PhJsonValue list,
               gboolean is_again)
{
  PhJsonIter iter;
  PhJsonValue value;
  gint32 id;

  ph_json_iter_init (&iter, list);

  while (ph_json_next (&iter, NULL, &value))
    {
      PhSheets *sheets;
      PhJsonValue rules = ph_json_member (value, "rules");

      if (!ph_build_read_id (value, "styleId", &id))
        continue;

      sheets = edit_sheets (build->dom);

      if (is_again && ph_json_size (rules) == 0 && ph_sheets_find (sheets, id) != NULL)
        continue;

      if (!ph_sheets_define (sheets, id, read_definition (rules)))
        report_limit (build);
    }
}

static void
adopt_sheets (PhBuild *build,
              gint32 node,
              PhJsonValue list,
              const char *member)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint32));
  PhJsonIter iter;
  PhJsonValue value;

  ph_json_iter_init (&iter, list);

  while (ph_json_next (&iter, NULL, &value))
    {
      gint64 number = 0;

      if (member != NULL)
        ph_json_member_int (value, member, &number);
      else
        ph_json_get_int (value, &number);

      if (number > 0 && number <= G_MAXINT32)
        {
          gint32 id = (gint32) number;

          g_array_append_val (ids, id);
        }
    }

  if (!ph_sheets_adopt (edit_sheets (build->dom), node, (const gint32 *) ids->data, ids->len))
    report_limit (build);
}

void
ph_apply_adopted_style_sheet (PhBuild *build,
                              const PhEvent *event,
                              PhJsonValue data)
{
  gint32 node;

  /* While recorders take a page they speak of it already; then they say it all again. */
  if (ph_dom_get_root (build->dom) == 0)
    return;

  define_sheets (build, ph_json_member (data, "styles"), FALSE);

  /* It may be recorded before the node it is about. */
  ph_apply_find_target (build, event, data);

  if (ph_build_read_id (data, "id", &node) &&
      ph_json_type (ph_json_member (data, "styleIds")) == PH_JSON_ARRAY)
    adopt_sheets (build, node, ph_json_member (data, "styleIds"), NULL);
}

/* Amplitude's recorder writes them into the node; a sheet that others have too, once. */
void
ph_apply_node_sheets (PhBuild *build,
                      PhSlot slot,
                      PhJsonValue value)
{
  PhJsonValue list = ph_json_member (value, "adoptedStyleSheets");
  gint32 id = ph_dom_node (build->dom, slot)->id;

  if (ph_json_type (list) != PH_JSON_ARRAY || id <= 0)
    return;

  define_sheets (build, list, TRUE);
  adopt_sheets (build, id, list, "styleId");
}

/* ---- source 10: fonts ---- */

static gpointer
copy_font (gconstpointer font,
           gpointer user_data)
{
  return g_ref_string_acquire ((char *) font);
}

/* Whether the page can have one font more. */
static gboolean
has_room (const GPtrArray *fonts,
          gsize size)
{
  gsize total = size;

  for (guint i = 0; fonts != NULL && i < fonts->len; i++)
    total += g_ref_string_length (fonts->pdata[i]);

  return total <= PH_LIMIT_FONT_BYTES && (fonts == NULL || fonts->len < PH_LIMIT_FONTS);
}

void
ph_apply_font (PhBuild *build,
               PhJsonValue data)
{
  const PhPageState *page = ph_dom_get_page (build->dom);
  GPtrArray *old = page != NULL ? page->fonts : NULL;
  GRefString *font = ph_fonts_read (data);
  PhPageState *state;
  GPtrArray *fonts;

  if (font == NULL)
    {
      ph_health_add (build->health, PH_HEALTH_ODD_VALUE, build->time, "a font that is none");
      return;
    }

  for (guint i = 0; old != NULL && i < old->len; i++)
    if (strcmp (old->pdata[i], font) == 0)
      {
        g_ref_string_release (font);
        return;
      }

  if (!has_room (old, g_ref_string_length (font)))
    {
      ph_health_add (build->health, PH_HEALTH_LIMIT, build->time, "more fonts than are shown");
      g_ref_string_release (font);
      return;
    }

  /* Other copies of the page may have the list. */
  fonts = old != NULL ? g_ptr_array_copy (old, copy_font, NULL)
                      : g_ptr_array_new_with_free_func ((GDestroyNotify) g_ref_string_release);
  g_ptr_array_add (fonts, font);
  state = ph_dom_edit_page (build->dom);
  g_clear_pointer (&state->fonts, g_ptr_array_unref);
  state->fonts = fonts;
}

/* ---- source 16: custom elements ---- */

void
ph_apply_custom_element (PhBuild *build,
                         PhJsonValue data)
{
  const char *name;
  gsize size;

  if (ph_json_member_string (ph_json_member (data, "define"), "name", &name, &size) && size > 0 &&
      size <= PH_LIMIT_NAME_BYTES && strlen (name) == size)
    ph_custom_define (build->dom, ph_names_intern (ph_dom_get_names (build->dom), name));
}
