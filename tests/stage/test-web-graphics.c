/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-web-graphics.h"

#include "ph-test.h"

#include <glib/gstdio.h>
#include <string.h>

static void
put_file (const char *folder,
          const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
}

static void
test_missing (void)
{
  static const struct
  {
    const char *device; /* NULL: none */
    gboolean missing;
  } cases[] = {
    { NULL, TRUE },
    { "null", TRUE },
    { "dri/card0", TRUE }, /* shows pictures, draws none */
    { "dri/renderD128", FALSE },
    { "dri/renderD129", FALSE },
    { "nvidia0", FALSE },
    { "dxg", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *folder = ph_test_tmp_dir ();

      if (cases[i].device != NULL)
        put_file (folder, cases[i].device);

      g_test_message ("case %u", i);
      g_assert_cmpint (ph_web_graphics_are_missing (folder), ==, cases[i].missing);
      ph_test_remove_tree (folder);
    }

  g_assert_true (ph_web_graphics_are_missing ("/nowhere"));
}

static void
test_emulated (void)
{
  g_setenv ("LIBGL_ALWAYS_SOFTWARE", "1", TRUE);
  g_assert_true (ph_web_graphics_are_emulated ());
  g_setenv ("LIBGL_ALWAYS_SOFTWARE", "true", TRUE);
  g_assert_true (ph_web_graphics_are_emulated ());
  g_setenv ("LIBGL_ALWAYS_SOFTWARE", "0", TRUE);
  g_assert_cmpint (ph_web_graphics_are_emulated (), ==, ph_web_graphics_are_missing ("/dev"));
  g_unsetenv ("LIBGL_ALWAYS_SOFTWARE");
  g_assert_cmpint (ph_web_graphics_are_emulated (), ==, ph_web_graphics_are_missing ("/dev"));
}

static void
test_needed (void)
{
  static const struct
  {
    const char *patch;
    gboolean needed;
  } cases[] = {
    { "", FALSE },
    { "[]", FALSE },
    { "[3,8,7,\"a { transform: rotate(3deg) translate3d(0, 1px, 0); filter: blur(1px) }\"]",
      FALSE },
    { "[3,8,7,\"about perspective, and a backdrop\"]", FALSE },
    { "[3,8,7,\"a { backdrop-filter: blur(4px) }\"]", TRUE },
    { "[3,8,7,\"a { -webkit-backdrop-filter: blur(4px) }\"]", TRUE },
    { "[11,5,\"style\",\"transform-style: preserve-3d\"]", TRUE },
    { "[11,5,\"style\",\"perspective:600px\"]", TRUE },
    { "[11,5,\"style\",\"transform: perspective(600px) rotateY(40deg)\"]", TRUE },
    { "[11,5,\"style\",\"transform: rotate3d(1,1,1,40deg)\"]", TRUE },
    { "[11,5,\"style\",\"transform: matrix3d(1,0,0,0,0,1,0,0,0,0,1,0,0,0,0,1)\"]", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) patch =
        g_bytes_new_static (cases[i].patch, strlen (cases[i].patch));

      g_test_message ("case %u", i);
      g_assert_cmpint (ph_web_graphics_are_needed (patch), ==, cases[i].needed);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/web-graphics/missing", test_missing);
  g_test_add_func ("/web-graphics/emulated", test_emulated);
  g_test_add_func ("/web-graphics/needed", test_needed);

  return g_test_run ();
}
