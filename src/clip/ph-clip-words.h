/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-clip-order.h"

G_BEGIN_DECLS

/* What a recording says of itself in a clip. */

/* Of the page that is shown at @time, as recorded; the session's. NULL: none is known. */
const char *ph_clip_find_address (PhSession *session,
                                  guint32 window,
                                  PhTime time);
/* What stands below a title: where, when, how long; a line or two. */
char *ph_clip_describe (PhSession *session,
                        const PhClipOrder *order,
                        guint32 window);

G_END_DECLS
