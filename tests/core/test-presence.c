/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-presence.h"

#include "ph-limits.h"

static void
fill (PhPresence *presence)
{
  static const PhRange ranges[] = { { 1, 3, 2, 4 }, { 5, 6, 1, 7 } };
  static const PhTop tops[] = { { 10, 0, FALSE }, { 11, 12, TRUE } };
  static const PhMedia media = { .id = 20, .rate = 1, .volume = 1 };

  ph_presence_init (presence);
  presence->was_focus = 30;

  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
    g_assert_true (ph_presence_add_range (presence, &ranges[i]));

  for (guint i = 0; i < G_N_ELEMENTS (tops); i++)
    g_assert_true (ph_presence_add_top (presence, &tops[i]));

  g_assert_true (ph_presence_add_media (presence, &media));
}

/* When a node goes, what is said of it goes, and nothing else. */
static void
test_forget (void)
{
  static const struct
  {
    gint32 id;
    gboolean named;
    guint n_ranges, n_top, n_media;
    gint32 opener, was_focus;
  } rows[] = {
    { 99, FALSE, 2, 2, 1, 12, 30 },
    { 1, TRUE, 1, 2, 1, 12, 30 },
    { 6, TRUE, 1, 2, 1, 12, 30 },
    { 10, TRUE, 2, 1, 1, 12, 30 },
    { 12, TRUE, 2, 2, 1, 0, 30 },
    { 20, TRUE, 2, 2, 0, 12, 30 },
    { 30, TRUE, 2, 2, 1, 12, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      PhPresence presence;

      g_test_message ("row %u", i);
      fill (&presence);
      g_assert_cmpint (ph_presence_names (&presence, rows[i].id), ==, rows[i].named);
      ph_presence_forget (&presence, rows[i].id);
      g_assert_false (ph_presence_names (&presence, rows[i].id));
      g_assert_cmpuint (presence.ranges->len, ==, rows[i].n_ranges);
      g_assert_cmpuint (presence.top->len, ==, rows[i].n_top);
      g_assert_cmpint (presence.media != NULL, ==, rows[i].n_media);
      g_assert_cmpint (ph_presence_find_top (&presence, 11)->opener, ==, rows[i].opener);
      g_assert_cmpint (presence.was_focus, ==, rows[i].was_focus);
      ph_presence_clear (&presence);
    }
}

static void
test_copy (void)
{
  PhPresence presence;
  PhPresence copy;

  fill (&presence);
  ph_presence_copy (&copy, &presence);
  ph_presence_forget (&presence, 10);
  ph_presence_find_media (&presence, 20)->playing = TRUE;
  g_assert_nonnull (ph_presence_find_top (&copy, 10));
  g_assert_false (ph_presence_find_media (&copy, 20)->playing);
  ph_presence_clear (&presence);
  ph_presence_clear (&copy);
}

static void
test_limits (void)
{
  PhPresence presence;
  PhTop top = { .id = 1 };

  ph_presence_init (&presence);

  for (guint i = 0; i < PH_LIMIT_TOP; i++)
    g_assert_true (ph_presence_add_top (&presence, &top));

  g_assert_false (ph_presence_add_top (&presence, &top));
  ph_presence_clear (&presence);
}

static void
test_media_position (void)
{
  static const struct
  {
    gboolean playing;
    double position, rate;
    PhTime after; /* ms */
    double at;
  } rows[] = {
    { TRUE, 10, 1, 2500, 12.5 },
    { FALSE, 10, 1, 2500, 10 },
    { TRUE, 10, 2, 2500, 15 },
    { TRUE, 10, -8, 2500, 0 },
    { TRUE, 10, 1, -500, 10 },
    { FALSE, -3, 1, 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      PhMedia media = {
        .playing = rows[i].playing,
        .position = rows[i].position,
        .rate = rows[i].rate,
        .since = 7 * PH_SECOND,
      };

      g_test_message ("row %u", i);
      g_assert_cmpfloat_with_epsilon (
        ph_media_position (&media, media.since + rows[i].after * PH_MSEC), rows[i].at, 1e-9);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/presence/forget", test_forget);
  g_test_add_func ("/presence/copy", test_copy);
  g_test_add_func ("/presence/limits", test_limits);
  g_test_add_func ("/presence/media-position", test_media_position);

  return g_test_run ();
}
