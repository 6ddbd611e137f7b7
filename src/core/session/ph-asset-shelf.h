/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-asset-carried.h"
#include "ph-asset-grants.h"

G_BEGIN_DECLS

/*
 * What a recording brings itself, and what was taken from where a person allows it,
 * for what a session's pages name, and for what sheets among that name in turn.
 * Frames and plug-ins are never taken. Nothing is asked of anybody but for what a
 * grant covers; without grants nobody is asked at all. At most PH_LIMIT_SHELF_BYTES
 * are kept, in memory.
 * Immutable once it is made, reference-counted, of any thread.
 */
typedef struct _PhAssetShelf PhAssetShelf;

/* Blocking; what is there by the time @cancellable is cancelled is in it. @carried may be NULL. */
PhAssetShelf *ph_asset_shelf_gather (const PhAsset *assets,
                                     guint n_assets,
                                     PhAssetCarried *carried,
                                     const PhAssetGrants *grants,
                                     GCancellable *cancellable);
/* Whether there is anything to gather for @session: that it brings, or that @grants may cover. */
gboolean ph_asset_shelf_is_wanted (PhSession *session,
                                   const PhAssetGrants *grants);
/* The same for @session, on a worker. The only error is G_IO_ERROR_CANCELLED. */
void ph_asset_shelf_gather_async (PhSession *session,
                                  const PhAssetGrants *grants,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
PhAssetShelf *ph_asset_shelf_gather_finish (PhSession *session,
                                            GAsyncResult *result,
                                            GError **error);

PhAssetShelf *ph_asset_shelf_ref (PhAssetShelf *shelf);
void ph_asset_shelf_unref (PhAssetShelf *shelf);

/* What pages are shown with (ph_cursor_set_assets()); NULL when nothing was found. */
PhAssetTable *ph_asset_shelf_get_table (const PhAssetShelf *shelf);

/*
 * What stands under a number of the table, and its media type: what the stage may
 * have, so a sheet has been filtered. NULL for any other number. The caller unrefs it.
 */
GBytes *ph_asset_shelf_read (const PhAssetShelf *shelf,
                             guint number,
                             const char **type);

/*
 * What was found for an address, as it lay there, and its media type: for what is kept
 * elsewhere, never for the stage. NULL when it was not. The caller unrefs it.
 */
GBytes *ph_asset_shelf_find (const PhAssetShelf *shelf,
                             const char *url,
                             const char **type);

/* Of an address listed by the session or by the shelf; @shelf may be NULL. */
PhAssetStatus ph_asset_shelf_get_status (const PhAssetShelf *shelf,
                                         const PhAsset *asset);
/* Why it is missing, a sentence for people, or NULL when nobody can say. */
const char *ph_asset_shelf_get_problem (const PhAssetShelf *shelf,
                                        const char *url);

/* What sheets that were given name besides, sorted by time. */
const PhAsset *ph_asset_shelf_get_more (const PhAssetShelf *shelf,
                                        guint *n);
/* Sentences about places that could not be opened at all: NULL-terminated. */
const char *const *ph_asset_shelf_get_failures (const PhAssetShelf *shelf);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhAssetShelf, ph_asset_shelf_unref)

G_END_DECLS
