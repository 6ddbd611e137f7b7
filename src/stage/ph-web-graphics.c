/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-web-graphics.h"

#include <string.h>

gboolean
ph_web_graphics_are_missing (const char *devices)
{
  /* Of NVIDIA's own driver, and of Linux inside of Windows. */
  static const char *const others[] = { "nvidia0", "nvidiactl", "dxg" };
  g_autofree char *path = g_build_filename (devices, "dri", NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, "renderD"))
      return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *other = g_build_filename (devices, others[i], NULL);

      if (g_file_test (other, G_FILE_TEST_EXISTS))
        return FALSE;
    }

  return TRUE;
}

gboolean
ph_web_graphics_are_emulated (void)
{
  const char *software = g_getenv ("LIBGL_ALWAYS_SOFTWARE");

  if (software != NULL && (strcmp (software, "1") == 0 || strcmp (software, "true") == 0))
    return TRUE;

  return ph_web_graphics_are_missing ("/dev");
}

gboolean
ph_web_graphics_are_needed (GBytes *patch)
{
  static const char *const words[] = {
    "backdrop-filter", "preserve-3d", "perspective:", "perspective(", "matrix3d(", "rotate3d(",
    "rotateX(", "rotateY(", "rotatex(", "rotatey("
  };
  gsize size;
  const char *text = g_bytes_get_data (patch, &size);

  for (guint i = 0; size > 0 && i < G_N_ELEMENTS (words); i++)
    if (memmem (text, size, words[i], strlen (words[i])) != NULL)
      return TRUE;

  return FALSE;
}
