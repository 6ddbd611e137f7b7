/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What an empty window shows: how to open a recording, and those opened lately. */
#define PH_TYPE_WELCOME (ph_welcome_get_type ())
G_DECLARE_FINAL_TYPE (PhWelcome, ph_welcome, PH, WELCOME, GtkWidget)

GtkWidget *ph_welcome_new (void);

G_END_DECLS
