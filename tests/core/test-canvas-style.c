/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-canvas-commands.h"
#include "ph-canvas-style.h"

#include <string.h>

static guint
find_property (const char *name)
{
  guint i = 0;

  while (ph_canvas_property_name (i) != NULL && strcmp (ph_canvas_property_name (i), name) != 0)
    i++;

  g_assert_nonnull (ph_canvas_property_name (i));

  return i;
}

/* What every browser takes is known; what some do not must never be. */
static void
test_valid (void)
{
  static const struct
  {
    const char *name;
    const char *value; /* JSON */
    gboolean valid, solid;
  } rows[] = {
    { "fillStyle", "\"#fff\"", TRUE, TRUE },
    { "fillStyle", "\"#ffff\"", TRUE, FALSE },
    { "fillStyle", "\"#00ff00\"", TRUE, TRUE },
    { "fillStyle", "\"#00ff0080\"", TRUE, FALSE },
    { "fillStyle", "\"#ff\"", FALSE, FALSE },
    { "fillStyle", "\"#ggg\"", FALSE, FALSE },
    { "fillStyle", "\"red\"", TRUE, TRUE },
    { "fillStyle", "\"transparent\"", TRUE, FALSE },
    { "fillStyle", "\"no colour\"", FALSE, FALSE },
    { "fillStyle", "\"rgb(1, 2, 3)\"", TRUE, TRUE },
    { "fillStyle", "\"rgba(1,2,3,1)\"", TRUE, TRUE },
    { "fillStyle", "\"rgba(1,2,3,0.5)\"", TRUE, FALSE },
    { "fillStyle", "\"rgba(1,2,3,.5)\"", TRUE, FALSE },
    { "fillStyle", "\"rgb(1, 2)\"", FALSE, FALSE },
    { "fillStyle", "\"rgb(1, 2, 3) x\"", FALSE, FALSE },
    { "fillStyle", "\"rgb(1 2 3 / 50%)\"", FALSE, FALSE },
    { "fillStyle", "\"rgb(1, 2, var(--x))\"", FALSE, FALSE },
    { "fillStyle", "\"r\\u0065d\"", FALSE, FALSE },
    { "fillStyle", "\"\"", FALSE, FALSE },
    { "fillStyle", "5", FALSE, FALSE },
    { "strokeStyle", "\"hsl(1deg 2% 3%)\"", FALSE, FALSE },
    { "lineWidth", "2", TRUE, FALSE },
    { "lineWidth", "0", FALSE, FALSE },
    { "lineWidth", "-1", FALSE, FALSE },
    { "globalAlpha", "0.5", TRUE, FALSE },
    { "globalAlpha", "2", FALSE, FALSE },
    { "lineDashOffset", "-3", TRUE, FALSE },
    { "shadowBlur", "-3", FALSE, FALSE },
    { "lineCap", "\"round\"", TRUE, FALSE },
    { "lineCap", "\"bevel\"", FALSE, FALSE },
    { "lineCap", "\"butt round\"", FALSE, FALSE },
    { "globalCompositeOperation", "\"source-over\"", TRUE, FALSE },
    { "globalCompositeOperation", "\"no such\"", FALSE, FALSE },
    { "textAlign", "\"center\"", TRUE, FALSE },
    { "font", "\"12px Arial\"", TRUE, FALSE },
    { "font", "\"bold 12.5px Open Sans, sans-serif\"", TRUE, FALSE },
    { "font", "\"italic bold 12px serif\"", TRUE, FALSE },
    { "font", "\"bold bold 12px serif\"", FALSE, FALSE },
    { "font", "\"12px\"", FALSE, FALSE },
    { "font", "\"12 Arial\"", FALSE, FALSE },
    { "font", "\"1.2.3px Arial\"", FALSE, FALSE },
    { "font", "\"12px Arial,\"", FALSE, FALSE },
    { "font", "\"12px Arial,,serif\"", FALSE, FALSE },
    { "font", "\"12px 3Arial\"", FALSE, FALSE },
    { "filter", "\"blur(2px)\"", FALSE, FALSE },
    { "imageSmoothingEnabled", "false", TRUE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *command = g_strdup_printf ("[\"=%s\",%s]", rows[i].name, rows[i].value);

      g_test_message ("%s", command);
      g_assert_cmpint (ph_canvas_style_is_valid (find_property (rows[i].name), command), ==,
                       rows[i].valid);

      if (strcmp (rows[i].name, "fillStyle") == 0)
        g_assert_cmpint (ph_canvas_style_is_solid (command), ==, rows[i].solid);
    }

  g_assert_true (ph_canvas_style_is_solid (NULL));
  g_assert_false (
    ph_canvas_style_is_solid ("[\"=fillStyle\",\"red\"]\n[\"=fillStyle\",\"blue\"]"));
  g_assert_true (
    ph_canvas_style_is_valid (find_property ("setLineDash"), "[\"setLineDash\",[1,2]]"));
  g_assert_false (
    ph_canvas_style_is_valid (find_property ("setLineDash"), "[\"setLineDash\",[1,-2]]"));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/canvas-style/valid", test_valid);

  return g_test_run ();
}
