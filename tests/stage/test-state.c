/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-test.h"

#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <string.h>

/*
 * `playhead-cli state` says the same with and without --rendered: what the engine
 * has is what the web view shows, but for attributes that are kept from it.
 */
static const char *program;
static const char *demo;

static JsonObject *
read_state (const char *file,
            const char *at,
            gboolean rendered,
            JsonParser *parser)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *out = NULL;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "state", file,
                              "--at", at, rendered ? "--rendered" : NULL, NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
  json_parser_load_from_data (parser, out, -1, &error);
  g_assert_no_error (error);

  return json_node_get_object (json_parser_get_root (parser));
}

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
                            gboolean in_sheet);

static guint
compare_lists (JsonObject *engine,
               JsonObject *stage,
               const char *name)
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
                        json_array_get_object_element (found, i), in_sheet);

  return n;
}

/* Those of the stage are recorded ones. */
static void
compare_attributes (JsonObject *engine,
                    JsonObject *stage)
{
  JsonObject *wanted = json_object_get_object_member (engine, "attributes");
  g_autoptr (GList) names =
    json_object_get_members (json_object_get_object_member (stage, "attributes"));

  for (GList *l = names; l != NULL; l = l->next)
    if (!json_object_has_member (wanted, l->data))
      g_error ("node %" G_GINT64_FORMAT ": on the stage it has %s",
               json_object_get_int_member (engine, "id"), (const char *) l->data);
}

/* How many there were. Style text is filtered, which ph-css.h tells of. */
static guint
compare_nodes (JsonObject *engine,
               JsonObject *stage,
               gboolean in_sheet)
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

  n += compare_lists (engine, stage, "children");
  n += compare_lists (engine, stage, "shadow");
  g_assert_cmpint (json_object_has_member (engine, "frame"), ==,
                   json_object_has_member (stage, "frame"));

  if (json_object_has_member (engine, "frame"))
    n += compare_nodes (json_object_get_object_member (engine, "frame"),
                        json_object_get_object_member (stage, "frame"), FALSE);

  return n;
}

static void
compare (const char *file,
         const char *at,
         guint least)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (JsonParser) stage_parser = json_parser_new ();
  JsonObject *engine = read_state (file, at, FALSE, parser);
  JsonObject *stage = read_state (file, at, TRUE, stage_parser);
  guint n;

  assert_same_member (engine, stage, "viewport");
  assert_same_member (engine, stage, "focus");
  n = compare_nodes (json_object_get_object_member (engine, "tree"),
                     json_object_get_object_member (stage, "tree"), FALSE);
  g_assert_cmpuint (n, >=, least);
}

static void
test_controls (void)
{
  g_autofree char *file = ph_test_fixture ("cli/controls.json");
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *focus = NULL;

  compare (file, "1.5", 25);
  compare (file, "100%", 25);

  /* One that is there, at that. */
  focus = dup_member (read_state (file, "1.5", TRUE, parser), "focus");
  g_assert_cmpstr (focus, ==, "19");
}

static void
test_demo (void)
{
  compare (demo, "0", 300);
  compare (demo, "50%", 300);
  compare (demo, "100%", 300);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 3);
  program = argv[1];
  demo = argv[2];

  g_test_add_func ("/state/controls", test_controls);
  g_test_add_func ("/state/demo", test_demo);

  return g_test_run ();
}
