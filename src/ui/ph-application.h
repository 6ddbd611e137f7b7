/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-clip-queue.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The program: one window per recording, actions that concern all of them. */
#define PH_TYPE_APPLICATION (ph_application_get_type ())
G_DECLARE_FINAL_TYPE (PhApplication, ph_application, PH, APPLICATION, AdwApplication)

/* @flags are added to those the program needs; tests give G_APPLICATION_NON_UNIQUE. */
PhApplication *ph_application_new (GApplicationFlags flags);

/* The clips of all windows. */
PhClipQueue *ph_application_get_clips (PhApplication *self);

G_END_DECLS
