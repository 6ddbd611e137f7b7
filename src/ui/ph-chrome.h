/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * Bars above and below the content. In a window they stand beside it; in full
 * screen they lie over it and slide away, so that the content keeps its size
 * and nothing in it moves when they come and go.
 *
 * Properties: `top`, `content`, `bottom` (widgets), `overlaid`, `revealed`.
 */
#define PH_TYPE_CHROME (ph_chrome_get_type ())
G_DECLARE_FINAL_TYPE (PhChrome, ph_chrome, PH, CHROME, GtkWidget)

void ph_chrome_set_overlaid (PhChrome *self,
                             gboolean overlaid);
gboolean ph_chrome_get_overlaid (PhChrome *self);

/* Whether the bars are seen; has an effect while they are overlaid only. */
void ph_chrome_set_revealed (PhChrome *self,
                             gboolean revealed);

/* Whether the bars stand where they belong, so that a menu can open from one. */
gboolean ph_chrome_is_settled (PhChrome *self);

/* Whether the point, in the widget's coordinates, is on a bar that is seen. */
gboolean ph_chrome_is_on_bar (PhChrome *self,
                              double x,
                              double y);

G_END_DECLS
