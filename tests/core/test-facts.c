/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-facts.h"

#include "ph-limits.h"

#include <string.h>

static char *
take_text (const PhFacts *facts,
           PhFactSection section,
           guint index)
{
  return ph_facts_dup_text (facts, section, index);
}

static void
test_set (void)
{
  g_autoptr (PhFacts) facts = ph_facts_new ();
  g_autoptr (PhJson) json = ph_json_new ();
  const char *text =
    "{\"a\":[1,{\"b\":null}],\"n\":3,\"empty\":\"\",\"none\":null,\"s\":\"x\\\"y\"}";
  g_autofree char *all = NULL;
  g_autofree char *string = NULL;
  g_autofree char *array = NULL;
  PhJsonValue root;

  g_assert_true (ph_json_parse (json, text, strlen (text), &root, NULL));

  ph_facts_set_text (facts, PH_FACT_USER, "name", "Ada");
  ph_facts_set_text (facts, PH_FACT_USER, "id", "7");
  ph_facts_set_text (facts, PH_FACT_USER, "name", "Ada Lovelace");
  ph_facts_set_text (facts, PH_FACT_USER, "email", NULL);
  ph_facts_set_text (facts, PH_FACT_USER, "email", "");
  ph_facts_set_text (facts, PH_FACT_USER, "", "nameless");
  ph_facts_set_members (facts, PH_FACT_PROPERTY, root);

  g_assert_cmpuint (ph_facts_get_n (facts, PH_FACT_USER), ==, 2);
  g_assert_cmpuint (ph_facts_get_n (facts, PH_FACT_DEVICE), ==, 0);
  g_assert_cmpuint (ph_facts_get_n (facts, PH_FACT_PROPERTY), ==, 3);
  g_assert_cmpstr (ph_facts_get_name (facts, PH_FACT_USER, 0), ==, "name");

  string = take_text (facts, PH_FACT_PROPERTY, 2);
  array = take_text (facts, PH_FACT_PROPERTY, 0);
  g_assert_cmpstr (string, ==, "x\"y");
  g_assert_cmpstr (array, ==, "[1,{\"b\":null}]");

  all = ph_facts_to_json (facts);
  g_assert_cmpstr (all, ==,
                   "{\"user\":{\"name\":\"Ada Lovelace\",\"id\":\"7\"},"
                   "\"properties\":{\"a\":[1,{\"b\":null}],\"n\":3,\"s\":\"x\\\"y\"}}");
}

/* Written and read again they are the same. */
static void
test_round_trip (void)
{
  g_autoptr (PhFacts) facts = ph_facts_new ();
  g_autoptr (PhFacts) copy = ph_facts_new ();
  g_autofree char *text = NULL;
  g_autofree char *again = NULL;

  ph_facts_set_text (facts, PH_FACT_DEVICE, "browser", "Fire\xff"
                                                       "fox\n“”");
  ph_facts_set_text (facts, PH_FACT_PROPERTY, "a \"b\"", "\\");
  text = ph_facts_to_json (facts);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  ph_facts_add_json (copy, text, strlen (text));
  again = ph_facts_to_json (copy);
  g_assert_cmpstr (again, ==, text);
}

static void
test_odd_json (void)
{
  static const char *const texts[] = {
    "",
    "[",
    "3",
    "[]",
    "{\"user\":[1]}",
    "{\"user\":\"x\"}",
    "{}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (PhFacts) facts = ph_facts_new ();
      g_autofree char *text = NULL;

      ph_facts_add_json (facts, texts[i], strlen (texts[i]));
      text = ph_facts_to_json (facts);
      g_assert_cmpstr (text, ==, "{}");
    }
}

static void
test_limits (void)
{
  g_autoptr (PhFacts) facts = ph_facts_new ();
  g_autofree char *long_text = g_strnfill (PH_LIMIT_FACT_BYTES, 'x');
  g_autofree char *long_name = g_strnfill (PH_LIMIT_NAME_BYTES + 1, 'x');

  ph_facts_set_text (facts, PH_FACT_USER, "long", long_text);
  ph_facts_set_text (facts, PH_FACT_USER, long_name, "x");
  g_assert_cmpuint (ph_facts_get_n (facts, PH_FACT_USER), ==, 0);

  for (guint i = 0; i < PH_LIMIT_FACTS + 10; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);

      ph_facts_set_text (facts, PH_FACT_USER, name, name);
    }

  g_assert_cmpuint (ph_facts_get_n (facts, PH_FACT_USER), ==, PH_LIMIT_FACTS);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/facts/set", test_set);
  g_test_add_func ("/facts/round-trip", test_round_trip);
  g_test_add_func ("/facts/odd-json", test_odd_json);
  g_test_add_func ("/facts/limits", test_limits);

  return g_test_run ();
}
