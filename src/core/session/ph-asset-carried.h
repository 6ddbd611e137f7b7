/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-session.h"

G_BEGIN_DECLS

/*
 * What a recording itself brings of what its pages name (ph-carried.h): the
 * addresses, and the events that have the bytes. It reads through a handle of its
 * own on the recording's file, so it may be used on another thread than the
 * session; on one at a time.
 */
typedef struct _PhAssetCarried PhAssetCarried;

/* What @session brings by now; NULL when that is nothing. */
PhAssetCarried *ph_asset_carried_new (PhSession *session);
void ph_asset_carried_free (PhAssetCarried *carried);

/* NULL when there is nothing for this address, or it cannot be read. */
GBytes *ph_asset_carried_read (PhAssetCarried *carried,
                               const char *url);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhAssetCarried, ph_asset_carried_free)

G_END_DECLS
