/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-joining.h"

#include <string.h>

#define RRWEB "rrweb-array"
#define LINES "rrweb-ndjson"
#define MOB "openreplay"

static void
test_stems (void)
{
  static const struct
  {
    const char *name;
    const char *stem; /* NULL: no part */
  } cases[] = {
    { "blob_key_0", "#blob_key" },
    { "blob_key_1.jsonl", "#blob_key" },
    { "0.json", "#" },
    { "12.json.gz", "#" },
    { "x/0.json", "x/#" },
    { "a-0001", "#a" },
    { "a.0002.json", "#a" },
    { "dom1.mobs", "#dom" },
    { "dom2.mobe", "#dom" },
    { "s/dom.mobs", "s/.mob" },
    { "s/dom.mobe.gz", "s/.mob" },
    { "s/devtools.mob", "s/.mob" },
    { "1700000000000-1700000060000", "-" },
    { "1700000000000-1700000060000.jsonl", "-" },
    { "recording.json", NULL },
    { "recording (1).json", NULL },
    { "1700000000000.json", NULL },
    { "session-1.json", NULL },
    { "Session 12.json", NULL },
    { "my_recording2.json", NULL },
    { "replay3", NULL },
    { "trace1.zip", NULL },
    { "precession-1.json", "#precession" },
    { "", NULL },
    { "x/", NULL },
    { ".json", NULL },
    { "a1b", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *stem = ph_joining_dup_stem (cases[i].name);

      g_test_message ("%s", cases[i].name);
      g_assert_cmpstr (stem, ==, cases[i].stem);
    }
}

#define MAX_PIECES 6

static const struct
{
  const char *what;
  PhPiece pieces[MAX_PIECES + 1];
  const char *sessions; /* a letter for each piece, `-` for none */
} cases[] = {
  { "nothing", { { NULL } }, "" },
  { "each with a page of its own",
    { { "a.json", RRWEB, NULL, 1, TRUE }, { "b.json", RRWEB, NULL, 2, TRUE } },
    "ab" },
  { "the same session by name, in other folders and shapes",
    { { "x/a.json", RRWEB, "s", 1, TRUE }, { "y/b.json", LINES, "s", 2, TRUE } },
    "aa" },
  { "the same name of a session, in formats that have nothing to do with each other",
    { { "a", RRWEB, "1", 1, TRUE }, { "b", "sentry", "1", 2, TRUE } },
    "ab" },
  { "numbered parts, each with a page",
    { { "0.json", RRWEB, NULL, 1, TRUE },
      { "1.json", RRWEB, NULL, 2, TRUE },
      { "2.json", LINES, NULL, 3, TRUE } },
    "aaa" },
  { "numbered parts in two folders",
    { { "x/0.json", RRWEB, NULL, 1, TRUE },
      { "x/1.json", RRWEB, NULL, 2, TRUE },
      { "y/0.json", RRWEB, NULL, 3, TRUE },
      { "y/1.json", RRWEB, NULL, 4, TRUE } },
    "aabb" },
  { "numbered, but they say that they are different",
    { { "0.json", RRWEB, "s", 1, TRUE }, { "1.json", RRWEB, "t", 2, TRUE } },
    "ab" },
  { "numbered, and one says which it is",
    { { "0.json", RRWEB, NULL, 1, TRUE }, { "1.json", RRWEB, "t", 2, TRUE } },
    "aa" },
  { "numbered, but at the same time, or against it",
    { { "0.json", RRWEB, NULL, 1, TRUE },
      { "1.json", RRWEB, NULL, 1, TRUE },
      { "x/0.json", RRWEB, NULL, 4, TRUE },
      { "x/1.json", RRWEB, NULL, 3, TRUE } },
    "abcd" },
  { "sessions that are numbered",
    { { "session-1.json", RRWEB, NULL, 1, TRUE }, { "session-2.json", RRWEB, NULL, 2, TRUE } },
    "ab" },
  { "a later part without a page",
    { { "b.json", RRWEB, NULL, 5, FALSE }, { "a.json", RRWEB, NULL, 1, TRUE } },
    "aa" },
  { "continues the one before by time, not by name",
    { { "a.json", RRWEB, NULL, 1, TRUE },
      { "b.json", RRWEB, NULL, 9, TRUE },
      { "c.json", RRWEB, NULL, 5, FALSE } },
    "aba" },
  { "continues nothing in another folder or of another family",
    { { "x/a.json", RRWEB, NULL, 1, TRUE },
      { "y/b.json", RRWEB, NULL, 2, FALSE },
      { "x/c", "posthog", NULL, 3, FALSE } },
    "abc" },
  { "the first has none before it",
    { { "a.json", RRWEB, NULL, 1, FALSE }, { "b.json", RRWEB, NULL, 2, TRUE } },
    "ab" },
  { "several that continue each other",
    { { "a", RRWEB, NULL, 1, TRUE },
      { "b", RRWEB, NULL, 2, FALSE },
      { "c", RRWEB, NULL, 3, FALSE },
      { "d", RRWEB, NULL, 4, TRUE } },
    "aaab" },
  { "continues, but says that it is another one",
    { { "a", RRWEB, "s", 1, TRUE }, { "b", RRWEB, "t", 2, FALSE } },
    "ab" },
  { "OpenReplay's files",
    { { "dom.mobe", NULL, NULL, PH_TIME_NONE, FALSE, FALSE },
      { "dom.mobs", MOB, NULL, 1, TRUE, TRUE },
      { "devtools.mob", MOB, NULL, 1, FALSE, TRUE },
      { "readme", NULL } },
    "aaa-" },
  { "what no reader knows is of no session",
    { { "a1.txt", NULL }, { "a2.json", RRWEB, NULL, 1, TRUE } },
    "-a" },
  { "traces are never joined",
    { { "t1.zip", "playwright", NULL, PH_TIME_NONE, TRUE, FALSE, TRUE },
      { "t2.zip", "playwright", NULL, PH_TIME_NONE, TRUE, FALSE, TRUE } },
    "ab" },
};

/* What @order makes of a case, in the letters of the table. */
static char *
group (const PhPiece *pieces,
       const guint *order,
       guint n)
{
  PhPiece shuffled[MAX_PIECES];
  int sessions[MAX_PIECES];
  int letters[MAX_PIECES];
  int places[MAX_PIECES];
  guint n_letters = 0;
  guint n_sessions;
  char *out = g_new0 (char, n + 1);

  for (guint i = 0; i < n; i++)
    {
      shuffled[i] = pieces[order[i]];
      places[order[i]] = (int) i;
      letters[i] = -1;
    }

  n_sessions = ph_joining_group (shuffled, n, sessions);

  for (guint i = 0; i < n; i++)
    {
      int session = sessions[places[i]];

      g_assert_cmpint (session, <, (int) n_sessions);

      if (session >= 0 && letters[session] < 0)
        letters[session] = (int) n_letters++;

      out[i] = (char) (session < 0 ? '-' : 'a' + letters[session]);
    }

  g_assert_cmpuint (n_letters, ==, n_sessions);

  return out;
}

/* In whatever order the pieces lie in the archive. */
static void
test_rules (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint n = (guint) strlen (cases[i].sessions);
      guint order[MAX_PIECES] = { 0, 1, 2, 3, 4, 5 };

      for (guint k = 0; k < 20; k++)
        {
          g_autofree char *found = group (cases[i].pieces, order, n);

          g_test_message ("%s", cases[i].what);
          g_assert_cmpstr (found, ==, cases[i].sessions);

          for (guint m = n; m > 1; m--)
            {
              guint other = (guint) g_rand_int_range (random, 0, (gint32) m);
              guint kept = order[m - 1];

              order[m - 1] = order[other];
              order[other] = kept;
            }
        }
    }
}

static void
test_compare (void)
{
  static const PhPiece sorted[] = {
    { "z", RRWEB, NULL, 1, TRUE },
    { "dom.mobs", MOB, NULL, 2, TRUE },
    { "dom.mobe", MOB, NULL, 2, FALSE },
    { "2", RRWEB, NULL, 3, TRUE },
    { "10", RRWEB, NULL, 3, TRUE },
    { "a", RRWEB, NULL, PH_TIME_NONE, TRUE },
    { "b", RRWEB, NULL, PH_TIME_NONE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sorted); i++)
    for (guint k = 0; k < G_N_ELEMENTS (sorted); k++)
      {
        int difference = ph_joining_compare (&sorted[i], &sorted[k]);

        g_assert_cmpint ((difference > 0) - (difference < 0), ==, (i > k) - (i < k));
      }
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/joining/stems", test_stems);
  g_test_add_func ("/joining/rules", test_rules);
  g_test_add_func ("/joining/compare", test_compare);

  return g_test_run ();
}
