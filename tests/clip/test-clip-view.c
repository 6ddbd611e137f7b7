/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pages taken from what a view shows: which are given, when they are, and whose they are. */

#include "ph-clip-holder.h"
#include "ph-clip-page.h"
#include "ph-clip-view.h"
#include "ph-test.h"

#include <string.h>

#define WIDTH 200
#define HEIGHT 100
#define BUILD                                               \
  "[0,1,0,1,200,100,2,2,1,0,\"html\",0,2,3,2,0,\"body\",1," \
  "\"style\",\"margin:0;background:#00ff00\"]"
#define PART(name)                                                                        \
  "[11,3,\"style\",\"margin:0;background:linear-gradient(" name "," name ") 0 0/9px 9px " \
  "no-repeat #00ff00\"]"
/* More than two of the ten seconds of WebKit's. */
#define LONG_SECONDS 22
#define COLOUR(name) "[11,3,\"style\",\"margin:0;background:" name "\"]"

typedef struct
{
  PhWebStage *stage;
  GtkWindow *holder;
  PhClipView *view;
} Fixture;

static void
ready_cb (gboolean *ready)
{
  *ready = TRUE;
}

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  const GdkRGBA ground = { 0, 0, 1, 1 };
  gboolean ready = FALSE;

  fixture->stage = ph_web_stage_new_software ();
  g_signal_connect_swapped (fixture->stage, "ready", G_CALLBACK (ready_cb), &ready);
  ph_web_stage_set_ground (fixture->stage, &ground);
  ph_web_stage_set_plain (fixture->stage, TRUE);
  fixture->holder = ph_clip_holder_new (fixture->stage, WIDTH, HEIGHT);
  ph_clip_holder_set_mapped (fixture->stage, TRUE);
  fixture->view = ph_clip_view_new (fixture->stage, WIDTH, HEIGHT);
  ph_test_wait (&ready, 30);
  g_signal_handlers_disconnect_by_data (fixture->stage, &ready);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  ph_clip_view_free (fixture->view);
  ph_clip_holder_destroy (fixture->holder);
  g_object_unref (fixture->stage);
}

typedef struct
{
  gboolean done;
  PhStepFlags flags;
  GdkTexture *texture;
} Answer;

static void
stepped_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  Answer *answer = user_data;
  g_autoptr (GError) error = NULL;

  ph_web_stage_step_finish (PH_WEB_STAGE (source), result, &answer->flags, &error);
  g_assert_no_error (error);
  answer->done = TRUE;
}

static void
step (Fixture *fixture,
      const char *patch)
{
  g_autoptr (GBytes) bytes = g_bytes_new (patch, strlen (patch));
  Answer answer = { FALSE };

  ph_web_stage_step_async (fixture->stage, bytes, 0, stepped_cb, &answer);
  ph_test_wait (&answer.done, 20);
  g_assert_cmpint (answer.flags, ==, PH_STEP_SHOWN);
}

static void
snapshot_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  Answer *answer = user_data;
  g_autoptr (GError) error = NULL;

  answer->texture = ph_web_stage_snapshot_finish (PH_WEB_STAGE (source), result, &error);
  g_assert_no_error (error);
  answer->done = TRUE;
}

static GdkTexture *
take_snapshot (Fixture *fixture)
{
  Answer answer = { FALSE };

  ph_web_stage_snapshot_async (fixture->stage, NULL, snapshot_cb, &answer);
  ph_test_wait (&answer.done, 20);

  return answer.texture;
}

static guint32
get_colour (cairo_surface_t *page)
{
  guint32 pixel;

  g_assert_nonnull (page);
  g_assert_cmpint (cairo_image_surface_get_width (page), ==, WIDTH);
  g_assert_cmpint (cairo_image_surface_get_height (page), ==, HEIGHT);
  memcpy (&pixel,
          cairo_image_surface_get_data (page) +
            (gsize) cairo_image_surface_get_stride (page) * (HEIGHT / 2) + WIDTH / 2 * 4,
          sizeof pixel);

  return pixel;
}

