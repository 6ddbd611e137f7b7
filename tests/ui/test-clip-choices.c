/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-clip-settings.h"
#include "ui-driver.h"

static PhClipOrder *
new_order (PhClipForm form)
{
  PhClipOrder *order = ph_clip_order_new (form);

  order->span = (PhSpan) { 10 * PH_SECOND, 25 * PH_SECOND };

  return order;
}

static void
test_sizes (void)
{
  static const struct
  {
    PhClipForm form;
    PhClipSize size;
    int page_width, page_height, width, height;
  } cases[] = {
    { PH_CLIP_WEBM, PH_CLIP_SIZE_RECORDED, 1280, 800, 0, 0 },
    { PH_CLIP_WEBM, PH_CLIP_SIZE_MEDIUM, 1280, 800, 1152, 720 },
    { PH_CLIP_WEBM, PH_CLIP_SIZE_SMALL, 1280, 800, 768, 480 },
    /* Never enlarged. */
    { PH_CLIP_WEBM, PH_CLIP_SIZE_LARGE, 1280, 800, 1280, 800 },
    { PH_CLIP_GIF, PH_CLIP_SIZE_SMALL, 375, 812, 222, 480 },
    /* A picture of a sheet is half as large. */
    { PH_CLIP_SHEET, PH_CLIP_SIZE_SMALL, 1280, 800, 384, 240 },
    { PH_CLIP_SHEET, PH_CLIP_SIZE_RECORDED, 1280, 800, 1280, 800 },
    /* No page, and one that is too large. */
    { PH_CLIP_WEBM, PH_CLIP_SIZE_MEDIUM, 0, 0, 1280, 720 },
    { PH_CLIP_WEBM, PH_CLIP_SIZE_MEDIUM, 100000, 100000, 1280, 720 },
    /* So narrow that nothing would be left of it. */
    { PH_CLIP_WEBM, PH_CLIP_SIZE_SMALL, 20, 8000, 16, 480 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PhClipOrder) order = new_order (cases[i].form);

      g_test_message ("case %u", i);
      ph_clip_size_apply (cases[i].size, order, cases[i].page_width, cases[i].page_height);
      g_assert_cmpint (order->width, ==, cases[i].width);
      g_assert_cmpint (order->height, ==, cases[i].height);
    }

  for (guint i = 0; i < PH_CLIP_N_SIZES; i++)
    g_assert_cmpint (ph_clip_size_from_name (ph_clip_size_get_name ((PhClipSize) i)), ==, i);

  g_assert_cmpint (ph_clip_size_from_name ("huge"), ==, PH_CLIP_SIZE_MEDIUM);
}

/* The strip above the page is part of the picture. */
static void
test_size_titles (void)
{
  g_autoptr (PhClipOrder) order = new_order (PH_CLIP_WEBM);
  g_autofree char *plain = ph_clip_size_get_title (PH_CLIP_SIZE_RECORDED, order, 1280, 800);
  g_autofree char *strip = NULL;

  g_assert_cmpstr (plain, ==, "As recorded · 1280 × 800");
  order->address = TRUE;
  strip = ph_clip_size_get_title (PH_CLIP_SIZE_RECORDED, order, 1280, 800);
  g_assert_cmpstr (strip, ==, "As recorded · 1280 × 844");
}

static void
test_estimate (void)
{
  const PhSpan idle[] = { { 12 * PH_SECOND, 20 * PH_SECOND } };
  g_autoptr (PhClipOrder) film = new_order (PH_CLIP_WEBM);
  g_autoptr (PhClipOrder) sheet = new_order (PH_CLIP_SHEET);
  g_autoptr (PhClipOrder) picture = new_order (PH_CLIP_PNG);
  g_autofree char *plain = ph_clip_estimate (film, 1280, 800, idle, 1);
  g_autofree char *of_sheet = NULL;
  g_autofree char *of_picture = NULL;
  g_autofree char *cut = NULL;
  g_autofree char *fast = NULL;

  g_assert_cmpstr (plain, ==, "0:15.0 · 450 pictures · 1280 × 800");
  film->cut_idle = TRUE;
  cut = ph_clip_estimate (film, 1280, 800, idle, 1);
  g_assert_cmpstr (cut, ==, "0:07.0 · 210 pictures · 1280 × 800");
  /* With two seconds of a title. */
  film->speed = 2000;
  film->title = g_strdup ("Title");
  fast = ph_clip_estimate (film, 1280, 800, idle, 1);
  g_assert_cmpstr (fast, ==, "0:05.5 · 165 pictures · 1280 × 800");

  of_sheet = ph_clip_estimate (sheet, 1280, 800, idle, 1);
  g_assert_cmpstr (of_sheet, ==, "0:15.0 · 4 × 3 pictures of 480 × 300");
  of_picture = ph_clip_estimate (picture, 1280, 800, idle, 1);
  g_assert_cmpstr (of_picture, ==, "1280 × 800");
}

