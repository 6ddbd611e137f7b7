/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What of a page belongs to none of its nodes: the last step of ph_patch_diff(). */

#include "ph-patch-private.h"

static const PhPageState *
get_page (const PhDom *dom)
{
  return dom != NULL ? ph_dom_get_page (dom) : NULL;
}

/* Damaged files may name what is not there. */
static gint32
known (const PhDom *dom,
       gint32 id)
{
  return ph_dom_find (dom, id) != 0 ? id : 0;
}

static void
diff_focus (PhDiff *diff,
            const PhPageState *old,
            const PhPageState *page)
{
  gint32 before = old != NULL ? known (diff->from, old->focus) : 0;
  gint32 focus = page != NULL ? known (diff->to, page->focus) : 0;
  gboolean was_visible = before != 0 && old->presence.focus_visible;
  gboolean visible = focus != 0 && page->presence.focus_visible;

  if (before == focus && was_visible == visible)
    return;

  ph_patch_put_op (diff->patch, PH_OP_FOCUS);
  ph_patch_put_int (diff->patch, focus);
  ph_patch_put_int (diff->patch, visible);
}

static gboolean
are_arrays_equal (const GArray *a,
                  const GArray *b,
                  gsize size)
{
  guint n_a = a != NULL ? a->len : 0;
  guint n_b = b != NULL ? b->len : 0;

  return n_a == n_b && (n_a == 0 || a == b || memcmp (a->data, b->data, n_a * size) == 0);
}

static gboolean
is_range_known (const PhDom *dom,
                const PhRange *range)
{
  return known (dom, range->start) != 0 && known (dom, range->end) != 0;
}

static void
diff_ranges (PhDiff *diff,
             const GArray *old,
             const GArray *ranges)
{
  guint n = 0;

  if (are_arrays_equal (old, ranges, sizeof (PhRange)))
    return;

  for (guint i = 0; ranges != NULL && i < ranges->len; i++)
    n += is_range_known (diff->to, &g_array_index (ranges, PhRange, i));

  ph_patch_put_op (diff->patch, PH_OP_SELECTION);
  ph_patch_put_int (diff->patch, n);

  for (guint i = 0; ranges != NULL && i < ranges->len; i++)
    {
      const PhRange *range = &g_array_index (ranges, PhRange, i);

      if (!is_range_known (diff->to, range))
        continue;

      ph_patch_put_int (diff->patch, range->start);
      ph_patch_put_int (diff->patch, range->start_offset);
      ph_patch_put_int (diff->patch, range->end);
      ph_patch_put_int (diff->patch, range->end_offset);
    }
}

static void
put_top (PhDiff *diff,
         const GArray *top,
         gboolean popovers)
{
  guint n = 0;

  for (guint i = 0; top != NULL && i < top->len; i++)
    n += !g_array_index (top, PhTop, i).is_popover == !popovers &&
         known (diff->to, g_array_index (top, PhTop, i).id) != 0;

  ph_patch_put_op (diff->patch, popovers ? PH_OP_POPOVER : PH_OP_DIALOG);
  ph_patch_put_int (diff->patch, n);

  for (guint i = 0; top != NULL && i < top->len; i++)
    {
      const PhTop *entry = &g_array_index (top, PhTop, i);

      if (!entry->is_popover != !popovers || known (diff->to, entry->id) == 0)
        continue;

      ph_patch_put_int (diff->patch, entry->id);
      ph_patch_put_int (diff->patch, i);

      if (popovers)
        ph_patch_put_int (diff->patch, known (diff->to, entry->opener));
    }
}

static void
diff_top (PhDiff *diff,
          const GArray *old,
          const GArray *top)
{
  if (are_arrays_equal (old, top, sizeof (PhTop)))
    return;

  put_top (diff, top, FALSE);
  put_top (diff, top, TRUE);
}

void
ph_patch_media (PhPatch *patch,
                const PhDom *dom,
                PhTime time)
{
  const PhPageState *page = get_page (dom);
  const GArray *list = page != NULL ? page->presence.media : NULL;
  guint n = 0;

  for (guint i = 0; list != NULL && i < list->len; i++)
    n += known (dom, g_array_index (list, PhMedia, i).id) != 0;

  ph_patch_put_op (patch, PH_OP_MEDIA);
  ph_patch_put_int (patch, n);

  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      const PhMedia *media = &g_array_index (list, PhMedia, i);

      if (known (dom, media->id) == 0)
        continue;

      ph_patch_put_int (patch, media->id);
      ph_patch_put_int (patch, media->playing != 0);
      ph_patch_put_number (patch, ph_media_position (media, time));
      ph_patch_put_number (patch, media->rate);
      ph_patch_put_number (patch, media->volume);
      ph_patch_put_int (patch, media->muted != 0);
      ph_patch_put_int (patch, media->loop != 0);
    }
}

void
ph_diff_presence (PhDiff *diff)
{
  const PhPageState *old = get_page (diff->from);
  const PhPageState *page = get_page (diff->to);

  if (old == page)
    return;

  diff_focus (diff, old, page);
  diff_ranges (diff, old != NULL ? old->presence.ranges : NULL,
               page != NULL ? page->presence.ranges : NULL);
  diff_top (diff, old != NULL ? old->presence.top : NULL,
            page != NULL ? page->presence.top : NULL);
}
