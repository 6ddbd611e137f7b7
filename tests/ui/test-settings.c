/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-settings.h"

#define assert_speed(value) \
  g_assert_cmpfloat_with_epsilon (ph_settings_get_double ("speed"), value, 1e-9)

static void
assert_defaults (void)
{
  g_autofree char *style = ph_settings_get_string ("style");

  assert_speed (1);
  g_assert_true (ph_settings_get_boolean ("skip-idle"));
  g_assert_true (ph_settings_get_boolean ("trail"));
  g_assert_cmpstr (style, ==, "default");
  g_assert_cmpint (ph_settings_get_int ("window-width"), ==, 1200);
  g_assert_cmpint (ph_settings_get_int ("window-height"), ==, 800);
  g_assert_false (ph_settings_get_boolean ("window-maximized"));
}

static void
test_with_schema (void)
{
  g_autofree char *style = NULL;

  assert_defaults ();

  ph_settings_set_double ("speed", 4);
  ph_settings_set_boolean ("skip-idle", FALSE);
  ph_settings_set_int ("window-width", 640);
  ph_settings_set_string ("style", "dark");
  assert_speed (4);
  g_assert_false (ph_settings_get_boolean ("skip-idle"));
  g_assert_cmpint (ph_settings_get_int ("window-width"), ==, 640);
  style = ph_settings_get_string ("style");
  g_assert_cmpstr (style, ==, "dark");
}

/* The schema may be missing: then nothing is kept, and nothing breaks. */
static void
test_without_schema (void)
{
  if (g_test_subprocess ())
    {
      assert_defaults ();
      ph_settings_set_double ("speed", 4);
      ph_settings_set_string ("style", "dark");
      assert_defaults ();
      return;
    }

  g_setenv ("GSETTINGS_SCHEMA_DIR", "/nowhere", TRUE);
  g_setenv ("XDG_DATA_DIRS", "/nowhere", TRUE);
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/settings/with-schema", test_with_schema);
  g_test_add_func ("/settings/without-schema", test_without_schema);

  return g_test_run ();
}
