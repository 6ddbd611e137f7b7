/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * Says that more of the recording is still coming, how much is there, and has the
 * button that ends it (`win.stop-import`). Not visible while nothing is coming.
 */
#define PH_TYPE_IMPORT_STRIP (ph_import_strip_get_type ())
G_DECLARE_FINAL_TYPE (PhImportStrip, ph_import_strip, PH, IMPORT_STRIP, GtkWidget)

GtkWidget *ph_import_strip_new (void);

/* @progress is 0 … 1. */
void ph_import_strip_set (PhImportStrip *self,
                          gboolean importing,
                          double progress);
/* What it says, or NULL while it is not visible. */
const char *ph_import_strip_get_text (PhImportStrip *self);

G_END_DECLS
