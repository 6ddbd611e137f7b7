/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "clarity-feed.h"

#include "ph-clarity-sheets.h"
#include "ph-limits.h"

static void
test_sheets (void)
{
  g_autoptr (PhClaritySheets) sheets = ph_clarity_sheets_new (NULL);
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint32));
  g_autoptr (GString) out = g_string_new (NULL);
  gint32 one = ph_clarity_sheets_add (sheets, "one");
  gint32 two = ph_clarity_sheets_add (sheets, "two");

  g_assert_cmpint (one, !=, two);
  g_assert_cmpint (ph_clarity_sheets_add (sheets, "one"), ==, one);
  g_assert_cmpint (ph_clarity_sheets_find (sheets, "three"), ==, 0);
  g_assert_false (ph_clarity_sheets_set (sheets, one, "a{b:c}d{e:f}"));
  g_array_append_val (numbers, one);
  ph_clarity_sheets_write (sheets, numbers, out);
  g_assert_cmpstr (out->str, ==,
                   "\"styles\":[{\"styleId\":1,\"rules\":[{\"rule\":\"a{b:c}\"},"
                   "{\"rule\":\"d{e:f}\"}]}],\"styleIds\":[1]");

  /* Defined once; then a change of it is one of the page. */
  g_array_append_val (numbers, two);
  g_string_truncate (out, 0);
  ph_clarity_sheets_write (sheets, numbers, out);
  g_assert_cmpstr (out->str, ==,
                   "\"styles\":[{\"styleId\":2,\"rules\":[]}],\"styleIds\":[1,2]");
  g_assert_true (ph_clarity_sheets_set (sheets, one, ""));

  ph_clarity_sheets_untell (sheets);
  g_assert_false (ph_clarity_sheets_set (sheets, one, ""));
  ph_clarity_sheets_reset (sheets);
  g_assert_cmpint (ph_clarity_sheets_find (sheets, "one"), ==, 0);
}

static void
test_limit (void)
{
  g_autoptr (PhHealth) health = ph_health_new ();
  g_autoptr (PhClaritySheets) sheets = ph_clarity_sheets_new (health);

  for (guint i = 0; i < PH_LIMIT_SHEETS; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);

      g_assert_cmpint (ph_clarity_sheets_add (sheets, name), >, 0);
    }

  g_assert_cmpint (ph_clarity_sheets_add (sheets, "more"), ==, 0);
  g_assert_cmpuint (ph_health_count (health, PH_HEALTH_LIMIT), ==, 1);
}

/* Adopted before the page is told of, by what comes later, and changed then. */
static void
test_events (void)
{
  static const ClarityCase cases[] = {
    { "[3,46,\"s\",0],[3,46,\"s\",2,\"a{b:c}\"],[3,45,-1,3,[\"s\",\"unknown\"]]",
      "{\"source\":15,\"id\":536870912,\"styles\":[{\"styleId\":1,\"rules\":[{\"rule\":"
      "\"a{b:c}\"}]}],\"styleIds\":[1]}" },
    { "[3,46,\"s\",0],[3,45,-1,3,[\"s\"]],[4,46,\"s\",1,\"d{e:f}\"]",
      "{\"source\":8,\"styleId\":1,\"replaceSync\":\"d{e:f}\"}" },
    /* of a shadow root: told of its host, once that is there */
    { "[3,46,\"s\",0],[3,45,9,3,[\"s\"]],[3,6,8,5,6,\"DIV\",9,8,\"*S\",\"style=\"]",
      "{\"source\":15,\"id\":8,\"styles\":[{\"styleId\":1,\"rules\":[]}],\"styleIds\":[1]}" },
    /* of an iframe's document, whose id no node has */
    { "[3,46,\"s\",0],[3,45,9,3,[\"s\"]],[3,6,8,5,6,\"IFRAME\",\"*O=true\",10,8,\"iframe:HTML\"]",
      "{\"source\":15,\"id\":536870913,\"styles\"" },
    { "[3,46,\"s\",2,\"a{b:c}\"],[3,46],[3,45]", NULL },
  };
  g_autofree char *before =
    clarity_feed ("[1,46,\"s\",0],[1,46,\"s\",2,\"a{b:c}\"],[1,45,-1,3,[\"s\"]]," CLARITY_PAGE,
                  NULL, NULL);

  clarity_check (cases, G_N_ELEMENTS (cases));
  g_assert_nonnull (strstr (before, "{\"source\":15,\"id\":536870912,\"styles\":[{\"styleId\":1,"));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/clarity-sheets/sheets", test_sheets);
  g_test_add_func ("/clarity-sheets/limit", test_limit);
  g_test_add_func ("/clarity-sheets/events", test_events);

  return g_test_run ();
}
