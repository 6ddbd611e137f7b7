/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-test.h"

#include <gdk/gdk.h>
#include <glib/gstdio.h>

/*
 * `playhead-cli shot` paints what a window would show, though its view never comes to
 * the screen: what a browser settles while it makes a frame is settled there too.
 */
static const char *program;

typedef struct
{
  guchar *pixels;
  gsize stride;
} Picture;

static void
picture_clear (Picture *picture)
{
  g_clear_pointer (&picture->pixels, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Picture, picture_clear)

static void
take (Picture *picture,
      const char *at,
      int width,
      int height)
{
  g_autofree char *file = ph_test_fixture ("stage/shot.json");
  g_autofree char *folder = g_dir_make_tmp ("playhead-shot-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "shot.png", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_new (
    G_SUBPROCESS_FLAGS_NONE, &error, program, "shot", file, "--at", at, "-o", path, NULL);
  g_autoptr (GdkTexture) texture = NULL;

  g_assert_no_error (error);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
  texture = gdk_texture_new_from_filename (path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gdk_texture_get_width (texture), ==, width);
  g_assert_cmpint (gdk_texture_get_height (texture), ==, height);

  picture->stride = (gsize) width * 4;
  picture->pixels = g_malloc (picture->stride * (gsize) height);
  gdk_texture_download (texture, picture->pixels, picture->stride);
  g_unlink (path);
  g_rmdir (folder);
}

/* As 0xRRGGBB; in memory blue comes first. */
static guint
colour (const Picture *picture,
        int x,
        int y)
{
  const guchar *pixel = picture->pixels + (gsize) y * picture->stride + (gsize) x * 4;

  return (guint) pixel[2] << 16 | (guint) pixel[1] << 8 | pixel[0];
}

static void
test_whole (void)
{
  g_auto (Picture) selected = { NULL };
  g_auto (Picture) plain = { NULL };

  take (&selected, "0.7", 400, 300);
  g_assert_cmphex (colour (&selected, 140, 5), ==, 0xa3cdff);
  g_assert_cmphex (colour (&selected, 20, 5), ==, 0xffffff);
  /* `content-visibility: auto`, and in sight. */
  g_assert_cmphex (colour (&selected, 100, 100), ==, 0x008000);

  take (&plain, "0.3", 400, 300);
  g_assert_cmphex (colour (&plain, 140, 5), ==, 0xffffff);
  g_assert_cmphex (colour (&plain, 100, 100), ==, 0x008000);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ph_test_spare_children ();
  g_assert_cmpint (argc, ==, 2);
  program = argv[1];

  g_test_add_func ("/shot/whole", test_whole);

  return g_test_run ();
}
