/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-input.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * The page that lists the sessions of an archive or a folder that holds several, to
 * choose one: `win.open-part` with its key.
 */
#define PH_TYPE_SESSIONS (ph_sessions_get_type ())
G_DECLARE_FINAL_TYPE (PhSessions, ph_sessions, PH, SESSIONS, GtkWidget)

/* @parts is an array of PhInputPart. The first row gets the focus. */
void ph_sessions_set_parts (PhSessions *self,
                            GFile *input,
                            GPtrArray *parts);

G_END_DECLS
