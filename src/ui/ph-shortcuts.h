/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The window that lists the keys, made from the action table. */
GtkShortcutsWindow *ph_shortcuts_window_new (void);

G_END_DECLS
