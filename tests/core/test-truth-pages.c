/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Pages built with other people's components were recorded, and the live pages saved at
 * twenty moments each (tests/record/pages). Here the engine alone plays the recordings: its
 * pages must be the live ones, node by node, whatever way it came there. What the archive
 * does not hold is listed in tests/stage/differences.md, as engine/NAME.
 */
#include "ph-css-rules.h"
#include "ph-cursor.h"

#include "ph-differences.h"
#include "ph-truth.h"

#include <math.h>
#include <string.h>

#define SEED 20251124

typedef struct
{
  PhTruth *truth;
  const PhTruthMoment *moment;
  const PhDom *dom;
} Walk;

static PhDifferences *differences;

static void compare_node (Walk *walk,
                          PhSlot slot,
                          JsonObject *wanted);

static void differ (Walk *walk,
                    JsonObject *wanted,
                    const char *is,
                    const char *what,
                    ...) G_GNUC_PRINTF (4, 5);

static void
differ (Walk *walk,
        JsonObject *wanted,
        const char *is,
        const char *what,
        ...)
{
  g_autofree char *key = NULL;
  g_autofree char *detail =
    g_strdup_printf ("node %" G_GINT64_FORMAT " “%s”: got %.300s",
                     json_object_get_int_member_with_default (wanted, "id", 0),
                     walk->moment->caption, is != NULL ? is : "nothing");
  va_list arguments;

  va_start (arguments, what);
  key = g_strdup_vprintf (what, arguments);
  va_end (arguments);
  ph_differences_add (differences, detail, "%s", key);
}

static const char *
text_member (JsonObject *node,
             const char *name)
{
  return json_object_get_string_member_with_default (node, name, "");
}

static gboolean
has_name (JsonObject *node,
          const char *name)
{
  return strcmp (text_member (node, "name"), name) == 0;
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
is_sheet (JsonObject *node)
{
  return json_object_has_member (node, "sheet");
}

/* An attribute that the recorder says in words of its own, or not at all. */
static gboolean
is_said_otherwise (JsonObject *node,
                   const char *name)
{
  if (has_name (node, "link") && is_sheet (node))
    return strcmp (name, "rel") == 0 || strcmp (name, "href") == 0;
  if (strcmp (name, "autoplay") == 0)
    return has_name (node, "video") || has_name (node, "audio");
  if (strcmp (name, "value") == 0)
    return has_name (node, "input") || has_name (node, "select") || has_name (node, "textarea");
  if (strcmp (name, "src") == 0)
    return has_name (node, "iframe");

  return strcmp (name, "checked") == 0 || strcmp (name, "selected") == 0;
}

/* The declarations of a style attribute, sorted: recorders say which of them changed. */
static char *
sort_style (const char *style)
{
  g_auto (GStrv) parts = g_strsplit (style, ";", -1);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_strstrip (parts[i]);
      if (parts[i][0] != '\0')
        g_ptr_array_add (sorted, parts[i]);
    }
  g_ptr_array_sort (sorted, compare_texts);
  g_ptr_array_add (sorted, NULL);

  return g_strjoinv ("; ", (char **) sorted->pdata);
}

static gboolean
is_same_value (const char *name,
               const char *is,
               const char *must)
{
  g_autofree char *sorted = NULL;
  g_autofree char *wanted = NULL;

  if (is == NULL || strcmp (is, must) == 0 || strcmp (name, "style") != 0)
    return g_strcmp0 (is, must) == 0;

  sorted = sort_style (is);
  wanted = sort_style (must);

  return strcmp (sorted, wanted) == 0;
}

static void
compare_attributes (Walk *walk,
                    PhSlot slot,
                    JsonObject *wanted)
{
  JsonObject *attributes = json_object_get_object_member (wanted, "attributes");
  const PhAttributes *held = ph_dom_node (walk->dom, slot)->attributes;
  const char *tag = text_member (wanted, "name");
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init (&iter, attributes);
  while (json_object_iter_next (&iter, &name, &value))
    {
      const char *is = ph_dom_attribute (walk->dom, slot, name);
      const char *must = json_node_get_string (value);

      if (!is_said_otherwise (wanted, name) && !is_same_value (name, is, must))
        {
          g_autofree char *both = g_strdup_printf ("%.200s\nwanted %.200s", is, must);

          differ (walk, wanted, both, "attribute %s of %s", name, tag);
        }
    }

  for (guint i = 0; held != NULL && i < held->n; i++)
    {
      name = ph_names_text (ph_dom_get_names (walk->dom), held->items[i].name);
      if (!g_str_has_prefix (name, "rr_") && strcmp (name, "_cssText") != 0 &&
          !is_said_otherwise (wanted, name) && !json_object_has_member (attributes, name))
        differ (walk, wanted, held->items[i].value, "more attributes: %s of %s", name, tag);
    }
}

