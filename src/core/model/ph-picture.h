/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * How large the picture in a file is, from its first bytes: PNG, GIF, BMP, JPEG or
 * WebP. FALSE when it is none of these or too short. A few bytes may say that a
 * picture is gigantic: to be asked before anything unpacks it.
 */
gboolean ph_picture_size (const guint8 *bytes,
                          gsize size,
                          guint64 *width,
                          guint64 *height);

G_END_DECLS
