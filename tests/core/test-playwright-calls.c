/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-test.h"
#include "ph-trace-maker.h"

#include <string.h>

/* A call with an aim moves the pointer there; one that failed is an error. */
static void
test_click (void)
{
  g_autofree char *folder = ph_trace_make (10);
  g_auto (PhTraceResult) result = { NULL };

  ph_trace_read (&result, folder);
  g_assert_no_error (result.error);
  g_assert_nonnull (strstr (result.out->str, "100 custom playwright\n"
                                             "100 mouse-move\n"
                                             "100 mouse-interaction\n"
                                             "100 mouse-interaction\n"
                                             "100 mouse-interaction\n"));
  g_assert_nonnull (strstr (result.out->str, "200 plugin rrweb/console@1\n"));
  ph_test_remove_tree (folder);
}

/* Calls of old traces are one line each; of some only the end is there, or the beginning. */
static void
test_odd_calls (void)
{
  g_autofree char *folder = ph_trace_make (10);
  g_autofree char *context = g_strdup_printf (PH_TRACE_CONTEXT, 3);
  g_autofree char *text = g_strconcat (
    context,
    "{'type':'action','metadata':{'callId':'a','startTime':1060,'endTime':1070,'method':'goto',"
    "'error':{'message':'no'}}}\n"
    "{'type':'after','callId':'z','endTime':1080}\n"
    "{'type':'input','callId':'y','point':{'x':1,'y':2}}\n"
    "{'type':'before','startTime':1090}\n"
    "{'type':'before','callId':'q','startTime':1095,'method':'close'}\n",
    NULL);
  g_auto (PhTraceResult) result = { NULL };

  ph_trace_write_file (folder, "old.trace", text);
  ph_trace_read (&result, folder);
  g_assert_no_error (result.error);
  g_assert_nonnull (strstr (result.out->str, "60 custom playwright\n"));
  g_assert_nonnull (strstr (result.out->str, "70 plugin rrweb/console@1\n"));
  g_assert_null (strstr (result.out->str, "\n90 "));
  g_assert_nonnull (strstr (result.out->str, "\n95 custom playwright\n"));
  ph_test_remove_tree (folder);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/playwright-calls/click", test_click);
  g_test_add_func ("/playwright-calls/odd-calls", test_odd_calls);

  return g_test_run ();
}
