/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-state-compare.h"

#include <math.h>
#include <string.h>

/* Browsers stand on whole pixels of their own. */
#define SCROLL_OFF 1

static char *
dup_member (JsonObject *object,
            const char *name)
{
  JsonNode *member = json_object_get_member (object, name);

  return member != NULL ? json_to_string (member, FALSE) : NULL;
}

static void
assert_same_member (JsonObject *engine,
                    JsonObject *stage,
                    const char *name)
{
  g_autofree char *wanted = dup_member (engine, name);
  g_autofree char *found = dup_member (stage, name);

  if (g_strcmp0 (wanted, found) != 0)
    g_error ("node %" G_GINT64_FORMAT ": %s is %s, on the stage %s",
             json_object_get_int_member_with_default (engine, "id", 0), name, wanted, found);
}

static guint compare_nodes (JsonObject *engine,
                            JsonObject *stage,
                            gboolean in_sheet,
                            gboolean scrolls);

static guint
compare_lists (JsonObject *engine,
               JsonObject *stage,
               const char *name,
               gboolean scrolls)
{
  const char *parent = json_object_get_string_member_with_default (engine, "name", "");
  gboolean in_sheet = g_str_equal (parent, "style") || g_str_equal (parent, "link");
  JsonArray *wanted;
  JsonArray *found;
  guint n = 0;

  g_assert_cmpint (json_object_has_member (engine, name), ==, json_object_has_member (stage, name));

  if (!json_object_has_member (engine, name))
    return 0;

  wanted = json_object_get_array_member (engine, name);
  found = json_object_get_array_member (stage, name);
  g_assert_cmpuint (json_array_get_length (wanted), ==, json_array_get_length (found));

  for (guint i = 0; i < json_array_get_length (wanted); i++)
    n += compare_nodes (json_array_get_object_element (wanted, i),
                        json_array_get_object_element (found, i), in_sheet, scrolls);

  return n;
}

/* Those of the stage are recorded ones; what is missing is told of in a style of ours. */
static void
compare_attributes (JsonObject *engine,
                    JsonObject *stage)
{
  JsonObject *wanted = json_object_get_object_member (engine, "attributes");
  JsonObject *found = json_object_get_object_member (stage, "attributes");
  g_autoptr (GList) names = json_object_get_members (found);

  for (GList *l = names; l != NULL; l = l->next)
    if (!json_object_has_member (wanted, l->data) &&
        !g_str_has_prefix (json_object_get_string_member (found, l->data), "--ph-label:"))
      g_error ("node %" G_GINT64_FORMAT ": on the stage it has %s",
               json_object_get_int_member (engine, "id"), (const char *) l->data);
}

static double
get_scroll (JsonObject *node,
            guint index)
{
  JsonArray *scroll = json_object_has_member (node, "scroll")
                        ? json_object_get_array_member (node, "scroll")
                        : NULL;

  return scroll != NULL ? json_array_get_double_element (scroll, index) : 0;
}

static void
compare_scroll (JsonObject *engine,
                JsonObject *stage)
{
  for (guint i = 0; i < 2; i++)
    if (!(fabs (get_scroll (engine, i) - get_scroll (stage, i)) <= SCROLL_OFF))
      g_error ("node %" G_GINT64_FORMAT ": it is scrolled to %g, on the stage to %g",
               json_object_get_int_member (engine, "id"), get_scroll (engine, i),
               get_scroll (stage, i));
}

/* How many there were. Style text is filtered, which ph-css.h tells of. */
static guint
compare_nodes (JsonObject *engine,
               JsonObject *stage,
               gboolean in_sheet,
               gboolean scrolls)
{
  static const char *const members[] = { "id", "text", "value", "checked" };
  const char *name = json_object_get_string_member_with_default (engine, "name", "");
  const char *shown = json_object_get_string_member_with_default (stage, "name", "");
  guint n = 1;

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (!g_str_equal (members[i], "text") || (!in_sheet && !g_str_has_prefix (name, "!")))
      assert_same_member (engine, stage, members[i]);

  /* A sheet that was loaded is shown as one that stands there. */
  if (!g_str_equal (name, "link") && !g_str_equal (name, "script"))
    g_assert_cmpstr (name, ==, shown);

  if (json_object_has_member (engine, "attributes"))
    compare_attributes (engine, stage);

  if (scrolls)
    compare_scroll (engine, stage);

  n += compare_lists (engine, stage, "children", scrolls);
  n += compare_lists (engine, stage, "shadow", scrolls);
  g_assert_cmpint (json_object_has_member (engine, "frame"), ==,
                   json_object_has_member (stage, "frame"));

  if (json_object_has_member (engine, "frame"))
    n += compare_nodes (json_object_get_object_member (engine, "frame"),
                        json_object_get_object_member (stage, "frame"), FALSE, scrolls);

  return n;
}

guint
ph_state_compare (JsonObject *engine,
                  JsonObject *shown,
                  gboolean scrolls)
{
  assert_same_member (engine, shown, "viewport");
  assert_same_member (engine, shown, "focus");

  return compare_nodes (json_object_get_object_member (engine, "tree"),
                        json_object_get_object_member (shown, "tree"), FALSE, scrolls);
}
