/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * A file in the making. It has a name nobody else has and is gone with its last
 * reference, unless it was moved to where it belongs. While it is there it is
 * locked, so what a program that was killed left behind can be told from what
 * another one is still making. References from any thread.
 */
typedef struct _PhScratch PhScratch;

/* A G_IO_ERROR when @folder cannot be written. @mode is that of creat(). */
PhScratch *ph_scratch_new (const char *folder,
                           int mode,
                           GError **error);
PhScratch *ph_scratch_ref (PhScratch *scratch);
void ph_scratch_unref (PhScratch *scratch);

/* Changes when it is moved. */
const char *ph_scratch_get_path (PhScratch *scratch);

/*
 * Brings it to @path, in the same file system, whole or not at all: after this
 * both contents and name are on disk. Nobody may write to it any more, or ask for its
 * path meanwhile.
 */
gboolean ph_scratch_move (PhScratch *scratch,
                          const char *path,
                          GError **error);

/* Removes from @folder what was left behind. */
void ph_scratch_sweep (const char *folder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhScratch, ph_scratch_unref)

G_END_DECLS
