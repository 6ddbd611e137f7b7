/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Files in an archive of files: zip, or tar, also packed with gzip, zstd or xz. It
 * may be hostile: nothing is written to a disk, so names lead nowhere; sizes are
 * counted as they come, not as the archive says; how much is unpacked on the way
 * to a file is bounded. Blocking; any thread.
 */

/* Each file's name, as the archive has it; FALSE from @func ends it. */
gboolean ph_asset_zip_list (const char *path,
                            gboolean (*func) (const char *name,
                                              gpointer user_data),
                            gpointer user_data,
                            GCancellable *cancellable,
                            GError **error);

/* How many bytes of a file may be read: 0 for none of it. */
typedef gsize (*PhAssetZipAsk) (const char *name,
                                gpointer user_data);
/* Its bytes, or NULL when there are more or they are damaged. */
typedef void (*PhAssetZipTake) (const char *name,
                                GBytes *bytes,
                                gpointer user_data);

/* The files that @ask wants, given to @take. */
gboolean ph_asset_zip_read (const char *path,
                            PhAssetZipAsk ask,
                            PhAssetZipTake take,
                            gpointer user_data,
                            GCancellable *cancellable,
                            GError **error);

G_END_DECLS
