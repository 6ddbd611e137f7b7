/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-clip-encoder.h"
#include "ph-clip-paint.h"

G_BEGIN_DECLS

/*
 * Paints and encodes the pictures of one clip on a thread of its own, in the order they
 * come, while the next page is made. A few wait at most: the caller asks whether there is
 * room before it gives one more. All of this on one thread, which has a main loop.
 */
typedef struct _PhClipWorker PhClipWorker;

typedef struct
{
  /* There is room again, all is done, or it failed; called on the thread that made it. */
  void (*changed) (gpointer user_data);
  gpointer user_data;
} PhClipWorkerWatch;

/* Takes painter and encoder. */
PhClipWorker *ph_clip_worker_new (PhClipPainter *painter,
                                  PhClipEncoder *encoder,
                                  const PhClipWorkerWatch *watch);
/* Waits for its thread, which ends soon; what was not written is not written any more. */
void ph_clip_worker_free (PhClipWorker *worker);

gboolean ph_clip_worker_has_room (PhClipWorker *worker);
/* Pictures that were given and written. */
guint64 ph_clip_worker_get_written (PhClipWorker *worker);

/* One picture; @page is the page (ph-clip-page.h) from now on, NULL: it is as it was. */
void ph_clip_worker_add (PhClipWorker *worker,
                         cairo_surface_t *page,
                         const PhClipLook *look);
/* The same, with a snapshot of the page from now on. */
void ph_clip_worker_add_snapshot (PhClipWorker *worker,
                                  GdkTexture *snapshot,
                                  const PhClipLook *look);
/* The last one once more; @time is what it shows. */
void ph_clip_worker_add_again (PhClipWorker *worker,
                               PhTime time);
void ph_clip_worker_add_card (PhClipWorker *worker);
/* Nothing more comes. */
void ph_clip_worker_finish (PhClipWorker *worker);

/* TRUE once the file is whole, or @error is set. FALSE without one: not yet. */
gboolean ph_clip_worker_get_done (PhClipWorker *worker,
                                  GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhClipWorker, ph_clip_worker_free)

G_END_DECLS
