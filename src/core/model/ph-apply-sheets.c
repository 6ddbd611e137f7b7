/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-apply.h"
#include "ph-css.h"
#include "ph-limits.h"

#include <string.h>

/* Reads `index`: a number or a path of numbers; missing is 0, as insertRule() has it. */
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
      path[0] = (guint) CLAMP (number, 0, G_MAXINT32);
      return 1;
    }

  ph_json_iter_init (&iter, value);

  while (n < PH_LIMIT_RULE_DEPTH && ph_json_next (&iter, NULL, &item))
    {
      number = 0;
      ph_json_get_int (item, &number);
      path[n++] = (guint) CLAMP (number, 0, G_MAXINT32);
    }

  return n;
}

static void
edit_rule (PhBuild *build,
           GPtrArray *rules,
           PhJsonValue change,
           const char *text)
{
  guint path[PH_LIMIT_RULE_DEPTH];
  guint n = read_path (ph_json_member (change, "index"), path);

  /* A rule in a rule means reading the outer one again. */
  if (n > 1 && path[0] < rules->len &&
      !ph_build_take_work (build, g_ref_string_length (rules->pdata[path[0]])))
    return;

  if (n == 0 || !ph_css_edit_rules (rules, path, n, text))
    ph_health_add (build->health, PH_HEALTH_ODD_VALUE, build->time,
                   "a style rule at a place that is not there");
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

static void
replace_rules (PhNodeState *state,
               PhJsonValue text)
{
  const char *sheet;

  if (!ph_json_get_string (text, &sheet, NULL))
    return;

  g_ptr_array_unref (state->rules);
  state->rules = ph_css_split_rules (sheet);
}

void
ph_apply_style_sheet_rule (PhBuild *build,
                           const PhEvent *event,
                           PhJsonValue data)
{
  PhDom *dom = build->dom;
  PhSlot slot = 0;
  PhNodeState *state;
  PhJsonIter iter;
  PhJsonValue change;
  const char *text;

  if (ph_json_type (ph_json_member (data, "id")) != PH_JSON_NUMBER)
    {
      ph_health_add (build->health, PH_HEALTH_EVENT_NOT_SHOWN, build->time,
                     "a change of a sheet that was made by script");
      return;
    }

  slot = ph_apply_find_target (build, event, data);

  if (slot == 0 || (strcmp (ph_dom_node_name (dom, slot), "style") != 0 &&
                    strcmp (ph_dom_node_name (dom, slot), "link") != 0))
    return;

  state = ph_dom_edit_state (dom, slot);

  if (state->rules == NULL)
    state->rules = read_rules (dom, slot);

  ph_json_iter_init (&iter, ph_json_member (data, "adds"));

  while (ph_json_next (&iter, NULL, &change))
    if (ph_json_member_string (change, "rule", &text, NULL))
      edit_rule (build, state->rules, change, text);

  ph_json_iter_init (&iter, ph_json_member (data, "removes"));

  while (ph_json_next (&iter, NULL, &change))
    edit_rule (build, state->rules, change, NULL);

  replace_rules (state, ph_json_member (data, "replace"));
  replace_rules (state, ph_json_member (data, "replaceSync"));
}
