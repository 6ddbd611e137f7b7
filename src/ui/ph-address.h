/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-player.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The quiet strip that says where the user was: page, window, size. */
#define PH_TYPE_ADDRESS (ph_address_get_type ())
G_DECLARE_FINAL_TYPE (PhAddress, ph_address, PH, ADDRESS, GtkWidget)

GtkWidget *ph_address_new (void);
/* NULL empties it. */
void ph_address_set_player (PhAddress *self,
                            PhPlayer *player);
/* Shows what there is of the session by now. */
void ph_address_refresh (PhAddress *self);
/* The room the page has, from which its scale follows. */
void ph_address_set_room (PhAddress *self,
                          int width,
                          int height);
/* Whether one of its menus is open. */
gboolean ph_address_is_busy (PhAddress *self);

/* What it shows, for tests. */
const char *ph_address_get_url (PhAddress *self);

/* The page shown in @window at @time, or NULL before the first. */
const PhPage *ph_address_page_at (PhSession *session,
                                  guint32 window,
                                  PhTime time);
/* How a window of the session is called; fit to be shown. The caller frees it. */
char *ph_address_window_name (PhSession *session,
                              guint32 window);

G_END_DECLS
