/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-asset-shelf.h"
#include "ph-session.h"

G_BEGIN_DECLS

/*
 * Gathers what pages name out of what was given on the command line, and nothing else: what
 * a window remembers is not asked. Both lists may be NULL; *@shelf is NULL when nothing was
 * given. Blocking.
 */
gboolean ph_render_gather (PhSession *session,
                           char **given,
                           char **hosts,
                           PhAssetShelf **shelf,
                           GError **error);

G_END_DECLS
