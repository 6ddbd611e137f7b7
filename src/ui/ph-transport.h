/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-timeline.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * The bar below the page: play, time, speed and the time line. Its buttons
 * name actions of the window it is in.
 */
#define PH_TYPE_TRANSPORT (ph_transport_get_type ())
G_DECLARE_FINAL_TYPE (PhTransport, ph_transport, PH, TRANSPORT, GtkWidget)

GtkWidget *ph_transport_new (void);
/* NULL empties it. */
void ph_transport_set_player (PhTransport *self,
                              PhPlayer *player);
/* Shows what there is of the session by now, and whether more of it is coming. */
void ph_transport_refresh (PhTransport *self,
                           gboolean importing,
                           double progress);

PhTimeline *ph_transport_get_timeline (PhTransport *self);
/* Whether its full screen button offers to leave. */
void ph_transport_set_fullscreen (PhTransport *self,
                                  gboolean fullscreen);
/* Whether one of its menus is open. */
gboolean ph_transport_is_busy (PhTransport *self);

/* `0.25×`; backwards, below 0, `−0.25×`. The caller frees it. */
char *ph_transport_format_speed (double speed);

G_END_DECLS
