/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ph-asset-scan.h"

G_BEGIN_DECLS

/*
 * The media type of what was given for an address, by what it holds: names and
 * what a server says count for nothing. NULL when it is not what a page could
 * show in a place of that kind. A pure function; any bytes will do.
 */
const char *ph_asset_type (PhAssetKind kind,
                           const guint8 *data,
                           gsize size);

G_END_DECLS