/* Of a field: what was typed, else what the attribute says. */
static void
compare_value (Walk *walk,
               PhSlot slot,
               JsonObject *wanted)
{
  const char *type = ph_dom_attribute (walk->dom, slot, "type");
  const char *value = ph_dom_held_value (walk->dom, slot);

  if (json_object_has_member (wanted, "checked"))
    {
      if (ph_dom_is_checked (walk->dom, slot) != json_object_get_boolean_member (wanted, "checked"))
        differ (walk, wanted, "the other", "checked of %s", type);
      return;
    }
  if (value == NULL)
    value = ph_dom_attribute (walk->dom, slot, "value");
  if (value == NULL && (has_name (wanted, "select") || has_name (wanted, "textarea")))
    return;
  if (strcmp (value != NULL ? value : "", text_member (wanted, "value")) != 0)
    differ (walk, wanted, value, "value of %s %s", text_member (wanted, "name"),
            type != NULL ? type : "");
}

static void
compare_scroll (Walk *walk,
                PhSlot slot,
                JsonObject *wanted)
{
  const PhNodeState *state = ph_dom_node (walk->dom, slot)->state;
  double is[2] = { 0, 0 }, must[2] = { 0, 0 };

  if (state != NULL && state->scrolled)
    {
      is[0] = state->scroll_x;
      is[1] = state->scroll_y;
    }
  if (json_object_has_member (wanted, "scroll"))
    {
      JsonArray *scroll = json_object_get_array_member (wanted, "scroll");

      must[0] = json_array_get_double_element (scroll, 0);
      must[1] = json_array_get_double_element (scroll, 1);
    }
  if (fabs (is[0] - must[0]) > 1 || fabs (is[1] - must[1]) > 1)
    {
      g_autofree char *text =
        g_strdup_printf ("%g,%g wanted %g,%g", is[0], is[1], must[0], must[1]);

      differ (walk, wanted, text, "scroll of %s", text_member (wanted, "name"));
    }
}

/* The rules, each as long as it is: a browser writes what a script said in its own words. */
static void
compare_sheet (Walk *walk,
               PhSlot slot,
               JsonObject *wanted)
{
  const PhNodeState *state = ph_dom_node (walk->dom, slot)->state;
  g_autoptr (GPtrArray) must = ph_css_split_rules (text_member (wanted, "sheet"));
  g_autoptr (GPtrArray) is = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (state != NULL && state->rules != NULL)
    {
      is = g_ptr_array_ref (state->rules);
    }
  else
    {
      for (PhSlot child = ph_dom_node (walk->dom, slot)->first_child; child != 0;
           child = ph_dom_node (walk->dom, child)->next)
        g_string_append (text, ph_dom_node (walk->dom, child)->text);
      is = ph_css_split_rules (text->str);
    }

  if (is->len != must->len)
    {
      g_autofree char *counts = g_strdup_printf ("%u rules wanted %u", is->len, must->len);

      differ (walk, wanted, counts, "rules of %s", text_member (wanted, "name"));
    }
}

static void
compare_children (Walk *walk,
                  PhSlot parent,
                  JsonObject *wanted,
                  JsonObject *owner,
                  const char *where)
{
  JsonArray *children = json_object_get_array_member (owner, "children");
  guint n = json_array_get_length (children), i = 0;

  for (PhSlot slot = ph_dom_node (walk->dom, parent)->first_child; slot != 0;
       slot = ph_dom_node (walk->dom, slot)->next, i++)
    {
      if (i < n)
        compare_node (walk, slot,
                      ph_truth_get_node (walk->truth, json_array_get_int_element (children, i)));
    }
  if (i != n)
    {
      g_autofree char *counts = g_strdup_printf ("%u wanted %u", i, n);

      differ (walk, wanted, counts, "%s of %s", where, text_member (wanted, "name"));
    }
}

static void
compare_inner (Walk *walk,
               PhSlot slot,
               JsonObject *wanted)
{
  PhSlot inner = ph_dom_node (walk->dom, slot)->inner;
  PhNodeType type = inner != 0 ? ph_dom_node (walk->dom, inner)->type : PH_NODE_FREE;

  if (json_object_has_member (wanted, "shadow") != (type == PH_NODE_SHADOW_ROOT))
    differ (walk, wanted, NULL, "shadow of %s", text_member (wanted, "name"));
  else if (type == PH_NODE_SHADOW_ROOT)
    compare_children (walk, inner, wanted, json_object_get_object_member (wanted, "shadow"),
                      "shadow children");

  if (json_object_has_member (wanted, "frame") != (type == PH_NODE_DOCUMENT))
    differ (walk, wanted, NULL, "page of %s", text_member (wanted, "name"));
  else if (type == PH_NODE_DOCUMENT)
    compare_node (walk, inner,
                  ph_truth_get_node (walk->truth, json_object_get_int_member (wanted, "frame")));
}

