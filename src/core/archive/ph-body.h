/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The bytes of a request's or an answer's body as a network log keeps it, as text: in
 * base64, each byte as a character up to U+00FF, or as it was. Forms that recorders
 * send (`data=…`) are opened too, with what is in them in base64 or packed by lz-string.
 * Gzip, zlib and zstd are left to whoever reads the bytes.
 *
 * @is_base64: the log says so itself. NULL when nothing is in it, or more than
 * PH_LIMIT_EVENT_BYTES come out.
 */
GBytes *ph_body_open (const char *text,
                      gsize size,
                      gboolean is_base64);

G_END_DECLS
