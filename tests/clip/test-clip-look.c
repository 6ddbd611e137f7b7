/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What clips look like, as far as that is arithmetic, and what can be asked for. */

#include "ph-clip-paint.h"
#include "ph-test.h"

#include <string.h>

static void
test_layout (void)
{
  static const struct
  {
    PhClipForm form;
    int width, height; /* asked for */
    gboolean address;
    int page_width, page_height;
    PhClipLayout layout; /* 0 wide: none */
  } cases[] = {
    { PH_CLIP_WEBM, 0, 0, FALSE, 1024, 768, { 1024, 768, 0 } },
    { PH_CLIP_WEBM, 0, 0, FALSE, 1023, 767, { 1024, 768, 0 } },
    { PH_CLIP_PNG, 0, 0, FALSE, 1023, 767, { 1023, 767, 0 } },
    { PH_CLIP_MP4, 0, 0, TRUE, 1024, 720, { 1024, 760, 40 } },
    { PH_CLIP_MP4, 1280, 720, TRUE, 1024, 768, { 1280, 720, 40 } },
    { PH_CLIP_MP4, 641, 361, FALSE, 1024, 768, { 642, 362, 0 } },
    { PH_CLIP_GIF, 20, 30, TRUE, 1024, 768, { 20, 30, 0 } },
    { PH_CLIP_SHEET, 0, 0, FALSE, 960, 600, { 480, 300, 0 } },
    /* Where nothing is known of the window. */
    { PH_CLIP_WEBM, 0, 0, FALSE, 0, 0, { 1280, 720, 0 } },
    /* More than can be. */
    { PH_CLIP_WEBM, 0, 0, FALSE, 16384, 100, { 0 } },
    { PH_CLIP_WEBM, 0, 0, FALSE, 8000, 8000, { 0 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PhClipOrder) order = ph_clip_order_new (cases[i].form);
      g_autoptr (GError) error = NULL;
      PhClipLayout layout;
      gboolean ok;

      g_test_message ("case %u", i);
      order->width = cases[i].width;
      order->height = cases[i].height;
      order->address = cases[i].address;
      ok = ph_clip_layout (order, cases[i].page_width, cases[i].page_height, &layout, &error);
      g_assert_cmpint (ok, ==, cases[i].layout.width > 0);
      g_assert_cmpint (ok, ==, error == NULL);

      if (!ok)
        continue;

      g_assert_cmpint (layout.width, ==, cases[i].layout.width);
      g_assert_cmpint (layout.height, ==, cases[i].layout.height);
      g_assert_cmpint (layout.strip, ==, cases[i].layout.strip);
    }
}

static void
test_place (void)
{
  const PhClipLayout layout = { 1280, 760, 40 };
  g_autoptr (PhClipOrder) order = ph_clip_order_new (PH_CLIP_WEBM);
  PhClipPlace place = ph_clip_place (order, &layout, 640, 360);

  /* Not enlarged where nobody asked for a size. */
  g_assert_cmpfloat_with_epsilon (place.scale, 1, 1e-9);
  g_assert_cmpfloat_with_epsilon (place.x, 320, 1e-9);
  g_assert_cmpfloat_with_epsilon (place.y, 180, 1e-9);

  order->width = 1280;
  order->height = 760;
  place = ph_clip_place (order, &layout, 640, 360);
  g_assert_cmpfloat_with_epsilon (place.scale, 2, 1e-9);
  g_assert_cmpfloat_with_epsilon (place.x, 0, 1e-9);

  place = ph_clip_place (order, &layout, 1440, 1440);
  g_assert_cmpfloat_with_epsilon (place.scale, 0.5, 1e-9);
  g_assert_cmpfloat_with_epsilon (place.x, 280, 1e-9);
  g_assert_cmpfloat_with_epsilon (place.y, 0, 1e-9);
}

/* What is not drawn makes no difference. */
static void
test_equal (void)
{
  g_autoptr (PhClipOrder) order = ph_clip_order_new (PH_CLIP_WEBM);
  PhClipLook a = { .time = 100, .width = 10, .height = 10 };
  PhClipLook b;

  a.pointer.visible = TRUE;
  b = a;
  b.time = 5 * PH_SECOND;
  b.address = (char *) "https://a.example/";
  g_assert_true (ph_clip_look_equal (&a, &b, order));
  order->clock = TRUE;
  g_assert_false (ph_clip_look_equal (&a, &b, order));
  b.time = 900 * PH_MSEC;
  g_assert_true (ph_clip_look_equal (&a, &b, order));
  order->address = TRUE;
  g_assert_false (ph_clip_look_equal (&a, &b, order));
  order->address = FALSE;

  b.pointer.x = 1;
  g_assert_false (ph_clip_look_equal (&a, &b, order));
  order->pointer = FALSE;
  g_assert_true (ph_clip_look_equal (&a, &b, order));
  b.pointer.n_clicks = 1;
  g_assert_false (ph_clip_look_equal (&a, &b, order));
  order->clicks = FALSE;
  g_assert_true (ph_clip_look_equal (&a, &b, order));
  b.caption = (char *) "";
  g_assert_false (ph_clip_look_equal (&a, &b, order));
}

static void
test_check (void)
{
  g_autofree char *path = ph_test_demo ("acme-shop.json.gz");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (PhSession) session = ph_session_open (file, NULL, NULL, NULL, NULL);
  g_autoptr (PhClipOrder) order = ph_clip_order_new (PH_CLIP_GIF);
  const PhClipOrder good = *order;
  static const struct
  {
    PhSpan span;
    int width, height;
    guint fps, speed;
    guint32 window;
    gboolean ok;
  } cases[] = {
    { { 0, PH_SECOND }, 0, 0, 50, 1000, G_MAXUINT32, TRUE },
    { { PH_SECOND, PH_SECOND }, 16, 8192, 1, 100, 0, TRUE },
    { { -1, PH_SECOND }, 0, 0, 10, 1000, G_MAXUINT32, FALSE },
    { { PH_SECOND, 0 }, 0, 0, 10, 1000, G_MAXUINT32, FALSE },
    { { 0, 3600 * PH_SECOND }, 0, 0, 10, 1000, G_MAXUINT32, FALSE },
    { { 0, PH_SECOND }, 15, 100, 10, 1000, G_MAXUINT32, FALSE },
    { { 0, PH_SECOND }, 100, 8193, 10, 1000, G_MAXUINT32, FALSE },
    { { 0, PH_SECOND }, 8192, 8192, 10, 1000, G_MAXUINT32, FALSE },
    { { 0, PH_SECOND }, 100, 0, 10, 1000, G_MAXUINT32, FALSE },
    { { 0, PH_SECOND }, 0, 0, 51, 1000, G_MAXUINT32, FALSE },
    { { 0, PH_SECOND }, 0, 0, 0, 1000, G_MAXUINT32, FALSE },
    { { 0, PH_SECOND }, 0, 0, 10, 99, G_MAXUINT32, FALSE },
    { { 0, PH_SECOND }, 0, 0, 10, 100001, G_MAXUINT32, FALSE },
    { { 0, PH_SECOND }, 0, 0, 10, 1000, 100, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      PhClipOrder asked = good;

      g_test_message ("case %u", i);
      asked.span = cases[i].span;
      asked.width = cases[i].width;
      asked.height = cases[i].height;
      asked.fps = cases[i].fps;
      asked.speed = cases[i].speed;
      asked.window = cases[i].window;
      g_assert_cmpint (ph_clip_order_check (&asked, session, &error), ==, cases[i].ok);
      g_assert_cmpint (error == NULL, ==, cases[i].ok);
    }
}

static void
test_copy (void)
{
  g_autoptr (PhClipOrder) order = ph_clip_order_new (PH_CLIP_SHEET);
  g_autoptr (PhClipOrder) copy = NULL;
  const PhClipCaption *caption;

  order->title = g_strdup ("title");
  ph_clip_order_add_caption (order, (PhSpan) { 1, 2 }, "words");
  copy = ph_clip_order_copy (order);
  caption = copy->captions->pdata[0];
  g_assert_cmpstr (copy->title, ==, "title");
  g_assert_true (copy->title != order->title);
  g_assert_cmpstr (caption->text, ==, "words");
  g_assert_cmpint (caption->span.end, ==, 2);
}

/* Names are for settings and command lines: each once, and each has its file's ending. */
static void
test_forms (void)
{
  for (guint i = 0; i < PH_CLIP_N_FORMS; i++)
    {
      const PhClipFormInfo *info = ph_clip_form_get_info (i);

      g_assert_cmpuint (strlen (info->title), >, 0);
      g_assert_cmpuint (strlen (info->extension), >, 0);
      g_assert_cmpuint (info->fps, <=, info->max_fps);

      for (guint k = 0; k < i; k++)
        g_assert_cmpstr (info->name, !=, ph_clip_form_get_info (k)->name);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/clip-look/layout", test_layout);
  g_test_add_func ("/clip-look/place", test_place);
  g_test_add_func ("/clip-look/equal", test_equal);
  g_test_add_func ("/clip-look/check", test_check);
  g_test_add_func ("/clip-look/copy", test_copy);
  g_test_add_func ("/clip-look/forms", test_forms);

  return g_test_run ();
}
