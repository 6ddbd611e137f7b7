/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-mob-page.h"

G_BEGIN_DECLS

/*
 * OpenReplay's messages that draw nothing, in the words of rrweb's plugins and
 * custom events: console lines, errors, requests, what an application reports.
 */

/* FALSE with an error set when reading must stop. Messages it does not know are left out. */
gboolean ph_mob_tools_apply (PhMobPage *page,
                             PhJson *json,
                             guint type,
                             const PhMobField *fields,
                             GError **error);

G_END_DECLS
