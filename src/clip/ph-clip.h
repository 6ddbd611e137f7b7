/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-asset-shelf.h"
#include "ph-clip-order.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * A clip in the making, from an order to a file. It has a web view of its own, which never
 * comes to the screen, and steps it from picture to picture: what a picture shows depends
 * on the recording and its number only, never on how long anything took. Pictures in which
 * nothing differs are not made again.
 *
 * The file comes to be beside its place under another name, and is moved there when it is
 * whole: whatever happens, nothing half made has the name. Main thread only, and it goes on
 * with the main loop; GTK must be initialised, which needs a display.
 *
 * Properties, all notified: `state` (PhClipState as uint), `fraction` (0 … 1, ten times a
 * second at most). Signal: `ended`, it is done, failed or was cancelled.
 */
#define PH_TYPE_CLIP (ph_clip_get_type ())
G_DECLARE_FINAL_TYPE (PhClip, ph_clip, PH, CLIP, GObject)

typedef enum
{
  PH_CLIP_WAITING,
  PH_CLIP_RUNNING,
  PH_CLIP_DONE,
  PH_CLIP_FAILED,
  PH_CLIP_CANCELLED,
} PhClipState;

/* Copies @order. A session that is still being imported is waited for until it is not. */
PhClip *ph_clip_new (PhSession *session,
                     const PhClipOrder *order,
                     GFile *file);

/* What a person gave for what the pages name; to be set before it starts. NULL: nothing. */
void ph_clip_set_assets (PhClip *self,
                         PhAssetShelf *assets);

/* `ended` follows in any case, but never before this returns. */
void ph_clip_start (PhClip *self);
/* One that waits or runs is cancelled at once; `ended` comes from within. */
void ph_clip_cancel (PhClip *self);

PhClipState ph_clip_get_state (PhClip *self);
double ph_clip_get_fraction (PhClip *self);
/* How long it may still take, microseconds; PH_TIME_NONE while nobody knows. */
PhTime ph_clip_get_time_left (PhClip *self);
/* Why it failed, in words for people; NULL when it did not. */
const GError *ph_clip_get_error (PhClip *self);

PhSession *ph_clip_get_session (PhClip *self);
const PhClipOrder *ph_clip_get_order (PhClip *self);
GFile *ph_clip_get_file (PhClip *self);
/* Pictures of the whole clip; 0 before it runs. */
guint64 ph_clip_get_n_pictures (PhClip *self);
/* Pages painted for it so far, for benchmarks: pictures in which nothing moved need none. */
guint64 ph_clip_get_n_painted (PhClip *self);

G_END_DECLS
