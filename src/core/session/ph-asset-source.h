/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-asset-grants.h"

G_BEGIN_DECLS

/*
 * One place a person allows things to be taken from. Files of a folder and of an
 * archive of files are found by ph-asset-index.h; nothing is ever unpacked onto
 * a disk, links are not followed, and sizes are bounded by what comes out of an
 * archive, not by what it says. Of an address, base + path, then base +
 * host/path are asked for, both with their query. Blocking; of one thread.
 */
typedef struct _PhAssetSource PhAssetSource;

/* NULL with an error when the folder or file is not there or cannot be read. */
PhAssetSource *ph_asset_source_open (const PhGrant *grant,
                                     GCancellable *cancellable,
                                     GError **error);
void ph_asset_source_free (PhAssetSource *source);

/* What is wanted, and what has come of it. */
typedef struct
{
  char *url;
  GBytes *bytes;  /* NULL until it is found */
  char *problem;  /* why it could not be had where it should have been, or NULL */
  gboolean asked; /* a source was asked that should have had it */
} PhAssetWanted;

void ph_asset_wanted_clear (PhAssetWanted *wanted);

/* Finds what it can of @wanted (PhAssetWanted) that has no bytes yet, up to *@room bytes. */
void ph_asset_source_fetch (PhAssetSource *source,
                            GArray *wanted,
                            gsize *room,
                            GCancellable *cancellable);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhAssetSource, ph_asset_source_free)

G_END_DECLS
