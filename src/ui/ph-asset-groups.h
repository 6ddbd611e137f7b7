/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-asset-shelf.h"

G_BEGIN_DECLS

/*
 * What the pages of a session name and the archive lacks, sorted for a person:
 * by host, those with the most that is not there first; within a host what is
 * not there first, then by address. Pure functions.
 */
typedef struct
{
  char *host; /* `host` or `host:port`, as ph_asset_grants_add() takes it; "" for no web address */
  guint counts[PH_ASSET_N_STATUSES];
  GPtrArray *assets; /* const PhAsset, of the session or the shelf */
} PhAssetGroup;

/*
 * PhAssetGroup, which names what belongs to @session and @shelf; @shelf may be
 * NULL. With a @search only addresses that hold its words, in any case.
 */
GPtrArray *ph_asset_groups_new (PhSession *session,
                                const PhAssetShelf *shelf,
                                const char *search);

/* All of them, by PhAssetStatus. */
void ph_asset_groups_count (const GPtrArray *groups,
                            guint *counts);

/* `3 blocked · 2 missing`, translated; the caller frees it. */
char *ph_asset_groups_describe (const guint *counts);
/* Translated. */
const char *ph_asset_status_title (PhAssetStatus status);
const char *ph_asset_kind_title (PhAssetKind kind);

G_END_DECLS
