/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-input.h"

static void
test_part (void)
{
  g_autoptr (GFile) plain = g_file_new_for_path ("/a b.zip");
  g_autoptr (GFile) input = ph_input_new (plain, "one & two#/ü");
  g_autoptr (GFile) none = ph_input_with_part (input, NULL);
  g_autofree char *uri = ph_input_dup_uri (input);
  g_autoptr (GFile) back = ph_input_new_for_uri (uri);

  g_assert_null (ph_input_get_part (plain));
  g_assert_cmpuint (ph_input_get_n_files (plain), ==, 1);
  g_assert_cmpstr (ph_input_get_part (input), ==, "one & two#/ü");
  g_assert_cmpstr (uri, ==, "file:///a%20b.zip#part=one%20%26%20two%23%2F%C3%BC");
  g_assert_true (g_file_equal (plain, input));
  g_assert_true (ph_input_equal (input, back));
  g_assert_false (ph_input_equal (input, plain));
  g_assert_true (ph_input_equal (none, plain));
  g_assert_cmpuint (ph_input_get_n_files (input), ==, 1);
  g_assert_true (ph_input_get_file (input, 0) == input);
}

static void
test_files (void)
{
  g_autoptr (GFile) a = g_file_new_for_path ("/a");
  g_autoptr (GFile) b = g_file_new_for_path ("/x/b&c#d");
  GFile *files[] = { a, b };
  g_autoptr (GFile) both = ph_input_new_for_files (files, 2, NULL);
  g_autoptr (GFile) part = ph_input_with_part (both, "p");
  g_autofree char *uri = ph_input_dup_uri (part);
  g_autoptr (GFile) back = ph_input_new_for_uri (uri);

  g_assert_cmpuint (ph_input_get_n_files (both), ==, 2);
  g_assert_true (g_file_equal (ph_input_get_file (both, 1), b));
  g_assert_true (ph_input_equal (part, back));
  g_assert_false (ph_input_equal (part, both));
  g_assert_false (ph_input_equal (both, a));
}

/* Addresses come from a list other programs write too. */
static void
test_odd (void)
{
  static const char *const uris[] = { "", "#", "file:///a#", "file:///a#x", "file:///a#part=%",
                                      "file:///a#&&=&part", "file:///a#file=", "a:b#part=%00" };

  for (guint i = 0; i < G_N_ELEMENTS (uris); i++)
    {
      g_autoptr (GFile) file = ph_input_new_for_uri (uris[i]);

      g_assert_true (G_IS_FILE (file));
      g_assert_null (ph_input_get_part (file));
    }
}

static void
test_arguments (void)
{
  static const struct
  {
    const char *argument;
    const char *part;
    const char *name;
  } arguments[] = {
    { "/tmp/a.zip", NULL, "a.zip" },
    { "a#part=x", NULL, "a#part=x" },
    { "file:///tmp/a.zip", NULL, "a.zip" },
    { "file:///tmp/a.zip#part=x", "x", "a.zip" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (arguments); i++)
    {
      g_autoptr (GFile) file = ph_input_new_for_argument (arguments[i].argument);
      g_autofree char *name = g_file_get_basename (file);

      g_assert_cmpstr (ph_input_get_part (file), ==, arguments[i].part);
      g_assert_cmpstr (name, ==, arguments[i].name);
    }
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/input/part", test_part);
  g_test_add_func ("/input/files", test_files);
  g_test_add_func ("/input/odd", test_odd);
  g_test_add_func ("/input/arguments", test_arguments);

  return g_test_run ();
}
