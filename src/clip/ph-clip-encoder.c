/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ph-clip-encoder.h"

PhClipEncoder *
ph_clip_encoder_new (const PhClipOrder *order,
                     const char *path,
                     int width,
                     int height,
                     GError **error)
{
  switch (order->form)
    {
    case PH_CLIP_WEBM:
    case PH_CLIP_WEBM_VP9:
    case PH_CLIP_MP4:
      return ph_clip_video_new (order, path, width, height, error);

    case PH_CLIP_GIF:
      return ph_clip_gif_new (order, path, width, height, error);

    case PH_CLIP_PNG:
    case PH_CLIP_SHEET:
      return ph_clip_sheet_new (order, path, width, height, error);

    case PH_CLIP_HTML:
    case PH_CLIP_RECORDING:
      break;
    }

  /* Those are made of no pictures (ph-clip-plain.h). */
  g_return_val_if_reached (NULL);
}

gboolean
ph_clip_encoder_add (PhClipEncoder *encoder,
                     cairo_surface_t *picture,
                     PhTime time,
                     GError **error)
{
  return encoder->klass->add (encoder, picture, time, error);
}

gboolean
ph_clip_encoder_finish (PhClipEncoder *encoder,
                        GError **error)
{
  return encoder->klass->finish (encoder, error);
}

void
ph_clip_encoder_cancel (PhClipEncoder *encoder)
{
  if (encoder->klass->cancel != NULL)
    encoder->klass->cancel (encoder);
}

void
ph_clip_encoder_free (PhClipEncoder *encoder)
{
  if (encoder != NULL)
    encoder->klass->free (encoder);
}
