/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * Says what is wrong with a recording that plays all the same, when it matters
 * to somebody who watches: it ends early, parts are missing, no page is shown.
 */
#define PH_TYPE_HEALTH_BAR (ph_health_bar_get_type ())
G_DECLARE_FINAL_TYPE (PhHealthBar, ph_health_bar, PH, HEALTH_BAR, GtkWidget)

GtkWidget *ph_health_bar_new (void);
/* Shows itself when there is something to say. NULL hides it. */
void ph_health_bar_set_session (PhHealthBar *self,
                                PhSession *session);
/* Shows what is found by now; what was dismissed stays so until it says something else. */
void ph_health_bar_refresh (PhHealthBar *self);
/* What is to be said before all that is found, fit to be shown; or NULL. Gone with the session. */
void ph_health_bar_set_notice (PhHealthBar *self,
                               const char *notice);
/* What it says, or NULL when it says nothing. */
const char *ph_health_bar_get_title (PhHealthBar *self);
gboolean ph_health_bar_is_busy (PhHealthBar *self);

G_END_DECLS
