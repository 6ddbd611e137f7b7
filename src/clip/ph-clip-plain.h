/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-asset-shelf.h"
#include "ph-clip-order.h"

G_BEGIN_DECLS

/*
 * Clips that are not made of pictures (PhClipFormInfo.is_pictures): written from what is
 * recorded, on a thread of their own that has its own handle on the recording. They need
 * no display. Main thread only, and it goes on with the main loop.
 */
typedef struct _PhClipPlain PhClipPlain;

/*
 * How far it is, 0 … 1; or, @ended, that it is done or why it failed: then nothing more
 * comes, and @error is the callee's.
 */
typedef void (*PhClipPlainFunc) (double fraction,
                                 gboolean ended,
                                 GError *error,
                                 gpointer user_data);

/*
 * @session, which is not being imported, is left alone meanwhile; @order is copied. NULL
 * with an error when @order cannot be carried out, or its form is made of pictures: then
 * without one.
 */
PhClipPlain *ph_clip_plain_start (PhSession *session,
                                  const PhClipOrder *order,
                                  PhAssetShelf *assets,
                                  GFile *file,
                                  PhClipPlainFunc func,
                                  gpointer user_data,
                                  GError **error);
/* What is not done by then is cancelled, and nothing is called any more. */
void ph_clip_plain_free (PhClipPlain *plain);

G_END_DECLS
