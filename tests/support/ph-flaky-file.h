/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * A regular file of bytes in memory, that can be opened as often as one likes.
 * The @n-th read of all streams together, from 0, fails with G_IO_ERROR_FAILED.
 */
#define PH_TYPE_FLAKY_FILE (ph_flaky_file_get_type ())
G_DECLARE_FINAL_TYPE (PhFlakyFile, ph_flaky_file, PH, FLAKY_FILE, GObject)

GFile *ph_flaky_file_new (GBytes *bytes);
/* G_MAXUINT: none. Counting begins anew. */
void ph_flaky_file_fail_at (PhFlakyFile *self,
                            guint n);
/* Reads since then, of all streams. */
guint ph_flaky_file_get_n_reads (PhFlakyFile *self);

G_END_DECLS
