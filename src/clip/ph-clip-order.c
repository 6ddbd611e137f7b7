/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-clip-order.h"

#include "ph-error.h"
#include "ph-steps.h"

#include <glib/gi18n.h>

#define RECORDING_TYPE "application/x-playhead-recording"

static const PhClipFormInfo forms[PH_CLIP_N_FORMS] = {
  [PH_CLIP_WEBM] = { "webm", "webm", N_ ("WebM video (VP8)"), "video/webm", TRUE, TRUE, 30, 60 },
  [PH_CLIP_WEBM_VP9] = { "webm-vp9", "webm", N_ ("WebM video (VP9, smaller)"), "video/webm", TRUE,
                         TRUE, 30, 60 },
  [PH_CLIP_MP4] = { "mp4", "mp4", N_ ("MP4 video (H.264)"), "video/mp4", TRUE, TRUE, 30, 60 },
  /* Browsers slow down what has more pictures a second. */
  [PH_CLIP_GIF] = { "gif", "gif", N_ ("GIF animation"), "image/gif", TRUE, TRUE, 10, 50 },
  [PH_CLIP_PNG] = { "png", "png", N_ ("PNG picture"), "image/png", TRUE, FALSE, 1, 1 },
  [PH_CLIP_SHEET] = { "sheet", "png", N_ ("Contact sheet (PNG)"), "image/png", TRUE, FALSE, 1, 1 },
  [PH_CLIP_HTML] = { "html", "html", N_ ("Web page that plays it"), "text/html", FALSE, FALSE, 1,
                     1 },
  [PH_CLIP_RECORDING] = { "playhead", "playhead", N_ ("Recording"), RECORDING_TYPE, FALSE, FALSE, 1,
                          1 },
};

const PhClipFormInfo *
ph_clip_form_get_info (PhClipForm form)
{
  g_return_val_if_fail ((guint) form < PH_CLIP_N_FORMS, NULL);

  return &forms[form];
}

static void
free_caption (PhClipCaption *caption)
{
  g_free (caption->text);
  g_free (caption);
}

PhClipOrder *
ph_clip_order_new (PhClipForm form)
{
  PhClipOrder *order = g_new0 (PhClipOrder, 1);

  g_return_val_if_fail ((guint) form < PH_CLIP_N_FORMS, order);

  order->form = form;
  order->window = G_MAXUINT32;
  order->fps = forms[form].fps;
  order->speed = PH_STEPS_SPEED;
  order->pointer = TRUE;
  order->clicks = TRUE;
  order->captions = g_ptr_array_new_with_free_func ((GDestroyNotify) free_caption);
  order->columns = 4;
  order->rows = 3;

  return order;
}

PhClipOrder *
ph_clip_order_copy (const PhClipOrder *order)
{
  PhClipOrder *copy = g_memdup2 (order, sizeof *order);

  copy->title = g_strdup (order->title);
  copy->notes = order->notes != NULL ? g_ptr_array_ref (order->notes) : NULL;
  copy->captions = g_ptr_array_new_with_free_func ((GDestroyNotify) free_caption);

  for (guint i = 0; i < order->captions->len; i++)
    {
      const PhClipCaption *caption = order->captions->pdata[i];

      ph_clip_order_add_caption (copy, caption->span, caption->text);
    }

  return copy;
}

void
ph_clip_order_free (PhClipOrder *order)
{
  if (order == NULL)
    return;

  g_free (order->title);
  g_clear_pointer (&order->notes, g_ptr_array_unref);
  g_ptr_array_unref (order->captions);
  g_free (order);
}

void
ph_clip_order_add_caption (PhClipOrder *order,
                           PhSpan span,
                           const char *text)
{
  PhClipCaption *caption = g_new (PhClipCaption, 1);

  *caption = (PhClipCaption) { span, g_strdup (text) };
  g_ptr_array_add (order->captions, caption);
}

static gboolean
check_size (const PhClipOrder *order,
            GError **error)
{
  gint64 width = order->width;
  gint64 height = order->height;

  if (width == 0 && height == 0)
    return TRUE;

  if (MIN (width, height) < PH_CLIP_MIN_SIDE || MAX (width, height) > PH_CLIP_MAX_SIDE ||
      width * height > PH_CLIP_MAX_PIXELS)
    {
      g_set_error (error, PH_ERROR, PH_ERROR_TOO_LARGE,
                   _ ("A clip of %d × %d pixels cannot be made: from %d to %d a side"),
                   order->width, order->height, PH_CLIP_MIN_SIDE, PH_CLIP_MAX_SIDE);
      return FALSE;
    }

  return TRUE;
}

static gboolean
check_rate (const PhClipOrder *order,
            GError **error)
{
  guint max = forms[order->form].max_fps;

  if (!forms[order->form].is_film)
    return TRUE;

  if (order->fps < 1 || order->fps > max)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   _ ("A clip of this form has from 1 to %u pictures a second"), max);
      return FALSE;
    }

  if (order->speed < PH_STEPS_MIN_SPEED || order->speed > PH_STEPS_MAX_SPEED)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           _ ("A clip is from 0.1 to 100 times as fast"));
      return FALSE;
    }

  if (ph_span_length (order->span) / order->speed * order->fps / 1000 > PH_CLIP_MAX_FRAMES)
    {
      g_set_error_literal (error, PH_ERROR, PH_ERROR_TOO_LARGE,
                           _ ("The clip would have too many pictures"));
      return FALSE;
    }

  return TRUE;
}

static gboolean
check_cells (const PhClipOrder *order,
             GError **error)
{
  if (order->form != PH_CLIP_SHEET ||
      (order->columns >= 1 && order->columns <= PH_CLIP_MAX_CELLS && order->rows >= 1 &&
       order->rows <= PH_CLIP_MAX_CELLS))
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
               _ ("A contact sheet has from 1 to %d columns, and as many rows"),
               PH_CLIP_MAX_CELLS);

  return FALSE;
}

gboolean
ph_clip_order_check (const PhClipOrder *order,
                     PhSession *session,
                     GError **error)
{
  PhSpan all = ph_session_get_span (session);

  if (order->span.begin < all.begin || order->span.end > all.end ||
      order->span.begin > order->span.end)
    {
      g_set_error_literal (
        error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
        _ ("The span of a clip is inside the recording, and ends after it begins"));
      return FALSE;
    }

  if (order->window != G_MAXUINT32 && order->window >= ph_session_get_n_windows (session))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("There is no window %u"),
                   order->window + 1);
      return FALSE;
    }

  if (!forms[order->form].is_pictures)
    return TRUE;

  return check_size (order, error) && check_rate (order, error) && check_cells (order, error);
}

const char *
ph_clip_order_find_caption (const PhClipOrder *order,
                            PhTime time)
{
  for (guint i = order->captions->len; i > 0; i--)
    {
      const PhClipCaption *caption = order->captions->pdata[i - 1];

      if (ph_span_contains (caption->span, time))
        return caption->text;
    }

  return NULL;
}
