/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-golden.h"
#include "ph-reader.h"
#include "ph-taken.h"
#include "ph-test.h"

#include <string.h>

#define PAGE                                                                                   \
  "{ \"initialOffset\":{\"left\":0,\"top\":0},\"node\":{\"type\":0,\"id\":1,\"childNodes\":[{" \
  "\"type\":2,\"tagName\":\"html\",\"attributes\":{},\"childNodes\":[],\"id\":2}]}}"

static void
test_page (void)
{
  g_autoptr (PhTaken) taken = ph_taken_read (PAGE, strlen (PAGE), 0);
  g_autoptr (PhTaken) cut = ph_taken_read (PAGE, strlen (PAGE) - 3, 0);

  g_assert_no_error (taken->error);
  g_assert_cmpstr (taken->info->format, ==, "rrweb-snapshot");
  g_assert_cmpstr (taken->events->pdata[0], ==,
                   "{\"type\":2,\"timestamp\":0,\"data\":" PAGE "}");
  g_assert_nonnull (cut->error);
  ph_taken_check_chunks (PAGE, strlen (PAGE));
}

static void
test_rank (void)
{
  static const struct
  {
    const char *head;
    PhRank rank;
  } cases[] = {
    { PAGE, PH_RANK_LIKELY },
    { "{\"node\":{\"type\":0,\"childNodes\":[", PH_RANK_LIKELY },
    { "{\"node\":{\"type\":0}}", PH_RANK_NONE },
    { "{\"type\":2,\"data\":" PAGE, PH_RANK_NONE },
    { "{\"initialOffset\":{}}", PH_RANK_NONE },
    { "[" PAGE "]", PH_RANK_NONE },
    { "{", PH_RANK_NONE },
    { "", PH_RANK_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize size = strlen (cases[i].head);
      g_autofree char *head = g_memdup2 (size > 0 ? cases[i].head : "?", MAX (size, 1));

      g_test_message ("case %u", i);
      g_assert_cmpint (ph_reader_snapshot.probe (head, size, TRUE), ==, cases[i].rank);
    }
}

/* Snapshots of real pages without an event around them. */
static void
test_corpus (void)
{
  static const char *const names[] = { "capacitor", "input", "output" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = g_strconcat ("corpus/highlight/", names[i], ".json", NULL);
      g_autofree char *path = ph_test_shared (name);
      g_autoptr (PhTaken) taken = NULL;

      if (path == NULL)
        {
          g_test_skip ("no shared corpus");
          return;
        }

      taken = ph_taken_read_file (path);
      g_assert_no_error (taken->error);
      g_assert_cmpstr (taken->info->format, ==, "rrweb-snapshot");
      g_assert_cmpstr (taken->kinds->str, ==, "0/full-snapshot@0 ");
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/reader-snapshot/page", test_page);
  g_test_add_func ("/reader-snapshot/rank", test_rank);
  g_test_add_func ("/reader-snapshot/corpus", test_corpus);

  return g_test_run ();
}
