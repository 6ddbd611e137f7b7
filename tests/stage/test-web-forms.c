/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "stage-driver.h"

/* html 2, head 3, body 4 in document 1; what follows appends to body. */
#define PAGE                                                                                  \
  "0,1,false, 1,800,600, 5,10,1,\"html\",\"\",\"\", 2,2,1,0,\"html\",0, 2,3,2,0,\"head\",0, " \
  "2,4,2,0,\"body\",0, "

static StageDriver *shared;

#define INPUT(type) "2,5,4,0,\"input\",1,\"type\",\"" type "\", "
#define SELECT(n, attributes)                                                   \
  "2,5,4,0,\"select\"," n attributes ", 2,6,5,0,\"option\",1,\"value\",\"a\", " \
  "2,7,5,0,\"option\",1,\"value\",\"b\", "

/* What a control says it holds after a value was set, also one it cannot have. */
static void
test_values (void)
{
  static const struct
  {
    const char *patch;
    const char *value;
  } rows[] = {
    { INPUT ("text") "14,5,\"a\"", "a" },
    { INPUT ("password") "14,5,\"***\"", "***" },
    { INPUT ("range") "14,5,\"70\"", "70" },
    { INPUT ("color") "14,5,\"#0088ff\"", "#0088ff" },
    { INPUT ("color") "14,5,\"****\"", "#000000" },
    { INPUT ("number") "14,5,\"1.5\"", "1.5" },
    { INPUT ("number") "14,5,\"**\"", "" },
    { INPUT ("number") "14,5,\"7\", 14,5,\"**\"", "" },
    { INPUT ("date") "14,5,\"2024-05-06\"", "2024-05-06" },
    { INPUT ("date") "14,5,\"2024-05-06\", 14,5,\"**********\"", "" },
    { INPUT ("time") "14,5,\"12:30\"", "12:30" },
    { INPUT ("datetime-local") "14,5,\"2024-05-06T12:30\"", "2024-05-06T12:30" },
    { INPUT ("month") "14,5,\"2024-05\"", "2024-05" },
    /* A file of that name, with nothing in it. */
    { INPUT ("file") "14,5,\"C:\\\\fakepath\\\\a b.txt\"", "C:\\fakepath\\a b.txt" },
    { INPUT ("file") "14,5,\"some/where/c.txt\"", "C:\\fakepath\\c.txt" },
    { INPUT ("file") "14,5,\"a.txt\", 14,5,\"b.txt\"", "C:\\fakepath\\b.txt" },
    { INPUT ("file") "14,5,\"a.txt\", 14,5,\"\"", "" },
    { INPUT ("file") "14,5,\"a.txt\", 14,5,null", "" },
    /* Nothing is chosen where what was is not told. */
    { SELECT ("0", "") "14,5,\"b\"", "b" },
    { SELECT ("0", "") "14,5,\"***\"", "" },
    { SELECT ("0", "") "14,5,\"***\", 14,5,null", "a" },
    { SELECT ("1", ",\"multiple\",\"\"") "14,5,\"b\"", "b" },
    { SELECT ("1", ",\"multiple\",\"\"") "14,5,\"***\"", "" },
    /* Options that come later. */
    { SELECT ("0", "") "14,5,\"c\", 2,8,5,0,\"option\",1,\"value\",\"c\"", "c" },
    { SELECT ("0", "") "2,9,5,0,\"optgroup\",0, 2,8,9,0,\"option\",1,\"value\",\"c\", 14,5,\"c\"",
      "c" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *patch = g_strdup_printf ("[" PAGE "%s]", rows[i].patch);
      g_autoptr (JsonNode) tree = NULL;

      g_test_message ("row %u: %s", i, rows[i].patch);
      stage_driver_show (shared, patch);
      tree = stage_driver_tree (shared);
      g_assert_cmpstr (json_object_get_string_member (stage_tree_find (tree, 5), "value"), ==,
                       rows[i].value);
    }
}

/* A value outlives what is done to its control; a form that is shown again is as it was. */
static void
test_kept (void)
{
  g_autoptr (JsonNode) tree = NULL;

  stage_driver_show (shared, "[" PAGE INPUT ("file") "14,5,\"a.txt\"]");
  stage_driver_show (shared, "[9,5, 8,5,4,0]");
  stage_driver_show (shared, "[11,5,\"multiple\",\"\"]");
  tree = stage_driver_tree (shared);
  g_assert_cmpstr (json_object_get_string_member (stage_tree_find (tree, 5), "value"), ==,
                   "C:\\fakepath\\a.txt");
}

int
main (int argc,
      char **argv)
{
  int result;

  stage_driver_init (&argc, &argv);
  shared = stage_driver_new (800, 600);
  stage_driver_wait_ready (shared, 1);

  g_test_add_func ("/web-forms/values", test_values);
  g_test_add_func ("/web-forms/kept", test_kept);

  result = g_test_run ();
  stage_driver_free (shared);

  return result;
}
