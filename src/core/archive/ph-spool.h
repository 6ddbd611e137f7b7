/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * What can be read only once, such as a pipe or unpacked data, as bytes that can be
 * read at random: in a temporary file that has no name, so nothing is left behind
 * whatever happens, and that only this person may read. Blocking.
 *
 * @read gives the bytes: how many, 0 at the end, -1 with an error. More than
 * @limit of them is PH_ERROR_TOO_LARGE. The stream that is returned can seek and
 * stands at its beginning.
 */
typedef gssize (*PhSpoolFunc) (void *buffer,
                               gsize size,
                               gpointer user_data,
                               GError **error);

GInputStream *ph_spool_fill (PhSpoolFunc read,
                             gpointer user_data,
                             guint64 limit,
                             GError **error);

/*
 * Such a file, to be written and read side by side: what is written goes to its end, and
 * @in can seek. FALSE with an error when there can be none.
 */
gboolean ph_spool_open (GInputStream **in,
                        GOutputStream **out,
                        GError **error);

G_END_DECLS
