/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-datadog-choice.h"

/* An option stands for its value, else for its text; groups may be between. */
static void
test_find (void)
{
  static const struct
  {
    gint32 option, select;
    const char *value;
  } cases[] = {
    { 2, 1, "a" },
    { 3, 1, "" },
    { 6, 1, "Two words" },
    { 1, -1, NULL },
    { 5, -1, NULL },
    { 9, -1, NULL },
    { 11, -1, NULL },
    { 12, -1, NULL },
    { 99, -1, NULL },
  };
  g_autoptr (PhDatadogChoice) choice = ph_datadog_choice_new ();

  ph_datadog_choice_add (choice, 1, 0, "SELECT", "a", FALSE);
  ph_datadog_choice_add (choice, 2, 1, "OPTION", "a", FALSE);
  ph_datadog_choice_add (choice, 3, 1, "option", "", FALSE);
  ph_datadog_choice_add (choice, 4, 3, "#text", "none", FALSE);
  ph_datadog_choice_add (choice, 5, 1, "OPTGROUP", NULL, FALSE);
  ph_datadog_choice_add (choice, 6, 5, "OPTION", NULL, FALSE);
  ph_datadog_choice_add (choice, 7, 6, "#text", " Two words\n", FALSE);
  ph_datadog_choice_add (choice, 8, 0, "SELECT", NULL, TRUE);
  ph_datadog_choice_add (choice, 9, 8, "OPTION", "b", FALSE);
  ph_datadog_choice_add (choice, 10, 0, "DATALIST", NULL, FALSE);
  ph_datadog_choice_add (choice, 11, 10, "OPTION", "c", FALSE);
  ph_datadog_choice_add (choice, 12, 1, "OPTION", NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *value = NULL;

      g_test_message ("%d", cases[i].option);
      g_assert_cmpint (ph_datadog_choice_find (choice, cases[i].option, &value), ==,
                       cases[i].select);
      g_assert_cmpstr (value, ==, cases[i].value);
    }
}

/* Numbers begin anew with each page. */
static void
test_clear (void)
{
  g_autoptr (PhDatadogChoice) choice = ph_datadog_choice_new ();
  const char *value = NULL;

  ph_datadog_choice_add (choice, 1, 0, "SELECT", NULL, FALSE);
  ph_datadog_choice_add (choice, 2, 1, "OPTION", "a", FALSE);
  ph_datadog_choice_clear (choice);
  g_assert_cmpint (ph_datadog_choice_find (choice, 2, &value), ==, -1);
  ph_datadog_choice_add (choice, 2, 1, "OPTION", "a", FALSE);
  g_assert_cmpint (ph_datadog_choice_find (choice, 2, &value), ==, -1);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/datadog-choice/find", test_find);
  g_test_add_func ("/datadog-choice/clear", test_clear);

  return g_test_run ();
}
