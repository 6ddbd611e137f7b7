/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs playhead-render, given as the first argument, as `playhead-cli bench` does. */

#include "ph-test.h"

#include <string.h>

static char *program;

/* What it prints, line by line, when it is given @input. */
static char **
run (const char *since,
     const char *input)
{
  g_autofree char *file = ph_test_fixture ("rrweb/two-pages.json");
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *output = NULL;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                              &error, program, "bench", file, since != NULL ? "--since" : NULL,
                              since, NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, input, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
  g_strchomp (output);

  return g_strsplit (output, "\n", -1);
}

/* `@name NUMBER`, and a number that could be a time on a machine like this. */
static void
check_line (const char *line,
            const char *name,
            double least)
{
  double msec;

  g_test_message ("%s", line);
  g_assert_true (g_str_has_prefix (line, name));
  g_assert_true (line[strlen (name)] == ' ');
  msec = g_ascii_strtod (line + strlen (name), NULL);
  g_assert_cmpfloat (msec, >=, least);
  g_assert_cmpfloat (msec, <, 60000);
}

static void
test_cold_start (void)
{
  g_autofree char *since = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_monotonic_time ());
  g_auto (GStrv) lines = run (since, "");

  g_assert_cmpuint (g_strv_length (lines), ==, 1);
  check_line (lines[0], "cold-start", 50);
}

/* One answer for each time, also where nothing differs and nothing is painted. */
static void
test_seeks (void)
{
  g_auto (GStrv) lines = run (NULL, "2450000\n35000000\n35000000\n0\n");

  g_assert_cmpuint (g_strv_length (lines), ==, 5);
  check_line (lines[0], "first-picture", 1);
  check_line (lines[1], "seek", 1);
  check_line (lines[2], "seek", 1);
  check_line (lines[3], "seek", 0);
  check_line (lines[4], "seek", 1);
}

/* Some pictures, and no more of them than can be different: the fixture has 26 events. */
static void
test_scrub (void)
{
  g_auto (GStrv) lines = run (NULL, "scrub\n0\n");

  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  check_line (lines[0], "first-picture", 1);
  check_line (lines[1], "scrub", 0.5);
  g_assert_cmpfloat (g_ascii_strtod (lines[1] + strlen ("scrub"), NULL), <=, 120);
  check_line (lines[2], "seek", 0);
}

static void
test_no_such_file (void)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *output = NULL;
  g_autofree char *messages = NULL;

  process =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error,
                      program, "bench", "/nowhere/x.json", NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &output, &messages, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);
  g_assert_cmpstr (output, ==, "");
  g_assert_nonnull (strstr (messages, "playhead-render: x.json: There is no such file\n"));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  program = argv[1];
  ph_test_spare_children ();

  g_test_add_func ("/render-bench/cold-start", test_cold_start);
  g_test_add_func ("/render-bench/seeks", test_seeks);
  g_test_add_func ("/render-bench/scrub", test_scrub);
  g_test_add_func ("/render-bench/no-such-file", test_no_such_file);

  return g_test_run ();
}