static void
test_pages (Fixture *fixture,
            gconstpointer data)
{
  cairo_surface_t *green;
  cairo_surface_t *red;
  cairo_surface_t *page;
  gconstpointer memory;

  step (fixture, BUILD);
  g_assert_true (ph_clip_view_take (fixture->view, &green));
  g_assert_cmphex (get_colour (green), ==, 0xff00ff00);

  /* Nothing is seen of it. */
  step (fixture, "[11,3,\"title\",\"a\"]");
  g_assert_true (ph_clip_view_take (fixture->view, &page));
  g_assert_null (page);

  step (fixture, COLOUR ("#ff0000"));
  g_assert_true (ph_clip_view_take (fixture->view, &red));
  g_assert_cmphex (get_colour (red), ==, 0xffff0000);
  /* As long as it is held nobody paints on it; then its memory is used again. */
  g_assert_cmphex (get_colour (green), ==, 0xff00ff00);
  memory = cairo_image_surface_get_data (green);
  cairo_surface_destroy (green);

  step (fixture, COLOUR ("#ffffff"));
  g_assert_true (ph_clip_view_take (fixture->view, &page));
  g_assert_cmphex (get_colour (page), ==, 0xffffffff);
  g_assert_true (cairo_image_surface_get_data (page) == memory);
  cairo_surface_destroy (page);

  /* It outlives the view. */
  g_clear_pointer (&fixture->view, ph_clip_view_free);
  g_assert_cmphex (get_colour (red), ==, 0xffff0000);
  cairo_surface_destroy (red);
}

/* A view that shows something else than the snapshot is not asked again. */
static void
test_check (Fixture *fixture,
            gconstpointer data)
{
  g_autoptr (GdkTexture) green = NULL;
  g_autoptr (GdkTexture) red = NULL;

  step (fixture, BUILD);
  green = take_snapshot (fixture);
  g_assert_true (ph_clip_view_may_be_right (fixture->view));
  g_assert_false (ph_clip_view_is_right (fixture->view));
  ph_clip_view_check (fixture->view, green);
  g_assert_true (ph_clip_view_may_be_right (fixture->view));
  g_assert_true (ph_clip_view_is_right (fixture->view));

  step (fixture, COLOUR ("#ff0000"));
  red = take_snapshot (fixture);
  ph_clip_view_check (fixture->view, red);
  g_assert_true (ph_clip_view_is_right (fixture->view));
  ph_clip_view_check (fixture->view, green);
  g_assert_false (ph_clip_view_may_be_right (fixture->view));
  g_assert_false (ph_clip_view_is_right (fixture->view));
  ph_clip_view_check (fixture->view, red);
  g_assert_false (ph_clip_view_may_be_right (fixture->view));
}

static gboolean
late_cb (gpointer user_data)
{
  gboolean *late = user_data;

  *late = TRUE;

  return G_SOURCE_REMOVE;
}

/*
 * WebKit lets go of what a view in the background shows, again and again. Until it is painted
 * anew nothing is taken, and never a part of it.
 */
static void
test_let_go (Fixture *fixture,
             gconstpointer data)
{
  g_autoptr (GdkTexture) snapshot = NULL;
  gboolean late = FALSE;
  guint n_taken = 0;

  step (fixture, BUILD);
  snapshot = take_snapshot (fixture);
  ph_clip_view_check (fixture->view, snapshot);
  g_timeout_add_seconds (LONG_SECONDS, late_cb, &late);

  for (guint i = 0; !late; i++)
    {
      const guint32 colours[] = { 0xffff0000, 0xff0000ff };
      cairo_surface_t *page = NULL;

      /* Of the whole page no more than a corner changes. */
      step (fixture, i % 2 == 0 ? PART ("#ff0000") : PART ("#0000ff"));

      if (!ph_clip_view_take (fixture->view, &page))
        continue;

      n_taken++;
      g_assert_cmphex (get_colour (page), ==, 0xff00ff00);
      g_assert_cmphex (*(guint32 *) (gpointer) cairo_image_surface_get_data (page), ==,
                       colours[i % 2]);
      cairo_surface_destroy (page);
      g_usleep (5000);
    }

  g_test_message ("%u pages", n_taken);
  g_assert_cmpuint (n_taken, >, LONG_SECONDS * 5);
  g_assert_true (ph_clip_view_is_right (fixture->view));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  ph_test_spare_children ();

  g_test_add ("/clip-view/pages", Fixture, NULL, set_up, test_pages, tear_down);
  g_test_add ("/clip-view/let-go", Fixture, NULL, set_up, test_let_go, tear_down);
  g_test_add ("/clip-view/check", Fixture, NULL, set_up, test_check, tear_down);

  return g_test_run ();
}
