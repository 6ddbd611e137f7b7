/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-reader.h"
#include "ph-taken.h"
#include "ph-test.h"

#include <string.h>

static char *
load (const char *name)
{
  g_autofree char *path = ph_test_fixture (name);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));

  return text;
}

/* A page in the older format, with shadow roots, and what has no name in rrweb's words. */
static void
test_segment (void)
{
  g_autofree char *text = load ("datadog/segment.json");
  g_autoptr (PhTaken) taken = ph_taken_read (text, strlen (text), 0);
  g_autofree char *events = ph_taken_to_text (taken);

  g_assert_no_error (taken->error);
  g_assert_cmpstr (taken->info->format, ==, "datadog");
  g_assert_cmpstr (taken->info->facts, ==,
                   "{\"properties\":{\"project\":\"app\",\"session_id\":\"s1\","
                   "\"view_id\":\"v1\"}}");
  g_assert_cmpuint (ph_health_total (taken->health), ==, 0);
  ph_test_golden ("datadog/segment.txt", events);
  ph_taken_check_chunks (text, strlen (text));
  ph_taken_check_cut (text, strlen (text), 6);
}

/* The format of changes, then changes that make no sense, and formats that are newer. */
static void
test_changes (void)
{
  g_autofree char *text = load ("datadog/changes.json");
  g_autoptr (PhTaken) taken = ph_taken_read (text, strlen (text), 0);
  g_autofree char *events = ph_taken_to_text (taken);

  g_assert_no_error (taken->error);
  ph_test_golden ("datadog/changes.txt", events);
  g_assert_cmpuint (ph_health_count (taken->health, PH_HEALTH_NEWER_VERSION), ==, 3);
  g_assert_cmpuint (ph_health_total (taken->health), ==, 3);
  ph_taken_check_chunks (text, strlen (text));
}

static void
test_rank (void)
{
  static const struct
  {
    const char *head;
    PhRank rank;
  } cases[] = {
    { "{\"records\":[{\"type\":4,\"timestamp\":1}],\"source\":\"browser\"}", PH_RANK_OWN },
    { "{\"application\":{\"id\":\"a\"},\"records\":[{\"type\":4,\"timestamp\":1},",
      PH_RANK_OWN },
    { " {\"records\":[{\"type\":4,\"timestamp\":1}", PH_RANK_LIKELY },
    { "{\"records\":[{\"type\":\"x\"}],\"source\":\"browser\"}", PH_RANK_NONE },
    { "[{\"records\":[{\"type\":4,\"timestamp\":1}]}]", PH_RANK_NONE },
    { "{", PH_RANK_NONE },
    { "", PH_RANK_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize size = strlen (cases[i].head);
      g_autofree char *head = g_memdup2 (size > 0 ? cases[i].head : "?", MAX (size, 1));

      g_test_message ("case %u", i);
      g_assert_cmpint (ph_reader_datadog.probe (head, size, TRUE), ==, cases[i].rank);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/reader-datadog/segment", test_segment);
  g_test_add_func ("/reader-datadog/changes", test_changes);
  g_test_add_func ("/reader-datadog/rank", test_rank);

  return g_test_run ();
}
