/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-reader.h"

#include <string.h>

#define EVENT "{\"type\":4,\"data\":{},\"timestamp\":1}"
#define START "{\"type\":2,\"data\":{\"node\":{\"x\":["

static void
test_rank (void)
{
  static const struct
  {
    const char *head;
    gboolean whole;
    PhRank array, object, ndjson;
  } cases[] = {
    { "[" EVENT "]", TRUE, PH_RANK_CERTAIN, 0, 0 },
    { "\xef\xbb\xbf\n[\n" EVENT, FALSE, PH_RANK_CERTAIN, 0, 0 },
    { "[{},null," EVENT, FALSE, PH_RANK_CERTAIN, 0, 0 },
    { "[\"window\"," EVENT "]\n", FALSE, 0, 0, 0 },
    { "[" START, FALSE, PH_RANK_LIKELY, 0, 0 },
    { "[" START, TRUE, PH_RANK_LIKELY, 0, 0 },
    { "[{\"id\":1},{\"id\":2},", FALSE, 0, 0, 0 },
    { "[{\"id\":1},{\"type\":1,\"data\":{", FALSE, 0, 0, 0 },
    { "[{\"id\":{", FALSE, 0, 0, 0 },
    { "[[" EVENT "]]", TRUE, 0, 0, 0 },
    { "[", FALSE, 0, 0, 0 },
    { "{\"events\":[" EVENT "]}", TRUE, 0, PH_RANK_CERTAIN, 0 },
    { "{\"a\":{\"b\":[]},\"events\":[" EVENT, FALSE, 0, PH_RANK_CERTAIN, 0 },
    { "{\"events\":[" START, FALSE, 0, PH_RANK_LIKELY, 0 },
    { "{\"events\":[{\"id\":1}]}", TRUE, 0, 0, 0 },
    { "{\"events\":[{\"id\":1},", FALSE, 0, 0, 0 },
    { "{\"screenshot\":\"data:", FALSE, 0, PH_RANK_POSSIBLE, 0 },
    { "{\"screenshot\":\"data:", TRUE, 0, 0, 0 },
    { "{\"id\":1}\n{\"id\":2}\n", FALSE, 0, 0, 0 },
    { EVENT, TRUE, 0, 0, PH_RANK_CERTAIN },
    { EVENT "\n" START, FALSE, 0, 0, PH_RANK_CERTAIN },
    { "{\"type\":4,\n\"timestamp\":1}", TRUE, 0, 0, PH_RANK_CERTAIN },
    { START, TRUE, 0, 0, PH_RANK_LIKELY },
    { START, FALSE, 0, PH_RANK_POSSIBLE, PH_RANK_LIKELY },
    { "{\"type\":\"click\",\"timestamp\":1}", TRUE, 0, 0, 0 },
    { "{\"type\":1,\"timestamp\":\"now\"}", TRUE, 0, 0, 0 },
    { "\"text\"", TRUE, 0, 0, 0 },
    { "", TRUE, 0, 0, 0 },
    { "\xef", TRUE, 0, 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize size = strlen (cases[i].head);
      g_autofree char *head = g_memdup2 (size > 0 ? cases[i].head : "?", MAX (size, 1));
      gboolean whole = cases[i].whole;

      g_test_message ("case %u", i);
      g_assert_cmpint (ph_reader_rrweb_array.probe (head, size, whole), ==, cases[i].array);
      g_assert_cmpint (ph_reader_rrweb_object.probe (head, size, whole), ==, cases[i].object);
      g_assert_cmpint (ph_reader_rrweb_ndjson.probe (head, size, whole), ==, cases[i].ndjson);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/reader-rrweb/rank", test_rank);

  return g_test_run ();
}
