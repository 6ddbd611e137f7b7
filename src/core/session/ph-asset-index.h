/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Which file of a folder or an archive of files stands for an address. The rule,
 * the first that fits:
 *
 *   1 host/path?query    2 host/path    3 path?query    4 path
 *   5 of the files with the same name as the path's last part, with its query,
 *     the one that shares most parts with host/path, from the end; of those the
 *     one that lies least deep, then the first by its name
 *   6 the same without the query
 *
 * Each is looked for as it stands in the address and with %-escapes decoded.
 * Upper and lower case differ. A host with a port is `host:port`.
 */
typedef struct _PhAssetIndex PhAssetIndex;

PhAssetIndex *ph_asset_index_new (void);
void ph_asset_index_free (PhAssetIndex *index);

/*
 * A file's name below its folder, with `/`. FALSE when it is no name to use:
 * absolute, with `..` in it, no UTF-8, or one more than PH_LIMIT_ASSET_FILES.
 */
gboolean ph_asset_index_add (PhAssetIndex *index,
                             const char *name);

/* The name of the file for @url, or NULL. It belongs to the index. */
const char *ph_asset_index_find (const PhAssetIndex *index,
                                 const char *url);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhAssetIndex, ph_asset_index_free)

G_END_DECLS
