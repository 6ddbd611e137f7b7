/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-test.h"
#include "ph-trace-maker.h"

#include <glib/gstdio.h>
#include <string.h>

static void
test_trace (void)
{
  g_autofree char *folder = ph_trace_make (10);
  g_auto (PhTraceResult) result = { NULL };

  ph_trace_read (&result, folder);
  g_assert_no_error (result.error);
  g_assert_cmpstr (result.out->str, ==,
                   "10 plugin rrweb/network@1\n"
                   "50 meta\n"
                   "50 full-snapshot\n"
                   "50 asset https://a.example/p.png\n"
                   "100 custom playwright\n"
                   "100 mouse-move\n"
                   "100 mouse-interaction\n"
                   "100 mouse-interaction\n"
                   "100 mouse-interaction\n"
                   "105 plugin rrweb/console@1\n"
                   "190 mutation\n"
                   "200 plugin rrweb/console@1\n");
  g_assert_cmpstr (result.info->format, ==, "playwright");
  g_assert_nonnull (strstr (result.info->facts, "\"title\":\"my test\""));
  g_assert_nonnull (strstr (result.info->facts, "\"browser\":\"chromium\""));
  g_assert_cmpuint (ph_health_total (result.health), ==, 0);
  ph_test_remove_tree (folder);
}

/* What is said to lie in the trace and does not is left out. */
static void
test_gone (void)
{
  g_autofree char *folder = ph_trace_make (10);
  g_autofree char *path = g_build_filename (folder, "resources", "p.png", NULL);
  g_auto (PhTraceResult) result = { NULL };

  g_assert_cmpint (g_remove (path), ==, 0);
  ph_trace_read (&result, folder);
  g_assert_no_error (result.error);
  g_assert_null (strstr (result.out->str, "asset"));
  ph_test_remove_tree (folder);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/playwright-trace/trace", test_trace);
  g_test_add_func ("/playwright-trace/gone", test_gone);

  return g_test_run ();
}
