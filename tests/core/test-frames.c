/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-frames.h"

static void
test_spacing (void)
{
  static const struct
  {
    gsize page;
    gsize spacing;
  } cases[] = {
    { 0, PH_FRAMES_WORK },
    { 1, PH_FRAMES_WORK },
    { PH_FRAMES_WORK / PH_FRAMES_PAGES, PH_FRAMES_WORK },
    { PH_FRAMES_WORK, PH_FRAMES_WORK * PH_FRAMES_PAGES },
    { G_MAXSIZE, G_MAXSIZE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpuint (ph_frames_spacing (cases[i].page), ==, cases[i].spacing);
}

/* From anywhere it is few steps, back only, within the run, to one that stands alone. */
static void
test_parent (void)
{
  for (guint i = 0; i < 10 * PH_FRAMES_RUN; i++)
    {
      int at = (int) i;
      guint steps = 0;

      for (int parent = ph_frames_parent (i); parent >= 0; parent = ph_frames_parent ((guint) at))
        {
          g_assert_cmpint (parent, <, at);
          g_assert_cmpint (parent / PH_FRAMES_RUN, ==, at / PH_FRAMES_RUN);
          at = parent;
          steps++;
        }

      g_assert_cmpint (at % PH_FRAMES_RUN, ==, 0);
      g_assert_cmpuint (steps, <=, PH_FRAMES_DEPTH);
    }

  g_assert_cmpint (ph_frames_parent (15), ==, 14);
  g_assert_cmpint (ph_frames_parent (14), ==, 12);
  g_assert_cmpint (ph_frames_parent (8), ==, 0);
  g_assert_cmpint (ph_frames_parent (PH_FRAMES_RUN + 1), ==, PH_FRAMES_RUN);
}

/* Against looking at each of them. */
static void
test_find (void)
{
  static const PhFrame frames[] = {
    { 0, 1, 10, 0 },
    { 0, 1, 20, 0 },
    { 0, 25, 30, 0 },
    { 2, 3, 5, 0 },
    { 2, 3, 40, 0 },
  };

  for (guint32 window = 0; window < 4; window++)
    for (guint snapshot = 0; snapshot < 30; snapshot++)
      for (guint end = 0; end < 50; end++)
        {
          int last = -1;

          for (int i = 0; i < (int) G_N_ELEMENTS (frames); i++)
            {
              if (frames[i].window == window && frames[i].next <= end)
                last = i;
            }

          /* One that grew from another snapshot is no use. */
          if (last >= 0 && frames[last].snapshot != snapshot)
            last = -1;

          g_assert_cmpint (
            ph_frames_find (frames, G_N_ELEMENTS (frames), window, snapshot, end), ==, last);
        }

  g_assert_cmpint (ph_frames_find (NULL, 0, 0, 0, 100), ==, -1);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/frames/spacing", test_spacing);
  g_test_add_func ("/frames/parent", test_parent);
  g_test_add_func ("/frames/find", test_find);

  return g_test_run ();
}
