/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A stage that is stepped: what moves by itself in a page is where the step's time says. */

#include "ph-test.h"
#include "stage-driver.h"

#define WIDTH 200
#define HEIGHT 100
#define BUILD                                                                             \
  "[0,1,0,1,200,100,2,2,1,0,\"html\",0,2,3,2,0,\"body\",1,\"style\",\"margin:0\","        \
  "2,4,3,0,\"style\",0,3,5,4,\"@keyframes grow{from{width:0}to{width:100px}}"             \
  "@keyframes turn{from{width:0}to{width:200px}}"                                         \
  "div{height:100px;width:0;background:rgb(0,128,0)}"                                     \
  ".grow{animation:grow 1s linear forwards}.wide{width:100px;transition:width 1s linear}" \
  ".turn{animation:turn 4s linear infinite}\",2,6,3,0,\"div\",1,\"class\",\"\"]"

typedef struct
{
  gboolean done;
  PhStepFlags flags;
} Answer;

static void
stepped_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  Answer *answer = user_data;
  g_autoptr (GError) error = NULL;

  g_assert_true (
    ph_web_stage_step_finish (PH_WEB_STAGE (source), result, &answer->flags, &error));
  g_assert_no_error (error);
  answer->done = TRUE;
}

static PhStepFlags
step (StageDriver *driver,
      const char *patch,
      guint msec)
{
  g_autoptr (GBytes) bytes = patch != NULL ? g_bytes_new (patch, strlen (patch)) : NULL;
  Answer answer = { FALSE };

  ph_web_stage_step_async (driver->stage, bytes, msec * PH_MSEC, stepped_cb, &answer);
  ph_test_wait (&answer.done, 20);
  g_assert_cmpuint (ph_web_stage_get_refused (driver->stage), ==, 0);

  return answer.flags;
}

/* How many pixels of the box are seen, in one row. */
static int
measure (StageDriver *driver)
{
  g_autoptr (GdkTexture) texture = stage_driver_snapshot (driver);
  int width = gdk_texture_get_width (texture);
  g_autofree guint32 *pixels = g_new (guint32, (gsize) width * gdk_texture_get_height (texture));
  int n = 0;

  gdk_texture_download (texture, (guchar *) pixels, (gsize) width * 4);

  for (int x = 0; x < width; x++)
    n += (pixels[10 * width + x] & 0xffffff) == 0x008000;

  return n;
}

/* Steps of which the picture must not depend on how long they, or what was between, took. */
static void
test_steps (void)
{
  static const struct
  {
    const char *patch;
    guint msec;
    int width;
    gboolean moves;
  } rows[] = {
    { BUILD, 1000, 0, FALSE },
    { "[11,6,\"class\",\"grow\"]", 2000, 0, TRUE },
    { NULL, 2250, 25, TRUE },
    { NULL, 2500, 50, TRUE },
    { "[11,6,\"title\",\"a\"]", 2900, 90, TRUE },
    { NULL, 3100, 100, FALSE },
    /* From no width to one. */
    { "[11,6,\"class\",\"\"]", 4000, 0, FALSE },
    { "[11,6,\"class\",\"wide\"]", 5000, 0, TRUE },
    { NULL, 5600, 60, TRUE },
    { NULL, 6000, 100, FALSE },
    /* What never ends is where a jump to the time puts it. */
    { "[22,7000,11,6,\"class\",\"turn\"]", 7000, 150, TRUE },
    { NULL, 8500, 25, TRUE },
    { NULL, 10000, 100, TRUE },
  };
  g_autoptr (StageDriver) driver = stage_driver_new (WIDTH, HEIGHT);

  stage_driver_wait_ready (driver, 1);
  ph_web_stage_set_plain (driver->stage, TRUE);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      PhStepFlags flags;

      g_test_message ("row %u", i);
      flags = step (driver, rows[i].patch, rows[i].msec);
      g_assert_cmpint ((flags & PH_STEP_MOVING) != 0, ==, rows[i].moves);
      g_assert_cmpint (ABS (measure (driver) - rows[i].width), <=, 1);
      g_usleep (i * 7000);
    }
}

