/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Text packed by lz-string's compressToBase64(), as recorders send it (`lz64`). Source
 * of the format: pieroxy/lz-string libs/lz-string.js. The result is valid UTF-8; NULL
 * when it is no such text, or longer than @max_size bytes. The caller frees it.
 */
GString *ph_lz_unpack (const char *text,
                       gsize size,
                       gsize max_size);

G_END_DECLS
