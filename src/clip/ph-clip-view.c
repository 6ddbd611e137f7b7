/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-clip-view.h"

#include "ph-clip-page.h"

/* How often in a row a view may show less than the page. */
#define MAX_MISSING 20

struct _PhClipView
{
  PhWebStage *stage;
  int width, height;
  GPtrArray *pages;      /* of cairo_surface_t; those that nobody else holds are free */
  cairo_surface_t *last; /* a reference to the one taken last, or NULL */
  guint n_missing;
  gboolean is_checked;
  gboolean is_wrong;
};

PhClipView *
ph_clip_view_new (PhWebStage *stage,
                  int width,
                  int height)
{
  PhClipView *view = g_new0 (PhClipView, 1);

  view->stage = g_object_ref (stage);
  view->width = width;
  view->height = height;
  view->pages = g_ptr_array_new_with_free_func ((GDestroyNotify) cairo_surface_destroy);

  return view;
}

void
ph_clip_view_free (PhClipView *view)
{
  if (view == NULL)
    return;

  g_clear_pointer (&view->last, cairo_surface_destroy);
  g_ptr_array_unref (view->pages);
  g_object_unref (view->stage);
  g_free (view);
}

/* A reference to one of undefined contents. */
static cairo_surface_t *
take_page (PhClipView *view)
{
  for (guint i = 0; i < view->pages->len; i++)
    if (cairo_surface_get_reference_count (view->pages->pdata[i]) == 1)
      return cairo_surface_reference (view->pages->pdata[i]);

  g_ptr_array_add (view->pages, ph_clip_page_new (view->width, view->height));

  return cairo_surface_reference (view->pages->pdata[view->pages->len - 1]);
}

/* A reference to what is shown, or NULL when that is less than the page. */
static cairo_surface_t *
take_whole (PhClipView *view)
{
  cairo_surface_t *page = take_page (view);

  if (ph_clip_page_paint_shown (page, view->stage) && ph_clip_page_is_whole (page))
    {
      view->n_missing = 0;
      return page;
    }

  cairo_surface_destroy (page);
  view->is_wrong |= ++view->n_missing > MAX_MISSING;

  return NULL;
}

void
ph_clip_view_check (PhClipView *view,
                    GdkTexture *snapshot)
{
  cairo_surface_t *shown;
  cairo_surface_t *wanted;

  if (view->is_wrong)
    return;

  /* What comes now is another page than the one taken last. */
  g_clear_pointer (&view->last, cairo_surface_destroy);
  shown = take_whole (view);

  if (shown == NULL)
    return;

  wanted = take_page (view);
  ph_clip_page_paint (wanted, snapshot);
  view->is_checked = TRUE;
  view->is_wrong = !ph_clip_page_equal (shown, wanted);
  cairo_surface_destroy (wanted);
  cairo_surface_destroy (shown);
}

gboolean
ph_clip_view_is_right (PhClipView *view)
{
  return view->is_checked && !view->is_wrong;
}

gboolean
ph_clip_view_may_be_right (PhClipView *view)
{
  return !view->is_wrong;
}

gboolean
ph_clip_view_take (PhClipView *view,
                   cairo_surface_t **page)
{
  cairo_surface_t *taken = take_whole (view);

  *page = NULL;

  if (taken == NULL)
    return FALSE;

  if (view->last != NULL && ph_clip_page_equal (view->last, taken))
    {
      cairo_surface_destroy (taken);
      return TRUE;
    }

  g_clear_pointer (&view->last, cairo_surface_destroy);
  view->last = cairo_surface_reference (taken);
  *page = taken;

  return TRUE;
}