static void
test_file_names (void)
{
  static const struct
  {
    PhClipForm form;
    const char *title, *name;
  } cases[] = {
    { PH_CLIP_WEBM, "Acme shop", "Acme shop 0.10–0.25.webm" },
    { PH_CLIP_MP4, "a/b\\c: \"d\"?", "a b c d 0.10–0.25.mp4" },
    { PH_CLIP_PNG, "..hidden", "hidden 0.10.png" },
    { PH_CLIP_GIF, "", "Clip 0.10–0.25.gif" },
    { PH_CLIP_GIF, " // ", "Clip 0.10–0.25.gif" },
    { PH_CLIP_SHEET, "0123456789012345678901234567890123456789012345678901234567890123456789",
      "012345678901234567890123456789012345678901234567890123456789 0.10–0.25.png" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PhClipOrder) order = new_order (cases[i].form);
      g_autofree char *name = ph_clip_file_name (order, cases[i].title);

      g_assert_cmpstr (name, ==, cases[i].name);
    }
}

static void
test_time_left (void)
{
  static const struct
  {
    PhTime left;
    const char *text;
  } cases[] = {
    { PH_TIME_NONE, "" },
    { 0, "About 1 second left" },
    { PH_SECOND, "About 1 second left" },
    { PH_SECOND + 1, "About 2 seconds left" },
    { 59 * PH_SECOND, "About 59 seconds left" },
    { 60 * PH_SECOND, "About 1 minute left" },
    { 89 * PH_SECOND, "About 1 minute left" },
    { 150 * PH_SECOND, "About 3 minutes left" },
    { G_MAXINT64 / 2, "About 6000 minutes left" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = ph_clip_time_left (cases[i].left);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_lists (void)
{
  guint n;
  const guint *rates = ph_clip_rates (&n);

  for (guint i = 1; i < n; i++)
    g_assert_cmpuint (rates[i - 1], <, rates[i]);

  g_assert_cmpuint (rates[ph_clip_find_nearest (rates, n, 29)], ==, 30);
  g_assert_cmpuint (rates[ph_clip_find_nearest (rates, n, 0)], ==, rates[0]);
  g_assert_cmpuint (rates[ph_clip_find_nearest (rates, n, G_MAXUINT)], ==, rates[n - 1]);

  /* What is offered is what can be ordered. */
  for (guint i = 0; i < PH_CLIP_N_FORMS; i++)
    {
      const PhClipFormInfo *info = ph_clip_form_get_info ((PhClipForm) i);

      if (info->is_film)
        g_assert_cmpuint (rates[ph_clip_find_nearest (rates, n, info->fps)], ==, info->fps);
    }
}

static void
test_settings (void)
{
  PhClipSettings settings;
  PhClipSettings again;
  g_autoptr (GFile) folder = g_file_new_for_path (g_get_tmp_dir ());
  g_autoptr (GFile) remembered = NULL;

  ph_clip_settings_load (&settings);
  g_assert_cmpint (settings.form, ==, PH_CLIP_WEBM);
  g_assert_cmpint (ph_clip_settings_get_size (&settings, PH_CLIP_MP4), ==, PH_CLIP_SIZE_MEDIUM);
  g_assert_cmpint (ph_clip_settings_get_size (&settings, PH_CLIP_GIF), ==, PH_CLIP_SIZE_SMALL);
  g_assert_cmpuint (ph_clip_settings_get_rate (&settings, PH_CLIP_MP4), ==, 30);
  g_assert_cmpuint (ph_clip_settings_get_rate (&settings, PH_CLIP_GIF), ==, 10);
  g_assert_cmpuint (ph_clip_settings_get_rate (&settings, PH_CLIP_PNG), ==, 1);
  g_assert_cmpuint (settings.speed, ==, 1000);

  settings.form = PH_CLIP_GIF;
  settings.speed = 2000;
  settings.clock = TRUE;
  ph_clip_settings_set_rate (&settings, PH_CLIP_WEBM, 60);
  ph_clip_settings_set_rate (&settings, PH_CLIP_PNG, 5);
  ph_clip_settings_set_size (&settings, PH_CLIP_SHEET, PH_CLIP_SIZE_RECORDED);
  ph_clip_settings_save (&settings, folder);
  ph_clip_settings_load (&again);
  g_assert_cmpint (again.form, ==, PH_CLIP_GIF);
  g_assert_cmpuint (again.speed, ==, 2000);
  g_assert_true (again.clock);
  g_assert_cmpuint (again.rate, ==, 60);
  /* An animation cannot have as many. */
  ph_clip_settings_set_rate (&again, PH_CLIP_GIF, 60);
  g_assert_cmpuint (ph_clip_settings_get_rate (&again, PH_CLIP_GIF), ==, 50);
  g_assert_cmpint (again.size, ==, PH_CLIP_SIZE_MEDIUM);
  g_assert_cmpint (again.small_size, ==, PH_CLIP_SIZE_RECORDED);
  remembered = ph_clip_settings_dup_folder ();
  g_assert_true (g_file_equal (remembered, folder));
}

int
main (int argc,
      char **argv)
{
  ui_driver_init (&argc, &argv, FALSE);

  g_test_add_func ("/clip-choices/sizes", test_sizes);
  g_test_add_func ("/clip-choices/size-titles", test_size_titles);
  g_test_add_func ("/clip-choices/estimate", test_estimate);
  g_test_add_func ("/clip-choices/file-names", test_file_names);
  g_test_add_func ("/clip-choices/time-left", test_time_left);
  g_test_add_func ("/clip-choices/lists", test_lists);
  g_test_add_func ("/clip-choices/settings", test_settings);

  return ui_driver_run ();
}
