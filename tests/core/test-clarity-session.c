/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "clarity-feed.h"

/* Whatever order the events of a payload are in, their times decide. */
static void
test_sorted (void)
{
  g_autofree char *events = clarity_feed ("[9,24,\"last\"]," CLARITY_PAGE ",[5,24,\"first\"]", NULL,
                                          NULL);
  const char *first = strstr (events, "\"first\"");

  g_assert_nonnull (first);
  g_assert_nonnull (strstr (first, "\"last\""));
  g_assert_true (strstr (events, "\"childNodes\"") < first);
}

/* Where a page begins anew, all of it is told again. */
static void
test_anew (void)
{
  g_autofree char *events =
    clarity_feed (CLARITY_PAGE ",[7,10,3,0,50],[9,5,2,\"*D\",\"name=html\",3,1,2,\"HTML\"]", NULL,
                  NULL);

  g_assert_nonnull (strstr (events, "{\"type\":4,\"timestamp\":1000009,"));
  g_assert_nonnull (strstr (events, "{\"type\":2,\"timestamp\":1000009,"));
  g_assert_nonnull (strstr (events, "\"initialOffset\":{\"left\":0,\"top\":50}"));
}

/* Changes of a page whose beginning is missing are not told as such. */
static void
test_no_beginning (void)
{
  g_autoptr (PhHealth) health = ph_health_new ();
  g_autofree char *events = clarity_feed ("[5,6,9,77,\"P\"]", health, NULL);

  g_assert_null (strstr (events, "\"type\":2"));
  g_assert_null (strstr (events, "\"type\":3"));
  g_assert_cmpuint (ph_health_count (health, PH_HEALTH_UNPLACED_NODE), ==, 1);
}

static void
test_odd (void)
{
  static const char *const cases[] = {
    "[1e300,5,2,\"*D\"]",
    "[-5,24,\"x\"]",
    "[0,5]",
    "[0,6,[[[]]],{},null]",
    "[5,46,\"s\",9],[5,45,0,3,5]",
    "[5,11,\"a\"]",
    "[5,10]",
    "[5,27],[5,42],[5,31,5,5,5,5,5],[5,33],[5,29],[5,44]",
    "[5,1,1],[5,1,[]],[5,0,[]],[5,34,1]",
    "[]",
    "{}",
    "5",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *all = g_strconcat (CLARITY_PAGE, ",", cases[i], NULL);
      g_autofree char *events = clarity_feed (all, NULL, NULL);

      g_test_message ("case %u", i);
      g_assert_nonnull (strstr (events, "\"tagName\":\"h1\""));
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/clarity-session/sorted", test_sorted);
  g_test_add_func ("/clarity-session/anew", test_anew);
  g_test_add_func ("/clarity-session/no-beginning", test_no_beginning);
  g_test_add_func ("/clarity-session/odd", test_odd);

  return g_test_run ();
}
