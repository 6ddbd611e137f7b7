/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-asset-shelf.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * What the pages name and the archive lacks, by host, and where a person lets it
 * be taken from. It changes nothing itself: signal `allow` (PhGrantKind as int,
 * value, whether it is allowed from now on) says what the person wants, and
 * ph_assets_update() shows what came of it. Addresses are the archive's: they
 * are shown as plain text.
 */
#define PH_TYPE_ASSETS (ph_assets_get_type ())
G_DECLARE_FINAL_TYPE (PhAssets, ph_assets, PH, ASSETS, AdwWindow)

GtkWidget *ph_assets_new (GtkWindow *parent);

/* @shelf may be NULL; @grants is copied; @busy: things are being fetched. */
void ph_assets_update (PhAssets *self,
                       PhSession *session,
                       PhAssetShelf *shelf,
                       const PhAssetGrants *grants,
                       gboolean busy);

G_END_DECLS
