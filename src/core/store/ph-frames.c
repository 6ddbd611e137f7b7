/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-frames.h"

gsize
ph_frames_spacing (gsize page)
{
  if (page > G_MAXSIZE / PH_FRAMES_PAGES)
    return G_MAXSIZE;

  return MAX (PH_FRAMES_WORK, page * PH_FRAMES_PAGES);
}

int
ph_frames_parent (guint i)
{
  guint place = i % PH_FRAMES_RUN;

  /* Without its lowest bit: 15 → 14 → 12 → 8 → 0. */
  return place == 0 ? -1 : (int) (i - place + (place & (place - 1)));
}

int
ph_frames_find (const PhFrame *frames,
                guint n,
                guint32 window,
                guint snapshot,
                guint end)
{
  guint low = 0;
  guint high = n;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const PhFrame *frame = &frames[middle];

      if (frame->window < window || (frame->window == window && frame->next <= end))
        low = middle + 1;
      else
        high = middle;
    }

  if (low == 0 || frames[low - 1].window != window || frames[low - 1].snapshot != snapshot)
    return -1;

  return (int) low - 1;
}
