/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-store-writer.h"

G_BEGIN_DECLS

/* Recording files for tests of the store. */

/* So many events in two runs, and so many keyframes in two windows. */
#define PH_SMALL_EVENTS 2400
#define PH_SMALL_FRAMES 40

/* Event @index of the small store. */
PhEvent ph_small_event (guint index);
/* What is stored as the page of keyframe @index. */
GBytes *ph_small_page (guint index);
PhFrame ph_small_frame (guint index);

/* One with something in each list. */
gboolean ph_make_small_store (const char *path,
                              GError **error);
/* The same without finishing it. */
gboolean ph_fill_small_store (PhStoreWriter *writer,
                              GError **error);
/* One of more than a megabyte that cannot be squeezed. */
gboolean ph_make_noisy_store (const char *path,
                              GError **error);

/* Every event, page and list is as it was written. */
void ph_assert_small_store (PhStore *store);

G_END_DECLS
