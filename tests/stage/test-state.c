/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-state-compare.h"
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

  n = ph_state_compare (engine, stage, FALSE);
  g_assert_cmpuint (n, >=, least);
}

static void
test_controls (void)
{
  g_autofree char *file = ph_test_fixture ("cli/controls.json");
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *state;

  compare (file, "1.5", 25);
  compare (file, "100%", 25);

  /* One that is there, at that. */
  state = read_state (file, "1.5", TRUE, parser);
  g_assert_cmpint (json_object_get_int_member (state, "focus"), ==, 19);
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
  ph_test_spare_children ();
  g_assert_cmpint (argc, ==, 3);
  program = argv[1];
  demo = argv[2];

  g_test_add_func ("/state/controls", test_controls);
  g_test_add_func ("/state/demo", test_demo);

  return g_test_run ();
}
