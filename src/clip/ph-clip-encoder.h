/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-clip-order.h"

#include <cairo.h>

G_BEGIN_DECLS

/*
 * Takes the pictures of a clip one after the other and makes a file of them. Each is
 * in a file of its own: ph-clip-video.c, ph-clip-gif.c, ph-clip-sheet.c. All of it on
 * one thread, but for ph_clip_encoder_cancel(). Holds no more than a few pictures.
 */
typedef struct _PhClipEncoder PhClipEncoder;

typedef struct
{
  /* @picture is NULL when it is the last one once more. */
  gboolean (*add) (PhClipEncoder *encoder,
                   cairo_surface_t *picture,
                   PhTime time,
                   GError **error);
  gboolean (*finish) (PhClipEncoder *encoder,
                      GError **error);
  /* May be NULL: nothing here waits for long. */
  void (*cancel) (PhClipEncoder *encoder);
  void (*free) (PhClipEncoder *encoder);
} PhClipEncoderClass;

struct _PhClipEncoder
{
  const PhClipEncoderClass *klass;
};

/*
 * The file at @path, which exists, becomes a clip of the form of @order. @width and
 * @height are those of every picture (CAIRO_FORMAT_RGB24).
 */
PhClipEncoder *ph_clip_encoder_new (const PhClipOrder *order,
                                    const char *path,
                                    int width,
                                    int height,
                                    GError **error);

/* One picture more, @picture or the last again; @time is what it shows. */
gboolean ph_clip_encoder_add (PhClipEncoder *encoder,
                              cairo_surface_t *picture,
                              PhTime time,
                              GError **error);
/* After the last picture: the file is whole when this says so. */
gboolean ph_clip_encoder_finish (PhClipEncoder *encoder,
                                 GError **error);
/* From any thread: what waits on the other ends soon, with an error. */
void ph_clip_encoder_cancel (PhClipEncoder *encoder);
void ph_clip_encoder_free (PhClipEncoder *encoder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhClipEncoder, ph_clip_encoder_free)

/* For ph-clip-encoder.c: one for each file beside it. */
PhClipEncoder *ph_clip_video_new (const PhClipOrder *order,
                                  const char *path,
                                  int width,
                                  int height,
                                  GError **error);
PhClipEncoder *ph_clip_gif_new (const PhClipOrder *order,
                                const char *path,
                                int width,
                                int height,
                                GError **error);
PhClipEncoder *ph_clip_sheet_new (const PhClipOrder *order,
                                  const char *path,
                                  int width,
                                  int height,
                                  GError **error);

G_END_DECLS
