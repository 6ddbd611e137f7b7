/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-error.h"
#include "ph-test.h"
#include "ph-trace-maker.h"

#include <string.h>

/* A later version says so, and what is understood of it plays. */
static void
test_newer (void)
{
  g_autofree char *folder = ph_trace_make (11);
  g_auto (PhTraceResult) result = { NULL };

  ph_trace_read (&result, folder);
  g_assert_no_error (result.error);
  g_assert_cmpuint (ph_health_count (result.health, PH_HEALTH_NEWER_VERSION), ==, 1);
  ph_test_remove_tree (folder);
}

/* The part of the test runner has a clock of its own; old calls tell where it stands. */
static void
test_runner (void)
{
  g_autofree char *folder = ph_trace_make (10);
  g_auto (PhTraceResult) result = { NULL };

  ph_trace_write_file (folder, "test.trace",
                       "{'type':'context-options','version':10,'origin':'testRunner','wallTime':"
                       "1700000000000,'monotonicTime':77}\n"
                       "{'type':'before','callId':'s','startTime':97,'class':'Test',"
                       "'method':'step',"
                       "'title':'Before Hooks'}\n"
                       "{'type':'stdout','timestamp':137,'text':'hello'}\n"
                       "{'type':'after','callId':'s','endTime':187}\n"
                       "{'type':'error','message':'it failed','timestamp':387}\n");
  ph_trace_read (&result, folder);
  g_assert_no_error (result.error);
  g_assert_nonnull (strstr (result.out->str, "20 custom playwright\n"));
  g_assert_nonnull (strstr (result.out->str, "60 plugin rrweb/console@1\n"));
  g_assert_nonnull (strstr (result.out->str, "310 plugin rrweb/console@1\n"));
  ph_test_remove_tree (folder);
}

/* Cut anywhere it plays up to there, or says that there is nothing. */
static void
test_cut (void)
{
  g_autofree char *folder = ph_trace_make (10);
  g_autofree char *path = g_build_filename (folder, "trace.trace", NULL);
  g_autofree char *whole = NULL;
  gsize size;
  guint last = 0;

  g_assert_true (g_file_get_contents (path, &whole, &size, NULL));

  for (guint tenth = 1; tenth <= 10; tenth++)
    {
      g_auto (PhTraceResult) result = { NULL };

      g_assert_true (g_file_set_contents (path, whole, (gssize) (size * tenth / 10), NULL));
      ph_trace_read (&result, folder);

      if (result.error != NULL)
        {
          g_assert_true (result.error->domain == PH_ERROR);
          g_assert_cmpuint (last, ==, 0);
          continue;
        }

      g_assert_cmpuint (result.info->n_events, >=, last);
      last = (guint) result.info->n_events;
    }

  g_assert_cmpuint (last, ==, 12);
  ph_test_remove_tree (folder);
}

static const struct
{
  const char *name;
  guint n_pages; /* whole ones, and those told by what changed */
  const char *refusal;
} corpus[] = {
  { "clarity-page.current.zip", 4, NULL },
  { "test-trace1.zip", 1, NULL },
  { "trace-1.31.zip", 2, NULL },
  { "trace-remote-time-diff.zip", 2, NULL },
  { "trace-library-1.46.zip", 0, "neither snapshots nor pictures" },
  { "trace-from-the-future.zip", 0, "newer Playwright" },
};

static void
test_corpus (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (corpus); i++)
    {
      g_autofree char *name = g_build_filename ("corpus", "playwright", corpus[i].name, NULL);
      g_autofree char *path = ph_test_shared (name);
      g_auto (PhTraceResult) result = { NULL };
      g_auto (GStrv) lines = NULL;
      guint n = 0;

      if (path == NULL)
        {
          g_test_skip ("the shared corpus is not here");
          return;
        }

      ph_trace_read (&result, path);
      g_test_message ("%s: %s", corpus[i].name, result.out->str);

      if (corpus[i].refusal != NULL)
        {
          g_assert_error (result.error, PH_ERROR, PH_ERROR_UNSUPPORTED);
          g_assert_nonnull (strstr (result.error->message, corpus[i].refusal));
          continue;
        }

      g_assert_no_error (result.error);

      lines = g_strsplit (result.out->str, "\n", -1);

      for (guint k = 0; lines[k] != NULL; k++)
        if (g_str_has_suffix (lines[k], " full-snapshot") ||
            g_str_has_suffix (lines[k], " mutation"))
          n++;

      g_assert_cmpuint (n, >=, corpus[i].n_pages);
      g_assert_cmpuint (ph_health_count (result.health, PH_HEALTH_EVENT_INVALID), ==, 0);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/reader-playwright/newer", test_newer);
  g_test_add_func ("/reader-playwright/runner", test_runner);
  g_test_add_func ("/reader-playwright/cut", test_cut);
  g_test_add_func ("/reader-playwright/corpus", test_corpus);

  return g_test_run ();
}
