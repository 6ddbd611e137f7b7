/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * A window that says what is known of a recording beyond its pages: what file it is,
 * who the user was, with what device, and what the recorder wrote down of the session
 * (PhFacts). It follows a session that is still being imported.
 */
#define PH_TYPE_PROPERTIES (ph_properties_get_type ())
G_DECLARE_FINAL_TYPE (PhProperties, ph_properties, PH, PROPERTIES, AdwWindow)

GtkWidget *ph_properties_new (GtkWindow *parent,
                              PhSession *session);

/* All of it as lines `name: value`, as the copy button takes it. The caller frees it. */
char *ph_properties_dup_text (PhProperties *self);

G_END_DECLS
