/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Three round buttons for the main menu: the system's style, light, dark. */
GtkWidget *ph_style_switch_new (void);

G_END_DECLS