static void
compare_element (Walk *walk,
                 PhSlot slot,
                 JsonObject *wanted)
{
  compare_attributes (walk, slot, wanted);
  if (json_object_has_member (wanted, "value"))
    compare_value (walk, slot, wanted);
  compare_scroll (walk, slot, wanted);
  compare_inner (walk, slot, wanted);

  if (is_sheet (wanted))
    compare_sheet (walk, slot, wanted);
  else if (!has_name (wanted, "textarea"))
    compare_children (walk, slot, wanted, wanted, "children");
}

static void
compare_node (Walk *walk,
              PhSlot slot,
              JsonObject *wanted)
{
  const PhNode *node = ph_dom_node (walk->dom, slot);
  const char *must = text_member (wanted, "name");
  const char *is = ph_dom_node_name (walk->dom, slot);
  gint64 id = json_object_get_int_member_with_default (wanted, "id", 0);

  if (node->type == PH_NODE_DOCTYPE ? !has_name (wanted, "#doctype")
                                    : g_ascii_strcasecmp (is, must) != 0)
    {
      differ (walk, wanted, is, "another node than %s", must);
      return;
    }
  if (id > 0 && node->id != id)
    differ (walk, wanted, NULL, "another id of %s", must);

  if (node->type == PH_NODE_ELEMENT)
    compare_element (walk, slot, wanted);
  else if (node->type == PH_NODE_DOCUMENT)
    {
      if (node->quirks != json_object_get_boolean_member (wanted, "quirks"))
        differ (walk, wanted, NULL, "mode of document");
      compare_scroll (walk, slot, wanted);
      compare_children (walk, slot, wanted, wanted, "children");
    }
  else if (node->type == PH_NODE_TEXT || node->type == PH_NODE_COMMENT)
    {
      if (strcmp (node->text, text_member (wanted, "text")) != 0)
        differ (walk, wanted, node->text, "text in %s",
                ph_dom_node_name (walk->dom, node->parent));
    }
}

static void
compare_moment (PhTruth *truth,
                PhCursor *cursor,
                guint index)
{
  const PhTruthMoment *moment = ph_truth_get_moment (truth, index);
  Walk walk = { truth, moment, NULL };
  int width, height;

  ph_cursor_seek (cursor, moment->time);
  walk.dom = ph_cursor_get_dom (cursor);
  ph_dom_check (walk.dom);
  ph_dom_get_viewport (walk.dom, &width, &height);
  g_assert_cmpint (width, ==, moment->width);
  g_assert_cmpint (height, ==, moment->height);
  compare_node (&walk, ph_dom_get_root (walk.dom), moment->root);
}

/* Nothing in a recording of our own is odd. */
static void
compare_health (const PhHealth *health)
{
  for (guint kind = 0; kind < PH_HEALTH_N_KINDS; kind++)
    {
      guint n = 0;
      const PhFinding *examples = ph_health_examples (health, kind, &n);

      if (kind == PH_HEALTH_EVENT_NOT_SHOWN)
        continue;
      for (guint i = 0; i < n; i++)
        ph_differences_add (differences, examples[i].text, "health: %s",
                            ph_health_kind_name (kind));
    }
}

static void
test_page (gconstpointer data)
{
  const char *name = data;
  g_autofree char *path = ph_truth_archive (name);
  g_autoptr (GFile) archive = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (PhSession) session = ph_session_open (archive, NULL, NULL, NULL, &error);
  g_autoptr (PhTruth) truth = ph_truth_load (name);
  g_autoptr (PhCursor) cursor = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (SEED);
  guint n = ph_truth_get_n_moments (truth);

  g_assert_no_error (error);
  g_assert_cmpuint (n, >=, 20);
  cursor = ph_cursor_new (session);
  ph_differences_begin (differences, name);
  compare_health (ph_session_get_health (session));
  for (guint i = 0; i < n; i++)
    compare_moment (truth, cursor, i);
  for (guint i = 0; i < n; i++)
    compare_moment (truth, cursor, g_rand_int_range (random, 0, n));
  ph_differences_end (differences);
}

static void
test_needed (void)
{
  ph_differences_check_needed (differences);
}

int
main (int argc,
      char **argv)
{
  g_auto (GStrv) names = NULL;

  g_test_init (&argc, &argv, NULL);
  names = ph_truth_list ();
  differences = ph_differences_new ("engine/");
  g_assert_cmpuint (g_strv_length (names), >=, 12);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat ("/truth-pages/", names[i], NULL);

      g_test_add_data_func (path, names[i], test_page);
    }
  g_test_add_func ("/truth-pages/needed", test_needed);

  return g_test_run ();
}