/* What is put right only in a frame, or is to be loaded, is said to be unsettled. */
static void
test_unsettled (void)
{
  static const struct
  {
    const char *patch;
    gboolean unsettled;
  } rows[] = {
    { BUILD, FALSE },
    { "[3,7,6,\"some words\"]", FALSE },
    { "[26,1,7,0,7,4]", TRUE },
    { "[11,6,\"title\",\"b\"]", TRUE },
    { "[26,0]", FALSE },
    { "[11,6,\"style\",\"background: url(data:image/png,no)\"]", TRUE },
  };
  g_autoptr (StageDriver) driver = stage_driver_new (WIDTH, HEIGHT);

  stage_driver_wait_ready (driver, 1);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      PhStepFlags flags = step (driver, rows[i].patch, 1000 + i);

      g_test_message ("row %u", i);
      g_assert_cmpint ((flags & PH_STEP_UNSETTLED) != 0, ==, rows[i].unsettled);
    }
}

/* Of what the widget shows, and of a snapshot of it. */
static cairo_surface_t *
draw (StageDriver *driver)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);

  g_assert_true (ph_web_stage_draw (driver->stage, cr));
  cairo_destroy (cr);
  cairo_surface_flush (surface);

  return surface;
}

static void
check_drawn (StageDriver *driver,
             int width)
{
  g_autoptr (GdkTexture) texture = stage_driver_snapshot (driver);
  g_autofree guint32 *pixels = g_new (guint32, WIDTH * HEIGHT);
  cairo_surface_t *drawn = draw (driver);
  const guint32 *row;
  int n = 0;

  g_assert_cmpint (gdk_texture_get_width (texture), ==, WIDTH);
  g_assert_cmpint (gdk_texture_get_height (texture), ==, HEIGHT);
  gdk_texture_download (texture, (guchar *) pixels, WIDTH * 4);
  g_assert_cmpmem (cairo_image_surface_get_data (drawn), WIDTH * HEIGHT * 4, pixels,
                   WIDTH * HEIGHT * 4);
  row = (const guint32 *) (gconstpointer) (cairo_image_surface_get_data (drawn) +
                                           10 * cairo_image_surface_get_stride (drawn));

  for (int x = 0; x < WIDTH; x++)
    n += row[x] == 0xff008000;

  g_assert_cmpint (n, ==, width);
  cairo_surface_destroy (drawn);
}

/*
 * Without the graphics driver, on a ground, what the widget shows after a step is the page of
 * that step, without waiting for a frame of the screen in between.
 */
static void
test_shown (void)
{
  static const struct
  {
    const char *patch;
    guint msec;
    int width;
  } rows[] = {
    { BUILD, 1000, 0 },
    { "[11,6,\"class\",\"grow\"]", 2000, 0 },
    { NULL, 2250, 25 },
    { NULL, 2500, 50 },
    /* Nothing that is seen changes. */
    { "[11,6,\"title\",\"a\"]", 2500, 50 },
    { NULL, 2750, 75 },
    /* Less than before, so that some of the ground is seen again. */
    { "[11,6,\"class\",\"\"]", 2800, 0 },
    { "[0,1,0,1,100,50]", 2900, 0 },
    { BUILD, 3000, 0 },
    { "[11,6,\"style\",\"width: 30px\"]", 3000, 30 },
  };
  const GdkRGBA ground = { 0.2, 0.4, 0.6, 1 };
  g_autoptr (StageDriver) driver =
    stage_driver_new_for (ph_web_stage_new_software (), WIDTH, HEIGHT);

  stage_driver_wait_ready (driver, 1);
  ph_web_stage_set_plain (driver->stage, TRUE);
  g_assert_cmpint (step (driver, BUILD, 0) & PH_STEP_SHOWN, ==, 0);
  ph_web_stage_set_ground (driver->stage, &ground);
  stage_driver_settle (driver);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("row %u", i);
      g_assert_cmpint (step (driver, rows[i].patch, rows[i].msec) & PH_STEP_SHOWN, !=, 0);
      check_drawn (driver, rows[i].width);
    }
}

int
main (int argc,
      char **argv)
{
  stage_driver_init (&argc, &argv);

  g_test_add_func ("/steps-stage/steps", test_steps);
  g_test_add_func ("/steps-stage/unsettled", test_unsettled);
  g_test_add_func ("/steps-stage/shown", test_shown);

  return g_test_run ();
}
