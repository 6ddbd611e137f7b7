/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a screen reader says, where the toolkit's own way falls short (seen with GTK 4.8). */

/*
 * The text buttons in @root are read out once, and without the underscore of
 * their mnemonic: GTK joins the raw text and that of the label inside.
 */
void ph_accessible_tidy_buttons (GtkWidget *root);

G_END_DECLS
