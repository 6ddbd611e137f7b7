/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-test.h"
#include "ph-trace-maker.h"

/* Without snapshots there are the pictures of the screen. */
static void
test_pictures (void)
{
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *context = g_strdup_printf (PH_TRACE_CONTEXT, 9);
  g_autofree char *text = g_strconcat (context, PH_TRACE_PICTURE (1020, "screencast/a.jpeg"),
                                       PH_TRACE_PICTURE (1030, "screencast/gone.jpeg"),
                                       PH_TRACE_PICTURE (1040, "screencast/b.jpeg"), NULL);
  g_auto (PhTraceResult) result = { NULL };

  ph_trace_write_file (folder, "0-trace.trace", text);
  ph_trace_write_file (folder, "screencast/a.jpeg", "a");
  ph_trace_write_file (folder, "screencast/b.jpeg", "b");
  ph_trace_read (&result, folder);
  g_assert_no_error (result.error);
  g_assert_cmpstr (result.out->str, ==, "20 meta\n20 full-snapshot\n40 mutation\n");
  ph_test_remove_tree (folder);
}

/* Of the three snapshots of a trace, the second at 60 ms, is read what @events says. */
static void
check (const char *lines,
       const char *events)
{
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *context = g_strdup_printf (PH_TRACE_CONTEXT, 10);
  g_autofree char *text =
    g_strconcat (context, PH_TRACE_SNAPSHOT ("c0", "after", 1050, "['HTML',{},'a']"),
                 PH_TRACE_SNAPSHOT ("c1", "before", 1060, "[[1,1]]"), lines, NULL);
  g_auto (PhTraceResult) result = { NULL };

  ph_trace_write_file (folder, "trace.trace", text);
  ph_trace_read (&result, folder);
  g_assert_no_error (result.error);
  g_assert_cmpstr (result.out->str, ==, events);
  ph_test_remove_tree (folder);
}

/* What has not changed is not written again. */
static void
test_unchanged (void)
{
  check (PH_TRACE_SNAPSHOT ("c1", "after", 1070, "['HTML',{},[[2,0]],'b']"),
         "50 meta\n50 full-snapshot\n70 mutation\n");
}

/* A page that stays what it is lasts until it was seen last. */
static void
test_still (void)
{
  check (PH_TRACE_SNAPSHOT ("c1", "after", 1250, "[[2,1]]"),
         "50 meta\n50 full-snapshot\n250 mutation\n");
}

/* Its window may become another size, whether or not the page becomes another. */
static void
test_resized (void)
{
  g_autofree char *folder = ph_test_tmp_dir ();
  g_autofree char *context = g_strdup_printf (PH_TRACE_CONTEXT, 10);
  g_autofree char *lines =
    g_strconcat (context, PH_TRACE_SNAPSHOT ("c0", "after", 1050, "['HTML',{},'a']"),
                 PH_TRACE_SNAPSHOT ("c1", "before", 1060, "[[1,1]]"),
                 PH_TRACE_SNAPSHOT ("c1", "after", 1070, "['HTML',{},[[2,0]],'b']"), NULL);
  g_auto (GStrv) parts = g_strsplit (lines, "'width':640", -1);
  g_autofree char *text = NULL;
  g_auto (PhTraceResult) result = { NULL };

  g_assert_cmpuint (g_strv_length (parts), ==, 5);
  text = g_strconcat (parts[0], "'width':640", parts[1], "'width':640", parts[2], "'width':500",
                      parts[3], "'width':400", parts[4], NULL);
  ph_trace_write_file (folder, "trace.trace", text);
  ph_trace_read (&result, folder);
  g_assert_no_error (result.error);
  g_assert_cmpstr (result.out->str, ==,
                   "50 meta\n50 full-snapshot\n60 viewport-resize\n70 viewport-resize\n"
                   "70 mutation\n");
  ph_test_remove_tree (folder);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/playwright-pages/pictures", test_pictures);
  g_test_add_func ("/playwright-pages/unchanged", test_unchanged);
  g_test_add_func ("/playwright-pages/still", test_still);
  g_test_add_func ("/playwright-pages/resized", test_resized);

  return g_test_run ();
}
